import { visible } from './terminal.js';
let make;
let markupOf;
/**
 * Markup that may stand in a page as it is. Only the tag `html` and `json` below make it: an object that comes out of
 * evidence never passes for one, since the private field is missing.
 */
export class SafeHtml {
    #markup;
    constructor(markup) {
        this.#markup = markup;
    }
    static {
        make = (markup) => new SafeHtml(markup);
        markupOf = (value) => (typeof value === 'object' && value !== null && #markup in value ? value.#markup : null);
    }
    toString() {
        return this.#markup;
    }
}
/**
 * A piece of a page. Values are escaped by construction; only `SafeHtml` goes in as it is. A value may stand in text and in
 * a quoted attribute; the template itself is refused (a mistake in the program, never in the evidence) when a value
 * stands in a script, a style, a comment, a name, an unquoted attribute, an `on…` or a `style` attribute.
 * A link made from a value stays within the page.
 */
export function html(strings, ...values) {
    const slots = slotsOf(strings);
    let out = strings[0];
    for (const [i, value] of values.entries())
        out += fill(slots[i], value) + strings[i + 1];
    return make(out);
}
/** Data in a page: JSON in a block that is not run and cannot be closed from inside. */
export function jsonBlock(id, value) {
    const text = `${JSON.stringify(value)}`.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return make(`<script type="application/json" id="${escape(id)}">${text}</script>`);
}
/** `href` of a file in a folder beside the page, by names that are the program's own: never a name out of evidence. */
export function localLink(folder, file) {
    if (![folder, file].every((name) => /^[\w-][\w.-]*$/.test(name)))
        throw new TypeError(`no name of a file: ${folder}`);
    return make(`href="./${folder}/${file}"`);
}
/** A style or script of the program's own; `</` inside would end it, so that is refused. */
export function inline(element, text) {
    if (/<\/|<!--/.test(text))
        throw new TypeError(`the inline ${element} holds </ or <!--`);
    return make(`<${element}>${text}</${element}>`);
}
/**
 * Escaped for text and for quoted attributes, with invisible characters made visible. Brackets are written as references
 * too: the text of a web shell, quoted in a report, shall not be the web shell's bytes again and wake a virus scanner.
 */
export function escape(text) {
    return visible(text).replace(/[&<>"'`([%]/g, (c) => references[c]);
}
const references = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
    '`': '&#96;',
    '(': '&#40;',
    '[': '&#91;',
    '%': '&#37;',
};
function fill(slot, value) {
    if (value === null || value === undefined || value === false)
        return '';
    if (Array.isArray(value))
        return value.map((v) => fill(slot, v)).join('');
    const markup = markupOf(value);
    if (slot === 'text')
        return markup ?? escape(String(value));
    if (slot === 'tag') {
        if (markup === null)
            throw new TypeError('only markup may stand among the attributes of a tag');
        return markup;
    }
    if (markup !== null)
        throw new TypeError('markup inside an attribute');
    const text = String(value);
    return escape(slot === 'link' && !text.startsWith('#') ? '#' : text);
}
const known = new WeakMap();
function slotsOf(strings) {
    const before = known.get(strings);
    if (before)
        return before;
    const slots = [];
    let prefix = '';
    for (const part of strings.slice(0, -1)) {
        prefix += part;
        slots.push(slotAfter(prefix));
        prefix += 'x';
    }
    known.set(strings, slots);
    return slots;
}
// Walks the template's own text (short, ours) as an HTML tokenizer would and says where it ends.
function slotAfter(prefix) {
    let at = 0;
    while (true) {
        const open = prefix.indexOf('<', at);
        if (open < 0)
            return 'text';
        if (prefix.startsWith('<!--', open)) {
            const end = prefix.indexOf('-->', open);
            if (end < 0)
                throw new TypeError('a value inside a comment');
            at = end + 3;
            continue;
        }
        const tag = /^<[/!]?([a-z][a-z0-9-]*)((?:\s+[a-zA-Z0-9:-]+(?:="[^"]*")?|x)*)\s*\/?>/.exec(prefix.slice(open));
        if (tag) {
            at = open + tag[0].length;
            if ((tag[1] === 'script' || tag[1] === 'style') && !tag[0].startsWith('</')) {
                const end = prefix.indexOf(`</${tag[1]}`, at);
                if (end < 0)
                    throw new TypeError(`a value inside ${tag[1]}`);
                at = end;
            }
            continue;
        }
        return slotInTag(prefix.slice(open));
    }
}
function slotInTag(tag) {
    const attribute = /\s([a-zA-Z0-9:-]+)="([^"]*)$/.exec(tag);
    if (attribute && tag.split('"').length % 2 === 0) {
        const name = attribute[1].toLowerCase();
        if (/^on|^style$|^srcdoc$|^http-equiv$/.test(name))
            throw new TypeError(`a value inside the attribute ${name}`);
        const links = /^(?:xlink:)?href$|^src$|^action$|^formaction$/.test(name);
        return links && !attribute[2].startsWith('#') ? 'link' : 'attribute';
    }
    const unquoted = /=[^"\s]*$/.test(tag.replace(/="[^"]*"/g, ''));
    if (unquoted || /^<\/?$/.test(tag)) {
        throw new TypeError('a value outside of quotes');
    }
    return 'tag';
}
//# sourceMappingURL=html.js.map