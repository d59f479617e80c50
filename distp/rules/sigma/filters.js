import { readSelections, readSource } from './detection.js';
import { broken, quoteRuleText, unsupported } from './rule-problem.js';
import { entry, yamlText, textsOf } from './yaml-tree.js';
/**
 * Filters: a rule that one names matches where the condition of the filter is true, too (`not selection` leaves something
 * out), as pySigma reads them. One changes the rules of its own pack alone, so that nobody's rules become silent by another's.
 */
export class Filters {
    #filters = [];
    add(doc, file, given, rules) {
        const filter = entry(doc, 'filter');
        const named = entry(filter.value, 'rules');
        const names = textsOf(named?.value);
        if (names.length === 0)
            throw broken('"filter" expects the "rules" that it is for', filter.at);
        for (const name of names) {
            const found = rules.filter((rule) => isNamed(rule.doc, rule.id, name));
            if (found.length === 0)
                throw broken(`the rule ${quoteRuleText(name)} is not among those that are loaded`, named.at);
            if (!found.some((rule) => rule.loaded.file.pack === file.pack))
                throw unsupported(`${quoteRuleText(name)} is a rule of another pack: a filter changes those of its own`, named.at);
            if (found.some((rule) => entry(rule.doc, 'correlation')))
                throw unsupported(`${quoteRuleText(name)} is a correlation: a filter belongs to the rules that it counts`, named.at);
        }
        const test = readSelections(filter, file.text, given, ['rules', 'condition']);
        this.#filters.push({ names: new Set(names), pack: file.pack, source: readSource(doc), test });
    }
    /** What must be true besides of what a rule matches. */
    of(doc, id, file) {
        return this.#filters
            .filter(({ names, pack, source }) => pack === file.pack && [...names].some((name) => isNamed(doc, id, name)) && isWithin(readSource(doc), source))
            .map(({ test }) => test);
    }
}
function isNamed(doc, id, name) {
    return id === name || yamlText(entry(doc, 'name')?.value) === name;
}
/** Does the log source of a rule have all that the filter's says? */
function isWithin(rule, filter) {
    return ['category', 'product', 'service'].every((key) => filter[key] === undefined || filter[key].toLowerCase() === rule[key]?.toLowerCase());
}
//# sourceMappingURL=filters.js.map