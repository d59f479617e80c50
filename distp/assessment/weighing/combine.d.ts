import type { SignKind, Strength } from '../../model/sign.ts';
import type { ExplanationStrength } from '../../model/weight.ts';
import type { Weighed } from '../../model/sign.ts';
/** Kinds of signs, and the tie to an intrusion, which counts beside a finding's own sign. */
export type CountedKind = SignKind | 'tie';
export type SignToCount = {
    readonly kind: CountedKind;
    readonly strength: Strength;
};
export type ExplanationToCount = {
    readonly answers: readonly SignKind[];
    readonly strength: ExplanationStrength;
};
/**
 * What signs and explanations of one subject come to. Of each kind the strongest sign counts, less by the strongest explanation
 * that answers the kind; the kinds add up. `shown`: it is certain that it happened. `canStay`: the subject may be a way back in.
 */
export declare function combine(signs: readonly SignToCount[], explanations: readonly ExplanationToCount[], { shown, canStay }: {
    readonly shown: boolean;
    readonly canStay: boolean;
}): Weighed;
