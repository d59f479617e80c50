import type { Assessment } from '../../model/assessment.ts';
/**
 * The assessment with every list within its limit (lib/limits.ts), but for findings and files. What is left out is counted in `more`
 * beside the list. The strongest entries stay, and of equal ones the earliest.
 */
export declare function bounded(a: Assessment): Assessment;
/**
 * The assessment as assessment.json has it: findings and files are within their limits, too. Every finding stands in
 * findings.jsonl, and every file and gap in coverage.jsonl.
 */
export declare function whollyBounded(a: Assessment): Assessment;
