import { isPerson } from '../activity/identities.js';
import { addTo } from '../lib/collections.js';
import { vantageOf } from '../model/log-kinds.js';
import { isStrong, persons } from '../model/sign.js';
import { rank } from '../model/stages.js';
import { joins } from './joins.js';
/** Cmdlets of an account, by the numbers of their findings, each with the finding of the intruder's session of that time. */
export function actsInSessions(found, { logons, identities }, byAccount) {
    const of = (user) => identities.accountOf(user);
    const acts = found.flatMap((f, i) => (isCmdletOfPerson(f) ? [{ i, account: of(f.finding.user), f }] : []));
    if (acts.length === 0)
        return [];
    const named = new Set(acts.map(({ account }) => account));
    const signs = new Map();
    for (const [i, f] of found.entries()) {
        const { user, client } = f.finding;
        if (user === null || client === null || !named.has(of(user)) || !isSignOfAccount(f, byAccount))
            continue;
        const key = `${of(user)}\0${client}`;
        if (!signs.has(key))
            signs.set(key, i);
    }
    if (signs.size === 0)
        return [];
    const sessions = new Map();
    for (const { user, client, days } of logons.believed()) {
        const account = of(user);
        if (!named.has(account))
            continue;
        const by = signs.get(`${account}\0${client}`) ?? null;
        for (const { first, last, isBeside } of days)
            if (by !== null || !isBeside)
                addTo(sessions, account, { client, from: first, to: last, by });
    }
    return acts.flatMap(({ i, account, f }) => {
        const time = Date.parse(f.finding.time);
        const then = (sessions.get(account) ?? []).filter(({ from, to }) => from <= time && time <= to + joins['account session'].within);
        const by = then[0]?.by ?? null;
        // Where the owner is at work, too, it may be the owner's.
        return by === null || by === i || then.some((session) => session.by === null) ? [] : [[by, i]];
    });
}
function isCmdletOfPerson({ counts, finding }) {
    const { log, user, client, time, stage } = finding;
    const isAct = counts && rank(stage) >= rank('access') && stage !== 'context';
    return isAct && vantageOf(log) === 'cmdlet' && client === null && time !== null && user !== null && isPerson(user);
}
/** A sign that the account is in the hands of an intruder, at the address of the finding. */
function isSignOfAccount({ counts, finding }, byAccount) {
    const { sign, stage, id } = finding;
    const isAct = stage === 'credentials' || stage === 'collection';
    return counts && isAct && persons.has(sign.subject) && (isStrong(sign) || byAccount.has(id));
}
//# sourceMappingURL=account-sessions.js.map