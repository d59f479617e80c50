/** Is it one of the days just before that of an act (days since 1970)? */
export declare function isJustBefore(day: number, act: number): boolean;
/** Is it the day of an act, one just before it, or any later one? */
export declare function isJustBeforeOrSince(day: number, act: number): boolean;
/** The days of the week before one: what is done every week was done on one of them. */
export declare function weekBefore(day: number): readonly number[];
/** Is it another day than that of an act, and near it? */
export declare function isNear(day: number, act: number): boolean;
/**
 * The first of the days from which a use goes on until an act: it was not left for others meanwhile. Null where no day before the
 * act leads to it.
 */
export declare function lastingSince(uses: Iterable<number>, elsewhere: () => Iterable<number>, act: number): number | null;
/** Do two uses of a device, from a first to a last time (ms) each, belong together? */
export declare function isOneUse(a: Span, b: Span): boolean;
type Span = {
    readonly first: number;
    readonly last: number;
};
export {};
