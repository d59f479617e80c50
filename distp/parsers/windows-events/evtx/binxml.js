import { Damage } from '../../common/format-error.js';
import { u16, u32, valueType } from './values.js';
/**
 * BinXML, the form in which records hold their XML: elements, and templates that are defined once a chunk and filled
 * with values by each record. [MS-EVEN6] 2.2.12 and 3.1.4.7 ·
 * https://github.com/libyal/libfwevt/blob/main/documentation/Windows%20Event%20manifest%20binary%20format.asciidoc
 */
/** Elements in one another, templates in one another: Windows stays below ten of each. */
const DEEPEST = 128;
const NESTED = 32;
/** A template as it is used by records; the same object for the same content in all chunks of a file. */
export class Definition {
    guid;
    root;
    /** The tokens with their names and texts in place of offsets: equal for equal content and only for that. */
    tokens;
    /** The highest number of a value that it takes; -1 when it takes none. */
    last;
    /** What is worked out once a definition. */
    plan = undefined;
    constructor(guid, root, tokens) {
        this.guid = guid;
        this.root = root;
        this.tokens = tokens;
        this.last = lastValue(root);
    }
    /** The first four bytes of the GUID, by which records name it too. */
    get id() {
        return this.guid[0];
    }
}
function lastValue(element) {
    let last = -1;
    for (const child of [...element.attributes.flatMap(({ parts }) => parts), ...element.children]) {
        last = Math.max(last, 'name' in child ? lastValue(child) : child.kind === 'value' ? child.index : -1);
    }
    return last;
}
/** A chunk, or what is left of one. Offsets inside it count from where it began. */
export class ChunkBytes {
    bytes;
    /** Where the chunk began in `bytes`; negative when its begin is lost. */
    base;
    /** Recovered from where anything may have been written over: names and templates have to prove themselves. */
    strict;
    names = new Map();
    definitions = new Map();
    /** Templates that cannot be read, so that a thousand records that use one do not read it a thousand times. */
    broken = new Map();
    /** Elements that were made of its records one by one. */
    elements = 0;
    constructor(bytes, base = 0, strict = false) {
        this.bytes = bytes;
        this.base = base;
        this.strict = strict;
    }
}
/** Definitions kept of one file, and their names. Beyond, it begins anew. */
const KEPT = 8_192;
/** Values of one use of a template: where they lie. Reused from record to record. */
export class Instance {
    definition = null;
    count = 0;
    at = new Int32Array(64);
    size = new Int32Array(64);
    type = new Uint8Array(64);
    /** Where it ends. */
    end = 0;
    /** Its own definition is written over: it is read by one of the same number from elsewhere in the file. */
    borrowed = false;
    /** Room for this many values. */
    room(count) {
        if (this.at.length >= count)
            return;
        const length = Math.max(count, this.at.length * 2);
        this.at = new Int32Array(length);
        this.size = new Int32Array(length);
        this.type = new Uint8Array(length);
    }
}
/** Reads templates and their uses, and remembers the templates of a file by their content. */
export class Templates {
    #byId = new Map();
    #nameIds = new Map();
    #names = [];
    #tokens = new Int32Array(4_096);
    #length = 0;
    #kept = 0;
    /** A template is used at `at` (token 0x0c), by something that ends at `end`. Fills `into`. */
    instance(chunk, at, end, into) {
        const { bytes, base } = chunk;
        if (at + 14 > end)
            throw new Damage(`the use of a template needs 14 bytes, ${end - at} are left`);
        const id = u32(bytes, at + 2);
        const offset = u32(bytes, at + 6);
        let from = at + 10;
        if (base + offset === from) {
            // Where a template is used for the first time in a chunk, its definition stands.
            const size = from + 24 <= end ? u32(bytes, from + 20) : 0;
            if (from + 24 > end || size > end - from - 24)
                throw new Damage(`a template of ${size} bytes in ${end - from} bytes`);
            from += 24 + size;
        }
        into.borrowed = false;
        into.definition = chunk.strict ? this.#proven(chunk, offset, id, into) : this.definition(chunk, offset, id);
        if (from + 4 > end)
            throw new Damage('no number of values behind a template');
        const count = u32(bytes, from);
        from += 4;
        if (count > (end - from) >>> 2)
            throw new Damage(`${count} values in ${end - from} bytes`);
        into.room(count);
        into.count = count;
        let value = from + count * 4;
        const { at: places, size: sizes, type: types } = into;
        for (let i = 0; i < count; i++, from += 4) {
            const size = bytes[from] | (bytes[from + 1] << 8);
            places[i] = value;
            sizes[i] = size;
            types[i] = bytes[from + 2];
            value += size;
        }
        if (value > end)
            throw new Damage(`values of a template reach ${value - end} bytes past their end`);
        if (into.borrowed && count <= into.definition.last)
            throw new Damage('values that fit no template of the file');
        into.end = value;
    }
    /** The definition at an offset of the chunk. */
    definition(chunk, offset, id) {
        const known = chunk.definitions.get(offset);
        if (known !== undefined && known.id === id)
            return known;
        const broken = chunk.broken.get(offset);
        if (broken !== undefined)
            throw broken;
        const found = this.#read(chunk, offset, id);
        chunk.definitions.set(offset, found);
        return found;
    }
    /** The definition where the record says; where that is written over, the only one of its number in the file. */
    #proven(chunk, offset, id, into) {
        try {
            return this.definition(chunk, offset, id);
        }
        catch (error) {
            const others = this.#byId.get(id);
            if (!(error instanceof Damage) || others?.length !== 1)
                throw error;
            into.borrowed = true;
            return others[0];
        }
    }
    /** An element that stands by itself from `at` on, and where it ends. */
    element(chunk, at, end) {
        this.#length = 0;
        const behind = this.#scan(chunk, at, end, false);
        return { root: this.#build(this.#tokens.slice(0, this.#length)), end: behind };
    }
    /** So much is remembered that a new one should take its place. */
    get isFull() {
        return this.#kept >= KEPT || this.#names.length >= KEPT * 8;
    }
    #read(chunk, offset, id) {
        const { bytes, base, strict } = chunk;
        const at = base + offset;
        if (at < 0 || at + 24 > bytes.length)
            throw new Damage(`a template at ${offset}, outside of what is there`);
        const guid = [u32(bytes, at + 4), u32(bytes, at + 8), u32(bytes, at + 12), u32(bytes, at + 16)];
        if (guid[0] !== id)
            throw new Damage(`the template at ${offset} is not the one that is used`);
        const size = u32(bytes, at + 20);
        if (size > bytes.length - at - 24)
            throw new Damage(`a template of ${size} bytes, ${bytes.length - at - 24} are left`);
        if (strict && size < 8)
            throw new Damage('an empty template');
        this.#length = 0;
        try {
            this.#scan(chunk, at + 24, at + 24 + size, true);
        }
        catch (error) {
            if (error instanceof Damage)
                chunk.broken.set(offset, error);
            throw error;
        }
        const alike = this.#byId.get(id) ?? [];
        for (const definition of alike)
            if (this.#isLike(definition, guid))
                return definition;
        return this.#keep(guid, alike);
    }
    #keep(guid, alike) {
        this.#kept++;
        const tokens = this.#tokens.slice(0, this.#length);
        const definition = new Definition(guid, this.#build(tokens), tokens);
        // A use of a template inside a template means a place of this one chunk.
        if (!tokens.includes(INSTANCE))
            this.#byId.set(guid[0], this.#byId.has(guid[0]) ? [...alike, definition] : [definition]);
        return definition;
    }
    /** Is it the one whose tokens were just read? A GUID alone proves nothing: hostile files use one twice. */
    #isLike({ guid, tokens }, wanted) {
        if (tokens.length !== this.#length)
            return false;
        for (let i = 0; i < 4; i++)
            if (guid[i] !== wanted[i])
                return false;
        for (let i = 0; i < tokens.length; i++)
            if (tokens[i] !== this.#tokens[i])
                return false;
        return true;
    }
    // ---- bytes to tokens
    /** Reads one element with all that is in it, as tokens in which names and texts stand in place of offsets. */
    #scan(chunk, start, end, inTemplate) {
        const { bytes } = chunk;
        let at = start;
        let depth = 0;
        for (;;) {
            if (at >= end)
                throw new Damage(depth === 0 ? 'no element' : 'an element that does not end');
            const token = bytes[at];
            switch (token & 0x3f) {
                case 0x0f:
                    at += 4;
                    break;
                case 0x01: {
                    if (++depth > DEEPEST)
                        throw new Damage(`more than ${DEEPEST} elements in one another`, 'depth');
                    at = this.#open(chunk, at, end, inTemplate);
                    break;
                }
                case 0x06:
                    this.#put(ATTRIBUTE);
                    at = this.#name(chunk, at + 1, end);
                    break;
                case 0x02:
                    this.#put(CONTENT);
                    at++;
                    break;
                case 0x03:
                case 0x04:
                    this.#put(END);
                    at++;
                    if (--depth < 0)
                        throw new Damage('an element ends that did not begin');
                    if (depth === 0)
                        return at;
                    break;
                default:
                    if (depth === 0)
                        throw new Damage(`token ${token.toString(16)} in place of an element`);
                    at = this.#piece(chunk, token, at, end);
            }
        }
    }
    /** The begin of an element. Templates say on which value it depends; elements outside of them do not, as a rule. */
    #open(chunk, at, end, inTemplate) {
        const usual = inTemplate ? 2 : 0;
        const skip = this.#isName(chunk, at + 1 + usual + 4, end) ? usual : 2 - usual;
        const name = at + 1 + skip + 4;
        if (name + 4 > end)
            throw new Damage('an element that does not end');
        const needs = skip === 2 ? u16(chunk.bytes, at + 1) : 0xffff;
        this.#put(OPEN);
        this.#put(needs === 0xffff ? -1 : needs);
        const after = this.#name(chunk, name, end);
        // The size of the list of attributes is not needed: they end where another token stands.
        return (chunk.bytes[at] & 0x40) !== 0 ? after + 4 : after;
    }
    #piece(chunk, token, at, end) {
        const { bytes } = chunk;
        switch (token & 0x3f) {
            case 0x05:
                if (bytes[at + 1] !== valueType.string)
                    throw new Damage(`text of type ${bytes[at + 1]}`);
                this.#put(TEXT);
                return this.#units(bytes, at + 2, end);
            case 0x07:
                this.#put(CDATA);
                return this.#units(bytes, at + 1, end);
            case 0x08:
                if (at + 3 > end)
                    break;
                this.#put(CHARACTER);
                this.#put(u16(bytes, at + 1));
                return at + 3;
            case 0x09:
                this.#put(ENTITY);
                return this.#name(chunk, at + 1, end);
            case 0x0a:
                this.#put(TARGET);
                return this.#name(chunk, at + 1, end);
            case 0x0b:
                this.#put(DATA);
                return this.#units(bytes, at + 1, end);
            case 0x0c: {
                const used = new Instance();
                this.#put(INSTANCE);
                this.#put(at);
                const [tokens, length] = [this.#tokens, this.#length];
                // Its definition may have to be read, which takes the place of what was read so far.
                this.#tokens = new Int32Array(4_096);
                if (++this.#nested > NESTED)
                    throw new Damage(`more than ${NESTED} templates in one another`, 'depth');
                try {
                    this.instance(chunk, at, end, used);
                }
                finally {
                    this.#nested--;
                    this.#tokens = tokens;
                    this.#length = length;
                }
                return used.end;
            }
            case 0x0d:
            case 0x0e:
                if (at + 4 > end)
                    break;
                this.#put((token & 0x3f) === 0x0e ? OPTIONAL : VALUE);
                this.#put(u16(bytes, at + 1));
                return at + 4;
            default:
                throw new Damage(`token ${token.toString(16)}`);
        }
        throw new Damage('content that does not end');
    }
    #nested = 0;
    /** Text with its number of units before it. */
    #units(bytes, at, end) {
        const units = at + 2 <= end ? u16(bytes, at) : 0;
        const from = at + 2;
        if (from + units * 2 > end)
            throw new Damage(`text of ${units} units in ${end - at} bytes`);
        this.#put(units);
        for (let i = 0; i < units; i++)
            this.#put(u16(bytes, from + i * 2));
        return from + units * 2;
    }
    /** A name is a reference; at its first use in a chunk it stands right behind. Returns the place after both. */
    #name(chunk, at, end) {
        if (at + 4 > end)
            throw new Damage('a name that does not end');
        const offset = u32(chunk.bytes, at);
        this.#put(this.#nameId(chunk, offset));
        const place = chunk.base + offset;
        return place === at + 4 ? place + 10 + u16(chunk.bytes, place + 6) * 2 : at + 4;
    }
    /** Can the four bytes at `at` refer to a name? */
    #isName(chunk, at, end) {
        if (at + 4 > end)
            return false;
        const place = chunk.base + u32(chunk.bytes, at);
        if (place === at + 4)
            return true;
        return place >= 0 && place < at && place + 10 + u16(chunk.bytes, place + 6) * 2 <= chunk.bytes.length;
    }
    #nameId(chunk, offset) {
        const known = chunk.names.get(offset);
        if (known !== undefined)
            return known;
        const { bytes, base, strict } = chunk;
        const at = base + offset;
        if (at < 0 || at + 10 > bytes.length)
            throw new Damage(`a name at ${offset}, outside of what is there`);
        const units = u16(bytes, at + 6);
        if (at + 10 + units * 2 > bytes.length)
            throw new Damage(`a name of ${units} units, more than is there`);
        const name = bytes.toString('utf16le', at + 8, at + 8 + units * 2);
        if (strict && (u16(bytes, at + 8 + units * 2) !== 0 || u16(bytes, at + 4) !== hashOf(name)))
            throw new Damage(`the name at ${offset} is written over`);
        let id = this.#nameIds.get(name);
        if (id === undefined) {
            id = this.#names.length;
            this.#names.push(name);
            this.#nameIds.set(name, id);
        }
        chunk.names.set(offset, id);
        return id;
    }
    #put(value) {
        if (this.#length === this.#tokens.length) {
            const more = new Int32Array(this.#length * 2);
            more.set(this.#tokens);
            this.#tokens = more;
        }
        this.#tokens[this.#length++] = value;
    }
    // ---- tokens to elements
    #build(tokens) {
        const open = [];
        let target = '';
        for (let at = 0; at < tokens.length;) {
            const token = tokens[at];
            const value = tokens[at + 1];
            switch (token) {
                case OPEN: {
                    const name = this.#names[tokens[at + 2]];
                    open.push({ name, needs: value, attributes: [], children: [], inContent: false });
                    at += 3;
                    break;
                }
                case ATTRIBUTE:
                    open.at(-1).attributes.push({ name: this.#names[value], parts: [] });
                    at += 2;
                    break;
                case CONTENT:
                    open.at(-1).inContent = true;
                    at += 1;
                    break;
                case END: {
                    const { name, needs, attributes, children } = open.pop();
                    const element = { name, needs, attributes, children };
                    if (open.length === 0)
                        return element;
                    open.at(-1).children.push(element);
                    at += 1;
                    break;
                }
                case TARGET:
                    target = this.#names[value];
                    at += 2;
                    break;
                default:
                    addPart(open.at(-1), this.#part(tokens, at, target));
                    at += token === TEXT || token === CDATA || token === DATA ? 2 + value : 2;
            }
        }
        throw new Damage('an element that does not end');
    }
    /** The part of an attribute or of content that the token at `at` stands for. */
    #part(tokens, at, target) {
        const token = tokens[at];
        const value = tokens[at + 1];
        switch (token) {
            case TEXT:
                return { kind: 'text', text: longText(tokens, at) };
            case CDATA:
                return { kind: 'text', text: longText(tokens, at), as: 'cdata' };
            case CHARACTER:
                return { kind: 'text', text: String.fromCharCode(value) };
            case ENTITY: {
                const name = this.#names[value];
                const meant = ENTITIES.get(name);
                return meant === undefined ? { kind: 'text', text: `&${name};`, as: 'entity' } : { kind: 'text', text: meant };
            }
            case DATA:
                return { kind: 'instruction', target, data: longText(tokens, at) };
            case INSTANCE:
                return { kind: 'instance', at: value };
            default:
                return { kind: 'value', index: value, optional: token === OPTIONAL };
        }
    }
}
function addPart({ inContent, children, attributes }, part) {
    const parts = inContent ? children : attributes.at(-1)?.parts;
    if (!parts)
        throw new Damage('content before the name of an attribute');
    parts.push(part);
}
// Tokens in their own numbers: negative, so that none is mistaken for a name or a character.
const OPEN = -2;
const ATTRIBUTE = -3;
const CONTENT = -4;
const END = -5;
const TEXT = -6;
const CDATA = -7;
const CHARACTER = -8;
const ENTITY = -9;
const TARGET = -10;
const DATA = -11;
const INSTANCE = -12;
const VALUE = -13;
const OPTIONAL = -14;
const ENTITIES = new Map([
    ['lt', '<'],
    ['gt', '>'],
    ['amp', '&'],
    ['quot', '"'],
    ['apos', "'"],
]);
function longText(tokens, at) {
    let text = '';
    const end = at + 2 + tokens[at + 1];
    for (let from = at + 2; from < end; from += 4_096)
        text += String.fromCharCode(...tokens.subarray(from, Math.min(end, from + 4_096)));
    return text;
}
/** The hash that stands with each name. */
function hashOf(name) {
    let hash = 0;
    for (let i = 0; i < name.length; i++)
        hash = (Math.imul(hash, 65_599) + name.charCodeAt(i)) >>> 0;
    return hash & 0xffff;
}
//# sourceMappingURL=binxml.js.map