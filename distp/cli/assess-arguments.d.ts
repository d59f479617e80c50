import type { Options } from '../assessment/assess.ts';
import { Exclusions } from '../evidence/exclusions.ts';
import { loadExposureFacts } from '../knowledge/exposure-tables.ts';
import { knowledgeTables } from '../knowledge/digest.ts';
import type { Zone } from '../lib/zones.ts';
import { type Knowledge, type KnowledgePaths } from '../knowledge/load-packs.ts';
import { type OutputTerminal } from './terminal.ts';
/** What the command line asks for, checked as far as it can be before anything is read. */
export type Asked = Awaited<ReturnType<typeof askedOf>>;
export declare function askedOf(args: readonly string[], terminal: OutputTerminal): Promise<{
    values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
    servers: (readonly string[])[];
    /** Are the servers of one organization, so that each may explain the others? */
    isCase: boolean;
    out: string;
    paths: KnowledgePaths;
    zone: Zone | null;
    window: {
        from: number | null;
        to: number | null;
    } | null;
    organization: import("../findings/findings.ts").KnownActivity | undefined;
    passwords: readonly string[];
    caseKey: string | undefined;
    extra: Set<string>;
    wishes: {
        victim: boolean;
        tlp: import("../reports/report.ts").Tlp | null;
        language: "de" | "en" | "fr" | "ja";
    };
    browser: string | null;
    jobs: number;
    isSmall: boolean;
    /** Are the rules those that ship? */
    isOwn: boolean;
    sector: string | undefined;
    campaigns: readonly string[];
    exclude: Exclusions;
    quiet: boolean;
}>;
/** What it is judged with. */
export type KnownHere = {
    readonly knowledge: Knowledge;
    readonly facts: ReturnType<typeof loadExposureFacts>;
    readonly tables: ReturnType<typeof knowledgeTables>;
    /** The signed bundle that all of it came from. */
    readonly bundle: NonNullable<Options['bundle']> | null;
    /** Options as recorded in the assessment. */
    readonly recorded: Readonly<Record<string, string>>;
};
export declare function knownOf({ values, paths, campaigns }: Asked, now: number, { line }: OutputTerminal): Promise<KnownHere>;
/** What the result of a file depends on besides the evidence: the program, what it knows, and the options. */
export declare function digestOf(knowledge: Knowledge, servers: readonly (readonly string[])[], { timezone, baseline }: Readonly<Record<string, string>>, passwords: readonly string[]): string;
