import { type Campaign, type GeneralQuestion } from '../model/campaign.ts';
import { type PackAction } from '../model/response.ts';
import { type ActorFacts } from '../model/actor.ts';
import { type PackTexts } from '../model/pack-texts.ts';
import { type BrokenRule, type RuleInfo } from '../model/rule.ts';
import { type CompiledPacks } from './rule-cache.ts';
import type { Compiled, LoadedRules, RuleFile } from '../rules/rule.ts';
/** Everything that a run knows: campaigns, rules and where they came from. */
export type Knowledge = {
    readonly campaigns: readonly Campaign[];
    /** The needs of the general question; null where no pack has them. */
    readonly general: GeneralQuestion | null;
    /** Actions of all packs, in the order in which they are done: those that hold for all campaigns first. */
    readonly actions: readonly PackAction[];
    /** What packs say about those who used their ways in. */
    readonly actors: readonly ActorFacts[];
    /** What packs say of campaigns and actions in plain words, in several languages. */
    readonly texts: PackTexts;
    readonly rules: LoadedRules;
    readonly infos: ReadonlyMap<string, RuleInfo>;
    readonly packs: readonly {
        readonly pack: string;
        readonly name: string;
        readonly sha256: string;
        readonly rules: number;
    }[];
    readonly broken: readonly BrokenRule[];
    /** What was found out and was not known before, for other threads of the run. */
    readonly compiled: CompiledPacks;
};
/** Where rules come from: folders of packs, the user's own rule folders and indicator lists. */
export type KnowledgePaths = {
    readonly packs: readonly string[];
    readonly rules: readonly string[];
    readonly iocs: readonly string[];
    /** Lists of known-good files besides those that ship with Postern. */
    readonly baselines?: readonly string[];
    /** What another thread of this run has found out about them. */
    readonly compiled?: CompiledPacks;
};
/** Finds out what is not known of rule files, in a place where it cannot end or hold up the run. */
export type CheckRules = (files: readonly RuleFile[]) => Promise<Compiled>;
/**
 * Loads packs and the user's rules. A broken rule is listed and stops nothing; a broken pack.yml stops the run. `built`: what is
 * known of them before. `check` is asked about files of which nothing is known; by
 * `now`, the milliseconds of a clock, the user's rules are timed.
 */
export declare function loadKnowledge(paths: KnowledgePaths, built?: CompiledPacks, { check, now }?: {
    readonly check?: CheckRules;
    readonly now?: () => number;
}): Promise<Knowledge>;
/** The name of a rule in pack.yml and among the samples: of a Sigma rule its file's, else the rule's own. */
export declare function ruleName({ file, id }: RuleInfo): string;
/** The folder itself when it holds a pack.yml, else each child that does; of an installed bundle its packs. */
export declare function packFolders(folder: string): string[];
/** Reads a pack and throws what makes that impossible. */
export declare function loadPack(folder: string): void;
/** The content of a folder's pack.yml. */
export declare function packDocument(folder: string): Record<string, unknown>;
/** The files in which packs of one folder keep what they share. */
export declare function sharedPackFiles(pack: string): readonly string[];
/** Each action behind the one that it names, so that a campaign's own are among those for all. */
export declare function orderActions(actions: readonly PackAction[]): PackAction[];
