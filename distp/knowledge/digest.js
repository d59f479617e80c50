import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256 } from '../lib/hash.js';
/** The files of a `knowledge` folder and the user's baselines, each with the digest of its bytes. */
export function knowledgeTables(folder, baselines = []) {
    const own = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(csv|baseline)$/.test(entry.name))
        .map((entry) => join(folder, entry.name))
        .sort();
    return [...own, ...baselines].map((file) => ({ table: basename(file), sha256: sha256(readFileSync(file)) }));
}
/** One digest of all that a run knows. Where folders lie on a machine is no part of it. */
export function knowledgeDigest(packs, tables) {
    const named = [...packs.map((p) => `pack ${p.pack} ${p.sha256}`), ...tables.map((t) => `${t.table} ${t.sha256}`)];
    return sha256(named.sort().join('\n'));
}
//# sourceMappingURL=digest.js.map