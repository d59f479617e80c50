import { type RecordHeader } from './record.ts';
/** Where the records of a $MFT go, in its order. */
export type Visitor = {
    /**
     * A record whose attributes from `header.first` to `header.end` are sound. `bytes` are its own until the next one.
     * `damaged` is to be told of places in it that are not what they should be.
     */
    record(number: number, offset: number, bytes: Buffer, header: RecordHeader, damaged: Damaged): void;
    /** Bytes that could not be read as a record. */
    damaged(offset: number, length: number, detail: string): void;
    /** Bytes after the last whole record. */
    cut(offset: number, length: number): void;
};
/** Told of a place in a record: where it begins there, its length, what is wrong. */
export type Damaged = (at: number, length: number, detail: string) => void;
/**
 * Reads a $MFT record by record; returns its size. Records that were never used are zeros and are not visited: they stand at the end of
 * it and among the first ones, and anywhere else something was overwritten.
 */
export declare function eachRecord(chunks: AsyncIterable<Uint8Array>, visit: Visitor): Promise<number>;
