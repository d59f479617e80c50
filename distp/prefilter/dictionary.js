/** What a look-up gives for a value that is not remembered. */
export const NONE = -1;
const LIMIT = { length: 256, values: 1 << 15, bytes: 4 << 20 };
/**
 * The distinct values of one column, each with a number from 0 on. Bounded: when it is full, `emptied` is told and it
 * begins anew. A column whose values hardly repeat is given up: every look-up then answers `NONE`.
 */
export class Dictionary {
    /** Number + 1 of the value in each slot; at least half are free. */
    #slots = new Int32Array(512);
    #hashes = new Int32Array(256);
    /** Where each value ends in `#bytes`, and the next begins. */
    #ends = new Int32Array(257);
    #bytes = Buffer.allocUnsafeSlow(4096);
    #size = 0;
    /** The value that was looked up last had not been met before. */
    isNew = false;
    #asked = 0;
    #isIdle = false;
    #emptied;
    constructor(emptied) {
        this.#emptied = emptied;
    }
    /** The number of the value from `from` to `to`, which has this hash. */
    find(buffer, from, to, hash) {
        this.isNew = false;
        const length = to - from;
        if (length > LIMIT.length || this.#isIdle)
            return NONE;
        this.#asked++;
        const mask = this.#slots.length - 1;
        let slot = spread(hash) & mask;
        for (let number = this.#slots[slot]; number !== 0; number = this.#slots[slot]) {
            if (this.#hashes[number - 1] === hash && this.#is(number - 1, buffer, from, length))
                return number - 1;
            slot = (slot + 1) & mask;
        }
        return this.#add(buffer, from, to, hash, slot);
    }
    #is(number, buffer, from, length) {
        const start = this.#ends[number];
        if (this.#ends[number + 1] - start !== length)
            return false;
        const bytes = this.#bytes;
        for (let i = 0; i < length; i++)
            if (bytes[start + i] !== buffer[from + i])
                return false;
        return true;
    }
    #add(buffer, from, to, hash, slot) {
        const at = this.#ends[this.#size];
        const end = at + to - from;
        if (this.#size === LIMIT.values || end > LIMIT.bytes) {
            // Where hardly a value came twice there is nothing to be gained.
            this.#isIdle = this.#asked < this.#size * 2;
            this.#empty();
            return NONE;
        }
        while (end > this.#bytes.length)
            this.#bytes = Buffer.concat([this.#bytes, this.#bytes]);
        buffer.copy(this.#bytes, at, from, to);
        this.#ends[this.#size + 1] = end;
        this.#hashes[this.#size] = hash;
        this.#slots[slot] = ++this.#size;
        if (this.#size === this.#hashes.length)
            this.#grow();
        this.isNew = true;
        return this.#size - 1;
    }
    #grow() {
        const room = this.#size * 2;
        this.#hashes = copied(this.#hashes, room);
        this.#ends = copied(this.#ends, room + 1);
        this.#slots = new Int32Array(room * 2);
        const mask = this.#slots.length - 1;
        for (let i = 0; i < this.#size; i++) {
            let slot = spread(this.#hashes[i]) & mask;
            while (this.#slots[slot] !== 0)
                slot = (slot + 1) & mask;
            this.#slots[slot] = i + 1;
        }
    }
    #empty() {
        this.#emptied();
        this.#slots.fill(0);
        this.#size = 0;
        this.#asked = 0;
    }
}
function spread(hash) {
    return hash ^ (hash >>> 15);
}
function copied(list, length) {
    const larger = new Int32Array(length);
    larger.set(list);
    return larger;
}
//# sourceMappingURL=dictionary.js.map