import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { bufferOf, decode16, decode8, sniffEncoding } from './text.js';
const HEAD = 65_536;
const EMPTY = Buffer.alloc(0);
const LIMIT = 1_048_576;
const KEPT = 200;
const LF = 10;
const CR = 13;
/**
 * Gives each line of the source in order. Every byte belongs to one line or one gap.
 * UTF-8 (a line that is not valid falls back to Windows-1252) and UTF-16 with or without a byte order mark; ends CRLF,
 * LF or, in files that have no LF at all, CR. Runs of zero bytes are gaps (a tail only where nothing follows them),
 * and so is a line longer than the limit. The result does not depend on where the chunks are cut.
 */
export async function eachLine(chunks, take, gap, options = {}) {
    const splitter = new Splitter(take, gap, options.limit ?? LIMIT, options.taker ?? (() => null));
    for await (const chunk of chunks)
        splitter.push(chunk);
    return splitter.finish();
}
class Splitter {
    #take;
    #gap;
    #limit;
    #taker;
    // Bytes not yet given, from #start to #end; up to #scanned they hold no line end.
    #buffer = EMPTY;
    #start = 0;
    #scanned = 0;
    #end = 0;
    /** Offset in the source of #buffer[0]. */
    #base = 0;
    #sniffed = false;
    #encoding = 'utf-8';
    #terminator = LF;
    #bom = 0;
    #ascii = true;
    #nul = false;
    #fellBack = false;
    #number = 1;
    #lines = 0;
    #gapBytes = 0;
    // While inside a line that is over the limit, or inside a run of zeros.
    #long = null;
    #zeros = null;
    constructor(take, gap, limit, taker) {
        this.#take = take;
        this.#gap = gap;
        this.#taker = taker;
        this.#limit = Math.max(limit, KEPT * 2);
    }
    push(chunk) {
        this.#append(chunk);
        if (!this.#sniffed && this.#end < HEAD)
            return;
        this.#run(false);
    }
    finish() {
        this.#run(true);
        if (this.#long)
            this.#endLong(true);
        if (this.#zeros)
            this.#endZeros(true);
        const encoding = this.#encoding === 'utf-8' && this.#fellBack ? 'windows-1252' : this.#encoding;
        return { size: this.#base + this.#end, gapBytes: this.#gapBytes, lines: this.#lines, encoding };
    }
    #append(chunk) {
        if (this.#end + chunk.length > this.#buffer.length) {
            const pending = this.#end - this.#start;
            // Of a small file there is one chunk; a larger one comes in chunks of this size.
            const isOne = this.#end === 0 && chunk.length < HEAD;
            const target = pending + chunk.length > this.#buffer.length
                ? Buffer.allocUnsafe(Math.max(2 * this.#buffer.length, pending + chunk.length, isOne ? 0 : 4 * HEAD))
                : this.#buffer;
            target.set(this.#buffer.subarray(this.#start, this.#end), 0);
            this.#buffer = target;
            this.#base += this.#start;
            this.#scanned -= this.#start;
            this.#end = pending;
            this.#start = 0;
        }
        const bytes = bufferOf(chunk);
        this.#buffer.set(bytes, this.#end);
        this.#end += chunk.length;
        // Asked of all pending bytes, unless the chunks are so small that this would cost more than it saves.
        const fresh = chunk.length * 4 >= this.#end - this.#start;
        const asked = fresh ? this.#buffer.subarray(this.#start, this.#end) : bytes;
        this.#ascii = (fresh || this.#ascii) && isAscii(asked);
        this.#nul = (!fresh && this.#nul) || asked.includes(0);
    }
    #run(last) {
        if (!this.#sniffed)
            this.#sniff();
        while (this.#start < this.#end) {
            if (this.#zeros && !this.#skipZeros(last))
                return;
            if (this.#takeAway())
                continue;
            const end = this.#findEnd(last);
            if (this.#long) {
                if (!this.#passLong(end))
                    return;
                continue;
            }
            if (this.#nul && this.#cutAtZeros(end < 0 ? this.#end : end, end >= 0 || last))
                continue;
            const length = (end < 0 ? this.#end : end) - this.#start;
            if (length > this.#limit + 32 || (length > this.#limit && (end >= 0 || last))) {
                this.#beginLong();
                continue;
            }
            if (end < 0 && !last)
                return;
            this.#give(this.#start, end < 0 ? this.#end : end, true);
            this.#start = end < 0 ? this.#end : end;
        }
    }
    /** Lets lines be taken, where the bytes at hand are nothing but plain lines; false when none was. */
    #takeAway() {
        if (this.#long || this.#nul || this.#encoding !== 'utf-8' || this.#terminator !== LF)
            return false;
        // A byte order mark is no part of the first value.
        if (this.#bom > 0 && this.#base + this.#start === 0)
            return false;
        const taker = this.#taker();
        if (taker === null)
            return false;
        const lines = taker.take(this.#buffer, this.#start, this.#end, this.#base, this.#number);
        if (lines === 0)
            return false;
        this.#start = taker.end;
        this.#number += lines;
        this.#lines += lines;
        return true;
    }
    #sniff() {
        const head = this.#buffer.subarray(0, Math.min(this.#end, HEAD));
        const { encoding, bom } = sniffEncoding(head);
        this.#sniffed = true;
        this.#encoding = encoding;
        this.#bom = bom;
        // Only files without any LF have CR as their line end.
        this.#terminator = !head.includes(LF) && head.includes(CR) ? CR : LF;
    }
    get #wide() {
        return this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be';
    }
    /** End (exclusive, in the buffer) of the line at #start with its terminator, or -1 when the end is not here yet. */
    #findEnd(last) {
        if (this.#scanned < this.#start)
            this.#scanned = this.#start;
        for (;;) {
            const at = this.#buffer.indexOf(this.#terminator, this.#scanned);
            if (at < 0 || at >= this.#end) {
                this.#scanned = this.#wide ? Math.max(this.#start, this.#end - 1) : this.#end;
                return -1;
            }
            const end = this.#wide ? this.#wideEnd(at) : this.#narrowEnd(at, last);
            if (end === WAIT) {
                this.#scanned = at;
                return -1;
            }
            if (end >= 0)
                return end;
            this.#scanned = at + 1;
        }
    }
    #narrowEnd(at, last) {
        if (this.#terminator === LF)
            return at + 1;
        if (at + 1 === this.#end)
            return last ? at + 1 : WAIT;
        return this.#buffer[at + 1] === LF ? at + 2 : at + 1;
    }
    // In UTF-16 the byte 0A (or 0D) ends a line only where the other byte of its unit is zero.
    #wideEnd(at) {
        const low = (this.#base + at) % 2 === 0;
        if (this.#encoding === 'utf-16be')
            return !low && at > this.#start && this.#buffer[at - 1] === 0 ? at + 1 : -1;
        if (!low)
            return -1;
        if (at + 1 >= this.#end)
            return WAIT;
        return this.#buffer[at + 1] === 0 ? at + 2 : -1;
    }
    #give(from, to, ends) {
        const offset = this.#base + from;
        let textFrom = from;
        if (offset === 0)
            textFrom += this.#bom;
        const terminator = this.#terminatorLength(textFrom, to);
        const textTo = to - terminator;
        if (this.#wide && (textTo - textFrom) % 2 === 1) {
            this.#giveOdd(from, to, ends);
            return;
        }
        const text = this.#decode(textFrom, textTo);
        const line = { text, offset, length: to - from, number: this.#number, ended: terminator > 0 };
        this.#lines++;
        if (ends && terminator > 0)
            this.#number++;
        this.#take(line);
    }
    // UTF-16 that is cut within a unit: only the last line can be.
    #giveOdd(from, to, ends) {
        if (to - 1 > from)
            this.#give(from, to - 1, ends);
        this.#report({
            offset: this.#base + to - 1,
            length: 1,
            reason: 'corrupt',
            detail: 'half a UTF-16 character',
            line: this.#number,
        });
    }
    #terminatorLength(from, to) {
        const unit = this.#wide ? 2 : 1;
        const low = this.#encoding === 'utf-16be' ? 1 : 0;
        const at = (end) => end - unit < from || (unit === 2 && this.#buffer[end - 1 - low] !== 0) ? -1 : this.#buffer[end - unit + low];
        const lastUnit = at(to);
        if (lastUnit === CR)
            return this.#terminator === CR ? unit : 0;
        if (lastUnit !== LF)
            return 0;
        return at(to - unit) === CR ? 2 * unit : unit;
    }
    #decode(from, to) {
        if (this.#wide)
            return decode16(this.#buffer.subarray(from, to), this.#encoding === 'utf-16be');
        if (this.#ascii)
            return this.#buffer.toString('latin1', from, to);
        const bytes = this.#buffer.subarray(from, to);
        const text = decode8(bytes);
        if (!this.#fellBack && text.length === bytes.length && !isAscii(bytes))
            this.#fellBack = true;
        return text;
    }
    // ---- zeros
    /** Cuts the line in front of a run of zeros that begins in it; true when something was cut off. */
    #cutAtZeros(end, whole) {
        const least = this.#wide ? 8 : 4;
        const from = this.#start;
        const zero = (after) => {
            const at = this.#buffer.subarray(after, end).indexOf(0);
            return at < 0 ? -1 : after + at;
        };
        for (let at = zero(from); at >= 0; at = zero(at + 1)) {
            let stop = at + 1;
            while (stop < end && this.#buffer[stop] === 0)
                stop++;
            // A line that is nothing but zeros is no line, however short.
            const nothingElse = whole && at === from && stop === this.#end;
            if (stop - at < least && !nothingElse) {
                at = stop - 1;
                continue;
            }
            const start = this.#wide ? at + ((this.#base + at) % 2) : at;
            if (start - from > this.#limit)
                return false;
            if (start > from)
                this.#give(from, start, false);
            this.#zeros = { offset: this.#base + start, length: 0 };
            this.#start = start;
            return true;
        }
        return false;
    }
    /** Passes over zeros; false when more may follow. */
    #skipZeros(last) {
        const zeros = this.#zeros;
        let at = this.#start;
        while (at < this.#end && this.#buffer[at] === 0)
            at++;
        // In UTF-16BE the zero before a letter belongs to the letter.
        if (this.#wide && at < this.#end && (this.#base + at) % 2 === 1)
            at--;
        zeros.length += at - this.#start;
        this.#start = at;
        if (at === this.#end && !last)
            return false;
        this.#endZeros(at === this.#end);
        return at < this.#end;
    }
    /** Zeros at the end are what a crash leaves of a file that was being written; in front of anything else they are damage. */
    #endZeros(atEnd) {
        const { offset, length } = this.#zeros;
        this.#zeros = null;
        const [reason, detail] = atEnd
            ? ['nul-tail', `${length} zero bytes`]
            : ['corrupt', `${length} zero bytes in front of what follows`];
        if (length > 0)
            this.#report({ offset, length, reason, detail, line: this.#number });
    }
    // ---- lines over the limit
    #beginLong() {
        const kept = this.#start + KEPT;
        const start = this.#wide
            ? decode16(this.#buffer.subarray(this.#start, kept), this.#encoding === 'utf-16be')
            : decode8(this.#buffer.subarray(this.#start, kept));
        const hash = createHash('sha256');
        this.#long = { offset: this.#base + this.#start, length: KEPT, start, hash };
        this.#start = kept;
        this.#scanned = Math.min(this.#scanned, this.#start);
    }
    /** Hashes on to the end of the line; false when the end is not here yet. */
    #passLong(end) {
        const long = this.#long;
        const stop = end < 0 ? this.#scanned : end;
        long.hash.update(this.#buffer.subarray(this.#start, stop));
        long.length += stop - this.#start;
        this.#start = stop;
        // A UTF-16 unit may be cut at the end of the buffer: what was not scanned waits for the next bytes.
        if (end < 0)
            return false;
        this.#endLong(false);
        this.#number++;
        return true;
    }
    #endLong(last) {
        const long = this.#long;
        if (last) {
            long.hash.update(this.#buffer.subarray(this.#start, this.#end));
            long.length += this.#end - this.#start;
            this.#start = this.#end;
        }
        this.#long = null;
        const detail = `line of ${long.length} bytes, begins ${JSON.stringify(long.start)}; SHA-256 of the rest ${long.hash.digest('hex')}`;
        this.#report({ offset: long.offset, length: long.length, reason: 'too-long', detail, line: this.#number });
    }
    #report(gap) {
        this.#gapBytes += gap.length;
        this.#gap(gap);
    }
}
const WAIT = -2;
//# sourceMappingURL=lines.js.map