import { Damage } from '../../common/format-error.js';
import { tables } from './image.js';
const RT_VERSION = 16;
const LARGEST = 64 * 1024;
const ENTRIES = 4_096;
/** The version resource; null when there is none. https://learn.microsoft.com/windows/win32/menurc/vs-versioninfo */
export function versionOf(image) {
    const table = image.table(tables.resources);
    if (!table)
        return null;
    const type = entryOf(image, table.offset, table.offset, RT_VERSION);
    if (type === null)
        return null;
    // Below the type lie name and language; the first of each is taken.
    const name = entryOf(image, table.offset, type, null);
    const language = name === null ? null : entryOf(image, table.offset, name, null);
    if (language === null)
        return null;
    const at = image.offsetOf(image.data.u32(language));
    const size = Math.min(LARGEST, image.data.u32(language + 4));
    return parse(image.data.part(at, size));
}
/** The place that an entry of a resource folder leads to; the first entry when no id is asked for. */
function entryOf(image, base, folder, id) {
    const { data } = image;
    const count = data.u16(folder + 12) + data.u16(folder + 14);
    if (count > ENTRIES)
        throw new Damage(`${count} entries in a folder of resources`);
    for (let i = 0; i < count; i++) {
        const entry = folder + 16 + i * 8;
        if (id !== null && data.u32(entry) !== id)
            continue;
        return base + (data.u32(entry + 4) & 0x7fff_ffff);
    }
    return null;
}
function parse(bytes) {
    const fixed = bytes.indexOf(Buffer.from([0xbd, 0x04, 0xef, 0xfe]));
    const number = (at) => fixed < 0 || at + 8 > bytes.length
        ? ''
        : [
            bytes.readUInt16LE(at + 2),
            bytes.readUInt16LE(at),
            bytes.readUInt16LE(at + 6),
            bytes.readUInt16LE(at + 4),
        ].join('.');
    return { file: number(fixed + 8), product: number(fixed + 16), texts: texts(bytes) };
}
/**
 * The strings: each node is its length, the length of its value (in characters), its kind, its key, and, on the next four
 * bytes, the value. Nodes of tables are walked into, strings are taken.
 */
function texts(bytes) {
    const found = new Map();
    const walk = (from, to, depth) => {
        for (let at = from; at + 6 < to && found.size < 64;) {
            const length = bytes.readUInt16LE(at);
            const valueLength = bytes.readUInt16LE(at + 2);
            if (length < 8)
                return;
            const end = Math.min(to, at + length);
            const key = wideText(bytes, at + 6, end);
            const value = aligned(at + 6 + key.length * 2 + 2);
            if (depth === 3) {
                if (valueLength > 0 && value < end && !found.has(key))
                    found.set(key, wideText(bytes, value, Math.min(end, value + valueLength * 2))
                        .trim()
                        .slice(0, 512));
            }
            else if (depth > 0 || key === 'VS_VERSION_INFO') {
                if (depth !== 1 || key === 'StringFileInfo')
                    walk(depth === 0 ? aligned(value + valueLength) : value, end, depth + 1);
            }
            at = aligned(at + length);
        }
    };
    walk(0, bytes.length, 0);
    return found;
}
function wideText(bytes, from, to) {
    let end = from;
    while (end + 1 < to && bytes.readUInt16LE(end) !== 0)
        end += 2;
    return bytes.toString('utf16le', from, end);
}
function aligned(at) {
    return (at + 3) & ~3;
}
//# sourceMappingURL=version.js.map