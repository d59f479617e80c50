import type { Zone } from '../lib/zones.ts';
import type { KnowledgePaths } from '../knowledge/load-packs.ts';
import { type WorkerHandle } from './handle.ts';
/** What a worker must know before it can read: plain data. */
export type Settings = {
    readonly paths: KnowledgePaths;
    readonly zone: Zone | null;
    readonly passwords: readonly string[];
    /** The rules are loaded when a file is to be read, and not at once. */
    readonly isLater?: boolean;
};
/** What it is started with: what it must know, unless its first message says so. */
export type ReadThreadData = {
    readonly settings: Settings | null;
    /** How many members the thread has begun to read: an Int32 that both sides see. */
    readonly begun: SharedArrayBuffer;
};
/**
 * What one unit may cost: a file that wants more is a gap and not the end of the run. `memory`: of the heap of a thread, and of
 * the resident memory of a process (MB). `young`: events live for a moment, and with more room for them fewer are copied. `lost`: about how many seconds a run may
 * lose to files that are given up.
 */
export type ThreadLimits = {
    readonly memory: number;
    readonly young: number;
    readonly seconds: number;
    readonly bytesPerSecond: number;
    readonly lost: number;
};
export declare const LIMITS: ThreadLimits;
export declare function startThread(settings: Settings | null, script?: import("url").URL, limits?: ThreadLimits): WorkerHandle;
