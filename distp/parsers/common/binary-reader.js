import { decode16 } from '../../lib/text.js';
import { fileTime, fileTimeText } from '../../lib/time.js';
import { Damage } from './format-error.js';
/**
 * Little-endian numbers, texts and times at places of a binary structure. Whatever reaches beyond its end is `Damage` that
 * says what was wanted.
 */
export class Structure {
    bytes;
    name;
    constructor(bytes, name) {
        this.bytes = bytes;
        this.name = name;
    }
    get size() {
        return this.bytes.length;
    }
    u8(at) {
        return this.#at(at, 1)[at];
    }
    u16(at) {
        return this.#at(at, 2).readUInt16LE(at);
    }
    u32(at) {
        return this.#at(at, 4).readUInt32LE(at);
    }
    /** Eight bytes as a number: exact up to 2^53. */
    u64(at) {
        return this.u32(at) + this.u32(at + 4) * 4_294_967_296;
    }
    stamp(at) {
        const [low, high] = [this.u32(at), this.u32(at + 4)];
        const time = fileTime(low, high);
        return time === null ? null : { time, text: fileTimeText(low, high) };
    }
    /** `{1B4DD67F-29CB-1962-…}` in lower case, without braces. */
    guid(at) {
        const hex = this.part(at, 16).toString('hex');
        const turned = (from, to) => hex.slice(from, to).match(/../g).reverse().join('');
        return `${turned(0, 8)}-${turned(8, 12)}-${turned(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    }
    /** UTF-16 text of this many characters. */
    wide(at, characters) {
        return decode16(this.part(at, characters * 2), false);
    }
    /** UTF-16 text up to its terminating zero, within this many bytes. */
    wideZ(at, most) {
        const end = Math.min(this.size, at + most);
        for (let i = at; i + 1 < end; i += 2)
            if (this.u16(i) === 0)
                return decode16(this.part(at, i - at), false);
        return decode16(this.part(at, Math.max(0, end - at) & ~1), false);
    }
    part(at, length) {
        return this.#at(at, length).subarray(at, at + length);
    }
    #at(at, length) {
        if (at < 0 || length < 0 || at + length > this.bytes.length)
            throw new Damage(`${this.name}: ${length} bytes at ${at} of ${this.bytes.length}`, 'truncated');
        return this.bytes;
    }
}
//# sourceMappingURL=binary-reader.js.map