import type { Explain } from './explanation.ts';
/** The build that ran had the fix for the vulnerability: the request was sent, and cannot have had its effect. */
export declare const fixedBuild: Explain;
