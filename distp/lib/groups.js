/** Disjoint sets of numbers: which things belong together, in nearly constant time a step. */
export class Groups {
    #parent;
    #size;
    constructor(n) {
        this.#parent = Uint32Array.from({ length: n }, (_, i) => i);
        this.#size = new Uint32Array(n).fill(1);
    }
    /** The number that stands for the group of `i`: its least. */
    find(i) {
        let root = i;
        while (this.#parent[root] !== root)
            root = this.#parent[root];
        // The whole path is shortened, so that no order of unions makes later steps long.
        for (let at = i; this.#parent[at] !== root;) {
            const next = this.#parent[at];
            this.#parent[at] = root;
            at = next;
        }
        return root;
    }
    size(i) {
        return this.#size[this.find(i)];
    }
    union(a, b) {
        const [x, y] = [this.find(a), this.find(b)].sort((p, q) => p - q);
        if (x === y)
            return;
        this.#parent[y] = x;
        this.#size[x] = this.#size[x] + this.#size[y];
    }
}
//# sourceMappingURL=groups.js.map