// Records of the change journal, https://learn.microsoft.com/windows/win32/api/winioctl/ns-winioctl-usn_record_v2 (…_v3, …_v4).
// They are 8-aligned and do not reach over the end of a page of 4096 bytes; what a page has left is zero.
import { isZero } from './blocks.js';
export const layouts = new Map([
    [2, { least: 60, wide: false, usn: 24, time: 32, reason: 40, attributes: 52, nameLength: 56, nameAt: 58 }],
    [3, { least: 76, wide: true, usn: 40, time: 48, reason: 56, attributes: 68, nameLength: 72, nameAt: 74 }],
]);
const PAGE = 4096;
/**
 * Is there a record at `at`? Its length when it is whole, 0 when there is none, -1 when `bytes` end too early to tell or
 * within it.
 */
export function journalRecordAt(bytes, at) {
    const left = bytes.length - at;
    if (left < 8)
        return -1;
    const length = bytes.readUInt32LE(at);
    const version = bytes.readUInt16LE(at + 4);
    if (length % 8 !== 0 || length < 56 || length > PAGE || bytes.readUInt16LE(at + 6) !== 0)
        return 0;
    if (version === 4)
        return left < 64 ? -1 : isRanges(bytes, at, length) ? (length > left ? -1 : length) : 0;
    const layout = layouts.get(version);
    if (!layout)
        return 0;
    if (left < layout.least)
        return -1;
    const nameLength = bytes.readUInt16LE(at + layout.nameLength);
    const nameAt = bytes.readUInt16LE(at + layout.nameAt);
    const fits = nameAt >= layout.least && nameAt + nameLength <= length && nameAt <= layout.least + 8;
    if (!fits || nameLength === 0 || nameLength % 2 !== 0 || nameLength > 510)
        return 0;
    if (bytes.readUInt32LE(at + layout.reason) === 0)
        return 0;
    return length > left ? -1 : length;
}
/** Version 4: reason at 48, number and size of the ranges at 60 and 62. */
function isRanges(bytes, at, length) {
    const count = bytes.readUInt16LE(at + 60);
    const size = bytes.readUInt16LE(at + 62);
    return bytes.readUInt32LE(at + 48) !== 0 && size === 16 && 64 + count * size <= length;
}
/** A reference of a file as its number and sequence; number NaN where it is one of 128 bits that no NTFS has (ReFS). */
export function referenceAt(bytes, at, wide) {
    const isReFs = wide && (bytes.readUInt32LE(at + 8) !== 0 || bytes.readUInt32LE(at + 12) !== 0);
    return { number: isReFs ? Number.NaN : bytes.readUIntLE(at, 6), sequence: bytes.readUInt16LE(at + 6) };
}
/** The place of the first eight bytes from `at` on that are not all zero; where there are none, of the last that are not whole. */
export function afterZeros(bytes, at) {
    let i = at;
    while (i + 4096 <= bytes.length && isZero(bytes, i, i + 4096))
        i += 4096;
    while (i + 8 <= bytes.length && bytes.readUInt32LE(i) === 0 && bytes.readUInt32LE(i + 4) === 0)
        i += 8;
    return i;
}
//# sourceMappingURL=journal.js.map