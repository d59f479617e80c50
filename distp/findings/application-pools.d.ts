import { type Event } from '../model/event.ts';
/** Pools in which a request runs, in lower case: that of its path and, of a forged one, that of its target. Null: not known. */
export declare function poolsOfRequest(event: Event): readonly string[] | null;
/** The pool of a worker process that an event names as its parent or as what failed, in lower case; null where none is named. */
export declare function poolOfWorker(event: Event): string | null;
/** The worker process that started another, by what an event names it with; null where it does not. */
export declare function workerOf(event: Event): string | null;
/** Can a worker of this pool have served a request that runs in these? Where either is not known, it can. */
export declare function isOfPool(pool: string | null, pools: readonly string[] | null): boolean;
