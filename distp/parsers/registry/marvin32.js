/**
 * Marvin32 of bytes whose number is a multiple of four, as its two 32-bit halves: the hash over the entries of a
 * transaction log, with the seed that they use. https://github.com/msuhanov/regf, "Log entries", notes 1 to 3
 */
export function marvin32(bytes, from, to) {
    let low = 0x7a4e_55c5;
    let high = 0x82ef_4d88 | 0;
    const mix = (word) => {
        low = (low + word) | 0;
        high ^= low;
        low = (((low << 20) | (low >>> 12)) + high) | 0;
        high = ((high << 9) | (high >>> 23)) ^ low;
        low = (((low << 27) | (low >>> 5)) + high) | 0;
        high = (high << 19) | (high >>> 13);
    };
    for (let at = from; at + 4 <= to; at += 4)
        mix(bytes.readInt32LE(at));
    mix(0x80);
    mix(0);
    return { low: low >>> 0, high: high >>> 0 };
}
//# sourceMappingURL=marvin32.js.map