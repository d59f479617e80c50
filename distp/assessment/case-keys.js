import { openRequests } from '../findings/case-requests.js';
import { namedServers } from '../findings/named-servers.js';
import { keysAcross, markOf } from '../findings/case-ties.js';
import { compareText } from '../lib/compare.js';
import { counted } from '../lib/amounts.js';
import { stageQuestion } from '../model/answer.js';
import { keyLimits } from '../model/case-keys.js';
import { isAtLeastLikely, persons } from '../model/sign.js';
/** The keys that a server shares with the others of its case: bounded, and independent of the order of its files. */
export function caseKeysOf(facts) {
    const { scans, infos, proxies, found, origins, elsewhere } = facts;
    const accountOf = (name) => origins.accountOf(name);
    const requests = openRequests(scans, infos, proxies, elsewhere);
    const hostile = hostileOf(facts, accountOf);
    const holds = new Map();
    for (const f of found)
        if (f.counts && f.finding.stage !== 'context')
            for (const [by, key] of keysAcross(f, accountOf))
                holds.set(`${by}\0${key}`, { by, key });
    const places = [...origins.places()].filter(([origin]) => isNetwork.test(origin));
    const beyond = { ...requests.beyond };
    const limited = (name, list, order) => {
        const left = list.length - keyLimits[name];
        if (left > 0)
            beyond[name] = left;
        return [...list].sort(order).slice(0, keyLimits[name]);
    };
    const byText = (a, b) => compareText(a.by, b.by) || compareText(a.key, b.key);
    return {
        ...requests,
        hostile: limited('hostile', hostile, (a, b) => (a.is === b.is ? byText(a, b) : a.is === 'yes' ? -1 : 1)),
        holds: limited('holds', [...holds.values()], byText),
        names: limited('names', namedServers(scans, facts.server), ([a, x], [b, y]) => y - x || compareText(a, b)),
        places: limited('places', places, ([a, x], [b, y]) => x - y || compareText(a, b)),
        beyond,
    };
}
/** A network on the Internet, and no device or inside address. */
const isNetwork = /^[0-9a-f.:]{1,45}\/\d{2}$/;
/** What belongs to subjects that come to more than a lead, by more than attempts; a client only where no user of this server has it. */
function hostileOf({ found, weighed, origins }, accountOf) {
    const keys = new Map();
    for (const f of found) {
        const { finding } = f;
        const is = weighed.get(finding.id);
        const question = stageQuestion[finding.stage];
        if (!f.counts || question === null || question === 'targeted' || !isAtLeastLikely(is) || finding.first === null)
            continue;
        const isThing = !persons.has(finding.sign.subject);
        const [first, last] = [Date.parse(finding.first), Date.parse(finding.last ?? finding.first)];
        for (const [by, key] of keysAcross(f, accountOf)) {
            // Of an account only what it did itself, with its origin.
            if (by === 'account' && isThing)
                continue;
            const before = keys.get(`${by}\0${key}`);
            const marks = [...new Set([...(before?.marks ?? []), markOf(f)])].slice(0, keyLimits.marks);
            keys.set(`${by}\0${key}`, {
                by,
                key,
                is: before?.is === 'yes' ? 'yes' : is,
                first: Math.min(before?.first ?? first, first),
                last: Math.max(before?.last ?? last, last),
                isThing: isThing || before?.isThing === true,
                marks,
            });
        }
    }
    return [...keys.values()].filter(({ by, key, first }) => by !== 'client' || !origins.wasUsedBefore(key, first));
}
/** Evidence of other servers that counts here, one sentence for each server. */
export function elsewhereNotes({ hostile, front, answers }) {
    const servers = new Map();
    const count = (list, what) => {
        for (const { from } of list) {
            const known = servers.get(from.digest) ?? { server: from.server, hostile: 0, front: 0, answers: 0 };
            servers.set(from.digest, known);
            known[what]++;
        }
    };
    count(hostile, 'hostile');
    count(front, 'front');
    count(answers, 'answers');
    return [...servers.values()]
        .sort((a, b) => compareText(a.server, b.server))
        .map(({ server, ...n }) => {
        const parts = [
            ...(n.answers > 0
                ? [`${counted(n.answers, 'entry', 'entries')} of its back end for requests that this server sent`]
                : []),
            ...(n.front > 0 ? [`${counted(n.front, 'request')} that its front end sent here`] : []),
            ...(n.hostile > 0
                ? [
                    `${counted(n.hostile, 'hostile client, account or thing', 'hostile clients, accounts or things')} of an intrusion there`,
                ]
                : []),
        ];
        return `Evidence of ${server}, another server of the case, counts here: ${parts.join(', ')}.`;
    });
}
//# sourceMappingURL=case-keys.js.map