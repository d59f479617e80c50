import { isPrivate } from '../lib/ip.js';
import { DAY } from '../lib/time.js';
import { MANY_PROGRAMS, programsOfSenders } from './sender-programs.js';
/** A sender of less than this part of a file is no proxy in it. */
export const LEAST_SHARE = 0.1;
/** Fewest rows of a day that say anything about their senders; and how many of the last such days decide. */
const [ROWS, DAYS] = [10, 14];
/** Fewest days up to one that say who sent most on it; of the first days of the logs those after them do, too. */
const FEWEST = 5;
const MOST = 20_000;
const NO_AGENTS = { values: [], counts: new Float64Array(0), only: [] };
/** Who sends most requests on each of the last days. Rows of other days, which may be forged, make nothing a proxy, and hide none. */
export class DailyShares {
    #days = new Map();
    #inOrder = null;
    /** Rows of a file by their senders; `time`: of the first of them (ms); `agents`: of all of them. */
    addFile(time, sent, agents = NO_AGENTS) {
        const sumOf = (some) => some.reduce((sum, [, { rows }]) => sum + rows, 0);
        const rows = sumOf(sent);
        const outside = sumOf(sent.filter(([sender]) => !isPrivate(sender)));
        const many = sent.filter(([, share]) => share.rows >= LEAST_SHARE * rows);
        this.add(time, rows, outside, many, agents);
    }
    /** The same, by the numbers of rows and of those from outside; `many`: senders of at least a part of `LEAST_SHARE`. */
    add(time, rows, outside, many, agents = NO_AGENTS) {
        const day = Math.floor(time / DAY);
        if (rows === 0 || (!this.#days.has(day) && this.#days.size >= MOST))
            return;
        const known = this.#days.get(day) ?? {
            rows: 0,
            outside: 0,
            by: new Map(),
            programs: new Map(),
        };
        this.#days.set(day, known);
        this.#inOrder = null;
        known.rows += rows;
        known.outside += outside;
        for (const [sender, share] of many) {
            const own = known.by.get(sender);
            if (own === undefined)
                known.by.set(sender, { ...share });
            else
                addTo(own, share);
        }
        if (agents === NO_AGENTS)
            return;
        for (const [sender, programs] of programsOfSenders(agents, many, rows)) {
            const own = known.programs.get(sender) ?? new Set();
            known.programs.set(sender, own);
            for (const program of programs)
                if (own.size < MANY_PROGRAMS)
                    own.add(program);
        }
    }
    /** The last days: null where none says anything. */
    recent() {
        return lastOf([...this.#days]);
    }
    /**
     * The days up to one (since 1970), which say who sends most on it: they lie between others of the server, so that days
     * that are written after the last one add nothing to them. Null where none says anything.
     */
    upTo(day) {
        const near = Array.from({ length: DAYS }, (_, i) => day - i).flatMap((one) => this.#dayOn(one));
        const own = this.#days.get(day) ?? null;
        return near.length >= FEWEST ? lastOf(near, own) : this.#firstFrom(day - DAYS + 1, own);
    }
    #dayOn(day) {
        const own = this.#days.get(day);
        return own === undefined ? [] : [[day, own]];
    }
    #firstFrom(from, own) {
        const days = (this.#inOrder ??= [...this.#days].sort(([a], [b]) => a - b));
        // Evidence may have tens of thousands of days, and each may be asked about.
        let [low, high] = [0, days.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (days[middle][0] < from)
                low = middle + 1;
            else
                high = middle;
        }
        return lastOf(Array.from({ length: Math.min(DAYS, days.length - low) }, (_, i) => days[low + i]), own);
    }
}
function lastOf(known, own = null) {
    const all = [...known].sort(([a], [b]) => b - a).map(([, day]) => day);
    const many = all.filter(({ rows }) => rows >= ROWS);
    const days = (many.length * 2 >= all.length ? many : all).slice(0, DAYS);
    return days.length === 0 ? null : new Recent(days, own !== null && own.rows >= ROWS ? own : null);
}
/** Some days together. */
export class Recent {
    #days;
    #own;
    rows;
    /** Requests from outside. */
    outside;
    by = new Map();
    /** `own`: the day that they are asked about. */
    constructor(days, own) {
        this.#days = days;
        this.#own = own;
        this.rows = days.reduce((sum, day) => sum + day.rows, 0);
        this.outside = days.reduce((sum, day) => sum + day.outside, 0);
        for (const { by } of days)
            for (const [sender, share] of by) {
                const own = this.by.get(sender);
                if (own === undefined)
                    this.by.set(sender, { ...share });
                else
                    addTo(own, share);
            }
    }
    /** Did these senders use programs as many people do? Of other days, which may be forged, nothing counts. */
    haveManyPrograms(senders) {
        const programs = new Set();
        for (const day of this.#days)
            for (const sender of senders)
                for (const program of day.programs.get(sender) ?? [])
                    programs.add(program);
        return programs.size >= MANY_PROGRAMS;
    }
    /**
     * The addresses that send most, as few as send this part of the rows of most days; null where more than `most` do. All days count
     * alike: one with far more rows than the others, which may be forged, says no more than they do. On the day that is asked about they
     * send most, too: who only did so on days before it, which may be forged, is no proxy on it.
     */
    senders(part, most) {
        const shares = new Map();
        for (const { rows, by } of this.#days)
            for (const [sender, share] of by)
                shares.set(sender, (shares.get(sender) ?? 0) + share.rows / rows);
        const busiest = [...shares]
            .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
            .map(([sender]) => sender);
        for (let count = 1; count <= Math.min(most, busiest.length); count++) {
            const needed = busiest.slice(0, count);
            const sentOn = ({ by }) => needed.reduce((sum, sender) => sum + (by.get(sender)?.rows ?? 0), 0);
            if (this.#days.filter((day) => sentOn(day) >= part * day.rows).length * 2 <= this.#days.length)
                continue;
            return this.#own === null || sentOn(this.#own) * 2 >= this.#own.rows ? needed : null;
        }
        return null;
    }
}
function addTo(own, { rows, answered, named }) {
    own.rows += rows;
    own.answered += answered;
    own.named += named;
}
//# sourceMappingURL=daily-shares.js.map