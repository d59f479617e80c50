import { type Is, type Question, type VerdictIs } from '../../model/answer.ts';
/** What the verdict depends on, besides the answers. */
export type VerdictFacts = {
    readonly is: (question: Question) => Is;
    /** There is an open lead: its owner decides the answer. */
    readonly hasOpenLead: boolean;
    /** No log covers anything of the period of any question. */
    readonly isUncovered: boolean;
    /** Evidence was not read, or not counted, that could show an intrusion. */
    readonly isUnread: boolean;
    /** A campaign that the user named lies before the logs. */
    readonly isNamedBeyond: boolean;
};
/** Questions whose open answer leaves the verdict open. What is open about the end of the evidence does not. */
export declare const deciding: readonly ['targeted', 'exploited', 'compromised', 'mail-taken'];
/** One verdict of the answers: the first that applies (docs/use/verdicts.md). */
export declare function ruleVerdict({ is, hasOpenLead, isUncovered, isUnread, isNamedBeyond }: VerdictFacts): VerdictIs;
