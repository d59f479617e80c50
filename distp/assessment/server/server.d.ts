import type { Scan } from '../../model/scan.ts';
import type { Build } from '../../model/exposure.ts';
import type { PowerState } from '../../model/event.ts';
import { type UpdateTime } from './updates.ts';
import { type BuildRun } from '../../model/builds.ts';
/** What the evidence says about the server itself. */
export type ServerFacts = {
    readonly name: string;
    /** Every name that its logs give it: more than one where the evidence does not tell which server it is of. */
    readonly names: ReadonlySet<string>;
    /** Several of its own logs name it: see `Identity`. */
    readonly isSure?: true;
    /** `Exchange2016` …, `exchange` when the version is not known, `none` without any sign of Exchange. */
    readonly product: string;
    readonly builds: readonly BuildRun[];
    /** Sources that name a build, whether it counts or not. */
    readonly buildSources: ReadonlySet<string>;
    /** Moments at which a build went backwards: the machine was restored. */
    readonly restored: readonly number[];
    readonly installed: number | null;
    /** When Exchange was set up or updated, by setup logs and by events of the installer. */
    readonly updates: readonly UpdateTime[];
    readonly zoneMinutes: number | null;
    readonly power: readonly {
        readonly state: PowerState;
        readonly time: number;
    }[];
    readonly notes: readonly string[];
};
/** Reads name, product and builds over time out of what the scans found. */
export declare function serverFacts(scans: readonly Scan[], fallback: string): ServerFacts;
/** For the assessment: runs with ISO times. */
export declare function asBuilds(runs: readonly BuildRun[]): Build[];
/** The product that a build belongs to. */
export declare function productOfBuild(parts: readonly number[]): string;
