import { zoneOf } from '../../lib/zones.js';
import {} from '../../model/assessment.js';
import {} from '../../model/actor.js';
import {} from '../../model/mailbox.js';
import { noPackTexts, packTextOf } from '../../model/pack-texts.js';
import { stageQuestion } from '../../model/answer.js';
import {} from '../../model/finding.js';
import {} from '../../model/persistence.js';
import {} from '../../model/stages.js';
import { productWords } from '../../lib/product.js';
import { beyondLogs, verdictSubjects } from '../shared/weighed.js';
import { openLeads } from '../../model/weight.js';
import { exposureGroups } from '../shared/exposure-words.js';
import { questionOrder, waysBackIn } from '../shared/wording.js';
import { countingSigns } from '../../model/weight.js';
export const headlines = [
    'compromised',
    'left',
    'exploited',
    'mail',
    'targeted',
    'cannot-tell',
    'no-evidence',
];
const holds = (is) => is === 'yes' || is === 'likely';
const behind = ['exploited', 'compromised', 'mail-taken'];
export function briefingFacts(a, texts = noPackTexts) {
    const is = Object.fromEntries(questionOrder.map((question) => [question, a.answers.find((x) => x.question === question)?.is ?? 'not-asked']));
    const headline = headlineOf(a, is);
    const intrusion = headline !== 'targeted' && headline !== 'cannot-tell' && headline !== 'no-evidence';
    const counted = findingsOf(a, intrusion);
    const seen = intrusion ? a.verdict.seen.steps : a.verdict.seen.attempts;
    const entrances = a.campaigns.filter((c) => c.asked && isEntrance(c, intrusion));
    const least = leastCovered(a.answers);
    const groups = exposureGroups(a);
    const { timezone } = a.knowledge.options;
    return {
        name: a.server.name,
        kind: a.server.product === 'exchange-online' ? 'tenant' : 'server',
        product: a.server.product === 'none' || a.server.product === '' ? null : productWords(a.server.product),
        headline,
        sure: a.verdict.sure,
        beyond: beyondOf(is),
        why: openLeads(a).length > 0
            ? 'lead'
            : a.coverage.first === null
                ? 'nothing'
                : a.verdict.covers.missingHours > 0
                    ? 'hours'
                    : 'silent',
        is,
        doors: entrances
            .filter(({ campaign }) => campaign !== 'unknown')
            .map((c) => doorOf(c, a, packTextOf(texts.campaigns, c.campaign) ?? null, intrusion, seen.first)),
        otherDoor: entrances.some(({ campaign }) => campaign === 'unknown'),
        askedDoors: a.campaigns.filter(({ asked, campaign }) => asked && campaign !== 'unknown').length,
        first: seen.first,
        last: seen.last,
        inexact: counted.some(({ timeBasis, time }) => time !== null && (timeBasis === 'assumed' || timeBasis === 'file')),
        steps: stepsOf(counted, a),
        actors: a.actors.filter(({ named }) => named).map(({ actor, words }) => ({ actor, words })),
        taken: takenOf(a, counted, is),
        left: leftOf(a.persistence),
        open: a.answers.filter((x) => x.is === 'cannot-tell').map(openOf),
        rests: restsOf(a),
        leads: openLeads(a)
            .slice(0, RESTS)
            .map(({ kind, name }) => ({ kind, name })),
        beyondLogs: beyondLogs(a)
            .slice(0, RESTS)
            .map(({ campaign: { name }, from, to }) => ({ name, from, to })),
        exposure: {
            open: groups.open.length,
            used: groups.open.filter(({ exploited }) => exploited).length,
        },
        support: a.exposure.support === null || a.exposure.support.is === 'unknown'
            ? null
            : {
                product: a.exposure.support.product,
                end: a.exposure.support.end,
                ended: a.exposure.support.is === 'ended',
            },
        logs: { from: a.coverage.first, to: a.coverage.last, ...least },
        evidence: {
            files: a.evidence.files,
            bytes: a.evidence.bytes,
            gaps: a.evidence.gaps.reduce((sum, { count }) => sum + count, 0),
        },
        whole: !a.degraded && !a.incomplete,
        masked: a.knowledge.options.mask !== undefined,
        zone: timezone === undefined ? null : zoneOf(timezone),
        tool: a.knowledge.tool.replace(/^postern /, ''),
        digest: a.knowledge.sha256.slice(0, 16),
    };
}
const RESTS = 2;
const ofPersons = new Set(['account', 'session', 'device', 'inbox-rule', 'grant', 'mailbox']);
function restsOf(a) {
    return verdictSubjects(a)
        .filter(({ kind }) => !ofPersons.has(kind))
        .slice(0, RESTS)
        .map((subject) => ({
        kind: subject.kind,
        name: subject.name,
        signs: countingSigns(subject).flatMap(({ kind, tiedBy }) => (tiedBy === undefined ? [kind] : [])),
    }));
}
function headlineOf({ verdict }, is) {
    if (verdict.is === 'compromised')
        return !holds(is.compromised) && holds(is['still-there']) ? 'left' : 'compromised';
    if (verdict.is === 'exploited')
        return !holds(is.exploited) && holds(is['mail-taken']) ? 'mail' : 'exploited';
    return verdict.is;
}
function beyondOf(is) {
    if (behind.some((q) => is[q] === 'cannot-tell' || is[q] === 'not-asked'))
        return 'cannot-tell';
    return holds(is['mail-taken']) ? 'mail' : 'no-evidence';
}
/** Findings that the answers rest on: those that count. */
function findingsOf(a, intrusion) {
    const asked = intrusion ? [...behind, 'still-there'] : ['targeted'];
    const ids = new Set(a.answers.filter((x) => asked.includes(x.question) && holds(x.is)).flatMap(({ because }) => because));
    // A scan is no step of an intruder, though it may be what an answer rests on beside others.
    return a.findings.filter(({ id, stage }) => ids.has(id) && (!intrusion || stageQuestion[stage] !== 'targeted'));
}
function isEntrance({ answers }, intrusion) {
    const asked = intrusion ? [...behind, 'still-there'] : ['targeted'];
    return answers.some((answer) => asked.includes(answer.question) && holds(answer.is));
}
function doorOf(c, a, text, intrusion, first) {
    const own = text === null ? [] : a.exposure.cves.filter(({ cve }) => text.cves.includes(cve));
    const states = own.map(({ state }) => state);
    const hole = own.length === 0
        ? null
        : states.includes('open')
            ? 'open'
            : states.includes('mitigated')
                ? 'mitigated'
                : states.includes('unknown')
                    ? 'unknown'
                    : states.includes('fixed')
                        ? 'fixed'
                        : null;
    const fixes = own.flatMap(({ intervals }) => intervals.find(({ state }) => state === 'fixed')?.from ?? []);
    const fixedAt = hole === 'fixed' ? (fixes.sort().at(-1) ?? null) : null;
    const asked = intrusion ? behind : ['targeted'];
    return {
        text,
        name: c.name,
        sure: c.answers.some((answer) => asked.includes(answer.question) && answer.is === 'yes'),
        hole,
        fixedAt,
        tooLate: intrusion && a.exposure.patchedTooLate === true && fixedAt !== null && first !== null && first < fixedAt,
    };
}
/** Stages in the order of time; those without a time last. */
function stepsOf(findings, a) {
    const told = findings.filter(({ stage }) => stage !== 'context');
    return [...Map.groupBy(told, ({ stage }) => stage)]
        .map(([stage, of]) => {
        const question = stageQuestion[stage];
        const alone = new Set(told.filter((f) => stageQuestion[f.stage] === question).map((f) => f.stage)).size === 1;
        const answer = a.answers.find((x) => x.question === question);
        const times = of.flatMap(({ first, last, time }) => [first ?? time, last ?? time]).filter((t) => t !== null);
        return {
            stage,
            sure: of.some(({ is }) => is === 'yes') || (alone && answer?.is === 'yes'),
            first: times.reduce((x, y) => (x === null || y < x ? y : x), null),
            last: times.reduce((x, y) => (x === null || y > x ? y : x), null),
        };
    })
        .sort((x, y) => ((x.first ?? '~') < (y.first ?? '~') ? -1 : (x.first ?? '~') > (y.first ?? '~') ? 1 : 0));
}
function takenOf(a, counted, is) {
    const boxes = a.mailboxes.filter(({ scope }) => scope === 'mailbox');
    const certain = boxes.filter(isCertain);
    const whole = a.mailboxes.filter(({ scope }) => scope === 'server');
    const told = certain.length > 0 ? certain : boxes.length > 0 ? boxes : whole;
    const edges = told.flatMap(({ first, last }) => [first, last]).filter((t) => t !== null);
    const secrets = counted.filter(({ stage }) => stage === 'credentials');
    const keys = a.persistence.some(({ kind }) => kind === 'keys');
    const items = told.flatMap(({ items: n }) => (n === null ? [] : [n]));
    return {
        certain: certain.length,
        possible: boxes.filter(({ certainty }) => certainty === 'possible').length,
        any: whole
            .filter(({ certainty }) => certainty === 'possible')
            .map(({ first, last }) => ({ from: first, to: last })),
        unknown: whole.some(({ certainty }) => certainty === 'unknown') || (holds(is['mail-taken']) && a.mailboxes.length === 0),
        means: [...new Set(told.flatMap(({ means }) => means))].sort(),
        from: edges.reduce((x, y) => (x === null || y < x ? y : x), null),
        to: edges.reduce((x, y) => (x === null || y > x ? y : x), null),
        requests: told.reduce((sum, { requests }) => sum + requests, 0),
        bytes: told.reduce((sum, { bytes }) => sum + bytes, 0),
        items: items.length === 0 ? null : items.reduce((x, y) => x + y),
        secrets: secrets.some(({ is }) => is === 'yes') ? 'yes' : secrets.length > 0 || keys ? 'likely' : 'no',
        mailboxes: [...certain, ...boxes.filter(({ certainty }) => certainty === 'possible')].map((box) => [box, sureOf(box, a.findings)]),
    };
}
/** Ids of findings that are certain: made once for a list. */
function provenIn(findings) {
    let proven = provenOf.get(findings);
    if (!proven) {
        proven = new Set(findings.flatMap(({ id, is }) => (is === 'yes' ? [id] : [])));
        provenOf.set(findings, proven);
    }
    return proven;
}
const provenOf = new WeakMap();
/** Certain where a finding is certain or two logs join; a mailbox that other findings name is probable. */
export function sureOf({ certainty, because }, findings) {
    if (certainty === 'possible' || certainty === 'unknown')
        return certainty;
    const proven = because.some((id) => provenIn(findings).has(id));
    return proven || certainty === 'joined' ? 'certain' : 'probable';
}
export function isCertain({ certainty }) {
    return certainty === 'named' || certainty === 'joined';
}
function leftOf(persistence) {
    const same = Map.groupBy(waysBackIn(persistence), ({ kind, state }) => `${states.indexOf(state)} ${kind}`);
    return [...same]
        .sort(([x], [y]) => (x < y ? -1 : 1))
        .map(([, list]) => ({ kind: list[0].kind, state: list[0].state, count: list.length }));
}
const states = ['present', 'unknown', 'requested-after-removal', 'was-there'];
function openOf({ question, coverage }) {
    const { covered, of } = coverage;
    const why = question === 'still-there' ? 'state' : of > 0 && covered < of ? 'hours' : 'silent';
    return { question, why, covered, of };
}
function leastCovered(answers) {
    const asked = answers.filter(({ question, coverage }) => question !== 'still-there' && coverage.of > 0);
    return asked.reduce((least, { coverage: { covered, of } }) => least.of === 0 || covered / of < least.covered / least.of ? { covered, of } : least, { covered: 0, of: 0 });
}
//# sourceMappingURL=facts.js.map