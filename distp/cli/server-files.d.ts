import type { Assessment } from '../model/assessment.ts';
import { type Report, type Wishes } from '../reports/index.ts';
/** A report that could not be written, and why. */
export type FailedReport = {
    readonly report: string;
    readonly file: string;
    readonly reason: string;
};
/** What is known of a run besides its assessment. */
export type RunDetails = {
    readonly evidence: readonly string[];
    readonly started: number;
    readonly jobs: number;
    readonly args: readonly string[];
    readonly resumed: number;
};
/**
 * Writes the files of one server. The answer comes first: assessment.json, findings.jsonl, coverage.jsonl and run.json. Each
 * further report is then written by itself: one that fails is removed, named in run.json and returned, and costs no other.
 */
export declare function writeServer(folder: string, assessment: Assessment, { extra, wishes, forms }: {
    extra: ReadonlySet<string>;
    wishes: Wishes;
    forms?: readonly Report[];
}, run: RunDetails, print?: () => Promise<void>): Promise<readonly FailedReport[]>;
