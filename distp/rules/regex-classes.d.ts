/** Ranges of code points, sorted, none next to another. */
export type Ranges = readonly (readonly [from: number, to: number])[];
/** The greatest code point. */
export declare const TOP = 1114111;
export declare const digits: Ranges;
export declare const wordCharacters: Ranges;
export declare const spaces: Ranges;
