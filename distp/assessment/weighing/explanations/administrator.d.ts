import type { Explain } from './explanation.ts';
/**
 * Accounts ordered it that administered on other days before, that it does not serve, and that have no sign: the history of one
 * day explains weakly.
 */
export declare const administrator: Explain;
