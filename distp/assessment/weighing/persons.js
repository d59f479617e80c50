import { isPerson } from '../../activity/identities.js';
import { mailboxesIn } from '../../findings/mailbox-names.js';
import { addTo } from '../../lib/collections.js';
import { isPrivate } from '../../lib/ip.js';
import { stageQuestion } from '../../model/answer.js';
import { isAtLeastLikely, persons } from '../../model/sign.js';
import { HOUR } from '../../lib/time.js';
/** Addresses of things that came to more than a lead, and not of persons: who logs on from there comes from the intruder's place. */
export function hostileClients(found, of, origins) {
    const clients = new Map();
    for (const [i, { finding, hits }] of found.entries()) {
        const is = of(i);
        const isThing = !persons.has(finding.sign.subject) && stageQuestion[finding.stage] !== 'targeted';
        if (!isThing || finding.client === null || !isAtLeastLikely(is))
            continue;
        for (const { event } of hits) {
            if (event.time === null)
                continue;
            const before = clients.get(finding.client);
            clients.set(finding.client, {
                since: Math.min(before?.since ?? Infinity, event.time),
                is: before?.is === 'yes' ? 'yes' : is,
            });
        }
    }
    for (const [client, { since }] of clients)
        if (origins.wasUsedBefore(client, since))
            clients.delete(client);
    return clients;
}
/** The same with the clients of intrusions on other servers of the case, which no account of this one used before either. */
export function withElsewhere(own, elsewhere, origins) {
    const clients = new Map(own);
    for (const { by, key, is, first, isThing } of elsewhere) {
        if (by !== 'client' || !isThing || origins.wasUsedBefore(key, first))
            continue;
        const before = clients.get(key);
        clients.set(key, {
            since: Math.min(before?.since ?? first, first),
            is: before?.is === 'yes' ? 'yes' : is,
        });
    }
    return clients;
}
/**
 * The signs of a person with those that come from the origin of the acts: a new one alone is a weak sign; beside unexplained
 * reach, a manner, or a change that grants access it makes that one strong, and does not count by itself. The address of a
 * certain intrusion is a strong sign of its own.
 */
export function withOrigin(signs, about, explained, facts) {
    if (explained.has('origin'))
        return signs;
    const from = about.flatMap((f) => {
        const isContext = f.finding.stage === 'context' || f.finding.sign.strength === 'context';
        const origin = isContext ? null : originOf(f, facts);
        return origin === null ? [] : [{ f, origin }];
    });
    const sign = (kind, strength, { f, origin }) => ({
        kind,
        strength,
        finding: f.finding.id,
        seen: seenOf(origin),
    });
    const certain = from.find(({ origin }) => origin === 'intruder');
    const others = signs.filter(({ kind }) => kind !== 'origin');
    if (certain)
        return [...others, sign('origin', 'strong', certain)];
    const pairs = pairsOf(from, explained, facts);
    if (pairs.size > 0)
        return [
            // What was seen of a session or a device code is another fact than a new network.
            ...signs.filter(({ kind, strength }) => kind === 'origin' && strength !== 'weak'),
            ...others.filter(({ kind, strength }) => !(pairs.has(kind) && strength === 'weak')),
            ...[...pairs].map(([kind, one]) => sign(kind, 'strong', one)),
        ];
    // Three mailboxes or more from a new origin are one sign already, and so is a right that the account gave to itself.
    const isServed = about.some(({ used }) => used !== undefined) ||
        others.some(({ kind, strength }) => kind === 'reach' && strength === 'strong');
    const alone = isServed ? undefined : from.find(({ origin }) => origin !== 'beside');
    return alone === undefined || others.length < signs.length ? signs : [...signs, sign('origin', 'weak', alone)];
}
function originOf({ hits, finding }, { origins, hostile }) {
    let origin = null;
    for (const { event } of hits.slice(0, MOST_HITS)) {
        const { client, user, time } = event;
        if (client === null || time === null)
            continue;
        const intruder = hostile.get(client);
        if (intruder && time >= intruder.since - HOUR) {
            if (intruder.is === 'yes')
                return 'intruder';
            origin = 'likely-intruder';
        }
        if (origin !== null && origin !== 'beside')
            continue;
        const newness = user === null ? 'unknown' : origins.newnessOf(user, event);
        const isBeside = newness === 'unknown' && finding.sign.kind === 'reach' && isActedAs(event);
        if (newness === 'new')
            origin = 'new';
        else if (isBeside && !isPrivate(client) && !origins.wasUsedBefore(client, time))
            origin = 'beside';
    }
    return origin;
}
const MOST_HITS = 500;
/** By impersonation, and not in the account's own name. */
function isActedAs({ fields }) {
    return typeof fields.ImpersonatedUser === 'string' && fields.ImpersonatedUser !== '';
}
/** From this number on, mailboxes of others read from a new origin are more than work away from the desk. */
const MAILBOXES = 3;
/** What is strong beside the origin, with one of the acts that show it. */
function pairsOf(from, explained, { origins }) {
    const pairs = new Map();
    const reached = new Set();
    for (const one of from) {
        const { sign, stage, persistence } = one.f.finding;
        if (sign.strength !== 'weak' || explained.has(sign.kind) || pairs.has(sign.kind))
            continue;
        if (sign.kind === 'manner' && one.origin !== 'beside')
            pairs.set('manner', one);
        const grants = stage === 'persistence' && (persistence === 'account' || persistence === 'keys');
        if (sign.kind === 'change' && (grants || isMassMail(one.f)) && one.origin !== 'beside')
            pairs.set('change', one);
        if (sign.kind !== 'reach')
            continue;
        const others = reachedBy(one.f, origins);
        for (const name of others)
            reached.add(name);
        if (reached.size >= MAILBOXES || (others.length > 0 && one.origin === 'likely-intruder'))
            pairs.set('reach', one);
    }
    return pairs;
}
/** Mail to far more recipients outside the organization than the account ever wrote to within an hour. */
function isMassMail({ hits }) {
    return hits.some(({ event }) => event.fields.OutsideRecipients !== undefined);
}
/** Mailboxes of others that the acts opened and that the account does not open from its own places. */
function reachedBy({ finding, hits }, origins) {
    return hits.slice(0, MOST_HITS).flatMap(({ event }) => mailboxesIn(event)
        .filter((name) => finding.sign.subject === 'device' ||
        (event.user !== null &&
            !isSame(origins, name, event.user) &&
            !origins.isOpenedFromOwnPlace(event.user, name, event.client) &&
            !isAtWork(event, name, origins)))
        .map((name) => origins.accountOf(name)));
}
/** A person travels with the rights to mailboxes where it works every day; a service that acts as others stays where it is. */
function isAtWork(event, mailbox, origins) {
    const { user, client, time } = event;
    if (user === null || client === null || time === null || isActedAs(event))
        return false;
    return origins.wasOpenedElsewhere(user, mailbox, client, time);
}
function isSame(origins, a, b) {
    return origins.accountOf(a) === origins.accountOf(b);
}
/**
 * What accounts did by rules and rights in their name: who sends mail out and hides mail by an odd rule within the hour, or grants
 * access from a new origin, gives a strong sign; who does one of these, a weak one.
 */
