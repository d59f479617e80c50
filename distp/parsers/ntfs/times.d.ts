/** Where a FILETIME lies. */
export type FileTimePlace = readonly [bytes: Buffer, at: number];
/** The FILETIME at a place, in milliseconds since 1970; null when it is none. */
export declare function timeAt(bytes: Buffer, at: number): number | null;
/**
 * The FILETIME at a place as ISO UTC with all seven decimals; null when it is none. The same as `fileTimeText`, for eight
 * times of each of millions of files: many are equal, and many are of one day.
 */
export declare function fileTimeAt(bytes: Buffer, at: number): string | null;
