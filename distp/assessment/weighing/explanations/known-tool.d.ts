import type { Explain } from './explanation.ts';
/**
 * Tools of responders and administrators, run by a person without any sign, after the last act of an intruder, and never below the
 * worker process of a service.
 */
export declare const knownTool: Explain;
