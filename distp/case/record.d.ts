import type { Assessment } from '../model/assessment.ts';
import type { CaseRecord } from '../model/case.ts';
/** The record that a case keeps of a server. `evidence`: the names of its folders and archives. */
export declare function caseRecordOf(assessment: Assessment, { evidence, masked }: {
    readonly evidence: readonly string[];
    readonly masked: boolean;
}): CaseRecord;
/** The SHA-256 of the list of all files of the evidence with their digests: the same evidence has the same, wherever it is. */
export declare function manifestDigest({ evidence: { manifest } }: Assessment): string;
/** The first of ISO times; null where there is none. */
export declare function least(times: readonly (string | null)[]): string | null;
/** The last of ISO times; null where there is none. */
export declare function most(times: readonly (string | null)[]): string | null;
