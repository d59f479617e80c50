import { type FindingWithHits } from './findings.ts';
import { type Event } from '../model/event.ts';
import type { Scan } from '../model/scan.ts';
import type { TrafficTable } from '../activity/requests.ts';
/** Between which times something happened: of a local time in an unknown zone it is not known any closer. */
export type Moment = {
    readonly earliest: number;
    readonly latest: number;
};
/** When pages were removed, and whether they were requested afterwards. Pages go by `pageNameOf`. */
export type Removals = {
    /** The last moment at which something recorded that the page was removed; null where nothing did. */
    removedAt(page: string): Moment | null;
    /** The last request for the page after that moment; `refused`: only where the front end also refused some. */
    requestedAfter(page: string, time: number, refused?: 'refused'): number | null;
};
export declare const NO_REMOVALS: Removals;
/** `folder/name.aspx`, by which a URL and a path are the same page; one of the web site itself is `/name.aspx`. */
export declare function pageNameOf(path: string): string;
/** Removals that findings and other tools record, compared with all requests to the front end. */
export declare function removalsOf(found: readonly FindingWithHits[], scans: readonly Scan[], paths: TrafficTable): Removals;
/**
 * The files that an event says were removed: by Defender, by a program, by a command line, from the volume. Which rule or indicator
 * matched the event does not matter, but for text that only a rule about cleaning up can tell from other text.
 */
export declare function pathsRemoved(event: Event, isCleanUp: boolean): readonly string[];
/** `containerfile:_C:\\a.zip; file:_C:\\a.zip->x.aspx; file:_C:\\b.aspx`: the files, of members of an archive the archive. */
export declare function defenderPaths(text: string): string[];
