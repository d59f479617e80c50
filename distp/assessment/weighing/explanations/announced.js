import { withoutDomain } from '../../../model/account-names.js';
import { canonicalIp, inCidr } from '../../../lib/ip.js';
import { stateKinds } from '../../../model/log-kinds.js';
import { signKinds } from '../../../model/sign.js';
/**
 * The operator announced it: subject, act, time and reason. It does not explain what was left on the machine.
 */
export const announced = ({ subject, found }, { known }) => {
    const all = known?.announced ?? [];
    if (all.length === 0 || found.length === 0)
        return null;
    const acts = found.filter(({ counts }) => counts);
    const one = all.find((own) => acts.length > 0 && acts.every((act) => isOf(own, act, subject.name)));
    if (!one)
        return null;
    return {
        by: 'announced',
        of: one.reason,
        strength: 'decisive',
        answers: signKinds,
        says: `It was announced by ${one.by}: ${one.reason}.`,
    };
};
function isOf(own, { finding, hits }, name) {
    if (own.act !== null && own.act !== finding.stage)
        return false;
    // What is still there at the end of the evidence was left behind.
    if (stateKinds.has(finding.log))
        return false;
    return hits.every(({ event }) => isThen(own, event) && (isNamed(own.subject, event) || isSame(own.subject, name)));
}
function isThen({ from, to }, { time }) {
    return time !== null && time >= from && time <= to;
}
/** The client address or the account of a row. */
function isNamed(subject, { client, user }) {
    const base = canonicalIp(subject.split('/')[0]);
    if (base !== null)
        return client !== null && inCidr(client, subject);
    return user !== null && withoutDomain(user) === withoutDomain(subject);
}
function isSame(subject, name) {
    return subject.toLowerCase() === name.toLowerCase();
}
//# sourceMappingURL=announced.js.map