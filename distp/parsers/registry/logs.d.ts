import { type BaseBlock } from './base-block.ts';
/** A transaction log beside a hive. */
export type TransactionLog = {
    readonly path: string;
    readonly bytes: Buffer;
};
/** A hive with its logs written over it, as Windows would on the next start. */
export type Recovered = {
    readonly bytes: Buffer;
    readonly block: BaseBlock;
    /** The logs that were used, in order. */
    readonly logs: readonly TransactionLog[];
    /** Entries (new form) or pages (old form) that were written. */
    readonly written: number;
    /** Of each 512 bytes of the hive: 1 + the index of the log that they come from, or 0. */
    readonly origin: Uint8Array;
};
/** An entry of a log of the new form. */
export type LogEntry = {
    readonly offset: number;
    readonly length: number;
    readonly sequence: number;
    /** Bytes of all hive bins after it. */
    readonly size: number;
    readonly pages: readonly {
        readonly to: number;
        readonly from: number;
        readonly length: number;
    }[];
};
/**
 * Writes transaction logs over a hive that is dirty; null when none of them fits it. `bytes` may be changed.
 * https://github.com/msuhanov/regf, "Format of transaction log files" and "Multiple transaction log files"
 */
export declare function recover(bytes: Buffer, block: BaseBlock, files: readonly TransactionLog[]): Recovered | null;
/** Do logs of the new form go on where a hive ends that says that it is whole? Then they were written after it. */
export declare function goesOn(block: BaseBlock, files: readonly TransactionLog[]): boolean;
/** What of the logs beside a dirty hive could not be used and should have been; null when nothing is missing. */
export declare function unusedOf(files: readonly TransactionLog[], found: Recovered | null): string | null;
/** The valid entries of a log from its first one on, each with the next sequence number. */
export declare function entriesOf(log: Buffer, first: number): Generator<LogEntry>;
/** The entry at an offset, null when there is no whole one whose two hashes agree. */
export declare function entryAt(log: Buffer, at: number): LogEntry | null;
/** Where the dirty vector ends, and where the pages begin; null when it is not there. */
export declare function vectorOf(log: {
    readonly file: Pick<TransactionLog, 'bytes'>;
    readonly block: BaseBlock;
}): {
    end: number;
    pages: number;
} | null;
/** The whole pages of an old log, in the order of the bits that are set. */
export declare function pagesOf(log: {
    readonly file: Pick<TransactionLog, 'bytes'>;
    readonly block: BaseBlock;
}): Generator<{
    to: number;
    from: number;
}>;
