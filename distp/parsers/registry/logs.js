import { BASE, baseBlock, NEW_LOG, OLD_LOGS, SECTOR } from './base-block.js';
import { marvin32 } from './marvin32.js';
/**
 * Writes transaction logs over a hive that is dirty; null when none of them fits it. `bytes` may be changed.
 * https://github.com/msuhanov/regf, "Format of transaction log files" and "Multiple transaction log files"
 */
export function recover(bytes, block, files) {
    const logs = files.flatMap((file) => {
        const own = baseBlock(file.bytes);
        return own?.valid && own.primary === own.secondary ? [{ file, block: own }] : [];
    });
    const newer = logs.filter((log) => log.block.type === NEW_LOG);
    if (newer.length > 0)
        return fromEntries(bytes, block, newer);
    return fromPages(bytes, block, logs.filter((log) => OLD_LOGS.has(log.block.type)));
}
/** Do logs of the new form go on where a hive ends that says that it is whole? Then they were written after it. */
export function goesOn(block, files) {
    return files.some(({ bytes }) => {
        const own = baseBlock(bytes);
        if (own === null || !own.valid || own.type !== NEW_LOG || own.primary !== own.secondary)
            return false;
        return ahead(own.primary, block.primary) >= 0 && !entriesOf(bytes, own.primary).next().done;
    });
}
/** What of the logs beside a dirty hive could not be used and should have been; null when nothing is missing. */
export function unusedOf(files, found) {
    const filled = files.filter(({ bytes }) => bytes.length > 0);
    if (filled.length > 0 && found === null)
        return 'none of its transaction logs fits: the last changes are not known';
    for (const { path, bytes } of filled) {
        const own = baseBlock(bytes);
        const isSound = own !== null && own.valid && own.primary === own.secondary;
        if (!isSound && bytes.some((byte) => byte !== 0))
            return `its transaction log ${path} is damaged`;
        if (isSound && own.type === NEW_LOG && breaksOff(bytes, own.primary))
            return `entries of its transaction log ${path} are damaged`;
    }
    return null;
}
/** Does a later entry follow where the entries of a log end? Those of earlier rounds, which stand behind the last, have lower numbers. */
function breaksOff(log, first) {
    let [end, next] = [SECTOR, first];
    for (const { offset, length, sequence } of entriesOf(log, first))
        [end, next] = [offset + length, (sequence + 1) >>> 0];
    for (let at = end; at + 40 <= log.length; at += SECTOR) {
        if (log.readUInt32LE(at) !== ENTRY || !agrees(log, at + 32, marvin32(log, at, at + 32)))
            continue;
        if (ahead(log.readUInt32LE(at + 12), next) >= 0)
            return true;
    }
    return false;
}
/**
 * Logs of the new form share the entries between them: the one with the earlier ones first, as long as each sequence
 * number follows the one before. A hive without a valid base block takes the log with the latest entries only.
 */
function fromEntries(bytes, block, logs) {
    const inOrder = [...logs].sort((a, b) => ahead(a.block.primary, b.block.primary));
    const usable = block.valid
        ? inOrder.filter((log) => ahead(log.block.primary, block.secondary) >= 0)
        : inOrder.slice(-1);
    const used = [];
    const writer = new Writer(bytes, logs);
    let expected = null;
    for (const log of usable) {
        if (expected !== null && log.block.primary !== expected)
            break;
        const before = writer.count;
        for (const entry of entriesOf(log.file.bytes, log.block.primary)) {
            if (!writer.entry(entry, log.file.bytes, used.length + 1))
                break;
            expected = (entry.sequence + 1) >>> 0;
        }
        if (writer.count > before)
            used.push(log);
    }
    if (used.length === 0)
        return null;
    const last = used.at(-1).block;
    return writer.result({ ...(block.valid ? block : last), root: last.root, minor: last.minor }, used);
}
/** How far a sequence number is ahead of another; they may have started again from 0. */
function ahead(a, b) {
    return (a - b) | 0;
}
/** `HvLE`. */
const ENTRY = 0x454c_7648;
/** The valid entries of a log from its first one on, each with the next sequence number. */
export function* entriesOf(log, first) {
    let sequence = first;
    for (let at = SECTOR;;) {
        const entry = entryAt(log, at);
        if (!entry || entry.sequence !== sequence)
            return;
        yield entry;
        at += entry.length;
        sequence = (sequence + 1) >>> 0;
    }
}
/** The entry at an offset, null when there is no whole one whose two hashes agree. */
export function entryAt(log, at) {
    if (at + 40 > log.length || log.readUInt32LE(at) !== ENTRY)
        return null;
    const length = log.readUInt32LE(at + 4);
    const size = log.readUInt32LE(at + 16);
    const count = log.readUInt32LE(at + 20);
    if (length < SECTOR || length % SECTOR !== 0 || at + length > log.length)
        return null;
    if (size < 4096 || size % 4096 !== 0 || count === 0 || 40 + count * 8 > length)
        return null;
    if (!agrees(log, at + 32, marvin32(log, at, at + 32)))
        return null;
    if (!agrees(log, at + 24, marvin32(log, at + 40, at + length)))
        return null;
    const pages = [];
    let from = at + 40 + count * 8;
    for (let i = 0; i < count; i++) {
        const to = log.readUInt32LE(at + 40 + i * 8);
        const pageLength = log.readUInt32LE(at + 44 + i * 8);
        if (from + pageLength > at + length || to + pageLength > size)
            return null;
        pages.push({ to, from, length: pageLength });
        from += pageLength;
    }
    return { offset: at, length, sequence: log.readUInt32LE(at + 12), size, pages };
}
function agrees(log, at, hash) {
    return log.readUInt32LE(at) === hash.low && log.readUInt32LE(at + 4) === hash.high;
}
/**
 * Of logs of the old form one is used: the latest that was written with or after the hive. A hive without a valid base
 * block has a copy of its time in its first bin.
 */
