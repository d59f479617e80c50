import { isNode, fieldValueText } from './tree.js';
/** A record as XML, the way Windows writes it: on one line. */
export function xmlOf(nodes) {
    const out = [];
    for (const node of nodes)
        element(node, out);
    return out.join('');
}
function element({ name, attributes, children }, out) {
    const tag = nameOf(name);
    out.push('<', tag);
    for (const [key, value] of attributes)
        out.push(' ', nameOf(key), '="', escaped(value), '"');
    if (children.length === 0) {
        out.push('/>');
        return;
    }
    out.push('>');
    for (const child of children) {
        if (isNode(child))
            element(child, out);
        else
            out.push(leaf(child));
    }
    out.push('</', tag, '>');
}
function leaf({ value, as }) {
    const text = fieldValueText(value);
    if (as === 'cdata')
        return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
    if (as === 'instruction')
        return `<?${text.replaceAll('?>', '?&gt;')}?>`;
    return as === 'entity' ? text : escaped(text);
}
/** Names of evidence are not always names of XML. */
function nameOf(name) {
    return name.replaceAll(/[\s<>&"'/=]/g, '_') || '_';
}
// Control characters have no place in XML 1.0. As references they can at least be read, and come back.
// eslint-disable-next-line no-control-regex
const ESCAPED = /[&<>"\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
export function escaped(value) {
    return fieldValueText(value).replaceAll(ESCAPED, (sign) => {
        switch (sign) {
            case '&':
                return '&amp;';
            case '<':
                return '&lt;';
            case '>':
                return '&gt;';
            case '"':
                return '&quot;';
            default:
                return `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`;
        }
    });
}
//# sourceMappingURL=xml.js.map