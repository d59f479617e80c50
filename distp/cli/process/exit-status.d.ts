/** The exit status of a command; what stops it is said in one sentence. */
export declare function outcome(run: () => Promise<number>): Promise<number>;
