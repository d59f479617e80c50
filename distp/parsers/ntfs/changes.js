import { ByteArena } from './arena.js';
import { keyOf } from './folders.js';
import { layouts, referenceAt } from './journal.js';
import { isImpossible, wide } from './record.js';
// A change in the arena: references of file and folder, update sequence number, time, time of the first record of it (8
// bytes each), place in the journal (8), reason, attributes, path of the folder (4 each), records, length (2 each), flags,
// length of the name, and the name.
const AT = {
    file: 0,
    parent: 8,
    usn: 16,
    time: 24,
    first: 32,
    offset: 40,
    reason: 48,
    attributes: 52,
    folder: 56,
    records: 60,
    length: 62,
    flags: 64,
    nameLength: 65,
    name: 66,
};
const NARROW = 1;
const FOREIGN_FILE = 2;
const FOREIGN_PARENT = 4;
const FOLDER_ATTRIBUTE = 0x10;
const CLOSE = 0x8000_0000;
/** Records of one opening of a file that are further apart than a minute stay apart, so that the time of each is told. */
const TOGETHER = 600_000_000;
/** Maximum number of files open at once. */
const OPEN = 100_000;
/** Maximum number of characters of paths held. */
const PATHS = 64 * 1024 * 1024;
/** Changes of a journal, packed: about ninety bytes each. */
export class JournalChanges {
    #arena = new ByteArena();
    #rows = [];
    /** The last change of each file that is open. */
    #open = new Map();
    #folders = [];
    get count() {
        return this.#rows.length;
    }
    get size() {
        return this.#arena.size;
    }
    rows() {
        return this.#rows;
    }
    /** Takes in a record of version 2 or 3; those of version 4 tell of ranges only, and the record after them of the file. */
    add(bytes, at, length, offset) {
        const layout = layouts.get(bytes.readUInt16LE(at + 4));
        if (!layout)
            return;
        const file = at + 8;
        const parent = file + (layout.wide ? 16 : 8);
        const nameAt = at + bytes.readUInt16LE(at + layout.nameAt);
        const nameBytes = bytes.readUInt16LE(at + layout.nameLength);
        const { number, sequence } = referenceAt(bytes, file, layout.wide);
        const key = keyOf(number, sequence);
        const reason = bytes.readUInt32LE(at + layout.reason);
        const open = key === null ? undefined : this.#open.get(key);
        let row;
        if (open !== undefined &&
            this.#goesOn(open, bytes, parent, reason, at + layout.usn, at + layout.time, nameAt, nameBytes)) {
            row = open;
            const to = this.#arena.bytesOf(row);
            const start = this.#arena.startOf(row);
            to.writeUInt16LE(Math.min(0xffff, to.readUInt16LE(start + AT.records) + 1), start + AT.records);
        }
        else {
            row = this.#begin(bytes, file, parent, layout.wide, nameAt, nameBytes);
            const to = this.#arena.bytesOf(row);
            bytes.copy(to, this.#arena.startOf(row) + AT.first, at + layout.time, at + layout.time + 8);
        }
        const to = this.#arena.bytesOf(row);
        const start = this.#arena.startOf(row);
        bytes.copy(to, start + AT.usn, at + layout.usn, at + layout.usn + 8);
        bytes.copy(to, start + AT.time, at + layout.time, at + layout.time + 8);
        to.writeDoubleLE(offset, start + AT.offset);
        to.writeUInt32LE(reason, start + AT.reason);
        to.writeUInt32LE(bytes.readUInt32LE(at + layout.attributes), start + AT.attributes);
        to.writeUInt16LE(length, start + AT.length);
        if (key === null)
            return;
        if (reason >= CLOSE)
            this.#open.delete(key);
        else {
            if (this.#open.size >= OPEN)
                this.#open.clear();
            this.#open.set(key, row);
        }
    }
    at(row) {
        const bytes = this.#arena.bytesOf(row);
        const start = this.#arena.startOf(row);
        const flags = bytes[start + AT.flags];
        return {
            name: this.#nameOf(row),
            number: flags & FOREIGN_FILE ? Number.NaN : bytes.readUIntLE(start + AT.file, 6),
            sequence: bytes.readUInt16LE(start + AT.file + 6),
            parent: flags & FOREIGN_PARENT ? Number.NaN : bytes.readUIntLE(start + AT.parent, 6),
            parentSequence: bytes.readUInt16LE(start + AT.parent + 6),
            usn: wide(bytes, start + AT.usn),
            time: [bytes, start + AT.time],
            first: [bytes, start + AT.first],
            reason: bytes.readUInt32LE(start + AT.reason),
            attributes: bytes.readUInt32LE(start + AT.attributes),
            records: bytes.readUInt16LE(start + AT.records),
            offset: bytes.readDoubleLE(start + AT.offset),
            length: bytes.readUInt16LE(start + AT.length),
        };
    }
    /**
     * Finds the folder of every change as it was called at that time: from the newest change back, each record of a folder
     * says the name and place that it had before the later ones.
     */
    place(folders) {
        for (const row of this.#rows)
            this.#ifFolder(row, (key, folder) => folders.inJournal(key, folder));
        const past = folders.present();
        const numbers = new Map();
        let characters = 0;
        for (let i = this.#rows.length - 1; i >= 0; i--) {
            const row = this.#rows[i];
            const path = past.paths.of(this.#parentKey(row));
            let number = numbers.get(path);
            if (number === undefined && characters < PATHS) {
                characters += path.text.length;
                numbers.set(path, (number = this.#folders.push(path)));
            }
            this.#arena.bytesOf(row).writeUInt32LE(number ?? 0, this.#arena.startOf(row) + AT.folder);
            this.#ifFolder(row, (key, folder) => past.back(key, folder));
        }
    }
    /** The folder that a change was made in; null when it is not known. */
    folderOf(row) {
        const number = this.#arena.bytesOf(row).readUInt32LE(this.#arena.startOf(row) + AT.folder);
        return this.#folders[number - 1] ?? null;
    }
    #ifFolder(row, take) {
        const bytes = this.#arena.bytesOf(row);
        const start = this.#arena.startOf(row);
        if (!(bytes.readUInt32LE(start + AT.attributes) & FOLDER_ATTRIBUTE))
            return;
        if (bytes[start + AT.flags] & FOREIGN_FILE)
            return;
        const key = keyOf(bytes.readUIntLE(start + AT.file, 6), bytes.readUInt16LE(start + AT.file + 6));
        if (key !== null)
            take(key, { name: this.#nameOf(row), parent: this.#parentKey(row) });
    }
    #parentKey(row) {
        const bytes = this.#arena.bytesOf(row);
        const start = this.#arena.startOf(row);
        if (bytes[start + AT.flags] & FOREIGN_PARENT)
            return null;
        return keyOf(bytes.readUIntLE(start + AT.parent, 6), bytes.readUInt16LE(start + AT.parent + 6));
    }
    #nameOf(row) {
        const bytes = this.#arena.bytesOf(row);
        const at = this.#arena.startOf(row) + AT.name;
        const length = bytes[at - 1];
        return bytes[at - 2] & NARROW
            ? bytes.toString('latin1', at, at + length)
            : bytes.toString('utf16le', at, at + 2 * length);
    }
    #begin(bytes, file, parent, wide, nameAt, nameBytes) {
        let narrow = true;
        for (let i = nameAt + 1; i < nameAt + nameBytes; i += 2)
            narrow &&= bytes[i] === 0;
        const length = nameBytes / 2;
        const row = this.#arena.take(AT.name + (narrow ? length : nameBytes));
        const to = this.#arena.bytesOf(row);
        const start = this.#arena.startOf(row);
        bytes.copy(to, start + AT.file, file, file + 8);
        bytes.copy(to, start + AT.parent, parent, parent + 8);
        to.writeUInt16LE(1, start + AT.records);
        const foreign = (at) => Number.isNaN(referenceAt(bytes, at, wide).number);
        to[start + AT.flags] =
            (narrow ? NARROW : 0) | (foreign(file) ? FOREIGN_FILE : 0) | (foreign(parent) ? FOREIGN_PARENT : 0);
        to[start + AT.nameLength] = length;
        if (narrow)
            for (let i = 0; i < length; i++)
                to[start + AT.name + i] = bytes[nameAt + 2 * i];
        else
            bytes.copy(to, start + AT.name, nameAt, nameAt + nameBytes);
        this.#rows.push(row);
        return row;
    }
    /** Does a record say what the last one of the same opening said, and more? Reasons add up until a file is closed. */
    #goesOn(row, bytes, parent, reason, usn, time, nameAt, nameBytes) {
        const before = this.#arena.bytesOf(row);
        const start = this.#arena.startOf(row);
        const old = before.readUInt32LE(start + AT.reason);
        if ((reason & old) >>> 0 !== old)
            return false;
        // A second copy of a record, or an older one, goes on with nothing.
        if (wide(bytes, usn) <= wide(before, start + AT.usn))
            return false;
        if (before.compare(bytes, parent, parent + 8, start + AT.parent, start + AT.parent + 8) !== 0)
            return false;
        const elapsed = (bytes.readUInt32LE(time + 4) - before.readUInt32LE(start + AT.first + 4)) * 4_294_967_296 +
            (bytes.readUInt32LE(time) - before.readUInt32LE(start + AT.first));
        if (elapsed < 0 || elapsed > TOGETHER)
            return false;
        if (before[start + AT.nameLength] !== nameBytes / 2)
            return false;
        const narrow = (before[start + AT.flags] & NARROW) !== 0;
        for (let i = 0; i < nameBytes; i++) {
            const was = narrow ? (i % 2 === 0 ? before[start + AT.name + i / 2] : 0) : before[start + AT.name + i];
            if (was !== bytes[nameAt + i])
                return false;
        }
        return true;
    }
}
/** Where in a record a time stands that is no date; null when it is one, or there is none. */
export function badTimeOf(bytes, at) {
    const layout = layouts.get(bytes.readUInt16LE(at + 4));
    return layout && isImpossible(bytes, at + layout.time) ? layout.time : null;
}
//# sourceMappingURL=changes.js.map