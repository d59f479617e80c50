import { crc32 } from 'node:zlib';
import { fileTime } from '../../../lib/time.js';
import { u32 } from './values.js';
export const CHUNK = 65_536;
/** Where records begin behind the header of a chunk and its tables. */
export const RECORDS = 512;
/** Header and size at the end; the least that holds any BinXML is more. */
const LEAST = 32;
export const CHUNK_MAGIC = Buffer.from('ElfChnk\0', 'latin1');
const RECORD_MAGIC = Buffer.from([0x2a, 0x2a, 0, 0]);
const SIGNATURE = 0x2a2a;
/** `bytes` begins with the header and holds all of it. */
export function readChunkHeader(bytes) {
    const free = u32(bytes, 48);
    const inside = free >= RECORDS && free <= bytes.length;
    const empty = bytes.readBigInt64LE(24) === -1n || bytes.readBigInt64LE(32) === -1n;
    return {
        first: empty ? null : numberAt(bytes, 24),
        last: empty ? null : numberAt(bytes, 32),
        free,
        headerSum: crc32(bytes.subarray(128, RECORDS), crc32(bytes.subarray(0, 120))) === u32(bytes, 124),
        recordSum: inside ? crc32(bytes.subarray(RECORDS, free)) === u32(bytes, 52) : free <= CHUNK ? null : false,
    };
}
/** A number of 64 bits; beyond 2^53 it is not exact, but no log comes there. */
export function numberAt(bytes, at) {
    return u32(bytes, at + 4) * 0x1_0000_0000 + u32(bytes, at);
}
/** Does a record stand at `at`, with a size that has room before `end`? Its size, 0 when none does. */
export function eventRecordAt(bytes, at, end) {
    if (at + LEAST > end || u32(bytes, at) !== SIGNATURE)
        return 0;
    const size = u32(bytes, at + 4);
    return size >= LEAST && size <= end - at ? size : 0;
}
/** Does the size stand once more at the end of the record? */
export function hasCopy(bytes, at, size) {
    return u32(bytes, at + size - 4) === size;
}
/** The next place from `from` on where a whole record lies before `end`, with both sizes and a time; -1 for none. */
export function nextRecord(bytes, from, end) {
    for (let at = from;; at++) {
        at = bytes.indexOf(RECORD_MAGIC, at);
        if (at < 0 || at + LEAST > end)
            return -1;
        const size = eventRecordAt(bytes, at, end);
        if (size > 0 && hasCopy(bytes, at, size) && isTime(bytes, at + 16))
            return at;
    }
}
const EARLIEST = Date.UTC(1995, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
function isTime(bytes, at) {
    const time = fileTime(u32(bytes, at), u32(bytes, at + 4));
    return time !== null && time > EARLIEST && time < LATEST;
}
/**
 * Records that lie inside another one, each with both its sizes. eventlogedit removes a record by letting the one before
 * it grow over it: the size at the end of the former, and all of the removed one but its last four bytes, are still
 * there. https://blog.fox-it.com/2017/12/08/detection-and-recovery-of-nsas-covered-up-tracks/
 */
export function hiddenIn(bytes, at, size) {
    const end = at + size;
    for (let from = at + 24;; from++) {
        from = bytes.indexOf(RECORD_MAGIC, from);
        if (from < 0 || from + LEAST > end)
            return [];
        if (u32(bytes, from - 4) !== from - at || !isTime(bytes, from + 16))
            continue;
        const found = [];
        let next = from;
        for (let length = eventRecordAt(bytes, next, end); length > 0; length = eventRecordAt(bytes, next, end)) {
            found.push({ at: next, size: length });
            next += length;
        }
        if (next === end)
            return found;
    }
}
/** The begin of the chunk that a record lay in, told by a template that it defines itself; null when it defines none. */
export function baseBy(bytes, at, size) {
    const use = at + (bytes[at + 24] === 0x0f ? 28 : 24);
    if (use + 34 > at + size || bytes[use] !== 0x0c)
        return null;
    const behind = use + 10;
    // The number of a template is the begin of its GUID.
    return u32(bytes, use + 2) === u32(bytes, behind + 4) ? behind - u32(bytes, use + 6) : null;
}
//# sourceMappingURL=chunk.js.map