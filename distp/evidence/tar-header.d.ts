import type { RandomBytes } from '../lib/bytes.ts';
export declare const block = 512;
/** One header block, as it stands there. */
export type Header = {
    readonly name: string;
    readonly size: number | null;
    readonly modified: number | null;
    /** The type flag; `\0` of old archives is a file, as `0` is. */
    readonly type: string;
    readonly link: string;
    readonly gnu: boolean;
    readonly raw: Buffer;
};
/** Is this a header: does its checksum fit? The sum of some old programs counts bytes as signed. */
export declare function isHeader(bytes: Uint8Array): boolean;
export declare function readTarHeader(raw: Buffer): Header;
/** Seconds as milliseconds, within what a date can be. */
export declare function millis(seconds: number | null): number | null;
/** A number in octal, or (GNU) in base 256 when its first bit is set; null when it is neither or beyond what is exact. */
export declare function readTarNumber(raw: Buffer, at: number, length: number): number | null;
/** Text up to the first NUL: UTF-8, else Latin-1, so that every byte is kept. */
export declare function readTarText(raw: Buffer, at: number, length: number): string;
export declare function decodeName(bytes: Buffer): string;
/**
 * The records of a pax header: `length key=value\n`, the length in decimal and of the whole record. What follows a
 * record that breaks the rule is not read: `broken` then. Only what tells where a file lies and what it is called is kept.
 */
export declare function paxRecords(data: Buffer): {
    records: Map<string, Buffer>;
    broken: boolean;
    sparse: SparseRun[];
};
/** A run of stored data in a sparse file: where it belongs, and how long it is. */
export type SparseRun = readonly [offset: number, length: number];
export declare function pairs(values: readonly number[]): SparseRun[];
export declare function decimal(value: Buffer | undefined): number | null;
/** Do runs follow each other within `size`, and hold exactly `stored` bytes? */
export declare function areSound(runs: readonly SparseRun[], size: number, stored: number): boolean;
/** Reads one block of a map of a sparse file; null where it is none. */
export type MapBlock = (at: number) => Promise<Buffer | null>;
/**
 * Maps lie one behind the other: a block that stands before the end of another map is none of a second one. A small archive whose
 * members all claim the same blocks would make days of reading.
 */
export declare function eachOnce(bytes: RandomBytes): MapBlock;
/** Runs of an old GNU sparse file: four in the header at 386, then 21 in each block that follows while one says so. */
export declare function oldGnuRuns(mapBlock: MapBlock, header: Header, data: number, most: number): Promise<{
    runs: SparseRun[];
    size: number | null;
    data: number;
} | null>;
