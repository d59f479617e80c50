import type { Report } from '../report.ts';
/** findings.csv: the findings as a table, for a spreadsheet. Raw rows stand in findings.jsonl. */
export declare const csv: Report;
/** A row as text for a spreadsheet, with its end of line: the one way by which any text of ours becomes CSV. */
export declare function csvRow(cells: readonly (string | number | null)[]): string;
