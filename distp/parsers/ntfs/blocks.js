import { bufferOf } from '../../lib/text.js';
/** A stretch of zeros to compare with: one comparison is many times faster than looking at each byte. */
const ZEROS = Buffer.alloc(4096);
/** Are all bytes from `start` to `end` zero? */
export function isZero(bytes, start, end) {
    for (let at = start; at < end; at += ZEROS.length) {
        const stop = Math.min(end, at + ZEROS.length);
        if (bytes[at] !== 0 || bytes.compare(ZEROS, 0, stop - at, at, stop) !== 0)
            return false;
    }
    return true;
}
/** Is the whole piece zero? */
export function isHole(bytes) {
    return isZero(bytes, 0, bytes.length);
}
/**
 * Hands out a stream in whole blocks of `size` bytes: as many at once as lie in a piece. What is left at the end comes
 * last, shorter than a block. Returns the size of the stream. The bytes belong to the stream: they are not to be changed.
 */
export async function eachBlock(chunks, size, take) {
    let rest = Buffer.alloc(0);
    let offset = 0;
    for await (const chunk of chunks) {
        let bytes = bufferOf(chunk);
        if (rest.length > 0) {
            const missing = Math.min(size - rest.length, bytes.length);
            rest = Buffer.concat([rest, bytes.subarray(0, missing)]);
            bytes = bytes.subarray(missing);
            if (rest.length < size)
                continue;
            take(rest, offset);
            offset += size;
        }
        const whole = bytes.length - (bytes.length % size);
        if (whole > 0)
            take(bytes.subarray(0, whole), offset);
        offset += whole;
        rest = Buffer.from(bytes.subarray(whole));
    }
    if (rest.length > 0)
        take(rest, offset);
    return offset + rest.length;
}
//# sourceMappingURL=blocks.js.map