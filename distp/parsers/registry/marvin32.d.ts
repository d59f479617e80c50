/**
 * Marvin32 of bytes whose number is a multiple of four, as its two 32-bit halves: the hash over the entries of a
 * transaction log, with the seed that they use. https://github.com/msuhanov/regf, "Log entries", notes 1 to 3
 */
export declare function marvin32(bytes: Buffer, from: number, to: number): {
    low: number;
    high: number;
};
