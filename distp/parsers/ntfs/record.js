// FILE records of the $MFT. "MFT entry", "Fix-up values", "MFT attribute" of
// https://github.com/libyal/libfsntfs/blob/main/documentation/New%20Technologies%20File%20System%20(NTFS).asciidoc
/** Types of attributes that are read. */
export const STANDARD_INFORMATION = 0x10;
export const FILE_NAME = 0x30;
export const DATA = 0x80;
const END = 0xffff_ffff;
/** Bits of `flags`. */
export const IN_USE = 1;
export const DIRECTORY = 2;
/** Namespace of a short name that stands beside a long one. */
export const DOS = 2;
/** Sizes that a record can have. */
export function recordSizeOf(bytes) {
    for (let at = 0; at + 48 <= bytes.length; at += 1024) {
        if (!isRecord(bytes, at))
            continue;
        return bytes.readUInt32LE(at + 28);
    }
    return null;
}
/** Does a whole header of a FILE record stand there, with a size and fixups that belong together? */
export function isRecord(bytes, at) {
    if (at + 48 > bytes.length || bytes.readUInt32LE(at) !== MFT_SIGNATURE)
        return false;
    const size = bytes.readUInt32LE(at + 28);
    const fixups = bytes.readUInt16LE(at + 4);
    const first = bytes.readUInt16LE(at + 20);
    return ((size === 1024 || size === 4096) &&
        bytes.readUInt16LE(at + 6) === size / 512 + 1 &&
        fixups >= 0x2a &&
        fixups < 0x100 &&
        first >= fixups + 2 * (size / 512 + 1) &&
        first < 512);
}
export const MFT_SIGNATURE = 0x454c_4946; // FILE
export const BAD_SIGNATURE = 0x4441_4142; // BAAD
/**
 * Reads the header of a record that lies at the beginning of `bytes` and undoes its fixups in place. A sector whose end
 * does not bear the update sequence number was not written with the others: it and what follows is not sound. Where that
 * is the first one, which the number itself stands in, attributes are read and nothing of the record is trusted.
 */
export function openRecord(bytes, header) {
    const fixups = bytes.readUInt16LE(4);
    const count = bytes.readUInt16LE(6);
    header.sequence = bytes.readUInt16LE(16);
    header.first = bytes.readUInt16LE(20);
    header.flags = bytes.readUInt16LE(22);
    header.baseNumber = bytes.readUIntLE(32, 6);
    header.baseSequence = bytes.readUInt16LE(38);
    header.number = fixups >= 0x30 ? bytes.readUInt32LE(44) : null;
    header.problem = undoFixups(bytes, fixups, count, header);
    // Where the attributes end they say themselves; the number of bytes in use in the header adds nothing.
    if (header.problem === null && (header.first < 0x28 || header.first >= bytes.length)) {
        header.problem = 'attributes outside of the record';
        header.soundTo = header.end = 0;
    }
}
/** Puts back the ends of the sectors; says what is wrong, and leaves in `header` how far the record is sound. */
function undoFixups(bytes, fixups, count, header) {
    header.soundTo = header.end = 0;
    if (count !== bytes.length / 512 + 1 || fixups < 0x28 || fixups + 2 * count > 510)
        return 'no update sequence of its size';
    const mark = bytes.readUInt16LE(fixups);
    const problem = 'a sector without its update sequence number';
    header.soundTo = header.end = bytes.length;
    for (let sector = 1; sector < count; sector++) {
        const tail = sector * 512 - 2;
        if (bytes.readUInt16LE(tail) === mark) {
            bytes[tail] = bytes[fixups + 2 * sector];
            bytes[tail + 1] = bytes[fixups + 2 * sector + 1];
        }
        else if (sector === 1)
            header.soundTo = 0;
        else {
            header.soundTo = Math.min(header.soundTo, tail - 510);
            header.end = tail - 510;
            return problem;
        }
    }
    return header.soundTo === 0 ? problem : null;
}
/** An attribute to fill again and again. */
export function newAttribute() {
    return {
        type: 0,
        at: 0,
        length: 0,
        isResident: false,
        nameAt: 0,
        nameLength: 0,
        contentAt: 0,
        contentLength: 0,
        size: 0,
        firstCluster: 0,
    };
}
export function newHeader() {
    return {
        sequence: 0,
        flags: 0,
        baseNumber: 0,
        baseSequence: 0,
        number: null,
        first: 0,
        end: 0,
        problem: null,
        soundTo: 0,
    };
}
/**
 * Reads the attribute at `at` of a record whose attributes end at `end`. True when there is one, false at the end of the
 * list; a text says what is wrong.
 */
export function readAttribute(bytes, at, end, attribute) {
    if (at + 4 > end)
        return 'a list of attributes without an end';
    const type = bytes.readUInt32LE(at);
    if (type === END)
        return false;
    if (at + 24 > end)
        return 'an attribute that does not fit';
    const length = bytes.readUInt32LE(at + 4);
    const isResident = bytes[at + 8] === 0;
    if (length < (isResident ? 24 : 64) || length % 8 !== 0 || length > end - at)
        return 'an attribute of impossible length';
    const nameLength = bytes[at + 9];
    const nameAt = bytes.readUInt16LE(at + 10);
    if (nameLength > 0 && nameAt + 2 * nameLength > length)
        return 'a name of an attribute that does not fit';
    attribute.type = type;
    attribute.at = at;
    attribute.length = length;
    attribute.isResident = isResident;
    attribute.nameAt = at + nameAt;
    attribute.nameLength = nameLength;
    if (isResident) {
        attribute.contentLength = bytes.readUInt32LE(at + 16);
        attribute.contentAt = at + bytes.readUInt16LE(at + 20);
        if (attribute.contentAt + attribute.contentLength > at + length)
            return 'content of an attribute that does not fit';
        attribute.size = attribute.contentLength;
        attribute.firstCluster = 0;
    }
    else {
        attribute.firstCluster = wide(bytes, at + 16);
        attribute.size = wide(bytes, at + 48);
        attribute.contentLength = 0;
    }
    return true;
}
/** Eight bytes as a number; beyond 2^53 not exact. */
export function wide(bytes, at) {
    return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 4_294_967_296;
}
/** Length of a $FILE_NAME up to its name. */
export const NAME_AT = 66;
/** What is wrong with a $FILE_NAME at `at` of at most `length` bytes; null when it is one. */
export function problemOfName(bytes, at, length) {
    if (length < NAME_AT + 2)
        return 'a file name that is too short';
    const characters = bytes[at + 64];
    if (characters === 0 || NAME_AT + 2 * characters > length)
        return 'a file name that does not fit';
    return bytes[at + 65] > 3 ? 'a file name of no known namespace' : null;
}
/** A FILETIME after the year 9999, or before 1601 where it is read as signed. */
export function isImpossible(bytes, at) {
    return bytes.readUInt32LE(at + 4) > LAST;
}
// High half of the FILETIMEs that end with the year 9999 (but for its last minutes).
const LAST = 0x24c8_5a5d;
//# sourceMappingURL=record.js.map