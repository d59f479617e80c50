/** A minute in milliseconds. */
export declare const MINUTE = 60000;
/** An hour in milliseconds. */
export declare const HOUR: number;
/** A day of 24 hours in milliseconds. */
export declare const DAY: number;
/** ISO 8601 with Z or an offset, up to seven decimals (cut to milliseconds); null when it is not one or not a real date. */
export declare function isoTime(text: string): number | null;
/** Does an ISO text say its zone (Z or an offset)? */
export declare function statesZone(text: string): boolean;
/** A date and time of day as UTC, null when it does not exist (month 13, 30 February, hour 25). */
export declare function utcTime(year: number, month: number, day: number, hour?: number, minute?: number, second?: number, millisecond?: number): number | null;
/** ISO UTC with milliseconds, `2021-03-03T04:23:22.370Z`; null stays null. */
export declare function iso(time: number): string;
export declare function iso(time: number | null): string | null;
/** The hour since 1970 that a time lies in. */
export declare function hourOf(time: number): number;
/** The beginning of an hour as ISO UTC without seconds' noise: `2021-03-03T04:00:00Z`. */
export declare function hourIso(hour: number): string;
/** The UTC day of a time: `2021-03-03`. */
export declare function dayOf(time: number): string;
/**
 * A FILETIME (100 ns since 1601-01-01 UTC, given as its two 32-bit halves) in milliseconds since 1970, cut; null when it
 * is 0 or no date before the year 10000. https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-filetime
 */
export declare function fileTime(low: number, high: number): number | null;
/** A FILETIME as ISO UTC with all seven decimals: `2021-03-03T04:23:22.3701234Z`; null where `fileTime` is. */
export declare function fileTimeText(low: number, high: number): string | null;
/** The least and the greatest of times, in one pass: a list of evidence may be longer than a call takes arguments. */
export declare function firstAndLast(times: Iterable<number>): readonly [first: number, last: number] | readonly [null, null];
