import { isPerson } from '../../activity/identities.js';
import { stageQuestion } from '../../model/answer.js';
import { isAtLeastLikely, isStrong, persons } from '../../model/sign.js';
import { levels } from '../../model/stages.js';
/** The question that a finding answers and how surely; null where it answers none. */
export function scoreFinding({ counts, finding }) {
    const question = stageQuestion[finding.stage];
    if (!counts || !question || !isAtLeastLikely(finding.is))
        return null;
    return { question, is: finding.is };
}
/** All that these findings say. Use of a vulnerability that came to nothing, as the fix was in, was tried. */
export function scoreQuestions(own, subjects = []) {
    const is = new Map();
    const idle = new Set();
    for (const f of own) {
        const score = scoreFinding(f);
        if (score)
            strengthen(is, score.question, score.is, f.finding.id);
        else if (f.counts)
            idle.add(f.finding.id);
    }
    for (const { question, is: how, findings } of subjects)
        if (question === 'targeted' && isAtLeastLikely(how))
            for (const id of findings)
                if (idle.has(id))
                    strengthen(is, question, how, id);
    return is;
}
/**
 * Adds what answers say of others. What is still there was planted; mail that an account took says that the account is the
 * intruder's, and mail taken through a vulnerability that this was exploited; code in a page or below a worker of Exchange
 * came by a vulnerability, likely, where nothing shows how; what only a vulnerability brings about shows that it worked; and
 * all that happened was tried.
 */
export function implyEarlierQuestions(is, own) {
    imply(is, 'still-there', 'compromised');
    const because = is.get('mail-taken')?.because ?? new Set();
    const forged = new Set(own.flatMap(({ finding }) => (isForged(finding) ? (finding.intrusion ?? []) : [])));
    for (const f of own.filter(({ finding }) => because.has(finding.id))) {
        if (isByPerson(f.finding, forged))
            strengthen(is, 'compromised', certaintyOf(f), f.finding.id);
        if (isThroughVulnerability(f.finding, forged))
            strengthen(is, 'exploited', certaintyOf(f), f.finding.id);
    }
    const compromised = is.get('compromised');
    const ran = own.filter(({ finding }) => compromised?.because.has(finding.id));
    const code = ran.find(({ finding }) => isInWorker(finding) && !ran.some((one) => mayHavePut(one.finding, finding)));
    if (code)
        strengthen(is, 'exploited', 'likely', code.finding.id);
    for (const f of ran)
        if (isEffectOfVulnerability(f.finding))
            strengthen(is, 'exploited', certaintyOf(f), f.finding.id);
    for (const question of ['exploited', 'compromised', 'mail-taken']) {
        const first = firstOf(is, question);
        if (first !== undefined)
            strengthen(is, 'targeted', 'yes', first);
    }
}
function imply(is, question, earlier) {
    const first = firstOf(is, question);
    if (first !== undefined)
        strengthen(is, earlier, is.get(question).is, first);
}
function firstOf(is, question) {
    const [first] = is.get(question)?.because ?? [];
    return first;
}
/** A request that used a vulnerability: what follows in its intrusion has an identity that it forged. */
function isForged({ stage, is }) {
    return (stage === 'access' || stage === 'write') && isAtLeastLikely(is);
}
/** An act in the name of an account, which needs no vulnerability; also an export that a named account ordered. */
function isByPerson({ sign: { subject }, user, intrusion }, forged) {
    if (persons.has(subject))
        return true;
    const isOrder = subject === 'export' && user !== null && isPerson(user);
    return isOrder && (intrusion === null || !forged.has(intrusion));
}
/** Under an identity that no account gave, or in a way that only a vulnerability opens. */
function isThroughVulnerability(finding, forged) {
    const { cves, sign } = finding;
    return !isByPerson(finding, forged) || (cves.length > 0 && isStrong(sign) && persons.has(sign.subject));
}
/** Code that ran in a worker of Exchange, or a page that it serves. */
function isInWorker({ stage, sign, facts }) {
    if (sign.subject === 'page')
        return stage === 'shell' || stage === 'execution';
    if (stageQuestion[stage] === null || stageQuestion[stage] === 'targeted')
        return false;
    // What a child of a worker plants, takes or packs is code that ran there, too.
    return /(?:w3wp|UMWorkerProcess|EdgeTransport)\.exe$/i.test(String(facts.ParentImage ?? ''));
}
/** A logon, a management session, a module or an agent of the same intrusion, before the code ran: it may have put it there. */
function mayHavePut({ sign: { subject }, intrusion, first, time }, code) {
    if (intrusion === null || intrusion !== code.intrusion)
        return false;
    const [at, ran] = [first ?? time, code.first ?? code.time];
    return ((persons.has(subject) || subject === 'module' || subject === 'agent') && at !== null && ran !== null && at < ran);
}
/** What only the use of a vulnerability brings about. */
function isEffectOfVulnerability({ cves, sign }) {
    return cves.length > 0 && sign.kind === 'effect';
}
function certaintyOf({ finding }) {
    return finding.is === 'yes' ? 'yes' : 'likely';
}
/** Adds evidence for a question; certain evidence comes first. */
export function strengthen(is, question, to, because) {
    const now = is.get(question);
    if (!now)
        is.set(question, { is: to, because: new Set([because]) });
    else if (to === 'yes' && now.is === 'likely')
        is.set(question, { is: to, because: new Set([because, ...now.because]) });
    else
        now.because.add(because);
}
/** What weighs most comes first; then the order of time. */
export function weightiest(input, ids) {
    let order = orderOf.get(input);
    if (!order) {
        const weighed = input.found.map(({ finding }, i) => [finding.id, (finding.is === 'yes' ? 0 : 10) + 4 - levels.indexOf(finding.level) + i / 1e7]);
        orderOf.set(input, (order = new Map(weighed)));
    }
    return [...ids].sort((a, b) => (order.get(a) ?? 99) - (order.get(b) ?? 99));
}
/** Places of findings in the order of their weight: made once a case. */
const orderOf = new WeakMap();
/** Findings by their ids: made once a case. */
export function findingsById(input) {
    let byId = byIdOf.get(input);
    if (!byId)
        byIdOf.set(input, (byId = new Map(input.found.map(({ finding }) => [finding.id, finding]))));
    return byId;
}
const byIdOf = new WeakMap();
//# sourceMappingURL=finding-weight.js.map