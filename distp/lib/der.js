/** The element at a place; null when none begins there or it reaches beyond `end`. */
export function elementAt(der, at, end = der.length) {
    if (at + 2 > end)
        return null;
    const tag = der[at];
    const first = der[at + 1];
    if (first < 0x80)
        return at + 2 + first > end ? null : { tag, start: at, from: at + 2, to: at + 2 + first };
    const bytes = first & 0x7f;
    if (bytes === 0 || bytes > 4 || at + 2 + bytes > end)
        return null;
    let length = 0;
    for (let i = 0; i < bytes; i++)
        length = length * 256 + der[at + 2 + i];
    const from = at + 2 + bytes;
    return from + length > end ? null : { tag, start: at, from, to: from + length };
}
/** The elements inside another one, as far as they can be read; not more than `most`. */
export function derElements(der, outer, most = 1_000) {
    const found = [];
    for (let at = outer.from; at < outer.to && found.length < most;) {
        const element = elementAt(der, at, outer.to);
        if (!element)
            break;
        found.push(element);
        at = element.to;
    }
    return found;
}
/** An object identifier in dots: `2.5.4.3`. */
export function objectId(der, element) {
    const parts = [];
    let value = 0;
    for (let at = element.from; at < element.to; at++) {
        value = value * 128 + (der[at] & 0x7f);
        if (der[at] & 0x80)
            continue;
        if (parts.length === 0)
            parts.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
        else
            parts.push(value);
        value = 0;
    }
    return parts.join('.');
}
/** The text of a string element: UTF-16 (BMPString), UTF-8 or one byte a letter. */
export function derText(der, element) {
    const bytes = Buffer.from(der.subarray(element.from, element.to));
    if (element.tag === 0x1e)
        return (bytes.length % 2 === 0 ? bytes : bytes.subarray(0, -1)).swap16().toString('utf16le');
    return bytes.toString(element.tag === 0x0c ? 'utf8' : 'latin1');
}
//# sourceMappingURL=der.js.map