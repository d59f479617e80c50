import { decode16, decode8 } from '../../lib/text.js';
import { xpressPlain } from '../../lib/xpress-huffman.js';
import { Damage } from '../common/format-error.js';
import { Structure } from '../common/binary-reader.js';
import { trimEnd } from '../../lib/trim.js';
/**
 * Tables of an ESE database (Extensible Storage Engine), read only, as it lies there: without its transaction logs, and
 * without values that are so long that they lie in a tree of their own.
 * https://github.com/libyal/libesedb/blob/main/documentation/Extensible%20Storage%20Engine%20(ESE)%20Database%20File%20(EDB)%20format.asciidoc,
 * https://github.com/microsoft/Extensible-Storage-Engine
 */
export const ESE_SIGNATURE = 0x89abcdef;
const CATALOG = 4;
const DEPTH = 16;
const SIZES = new Set([2048, 4096, 8192, 16_384, 32_768]);
const FLAGS = { leaf: 2, empty: 8, newRecord: 0x800, newChecksum: 0x2000 };
const TAG = { deleted: 2, compressed: 4 };
const TAGGED = { compressed: 2, separated: 4, multiple: 8, none: 0x20 };
export class EseDatabase {
    pageSize;
    /** Was it closed in order? Else its last changes lie in the transaction logs. */
    clean;
    tables;
    lost = [];
    #file;
    #bad = new Set();
    constructor(data) {
        this.#file = new Structure(data, 'ESE database');
        if (this.#file.u32(4) !== ESE_SIGNATURE)
            throw new Damage('no signature of an ESE database');
        const size = this.#file.u32(236);
        this.pageSize = size === 0 ? 4096 : size;
        if (!SIZES.has(this.pageSize))
            throw new Damage(`pages of ${size} bytes`);
        this.clean = this.#file.u32(52) === 3;
        this.tables = this.#catalog();
    }
    /** The rows of a table in the order of its key; what cannot be read is put to `lost`. */
    *rows(table) {
        for (const node of this.#leaves(table.root)) {
            try {
                yield new EseRow(node.data, node.place, table, this.pageSize <= 8192, node.newRecord);
            }
            catch (error) {
                this.#lose(node.place, error);
            }
        }
    }
    /** MSysObjects: what tables there are, where they begin, and their columns. */
    #catalog() {
        const tables = new Map();
        let table = null;
        for (const row of this.rows({ root: CATALOG, columns: catalogColumns })) {
            const [type, name] = [row.number('Type'), row.text('Name')];
            if (name === null)
                continue;
            if (type === 1)
                tables.set(name, (table = { root: row.number('ColtypOrPgnoFDP') ?? 0, columns: new Map() }));
            else if (type === 2 && table) {
                const coltyp = row.number('ColtypOrPgnoFDP') ?? 0;
                const size = fixedSizes[coltyp] ?? row.number('SpaceUsage') ?? 0;
                const wide = row.number('PagesOrLocale') === 1200;
                table.columns.set(name, { id: row.number('Id') ?? 0, type: coltyp, size, wide, offset: 0 });
            }
        }
        for (const { columns } of tables.values())
            placeFixed(columns);
        return tables;
    }
    // ---- pages
    /** The entries of the leaves below a page. Every page is visited once, however the pages point at each other. */
    *#leaves(root) {
        const seen = new Set();
        const waiting = [{ number: root, depth: 0 }];
        for (let next = waiting.pop(); next; next = waiting.pop()) {
            const { number, depth } = next;
            if (seen.has(number) || depth > DEPTH)
                continue;
            seen.add(number);
            const page = this.#page(number);
            if (!page || page.flags & FLAGS.empty)
                continue;
            const children = [];
            for (let tag = 1; tag < page.tags; tag++) {
                const place = { offset: page.offset, length: 0 };
                try {
                    const entry = page.entry(tag);
                    place.offset = entry.place.offset;
                    place.length = entry.place.length;
                    if (entry.flags & TAG.deleted)
                        continue;
                    const data = entry.content();
                    if (page.flags & FLAGS.leaf)
                        yield { data, place, newRecord: (page.flags & FLAGS.newRecord) !== 0 };
                    else
                        children.push(data.u32(0));
                }
                catch (error) {
                    this.#lose(place, error);
                }
            }
            for (const child of children.reverse())
                waiting.push({ number: child, depth: depth + 1 });
        }
    }
    #page(number) {
        const offset = (number + 1) * this.pageSize;
        if (this.#bad.has(number))
            return null;
        try {
            return new Page(this.#file, offset, number, this.pageSize);
        }
        catch (error) {
            this.#bad.add(number);
            const length = Math.max(0, Math.min(this.pageSize, this.#file.size - offset));
            this.#lose({ offset: Math.min(offset, this.#file.size), length }, error);
            return null;
        }
    }
    #lose(place, error) {
        if (!(error instanceof Damage))
            throw error;
        this.lost.push({ ...place, damage: error });
    }
}
class Page {
    offset;
    flags;
    tags;
    #page;
    #data;
    #small;
    constructor(file, offset, number, size) {
        this.#page = new Structure(file.part(offset, size), `page ${number}`);
        this.offset = offset;
        this.flags = this.#page.u32(36);
        this.#small = size <= 8192;
        this.#data = this.#small ? 40 : 80;
        this.tags = this.#page.u16(34) & 0x0fff;
        if (this.#data + this.tags * 4 > size)
            throw new Damage(`page ${number}: ${this.tags} entries`);
        if (this.#small && this.flags & FLAGS.newChecksum && checksum(this.#page, number) !== this.#page.u32(0))
            throw new Damage(`page ${number}: its checksum is that of other data`);
    }
    /** The entry of that number; its place is the bytes of it in the file. */
    entry(tag) {
        const at = this.#page.size - 4 * (tag + 1);
        const mask = this.#small ? 0x1fff : 0x7fff;
        const length = this.#page.u16(at) & mask;
        const start = this.#data + (this.#page.u16(at + 2) & mask);
        const whole = new Structure(this.#page.part(start, length), `entry ${tag} of ${this.#page.name}`);
        const flags = this.#small ? this.#page.u16(at + 2) >> 13 : length >= 2 ? whole.u8(1) >> 5 : 0;
        const place = { offset: this.offset + start, length };
        return { flags, place, content: () => afterKey(whole, flags) };
    }
}
/** What lies behind the key of an entry; of the key a part may stand in the first entry of the page. */
function afterKey(entry, flags) {
    const at = flags & TAG.compressed ? 2 : 0;
    const start = at + 2 + (entry.u16(at) & 0x1fff);
    return new Structure(entry.part(start, entry.size - start), entry.name);
}
/** The first half of the checksum since Windows Vista: all words but its own eight bytes, and the number of the page. */
function checksum(page, number) {
    let sum = number;
    for (let at = 8; at < page.size; at += 4)
        sum ^= page.u32(at);
    return sum >>> 0;
}
// ---------------------------------------------------------------- rows
/** Sizes of the types that have one: bit, byte, short, long, currency, single, double, date, …, GUID. */
const fixedSizes = [
    undefined,
    1,
    1,
    2,
    4,
    8,
    4,
    8,
    8,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    4,
    8,
    16,
    2,
];
const catalogColumns = placeFixed(new Map([
    [1, 'ObjidTable', 4],
    [2, 'Type', 3],
    [3, 'Id', 4],
    [4, 'ColtypOrPgnoFDP', 4],
    [5, 'SpaceUsage', 4],
    [6, 'Flags', 4],
    [7, 'PagesOrLocale', 4],
    [128, 'Name', 10],
].map(([id, name, type]) => [name, { id, type, size: fixedSizes[type] ?? 0, wide: false, offset: 0 }])));
/** Fixed columns lie one behind the other in the order of their ids, behind the four bytes of the head of a row. */
function placeFixed(columns) {
    let offset = 4;
    for (const column of [...columns.values()].filter(({ id }) => id < 128).sort((a, b) => a.id - b.id)) {
        column.offset = offset;
        offset += column.size;
    }
    return columns;
}
/** One row; values are taken out of it when they are asked for. A value that is damaged is `Damage`, one that is not set null. */
export class EseRow {
    place;
    #data;
    #table;
    #small;
    #fixed;
    #variable;
    /** Where the ends of the variable values stand. */
    #ends;
    #tagged;
    constructor(data, place, table, small, newRecord) {
        this.place = place;
        this.#data = data;
        this.#table = table;
        this.#small = small;
        this.#fixed = data.u8(0);
        this.#variable = data.u8(1);
        this.#ends = data.u16(2);
        const count = Math.max(0, this.#variable - 127);
        const values = this.#ends + 2 * count;
        const tagged = values + (count === 0 ? 0 : data.u16(values - 2) & 0x7fff);
        if (tagged > data.size)
            throw new Damage(`${data.name}: tagged values at ${tagged} of ${data.size}`);
        this.#tagged = newRecord ? this.#readTagged(tagged) : new Map();
    }
    number(name) {
        const [column, bytes] = this.#value(name);
        if (!column || !bytes)
            return null;
        const value = new Structure(bytes, name);
        if (column.type === 1 || column.type === 2)
            return value.u8(0);
        if (column.type === 3)
            return (value.u16(0) << 16) >> 16;
        if (column.type === 17)
            return value.u16(0);
        if (column.type === 4)
            return value.u32(0) | 0;
        if (column.type === 14)
            return value.u32(0);
        return bytes.length >= 8 ? value.u64(0) : null;
    }
    text(name) {
        const [column, bytes] = this.#value(name);
        if (!column || !bytes)
            return null;
        const text = column.wide ? decode16(bytes, false) : decode8(bytes);
        return trimEnd(text, '\0');
    }
    guid(name) {
        const [, bytes] = this.#value(name);
        return bytes && bytes.length >= 16 ? new Structure(bytes, name).guid(0) : null;
    }
    /** A column that holds a FILETIME. */
    fileTime(name) {
        const [, bytes] = this.#value(name);
        return bytes && bytes.length >= 8 ? new Structure(bytes, name).stamp(0) : null;
    }
    bytes(name) {
        return this.#value(name)[1];
    }
    #value(name) {
        const column = this.#table.columns.get(name);
        if (!column)
            return [undefined, null];
        if (column.id < 128)
            return [column, this.#fixedValue(column)];
        return [column, column.id < 256 ? this.#variableValue(column.id) : this.#taggedValue(column.id)];
    }
    #fixedValue({ id, offset, size }) {
        if (id < 1 || id > this.#fixed)
            return null;
        // In front of the ends stands a bit for each fixed column that is not set.
        const bits = this.#ends - Math.floor((this.#fixed + 7) / 8);
        if (this.#data.u8(bits + ((id - 1) >> 3)) & (1 << ((id - 1) & 7)))
            return null;
        return this.#data.part(offset, size);
    }
    #variableValue(id) {
        if (id > this.#variable)
            return null;
        const end = this.#data.u16(this.#ends + 2 * (id - 128));
        if (end & 0x8000)
            return null;
        const start = id === 128 ? 0 : this.#data.u16(this.#ends + 2 * (id - 129)) & 0x7fff;
        return this.#data.part(this.#ends + 2 * (this.#variable - 127) + start, end - start);
    }
    /** A table of ids and offsets, whose first offset says how long it is. */
    #readTagged(at) {
        const found = new Map();
        if (this.#data.size < at + 4)
            return found;
        const mask = this.#small ? 0x1fff : 0x7fff;
        const count = Math.floor((this.#data.u16(at + 2) & mask) / 4);
        for (let i = 0; i < count; i++) {
            const word = this.#data.u16(at + 4 * i + 2);
            const end = i + 1 < count ? at + (this.#data.u16(at + 4 * i + 6) & mask) : this.#data.size;
            found.set(this.#data.u16(at + 4 * i), { word, start: at + (word & mask), end });
        }
        return found;
    }
    #taggedValue(id) {
        const field = this.#tagged.get(id);
        if (!field || field.end <= field.start)
            return null;
        const extended = !this.#small || (field.word & 0x4000) !== 0;
        if (this.#small && field.word & 0x2000)
            return null;
        const flags = extended ? this.#data.u8(field.start) : 0;
        const start = field.start + (extended ? 1 : 0);
        const value = this.#data.part(start, field.end - start);
        if (flags & TAGGED.none)
            return null;
        if (flags & (TAGGED.separated | TAGGED.multiple))
            return null;
        return flags & TAGGED.compressed ? decompressed(value) : value;
    }
}
/** A value that is compressed on its own; the form stands in the upper bits of its first byte. */
export function decompressed(value) {
    const form = (value[0] ?? 0) >> 3;
    if (form === 1 || form === 2)
        return sevenBits(value, form === 2);
    if (form === 3 && value.length >= 3)
        return xpressPlain(value.subarray(3), value.readUInt16LE(1));
    throw new Damage(`a value in form ${form} of compression`, 'unsupported');
}
/** Characters of seven bits, the lowest first; the first byte says how many bits of the last are used. */
function sevenBits(value, wide) {
    if (value.length < 2)
        return Buffer.alloc(0);
    const count = Math.floor(((value.length - 2) * 8 + (value[0] & 7) + 1) / 7);
    const out = Buffer.alloc(wide ? count * 2 : count);
    for (let i = 0; i < count; i++) {
        const bit = i * 7;
        const pair = value[1 + (bit >> 3)] | ((value[2 + (bit >> 3)] ?? 0) << 8);
        out[wide ? i * 2 : i] = (pair >> (bit & 7)) & 0x7f;
    }
    return out;
}
//# sourceMappingURL=database.js.map