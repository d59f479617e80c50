import { stampOf } from '../evidence/index.js';
import { sha256 } from '../lib/hash.js';
import { isScan } from './scan-schema.js';
/**
 * A pool that takes from the ledger what an earlier run has read already, reads the rest, and keeps what is read.
 * `onFound` is told beforehand how many of how many were there.
 */
export function resumable(pool, ledger, onFound) {
    return {
        async run(task, items, each) {
            const members = items;
            const keys = new Keys();
            const found = [];
            const rest = [];
            for (const [index, member] of members.entries()) {
                keys.see(member);
                const result = ledger.size === 0 ? undefined : ledger.take(keys.of(member));
                if (isScan(result, member))
                    found.push([result, index]);
                else
                    rest.push(index);
            }
            onFound(found.length, members.length);
            for (const [scan, index] of found)
                each(scan, index);
            await pool.run(task, rest.map((index) => items[index]), (result, at) => {
                const index = rest[at];
                const scan = result;
                // Before it is used: whoever gets it may keep less of it.
                if (lasts(scan))
                    ledger.add(() => keys.of(members[index]), scan, weightOf(scan));
                each(result, index);
            });
        },
    };
}
/** What might come out better at the next try is tried again. */
const passing = new Set([
    'timeout',
    'memory',
    'changed',
    'locked',
    'denied',
    'ioerror',
    'encrypted',
    'failed',
]);
/** About how much there is of it. */
function weightOf({ hits, trails, requests }) {
    return (1 +
        hits.length +
        trails.reduce((sum, { rows }) => sum + rows.length / 8, 0) +
        Object.values(requests).reduce((sum, { values }) => sum + values.length, 0));
}
function lasts(scan) {
    return !scan.gaps.some((gap) => passing.has(gap.reason));
}
/**
 * What the result of a member depends on besides the settings of the run: all that the listing says of it, and size and time
 * of the archive that it lies in and of the files that are read with it.
 */
class Keys {
    #stamps = new Map();
    /** Looks at the files around a member: what they are now is what is read. */
    see(member) {
        const { ref, companions = [] } = member;
        const isInArchive = ref.steps.length > (ref.steps[0]?.in === 'folder' ? 1 : 0);
        if (!isInArchive && companions.length === 0)
            return NONE;
        return [...(isInArchive ? [ref] : []), ...companions.map((each) => each.ref)].map((each) => this.#stampOf(each));
    }
    of(member) {
        return sha256(JSON.stringify([member, this.see(member)]));
    }
    #stampOf({ root, steps }) {
        const path = steps[0]?.in === 'folder' ? steps[0].path : null;
        const name = path === null ? root : `${root}\0${path}`;
        let stamp = this.#stamps.get(name);
        if (stamp === undefined)
            this.#stamps.set(name, (stamp = stampOf(root, path)));
        return stamp;
    }
}
const NONE = [];
//# sourceMappingURL=resume.js.map