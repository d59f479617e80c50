import { addTo } from '../../lib/collections.js';
import { fileTime } from '../../lib/time.js';
import { BASE } from './base-block.js';
/** What a record must not exceed to be taken for a real one, as in yarp. https://github.com/msuhanov/yarp, RegistryRecover.py */
const MOST = { subkeys: 10_000, values: 1_000, name: 1_024, nuls: 5 };
/** Maximum number of deleted keys, and of deleted values, that are reported. */
const TOLD = 100_000;
/**
 * Deleted keys and values in cells that nothing uses, in what lies behind the bins, and behind what cells hold. Their
 * data may have been overwritten by newer data: nothing here is sure.
 */
export function deletedOf(hive) {
    const scan = new Scan(hive);
    for (const { from, to, cell } of hive.unused())
        scan.range(from, to, cell);
    for (let i = 0; i < hive.slack.length; i += 2)
        scan.range(hive.slack[i], hive.slack[i + 1], false);
    return scan.result();
}
class Scan {
    #hive;
    #bytes;
    #keys = [];
    #values = [];
    #more = false;
    constructor(hive) {
        this.#hive = hive;
        this.#bytes = hive.bytes;
    }
    /** Looks for records at even places. */
    range(from, to, cell) {
        const { bytes } = this.#hive;
        for (let at = from + (from & 1); at + 20 <= to;) {
            const second = bytes[at + 1];
            if (second !== 0x6b)
                at += 2;
            else if (bytes[at] === 0x6e && this.#isKey(at, to)) {
                this.#add(this.#keys, at, 76 + bytes.readUInt16LE(at + 72), cell);
                at += (77 + bytes.readUInt16LE(at + 72)) & ~1;
            }
            else if (bytes[at] === 0x76 && this.#isValue(at, to)) {
                this.#add(this.#values, at, 20 + bytes.readUInt16LE(at + 2), cell);
                at += (21 + bytes.readUInt16LE(at + 2)) & ~1;
            }
            else
                at += 2;
        }
    }
    result() {
        const hive = this.#hive;
        const used = new Set();
        const keys = this.#keys.map((found) => this.#key(found, used));
        const ofKeys = new Map();
        const byCell = new Map(this.#values.map((value) => [value.record - 4 - BASE, value]));
        for (let index = 0; index < hive.count && byCell.size > 0; index++) {
            for (const offset of hive.formerValuesOf(index)) {
                const value = byCell.get(offset);
                if (!value || used.has(value.record))
                    continue;
                used.add(value.record);
                addTo(ofKeys, index, this.#value(value.record, value.at));
            }
        }
        const values = this.#values
            .filter(({ record }) => !used.has(record))
            .map(({ record, at }) => this.#value(record, at));
        return { keys, ofKeys, values, more: this.#more };
    }
    #add(list, record, length, cell) {
        if (list.length >= TOLD)
            this.#more = true;
        else
            list.push({ record, cell: cell ? record - 4 - BASE : null, at: { offset: record, length } });
    }
    #isKey(at, to) {
        const { bytes } = this.#hive;
        if (at + 77 > to)
            return false;
        const name = bytes.readUInt16LE(at + 72);
        return (name > 0 &&
            at + 76 + name <= to &&
            bytes.readUInt32LE(at + 20) <= MOST.subkeys &&
            bytes.readUInt32LE(at + 24) <= MOST.subkeys &&
            bytes.readUInt32LE(at + 36) <= MOST.values &&
            isLikely(fileTime(bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8))) &&
            isName(this.#hive.nameAt(at), true));
    }
    #isValue(at, to) {
        const { bytes } = this.#hive;
        const name = bytes.readUInt16LE(at + 2);
        const size = bytes.readUInt32LE(at + 4);
        const offset = bytes.readUInt32LE(at + 8);
        if (at + 20 + name > to)
            return false;
        if (size >= 0x8000_0000 ? size > 0x8000_0004 : size > 0 && (offset < 8 || offset % 8 !== 0))
            return false;
        return name === 0 || isName(this.#value(at, { offset: at, length: 20 + name }).name, false);
    }
    #key({ record, cell, at }, used) {
        const bytes = this.#bytes;
        const parent = bytes.readUInt32LE(record + 16);
        const name = this.#hive.nameAt(record);
        return {
            name,
            path: this.#path(parent, name),
            written: { low: bytes.readUInt32LE(record + 4), high: bytes.readUInt32LE(record + 8) },
            at,
            cell,
            parent,
            values: this.#valuesOf(record, used),
        };
    }
    /** The values that a deleted key's list still leads to, as long as their own cells are free. */
    #valuesOf(record, used) {
        const bytes = this.#bytes;
        const count = bytes.readUInt32LE(record + 36);
        const list = bytes.readUInt32LE(record + 40);
        const size = this.#hive.sizeOfAny(list);
        if (count === 0 || size < 4 + count * 4 || this.#hive.isUsed(list))
            return [];
        const values = [];
        for (let i = 0; i < count; i++) {
            const offset = bytes.readUInt32LE(BASE + list + 4 + i * 4);
            const at = BASE + offset + 4;
            // Cells that were joined with their neighbours begin elsewhere now: the record tells.
            if (offset % 8 !== 0 || at + 20 > bytes.length || this.#hive.isUsed(offset) || used.has(at))
                continue;
            if (bytes.readUInt16LE(at) !== 0x6b76 || !this.#isValue(at, bytes.length))
                continue;
            used.add(at);
            values.push(this.#value(at, { offset: at, length: 20 + bytes.readUInt16LE(at + 2) }));
        }
        return values;
    }
    #value(record, at) {
        return this.#hive.valueRecord(record, at, (most) => this.#data(record, most));
    }
    /** Data of a deleted value, unless something else uses its cell now. */
    #data(record, most) {
        const bytes = this.#bytes;
        const size = bytes.readUInt32LE(record + 4);
        const offset = bytes.readUInt32LE(record + 8);
        if (size >= 0x8000_0000)
            return bytes.subarray(record + 8, record + 8 + Math.min(most, (size - 0x8000_0000) >>> 0));
        const from = BASE + offset + 4;
        if (size === 0)
            return bytes.subarray(0, 0);
        if (from + size > bytes.length || this.#hive.isUsed(offset))
            return null;
        const cell = this.#hive.sizeOfAny(offset);
        // Segmented data, or a cell that is too small for what it once held.
        if (size > 16_344 || (cell > 0 && cell - 4 < size))
            return null;
        return bytes.subarray(from, from + Math.min(most, size));
    }
    /** The names above, up to the root; null where the intrusion is broken or turns in a circle. */
    #path(parent, name) {
        const bytes = this.#bytes;
        const names = [name];
        for (let offset = parent; names.length <= 512;) {
            const index = this.#hive.indexAt(offset);
            if (index >= 0)
                return [...pathOf(this.#hive, index), ...names.reverse()];
            const record = BASE + offset + 4;
            if (offset % 8 !== 0 || record + 77 > bytes.length || bytes.readUInt16LE(record) !== 0x6b6e)
                return null;
            if (!this.#isKey(record, bytes.length) || this.#hive.isUsed(offset))
                return null;
            names.push(this.#hive.nameAt(record));
            offset = bytes.readUInt32LE(record + 16);
        }
        return null;
    }
}
/** Names from below the root down to a key that can be reached. */
export function pathOf(hive, index) {
    const names = [];
    for (let i = index; hive.parentOf(i) >= 0; i = hive.parentOf(i))
        names.push(hive.nameAt(hive.recordOf(i)));
    return names.reverse();
}
function isName(name, ofKey) {
    if (name.length > MOST.name || !name.isWellFormed() || (ofKey && name.includes('\\')))
        return false;
    let nuls = 0;
    for (let i = 0; i < name.length; i++) {
        const code = name.charCodeAt(i);
        if (code === 0)
            nuls++;
        else if (code < 32)
            return false;
    }
    return nuls <= MOST.nuls;
}
/** 1970 to 2100. */
function isLikely(time) {
    return time !== null && time > 0 && time < 4_102_444_800_000;
}
//# sourceMappingURL=deleted.js.map