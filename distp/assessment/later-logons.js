import { isPerson } from '../activity/identities.js';
import { isOutside } from '../activity/logons.js';
import { counted } from '../lib/amounts.js';
import { networkOf } from '../lib/ip.js';
import { compareByTime, foundOf } from '../findings/findings.js';
import { locatedLogon } from '../findings/guessing.js';
import { isAtLeastLikely } from '../model/sign.js';
import { endsOfAccess } from './open-accounts.js';
// A compromised account at another address that is new for it, after the intruder's first act and before its access was ended: the
// intruder may have changed the address, and the owner may be on a journey.
const MOST = 200;
/** Logons of compromised accounts at addresses that are new for them and for the organization. */
export function laterLogons(found, { logons, identities, origins }, byAccount, infos, server, known) {
    const rule = [...infos.values()].find(({ computedBy }) => computedBy === 'later-logons');
    const marks = rule === undefined ? new Map() : marksOf(found, byAccount, identities);
    if (rule === undefined || marks.size === 0)
        return { found: [], after: new Map() };
    const ends = endsOfAccess(found.filter(({ counts }) => counts), [...marks.values()], identities);
    const made = [];
    const after = new Map();
    for (const { user, client, mailbox, days, first } of logons.believed()) {
        const mark = marks.get(identities.addressOf(user).toLowerCase());
        if (mark === undefined || !isOutside(client) || mark.clients.has(client) || first <= mark.time)
            continue;
        const end = ends.reduce((least, { account, time }) => time > mark.time && time < least && identities.isSame(account, mark.account) ? time : least, Infinity);
        const own = days.filter((day) => !day.isOfTable && day.first < end);
        const [begins] = own;
        if (begins === undefined || origins.wasUsedBefore(client, begins.first))
            continue;
        const says = `the account has signs of an intruder since before; it was served from this address, which is new for it, on ${counted(own.length, 'day')}.`;
        const match = { key: [user, client, mailbox].join('\0'), rows: own.length, says };
        const hits = own.map(({ row }) => locatedLogon({ ...row, user, client }, rule, match));
        if (origins.newnessOf(user, hits[0].event) !== 'new')
            continue;
        const one = foundOf(hits, server, known);
        // Who guessed the password from a network is there under its other addresses, too.
        const isSameNetwork = [...mark.clients].some((known) => networkOf(known) === networkOf(client));
        made.push(isSameNetwork ? one : { ...one, isPerhapsOwners: true });
        after.set(one.finding.id, mark.finding);
        if (made.length >= MOST)
            break;
    }
    return { found: made.sort(compareByTime), after };
}
function marksOf(found, byAccount, identities) {
    const marks = new Map();
    for (const { counts, finding } of found) {
        const { id, user, client, sign, stage, is, intrusion, first } = finding;
        const isCompromised = byAccount.has(id) || (intrusion !== null && isAtLeastLikely(is));
        if (!counts || !isCompromised || sign.subject !== 'account')
            continue;
        if ((stage !== 'credentials' && stage !== 'collection') || user === null || first === null || !isPerson(user))
            continue;
        const key = identities.addressOf(user).toLowerCase();
        const time = Date.parse(first);
        const mark = marks.get(key) ?? { finding: id, account: user, time, clients: new Set() };
        marks.set(key, mark);
        if (time < mark.time)
            Object.assign(mark, { finding: id, time });
        if (client !== null)
            mark.clients.add(client);
    }
    return marks;
}
//# sourceMappingURL=later-logons.js.map