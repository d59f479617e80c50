import type { Report } from '../report.ts';
/** notices.html: a letter to each person whose mailbox was read, for certain or possibly, each on a page of its own. */
export declare const notices: Report;
