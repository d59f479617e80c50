import { placer } from '../../lib/file-positions.js';
/** A source whose rules cannot even be told apart. */
export class YaraSyntax extends Error {
    line;
    column;
    constructor(message, at) {
        super(message);
        this.name = 'YaraSyntax';
        this.line = at.line;
        this.column = at.column;
    }
}
/**
 * Finds the rules of a YARA source, their metadata, imports and includes: the engines tell metadata only of rules that
 * matched. The rest of the grammar is left to the engine.
 * https://virustotal.github.io/yara-x/docs/writing_rules/anatomy-of-a-rule/
 */
export function outline(text) {
    const tokens = tokensOf(text);
    const at = placer(text);
    checkDepth(tokens, at);
    const rules = [];
    const imports = [];
    const includes = [];
    let head = null; // where `private` or `global` before a rule began
    const flags = new Set();
    for (let i = 0; i < tokens.length; i++) {
        const token = tokens[i];
        const next = tokens[i + 1];
        if (token.text === 'include')
            includes.push(at(token.at));
        else if (token.text === 'import' && next)
            imports.push({ module: unquote(next.text), ...at(token.at) });
        else if (token.text === 'private' || token.text === 'global') {
            head ??= token.at;
            flags.add(token.text);
        }
        else if (token.text === 'rule') {
            const { rule, last } = readRule(tokens, i, head ?? token.at, flags, at);
            rules.push(rule);
            i = last;
            head = null;
            flags.clear();
        }
    }
    return { rules, imports, includes };
}
/** The text with one rule overwritten by spaces; line ends stay, so that places keep their meaning. */
export function blank(text, rule) {
    return text.slice(0, rule.start) + text.slice(rule.start, rule.end).replace(/[^\r\n]/g, ' ') + text.slice(rule.end);
}
/** The engine calls itself once for each of these, and takes three times as long for each call within a call. */
const DEPTH = { brackets: 100, signs: 100, calls: 8 };
const SIGNS = new Set(['not', '-', '~', 'defined']);
/** Words before a bracket that call nothing. */
const WORDS = new Set(['and', 'or', 'not', 'in', 'of', 'at', 'for', 'with', 'defined', 'matches']);
const OPENS = '([{';
function checkDepth(tokens, at) {
    const open = [];
    let [calls, signs] = [0, 0];
    const checked = (count, most, what, token) => {
        if (count > most)
            throw new YaraSyntax(`${what} more than ${most} deep; no more are read`, at(token.at));
    };
    tokens.forEach((token, i) => {
        const { text } = token;
        signs = SIGNS.has(text) ? signs + 1 : 0;
        checked(signs, DEPTH.signs, 'a run of "not", "-" or "~"', token);
        if (text.length === 1 && OPENS.includes(text)) {
            const before = tokens[i - 1]?.text ?? '';
            const isCall = text === '(' && /^[A-Za-z_]/.test(before) && !WORDS.has(before);
            open.push(isCall);
            if (isCall)
                calls++;
            checked(calls, DEPTH.calls, 'calls within calls', token);
            checked(open.length, DEPTH.brackets, 'brackets within brackets', token);
        }
        else if (text === ')' || text === ']' || text === '}') {
            if (open.pop())
                calls--;
        }
    });
}
function readRule(tokens, i, start, flags, at) {
    const name = tokens[i + 1];
    if (!name || !/^[A-Za-z_]\w*$/.test(name.text))
        throw new YaraSyntax('`rule` without a name', at(tokens[i].at));
    const tags = [];
    let meta = [];
    let depth = 0;
    for (let k = i + 2; k < tokens.length; k++) {
        const { text } = tokens[k];
        if (text === '{')
            depth++;
        else if (text === '}' && --depth === 0) {
            const end = tokens[k].at + 1;
            const rule = {
                name: name.text,
                tags,
                meta,
                isPrivate: flags.has('private'),
                isGlobal: flags.has('global'),
                start,
                end,
                line: at(start).line,
                lastLine: at(end - 1).line,
            };
            return { rule, last: k };
        }
        else if (depth < 0)
            break;
        else if (depth === 0 && text !== ':')
            tags.push(text);
        else if (depth === 1 && text === 'meta' && tokens[k + 1]?.text === ':' && tokens[k - 1]?.text === '{')
            meta = readMeta(tokens, k + 2);
    }
    throw new YaraSyntax(`The rule ${name.text} has no end`, at(tokens[i].at));
}
/** `key = value` pairs; a value is a text, a number or a truth value. */
function readMeta(tokens, from) {
    const meta = [];
    let k = from;
    while (tokens[k + 1]?.text === '=') {
        const minus = tokens[k + 2]?.text === '-';
        const value = tokens[minus ? k + 3 : k + 2]?.text ?? '';
        meta.push([tokens[k].text, (minus ? '-' : '') + unquote(value)]);
        k += minus ? 4 : 3;
    }
    return meta;
}
const TOKEN = /[A-Za-z_]\w*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|\/(?:[^/\\\n]|\\.)+\/[is]*|\S/y;
// A slash always begins a comment or a regular expression: YARA divides with a backslash.
function tokensOf(text) {
    const tokens = [];
    const at = placer(text);
    let i = 0;
    while (i < text.length) {
        if (/\s/.test(text[i]))
            i++;
        else if (text.startsWith('//', i))
            i = endOf(text, '\n', i);
        else if (text.startsWith('/*', i)) {
            const end = text.indexOf('*/', i + 2);
            if (end < 0)
                throw new YaraSyntax('A comment without an end', at(i));
            i = end + 2;
        }
        else {
            TOKEN.lastIndex = i;
            const found = TOKEN.exec(text)[0];
            tokens.push({ text: found, at: i });
            i += found.length;
        }
    }
    return tokens;
}
function endOf(text, mark, from) {
    const end = text.indexOf(mark, from);
    return end < 0 ? text.length : end;
}
function unquote(token) {
    if (!token.startsWith('"'))
        return token;
    return token.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|.)/g, (_, code) => {
        if (code.length === 3)
            return String.fromCharCode(Number.parseInt(code.slice(1), 16));
        return { n: '\n', t: '\t', r: '\r' }[code] ?? code;
    });
}
//# sourceMappingURL=source.js.map