import { createHash, createHmac } from 'node:crypto';
import { isSecretName } from './mask-secrets.js';
// Passwords, keys and tokens in texts of the evidence. Rules are asked of what stands there; what leaves the program shows a
// tag in place of each secret, the same wherever the same secret stands in the evidence of one case.
/**
 * A digest of the beginning of a file. Reports tell digests of whole files; this one they do not tell, and without the file
 * it cannot be recomputed.
 */
export function seedOf(bytes) {
    return createHash('sha256').update('postern seed\0').update(bytes).digest('hex');
}
/** The key of a case: of what was given for it, else of the evidence itself, so that the same evidence gives the same tags. */
export function caseKey(given, seeds) {
    const parts = given === undefined ? [...new Set(seeds)].filter((seed) => seed !== undefined).sort() : [given];
    return parts.length === 0
        ? null
        : createHash('sha256')
            .update(`postern case\0${parts.join('\0')}`)
            .digest('hex');
}
/** The tag of a secret in all output; without a key all secrets have the same tag. */
export function secretTag(secret, key) {
    if (key === null)
        return '[secret]';
    return `[secret ${createHmac('sha256', key).update(plain(secret)).digest('hex').slice(0, 8)}]`;
}
/** The same however it is written: in XML, in an address. */
function plain(secret) {
    const text = secret
        .replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<' })[name] ?? '>')
        // What may as well be of the text around it.
        .replace(/(?<=.)[,)}\]]{1,3}$/, '');
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
/** A text with its secrets replaced by tags. `known`: values that are secrets wherever they occur as words of their own. */
export function withoutSecrets(text, key, known) {
    const found = known === undefined || known.size === 0 ? spansOf(text) : [...spansOf(text), ...knownIn(text, known)];
    if (found.length === 0)
        return text;
    let [out, at] = ['', 0];
    for (const [from, to] of inOrder(found)) {
        if (from < at)
            continue;
        out += text.slice(at, from) + secretTag(text.slice(from, to), key);
        at = to;
    }
    return out + text.slice(at);
}
/** The secrets of a text. */
export function secretsIn(text) {
    return spansOf(text).map(([from, to]) => text.slice(from, to));
}
/**
 * A value with the secrets in all its texts replaced. The value of a field with the name of a secret is one itself; `isOurs` names
 * fields whose texts are of the program or its packs.
 */
