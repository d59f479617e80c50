import { greatestOf } from '../lib/collections.js';
// Rows of logs that are counted by a few of their columns.
const LF = 10;
const CR = 13;
const COMMA = 44;
const QUOTE = 34;
/** What is done with a column. */
const [KEY, STAMP, BYTES] = [1, 2, 3];
/** Sources that are known by the bytes of their columns. */
const KNOWN = 20_000;
/** `2021-03-03T04` */
const HOUR = 13;
/**
 * Counts the rows that another taker takes: it reads the few columns that matter once more. Most rows have the values of
 * an earlier one in them, and no text is made of these.
 */
export class GroupedRows {
    #taker;
    #counter;
    #numbers;
    #last;
    #roles;
    #from;
    #to;
    #stamp;
    #size;
    #known = new Map();
    #count = 0;
    #hour = Buffer.alloc(HOUR);
    #time = Number.NaN;
    constructor(taker, { columns, time }, counter) {
        this.#taker = taker;
        this.#counter = counter;
        this.#stamp = time.stamp;
        this.#size = columns.indexOf(counter.size);
        this.#numbers = new Map(counter.by.map((name) => [name, columns.indexOf(name)]));
        this.#last = Math.max(this.#stamp, this.#size, greatestOf(this.#numbers.values(), -1));
        this.#roles = new Uint8Array(this.#last + 1);
        for (const column of this.#numbers.values())
            if (column >= 0)
                this.#roles[column] = KEY;
        if (this.#size >= 0)
            this.#roles[this.#size] = BYTES;
        this.#roles[this.#stamp] = STAMP;
        this.#from = new Int32Array(this.#last + 1);
        this.#to = new Int32Array(this.#last + 1);
    }
    get end() {
        return this.#taker.end;
    }
    take(buffer, from, to, base, number) {
        const rows = this.#taker.take(buffer, from, to, base, number);
        let at = from;
        for (let row = 0; row < rows; row++)
            at = this.#row(buffer, at);
        return rows;
    }
    finish() {
        this.#taker.finish();
    }
    #row(buffer, start) {
        let at = start;
        let hash = 0x811c9dc5;
        for (let column = 0; column <= this.#last; column++) {
            const isKey = this.#roles[column] === KEY;
            let begins = at;
            let ends;
            if (buffer[at] === QUOTE) {
                begins++;
                ends = buffer.indexOf(QUOTE, begins);
                at = ends + 1;
            }
            else {
                while (buffer[at] !== COMMA && buffer[at] !== LF)
                    at++;
                ends = buffer[at] === LF && at > begins && buffer[at - 1] === CR ? at - 1 : at;
            }
            this.#from[column] = begins;
            this.#to[column] = ends;
            if (isKey) {
                for (let i = begins; i < ends; i++)
                    hash = Math.imul(hash ^ buffer[i], 0x01000193);
                hash = Math.imul(hash ^ COMMA, 0x01000193);
            }
            at++;
        }
        const source = this.#sourceOf(buffer, hash);
        if (source)
            this.#counter.count(source, this.#timeOf(buffer), this.#sizeOf(buffer));
        return buffer.indexOf(LF, at - 1) + 1;
    }
    #sourceOf(buffer, hash) {
        const first = this.#known.get(hash) ?? null;
        for (let known = first; known !== null; known = known.next)
            if (this.#isSame(buffer, known.bytes))
                return known.source;
        if (this.#count++ >= KNOWN) {
            this.#known = new Map();
            this.#count = 0;
        }
        const source = this.#counter.sourceOf((name) => this.#text(buffer, this.#numbers.get(name) ?? -1));
        const bytes = Buffer.concat([...this.#roles.keys()]
            .filter((column) => this.#roles[column] === KEY)
            .flatMap((column) => [buffer.subarray(this.#from[column], this.#to[column]), Buffer.of(COMMA, QUOTE)]));
        this.#known.set(hash, { bytes, source, next: this.#known.get(hash) ?? null });
        return source;
    }
    #isSame(buffer, bytes) {
        let at = 0;
        for (let column = 0; column <= this.#last; column++) {
            if (this.#roles[column] !== KEY)
                continue;
            const to = this.#to[column];
            for (let i = this.#from[column]; i < to; i++)
                if (buffer[i] !== bytes[at++])
                    return false;
            // No value holds both: what is in quotes may hold a comma, and nothing holds a quote.
            if (bytes[at++] !== COMMA || bytes[at++] !== QUOTE)
                return false;
        }
        return at === bytes.length;
    }
    #text(buffer, column) {
        return column < 0 ? '' : buffer.toString('utf8', this.#from[column], this.#to[column]);
    }
    #sizeOf(buffer) {
        if (this.#size < 0)
            return 0;
        const [from, to] = [this.#from[this.#size], this.#to[this.#size]];
        if (to - from > 15)
            return sizeOf(this.#text(buffer, this.#size));
        let size = 0;
        for (let i = from; i < to; i++) {
            const digit = buffer[i] - 48;
            if (digit < 0 || digit > 9)
                return sizeOf(this.#text(buffer, this.#size));
            size = size * 10 + digit;
        }
        return size;
    }
    /** To the hour. */
    #timeOf(buffer) {
        const from = this.#from[this.#stamp];
        let isSame = true;
        for (let i = 0; i < HOUR; i++)
            isSame &&= buffer[from + i] === this.#hour[i];
        if (!isSame) {
            buffer.copy(this.#hour, 0, from, from + HOUR);
            this.#time = Date.parse(`${this.#hour.toString('latin1')}:00:00Z`);
        }
        return this.#time;
    }
}
/** The number in a column; zero where there is none. */
export function sizeOf(text) {
    const size = Number(text);
    return Number.isFinite(size) && size > 0 ? size : 0;
}
/** Who puts rows together at present: what another one put together before is counted first. */
export class GroupTurns {
    #tell = null;
    turn = (tell) => {
        if (this.#tell === tell)
            return;
        this.#tell?.();
        this.#tell = tell;
    };
    /** Counts what is put together by now. */
    settle() {
        this.#tell?.();
    }
}
//# sourceMappingURL=grouped-rows.js.map