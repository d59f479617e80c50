import { CodeUnits } from './code-units.js';
import { parseXml, unescapeXml } from './xml.js';
const TAG = 65_536;
const PIECE = 65_536;
const LESS = 60;
/**
 * Walks through XML of any size in pieces, once, and holds no more of it than a tag. What stands before a damaged place
 * is told. No entity is ever defined or fetched. https://www.w3.org/TR/xml/
 */
export class XmlWalk {
    /** Set when the text has stopped being XML; all that follows is not looked at. */
    broken = null;
    /** Bytes that were given. */
    size = 0;
    #in;
    #visitor;
    #limits;
    #open = [];
    #pos = 0;
    /** So far no `<` was found. */
    #searched = 0;
    #line = 1;
    /** The next line end from `#pos` on, or as far as there is none. */
    #newline = 0;
    #rooted = false;
    #within = null;
    /** What is told of the place where the text stops being XML, as far as it is known by now. */
    #stopped = null;
    constructor(head, visitor, limits) {
        this.#in = new CodeUnits(head);
        this.#visitor = visitor;
        this.#limits = limits;
    }
    push(chunk) {
        this.size += chunk.length;
        if (this.broken) {
            // Some of what stands there is told; where the chunks end must not say how much.
            if (this.#in.length - this.#pos < PIECE)
                this.#in.push(chunk);
            return;
        }
        if (this.#pos > PIECE) {
            this.#in.drop(this.#pos);
            this.#searched -= this.#pos;
            this.#newline -= this.#pos;
            this.#pos = 0;
        }
        this.#in.push(chunk);
        this.#run(false);
    }
    /** Reads to the end, and closes what is open. */
    finish() {
        if (!this.broken)
            this.#run(true);
        if (!this.broken)
            this.#end();
        if (this.#stopped)
            this.broken = this.#stopped();
        for (; this.#open.length > 0; this.#open.pop())
            this.#visitor.close?.('', this.broken?.offset ?? this.size);
    }
    #end() {
        const name = this.#open.at(-1);
        if (name !== undefined)
            this.#break(this.#in.length, 'truncated', `the text ends within the element ${name}`);
        else if (this.#in.odd > 0)
            this.#break(this.#in.length, 'corrupt', 'half a UTF-16 character');
    }
    #run(final) {
        while (!this.broken) {
            const before = this.#pos;
            const inside = this.#within;
            if (inside ? !this.#inside(inside, final) : !this.#step(final))
                return;
            if (this.#pos === before && this.#within === inside && !this.broken)
                return;
        }
    }
    /** One tag, or the text before it; false when more is needed. */
    #step(final) {
        const { length } = this.#in;
        if (this.#pos >= length)
            return false;
        const view = this.#view();
        const less = view.indexOf(LESS, Math.max(this.#pos, this.#searched));
        const start = less < 0 ? length : less;
        this.#searched = start;
        if (start > this.#pos) {
            if (less < 0 && !final)
                return start - this.#pos < PIECE ? false : this.#between(this.#cut(start));
            return this.#between(start);
        }
        return this.#tag(view, start, final);
    }
    #between(end) {
        const { units } = this.#in;
        const zero = units.subarray(this.#pos, end).indexOf(0);
        if (zero >= 0) {
            return this.#break(this.#pos + zero, 'nul-tail', 'zero bytes');
        }
        if (this.#open.length === 0) {
            if (this.#blank(this.#pos, end))
                return this.#pass(end);
            return this.#break(this.#pos, 'corrupt', `text outside of the ${this.#limits.what ?? 'document'}`);
        }
        if (this.#visitor.text) {
            const raw = this.#in.text(this.#pos, end);
            this.#visitor.text(unescapeXml(raw), raw);
        }
        return this.#pass(end);
    }
    #tag(view, start, final) {
        const { length } = this.#in;
        if (length - start < 9 && !final)
            return false;
        const head = view.toString('latin1', start, Math.min(length, start + 9));
        if (head.startsWith('<!--'))
            return this.#enter('comment', '-->', 4);
        if (head.startsWith('<![CDATA['))
            return this.#enter('cdata', ']]>', 9);
        if (head.startsWith('<?'))
            return this.#enter('pi', '?>', 2);
        const isType = head.toUpperCase() === '<!DOCTYPE';
        const end = isType ? endOfType(view, start) : endOfTag(view, start);
        if (end < 0) {
            if (length - start >= TAG)
                return this.#break(start, 'corrupt', 'a tag without an end');
            return final ? this.#break(start, 'truncated', 'a tag without an end') : false;
        }
        const raw = this.#in.text(start, end);
        if (isType)
            this.#visitor.doctype?.(raw, this.#place(start, end));
        else if (raw.startsWith('</'))
            return this.#close(raw, start, end);
        else if (!raw.startsWith('<!'))
            return this.#start(raw, start, end);
        return this.#pass(end);
    }
    #close(raw, start, end) {
        const name = raw.slice(2, -1).trim();
        if (this.#open.at(-1) !== name.slice(name.indexOf(':') + 1) || this.#open.length === 0)
            return this.#break(start, 'corrupt', 'tags do not match');
        this.#open.pop();
        this.#visitor.close?.(raw, this.#in.offset(end));
        return this.#pass(end);
    }
    #start(raw, start, end) {
        const empty = raw.endsWith('/>');
        const element = parseXml(empty ? raw : `${raw.slice(0, -1)}/>`);
        const second = this.#rooted && this.#open.length === 0 && this.#limits.many !== true;
        if (!element || second)
            return this.#break(start, 'corrupt', 'a tag that is none');
        if (this.#open.length >= this.#limits.depth)
            return this.#break(start, 'corrupt', `more than ${this.#limits.depth} elements deep`);
        this.#rooted = true;
        this.#visitor.open({ element, raw, ...this.#place(start, end), empty });
        if (!empty)
            this.#open.push(element.name);
        return this.#pass(end);
    }
    #enter(kind, ends, skip) {
        this.#within = { kind, ends, offset: this.#in.offset(this.#pos), line: this.#line, text: '' };
        return this.#pass(this.#pos + skip);
    }
    /** Goes on in a comment, a CDATA section or an instruction. */
    #inside(within, final) {
        const { length } = this.#in;
        const found = this.#view().indexOf(within.ends, this.#pos, 'latin1');
        const end = found >= 0 ? found : this.#cut(Math.max(this.#pos, length - within.ends.length + 1));
        if (found < 0 && !final && end - this.#pos < PIECE)
            return false;
        if (found < 0 && final) {
            // As of the place where it began: it is not known what else it hides.
            const { offset, line, text } = within;
            const rest = text + this.#in.text(this.#pos, Math.min(length, this.#pos + PIECE));
            const reason = this.size - offset < TAG ? 'truncated' : 'corrupt';
            this.broken = { offset, line, reason, detail: 'a tag without an end', text: rest.slice(0, PIECE) };
            return true;
        }
        this.#gather(within, end);
        if (found < 0)
            return this.#pass(end);
        this.#within = null;
        const after = end + within.ends.length;
        if (within.kind === 'comment') {
            const length = this.#in.offset(after) - within.offset;
            this.#visitor.comment?.(within.text, { offset: within.offset, length, line: within.line });
        }
        return this.#pass(after);
    }
    #gather(within, end) {
        if (within.kind === 'cdata') {
            const text = this.#in.text(this.#pos, end);
            if (text !== '' && this.#open.length > 0)
                this.#visitor.text?.(text, text);
        }
        else if (within.kind === 'comment' && within.text.length < PIECE)
            within.text += this.#in.text(this.#pos, Math.min(end, this.#pos + PIECE));
    }
    /** A place near `end` that is inside no character and no entity. */
    #cut(end) {
        const { units } = this.#in;
        const least = Math.max(this.#pos, end - 4096);
        for (let at = end; at > least; at--) {
            if (units[at - 1] >= 0x80)
                continue;
            const ampersand = units.subarray(Math.max(least, at - 12), at).lastIndexOf(38);
            if (ampersand < 0)
                return at;
        }
        return end;
    }
    #blank(from, to) {
        const { units } = this.#in;
        for (let at = from; at < to; at++)
            if (units[at] > 32)
                return false;
        return true;
    }
    #place(start, end) {
        const offset = this.#in.offset(start);
        return { offset, length: this.#in.offset(end) - offset, line: this.#line };
    }
    #break(at, reason, detail) {
        this.#pass(at);
        const offset = this.#in.offset(at);
        const line = this.#line;
        this.#stopped = () => {
            const end = Math.min(this.#in.length, at + PIECE);
            // Zero bytes are a tail when nothing else follows, as far as that is looked at.
            const zeros = reason === 'nul-tail' && !this.#blank(at, end);
            return { offset, line, reason: zeros ? 'corrupt' : reason, detail, text: this.#in.text(at, end) };
        };
        this.broken = this.#stopped();
        return true;
    }
    #pass(to) {
        const { units, length } = this.#in;
        while (this.#newline < to) {
            const found = units.indexOf(10, this.#newline);
            if (found < 0 || found >= length) {
                this.#newline = length;
                break;
            }
            if (found >= to) {
                this.#newline = found;
                break;
            }
            this.#line++;
            this.#newline = found + 1;
        }
        this.#pos = to;
        return true;
    }
    #view() {
        const { units, length } = this.#in;
        return Buffer.from(units.buffer, units.byteOffset, length);
    }
}
/** The place after a tag; -1 when it does not end within 64 KiB. A `>` in quotes does not end it. */
function endOfTag(view, start) {
    let quote = 0;
    const most = Math.min(view.length, start + TAG);
    for (let at = start + 1; at < most; at++) {
        const c = view[at];
        if (quote !== 0) {
            if (c === quote)
                quote = 0;
        }
        else if (c === 34 || c === 39)
            quote = c;
        else if (c === 62)
            return at + 1;
    }
    return -1;
}
/** The place after a document type definition with its own declarations in brackets; -1 when it does not end. */
function endOfType(view, start) {
    let [quote, depth] = [0, 0];
    const most = Math.min(view.length, start + TAG);
    for (let at = start + 1; at < most; at++) {
        const c = view[at];
        if (quote !== 0) {
            if (c === quote)
                quote = 0;
        }
        else if (c === 34 || c === 39)
            quote = c;
        else if (c === 91)
            depth++;
        else if (c === 93)
            depth--;
        else if (c === 62 && depth <= 0)
            return at + 1;
    }
    return -1;
}
//# sourceMappingURL=xml-stream.js.map