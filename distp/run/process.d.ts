import { type WorkerHandle } from './handle.ts';
import { type Settings } from './thread.ts';
/** What a process tells: how many files it has begun, where it does not write that to its pipe, and what is done. */
export type FromProcess = {
    readonly begun: number;
} | {
    readonly answers: readonly unknown[];
};
/** The pipe to which a process writes a byte for each file that it begins: a message of its own for each takes far longer. */
export declare const BEGUN = 4;
/** `isForReading`: it is going to read files, and loads what it needs for that at once. */
export declare function startProcess(settings: Settings | null, script?: import("url").URL, limits?: import("./thread.ts").ThreadLimits, isForReading?: boolean): WorkerHandle;
