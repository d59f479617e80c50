import { canonicalIp, isLoopback, isPrivate } from '../../lib/ip.js';
import { baseName, sha256In, fact, isoTimestamp } from './serialize.js';
import { countsForServer } from './weighed.js';
import { greatestOf } from '../../lib/collections.js';
import { isAtLeastLikely } from '../../model/sign.js';
const tried = new Set([
    'attempt',
    'access',
    'write',
    'shell',
    'execution',
    'credentials',
    'persistence',
    'collection',
    'exfiltration',
]);
const ran = new Set(['shell', 'execution', 'persistence', 'credentials', 'exfiltration']);
/** What is the attacker's, in the order of kinds and values. What names the victim is left out and counted. */
export function theirsOf(assessment, victim) {
    const found = new Map();
    const unknownPages = new Set((assessment.requests.rarePages ?? [])
        .filter(({ known }) => known === false)
        .map(({ value }) => value.toLowerCase()));
    for (const finding of assessment.findings) {
        if (finding.is !== 'yes' || !tried.has(finding.stage) || !countsForServer(finding))
            continue;
        for (const thing of thingsOf(finding, unknownPages)) {
            const key = `${thing.kind}\0${thing.value}`;
            const there = found.get(key);
            if (there)
                there.of.push(finding);
            else
                found.set(key, { name: null, path: null, ...thing, of: [finding] });
        }
    }
    const all = [...found.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.value < b.value ? -1 : 1));
    const kept = all.filter(({ value }) => victim === null || !victim.in(value));
    return {
        things: kept.map(({ of, ...thing }) => ({
            ...thing,
            name: thing.name !== null && victim?.in(thing.name) ? null : thing.name,
            path: victim === null ? thing.path : null,
            findings: of,
            ...seen(of),
        })),
        left: all.length - kept.length,
    };
}
const order = ['address', 'host', 'url', 'page', 'file'];
function* thingsOf(finding, unknownPages) {
    const { client, stage, target, log } = finding;
    const address = client === null ? null : canonicalIp(client);
    if (address !== null && isPublic(address))
        yield { kind: 'address', value: address };
    if (fact(finding, 'SsrfTo') === 'outside')
        yield* hostOf(fact(finding, 'SsrfHost') ?? '');
    if (!ran.has(stage))
        return;
    // Files that ASP.NET makes of a page are other bytes on every server.
    const digest = log === 'aspnet-temp' ? null : sha256In(fact(finding, 'sha256'));
    if (digest !== null) {
        const path = fact(finding, 'TargetFilename') ?? target ?? '';
        const name = baseName(path);
        yield { kind: 'file', value: digest, ...(name === '' ? {} : { name, path }) };
    }
    if (target !== null &&
        isPage(target) &&
        (/^\/aspnet_client\//i.test(target) || unknownPages.has(target.toLowerCase())))
        yield { kind: 'page', value: target };
    for (const name of ['CommandLine', 'Parameters'])
        for (const [url, host] of (fact(finding, name) ?? '').matchAll(URLS)) {
            const ip = canonicalIp(host);
            if (ip === null ? /\.[a-z]{2,}$/i.test(host) && !INSIDE.test(host) : isPublic(ip))
                yield { kind: 'url', value: url };
        }
}
const URLS = /\bhttps?:\/\/([A-Za-z0-9.-]{3,253})(?::\d{1,5})?\/[A-Za-z0-9._~%/?=&+-]{1,500}/g;
/** Endings of names that no host of the Internet has: such a name is the organization's. */
const INSIDE = /\.(?:local|localdomain|internal|intranet|lan|corp|private|home|domain|home\.arpa)$/i;
function isPage(target) {
    return /^\/[\w./-]{1,300}\.(?:aspx|ashx|asmx|asp|svc)$/i.test(target);
}
function* hostOf(host) {
    const address = canonicalIp(host);
    if (address !== null) {
        if (isPublic(address))
            yield { kind: 'address', value: address };
    }
    else if (INSIDE.test(host))
        return;
    else if (/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(host) && host.length <= 253)
        yield { kind: 'host', value: host.toLowerCase() };
}
function isPublic(address) {
    return !isPrivate(address) && !isLoopback(address) && !/^(?:0\.|2(?:2[4-9]|[345]\d)\.|::$|ff)/i.test(address);
}
function seen(findings) {
    const rows = new Map();
    for (const { log, count } of findings)
        rows.set(log, Math.max(rows.get(log) ?? 0, count));
    const firsts = findings.flatMap((f) => isoTimestamp(f.first ?? f.time) ?? []).sort();
    const lasts = findings.flatMap((f) => isoTimestamp(f.last ?? f.first ?? f.time) ?? []).sort();
    return {
        count: greatestOf(rows.values(), 1),
        first: firsts[0] ?? null,
        last: lasts.at(-1) ?? null,
        confidence: findings.some(({ confidence }) => confidence === 'high') ? 'high' : 'medium',
    };
}
/** The vulnerabilities that findings which count are of, with what is known of each; by name. */
export function usedCves({ findings, exposure, }) {
    const of = new Map(exposure.cves.map((known) => [known.cve, known]));
    const used = new Set(findings.filter((f) => tried.has(f.stage) && countsForServer(f)).flatMap(({ cves }) => cves));
    return [...used]
        .filter((cve) => /^CVE-\d{4}-\d{4,19}$/.test(cve))
        .sort()
        .map((cve) => ({ cve, known: of.get(cve) ?? null }));
}
/** Findings that a form for others speaks of: those that count and show at least an attempt. */
export function attackFindings({ findings }) {
    return findings.filter((f) => tried.has(f.stage) && f.level !== 'informational' && isAtLeastLikely(f.is) && countsForServer(f));
}
//# sourceMappingURL=attacker-indicators.js.map