import { withoutDomain } from '../../../model/account-names.js';
import { grantsIn } from '../../../findings/grants.js';
import { fieldText } from '../../../model/event.js';
import { vantageOf } from '../../../model/log-kinds.js';
import { isStrong } from '../../../model/sign.js';
import { parameterOf } from '../../../model/cmdlet-parameters.js';
import { DAY, HOUR } from '../../../lib/time.js';
// Facts from the other findings that several explanations need: accounts with a sign, times of hostile acts, granted rights.
/** What counts of the findings of a subject. */
export function actsOf(found) {
    return found.filter(({ counts, finding: { stage, sign } }) => counts && stage !== 'context' && sign.strength !== 'context');
}
/** The entries of what counts. */
export function eventsOf(found) {
    return actsOf(found).flatMap(({ hits }) => hits.map(({ event }) => event));
}
/** Signs that an account is compromised: not its acts, which an administrator may do, too. */
const signsOfTheft = new Set(['guessing', 'origin', 'manner', 'listed']);
/** Stages of an intruder at work on the server: by a forged identity all accounts are his. */
const atWork = new Set(['access', 'write', 'shell', 'execution', 'credentials']);
const others = new WeakMap();
function othersOf(all) {
    const known = others.get(all);
    if (known)
        return known;
    const suspects = new Map();
    const acts = [];
    const grants = [];
    for (const f of all) {
        const { finding, hits, counts } = f;
        for (const { event, misplaced, custom } of hits)
            if (!misplaced && !custom)
                for (const grant of grantsIn(event))
                    grants.push(grant);
        if (!counts || finding.stage === 'context' || finding.sign.strength === 'context')
            continue;
        const { sign, stage } = finding;
        if (signsOfTheft.has(sign.kind))
            for (const { event } of hits)
                if (event.user !== null && event.time !== null) {
                    const account = withoutDomain(event.user);
                    suspects.set(account, Math.min(suspects.get(account) ?? Infinity, event.time));
                }
        const [first, last] = [finding.first ?? finding.time, finding.last ?? finding.time];
        const isTimed = finding.timeBasis !== 'file' && first !== null && last !== null;
        if (atWork.has(stage) && isStrong(sign) && isTimed && sign.subject !== 'export')
            acts.push({ first: Date.parse(first), last: Date.parse(last), id: finding.id });
    }
    const hostile = [...acts].sort((a, b) => a.first - b.first);
    const hostileFromLast = [...acts].sort((a, b) => b.last - a.last);
    const made = { suspects, hostile, hostileFromLast, grants };
    others.set(all, made);
    return made;
}
/** Has the account a sign of its own before this time, or within a day after it? */
export function isSuspect(account, time, { all = [] }) {
    return (othersOf(all).suspects.get(withoutDomain(account)) ?? Infinity) <= time + DAY;
}
/** Did an act that is rare in ordinary work happen on the server before this time? Acts of the subject itself do not count. */
export function isAfterHostileAct(time, own, { all = [] }) {
    const first = firstHostileAct(own, { all });
    return first !== null && first <= time + HOUR;
}
/** The last act that is rare in ordinary work, other than those of the subject itself; null where there is none. */
export function lastHostileAct(own, { all = [] }) {
    return otherThan(own, othersOf(all).hostileFromLast)?.last ?? null;
}
/** The first such act. */
export function firstHostileAct(own, { all = [] }) {
    return otherThan(own, othersOf(all).hostile)?.first ?? null;
}
function otherThan(own, acts) {
    const ids = new Set(own.map(({ finding: { id } }) => id));
    return acts.find(({ id }) => !ids.has(id));
}
export function grantsOf({ all = [] }) {
    return othersOf(all).grants;
}
/**
 * How well the account of an act is known as one that administers: `strong` with two days before that of the act, `weak` with one.
 * Null where it is not, where it has a sign, where the act serves itself, and while an intruder may have acted in its name.
 */
export function administratorOf(event, own, context) {
    const { user, time } = event;
    if (user === null || time === null || !context.administration || !isOrder(event))
        return null;
    if (isSuspect(user, time, context) || isAfterHostileAct(time, own, context) || isForItself(event, user))
        return null;
    const days = context.administration.daysBefore(user, time);
    return days === 0 ? null : days === 1 ? 'weak' : 'strong';
}
/** Something that was ordered, and not read or sent: a cmdlet, or what Windows records of who made a task, service or account. */
export function isOrder({ log, fields }) {
    return vantageOf(log) === 'cmdlet' || (log === 'windows-security' && orders.has(Number(fields.EventID)));
}
const orders = new Set([4697, 4698, 4702, 4720, 4722, 4728, 4732, 4738, 4756]);
/** Does the account that ran the cmdlet itself get the right, the mail or the account? */
function isForItself(event, user) {
    const own = withoutDomain(user);
    const named = beneficiaries.flatMap((name) => parameterOf(event, name) ?? []);
    const target = fieldText(event, 'Cmdlet') === null ? [] : named;
    return target.some((name) => withoutDomain(name.replace(/^smtp:/i, '')) === own);
}
/** Parameters that name who gets something. */
const beneficiaries = [
    'User',
    'Member',
    'Members',
    'Trustee',
    'TargetMailbox',
    'JournalEmailAddress',
    'ForwardTo',
    'RedirectTo',
    'ForwardAsAttachmentTo',
    'ForwardingAddress',
    'ForwardingSmtpAddress',
    'GrantSendOnBehalfTo',
    'BlindCopyTo',
    'CopyTo',
    'RedirectMessageTo',
];
//# sourceMappingURL=acts.js.map