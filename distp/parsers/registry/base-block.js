import { fileTime } from '../../lib/time.js';
/** File types: a hive, the old form of a log (two numbers for it), the form since Windows 8.1. */
export const HIVE = 0;
export const OLD_LOGS = new Set([1, 2]);
export const NEW_LOG = 6;
/** Bytes before the first hive bin, and of the sector with which a log begins. */
export const BASE = 4096;
export const SECTOR = 512;
/** Reads a base block; null for bytes that do not begin with one. https://github.com/msuhanov/regf, "Base block" */
export function baseBlock(bytes) {
    if (bytes.length < SECTOR || bytes.readUInt32LE(0) !== 0x6667_6572)
        return null;
    return {
        primary: bytes.readUInt32LE(4),
        secondary: bytes.readUInt32LE(8),
        written: { low: bytes.readUInt32LE(12), high: bytes.readUInt32LE(16) },
        major: bytes.readUInt32LE(20),
        minor: bytes.readUInt32LE(24),
        type: bytes.readUInt32LE(28),
        root: bytes.readUInt32LE(36),
        size: bytes.readUInt32LE(40),
        name: untilNul(bytes.toString('utf16le', 48, 112)),
        valid: checksum(bytes) === bytes.readUInt32LE(508),
    };
}
/** Does the hive want its transaction logs: was it caught in the middle of a write? */
export function isDirty(block) {
    return !block.valid || block.primary !== block.secondary;
}
/** Milliseconds since 1970 UTC, null for none. */
export function hiveTime(time) {
    return fileTime(time.low, time.high);
}
export function untilNul(text) {
    const end = text.indexOf('\0');
    return end < 0 ? text : text.slice(0, end);
}
function checksum(bytes) {
    let sum = 0;
    for (let at = 0; at < 508; at += 4)
        sum ^= bytes.readInt32LE(at);
    return (sum === -1 ? -2 : sum === 0 ? 1 : sum) >>> 0;
}
//# sourceMappingURL=base-block.js.map