/** Do these bytes stand at a place? */
export function standsAt(bytes, at, mark) {
    for (let i = 0; i < mark.length; i++)
        if (bytes[at + i] !== mark[i])
            return false;
    return true;
}
/** Memory as readable bytes. */
export function memoryBytes(data) {
    return {
        size: data.length,
        read: async (offset, length) => data.subarray(clamp(offset, data.length), clamp(offset + length, data.length)),
        close: async () => { },
    };
}
/** The bytes from `start` to `end` of others; closing it closes those. */
export function byteRange(bytes, start, end) {
    const from = clamp(start, bytes.size);
    const size = Math.max(0, clamp(end, bytes.size) - from);
    return {
        size,
        read: (offset, length) => {
            const at = clamp(offset, size);
            return bytes.read(from + at, Math.min(length, size - at));
        },
        close: () => bytes.close(),
    };
}
/** The bytes from `start` to `end`, in order, in pieces. */
export async function* bytePieces(bytes, start, end, piece = 1 << 18) {
    const stop = Math.min(end, bytes.size);
    for (let at = start; at < stop;) {
        const data = await bytes.read(at, Math.min(piece, stop - at));
        if (data.length === 0)
            return;
        at += data.length;
        yield data;
    }
}
/** The first `n` bytes of a stream, fewer if it is shorter; the rest is not read. */
export async function firstBytes(chunks, n) {
    const parts = [];
    let length = 0;
    for await (const chunk of chunks) {
        parts.push(chunk);
        length += chunk.length;
        if (length >= n)
            break;
    }
    return Buffer.concat(parts, Math.min(n, length));
}
function clamp(offset, size) {
    return Math.min(Math.max(0, offset), size);
}
//# sourceMappingURL=bytes.js.map