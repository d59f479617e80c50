/** `12,345`: digits in groups of three, the same everywhere. */
export declare function formatCount(n: number): string;
/** `3 findings`, `1 finding`. */
export declare function counted(n: number, one: string, many?: string): string;
/** `2 of 7 directories`, `all 7 directories`, `the only directory`, `none of 7 directories`. */
export declare function ofAll(n: number, all: number, one: string, many?: string): string;
/**
 * `a, b and 3 more files`: the first of a list. What is left out has a noun, so that two such lists can stand in one
 * sentence.
 */
export declare function formatList(names: readonly string[], shown: number, one: string, many?: string): string;
/** `a`, `a and b`, `a, b and c`. */
export declare function formatAll(names: readonly string[]): string;
/**
 * A part of so many hours: `5 of 48 hours`, `46.5 of 77 days`, `5 hours of 77 days`, `all but 5 hours of 77 days`,
 * `all 77 days`, `none of 77 days`. A part is never rounded to nothing or to all.
 */
export declare function formatShare(hours: number, of: number): string;
/** The same as the end of a sentence: `on 46.5 of 77 days`, `in 5 of 48 hours`, `in all but 5 hours of 77 days`. */
export declare function withinShare(hours: number, of: number): string;
/** `45 %`; a part is never rounded to nothing or to all: `under 1 %`, `over 99 %`. */
export declare function formatPercent(part: number, whole: number): string;
/** Hours as days, to a tenth; never more than there are. */
export declare function tenths(hours: number): number;
