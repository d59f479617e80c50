type Command = (args: readonly string[]) => number | Promise<number>;
/** Runs the command that the arguments name, and gives its exit status. `assess` replaces the command of that name. */
export declare function runCommand(argv: readonly string[], assess?: Command): Promise<number>;
export {};
