import { append } from '../lib/collections.js';
/**
 * Which rows make which correlations true. A window reaches from a row to all that lie within the span of it, both ends
 * included; it counts only where no other window holds all of its rows, so that an upper bound is not met by a part of a
 * larger burst. Windows that are true and share rows are one match.
 */
export function correlate(correlations, rows) {
    const matches = [];
    const ungrouped = [];
    const parts = new Set(correlations.flatMap(({ of }) => of));
    const items = new Map(byRule(rows));
    const values = new Values(rows);
    for (const correlation of correlations) {
        const { groups, lost } = grouped(correlation, items, values);
        if (lost > 0)
            ungrouped.push({ correlation, rows: lost });
        const fulfilled = [];
        for (const group of groups) {
            const spans = windows(correlation, group);
            if (!correlation.isPart) {
                for (const [from, to] of merged(spans))
                    matches.push({ correlation, group: group.values, rows: rowsOf(group.items.slice(from, to + 1)) });
            }
            if (parts.has(correlation.info.id)) {
                for (const [from, to] of disjoint(correlation, group, spans)) {
                    const [own, children] = [group.items.slice(from, to + 1), group.children.slice(from, to + 1)];
                    fulfilled.push({ time: group.times[to], correlation, items: own, children });
                }
            }
        }
        items.set(correlation.info.id, fulfilled.sort((a, b) => a.time - b.time));
    }
    return { matches, ungrouped };
}
/** The numbers of the rows of each rule, in order. */
function byRule({ ruleOf, rules }) {
    const lists = rules.map((rule) => [rule, []]);
    for (let row = 0; row < ruleOf.length; row++)
        lists[ruleOf[row]][1].push(row);
    return lists;
}
/** The rows that items stand for, each once. */
function rowsOf(items) {
    const all = Uint32Array.from(items.flatMap(leaves)).sort();
    let kept = 0;
    for (const row of all)
        if (kept === 0 || row !== all[kept - 1])
            all[kept++] = row;
    return all.slice(0, kept);
}
function leaves(item) {
    return typeof item === 'number' ? item : item.items.flatMap(leaves);
}
function grouped(correlation, all, values) {
    const groups = new Map();
    const lists = correlation.of.map((id) => all.get(id) ?? []);
    // Many rows share their values.
    const known = lists.map(() => values.rows.values.map(() => undefined));
    let lost = 0;
    eachInTime(lists, values.rows.times, (item, child) => {
        const shared = typeof item === 'number' ? values.rows.valuesOf[item] : undefined;
        let places = shared === undefined ? undefined : known[child][shared];
        if (!places) {
            places = placesOf(item, child, correlation, groups, values);
            if (shared !== undefined)
                known[child][shared] = places;
        }
        if (places.length === 0)
            lost++;
        for (const { group, counted } of places) {
            // What brings no value to a count of values is no part of it.
            if (correlation.counted.length > 0 && counted.length === 0)
                continue;
            group.times.push(timeOf(item, values.rows.times));
            group.items.push(item);
            group.children.push(child);
            group.counted.push(counted);
            group.requests?.push(typeof item === 'number' ? values.rows.requestOf[item] : -group.items.length);
        }
    });
    return { groups: [...groups.values()], lost };
}
function timeOf(item, times) {
    return typeof item === 'number' ? times[item] : item.time;
}
/** Goes over the items of several lists, each in the order of its times, in one order. */
function eachInTime(lists, times, each) {
    const next = lists.map(() => 0);
    const heads = lists.map((list) => (list.length > 0 ? timeOf(list[0], times) : Infinity));
    for (;;) {
        let child = 0;
        for (let other = 1; other < heads.length; other++)
            if (heads[other] < heads[child])
                child = other;
        const list = lists[child];
        if (!list || next[child] >= list.length)
            return;
        each(list[next[child]], child);
        const at = ++next[child];
        heads[child] = at < list.length ? timeOf(list[at], times) : Infinity;
    }
}
function placesOf(item, child, correlation, groups, values) {
    const { groupBy, counted } = correlation;
    const places = new Map();
    for (const list of values.of(item, child, [...groupBy, ...counted], correlation)) {
        const group = groupOf(list, groupBy.length, groups, values);
        if (!group)
            continue;
        const brings = list.length > groupBy.length && !list.includes(MISSING, groupBy.length);
        const own = brings ? [values.numberOf(list, groupBy.length)] : [];
        if (typeof item === 'number')
            return [{ group, counted: own }];
        const before = places.get(group);
        if (before)
            append(before, own);
        else
            places.set(group, own);
    }
    return Array.from(places, ([group, own]) => ({ group, counted: own }));
}
/** The group of the first values of a list; none where one of them is missing. */
function groupOf(list, size, groups, values) {
    for (let i = 0; i < size; i++)
        if (list[i] === MISSING)
            return null;
    const key = values.numberOf(list, 0, size);
    let group = groups.get(key);
    if (!group) {
        const texts = list.slice(0, size).map((each) => values.textOf(each));
        groups.set(key, (group = {
            values: texts,
            times: [],
            items: [],
            children: [],
            counted: [],
            requests: values.rows.requestOf ? [] : null,
        }));
    }
    return group;
}
/** Stands for the value of a field that is not there. */
const MISSING = -1;
/** The values of rows, each text and each list of texts as a number of its own. */
class Values {
    rows;
    #texts = [];
    #numbers = new Map();
    #columns = new Map();
    /** Lists by their last value and the number of what stands before it. */
    #lists = new Map();
    constructor(rows) {
        this.rows = rows;
    }
    /** The values that an item has of some fields: a row one of each, a correlation those of all of its rows, each list once. */
    of(item, child, names, { of, aliases }) {
        const meant = names.map((name) => aliases.get(name)?.get(of[child]) ?? name);
        if (typeof item === 'number') {
            const shared = this.rows.valuesOf[item];
            return [meant.map((name) => this.#column(name)[shared])];
        }
        const lists = new Map();
        for (const [inner, at] of this.#distinct(item)) {
            for (const list of this.of(inner, at, meant, item.correlation))
                lists.set(this.numberOf(list), list);
        }
        return [...lists.values()];
    }
    /** One item for all rows of a rule that share their values. */
    *#distinct({ items, children }) {
        const seen = new Map();
        for (const [i, item] of items.entries()) {
            const child = children[i];
            if (typeof item === 'number') {
                const shared = this.rows.valuesOf[item];
                const before = seen.get(shared);
                if (before?.has(child))
                    continue;
                seen.set(shared, (before ?? new Set()).add(child));
            }
            yield [item, child];
        }
    }
    textOf(number) {
        return this.#texts[number];
    }
    numberOf(list, from = 0, to = list.length) {
        let number = 0;
        for (let i = from; i < to; i++) {
            // The number of a list is that of its pair; both parts stay far below what a pair holds.
            const pair = number * 2 ** 26 + list[i] + 1;
            const known = this.#lists.get(pair);
            number = known ?? this.#lists.size + 1;
            if (known === undefined)
                this.#lists.set(pair, number);
        }
        return number;
    }
    #column(name) {
        let column = this.#columns.get(name);
        if (!column) {
            column = Int32Array.from(this.rows.values, (values) => Object.hasOwn(values, name) ? this.#number(values[name]) : MISSING);
            this.#columns.set(name, column);
        }
        return column;
    }
    #number(text) {
        let number = this.#numbers.get(text);
        if (number === undefined) {
            this.#numbers.set(text, (number = this.#texts.length));
            this.#texts.push(text);
        }
        return number;
    }
}
/** Windows that no other holds and of which the condition is true. */
function windows(correlation, group) {
    const { times } = group;
    const counter = counterOf(correlation, group);
    const found = [];
    let [from, to] = [0, 0];
    while (to < times.length) {
        // All of one time come in together, and those that are too old go.
        const time = times[to];
        for (; to < times.length && times[to] === time; to++)
            counter.add(to);
        for (; times[from] < time - correlation.span; from++)
            counter.remove(from);
        const isHeld = to < times.length && times[from] >= times[to] - correlation.span;
        if (!isHeld && isMet(correlation, counter.count(times[from])))
            found.push([from, to - 1]);
    }
    return found;
}
/** Windows that share items, made one. */
function merged(found) {
    const all = [];
    for (const [from, to] of found) {
        const last = all.at(-1);
        if (last && from <= last[1])
            last[1] = to;
        else
            all.push([from, to]);
    }
    return all;
}
/**
 * How often the condition came true, no item being used twice: what a correlation of this one counts. With lower bounds
 * alone it comes true as soon as it does; else a window must be over to be told.
 */
