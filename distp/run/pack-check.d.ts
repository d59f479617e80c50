import { type Member } from '../evidence/index.ts';
import type { Scan } from '../model/scan.ts';
import type { RuleInfo } from '../model/rule.ts';
import { type Knowledge } from '../knowledge/load-packs.ts';
import { type SamplesOf } from './pack-samples.ts';
import { type PackNames } from '../knowledge/pack-schema.ts';
export type SampleResult = {
    readonly pack: string;
    readonly rule: string;
    readonly sample: string;
    readonly passed: boolean;
    readonly detail: string;
};
/** A result of a check of packs: a problem, or a note. */
export type PackProblem = {
    readonly is: 'wrong' | 'note';
    readonly place: string;
    readonly says: string;
};
/** Time of one rule for an event of its log sources, beside the median rule. */
export type RuleTime = {
    readonly rule: string;
    readonly nanoseconds: number;
    readonly ratio: number;
    readonly events: number;
};
/** What a check needs besides the packs. */
export type CheckAround = {
    readonly products: ReadonlySet<string>;
    /** Vulnerabilities that builds are judged by; null where that is not checked. */
    readonly cves?: ReadonlySet<string>;
    /** Folders of the packs whose rules say which fields there are. */
    readonly known?: readonly string[];
    /** Folders of evidence in which nothing happened. */
    readonly benign: readonly string[];
    /** What else an action may name: the packs beside these. */
    readonly beside?: Pick<Knowledge, 'infos' | 'actions'>;
};
/**
 * Holds packs against what docs/extend/pack.md asks of them: the content of pack.yml, author and licence of each rule,
 * a sample of each kind for each rule, silence on ordinary evidence, and nothing in the open that antivirus would take.
 */
export declare function checkPacks(packs: readonly string[], knowledge: Knowledge, around: CheckAround): Promise<PackProblem[]>;
/** What is wrong in a pack.yml, each with its line. */
export declare function documentProblems(folder: string, doc: unknown, names: PackNames): PackProblem[];
/** Licences under which rules of others may be given away with Postern (SPDX ids). */
export declare const allowedLicences: readonly string[];
/** The placeholder in a new pack or rule. */
export declare const unfilled = "FILL-THIS-IN";
/** Is a file of a pack (its path there) a rule that quotes the script which another takes it for? Nothing runs a rule. */
export declare function isRuleThatQuotes(path: string, { sign }: RuleInfo): boolean;
/** The rule for files, high or critical, that takes these bytes for what it looks for. */
export declare function looksLike(bytes: Uint8Array, { rules, infos }: Pick<Knowledge, 'rules' | 'infos'>): RuleInfo | null;
/**
 * Times every rule for events on the events of its log sources in this evidence and in the packs' samples, slowest first.
 * The best of some rounds counts, and of a rule that looks slow the best of many more, so that what else the machine does
 * is not the rule's fault.
 */
export declare function timeRules(packs: readonly string[], knowledge: Knowledge, evidence: readonly string[], now: () => number): Promise<RuleTime[]>;
/** Multiple of the median rule's time from which a rule is reported. */
export declare const SLOW_FACTOR = 20;
/** Reads samples as `postern assess` reads evidence, to the findings: what it says of a sample holds for a server's log. */
export declare class SampleReader {
    #private;
    constructor(knowledge: Knowledge);
    read(member: Member): Promise<Scan>;
    /**
     * Each file of the samples, or all of them together for a correlation, and how often the rule says something of them:
     * findings, of a rule whose rows count only in a story its rows.
     */
    saidIn(samples: SamplesOf, rule: string): Promise<readonly (readonly [path: string, count: number])[]>;
}
/**
 * Reads `samples/rules/<rule file>/{fire,quiet}` of every pack through the whole line: of each sample under `fire` that rule
 * must make a finding, of none under `quiet` it may, and a rule without both kinds of sample fails. What a correlation
 * counts may stand in several files: all under `fire` are one sample of it. Indicator lists are data and have none.
 */
export declare function selfTest(packs: readonly string[], knowledge: Knowledge): Promise<SampleResult[]>;
