/** Disjoint sets of numbers: which things belong together, in nearly constant time a step. */
export class Groups {
  readonly #parent: Uint32Array
  readonly #size: Uint32Array

  constructor(n: number) {
    this.#parent = Uint32Array.from({ length: n }, (_, i) => i)
    this.#size = new Uint32Array(n).fill(1)
  }

  /** The number that stands for the group of `i`: its least. */
  find(i: number): number {
    let root = i
    while (this.#parent[root] !== root) root = this.#parent[root]!
    // The whole path is shortened, so that no order of unions makes later steps long.
    for (let at = i; this.#parent[at] !== root; ) {
      const next = this.#parent[at]!
      this.#parent[at] = root
      at = next
    }
    return root
  }

  size(i: number): number {
    return this.#size[this.find(i)]!
  }

  union(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)].sort((p, q) => p - q) as [number, number]
    if (x === y) return
    this.#parent[y] = x
    this.#size[x] = this.#size[x]! + this.#size[y]!
  }
}
