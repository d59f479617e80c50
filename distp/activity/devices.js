import { isPerson } from './identities.js';
import { WIDTH } from './counted-accounts.js';
import { isOneUse } from './near-days.js';
import { deviceUser, OF_PROXY, REFUSED } from '../parsers/exchange/active-sync.js';
// Which mobile device (ActiveSync) asked for whose mailbox, since when, and from where first: requests that were served to a user
// are counted by user and device. A device of the organization is in every row of its owner, so that what is new shows by its first
// request. Telephones change their address from hour to hour: of each device only the first is kept.
/** Uses of one device that are told apart: the last ones, since those of long before explain nothing. */
const USES = 50;
/** Users with a device in all files. */
const MOST = 200_000;
/** Requests of mobile devices in all files. */
export class Devices {
    #uses = new Map();
    /** Requests that were refused for their password. */
    #refused = new Map();
    /** By the digest of each file its path, of copies the first: they come in any order. */
    #paths = new Map();
    /** Devices that only logs have that explain nothing. */
    #beside = new Set();
    beyond = 0;
    get isEmpty() {
        return this.#uses.size === 0;
    }
    /** A file that is there twice is counted once; `isBeside`: of a log that explains nothing only devices count that no other log has. */
    addFile(tally, path, sha256, isBeside = false) {
        if (!tally)
            return;
        const other = this.#paths.get(sha256);
        if (other === undefined || path < other)
            this.#paths.set(sha256, path);
        if (other !== undefined)
            return;
        this.beyond += tally.beyond;
        for (const [i, value] of tally.values.entries()) {
            const counts = tally.counts.subarray(i * WIDTH, (i + 1) * WIDTH);
            const [rows, content, first, last, offset, length, line] = counts;
            // User and device; what stands behind them tells the kind of log.
            const key = value.slice(0, value.lastIndexOf('\0'));
            const [user, device, kind] = deviceUser(value);
            const isProxyLog = (kind & OF_PROXY) !== 0;
            const uses = (kind & REFUSED) === 0 ? this.#uses : this.#refused;
            const known = uses.get(key);
            if (isBeside && known !== undefined && !this.#beside.has(key))
                continue;
            if (known === undefined) {
                if (isBeside)
                    this.#beside.add(key);
                if (!isPerson(user))
                    continue;
                if (uses.size >= MOST) {
                    if (uses === this.#uses)
                        this.beyond += rows;
                    continue;
                }
            }
            const at = { path, offset, length, line };
            const counted = isProxyLog ? [0, rows] : [rows, 0];
            const seen = { first, last, client: tally.clients[i], isProxyLog, at, sha256, rows: counted, content };
            uses.set(key, withUse(known ?? [], { mailbox: user, device, ...seen }));
        }
    }
    /** When the first request of any device was served; null where none was. */
    get begins() {
        let first = Infinity;
        for (const uses of this.#uses.values())
            for (const use of uses)
                first = Math.min(first, use.first);
        return Number.isFinite(first) ? first : null;
    }
    /** When each device was first served, whosever mailbox it asked for: of its uses that last until this time, or are later. */
    firsts(until) {
        const firsts = new Map();
        for (const uses of this.#uses.values())
            for (const { device, first, last } of uses)
                if (last >= until || isOneUse({ first, last }, { first: until, last: until }))
                    firsts.set(device, Math.min(firsts.get(device) ?? Infinity, first));
        return firsts;
    }
    /** In an order that does not depend on that of the files. */
    uses() {
        return this.#inOrder(this.#uses);
    }
    /** Devices that were refused for the password of a mailbox, in such an order. */
    refused() {
        return this.#inOrder(this.#refused);
    }
    #inOrder(uses) {
        return [...uses]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .flatMap(([, own]) => own
            .toSorted((a, b) => a.first - b.first)
            .map((use) => ({ ...use, at: { ...use.at, path: this.#paths.get(use.sha256) } })));
    }
}
/** Uses of one device with another one, which may be a part of one or join several. */
function withUse(uses, more) {
    const [one] = uses;
    // Nearly always it goes on.
    if (uses.length === 1 && isOneUse(one, more)) {
        addUse(one, more);
        return uses;
    }
    const apart = uses.filter((use) => !isOneUse(use, more));
    for (const use of uses)
        if (isOneUse(use, more))
            addUse(more, use);
    return [...apart, more].sort((a, b) => b.last - a.last).slice(0, USES);
}
function addUse(to, { rows, content, first, last, client, isProxyLog, at, sha256 }) {
    to.rows = [to.rows[0] + rows[0], to.rows[1] + rows[1]];
    to.content += content;
    to.last = Math.max(to.last, last);
    const seen = { first, client, isProxyLog, at, sha256 };
    if (first <= to.first && isEarlier(seen, to))
        Object.assign(to, seen);
}
/** Of rows at the same time the one that is first in its file; of two files it does not matter which, but always the same. */
function isEarlier(a, b) {
    if (a.first !== b.first)
        return a.first < b.first;
    return a.sha256 === b.sha256 ? a.at.offset < b.at.offset : a.sha256 < b.sha256;
}
//# sourceMappingURL=devices.js.map