/** How an option stands in the assessment: as it was given, as the zone that it names, as `given`, with the digest of its file, or by the names of its files. */
export type Recorded = 'value' | 'zone' | 'given' | 'digest' | 'names';
export type Option = {
    readonly name: string;
    readonly short?: string;
    /** What its value is called; an option without one is on or off. */
    readonly value?: string;
    readonly multiple?: boolean;
    /** One value may hold several, with commas in between. */
    readonly isList?: boolean;
    /** Which values there are. */
    readonly from?: readonly string[] | 'formats' | 'languages' | 'labels';
    /** What a shell completes its value with. */
    readonly path?: 'file' | 'folder';
    readonly help: string;
    readonly recorded?: Recorded;
};
/** What a command is asked for by its first word: `postern packs check`. */
export type Subcommand = {
    readonly name: string;
    /** What follows it. */
    readonly takes: string;
    readonly options: readonly string[];
    readonly help: string;
};
export type CommandSpec = {
    readonly name: string;
    readonly summary: string;
    readonly usage: readonly string[];
    readonly about: string;
    readonly actions?: readonly Subcommand[];
    readonly options: readonly Option[];
    readonly exit: string;
};
export declare const shells: readonly ['bash', 'zsh', 'fish', 'powershell'];
/** Every command, in the order of the help. */
export declare const commandSpecs: readonly CommandSpec[];
/** The table of one command. */
export declare function specOf(name: string): CommandSpec;
