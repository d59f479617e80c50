import { isProxyLog } from '../model/log-kinds.js';
/**
 * Numbers of a day: the day, first and last time, bits, then of the first row its source, time, offset, length and line, and the same
 * of the first that shows mail.
 */
const WIDTH = 14;
const [DAY, FIRST, LAST, BITS, ROW, MAIL] = [0, 1, 2, 3, 4, 9];
const [OF_TABLE, BESIDE, WITH_MAIL] = [1, 2, 4];
/** Days that lie in one piece of memory. */
const PIECE = 4096;
export class ServedDays {
    #paths;
    #sources = [];
    #pieces = [];
    #most;
    #count = 0;
    /** Is any day of a log beside the series of the server? */
    isAnyBeside = false;
    /** `paths`: of each digest of a file its path, known when all files are added. */
    constructor(paths, most) {
        this.#paths = paths;
        this.#most = most;
    }
    /** The number of a file and kind of log. */
    source(source) {
        return this.#sources.push(source) - 1;
    }
    /** Adds rows to a day of an account; beyond the limit a new day is not kept. */
    see(days, seen) {
        const known = days.get(seen.day);
        if (known === undefined) {
            if (this.#count < this.#most)
                days.set(seen.day, this.#open(seen));
            return;
        }
        const [piece, at] = [this.#pieces[Math.floor(known / PIECE)], (known % PIECE) * WIDTH];
        if (seen.first < piece[at + FIRST])
            piece[at + FIRST] = seen.first;
        if (seen.last > piece[at + LAST])
            piece[at + LAST] = seen.last;
        const bits = piece[at + BITS];
        piece[at + BITS] = bits & ~((seen.isOfTable ? 0 : OF_TABLE) | (seen.isBeside ? 0 : BESIDE));
        if (this.#isEarlier(seen, piece, at + ROW))
            putRow(piece, at + ROW, seen);
        if (!seen.isMail)
            return;
        if ((bits & WITH_MAIL) !== 0 && !this.#isEarlier(seen, piece, at + MAIL))
            return;
        putRow(piece, at + MAIL, seen);
        piece[at + BITS] |= WITH_MAIL;
    }
    /** Adds all days of an account of a table to accounts of this, which must be another with the same sources. */
    addAll(toOn, from, table) {
        for (const day of table.#inOrder(from.days)) {
            const [piece, at] = table.#placeOf(day);
            const to = toOn(piece[at + DAY]);
            if (to === null)
                continue;
            const isMail = (piece[at + BITS] & WITH_MAIL) !== 0;
            const seen = {
                day: piece[at + DAY],
                first: piece[at + FIRST],
                last: piece[at + LAST],
                isOfTable: (piece[at + BITS] & OF_TABLE) !== 0,
                isBeside: (piece[at + BITS] & BESIDE) !== 0,
            };
            this.see(to.days, { ...seen, ...rowAt(piece, at + ROW), isMail: false });
            if (isMail)
                this.see(to.days, { ...seen, ...rowAt(piece, at + MAIL), isMail });
        }
    }
    /** The same sources, without days. */
    emptied() {
        const empty = new ServedDays(this.#paths, this.#most);
        for (const source of this.#sources)
            empty.source(source);
        return empty;
    }
    /** An account with its days; null where none of them is kept. `which`: those that logs of the server's series have, or only others. */
    accountOf(account, which = 'all') {
        const all = this.#inOrder(account.days);
        const days = which === 'all' ? all : all.filter((day) => this.isBeside(day) === (which === 'beside'));
        return days.length === 0 ? null : new Account(this, account, days);
    }
    numberOf(day) {
        return this.#numberAt(day, DAY);
    }
    firstOf(day) {
        return this.#numberAt(day, FIRST);
    }
    lastOf(day) {
        return this.#numberAt(day, LAST);
    }
    isOfTable(day) {
        return (this.#numberAt(day, BITS) & OF_TABLE) !== 0;
    }
    isBeside(day) {
        return (this.#numberAt(day, BITS) & BESIDE) !== 0;
    }
    /** The first row of a day. */
    rowOf(day, account) {
        return this.#rowOf(day, ROW, account);
    }
    /** The first that shows mail; null where none does. */
    mailOf(day, account) {
        return (this.#numberAt(day, BITS) & WITH_MAIL) === 0 ? null : this.#rowOf(day, MAIL, account);
    }
    #inOrder(days) {
        let latest = -Infinity;
        let isInOrder = true;
        for (const day of days.keys()) {
            isInOrder &&= day > latest;
            latest = day;
        }
        if (isInOrder)
            return [...days.values()];
        return [...days].sort(([a], [b]) => a - b).map(([, day]) => day);
    }
    #placeOf(day) {
        return [this.#pieces[Math.floor(day / PIECE)], (day % PIECE) * WIDTH];
    }
    #numberAt(day, which) {
        return this.#pieces[Math.floor(day / PIECE)][(day % PIECE) * WIDTH + which];
    }
    #open(seen) {
        const day = this.#count++;
        this.isAnyBeside ||= seen.isBeside;
        if (day % PIECE === 0)
            this.#pieces.push(new Float64Array(PIECE * WIDTH));
        const [piece, at] = [this.#pieces.at(-1), (day % PIECE) * WIDTH];
        piece[at + DAY] = seen.day;
        piece[at + FIRST] = seen.first;
        piece[at + LAST] = seen.last;
        piece[at + BITS] = (seen.isOfTable ? OF_TABLE : 0) | (seen.isBeside ? BESIDE : 0) | (seen.isMail ? WITH_MAIL : 0);
        putRow(piece, at + ROW, seen);
        if (seen.isMail)
            putRow(piece, at + MAIL, seen);
        return day;
    }
    #rowOf(day, which, { mailbox }) {
        const [piece, at] = this.#placeOf(day);
        const { source, time, offset, length, line } = rowAt(piece, at + which);
        const { log, sha256, isOfTable, isBeside } = this.#sources[source];
        return {
            log,
            // Of a file that is there twice it is the first path.
            at: { path: this.#paths.get(sha256), offset, length, line },
            sha256,
            time,
            ...(mailbox !== '' ? { mailbox } : {}),
            ...(isOfTable ? { isOfTable } : {}),
            ...(isBeside ? { isBeside } : {}),
        };
    }
    /** Is it before the row that stands at this place of the table? */
    #isEarlier(seen, piece, row) {
        const [a, b] = [this.#sources[seen.source], this.#sources[piece[row]]];
        return isEarlier(a, seen.time, seen.offset, b, piece[row + 1], piece[row + 2]);
    }
}
/** Logs of the proxy stamp the end of a request (ms). */
const PROXY_LATER = 2_000;
/**
 * Which of two rows is the first? Rows of tables come last. HttpProxy names the protocol: of rows of one time its own comes first; of
 * others it does not matter which, but always the same.
 */
export function isEarlier(a, time, offset, b, otherTime, otherOffset) {
    if (a.isOfTable !== b.isOfTable)
        return b.isOfTable;
    // Nothing that a log's kind adds outweighs a longer time.
    if (Math.abs(time - otherTime) > PROXY_LATER)
        return time < otherTime;
    const [rank, other] = [rankOf(a.log, time), rankOf(b.log, otherTime)];
    if (rank !== other)
        return rank < other;
    return a.sha256 === b.sha256 ? offset < otherOffset : a.sha256 < b.sha256;
}
function rankOf(log, time) {
    return time - (isProxyLog(log) ? PROXY_LATER : 0);
}
function putRow(piece, at, { source, time, offset, length, line }) {
    piece[at] = source;
    piece[at + 1] = time;
    piece[at + 2] = offset;
    piece[at + 3] = length;
    piece[at + 4] = line;
}
function rowAt(piece, at) {
    const [source, time, offset, length, line] = piece.subarray(at, at + 5);
    return { source: source, time: time, offset: offset, length: length, line: line };
}
/** An account of the table; `days` are made when they are asked for. */
class Account {
    user;
    client;
    mailbox;
    #table;
    #at;
    #places;
    #days = null;
    constructor(table, at, places) {
        this.user = at.user;
        this.client = at.client;
        this.mailbox = at.mailbox;
        this.#table = table;
        this.#at = at;
        this.#places = places;
    }
    get days() {
        return (this.#days ??= this.#places.map((place) => new Day(this.#table, place, this.#at)));
    }
    get logDays() {
        return this.#numbersOf((day) => !this.#table.isOfTable(day));
    }
    get besideDays() {
        return this.#numbersOf((day) => this.#table.isBeside(day) && !this.#table.isOfTable(day));
    }
    #numbersOf(is) {
        const days = [];
        for (const day of this.#places)
            if (is(day))
                days.push(this.#table.numberOf(day));
        return days;
    }
    get first() {
        const table = this.#table;
        return table.firstOf(this.#places.find((day) => !table.isOfTable(day)) ?? this.#places[0]);
    }
    get last() {
        return this.#table.lastOf(this.#places.at(-1));
    }
    get row() {
        return this.#table.rowOf(this.#places[0], this.#at);
    }
    get mail() {
        for (const place of this.#places) {
            const mail = this.#table.mailOf(place, this.#at);
            if (mail !== null)
                return mail;
        }
        return null;
    }
}
class Day {
    #table;
    #place;
    #at;
    constructor(table, place, at) {
        this.#table = table;
        this.#place = place;
        this.#at = at;
    }
    get day() {
        return this.#table.numberOf(this.#place);
    }
    get first() {
        return this.#table.firstOf(this.#place);
    }
    get last() {
        return this.#table.lastOf(this.#place);
    }
    get row() {
        return this.#table.rowOf(this.#place, this.#at);
    }
    get mail() {
        return this.#table.mailOf(this.#place, this.#at);
    }
    get isOfTable() {
        return this.#table.isOfTable(this.#place);
    }
    get isBeside() {
        return this.#table.isBeside(this.#place);
    }
}
//# sourceMappingURL=served-days.js.map