/**
 * A text cut to a length such that padding hides nothing: runs of blanks are shortened first, and of what is still too long the
 * beginning and the end stay. A text that is short enough stays as it is.
 */
export declare function squeezed(text: string, most: number): string;
/** Of a run of blanks the first ones stay. */
export declare function withoutRuns(text: string): string;
