import type { MemberRefusal } from '../evidence/container.ts';
import { type ListedEvidence } from '../evidence/index.ts';
import { PosternError } from '../lib/errors.ts';
import { type WorkerHandle } from './handle.ts';
import type { Port } from './port.ts';
/** What a worker is handed to list, and the archives that are not to be opened again. */
export type ListErrand = {
    readonly list: ListTask;
};
export type ListTask = {
    readonly root: string;
    readonly passwords: readonly string[];
    readonly jobs: number;
    readonly skipped: readonly (readonly [path: string, why: MemberRefusal])[];
    /** Why files are only listed, without what collectors say of them. */
    readonly plain?: MemberRefusal;
};
/** What it tells, and answers at the end: which archive it opens now, a part of what it found, and the end. */
export type ListMessage = {
    readonly opens: string;
    readonly size: number;
} | {
    readonly closes: true;
} | {
    readonly found: number;
} | {
    readonly part: Partial<ListedEvidence>;
} | {
    readonly isDone: true;
} | {
    readonly stopped: {
        readonly code: PosternError['code'];
        readonly sentence: string;
    };
} | {
    readonly failed: MemberRefusal;
};
/** Lists evidence, for the process that asked; what is told last is the answer. */
export declare function listFor(port: Port, { root, passwords, jobs, skipped, plain }: ListTask): Promise<ListMessage>;
/** How a list ended: what is there, or which archive it failed at, and why. */
export type ListEnd = {
    readonly listed: ListedEvidence;
} | {
    readonly at: string | null;
    readonly why: MemberRefusal;
};
/** What may be waited for (ms): the first sign of a worker, and the next while it has an archive of so many bytes open. */
export type ListPatience = {
    readonly start: number;
    for(bytes: number): number;
    lose(milliseconds: number): void;
};
/** Has a worker list evidence, once. It is as it was before, but where it failed. */
export declare function listWith(worker: WorkerHandle, task: ListTask, patience: ListPatience, onFound?: (files: number) => void): Promise<ListEnd>;
/**
 * Lists evidence with workers, each of which `open` starts and `close` ends or keeps. An archive that the list cannot be done
 * with is not opened; it is a file that was not read.
 */
export declare function listInProcess(task: Omit<ListTask, 'skipped' | 'plain'>, patience: ListPatience, { open, close }: {
    open: () => WorkerHandle;
    close: (worker: WorkerHandle, isGood: boolean) => Promise<void>;
}, onFound?: (files: number) => void): Promise<ListedEvidence>;
