import type { Parser } from '../parser.ts';
/**
 * The same message traces as JSON: Get-MessageTrace and Get-MessageTraceV2 with ConvertTo-Json (the Microsoft Extractor Suite
 * does so), and the answers of Microsoft Graph.
 * https://learn.microsoft.com/graph/api/resources/exchangemessagetrace
 */
export declare const messageTraceJson: Parser;
