export const LF = 10;
export const CR = 13;
export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const OPEN_LIST = 91;
export const BACKSLASH = 92;
export const CLOSE_LIST = 93;
export const OPEN = 123;
export const CLOSE = 125;
export const STRING = 1;
export const VALUE = 2;
export const LITERAL = 3;
/** JSON as it should be, or with control characters that should have been escaped. */
export function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\t]/;
        if (!control.test(text))
            return null;
    }
    try {
        const mended = text.replace(/[\u0000-\u001f]/g, (c) => c === '\n' || c === '\r' ? c : c === '\t' ? ' ' : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
        return JSON.parse(mended);
    }
    catch {
        return null;
    }
}
/** Is a value nested no deeper than this many objects and lists? */
export function isWithin(value, depth) {
    if (depth === 0)
        return false;
    for (const inner of Array.isArray(value) ? value : Object.values(value))
        if (typeof inner === 'object' && inner !== null && !isWithin(inner, depth - 1))
            return false;
    return true;
}
export function holdsList(value, depth) {
    if (Array.isArray(value))
        return value.some((item) => typeof item === 'object' && item !== null);
    if (depth === 0 || typeof value !== 'object' || value === null)
        return false;
    return Object.values(value).some((inner) => holdsList(inner, depth - 1));
}
//# sourceMappingURL=json-tokens.js.map