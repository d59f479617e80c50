import type { RandomBytes } from '../lib/bytes.ts';
/**
 * The bytes of a packed archive inside another, held in memory, up to a maximum. `grown` is called with the size of each further block
 * before it is there.
 */
export declare function heldBytes(chunks: AsyncIterable<Uint8Array>, most: number, grown?: (bytes: number) => void): Promise<RandomBytes>;
/**
 * Packed archives that this thread read from last, by what they are: as many as `most` bytes hold. One that is read from
 * stays until that is done, also where it is let go meanwhile.
 */
export declare class Held {
    #private;
    constructor(most: number);
    get(key: string): Promise<RandomBytes> | undefined;
    /** Unpacks it: `unpack` tells of each block before it is there. */
    make(key: string, unpack: (grown: (bytes: number) => void) => Promise<RandomBytes>): Promise<RandomBytes>;
}
