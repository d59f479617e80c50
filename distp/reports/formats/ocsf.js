import { canonicalIp } from '../../lib/ip.js';
import { techniquesOf } from '../shared/attack-technique.js';
import { baseName, sha256In, endOf, fact, jsonLines, plainText, isoTimestamp, toolOf } from '../shared/serialize.js';
import { countsForServer } from '../shared/weighed.js';
import { messageOf } from './timesketch.js';
import { isAtLeastLikely } from '../../model/sign.js';
/**
 * findings.ocsf.jsonl: a Detection Finding (class 2004) of the Open Cybersecurity Schema Framework 1.5 a line, for security
 * lakes. https://schema.ocsf.io/1.5.0/classes/detection_finding
 */
export const ocsf = {
    name: 'ocsf',
    file: 'findings.ocsf.jsonl',
    write: (assessment) => jsonLines(findingsOf(assessment)),
};
function* findingsOf(assessment) {
    const end = endOf(assessment);
    const { name, version } = toolOf(assessment);
    const metadata = { version: '1.5.0', product: { name, vendor_name: 'Postern', version } };
    for (const finding of assessment.findings)
        yield findingOf(finding, assessment.server, end, metadata);
}
const severities = {
    informational: [1, 'Informational'],
    low: [2, 'Low'],
    medium: [3, 'Medium'],
    high: [4, 'High'],
    critical: [5, 'Critical'],
};
const confidences = {
    low: [1, 'Low'],
    medium: [2, 'Medium'],
    high: [3, 'High'],
};
function findingOf(f, server, end, metadata) {
    const [first, last] = [isoTimestamp(f.first ?? f.time), isoTimestamp(f.last)];
    const ms = (time) => (time === null ? null : Date.parse(time));
    const [severityId, severity] = severities[f.level];
    const [confidenceId, confidence] = confidences[f.confidence];
    const techniques = techniquesOf(f.attack);
    const client = f.client === null ? null : canonicalIp(f.client);
    const digest = sha256In(fact(f, 'sha256'));
    const suppressed = !countsForServer(f);
    return {
        activity_id: 1,
        activity_name: 'Create',
        category_uid: 2,
        category_name: 'Findings',
        class_uid: 2004,
        class_name: 'Detection Finding',
        type_uid: 200401,
        type_name: 'Detection Finding: Create',
        time: ms(first) ?? ms(end),
        start_time: ms(first),
        end_time: ms(last),
        severity_id: severityId,
        severity,
        confidence_id: confidenceId,
        confidence,
        status_id: suppressed ? 3 : 1,
        status: suppressed ? 'Suppressed' : 'New',
        is_alert: isAtLeastLikely(f.is) && !suppressed,
        count: f.count,
        message: messageOf(f),
        metadata: { ...metadata, uid: f.id, log_name: f.log },
        finding_info: {
            uid: f.id,
            title: f.title,
            desc: f.notes.join('; '),
            types: [f.stage],
            created_time: ms(end),
            first_seen_time: ms(first),
            last_seen_time: ms(last),
            data_sources: [f.log],
            analytic: { type_id: 1, type: 'Rule', uid: f.rule, name: f.title, category: f.pack },
            attacks: techniques.map(({ id, name, url }) => id.includes('.')
                ? {
                    technique: { uid: id.slice(0, 5), name: techniquesOf([id.slice(0, 5)])[0].name },
                    sub_technique: { uid: id, name, src_url: url },
                }
                : { technique: { uid: id, name, src_url: url } }),
        },
        evidences: [evidenceOf(f, client, digest)],
        resources: [{ name: f.host ?? server.name, hostname: f.host ?? server.name, type: 'Server' }],
        vulnerabilities: f.cves.map((uid) => ({ cve: { uid } })),
        observables: [
            ...(client === null
                ? []
                : [{ name: 'evidences[].src_endpoint.ip', type_id: 2, type: 'IP Address', value: client }]),
            ...(digest === null
                ? []
                : [{ name: 'evidences[].file.hashes[].value', type_id: 8, type: 'Hash', value: digest }]),
        ],
        raw_data: f.locators[0]?.raw,
        unmapped: {
            time_unknown: first === null ? true : null,
            time_basis: f.timeBasis,
            stage: f.stage,
            campaign: f.campaign,
            intrusion: f.intrusion,
            target: f.target,
            is: f.is,
            sign: f.sign,
        },
    };
}
/** What was seen: who, as whom, on what file, by what request or process, and where in the evidence it stands. */
function evidenceOf(f, client, digest) {
    const path = fact(f, 'TargetFilename');
    const page = fact(f, 'cs-uri-stem');
    const row = f.locators[0];
    return {
        data: {
            log: f.log,
            file: row?.path,
            artifact_sha256: row?.artifact,
            offset: row?.offset,
            length: row?.length,
            line: row?.line,
            record: row?.record,
            // The schema's process object needs a number that logs of commands seldom tell.
            image: fact(f, 'Image'),
            command_line: fact(f, 'CommandLine'),
        },
        src_endpoint: client === null ? null : { ip: client },
        user: f.user === null ? null : { name: f.user },
        file: path === null || baseName(path) === ''
            ? null
            : {
                name: plainText(baseName(path), 1_000),
                path,
                type_id: 1,
                type: 'Regular File',
                hashes: digest === null ? [] : [{ algorithm_id: 3, algorithm: 'SHA-256', value: digest }],
            },
        http_request: page === null
            ? null
            : { http_method: fact(f, 'cs-method'), user_agent: fact(f, 'cs-user-agent'), url: { path: page } },
    };
}
//# sourceMappingURL=ocsf.js.map