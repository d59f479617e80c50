import { DAY, iso } from '../../lib/time.js';
import { productOfBuild } from '../server/server.js';
import { compareBuilds } from '../../model/builds.js';
const NOTHING_SETTLED = { protections: [], mitigations: new Map() };
/** When each CVE was open on this server. */
export function exposureOf(product, runs, facts, settled = NOTHING_SETTLED) {
    return facts.cves.map((one) => cveOf(one, product, runs, facts, settled)).sort((a, b) => (a.cve < b.cve ? -1 : 1));
}
function cveOf({ cve, alias, impact, published, exploited, products }, product, runs, facts, { protections, mitigations }) {
    const rule = facts.protections.find(({ cves }) => cves.includes(cve));
    const protection = protections.find(({ id }) => id === rule?.id);
    const is = protection?.is ?? 'unknown';
    const conditions = rule ? [conditionOf(rule, protection)] : [];
    const base = {
        cve,
        alias,
        impact,
        published,
        exploited,
        state: 'not-affected',
        intervals: [],
        fixedBy: null,
        remedy: null,
        conditions: [],
        mitigations: [],
    };
    if (product === 'none' || product === 'exchange-online')
        return base;
    // A vulnerability of Windows or of a client is there whatever the product is.
    const affects = (run) => products.length === 0 || products.includes(productOfBuild(run.parts));
    if (products.length > 0 && product !== 'exchange' && !products.includes(product) && !runs.some(affects))
        return base;
    const last = runs.at(-1);
    if (rule?.decides === 'alone') {
        const state = last && !affects(last) ? 'not-affected' : alone[is];
        return { ...base, state, conditions, remedy: mendedBy(rule, state) };
    }
    if (!last)
        return { ...base, state: 'unknown', conditions };
    const intervals = runs.map((run, i) => ({
        from: iso(run.from),
        to: iso(run.to),
        state: affects(run)
            ? decided(stateOf(cve, run, facts, runs.slice(0, i)), run === last, is, rule, fixFor(cve, run, facts))
            : 'not-affected',
        source: `${run.build} (${run.source})`,
    }));
    const { state } = intervals.at(-1);
    const fix = fixFor(cve, last, facts);
    const held = mitigations.get(cve) ?? [];
    return {
        ...base,
        state: state === 'open' && held.length > 0 ? 'mitigated' : state,
        intervals,
        fixedBy: fix ? `${fix.update || fix.cu} (${fix.build?.join('.') ?? 'configuration'})` : null,
        remedy: fix ? mendedBy(rule, state) : state === 'not-affected' ? null : remedyOf(cve, last, facts),
        conditions,
        mitigations: held,
    };
}
const alone = { met: 'fixed', 'not-met': 'open', unknown: 'unknown' };
/**
 * What a build and what else decides come to. Settings are known for the end of the evidence: of earlier builds nothing
 * else is known, but that what is in force unless switched off most likely was.
 */
