import type { Compiled, LoadedRules, RuleFile, RuleLanguage } from '../rule.ts';
import type { Search, YaraSource } from './search.ts';
/**
 * YARA rules, asked of the bytes of a file: https://virustotal.github.io/yara-x/docs/writing_rules/anatomy-of-a-rule/
 *
 * Two builds of the same engine (YARA-X) stand behind one interface. The portable one (WebAssembly, every platform)
 * judges each rule file, so that the same rules are refused everywhere with the same words, and so that nothing reaches
 * the native one that it could read from the disk (`include`). The native one, where it is installed, does the search:
 * it is about four times faster and keeps a time limit. A test holds the two to the same hits.
 */
export declare const yara: RuleLanguage;
/** The engines in the order in which they are tried for the search. */
export type EngineName = 'native' | 'portable';
/** Loads rule files, to be searched for with the first of these engines that works here. */
export declare function loadYara(files: readonly RuleFile[], engines?: readonly EngineName[], known?: Compiled['yara'], now?: () => number): LoadedRules & {
    readonly engine: () => EngineName | null;
};
export declare function portableCompile(sources: readonly YaraSource[]): Search;
