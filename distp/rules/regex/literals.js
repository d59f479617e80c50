/**
 * How many texts may stand for one another, and how many that are only how something begins, where they are looked for one by
 * one; how long each is at least and at most, and characters of a set that are told apart. Behind so many parts that are not
 * known exactly nothing begins anew.
 */
const TEXTS = { most: 64, begins: 16, least: 2, longest: 64, characters: 8, anew: 100 };
const ANYTHING = [{ text: '', isWhole: false }];
const EMPTY = [{ text: '', isWhole: true }];
/** Texts of ASCII characters in lower case, one of which every match holds; empty when none are known. */
export function literalsOf({ begins, oneOf }) {
    return shortestOf(better(textsOf(begins), oneOf));
}
/** Where a text stands that holds another of them, that one stands, too, and ends there or before. */
function shortestOf(texts) {
    return texts.filter((text) => !texts.some((other) => other !== text && text.includes(other)));
}
/** Every list of texts of which one stands in what matches, in the order in which they stand there, none over another. */
export function inTurn(node) {
    return listsInTurn(node).map(shortestOf);
}
function listsInTurn(node) {
    if (node.is === 'group')
        return listsInTurn(node.of);
    const lists = [];
    const parts = node.is === 'seq' ? node.of : [node];
    const held = parts.map(heldBy);
    // A part of which more is known than how it begins is looked for by itself.
    const isOwn = ({ begins, oneOf }) => !isExact(begins) && (oneOf.length > 0 || shortest(textsOf(begins)) === 0);
    for (let at = 0; at < parts.length;) {
        const run = runFrom(held, at, TEXTS.begins, isOwn);
        // One character is enough here: it is looked for behind others.
        if (shortest(textsOf(run.begins)) > 0)
            lists.push(textsOf(run.begins));
        at = run.to;
        const part = parts[at];
        // What is known exactly begins the next run; told twice, it would have to stand there twice.
        if (part === undefined || !isOwn(held[at]))
            continue;
        if (held[at].oneOf.length > 0)
            lists.push(held[at].oneOf);
        else if (part.is === 'rep' && part.min > 0)
            lists.push(...listsInTurn(part.of));
        at++;
    }
    return lists;
}
export function heldBy(node) {
    switch (node.is) {
        case 'char':
            return { begins: asciiOf([[node.code, node.code]]), oneOf: [] };
        case 'set':
            return { begins: asciiOf(node.ranges), oneOf: [] };
        case 'at':
            return { begins: EMPTY, oneOf: [] };
        case 'group':
            return heldBy(node.of);
        case 'seq':
            return heldInTurn(node.of.map(heldBy));
        case 'alt': {
            const parts = node.of.map(heldBy);
            const begins = distinct(parts.flatMap((part) => part.begins));
            const each = parts.map(literalsOf);
            const all = each.flat();
            return {
                begins: begins.length <= TEXTS.most ? begins : ANYTHING,
                oneOf: each.every((texts) => texts.length > 0) && all.length <= TEXTS.most ? all : [],
            };
        }
        case 'rep': {
            if (node.min === 1 && node.max === 1)
                return heldBy(node.of);
            const held = heldBy(node.of);
            const { begins } = held;
            if (node.min > 0)
                return { begins: withMore(begins), oneOf: literalsOf(held) };
            return { begins: node.max === 1 ? distinct([...EMPTY, ...begins]) : ANYTHING, oneOf: [] };
        }
        default:
            return { begins: ANYTHING, oneOf: [] };
    }
}
/** The characters of a small set, folded; anything for a large one, or where one is no ASCII. */
function asciiOf(ranges) {
    const count = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    if (count > TEXTS.characters || ranges.some(([, to]) => to >= 128))
        return ANYTHING;
    const codes = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    return distinct(codes.map((code) => ({ text: String.fromCharCode(code).toLowerCase(), isWhole: true })));
}
function distinct(begins) {
    return [...new Map(begins.map((begin) => [`${begin.isWhole}${begin.text}`, begin])).values()];
}
/** The same where something follows. */
function withMore(begins) {
    return distinct(begins.map(({ text }) => ({ text, isWhole: false })));
}
function isExact(begins) {
    return begins.every(({ isWhole }) => isWhole);
}
function textsOf(begins) {
    return [...new Set(begins.map(({ text }) => text))];
}
/** Texts that follow each other are one; of all that are found the best is taken. */
function heldInTurn(parts) {
    let first = null;
    let best = [];
    for (let [at, times] = [0, 0]; at < parts.length && times < TEXTS.anew; times++) {
        const run = runFrom(parts, at, TEXTS.most);
        first ??= run;
        best = better(best, textsOf(run.begins));
        // Behind what is not known exactly others begin.
        const odd = parts.findIndex(({ begins }, i) => i >= at && !isExact(begins));
        if (odd < 0 || odd >= run.to)
            at = run.to;
        else {
            best = better(best, parts[odd].oneOf);
            at = odd + 1;
        }
    }
    const { begins, to } = first ?? { begins: EMPTY, to: 0 };
    if (to < parts.length)
        return { begins: withMore(begins), oneOf: best };
    return { begins, oneOf: isExact(begins) ? [] : best };
}
/**
 * What stands where the parts from one on begin, at least one part: as far as one is known to be followed by the next, and there
 * are no more than so many texts. `to`: the first part that has nothing of it.
 */
function runFrom(parts, from, most, isStop = () => false) {
    let run = EMPTY;
    let to = from;
    for (; to < parts.length && !isStop(parts[to]) && run.some(({ isWhole }) => isWhole); to++) {
        const { begins } = parts[to];
        const more = run.flatMap((one) => (one.isWhole ? begins.map((begin) => joined(one, begin)) : [one]));
        // A long text that grows by one character is compared with no other.
        const longer = begins.length === 1 ? more : distinct(more);
        if (longer.length > (isExact(longer) ? TEXTS.most : most) && to > from)
            break;
        run = longer;
    }
    return { begins: run, to };
}
function joined({ text }, next) {
    const both = text + next.text;
    return both.length <= TEXTS.longest
        ? { text: both, isWhole: next.isWhole }
        : { text: both.slice(0, TEXTS.longest), isWhole: false };
}
/** The texts of which fewer other texts hold one: those whose shortest is longer, then the fewer. */
function better(a, b) {
    const [x, y] = [shortest(a), shortest(b)];
    if (Math.max(x, y) < TEXTS.least)
        return [];
    return x > y || (x === y && a.length <= b.length) ? a : b;
}
function shortest(texts) {
    return texts.length === 0 ? 0 : texts.reduce((least, text) => Math.min(least, text.length), Infinity);
}
//# sourceMappingURL=literals.js.map