import { bump } from '../lib/collections.js';
import { isJoinable, sharesOf } from './hit-retention.js';
export const KEPT = { client: 50, rule: 1_000, joinable: 20_000 };
/**
 * Hits of a rule that are kept for each named host beyond these limits, and the number of such hosts: rows of another host do not
 * crowd out those of this server. Which host is this server is not known while a file is read.
 */
const OF_HOST = { hits: 10, hosts: 200 };
/** Full hits kept of a rule that is only a part of correlations. */
const PARTS = 2_000;
/** How many hits of each rule of one file are kept: of requests that were fulfilled and of all others, of each host and client. */
export class HitRoom {
    #most;
    #report;
    #kept = new Map();
    /** Hits kept of each host, by rule. */
    #keptOfHosts = new Map();
    /** Rules with hits of more hosts than are kept apart. */
    #crowded = new Set();
    /** `report`: hits of further hosts are only counted from here on. */
    constructor(most, report) {
        this.#most = most;
        this.#report = report;
    }
    /** Would a further hit only be counted, whether it was fulfilled or not, where that is not known? */
    isFull(rule, client, share) {
        if (share !== undefined)
            return this.#isShareFull(rule, client, share);
        return sharesOf(rule.info).every((one) => this.#isShareFull(rule, client, one));
    }
    #isShareFull({ info, trail, isPart }, client, share) {
        const { rule, joinable, client: ofOne } = this.#most;
        const id = share + info.id;
        const kept = this.#kept.get(id) ?? 0;
        // Of a part of correlations the trail has every row.
        if (isPart)
            return kept >= Math.min(joinable, PARTS);
        if (trail || info.requiresChain || isJoinable(info))
            return kept >= joinable;
        return kept >= rule || (client !== undefined && (this.#kept.get(`${id}\0${client}`) ?? 0) >= ofOne);
    }
    /** The same where the host of the row is known. */
    isFullFor(rule, { client, host }, share) {
        if (!this.isFull(rule, client, share))
            return false;
        const shares = share === undefined ? sharesOf(rule.info) : [share];
        return shares.every((one) => this.#isHostFull(rule, host, one));
    }
    #isHostFull({ info }, host, share) {
        const id = share + info.id;
        const hosts = this.#keptOfHosts.get(id);
        const kept = hosts?.get(host);
        const { client: ofClient, rule: ofRule, joinable } = this.#most;
        if (kept !== undefined || (hosts?.size ?? 0) < OF_HOST.hosts)
            return (kept ?? 0) >= Math.min(OF_HOST.hits, ofClient, ofRule, joinable);
        if (!this.#crowded.has(info.id)) {
            this.#crowded.add(info.id);
            const detail = `rows of more than ${OF_HOST.hosts} hosts match the rule ${info.title}; those of further hosts are only counted`;
            this.#report(detail);
        }
        return true;
    }
    /** A hit is kept. */
    take(rule, { client, host }, share = '') {
        const id = share + rule;
        bump(this.#kept, id, 1);
        bump(this.#kept, `${id}\0${client}`, 1);
        let hosts = this.#keptOfHosts.get(id);
        if (!hosts)
            this.#keptOfHosts.set(id, (hosts = new Map()));
        hosts.set(host, (hosts.get(host) ?? 0) + 1);
    }
}
//# sourceMappingURL=hit-room.js.map