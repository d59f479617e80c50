import { type OutputTerminal } from '../terminal.ts';
/** What the thread is started with, and what it tells. */
export type AssessData = {
    readonly args: readonly string[];
    readonly terminal: OutputTerminal;
    /** Milliseconds before partial results are kept. */
    readonly wait?: number;
};
export type RunState = {
    readonly unfinished?: string;
    /** The process of a browser that prints. */
    readonly browser?: number | null;
    readonly status?: number;
};
/**
 * Runs `postern assess` in a thread, so that this one is free to hear Ctrl-C whatever is being read, listed or judged: it
 * then ends that thread with all that it has started, and says what is left. The second Ctrl-C ends everything at once.
 */
export declare function assessInterruptibly(args: readonly string[], wait?: number, script?: URL): Promise<number>;
