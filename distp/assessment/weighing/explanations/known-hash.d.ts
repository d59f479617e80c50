import type { Explain } from './explanation.ts';
/** A baseline knows the bytes of the library. How it is used, and what followed, stays a sign. */
export declare const knownHash: Explain;
