import {} from '../../model/answer.js';
import { isAtLeastLikely } from '../../model/sign.js';
/** Questions whose open answer leaves the verdict open. What is open about the end of the evidence does not. */
export const deciding = ['targeted', 'exploited', 'compromised', 'mail-taken'];
/** One verdict of the answers: the first that applies (docs/use/verdicts.md). */
export function ruleVerdict({ is, hasOpenLead, isUncovered, isUnread, isNamedBeyond }) {
    const holds = (question) => isAtLeastLikely(is(question));
    if (holds('compromised') || holds('still-there'))
        return 'compromised';
    if (holds('exploited') || holds('mail-taken'))
        return 'exploited';
    const noIntrusion = is('exploited') === 'no-evidence' && is('compromised') === 'no-evidence';
    if (holds('targeted') && noIntrusion && !hasOpenLead)
        return 'targeted';
    const isOpen = deciding.some((question) => is(question) === 'cannot-tell');
    return isOpen || hasOpenLead || isUncovered || isUnread || isNamedBeyond ? 'cannot-tell' : 'no-evidence';
}
//# sourceMappingURL=verdict-rule.js.map