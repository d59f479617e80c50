/**
 * JSON with the keys of every object in code-unit order, so that the same content gives the same bytes
 * (RFC 8785 but for number formatting, which JavaScript's own already is). Lone surrogates are escaped.
 */
export function canonicalJson(value, indent = 0) {
    return `${JSON.stringify(sorted(value), null, indent)}`.replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}
/**
 * The same text in pieces: each entry of a list and each field of an object that lies less than `levels` deep is one of its
 * own, so that neither a sorted copy nor the text of a large value ever stands in memory whole.
 */
export function* canonicalPieces(value, indent, levels, depth = 0) {
    const isList = Array.isArray(value);
    if (levels === 0 || typeof value !== 'object' || value === null || (isList ? value : Object.keys(value)).length === 0)
        return yield inside(value, indent, depth);
    const line = indent === 0 ? '' : `\n${' '.repeat(indent * (depth + 1))}`;
    const fields = isList ? null : fieldsOf(value);
    let next = isList ? '[' : '{';
    for (const entry of fields ?? value) {
        yield fields === null
            ? next + line
            : `${next}${line}${canonicalJson(entry[0])}:${indent === 0 ? '' : ' '}`;
        yield* canonicalPieces(fields === null ? entry : entry[1], indent, levels - 1, depth + 1);
        next = ',';
    }
    if (next !== ',')
        return yield isList ? '[]' : '{}';
    yield `${indent === 0 ? '' : `\n${' '.repeat(indent * depth)}`}${isList ? ']' : '}'}`;
}
/** A value as it stands inside others; nothing in a list is `null` there. */
function inside(value, indent, depth) {
    const whole = canonicalJson(value ?? null, indent);
    // A line break stands nowhere in a string of JSON.
    return indent === 0 || depth === 0 ? whole : whole.replaceAll('\n', `\n${' '.repeat(indent * depth)}`);
}
function fieldsOf(value) {
    const fields = Object.entries(value).filter(([, v]) => v !== undefined);
    return fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
function sorted(value) {
    if (Array.isArray(value))
        return value.map(sorted);
    if (value === null || typeof value !== 'object')
        return value;
    // A null prototype: a key `__proto__` from evidence stays a key.
    const copy = Object.create(null);
    for (const [key, v] of fieldsOf(value))
        copy[key] = sorted(v);
    return copy;
}
/** The value of a JSON text; null where it is none. */
export function jsonOrNull(text) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        return null;
    }
}
//# sourceMappingURL=json.js.map