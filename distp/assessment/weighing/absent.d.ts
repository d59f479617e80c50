import type { LogKind } from '../../model/log-kinds.ts';
import type { ExplanationSource, WeighedSubject } from '../../model/weight.ts';
import { type ExplanationToCount, type SignToCount } from './combine.ts';
/** What was weighed, and how. */
type Weighed = Pick<WeighedSubject, 'kind' | 'is' | 'shown'> & {
    readonly signs: readonly SignToCount[];
    readonly explanations: readonly ExplanationToCount[];
    readonly canStay: boolean;
};
/** Records that are not in the evidence, and where an explanation would leave no more than a lead that changes no answer. */
export declare function absentExplanations(one: Weighed, isGiven: (kind: LogKind) => boolean): ExplanationSource[];
export {};
