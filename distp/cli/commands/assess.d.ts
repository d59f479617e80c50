import { type WorkerHandle } from '../../run/handle.ts';
import { type PoolOptions, type WorkerPool } from '../../run/pool.ts';
import { type ThreadLimits } from '../../run/thread.ts';
import { type OutputTerminal } from '../terminal.ts';
/** What a run receives besides its arguments. */
export type RunContext = {
    readonly terminal?: OutputTerminal;
    /** Receives the folder with partial results of an interrupted run. */
    readonly onUnfinished?: (folder: string) => void;
    /** Receives the process of a browser that prints, and null when it has ended. */
    readonly onBrowser?: (pid: number | null) => void;
    /** Milliseconds until partial results are kept. */
    readonly wait?: number;
    /** Workers that wait for what they must know before they can read. */
    readonly readers?: readonly WorkerHandle[];
    /** What one file may cost. */
    readonly limits?: ThreadLimits;
    /** Opens the workers that list and read evidence. */
    readonly openPool?: (options: PoolOptions) => WorkerPool;
};
/** `postern assess`: one verdict a server, and all the files of the contract. */
export declare function assessCommand(args: readonly string[], around?: RunContext): Promise<number>;
