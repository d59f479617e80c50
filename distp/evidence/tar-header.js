import { append } from '../lib/collections.js';
// The headers of tar archives: POSIX ustar and pax (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html),
// GNU (https://www.gnu.org/software/tar/manual/html_node/Standard.html), and those before them, which have no mark.
export const block = 512;
/** Is this a header: does its checksum fit? The sum of some old programs counts bytes as signed. */
export function isHeader(bytes) {
    if (bytes.length < block || bytes[0] === 0 || !isOctal(bytes[148]))
        return false;
    const stated = octal(Buffer.from(bytes.buffer, bytes.byteOffset, block), 148, 8);
    if (stated === null)
        return false;
    let [plain, signed] = [8 * 32, 8 * 32]; // the checksum's own field counts as spaces
    for (let i = 0; i < block; i++) {
        if (i >= 148 && i < 156)
            continue;
        const byte = bytes[i] ?? 0;
        plain += byte;
        signed += byte > 127 ? byte - 256 : byte;
    }
    return stated === plain || stated === signed;
}
export function readTarHeader(raw) {
    const ustar = raw.toString('latin1', 257, 262) === 'ustar';
    const gnu = raw.toString('latin1', 257, 265) === 'ustar  \0';
    const prefix = ustar && !gnu ? readTarText(raw, 345, 155) : '';
    const name = readTarText(raw, 0, 100);
    return {
        name: prefix === '' ? name : `${prefix}/${name}`,
        size: readTarNumber(raw, 124, 12),
        modified: millis(readTarNumber(raw, 136, 12)),
        type: raw.toString('latin1', 156, 157),
        link: readTarText(raw, 157, 100),
        gnu,
        raw,
    };
}
/** Seconds as milliseconds, within what a date can be. */
export function millis(seconds) {
    return seconds === null || Math.abs(seconds) > 8.64e12 ? null : Math.floor(seconds * 1000);
}
/** A number in octal, or (GNU) in base 256 when its first bit is set; null when it is neither or beyond what is exact. */
export function readTarNumber(raw, at, length) {
    const first = raw[at] ?? 0;
    if ((first & 0x80) === 0)
        return octal(raw, at, length);
    let value = (first & 0x40) !== 0 ? -1 : 0;
    for (let i = 0; i < length; i++) {
        value = value * 256 + (i === 0 && value === 0 ? first & 0x3f : (raw[at + i] ?? 0));
        if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
            return null;
    }
    return value;
}
/** Can a number in octal digits begin with this byte? Asked first, since most files are none. */
function isOctal(byte) {
    return byte === 0 || byte === 0x20 || (byte >= 0x30 && byte <= 0x37);
}
function octal(raw, at, length) {
    const digits = /^[ \0]*([0-7]{1,12})[ \0]*$/.exec(raw.toString('latin1', at, at + length).replace(/\0.*$/s, '\0'))?.[1];
    if (digits !== undefined)
        return Number.parseInt(digits, 8);
    return /^[ \0]*$/.test(raw.toString('latin1', at, at + length)) ? 0 : null;
}
/** Text up to the first NUL: UTF-8, else Latin-1, so that every byte is kept. */
export function readTarText(raw, at, length) {
    const field = raw.subarray(at, at + length);
    const nul = field.indexOf(0);
    return decodeName(nul < 0 ? field : field.subarray(0, nul));
}
export function decodeName(bytes) {
    const text = bytes.toString('utf8');
    return !text.includes('\ufffd') || Buffer.from(text).equals(bytes) ? text : bytes.toString('latin1');
}
const read = /^(?:path|linkpath|size|mtime|GNU\.sparse\.\w+)$/;
/**
 * The records of a pax header: `length key=value\n`, the length in decimal and of the whole record. What follows a
 * record that breaks the rule is not read: `broken` then. Only what tells where a file lies and what it is called is kept.
 */
export function paxRecords(data) {
    const records = new Map();
    const sparse = [];
    let at = 0;
    while (at < data.length) {
        const digits = /^([1-9]\d{0,9}) /.exec(data.toString('latin1', at, at + 12))?.[1];
        const end = digits === undefined ? 0 : at + Number(digits);
        const from = at + (digits?.length ?? 0) + 1;
        const equals = data.indexOf(0x3d, from);
        if (end <= from || end > data.length || data[end - 1] !== 10 || equals < 0 || equals >= end)
            break;
        const key = data.toString('utf8', from, equals);
        const value = data.subarray(equals + 1, end - 1);
        if (read.test(key))
            records.set(key, value);
        // Format 0.0 repeats these two for each run.
        if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes')
            sparse.push(decimal(value) ?? -1);
        at = end;
    }
    return { records, broken: at < data.length && data.subarray(at).some((b) => b !== 0), sparse: pairs(sparse) };
}
export function pairs(values) {
    const runs = [];
    for (let i = 0; i + 1 < values.length; i += 2)
        runs.push([values[i], values[i + 1]]);
    return runs;
}
export function decimal(value) {
    const text = value?.toString('latin1') ?? '';
    return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
/** Do runs follow each other within `size`, and hold exactly `stored` bytes? */
export function areSound(runs, size, stored) {
    let [end, sum] = [0, 0];
    for (const [offset, length] of runs) {
        if (offset < end || length < 0 || offset + length > size)
            return false;
        end = offset + length;
        sum += length;
    }
    return sum === stored;
}
/**
 * Maps lie one behind the other: a block that stands before the end of another map is none of a second one. A small archive whose
 * members all claim the same blocks would make days of reading.
 */
export function eachOnce(bytes) {
    let end = 0;
    return async (at) => {
        if (at < end)
            return null;
        end = at + block;
        return await bytes.read(at, block);
    };
}
/** Runs of an old GNU sparse file: four in the header at 386, then 21 in each block that follows while one says so. */
export async function oldGnuRuns(mapBlock, header, data, most) {
    const runs = runsIn(header.raw, 386, 4);
    let more = header.raw[482] !== 0;
    while (more) {
        const next = await mapBlock(data);
        if (next === null || next.length < block || runs === null || runs.length > most)
            return null;
        const further = runsIn(next, 0, 21);
        if (further === null)
            return null;
        append(runs, further);
        more = next[504] !== 0;
        data += block;
    }
    return runs === null ? null : { runs, size: readTarNumber(header.raw, 483, 12), data };
}
function runsIn(raw, from, count) {
    const runs = [];
    for (let i = 0; i < count; i++) {
        const at = from + i * 24;
        if (raw[at] === 0)
            break;
        const [offset, length] = [readTarNumber(raw, at, 12), readTarNumber(raw, at + 12, 12)];
        if (offset === null || length === null)
            return null;
        runs.push([offset, length]);
    }
    return runs;
}
//# sourceMappingURL=tar-header.js.map