export function changesOf(found, facts) {
    const byAccount = new Map();
    for (const [i, { counts, finding, hits }] of found.entries()) {
        const { subject } = finding.sign;
        const user = hits[0]?.event.user ?? null;
        if (!counts || finding.stage === 'context' || (subject !== 'inbox-rule' && subject !== 'grant'))
            continue;
        if (user !== null && isPerson(user) && finding.time !== null)
            addTo(byAccount, facts.origins.personOf(user), i);
    }
    return [...byAccount.values()].flatMap((own) => {
        const account = found[own[0]].hits[0].event.user;
        const sends = own.filter((i) => isSentOut(found[i]));
        const hides = own.filter((i) => isHidden(found[i]));
        const both = sends.flatMap((a) => hides.filter((b) => isOneAct(found[a], found[b], facts.origins)).map((b) => [a, b]))[0];
        const sign = (i, seen) => ({
            kind: 'change',
            strength: seen === undefined ? 'weak' : 'strong',
            finding: found[i].finding.id,
            ...(seen === undefined ? {} : { seen }),
        });
        if (both)
            return [{ account, by: both, sign: sign(both[0], 'sent-and-hid') }];
        const grants = own.filter((i) => isGrant(found[i]));
        for (const i of grants) {
            const origin = originOf(found[i], facts);
            if (origin !== null && origin !== 'beside')
                return [{ account, by: [i], sign: sign(i, seenOf(origin)) }];
        }
        const [one] = [...sends, ...grants];
        return one === undefined ? [] : [{ account, by: [one], sign: sign(one) }];
    });
}
function seenOf(origin) {
    return origin === 'intruder' || origin === 'likely-intruder' ? 'intruders-address' : 'new-origin';
}
function isSentOut({ finding }) {
    return finding.persistence === 'forwarding' || finding.means === 'forwarding';
}
/** By a rule that is not to be noticed: mail that people put aside has a rule with a name. */
function isHidden({ finding: { sign, stage, persistence } }) {
    const isOdd = sign.kind === 'name' || sign.strength === 'strong';
    return sign.subject === 'inbox-rule' && stage === 'persistence' && persistence === null && isOdd;
}
function isGrant({ finding: { persistence } }) {
    return persistence === 'account' || persistence === 'keys';
}
function isOneAct(a, b, origins) {
    const mailboxOf = ({ hits, finding }) => origins.personOf(mailboxesIn(hits[0].event)[0] ?? finding.user ?? '');
    const isNear = Math.abs(Date.parse(a.finding.time) - Date.parse(b.finding.time)) <= HOUR;
    return isNear && mailboxOf(a) === mailboxOf(b);
}
/** Is it by itself more than ordinary work does? */
export function isStrongChange({ sign }) {
    return sign.strength === 'strong';
}
//# sourceMappingURL=persons.js.map