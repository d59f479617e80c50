import { TOP } from '../regex-classes.js';
import { casesOf } from './syntax.js';
/** A character that stands for itself in and outside of sets. */
function plain(code) {
    const c = String.fromCodePoint(code);
    return /^[A-Za-z0-9_%=@ ]$/.test(c) ? c : null;
}
export const v8 = {
    code: (code) => plain(code) ?? `\\u${code.toString(16).padStart(4, '0')}`,
    top: 0xffff,
    places: {
        start: '^',
        // Without the m flag, Perl's `$` also stands before a line feed at the very end.
        end: '(?=\\n?$)',
        last: '$',
        lineStart: '(?<=^|\\n)',
        lineEnd: '(?=\\n|$)',
        word: '\\b',
        notWord: '\\B',
    },
};
export const v8Unicode = { ...v8, code: (code) => plain(code) ?? `\\u{${code.toString(16)}}`, top: TOP };
export const re2 = {
    code: (code) => plain(code) ?? `\\x{${code.toString(16)}}`,
    top: TOP,
    places: {
        start: '\\A',
        end: '(?:\\n?\\z)',
        last: '\\z',
        lineStart: '(?m:^)',
        lineEnd: '(?m:$)',
        word: '\\b',
        notWord: '\\B',
    },
};
export function write(node, dialect) {
    switch (node.is) {
        case 'char':
            return node.fold
                ? writeSet(casesOf(node.code).map((c) => [c, c]), dialect)
                : dialect.code(node.code);
        case 'set':
            return writeSet(node.ranges, dialect);
        case 'seq':
            return node.of
                .map((child) => (child.is === 'alt' ? `(?:${write(child, dialect)})` : write(child, dialect)))
                .join('');
        case 'alt':
            return node.of.map((child) => write(child, dialect)).join('|');
        case 'group':
            return `${node.capture && dialect !== re2 ? '(' : '(?:'}${write(node.of, dialect)})`;
        case 'rep':
            return `(?:${write(node.of, dialect)})${quantifier(node.min, node.max)}${node.lazy ? '?' : ''}`;
        case 'look':
            return `(?${node.behind ? '<' : ''}${node.not ? '!' : '='}${write(node.of, dialect)})`;
        case 'ref':
            return `(?:\\${node.group})`;
        case 'at':
            return dialect.places[node.place];
    }
}
function quantifier(min, max) {
    if (max === Infinity)
        return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
    return min === max ? `{${min}}` : `{${min},${max}}`;
}
function writeSet(ranges, dialect) {
    const parts = ranges
        .filter(([from]) => from <= dialect.top)
        .map(([from, to]) => from === to ? dialect.code(from) : `${dialect.code(from)}-${dialect.code(Math.min(to, dialect.top))}`);
    // An empty set matches nothing.
    return parts.length > 0 ? `[${parts.join('')}]` : `[^${dialect.code(0)}-${dialect.code(dialect.top)}]`;
}
//# sourceMappingURL=write.js.map