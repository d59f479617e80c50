import type { Report } from '../report.ts';
/** report.md: the answer for a ticket or a wiki. */
export declare const markdown: Report;
