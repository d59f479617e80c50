/** A mistake of the program that ended a run; `out` is where the run was to write, as far as it had come. */
export declare class Crash extends Error {
    readonly out: string | undefined;
    constructor(cause: unknown, out: string | undefined);
}
/**
 * Reports a mistake of the program: the stack, in places of the source, goes to a file, one sentence to the terminal. The file lies in
 * the folder of unfinished work in OUT, where there is one, else in a new temporary folder.
 */
export declare function reportCrash(thrown: unknown, args: readonly string[]): void;
/**
 * Mistakes of the program at single files of the evidence, or at one server of many: they cost that and not the run, which reports
 * them at its end.
 */
export declare class FileMistakes {
    #private;
    constructor(args: readonly string[]);
    /** One mistake happens at many files: each stack is kept once, and the names of the files are the user's own. */
    add(stack: string): void;
    /** One that cost a server of many; gives the sentence about it. */
    addServer(error: unknown): string;
    /** Writes them to a folder of results, if there are any. */
    write(results: string): void;
    /** The sentence about them; null where there are none. `out`: where the results lie now. */
    sentence(out: string): string | null;
}
/** A stack with places in the source instead of those in files of the build; paths below the program are shortened. */
export declare function inSources(stack: string): string;
