export const quotedText = (text) => ({ quoted: text });
/** Words of a pack, which are English, in a page of any language. */
export const packText = (text) => ({ quoted: text, lang: 'en' });
/** A text with values in it: say`The server ${quoted(name)} was compromised.` */
export function say(strings, ...values) {
    return joined([strings[0], ...values.flatMap((value, i) => [value, strings[i + 1]])]);
}
/** Sentences one behind the other, parted by `between`. */
export function sentences(parts, between) {
    return joined(parts.flatMap((part, i) => (i === 0 ? [part] : [between, part])));
}
function joined(values) {
    const out = [];
    for (const part of values.flatMap((value) => (typeof value === 'number' ? [String(value)] : piecesOf(value)))) {
        const last = out.at(-1);
        if (part === '')
            continue;
        if (typeof part === 'string' && typeof last === 'string')
            out[out.length - 1] = last + part;
        else
            out.push(part);
    }
    return out;
}
const piecesOf = (value) => typeof value === 'string' || 'quoted' in value ? [value] : value;
/** The text without its marks, for a place that has none. */
export function bare(text) {
    return text.map((part) => (typeof part === 'string' ? part : part.quoted)).join('');
}
export const blankFields = ['organisation', 'recipient', 'date', 'measures', 'contact', 'signature'];
export const paragraph = (...parts) => ({ block: 'text', text: sentences(parts, '') });
//# sourceMappingURL=page.js.map