/**
 * The objects of a text that is JSON but for what people do to it: comments, `...` where something was left out, quotation marks
 * of other languages and of Python, commas too many or too few, braces that are missing at the end or around everything. Each
 * character is looked at once, also where much is missing.
 */
export function looseObjects(text) {
    const reader = new Reader(text);
    const found = [];
    while (found.length < MOST) {
        const from = reader.next();
        if (from < 0)
            break;
        found.push({ from, value: reader.object(from), to: reader.at });
    }
    return found;
}
const MOST = 10_000;
const DEPTH = 40;
/** An object, or the first member of one whose braces were left out. */
const BEGIN = /\{|^[^\S\n]{0,40}["'][A-Za-z@][\w.@-]{1,60}["']\s{0,8}:/gm;
const LEFT_OUT = /\[\s{0,4}(?:\.{3}|\u2026|snip\w{0,5})\s{0,4}\]|\.{3}|\u2026|<(?:snip\w{0,5}|\.{3})>/iy;
const BLANK = /\s+|\/\/[^\n]*/y;
const BARE = /[^\s,:{}[\]"']+/y;
const CLOSING = { '"': '"', "'": "'", '\u201c': '\u201d', '\u201d': '\u201d' };
/** Where `Format-List` goes on with a value in the next line. */
const WRAPPED = /\n {8,80}/y;
const NO_KEY = Symbol('no key');
class Reader {
    #text;
    #isWrapped = false;
    at = 0;
    constructor(text) {
        this.#text = text;
    }
    /** Where the next object begins; -1 where none does. */
    next() {
        BEGIN.lastIndex = this.at;
        const m = BEGIN.exec(this.#text);
        return m ? m.index + m[0].length - m[0].trimStart().length : -1;
    }
    /** The object that begins at a place: with its brace, or with its first member. */
    object(from) {
        const isBraced = this.#text[from] === '{';
        // A value of a list begins behind its name.
        this.#isWrapped =
            isBraced &&
                /\S\s{0,4}:\s{1,4}$/.test(this.#text
                    .slice(Math.max(0, from - 100), from)
                    .split('\n')
                    .at(-1));
        this.at = isBraced ? from + 1 : from;
        return this.#members(isBraced, 0);
    }
    #members(isBraced, depth) {
        const members = Object.create(null);
        let first = null;
        for (;;) {
            this.#blanks();
            const mark = this.#text[this.at];
            if (mark === undefined)
                return members;
            if (mark === '}') {
                this.at++;
                if (isBraced)
                    return members;
                continue;
            }
            const from = this.at;
            const key = this.#key();
            if (key === NO_KEY)
                continue;
            // Without braces the first member again is the next object.
            if (!isBraced && key === first) {
                this.at = from;
                return members;
            }
            first ??= key;
            members[key] = this.#value(depth);
        }
    }
    /** A name with a colon behind it; anything else there is passed over. */
    #key() {
        const key = this.#isQuote() ? this.#string() : this.#bare();
        if (key === null) {
            this.at++;
            return NO_KEY;
        }
        this.#blanks();
        if (this.#text[this.at] !== ':')
            return NO_KEY;
        this.at++;
        return key;
    }
    #value(depth) {
        this.#blanks();
        const mark = this.#text[this.at];
        if (mark === '{' || mark === '[') {
            this.at++;
            if (depth >= DEPTH)
                return null;
            return mark === '{' ? this.#members(true, depth + 1) : this.#list(depth + 1);
        }
        if (this.#isQuote())
            return this.#string();
        if (mark === ',' || mark === '}' || mark === ']')
            return null;
        const word = this.#bare();
        return word === null ? null : plain(word);
    }
    #list(depth) {
        const values = [];
        for (;;) {
            this.#blanks();
            const mark = this.#text[this.at];
            if (mark === undefined)
                return values;
            if (mark === ']') {
                this.at++;
                return values;
            }
            // A list whose end is missing ends with the object that it is in.
            if (mark === '}')
                return values;
            if (mark === ',' || mark === ':')
                this.at++;
            else
                values.push(this.#value(depth));
        }
    }
    #isQuote() {
        return CLOSING[this.#text[this.at] ?? ''] !== undefined;
    }
    #string() {
        const close = CLOSING[this.#text[this.at]];
        let value = '';
        let from = ++this.at;
        for (; this.at < this.#text.length; this.at++) {
            const mark = this.#text[this.at];
            if (mark === close)
                break;
            if (mark === '\n') {
                WRAPPED.lastIndex = this.at;
                const wrap = this.#isWrapped ? WRAPPED.exec(this.#text)?.[0] : undefined;
                if (wrap === undefined)
                    break;
                value += this.#text.slice(from, this.at);
                from = this.at + wrap.length;
                this.at = from - 1;
                continue;
            }
            if (mark !== '\\')
                continue;
            const escaped = ESCAPES[this.#text[this.at + 1] ?? ''];
            if (escaped === undefined)
                continue;
            value += this.#text.slice(from, this.at) + escaped;
            this.at++;
            from = this.at + 1;
        }
        value += this.#text.slice(from, this.at);
        if (this.#text[this.at] === close)
            this.at++;
        return value;
    }
    #bare() {
        BARE.lastIndex = this.at;
        const word = BARE.exec(this.#text)?.[0];
        if (word === undefined)
            return null;
        this.at += word.length;
        return word;
    }
    /** Blanks, comments, and marks of what was left out. */
    #blanks() {
        for (;;) {
            const from = this.at;
            for (const form of [BLANK, LEFT_OUT]) {
                form.lastIndex = this.at;
                this.at += form.exec(this.#text)?.[0].length ?? 0;
            }
            if (this.#text.startsWith('/*', this.at)) {
                const end = this.#text.indexOf('*/', this.at);
                this.at = end < 0 ? this.#text.length : end + 2;
            }
            if (this.at === from)
                return;
        }
    }
}
const ESCAPES = {
    '"': '"',
    "'": "'",
    '\\': '\\',
    '/': '/',
    n: '\n',
    r: '\r',
    t: '\t',
};
function plain(word) {
    if (/^(?:true|false)$/i.test(word))
        return /^t/i.test(word);
    if (/^(?:null|none)$/i.test(word))
        return null;
    return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(word) ? Number(word) : word;
}
//# sourceMappingURL=loose-json.js.map