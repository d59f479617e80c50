/** `postern explain`: every statement leads to bytes, and here they are. */
export declare function explainCommand(args: readonly string[]): Promise<number>;
