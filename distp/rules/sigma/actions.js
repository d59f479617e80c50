// Documents that stand for several: Sigma's collections, which pySigma still reads.
// https://github.com/SigmaHQ/pySigma, sigma/collection.py
import { quoteRuleText, broken, RuleProblem } from './rule-problem.js';
import { entry, yamlText } from './yaml-tree.js';
/**
 * The rules that a file means: what `action: global` says holds for every rule behind it (and counts more than what that
 * says itself) until `action: reset`; `action: repeat` is the rule before it with other parts. Correlations and filters
 * take nothing from it.
 */
export function withoutActions(documents) {
    let shared = null;
    let before = null;
    return documents.flatMap((doc, index) => {
        if (doc instanceof RuleProblem || doc.is !== 'map')
            return [doc];
        const action = entry(doc, 'action');
        if (!action) {
            if (entry(doc, 'correlation') || entry(doc, 'filter'))
                return [doc];
            before = doc;
            return [shared ? own(withAll(doc, shared), doc, index) : doc];
        }
        const rest = { ...doc, entries: doc.entries.filter(({ key }) => key !== 'action') };
        switch (yamlText(action.value)) {
            case 'global':
                shared = before = rest;
                return [];
            case 'reset':
                shared = null;
                return [];
            case 'repeat':
                if (!before)
                    return [broken('"action: repeat" follows no rule', action.at)];
                before = withAll(before, rest);
                return [own(shared ? withAll(before, shared) : before, rest, index)];
            default:
                return [
                    broken(`"action" expects global, reset or repeat; found ${quoteRuleText(yamlText(action.value) ?? '')}`, action.at),
                ];
        }
    });
}
/** A tree with the entries of another, which count more; maps are joined key by key. */
function withAll(tree, other) {
    if (tree.is !== 'map' || other.is !== 'map')
        return other;
    const entries = [...tree.entries];
    for (const each of other.entries) {
        const at = entries.findIndex(({ key }) => key === each.key);
        if (at < 0)
            entries.push(each);
        else
            entries[at] = { ...each, value: withAll(entries[at].value, each.value) };
    }
    return { ...tree, entries };
}
/** Rules that share an id are told apart by their number in the file. */
function own(tree, doc, index) {
    const id = entry(tree, 'id');
    if (tree.is !== 'map' || id?.value.is !== 'scalar' || yamlText(entry(doc, 'id')?.value) === yamlText(id.value))
        return tree;
    const value = { ...id.value, value: `${yamlText(id.value)}#${index + 1}` };
    return { ...tree, entries: tree.entries.map((each) => (each === id ? { ...id, value } : each)) };
}
//# sourceMappingURL=actions.js.map