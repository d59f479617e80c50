import { type DateOrder } from '../common/local-time.ts';
/** The columns of a heading of the Event Viewer in one of its languages, by the names that a record has; null if it is none. */
export declare function viewerColumns(written: readonly string[]): string[] | null;
/** The same for a language that is not known: five headings, and rows of six values as the Event Viewer orders them. */
export declare function viewerColumnsOf(written: readonly string[], row: readonly string[]): readonly string[] | null;
/** Level as Windows counts it, out of the word of any of these languages; other text stays. */
export declare function viewerLevel(text: string): string;
/** The two words for audits in English, whatever language they are in. */
export declare function viewerKeywords(text: string): string;
/** How the times of a table are read: the one order of day and month that all of its rows allow. */
export declare function orderOfTimes(texts: readonly string[]): DateOrder | null;
/** The time of a row, as if it were UTC; null where it is none, or where day and month cannot be told apart. */
export declare function timeInOrder(text: string, order: DateOrder | null): number | null;
/**
 * How far local time is ahead of UTC, measured by an entry whose text holds its own time in UTC: Sysmon's `UtcTime`, the time
 * that Windows started or stopped at, and that to which its clock was set. Null for all other entries, and where the two do
 * not lie a zone apart.
 */
export declare function measuredZone(provider: string, id: number, message: string, local: number): number | null;
