import { ValueIds } from './value-ids.js';
// Rows of one large file in two threads. The one that reads the file is the first; a second one takes rows further on, and
// writes down all that it would tell of them. Where the first arrives at the same row in the same state, it tells what was
// written down instead of taking these rows itself: so both end with the same.
const LF = 10;
/** Instead of the number of a client: there are several; none is named; it is not told. */
const [SEVERAL, NOBODY, UNTOLD] = [-1, -2, -3];
/** Two layouts with the same text are the same: it holds all that a parser makes one of. */
export function layoutText({ made, sources, columns, fields, client, context }) {
    return made === null ? null : JSON.stringify([made, sources, columns, fields, client, context]);
}
// ---------------------------------------------------------------- the second thread
/** Takes rows for somebody else: what it would tell is written down. */
export class Recorder {
    #counts;
    #numbers = {
        client: new Map(),
        agent: new Map(),
        path: new Map(),
        status: new Map(),
        device: new Map(),
        logon: new Map(),
    };
    #names = new ValueIds();
    #size = 0;
    #met = [];
    #calls = [];
    #came = [];
    #values = [];
    #eights = [];
    #only = [];
    constructor(counts) {
        this.#counts = counts;
    }
    /** The layout whose rows are to be taken: what it tells comes here. */
    layout(layout) {
        const { telling } = layout;
        const tell = (told, host, time, place) => void this.#calls.push(['tell', told, host, time, ...placeOf(place())]);
        return {
            ...layout,
            contextOf: (values) => {
                const context = layout.contextOf(values);
                const seen = (time, place) => void this.#calls.push(['seen', values, time, ...placeOf(place())]);
                return context && { ...context, ...(context.seen ? { seen } : {}), values };
            },
            ...(telling ? { telling: { ...telling, tell } } : {}),
        };
    }
    sink() {
        return {
            run: ({ context, rows, first, last, least, greatest }) => void this.#calls.push(['run', context.values, rows, [first, last, least, greatest]]),
            counts: this.#counts,
            names: this.#names,
            met: (id, row) => {
                const number = this.#numberOf(this.#names.traitOf(id), this.#names.valueOf(id));
                this.#came.push(number);
                if (row)
                    this.#calls.push(['device', number, row.client, row.offset, row.length, row.line]);
                return number;
            },
            rows: (_, number, counts, at, only) => {
                this.#values.push(number);
                for (let i = 0; i < 8; i++)
                    this.#eights.push(counts[at + i]);
                this.#only.push(only === undefined ? UNTOLD : only === null ? SEVERAL : only === '' ? NOBODY : this.#numberOf('client', only));
            },
            row: () => {
                throw new Error('single requests cannot be told ahead');
            },
            device: () => {
                throw new Error('single requests cannot be told ahead');
            },
            logon: () => {
                throw new Error('single requests cannot be told ahead');
            },
            mark: (log) => void this.#calls.push(['mark', log]),
            // Nobody knows here which hits have been kept before: whoever does gets the row as a whole.
            isFull: () => false,
            known: (offset, rules) => void this.#calls.push(['known', offset, rules.map(({ info }) => info.id)]),
            more: () => {
                throw new Error('no hit is only counted ahead');
            },
        };
    }
    /**
     * Takes the rows of a piece as a reader does who gets it in chunks: from the beginning of a line on, and of each chunk up
     * to the last line end before `to`. Null where that is left to the reader: it may come to another state in the middle of
     * it, or must read more than `most` rows of a chunk as a whole.
     */
    take(taker, buffer, from, chunks, base, most) {
        // A reader lets nobody take rows of bytes with zeros in them.
        const stretches = buffer.includes(0, from) ? null : this.#stretches(taker, buffer, from, chunks, base, most);
        taker.finish();
        const piece = stretches && {
            stretches,
            values: Int32Array.from(this.#values),
            counts: Float64Array.from(this.#eights),
            only: Int32Array.from(this.#only),
        };
        this.#values = [];
        this.#eights = [];
        this.#only = [];
        return piece;
    }
    #stretches(taker, buffer, from, chunks, base, most) {
        const all = [];
        let at = from;
        for (const to of chunks) {
            const last = buffer.lastIndexOf(LF, to - 1);
            for (let whole = 0; at <= last; whole++) {
                const rows = taker.take(buffer, at, to, base, 0);
                const { end } = taker;
                const stops = end <= last;
                all.push({ start: base + at, end: base + end, rows, stops, calls: this.#calls, came: this.#came });
                this.#calls = [];
                this.#came = [];
                at = stops ? buffer.indexOf(LF, end) + 1 : end;
                if (stops && (whole === most || isHeaderOrQuoted(buffer.subarray(end, at))))
                    return null;
            }
        }
        return all.length === 0 ? null : all;
    }
    /** How many values it knows. */
    get size() {
        return this.#size;
    }
    /** Values that were met since this was asked last. */
    met() {
        const met = this.#met;
        this.#met = [];
        return met;
    }
    #numberOf(trait, value) {
        const numbers = this.#numbers[trait];
        let number = numbers.get(value);
        if (number === undefined) {
            numbers.set(value, (number = this.#size++));
            this.#met.push([trait, value]);
        }
        return number;
    }
}
/** Another layout may begin there, or a value that reaches over several lines. */
function isHeaderOrQuoted(line) {
    const beginsWithDigit = line[0] >= 48 && line[0] <= 57;
    return !beginsWithDigit || line.includes(34);
}
function placeOf({ offset, length, line = 0 }) {
    return [offset, length, line];
}
/** What was taken ahead is not what the reader came to: the file must be read anew, by one thread. */
export class TookOtherRows extends Error {
}
/** Takes rows as the reader does that it is made of, and tells of those that were taken ahead. */
export class AheadRows {
    #path;
    #layout;
    #text;
    #taker;
    #sink;
    #ahead;
    #rules;
    #contexts = new Map();
    /** The number here of each value by the number that the other thread gave it. */
    #numbers = [];
    /** The piece that is being told, and which of its stretches comes next. */
    #open = null;
    /** Where the row begins of which it is known that it must be read as a whole. */
    #stopsAt = -1;
    end = 0;
    constructor(path, { layout, text }, taker, sink, ahead, rules) {
        this.#path = path;
        this.#layout = layout;
        this.#text = text;
        this.#taker = taker;
        this.#sink = sink;
        this.#ahead = ahead;
        this.#rules = new Map(rules.map((rule) => [rule.info.id, rule]));
    }
    take(buffer, from, to, base, number) {
        const start = base + from;
        if (start === this.#stopsAt) {
            this.end = from;
            return 0;
        }
        if (this.#open === null) {
            const found = this.#ahead.take(this.#layout, this.#text, start, base + to);
            if (found === null) {
                const rows = this.#taker.take(buffer, from, to, base, number);
                this.end = this.#taker.end;
                return rows;
            }
            this.#open = { ...found, next: 0 };
        }
        const { piece, met, next } = this.#open;
        const stretch = piece.stretches[next];
        if (stretch.start !== start)
            throw new TookOtherRows();
        if (stretch.end > base + to) {
            // The last line of a chunk ends in the next.
            this.end = from;
            return 0;
        }
        for (const call of stretch.calls)
            this.#call(call, number);
        for (const value of stretch.came)
            this.#numberOf(met, value);
        this.#open.next++;
        if (next + 1 === piece.stretches.length)
            this.#close();
        this.end = stretch.end - base;
        this.#stopsAt = stretch.stops ? stretch.end : -1;
        return stretch.rows;
    }
    finish() {
        if (this.#open !== null)
            throw new TookOtherRows();
        this.#taker.finish();
    }
    #call(call, number) {
        switch (call[0]) {
            case 'seen': {
                const [, values, time, ...place] = call;
                this.#contextOf(values)?.seen?.(time, () => this.#place(place, number));
                return;
            }
            case 'tell': {
                const [, told, host, time, ...place] = call;
                this.#layout.telling.tell(told, host, time, () => this.#place(place, number));
                return;
            }
            case 'run': {
                const [, values, rows, [first, last, least, greatest]] = call;
                this.#sink.run({ context: this.#contextOf(values), rows, first, last, least, greatest });
                return;
            }
            case 'device': {
                const [, value, client, ...place] = call;
                const { offset, length, line = 0 } = this.#place(place, number);
                this.#sink.met(this.#sink.names.of(...this.#open.met[value]), { offset, length, line, client });
                return;
            }
            case 'mark':
                this.#sink.mark(call[1]);
                return;
            case 'known': {
                const [, offset, ids] = call;
                this.#sink.known(offset, ids.map((id) => this.#rules.get(id)));
            }
        }
    }
    #contextOf(values) {
        const key = values.join('\n');
        let context = this.#contexts.get(key);
        if (context === undefined)
            this.#contexts.set(key, (context = this.#layout.contextOf(values)));
        return context;
    }
    #place([offset, length, line], number) {
        // Where nobody asks for the place of a time there is none.
        return length === 0
            ? { path: this.#path, offset, length }
            : { path: this.#path, offset, length, line: number + line };
    }
    #numberOf(met, value) {
        return (this.#numbers[value] ??= this.#sink.met(this.#sink.names.of(...met[value])));
    }
    /** The rows of the piece are all told: now how many have which values. */
    #close() {
        const { piece, met } = this.#open;
        this.#open = null;
        for (const [i, value] of piece.values.entries()) {
            const client = piece.only[i];
            const only = client === UNTOLD ? undefined : client === SEVERAL ? null : client === NOBODY ? '' : met[client][1];
            this.#sink.rows(met[value][0], this.#numberOf(met, value), piece.counts, 8 * i, only);
        }
    }
}
//# sourceMappingURL=read-ahead.js.map