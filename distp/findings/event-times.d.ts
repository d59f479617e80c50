import type { Scan } from '../model/scan.ts';
import type { Event } from '../model/event.ts';
import type { Located } from './located.ts';
/** A file's own time is kept only where it lies within the logs: a later one was made by the copy. */
export declare function withFileTime(event: Event, logs: {
    readonly first: number | null;
    readonly last: number | null;
}): Event;
/**
 * An entry of a configuration is as old as the oldest copy of the file that holds it: the earlier states that IIS keeps
 * tell what was there before. Of an entry that stands in one file only that file’s last change is the time.
 */
export declare function withConfigurationTimes(hits: readonly Located[], scans: readonly Scan[]): readonly Located[];
