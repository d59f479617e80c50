import { addTo } from '../../lib/collections.js';
import { iso } from '../../lib/time.js';
import { dataJson } from './assessment-json.js';
/** findings.jsonl: one finding a line, with the raw rows; each line names its schema (docs/schemas/finding.schema.json). */
export const findings = {
    name: 'findings',
    file: 'findings.jsonl',
    write: (assessment) => lines(findingLines(assessment)),
};
function* findingLines({ findings: all }) {
    for (const finding of all)
        yield { schema: 'postern-finding/2', ...finding };
}
/**
 * coverage.jsonl: a line a file (`size = parsed + unread`, the latter in `gaps` with place and reason) and a line a log
 * kind (hours, holes, entries per day).
 */
export const coverage = {
    name: 'coverage',
    file: 'coverage.jsonl',
    write: (assessment) => lines(allLines(assessment)),
};
function* allLines(assessment) {
    yield* fileLines(assessment);
    yield* kindLines(assessment);
}
function* fileLines(assessment) {
    const gaps = new Map();
    for (const gap of assessment.coverage.gaps)
        addTo(gaps, gap.path, gap);
    const unknown = new Set(assessment.coverage.unknown.map((u) => u.path));
    const known = new Set();
    for (const a of assessment.evidence.manifest) {
        yield fileLine(a, gaps.get(a.path) ?? [], unknown.has(a.path));
        known.add(a.path);
    }
    for (const [path, list] of gaps)
        if (!known.has(path))
            yield fileLine(unseen(path, list), list, false);
}
function fileLine(a, gaps, unknown) {
    return {
        type: 'file',
        path: a.path,
        windowsPath: a.windowsPath,
        size: a.size,
        parsed: a.parsed,
        unread: gaps.reduce((sum, gap) => sum + gap.length, 0),
        gaps: gaps.map(({ path: _, ...gap }) => gap),
        sha256: a.sha256 === '' ? null : a.sha256,
        parser: a.parser,
        kinds: a.kinds,
        events: a.events,
        first: iso(a.first),
        last: iso(a.last),
        unknown,
    };
}
// A file that was listed but never opened: all of it is gap.
function unseen(path, gaps) {
    const size = gaps.reduce((sum, gap) => sum + gap.length, 0);
    const none = { windowsPath: null, sha256: '', modified: null, parser: null, kinds: [], first: null, last: null };
    return { path, size, parsed: 0, events: 0, ...none };
}
function kindLines(assessment) {
    return assessment.coverage.kinds.map((kind) => ({ type: 'kind', ...kind }));
}
function* lines(values) {
    for (const value of values)
        yield `${dataJson(value)}\n`;
}
//# sourceMappingURL=findings-jsonl.js.map