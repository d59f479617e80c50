import { ownMember } from '../../lib/json-object.js';
/** A value for a message. */
export function quoteListValue(value) {
    return `"${cleanText(value).slice(0, 80)}"`;
}
/** A text of a list on one line, without what a terminal would obey. */
export function cleanText(text) {
    return text
        .slice(0, 4096)
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
        .slice(0, 300);
}
/** `2 revoked, 1 deleted`: what of these there is. */
export function formatCounts(of) {
    return of
        .filter(([count]) => count > 0)
        .map(([count, what]) => `${count} ${what}`)
        .join(', ');
}
// ---------------------------------------------------------------- JSON of others
/** A text, empty when there is none. */
export function ownText(object, name) {
    const value = ownMember(object, name);
    return typeof value === 'string' ? value.trim() : '';
}
//# sourceMappingURL=entry.js.map