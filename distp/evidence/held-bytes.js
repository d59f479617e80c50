import { EvidenceError } from './container.js';
/** Bytes that came in pieces are held in blocks of this size: joined to one they would be there twice for a moment. */
const BLOCK = 1 << 18;
/**
 * The bytes of a packed archive inside another, held in memory, up to a maximum. `grown` is called with the size of each further block
 * before it is there.
 */
export async function heldBytes(chunks, most, grown = () => undefined) {
    const blocks = [];
    let size = 0;
    for await (const chunk of chunks) {
        if (size + chunk.length > most)
            throw new EvidenceError('unsupported', `a packed archive of more than ${most} bytes inside another: unpack the outer one first`);
        for (let from = 0; from < chunk.length;) {
            const at = size % BLOCK;
            if (at === 0) {
                grown(BLOCK);
                blocks.push(Buffer.allocUnsafeSlow(BLOCK));
            }
            const part = chunk.subarray(from, from + BLOCK - at);
            blocks.at(-1).set(part, at);
            from += part.length;
            size += part.length;
        }
    }
    return { size, read: async (offset, length) => readIn(blocks, size, offset, length), close: async () => { } };
}
function readIn(blocks, size, offset, length) {
    const from = Math.min(Math.max(0, offset), size);
    const to = Math.min(Math.max(from, offset + length), size);
    const [first, last] = [Math.floor(from / BLOCK), Math.floor((to - 1) / BLOCK)];
    if (to === from)
        return Buffer.alloc(0);
    if (first === last)
        return blocks[first].subarray(from % BLOCK, (from % BLOCK) + to - from);
    const data = Buffer.allocUnsafeSlow(to - from);
    for (let at = from; at < to;) {
        const block = blocks[Math.floor(at / BLOCK)].subarray(at % BLOCK).subarray(0, to - at);
        data.set(block, at - from);
        at += block.length;
    }
    return data;
}
/**
 * Packed archives that this thread read from last, by what they are: as many as `most` bytes hold. One that is read from
 * stays until that is done, also where it is let go meanwhile.
 */
export class Held {
    #most;
    #all = new Map();
    #size = 0;
    constructor(most) {
        this.#most = most;
    }
    get(key) {
        const there = this.#all.get(key);
        if (there === undefined)
            return undefined;
        // The last used last.
        this.#all.delete(key);
        this.#all.set(key, there);
        return there.data;
    }
    /** Unpacks it: `unpack` tells of each block before it is there. */
    make(key, unpack) {
        const entry = { data: Promise.resolve(), size: 0 };
        this.#all.set(key, entry);
        entry.data = unpack((bytes) => {
            if (this.#all.get(key) !== entry)
                return;
            entry.size += bytes;
            this.#size += bytes;
            for (const [other, each] of this.#all) {
                if (this.#size <= this.#most)
                    break;
                if (each !== entry)
                    this.#drop(other);
            }
        });
        entry.data.catch(() => this.#all.get(key) === entry && this.#drop(key));
        return entry.data;
    }
    #drop(key) {
        this.#size -= this.#all.get(key).size;
        this.#all.delete(key);
    }
}
//# sourceMappingURL=held-bytes.js.map