import type { LogKind } from '../model/log-kinds.ts';
import type { Scan } from '../model/scan.ts';
/** What the configuration runs, and from where, besides the defaults of IIS. */
export type Served = {
    readonly endings: readonly string[];
    readonly folders: readonly string[];
    /** Files that pages include, by their path in lower case; from the root of a site: by the end of it. */
    readonly included: ReadonlySet<string>;
    readonly includedOfSite: readonly string[];
    /** Files that pages include of which nothing says that IIS serves them: they run if those do. */
    readonly perhapsIncluded: ReadonlySet<string>;
    /** Kinds of state by the program that they run. */
    readonly programs: ReadonlyMap<string, LogKind>;
};
export declare const NOTHING_SERVED: Served;
export declare function servedOf(scans: readonly Scan[]): Served;
/** Is a URL path below a virtual directory or application of the configuration, other than the root of a site? */
export declare function configuredPaths(scans: readonly Scan[]): (path: string) => boolean;
/** Libraries whose bytes a baseline knows, where the server has them, as `folderIn` gives their paths. */
export declare function knownLibraries(scans: readonly Scan[]): ReadonlySet<string>;
/** A folder in lower case with `/`, as a path of the server without its drive: IIS follows variables, `..` and shares, too. */
export declare function folderIn(folder: string): string;
/** Without the drive, and without a `/` at the end. */
export declare function withoutDrive(path: string): string;
/** Has a path one of these endings, or do its last names fit one of the patterns, which begin with `/`? */
export declare function endsIn(path: string, endings: readonly string[]): boolean;
export declare function isServedFrom(path: string, folders: readonly string[]): boolean;
/** Does a path lie below one of the folders that the configuration serves? */
export declare function isBelow(path: string, folders: readonly string[]): boolean;
/**
 * The scans with what the configuration and pages say of files in which something was found: whether IIS serves the folder of
 * one that lies in no web root that is known by its name, and whether a handler runs what has its ending, a page includes it, or
 * a task, a service or a configuration starts it.
 */
export declare function withServedFiles(scans: readonly Scan[]): readonly Scan[];
/** Does a page say that it includes this file? */
export declare function isIncluded(path: string, { included, includedOfSite }: Served): boolean;
