import { DailyShares } from './daily-shares.js';
/**
 * What a proxy that sends X-Forwarded-For is known by, since anyone can send the header: with at most one other it sends `share` of the
 * logons of the last days, nearly all of them with the header (`named`), for `hops` clients, and a fifth is `served`, which who guesses
 * passwords does not reach.
 */
const FORWARDING = { share: 0.8, most: 2, named: 0.9, hops: 5, served: 0.2, least: 50 };
/** Senders that are told apart. */
const MOST = 50_000;
/** Who sends X-Forwarded-For, by the logons of logs that have it. */
export class Forwarders {
    /** For whom each sender asks. */
    #hops = new Map();
    #days = new DailyShares();
    /** Logons of one file that has the header. */
    addFile(sent) {
        const shares = new Map();
        let begins = Infinity;
        for (const { hops, rows, isServed, first } of sent) {
            const share = shares.get(hops.client) ?? { rows: 0, answered: 0, named: 0 };
            shares.set(hops.client, share);
            share.rows += rows;
            if (isServed)
                share.answered += rows;
            begins = Math.min(begins, first);
            const known = this.#hopsOf(hops.client);
            if (hops.forwarded === null)
                continue;
            share.named += rows;
            if (known !== null && known.size < FORWARDING.hops)
                known.add(hops.forwarded);
        }
        if (Number.isFinite(begins))
            this.#days.addFile(begins, [...shares]);
    }
    get isAny() {
        return this.#hops.size > 0;
    }
    /** The addresses of proxies among them: on the last days, or on a day (since 1970). */
    proxies(day = null) {
        const recent = day === null ? this.#days.recent() : this.#days.upTo(day);
        if (recent === null || recent.rows < FORWARDING.least)
            return new Set();
        const needed = recent.senders(FORWARDING.share, FORWARDING.most) ?? [];
        const isProxy = (sender) => {
            const { rows, named, answered } = recent.by.get(sender);
            return (named >= FORWARDING.named * rows &&
                (this.#hops.get(sender)?.size ?? 0) >= FORWARDING.hops &&
                answered >= FORWARDING.served * rows);
        };
        return new Set(needed.every(isProxy) ? needed : []);
    }
    #hopsOf(client) {
        const known = this.#hops.get(client);
        if (known !== undefined)
            return known;
        if (this.#hops.size >= MOST)
            return null;
        const hops = new Set();
        this.#hops.set(client, hops);
        return hops;
    }
}
//# sourceMappingURL=forwarders.js.map