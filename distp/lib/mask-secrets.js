import { createHash } from 'node:crypto';
/** What stands in place of a password, key or token. */
export const MASK = '***';
const NAME = /^(?:.*[._-])?\w*(?:passw(?:or)?d|passphrase|pwd|secret|validationkey|decryptionkey|privatekey|apikey|accesskey|accountkey|sharedkey|clientkey|connectionstring|credentials?|accesstoken|refreshtoken|bearertoken|sastoken)(?:value|text|base64|hash)?$/i;
/** Is this the name of a setting that holds a password, a key or a token? */
export function isSecretName(name) {
    return name.length <= 256 && NAME.test(name);
}
/** Words that take the place of a key: the machine makes its own. */
export function isMadeByMachine(value) {
    const [first, ...others] = value
        .toLowerCase()
        .split(',')
        .map((word) => word.trim());
    return ((first === '' || first === 'autogenerate') &&
        others.every((one) => one === 'isolateapps' || one === 'isolatebyappid'));
}
/** Beginning of the SHA-256 of a key, by which equal keys are told without showing them. The case of hex does not count. */
export function keyDigest(key) {
    return createHash('sha256').update(key.trim().toUpperCase(), 'utf8').digest('hex').slice(0, 16);
}
/** A value with the secrets in it masked: `…;Password=x;…`, `AccountKey=x`, tokens in a query. */
export function maskValue(text) {
    if (!text.includes('=') || !PAIR_HINT.test(text))
        return text;
    return text.replace(PAIR, (_, name) => `${name}${MASK}`);
}
const PAIR_HINT = /passw|pwd|secret|key|sig|token/i;
const PAIR = /((?<![\w-])(?:password|passwd|pwd|(?:client)?secret|accountkey|sharedaccesskey|sharedsecret|apikey|api_key|access_token|refresh_token|sig)\s{0,9}=\s{0,9})(?:"[^"]{0,4096}"|'[^']{0,4096}'|(?:&quot;.{0,4096}?&quot;)|[^;"'&<>\s]{1,4096})/gi;
/**
 * The raw text of XML with secrets masked: attributes and elements with the name of a secret, `key`/`value` pairs, and
 * named properties of serialized PowerShell objects.
 */
export function maskXml(raw) {
    if (!/passw|pwd|secret|key|credential|token|connectionstring|<SS|sig=/i.test(raw))
        return raw;
    return maskValue(raw
        .replace(ATTRIBUTE, (whole, name, quote, value) => isSecretName(name) && !isMadeByMachine(value) ? `${name}=${quote}${MASK}${quote}` : whole)
        .replace(SETTING, (whole, before, key, between, quote) => isSecretName(key) ? `${before}${key}${between}${quote}${MASK}${quote}` : whole)
        .replace(PROPERTY, (whole, begins, name, ends) => begins.startsWith('<SS') || isSecretName(name) ? `${begins}${name}${ends}${MASK}` : whole)
        .replace(ENTRY, (whole, begins, name, between) => isSecretName(name) ? `${begins}${name}${between}${MASK}` : whole)
        .replace(/(<SS(?:\s[^<>]{0,256})?>)[^<]*/g, `$1${MASK}`)
        .replace(ELEMENT, (whole, name, attributes) => isSecretName(name) ? `<${name}${attributes}>${MASK}` : whole));
}
const ATTRIBUTE = /\b([\w.:-]{1,128})\s{0,9}=\s{0,9}(["'])([^"'<]{0,16384})\2/g;
const SETTING = /(\b(?:key|name)\s{0,9}=\s{0,9}["'])([^"'<]{1,256})(["'][^<>]{0,1000}?\bvalue\s{0,9}=\s{0,9})(["'])[^"'<]{0,65536}\4/gi;
const PROPERTY = /(<[A-Z]\w{0,15}\s(?:[^<>]{0,128}\s)?N=")([^"<>]{1,256})("[^<>]{0,128}(?<!\/)>)[^<]+/g;
const ENTRY = /(<S N="Key">)([^<>]{1,256})(<\/S>\s{0,64}<\w{1,8} N="Value">)[^<]+/g;
const ELEMENT = /<((?:\w{1,32}:)?\w{1,64})((?:\s[^<>]{0,1024})?)(?<!\/)>[^<]+/g;
/** A command line with what it gives as a password masked. */
export function maskCommand(text) {
    if (!COMMAND_HINT.test(text))
        return text;
    return maskValue(text)
        .replace(NET_USER, (_, begins) => `${begins}${MASK}`)
        .replace(PARAMETER, (whole, begins, value) => (value.startsWith('(') ? whole : `${begins}${MASK}`))
        .replace(SECURE, (_, begins, quote) => `${begins}${quote}${MASK}${quote}`)
        .replace(CREDENTIAL, (_, begins) => `${begins}${MASK}`);
}
const COMMAND_HINT = /passw|pwd|secret|net1?(?:\.exe)?\s+user|convertto-securestring|networkcredential|\/p[:\s]|\/rp\b|token|apikey/i;
// `net user NAME PASSWORD /add`; options and the `*` that asks for one are no password.
const NET_USER = /(\bnet1?(?:\.exe)?["']?\s+user\s+(?:"[^"]{1,256}"|[^\s"/]{1,256})\s+)(?:"[^"]{1,256}"|(?![/*])[^\s"|&;]{1,256})/gi;
const PARAMETER = /((?<!\w)(?:-|--|\/)(?:\w{0,24}(?:password|passwd|pwd|secret|apikey|accesstoken)|rp|p)(?:\s{1,9}|:|=)\s{0,9})("[^"]{1,1024}"|'[^']{1,1024}'|(?![-/$@(])[^\s"'|;)]{1,1024})/gi;
const SECURE = /(convertto-securestring\s{1,9}(?:-\w{1,20}\s{1,9}){0,4})(["'])[^"']{1,1024}\2/gi;
const CREDENTIAL = /(networkcredential\s{0,9}\(\s{0,9}(?:"[^"]{0,256}"|'[^']{0,256}'|[^,]{0,256}),\s{0,9})(?:"[^"]{0,1024}"|'[^']{0,1024}')/gi;
//# sourceMappingURL=mask-secrets.js.map