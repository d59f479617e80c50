/**
 * The pairs of EventData: `S:KEY=value;I32:KEY=1;'S:KEY=value with ; and '' in it'`. A pair that holds a `;` or a quote
 * stands in single quotes, with those inside doubled. Keys that are no plain words (counters per server) are left out.
 */
export function ecpPairs(data) {
    const pairs = new Map();
    for (const item of items(data)) {
        const m = /^[A-Za-z][A-Za-z0-9]{0,5}:([A-Za-z]\w{0,30})=/.exec(item);
        if (!m || pairs.size >= 200)
            continue;
        const key = m[1];
        const value = item.slice(m[0].length);
        const known = pairs.get(key);
        if (known === undefined)
            pairs.set(key, value);
        else
            pairs.set(key, [...(Array.isArray(known) ? known : [known]), value].slice(0, 50));
    }
    return pairs;
}
function items(data) {
    const found = [];
    let at = 0;
    while (at < data.length && found.length < 5_000) {
        if (data[at] === "'") {
            const quoted = readQuoted(data, at + 1);
            // A quote that never closes (the row was cut or edited) begins no quoting.
            if (quoted) {
                found.push(quoted.value);
                const next = data.indexOf(';', quoted.end);
                at = next < 0 ? data.length : next + 1;
                continue;
            }
            at++;
        }
        const next = data.indexOf(';', at);
        found.push(next < 0 ? data.slice(at) : data.slice(at, next));
        at = next < 0 ? data.length : next + 1;
    }
    return found;
}
function readQuoted(text, from) {
    let value = '';
    let at = from;
    for (;;) {
        const quote = text.indexOf("'", at);
        if (quote < 0)
            return null;
        value += text.slice(at, quote);
        if (text[quote + 1] !== "'")
            return { value, end: quote + 1 };
        value += "'";
        at = quote + 2;
    }
}
/**
 * Cmdlets and parameters of `Set-OabVirtualDirectory.ExternalUrl='http://…'.Identity='…'`, several joined by `|`.
 * The parameters are written as the other logs of cmdlets write them: `-ExternalUrl "http://…" -Identity "…"`.
 */
export function ecpCommand(command) {
    const cmdlets = [];
    const parameters = [];
    for (const part of splitOutside(command, '|')) {
        const [name, ...pairs] = splitOutside(part.trim(), '.');
        if (!name || /^Pipeline$/i.test(name))
            continue;
        if (/^[A-Za-z]+-\w+$/.test(name) && !cmdlets.includes(name))
            cmdlets.push(name);
        for (const pair of joinNumbers(pairs)) {
            const equals = pair.indexOf('=');
            if (equals < 0)
                parameters.push(`-${pair}`);
            else
                parameters.push(`-${pair.slice(0, equals)} "${unquote(pair.slice(equals + 1))}"`);
        }
    }
    return { cmdlets, parameters: parameters.join(' ') };
}
// A dot inside an unquoted value (a number, a name) does not begin a parameter.
function joinNumbers(parts) {
    const joined = [];
    for (const part of parts) {
        if (joined.length > 0 && !/^[A-Za-z]\w*(?:=|$)/.test(part))
            joined[joined.length - 1] += `.${part}`;
        else
            joined.push(part);
    }
    return joined;
}
function unquote(value) {
    return value.length > 1 && value.startsWith("'") && value.endsWith("'")
        ? value.slice(1, -1).replaceAll("''", "'")
        : value;
}
function splitOutside(text, separator) {
    const parts = [];
    let quoted = false;
    let from = 0;
    for (let i = 0; i < text.length; i++) {
        const c = text[i];
        if (c === "'")
            quoted = !quoted;
        else if (c === separator && !quoted) {
            parts.push(text.slice(from, i));
            from = i + 1;
        }
    }
    parts.push(text.slice(from));
    return parts;
}
//# sourceMappingURL=ecp-data.js.map