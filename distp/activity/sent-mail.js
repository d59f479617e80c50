import { isTracking, SENT } from '../prefilter/mail-columns.js';
import { fieldText } from '../model/event.js';
import { DAY, HOUR, hourOf } from '../lib/time.js';
import { GroupedRows, GroupTurns, sizeOf } from './grouped-rows.js';
import { isAddress, isPerson } from './identities.js';
import { weekBefore } from './near-days.js';
// To how many recipients outside the organization each account sent mail in each hour, by message tracking: the measure for a
// mailbox that suddenly sends to many.
/** Numbers of a cell: sender, hour since 1970, messages, recipients. */
const WIDTH = 4;
const MOST = { file: 50_000, run: 300_000 };
/** Fewest recipients within an hour that are many. */
export const MANY = 100;
/** The hour has this many times the recipients of any hour of the days before. */
const TIMES = 10;
/** Fewest earlier days of the log, to have something to compare with. */
const DAYS = 5;
/** Exchange's own mail: between its servers, and of its own mailboxes. */
const OWN_CONNECTOR = /^intra-organization smtp send connector$/i;
const OWN_SENDER = /^microsoftexchange[0-9a-f]{32}@/i;
/** Mail that one file records as sent. */
export class FileSentMail {
    #cells = new Map();
    #beyond = 0;
    #turns = new GroupTurns();
    event(event) {
        if (event.log !== 'message-tracking' || event.snippet || event.time === null)
            return;
        const sender = senderIn((name) => fieldText(event, name) ?? '');
        if (sender !== null)
            this.#count(sender, event.time, sizeOf(fieldText(event, SENT.size) ?? ''), 1);
    }
    /** Counts the rows that a taker takes, where they are rows of message tracking. */
    beside(taker, layout) {
        if (!isTracking(layout))
            return taker;
        return new GroupedRows(taker, layout, {
            ...SENT,
            sourceOf: senderIn,
            count: (sender, time, size) => this.#count(sender, time, size, 1),
        });
    }
    /** Counts the rows that a taker has put together by their values; undefined where they are no rows of message tracking. */
    groups(layout) {
        if (!isTracking(layout))
            return undefined;
        return {
            turn: this.#turns.turn,
            of: (valueIn) => senderIn((name) => valueIn(layout.columns.indexOf(name))),
            rows: (sender, rows, time, size) => {
                if (sender !== null)
                    this.#count(sender, time, size, rows);
            },
        };
    }
    /** As plain data, in an order that does not depend on the way of reading; null where no mail was sent. */
    tally() {
        this.#turns.settle();
        if (this.#cells.size === 0 && this.#beyond === 0)
            return null;
        const cells = [...this.#cells.values()].sort((a, b) => a.sender === b.sender ? a.hour - b.hour : a.sender < b.sender ? -1 : 1);
        const senders = [...new Set(cells.map(({ sender }) => sender))];
        const numbers = new Map(senders.map((sender, number) => [sender, number]));
        return {
            senders,
            cells: cells.flatMap(({ sender, hour, messages, recipients }) => [
                numbers.get(sender),
                hour,
                messages,
                recipients,
            ]),
            beyond: this.#beyond,
        };
    }
    #count(sender, time, recipients, messages) {
        const hour = hourOf(time);
        const key = `${hour} ${sender}`;
        const cell = this.#cells.get(key);
        if (cell !== undefined) {
            cell.messages += messages;
            cell.recipients += recipients;
        }
        else if (this.#cells.size < MOST.file)
            this.#cells.set(key, { sender, hour, messages, recipients });
        else
            this.#beyond += messages;
    }
}
/** The sender of a row by which a message left this organization; null for any other row. Whose message it was the rule decides. */
function senderIn(of) {
    if (!/^send$/i.test(of('event-id')) || OWN_CONNECTOR.test(of('connector-id')))
        return null;
    const sender = of('sender-address').toLowerCase();
    return isAddress(sender) && isPerson(sender) && !OWN_SENDER.test(sender) ? sender : null;
}
/** Mail that was sent, in all files. */
export class SentMail {
    /** By the digest of each file its path, of copies the first: they come in any order. */
    #files = new Map();
    #cells = 0;
    beyond = 0;
    /** A file that is there twice is counted once; `isBeside`: of a log that explains nothing, so that it is no measure of what is much. */
    addFile(tally, path, sha256, isBeside = false) {
        if (tally === undefined)
            return;
        const known = this.#files.get(sha256);
        if (known !== undefined) {
            if (path < known.path)
                known.path = path;
            return;
        }
        this.beyond += tally.beyond;
        const cells = tally.cells.length / WIDTH;
        if (this.#cells + cells > MOST.run) {
            this.beyond += cells;
            return;
        }
        this.#cells += cells;
        this.#files.set(sha256, { path, tally, isBeside });
    }
    /**
     * Accounts that sent to a hundred recipients or more within an hour, and to ten times as many as in any hour of the week before that
     * day; what follows within a week of such an hour belongs to it. Files may be copies of one another in part: how many there were is
     * only known when the rows are read again.
     */
    bursts() {
        const days = [...this.#days()].sort((a, b) => a - b);
        const all = [...this.#hours()].sort(([a], [b]) => (a < b ? -1 : 1));
        return all.flatMap(([sender, hours]) => burstsOf(sender, hours, days));
    }
    /** Days on which any account sent mail. */
    #days() {
        const days = new Set();
        for (const { tally } of this.#files.values())
            for (let i = 0; i < tally.cells.length; i += WIDTH)
                days.add(dayOfHour(tally.cells[i + 1]));
        return [...days];
    }
    #hours() {
        const of = new Map();
        for (const { path, tally, isBeside } of this.#files.values())
            for (let i = 0; i < tally.cells.length; i += WIDTH) {
                const [sender, hour, messages, recipients] = [
                    tally.senders[tally.cells[i]],
                    tally.cells[i + 1],
                    tally.cells[i + 2],
                    tally.cells[i + 3],
                ];
                const hours = of.get(sender) ?? new Map();
                of.set(sender, hours);
                const one = hours.get(hour) ?? { recipients: 0, usual: 0, files: new Set() };
                hours.set(hour, one);
                // A log without the number of recipients has one of each message at least.
                one.recipients += Math.max(messages, recipients);
                if (!isBeside)
                    one.usual += Math.max(messages, recipients);
                one.files.add(path);
            }
        return of;
    }
}
/** `days`: those that are known, in order. */
function burstsOf(sender, hours, days) {
    const many = [...hours].filter(([, { recipients }]) => recipients >= MANY).sort(([a], [b]) => a - b);
    if (many.length === 0)
        return [];
    const most = new Map();
    for (const [hour, { usual }] of hours)
        most.set(dayOfHour(hour), Math.max(most.get(dayOfHour(hour)) ?? 0, usual));
    const inOrder = [...most].sort(([a], [b]) => a - b);
    const bursts = [];
    let [next, ever, earlier] = [0, 0, 0];
    for (let at = 0; at < many.length;) {
        const [first, { recipients }] = many[at];
        const day = dayOfHour(first);
        for (; next < inOrder.length && inOrder[next][0] < day; next++)
            ever = Math.max(ever, inOrder[next][1]);
        while (earlier < days.length && days[earlier] < day)
            earlier++;
        const week = weekBefore(day);
        const near = week.reduce((greatest, one) => Math.max(greatest, most.get(one) ?? 0), 0);
        if (earlier < DAYS || recipients < TIMES * near) {
            at++;
            continue;
        }
        const isUsual = recipients < TIMES * ever;
        const same = sameBurst(many, at);
        const own = same.filter(([, sent]) => sent.recipients >= TIMES * near);
        bursts.push({
            sender,
            hours: new Set(own.map(([hour]) => hour)),
            before: isUsual
                ? { recipients: near, days: days.filter((one) => week.includes(one)).length }
                : { recipients: ever, days: earlier },
            isUsual,
            files: new Set(own.flatMap(([, { files }]) => [...files])),
        });
        at += same.length;
    }
    return bursts;
}
/** The hours from one on of which each follows another within a week. */
function sameBurst(many, from) {
    let end = from + 1;
    const isNext = () => weekBefore(dayOfHour(many[end][0]) + 1).includes(dayOfHour(many[end - 1][0]));
    while (end < many.length && isNext())
        end++;
    return many.slice(from, end);
}
function dayOfHour(hour) {
    return Math.floor((hour * HOUR) / DAY);
}
//# sourceMappingURL=sent-mail.js.map