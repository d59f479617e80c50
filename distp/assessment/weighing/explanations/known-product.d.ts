import type { Explain } from './explanation.ts';
/**
 * It has the name of a known product and lies where that keeps its programs: an intruder can choose both, so that this explains
 * weakly. Where it also has the account of the product, and does the same since the first days of the logs, it explains.
 */
export declare const knownProduct: Explain;
