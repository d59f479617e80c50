import type { Sink } from '../parser.ts';
/** Columns of a header, with what a value of each must look like; null where anything may stand. */
export type TestedColumns = {
    readonly names: readonly string[];
    readonly tests: readonly (((value: string) => boolean) | null)[];
};
/** Do most rows that have as many values as a header has columns not look like what it names? */
export declare function isContradicted({ names, tests }: TestedColumns, rows: Iterable<readonly string[]>): boolean;
/** How many of the columns that a server writes does a header name? None where their order is not the server's. */
export declare function countInOrder(names: readonly string[], order: readonly string[]): number;
/**
 * The first header of a log, where it does not name the columns that its rows have, or has them as no server writes them.
 * Rows are then read by what the server writes by itself, else as the header says; either way they cover nothing, and what
 * the file would have shown is not known.
 */
export declare class DeniedHeader<C extends TestedColumns> {
    #private;
    /** The columns of such a header where the rows agree with it. */
    unproven: C | null;
    isDenied: boolean;
    /** May rows be read by it? */
    isTrusted(columns: C, rows: Iterable<readonly string[]>, isOrdered: boolean): boolean;
    /** Where it stands. */
    lies(at: {
        readonly number: number;
    } | undefined): void;
    /** What of the log is not known: all of it. */
    get gap(): UnprovenGap | null;
}
type UnprovenGap = Parameters<Sink['gap']>[0];
/** The gap of a log whose rows may be others than they seem, by the line of the header that says so. */
export declare function doubtful(line: number): UnprovenGap;
export {};
