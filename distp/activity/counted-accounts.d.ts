import { type ValueIds } from '../prefilter/value-ids.ts';
import type { AccountTally, DeviceTally } from '../model/scan.ts';
import type { FirstRow } from '../prefilter/rows.ts';
/**
 * Numbers of each value: rows, those that fetch content, first and last time (ms since 1970 UTC), and offset, length and line of the
 * first row.
 */
export declare const WIDTH = 7;
/** Logons of one file. */
export declare class FileLogons {
    #private;
    constructor(names: ValueIds);
    /** The number of a value that is not there yet. */
    append(id: number): number;
    /** A row of it; false where an earlier one is known. */
    see(number: number, { offset, length, line }: FirstRow): boolean;
    add(number: number, rows: number, content: number, first: number, last: number): void;
    /** As plain data, in the order of the first rows; null where there was no such row. */
    tally(): AccountTally | null;
    /** The same, with the order of the values: null where it is that of their first rows already. */
    protected tallyIn(order: readonly number[] | null): AccountTally | null;
    protected order(): readonly number[] | null;
}
/** Requests of mobile devices in one file. */
export declare class FileDevices extends FileLogons {
    #private;
    append(id: number): number;
    /** The client of the first row is remembered: telephones change their address from hour to hour. */
    see(number: number, row: FirstRow): boolean;
    tally(): DeviceTally | null;
}
