/** Bytes that grow piece by piece and never move. Places are given as numbers of 32 bits, in steps of four bytes. */
export declare class ByteArena {
    #private;
    take(length: number): number;
    /** Bytes that it holds. */
    get size(): number;
    bytesOf(row: number): Buffer;
    startOf(row: number): number;
}
