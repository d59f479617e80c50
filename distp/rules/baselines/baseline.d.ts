/**
 * What is known good: files by path and SHA-256. A rule language of its own, beside Sigma, YARA and indicators: it says
 * what a file is not. Forms of the files: docs/use/baselines.md.
 */
export type Baseline = {
    /** Name of the file that it was read from, and how much stands in it. */
    readonly name: string;
    readonly origin: string;
    readonly builds: readonly string[];
    readonly paths: number;
    readonly digests: number;
    /** Is anything known of files at this path? `key` as `baselineKey` gives it. */
    hasPath(key: string): boolean;
    /** Is there a file of this name (lower case) at any path? */
    hasName(name: string): boolean;
    /** Is anything known of files below this first folder of a key (`frontend`)? */
    hasFolder(folder: string): boolean;
    /** The builds in which the file at this path has this content: lowest and highest; null when in none. */
    atPath(key: string, sha256: string): Span | null;
    /** Where a file of this content is known, and in which builds; null when nowhere. */
    anywhere(sha256: string): (Span & {
        readonly key: string;
    }) | null;
};
/** Lowest and highest build (one and the same when there is one); empty texts when the list names no build. */
export type Span = {
    readonly from: string;
    readonly to: string;
};
/**
 * What a baseline says of one file.
 * known: path and content · known-elsewhere: content, at another path · changed: the path, not the content ·
 * unknown-path: no build has a file there, though the baseline has all files of that folder.
 */
export type Judgement = {
    readonly is: 'known' | 'known-elsewhere' | 'changed' | 'unknown-path';
    readonly knownPath: boolean;
    readonly knownHash: boolean;
    /** Builds that have this content: `15.1.2044.4` or `15.1.1415.2–15.2.858.5`; null when none is known or named. */
    readonly builds: string | null;
    /** Path (key) at which this content is known, when that is another one. */
    readonly elsewhere: string | null;
};
/** The path as baselines have it: below the install folder or else without drive, lower case, `/`, version folders as `<v>`. */
export declare function baselineKey(path: string): string;
/** The first folder of a key, empty for a file without one. */
export declare function firstFolder(key: string): string;
/** Judges a file by all baselines; null when none has anything to say. `path` is below the install folder, or whole. */
export declare function judgeFile(baselines: readonly Baseline[], path: string, sha256: string): Judgement | null;
/** One line of a list. */
export type BaselineRow = {
    readonly sha256: string;
    readonly path: string;
    readonly from: string;
    readonly to: string;
};
/**
 * Reads a list: tab, comma or semicolon separated, with a header line that names `sha256` or `Hash` and `path` (as
 * `Get-FileHash | Export-Csv` writes it), or without one and the digest first. Lines that begin with `#` are comments.
 */
export declare function readBaselineList(text: string, file: string): BaselineRow[];
/** A list as it is written by `postern baseline make`: readable, and read again by `readList`. */
export declare function writeList(rows: readonly BaselineRow[], comments: readonly string[]): string;
/** A baseline of rows, held in maps: for the lists of one organization, some ten thousand lines. */
export declare function baselineOf(rows: readonly BaselineRow[], name: string, origin: string): Baseline;
export declare function compareBuildNames(a: string, b: string): number;
