// Sigma strings: text with the wildcards `*` and `?`.
// https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html ("String Wildcard", "Escape Character")
export const star = Symbol('*');
export const anyOneCharacter = Symbol('?');
/** Any of the characters that Windows programs take for a dash. */
export const dash = Symbol('dash');
/** Reads wildcards and their escapes. A backslash that escapes nothing is itself. */
export function parseWildcards(text) {
    const pieces = [];
    let literal = '';
    for (let i = 0; i < text.length; i++) {
        const c = text[i];
        const next = text[i + 1];
        if (c === '\\' && (next === '*' || next === '?' || next === '\\')) {
            literal += next;
            i++;
        }
        else if (c === '*' || c === '?') {
            if (literal)
                pieces.push(literal);
            literal = '';
            // `**` is `*`.
            if (c === '?')
                pieces.push(anyOneCharacter);
            else if (pieces.at(-1) !== star)
                pieces.push(star);
        }
        else
            literal += c;
    }
    if (literal)
        pieces.push(literal);
    return pieces;
}
/** The text of pieces without wildcards, else null. */
export function literalOf(pieces) {
    if (pieces.length === 0)
        return '';
    return pieces.length === 1 && typeof pieces[0] === 'string' ? pieces[0] : null;
}
/** The pieces with each literal changed. */
export function mapLiterals(pieces, change) {
    return pieces.map((piece) => (typeof piece === 'string' ? change(piece) : piece));
}
/** The pieces open at the ends where the anchor says so. */
export function anchored(pieces, anchor) {
    const before = (anchor === 'contains' || anchor === 'endswith') && pieces[0] !== star;
    const after = (anchor === 'contains' || anchor === 'startswith') && (pieces.at(-1) !== star || pieces.length === 0);
    const open = [...pieces];
    if (before)
        open.unshift(star);
    if (after)
        open.push(star);
    return open.length === 2 && open[0] === star && open[1] === star ? [star] : open;
}
/** Does a text match any one of the patterns? Texts and patterns must be folded alike. */
export function matchAny(patterns) {
    const sorted = new Sorted(patterns);
    const tests = [sorted.exact(), sorted.ends('start'), sorted.ends('end'), sorted.contains(), sorted.globs()].filter((test) => test !== null);
    if (tests.length === 0)
        return () => false;
    if (tests.length === 1)
        return tests[0];
    return (text) => tests.some((test) => test(text));
}
/** From this many texts on, one walk over the text costs less than a search for each. */
const MANY = 64;
/** One walk, in which each place is looked up by its first two characters. */
function containsMany(texts) {
    const short = texts.filter((text) => text.length < 2);
    const table = new Map();
    for (const text of texts) {
        if (text.length < 2)
            continue;
        const key = text.charCodeAt(0) * 0x10000 + text.charCodeAt(1);
        const same = table.get(key);
        if (same)
            same.push(text);
        else
            table.set(key, [text]);
    }
    return (text) => {
        for (const each of short)
            if (text.includes(each))
                return true;
        for (let at = 0; at + 1 < text.length; at++) {
            const same = table.get(text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1));
            if (same)
                for (const each of same)
                    if (text.startsWith(each, at))
                        return true;
        }
        return false;
    };
}
/** Patterns sorted by form, since the simple forms have quick tests. */
class Sorted {
    #exact = new Set();
    #start = [];
    #end = [];
    #contains = [];
    #globs = [];
    constructor(patterns) {
        for (const pieces of patterns) {
            const [a, b, c] = pieces;
            if (pieces.length === 0)
                this.#exact.add('');
            else if (pieces.length === 1 && typeof a === 'string')
                this.#exact.add(a);
            else if (pieces.length === 2 && typeof a === 'string' && b === star)
                this.#start.push(a);
            else if (pieces.length === 2 && a === star && typeof b === 'string')
                this.#end.push(b);
            else if (pieces.length === 3 && a === star && typeof b === 'string' && c === star)
                this.#contains.push(b);
            else
                this.#globs.push(pieces);
        }
    }
    exact() {
        const texts = this.#exact;
        if (texts.size === 0)
            return null;
        const [only] = texts;
        return texts.size === 1 ? (text) => text === only : (text) => texts.has(text);
    }
    ends(side) {
        const texts = side === 'start' ? this.#start : this.#end;
        const [only] = texts;
        if (only === undefined)
            return null;
        if (texts.length === 1)
            return side === 'start' ? (text) => text.startsWith(only) : (text) => text.endsWith(only);
        // By the outermost character: most texts then need no comparison at all.
        const table = new Map();
        for (const text of texts) {
            const key = side === 'start' ? text.charCodeAt(0) : text.charCodeAt(text.length - 1);
            const same = table.get(key);
            if (same)
                same.push(text);
            else
                table.set(key, [text]);
        }
        if (side === 'start')
            return (text) => table.get(text.charCodeAt(0))?.some((t) => text.startsWith(t)) ?? false;
        return (text) => table.get(text.charCodeAt(text.length - 1))?.some((t) => text.endsWith(t)) ?? false;
    }
    contains() {
        const texts = this.#contains;
        const [only] = texts;
        if (only === undefined)
            return null;
        if (texts.length === 1)
            return (text) => text.includes(only);
        if (texts.length >= MANY)
            return containsMany(texts);
        return (text) => {
            for (const t of texts)
                if (text.includes(t))
                    return true;
            return false;
        };
    }
    globs() {
        if (this.#globs.length === 0)
            return null;
        const tests = this.#globs.map(glob);
        return tests.length === 1 ? tests[0] : (text) => tests.some((test) => test(text));
    }
}
// ---------------------------------------------------------------- general patterns
/** Greedy from the left, stretch by stretch between stars: no backtracking over a star is ever needed. */
function glob(pieces) {
    const stretches = [];
    let current = [];
    for (const piece of pieces) {
        if (piece !== star)
            current.push(piece);
        else {
            stretches.push(new Stretch(current));
            current = [];
        }
    }
    stretches.push(new Stretch(current));
    const first = stretches[0];
    const final = stretches.at(-1);
    const middle = stretches.slice(1, -1);
    if (stretches.length === 1)
        return (text) => first.after(text, 0) === text.length;
    return (text) => {
        let at = first.after(text, 0);
        for (const stretch of middle) {
            if (at < 0)
                return false;
            at = stretch.find(text, at);
        }
        return at >= 0 && final.before(text, text.length) >= at;
    };
}
/** What stands between two stars: literals, single characters and dashes. */
class Stretch {
    #parts;
    /** Index of the longest literal, by which the stretch is searched; -1 when it has none. */
    #key;
    constructor(parts) {
        this.#parts = parts;
        const lengths = parts.map((part) => (typeof part === 'string' ? part.length : 0));
        const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
        this.#key = longest === 0 ? -1 : lengths.indexOf(longest);
    }
    /** End of the stretch when it stands at `at`, else -1. */
    after(text, at, from = 0) {
        for (let i = from; i < this.#parts.length; i++) {
            const part = this.#parts[i];
            if (at >= text.length)
                return -1;
            if (typeof part === 'string') {
                if (!text.startsWith(part, at))
                    return -1;
                at += part.length;
            }
            else if (part === dash) {
                if (!isDash(text.charCodeAt(at)))
                    return -1;
                at++;
            }
            else
                at += isPair(text, at) ? 2 : 1;
        }
        return at;
    }
    /** Start of the stretch when it ends at `at`, else -1. */
    before(text, at, from = this.#parts.length) {
        for (let i = from - 1; i >= 0; i--) {
            const part = this.#parts[i];
            if (at <= 0)
                return -1;
            if (typeof part === 'string') {
                at -= part.length;
                if (at < 0 || !text.startsWith(part, at))
                    return -1;
            }
            else if (part === dash) {
                if (!isDash(text.charCodeAt(--at)))
                    return -1;
            }
            else
                at -= at > 1 && isPair(text, at - 2) ? 2 : 1;
        }
        return at;
    }
    /** End of the first place at or after `from` where the stretch stands, else -1. */
    find(text, from) {
        const key = this.#parts[this.#key];
        if (typeof key !== 'string')
            return this.#findPlain(text, from);
        for (let at = text.indexOf(key, from); at >= 0; at = text.indexOf(key, at + 1)) {
            if (this.before(text, at, this.#key) < from)
                continue;
            const end = this.after(text, at + key.length, this.#key + 1);
            if (end >= 0)
                return end;
        }
        return -1;
    }
    #findPlain(text, from) {
        for (let at = from; at <= text.length; at++) {
            const end = this.after(text, at);
            if (end >= 0)
                return end;
        }
        return -1;
    }
}
function isPair(text, at) {
    return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
/** Hyphen, slash, en dash, em dash, horizontal bar: the forms that the `windash` modifier stands for. */
function isDash(code) {
    return code === 0x2d || code === 0x2f || (code >= 0x2013 && code <= 0x2015);
}
//# sourceMappingURL=wildcards.js.map