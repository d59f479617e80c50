import { totalSize, listAll } from '../evidence/list-all.js';
import {} from '../model/progress.js';
import { defaultLimits } from '../evidence/container.js';
import { directory } from '../evidence/directory.js';
import { digestMember } from '../evidence/reader.js';
/**
 * Every file of one server's evidence with its digest, listed and read as an assessment does it: members of archives too, and
 * an empty digest where nothing can be read.
 */
export async function evidenceDigests(evidence, passwords, onProgress = () => undefined) {
    const { members, refused } = await listAll(evidence, passwords);
    const bytes = totalSize(members);
    let bytesDone = 0;
    const found = refused.map(({ path, size }) => ({ path, size, sha256: '' }));
    for (const member of members) {
        const read = await digestMember(member, passwords);
        found.push({ path: member.path, ...read });
        bytesDone += read.size;
        onProgress({ files: members.length, filesDone: found.length - refused.length, bytes, bytesDone, hits: 0, rules: 0 });
    }
    return found;
}
/** Every file below a folder in the order of their paths. Links are named, and never followed. */
export async function resultDigests(folder) {
    const outer = { path: '.', prefix: '', windowsPath: null, within: '' };
    const found = [];
    for await (const item of directory.list({ folder }, outer, defaultLimits)) {
        if (!('step' in item))
            found.push({ path: item.path, size: item.size, sha256: '', fault: item.detail });
        else if (item.refused)
            found.push({ path: item.path, size: 0, sha256: '', fault: item.refused.detail });
        else {
            const { size, sha256 } = await digestMember({ ...item, ref: { root: folder, steps: [item.step] } });
            found.push({ path: item.path, size, sha256 });
        }
    }
    return found;
}
//# sourceMappingURL=digests.js.map