import { fileTimeText } from '../../lib/time.js';
import { trimStart } from '../../lib/trim.js';
import { untilNul } from './base-block.js';
const names = [
    'REG_NONE',
    'REG_SZ',
    'REG_EXPAND_SZ',
    'REG_BINARY',
    'REG_DWORD',
    'REG_DWORD_BIG_ENDIAN',
    'REG_LINK',
    'REG_MULTI_SZ',
    'REG_RESOURCE_LIST',
    'REG_FULL_RESOURCE_DESCRIPTOR',
    'REG_RESOURCE_REQUIREMENTS_LIST',
    'REG_QWORD',
];
export const REG = { none: 0, sz: 1, expand: 2, binary: 3, dword: 4, big: 5, link: 6, multi: 7, qword: 11 };
/** Texts longer than this are cut in fields. */
const TEXT = 64 * 1024;
/** Maximum number of bytes of binary data shown. */
const SHOWN = 256;
/** `REG_SZ`, or the number of a type that has no name: `0x10`. */
export function typeName(type) {
    return names[type] ?? `0x${type.toString(16)}`;
}
/**
 * What a value holds, for fields: text as text, a list as a list, a number as a number and in Sysmon's words
 * (`DWORD (0x00000001)`), anything else as hexadecimal digits.
 */
export function details(value) {
    const text = registryText(value);
    if (text !== null)
        return text;
    const list = multiTextOf(value);
    if (list !== null)
        return list;
    const number = numberOf(value);
    if (number !== null)
        return value.type === REG.qword ? quad(value, number) : [number, `DWORD (0x${hex(number)})`];
    const time = stampOf(value);
    if (time !== null)
        return time;
    const data = value.data(SHOWN);
    if (data === null)
        return null;
    return `${data.toString('hex')}${value.size > SHOWN ? '…' : ''}`;
}
/** REG_SZ, REG_EXPAND_SZ and REG_LINK up to their end; null for other types. */
export function registryText(value) {
    if (value === null || (value.type !== REG.sz && value.type !== REG.expand && value.type !== REG.link))
        return null;
    const data = value.data(TEXT);
    // A zero in front hides a text from a reader that stops there, and does not change what it says.
    return data === null ? null : untilNul(trimStart(data.toString('utf16le'), '\0'));
}
/** Text of UTF-16 with its end, in a value of a type that has none: a program is called so by one byte that was changed. */
function textOfOtherType(value) {
    if (value === null || value.size < 16 || value.size % 2 !== 0 || value.type === REG.multi)
        return null;
    const data = value.data(TEXT);
    if (data === null || (value.size <= TEXT && data.readUInt16LE(data.length - 2) !== 0))
        return null;
    const text = untilNul(trimStart(data.toString('utf16le'), '\0'));
    return text.length >= 8 && /^[\x20-\x7e]*$/.test(text) ? text : null;
}
/** The texts of a REG_MULTI_SZ; null for other types. */
export function multiTextOf(value) {
    if (value === null || value.type !== REG.multi)
        return null;
    const data = value.data(TEXT);
    if (data === null)
        return null;
    const texts = data.toString('utf16le').split('\0');
    while (texts.length > 0 && texts.at(-1) === '')
        texts.pop();
    return texts;
}
/** Text of any form; of a list its texts with `separator` between them. */
export function anyText(value, separator = ', ') {
    return registryText(value) ?? multiTextOf(value)?.join(separator) ?? textOfOtherType(value);
}
/** A number of 32 or 64 bits (exact up to 2^53); null for other types and sizes. */
export function numberOf(value) {
    const data = value?.data(8);
    if (!value || !data)
        return null;
    if (value.type === REG.dword && data.length === 4)
        return data.readUInt32LE(0);
    if (value.type === REG.big && data.length === 4)
        return data.readUInt32BE(0);
    if (value.type === REG.qword && data.length === 8)
        return data.readUInt32LE(0) + data.readUInt32LE(4) * 4_294_967_296;
    return null;
}
/** Types of device properties (0xffff0010, or 0x10 in plain): a FILETIME. */
function stampOf(value) {
    if ((value.type & 0xffff) !== 0x10 || value.size !== 8)
        return null;
    const data = value.data(8);
    return data && data.length === 8 ? fileTimeText(data.readUInt32LE(0), data.readUInt32LE(4)) : null;
}
function quad(value, number) {
    const data = value.data(8);
    return [number, `QWORD (0x${hex(data.readUInt32LE(4))}-0x${hex(data.readUInt32LE(0))})`];
}
function hex(number) {
    return number.toString(16).padStart(8, '0');
}
/** A value as a person reads it: `"Name" = REG_SZ "text"`; what is no letter is written by its number. */
export function describeValue(value) {
    const shown = details(value);
    const text = Array.isArray(shown) ? shown.map((part) => inQuotes(part)).join(' ') : inQuotes(shown);
    return `${value.name === '' ? '(Default)' : inQuotes(value.name)} = ${typeName(value.type)} ${text}`;
}
function inQuotes(part) {
    if (typeof part !== 'string')
        return String(part);
    const plain = part.replace(/[\0-\x1f\x7f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
    return `"${plain}"`;
}
//# sourceMappingURL=value.js.map