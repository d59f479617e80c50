/**
 * The members of an object without a copy of them: records of one kind have the same names in the same order, and these
 * are put into lower case once.
 */
export function membersOf(value) {
    return new ShapedMembers(shapeOf(Object.keys(value)), value);
}
const SHAPES = 2_000;
const LONGEST = 256;
const shapes = new Map();
let last = [];
function shapeOf(names) {
    for (let i = 0; i < last.length; i++) {
        const known = last[i];
        if (!isSame(known.names, names))
            continue;
        if (i > 0) {
            last[i] = last[i - 1];
            last[i - 1] = known;
        }
        return known;
    }
    const key = names.join('\0');
    let shape = shapes.get(key);
    // A name that holds the mark between two is another object's.
    if (!shape || !isSame(shape.names, names)) {
        shape = { names, spelled: spelledOf(names) };
        if (shapes.size >= SHAPES)
            shapes.clear();
        if (names.length <= LONGEST)
            shapes.set(key, shape);
    }
    if (names.length <= LONGEST)
        last = [shape, ...last.slice(0, 15)];
    return shape;
}
function isSame(a, b) {
    if (a.length !== b.length)
        return false;
    for (let i = 0; i < a.length; i++)
        if (a[i] !== b[i])
            return false;
    return true;
}
/** Of names that differ by case alone the last counts, at the place of the first. */
function spelledOf(names) {
    const spelled = new Map();
    for (const name of names)
        spelled.set(name.toLowerCase(), name);
    return spelled;
}
class ShapedMembers {
    #spelled;
    #value;
    constructor({ spelled }, value) {
        this.#spelled = spelled;
        this.#value = value;
    }
    get size() {
        return this.#spelled.size;
    }
    get(name) {
        const spelled = this.#spelled.get(name);
        return spelled === undefined ? undefined : [spelled, this.#value[spelled]];
    }
    has(name) {
        return this.#spelled.has(name);
    }
    keys() {
        return this.#spelled.keys();
    }
    *values() {
        for (const spelled of this.#spelled.values())
            yield [spelled, this.#value[spelled]];
    }
    *entries() {
        for (const [name, spelled] of this.#spelled)
            yield [name, [spelled, this.#value[spelled]]];
    }
    [Symbol.iterator]() {
        return this.entries();
    }
    forEach(each) {
        for (const [name, entry] of this.entries())
            each(entry, name, this);
    }
}
//# sourceMappingURL=members.js.map