function decided(byBuild, isLast, is, rule, fix) {
    if (!rule)
        return byBuild;
    if (rule.decides === 'directory') {
        if (isLast && is !== 'unknown')
            return alone[is];
        // Setup of a cumulative update prepares the directory before it installs anything; a security update does not.
        return byBuild === 'fixed' && fix?.status !== 'INCLUDED_IN_CU' ? 'unknown' : byBuild;
    }
    if (byBuild === 'open' || byBuild === 'not-affected')
        return byBuild;
    if (is === 'met' && (isLast || rule.byDefault))
        return byBuild;
    return isLast && is === 'not-met' ? 'open' : 'unknown';
}
/** The setting to change, unless it is known to be as it must be. */
function mendedBy(rule, state) {
    return state === 'open' || state === 'unknown' ? (rule?.remedy ?? null) : null;
}
function conditionOf({ title }, protection) {
    return protection
        ? { title, is: protection.is, why: protection.why, from: protection.from }
        : { title, is: 'unknown', why: 'not judged', from: [] };
}
/** What to install where no update fixes it on this cumulative update. */
function remedyOf(cve, run, facts) {
    const product = productOfBuild(run.parts);
    const here = updateName(run, facts)?.cu ?? 'this build';
    const later = fixesOf(cve, facts)
        .filter((fix) => fix.build && compareBuilds(fix.build, run.parts) > 0)
        .sort((a, b) => compareBuilds(a.build, b.build));
    const same = later.find((fix) => fix.product === product);
    if (same)
        return `no update for ${here}; first in ${named(same)}`;
    const other = later.find((fix) => fix.product === 'ExchangeSE') ?? later[0];
    const name = facts.products.find((p) => p.product === other?.product)?.name;
    return other ? `no update for this product; ${name ?? other.product} ${named(other)} has it` : 'no update is known';
}
function named(fix) {
    return `${wordsOf(fix)} (${fix.build.join('.')})`;
}
/** The entry of the build tables; of a build that is not listed, the one before it of its cumulative update, or the first. */
function updateName(run, { builds }) {
    const same = builds.filter(({ build }) => isSameCu(build, run.parts)).sort((a, b) => compareBuilds(a.build, b.build));
    return same.findLast(({ build }) => compareBuilds(build, run.parts) <= 0) ?? same[0] ?? null;
}
/** How long the product gets fixes, and how far this server is behind; null where the product is not known. */
export function supportOf(product, runs, facts, end) {
    const about = facts.products.find((p) => p.product === product);
    if (!about)
        return null;
    const run = runs.at(-1);
    const own = run ? updateName(run, facts) : null;
    const newestOf = (list) => {
        const newest = list.reduce((a, b) => (a && compareBuilds(a.build, b.build) >= 0 ? a : b), null);
        return newest && `${wordsOf(newest)} (${newest.build.join('.')}, ${newest.released})`;
    };
    const sameProduct = facts.builds.filter((one) => one.product === product);
    return {
        product: about.name,
        update: own && (run.precision === 'cu' ? `${own.cu}, which update on it is not known` : wordsOf(own)),
        released: own && run.precision === 'update' ? own.released : null,
        newestOfCu: own && newestOf(sameProduct.filter(({ cu }) => cu === own.cu)),
        newest: newestOf(sameProduct),
        end: about.supportEnd,
        // What is published on the day itself is available to all.
        later: about.paidAfterEnd ? newestOf(sameProduct.filter(({ released }) => released > about.supportEnd)) : null,
        is: end === null ? 'unknown' : end > Date.parse(about.supportEnd) + DAY ? 'ended' : 'supported',
    };
}
/** `CU22 Nov21SU`; of a row whose update names its cumulative update, that alone. */
function wordsOf({ cu, update }) {
    return update.startsWith(cu) ? update : [cu, update].filter(Boolean).join(' ');
}
/**
 * Is the CVE open on a server with this build? Compared within one CU only: a higher build of another CU can be unfixed.
 * `before`: builds that ran earlier.
 */
export function stateOf(cve, run, facts, before = []) {
    const fix = fixFor(cve, run, facts);
    // An unknown CU may be newer than the tables.
    if (!fix)
        return facts.cus.has(cuOf(run.parts)) ? 'open' : 'unknown';
    if (!fix.build)
        return 'unknown';
    if (compareBuilds(run.parts, fix.build) >= 0)
        return isPassedOver(fix, run, facts, before) ? 'unknown' : 'fixed';
    // A source that has the CU only cannot show the update on it.
    return run.precision === 'cu' ? 'unknown' : 'open';
}
/**
 * An update of the kind `SU own month` holds the fixes of that month only: what earlier updates of the same CU fix is fixed
 * there only if these were installed before.
 */
