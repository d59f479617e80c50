/** `postern verify`: is it what was sealed? */
export declare function verifyCommand(args: readonly string[]): Promise<number>;
