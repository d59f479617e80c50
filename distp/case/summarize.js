import { compareText } from '../lib/compare.js';
import { Groups } from '../lib/groups.js';
import { isPrivate } from '../lib/ip.js';
import { withLimits } from '../lib/limits.js';
import { isOfEveryExchange } from '../model/exchange-pages.js';
import { persons } from '../model/sign.js';
import { caseLimits } from './limits.js';
import { least, most } from './record.js';
import { areOfTwoDomains, withoutDomain } from '../model/account-names.js';
/** From the worst verdict to the best. */
const verdictOrder = ['compromised', 'exploited', 'targeted', 'cannot-tell', 'no-evidence'];
/** The case of several servers. The order of the records does not matter. */
export function caseOf(records, failed, { absent, notes }) {
    const ordered = [...records].sort(byVerdict);
    const masked = ordered.some(({ record }) => record.masked);
    const shared = sharedOf(ordered, masked);
    const mailboxes = mailboxesOf(ordered, masked);
    const servers = ordered.map(serverOf);
    const verdicts = Object.fromEntries(verdictOrder.map((is) => [is, 0]));
    for (const { verdict } of servers)
        verdicts[verdict.is]++;
    return withLimits({
        schema: 'postern-case/1',
        servers,
        failed: [...failed].sort((a, b) => compareText(a.evidence, b.evidence) || compareText(a.reason, b.reason)),
        totals: {
            servers: servers.length,
            verdicts,
            failed: failed.length,
            mailboxes: mailboxes.length,
            first: least(servers.map(({ first }) => first)),
            last: most(servers.map(({ last }) => last)),
        },
        attacks: attacksOf(ordered, shared),
        shared: shared.map(({ thing }) => thing),
        mailboxes,
        absent,
        masked,
        notes: [...ordered.flatMap(notesOn), ...notes],
    }, {
        attacks: caseLimits.caseAttacks,
        shared: caseLimits.shared,
        mailboxes: caseLimits.caseMailboxes,
        absent: caseLimits.absent,
        notes: caseLimits.notes,
    });
}
function byVerdict(a, b) {
    const rank = ({ record }) => verdictOrder.indexOf(record.verdict.is);
    return rank(a) - rank(b) || compareText(a.record.name, b.record.name) || compareText(a.path, b.path);
}
function serverOf({ path, record, with: others }) {
    const { attacks, things: _, taken, masked: __, more, ...rest } = record;
    return {
        path,
        ...rest,
        intrusions: attacks.length + (more.attacks ?? 0),
        mailboxes: taken.length + (more.taken ?? 0),
        with: [...others].sort(),
    };
}
/** Lists of a server that were too long, in a sentence. */
function notesOn({ path, record: { more } }) {
    const words = {
        attacks: 'attack chains',
        things: 'hostile things',
        taken: 'mailboxes',
    };
    return Object.entries(more).map(([list, n]) => `${path}: ${n} more ${words[list] ?? list} are counted and not compared with the other servers.`);
}
/** The name by which a thing is compared: of an account without its domain, which logs write in several ways. */
function nameWithin({ kind, name }) {
    return persons.has(kind) && kind !== 'application' ? withoutDomain(name) : name.toLowerCase();
}
/** Things that two servers or more share. Pseudonyms belong to one server each: with them, names of people are not compared. */
function sharedOf(records, masked) {
    const byKey = new Map();
    for (const at of records)
        for (const thing of at.record.things) {
            if (masked && (persons.has(thing.kind) || thing.kind === 'mailbox'))
                continue;
            const key = `${thing.kind}\0${nameWithin(thing)}`;
            const held = byKey.get(key);
            if (held)
                held.push({ at, thing });
            else
                byKey.set(key, [{ at, thing }]);
        }
    return [...byKey.values()]
        .flatMap((held) => (held.length > 1 && persons.has(held[0].thing.kind) ? ofOneDomain(held) : [held]))
        .filter((held) => new Set(held.map(({ at }) => at.path)).size > 1)
        .map((held) => ({
        held,
        thing: {
            kind: held[0].thing.kind,
            name: [...new Set(held.map(({ thing }) => thing.name))].sort()[0],
            sha256: [...new Set(held.flatMap(({ thing }) => thing.sha256))].sort().slice(0, caseLimits.digests),
            servers: [...new Set(held.map(({ at }) => at.path))].sort(),
            first: least(held.map(({ thing }) => thing.first)),
            last: most(held.map(({ thing }) => thing.last)),
        },
    }))
        .sort(({ thing: a }, { thing: b }) => b.servers.length - a.servers.length || compareText(a.kind, b.kind) || compareText(a.name, b.name));
}
/** Of accounts of one name: all, or, where these are of several domains, those that are written alike. */
function ofOneDomain(held) {
    const isOfSeveral = held.some(({ thing }) => held.some((other) => areOfTwoDomains(thing.name, other.thing.name)));
    return isOfSeveral ? [...Map.groupBy(held, ({ thing }) => thing.name.toLowerCase()).values()] : [[...held]];
}
/**
 * Is it enough to make one attack of intrusions on several servers? An inside address may be another computer at another site, an
 * account of one name another account, a command or service of one name another attacker's: only the same bytes are the same.
 */
