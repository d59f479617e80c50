import type { Compiled, LoadedRules, RuleFile } from '../rule.ts';
/** Loads every rule of the files. What cannot be loaded is listed with its place and stops nothing. */
export declare function loadSigma(files: readonly RuleFile[], known?: Partial<Compiled>): LoadedRules;
