import type { Parser } from '../parser.ts';
/**
 * Tables of log rows that PowerShell wrote: Export-Csv with any delimiter, Format-Table and Format-List, and the two
 * columns time and AnchorMailbox that the one-liner of March 2021 printed. What a row is, its column names say.
 */
export declare const powershellTable: Parser;
