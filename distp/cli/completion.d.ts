/** `postern completion SHELL`: prints a script that completes commands, options and their values. */
export declare function completionCommand(args: readonly string[]): number;
export declare const completionScript: (shell: string) => string;