function disjoint(correlation, group, found) {
    const all = [];
    if (!correlation.condition.every(({ is }) => is === 'gt' || is === 'gte')) {
        for (const window of found)
            if (window[0] > (all.at(-1)?.[1] ?? -1))
                all.push(window);
        return all;
    }
    const { times } = group;
    let counter = counterOf(correlation, group);
    let [from, to] = [0, 0];
    while (to < times.length) {
        const time = times[to];
        for (; to < times.length && times[to] === time; to++)
            counter.add(to);
        for (; times[from] < time - correlation.span; from++)
            counter.remove(from);
        if (!isMet(correlation, counter.count(times[from])))
            continue;
        all.push([from, to - 1]);
        counter = counterOf(correlation, group);
        from = to;
    }
    return all;
}
function isMet({ condition }, count) {
    return condition.every(({ is, than }) => comparisons[is](count, than));
}
export const comparisons = {
    gt: (a, b) => a > b,
    gte: (a, b) => a >= b,
    lt: (a, b) => a < b,
    lte: (a, b) => a <= b,
    eq: (a, b) => a === b,
    neq: (a, b) => a !== b,
};
function counterOf({ type, of }, { times, children, counted, requests }) {
    switch (type) {
        case 'event_count': {
            if (requests)
                return distinct((item) => [requests[item]]);
            let n = 0;
            return { add: () => n++, remove: () => n--, count: () => n };
        }
        case 'value_count':
            return distinct((item) => counted[item]);
        case 'temporal': {
            const each = of.map((_, child) => [child]);
            return distinct((item) => each[children[item]]);
        }
        case 'temporal_ordered':
            return ordered(of.length, times, children);
    }
}
function distinct(valuesOf) {
    const known = new Map();
    return {
        add: (item) => {
            for (const value of valuesOf(item))
                known.set(value, (known.get(value) ?? 0) + 1);
        },
        remove: (item) => {
            for (const value of valuesOf(item)) {
                const left = known.get(value) - 1;
                if (left === 0)
                    known.delete(value);
                else
                    known.set(value, left);
            }
        },
        count: () => known.size,
    };
}
/**
 * How many of the rules came one after the other, in the order of the list. Of each rule and each length: when the intrusion
 * that ends with it began, at the latest. Those of one time count as in order.
 */
function ordered(rules, times, children) {
    const began = Array.from({ length: rules }, () => Array.from({ length: rules + 1 }, () => -Infinity));
    const latest = (child, length) => began.slice(0, child).reduce((most, lengths) => Math.max(most, lengths[length]), -Infinity);
    let now = { time: Number.NaN, children: new Set() };
    const settle = () => {
        for (const child of [...now.children].sort((a, b) => a - b)) {
            const own = began[child];
            own[1] = now.time;
            for (let length = 2; length <= child + 1; length++)
                own[length] = Math.max(own[length], latest(child, length - 1));
        }
        now = { time: Number.NaN, children: new Set() };
    };
    return {
        add: (item) => {
            const time = times[item];
            if (time !== now.time) {
                settle();
                now.time = time;
            }
            now.children.add(children[item]);
        },
        remove: () => { },
        count: (from) => {
            settle();
            for (let length = rules; length > 0; length--)
                if (began.some((lengths) => lengths[length] >= from))
                    return length;
            return 0;
        },
    };
}
/** What a row takes in memory; what it has in common with none before it takes more than the row. */
export function weightOfRow(isNew) {
    return isNew ? 5 : 1;
}
//# sourceMappingURL=correlation.js.map