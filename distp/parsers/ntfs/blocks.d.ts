/** Are all bytes from `start` to `end` zero? */
export declare function isZero(bytes: Buffer, start: number, end: number): boolean;
/** Is the whole piece zero? */
export declare function isHole(bytes: Buffer): boolean;
/**
 * Hands out a stream in whole blocks of `size` bytes: as many at once as lie in a piece. What is left at the end comes
 * last, shorter than a block. Returns the size of the stream. The bytes belong to the stream: they are not to be changed.
 */
export declare function eachBlock(chunks: AsyncIterable<Uint8Array>, size: number, take: (bytes: Buffer, offset: number) => void): Promise<number>;
