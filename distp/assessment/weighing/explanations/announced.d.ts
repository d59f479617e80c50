import type { Explain } from './explanation.ts';
/**
 * The operator announced it: subject, act, time and reason. It does not explain what was left on the machine.
 */
export declare const announced: Explain;
