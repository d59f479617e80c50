import type { Explain } from './explanation.ts';
/**
 * The organization's own address: from each address of the acts three accounts that were never refused there logged on, on
 * earlier days. It does not explain forged requests.
 */
export declare const knownOrigin: Explain;
