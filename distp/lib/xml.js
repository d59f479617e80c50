const DEPTH = 64;
/**
 * Reads one element with all it holds, null when its tags do not match. More forgiving than the standard where logs are
 * damaged harmlessly: control characters, unknown entities and `&` alone stay as they are. No entity is ever defined
 * or fetched. https://www.w3.org/TR/xml/
 */
export function parseXml(text) {
    const root = { name: '', attributes: new Map(), children: [] };
    const open = [root];
    let at = 0;
    while (at < text.length) {
        const tag = text.indexOf('<', at);
        if (tag < 0)
            break;
        if (tag > at)
            open.at(-1).children.push(unescapeXml(text.slice(at, tag)));
        at = passMarkup(text, tag, open);
        if (at < 0)
            return null;
        if (open.length === 1 && root.children.some((child) => typeof child === 'object'))
            break;
    }
    if (open.length > 1)
        return null;
    return root.children.find((child) => typeof child === 'object') ?? null;
}
/** The text in an element, without the tags in it. */
export function elementText(element) {
    return element.children.map((child) => (typeof child === 'string' ? child : elementText(child))).join('');
}
/** The elements in an element. */
export function childElements(element) {
    return element ? element.children.filter((child) => typeof child === 'object') : [];
}
/** The first element of that name in an element. */
export function childElement(element, name) {
    return childElements(element).find((child) => child.name === name) ?? null;
}
/** Takes the tag, comment or CDATA section at `tag`; gives the place after it, -1 when it is broken. */
function passMarkup(text, tag, open) {
    if (text.startsWith('<!--', tag))
        return after(text, '-->', tag);
    if (text.startsWith('<?', tag))
        return after(text, '?>', tag);
    if (text.startsWith('<![CDATA[', tag)) {
        const end = text.indexOf(']]>', tag);
        if (end >= 0)
            open.at(-1).children.push(text.slice(tag + 9, end));
        return end < 0 ? -1 : end + 3;
    }
    if (text.startsWith('</', tag)) {
        const end = text.indexOf('>', tag);
        if (end < 0 || open.length < 2)
            return -1;
        return open.pop().name === localName(text.slice(tag + 2, end).trim()) ? end + 1 : -1;
    }
    return passStart(text, tag, open);
}
function passStart(text, tag, open) {
    const name = /[^\s/>=<]*/y;
    name.lastIndex = tag + 1;
    const found = name.exec(text)[0];
    if (found === '' || open.length > DEPTH)
        return -1;
    const element = { name: localName(found), attributes: new Map(), children: [] };
    let at = name.lastIndex;
    for (;;) {
        while (isBlank(text.charCodeAt(at)))
            at++;
        const c = text[at];
        if (c === undefined || c === '<')
            return -1;
        if (c === '>') {
            open.at(-1).children.push(element);
            open.push(element);
            return at + 1;
        }
        if (c === '/') {
            if (text[at + 1] !== '>')
                return -1;
            open.at(-1).children.push(element);
            return at + 2;
        }
        at = passAttribute(text, at, element);
        if (at < 0)
            return -1;
    }
}
function passAttribute(text, from, element) {
    const name = /[^\s=/><]+/y;
    name.lastIndex = from;
    const found = name.exec(text);
    if (!found)
        return -1;
    let at = pastBlanks(text, name.lastIndex);
    if (text[at] !== '=')
        return -1;
    at = pastBlanks(text, at + 1);
    const quote = text[at];
    if (quote !== '"' && quote !== "'")
        return -1;
    const end = text.indexOf(quote, at + 1);
    if (end < 0)
        return -1;
    element.attributes.set(localName(found[0]), unescapeXml(text.slice(at + 1, end)));
    return end + 1;
}
function pastBlanks(text, from) {
    let at = from;
    while (isBlank(text.charCodeAt(at)))
        at++;
    return at;
}
function localName(name) {
    return name.slice(name.indexOf(':') + 1);
}
function isBlank(code) {
    return code === 32 || (code >= 9 && code <= 13);
}
function after(text, sign, from) {
    const end = text.indexOf(sign, from);
    return end < 0 ? -1 : end + sign.length;
}
const ENTITIES = new Map([
    ['lt', '<'],
    ['gt', '>'],
    ['amp', '&'],
    ['quot', '"'],
    ['apos', "'"],
]);
/** Text with its character references and the five entities of XML replaced; any other entity stays as it is. */
export function unescapeXml(text) {
    if (!text.includes('&'))
        return text;
    return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
        if (name)
            return ENTITIES.get(name.toLowerCase()) ?? whole;
        const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
//# sourceMappingURL=xml.js.map