import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { greatestOf, leastOf } from '../lib/collections.js';
import { isSuccessStatus } from '../model/requests.js';
import { shareOf } from '../lib/shares.js';
/**
 * Full hits kept per rule in a run: what many rows match says no more with every one of them. `file`: so many of each file
 * whatever there are in others, so that nobody adds files that leave no room for what another shows.
 */
const KEPT = { rule: 20_000, joinable: 100_000, file: 5 };
/** From this many hits a file's are held packed while others are read: they take a tenth of the memory. */
const PACKED = 32;
/** Rows that may join others, or name a mailbox, are kept for as long as it can be: the one that matters can be the last. */
export function isJoinable(info) {
    return info?.stageWhenCorrelated !== undefined || info?.accessMethod !== undefined;
}
/** Requests that were fulfilled have a share of their own: any number of refused ones leaves room for them. */
const FULFILLED = '+';
/** The shares of the hits of a rule; where fulfilled or not is the same for what is said, one. */
export function sharesOf({ stage, sign }) {
    const isOne = sign.strength === 'context' || stage === 'context' || (sign.strength === 'weak' && stage === 'recon');
    return isOne ? [''] : ['', FULFILLED];
}
export function shareOfHit(info, event) {
    return sharesOf(info).length > 1 && isFulfilled(event) ? FULFILLED : '';
}
function isFulfilled({ fields }) {
    return (fields.Succeeded === true ||
        isSuccessStatus(fields.BackEndStatus) ||
        (fields.BackEndStatus === undefined && isSuccessStatus(fields['sc-status'])));
}
/**
 * Takes scans in any order and keeps of each rule the first hits of every file, of each as many at most; those beyond are
 * counted. What is kept does not depend on the order, and never is much more held than is kept. Until all came, the hits of
 * a scan may be held here instead of in it.
 */
export class KeptHits {
    #joins;
    #weighs;
    #atMost;
    #packed;
    #scans = new Map();
    #held = new Map();
    /** `joins`: rules whose hits may join others; `weighs`: those of which it matters that hits were not kept. */
    constructor(joins, atMost = KEPT, packed = PACKED, weighs = () => true) {
        this.#joins = joins;
        this.#weighs = weighs;
        this.#atMost = atMost;
        this.#packed = packed;
    }
    /** A scan that came; `scans` are those that are there, at their places. */
    came(scans, at) {
        const { hits } = scans[at];
        if (hits.length === 0)
            return;
        const counts = new Map();
        for (const { rule } of hits)
            counts.set(rule, (counts.get(rule) ?? 0) + 1);
        this.#scans.set(at, { counts, bytes: null });
        this.#put(scans, at, hits);
        for (const [rule, count] of counts) {
            const held = (this.#held.get(rule) ?? 0) + count;
            this.#held.set(rule, held);
            if (held > 2 * this.#keep(rule))
                this.#thin(scans, rule);
        }
    }
    /** All came: of no rule more is held than is kept, and every scan has its hits. */
    finish(scans) {
        for (const [rule, held] of this.#held)
            if (held > this.#keep(rule))
                this.#thin(scans, rule);
        for (const [at, held] of this.#scans) {
            const hits = this.#hitsOf(scans, at);
            held.bytes = null;
            scans[at] = { ...scans[at], hits };
        }
    }
    #keep(rule) {
        return this.#joins(rule) ? this.#atMost.joinable : this.#atMost.rule;
    }
    #hitsOf(scans, at) {
        const { bytes } = this.#scans.get(at);
        return bytes === null ? scans[at].hits : deserialize(inflateRawSync(bytes));
    }
    #put(scans, at, hits) {
        const isPacked = hits.length >= this.#packed;
        this.#scans.get(at).bytes = isPacked ? deflateRawSync(serialize(hits), { level: 1 }) : null;
        scans[at] = { ...scans[at], hits: isPacked ? [] : hits };
    }
    #thin(scans, rule) {
        const files = [...this.#scans].map(([at, { counts }]) => [at, counts.get(rule) ?? 0]);
        const share = Math.max(this.#atMost.file, shareOf(files.map(([, count]) => count), this.#keep(rule)));
        let held = 0;
        for (const [at, count] of files) {
            held += Math.min(count, share);
            if (count > share)
                this.#drop(scans, at, rule, share);
        }
        this.#held.set(rule, held);
    }
    /** Of the hits of a rule in a scan `kept` stay: the first of each host that they name, then the second, and so on. */
    #drop(scans, at, rule, kept) {
        const hits = this.#hitsOf(scans, at);
        const scan = scans[at];
        const stay = byTurns(hits.filter((hit) => hit.rule === rule), kept);
        const more = hits.filter((hit) => hit.rule === rule && !stay.has(hit));
        const kinds = new Set([...stay].map(kindOf));
        const gone = new Set(more);
        const times = more.flatMap(({ event }) => event.time ?? []);
        const known = scan.more.find((rest) => rest.rule === rule);
        const counted = {
            rule,
            count: (known?.count ?? 0) + more.length,
            first: leastOf([...times, ...((known?.first ?? null) === null ? [] : [known.first])], null),
            last: greatestOf([...times, ...((known?.last ?? null) === null ? [] : [known.last])], null),
        };
        const isLost = this.#weighs(rule) && more.some((hit) => !kinds.has(kindOf(hit)));
        scans[at] = {
            ...scan,
            // What such entries would have shown is not known.
            ...(isLost ? { gaps: withLost(scan) } : {}),
            more: [...scan.more.filter((rest) => rest !== known), counted].sort((a, b) => (a.rule < b.rule ? -1 : 1)),
        };
        this.#scans.get(at).counts.set(rule, kept);
        this.#put(scans, at, hits.filter((hit) => !gone.has(hit)));
    }
}
/** The first of each host, of those that were fulfilled before the others, then the second, and so on; of a host its clients in turn. */
function byTurns(hits, most) {
    const stay = new Set();
    const [done = [], others = []] = [true, false].map((is) => hits.filter(({ event }) => isFulfilled(event) === is));
    const groups = [...byHost(done), ...byHost(others)].map(clientsInTurn);
    for (let turn = 0; stay.size < Math.min(most, hits.length); turn++)
        for (const group of groups) {
            const hit = group[turn];
            if (hit !== undefined && stay.size < most)
                stay.add(hit);
        }
    return stay;
}
/** Hits of a rule that are alike but for their time and client. */
function kindOf({ event }) {
    return `${event.host}\0${isFulfilled(event)}`;
}
const LOST = 'more entries match than are kept; entries of some hosts, or such as were fulfilled, are only counted';
function withLost({ artifact: { path }, gaps }) {
    if (gaps.some(({ detail }) => detail === LOST))
        return gaps;
    return [...gaps, { path, offset: 0, length: 0, reason: 'too-long', detail: LOST }];
}
function byHost(hits) {
    return [...Map.groupBy(hits, ({ event }) => event.host).values()];
}
function clientsInTurn(hits) {
    const seen = new Map();
    const turns = hits.map((hit) => {
        const turn = seen.get(hit.event.client) ?? 0;
        seen.set(hit.event.client, turn + 1);
        return { hit, turn };
    });
    return seen.size === 1 ? hits : turns.sort((a, b) => a.turn - b.turn).map(({ hit }) => hit);
}
//# sourceMappingURL=hit-retention.js.map