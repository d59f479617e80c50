/**
 * Bytes that can be read at any place: a file, a part of one, memory. A read is cut at the end, never beyond it, and is
 * shorter than asked only there.
 */
export type RandomBytes = {
    readonly size: number;
    read(offset: number, length: number): Promise<Buffer>;
    close(): Promise<void>;
};
/** Do these bytes stand at a place? */
export declare function standsAt(bytes: Uint8Array, at: number, mark: Uint8Array): boolean;
/** Memory as readable bytes. */
export declare function memoryBytes(data: Buffer): RandomBytes;
/** The bytes from `start` to `end` of others; closing it closes those. */
export declare function byteRange(bytes: RandomBytes, start: number, end: number): RandomBytes;
/** The bytes from `start` to `end`, in order, in pieces. */
export declare function bytePieces(bytes: RandomBytes, start: number, end: number, piece?: number): AsyncGenerator<Buffer>;
/** The first `n` bytes of a stream, fewer if it is shorter; the rest is not read. */
export declare function firstBytes(chunks: AsyncIterable<Uint8Array>, n: number): Promise<Buffer>;
