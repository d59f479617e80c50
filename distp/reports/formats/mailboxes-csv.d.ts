import type { Report } from '../report.ts';
/** mailboxes.csv: whose mail, a line a mailbox, for those who must be told and for those who tell them. */
export declare const mailboxesCsv: Report;
