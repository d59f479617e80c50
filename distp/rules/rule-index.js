import { addTo } from '../lib/collections.js';
/** Length of the pieces by which texts are looked up. */
const GRAM = 4;
// 2^32 divided by the golden ratio: spreads what differs in few bits.
const GOLDEN = 0x9e37_79b1;
/**
 * Finds the few rules of many that an event could match. A rule that needs one of some texts is found by four characters
 * of each, those that fewest other rules need too; rules without known needs are always candidates.
 */
export class Candidates {
    #rules;
    #always;
    #alwaysRules;
    #tables;
    /** Round in which a rule was last found, so that each is found once an event. */
    #seen;
    #round = 0;
    constructor(rules) {
        this.#rules = rules;
        this.#seen = new Uint32Array(rules.length);
        const always = [];
        const byField = new Map();
        rules.forEach((rule, i) => {
            if (!rule.needs || rule.needs.length === 0 || rule.needs.some((need) => need.text.length < GRAM))
                always.push(i);
            else
                for (const { field, text } of rule.needs)
                    addTo(byField, field, [text, i]);
        });
        this.#always = always;
        this.#alwaysRules = always.map((i) => rules[i]);
        this.#tables = [...byField].map(([field, needs]) => [field, tableOf(needs)]);
    }
    /** In the order in which the rules were given. */
    of(values) {
        if (this.#tables.length === 0)
            return this.#rules;
        const found = [];
        if (++this.#round > 0xffff_fffe) {
            this.#round = 1;
            this.#seen.fill(0);
        }
        for (const [field, table] of this.#tables) {
            if (field === '')
                this.#find(values.everything, table, found);
            else
                for (const text of values.get(field).folded)
                    this.#find(text, table, found);
        }
        if (found.length === 0)
            return this.#alwaysRules;
        for (const i of this.#always)
            found.push(i);
        return found.sort((a, b) => a - b).map((i) => this.#rules[i]);
    }
    #find(text, { taken, slots, shift }, found) {
        let piece = 0;
        for (let at = 0; at < text.length; at++) {
            // Each character moves the ones before it up by a byte: after four steps the first is gone.
            piece = (piece << 8) ^ text.charCodeAt(at);
            const place = Math.imul(piece, GOLDEN) >>> shift;
            if (taken[place] === 0)
                continue;
            for (const rule of slots[place]) {
                if (this.#seen[rule] === this.#round)
                    continue;
                this.#seen[rule] = this.#round;
                found.push(rule);
            }
        }
    }
}
function tableOf(needs) {
    let bits = 8;
    while (1 << bits < needs.length * 8 && bits < 16)
        bits++;
    const shift = 32 - bits;
    const taken = new Uint8Array(1 << bits);
    const slots = [];
    slots.length = taken.length;
    const uses = new Map();
    for (const [text] of needs) {
        for (let at = 0; at + GRAM <= text.length; at++) {
            const piece = pieceAt(text, at);
            uses.set(piece, (uses.get(piece) ?? 0) + 1);
        }
    }
    for (const [text, rule] of needs) {
        const place = Math.imul(rarestOf(text, uses), GOLDEN) >>> shift;
        taken[place] = 1;
        const slot = (slots[place] ??= []);
        if (slot.at(-1) !== rule)
            slot.push(rule);
    }
    return { taken, slots, shift };
}
/** The first of the pieces of a text that fewest texts have. */
function rarestOf(text, uses) {
    let best = pieceAt(text, 0);
    let least = uses.get(best);
    for (let at = 1; at + GRAM <= text.length; at++) {
        const piece = pieceAt(text, at);
        const count = uses.get(piece);
        if (count < least)
            [best, least] = [piece, count];
    }
    return best;
}
function pieceAt(text, at) {
    let piece = 0;
    for (let i = at; i < at + GRAM; i++)
        piece = (piece << 8) ^ text.charCodeAt(i);
    return piece;
}
//# sourceMappingURL=rule-index.js.map