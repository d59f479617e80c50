import type { Compiled, LoadedRules, RuleFile, RuleLanguage } from './rule.ts';
/** The rule languages. A further one is one file and one line here. */
export declare const ruleLanguages: readonly RuleLanguage[];
/** Hands each file to its language. The order of the files does not change what is loaded, nor its order. */
export declare function loadRules(files: readonly RuleFile[], known?: Partial<Compiled>, now?: () => number): Promise<LoadedRules & {
    readonly compiled: Compiled;
}>;
