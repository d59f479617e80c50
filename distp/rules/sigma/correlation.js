// Sigma correlation rules. https://github.com/SigmaHQ/sigma-specification, sigma-correlation-rules-specification.md
import { comparisons } from '../correlation.js';
import { correlationTypes, operators } from '../rule.js';
import { fold } from '../field-values.js';
import { broken, quoteRuleText, unsupported } from './rule-problem.js';
import { entry, yamlText, textsOf } from './yaml-tree.js';
const known = ['type', 'rules', 'aliases', 'group-by', 'timespan', 'condition', 'generate'];
/** Types of version 2.1 that ask for sums. */
const metrics = ['value_sum', 'value_avg', 'value_percentile', 'value_median'];
const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const NAMES = 100;
/** An ordered correlation compares every rule with every other. */
const ORDERED = 20;
export function readCorrelation(doc) {
    const found = entry(doc, 'correlation');
    const tree = found.value;
    if (tree.is !== 'map')
        throw broken('"correlation" expects a map', tree.at);
    for (const { key, at } of tree.entries)
        if (!known.includes(key))
            throw broken(`"correlation" has no ${quoteRuleText(key)}; expected ${known.join(', ')}`, at);
    const type = readType(tree);
    const names = readNames(tree, type);
    checkGenerate(tree);
    const { condition, counted } = readCondition(tree, type, names.length);
    const groupBy = listOf(tree, 'group-by').map(({ text }) => fold(text));
    return {
        type,
        names,
        condition,
        counted,
        groupBy: [...new Set(groupBy)],
        span: readSpan(tree),
        aliases: readAliases(tree),
        at: found.at,
    };
}
function readType(tree) {
    const found = entry(tree, 'type');
    const text = yamlText(found?.value) ?? '';
    const type = correlationTypes.find((each) => each === text);
    if (type)
        return type;
    const at = found?.value.at ?? tree.at;
    if (metrics.includes(text))
        throw unsupported(`correlations of type ${quoteRuleText(text)} are not supported`, at);
    throw broken(`"type" expects one of ${correlationTypes.join(', ')}; found ${quoteRuleText(text)}`, at);
}
function readNames(tree, type) {
    const names = listOf(tree, 'rules').map(({ text, at }) => ({ name: text, at }));
    if (names.length === 0)
        throw broken('"rules" expects the names or ids of rules', entry(tree, 'rules')?.at ?? tree.at);
    const most = type === 'temporal_ordered' ? ORDERED : NAMES;
    if (names.length > most)
        throw unsupported(`${names.length} rules; at most ${most} are counted`, names[most].at);
    return names;
}
/** A list of texts, or one text. */
function listOf(tree, key) {
    const value = entry(tree, key)?.value;
    if (value === undefined)
        return [];
    return (value.is === 'list' ? value.items : [value]).map((item) => {
        const text = yamlText(item);
        if (text === undefined || text === '')
            throw broken(`"${key}" expects texts`, item.at);
        return { text, at: item.at };
    });
}
function readSpan(tree) {
    const found = entry(tree, 'timespan');
    if (!found)
        throw broken('"correlation" expects a "timespan"', tree.at);
    const text = yamlText(found.value) ?? '';
    const [, number, unit] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
    const span = Number(number) * (units[unit ?? ''] ?? Number.NaN);
    if (!(span > 0))
        throw broken(`"timespan" expects a number and s, m, h or d, such as 90m; found ${quoteRuleText(text)}`, found.at);
    return span;
}
function readCondition(tree, type, rules) {
    const found = entry(tree, 'condition');
    const isTemporal = type === 'temporal' || type === 'temporal_ordered';
    if (!found) {
        if (isTemporal)
            return { condition: [{ is: 'gte', than: rules }], counted: [] };
        throw broken(`a correlation of type ${type} expects a "condition"`, tree.at);
    }
    const { value } = found;
    if (value.is === 'scalar')
        throw unsupported('a condition that is a text is not supported; it is read as a map', value.at);
    if (value.is !== 'map')
        throw broken('"condition" expects a map', value.at);
    const condition = [];
    for (const { key, at, value: than } of value.entries) {
        if (key === 'field')
            continue;
        const is = operators.find((each) => each === key);
        if (!is)
            throw broken(`"condition" has no ${quoteRuleText(key)}; expected ${operators.join(', ')} or field`, at);
        if (than.is !== 'scalar' || !Number.isSafeInteger(than.value) || than.value < 0)
            throw broken(`"${key}" expects a whole number`, than.at);
        condition.push({ is, than: than.value });
    }
    if (condition.length === 0)
        throw broken(`"condition" expects one of ${operators.join(', ')}`, value.at);
    const counted = listOf(value, 'field').map(({ text }) => fold(text));
    if (type === 'value_count' && counted.length === 0)
        throw broken('a correlation of type value_count expects "field" in its condition', value.at);
    if (type !== 'value_count' && counted.length > 0)
        throw broken(`"field" belongs to a correlation of type value_count, not ${type}`, entry(value, 'field').at);
    checkPossible(condition, isTemporal ? rules : Infinity, value.at);
    return { condition, counted };
}
/** What no number of rows meets, or only none at all, is a mistake: of no row there is nothing to show. */
function checkPossible(condition, most, at) {
    const numbers = [1, ...condition.flatMap(({ than }) => [than - 1, than, than + 1])];
    const isPossible = numbers.some((n) => n >= 1 && n <= most && condition.every(({ is, than }) => comparisons[is](n, than)));
    if (!isPossible)
        throw broken(`the condition is never met: a count begins with 1${most === Infinity ? '' : ` and ends with ${most}, as many as there are rules`}`, at);
}
function readAliases(tree) {
    const found = entry(tree, 'aliases');
    if (!found)
        return [];
    if (found.value.is !== 'map')
        throw broken('"aliases" expects a map', found.value.at);
    return found.value.entries.flatMap(({ key, at, value }) => {
        if (value.is !== 'map')
            throw broken(`the alias ${quoteRuleText(key)} expects a map of rules and fields`, at);
        return value.entries.map(({ key: rule, at: place, value: field }) => {
            const name = yamlText(field);
            if (name === undefined)
                throw broken(`the alias ${quoteRuleText(key)} expects the name of a field`, field.at);
            return { alias: fold(key), rule, field: fold(name), at: place };
        });
    });
}
function checkGenerate(tree) {
    const found = entry(tree, 'generate');
    if (found && (found.value.is !== 'scalar' || typeof found.value.value !== 'boolean'))
        throw broken('"generate" expects true or false', found.value.at);
}
/** Names of the rules that are only parts of a correlation, be the rest of it as it may. */
export function partsOf(doc) {
    const correlation = entry(doc, 'correlation')?.value;
    if (!correlation || yamlText(entry(correlation, 'generate')?.value) === 'true')
        return [];
    return textsOf(entry(correlation, 'rules')?.value);
}
/** What a person calls it: the first words of a message. */
export function correlationTitle(doc) {
    return textsOf(entry(doc, 'title')?.value)[0];
}
//# sourceMappingURL=correlation.js.map