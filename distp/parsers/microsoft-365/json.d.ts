import type { Parser } from '../parser.ts';
/**
 * The unified audit log of Microsoft 365 and the logs of Entra as JSON: one record a line, in lists, within the answers of
 * Microsoft Graph, or as Splunk, Elastic (filebeat), Wazuh, Sentinel and the Microsoft Extractor Suite write them.
 */
export declare const cloudJson: Parser;
