import type { FindingWithHits } from '../../findings/findings.ts';
import type { CountedSign } from '../../model/weight.ts';
import type { ExplanationContext } from './explanations/explanation.ts';
import type { SubjectId } from './subjects.ts';
/**
 * A module or agent appeared within the period of the logs: an older copy of the same file of configuration does not have its
 * entry. A weak sign; an update within the hour explains it.
 */
export declare function appearanceSigns({ kind }: SubjectId, about: readonly FindingWithHits[], { logs: { first, last }, configurations }: ExplanationContext): CountedSign[];
