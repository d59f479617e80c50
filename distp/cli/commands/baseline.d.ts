/** `postern baseline`: what is known good, and how to make more of it. */
export declare function baselineCommand(args: readonly string[]): Promise<number>;
