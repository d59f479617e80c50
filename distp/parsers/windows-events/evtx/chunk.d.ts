export declare const CHUNK = 65536;
/** Where records begin behind the header of a chunk and its tables. */
export declare const RECORDS = 512;
export declare const CHUNK_MAGIC: Buffer<ArrayBuffer>;
/** What the header of a chunk says, as far as it is there. */
export type ChunkHeader = {
    /** Identifiers of the first and last record; null in a chunk without any. */
    readonly first: number | null;
    readonly last: number | null;
    /** Where the free space begins, as it stands there. */
    readonly free: number;
    /** Do the checksums fit? Null: what they are made of is not all there. */
    readonly headerSum: boolean;
    readonly recordSum: boolean | null;
};
/** `bytes` begins with the header and holds all of it. */
export declare function readChunkHeader(bytes: Buffer): ChunkHeader;
/** A number of 64 bits; beyond 2^53 it is not exact, but no log comes there. */
export declare function numberAt(bytes: Buffer, at: number): number;
/** Does a record stand at `at`, with a size that has room before `end`? Its size, 0 when none does. */
export declare function eventRecordAt(bytes: Buffer, at: number, end: number): number;
/** Does the size stand once more at the end of the record? */
export declare function hasCopy(bytes: Buffer, at: number, size: number): boolean;
/** The next place from `from` on where a whole record lies before `end`, with both sizes and a time; -1 for none. */
export declare function nextRecord(bytes: Buffer, from: number, end: number): number;
/**
 * Records that lie inside another one, each with both its sizes. eventlogedit removes a record by letting the one before
 * it grow over it: the size at the end of the former, and all of the removed one but its last four bytes, are still
 * there. https://blog.fox-it.com/2017/12/08/detection-and-recovery-of-nsas-covered-up-tracks/
 */
export declare function hiddenIn(bytes: Buffer, at: number, size: number): {
    readonly at: number;
    readonly size: number;
}[];
/** The begin of the chunk that a record lay in, told by a template that it defines itself; null when it defines none. */
export declare function baseBy(bytes: Buffer, at: number, size: number): number | null;
