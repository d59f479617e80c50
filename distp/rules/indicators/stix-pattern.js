/** Why a text is no pattern, and at which character (from 1). */
export class PatternProblem extends Error {
    at;
    constructor(detail, at) {
        super(detail);
        this.at = at + 1;
    }
}
const LONGEST = 1024 * 1024;
const DEEPEST = 32;
/**
 * Reads a pattern of STIX 2.0 or 2.1 (https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, section 9; grammar:
 * https://github.com/oasis-open/cti-stix2-json-schemas/blob/master/pattern_grammar/STIXPattern.g4). Of 2.0 are keywords in
 * any case, hyphens in names and START and STOP with plain texts. Throws `PatternProblem`.
 */
export function readPattern(text) {
    if (text.length > LONGEST)
        throw new PatternProblem(`The pattern is longer than ${LONGEST} characters.`, LONGEST);
    return new Parser(text).pattern();
}
const SPACE = /(?:[\s\u0085]+|\/\/[^\r\n]*)+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_-]*/y;
const NUMBER = /[+-]?(?:\d*\.\d+|0(?!\d)|[1-9]\d*)/y;
const SIGN = /==|!=|<>|<=|>=|[=<>[\]():.,*]/y;
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?Z$/;
const HEX = /^(?:[0-9a-f]{2})*$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
class Tokens {
    #text;
    #at = 0;
    #next;
    constructor(text) {
        this.#text = text;
        this.#next = this.#read();
    }
    get next() {
        return this.#next;
    }
    take() {
        const taken = this.#next;
        this.#next = this.#read();
        return taken;
    }
    #read() {
        this.#skip();
        const text = this.#text;
        const at = this.#at;
        if (at >= text.length)
            return { is: 'end', text: 'the end', at };
        const first = text[at];
        if (first === "'")
            return this.#literal(at, at, 'text');
        if (text[at + 1] === "'" && (first === 't' || first === 'h' || first === 'b'))
            return this.#literal(at, at + 1, first === 't' ? 'time' : 'bytes');
        if (first === '"') {
            // Names in quotes are of drafts of 2.0.
            const end = text.indexOf('"', at + 1);
            if (end < 0)
                throw new PatternProblem('A quote is not closed.', at);
            this.#at = end + 1;
            return { is: 'name', text: text.slice(at + 1, end), at };
        }
        const number = this.#match(NUMBER);
        if (number !== null)
            return { is: 'literal', text: number, at, literal: { kind: 'number', text: number } };
        const word = this.#match(WORD);
        if (word !== null)
            return { is: 'word', text: word, at };
        const sign = this.#match(SIGN);
        if (sign !== null)
            return { is: 'sign', text: sign, at };
        throw new PatternProblem('This character belongs to no pattern.', at);
    }
    #skip() {
        for (;;) {
            const before = this.#at;
            this.#match(SPACE);
            if (this.#text.startsWith('/*', this.#at)) {
                const end = this.#text.indexOf('*/', this.#at + 2);
                if (end < 0)
                    throw new PatternProblem('A comment is not closed.', this.#at);
                this.#at = end + 2;
            }
            if (this.#at === before)
                return;
        }
    }
    #match(form) {
        form.lastIndex = this.#at;
        const found = form.exec(this.#text);
        if (found === null)
            return null;
        this.#at += found[0].length;
        return found[0];
    }
    /** In quotes only a quote and a backslash are escaped, and must be. */
    #literal(at, quote, kind) {
        const text = this.#text;
        let value = '';
        let from = quote + 1;
        for (let i = from; i < text.length; i++) {
            if (text[i] === '\\') {
                if (text[i + 1] !== '\\' && text[i + 1] !== "'")
                    throw new PatternProblem('A backslash in a text must be written twice.', i);
                value += text.slice(from, i) + text[i + 1];
                from = ++i + 1;
            }
            else if (text[i] === "'") {
                value += text.slice(from, i);
                this.#at = i + 1;
                if (kind === 'time' && !TIME.test(value))
                    throw new PatternProblem('This is no time.', at);
                if (kind === 'bytes' && !(text[at] === 'h' ? HEX : BASE64).test(value))
                    throw new PatternProblem(`These are no bytes in ${text[at] === 'h' ? 'hexadecimal digits' : 'Base64'}.`, at);
                return { is: 'literal', text: text.slice(at, i + 1), at, literal: { kind, text: value } };
            }
        }
        throw new PatternProblem('A quote is not closed.', at);
    }
}
// ---------------------------------------------------------------- grammar
const OPERATORS = new Map([
    ['=', '='],
    ['==', '='],
    ['!=', '!='],
    ['<>', '!='],
    ['<', '<'],
    ['<=', '<='],
    ['>', '>'],
    ['>=', '>='],
    ['IN', 'IN'],
    ['LIKE', 'LIKE'],
    ['MATCHES', 'MATCHES'],
    ['ISSUBSET', 'ISSUBSET'],
    ['ISSUPERSET', 'ISSUPERSET'],
]);
class Parser {
    #tokens;
    #depth = 0;
    constructor(text) {
        this.#tokens = new Tokens(text);
    }
    pattern() {
        const pattern = this.#followedBy();
        if (this.#tokens.next.is !== 'end')
            throw this.#wanted('the end');
        return pattern;
    }
    #followedBy() {
        return this.#observations('followedBy', 'FOLLOWEDBY', () => this.#observations('or', 'OR', () => this.#observations('and', 'AND', () => this.#qualified())));
    }
    #observations(is, keyword, read) {
        const first = read();
        if (!this.#isKeyword(keyword))
            return first;
        const of = [first];
        while (this.#takesKeyword(keyword))
            of.push(read());
        return { is, of, qualifiers: [] };
    }
    #qualified() {
        const observation = this.#observation();
        const qualifiers = [];
        for (let found = this.#qualifier(); found !== null; found = this.#qualifier()) {
            if (qualifiers.some(({ is }) => is === found.is))
                throw new PatternProblem('The same qualifier stands twice.', this.#tokens.next.at);
            qualifiers.push(found);
        }
        return qualifiers.length === 0
            ? observation
            : { ...observation, qualifiers: [...observation.qualifiers, ...qualifiers] };
    }
    #observation() {
        if (this.#takesSign('[')) {
            const expression = this.#or();
            this.#sign(']');
            return { is: 'one', expression, qualifiers: [] };
        }
        if (!this.#takesSign('('))
            throw this.#wanted('[ or (');
        return this.#inside(() => this.#followedBy());
    }
    #qualifier() {
        if (this.#takesKeyword('WITHIN')) {
            const seconds = this.#positive('a number of seconds');
            this.#keyword('SECONDS');
            return { is: 'within', seconds };
        }
        if (this.#takesKeyword('REPEATS')) {
            const times = this.#positive('a number of times');
            this.#keyword('TIMES');
            return { is: 'repeats', times };
        }
        if (!this.#takesKeyword('START'))
            return null;
        this.#time();
        this.#keyword('STOP');
        this.#time();
        return { is: 'startStop' };
    }
    #or() {
        return this.#expressions('or', 'OR', () => this.#expressions('and', 'AND', () => this.#test()));
    }
    #expressions(is, keyword, read) {
        const first = read();
        if (!this.#isKeyword(keyword))
            return first;
        const of = [first];
        while (this.#takesKeyword(keyword))
            of.push(read());
        return { is, of };
    }
    #test() {
        if (this.#takesSign('('))
            return this.#inside(() => this.#or());
        const absent = this.#takesKeyword('NOT');
        if (this.#takesKeyword('EXISTS'))
            return comparison({ ...this.#path(), operator: 'EXISTS', not: absent, values: [] });
        if (absent)
            throw this.#wanted('EXISTS');
        const path = this.#path();
        const not = this.#takesKeyword('NOT');
        const { is, text } = this.#tokens.next;
        const operator = is === 'sign' || is === 'word' ? OPERATORS.get(text.toUpperCase()) : undefined;
        if (operator === undefined)
            throw this.#wanted('an operator');
        this.#tokens.take();
        return comparison({ ...path, operator, not, values: this.#values(operator) });
    }
    #values(operator) {
        if (operator !== 'IN') {
            const value = this.#literal();
            const wantsText = ['LIKE', 'MATCHES', 'ISSUBSET', 'ISSUPERSET'].includes(operator);
            if (wantsText && value.kind !== 'text')
                throw new PatternProblem(`${operator} wants a text.`, this.#tokens.next.at);
            return [value];
        }
        this.#sign('(');
        const values = [];
        if (this.#takesSign(')'))
            return values;
        do
            values.push(this.#literal());
        while (this.#takesSign(','));
        this.#sign(')');
        return values;
    }
    #path() {
        const object = this.#tokens.next;
        if (object.is !== 'word' && object.is !== 'name')
            throw this.#wanted('the kind of an object');
        this.#tokens.take();
        this.#sign(':');
        const path = [this.#step()];
        for (;;) {
            if (this.#takesSign('.'))
                path.push(this.#step());
            else if (this.#takesSign('['))
                path.push(this.#place());
            else
                return { object: object.text, path, name: `${object.text}:${path.join('.').replaceAll('.[', '[')}` };
        }
    }
    #step() {
        const { next } = this.#tokens;
        if (next.is === 'word' || next.is === 'name')
            return this.#tokens.take().text;
        if (next.is !== 'literal' || next.literal.kind !== 'text')
            throw this.#wanted('the name of a property');
        this.#tokens.take();
        return next.literal.text;
    }
    #place() {
        const { next } = this.#tokens;
        const isPlace = next.text === '*' || (next.is === 'literal' && /^[+-]?\d+$/.test(next.text));
        if (!isPlace)
            throw this.#wanted('a place in a list');
        this.#tokens.take();
        this.#sign(']');
        return `[${next.text}]`;
    }
    #literal() {
        const { next } = this.#tokens;
        if (next.is === 'literal') {
            this.#tokens.take();
            return next.literal;
        }
        if (next.is !== 'word' || !/^(?:true|false)$/i.test(next.text))
            throw this.#wanted('a value');
        this.#tokens.take();
        return { kind: 'boolean', text: next.text.toLowerCase() };
    }
    #positive(what) {
        const { next } = this.#tokens;
        const number = next.is === 'literal' && next.literal.kind === 'number' ? Number(next.text) : -1;
        if (!(number > 0))
            throw this.#wanted(what);
        this.#tokens.take();
        return number;
    }
    #time() {
        const { next } = this.#tokens;
        const isTime = next.is === 'literal' &&
            (next.literal.kind === 'time' || (next.literal.kind === 'text' && TIME.test(next.literal.text)));
        if (!isTime)
            throw this.#wanted('a time');
        this.#tokens.take();
    }
    #inside(read) {
        if (++this.#depth > DEEPEST)
            throw new PatternProblem(`Parentheses are nested more than ${DEEPEST} deep.`, this.#tokens.next.at);
        const inside = read();
        this.#sign(')');
        this.#depth--;
        return inside;
    }
    #isKeyword(keyword) {
        const { is, text } = this.#tokens.next;
        return is === 'word' && text.toUpperCase() === keyword;
    }
    #takesKeyword(keyword) {
        if (!this.#isKeyword(keyword))
            return false;
        this.#tokens.take();
        return true;
    }
    #keyword(keyword) {
        if (!this.#takesKeyword(keyword))
            throw this.#wanted(keyword);
    }
    #takesSign(sign) {
        const { is, text } = this.#tokens.next;
        if (is !== 'sign' || text !== sign)
            return false;
        this.#tokens.take();
        return true;
    }
    #sign(sign) {
        if (!this.#takesSign(sign))
            throw this.#wanted(sign);
    }
    #wanted(what) {
        const { text, at } = this.#tokens.next;
        return new PatternProblem(`${what} was expected, and there is ${text.slice(0, 40)}.`, at);
    }
}
function comparison(of) {
    return { is: 'comparison', comparison: of };
}
//# sourceMappingURL=stix-pattern.js.map