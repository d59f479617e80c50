import { XmlWalk } from '../../lib/xml-stream.js';
import { maskXml } from '../../lib/mask-secrets.js';
const DEPTH = 64;
const RAW = 65_536;
/** What is kept of one element. */
const NODES = 100_000;
const TEXT = 16 * 1024 * 1024;
const VALUE = 65_536;
/** Walks through the tags of an XML file. Returns the bytes that were understood. */
export function readTags(source, sink, take) {
    return readXml(source, sink, { take });
}
/**
 * Walks through an XML file of any size, so that what stands before a damaged place is read; from there on it is a gap.
 * A document type definition is a gap of its own: no entity is defined. https://www.w3.org/TR/xml/
 */
export async function readXml(source, sink, reader) {
    let gapBytes = 0;
    const visitor = new Elements(reader, (raw, place) => {
        gapBytes += place.length;
        sink.gap({ ...place, reason: 'policy', detail: 'a document type definition: its entities are not used' });
        reader.doctype?.(raw, place);
    });
    const { depth = DEPTH, many = false, what = 'configuration' } = reader;
    const walk = new XmlWalk(source.bytes, visitor, { depth, many, what });
    for await (const chunk of source.chunks())
        walk.push(chunk);
    walk.finish();
    const { broken, size } = walk;
    if (!broken)
        return size - gapBytes;
    const { offset, line, reason, detail, text } = broken;
    sink.gap({ offset, length: size - offset, reason, detail, line });
    reader.broken?.(text, { offset, length: size - offset, line });
    return size - (size - offset) - gapBytes;
}
/** The element's own or an outer `location`: the site and path that a setting is for, null for the whole server. */
export function locationOf(tag) {
    return tag.parents.findLast((parent) => parent.name === 'location')?.attributes.get('path') || null;
}
/** The event of an entry of a configuration: a state without a time. Secrets are masked in its text. */
export function configEvent(source, log, tag, fields, target) {
    return {
        log,
        sources: posternSources(log),
        time: null,
        timeBasis: 'file',
        fields,
        raw: maskXml(tag.raw),
        at: { path: source.path, offset: tag.offset, length: tag.length, line: tag.line },
        host: null,
        client: null,
        user: null,
        target,
        request: null,
        session: null,
    };
}
/** One array a service: rules remember by it which of them are asked. */
const services = new Map();
export function posternSources(service) {
    let sources = services.get(service);
    if (!sources)
        services.set(service, (sources = [{ product: 'postern', service }]));
    return sources;
}
/** Makes tags, and whole elements where they are asked for, of what the walk tells. */
class Elements {
    doctype;
    #reader;
    #parents = [];
    /** The element that is taken whole, and how deep within it the walk is. */
    #whole = null;
    #depth = 0;
    constructor(reader, doctype) {
        this.#reader = reader;
        this.doctype = doctype;
    }
    open(tag) {
        const whole = this.#whole;
        if (whole)
            return this.#within(whole, tag);
        if (this.#reader.whole?.(tag.element, this.#parents) === true) {
            const root = { name: tag.element.name, attributes: tag.element.attributes, children: [] };
            this.#whole = { tag, root, open: [root], raw: tag.raw, nodes: 1, text: 0, cut: false };
            this.#depth = 1;
            if (tag.empty)
                this.close('', tag.offset + tag.length);
            return;
        }
        const { element, raw, offset, length, line } = tag;
        this.#reader.take({ element, parents: this.#parents, raw, offset, length, line, cut: false });
        if (!tag.empty)
            this.#parents.push(element);
    }
    text(text, raw) {
        const whole = this.#whole;
        if (!whole)
            return;
        addRaw(whole, raw);
        const left = Math.min(VALUE, TEXT - whole.text);
        const last = whole.open.at(-1);
        if (!last || this.#depth !== whole.open.length)
            return;
        const before = last.children.at(-1);
        const has = typeof before === 'string' ? before : '';
        const more = text.slice(0, Math.max(0, left - has.length));
        whole.cut ||= more.length < text.length;
        whole.text += more.length;
        if (typeof before === 'string')
            last.children[last.children.length - 1] = has + more;
        else
            last.children.push(more);
    }
    close(raw, end) {
        const whole = this.#whole;
        if (!whole) {
            this.#parents.pop();
            return;
        }
        addRaw(whole, raw);
        if (this.#depth === whole.open.length)
            whole.open.pop();
        this.#depth--;
        if (this.#depth > 0)
            return;
        this.#whole = null;
        const { offset, line } = whole.tag;
        const cut = whole.cut || (raw === '' && !whole.tag.empty);
        this.#reader.take({
            element: whole.root,
            parents: this.#parents,
            raw: whole.raw,
            offset,
            length: end - offset,
            line,
            cut,
        });
    }
    comment(text, place) {
        if (this.#whole && this.#whole.raw.length < RAW)
            addRaw(this.#whole, `<!--${text}-->`);
        this.#reader.comment?.(text, place);
    }
    #within(whole, tag) {
        addRaw(whole, tag.raw);
        const at = this.#depth === whole.open.length;
        const kept = at && whole.nodes < NODES;
        whole.cut ||= !kept;
        if (kept) {
            const element = { name: tag.element.name, attributes: tag.element.attributes, children: [] };
            whole.nodes++;
            whole.open.at(-1).children.push(element);
            if (!tag.empty)
                whole.open.push(element);
        }
        if (!tag.empty)
            this.#depth++;
    }
}
function addRaw(whole, raw) {
    if (whole.raw.length < RAW)
        whole.raw += raw.slice(0, RAW - whole.raw.length);
}
//# sourceMappingURL=xml-reader.js.map