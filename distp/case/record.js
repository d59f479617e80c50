import { sha256 } from '../lib/hash.js';
import { isLoopback } from '../lib/ip.js';
import { isAtLeastLikely } from '../model/sign.js';
import { caseLimits } from './limits.js';
const questions = ['exposed', 'targeted', 'exploited', 'compromised', 'mail-taken', 'still-there'];
/** The record that a case keeps of a server. `evidence`: the names of its folders and archives. */
export function caseRecordOf(assessment, { evidence, masked }) {
    const { server, verdict, exposure, evidence: read } = assessment;
    const taken = assessment.mailboxes.flatMap(({ mailbox, certainty, first, last }) => certainty === 'named' || certainty === 'joined' ? [{ mailbox, certainty, first, last }] : []);
    const attacks = assessment.intrusions.map(({ id, first, last, clients }) => ({ id, first, last, clients }));
    const things = thingsOf(assessment);
    const lists = {
        attacks: attacks
            .slice(0, caseLimits.attacks)
            .map((one) => ({ ...one, clients: one.clients.slice(0, caseLimits.clients) })),
        things: things.slice(0, caseLimits.things),
        taken: taken.slice(0, caseLimits.mailboxes),
    };
    return {
        name: server.name,
        product: server.product,
        input: { evidence, sha256: manifestDigest(assessment), files: read.files, bytes: read.bytes },
        verdict: {
            is: verdict.is,
            sure: verdict.sure,
            sentence: verdict.sentence,
            open: verdict.open,
            covers: verdict.covers,
        },
        answers: answersOf(assessment),
        patchedTooLate: exposure.patchedTooLate,
        first: least(attacks.map(({ first }) => first)),
        last: most(attacks.map(({ last }) => last)),
        masked,
        ...lists,
        more: Object.fromEntries(Object.entries({ attacks, things, taken }).flatMap(([name, all]) => {
            const left = all.length - lists[name].length;
            return left > 0 ? [[name, left]] : [];
        })),
    };
}
/** The SHA-256 of the list of all files of the evidence with their digests: the same evidence has the same, wherever it is. */
export function manifestDigest({ evidence: { manifest } }) {
    return sha256(manifest.map((artifact) => `${artifact.sha256} ${artifact.path}`).join('\n'));
}
function answersOf({ answers }) {
    const of = new Map(answers.map(({ question, is }) => [question, is]));
    return Object.fromEntries(questions.map((question) => [question, of.get(question) ?? 'not-asked']));
}
/** Kinds of things that an attacker brings or takes over; what is the organization's own (a host, a mailbox) is shared by nature. */
const canBeShared = new Set([
    'page',
    'module',
    'agent',
    'task',
    'service',
    'program',
    'account',
    'application',
    'session',
    'device',
]);
/** Clients of intrusions, and what else weighs at least `likely` for more than an attempt. The most certain come first. */
function thingsOf({ intrusions, subjects, findings }) {
    const byId = new Map(findings.map((finding) => [finding.id, finding]));
    const clients = new Map();
    for (const { id, clients: own, first, last } of intrusions)
        for (const client of own) {
            if (isLoopback(client))
                continue;
            const known = clients.get(client) ?? { attacks: [], first: [], last: [] };
            clients.set(client, known);
            known.attacks.push(id);
            known.first.push(first);
            known.last.push(last);
        }
    const ofClients = [...clients].map(([name, { attacks, first, last }]) => ({
        kind: 'client',
        name,
        sha256: [],
        attacks: attacks.slice(0, caseLimits.attacksOfThing),
        first: least(first),
        last: most(last),
    }));
    const certain = subjects.filter(({ kind, is, question }) => isAtLeastLikely(is) && question !== 'targeted' && canBeShared.has(kind));
    const byName = Map.groupBy(certain, ({ kind, name }) => `${kind}\0${name.toLowerCase()}`);
    const others = [...byName.values()].map((same) => {
        const own = [...new Set(same.flatMap((one) => one.findings))].flatMap((id) => byId.get(id) ?? []);
        return {
            kind: same[0].kind,
            name: same[0].name.slice(0, caseLimits.text),
            sha256: [...new Set(own.flatMap(digestsIn))].sort().slice(0, caseLimits.digests),
            attacks: [...new Set(own.flatMap(({ intrusion }) => intrusion ?? []))].sort().slice(0, caseLimits.attacksOfThing),
            first: least(own.map(({ first }) => first)),
            last: most(own.map(({ last }) => last)),
        };
    });
    return [...ofClients, ...others];
}
function digestsIn({ facts }) {
    return [facts.sha256 ?? []]
        .flat()
        .filter((value) => typeof value === 'string' && isDigest.test(value));
}
const isDigest = /^[0-9a-f]{64}$/;
/** The first of ISO times; null where there is none. */
export function least(times) {
    return times.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}
/** The last of ISO times; null where there is none. */
export function most(times) {
    return times.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}
//# sourceMappingURL=record.js.map