import type { Scan } from '../model/scan.ts';
/** Pages that the server has where it serves them, and that no baseline knows, by `pageNameOf`: when each was written, and whether its code takes nothing. */
export type PageFacts = ReadonlyMap<string, readonly {
    readonly modified: number | null;
    readonly takesNothing: boolean;
}[]>;
export declare function pageFactsOf(scans: readonly Scan[]): PageFacts;
