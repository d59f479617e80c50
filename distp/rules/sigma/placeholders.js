// Values for placeholders, in the form of a processing pipeline of pySigma: `vars`, and of its transformations
// `value_placeholders`. https://sigmahq-pysigma.readthedocs.io/en/latest/Processing_Pipelines.html
import { broken, quoteRuleText, unsupported } from './rule-problem.js';
import { entry, yamlText, textsOf } from './yaml-tree.js';
/** Is it a document of values, and no rule? */
export function isPlaceholders(doc) {
    const isRule = ['logsource', 'detection', 'correlation', 'filter', 'action'].some((key) => entry(doc, key));
    return !isRule && (entry(doc, 'vars') ?? entry(doc, 'placeholders')) !== undefined;
}
/** The values of a document, with their places. */
export function readPlaceholders(doc) {
    for (const { value } of [entry(doc, 'transformations')].filter((each) => each !== undefined))
        for (const step of value.is === 'list' ? value.items : [value])
            checkStep(step);
    return ['vars', 'placeholders'].flatMap((key) => {
        const tree = entry(doc, key)?.value;
        if (tree === undefined)
            return [];
        if (tree.is !== 'map')
            throw broken(`"${key}" expects a map of names and values`, tree.at);
        return tree.entries.map(({ key: name, at, value }) => {
            if (!/^[\w.-]{1,200}$/.test(name))
                throw broken(`${quoteRuleText(name)} cannot be the name of a placeholder`, at);
            const items = value.is === 'list' ? value.items : [value];
            const values = textsOf(value);
            if (values.length !== items.length || values.length === 0)
                throw broken(`the placeholder ${quoteRuleText(name)} expects a value or a list of values`, value.at);
            return { name, values, at };
        });
    });
}
/** A pipeline that does more than to put in values would be followed in part only. */
function checkStep(step) {
    const type = yamlText(entry(step, 'type')?.value);
    const isWhole = type === 'value_placeholders' &&
        step.is === 'map' &&
        step.entries.every(({ key }) => key === 'type' || key === 'id');
    if (!isWhole)
        throw unsupported(`of a pipeline only "vars" and transformations of the type value_placeholders without conditions are read; found ${quoteRuleText(type ?? step.is)}`, step.at);
}
const MOST = 100_000;
/** Each way to put values in the place of the placeholders of a text. A percent sign behind a backslash is only that. */
export function expanded(value, placeholders, where) {
    const text = yamlText(value) ?? '';
    const parts = text.split(/(?<!\\)%([\w.-]+)(?<!\\)%/);
    if (parts.length === 1)
        throw broken(`${quoteRuleText(where)}: "expand" expects a placeholder such as %Servers%; found ${quoteRuleText(text)}`, value.at);
    let all = [''];
    for (const [i, part] of parts.entries()) {
        const isName = i % 2 === 1;
        const values = isName ? placeholders.get(part) : [part.replaceAll('\\%', '%')];
        if (!values)
            throw unsupported(`${quoteRuleText(where)}: the placeholder ("expand") %${part}% has no values; a file of rules may give them under "vars"`, value.at);
        if (all.length * values.length > MOST)
            throw broken(`${quoteRuleText(where)}: more than ${MOST} values`, value.at);
        all = all.flatMap((before) => values.map((after) => before + after));
    }
    return all.map((each) => ({ ...value, value: each, source: each }));
}
//# sourceMappingURL=placeholders.js.map