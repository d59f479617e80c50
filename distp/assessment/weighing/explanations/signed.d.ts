import type { Explain } from './explanation.ts';
/**
 * The library or program is signed by the vendor of a known product. Windows checked the signature where an export says so; a
 * signature that only the file itself has can be forged, and explains weakly.
 */
export declare const signed: Explain;
