import { listEvidence } from './index.js';
/** Every file of all evidence, and what could not be listed. */
export async function listAll(evidence, passwords, { onFound = () => undefined, jobs = 1, list } = {}) {
    const members = [];
    const refused = [];
    const counted = [];
    for (const path of evidence) {
        const before = members.length;
        const found = (files) => onFound(before + files);
        const listed = await (list?.(path, found) ?? listEvidence(path, { passwords }, { jobs, onFound: found }));
        // One by one: a list of hundreds of thousands is more than a call takes arguments.
        for (const member of listed.members)
            members.push(member);
        for (const gap of listed.refused)
            refused.push(gap);
        for (const one of listed.counted)
            counted.push(one);
    }
    return { members, refused, counted };
}
/** The sum of all sizes; null where not all are known. */
export function totalSize(members) {
    return members.some(({ size }) => size === null) ? null : members.reduce((sum, { size }) => sum + (size ?? 0), 0);
}
//# sourceMappingURL=list-all.js.map