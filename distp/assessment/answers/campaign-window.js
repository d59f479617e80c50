import {} from './assessment-input.js';
import { rank } from '../../model/stages.js';
import { exposureAt } from '../exposure/exposure.js';
import { formatDate } from './sentences.js';
import { DAY, hourOf } from '../../lib/time.js';
import { productWords } from '../../lib/product.js';
import { leastOf } from '../../lib/collections.js';
import { isAtLeastLikely, persons } from '../../model/sign.js';
export function windowOf(input, campaign) {
    const door = input.doors.get(campaign.id);
    const wave = { from: Date.parse(campaign.exploitation.from), to: Date.parse(campaign.exploitation.to) + DAY };
    const settled = settledBy(input, campaign, door, wave);
    const span = spanOf(input, door, wave);
    const asked = asking(input, campaign, door, wave, settled);
    const beyond = settled === null && (asked.asked || asked.perhaps) ? beyondOf(input, campaign, span) : null;
    return { campaign, door, ...span, settled, beyond, ...asked };
}
/** The exploitation period, limited by the server, its fix, the evidence and the time that the user gave. */
function spanOf({ server, meter: { last }, narrowed }, door, wave) {
    const from = Math.max(wave.from, server.installed ?? wave.from);
    const to = Math.min(door.fixedAt ?? Infinity, wave.to, last ?? -Infinity);
    const end = last ?? wave.from;
    if (!narrowed)
        return { from, to, end };
    return {
        from: Math.max(from, narrowed.from ?? from),
        to: Math.min(to, narrowed.to ?? to),
        end: Math.min(end, narrowed.to ?? end),
    };
}
const ask = (reason) => ({ asked: true, perhaps: false, reason });
const pass = (reason, perhaps = false) => ({ asked: false, perhaps, reason });
/** Is the campaign asked about, and why: the first reason that holds. */
function asking(input, campaign, door, wave, settled) {
    if (input.named.includes(campaign.id))
        return ask('named by --campaign');
    const noted = findingOf(input, campaign, door, wave);
    if (noted)
        return ask(`a finding indicates it (${noted.finding.id})`);
    // Set up in the exploitation period with the fix installed: never vulnerable.
    const built = settled !== null && input.server.installed !== null && input.server.installed >= wave.from;
    const open = built || isElsewhere(campaign) ? null : openIn(door, wave);
    if (open === null)
        return pass(settled ?? whyShut(input, campaign));
    const silent = unasked(campaign, door, wave);
    if (silent !== null)
        return pass(silent);
    const first = beginOf(input, campaign);
    const { last } = input.meter;
    const reaches = isElsewhere(campaign)
        ? first !== null && last !== null && open.from <= last && open.to >= first
        : coversSome(input, campaign, open);
    if (reaches)
        return ask('the logs cover a part of its exploitation period in which the server was or may have been vulnerable');
    // The evidence does not cover later exploitation, and need not.
    if (last !== null && last < open.from)
        return pass('the evidence ends before known exploitation began');
    const reason = first === null
        ? 'the evidence contains none of the logs that it needs'
        : 'the evidence contains no logs of that time';
    // A server that was set up after the exploitation period was not vulnerable in it.
    const perhaps = settled === null && input.server.product !== 'none' && campaign.assess === undefined;
    return pass(settled ?? reason, perhaps);
}
/** Is a part of this time covered by logs that the campaign needs? Where no log shows the attack, by any. */
function coversSome({ meter }, campaign, time) {
    const alternatives = alternativesOf(campaign);
    const to = Math.min(time.to, meter.last ?? -Infinity);
    if (to <= time.from)
        return false;
    return alternatives.length === 0
        ? meter.first !== null && meter.first < to
        : meter.stretch(time.from, to, alternatives) !== null;
}
/** The beginning of the time asked about that lies before the unbroken stretch of its logs; null where that is less than a day. */
function beyondOf({ meter }, campaign, { from, to }) {
    const alternatives = alternativesOf(campaign);
    if (alternatives.length === 0 || to <= from)
        return null;
    // Logs that could not be read are there.
    if (meter.lostIn(alternatives.flat(), hourOf(from), hourOf(to)).length > 0)
        return null;
    const begin = meter.stretch(from, to, alternatives) ?? to;
    return begin - from >= DAY ? { from, to: begin } : null;
}
/** Alternatives of logs that show the attack or its success. */
function alternativesOf({ needs }) {
    return [...(needs.targeted ?? []), ...(needs.exploited ?? [])];
}
/** A finding that indicates the campaign at a time at which it was possible. */
function findingOf(input, campaign, door, wave) {
    return input.found.find(({ finding, counts }) => {
        if (!counts || finding.campaign !== campaign.id || !isAtLeastLikely(finding.is))
            return false;
        if (finding.sign.strength === 'context')
            return false;
        const isWeak = finding.sign.strength === 'weak';
        // What any intruder with a password does is of a campaign only where it names the vulnerability.
        if (isWeak && persons.has(finding.sign.subject) && finding.cves.length === 0)
            return false;
        return (isWeak ? inWaveAndOpen : inWaveOrOpen)(finding, campaign, wave, door);
    });
}
/** Why the server was not vulnerable in the exploitation period, where exposure alone does not decide. */
function whyShut({ server }, campaign) {
    if (isElsewhere(campaign))
        return 'exposure does not depend on the Exchange build, and there are no related findings';
    return server.product === 'none'
        ? 'the evidence shows no sign of Exchange'
        : 'no build of this server was vulnerable in its exploitation period';
}
/** The begin of the logs that it needs; where no log shows the attack, any log that shows that the server ran. */
function beginOf({ meter }, campaign) {
    const kinds = needed(campaign);
    const begins = kinds.flatMap((kind) => meter.begin(kind) ?? []);
    return leastOf(begins, kinds.length === 0 ? meter.first : null);
}
/** Why a rarely exploited vulnerability is not assessed; null where the campaign is no such one. */
function unasked(campaign, door, wave) {
    if (campaign.assess === undefined)
        return null;
    if (campaign.assess === 'when-indicated')
        return `${(campaign.needs.targeted ?? []).length === 0 ? 'no log of a server records it' : 'rarely exploited'}, and no related findings`;
    const seenOpen = door.spans.some((span) => span.state === 'open' && (span.from ?? wave.from) < wave.to && (span.to ?? wave.to) >= wave.from);
    return seenOpen ? null : 'rarely exploited, and no vulnerable build was seen in its exploitation period';
}
/** No build of the server prevents it: product and build decide nothing. */
export function isElsewhere(campaign) {
    return campaign.vulnerabilities.length === 0;
}
/** What exposure alone decides: product not affected, fixed before the exploitation period, installed after it. */
function settledBy(input, campaign, door, wave) {
    if (input.server.product === 'none' || isElsewhere(campaign))
        return null;
    if (!door.affected)
        return `exposure: ${productWords(input.server.product)} is not affected`;
    if (input.server.installed !== null && input.server.installed >= wave.to)
        return `exposure: installed on ${formatDate(input.server.installed)}, after the exploitation period`;
    const first = door.spans[0];
    if (first &&
        first.state === 'fixed' &&
        first.from !== null &&
        first.from <= Math.max(wave.from, input.server.installed ?? -Infinity) + DAY &&
        door.end === 'fixed' &&
        door.lastOpen === null) {
        return `exposure: build ${first.build} had the fix before known exploitation began`;
    }
    return null;
}
/** The exploitation period, cut to when the server was or may have been vulnerable; null when it never was. */
function openIn(door, wave) {
    if (!door.affected)
        return null;
    const to = Math.min(door.fixedAt ?? Infinity, wave.to);
    return to > wave.from ? { from: wave.from, to } : null;
}
function inWaveOrOpen(finding, campaign, wave, door) {
    if (finding.time === null)
        return false;
    const time = Date.parse(finding.time);
    // Before the exploitation period only exploitation itself indicates a campaign: later stages came by other vulnerabilities.
    if (time < wave.from &&
        finding.cves.length > 0 &&
        !finding.cves.some((cve) => campaign.vulnerabilities.includes(cve)))
        return false;
    return (time >= wave.from && time < wave.to) || (door.spans.length > 0 && exposureAt(door, time) === 'open');
}
/** A finding that also fits ordinary work indicates a campaign only in its exploitation period, and not while the fix was installed. */
function inWaveAndOpen({ time }, campaign, wave, door) {
    if (time === null || isElsewhere(campaign))
        return false;
    const at = Date.parse(time);
    return at >= wave.from && at < wave.to && exposureAt(door, at) !== 'fixed';
}
function needed(campaign) {
    return [...new Set([...(campaign.needs.targeted ?? []), ...(campaign.needs.exploited ?? [])].flat())];
}
/**
 * A finding belongs to a campaign if it lies in its open window or an intrusion links it to one that does; else to `unknown`.
 * What names no vulnerability (a shell, an export) is of the campaign whose vulnerability was used in its intrusion, or that
 * another rule names for the same row, whichever pack holds the rule.
 */
