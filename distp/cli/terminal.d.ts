/** What the output goes to. A thread cannot ask this for itself. */
export type OutputTerminal = {
    readonly out: boolean;
    readonly err: boolean;
    readonly columns: number;
    /** Is the output to be in colour? */
    readonly colour: boolean;
    /** The width of the line on stderr that shows how far the work is; null where there is to be none. */
    readonly live: number | null;
    /** Ends the current line of progress. */
    readonly line: string;
};
type Streams = {
    readonly stdout: {
        readonly isTTY?: boolean;
        readonly columns?: number;
    };
    readonly stderr: {
        readonly isTTY?: boolean;
        readonly columns?: number;
    };
    readonly env: Readonly<Record<string, string | undefined>>;
};
export declare function terminalOf({ stdout, stderr, env }: Streams): OutputTerminal;
export {};
