import { Damage } from '../../common/format-error.js';
import { Instance } from './binxml.js';
import { valueAt, valueType } from './values.js';
import { append } from '../../../lib/collections.js';
/** Nodes and characters of one record. A chunk has 64 KiB, but a template may take a value a thousand times. */
const NODES = 65_536;
const CHUNK_NODES = 1_000_000;
const CHARACTERS = 4 * 1_048_576;
const NESTED = 32;
/** The elements of BinXML between two places of a chunk. */
export function treeOf(templates, chunk, at, end) {
    return new Resolver(templates, chunk).fragment(at, end, 0);
}
/** The same for one record after the other, within what a chunk may make of itself. */
export function treeWithin(templates, chunk, at, end) {
    if (chunk.elements > CHUNK_NODES)
        throw new Damage(`more than ${CHUNK_NODES} elements in one chunk`, 'bomb');
    const resolver = new Resolver(templates, chunk);
    try {
        return resolver.fragment(at, end, 0);
    }
    finally {
        chunk.elements += resolver.nodes;
    }
}
export function isNode(child) {
    return 'name' in child;
}
export function childNode(node, name) {
    return node?.children.find((child) => isNode(child) && child.name === name) ?? null;
}
export function attributeOf(node, name) {
    return node?.attributes.find(([key]) => key === name)?.[1] ?? null;
}
/** What stands in an element: its one value as it is, several as one text. */
export function contentOf(node) {
    if (!node)
        return null;
    const leaves = node.children.filter((child) => !isNode(child) && child.as !== 'instruction');
    if (leaves.length === 0)
        return '';
    return leaves.length === 1 ? leaves[0].value : leaves.map((leaf) => fieldValueText(leaf.value)).join('');
}
/** A value as text: nothing for null, items with commas. */
export function fieldValueText(value) {
    if (value === null)
        return '';
    return typeof value === 'object' ? value.join(',') : String(value);
}
class Resolver {
    #templates;
    #chunk;
    nodes = 0;
    #characters = 0;
    constructor(templates, chunk) {
        this.#templates = templates;
        this.#chunk = chunk;
    }
    /** Elements and uses of templates one after the other, up to the token that ends them. */
    fragment(start, end, depth) {
        if (depth > NESTED)
            throw new Damage(`more than ${NESTED} templates in one another`, 'depth');
        const { bytes } = this.#chunk;
        const found = [];
        for (let at = start; at < end;) {
            const token = bytes[at] & 0x3f;
            if (token === 0x00)
                break;
            if (token === 0x0f)
                at += 4;
            else if (token === 0x0c) {
                const used = new Instance();
                this.#templates.instance(this.#chunk, at, end, used);
                append(found, this.#element(used.definition.root, used, depth, true));
                at = used.end;
            }
            else if (token === 0x01) {
                const { root, end: behind } = this.#templates.element(this.#chunk, at, end);
                append(found, this.#element(root, null, depth));
                at = behind;
            }
            else
                throw new Damage(`token ${bytes[at].toString(16)} in place of an element`);
        }
        return found;
    }
    /**
     * The element: none when the value that it needs is not there, one for each item when it holds a list. The element of
     * a whole event names its data as what it needs, and is there without.
     */
    #element(element, used, depth, isRoot = false) {
        if (++this.nodes > NODES)
            throw new Damage(`more than ${NODES} elements`, 'bomb');
        if (element.needs >= 0 && !isRoot && isMissing(used, element.needs))
            return [];
        const attributes = [];
        for (const { name, parts } of element.attributes) {
            const value = this.#attribute(parts, used, depth);
            if (value !== undefined)
                attributes.push([name, value]);
        }
        const children = [];
        let list = -1;
        for (const child of element.children) {
            if ('name' in child)
                for (const node of this.#element(child, used, depth))
                    children.push(node);
            else {
                for (const node of this.#part(child, used, depth)) {
                    if (list < 0 && !isNode(node) && typeof node.value === 'object' && node.value !== null)
                        list = children.length;
                    children.push(node);
                }
            }
        }
        const node = { name: element.name, attributes, children };
        return list < 0 ? [node] : this.#each(node, list);
    }
    /** [MS-EVEN6] 3.1.4.7.5: an element with a list stands once for each of its items. */
    #each(node, list) {
        const items = node.children[list].value;
        this.nodes += items.length * node.children.length;
        if (this.nodes > NODES)
            throw new Damage(`more than ${NODES} elements`, 'bomb');
        return items.map((value) => ({
            ...node,
            children: node.children.map((child, i) => (i === list ? { value } : child)),
        }));
    }
    #attribute(parts, used, depth) {
        const values = parts.flatMap((part) => this.#part(part, used, depth));
        const texts = values.map((value) => (isNode(value) ? '' : value.value));
        if (parts.length > 0 && texts.every((value) => value === null))
            return undefined;
        return texts.length === 1 ? texts[0] : texts.map(fieldValueText).join('');
    }
    #part(part, used, depth) {
        if (++this.nodes > NODES)
            throw new Damage(`more than ${NODES} elements`, 'bomb');
        switch (part.kind) {
            case 'text':
                this.#count(part.text.length);
                return [part.as ? { value: part.text, as: part.as } : { value: part.text }];
            case 'instruction':
                return [{ value: `${part.target} ${part.data}`, as: 'instruction' }];
            case 'instance': {
                const inner = new Instance();
                this.#templates.instance(this.#chunk, part.at, this.#chunk.bytes.length, inner);
                if (depth >= NESTED)
                    throw new Damage(`more than ${NESTED} templates in one another`, 'depth');
                return this.#element(inner.definition.root, inner, depth + 1, true);
            }
            case 'value': {
                if (!used || part.index >= used.count)
                    return [{ value: null }];
                const [at, size, type] = [used.at[part.index], used.size[part.index], used.type[part.index]];
                this.#count(size);
                if (type === valueType.binXml)
                    return size === 0 ? [] : this.fragment(at, at + size, depth + 1);
                return [{ value: valueAt(this.#chunk.bytes, at, size, type) }];
            }
        }
    }
    #count(characters) {
        this.#characters += characters;
        if (this.#characters > CHARACTERS)
            throw new Damage(`values of more than ${CHARACTERS} bytes in one record`, 'bomb');
    }
}
/** Is the value that an element depends on not there? */
export function isMissing(used, index) {
    return used === null || index >= used.count || used.type[index] === valueType.null;
}
//# sourceMappingURL=tree.js.map