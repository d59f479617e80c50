/**
 * Splits a record as RFC 4180 has it: quotes count at the beginning of a value only, and are doubled inside.
 * Text after a closing quote is kept, so that nothing of a badly quoted value is lost.
 */
export function splitCsv(text, delimiter = ',') {
    if (!text.includes('"'))
        return { values: text.split(delimiter), open: false };
    const values = [];
    let at = 0;
    for (;;) {
        if (text[at] === '"') {
            const quoted = readQuoted(text, at + 1);
            if (quoted.end < 0)
                return { values: [...values, quoted.value], open: true };
            const next = text.indexOf(delimiter, quoted.end);
            values.push(quoted.value + (next < 0 ? text.slice(quoted.end) : text.slice(quoted.end, next)));
            if (next < 0)
                return { values, open: false };
            at = next + 1;
        }
        else {
            const next = text.indexOf(delimiter, at);
            values.push(next < 0 ? text.slice(at) : text.slice(at, next));
            if (next < 0)
                return { values, open: false };
            at = next + 1;
        }
    }
}
// The value behind an opening quote and where it ends (behind the closing quote), -1 when it does not.
function readQuoted(text, from) {
    let value = '';
    let at = from;
    for (;;) {
        const quote = text.indexOf('"', at);
        if (quote < 0)
            return { value: value + text.slice(at), end: -1 };
        value += text.slice(at, quote);
        if (text[quote + 1] !== '"')
            return { value, end: quote + 1 };
        value += '"';
        at = quote + 2;
    }
}
/** Lines and characters that a record may reach over. */
const LINES = 1_024;
const LENGTH = 1_048_576;
/**
 * Joins lines to records while quotes are open. What stands inside quotes is text, whatever it looks like; but a quote that
 * does not close within its bounds, or closes to a record that the table cannot have, is damage of its own line alone: that
 * is given as it stands, and the lines behind it are read as lines.
 */
export class CsvRecords {
    #form;
    /** The first is open, whose values are `#first`. */
    #waiting = [];
    #first = [];
    #length = 0;
    constructor(form) {
        this.#form = form;
    }
    push(line) {
        if (this.#waiting.length === 0 && !this.#opens(line))
            return;
        this.#waiting.push(this.#within(line));
        this.#length += line.text.length;
        if (this.#waiting.length > 1)
            this.#settle(false);
    }
    /** Whether a record is waiting for its closing quote. */
    get waiting() {
        return this.#waiting.length > 0;
    }
    /** Gives what is still open: no more lines will close it. */
    flush() {
        this.#settle(true);
    }
    /** Takes a line that is a record of its own, or none; true where it opens one that goes on. */
    #opens(line) {
        if (this.#form.passes?.(line) || line.text === '')
            return false;
        const split = splitCsv(line.text, this.#form.delimiter);
        if (!split.open)
            this.#take(split, line, line, false);
        else
            this.#first = split.values;
        return split.open;
    }
    #within(line) {
        return { line, ...throughQuotes(line.text, this.#form.delimiter), begins: this.#form.begins?.(line.text) ?? false };
    }
    /** Gives records as long as they can be told. `isLast`: nothing follows. */
    #settle(isLast) {
        const { line: last } = this.#waiting.at(-1) ?? { line: null };
        let done = 0;
        while (done < this.#waiting.length) {
            const span = this.#spanFrom(done);
            const isWhole = span.end > 0 && this.#accepts(span);
            const isFar = this.#waiting.length - done > LINES || this.#length > LENGTH;
            if (span.end === 0 && !isLast && !isFar)
                break;
            done = isWhole ? this.#give(done, span.end) : this.#giveBroken(done);
            // The lines behind it are read as lines, up to the next that opens a record.
            while (done < this.#waiting.length && !this.#opens(this.#waiting[done].line))
                this.#length -= this.#waiting[done++].line.text.length;
        }
        // A line that was given may have asked for all that waits.
        if (last !== null)
            this.#waiting.splice(0, done);
    }
    /** The record that the line at `from` opens: where the line behind it stands, 0 where it is not closed. */
    #spanFrom(from) {
        let count = this.#first.length;
        let [isLoose, hasBeginning] = [false, false];
        for (let at = from + 1; at < this.#waiting.length; at++) {
            const { isOpen, more, isLoose: loose, begins } = this.#waiting[at];
            count += more;
            isLoose ||= loose;
            hasBeginning ||= begins;
            if (!isOpen)
                return { first: this.#first, count, isLoose, hasBeginning, end: at + 1 };
        }
        return { first: this.#first, count, isLoose, hasBeginning, end: 0 };
    }
    #accepts(span) {
        const { columns, accepts } = this.#form;
        if (accepts)
            return accepts(span);
        if (columns === undefined)
            return !span.hasBeginning;
        // Of some tables the last column has no heading.
        return !span.isLoose && (span.hasBeginning ? span.count === columns : span.count <= columns + 1);
    }
    #give(from, end) {
        const lines = this.#waiting.slice(from, end).map(({ line }) => line);
        for (const { text } of lines)
            this.#length -= text.length;
        const text = lines.map((line) => line.text).join('\n');
        this.#take(splitCsv(text, this.#form.delimiter), { ...lines[0], text }, lines.at(-1), false);
        return end;
    }
    #giveBroken(at) {
        const { line } = this.#waiting[at];
        this.#length -= line.text.length;
        this.#take({ values: [...this.#first], open: true }, line, line, true);
        return at + 1;
    }
    #take(split, first, last, broken) {
        const { text, offset, number } = first;
        const length = last.offset + last.length - offset;
        this.#form.take({ ...split, text, offset, length, number, broken, ended: last.ended });
    }
}
/**
 * Reads a line that begins inside quotes: is it still inside at its end, how many values begin in it, and does text stand
 * behind a quote that closes one?
 */
function throughQuotes(text, delimiter) {
    let more = 0;
    let isLoose = false;
    let at = 0;
    for (let inside = true;;) {
        if (inside) {
            let quote = text.indexOf('"', at);
            while (quote >= 0 && text[quote + 1] === '"')
                quote = text.indexOf('"', quote + 2);
            if (quote < 0)
                return { isOpen: true, more, isLoose };
            at = quote + 1;
        }
        const next = text.indexOf(delimiter, at);
        if (inside && (next < 0 ? text.length : next) > at)
            isLoose = true;
        if (next < 0)
            return { isOpen: false, more, isLoose };
        more++;
        at = next + 1;
        inside = text[at] === '"';
        if (inside)
            at++;
    }
}
/** The first row of a table that PowerShell or a tool exported, split at each delimiter that it may have. */
export function headersOf(line) {
    // Parsers of several formats look at the same line one after the other.
    if (line !== lastHeaders.line)
        lastHeaders = { line, split: splitHeader(line) };
    return lastHeaders.split;
}
let lastHeaders = { line: '', split: [] };
function splitHeader(line) {
    if (line.length > 8_192)
        return [];
    return [',', ';', '\t'].flatMap((delimiter) => {
        if (!line.includes(delimiter))
            return [];
        const { values, open } = splitCsv(line, delimiter);
        if (open || values.length > 200)
            return [];
        const names = values.map((value) => value.trim());
        return [{ delimiter, names, lower: names.map((name) => name.toLowerCase()) }];
    });
}
/** The line of an exported table that should be its header: the first that is neither empty nor the `#TYPE` line. */
export function headerLineOf(text) {
    const lines = text.slice(0, 16_384).split(/\r\n|\n|\r/, 3);
    return lines.find((line) => line !== '' && !line.startsWith('#TYPE')) ?? null;
}
//# sourceMappingURL=csv.js.map