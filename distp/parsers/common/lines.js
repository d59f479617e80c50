import { eachLine } from '../../lib/lines.js';
/**
 * Reads a text source line by line; returns the bytes that were understood: all but the gaps. `pause` is called at every
 * gap and at the end: what reaches over several lines ends there. `taker` may take lines that need not be told.
 */
export async function readLines(source, sink, take, pause = () => { }, taker = () => null) {
    let gapBytes = 0;
    let run = null;
    const flush = () => {
        if (run)
            sink.gap(run);
        run = null;
    };
    const unread = (place, reason, detail) => {
        gapBytes += place.length;
        if (run && run.reason === reason && run.detail === detail && run.offset + run.length === place.offset) {
            run.length += place.length;
            return;
        }
        flush();
        sink.losing?.();
        run = { offset: place.offset, length: place.length, reason, detail, line: place.number };
    };
    const read = await eachLine(source.chunks({ passing: true }), (line) => take(line, unread), (gap) => {
        pause(unread);
        flush();
        sink.gap(gap);
    }, { taker });
    pause(unread);
    flush();
    return read.size - read.gapBytes - gapBytes;
}
/** A gap of this many bytes or more could have been an entry. */
const ENTRY = 40;
const BLANKS = ' '.repeat(ENTRY);
const LEFT = 'blanks, comments or headers where entries should be';
/** Lines that begin with `#` and that servers write; none but that of the columns is long. */
const DIRECTIVE = /^#\s?(?:(Software|Version|Date|Start-Date|End-Date|Log-type|TYPE)\b.{0,150}$|(Fields):)/i;
/** How much longer than the first header a later one may be (characters), and how many of one name may follow. */
const [LONGER, OFTEN] = [200, 2];
const directiveOf = (text) => {
    const found = DIRECTIVE.exec(text);
    return found === null ? null : (found[1] ?? found[2]).toLowerCase();
};
/**
 * Blank lines and comments in a log of rows. No server writes them: a stretch of them as long as an entry is what
 * somebody left of one, and so a gap. So is a header over again with no entry between, and one that is far longer than the
 * log's own.
 */
export class Fillers {
    #isSpaced;
    #nameOf;
    /** From the first such line up to here, with the headers among them. */
    #run = null;
    #filled = 0;
    /** How often each line of a header was met since the last entry, and how long the first of the columns is. */
    #met = new Map();
    #hasRows = false;
    #columns = 0;
    /**
     * `isSpaced`: a space stands between two values, and nowhere are there many. `isBare`: a line that names the columns, as
     * some logs have it in front of the others.
     */
    constructor(isSpaced, isBare = () => false) {
        this.#isSpaced = isSpaced;
        this.#nameOf = (text) => (text.charCodeAt(0) === 35 ? directiveOf(text) : isBare(text) ? 'columns' : null);
    }
    /** Takes the next rows; null where such lines wait to be reported, for which a row must be given as a line. */
    before(taker) {
        if (this.#run !== null)
            return null;
        const inner = taker();
        if (inner === null || this.#met.size === 0)
            return inner;
        // Rows that are taken end the header before them.
        return {
            take: (buffer, from, to, base, number) => {
                const rows = inner.take(buffer, from, to, base, number);
                if (rows > 0)
                    this.#endHeader();
                return rows;
            },
            get end() {
                return inner.end;
            },
        };
    }
    #endHeader() {
        this.#hasRows = true;
        this.#met.clear();
    }
    /** Takes a line of a log that holds nothing; at a row the stretch before it ends. */
    takes(line, unread) {
        const { text, offset, length, number } = line;
        const name = this.#nameOf(text);
        if (name !== null) {
            const excess = this.#excessOf(name, text);
            if (this.#run !== null)
                this.#run.length += length;
            else if (excess > 0)
                this.#run = { offset, length, number };
            this.#filled += excess;
            return false;
        }
        if (text !== '' && text.charCodeAt(0) !== 35 && text.trim() !== '') {
            this.end(unread);
            this.#endHeader();
            const isCovered = this.#isSpaced ? text.includes(BLANKS) : text.startsWith(BLANKS);
            if (isCovered)
                unread({ offset, length: 0, number }, 'corrupt', LEFT);
            return false;
        }
        if (this.#run !== null)
            this.#run.length += length;
        else
            this.#run = { offset, length, number };
        this.#filled += length;
        return true;
    }
    /** How much of a line of a header no server writes. */
    #excessOf(name, text) {
        const count = (this.#met.get(name) ?? 0) + 1;
        this.#met.set(name, count);
        const isColumns = name === 'fields' || name === 'columns';
        if (isColumns && !this.#hasRows)
            this.#columns = Math.max(this.#columns, text.length);
        // A server that starts writes a header, and the first lines of a file were put together of two now and then.
        if (count > (this.#hasRows ? 1 : OFTEN))
            return text.length;
        return isColumns ? Math.max(0, text.length - this.#columns - LONGER) : 0;
    }
    /** No more lines follow here. */
    end(unread) {
        const [run, filled] = [this.#run, this.#filled];
        this.#run = null;
        this.#filled = 0;
        if (run !== null && filled >= ENTRY)
            unread(run, 'corrupt', LEFT);
    }
}
/** Who takes the regular rows of a file, one for each list of columns; asked for when rows of such columns come. */
export class RowTakers {
    #sink;
    #layoutOf;
    #takers = new Map();
    constructor(sink, layoutOf) {
        this.#sink = sink;
        this.#layoutOf = layoutOf;
    }
    /** Null when rows of these columns must be read as a whole. */
    of(columns) {
        if (columns === null || !this.#sink.rows)
            return null;
        let taker = this.#takers.get(columns);
        if (taker === undefined) {
            const layout = this.#layoutOf(columns);
            taker = layout && this.#sink.rows(layout);
            this.#takers.set(columns, taker);
        }
        return taker;
    }
    finish() {
        for (const taker of this.#takers.values())
            taker?.finish();
    }
}
/** An object with the given keys, all null, whose copies take values quickly. `__proto__` is a key like any other. */
export function template(names) {
    const keys = [...new Set(names)].map((name) => `${JSON.stringify(name)}:null`);
    return JSON.parse(`{${keys.join(',')}}`);
}
/** A host name as rows write it: upper case, without domain. */
export function hostName(text) {
    if (!text || text === '-')
        return null;
    if (/^[\d.]+$/.test(text) || text.includes(':'))
        return text;
    const dot = text.indexOf('.');
    return (dot > 0 ? text.slice(0, dot) : text).toUpperCase();
}
/** A memory for values that repeat, bounded: the cheap way to compute a thing once per value. */
export function remembered(compute, limit = 4096) {
    let memory = new Map();
    return (text) => {
        if (text.length > 512)
            return compute(text);
        const known = memory.get(text);
        if (known !== undefined || memory.has(text))
            return known;
        if (memory.size >= limit)
            memory = new Map();
        const value = compute(text);
        memory.set(text, value);
        return value;
    };
}
/** The whole file in memory, up to `limit` bytes; what lies beyond is read over and counted in `size`. */
export async function readWhole(source, limit) {
    const parts = [];
    let size = 0;
    for await (const chunk of source.chunks()) {
        if (size < limit)
            parts.push(size + chunk.length > limit ? chunk.subarray(0, limit - size) : chunk);
        size += chunk.length;
    }
    return { data: Buffer.concat(parts), size };
}
//# sourceMappingURL=lines.js.map