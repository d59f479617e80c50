import { isPerson } from '../activity/identities.js';
import { addTo } from '../lib/collections.js';
import { sha256 } from '../lib/hash.js';
import { canonicalIp, isPrivate } from '../lib/ip.js';
import { keyLimits } from '../model/case-keys.js';
import { isRunnable } from '../model/file-fields.js';
import { vantageOf } from '../model/log-kinds.js';
import { applicationsIn } from './applications.js';
import { joins, pagesNamedBy } from './joins.js';
import { withoutDomain } from '../model/account-names.js';
import { HOUR } from '../lib/time.js';
/** Rows of a finding that are looked at. */
const ROWS = 500;
/** By what a finding may be tied to an intrusion on another server. `accountOf`: the one name of an account. */
export function keysAcross(f, accountOf) {
    const keys = new Map();
    const add = (by, key) => {
        if (key.length <= keyLimits.text)
            keys.set(`${by}\0${key}`, [by, key]);
    };
    for (const { event } of f.hits.slice(0, ROWS)) {
        const client = publicClient(event);
        if (client !== null) {
            add('client', client);
            for (const account of accountsIn(event, accountOf))
                add('account', `${account}\0${client}`);
        }
        if (event.session !== null && event.session.length >= 12 && ofWeb.has(vantageOf(event.log)))
            add('session', event.session);
        for (const application of applicationsIn(event))
            add('application', application);
    }
    // An archive or a mailbox file may be the organization's own.
    for (const page of pagesNamedBy(f))
        if (isRunnable(page))
            add('page', page);
    return [...keys.values()];
}
/** Sessions of other logs are numbers of one server. */
const ofWeb = new Set(['front-end', 'back-end', 'tenant']);
/** An inside address may be another computer at another site. */
function publicClient({ client }) {
    const ip = client === null ? null : canonicalIp(client);
    return ip === null || isPrivate(ip) ? null : ip;
}
/** An account without its domain, and by its address where the evidence of this server has a list of them. */
function accountsIn({ user }, accountOf) {
    if (user === null || !isPerson(user))
        return [];
    return [...new Set([withoutDomain(user), accountOf(user)])].filter((name) => name !== '');
}
/** The same entry in two copies of a log has the same mark. */
export function markOf({ finding, hits }) {
    const { event } = hits[0];
    const { rule, target, client } = finding;
    return sha256([rule, event.time, client, target, event.user, event.request].join('\0')).slice(0, 16);
}
/**
 * Ties of findings to intrusions on other servers. A server that has the very entries on which the intrusion rests has a copy of
 * that evidence, which adds nothing.
 */
export function tiesElsewhere(found, hostile, accountOf) {
    if (hostile.length === 0)
        return [];
    const able = found.flatMap((f, i) => (f.counts && f.finding.stage !== 'context' ? [i] : []));
    const byKey = new Map();
    for (const i of able)
        for (const [by, key] of keysAcross(found[i], accountOf))
            addTo(byKey, `${by}\0${key}`, i);
    const marks = new Map(able.map((i) => [markOf(found[i]), i]));
    return hostile.flatMap((one) => {
        const { by, key, is, from } = one;
        if (one.marks.some((mark) => marks.has(mark)))
            return [];
        const members = (byKey.get(`${by}\0${key}`) ?? []).filter((i) => isInTime(found[i], one));
        return members.length === 0 ? [] : [{ by, members, from: { key: `${from.digest}\0${by}\0${key}`, is } }];
    });
}
/** A client is the same one for a week; a compromised account is one from its first sign on. */
function isInTime({ finding: { first, last } }, hostile) {
    if (hostile.by !== 'client' && hostile.by !== 'account')
        return true;
    if (first === null || last === null)
        return false;
    if (hostile.by === 'account')
        return Date.parse(last) >= hostile.first - HOUR;
    return (Date.parse(first) <= hostile.last + joins.client.within && Date.parse(last) >= hostile.first - joins.client.within);
}
//# sourceMappingURL=case-ties.js.map