/**
 * The largest number for which no more than `most` are kept when of each file no more than that is; of a hundred files with
 * one hit and one with a million that one has what the others leave.
 */
export declare function shareOf(counts: readonly number[], most: number): number;
