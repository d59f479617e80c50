import { yamlPackage } from '../../lib/yaml.js';
import { broken, quoteRuleText, RuleProblem } from './rule-problem.js';
const TEXT_LIMIT = 16 * 1024 * 1024;
const ALIASES = 100;
const NODES = 1_000_000;
const DEPTH = 64;
/** Reads every document of a YAML file (1.2 core schema). Duplicate keys are an error; aliases are bounded. */
export function readYaml(text) {
    if (text.length > TEXT_LIMIT)
        return [broken(`a rule file of ${text.length} characters`, 0)];
    const yaml = yamlPackage();
    try {
        // Duplicate keys are looked for below: the parser's own check takes quadratic time.
        const parsed = yaml.parseAllDocuments(text, { version: '1.2', uniqueKeys: false, prettyErrors: false });
        return [...parsed].map((doc) => readDocument(doc, yaml)).filter((tree) => tree !== null);
    }
    catch (error) {
        // The parser calls itself once for each level.
        if (!(error instanceof RangeError))
            throw error;
        return [broken('nested too deep', 0)];
    }
}
function readDocument(doc, yaml) {
    const error = doc.errors[0];
    if (error)
        return broken(`not valid YAML: ${error.message.split('\n')[0]}`, error.pos[0]);
    if (!doc.contents || (yaml.isScalar(doc.contents) && doc.contents.value === null))
        return null;
    try {
        return new TreeReader(doc, yaml).read(doc.contents, 0);
    }
    catch (problem) {
        if (problem instanceof RuleProblem)
            return problem;
        throw problem;
    }
}
class TreeReader {
    #doc;
    #yaml;
    #aliases = 0;
    #nodes = 0;
    constructor(doc, yaml) {
        this.#doc = doc;
        this.#yaml = yaml;
    }
    read(node, depth, from = 0) {
        const at = node?.range?.[0] ?? from;
        if (++this.#nodes > NODES)
            throw broken(`more than ${NODES} values`, at);
        if (depth > DEPTH)
            throw broken(`nested more than ${DEPTH} deep`, at);
        const { isAlias, isMap, isScalar, isSeq } = this.#yaml;
        if (isAlias(node))
            return this.#alias(node, depth, at);
        if (isMap(node))
            return { is: 'map', at, entries: this.#entries(node.items, depth, at) };
        if (isSeq(node))
            return { is: 'list', at, items: node.items.map((item) => this.read(item, depth + 1, at)) };
        if (node === null)
            return scalarOf(at, null, '');
        if (!isScalar(node))
            throw broken('a value of no known kind', at);
        const { value } = node;
        if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
            throw broken('a value that is no text, number or boolean', at);
        return scalarOf(at, value, node.source ?? String(value));
    }
    #alias(node, depth, at) {
        if (++this.#aliases > ALIASES)
            throw broken(`more than ${ALIASES} aliases`, at);
        const target = node.resolve(this.#doc);
        if (!target)
            throw broken('an alias of an anchor that does not exist', at);
        return this.read(target, depth + 1, at);
    }
    #entries(pairs, depth, from) {
        const seen = new Set();
        return pairs.map((pair) => {
            const key = this.read(pair.key, depth + 1, from);
            if (key.is !== 'scalar')
                throw broken('a key that is no text', key.at);
            const name = key.value === null ? sourceOf(key) : String(key.value);
            if (name === '<<')
                throw broken('merge keys ("<<") do not belong to YAML 1.2', key.at);
            if (seen.has(name))
                throw broken(`the key ${quoteRuleText(name)} stands here twice`, key.at);
            seen.add(name);
            return { key: name, at: key.at, value: this.read(pair.value, depth + 1, key.at) };
        });
    }
}
function scalarOf(at, value, source) {
    return { is: 'scalar', at, value, ...(source === String(value) ? {} : { source }) };
}
/** How a scalar is written. */
export function sourceOf({ value, source = String(value) }) {
    return source;
}
/** The value under a key of a map. */
export function entry(tree, key) {
    return tree.is === 'map' ? tree.entries.find((e) => e.key === key) : undefined;
}
/** The text of a scalar that is not null, else undefined. */
export function yamlText(tree) {
    if (tree?.is !== 'scalar' || tree.value === null)
        return undefined;
    return typeof tree.value === 'string' ? tree.value : sourceOf(tree);
}
/** The texts of a list of scalars, or of one scalar. */
export function textsOf(tree) {
    const items = tree?.is === 'list' ? tree.items : tree ? [tree] : [];
    return items.map(yamlText).filter((text) => text !== undefined);
}
//# sourceMappingURL=yaml-tree.js.map