export function credit(input, windows) {
    const credited = new Map();
    const intrusions = new Map();
    const named = namedBy(input, windows);
    for (const { finding } of input.found) {
        const w = windows.find((window) => window.campaign.id === finding.campaign);
        if (!w || !openAt(w, finding) || named(finding).some((id) => id !== finding.campaign))
            continue;
        credited.set(finding.id, w.campaign.id);
        if (finding.intrusion)
            intrusions.set(finding.intrusion, (intrusions.get(finding.intrusion) ?? new Set()).add(w.campaign.id));
    }
    for (const { finding } of input.found) {
        if (credited.has(finding.id))
            continue;
        const linked = finding.intrusion ? [...(intrusions.get(finding.intrusion) ?? [])].sort()[0] : undefined;
        credited.set(finding.id, named(finding)[0] ?? linked ?? 'unknown');
    }
    return credited;
}
function openAt(w, { time }) {
    return w.asked && time !== null && Date.parse(time) >= w.from && Date.parse(time) <= w.to;
}
/** Campaigns whose vulnerability the intrusion or the row of a finding names, when it names none and they leave out its own. */
function namedBy(input, windows) {
    const byIntrusion = new Map();
    const byRow = new Map();
    for (const { finding, counts } of input.found) {
        const w = windows.find((window) => window.campaign.id === finding.campaign);
        if (!counts || finding.cves.length === 0 || !w || !openAt(w, finding))
            continue;
        byRow.set(rowOf(finding), (byRow.get(rowOf(finding)) ?? new Set()).add(w.campaign.id));
        if (finding.intrusion && rank(finding.stage) >= rank('access') && finding.stage !== 'context')
            byIntrusion.set(finding.intrusion, (byIntrusion.get(finding.intrusion) ?? new Set()).add(w.campaign.id));
    }
    return (finding) => {
        if (finding.cves.length > 0 || finding.campaign === 'unknown')
            return [];
        for (const campaigns of [byRow.get(rowOf(finding)), byIntrusion.get(finding.intrusion ?? '')])
            if (campaigns)
                return campaigns.has(finding.campaign) ? [] : [...campaigns].sort();
        return [];
    };
}
/** The place of a finding's first row. */
function rowOf({ locators }) {
    const at = locators[0];
    return at ? `${at.artifact}\0${at.offset}` : '';
}
//# sourceMappingURL=campaign-window.js.map