import type { FindingWithHits } from '../../findings/findings.ts';
/**
 * Is it certain that the acts of these findings happened? A request that was sent is shown by its entry. Any other act is shown by
 * what no request can forge, or by two vantages.
 */
export declare function isShown(acts: readonly FindingWithHits[]): boolean;
/**
 * The findings with the entries that may explain something: of a subject that logs at their own places show, those in logs at
 * other places explain nothing. An intruder can leave any number of them.
 */
export declare function witnesses(about: readonly FindingWithHits[]): readonly FindingWithHits[];
