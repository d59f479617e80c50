import type { Finding } from '../../model/finding.ts';
import type { Report } from '../report.ts';
/** timeline.csv */
export declare const timesketchCsv: Report;
/** timeline.jsonl */
export declare const timesketchJsonl: Report;
/** A finding in a line: what, who, on what. */
export declare function messageOf({ stage, title, client, user, target }: Finding): string;
