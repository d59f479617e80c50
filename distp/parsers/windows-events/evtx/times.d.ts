/** `fileTimeText` of lib/time.ts for a time that is known to be one, in milliseconds and as FILETIME. */
export declare function eventTimeText(time: number, low: number, high: number): string;