function fromPages(bytes, block, logs) {
    const written = block.valid || bytes.length < BASE + 28 ? block.written : timeAt(bytes, BASE + 20);
    const fitting = logs
        .filter((log) => compare(log.block.written, written) >= 0 && vectorOf(log) !== null)
        .sort((a, b) => compare(b.block.written, a.block.written));
    const log = fitting[0];
    if (!log)
        return null;
    const writer = new Writer(bytes, [log]);
    const { size } = log.block;
    if (!writer.grow(size))
        return null;
    for (const page of pagesOf(log))
        writer.page(page.to, log.file.bytes, page.from, SECTOR, 1);
    return writer.result({ ...(block.valid ? block : log.block), root: log.block.root, minor: log.block.minor, size }, [
        log,
    ]);
}
function timeAt(bytes, at) {
    return { low: bytes.readUInt32LE(at), high: bytes.readUInt32LE(at + 4) };
}
function compare(a, b) {
    return a.high - b.high || a.low - b.low;
}
/** Where the dirty vector ends, and where the pages begin; null when it is not there. */
export function vectorOf(log) {
    const { bytes } = log.file;
    const { size } = log.block;
    const end = SECTOR + 4 + size / 4096;
    if (size === 0 || size % 4096 !== 0 || end > bytes.length)
        return null;
    if (bytes.readUInt32LE(SECTOR) !== 0x5452_4944)
        return null;
    return { end, pages: Math.ceil(end / SECTOR) * SECTOR };
}
/** The whole pages of an old log, in the order of the bits that are set. */
export function* pagesOf(log) {
    const vector = vectorOf(log);
    if (!vector)
        return;
    let from = vector.pages;
    for (let at = SECTOR + 4; at < vector.end; at++) {
        for (let bit = 0; bit < 8; bit++) {
            if (((log.file.bytes[at] >> bit) & 1) === 0)
                continue;
            if (from + SECTOR > log.file.bytes.length)
                return;
            yield { to: ((at - SECTOR - 4) * 8 + bit) * SECTOR, from };
            from += SECTOR;
        }
    }
}
/** A hive that is written over. It grows by no more than its logs can hold. */
class Writer {
    count = 0;
    #bytes;
    #size = null;
    #origin;
    #most;
    constructor(bytes, logs) {
        this.#bytes = bytes;
        this.#most = bytes.length + logs.reduce((sum, log) => sum + log.file.bytes.length, 0);
        this.#origin = new Uint8Array(Math.ceil(bytes.length / SECTOR));
    }
    entry(entry, log, index) {
        if (!this.grow(entry.size))
            return false;
        for (const page of entry.pages)
            this.page(page.to, log, page.from, page.length, index);
        this.count++;
        return true;
    }
    page(to, log, from, length, index) {
        const at = BASE + to;
        if (at + length > this.#bytes.length)
            return;
        log.copy(this.#bytes, at, from, from + length);
        this.#origin.fill(index, Math.floor(at / SECTOR), Math.ceil((at + length) / SECTOR));
        if (index > 0 && this.#size !== null)
            this.#written++;
    }
    #written = 0;
    grow(size) {
        const length = BASE + size;
        if (length > this.#most)
            return false;
        this.#size = size;
        if (length <= this.#bytes.length)
            return true;
        const larger = Buffer.alloc(length);
        this.#bytes.copy(larger);
        this.#bytes = larger;
        const origin = new Uint8Array(Math.ceil(length / SECTOR));
        origin.set(this.#origin);
        this.#origin = origin;
        return true;
    }
    result(block, logs) {
        return {
            bytes: this.#bytes,
            block: { ...block, size: this.#size ?? block.size },
            logs: logs.map((log) => log.file),
            written: this.count > 0 ? this.count : this.#written,
            origin: this.#origin,
        };
    }
}
//# sourceMappingURL=logs.js.map