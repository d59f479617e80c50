import type { FindingWithHits } from '../../findings/findings.ts';
import type { CountedSign, Explanation } from '../../model/weight.ts';
import type { ExplanationContext } from './explanations/explanation.ts';
import type { SubjectId } from './subjects.ts';
/**
 * A page that was served or compiled and is in no web root any more, where all of these and the configuration of IIS are in the
 * evidence: it ran and was removed. A strong sign below Exchange's directories or in aspnet_client; a weak one elsewhere, and where logs
 * of several hosts are assessed together: the web roots may be those of another. What
 * many people or a monitor used was taken away by its owner.
 */
export declare function removalSigns({ kind, key }: SubjectId, about: readonly FindingWithHits[], explanations: readonly Explanation[], { pages, hasAllPages, areSeveral, isConfigured }: ExplanationContext): CountedSign[];
