import type { Report } from '../report.ts';
/**
 * findings.ocsf.jsonl: a Detection Finding (class 2004) of the Open Cybersecurity Schema Framework 1.5 a line, for security
 * lakes. https://schema.ocsf.io/1.5.0/classes/detection_finding
 */
export declare const ocsf: Report;
