import type { Member } from '../evidence/container.ts';
import { type ListedEvidence } from '../evidence/index.ts';
import type { Zone } from '../lib/zones.ts';
import type { Pool } from '../model/scan.ts';
import type { Knowledge, KnowledgePaths } from '../knowledge/load-packs.ts';
import { type Shared } from './shared-file.ts';
import { type WorkerHandle, type WorkerKind } from './handle.ts';
import { type ThreadLimits, type Settings } from './thread.ts';
/**
 * What a worker is handed: a member to read, with what it shares with a helper, or one to help with. `ifLog`: it is read only
 * if it is a log of rows.
 */
export type ReadTask = {
    readonly member: Member;
    readonly shared?: Shared;
    readonly isHelp?: true;
    readonly ifLog?: true;
};
/** Works in this thread, one unit after the other. */
export declare function inlinePool(knowledge: Knowledge, zone: Zone | null, passwords?: readonly string[]): Pool;
/**
 * Works in `jobs` lanes, each a thread or a process at a time. Threads read large logs of rows, which lie in a folder: text, in
 * pieces. Everything else is read in processes: archives, forms of binary data, and what is searched by YARA rules, also by
 * those of the user. Each loads the same rules; units are handed out largest first, so that the last ones are small. A result
 * does not depend on the worker that made it. A worker that runs out of memory or time, or fails, costs the file that it was at,
 * which becomes a gap; one that fails before it has begun a file ends the run.
 */
export declare function workerPool(options: PoolOptions): WorkerPool;
export type PoolOptions = {
    readonly jobs: number;
    readonly paths: KnowledgePaths;
    readonly zone: Zone | null;
    readonly passwords?: readonly string[];
    /** Processes load the rules when they are to read a file: it may be that they only list. */
    readonly isLater?: boolean;
    /** Receives each file on which the program itself failed, and where in the program. */
    readonly onFailed?: (path: string, detail: string, stack: string) => void;
    /** May a thread look at this member? */
    readonly isForThread?: (member: Member) => boolean;
    readonly limits?: ThreadLimits;
    readonly start?: Readonly<Record<WorkerKind, (settings: Settings, limits: ThreadLimits) => WorkerHandle>>;
};
/** Workers that work. */
export type WorkerPool = Pool & {
    /** Everything that an evidence input holds. */
    list(root: string, onFound?: (files: number) => void): Promise<ListedEvidence>;
    /** Takes over a worker that waits for its settings: it loads the rules before there is work. */
    start(waiting: WorkerHandle): void;
    /** Ends those that have no work. */
    end(): Promise<void>;
};
/** A log that lies in a folder, by its name alone; the thread looks whether it is one. */
export declare function isLargeLog({ ref, path, size, refused, companions }: Member): boolean;
/** What one file may cost of the time of a run, after others have cost theirs. */
export declare class Patience {
    #private;
    constructor(limits: ThreadLimits);
    /** So long a worker may take to load its rules. */
    get start(): number;
    /**
     * Milliseconds for so many bytes. Files that hang cost a run about `lost` seconds together, however many they are: each may
     * take a part of what is left.
     */
    for(bytes: number): number;
    /** A file was given up after so long. */
    lose(milliseconds: number): void;
}
