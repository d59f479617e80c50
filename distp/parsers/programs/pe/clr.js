import { createHash } from 'node:crypto';
import { Damage } from '../../common/format-error.js';
import { Structure } from '../../common/binary-reader.js';
import { tables } from './image.js';
const ROWS = 4_000_000;
/** Null when the program is none of .NET. */
export function assemblyOf(image) {
    const header = image.table(tables.clr);
    if (!header)
        return null;
    const { data } = image;
    const at = image.offsetOf(data.u32(header.offset + 8));
    const size = data.u32(header.offset + 12);
    return new Metadata(data.part(at, Math.min(size, data.size - at))).assembly();
}
// Columns of the tables: 2 and 4 are numbers, s, g and b places in the heaps of texts, GUIDs and bytes, T4 a row of
// table 4, a letter a coded index.
const schemas = [
    '2 s g g g',
    'R s s',
    '4 s s D T4 T6',
    'T4',
    '2 s b',
    'T6',
    '4 2 2 s b T8',
    'T8',
    '2 2 s',
    'T2 D',
    'P s b',
    '2 C b',
    'A Y b',
    'F b',
    '2 X b',
    '2 4 T2',
    '4 T4',
    'b',
    'T2 T20',
    'T20',
    '2 s D',
    'T2 T23',
    'T23',
    '2 s b',
    '2 T6 S',
    'T2 M M',
    's',
    'b',
    '2 W s T26',
    '4 T4',
    '4 4',
    '4',
    '4 2 2 2 2 4 b s s',
    '4',
    '4 4 4',
    '2 2 2 2 4 b s s b',
];
/** Coded indexes: how many bits say which table, and the tables. */
const coded = {
    D: [2, [2, 1, 27]],
    C: [2, [4, 8, 23]],
    A: [5, [6, 4, 1, 2, 8, 9, 10, 0, 14, 23, 20, 17, 26, 27, 32, 35, 38, 39, 40, 42, 44, 43]],
    F: [1, [4, 8]],
    X: [2, [2, 6, 32]],
    P: [3, [2, 1, 26, 6, 27]],
    S: [1, [20, 23]],
    M: [1, [6, 10]],
    W: [1, [4, 6]],
    Y: [3, [6, 10]],
    R: [2, [0, 26, 35, 1]],
};
const TYPE_REF = 1;
const INTERFACE_IMPL = 9;
const ASSEMBLY = 32;
const ASSEMBLY_REF = 35;
class Metadata {
    #texts;
    #bytes;
    #rows;
    #wide;
    #counts = [];
    #starts = [];
    constructor(bytes) {
        const data = new Structure(bytes, '.NET metadata');
        if (data.u32(0) !== 0x424a5342)
            throw new Damage('.NET metadata without its signature');
        const streams = streamsOf(data);
        this.#texts = streams.get('#Strings') ?? Buffer.alloc(0);
        this.#bytes = streams.get('#Blob') ?? Buffer.alloc(0);
        this.#rows = new Structure(streams.get('#~') ?? streams.get('#-') ?? Buffer.alloc(0), 'tables of .NET');
        const sizes = this.#rows.u8(6);
        this.#wide = { s: (sizes & 1) !== 0, g: (sizes & 2) !== 0, b: (sizes & 4) !== 0 };
        this.#layOut();
    }
    assembly() {
        const [name, version, token] = this.#own();
        const interfaces = this.#interfaces();
        return {
            name,
            version,
            token,
            references: this.#references(),
            module: interfaces.has('System.Web.\u0049HttpModule'),
            handler: interfaces.has('System.Web.\u0049HttpHandler') || interfaces.has('System.Web.\u0049HttpAsyncHandler'),
        };
    }
    /** The number of rows of each table, and where it begins, as far as the last one that is asked for. */
    #layOut() {
        const [low, high] = [this.#rows.u32(8), this.#rows.u32(12)];
        let at = 24;
        for (let table = 0; table < 64; table++) {
            const there = ((table < 32 ? low >>> table : high >>> (table - 32)) & 1) === 1;
            this.#counts[table] = there ? this.#rows.u32(at) : 0;
            if (there)
                at += 4;
            if (this.#counts[table] > ROWS)
                throw new Damage(`${this.#counts[table]} rows in table ${table} of .NET`);
        }
        for (let table = 0; table <= ASSEMBLY_REF; table++) {
            this.#starts[table] = at;
            at += this.#counts[table] * this.#rowSize(table);
        }
    }
    #rowSize(table) {
        return schemas[table].split(' ').reduce((sum, column) => sum + this.#columnSize(column), 0);
    }
    #columnSize(column) {
        if (column === '2' || column === '4')
            return Number(column);
        if (column === 's' || column === 'g' || column === 'b')
            return this.#wide[column] ? 4 : 2;
        if (column.startsWith('T'))
            return this.#counts[Number(column.slice(1))] > 0xffff ? 4 : 2;
        const [bits, of] = coded[column];
        return of.some((table) => (this.#counts[table] ?? 0) >= 2 ** (16 - bits)) ? 4 : 2;
    }
    /** The columns of a row; rows count from 1. */
    #row(table, row) {
        const columns = schemas[table].split(' ');
        let at = this.#starts[table] + (row - 1) * this.#rowSize(table);
        return columns.map((column) => {
            const size = this.#columnSize(column);
            const value = size === 2 ? this.#rows.u16(at) : this.#rows.u32(at);
            at += size;
            return value;
        });
    }
    #text(place) {
        const end = this.#texts.indexOf(0, place);
        return this.#texts.toString('utf8', place, Math.min(end < 0 ? this.#texts.length : end, place + 512));
    }
    /** Bytes of the heap, with their length in front (II.24.2.4). */
    #blob(place) {
        const first = this.#bytes[place] ?? 0;
        const [length, at] = first < 0x80
            ? [first, place + 1]
            : first < 0xc0
                ? [((first & 0x3f) << 8) | (this.#bytes[place + 1] ?? 0), place + 2]
                : [
                    ((first & 0x1f) << 24) |
                        ((this.#bytes[place + 1] ?? 0) << 16) |
                        ((this.#bytes[place + 2] ?? 0) << 8) |
                        (this.#bytes[place + 3] ?? 0),
                    place + 4,
                ];
        return this.#bytes.subarray(at, Math.min(this.#bytes.length, at + length));
    }
    #own() {
        if (this.#counts[ASSEMBLY] === 0)
            return [null, null, null];
        const [, major, minor, build, revision, , key, name] = this.#row(ASSEMBLY, 1);
        const blob = this.#blob(key);
        const token = blob.length === 0 ? null : createHash('sha1').update(blob).digest().subarray(-8).reverse().toString('hex');
        return [this.#text(name), [major, minor, build, revision].join('.'), token];
    }
    #references() {
        const names = [];
        for (let row = 1; row <= Math.min(this.#counts[ASSEMBLY_REF], 256); row++)
            names.push(this.#text(this.#row(ASSEMBLY_REF, row)[6]));
        return names;
    }
    /** Interfaces of other assemblies that classes of this one implement. */
    #interfaces() {
        const found = new Set();
        const seen = new Set();
        for (let row = 1; row <= this.#counts[INTERFACE_IMPL]; row++) {
            const index = this.#row(INTERFACE_IMPL, row)[1];
            // A coded index: the last two bits say 1 for a reference.
            if ((index & 3) !== 1 || seen.has(index))
                continue;
            seen.add(index);
            const [, name, space] = this.#row(TYPE_REF, index >>> 2);
            found.add(`${this.#text(space)}.${this.#text(name)}`);
        }
        return found;
    }
}
function streamsOf(data) {
    const at = 16 + data.u32(12);
    const count = data.u16(at + 2);
    if (count > 16)
        throw new Damage(`${count} streams of .NET metadata`);
    const streams = new Map();
    for (let i = 0, entry = at + 4; i < count; i++) {
        const end = data.bytes.indexOf(0, entry + 8);
        if (end < 0 || end > entry + 40)
            throw new Damage('a stream of .NET metadata without a name');
        const name = data.bytes.toString('latin1', entry + 8, end);
        const [offset, size] = [data.u32(entry), data.u32(entry + 4)];
        streams.set(name, data.part(offset, Math.min(size, Math.max(0, data.size - offset))));
        entry = entry + 8 + ((name.length + 4) & ~3);
    }
    return streams;
}
//# sourceMappingURL=clr.js.map