export function valueWithoutSecrets(value, key, isOurs = () => false, known) {
    const walk = (each, isField) => {
        if (typeof each === 'string')
            return withoutSecrets(each, key, known);
        if (Array.isArray(each))
            return each.map((one) => walk(one, isField));
        if (typeof each !== 'object' || each === null)
            return each;
        return Object.fromEntries(Object.entries(each).map(([name, inner]) => {
            // Fields of events have the names that the evidence gives them.
            if (!isField && isOurs(name))
                return [name, inner];
            const isSecret = typeof inner === 'string' && isSecretName(name) && isSecretValue(inner);
            return [name, isSecret ? secretTag(inner, key) : walk(inner, isField || name === 'facts')];
        }));
    };
    return walk(value, false);
}
/** The longer of two that begin together first. */
function inOrder(spans) {
    return [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}
/** Texts without any of these hold none of the secrets that are looked for; nearly all are such texts. */
const HINT = /pass|pwd|secret|token|canary|cadata|[?&]sig=|(?:access|account|api[_-]?|validation|decryption|private )key|credential|securestring|logonuser|impersonate|createprocesswithlogon|authorization|bearer|basic |sessionid|aspxauth|eyj|<ss|[-/](?:pw?|r?p:|rp|hp|u|ntlm|rc4|aes\d{3})\b|-h?p\S|\/p:|\bnet1?(?:\.exe)?["']?\s{1,9}use|:[^\s/@"']{1,256}@|kennwort|\bps?w\W|[a-z0-9+/]{32}/i;
const OUTERMOST = { addresses: 0, isDecoded: false };
function spansOf(text, depth = OUTERMOST) {
    if (text.length < 4 || !HINT.test(text))
        return [];
    const found = [];
    for (const look of lookers)
        look(text, found, depth);
    if (CARETS.test(text))
        addMapped(text, withoutCarets, found, depth);
    if (depth.addresses < ADDRESSED && ENCODED.test(text))
        addMapped(text, fromAddress, found, { ...depth, addresses: depth.addresses + 1 });
    return found;
}
function addMapped(written, read, found, depth) {
    const { text, places } = read(written);
    for (const [from, to] of spansOf(text, depth))
        found.push([places[from], places[to]]);
}
/** cmd.exe drops carets: `n^et us^er a b`. */
const CARETS = /\^[^\s^]/;
function withoutCarets(written) {
    const places = [];
    let text = '';
    for (let at = 0; at < written.length; at++) {
        if (written[at] === '^')
            continue;
        text += written[at];
        places.push(at);
    }
    return { text, places: [...places, written.length] };
}
/** What a web shell is told in an address: `cmd=net+user+a+b`, `cmd=net%20user%20a%20b`; encoded twice at most. */
const ENCODED = /\w(?:\+|%(?:25)?20)\S/;
const ADDRESSED = 2;
function fromAddress(written) {
    const places = [];
    let text = '';
    for (let at = 0; at < written.length; at++) {
        places.push(at);
        const code = written[at] === '%' ? /^[0-7][0-9a-f]$/i.exec(written.slice(at + 1, at + 3))?.[0] : undefined;
        text +=
            written[at] === '+' ? ' ' : code === undefined ? written[at] : String.fromCharCode(Number.parseInt(code, 16));
        if (code !== undefined)
            at += 2;
    }
    return { text, places: [...places, written.length] };
}
// ---------------------------------------------------------------- values
const LONGEST = 2_048;
const QUOTES = ['\\"', "\\'", '&quot;', '&#34;', '&apos;', '"', "'", '`', '“', '‘', '%22', '%27'];
const ENTITIES = ['&amp;', '&lt;', '&gt;'];
/** The value that begins there: what stands in quotes, else up to a blank or one of `stops`. Null where there is none. */
function valueAt(text, at, stops) {
    const quote = QUOTES.find((each) => text.startsWith(each, at));
    if (quote !== undefined) {
        const from = at + quote.length;
        const close = quote === '“' ? '”' : quote === '‘' ? '’' : quote;
        const end = text.slice(from, from + LONGEST).indexOf(close);
        // Of a text that was cut the end is missing.
        return [from, end < 0 ? Math.min(text.length, from + LONGEST) : from + end];
    }
    let to = at;
    while (to < text.length && to - at < LONGEST && text.charCodeAt(to) > 32) {
        // In XML a sign may be written as an entity.
        if (stops.includes(text[to]) && !ENTITIES.some((entity) => text.startsWith(entity, to)))
            break;
        to++;
    }
    return to === at ? null : [at, to];
}
/** Words and masks in the place of a secret that are none. */
const WORDS_FOR_NONE = /^(?:true|false|null|none|yes|no|required|prompt|password|system\.security\.securestring|securestring)$/i;
/** What is put there when a script or page runs, and our own masks. */
const NO_SECRET = /^(?:\*+$|autogenerate|\[secret\b|\[redacted\]|\u003c%|<\w{1,32}>|%[a-z_]\w{0,64}%|\$[{(]|\$(?:env|script|global):|\$(?:args|_|null|true|false)\b|\([a-z$[]|@[({]|\{\d{0,2}\}|[a-z_][\w.]{0,256}[[(])/i;
const VARIABLE = /^\$([a-z_]\w{0,64})[;,)]{0,3}$/i;
const FOR_SECRETS = /pass|pwd|pw|cred|secret|secure|token|key|string|plain|ss/i;
function isSecretValue(value) {
    const some = value.trim();
    const variable = VARIABLE.exec(some)?.[1];
    return (some !== '' &&
        !NO_SECRET.test(some) &&
        !(some.length < 40 && WORDS_FOR_NONE.test(some)) &&
        !(variable !== undefined && FOR_SECRETS.test(variable)));
}
function add(text, span, found) {
    if (span !== null && isSecretValue(text.slice(span[0], span[1])))
        found.push(span);
}
/** Looks behind each match of a pattern for a value. */
function behind(pattern, stops, isNone = () => false) {
    return (text, found) => {
        pattern.lastIndex = 0;
        for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
            const span = valueAt(text, pattern.lastIndex, stops);
            if (span === null || isNone(text.slice(...span), match) || !isSecretValue(text.slice(...span)))
                continue;
            found.push(span);
            // A secret inside a secret is hidden with it.
            pattern.lastIndex = span[1];
        }
    };
}
const IN_COMMAND = '"\'|<>&';
const IN_PAIR = '"\'|<>&;\\';
const isNumber = (value) => /^\d{1,5}$/.test(value);
const isSwitch = (value) => /^[-/][a-z]/i.test(value);
// ---------------------------------------------------------------- commands
const NET_USER = /\bnet1?(?:\.exe)?["']?[ \t]{1,9}user[ \t]{1,9}(?:\\?"[^"\\\r\n]{1,256}\\?"|'[^'\r\n]{1,256}'|&quot;[^&\r\n]{1,256}&quot;|[^\s"'\\/|&<>]{1,256})[ \t]{1,9}(?:\/(?:add|domain|active:\w{1,3})[ \t]{1,9}){0,4}(?!&(?!quot;)|[/*|<>]|\d>)/gi;
const NET_USE = /\bnet1?(?:\.exe)?["']?[ \t]{1,9}use[ \t]{1,9}(?:(?:[a-z]:|\*)[ \t]{1,9})?(?:\\?["']|&quot;)?\\\\[^\s"'&]{1,256}(?:\\?["']|&quot;)?[ \t]{1,9}(?:\/\w{1,16}(?::[^\s]{1,256})?[ \t]{1,9}){0,6}(?!&(?!quot;)|[/*|<>]|\d>)/gi;
/** `-Password x`, `/pass:x`, `--api-key=x`, `/ntlm:x`. */
const SWITCH = /(?<![\w-])(?:--?|\/)[\w-]{0,32}?(?:password|passwd|passphrase|pass|pwd|pw|secret|api-?key|access-?token|auth-?token|token|ntlm|rc4|aes128|aes256|krbkey)(?:[ \t]{1,9}|[ \t]{0,3}[:=][ \t]{0,3})/gi;
/** `-p:x` and `/p:x` of any program; not properties of a build. */
const SHORT = /(?<![\w:/\\.-])[-/]r?p:(?=\S)/gi;
/** `-u x -p y` of any program, as renamed tools take them. */
const USER_AND = /(?<!\w)[-/]u(?:ser(?:name)?)?[ \t:=]{1,9}(?:\\?["'])?[^\s"']{1,256}["']?[ \t]{1,9}[-/]p[ \t:=]{1,9}/gi;
/** Options of programs that are followed by a password, or hold one. */
const tools = [
    [
        /^(?:psexec(?:64)?|paexec|csexec|evil-winrm|crackmapexec|cme|nxc|netexec|smbmap|sshpass|rdesktop|certutil)$/,
        /^[-/]p$/,
    ],
    [/^(?:crackmapexec|cme|nxc|netexec|evil-winrm)$/, /^-H$/],
    [/^(?:sqlcmd|osql|bcp)$/, /^[-/]P$/, /^[-/]P(?=.)/],
    [/^(?:mysql|mysqldump|mysqladmin|sshpass)$/, /^$/, /^-p(?=.)/],
    [/^(?:schtasks|winrs|wevtutil|xfreerdp)$/, /^[-/]r?p$/i],
    [/^(?:7z|7za|7zr|rar|winrar|unrar)$/, /^$/, /^-h?p(?=.)/],
    [/^(?:plink|pscp|psftp|kitty|putty)$/, /^-pw$/],
];
const TOOL = /(?<![\w.-])(psexec(?:64)?|paexec|csexec|evil-winrm|crackmapexec|cme|nxc|netexec|smbmap|sshpass|rdesktop|certutil|sqlcmd|osql|bcp|mysql|mysqldump|mysqladmin|schtasks|winrs|wevtutil|xfreerdp|7z[ar]?|rar|winrar|unrar|plink|pscp|psftp|kitty|putty|curl|bitsadmin|secretsdump|wmiexec|smbexec|atexec|dcomexec|mssqlclient|smbclient|getuserspns|getnpusers)(?:\.(?:exe|py))?["']?(?=[ \t])/gi;
/** Words of one command, and of all commands of a text together. */
const WORDS = { command: 200, text: 50_000 };
function commands(text, found) {
    let read = 0;
    for (const match of text.matchAll(TOOL)) {
        const tool = match[1].toLowerCase();
        const words = wordsFrom(text, match.index + match[0].length);
        if ((read += words.length) > WORDS.text)
            return;
        if (tool === 'curl')
            userAndPassword(text, words, found);
        else if (tool === 'bitsadmin')
            afterCredentials(text, words, found);
        if (IMPACKET.test(tool))
            inTarget(text, words, found);
        for (const [is, option, attached] of tools) {
            if (!is.test(tool))
                continue;
            words.forEach(([from, to], i) => {
                const word = text.slice(from, to);
                const held = attached?.exec(word);
                if (held)
                    add(text, valueAt(text, from + held[0].length, IN_COMMAND), found);
                else if (option.test(word) && words[i + 1]) {
                    const value = valueAt(text, words[i + 1][0], IN_COMMAND);
                    if (value && !isSwitch(text.slice(...value)))
                        add(text, value, found);
                }
            });
        }
    }
}
/** The words of a command up to its end. */
function wordsFrom(text, at) {
    const words = [];
    const end = text.slice(at, at + 4_096).search(/[\r\n|]|&(?!quot;|amp;|lt;|gt;|apos;|#\d)/);
    const part = text.slice(at, end < 0 ? at + 4_096 : at + end);
    for (const word of part.matchAll(/"[^"]{0,2048}"?|'[^']{0,2048}'?|[^\s"']{1,2048}/g)) {
        words.push([at + word.index, at + word.index + word[0].length]);
        if (words.length === WORDS.command)
            break;
    }
    return words;
}
/** `curl -u user:password`. */
function userAndPassword(text, words, found) {
    words.forEach(([from, to], i) => {
        const next = words[i + 1];
        if (!/^(?:-u|-U|--user|--proxy-user)$/.test(text.slice(from, to)) || !next)
            return;
        const value = valueAt(text, next[0], IN_COMMAND);
        const colon = value ? text.indexOf(':', value[0]) : -1;
        if (value && colon >= 0 && colon < value[1])
            add(text, [colon + 1, value[1]], found);
    });
}
/** `bitsadmin /setcredentials JOB SERVER BASIC user password`. */
function afterCredentials(text, words, found) {
    const at = words.findIndex(([from, to]) => /^\/setcredentials$/i.test(text.slice(from, to)));
    const word = at < 0 ? undefined : words[at + 5];
    if (word)
        add(text, valueAt(text, word[0], IN_COMMAND), found);
}
/** `secretsdump.py domain/user:password@host`. */
const IMPACKET = /^(?:secretsdump|psexec|wmiexec|smbexec|atexec|dcomexec|mssqlclient|smbclient|getuserspns|getnpusers)$/;
function inTarget(text, words, found) {
    for (const [from, to] of words) {
        const word = text.slice(from, to);
        const [slash, at] = [word.indexOf('/'), word.lastIndexOf('@')];
        const colon = slash < 0 ? -1 : word.indexOf(':', slash);
        if (colon > slash + 1 && at > colon + 1)
            add(text, [from + colon + 1, from + at], found);
    }
}
// ---------------------------------------------------------------- scripts and pages
const SECURE = /convertto-securestring[ \t]{1,9}(?:-(?:string|asplaintext|force)[ \t]{1,9}){0,3}/gi;
const PIPED = /["'](?=[^"'\r\n]{1,1024}["'][ \t]{0,9}\|[ \t]{0,9}convertto-securestring)/gi;
/** Calls that take a password, and its place among what they are given. */
const CALL = /(networkcredential|pscredential|logonuser[aw]?|impersonate\w{0,16}|createprocesswithlogon\w?)["']?(?:[ \t]{1,9}-argumentlist)?[ \t]{0,9}\(?[ \t]{0,9}(?=["'\\&])/gi;
function calls(text, found) {
    for (const match of text.matchAll(CALL)) {
        const place = /^(?:network|ps)credential/i.test(match[1]) ? 1 : 2;
        let at = match.index + match[0].length;
        for (let i = 0; i <= place; i++) {
            const value = valueAt(text, at, IN_PAIR);
            if (value === null)
                break;
            if (i === place)
                add(text, value, found);
            const comma = /^[^,\r\n]{0,8},[ \t\r\n]{0,9}(?:convertto-securestring[ \t]{1,9})?/i.exec(text.slice(value[1], value[1] + 64));
            if (comma === null)
                break;
            at = value[1] + comma[0].length;
        }
    }
}
/** `Password=x;`, `"password": "x"`, `?password=x&`, `string pwd = "x"`, `X-OWA-CANARY=x`. */
const PAIR = /(?<![\w])[\w.-]{0,32}?(?:password|passwd|passphrase|pwd|secret|accountkey|sharedaccesskey|sharedsecret|api[_-]?key|access[_-]?token|refresh[_-]?token|id_token|canary|canarytoken|validationkey|decryptionkey|cadata(?:key|iv|sig)?|asp\.net_sessionid|aspxauth)(?:\\?["']|%22)?[\])]{0,2}[ \t]{0,9}(?:={1,3}|:(?![:/])|%3d)[ \t]{0,9}/gi;
/** Shorter names of the same, which other words end with too. */
const SHORT_PAIR = /(?<![A-Za-z])(?:user|db|admin|root|auth|smtp|ftp)?[_-]?(?:pass|pw|psw|passwort|kennwort)(?:\\?["']|%22)?[\])]{0,2}(?:(?:=|%3d)(?=[^\s=])|[ \t]{0,9}={1,3}[ \t]{0,9}(?=["'\\]))/gi;
/** The signature of a shared access link. */
const SIGNATURE = /[?&]sig=/gi;
const ELEMENT = /<(?:\w{1,32}:)?\w{0,32}?(?:password|passwd|passphrase|pwd|secret|accountkey|sharedaccesskey|sharedsecret|api[_-]?key|access[_-]?token|refresh[_-]?token|id_token|canary|canarytoken|validationkey|decryptionkey|cadata(?:key|iv|sig)?|asp\.net_sessionid|aspxauth)(?:\s[^<>]{0,256})?>(?:\s{0,64}<value>)?/gi;
const SECURED = /<SS(?:\s[^<>]{0,256})?>/g;
const NAMED = /\b(?:name|key|n)\\?["']?\s{0,9}[:=]\s{0,9}\\?["'][\w.-]{0,64}?(?:password|passwd|passphrase|pwd|secret|accountkey|sharedaccesskey|sharedsecret|api[_-]?key|access[_-]?token|refresh[_-]?token|id_token|canary|canarytoken|validationkey|decryptionkey|cadata(?:key|iv|sig)?|asp\.net_sessionid|aspxauth)\\?["']/gi;
/** The text between the name of a setting and its value. */
const VALUE_OF = /^(?:[^<>{}]{0,256}?\bvalue\\?["']?\s{0,9}[:=]\s{0,9}|[^<>]{0,128}>)/i;
function named(text, found) {
    for (const match of text.matchAll(NAMED)) {
        const at = match.index + match[0].length;
        const between = VALUE_OF.exec(text.slice(at, at + 400));
        if (between)
            add(text, valueAt(text, at + between[0].length, '<"\''), found);
    }
}
// ---------------------------------------------------------------- tokens
const AUTHORIZATION = /\bauthorization["']?[^\w\r\n]{1,9}(?:(?:basic|bearer|ntlm|negotiate|digest)[ \t]{1,4}|%20)/gi;
const BEARER = /\bbearer[ ]{1,4}(?=[\w.~+/-]{16})/gi;
const JWT = /\beyJ[\w-]{8}/g;
const BASIC = /\bbasic[ ]{1,4}(?=[A-Za-z0-9+/]{8})/gi;
const PEM = /-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----/g;
/** `https://user:password@host`. */
const IN_URL = /:\/\/[^\s/:@"'<>?#]{1,128}:(?=[^\s/@"'<>]{1,256}@[\w.[-])/g;
function webTokens(text, found) {
    JWT.lastIndex = 0;
    for (let match = JWT.exec(text); match !== null; match = JWT.exec(text)) {
        let to = JWT.lastIndex;
        while (to < text.length && /[\w.-]/.test(text[to]))
            to++;
        if (text.slice(match.index, to).includes('.'))
            found.push([match.index, to]);
        JWT.lastIndex = to;
    }
}
function basic(text, found) {
    for (const match of text.matchAll(BASIC)) {
        const span = valueAt(text, match.index + match[0].length, IN_PAIR);
        if (span && /^[ -~]{1,256}:[ -~]{0,256}$/.test(Buffer.from(text.slice(...span), 'base64').toString('latin1')))
            found.push(span);
    }
}
function privateKeys(text, found) {
    for (const match of text.matchAll(PEM)) {
        const from = match.index + match[0].length;
        const end = text.indexOf('-----END', from);
        const to = end < 0 ? text.length : end;
        if (isSecretValue(text.slice(from, to)))
            found.push([from, to]);
    }
}
/** An encoded command that contains a secret is a secret as a whole. */
const BASE64 = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,65536}={0,2}(?![A-Za-z0-9+/])/g;
function encoded(text, found, depth) {
    if (depth.isDecoded)
        return;
    for (const match of text.matchAll(BASE64)) {
        const bytes = Buffer.from(match[0], 'base64');
        const inner = bytes.includes(0) ? bytes.toString('utf16le') : bytes.toString('utf8');
        if (spansOf(inner, { ...depth, isDecoded: true }).length > 0)
            found.push([match.index, match.index + match[0].length]);
    }
}
const UNTIL_URL = '"\'<>@ ';
const lookers = [
    behind(NET_USER, IN_COMMAND),
    behind(NET_USE, IN_COMMAND, (value) => /^(?:yes|no)$/i.test(value)),
    behind(SWITCH, IN_COMMAND, (value, [before]) => (isSwitch(value) && !/[:=]\s*$/.test(before)) || isNumber(value)),
    behind(SHORT, IN_COMMAND, (value) => isNumber(value) || value.includes('=')),
    behind(USER_AND, IN_COMMAND, (value) => isNumber(value) || isSwitch(value)),
    commands,
    behind(SECURE, IN_COMMAND, (value) => isSwitch(value)),
    behind(PIPED, '"\''),
    calls,
    behind(PAIR, IN_PAIR),
    behind(SHORT_PAIR, IN_PAIR),
    behind(SIGNATURE, IN_PAIR),
    behind(ELEMENT, '<'),
    behind(SECURED, '<'),
    named,
    behind(AUTHORIZATION, IN_PAIR),
    behind(BEARER, IN_PAIR),
    behind(IN_URL, UNTIL_URL, isNumber),
    webTokens,
    basic,
    privateKeys,
    encoded,
];
// ---------------------------------------------------------------- what is known already
const TOKEN = /[^\s"'`;&<>()|=,]{6,256}/g;
/** Words of a text that are secrets: of a row that was cut only the secret may be left. */
function knownIn(text, known) {
    const found = [];
    for (const match of text.matchAll(TOKEN))
        if (known.has(match[0]))
            found.push([match.index, match.index + match[0].length]);
    return found;
}
/** Can a secret be distinguished from other words without a name before it? */
export function isDistinctSecret(secret) {
    return (/^[^\s"'`;&<>()|=,\\/]{6,256}$/.test(secret) &&
        /\d/.test(secret) &&
        /[^\d.:-]/.test(secret) &&
        !/\.\w{2,4}$/.test(secret));
}
//# sourceMappingURL=secrets.js.map