import { counted } from '../../lib/amounts.js';
import { fileTime } from '../../lib/time.js';
import { Damage } from '../common/format-error.js';
import { BASE, untilNul } from './base-block.js';
/** Windows allows 512 levels of keys. */
const LEVELS = 512;
/** Data of more bytes is divided into segments of this size. */
const SEGMENT = 16_344;
const NIL = 0xffff_ffff;
const NK = 0x6b6e;
const VK = 0x6b76;
const SK = 0x6b73;
const DB = 0x6264;
const LF = 0x666c;
const LH = 0x686c;
const LI = 0x696c;
const RI = 0x6972;
// States of a cell, kept at each eighth byte.
const ALLOCATED = 1;
const FREE = 2;
const USED = 4;
const TOLD = 8;
const KEY = 16;
const VALUE = 32;
const SEGMENTED = 64;
/**
 * A hive in memory: its cells, and the tree of its keys. Making one reads every structure that can be reached from the
 * root and tells of what is broken; each cell counts once, so no list can lead in a circle.
 * https://github.com/msuhanov/regf
 */
export class Hive {
    bytes;
    block;
    /** The latest last write of all keys, as milliseconds; null without keys. */
    latest = null;
    /** Ranges behind what cells hold (slack), as pairs of offsets: remnants may lie there. */
    slack = [];
    #unread;
    #cells;
    /** End of the bins that are there, from the first bin. */
    #end;
    // The tree of keys: offset of the cell, parent, first subkey and next key of the same parent (indexes, -1 for none).
    #offsets = [];
    #parents = [];
    #firsts = [];
    #nexts = [];
    #levels = [];
    #byOffset = new Map();
    constructor(bytes, block, unread) {
        this.bytes = bytes;
        this.block = block;
        this.#unread = unread;
        this.#end = Math.min(binsSize(bytes, block), Math.max(0, bytes.length - BASE));
        this.#cells = new Uint8Array(this.#end >>> 3);
        this.#readBins();
        this.#readTree();
    }
    /** How many keys can be reached. */
    get count() {
        return this.#offsets.length;
    }
    /** The root key; null where there is none. */
    root() {
        return this.count > 0 ? this.key(0) : null;
    }
    key(index) {
        return new RegistryKey(this, index);
    }
    // ---------------------------------------------------------------- what keys ask
    /** Place of a key's record behind the size of its cell. */
    recordOf(index) {
        return BASE + this.#offsets[index] + 4;
    }
    cellOf(index) {
        return this.extent(this.#offsets[index]);
    }
    parentOf(index) {
        return this.#parents[index];
    }
    *subkeysOf(index) {
        for (let key = this.#firsts[index]; key >= 0; key = this.#nexts[key])
            yield key;
    }
    *valuesOf(index) {
        const at = this.recordOf(index);
        const count = this.#valueCount(at);
        const list = this.bytes.readUInt32LE(at + 40);
        if (count === 0 || !this.#is(list, ALLOCATED) || this.#size(list) < 4 + count * 4)
            return;
        for (let i = 0; i < count; i++) {
            const offset = this.bytes.readUInt32LE(BASE + list + 4 + i * 4);
            if (this.#is(offset, VALUE))
                yield this.valueAt(offset);
        }
    }
    /** Entries behind the end of a key's list of values: of those deleted last. */
    *formerValuesOf(index) {
        const at = this.recordOf(index);
        const list = this.bytes.readUInt32LE(at + 40);
        if (!this.#is(list, ALLOCATED))
            return;
        const size = this.#size(list);
        for (let i = 4 + this.#valueCount(at) * 4; i + 4 <= size; i += 4)
            yield this.bytes.readUInt32LE(BASE + list + i);
    }
    /** The value whose record stands in a cell that was found to hold one. */
    valueAt(offset) {
        const record = BASE + offset + 4;
        return this.valueRecord(record, this.extent(offset), (most) => this.#data(record, most));
    }
    /** A value out of its record; `data` reads its bytes. */
    valueRecord(record, at, data) {
        const { bytes } = this;
        return {
            name: this.#text(record + 20, bytes.readUInt16LE(record + 2), (bytes.readUInt16LE(record + 16) & 1) !== 0),
            type: bytes.readUInt32LE(record + 12),
            size: (bytes.readUInt32LE(record + 4) & 0x7fff_ffff) >>> 0,
            at,
            data: (most = Infinity) => data(most),
        };
    }
    /** The name in a key's record. */
    nameAt(record) {
        return this.#text(record + 76, this.bytes.readUInt16LE(record + 72), (this.bytes.readUInt16LE(record + 2) & 0x20) !== 0);
    }
    classAt(record) {
        const length = this.bytes.readUInt16LE(record + 74);
        const offset = this.bytes.readUInt32LE(record + 48);
        if (length === 0 || !this.#is(offset, ALLOCATED) || this.#size(offset) < 4 + length)
            return null;
        return untilNul(this.bytes.toString('utf16le', BASE + offset + 4, BASE + offset + 4 + length));
    }
    // ---------------------------------------------------------------- cells
    /** The index of the key that can be reached in this cell, or -1. */
    indexAt(offset) {
        return this.#byOffset.get(offset) ?? -1;
    }
    /** Size of any cell that begins here, free or not; 0 where none does. */
    sizeOfAny(offset) {
        return this.#is(offset, ALLOCATED | FREE) ? this.#size(offset) : 0;
    }
    /** Is this cell used by what can be reached? */
    isUsed(offset) {
        return this.#is(offset, USED);
    }
    /** Where a cell lies in the file. */
    extent(offset) {
        return { offset: BASE + offset, length: this.#size(offset) };
    }
    /**
     * Cells in use that nothing leads to: Windows leaves none, and damage to a list, a count or a size does. The first of them, and how many
     * there are; null where there is none.
     */
    lost() {
        const at = [];
        let count = 0;
        for (let i = 0; i < this.#cells.length; i++) {
            if ((this.#cells[i] & (ALLOCATED | USED | TOLD)) !== ALLOCATED)
                continue;
            if (this.bytes.readUInt16LE(BASE + i * 8 + 4) === SK)
                continue;
            if (count++ === 0)
                at.push(BASE + i * 8);
        }
        return at.length === 0 ? null : { at: at[0], detail: `${counted(count, 'cell')} in use that nothing leads to` };
    }
    /** Cells that nothing uses, and what lies behind the bins: where deleted keys and values are found. */
    *unused() {
        for (let i = 0; i < this.#cells.length; i++) {
            const state = this.#cells[i];
            if (state === 0 || (state & (USED | TOLD)) !== 0)
                continue;
            const from = BASE + i * 8;
            yield { from: from + 4, to: from + this.#size(i * 8), cell: true };
        }
        if (BASE + this.#end < this.bytes.length)
            yield { from: BASE + this.#end, to: this.bytes.length, cell: false };
    }
    #is(offset, states) {
        return offset < this.#end && (offset & 7) === 0 && (this.#cells[offset >>> 3] & states) !== 0;
    }
    #mark(offset, states) {
        this.#cells[offset >>> 3] |= states;
    }
    #size(offset) {
        return Math.abs(this.bytes.readInt32LE(BASE + offset));
    }
    #text(at, length, latin) {
        return this.bytes.toString(latin ? 'latin1' : 'utf16le', at, at + length);
    }
    /** Tells of a cell once. */
    #tell(offset, reason, detail) {
        if (this.#is(offset, TOLD))
            return;
        this.#mark(offset, TOLD);
        this.#unread(this.extent(offset), reason, detail);
    }
    /** A cell in use of at least this many bytes; each may be taken once. */
    #take(offset, what, bytes, once = true) {
        if (!this.#is(offset, ALLOCATED))
            throw new Damage(`${what}: no cell in use at ${hex(offset)}`);
        if (once && this.#is(offset, USED))
            throw new Damage(`${what}: the cell at ${hex(offset)} has another use, too`);
        const size = this.#size(offset) - 4;
        if (size < bytes)
            throw new Damage(`${what}: ${bytes} bytes in the cell of ${size} at ${hex(offset)}`);
        this.#mark(offset, USED);
        return BASE + offset + 4;
    }
    #remnant(offset, used) {
        const end = BASE + offset + this.#size(offset);
        if (end - used >= 24)
            this.slack.push(used, end);
    }
    // ---------------------------------------------------------------- bins
    #readBins() {
        const { bytes } = this;
        const size = binsSize(bytes, this.block);
        if (size > this.#end)
            this.#unread({ offset: 40, length: 4 }, 'truncated', `${size} bytes of hive bins, ${this.#end} are there`);
        for (let at = 0; at < this.#end;) {
            if (this.#isBin(at)) {
                const end = at + bytes.readUInt32LE(BASE + at + 8);
                this.#readCells(at + 32, Math.min(end, this.#end), end > this.#end);
                at = end;
            }
            else
                at = this.#lostBin(at);
        }
    }
    #isBin(at) {
        const { bytes } = this;
        if (at + 32 > this.#end || bytes.readUInt32LE(BASE + at) !== 0x6e69_6268)
            return false;
        const size = bytes.readUInt32LE(BASE + at + 8);
        return bytes.readUInt32LE(BASE + at + 4) === at && size >= 4096 && size % 4096 === 0;
    }
    /** Up to the next bin. Where the cells behind a broken header reach exactly there, they are read all the same. */
    #lostBin(at) {
        let next = at + 4096;
        while (next < this.#end && !this.#isBin(next))
            next += 4096;
        next = Math.min(next, this.#end);
        // How long the bins are is guessed where the base block is broken: what follows them is no bin then.
        if (!this.block.valid && next === this.#end && at > 0)
            return (this.#end = at);
        const whole = next - at >= 40 && this.#reaches(at + 32, next);
        this.#unread({ offset: BASE + at, length: whole ? 32 : next - at }, 'corrupt', `the header of the hive bin at ${hex(at)} is broken${whole ? '; its cells are read' : ''}`);
        if (whole)
            this.#readCells(at + 32, next, false);
        return next;
    }
    #reaches(from, to) {
        let at = from;
        while (at + 8 <= to) {
            const size = this.#size(at);
            if (size < 8 || size % 8 !== 0)
                return false;
            at += size;
        }
        return at === to;
    }
    #readCells(from, to, cut) {
        const { bytes } = this;
        for (let at = from; at < to;) {
            const size = at + 8 <= to ? bytes.readInt32LE(BASE + at) : 0;
            const length = Math.abs(size);
            if (length < 8 || length % 8 !== 0 || at + length > to) {
                const what = cut ? 'the hive bin is cut off in or before this cell' : `a cell of ${size} bytes`;
                this.#unread({ offset: BASE + at, length: to - at }, cut ? 'truncated' : 'corrupt', `${what} at ${hex(at)}`);
                return;
            }
            this.#cells[at >>> 3] = size < 0 ? ALLOCATED : FREE;
            at += length;
        }
    }
    // ---------------------------------------------------------------- keys and values
    #readTree() {
        if (this.#end === 0)
            return;
        const named = this.#isRoot(this.block.root) ? this.block.root : null;
        if (named !== null && this.#isMarkedRoot(named))
            this.#add(named, -1);
        else if (this.#findRoot() || named === null)
            this.#unread({ offset: 36, length: 4 }, 'corrupt', `no root key at ${hex(this.block.root)}`);
        else
            this.#add(named, -1);
        // The list grows while it is read: level by level.
        for (let i = 0; i < this.#offsets.length; i++)
            this.#readKey(i);
    }
    #isRoot(offset) {
        return this.#is(offset, ALLOCATED) && this.#size(offset) >= 80 && this.bytes.readUInt16LE(BASE + offset + 4) === NK;
    }
    /** A root is marked as such. Where no key is, the one that the base block names is it. */
    #isMarkedRoot(offset) {
        return (this.bytes.readUInt16LE(BASE + offset + 6) & 4) !== 0;
    }
    /** Without a root where the base block says, that which calls itself one. */
    #findRoot() {
        for (let at = 0; at < this.#end; at += 8) {
            if (!this.#isRoot(at) || !this.#isMarkedRoot(at))
                continue;
            if (this.#add(at, -1))
                return true;
        }
        return false;
    }
    /** Adds a key to the tree; of a broken one its own cell is told. */
    #add(offset, parent) {
        const record = this.#take(offset, 'key', 76);
        const { bytes } = this;
        const name = bytes.readUInt16LE(record + 72);
        if (bytes.readUInt16LE(record) !== NK || 76 + name > this.#size(offset) - 4) {
            this.#tell(offset, 'corrupt', `key: no nk with its name at ${hex(offset)}`);
            return false;
        }
        const level = parent < 0 ? 0 : this.#levels[parent] + 1;
        if (level > LEVELS)
            throw new Damage(`key: more than ${LEVELS} levels at ${hex(offset)}`, 'depth');
        this.#mark(offset, KEY);
        const index = this.#offsets.length;
        this.#offsets.push(offset);
        this.#parents.push(parent);
        this.#firsts.push(-1);
        this.#nexts.push(-1);
        this.#levels.push(level);
        this.#byOffset.set(offset, index);
        this.#remnant(offset, record + 76 + name);
        const time = timeAt(bytes, record + 4);
        if (time !== null && (this.latest === null || time > this.latest))
            this.latest = time;
        return true;
    }
    #readKey(index) {
        const offset = this.#offsets[index];
        const record = BASE + offset + 4;
        this.#guarded(offset, () => this.#readClass(record));
        this.#readSecurity(record);
        this.#guarded(offset, () => this.#readValues(record));
        this.#guarded(offset, () => this.#readSubkeys(index, record));
    }
    #guarded(offset, read) {
        try {
            read();
        }
        catch (error) {
            if (!(error instanceof Damage))
                throw error;
            this.#tell(offset, error.reason, error.message);
        }
    }
    #readClass(record) {
        const length = this.bytes.readUInt16LE(record + 74);
        const offset = this.bytes.readUInt32LE(record + 48);
        if (length > 0 && offset !== NIL)
            this.#take(offset, 'class name', length, false);
    }
    /** Who may open a key is not looked at: only that the cell is one. */
    #readSecurity(record) {
        const offset = this.bytes.readUInt32LE(record + 44);
        if (this.#is(offset, ALLOCATED) && this.bytes.readUInt16LE(BASE + offset + 4) === SK)
            this.#mark(offset, USED);
    }
    /** A predefined key holds a handle where others count their values. */
    #valueCount(record) {
        return (this.bytes.readUInt16LE(record + 2) & 0x40) !== 0 ? 0 : this.bytes.readUInt32LE(record + 36);
    }
    #readValues(record) {
        const count = this.#valueCount(record);
        if (count === 0)
            return;
        const list = this.bytes.readUInt32LE(record + 40);
        const at = this.#take(list, `list of ${count} values`, count * 4);
        this.#remnant(list, at + count * 4);
        for (let i = 0; i < count; i++)
            this.#guarded(list, () => this.#readValue(this.bytes.readUInt32LE(at + i * 4)));
    }
    #readValue(offset) {
        const record = this.#take(offset, 'value', 20);
        const { bytes } = this;
        this.#guarded(offset, () => {
            if (bytes.readUInt16LE(record) !== VK)
                throw new Damage(`value: no vk at ${hex(offset)}`);
            const name = bytes.readUInt16LE(record + 2);
            if (20 + name > this.#size(offset) - 4)
                throw new Damage(`value: a name of ${name} bytes at ${hex(offset)}`);
            this.#mark(offset, VALUE);
            this.#remnant(offset, record + 20 + name);
            this.#readData(record);
        });
    }
    #readData(record) {
        const size = this.bytes.readUInt32LE(record + 4);
        const offset = this.bytes.readUInt32LE(record + 8);
        if (size >= 0x8000_0000) {
            if (size > 0x8000_0004)
                throw new Damage(`value: ${size - 0x8000_0000} bytes in place of 4`);
            return;
        }
        if (size === 0)
            return;
        if (this.#isSegmented(offset, size))
            return this.#readSegments(offset, size);
        const at = this.#take(offset, 'data of a value', size, false);
        this.#remnant(offset, at + size);
    }
    #isSegmented(offset, size) {
        return (size > SEGMENT &&
            this.block.minor > 3 &&
            this.#is(offset, ALLOCATED) &&
            this.bytes.readUInt16LE(BASE + offset + 4) === DB);
    }
    #readSegments(offset, size) {
        if (this.#is(offset, SEGMENTED))
            return;
        const { bytes } = this;
        const record = this.#take(offset, 'segmented data', 8);
        const count = bytes.readUInt16LE(record + 2);
        if (count !== Math.ceil(size / SEGMENT))
            throw new Damage(`segmented data: ${count} segments for ${size} bytes`);
        const list = this.#take(bytes.readUInt32LE(record + 4), 'list of segments', count * 4);
        for (let i = 0; i < count; i++)
            this.#take(bytes.readUInt32LE(list + i * 4), 'segment', Math.min(SEGMENT, size - i * SEGMENT));
        this.#mark(offset, SEGMENTED);
    }
    #data(record, most) {
        const { bytes } = this;
        const size = bytes.readUInt32LE(record + 4);
        const offset = bytes.readUInt32LE(record + 8);
        if (size >= 0x8000_0000) {
            return size > 0x8000_0004 ? null : bytes.subarray(record + 8, record + 8 + Math.min(most, size - 0x8000_0000));
        }
        if (size === 0)
            return bytes.subarray(0, 0);
        if (this.#isSegmented(offset, size))
            return this.#segments(offset, Math.min(most, size));
        if (!this.#is(offset, ALLOCATED) || this.#size(offset) - 4 < size)
            return null;
        return bytes.subarray(BASE + offset + 4, BASE + offset + 4 + Math.min(most, size));
    }
    #segments(offset, size) {
        if (!this.#is(offset, SEGMENTED))
            return null;
        const { bytes } = this;
        const count = bytes.readUInt16LE(BASE + offset + 6);
        const list = BASE + bytes.readUInt32LE(BASE + offset + 8) + 4;
        const parts = [];
        for (let i = 0, left = size; i < count && left > 0; i++, left -= SEGMENT) {
            const at = BASE + bytes.readUInt32LE(list + i * 4) + 4;
            parts.push(bytes.subarray(at, at + Math.min(SEGMENT, left)));
        }
        return Buffer.concat(parts);
    }
    #readSubkeys(index, record) {
        const count = this.bytes.readUInt32LE(record + 20);
        if (count === 0)
            return;
        const before = this.#offsets.length;
        const told = this.#readList(index, this.bytes.readUInt32LE(record + 28), true);
        for (let key = before; key < this.#offsets.length; key++) {
            if (key === before)
                this.#firsts[index] = key;
            else
                this.#nexts[key - 1] = key;
        }
        if (told !== count)
            throw new Damage(`key: ${told} subkeys listed of ${count}`);
    }
    /** Beside each key a list has a number of its name, or its first letters: a name that was changed has another. */
    #checkName(offset, form, at) {
        const name = this.nameAt(BASE + offset + 4);
        const kept = this.bytes.readUInt32LE(at);
        const wanted = form === LH ? hashOf(name) : hintOf(name);
        // Of names that are not of a code page some lists keep no letters.
        const hasNone = form === LF && kept === 0 && /[\u0100-\uffff]/.test(name);
        if (wanted !== null && wanted !== kept && !hasNone)
            this.#unread({ offset: BASE + offset, length: 0 }, 'corrupt', `key: another name than its list has at ${hex(offset)}`);
    }
    /** Adds the keys of a list; returns how many it names. */
    #readList(index, offset, mayDivide) {
        const { bytes } = this;
        const at = this.#take(offset, 'list of subkeys', 4);
        const form = bytes.readUInt16LE(at);
        const count = bytes.readUInt16LE(at + 2);
        const step = form === LF || form === LH ? 8 : 4;
        let told = 0;
        this.#guarded(offset, () => {
            if (form !== LF && form !== LH && form !== LI && !(form === RI && mayDivide))
                throw new Damage(`list of subkeys: form ${hex(form)} at ${hex(offset)}`);
            if (4 + count * step > this.#size(offset) - 4)
                throw new Damage(`list of subkeys: ${count} entries in the cell of ${this.#size(offset)} at ${hex(offset)}`);
            this.#remnant(offset, at + 4 + count * step);
            for (let i = 0; i < count; i++) {
                const entry = bytes.readUInt32LE(at + 4 + i * step);
                this.#guarded(offset, () => {
                    if (form === RI)
                        told += this.#readList(index, entry, false);
                    else {
                        told++;
                        if (this.#add(entry, index) && step === 8)
                            this.#checkName(entry, form, at + 8 + i * step);
                    }
                });
            }
        });
        return told;
    }
}
/** The number that a list keeps of a name in upper case; null where letters have a case that not every Windows knows. */
function hashOf(name) {
    let hash = 0;
    for (const letter of name) {
        const upper = letter.toUpperCase();
        if (letter > '\x7f' && upper !== letter.toLowerCase())
            return null;
        for (let i = 0; i < upper.length; i++)
            hash = (Math.imul(hash, 37) + upper.charCodeAt(i)) >>> 0;
    }
    return hash;
}
/** The first four letters of a name as a list keeps them; null where they are of a code page. */
function hintOf(name) {
    const letters = name.slice(0, 4);
    if (/[\x80-\xff]/.test(letters))
        return null;
    return Buffer.from(letters.padEnd(4, '\0'), 'latin1').readUInt32LE(0);
}
/** A key that can be reached from the root. */
export class RegistryKey {
    hive;
    index;
    constructor(hive, index) {
        this.hive = hive;
        this.index = index;
    }
    get name() {
        return this.hive.nameAt(this.hive.recordOf(this.index));
    }
    /** Last write, as FILETIME halves. */
    get written() {
        const record = this.hive.recordOf(this.index);
        return { low: this.hive.bytes.readUInt32LE(record + 4), high: this.hive.bytes.readUInt32LE(record + 8) };
    }
    get className() {
        return this.hive.classAt(this.hive.recordOf(this.index));
    }
    get at() {
        return this.hive.cellOf(this.index);
    }
    get parent() {
        const parent = this.hive.parentOf(this.index);
        return parent < 0 ? null : new RegistryKey(this.hive, parent);
    }
    *keys() {
        for (const index of this.hive.subkeysOf(this.index))
            yield new RegistryKey(this.hive, index);
    }
    values() {
        return this.hive.valuesOf(this.index);
    }
}
/** Bytes of all bins as the base block says, or as the file has room for where it cannot be right. */
function binsSize(bytes, block) {
    const room = Math.max(0, bytes.length - BASE);
    if (block.valid && block.size >= 4096 && block.size % 4096 === 0)
        return block.size;
    return room - (room % 4096);
}
/** No key was written before Windows NT, nor after this century. */
function timeAt(bytes, at) {
    const time = fileTime(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4));
    return time !== null && time > 0 && time < 4_102_444_800_000 ? time : null;
}
function hex(number) {
    return `0x${number.toString(16)}`;
}
//# sourceMappingURL=hive.js.map