function isPassedOver(fix, run, facts, before) {
    const own = facts.builds.find(({ build }) => compareBuilds(build, run.parts) === 0);
    if (own?.kind !== OWN_MONTH)
        return false;
    if (fix.update === own.update || fix.cu !== own.cu)
        return false;
    // What the cumulative update itself holds is not taken away.
    if (!facts.builds.some((one) => one.cu === own.cu && one.product === own.product && isBelow(one.build, fix.build)))
        return false;
    return !before.some(({ parts }) => isSameCu(parts, run.parts) && compareBuilds(parts, fix.build) >= 0 && compareBuilds(parts, run.parts) < 0);
}
function isBelow(build, other) {
    return compareBuilds(build, other) < 0;
}
/** The kind of builds.csv for it. */
const OWN_MONTH = 'SU own month';
function fixFor(cve, run, facts) {
    const product = productOfBuild(run.parts);
    let newest = null;
    for (const fix of fixesOf(cve, facts)) {
        if (fix.product !== product)
            continue;
        if (fix.build && isSameCu(fix.build, run.parts))
            return fix;
        if (!newest?.build || (fix.build && compareBuilds(newest.build, fix.build) < 0))
            newest = fix;
    }
    // A fix is made for the newest CU of its day: one above all that have it came out later and holds it, as each rollup of
    // Exchange 2010 holds those before it.
    if (!newest?.build)
        return newest;
    return facts.cus.has(cuOf(run.parts)) && compareBuilds(newest.build, run.parts) < 0 ? newest : null;
}
function fixesOf(cve, { fixes }) {
    return fixes.get(cve) ?? [];
}
/** Three integers of a build name its cumulative update. */
function isSameCu(a, b) {
    return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}
function cuOf(build) {
    return build.slice(0, 3).join('.');
}
/** The exposure history of a campaign's vulnerabilities on this server. */
export function doorOf(cves, { product, builds: runs, installed }, facts) {
    const known = facts.cves.filter((cve) => cves.includes(cve.cve));
    const ran = new Set([product, ...runs.map((run) => productOfBuild(run.parts))]);
    // The subscription edition is put over Exchange 2019: before it is first seen the server can have been that.
    if (product === 'ExchangeSE' && installed === null)
        ran.add('Exchange2019');
    const affected = product === 'exchange' || known.some((cve) => cve.products.some((p) => ran.has(p)));
    const sightings = runs.map((run, i) => {
        const states = known.map(({ cve, products }) => products.includes(productOfBuild(run.parts)) ? stateOf(cve, run, facts, runs.slice(0, i)) : 'fixed');
        const state = states.includes('open')
            ? 'open'
            : states.includes('unknown') || states.length === 0
                ? 'unknown'
                : 'fixed';
        return { from: run.from, to: run.to, state, build: run.build };
    });
    // Updates are not taken back: of one CU, what is open later was open when only the CU was known.
    const spans = sightings.map((span, i) => {
        const next = sightings[i + 1];
        const same = next?.build.split('.', 3).join('.') === span.build.split('.', 3).join('.');
        return span.state === 'unknown' && same && next?.state === 'open' ? { ...span, state: next.state } : span;
    });
    let fixedAt = null;
    let lastOpen = null;
    let newest = null;
    for (const span of spans) {
        if (span.state === 'fixed') {
            fixedAt ??= span.from;
            newest = span;
        }
        if (span.state === 'open' || (newest !== null && isTakenBack(newest, span)))
            fixedAt = null;
        if (span.state === 'open')
            lastOpen = span.to ?? span.from;
    }
    return { spans, fixedAt, lastOpen, end: spans.at(-1)?.state ?? 'unknown', affected };
}
/** A lower build, seen when the fixed one no longer was, of which it is not known whether it has the fix: that did not last. */
function isTakenBack(fixed, later) {
    const [one, other] = [fixed, later].map(({ build }) => build.split('.').map(Number));
    return later.state === 'unknown' && compareBuilds(other, one) < 0 && (later.to ?? -Infinity) > (fixed.to ?? Infinity);
}
/** The exposure at a moment: the state of the build that ran then; unknown before, between and without knowledge. */
export function exposureAt(door, time) {
    if (!door.affected)
        return 'fixed';
    for (const span of door.spans)
        if (span.from !== null && span.to !== null && time >= span.from && time <= span.to)
            return span.state;
    const before = door.spans.filter((span) => span.to !== null && span.to < time).at(-1);
    const after = door.spans.find((span) => span.from !== null && span.from > time);
    // Between two sightings with the same answer nothing else can have stood there, but for a restore.
    if (before && after && before.state === after.state)
        return before.state;
    // Updates are not taken back: before a build that is open it was open too; after a fixed one it stays fixed.
    if (!before && after?.state === 'open')
        return 'open';
    if (before && !after)
        return before.state;
    return 'unknown';
}
//# sourceMappingURL=exposure.js.map