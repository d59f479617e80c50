import { isLoopback } from '../lib/ip.js';
/** Instead of the number of a value: the machine itself, which is no client. Less than it: one of the values of a trait that are counted together. */
export const UNCOUNTED = -1;
const TOGETHER = ['client', 'agent', 'path', 'status', 'device', 'logon'];
/** Values that are known from file to file: devices and logons, and all others. */
const REMEMBERED = { accounts: 120_000, others: 40_000 };
const FEW = 4_096;
/**
 * Values that were met by one thread: each has a number, by which it is known again from file to file without looking for its text.
 * What is known of a number lies in tables of numbers: of a file tens of thousands are looked up.
 */
export class ValueIds {
    /** Grows when all are forgotten: the numbers that were given before are of no use then. */
    generation = 0;
    /** By number: the tables in which the value was counted last, and its number there. */
    tables = new Int32Array(FEW);
    places = new Int32Array(FEW);
    /** By number: who sent the value to another thread last, and under which number; see run/shared-texts.ts. */
    senders = new Int32Array(FEW);
    sentAs = new Uint32Array(FEW);
    #values = [];
    #traits = [];
    #tables = 0;
    /** Of what the file at hand has more values than are counted: a new one needs not be known again. */
    #full = new Set();
    #of = {
        client: new Map(),
        agent: new Map(),
        path: new Map(),
        status: new Map(),
        device: new Map(),
        logon: new Map(),
    };
    /** The number of a value: less than `UNCOUNTED` where it would have none of its own in the file at hand. */
    of(trait, value) {
        const known = this.#of[trait].get(value);
        if (known !== undefined)
            return known;
        if (trait === 'client' && isLoopback(value))
            return UNCOUNTED;
        if (this.#full.has(trait))
            return UNCOUNTED - 1 - TOGETHER.indexOf(trait);
        const id = this.#values.push(value) - 1;
        this.#traits.push(trait);
        if (id === this.tables.length)
            this.#grow();
        this.tables[id] = 0;
        this.senders[id] = 0;
        this.#of[trait].set(value, id);
        return id;
    }
    /** The value with such a number; of the machine itself one of its names. */
    valueOf(id) {
        return id === UNCOUNTED ? '127.0.0.1' : this.#values[id];
    }
    traitOf(id) {
        if (id >= 0)
            return this.#traits[id];
        return id === UNCOUNTED ? 'client' : TOGETHER[UNCOUNTED - 1 - id];
    }
    /** No further value of this has a number of its own in the tables of the file at hand. */
    full(trait) {
        this.#full.add(trait);
    }
    /** How many values are known. */
    get size() {
        return this.#values.length;
    }
    /** Accounts with their devices and addresses are short, and nearly the same in each file: more of them are remembered. */
    get #isTooLarge() {
        const accounts = this.#of.device.size + this.#of.logon.size;
        return accounts > REMEMBERED.accounts || this.size - accounts > REMEMBERED.others;
    }
    /** A number for the tables of the next file. Between two files there is time to forget. */
    next() {
        this.#full.clear();
        if (this.#isTooLarge) {
            for (const values of Object.values(this.#of))
                values.clear();
            this.#values.length = 0;
            this.#traits.length = 0;
            this.generation++;
        }
        return ++this.#tables;
    }
    #grow() {
        const room = 2 * this.tables.length;
        const grown = (to, from) => {
            to.set(from);
            return to;
        };
        this.tables = grown(new Int32Array(room), this.tables);
        this.places = grown(new Int32Array(room), this.places);
        this.senders = grown(new Int32Array(room), this.senders);
        this.sentAs = grown(new Uint32Array(room), this.sentAs);
    }
}
const kept = new WeakMap();
/** Keeps the numbers of all values of a list, for those who would else look for each by its text. */
export function keepIds(values, of, ids) {
    if (ids.length === values.length)
        kept.set(values, { of, ids, generation: of.generation });
}
/** What was kept of a list, while it holds. */
export function idsOf(values) {
    const known = kept.get(values);
    return known === undefined || known.generation !== known.of.generation ? null : known;
}
//# sourceMappingURL=value-ids.js.map