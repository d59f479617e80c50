import type { Report } from '../report.ts';
/** report.html: the answer for a person, interactive, in one file that asks nothing of the network. */
export declare const htmlReport: Report;
