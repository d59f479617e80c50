import { addTo } from '../lib/collections.js';
import { networkOf } from '../lib/ip.js';
import { formatCount } from '../lib/amounts.js';
import { sha256 } from '../lib/hash.js';
import { DAY } from '../lib/time.js';
/** Places in one line. */
const PLACES = 500;
/** The lines of the keys of a server. */
export function* keyLines(keys) {
    for (const one of keys.hostile)
        yield { kind: 'hostile', ...one };
    for (const one of keys.holds)
        yield { kind: 'holds', ...one };
    for (const one of keys.front)
        yield { kind: 'front', ...one };
    for (const one of keys.back)
        yield { kind: 'back', ...one };
    for (const one of keys.answers)
        yield { kind: 'answer', ...one };
    for (let i = 0; i < keys.places.length; i += PLACES)
        yield { kind: 'places', of: keys.places.slice(i, i + PLACES) };
    for (const [server, entries] of keys.names)
        yield { kind: 'named', server, entries };
    for (const [list, n] of Object.entries(keys.beyond))
        yield { kind: 'beyond', list, n };
}
/** What a server received, made of its lines. */
export function elsewhereOf(lines) {
    const [hostile, front, answers] = [
        [],
        [],
        [],
    ];
    for (const { kind, ...one } of lines) {
        if (kind === 'hostile')
            hostile.push(one);
        else if (kind === 'front')
            front.push(one);
        else
            answers.push(one);
    }
    return { hostile, front, answers };
}
/** What all servers of a case together may keep in memory of each list. */
const MOST = { hostile: 200_000, front: 200_000, delivered: 500_000, named: 10_000 };
/**
 * Gives each server what others have of what it holds: hostile things, requests of other front ends that its back end ran, and
 * entries of other back ends that answer its own requests. The members are in an order that does not depend on that of the
 * evidence. `deliver` receives each line. Gives a note for each list that was too long.
 */
export function exchange(members, deliver) {
    const offered = offersOf(members);
    dropShared(members, offered.hostile);
    // Servers that receive a request whose answer another server has.
    const wanted = new Map();
    let delivered = 0;
    const give = (to, line) => {
        if (++delivered <= MOST.delivered)
            deliver(to, line);
    };
    for (const [to, member] of members.entries())
        for (const line of member.lines()) {
            if (line.kind === 'holds')
                for (const { at, key } of offered.hostile.get(`${line.by}\0${line.key}`) ?? [])
                    if (isOther(members, at, to))
                        give(to, { kind: 'hostile', ...key, from: fromOf(members[at]) });
            if (line.kind === 'back') {
                const id = idOf(line);
                if (!offered.front.get(id)?.some((at) => isOther(members, at, to)))
                    continue;
                const servers = wanted.get(id) ?? new Set();
                wanted.set(id, servers.add(to));
            }
            if (line.kind === 'answer')
                for (const at of offered.front.get(idOf(line)) ?? [])
                    if (isOther(members, at, to))
                        give(at, { ...line, from: fromOf(member) });
        }
    if (wanted.size > 0)
        for (const [at, member] of members.entries())
            for (const line of member.lines())
                if (line.kind === 'front')
                    for (const to of wanted.get(idOf(line)) ?? [])
                        if (isOther(members, at, to))
                            give(to, { ...line, from: fromOf(member) });
    if (delivered > MOST.delivered)
        offered.notes.push(beyondNote('The case', 'keys', delivered - MOST.delivered));
    return offered.notes;
}
/** What servers offer: hostile things by kind and name, and requests by campaign and id. */
function offersOf(members) {
    const offers = { hostile: new Map(), front: new Map(), notes: [] };
    const counts = { hostile: 0, front: 0 };
    for (const [at, { server, lines }] of members.entries())
        for (const line of lines()) {
            if (line.kind === 'beyond')
                offers.notes.push(beyondNote(server, words[line.list] ?? line.list, line.n));
            if (line.kind === 'hostile' && ++counts.hostile <= MOST.hostile) {
                const { kind: _, ...key } = line;
                addTo(offers.hostile, `${key.by}\0${key.key}`, { at, key });
            }
            if (line.kind === 'front' && ++counts.front <= MOST.front)
                addTo(offers.front, idOf(line), at);
        }
    for (const name of ['hostile', 'front'])
        if (counts[name] > MOST[name])
            offers.notes.push(beyondNote('The case', words[name], counts[name] - MOST[name]));
    return offers;
}
/** An address from which accounts of any server were active before is shared with the organization's users, and ties nothing. */
function dropShared(members, hostile) {
    const clients = new Map();
    for (const [name, offers] of hostile) {
        const [{ key }] = offers;
        if (key.by !== 'client')
            continue;
        const since = offers.reduce((least, one) => Math.min(least, one.key.first), Infinity);
        addTo(clients, networkOf(key.key), { name, since });
    }
    if (clients.size === 0)
        return;
    for (const { lines } of members)
        for (const line of lines()) {
            if (line.kind !== 'places')
                continue;
            for (const [network, day] of line.of)
                for (const { name, since } of clients.get(network) ?? [])
                    if (day < Math.floor(since / DAY) - 1)
                        hostile.delete(name);
        }
}
/** Evidence that was given twice exchanges nothing with itself. */
function isOther(members, a, b) {
    return a !== b && members[a].digest !== members[b].digest;
}
const words = {
    hostile: 'hostile things',
    holds: 'clients, accounts and things',
    front: 'requests without an answer',
    back: 'entries of the back end',
    answers: 'answers of the back end',
    places: 'networks of users',
    names: 'names of servers',
};
function beyondNote(server, list, n) {
    return `${server}: ${formatCount(n)} more ${list} were counted and not compared with those of the other servers.`;
}
function fromOf({ server, digest }) {
    return { server, digest };
}
function idOf({ campaign, request }) {
    return `${campaign}\0${request}`;
}
/** Servers that entries of several members name and that are none of them, each with the members whose evidence names it. */
export function namedElsewhere(members) {
    const own = new Set(members.map(({ server }) => server.toUpperCase()));
    const named = new Map();
    for (const member of members)
        for (const line of member.lines()) {
            if (line.kind !== 'named' || own.has(line.server.toUpperCase()))
                continue;
            const known = named.get(line.server) ?? { entries: 0, by: [] };
            if (named.size >= MOST.named && !named.has(line.server))
                continue;
            named.set(line.server, known);
            known.entries += line.entries;
            known.by.push(member);
        }
    return [...named]
        .map(([name, { entries, by }]) => ({ name, entries, by }))
        .sort((a, b) => b.entries - a.entries || (a.name < b.name ? -1 : 1));
}
/** A digest of what a server received, in the order of the exchange: the same digest means that nothing changed. */
export class ElsewhereDigest {
    #all = '';
    /** Servers that sent something. */
    from = new Set();
    add(line) {
        this.#all = sha256(`${this.#all}\n${JSON.stringify(line)}`);
        this.from.add(line.from.digest);
    }
    get value() {
        return this.#all;
    }
}
//# sourceMappingURL=exchange.js.map