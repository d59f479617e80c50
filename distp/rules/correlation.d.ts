import type { Correlation } from './rule.ts';
/**
 * Rows that rules said yes to, in columns: there may be very many of them, and most share their values. They come in the
 * order of their times.
 */
export type MatchedRows = {
    readonly times: ArrayLike<number>;
    /** Of each row, its place in `rules`. */
    readonly ruleOf: ArrayLike<number>;
    readonly rules: readonly string[];
    /** Of each row, its place in `values`. */
    readonly valuesOf: ArrayLike<number>;
    /** Values of fields by name (folded). */
    readonly values: readonly Readonly<Record<string, string>>[];
    /** Of each row the number of its request, which rows of several logs may share; null where none do. */
    readonly requestOf?: ArrayLike<number> | null;
};
/** Rows that make a correlation true together, by their numbers, in order. */
export type RowMatch = {
    readonly correlation: Correlation;
    /** The values that the rows have in common, in the order of `groupBy`. */
    readonly group: readonly string[];
    readonly rows: Uint32Array;
};
export type Correlated = {
    readonly matches: readonly RowMatch[];
    /** Rows that belong to no group, since they lack a value that they are grouped by. */
    readonly ungrouped: readonly {
        readonly correlation: Correlation;
        readonly rows: number;
    }[];
};
/**
 * Which rows make which correlations true. A window reaches from a row to all that lie within the span of it, both ends
 * included; it counts only where no other window holds all of its rows, so that an upper bound is not met by a part of a
 * larger burst. Windows that are true and share rows are one match.
 */
export declare function correlate(correlations: readonly Correlation[], rows: MatchedRows): Correlated;
export declare const comparisons: Readonly<Record<Correlation['condition'][number]['is'], (a: number, b: number) => boolean>>;
/** What a row takes in memory; what it has in common with none before it takes more than the row. */
export declare function weightOfRow(isNew: boolean): number;
