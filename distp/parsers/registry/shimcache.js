import { decode16 } from '../../lib/text.js';
import { Damage } from '../common/format-error.js';
import { Structure } from '../common/binary-reader.js';
import { trimEnd } from '../../lib/trim.js';
/** More entries than Windows keeps. */
const ENTRIES = 10_000;
const EXECUTED = 2;
/**
 * The entries of an AppCompatCache value, newest first, as each version of Windows writes it. Throws `Damage` for a form
 * that is not known; an entry that is broken ends the list.
 * https://github.com/libyal/winreg-kb/blob/main/docs/sources/system-keys/Application-compatibility-cache.md
 */
export function* shimCache(data) {
    const bytes = new Structure(data, 'AppCompatCache');
    const magic = bytes.u32(0);
    if (magic === 0xdeadbeef)
        yield* xp(bytes);
    else if (magic === 0xbadc0ffe)
        yield* table(bytes, 8, 24, 32);
    else if (magic === 0xbadc0fee)
        yield* table(bytes, 128, 32, 48);
    else if (isTag(bytes, 128))
        yield* tagged(bytes, 128);
    else if ((magic === 48 || magic === 52) && bytes.size >= magic)
        yield* tagged(bytes, magic);
    else
        throw new Damage(`AppCompatCache: no known form (0x${magic.toString(16)})`, 'unsupported');
}
function isTag(bytes, at) {
    return at + 4 <= bytes.size && /^[01]0ts$/.test(bytes.part(at, 4).toString('latin1'));
}
/** Windows XP: entries of a fixed size. */
function* xp(bytes) {
    const count = Math.min(bytes.u32(4), ENTRIES);
    for (let i = 0, at = 400; i < count && at + 552 <= bytes.size; i++, at += 552) {
        const path = plain(bytes.wideZ(at, 528));
        // Places that were never used are empty.
        if (path === '')
            continue;
        yield {
            path,
            modified: bytes.stamp(at + 528),
            updated: bytes.stamp(at + 544),
            executed: null,
        };
    }
}
/** Windows Server 2003 to 2008 R2: a table of entries that point to their paths, for 32 or 64 bits. */
function* table(bytes, header, narrow, wide) {
    const count = Math.min(bytes.u32(4), ENTRIES);
    if (count === 0)
        return;
    // Of 64 bits the second half of the first offset, where one of 32 bits has the time, is zero, and so is the padding.
    const is64 = bytes.u32(header + 4) === 0 && bytes.u32(header + 12) === 0;
    const step = is64 ? wide : narrow;
    const skip = is64 ? 8 : 4;
    for (let i = 0, at = header; i < count && at + step <= bytes.size; i++, at += step) {
        const offset = bytes.u32(at + skip);
        const length = bytes.u16(at);
        if (offset + length > bytes.size)
            return;
        yield {
            path: plain(decode16(bytes.part(offset, length), false)),
            modified: bytes.stamp(at + skip * 2),
            updated: null,
            // Windows Server 2003 keeps the size of the file where Vista and 2008 keep flags, and all have the same mark.
            executed: header === 128 ? (bytes.u32(at + skip * 2 + 8) & EXECUTED) !== 0 : null,
        };
    }
}
/** Windows 8 and later: entries one after the other, each with its mark and size. */
function* tagged(bytes, header) {
    let left = ENTRIES;
    for (let at = header; at + 14 <= bytes.size && isTag(bytes, at) && left > 0; left--) {
        const size = bytes.u32(at + 8);
        if (at + 12 + size > bytes.size)
            return;
        const cached = taggedEntry(new Structure(bytes.part(at + 12, size), 'AppCompatCache'), header === 128);
        if (!cached)
            return;
        yield cached;
        at += 12 + size;
    }
}
/** Windows 8.0 and 8.1 have the name of a package and two words of flags between path and time. */
function taggedEntry(entry, flagged) {
    const end = entry.size < 2 ? Infinity : 2 + entry.u16(0);
    if (end + (flagged ? 2 : 8) > entry.size)
        return null;
    const flags = flagged ? end + 2 + entry.u16(end) : end;
    const at = flagged ? flags + 8 : end;
    if (at + 8 > entry.size)
        return null;
    return {
        path: plain(decode16(entry.part(2, end - 2), false)),
        modified: entry.stamp(at),
        updated: null,
        executed: flagged ? (entry.u32(flags) & EXECUTED) !== 0 : null,
    };
}
/** Without the prefix of paths inside the kernel. */
function plain(path) {
    return trimEnd(path.replace(/^\\\?\?\\/, ''), '\0');
}
//# sourceMappingURL=shimcache.js.map