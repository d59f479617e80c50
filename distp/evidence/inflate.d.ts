import { type RandomBytes } from '../lib/bytes.ts';
import { type EvidenceLimits } from './container.ts';
/** What has come out of a packed member so far. */
export type UnpackedBytes = {
    /** Bytes out, and bytes in that they came from. */
    out: number;
    in: number;
    /** CRC-32 of the bytes out, since it was last set to 0. */
    crc: number;
};
export declare function newTally(): UnpackedBytes;
/** Adds a chunk to the tally; throws when the member has grown beyond all measure. */
export declare function addUnpacked(tally: UnpackedBytes, chunk: Uint8Array, limits: EvidenceLimits): void;
/** Throws when a file consists of parts so many and so small that to read them would take for ever. */
export declare function countPart(parts: number, tally: UnpackedBytes): void;
/**
 * Unpacks raw deflate data (RFC 1951) that begins at `start` and ends at or before `end`. Gives all bytes that can be
 * had, also of data that breaks off or is damaged, and then throws. `tally.in` tells where the data ended.
 */
export declare function inflateRaw(bytes: RandomBytes, start: number, end: number, limits: EvidenceLimits, tally: UnpackedBytes): AsyncGenerator<Buffer>;
