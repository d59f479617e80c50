import type { FindingWithHits } from '../findings/findings.ts';
import type { Assessment } from '../model/assessment.ts';
/**
 * The assessment with a tag in place of each password, key and token of the evidence. Everything that leaves the program is made
 * of this; rules and joins have seen what stood there.
 */
export declare function hidden(assessment: Assessment, found: readonly FindingWithHits[], key: string | null): Assessment;
