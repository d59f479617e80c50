import { addTo } from '../../lib/collections.js';
/** Longer lists of needs, and of alternatives, are of no use; nor are more groups. */
const NEEDS = 1_000;
const GROUPS = 8;
/** A predicate over more fields than `TOGETHER` is split into at most `WAYS` alternatives. */
const TOGETHER = 6;
const WAYS = 8;
/** All of them. */
export function every(all) {
    const tests = eachOnce(all);
    if (tests.length === 1)
        return tests[0];
    const byCost = [...tests].sort((a, b) => a.cost - b.cost);
    const ids = tests.map((t) => t.eventIds).filter((set) => set !== undefined);
    const eventIds = ids.length === 0 ? undefined : ids.reduce((a, b) => new Set([...a].filter((id) => b.has(id))));
    const needs = tests.map((t) => t.needs).reduce(better, undefined);
    const groups = distinct(tests.flatMap((t) => t.groups ?? [])).sort((a, b) => weight(a.needs) - weight(b.needs));
    const left = groups.slice(GROUPS).flatMap((group) => group.needs.map(({ field }) => field));
    const reads = union(tests);
    const alternatives = reads.size > TOGETHER ? waysOf(tests) : [];
    return {
        test: (values) => {
            for (const t of byCost)
                if (!t.test(values))
                    return false;
            return true;
        },
        names: (values, into) => {
            for (const t of tests)
                t.names(values, into);
        },
        cost: sum(tests),
        could: (known) => {
            let all = true;
            for (const t of byCost) {
                const could = t.could(known);
                if (could === false)
                    return false;
                if (could === undefined)
                    all = undefined;
            }
            return all;
        },
        reads,
        ...comparesOf(tests),
        rest: new Set([...tests.flatMap((t) => [...t.rest]), ...left]),
        ...(alternatives.length > 1 ? { alternatives } : {}),
        ...(eventIds ? { eventIds } : {}),
        ...(needs ? { needs } : {}),
        ...(groups.length > 0 ? { groups: groups.slice(0, GROUPS) } : {}),
    };
}
/**
 * The ways in which all of them say yes, where some do so by one field or by another: of each way one field alone may say
 * no, which it cannot as long as another will do.
 */
function waysOf(tests) {
    let ways = [[]];
    for (const t of tests) {
        const byFields = new Map();
        for (const one of t.alternatives ?? [t])
            addTo(byFields, [...one.reads].sort().join('\0'), one);
        const parts = byFields.size * ways.length > WAYS ? [t] : [...byFields.values()].map((same) => some(same));
        // A copy of every way for each of thousands of tests would take quadratic time.
        if (parts.length === 1)
            for (const way of ways)
                way.push(parts[0]);
        else
            ways = ways.flatMap((way) => parts.map((part) => [...way, part]));
    }
    return ways.length === 1 ? [] : ways.map((way) => every(way));
}
/** At least `least` of them. */
export function some(all, least = 1) {
    const tests = least === 1 ? eachOnce(all) : all;
    if (tests.length === 1 && least === 1)
        return tests[0];
    if (least === tests.length)
        return every(tests);
    const byCost = [...tests].sort((a, b) => a.cost - b.cost);
    const ids = tests.map((t) => t.eventIds);
    const known = ids.every((set) => set !== undefined);
    const needs = tests.every((t) => t.needs) ? tests.flatMap((t) => t.needs ?? []) : [];
    // A text of any of them: but which of the questions it answers is not told by it, unless each is such a text.
    const each = tests.map((t) => (t.groups ?? []).reduce(lighter, undefined));
    const any = each.every((group) => group !== undefined) ? each : [];
    const group = {
        needs: any.flatMap(({ needs: list }) => list),
        exact: least === 1 && tests.every((t, i) => t.rest.size === 0 && t.groups?.length === 1 && any[i]?.exact === true),
    };
    const alternatives = least === 1 && tests.length <= NEEDS ? tests.flatMap((t) => t.alternatives ?? [t]) : [];
    return {
        test: (values) => {
            let found = 0;
            for (const t of byCost)
                if (t.test(values) && ++found >= least)
                    return true;
            return false;
        },
        names: (values, into) => {
            for (const t of tests)
                if (t.test(values))
                    t.names(values, into);
        },
        cost: sum(tests),
        could: (fields) => {
            let [yes, perhaps] = [0, 0];
            for (const t of byCost) {
                const could = t.could(fields);
                if (could === true)
                    yes++;
                else if (could === undefined)
                    perhaps++;
            }
            return yes >= least ? true : yes + perhaps < least ? false : undefined;
        },
        reads: union(tests),
        ...comparesOf(tests),
        ...(alternatives.length > 0 && alternatives.length <= NEEDS ? { alternatives } : {}),
        ...(known ? { eventIds: new Set(ids.flatMap((set) => [...(set ?? [])])) } : {}),
        ...(needs.length > 0 && needs.length <= NEEDS ? { needs } : {}),
        ...(group.needs.length > 0 && group.needs.length <= NEEDS ? { groups: [group] } : {}),
        rest: group.exact && group.needs.length <= NEEDS ? new Set() : union(tests),
    };
}
/** A condition may name one selection thousands of times. */
function eachOnce(tests) {
    return tests.length < 2 ? tests : [...new Set(tests)];
}
/** The same list of texts may be asked for twice. */
function distinct(groups) {
    const byText = new Map();
    for (const group of groups)
        byText.set(JSON.stringify(group), group);
    return [...byText.values()];
}
function lighter(a, b) {
    return a && weight(a.needs) <= weight(b.needs) ? a : b;
}
/** Not this. */
export function not(inner) {
    return {
        test: (values) => !inner.test(values),
        names: () => { },
        cost: inner.cost,
        could: (known) => {
            const could = inner.could(known);
            return could === undefined ? undefined : !could;
        },
        reads: inner.reads,
        ...comparesOf([inner]),
        rest: inner.reads,
    };
}
/** Of two lists of needs the one that fewer events meet: the shorter list, as a rule of thumb. */
export function better(a, b) {
    if (!a || !b)
        return a ?? b;
    return weight(a) <= weight(b) ? a : b;
}
/** Commas, extensions and the like are in every event; long texts in few. */
function weight(needs) {
    return needs.reduce((total, need) => total + 1 / need.text.length, 0);
}
function comparesOf(tests) {
    const compares = new Set(tests.flatMap((t) => [...(t.compares ?? [])]));
    return compares.size > 0 ? { compares } : {};
}
function union(tests) {
    return new Set(tests.flatMap((t) => [...t.reads]));
}
function sum(tests) {
    return tests.reduce((total, t) => total + t.cost, 1);
}
//# sourceMappingURL=predicate.js.map