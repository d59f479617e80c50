import { counted } from '../lib/amounts.js';
import { explains } from './logons.js';
import { DAY } from '../lib/time.js';
import { isJustBefore, isNear } from './near-days.js';
/** Fewest accounts that make an address one of the organization's. */
const ACCOUNTS = 3;
/** Addresses from which accounts log on, by what the logs say of other days. Accounts that were refused there do not count. */
export class KnownOrigins {
    /** Days (since 1970 UTC) by address and account. */
    #days = new Map();
    /** What was counted before, by address and day. */
    #counts = new Map();
    /** Accounts by the address that refused them. */
    #refused = new Map();
    /** The first day that explains what happens on it or later. */
    #begins;
    /** `from`: since when the logs that an assessment needs go on without a break. What lies before explains nothing of what came later. */
    constructor(logons, identities, from = null) {
        this.#begins = from === null ? -Infinity : Math.floor(from / DAY);
        for (const { user, client, days } of logons.served()) {
            const own = this.#days.get(client) ?? new Map();
            this.#days.set(client, own);
            const account = identities.accountOf(user);
            const others = own.get(account);
            own.set(account, others === undefined ? days : [...others, ...days]);
        }
        for (const { user, client } of logons.refused()) {
            const own = this.#refused.get(client) ?? new Set();
            this.#refused.set(client, own.add(identities.accountOf(user)));
        }
    }
    /**
     * Why an address is one from which accounts of the organization log on: three that were never refused there did so on the days
     * just before. Null where it is none. `byTables`: days that only tables of events name count, too, as they do for refusals that only
     * tables name.
     */
    before(client, time, byTables = false) {
        const day = Math.floor(time / DAY);
        const least = this.#leastFor(day);
        const count = this.#count(client, { key: `< ${day}`, is: (on) => isJustBefore(on, day) && on >= least, byTables });
        return count < ACCOUNTS ? null : `${counted(count, 'account')} were served from ${client} on days before.`;
    }
    /** The same, of the days before and after: of an address with no other sign. */
    onOtherDays(client, time, byTables = false) {
        const day = Math.floor(time / DAY);
        const least = this.#leastFor(day);
        const count = this.#count(client, { key: `= ${day}`, is: (on) => isNear(on, day) && on >= least, byTables });
        if (count < ACCOUNTS)
            return null;
        return `${counted(count, 'account')} that were not refused there were served from ${client} on other days.`;
    }
    #leastFor(day) {
        return day >= this.#begins ? this.#begins : -Infinity;
    }
    isServedAt(account, client) {
        return (this.#days
            .get(client)
            ?.get(account)
            ?.some(({ isBeside }) => !isBeside) ?? false);
    }
    /** Accounts that were served from an address on the day of an act or near it, by more than tables of events. */
    accountsAt(client, time) {
        const [own, act] = [[...(this.#days.get(client) ?? [])], Math.floor(time / DAY)];
        const counts = (served) => explains(served, false) && (served.day === act || isNear(served.day, act));
        return own.flatMap(([account, days]) => (days.some(counts) ? [account] : []));
    }
    /** Was any account served from an address on the days just before that of an act? */
    isUsedBefore(client, time) {
        const day = Math.floor(time / DAY);
        const least = this.#leastFor(day);
        const counts = (served) => explains(served, false) && isJustBefore(served.day, day) && served.day >= least;
        return [...(this.#days.get(client)?.values() ?? [])].some((days) => days.some(counts));
    }
    #count(client, { key, is, byTables }) {
        const known = `${client} ${key} ${byTables}`;
        let count = this.#counts.get(known);
        if (count === undefined) {
            const own = this.#days.get(client) ?? new Map();
            const refused = this.#refused.get(client);
            const counts = (served) => explains(served, byTables) && is(served.day);
            count = [...own].filter(([account, days]) => !refused?.has(account) && days.some(counts)).length;
            this.#counts.set(known, count);
        }
        return count;
    }
}
//# sourceMappingURL=known-origins.js.map