import { sha256 } from '../lib/hash.js';
/** Maximum number of bytes kept of a name: its beginning and its end, which show where a file lies and what it is. */
const most = { all: 1024, head: 600, tail: 280 };
/**
 * A name as it stands in results: one that is too long is cut to its beginning and its end, with its length and digest
 * between them, so that two that differ stay different.
 */
export function shortenName(name) {
    if (name.length * 3 <= most.all || Buffer.byteLength(name) <= most.all)
        return name;
    const whole = Buffer.from(name, 'utf16le');
    const head = cutTo(most.head, (end) => name.slice(0, end));
    const tail = cutTo(most.tail, (length) => name.slice(-length));
    return `${head}…(${name.length} characters, ${sha256(whole).slice(0, 32)})…${tail}`;
}
/** The longest part of a text that fits into this many bytes. */
function cutTo(bytes, part) {
    let length = bytes;
    for (;;) {
        const text = part(length).toWellFormed();
        const beyond = Buffer.byteLength(text) - bytes;
        if (beyond <= 0)
            return text;
        length -= Math.ceil(beyond / 3);
    }
}
//# sourceMappingURL=shorten-name.js.map