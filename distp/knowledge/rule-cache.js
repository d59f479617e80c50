import { existsSync, readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { builtAt } from '../lib/build-output.js';
/**
 * What the build found out about the packs that ship. A text that was changed since has another digest and is read and
 * judged anew; so is everything where the program was not built.
 */
const shipped = ['../compiled.rules', '../../dist/compiled.rules'];
/** Block by block: the text whole and all that is parsed of it at once would take 20 MB in every thread. */
export function readCompiled(file = builtAt(shipped, import.meta.url)) {
    const read = { documents: new Map(), regexes: new Map(), yara: new Map(), refused: new Map(), packs: new Map() };
    if (file && existsSync(file)) {
        for (const line of linesOf(file)) {
            const [part, digest, value] = JSON.parse(line);
            read[part].set(digest, part === 'documents' ? documentsOf(value) : value);
        }
    }
    return read;
}
function withEntries(trees, change) {
    return trees.map((tree) => (tree.is === 'map' ? { ...tree, entries: tree.entries.map(change) } : tree));
}
function written({ trees, isSound }) {
    if (!isSound)
        return { trees, isSound };
    const later = (entry) => entry.key === 'detection' ? { key: entry.key, at: entry.at, later: JSON.stringify(entry.value) } : entry;
    return { trees: withEntries(trees, later), isSound };
}
function documentsOf({ trees, isSound }) {
    const now = (entry) => {
        if (!('later' in entry))
            return entry;
        const { key, at, later } = entry;
        return {
            key,
            at,
            get value() {
                return JSON.parse(later);
            },
        };
    };
    return { trees: withEntries(trees, now), isSound };
}
/** Characters of a block, before it is packed. */
const BLOCK = 65_536;
/**
 * The bytes of such a file: a line of JSON for each thing that was found out, packed in blocks with their length in front.
 * In the open the texts of rules look like what they search for, and antivirus takes the file away.
 */
export function compiledFile({ documents, regexes, yara, packs }) {
    const texts = new Map([...documents].map(([digest, read]) => [digest, written(read)]));
    const blocks = [];
    let text = '';
    const close = () => {
        const packed = deflateRawSync(text);
        const length = Buffer.alloc(4);
        length.writeUInt32LE(packed.length);
        blocks.push(length, packed);
        text = '';
    };
    for (const [part, found] of Object.entries({ documents: texts, regexes, yara, packs }))
        for (const [digest, value] of found) {
            text += `${JSON.stringify([part, digest, value])}\n`;
            if (text.length >= BLOCK)
                close();
        }
    if (text !== '')
        close();
    return Buffer.concat(blocks);
}
function* linesOf(path) {
    const bytes = readFileSync(path);
    for (let at = 0; at + 4 <= bytes.length;) {
        const end = at + 4 + bytes.readUInt32LE(at);
        for (const line of inflateRawSync(bytes.subarray(at + 4, end))
            .toString('utf8')
            .split('\n'))
            if (line !== '')
                yield line;
        at = end;
    }
}
export const noneCompiled = {
    documents: new Map(),
    regexes: new Map(),
    yara: new Map(),
    refused: new Map(),
    packs: new Map(),
};
/** Both together; what the second says counts more. */
export function merged(a, b) {
    if (!b)
        return a;
    return {
        documents: new Map([...a.documents, ...b.documents]),
        regexes: new Map([...a.regexes, ...b.regexes]),
        yara: new Map([...a.yara, ...b.yara]),
        refused: new Map([...a.refused, ...b.refused]),
        packs: new Map([...a.packs, ...b.packs]),
    };
}
//# sourceMappingURL=rule-cache.js.map