import { pageCodeOf } from './page-code.js';
import { otherPasswordInfo, passwordInfo } from './page-sinks.js';
/**
 * Does the password that is typed at the logon page of Exchange reach a file, a message, or a request to another site? The page only
 * submits its form, and a product for a second factor that changed it contacts its own server or asks for a code: no request to a
 * path of the same site counts here. Names are not scoped, as in the flow analysis of web shells.
 */
export const passwordFlow = {
    get infos() {
        return [passwordInfo, otherPasswordInfo];
    },
    scan(bytes) {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
        const followed = { isCut: false };
        const byServer = typedAtServer.test(text) ? keptByServer(text, followed) : null;
        const isOfLogon = ofLogon.test(text);
        const place = byServer ?? (isOfLogon ? sentByBrowser(text, followed) : null);
        if (place !== null)
            return [{ rule: (isOfLogon ? passwordInfo : otherPasswordInfo).id, places: [place] }];
        // Code that was added in front of it hides nothing: the page was not searched to its end.
        if (isOfLogon && followed.isCut)
            throw new RangeError('more code than passwords are followed through');
        return [];
    },
};
const LIMITS = { assignments: 20_000, rounds: 8, calls: 2_000, value: 2_000 };
/** The logon page of Exchange and its script. */
const ofLogon = /\bclkLgn\b|\blogonForm\b|\bauth\.owa\b|\bMicrosoft\.Exchange\.[\w.]{1,80}\bLogon\b/;
// ---------------------------------------------------------------- in the browser
/** The field, the form with it, or its value. */
const typedInBrowser = /(?:\bgbid|\bgetElementById)\s{0,4}\(\s{0,4}["'](?:password|passwordText)["']|\.\s{0,4}password(?:Text)?\s{0,4}\.\s{0,4}value\b|\[\s{0,4}["']password(?:Text)?["']\s{0,4}\]|\bgetElementsByName\s{0,4}\(\s{0,4}["']password["']|(?:\bquerySelector(?:All)?|\$|\bjQuery)\s{0,4}\(\s{0,4}["'][^"'\r\n]{0,60}(?:#password|(?:type|name)\s{0,2}=\s{0,2}\\?["']?password)|\bnew\s{1,4}FormData\s{0,4}\([^)\r\n]{0,40}(?:logonForm|\bforms?\b)|\blogonForm\b[^;\r\n]{0,40}\.\s{0,4}serialize\w{0,5}\s{0,4}\(/i;
/** What sends its arguments; the address of `send` is in `open`. */
const sends = /(?<via>\.\s{0,4}send|\bfetch|\bsendBeacon|(?:\$|\bjQuery)\s{0,4}\.\s{0,4}(?:ajax|post|get|getJSON|getScript)|\.\s{0,4}open)\s{0,4}\(/g;
const opens = /(?:\.\s{0,4}open|\bnew\s{1,4}WebSocket)\s{0,4}\(/g;
/** A picture, script or frame whose address holds the password. */
const loads = /\.\s{0,4}(?:src|href|action)\s{0,4}=(?![=])|\.\s{0,4}setAttribute\s{0,4}\(\s{0,4}["'](?:src|href)["']\s{0,4},/g;
function sentByBrowser(text, followed) {
    if (!typedInBrowser.test(text))
        return null;
    const values = valuesOf(text, followed);
    const tainted = taintedBy(typedInBrowser, values);
    const isTyped = (part) => typedInBrowser.test(part) || namesIn(part).some((name) => tainted.has(name));
    const isOutside = (part) => namesElsewhere(part) || namesIn(part).some((name) => (values.get(name) ?? []).some(namesElsewhere));
    const addresses = placesOf(opens, text, followed).map((at) => argumentsFrom(text, at));
    for (const at of placesOf(sends, text, followed)) {
        const given = argumentsFrom(text, at);
        const isSend = /send\s{0,4}\(?$/.test(text.slice(Math.max(0, at - 12), at));
        if (isTyped(given) && (isSend ? addresses.some(isOutside) : isOutside(given)))
            return [at, Math.min(given.length, 400)];
    }
    for (const at of placesOf(loads, text, followed)) {
        const value = valueFrom(text, at);
        if (isTyped(value) && isOutside(value))
            return [at, Math.min(value.length, 400)];
    }
    return null;
}
/** Does it name another site: an address with a host, or one in Base64? */
function namesElsewhere(part) {
    if (/["'`](?:https?:|wss?:)?\\?\/\\?\/[\w.[-]/i.test(part))
        return true;
    return [...part.matchAll(/\batob\s{0,4}\(\s{0,4}["']([\w+/=]{8,400})["']/g)].some(([, coded]) => /^(?:(?:https?|wss?):)?\/\//i.test(Buffer.from(coded, 'base64').toString('latin1')));
}
// ---------------------------------------------------------------- at the server
const typedAtServer = /\bRequest\s{0,4}(?:\.\s{0,4}(?:Form|Params|Item)\s{0,4}(?:\.\s{0,4}(?:Get|GetValues)\s{0,4})?)?[[(]\s{0,4}["'](?:password|passwordText|passwd|pwd)["']/i;
const writes = /\bFile\s{0,4}\.\s{0,4}(?:Append\w{4,8}|WriteAll\w{4,8})\s{0,4}\(|\.\s{0,4}(?:Upload(?:String|Values|Data)\w{0,12}|Download(?:String|Data)\w{0,12}|PostAsync|GetAsync|GetStringAsync|OpenRead)\s{0,4}\(|\bWebRequest\s{0,4}\.\s{0,4}Create\w{0,8}\s{0,4}\(|\bnew\s{1,4}(?:[\w.]{1,40}\.)?MailMessage\s{0,4}\(|\.\s{0,4}(?:Body|Subject)\s{0,4}=(?!=)/g;
/** Writers of files, whose methods are given what is written. */
const writers = /\bnew\s{1,4}(?:[\w.]{1,40}\.)?(?:StreamWriter|FileStream|BinaryWriter)\b|\bFile\s{0,4}\.\s{0,4}(?:AppendText|CreateText|OpenWrite|Open|Create)\s{0,4}\(|\.\s{0,4}GetRequestStream\s{0,4}\(/;
const written = /\b([A-Za-z_]\w{0,80})\s{0,4}\.\s{0,4}Write\w{0,10}\s{0,4}\(/g;
function keptByServer(text, followed) {
    const { statements } = pageCodeOf(text);
    const values = valuesOf(statements.map((one) => one.text).join(';\n'), followed);
    const tainted = taintedBy(typedAtServer, values);
    const isTyped = (part) => typedAtServer.test(part) || namesIn(part).some((name) => tainted.has(name));
    const isWriter = (name) => (values.get(name) ?? []).some((value) => writers.test(value));
    for (const { text: code, at } of statements) {
        const isGiven = placesOf(writes, code, followed).some((from) => isTyped(code[from - 1] === '=' ? valueFrom(code, from) : argumentsFrom(code, from)));
        const isWritten = [...code.matchAll(written)].some((m) => isWriter(m[1]) && isTyped(argumentsFrom(code, m.index + m[0].length)));
        if (isGiven || isWritten)
            return [at, Math.min(code.length, 400)];
    }
    return null;
}
// ---------------------------------------------------------------- names
/** What is assigned to each name, or given to its methods that collect. */
function valuesOf(text, followed) {
    const values = new Map();
    let found = 0;
    for (const m of text.matchAll(/([A-Za-z_$][\w$]{0,80})\s{0,8}(?:\+?=(?![=>])|\.\s{0,4}(?:push|append|add|set)\s{0,4}\(|:(?=\s))/gi)) {
        if (++found > LIMITS.assignments) {
            followed.isCut = true;
            break;
        }
        const own = values.get(m[1]) ?? [];
        values.set(m[1], own);
        if (own.length < 16)
            own.push(valueFrom(text, m.index + m[0].length));
    }
    return values;
}
/** Names that hold what the source gives, directly or through others. */
function taintedBy(source, values) {
    const tainted = new Set();
    for (let round = 0, before = -1; tainted.size > before && round < LIMITS.rounds; round++) {
        before = tainted.size;
        for (const [name, own] of values)
            if (own.some((value) => source.test(value) || namesIn(value).some((one) => tainted.has(one))))
                tainted.add(name);
    }
    return tainted;
}
/** Names outside of texts. */
function namesIn(part) {
    return part.replace(/"[^"\r\n]{0,400}"|'[^'\r\n]{0,400}'/g, ' ').match(/[A-Za-z_$][\w$]{0,80}/g) ?? [];
}
function placesOf(call, text, followed) {
    const places = [];
    for (const m of text.matchAll(call)) {
        if (places.length >= LIMITS.calls) {
            followed.isCut = true;
            break;
        }
        places.push(m.index + m[0].length);
    }
    return places;
}
/** What is between the bracket that opens before this place and the one that closes it. */
function argumentsFrom(text, from) {
    return upTo(text, from, (letter, depth) => depth < 0 && letter !== ';');
}
/** A value up to the end of its statement. */
function valueFrom(text, from) {
    return upTo(text, from, (letter, depth) => depth < 0 || (depth === 0 && /[;\r\n]/.test(letter)));
}
function upTo(text, from, ends) {
    const most = Math.min(text.length, from + LIMITS.value);
    let depth = 0;
    let quote = '';
    for (let at = from; at < most; at++) {
        const letter = text[at];
        if (quote !== '') {
            if (letter === '\\')
                at++;
            else if (letter === quote || letter === '\n')
                quote = '';
        }
        else if (/["'`]/.test(letter))
            quote = letter;
        else {
            if ('([{'.includes(letter))
                depth++;
            else if (')]}'.includes(letter))
                depth--;
            if (ends(letter, depth))
                return text.slice(from, at);
        }
    }
    return text.slice(from, most);
}
//# sourceMappingURL=typed-passwords.js.map