import { clip } from '../../lib/truncate.js';
import { canonicalJson } from '../../lib/json.js';
import { noPackTexts, packTextOf } from '../../model/pack-texts.js';
import { earliestFirst, byWeight } from '../shared/wording.js';
// What report.html carries, packed by html.ts and unpacked by web/data.ts: what all findings of a rule share stands there
// once, files are named by number, lists are columns. Raw rows lie in blocks of their own, so that opening the page unpacks
// none of them. The most important findings come first; where the page is full, the rest is left out, and counted.
// Bytes of a page, and of its parts, at most (base64).
const PAGE = 15_000_000;
const FINDINGS = 6_500_000;
const FILES = 2_500_000;
const A_BLOCK = 5_000;
// Characters of rows in a block, which is unpacked at once; rows of a finding; characters of a row, and of another value.
const BLOCK = 250_000;
const ROWS = 20;
const ROW = 8_000;
const VALUE = 2_000;
/** Entries of a list that has no blocks of its own, at most. */
const LIST = 5_000;
const lists = [
    'gaps',
    'unknown',
    'blind',
    'notes',
    'opinions',
    'clients',
    'intrusions',
    'subjects',
    'mailboxes',
    'persistence',
];
/** Packs an assessment into blocks that make, with `used` bytes of other things, a page of at most 15 MB. */
export function packReport(assessment, used, squeeze, { failed = [], texts = noPackTexts } = {}) {
    const weighed = byWeight(assessment);
    const kinds = numbered();
    const findings = within(weighed, FINDINGS, (some) => squeeze(JSON.stringify(columnsOf(some, kinds.of))));
    const files = within(assessment.evidence.manifest, FILES, (some) => squeeze(JSON.stringify(filesOf(some))));
    const rest = {
        ...reportOf(assessment),
        texts: textsFor(assessment, texts),
        failed: failed.map((f) => ({ file: f.file, reason: clip(f.reason, 300) })),
    };
    const room = PAGE - used - findings.size - files.size - squeeze(canonicalJson({ ...rest, kinds: kinds.all })).length;
    const rows = rowsWithin(weighed.slice(0, findings.held), room, squeeze);
    const report = { ...rest, kinds: kinds.all, artifacts: rows.artifacts, ends: rows.ends };
    return { report: squeeze(canonicalJson(report)), findings: findings.blocks, files: files.blocks, rows: rows.blocks };
}
/**
 * The assessment as far as the page holds it. Findings have neither locators nor facts: `rowsOf` unpacks those of one.
 * `blocks` are the texts of the blocks, inflated; every text of the report passes `say`, those of rows do not.
 */
