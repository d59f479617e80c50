import { webRootOf } from '../../model/file-fields.js';
/**
 * Is this a page, script, style sheet or picture of a web root, by its name, its place and its first bytes? Of them a web root
 * has tens of thousands, and no format that Postern reads as fields begins like them, so that nobody else need be asked.
 * Anything else under such a name (a log, an archive, a program) is asked about like any file.
 */
export function isWebContent(head) {
    const path = head.windowsPath ?? head.path;
    const kind = kinds.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
    if (kind === undefined || !kind(head.bytes))
        return false;
    return webRootOf(path.replaceAll('\\', '/')) !== null;
}
/** Code and styles begin with a word, a comment, a bracket or a selector; logs and exports with a date, `#`, `"`, `{` or `<`. */
const code = (bytes) => {
    let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (at < 64 && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d || bytes[at] === 0x0a))
        at++;
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    if (first === 0x2f)
        return second === 0x2a || second === 0x2f;
    if (first === 0x4d && second === 0x5a)
        return false;
    // A first line of values between commas could be the header of a table.
    if (looksLikeTable(bytes, at))
        return false;
    return isLetter(first) || first === 0x28 || first === 0x21 || first === 0x2e || first === 0x40 || first === 0x3b;
};
function looksLikeTable(bytes, from) {
    let commas = 0;
    for (let at = from; at < Math.min(bytes.length, from + 400) && bytes[at] !== 0x0a; at++) {
        if (bytes[at] === 0x28 || bytes[at] === 0x7b)
            return false;
        if (bytes[at] === 0x2c)
            commas++;
    }
    return commas > 3;
}
/** Pages begin with a directive, code, or the head of HTML. */
const page = (bytes) => {
    const at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    if (bytes[at] !== 0x3c)
        return false;
    return (bytes[at + 1] === 0x25 ||
        /^<(?:!doctype html|html|asp:)/i.test(Buffer.from(bytes.subarray(at, at + 24)).toString('latin1')));
};
function isLetter(byte) {
    return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x24 || byte === 0x5f;
}
const begins = (...magic) => (bytes) => magic.every((byte, i) => bytes[i] === byte);
const kinds = new Map([
    ['aspx', page],
    ['ascx', page],
    ['ashx', page],
    ['asmx', page],
    ['asax', page],
    ['svc', page],
    ['master', page],
    ['cshtml', page],
    ['htm', page],
    ['html', page],
    ['js', code],
    ['css', code],
    ['less', code],
    ['png', begins(0x89, 0x50, 0x4e, 0x47)],
    ['gif', begins(0x47, 0x49, 0x46, 0x38)],
    ['jpg', begins(0xff, 0xd8, 0xff)],
    ['ico', begins(0, 0, 1, 0)],
    ['cur', begins(0, 0, 2, 0)],
    ['ttf', begins(0, 1, 0, 0)],
    ['woff', begins(0x77, 0x4f, 0x46, 0x46)],
]);
//# sourceMappingURL=web-content.js.map