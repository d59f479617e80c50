import { readCondition } from './condition.js';
import { broken } from './rule-problem.js';
import { readSelection } from './selection.js';
import { some } from './predicate.js';
import { entry, yamlText } from './yaml-tree.js';
export function readSource(doc) {
    const logsource = entry(doc, 'logsource');
    if (!logsource)
        throw broken('expected "logsource"', doc.at);
    const source = {};
    for (const key of ['category', 'product', 'service']) {
        const text = yamlText(entry(logsource.value, key)?.value);
        if (text !== undefined)
            source[key] = text;
    }
    if (Object.keys(source).length === 0)
        throw broken('"logsource" expects a category, a product or a service', logsource.at);
    return source;
}
export function readDetection(doc, text, given) {
    const detection = entry(doc, 'detection');
    if (!detection)
        throw broken('expected "detection"', doc.at);
    return readSelections(detection, text, given, ['condition', 'timeframe']);
}
/** Rule sets that are published have a few dozen; each of them is asked of rows. */
const SELECTIONS = 100_000;
/** Selections and what must be true of them; `others` are keys that are no selections. */
export function readSelections({ key: name, at, value: tree }, text, given, others) {
    if (tree.is !== 'map')
        throw broken(`"${name}" expects a map of selections and a condition`, tree.at);
    const named = tree.entries.filter(({ key }) => !others.includes(key));
    const excess = named[SELECTIONS];
    if (excess)
        throw broken(`${named.length} selections; at most ${SELECTIONS} are read`, excess.at);
    const selections = new Map();
    for (const { key, value } of named)
        selections.set(key, readSelection(key, value, given));
    const condition = entry(tree, 'condition');
    if (!condition)
        throw broken(`"${name}" expects a "condition"`, at);
    const conditions = condition.value.is === 'list' ? condition.value.items : [condition.value];
    if (conditions.length === 0)
        throw broken('the list of conditions is empty', condition.at);
    return some(conditions.map((each) => {
        if (each.is !== 'scalar' || each.value === null)
            throw broken('a condition expects text', each.at);
        return readCondition(String(each.value), placeIn(each, text), selections);
    }));
}
/** Positions inside a scalar, as far as it stands in the file as it reads (folded text does not). */
function placeIn(scalar, text) {
    const value = String(scalar.value);
    const start = [scalar.at, scalar.at + 1].find((at) => text.startsWith(value, at));
    return start === undefined ? () => scalar.at : (at) => start + at;
}
//# sourceMappingURL=detection.js.map