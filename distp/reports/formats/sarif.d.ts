import type { Report } from '../report.ts';
/**
 * findings.sarif: SARIF 2.1.0, for viewers of code and logs: a result a finding, with the bytes that it rests on.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export declare const sarif: Report;
