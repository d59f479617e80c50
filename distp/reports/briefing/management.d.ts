import type { Report } from '../report.ts';
/** management.html: what a manager needs, on one page or two of paper, without names of people. */
export declare const management: Report;
