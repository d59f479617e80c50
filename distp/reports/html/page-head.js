import { createHash } from 'node:crypto';
import { html as h, inline } from '../../lib/html.js';
/** Begins a page in one file, up to its body: nothing is loaded, no search engine lists it, and no link says where it came from. */
export function pageHead({ language, title, style, script, colors = 'light dark' }) {
    return h `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="${colors}">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
${inline('style', style)}
</head>
`;
}
/**
 * The content security policy of a page that asks nothing of the network: its own style and, where it has one, its own
 * script, known by their digests, and nothing else.
 */
function policyOf(style, script) {
    const own = script === undefined ? '' : ` script-src '${digest(script)}'; img-src data:;`;
    return `default-src 'none'; style-src '${digest(style)}';${own} base-uri 'none'; form-action 'none'`;
}
const digest = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
//# sourceMappingURL=page-head.js.map