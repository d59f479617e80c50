import { type AssessmentInput } from './assessment-input.ts';
import { type Answer, type CampaignAnswer, type Question, type Verdict } from '../../model/answer.ts';
export declare const questions: readonly Question[];
export type JudgedQuestions = {
    readonly answers: readonly Answer[];
    readonly campaigns: readonly CampaignAnswer[];
    readonly verdict: Verdict;
    readonly patchedTooLate: boolean | null;
    /** The campaign that each finding is credited to. */
    readonly credited: ReadonlyMap<string, string>;
};
/** Findings, coverage and exposure in; the six answers and the verdict out. */
export declare function judge(input: AssessmentInput): JudgedQuestions;
