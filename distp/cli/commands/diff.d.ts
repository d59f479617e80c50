/** `postern diff`: why a verdict moved. */
export declare function diffCommand(args: readonly string[]): Promise<number>;
