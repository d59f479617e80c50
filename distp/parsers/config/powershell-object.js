import { childElements, elementText } from '../../lib/xml.js';
import { isSecretName, MASK } from '../../lib/mask-secrets.js';
export function isObject(value) {
    return typeof value === 'object' && value !== null;
}
const REMEMBERED = 20_000;
/** Type names and objects that are referred to by number. Objects are known within one top-level object, then as text. */
export class ObjectReferences {
    types = new Map();
    texts = new Map();
    objects = new Map();
    next() {
        this.objects = new Map();
        return this;
    }
}
const DEPTH = 40;
/** The value of an element; null for what is none of the format. */
export function valueOf(element, names, depth) {
    const { name } = element;
    if (name === 'Obj')
        return depth > DEPTH ? null : objectOf(element, names, depth);
    if (name === 'Ref') {
        const id = element.attributes.get('RefId') ?? '';
        return names.objects.get(id) ?? names.texts.get(id) ?? null;
    }
    if (name === 'Nil' || name === 'TNRef')
        return null;
    if (name === 'SS')
        return MASK;
    const text = elementText(element);
    if (name === 'B')
        return text.trim() === 'true';
    if (NUMBERS.has(name)) {
        const number = Number(text.trim());
        return Number.isFinite(number) && (Number.isSafeInteger(number) || name === 'Db' || name === 'Sg')
            ? number
            : text.trim();
    }
    if (name === 'C')
        return String.fromCodePoint(Math.min(Number.parseInt(text, 10) || 0, 0xffff));
    return unescape(text);
}
const NUMBERS = new Set(['By', 'SB', 'U16', 'I16', 'U32', 'I32', 'U64', 'I64', 'Sg', 'Db', 'D']);
function objectOf(element, names, depth) {
    const properties = new Map();
    let types = [];
    let text = null;
    let items = null;
    let entries = null;
    let wrapped = null;
    for (const child of childElements(element)) {
        if (child.name === 'TN')
            types = typesOf(child, names);
        else if (child.name === 'TNRef')
            types = names.types.get(child.attributes.get('RefId') ?? '') ?? [];
        else if (child.name === 'ToString')
            text = unescape(elementText(child));
        else if (child.name === 'Props' || child.name === 'MS')
            addProperties(child, properties, names, depth);
        else if (COLLECTIONS.has(child.name))
            items = childElements(child).map((item) => valueOf(item, names, depth + 1));
        else if (child.name === 'DCT')
            entries = entriesOf(child, names, depth);
        else {
            const value = valueOf(child, names, depth + 1);
            if (!isObject(value))
                wrapped = value;
        }
    }
    const object = { types, text, properties, items, entries, wrapped };
    const id = element.attributes.get('RefId');
    if (id !== undefined) {
        if (names.objects.size < 100_000)
            names.objects.set(id, object);
        if (text !== null && text.length <= 256 && names.texts.size < REMEMBERED)
            names.texts.set(id, text);
    }
    return object;
}
// Lists, stacks, queues, and what could only be walked through.
const COLLECTIONS = new Set(['LST', 'STK', 'QUE', 'IE']);
function typesOf(element, names) {
    const types = childElements(element)
        .filter(({ name }) => name === 'T')
        .slice(0, 32)
        .map((type) => unescape(elementText(type)).replace(/^(?:(?:Deserialized|Selected)\.)+/, ''));
    const id = element.attributes.get('RefId');
    if (id !== undefined && names.types.size < REMEMBERED)
        names.types.set(id, types);
    return types;
}
function addProperties(element, properties, names, depth) {
    for (const child of childElements(element)) {
        const name = unescape(child.attributes.get('N') ?? '');
        if (name === '' || name.length > 256 || properties.size >= 1000)
            continue;
        const value = valueOf(child, names, depth + 1);
        // What was added to an object says more than what it had: a date instead of a text.
        properties.set(name, isSecretName(name) && typeof value === 'string' && value !== '' ? MASK : value);
    }
}
function entriesOf(element, names, depth) {
    const entries = [];
    for (const entry of childElements(element)) {
        const parts = childElements(entry);
        const part = (name) => {
            const found = parts.find((child) => child.attributes.get('N') === name);
            return found ? valueOf(found, names, depth + 1) : null;
        };
        if (entry.name !== 'En')
            continue;
        const [key, value] = [part('Key'), part('Value')];
        entries.push([key, typeof key === 'string' && isSecretName(key) && typeof value === 'string' ? MASK : value]);
    }
    return entries;
}
/** `_x000A_` is the character of that number. */
function unescape(text) {
    if (!text.includes('_x'))
        return text;
    return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
//# sourceMappingURL=powershell-object.js.map