import type { Parser } from '../parser.ts';
/**
 * Keys of the registry as `reg export` and the registry editor write them: `[key]`, then a line for each value. No time of a
 * key is in such a file. https://support.microsoft.com/help/310516
 */
export declare const exportedRegistry: Parser;
