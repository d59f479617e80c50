/** Names in the code of a page that stand for others: what Server and Request are called, eval under another name, code in texts. */
/** Where code is run that follows; nothing calls it on an object. */
const RUN = /(?<![\w.])(?:eval|execute|executeglobal)\s{0,4}[\s(]\s{0,4}/i;
/** The statements with `r.Form` written as `Request.Form` where `r` is another name of the request, and so for the server. */
export function aliasesWrittenOut(statements) {
    const aliases = new Map();
    for (const { text } of statements) {
        const assigned = /\b([A-Za-z_]\w{0,80})\s{0,8}(?::\s{0,4}\w{1,40}\s{0,4})?=\s{0,8}(?:[\w.]{1,80}\.)?(request|server)\s{0,40}$/i.exec(text);
        const typed = /\bHttpRequest(?:Base)?\s{1,8}([A-Za-z_]\w{0,80})/.exec(text);
        if (aliases.size > 50)
            break;
        if (assigned)
            aliases.set(assigned[1].toLowerCase(), assigned[2]);
        if (typed)
            aliases.set(typed[1].toLowerCase(), 'Request');
    }
    aliases.delete('request');
    aliases.delete('server');
    if (aliases.size === 0)
        return statements;
    return statements.map(({ text, at }) => ({
        text: text.replace(/(?<![\w.])[A-Za-z_]\w{0,80}(?=\s{0,4}[.[(!])/g, (name) => aliases.get(name.toLowerCase()) ?? name),
        at,
    }));
}
/** The place where code of JScript takes eval as a value, to call it under another name; null where it does not. */
export function evalIsAValue(page, statements) {
    if (!/\blanguage\s{0,4}=\s{0,4}["']?\s{0,4}(?:jscript|javascript)/i.test(page))
        return null;
    const one = statements.find(({ text }) => /(?:[=:,([?]|\breturn)\s{0,8}eval\b(?!\s{0,4}[(.\w"'])/.test(text.replace(/"[^"\r\n]{0,400}"|'[^'\r\n]{0,400}'/g, ' ')) || /\[\s{0,4}["']eval["']\s{0,4}\]/.test(text));
    return one === undefined ? null : [one.at, Math.min(one.text.length, 400)];
}
/** Texts that Basic evaluates after it has put them together: constants, Replace and StrReverse of them. */
export function* unfolded(statements) {
    const texts = new Map();
    let yielded = 0;
    const valueOf = (part) => {
        const plain = part.trim();
        const literal = /^"((?:[^"]|""){0,8000})"$/.exec(plain)?.[1];
        return literal === undefined ? (texts.get(plain.toLowerCase()) ?? null) : literal.replaceAll('""', '"');
    };
    for (const { text, at } of statements) {
        const run = RUN.exec(text.slice(-8_100));
        const ran = run === null ? '' : text.slice(-8_100).slice(run.index + run[0].length);
        const isClosed = run !== null && (run[0] + ran).includes('(') && !/\w\s{0,4}\(/.test(ran);
        const code = ran === '' ? null : computed(ran.trim().replace(/\)$/, isClosed ? '' : ')'), valueOf);
        if (code !== null && ++yielded <= 20)
            yield { code, at: [at, Math.min(text.length, 400)] };
        const m = /^\s{0,40}(?:dim\s{1,4}|const\s{1,4}|var\s{1,4})?([A-Za-z_]\w{0,80})\s{0,8}=\s{0,8}([^]{1,8100})$/i.exec(text);
        const value = m === null ? null : computed(m[2], valueOf);
        if (m !== null && value !== null && texts.size < 500)
            texts.set(m[1].toLowerCase(), value);
    }
}
function computed(part, valueOf) {
    const replaced = /^\s{0,8}replace\s{0,4}\(\s{0,4}("(?:[^"]|""){0,8000}"|\w{1,80})\s{0,4},\s{0,4}("(?:[^"]|""){1,100}")\s{0,4},\s{0,4}("(?:[^"]|""){0,100}")\s{0,4}\)\s{0,8}$/i.exec(part);
    if (replaced) {
        const [text, from, to] = [valueOf(replaced[1]), valueOf(replaced[2]), valueOf(replaced[3])];
        return text === null || from === null || to === null ? null : text.replaceAll(from, to).slice(0, 20_000);
    }
    const turned = /^\s{0,8}strreverse\s{0,4}\(\s{0,4}("(?:[^"]|""){0,8000}"|\w{1,80})\s{0,4}\)\s{0,8}$/i.exec(part);
    if (turned) {
        const text = valueOf(turned[1]);
        return text === null ? null : [...text].reverse().join('');
    }
    return valueOf(part);
}
//# sourceMappingURL=page-names.js.map