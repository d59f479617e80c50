import { fold } from '../field-values.js';
import { predicate, readKey } from './modifiers.js';
import { broken, quoteRuleText } from './rule-problem.js';
import { every, not, some } from './predicate.js';
/** The question of one selection: a map (and), a list of maps (or), or keywords (or). */
export function readSelection(name, tree, given) {
    if (tree.is === 'map')
        return fields(name, tree.entries, tree.at, given);
    if (tree.is === 'scalar') {
        if (tree.value === null)
            throw broken(`the selection ${quoteRuleText(name)} is empty`, tree.at);
        return keywords({ key: '', at: tree.at, value: tree }, given);
    }
    if (tree.items.length === 0)
        throw broken(`the selection ${quoteRuleText(name)} is empty`, tree.at);
    const words = tree.items.filter((item) => item.is === 'scalar');
    const rest = tree.items.filter((item) => item.is !== 'scalar');
    const tests = rest.map((item) => {
        if (item.is !== 'map')
            throw broken(`the selection ${quoteRuleText(name)} expects maps or keywords in its list; found a list`, item.at);
        return fields(name, item.entries, item.at, given);
    });
    if (words.length > 0)
        tests.push(keywords({ key: '', at: tree.at, value: { ...tree, items: words } }, given));
    return some(tests);
}
function fields(name, entries, at, given) {
    if (entries.length === 0)
        throw broken(`the selection ${quoteRuleText(name)} is empty`, at);
    return every(entries.map((line) => {
        const key = readKey(line.key, line.at);
        return key.field === '' ? keywords(line, given, key) : ofField(key, predicate(line, key, given));
    }));
}
function ofField(key, { ask, cost, exactly, needs, groups = [], others }) {
    const name = fold(key.field);
    const reads = new Set([name, ...(others ?? [])]);
    const useful = groups.filter(({ texts }) => texts.length > 0);
    return {
        could: (known) => {
            const field = known(name);
            if (field === undefined || others === undefined)
                return field && ask(field, null);
            return others.every((other) => known(other)) ? ask(field, { get: (other) => known(other) }) : undefined;
        },
        reads,
        ...(others ? { compares: reads } : {}),
        rest: groups.length > 0 && groups.every(({ exact }) => exact) ? new Set() : reads,
        test: (values) => ask(values.get(name), values),
        names: (values, into) => into.add(values.get(name).name || key.field),
        cost,
        ...(exactly && name === 'eventid' ? { eventIds: exactly } : {}),
        ...(needs ? { needs: needs.map((text) => ({ field: name, text })) } : {}),
        ...(useful.length > 0
            ? {
                groups: useful.map(({ texts, ends, exact }) => ({
                    needs: texts.map((text, i) => needOf(name, text, ends[i])),
                    exact,
                })),
            }
            : {}),
    };
}
function needOf(field, text, isEnd) {
    return isEnd ? { field, text, isEnd } : { field, text };
}
// ---------------------------------------------------------------- keywords
/** Words that stand somewhere in the raw text or in the value of any field. */
function keywords(line, given, key = readKey('', line.at)) {
    const m = key.modifiers;
    if (m.part || (m.kind !== 'text' && m.kind !== 're'))
        throw broken(`${quoteRuleText(line.key)} needs a field before its modifiers`, line.at);
    const somewhere = m.kind === 'text' && m.anchor === 'exact' ? { ...m, anchor: 'contains' } : m;
    const { value } = line;
    // With `all`, each word must stand somewhere, not all in the same value.
    const groups = m.all && value.is === 'list' && value.items.length > 0
        ? value.items.map((item) => ({ ...value, items: [item] }))
        : [value];
    const tests = groups.map((group) => words(predicate({ ...line, value: group }, { field: '', modifiers: { ...somewhere, neq: false } }, given)));
    const test = every(tests);
    return m.neq ? not(test) : test;
}
function words(word) {
    const { literals, needs, groups } = word;
    const anywhere = (values) => {
        if (literals)
            return literals.some((text) => values.everything.includes(text));
        return word.ask(values.raw, values) || values.all.some((field) => word.ask(field, values));
    };
    return {
        test: anywhere,
        names: (values, into) => {
            const found = values.all.filter((field) => word.ask(field, values));
            for (const field of found)
                into.add(field.name);
            if (found.length === 0)
                into.add(values.raw.name);
        },
        cost: 50 + word.cost,
        // A field that is not known may hold what the raw text does not.
        could: (known) => {
            const raw = known('');
            const stands = literals
                ? literals.some((text) => raw?.folded.some((each) => each.includes(text)))
                : raw && word.ask(raw, null);
            return stands ? true : undefined;
        },
        reads: new Set(['']),
        rest: new Set(literals && groups ? [] : ['']),
        ...(needs ? { needs: needs.map((text) => ({ field: '', text })) } : {}),
        ...(groups
            ? {
                groups: groups.map(({ texts }) => ({
                    needs: texts.map((text) => ({ field: '', text })),
                    exact: literals !== undefined,
                })),
            }
            : {}),
    };
}
//# sourceMappingURL=selection.js.map