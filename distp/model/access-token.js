/**
 * The account that the access token of a request names (`X-Rps-CAT`, `CommonAccessToken`): base64 of a letter for each
 * value and, for texts, its length (version, type, compression, authentication, logon name, identifier). Attackers who write
 * such a token choose the account whose rights they want.
 * https://y4y.space/2021/08/12/my-steps-of-reproducing-proxyshell/
 */
export function accountInToken(query) {
    const written = TOKEN.exec(query)?.[1];
    if (written === undefined)
        return null;
    const plain = written
        .replace(/%2b/gi, '+')
        .replace(/%2f/gi, '/')
        .replace(/[%=].*$/s, '');
    const bytes = Buffer.from(plain.slice(0, LONGEST), 'base64');
    return accountIn(bytes);
}
const TOKEN = /(?:x-rps-cat|commonaccesstoken)[=:]\s?([A-Za-z0-9+/%_-]{16,})/i;
const LONGEST = 4_096;
/** Values that are texts: type, authentication, logon name, identifier, partition. */
const TEXTS = 'TALUP';
function accountIn(bytes) {
    if (bytes[0] !== 0x56)
        return null;
    let at = 3;
    while (at + 2 < bytes.length) {
        const tag = String.fromCharCode(bytes[at]);
        if (tag === 'C') {
            at += 2;
            continue;
        }
        if (!TEXTS.includes(tag))
            return null;
        const [from, length] = [at + 2, bytes[at + 1]];
        if (from + length > bytes.length)
            return null;
        const text = bytes.toString('utf8', from, from + length);
        if (tag === 'L')
            return /^[^\p{Cc}\ufffd]{1,250}$/u.test(text) ? text : null;
        at = from + length;
    }
    return null;
}
//# sourceMappingURL=access-token.js.map