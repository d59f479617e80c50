import { fileTimeText, utcTime } from '../../../lib/time.js';
import { Damage } from '../../common/format-error.js';
/** Types of values, [MS-EVEN6] 2.2.12 and 2.2.13. */
export const valueType = {
    null: 0x00,
    string: 0x01,
    ansi: 0x02,
    int8: 0x03,
    uint8: 0x04,
    int16: 0x05,
    uint16: 0x06,
    int32: 0x07,
    uint32: 0x08,
    int64: 0x09,
    uint64: 0x0a,
    real32: 0x0b,
    real64: 0x0c,
    bool: 0x0d,
    binary: 0x0e,
    guid: 0x0f,
    sizeT: 0x10,
    fileTime: 0x11,
    sysTime: 0x12,
    sid: 0x13,
    hexInt32: 0x14,
    hexInt64: 0x15,
    evtHandle: 0x20,
    binXml: 0x21,
    evtXml: 0x23,
    array: 0x80,
};
/**
 * One value as Windows writes it into XML, but numbers and booleans as such. Numbers that JavaScript cannot hold are
 * decimal text. The bytes are there: whoever read the size has checked it. Null is no value.
 */
export function valueAt(bytes, at, size, type) {
    switch (type) {
        case 0x01:
            return textAt(bytes, at, size);
        case 0x04:
            if (size === 1)
                return bytes[at];
            break;
        case 0x06:
            if (size === 2)
                return u16(bytes, at);
            break;
        case 0x08:
            if (size === 4)
                return u32(bytes, at);
            break;
        case 0x0a:
            if (size === 8)
                return unsigned64(u32(bytes, at), u32(bytes, at + 4));
            break;
        case 0x0f:
            if (size === 16)
                return guidAt(bytes, at);
            break;
        case 0x10:
        case 0x14:
        case 0x15:
            if (size === 4)
                return hex32(u32(bytes, at));
            if (size === 8)
                return hex64(u32(bytes, at), u32(bytes, at + 4));
            break;
        case 0x11:
            if (size === 8)
                return timeAt(u32(bytes, at), u32(bytes, at + 4));
            break;
        case 0x13:
            if (size >= 8)
                return sidAt(bytes, at, size);
            break;
        default:
            return rareAt(bytes, at, size, type);
    }
    return oddly(bytes, at, size);
}
/** Types that are seldom met. */
function rareAt(bytes, at, size, type) {
    if (type === valueType.null || size === 0)
        return type === valueType.ansi ? '' : null;
    if ((type & valueType.array) !== 0 && size > 0)
        return arrayAt(bytes, at, size, type & 0x7f);
    switch (type) {
        case 0x02:
            return ansiAt(bytes, at, size);
        case 0x03:
            if (size === 1)
                return bytes.readInt8(at);
            break;
        case 0x05:
            if (size === 2)
                return bytes.readInt16LE(at);
            break;
        case 0x07:
            if (size === 4)
                return bytes.readInt32LE(at);
            break;
        case 0x09:
            if (size === 8)
                return whole(bytes.readBigInt64LE(at));
            break;
        case 0x0b:
            if (size === 4)
                return single(bytes.readFloatLE(at));
            break;
        case 0x0c:
            if (size === 8)
                return real(bytes.readDoubleLE(at));
            break;
        case 0x0d:
            if (size === 4)
                return u32(bytes, at) !== 0;
            if (size === 1)
                return bytes[at] !== 0;
            break;
        case 0x12:
            if (size === 16)
                return systemTimeAt(bytes, at);
            break;
        default:
    }
    return oddly(bytes, at, size);
}
/** A value that is not of its type's size, or of a type without a notation: its bytes, in hexadecimal. */
function oddly(bytes, at, size) {
    return size === 0 ? null : bytes.toString('hex', at, at + size).toUpperCase();
}
/** UTF-16 up to its end; the zeros that close it do not belong to it, other control characters do. */
export function textAt(bytes, at, size) {
    let end = at + (size & ~1);
    while (end > at && bytes[end - 1] === 0 && bytes[end - 2] === 0)
        end -= 2;
    return end === at ? '' : bytes.toString('utf16le', at, end);
}
/** Bytes in the code page of the system that wrote them, which no record names: Windows-1252 is the most common. */
function ansiAt(bytes, at, size) {
    let end = at + size;
    while (end > at && bytes[end - 1] === 0)
        end--;
    return western.decode(bytes.subarray(at, end));
}
const western = new TextDecoder('windows-1252');
/** `{54849625-5478-4994-A5BA-3E3B0328C30D}` */
export function guidAt(bytes, at) {
    // The GUID of the provider stands in nearly every record.
    const sign = u32(bytes, at);
    const known = guids[sign & (GUIDS - 1)];
    if (known !== undefined && isGuid(known.bytes, bytes, at))
        return known.text;
    const text = guidText(bytes, at);
    guids[sign & (GUIDS - 1)] = { bytes: Uint8Array.from(bytes.subarray(at, at + 16)), text };
    return text;
}
const GUIDS = 256;
const guids = Array.from({ length: GUIDS });
function isGuid(known, bytes, at) {
    for (let i = 0; i < 16; i++)
        if (known[i] !== bytes[at + i])
            return false;
    return true;
}
function guidText(bytes, at) {
    const out = scratch;
    let to = 0;
    out[to++] = 0x7b;
    for (let i = 0; i < 16; i++) {
        if (i === 4 || i === 6 || i === 8 || i === 10)
            out[to++] = 0x2d;
        const byte = bytes[at + GUID_ORDER[i]];
        out[to++] = DIGITS[byte >>> 4];
        out[to++] = DIGITS[byte & 15];
    }
    out[to] = 0x7d;
    return out.toString('latin1', 0, 38);
}
const scratch = Buffer.alloc(40);
const DIGITS = Buffer.from('0123456789ABCDEF', 'latin1');
const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
/** [MS-DTYP] 2.4.2.1: `S-1-5-21-…`; an authority from 2^32 on is hexadecimal. */
export function sidAt(bytes, at, size) {
    const count = bytes[at + 1];
    if (size < 8 + count * 4)
        return oddly(bytes, at, size);
    const [high, low] = [bytes.readUInt16BE(at + 2), bytes.readUInt32BE(at + 4)];
    let text = `S-${bytes[at]}-${high === 0 ? low : `0x${(high * 0x1_0000_0000 + low).toString(16).padStart(12, '0')}`}`;
    for (let i = 0; i < count; i++)
        text += `-${u32(bytes, at + 8 + i * 4)}`;
    return text;
}
/** "Never" is written as 0, the begin of the count; what lies beyond the year 9999 is left as the number that it is. */
function timeAt(low, high) {
    if (low === 0 && high === 0)
        return '1601-01-01T00:00:00.0000000Z';
    return fileTimeText(low, high) ?? hex64(low, high);
}
/** SYSTEMTIME: year, month, day of week, day, hour, minute, second, milliseconds. */
function systemTimeAt(bytes, at) {
    const part = (i) => u16(bytes, at + i * 2);
    const time = utcTime(part(0), part(1), part(3), part(4), part(5), part(6), part(7));
    if (time !== null && part(7) < 1000)
        return new Date(time).toISOString();
    return bytes.subarray(at, at + 16).every((byte) => byte === 0) ? null : oddly(bytes, at, 16);
}
const SIZES = new Map([
    [0x03, 1],
    [0x04, 1],
    [0x05, 2],
    [0x06, 2],
    [0x07, 4],
    [0x08, 4],
    [0x09, 8],
    [0x0a, 8],
    [0x0b, 4],
    [0x0c, 8],
    [0x0d, 4],
    [0x0f, 16],
    [0x11, 8],
    [0x12, 16],
    [0x14, 4],
    [0x15, 8],
]);
/** Texts end with a zero each; other items have a fixed size, but SIDs, which say theirs. */
function arrayAt(bytes, at, size, type) {
    if (type === valueType.string)
        return textsAt(bytes, at, size);
    if (type === valueType.ansi) {
        const items = ansiAt(bytes, at, size).split('\0');
        return items;
    }
    const items = [];
    if (type === valueType.sid) {
        for (let from = at, end = at + size; from < end;) {
            const length = from + 8 <= end ? 8 + bytes[from + 1] * 4 : size;
            if (from + length > end)
                throw new Damage(`a list of SIDs ends within one`);
            items.push(sidAt(bytes, from, length));
            from += length;
        }
        return items;
    }
    // A list of pointers does not say their size: it is told by the length where 8 does not divide it.
    const each = SIZES.get(type) ?? (type === valueType.sizeT ? (size % 8 === 0 ? 8 : 4) : 0);
    if (each === 0 || size % each !== 0)
        return oddly(bytes, at, size);
    for (let from = at; from < at + size; from += each) {
        const value = valueAt(bytes, from, each, type);
        items.push(typeof value === 'boolean' ? String(value) : (value ?? ''));
    }
    return items;
}
function textsAt(bytes, at, size) {
    const items = [];
    const end = at + (size & ~1);
    let from = at;
    for (let i = at; i < end; i += 2) {
        if (bytes[i] !== 0 || bytes[i + 1] !== 0)
            continue;
        items.push(bytes.toString('utf16le', from, i));
        from = i + 2;
    }
    if (from < end)
        items.push(bytes.toString('utf16le', from, end));
    return items;
}
function unsigned64(low, high) {
    return high < 0x20_0000 ? high * 0x1_0000_0000 + low : ((BigInt(high) << 32n) | BigInt(low)).toString();
}
export function hex64(low, high) {
    if (high === 0)
        return hex32(low);
    // Keywords, which nearly every record has, are few.
    if (low === long.low && high === long.high)
        return long.text;
    long = { low, high, text: `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}` };
    return long.text;
}
let long = { low: 0, high: 0, text: '' };
/** Numbers of processes and logon sessions of the system come again and again. */
function hex32(value) {
    if (value >= SHORT.length)
        return `0x${value.toString(16)}`;
    return (SHORT[value] ??= `0x${value.toString(16)}`);
}
const SHORT = Array.from({ length: 65_536 });
function whole(value) {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
}
function real(value) {
    return Number.isFinite(value) ? value : String(value);
}
/** The shortest number that is the same in single precision: 0.1 and not 0.10000000149011612. */
function single(value) {
    for (let digits = 6; digits < 9; digits++) {
        const short = Number(value.toPrecision(digits));
        if (Math.fround(short) === value)
            return short;
    }
    return real(value);
}
export function u16(bytes, at) {
    return bytes[at] | (bytes[at + 1] << 8);
}
export function u32(bytes, at) {
    return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}
//# sourceMappingURL=values.js.map