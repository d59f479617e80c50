// Records of one file by 64 bits of what they say: which of them were there before.
const FEWEST = 1 << 10;
/** Slots at most, and how many of 16 are filled at most. */
const MOST = 1 << 23;
const FILLED = 13;
/** Approximate size of a record in its file (bytes). */
const RECORD = 1_300;
/** Remembers up to 6.8 million records, in 50 MB. */
export class SeenRecords {
    /** One half of each, zero where there is none, and what its place does not say of the other. */
    #tops;
    #lows;
    #slots;
    #size = 0;
    /** Records that found no room. */
    beyond = 0;
    /** `size`: bytes of the file. */
    constructor(size) {
        this.#slots = FEWEST;
        while (this.#slots < MOST && this.#slots * RECORD * 0.8 < (size ?? 0))
            this.#slots *= 2;
        this.#tops = new Uint32Array(this.#slots);
        this.#lows = lowsOf(this.#slots);
    }
    /** Was it here? `halves`: of its digest. */
    has(halves) {
        return this.#slotOf(halves) < 0;
    }
    /** Was it here? It is from now on. */
    add(halves) {
        let slot = this.#slotOf(halves);
        if (slot < 0)
            return true;
        if (this.#size * 16 >= this.#slots * FILLED) {
            if (this.#slots === MOST) {
                this.beyond++;
                return false;
            }
            this.#grow();
            slot = this.#slotOf(halves);
        }
        this.#size++;
        this.#put(slot, halves);
        return false;
    }
    /** Forgets all at once: what it took is free before the results of the file are handed on. */
    release() {
        for (const each of [this.#tops, this.#lows])
            each.buffer.transfer(0);
        this.#slots = FEWEST;
        this.#tops = new Uint32Array(FEWEST);
        this.#lows = lowsOf(FEWEST);
        this.#size = 0;
    }
    /** Where there is room for it; -1 when it is there. */
    #slotOf(halves) {
        const tops = this.#tops;
        const mask = this.#slots - 1;
        const top = halves[1] || 1;
        const low = this.#lowOf(halves);
        for (let slot = halves[0] & mask;; slot = (slot + 1) & mask) {
            const met = tops[slot];
            if (met === 0)
                return slot;
            if (met === top && this.#lows[slot] === low)
                return -1;
        }
    }
    /** In the largest table 23 bits of a half say where it stands, so that its upper 16 bits are enough. */
    #lowOf(halves) {
        return this.#slots === MOST ? halves[0] >>> 16 : halves[0];
    }
    #put(slot, halves) {
        this.#tops[slot] = halves[1] || 1;
        this.#lows[slot] = this.#lowOf(halves);
    }
    #grow() {
        const [tops, lows] = [this.#tops, this.#lows];
        this.#slots *= 2;
        this.#tops = new Uint32Array(this.#slots);
        this.#lows = lowsOf(this.#slots);
        const halves = new Uint32Array(2);
        for (let at = 0; at < tops.length; at++) {
            if (tops[at] === 0)
                continue;
            halves[0] = lows[at];
            halves[1] = tops[at];
            this.#put(this.#slotOf(halves), halves);
        }
        for (const each of [tops, lows])
            each.buffer.transfer(0);
    }
}
function lowsOf(slots) {
    return slots === MOST ? new Uint16Array(slots) : new Uint32Array(slots);
}
/** 64 bits of bytes in two halves; the scanner of records does the same (prefilter/assembly/records.ts). */
export function digestRecord(bytes, into) {
    const { length } = bytes;
    let a = 0x811c9dc5 ^ length;
    let b = 0x9747b28c;
    let i = 0;
    const step = (x, y) => {
        a = Math.imul(((a << 15) | (a >>> 17)) ^ x, 0x01000193);
        b = Math.imul(b ^ y ^ (a >>> 16), 0x5bd1e995);
    };
    for (; i + 8 <= length; i += 8)
        step(bytes.readInt32LE(i), bytes.readInt32LE(i + 4));
    for (; i < length; i++)
        step(bytes[i], bytes[i]);
    a = Math.imul(a ^ (a >>> 16) ^ b, 0x85ebca6b);
    b = Math.imul(b ^ (b >>> 13) ^ a, 0xc2b2ae35);
    into[0] = a ^ (a >>> 13);
    into[1] = b ^ (b >>> 16);
}
//# sourceMappingURL=seen.js.map