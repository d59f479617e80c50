import { Paths } from './paths.js';
import { DIRECTORY, DOS, FILE_NAME, IN_USE, NAME_AT, newAttribute, problemOfName, readAttribute, } from './record.js';
import { eachRecord } from './records.js';
/** The root of a volume is record 5. */
const ROOT = 5;
/** What stands for folders of which nothing is known. */
const UNKNOWN = '⟨unknown⟩';
/** One number for a reference: a folder that got the record of another one has another sequence. Null: it cannot be one. */
export function keyOf(number, sequence) {
    if (number === ROOT)
        return ROOT;
    // Record numbers have 32 bits on any volume that exists; larger ones and those of ReFS would not stay apart.
    return number <= 0xffff_ffff ? number * 65_536 + sequence : null;
}
/** Names and places of the folders of a volume, the newest that are known. */
export class Folders {
    #drive;
    #ofTable = new Map();
    #ofJournal = new Map();
    /** `drive`: `C:`, or empty. */
    constructor(drive) {
        this.#drive = drive;
    }
    /** What the $MFT says, which was taken when the journal ended. */
    inTable(key, folder) {
        this.#ofTable.set(key, folder);
    }
    /** What a record of the journal says; later records say it better. */
    inJournal(key, folder) {
        if (!this.#ofTable.has(key))
            this.#ofJournal.set(key, folder);
    }
    newest(key) {
        return this.#ofTable.get(key) ?? this.#ofJournal.get(key) ?? null;
    }
    /** The folders as they are now, to be taken back in time. */
    present() {
        return new Rewound(this, this.#drive);
    }
}
/** The folders at an earlier time: changes are taken back, from the newest on. */
export class Rewound {
    #newest;
    #earlier = new Map();
    paths;
    constructor(newest, drive) {
        this.#newest = newest;
        this.paths = new Paths((key) => this.#of(key), { root: ROOT, drive, lost: UNKNOWN });
    }
    /** Before this the folder had that name and place. */
    back(key, folder) {
        const now = this.#of(key);
        if (now && now.name === folder.name && now.parent === folder.parent)
            return;
        this.#earlier.set(key, folder);
        this.paths.forget();
    }
    #of(key) {
        return this.#earlier.get(key) ?? this.#newest.newest(key);
    }
}
/** Reads the folders of a $MFT, those that are there and those that were. */
export async function foldersOfTable(chunks, folders) {
    const attribute = newAttribute();
    await eachRecord(chunks, {
        record(number, _offset, bytes, header) {
            if (!(header.flags & DIRECTORY) || header.baseNumber !== 0)
                return;
            // The sequence of a record rises when it is given up.
            const sequence = header.flags & IN_USE ? header.sequence : header.sequence === 1 ? 0xffff : header.sequence - 1;
            const key = keyOf(number, sequence);
            const folder = key === null ? null : folderOf(bytes, header);
            if (key !== null && folder)
                folders.inTable(key, folder);
        },
        damaged: () => { },
        cut: () => { },
    });
    function folderOf(bytes, header) {
        let short = null;
        for (let at = header.first; readAttribute(bytes, at, header.end, attribute) === true; at += attribute.length) {
            const { type, isResident, contentAt, contentLength } = attribute;
            if (type !== FILE_NAME || !isResident || problemOfName(bytes, contentAt, contentLength) !== null)
                continue;
            const nameAt = contentAt + NAME_AT;
            const folder = {
                name: bytes.toString('utf16le', nameAt, nameAt + 2 * bytes[contentAt + 64]),
                parent: keyOf(bytes.readUIntLE(contentAt, 6), bytes.readUInt16LE(contentAt + 6)),
            };
            if (bytes[contentAt + 65] !== DOS)
                return folder;
            short = folder;
        }
        return short;
    }
}
//# sourceMappingURL=folders.js.map