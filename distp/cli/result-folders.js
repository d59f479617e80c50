import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../lib/compare.js';
import { caseFile, casePageFile } from './case-files.js';
import { sealName } from './commands/seal.js';
import { unfinishedName } from './unfinished-run.js';
/** What lies in OUT beside the folders of servers. */
const reserved = ['summary.json', caseFile, casePageFile, sealName, unfinishedName];
/** The folder of a server: its name made harmless, with 8 digits of its manifest's digest when that is taken. */
export function folderName(server, digest, taken) {
    const plain = server
        .replace(/[^A-Za-z0-9._-]/g, '_')
        .slice(0, 64)
        .replace(/^\.+|\.+$/g, '_') || '_';
    const name = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}`.slice(0, 64) : plain;
    // File systems of Windows and macOS ignore case; summary.json and partial results are beside the folders.
    const lower = new Set([...reserved, ...[...taken].map((other) => other.toLowerCase())]);
    if (!lower.has(name.toLowerCase()))
        return name;
    const longer = `${name}-${digest.slice(0, 8)}`;
    // The same evidence may be given twice.
    for (let i = 1;; i++) {
        const numbered = i === 1 ? longer : `${longer}-${i}`;
        if (!lower.has(numbered.toLowerCase()))
            return numbered;
    }
}
/**
 * The folder of each server, whatever the order in which they were assessed: of several servers with one name the plain one
 * goes to the first by digest. Renames the folders below `results` where that differs.
 */
export function settleFolders(results, placed) {
    const order = placed
        .map((_, i) => i)
        .sort((a, b) => {
        const [x, y] = [placed[a], placed[b]];
        return compareText(x.server, y.server) || compareText(x.digest, y.digest) || compareText(x.evidence, y.evidence);
    });
    const names = [];
    const taken = new Set();
    for (const i of order) {
        const { server, digest } = placed[i];
        const name = folderName(server, digest, taken);
        taken.add(name);
        names[i] = name;
    }
    const moves = placed.flatMap(({ path }, i) => (path === names[i] ? [] : [[path, names[i]]]));
    for (const [at, [from]] of moves.entries())
        renameSync(join(results, from), join(results, `.moving-${at}`));
    for (const [at, [, to]] of moves.entries())
        renameSync(join(results, `.moving-${at}`), join(results, to));
    return names;
}
//# sourceMappingURL=result-folders.js.map