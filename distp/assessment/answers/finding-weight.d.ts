import type { AssessmentInput } from './assessment-input.ts';
import type { FindingWithHits } from '../../findings/findings.ts';
import { type Question } from '../../model/answer.ts';
import type { Finding } from '../../model/finding.ts';
import type { WeighedSubject } from '../../model/weight.ts';
type Certainty = 'yes' | 'likely';
/** The question that a finding answers and how surely; null where it answers none. */
export declare function scoreFinding({ counts, finding }: FindingWithHits): {
    question: Question;
    is: Certainty;
} | null;
/** What findings say for each question, with what says it. */
export type QuestionScores = Map<Question, {
    is: Certainty;
    because: Set<string>;
}>;
/** All that these findings say. Use of a vulnerability that came to nothing, as the fix was in, was tried. */
export declare function scoreQuestions(own: readonly FindingWithHits[], subjects?: readonly WeighedSubject[]): QuestionScores;
/**
 * Adds what answers say of others. What is still there was planted; mail that an account took says that the account is the
 * intruder's, and mail taken through a vulnerability that this was exploited; code in a page or below a worker of Exchange
 * came by a vulnerability, likely, where nothing shows how; what only a vulnerability brings about shows that it worked; and
 * all that happened was tried.
 */
export declare function implyEarlierQuestions(is: QuestionScores, own: readonly FindingWithHits[]): void;
/** Adds evidence for a question; certain evidence comes first. */
export declare function strengthen(is: QuestionScores, question: Question, to: Certainty, because: string): void;
/** What weighs most comes first; then the order of time. */
export declare function weightiest(input: AssessmentInput, ids: Iterable<string>): string[];
/** Findings by their ids: made once a case. */
export declare function findingsById(input: AssessmentInput): ReadonlyMap<string, Finding>;
export {};
