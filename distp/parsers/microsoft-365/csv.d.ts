import type { Parser } from '../parser.ts';
/**
 * The unified audit log of Microsoft 365 and the logs of Entra as a table: what Purview, `Search-UnifiedAuditLog |
 * Export-Csv`, the Microsoft Extractor Suite, Sentinel and the portal of Entra save.
 */
export declare const cloudCsv: Parser;
