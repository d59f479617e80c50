import type { MessagePort } from 'node:worker_threads';
import type { Scan } from '../model/scan.ts';
export type WorkerKind = 'thread' | 'process';
export type WorkerHandle = {
    readonly kind: WorkerKind;
    /** The number of its process, where it is one of its own. */
    readonly pid?: number;
    /** How many members it has begun to read, as far as that is known; asked again a moment later it is known up to here. */
    begun(): number;
    /** Hands over plain data; ports go to threads only. */
    post(message: unknown, ports?: readonly MessagePort[]): void;
    /** Who is told from now on. */
    tell(events: WorkerEvents | null): void;
    /** Has it ended, or failed? */
    isOver(): boolean;
    /** Ends it at once, whatever it is doing; nobody is told. */
    end(): Promise<void>;
};
export type WorkerEvents = {
    /** What it was handed is done, in that order. */
    answers(answers: readonly unknown[]): void;
    /** It has ended by itself, or does not answer any more. */
    ended(how: Ending): void;
};
export type Ending = {
    readonly reason: 'memory' | 'failed';
    /** What went wrong, without a path of this machine. */
    readonly detail: string;
    readonly error: unknown;
};
/**
 * What comes of a member: what was read. `mistake`: the program failed at its content, which was not read then; `stack`: where
 * in the program. `elsewhere`: a thread leaves it to a process.
 */
export type WorkerAnswer = {
    readonly scan: Scan;
    readonly mistake?: string;
    readonly stack?: string;
} | {
    readonly elsewhere: true;
};
/** Said on stderr by a process that ends itself since it has too much memory. */
export declare const TOO_MUCH = "postern: too much memory";
/** Said to a process that is started to read, and not only to list. */
export declare const FOR_READING = "reads";
/** Why the content of a file was given up, in words. */
export declare const abandonedFor: {
    timeout: () => string;
    memory: () => string;
    failed: (detail: string) => string;
};
/** An exception in words that are the same on every machine. */
export declare function failureOf(error: unknown): string;
/** An exception with the places in the program at which it happened. */
export declare function stackOf(error: unknown): string;
/** No memory is left for a buffer, or for an instance of WebAssembly: the file at hand wants too much. */
export declare function isOutOfMemory(error: unknown): boolean;
