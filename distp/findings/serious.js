import { stageQuestion } from '../model/answer.js';
import {} from '../model/finding.js';
import { isAtLeastLikely, isStrong, levelOfStrength } from '../model/sign.js';
/** Is it more than an attempt, and not explained? */
export function serious(finding) {
    const question = stageQuestion[finding.stage];
    return question !== null && question !== 'targeted' && finding.level !== 'informational' && finding.level !== 'low';
}
/** Does it show that an attacker came in, and not only look like ordinary work? */
export function isIntrusion(finding) {
    return serious(finding) && isAtLeastLikely(finding.is);
}
/** What a finding comes to by its own sign, before it is weighed with others. */
export const isByStrength = {
    decisive: 'yes',
    strong: 'likely',
    weak: 'lead',
    context: 'nothing',
};
/** The level of a finding before it is weighed: an attempt is low, whatever it tried. */
export function levelBefore(stage, { strength }) {
    if (strength === 'context' || stage === 'context')
        return 'informational';
    return stageQuestion[stage] === 'targeted' ? 'low' : levelOfStrength[strength];
}
/** Findings of it are ordinary noise, of which one per client and day is enough to read. */
export function isNoise(stage, { strength }) {
    return strength === 'context' || (strength === 'weak' && stageQuestion[stage] === 'targeted');
}
/** Is it by itself a strong sign of more than an attempt? Findings that do not count here are not weighed. */
export function isSignOfIntrusion({ stage, sign }) {
    const question = stageQuestion[stage];
    return question !== null && question !== 'targeted' && isStrong(sign);
}
//# sourceMappingURL=serious.js.map