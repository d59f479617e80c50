import { bufferOf, decode16, decode8, sniffEncoding } from './text.js';
/**
 * A window on a text of any encoding, for scanners that look for ASCII signs in it: one byte a code unit, with the way
 * back to text and to offsets in bytes. Positions count units from the beginning of the window.
 */
export class CodeUnits {
    /** One byte a code unit; what is not ASCII is some byte from 0x80 on. */
    units = new Uint8Array(0);
    length = 0;
    step;
    bom;
    #encoding;
    #raw = Buffer.alloc(0);
    #bytes = 0;
    #base;
    #toSkip;
    constructor(head) {
        const { encoding, bom } = sniffEncoding(head);
        this.#encoding = encoding;
        this.step = encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
        this.bom = bom;
        this.#base = bom;
        this.#toSkip = bom;
    }
    push(chunk) {
        let bytes = bufferOf(chunk);
        if (this.#toSkip > 0) {
            const skip = Math.min(this.#toSkip, bytes.length);
            this.#toSkip -= skip;
            bytes = bytes.subarray(skip);
        }
        const needed = this.#bytes + bytes.length;
        if (needed > this.#raw.length) {
            const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#raw.length, 131_072));
            this.#raw.copy(larger, 0, 0, this.#bytes);
            this.#raw = larger;
        }
        bytes.copy(this.#raw, this.#bytes);
        this.#bytes = needed;
        this.#extend();
    }
    /** Forgets the first `n` units. */
    drop(n) {
        this.#raw.copyWithin(0, n * this.step, this.#bytes);
        this.#bytes -= n * this.step;
        this.#base += n * this.step;
        if (this.step === 2)
            this.units.copyWithin(0, n, this.length);
        this.length -= n;
    }
    /** Offset in the source, in bytes. The beginning of the text includes its byte order mark. */
    offset(at) {
        const offset = this.#base + at * this.step;
        return offset === this.bom ? 0 : offset;
    }
    text(from, to) {
        const bytes = this.#raw.subarray(from * this.step, to * this.step);
        return this.step === 1 ? decode8(bytes) : decode16(bytes, this.#encoding === 'utf-16be');
    }
    /** All bytes of the source so far. */
    get size() {
        return this.#base + this.#bytes - this.#toSkip;
    }
    /** Bytes at the end that are no whole unit. */
    get odd() {
        return this.#bytes - this.length * this.step;
    }
    #extend() {
        if (this.step === 1) {
            this.units = this.#raw;
            this.length = this.#bytes;
            return;
        }
        const count = this.#bytes >> 1;
        if (count > this.units.length) {
            const larger = new Uint8Array(this.#raw.length >> 1);
            larger.set(this.units.subarray(0, this.length));
            this.units = larger;
        }
        const big = this.#encoding === 'utf-16be' ? 1 : 0;
        for (let i = this.length; i < count; i++) {
            const low = this.#raw[2 * i + big];
            const high = this.#raw[2 * i + 1 - big];
            this.units[i] = high === 0 && low < 0x80 ? low : 0xff;
        }
        this.length = count;
    }
}
//# sourceMappingURL=code-units.js.map