import { addTo } from '../../lib/collections.js';
import { fileTimeText } from '../../lib/time.js';
import { hiveTime } from './base-block.js';
import { pathOf } from './deleted.js';
/** Keys of a hive, as views. */
export class Views {
    hive;
    #deleted;
    #byParent = new Map();
    constructor(hive, deleted) {
        this.hive = hive;
        this.#deleted = deleted;
        for (const key of deleted.keys)
            addTo(this.#byParent, key.parent, key);
    }
    root() {
        const root = this.hive.root();
        return root ? this.ofKey(root) : null;
    }
    ofKey(key) {
        return new LiveKey(this, key);
    }
    /** Deleted keys whose path is known. */
    *deleted() {
        for (const key of this.#deleted.keys)
            if (key.path !== null)
                yield new GoneKey(this, key, key.path);
    }
    formerlyOf(key) {
        return this.#deleted.ofKeys.get(key.index) ?? [];
    }
    /** Deleted keys that name this cell as their parent. */
    below(cell) {
        return this.#byParent.get(cell) ?? [];
    }
}
class LiveKey {
    deleted = false;
    #views;
    #key;
    #values = null;
    constructor(views, key) {
        this.#views = views;
        this.#key = key;
    }
    get name() {
        return this.#key.name;
    }
    get path() {
        return pathOf(this.#views.hive, this.#key.index);
    }
    get time() {
        return hiveTime(this.#key.written);
    }
    get written() {
        const { low, high } = this.#key.written;
        return fileTimeText(low, high);
    }
    get className() {
        return this.#key.className;
    }
    get at() {
        return this.#key.at;
    }
    get values() {
        return (this.#values ??= [...this.#key.values()]);
    }
    get formerly() {
        return this.#views.formerlyOf(this.#key);
    }
    keys() {
        return [...this.#key.keys()].map((key) => this.#views.ofKey(key));
    }
    value(name) {
        return valueOf(this, name);
    }
    key(path) {
        let at = this.#key;
        for (const name of path.split('\\'))
            at = at && keyOf(at.keys(), name);
        return at && this.#views.ofKey(at);
    }
}
class GoneKey {
    deleted = true;
    className = null;
    formerly = [];
    path;
    #views;
    #key;
    constructor(views, key, path) {
        this.#views = views;
        this.#key = key;
        this.path = path;
    }
    get name() {
        return this.#key.name;
    }
    get time() {
        return hiveTime(this.#key.written);
    }
    get written() {
        return fileTimeText(this.#key.written.low, this.#key.written.high);
    }
    get at() {
        return this.#key.at;
    }
    get values() {
        return this.#key.values;
    }
    keys() {
        const below = this.#key.cell === null ? [] : this.#views.below(this.#key.cell);
        // A record that names itself as its parent is no tree.
        return below.flatMap((key) => key.path !== null && key.path.length > this.path.length ? [new GoneKey(this.#views, key, key.path)] : []);
    }
    value(name) {
        return valueOf(this, name);
    }
    key(path) {
        return path.split('\\').reduce((at, name) => at && keyOf(at.keys(), name), this);
    }
}
function valueOf(view, name) {
    const wanted = name.toUpperCase();
    return view.values.find((value) => value.name.toUpperCase() === wanted) ?? null;
}
function keyOf(keys, name) {
    const wanted = name.toUpperCase();
    for (const key of keys)
        if (key.name.toUpperCase() === wanted)
            return key;
    return null;
}
//# sourceMappingURL=view.js.map