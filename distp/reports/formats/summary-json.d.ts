import type { Assessment } from '../../model/assessment.ts';
/** An assessment and the folder that its files lie in, relative to OUT. */
export type AssessmentInFolder = {
    readonly assessment: Assessment;
    readonly path: string;
};
/** A server of the run that could not be assessed: the name of its evidence, and why. */
export type Failed = {
    readonly evidence: string;
    readonly reason: string;
};
/** summary.json: every server of a run in a few words, for programs. */
export declare function summaryJson(servers: readonly AssessmentInFolder[], failed?: readonly Failed[]): string;
