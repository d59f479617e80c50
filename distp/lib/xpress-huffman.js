/**
 * The two forms of Xpress that Windows compresses its own files with: LZ77 with Huffman codes (prefetch) and plain LZ77
 * (ESE). [MS-XCA] 2.2 and 2.4: https://learn.microsoft.com/openspecs/windows_protocols/ms-xca
 */
const BLOCK = 65_536;
const TABLE = 256;
const SYMBOLS = 512;
const LONGEST = 15;
/**
 * What LZ77 with Huffman codes decompresses to ([MS-XCA] 2.2.4), `size` bytes at most. A shorter answer says that the
 * input is cut or damaged behind it.
 */
export function xpressHuffman(input, size) {
    const out = new Output(size);
    let at = 0;
    while (out.length < size) {
        const codes = at + TABLE <= input.length ? decodingTable(input.subarray(at, at + TABLE)) : null;
        const next = codes && huffmanBlock(input, at + TABLE, codes, out, Math.min(size, out.length + BLOCK));
        if (next === null)
            break;
        at = next;
    }
    return out.bytes();
}
/** One block of 64 KiB of output; returns where the next begins, null when this one is damaged. */
function huffmanBlock(input, from, codes, out, end) {
    const bits = new Bits(input, from);
    while (out.length < end) {
        const code = codes[bits.peek(LONGEST)];
        const symbol = code >>> 4;
        if ((code & 15) === 0 || !bits.skip(code & 15))
            return null;
        if (symbol < 256) {
            out.put(symbol);
            continue;
        }
        const length = matchLength(bits, symbol & 15);
        const offsetBits = (symbol - 256) >>> 4;
        const offset = (1 << offsetBits) + bits.peek(offsetBits);
        if (length === null || !bits.skip(offsetBits) || !out.repeat(offset, length))
            return null;
    }
    return bits.at;
}
/** Long lengths stand in whole bytes, between the words of the bit stream. */
function matchLength(bits, low) {
    if (low < 15)
        return low + 3;
    const byte = bits.number(1);
    if (byte === null)
        return null;
    if (byte < 255)
        return byte + 15 + 3;
    const word = bits.number(2);
    const length = word === 0 ? bits.number(4) : word;
    return length === null || length < 15 ? null : length + 3;
}
/** For each 15 bits the symbol that they begin with (times 16) and the length of its code; null when the lengths make no code. */
function decodingTable(lengths) {
    const codes = new Uint16Array(1 << LONGEST);
    let entry = 0;
    for (let length = 1; length <= LONGEST; length++) {
        const many = 1 << (LONGEST - length);
        for (let symbol = 0; symbol < SYMBOLS; symbol++) {
            if (((lengths[symbol >> 1] >> ((symbol & 1) * 4)) & 15) !== length)
                continue;
            if (entry + many > codes.length)
                return null;
            codes.fill((symbol << 4) | length, entry, entry + many);
            entry += many;
        }
    }
    return entry === 0 ? null : codes;
}
/** The bit stream: words of 16 bits, each from its highest bit on. At the end zeros may be looked at, not taken. */
class Bits {
    at;
    #input;
    #next = 0;
    /** Bits of #next that are beyond the first 16. */
    #extra = 16;
    /** Bytes that were wanted behind the end. */
    #beyond = 0;
    constructor(input, at) {
        this.#input = input;
        this.at = at;
        this.#next = (this.#word() << 16) | this.#word();
    }
    peek(count) {
        return count === 0 ? 0 : this.#next >>> (32 - count);
    }
    skip(count) {
        this.#next <<= count;
        this.#extra -= count;
        if (this.#extra < 0) {
            this.#next |= this.#word() << -this.#extra;
            this.#extra += 16;
        }
        return this.#beyond <= 4;
    }
    /** A number of whole bytes that stands where the next word would. */
    number(bytes) {
        if (this.at + bytes > this.#input.length)
            return null;
        let value = 0;
        for (let i = bytes - 1; i >= 0; i--)
            value = value * 256 + this.#input[this.at + i];
        this.at += bytes;
        return value;
    }
    #word() {
        const low = this.#input[this.at];
        const high = this.#input[this.at + 1];
        if (low === undefined || high === undefined) {
            this.#beyond += 2;
            this.at = Math.min(this.at + 2, this.#input.length);
            return low ?? 0;
        }
        this.at += 2;
        return low | (high << 8);
    }
}
/** What plain LZ77 decompresses to ([MS-XCA] 2.4.4), `size` bytes at most; shorter when the input is cut or damaged. */
export function xpressPlain(input, size) {
    const out = new Output(size);
    let at = 0;
    let nibbleAt = -1;
    const number = (bytes) => {
        if (at + bytes > input.length)
            return null;
        let value = 0;
        for (let i = bytes - 1; i >= 0; i--)
            value = value * 256 + input[at + i];
        at += bytes;
        return value;
    };
    // Lengths of 10 and more have four bits more; two lengths share a byte.
    const lengthOf = (low) => {
        if (low < 7)
            return low + 3;
        let nibble;
        if (nibbleAt < 0) {
            if (at >= input.length)
                return null;
            nibbleAt = at++;
            nibble = input[nibbleAt] & 15;
        }
        else {
            nibble = input[nibbleAt] >> 4;
            nibbleAt = -1;
        }
        if (nibble < 15)
            return nibble + 7 + 3;
        const byte = number(1);
        if (byte === null)
            return null;
        if (byte < 255)
            return byte + 15 + 7 + 3;
        const word = number(2);
        const length = word === 0 ? number(4) : word;
        return length === null || length < 15 + 7 ? null : length + 3;
    };
    for (;;) {
        const flags = number(4);
        if (flags === null)
            return out.bytes();
        for (let bit = 31; bit >= 0; bit--) {
            if (out.length >= size || at >= input.length)
                return out.bytes();
            if (((flags >>> bit) & 1) === 0) {
                out.put(input[at++]);
                continue;
            }
            const pair = number(2);
            const length = pair === null ? null : lengthOf(pair & 7);
            if (pair === null || length === null || !out.repeat((pair >>> 3) + 1, length))
                return out.bytes();
        }
    }
}
/** Output that grows as it is written, so that no stated size is believed. */
class Output {
    length = 0;
    #limit;
    #data;
    constructor(limit) {
        this.#limit = limit;
        this.#data = Buffer.alloc(Math.min(limit, BLOCK));
    }
    put(byte) {
        if (this.length === this.#data.length)
            this.#grow(1);
        this.#data[this.length++] = byte;
    }
    /** Repeats what stands `offset` bytes before; false when nothing does. What is beyond the limit is left out. */
    repeat(offset, length) {
        if (offset > this.length)
            return false;
        const count = Math.min(length, this.#limit - this.length);
        if (this.length + count > this.#data.length)
            this.#grow(count);
        for (let i = 0; i < count; i++, this.length++)
            this.#data[this.length] = this.#data[this.length - offset];
        return true;
    }
    bytes() {
        return this.#data.subarray(0, this.length);
    }
    #grow(more) {
        const wanted = Math.min(this.#limit, Math.max(this.length + more, this.#data.length * 2));
        const data = Buffer.alloc(wanted);
        data.set(this.#data.subarray(0, this.length));
        this.#data = data;
    }
}
//# sourceMappingURL=xpress-huffman.js.map