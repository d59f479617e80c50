import type { Parser } from '../parser.ts';
/**
 * Events of Microsoft Defender for Endpoint as JSON: the answer of the API for advanced hunting (`Results` beside `Schema`),
 * and what the streaming API sends (`records`, each with its `category` and `properties`), also one record a line.
 * https://learn.microsoft.com/defender-endpoint/api/run-advanced-query-api
 * https://learn.microsoft.com/defender-xdr/streaming-api
 */
export declare const defenderEndpointJson: Parser;
