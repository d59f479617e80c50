import { Candidates } from './rule-index.js';
import { answers } from './log-source.js';
import { eventValues } from './field-values.js';
const BUCKETS = 1_000;
/**
 * Asks every rule of an event; only those are run whose log source it answers to, whose event ids include its own, and
 * whose needs it meets. The answers come in the order of rule ids.
 */
export function askAll(rules) {
    const sorted = inOrder(rules);
    const buckets = new Map();
    let last = null;
    const bucketOf = (event) => {
        const { sources } = event;
        if (last?.sources === sources)
            return last.bucket;
        const key = keyOf(sources);
        let bucket = buckets.get(key);
        if (!bucket) {
            // The log sources of one run are few; a log that makes them up by the thousand must not fill memory.
            if (buckets.size >= BUCKETS)
                buckets.clear();
            buckets.set(key, (bucket = new Bucket(sorted.filter((rule) => answers(event, rule)))));
        }
        last = { sources, bucket };
        return bucket;
    };
    return (event) => answersOf(bucketOf(event).for(event), event);
}
/** Asks these rules alone; the answers come in the order of rule ids. */
export function askThese(rules, event) {
    return answersOf(inOrder(rules), event);
}
function inOrder(rules) {
    return [...rules].sort((a, b) => (a.info.id < b.info.id ? -1 : a.info.id > b.info.id ? 1 : 0));
}
function answersOf(rules, event) {
    const yes = [];
    for (let i = 0; i < rules.length; i++) {
        const rule = rules[i];
        const matched = rule.match(event);
        if (matched)
            yes.push({ rule, matched });
    }
    return yes;
}
/** The rules for one set of log sources, by event id. */
class Bucket {
    #rules;
    /** Rules that do not depend on an event id. */
    #rest;
    #ids;
    #byId = new Map();
    constructor(rules) {
        this.#rules = rules;
        this.#rest = new Candidates(rules.filter((rule) => !rule.eventIds));
        this.#ids = new Set(rules.flatMap((rule) => [...(rule.eventIds ?? [])]));
    }
    for(event) {
        if (this.#rules.length === 0)
            return this.#rules;
        const values = eventValues(event);
        const own = this.#ids.size === 0 ? [] : values.get('eventid').folded;
        // A field of several values is too rare to index.
        if (own.length > 1)
            return this.#rules;
        const id = own[0];
        return (id === undefined || !this.#ids.has(id) ? this.#rest : this.#with(id)).of(values);
    }
    #with(id) {
        let found = this.#byId.get(id);
        if (!found) {
            found = new Candidates(this.#rules.filter((rule) => !rule.eventIds || rule.eventIds.has(id)));
            this.#byId.set(id, found);
        }
        return found;
    }
}
// Parsers give the same list of log sources to many events.
const keys = new WeakMap();
function keyOf(sources) {
    let key = keys.get(sources);
    if (key === undefined) {
        key = JSON.stringify(sources.map((s) => [s.category ?? null, s.product ?? null, s.service ?? null]));
        keys.set(sources, key);
    }
    return key;
}
//# sourceMappingURL=match.js.map