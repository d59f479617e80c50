import { sha256 } from '../../lib/hash.js';
import { iso, isoTime } from '../../lib/time.js';
import { visible } from '../../lib/terminal.js';
import { uuid5 } from '../../lib/uuid.js';
import { dataJson } from '../formats/assessment-json.js';
// What the forms for other programs have in common. Those programs show, index and pass on what they are given: so text of
// the evidence reaches them visible (no control or escape sequence, nothing that turns text around, no half of a
// character) and bounded. What it was byte for byte stands in findings.jsonl.
/** Longest text in a form for other programs, in UTF-16 code units; what is cut off is counted. */
const MOST = 8_192;
/** Text of the evidence as it goes to another program. */
export function plainText(text, most = MOST) {
    const shown = visible(text.length > most ? text.slice(0, most) : text);
    const kept = shown.length > most ? withoutHalf(shown.slice(0, most)) : shown;
    const left = text.length - most;
    return left > 0 || kept.length < shown.length ? `${kept}… (cut, ${text.length} characters in all)` : kept;
}
/** A short one for titles and tags. */
export function brief(text, most = 200) {
    const shown = visible(text.slice(0, most + 1));
    return shown.length > most ? `${withoutHalf(shown.slice(0, most))}…` : shown;
}
function withoutHalf(text) {
    return text.isWellFormed() ? text : text.slice(0, -1);
}
const OWN = Symbol('text of ours');
/** Text of ours that keeps its line breaks; what it holds of the evidence must be made harmless before. */
export function keepLineBreaks(text) {
    return { [OWN]: text };
}
/** The value without what is empty (null, undefined, empty text, list or object), every text made plain. */
export function withoutEmpty(value) {
    if (typeof value === 'string')
        return value === '' ? undefined : plainText(value);
    if (Array.isArray(value)) {
        const list = value.map(withoutEmpty).filter((one) => one !== undefined);
        return list.length === 0 ? undefined : list;
    }
    if (value === null || typeof value !== 'object')
        return value ?? undefined;
    if (OWN in value)
        return value[OWN];
    const fields = Object.entries(value)
        .map(([key, one]) => [key, withoutEmpty(one)])
        .filter(([, one]) => one !== undefined);
    return fields.length === 0 ? undefined : Object.fromEntries(fields);
}
/** JSON Lines: a cleaned value a line. */
export function* jsonLines(values) {
    for (const value of values)
        yield `${dataJson(withoutEmpty(value))}\n`;
}
/**
 * A JSON object, its keys in the order given, cleaned; a `Lazy` field is a list of which one value at a time is in memory, a
 * value each line, and stands there even when it is empty.
 */
export function* jsonObject(fields) {
    let next = '{';
    for (const [key, value] of fields) {
        if (typeof value === 'function') {
            yield `${next}\n${dataJson(key)}:[`;
            let comma = '\n';
            for (const one of value()) {
                yield comma + dataJson(withoutEmpty(one));
                comma = ',\n';
            }
            yield ']';
        }
        else {
            const cleaned = withoutEmpty(value);
            if (cleaned === undefined)
                continue;
            yield `${next}\n${dataJson(key)}:${dataJson(cleaned)}`;
        }
        next = ',';
    }
    yield next === '{' ? '{}' : '}';
}
/** Objects of a list, one after the other; their fields may be `Lazy`. */
export function* jsonList(values) {
    let comma = '\n';
    for (const value of values) {
        yield comma;
        yield* jsonObject(Object.entries(value));
        comma = ',\n';
    }
}
/** Text in which Markdown, and HTML inside it, finds nothing to act upon; addresses do not become links. */
export function markdownText(text) {
    return visible(text)
        .replace(/[\\`*_{}[\]()#+!|~$-]/g, '\\$&')
        .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c])
        .replace(/:\/\//g, ':&#47;&#47;')
        .replace(/@/g, '&#64;')
        .replace(/\bwww\./gi, 'www&#46;');
}
/** A time of the assessment in the one form that all take, ISO 8601 in UTC with milliseconds; null where it is none. */
export function isoTimestamp(text) {
    return typeof text === 'string' ? iso(isoTime(text)) : null;
}
/** The end of the evidence: the time for what has none of its own. */
export function endOf({ coverage, verdict }) {
    return isoTimestamp(coverage.last) ?? isoTimestamp(verdict.covers.to) ?? '1970-01-01T00:00:00.000Z';
}
/** The digest of all that was read: two assessments of the same evidence have the same. */
export function evidenceDigest({ evidence }) {
    return sha256(evidence.manifest.map(({ sha256: digest, path }) => JSON.stringify([digest, path])).join('\n'));
}
/** The name and version of the program that made the assessment: `postern`, `0.1.0`. */
export function toolOf({ knowledge }) {
    const version = /^postern (\S{1,64})$/.exec(knowledge.tool)?.[1] ?? 'unknown';
    return { name: 'Postern', version: brief(version) };
}
/** UUIDs of version 5 in Postern's own namespace, from what the thing is. */
export function idOf(...what) {
    return uuid5('6c1f7f0e-6a0d-4f0b-9d0c-7a7d3c5e2b41', JSON.stringify(what));
}
/** The last part of a path of Windows, of the evidence, or of a URL. */
export function baseName(path) {
    return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
/** The first value of a fact as text; null where it has none. */
export function fact({ facts }, name) {
    const value = Object.hasOwn(facts, name) ? facts[name] : null;
    const first = Array.isArray(value) ? value[0] : value;
    return first === null || first === undefined || first === '' ? null : String(first);
}
/** A SHA-256 in lower-case hex; null where the text is none. */
export function sha256In(text) {
    return text !== null && /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : null;
}
//# sourceMappingURL=serialize.js.map