import type { Explain } from './explanation.ts';
/**
 * All code of the page was followed and takes nothing from a request, and the page was not written since it was first used:
 * its use does nothing. Every page of that name must be such a one.
 */
export declare const plainPage: Explain;