function isHardJoin({ kind, name }, held) {
    if (kind === 'client')
        return !isPrivate(name);
    if (kind === 'application')
        return true;
    if (kind === 'page' && !isOfEveryExchange(name.toLowerCase().split('/').slice(-2).join('/')))
        return true;
    const servers = held.map(({ thing: { sha256 } }) => new Set(sha256));
    return [...servers[0]].some((digest) => servers.every((own) => own.has(digest)));
}
/** Intrusions that share what only one attacker has are one attack. */
function attacksOf(records, shared) {
    const all = records.flatMap(({ path, record }) => record.attacks.map((attack) => ({ path, attack })));
    const numbers = new Map(all.map(({ path, attack }, i) => [`${path}\0${attack.id}`, i]));
    const groups = new Groups(all.length);
    const how = new Map();
    for (const { thing, held } of shared) {
        if (!isHardJoin(thing, held))
            continue;
        const of = held.flatMap(({ at, thing: { attacks } }) => attacks.flatMap((id) => numbers.get(`${at.path}\0${id}`) ?? []));
        const [first] = of;
        if (first === undefined)
            continue;
        for (const i of of) {
            groups.union(first, i);
            how.set(i, (how.get(i) ?? new Set()).add(thing.kind));
        }
    }
    return [...Map.groupBy(all.keys(), (i) => groups.find(i)).values()]
        .map((members) => {
        const own = members.map((i) => all[i]);
        const paths = new Set(own.map(({ path }) => path));
        return {
            intrusions: own
                .map(({ path, attack }) => ({ path, intrusion: attack.id }))
                .sort((a, b) => compareText(a.path, b.path) || compareText(a.intrusion, b.intrusion)),
            first: least(own.map(({ attack }) => attack.first)),
            last: most(own.map(({ attack }) => attack.last)),
            clients: [...new Set(own.flatMap(({ attack }) => attack.clients))].sort(),
            joinedBy: paths.size < 2 ? [] : [...new Set(members.flatMap((i) => [...(how.get(i) ?? [])]))].sort(),
        };
    })
        .map((attack) => withLimits(attack, { clients: caseLimits.clients }))
        .sort((a, b) => compareText(a.first ?? '~', b.first ?? '~') ||
        compareText(a.intrusions[0].path, b.intrusions[0].path) ||
        compareText(a.intrusions[0].intrusion, b.intrusions[0].intrusion));
}
/** Each mailbox once: where names are pseudonyms, once for each server. */
function mailboxesOf(records, masked) {
    const all = records.flatMap(({ path, record }) => record.taken.map((taken) => ({ path, taken })));
    return [...Map.groupBy(all, ({ path, taken }) => `${masked ? path : ''}\0${taken.mailbox.toLowerCase()}`).values()]
        .map((same) => ({
        mailbox: [...new Set(same.map(({ taken }) => taken.mailbox))].sort()[0],
        certainty: same.some(({ taken }) => taken.certainty === 'named') ? 'named' : 'joined',
        servers: [...new Set(same.map(({ path }) => path))].sort(),
        first: least(same.map(({ taken }) => taken.first)),
        last: most(same.map(({ taken }) => taken.last)),
    }))
        .sort((a, b) => compareText(a.mailbox, b.mailbox) || compareText(a.servers[0], b.servers[0]));
}
//# sourceMappingURL=summarize.js.map