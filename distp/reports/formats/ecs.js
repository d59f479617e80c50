import { canonicalIp } from '../../lib/ip.js';
import { techniquesOf } from '../shared/attack-technique.js';
import { baseName, sha256In, endOf, fact, jsonLines, plainText, isoTimestamp, toolOf } from '../shared/serialize.js';
import { messageOf } from './timesketch.js';
/**
 * findings.ecs.ndjson: a finding a line in the fields of the Elastic Common Schema 8, for Elasticsearch, OpenSearch and
 * Splunk; what has no field there stands under `postern`. https://www.elastic.co/guide/en/ecs/8.17/ecs-field-reference.html
 */
export const ecs = {
    name: 'ecs',
    file: 'findings.ecs.ndjson',
    write: (assessment) => jsonLines(documents(assessment)),
};
function* documents(assessment) {
    const end = endOf(assessment);
    const { name, version } = toolOf(assessment);
    const common = {
        ecs: { version: '8.17.0' },
        observer: { vendor: 'Postern', product: name, version, type: 'forensics' },
    };
    for (const finding of assessment.findings)
        yield { ...common, ...documentOf(finding, assessment.server.name, end) };
}
const severities = { informational: 0, low: 21, medium: 47, high: 73, critical: 99 };
/** Allowed values of event.category: https://www.elastic.co/guide/en/ecs/8.17/ecs-allowed-values-event-category.html */
const categories = {
    recon: ['web', 'access'],
    attempt: ['intrusion_detection', 'info'],
    access: ['intrusion_detection', 'info'],
    write: ['intrusion_detection', 'info'],
    shell: ['malware', 'info'],
    execution: ['intrusion_detection', 'info'],
    credentials: ['intrusion_detection', 'info'],
    persistence: ['intrusion_detection', 'info'],
    collection: ['email', 'info'],
    exfiltration: ['intrusion_detection', 'info'],
    cleanup: ['intrusion_detection', 'info'],
    context: ['web', 'access'],
};
function documentOf(f, server, end) {
    const [first, last] = [isoTimestamp(f.first ?? f.time), isoTimestamp(f.last)];
    const [category, type] = categories[f.stage];
    const row = f.locators[0];
    const client = f.client === null ? null : canonicalIp(f.client);
    const digest = sha256In(fact(f, 'sha256'));
    const file = fact(f, 'TargetFilename');
    const page = fact(f, 'cs-uri-stem');
    const status = fact(f, 'sc-status');
    const image = fact(f, 'Image');
    const host = plainText(f.host ?? server, 1_000);
    return {
        '@timestamp': first ?? end,
        message: messageOf(f),
        event: {
            kind: 'alert',
            category: [category],
            type: [type],
            module: 'postern',
            dataset: 'postern.finding',
            provider: f.pack,
            id: f.id,
            severity: severities[f.level],
            start: first,
            end: last,
            reason: f.title,
            original: row?.raw,
        },
        rule: { id: f.rule, name: f.title, author: f.author === '' ? [] : [f.author], license: f.license, ruleset: f.pack },
        tags: ['postern', f.stage, ...(first === null ? ['time-unknown'] : [])],
        host: { name: host, hostname: host },
        source: f.client === null ? null : { address: f.client, ip: client },
        user: f.user === null ? null : userOf(f.user),
        related: { ip: client === null ? [] : [client], hash: digest === null ? [] : [digest], user: [f.user] },
        url: page === null ? null : { path: page },
        http: {
            request: { method: fact(f, 'cs-method') },
            response: { status_code: status !== null && /^\d{3}$/.test(status) ? Number(status) : null },
        },
        user_agent: { original: fact(f, 'cs-user-agent') },
        file: file === null ? null : { path: file, name: baseName(file), hash: { sha256: digest } },
        process: {
            executable: image,
            name: image === null ? null : baseName(image),
            command_line: fact(f, 'CommandLine'),
            parent: { executable: fact(f, 'ParentImage') },
        },
        threat: {
            framework: f.attack.length > 0 ? 'MITRE ATT&CK' : null,
            technique: techniquesOf(f.attack).map(({ id, name, url }) => ({ id: [id], name: [name], reference: [url] })),
        },
        // One value in the schema; all of them stand under `postern`.
        vulnerability: { id: f.cves[0] },
        log: { file: { path: row?.path } },
        postern: {
            stage: f.stage,
            level: f.level,
            confidence: f.confidence,
            is: f.is,
            sign: f.sign,
            campaign: f.campaign,
            intrusion: f.intrusion,
            target: f.target,
            cves: f.cves,
            count: f.count,
            log: f.log,
            time_basis: first === null ? 'none' : f.timeBasis,
            notes: f.notes,
            place: row === undefined
                ? null
                : { artifact: row.artifact, offset: row.offset, length: row.length, line: row.line, record: row.record },
        },
    };
}
function userOf(user) {
    const [, domain, name] = /^([^\\@]+)\\([^\\]+)$/.exec(user) ?? [];
    return domain === undefined ? { name: user } : { name, domain };
}
//# sourceMappingURL=ecs.js.map