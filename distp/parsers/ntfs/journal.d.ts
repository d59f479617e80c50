/** Where the parts of a record of each version lie. Version 4 tells of ranges of a file and has neither name nor time. */
export type Layout = {
    readonly least: number;
    readonly wide: boolean;
    readonly usn: number;
    readonly time: number;
    readonly reason: number;
    readonly attributes: number;
    readonly nameLength: number;
    readonly nameAt: number;
};
export declare const layouts: ReadonlyMap<number, Layout>;
/**
 * Is there a record at `at`? Its length when it is whole, 0 when there is none, -1 when `bytes` end too early to tell or
 * within it.
 */
export declare function journalRecordAt(bytes: Buffer, at: number): number;
/** A reference of a file as its number and sequence; number NaN where it is one of 128 bits that no NTFS has (ReFS). */
export declare function referenceAt(bytes: Buffer, at: number, wide: boolean): {
    number: number;
    sequence: number;
};
/** The place of the first eight bytes from `at` on that are not all zero; where there are none, of the last that are not whole. */
export declare function afterZeros(bytes: Buffer, at: number): number;
