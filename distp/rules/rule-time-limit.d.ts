import type { BrokenRule } from '../model/rule.ts';
import type { LoadedRules } from './rule.ts';
/** The rules, with the time taken that those of the user take. */
export declare function timed(rules: LoadedRules, now: () => number, most?: {
    total: number;
    each: number;
    files: number;
}): LoadedRules & {
    readonly slow: () => readonly BrokenRule[];
};
