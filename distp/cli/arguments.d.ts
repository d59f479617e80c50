export type Parsed = {
    readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
    readonly positionals: readonly string[];
};
/** Reads the arguments of a command strictly, by the table of its options: a mistake is answered in one sentence. */
export declare function readArguments(command: string, args: readonly string[]): Parsed;
export declare function texts(value: Parsed['values'][string]): readonly string[];
export declare function textArgument(value: Parsed['values'][string]): string | undefined;
