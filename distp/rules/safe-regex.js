// Regular expressions of rules, made safe to ask of hostile text.
//
// A pattern is read into a tree first (the PCRE subset that rules use, https://www.pcre.org/current/doc/html/pcre2pattern.html).
// From the tree follows which engine may have it:
//   V8     when the work from one starting point has a small fixed bound, so that the whole search is linear;
//   re2js  for all else that an automaton can do: linear by construction, look-behind included;
//   V8     for look-ahead and back-references, only when no nested repetition exists and the cost grows as the text does.
// Everything else is refused with the reason.
import { createRequire } from 'node:module';
import { TOP } from './regex-classes.js';
import { RegexRefusal, RegexReader, walk, contains, isRef } from './regex/syntax.js';
import { shorten, countSteps, degreeOf, beginsAtStart, STEPS } from './regex/cost.js';
import { holdsOneOf } from './regex/holds.js';
import { literalsOf, inTurn, heldBy } from './regex/literals.js';
import { v8, v8Unicode, re2, write } from './regex/write.js';
/** Could a text match, by what every match holds? It is told much sooner than whether it does. */
export function mayMatch({ literals, inOrder }, folded) {
    // The rarest first.
    if (literals.length > 0 && !holdsOneOf(folded, literals))
        return false;
    let from = 0;
    for (const texts of inOrder) {
        let next = Infinity;
        for (const text of texts) {
            const at = folded.indexOf(text, from);
            if (at >= 0 && at + text.length < next)
                next = at + text.length;
        }
        if (next === Infinity)
            return false;
        from = next;
    }
    return true;
}
/** Longest text that a regular expression looks at. */
export const regexLimit = 64 * 1024;
const PATTERN_LIMIT = 16 * 1024;
const PROGRAM_LIMIT = 20_000;
/** Asks patterns of which a verdict is known without judging them, and keeps the verdicts on all others. */
export class RegexGuard {
    #known;
    found = new Map();
    constructor(known = new Map()) {
        this.#known = known;
    }
    regex(pattern, flags = {}) {
        const key = `${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}${flags.s ? 's' : ''}/${pattern}`;
        const known = this.#known.get(key) ?? this.found.get(key);
        const verdict = known ?? judge(pattern, flags);
        if ('refused' in verdict)
            return verdict;
        if (!known)
            this.found.set(key, verdict);
        return regexOf(verdict);
    }
}
/** Compiles a pattern if it is safe. */
export function guardRegex(pattern, flags = {}) {
    return new RegexGuard().regex(pattern, flags);
}
function regexOf(verdict) {
    const { engine, source, flags, limit } = verdict;
    // Most rules are asked of no event: an automaton is built for the first text.
    let regex = null;
    return {
        ...verdict,
        test(text) {
            regex ??= engine === 'v8' ? new RegExp(source, flags) : automaton(source);
            return regex.test(text.length > limit ? text.slice(0, limit) : text);
        },
    };
}
/** How a pattern may be asked, or why it may not. */
function judge(pattern, flags) {
    if (pattern.length > PATTERN_LIMIT)
        return { refused: `a regular expression of ${pattern.length} characters`, syntax: false };
    let tree;
    try {
        tree = new RegexReader(pattern, flags).read();
    }
    catch (error) {
        if (error instanceof RegexRefusal)
            return { refused: error.message, syntax: error.syntax };
        throw error;
    }
    const refers = contains(tree, isRef);
    const asked = refers ? tree : shorten(tree);
    const held = { literals: literalsOf(heldBy(asked)), inOrder: inTurn(asked) };
    if (countSteps(asked).steps <= STEPS)
        return inV8(asked, held, regexLimit);
    if (!refers && !contains(tree, (n) => n.is === 'look' && !n.behind))
        return inRe2(asked, held);
    return backtracking(asked, held);
}
// ---------------------------------------------------------------- analysis
/** Patterns that only a backtracking engine can do: accepted when their cost grows no faster than the text. */
function backtracking(node, held) {
    const isLoop = (n) => n.is === 'rep' && n.max === Infinity;
    let degree = (beginsAtStart(node) ? 0 : 1) + degreeOf(node);
    let nested = false;
    let longGroup = false;
    walk(node, (n) => {
        if (n.is === 'rep' && n.max === Infinity && countSteps(n.of).paths > 1)
            nested = true;
        if (n.is === 'rep' && n.max > 1 && contains(n.of, isLoop))
            nested = true;
        if (n.is === 'group' && n.capture && contains(n.of, isLoop))
            longGroup = true;
    });
    // What a group held may be long, and is compared again at each place.
    if (longGroup && contains(node, isRef))
        degree++;
    if (nested || degree > 1 || countSteps(node, 1).steps > STEPS) {
        return { refused: 'look-ahead or back-reference together with repetitions that can take very long', syntax: false };
    }
    return inV8(node, held, regexLimit);
}
// ---------------------------------------------------------------- engines
function inV8(node, held, limit) {
    let astral = false;
    walk(node, (n) => {
        if (n.is === 'char' && n.code > 0xffff)
            astral = true;
        if (n.is === 'set' && n.ranges.some(([from, to]) => from > 0xffff || (to > 0xffff && to !== TOP)))
            astral = true;
    });
    const flags = astral ? 'u' : '';
    try {
        const { source } = new RegExp(write(node, astral ? v8Unicode : v8), flags);
        return { engine: 'v8', source, flags, limit, ...held };
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        return { refused: error.message, syntax: false };
    }
}
function inRe2(node, held) {
    try {
        const source = write(node, re2);
        if (automaton(source).programSize() > PROGRAM_LIMIT)
            return { refused: 'a regular expression that needs too many states', syntax: false };
        return { engine: 're2', source, flags: '', limit: regexLimit, ...held };
    }
    catch (error) {
        return {
            refused: `not possible in linear time: ${error instanceof Error ? error.message : 'refused'}`,
            syntax: false,
        };
    }
}
/** The package is loaded when the first pattern needs it. */
function automaton(source) {
    const { RE2JS } = createRequire(import.meta.url)('re2js');
    return RE2JS.compile(source, RE2JS.LOOKBEHINDS);
}
//# sourceMappingURL=safe-regex.js.map