export function unpackReport(blocks, say = (text) => text) {
    const { kinds, artifacts, ends, counts, failed, texts, ...rest } = JSON.parse(blocks.report);
    const parsed = kinds.map((kind) => said(JSON.parse(kind), say));
    const weighed = blocks.findings.flatMap((text) => findingsFrom(said(JSON.parse(text), say), parsed));
    const rank = new Map(weighed.map((finding, i) => [finding.id, i]));
    const manifest = blocks.files.flatMap((text) => filesFrom(said(JSON.parse(text), say)));
    return {
        report: {
            ...said(rest, say),
            findings: weighed.sort(earliestFirst),
            evidence: { ...said(rest.evidence, say), manifest },
        },
        counts,
        failed: said(failed, say),
        texts: said(texts, say),
        placeOf: (id) => {
            const at = rank.get(id);
            const block = at === undefined ? -1 : ends.findIndex((end) => at < end);
            return at === undefined || block < 0 ? null : { block, at: at - (block === 0 ? 0 : ends[block - 1]) };
        },
        rowsOf: (text, at) => rowsFrom(JSON.parse(text)[at], artifacts),
    };
}
/** The plain words that the pages of this assessment can need. */
function textsFor(a, { campaigns, actions, asksForEvidence }) {
    const kept = (by, ids) => Object.fromEntries(ids.flatMap((id) => {
        const text = packTextOf(by, id);
        return text === undefined ? [] : [[id, text]];
    }));
    return {
        campaigns: kept(campaigns, a.campaigns.map(({ campaign }) => campaign)),
        actions: kept(actions, a.actions.map(({ id }) => id)),
        asksForEvidence: asksForEvidence.filter((one) => a.actions.some(({ id }) => id === one)),
    };
}
function reportOf(a) {
    const { findings, evidence, ...rest } = a;
    const { manifest, ...about } = evidence;
    const { more } = a;
    const counts = {
        findings: findings.length,
        files: manifest.length,
        gaps: a.coverage.gaps.length + (a.coverage.more?.gaps ?? 0),
        unknown: a.coverage.unknown.length + (a.coverage.more?.unknown ?? 0),
        blind: a.coverage.blind.length + (a.coverage.more?.blind ?? 0),
        notes: evidence.notes.length + (evidence.more?.notes ?? 0),
        opinions: a.opinions.length + (more?.opinions ?? 0),
        clients: a.clients.length + (more?.clients ?? 0),
        intrusions: a.intrusions.length + (more?.intrusions ?? 0),
        subjects: a.subjects.length + (more?.subjects ?? 0),
        mailboxes: a.mailboxes.length + (more?.mailboxes ?? 0),
        persistence: a.persistence.length + (more?.persistence ?? 0),
    };
    const first = (list) => list.slice(0, LIST);
    const shown = {
        ...rest,
        opinions: first(a.opinions),
        clients: first(a.clients),
        intrusions: first(a.intrusions),
        subjects: first(a.subjects),
        mailboxes: first(a.mailboxes),
        persistence: first(a.persistence),
        coverage: {
            ...a.coverage,
            gaps: first(a.coverage.gaps),
            unknown: first(a.coverage.unknown),
            blind: first(a.coverage.blind),
        },
        evidence: { ...about, notes: first(about.notes) },
    };
    return { ...clipped(shown), counts };
}
/** The same value with its texts cut. */
const clipped = (value) => said(value, (text) => clip(text, VALUE));
/** The same value with each of its texts, names of fields among them, as `say` has it. */
function said(value, say) {
    const of = (v) => {
        if (typeof v === 'string')
            return say(v);
        if (Array.isArray(v))
            return v.map(of);
        if (v === null || typeof v !== 'object')
            return v;
        return Object.fromEntries(Object.entries(v).map(([key, inner]) => [say(key), of(inner)]));
    };
    return of(value);
}
// ---------------------------------------------------------------- findings
const shared = [
    'rule',
    'title',
    'author',
    'license',
    'pack',
    'campaign',
    'stage',
    'level',
    'confidence',
    'is',
    'sign',
    'cves',
    'attack',
    'innocent',
    'next',
    'persistence',
    'means',
];
const own = ['id', 'timeBasis', 'client', 'user', 'target', 'log', 'host', 'count', 'intrusion', 'notes'];
const times = ['time', 'first', 'last'];
function columnsOf(findings, numberOf) {
    const column = (of) => findings.map(of);
    return {
        kind: column((f) => numberOf(canonicalJson(Object.fromEntries(shared.map((name) => [name, clipped(f[name])]))))),
        ...Object.fromEntries(own.map((name) => [name, column((f) => clipped(f[name]))])),
        ...Object.fromEntries(times.map((name) => [name, column((f) => packedTime(f[name]))])),
    };
}
function findingsFrom(columns, kinds) {
    return columns.kind.map((kind, i) => ({
        ...kinds[kind],
        id: columns.id[i],
        time: unpackedTime(columns.time[i]),
        timeBasis: columns.timeBasis[i],
        client: columns.client[i],
        user: columns.user[i],
        target: columns.target[i],
        log: columns.log[i],
        host: columns.host[i],
        count: columns.count[i],
        first: unpackedTime(columns.first[i]),
        last: unpackedTime(columns.last[i]),
        locators: [],
        intrusion: columns.intrusion[i],
        notes: columns.notes[i],
        facts: {},
    }));
}
// A time as a number where that gives the same text again.
function packedTime(time) {
    const ms = time === null ? Number.NaN : Date.parse(time);
    return Number.isFinite(ms) && new Date(ms).toISOString() === time ? ms : time;
}
const unpackedTime = (time) => typeof time === 'number' ? new Date(time).toISOString() : time;
/** Blocks of rows, as many as there is room for. */
function rowsWithin(findings, room, squeeze) {
    const artifacts = numbered();
    const blocks = [];
    const ends = [];
    let left = room;
    for (let at = 0; at < findings.length;) {
        const known = artifacts.all.length;
        const some = [];
        for (let length = 0; at < findings.length && length < BLOCK; at++) {
            const packed = rowsOf(findings[at], artifacts.of);
            some.push(packed);
            length += packed.rows.reduce((sum, row) => sum + row[4].length + 40, 200);
        }
        const text = squeeze(JSON.stringify(some));
        // Names of files go to the block of the report; their digests do not get smaller.
        left -= text.length + artifacts.all.slice(known).reduce((sum, file) => sum + file.length, 0) + some.length;
        if (left < 0)
            break;
        blocks.push(text);
        ends.push(at);
    }
    return { blocks, ends, artifacts: artifacts.all };
}
function rowsOf(finding, numberOf) {
    return {
        facts: Object.fromEntries(Object.entries(clipped(finding.facts)).sort(([a], [b]) => (a < b ? -1 : 1))),
        rows: finding.locators.slice(0, ROWS).map((l) => rowOf(l, numberOf)),
        beyond: Math.max(0, finding.locators.length - ROWS),
    };
}
function rowOf(l, numberOf) {
    const isCut = l.raw.length > ROW;
    const raw = isCut ? l.raw.slice(0, ROW).toWellFormed() : l.raw;
    return [
        numberOf(`${l.artifact}\n${l.path}`),
        l.offset,
        l.length,
        l.line ?? -(l.record ?? 0),
        raw,
        isCut ? l.raw.length : 0,
    ];
}
function rowsFrom({ facts, rows, beyond }, artifacts) {
    return {
        facts,
        beyond,
        rows: rows.map(([artifact, offset, length, nth, raw, whole]) => {
            const [sha256, ...path] = artifacts[artifact].split('\n');
            return {
                path: path.join('\n'),
                sha256: sha256,
                offset,
                length,
                line: nth > 0 ? nth : null,
                record: nth < 0 ? -nth : null,
                raw,
                whole: whole === 0 ? null : whole,
            };
        }),
    };
}
// ---------------------------------------------------------------- files
const fileFields = [
    'path',
    'windowsPath',
    'size',
    'sha256',
    'modified',
    'parser',
    'kinds',
    'parsed',
    'events',
    'first',
    'last',
];
const filesOf = (files) => Object.fromEntries(fileFields.map((name) => [name, files.map((f) => clipped(f[name]))]));
function filesFrom(columns) {
    return columns.path.map((_, i) => Object.fromEntries(fileFields.map((name) => [name, columns[name][i]])));
}
// ---------------------------------------------------------------- pieces
/** Blocks of a list until its bytes are used up, and how many entries that were. */
function within(list, most, packed) {
    const blocks = [];
    let size = 0;
    let held = 0;
    while (held < list.length) {
        const some = list.slice(held, held + A_BLOCK);
        const text = packed(some);
        if (size + text.length > most)
            break;
        blocks.push(text);
        size += text.length;
        held += some.length;
    }
    return { blocks, held, size };
}
/** Texts, each once, by number. */
function numbered() {
    const numbers = new Map();
    const all = [];
    return {
        all,
        of: (text) => {
            const known = numbers.get(text);
            if (known !== undefined)
                return known;
            numbers.set(text, all.length);
            return all.push(text) - 1;
        },
    };
}
//# sourceMappingURL=data.js.map