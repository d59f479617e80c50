import { places } from './places.js';
/** Asks every place of this hive for its keys, the deleted ones and those that can be reached. */
export function readPlaces(hive, views, kind, context) {
    const tree = treeOf(kind);
    if (tree === null || hive.count === 0)
        return;
    for (const key of views.deleted())
        readAt(key, tree, context);
    const stack = [{ index: 0, at: [tree], below: [] }];
    for (let step = stack.pop(); step; step = stack.pop()) {
        const now = [...new Set([...step.at.flatMap((node) => [...node.here, ...node.below]), ...step.below])];
        if (now.length > 0) {
            const key = views.ofKey(hive.key(step.index));
            for (const place of now)
                place.read(key, context);
        }
        const below = [...new Set([...step.below, ...step.at.flatMap((node) => node.below)])];
        const next = [];
        for (const index of hive.subkeysOf(step.index)) {
            const at = nextOf(step.at, nameOf(hive, index, context.controlSet));
            if (at.length > 0 || below.length > 0)
                next.push({ index, at, below });
        }
        // The last one is taken first: in the order of the list all the same.
        for (const step of next.reverse())
            stack.push(step);
    }
}
function nameOf(hive, index, controlSet) {
    return asPlace(hive.nameAt(hive.recordOf(index)), hive.parentOf(index) === 0, controlSet);
}
/** A name in upper case, the control set in use by the name that places give it. */
function asPlace(name, first, controlSet) {
    const upper = name.toUpperCase();
    return first && controlSet !== null && upper === controlSet.toUpperCase() ? 'CURRENTCONTROLSET' : upper;
}
/** Reads one key whose path is known, where a place names it. */
export function readAtPlaces(key, kind, context) {
    const tree = treeOf(kind);
    if (tree !== null)
        readAt(key, tree, context);
}
function readAt(key, tree, context) {
    let at = [tree];
    const below = new Set();
    for (const [i, name] of key.path.entries()) {
        for (const node of at)
            for (const place of node.below)
                below.add(place);
        at = nextOf(at, asPlace(name, i === 0, context.controlSet));
        if (at.length === 0 && below.size === 0)
            return;
    }
    for (const place of new Set([...at.flatMap((node) => [...node.here, ...node.below]), ...below]))
        place.read(key, context);
}
function nextOf(at, name) {
    // The view of 32-bit programs holds the same keys once more.
    const next = name === 'WOW6432NODE' ? [...at] : [];
    for (const node of at) {
        const named = node.named.get(name);
        if (named)
            next.push(named);
        if (node.any)
            next.push(node.any);
    }
    return next;
}
const trees = new Map();
function treeOf(kind) {
    const known = trees.get(kind);
    if (known !== undefined)
        return known;
    const own = places.filter((place) => place.in === kind);
    const tree = own.length === 0 ? null : emptyNode();
    if (tree)
        for (const place of own)
            add(tree, place);
    trees.set(kind, tree);
    return tree;
}
function add(tree, place) {
    let node = tree;
    const names = place.path.toUpperCase().split('\\');
    const all = names.at(-1) === '**';
    for (const name of all ? names.slice(0, -1) : names) {
        if (name === '*')
            node = node.any ??= emptyNode();
        else {
            let next = node.named.get(name);
            if (!next)
                node.named.set(name, (next = emptyNode()));
            node = next;
        }
    }
    ;
    (all ? node.below : node.here).push(place);
}
function emptyNode() {
    return { named: new Map(), any: null, here: [], below: [] };
}
//# sourceMappingURL=walk.js.map