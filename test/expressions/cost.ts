import { type Ranges, wordCharacters } from '../../src/rules/regex-classes.ts'
import { anything, complement, lineEnds, type Node, treeOf, unite } from './tree.ts'

/**
 * What a backtracking engine may spend on a hostile text of n characters: `n` times `factor`, where every repetition with a
 * limit counts as often as its limit allows; Infinity where the exponent of n is above one; `exponential`: beyond any power.
 *
 * The expression becomes an automaton whose states are "this part has just consumed a character", with a loop in front of it
 * for the search from every place. Whether one text leads two ways from a loop to itself makes it exponential; whether one text
 * leads from a loop to itself, from it to a second loop, and from that to itself makes a power (A. Weber, H. Seidl: On the
 * degree of ambiguity of finite automata, 1991). States from which the match is certain are left out: nothing fails behind them.
 * The judgement is on the safe side: a repetition of many times is taken for one without end, lookarounds of more than one
 * character are taken to hold.
 */
export type Cost = { readonly factor: number; readonly exponential: boolean }

export function costOf(pattern: string, flags: string): Cost {
  return new Automaton(treeOf(pattern, flags)).cost()
}

/** A repetition is written out up to so many times, and others up to so many characters. */
const WRITTEN_OUT = { times: 3, characters: 24 }
/** So many states in a product are looked at; beyond, an expression is too large to be judged. */
const MOST = 4_000_000

type Mask = bigint
/** What must hold between two characters: the one before, the one behind. */
type Condition = {
  readonly before: Ranges | null
  readonly behind: Ranges | null
  readonly start: boolean
  readonly end: boolean
}
type Step =
  | { readonly to: number; readonly set: Ranges; readonly limit: number; readonly atLeast: number }
  | { readonly to: number; readonly condition: Condition | null }

type Part = { readonly set: Ranges; readonly to: number; readonly limit: number; readonly atLeast: number }
type Way = { readonly part: number; readonly before: Mask; readonly behind: Mask }
type State = { readonly part: number; readonly mask: Mask; readonly kind: number }
type Edge = { readonly to: number; readonly mask: Mask; readonly many: boolean }

class Automaton {
  readonly #steps: Step[][] = []
  readonly #groups = new Map<string, Node>()
  readonly #parts: Part[] = []
  readonly #ofStep = new Map<Step, number>()
  #sets: Ranges[] = []
  #all: Mask = 0n
  readonly #start: number
  readonly #end: number

  constructor(tree: Node) {
    this.#collect(tree)
    this.#start = this.#node()
    this.#end = this.#build(tree, this.#start, { limit: 0, atLeast: 0 })
  }

  // ---- the expression as steps between nodes

  #node(): number {
    return this.#steps.push([]) - 1
  }

  #collect(node: Node): void {
    if (node.is === 'group') {
      this.#groups.set(String(node.number), node.of)
      if (node.name) this.#groups.set(node.name, node.of)
    }
    if (node.is === 'seq' || node.is === 'alt') for (const one of node.of) this.#collect(one)
    else if ('of' in node) this.#collect(node.of as Node)
  }

  /** The node behind it. `limit`: how many characters the loop around it takes at most, 0 outside of loops. */
  #build(node: Node, from: number, loop: { readonly limit: number; readonly atLeast: number }): number {
    switch (node.is) {
      case 'set': {
        const to = this.#node()
        this.#steps[from]!.push({ to, set: node.set, ...loop })
        return to
      }
      case 'seq':
        return node.of.reduce((at, one) => this.#build(one, at, loop), from)
      case 'alt': {
        const to = this.#node()
        for (const one of node.of) this.#pass(this.#build(one, this.#pass(from, this.#node()), loop), to)
        return to
      }
      case 'group':
        return this.#build(node.of, from, loop)
      case 'reference': {
        const held = this.#groups.get(node.to)
        const single = held && singleOf(held)
        if (single) return this.#build({ is: 'set', set: single }, from, loop)
        const most = held ? lengthOf(held) : Infinity
        return this.#build({ is: 'repeat', of: { is: 'set', set: anything }, min: 0, max: most }, from, loop)
      }
      case 'look':
        return this.#look(node, from, loop)
      case 'repeat':
        return this.#repeat(node, from, loop)
      default:
        return this.#place(node.is, from)
    }
  }

  #pass(from: number, to: number, condition: Condition | null = null): number {
    this.#steps[from]!.push({ to, condition })
    return to
  }

  #place(is: string, from: number): number {
    const to = this.#node()
    const none = { before: null, behind: null, start: true, end: true }
    const conditions: Readonly<Record<string, readonly Condition[]>> = {
      start: [{ ...none, before: [] }],
      end: [{ ...none, behind: [] }],
      lineStart: [{ ...none, before: lineEnds }],
      lineEnd: [{ ...none, behind: lineEnds }],
      word: [
        { before: wordCharacters, behind: complement(wordCharacters), start: false, end: true },
        { before: complement(wordCharacters), behind: wordCharacters, start: true, end: false },
      ],
      notWord: [
        { before: wordCharacters, behind: wordCharacters, start: false, end: false },
        { before: complement(wordCharacters), behind: complement(wordCharacters), start: true, end: true },
      ],
    }
    for (const condition of conditions[is]!) this.#pass(from, to, condition)
    return to
  }

  #look({ behind, not, of }: Node & { is: 'look' }, from: number, loop: { limit: number; atLeast: number }): number {
    const edge = edgeOf(of, behind)
    if (edge) {
      const set = not ? complement(edge.set) : edge.set
      const outside = not ? !edge.outside : edge.outside
      const none = { before: null, behind: null, start: true, end: true }
      return this.#pass(
        from,
        this.#node(),
        behind ? { ...none, before: set, start: outside } : { ...none, behind: set, end: outside },
      )
    }
    // What is looked for is tried at each place that comes here; behind it all goes on as if it were not there.
    if (behind && lengthOf(of) > 64) throw new Error('a look-behind without a limit')
    if (!behind) this.#build(of, this.#pass(from, this.#node()), loop)
    return this.#pass(from, this.#node())
  }

  #repeat({ of, min, max }: Node & { is: 'repeat' }, from: number, around: { limit: number; atLeast: number }): number {
    if (max <= WRITTEN_OUT.times || max * Math.max(1, sizeOf(of)) <= WRITTEN_OUT.characters) {
      let at = from
      for (let i = 0; i < min; i++) at = this.#build(of, at, around)
      const to = this.#node()
      for (let i = min; i < max; i++) {
        this.#pass(at, to)
        at = this.#build(of, this.#pass(at, this.#node()), around)
      }
      return this.#pass(at, to)
    }
    // In which rounds nothing is consumed is another way each time.
    if (max !== Infinity && canBeEmpty(of)) throw new Error('a counted repetition of what may be empty')
    // Written once more for what follows the first time: a loop may end and begin again without a character between.
    const length = max * lengthOf(of)
    const outermost = { limit: length, atLeast: min > 1 ? min * lengthOf(of) : 0 }
    const loop = around.limit === 0 ? outermost : around
    const body = this.#node()
    const to = this.#node()
    const again = this.#build(of, body, loop)
    this.#pass(again, body)
    this.#pass(again, to)
    this.#pass(from, body)
    if (min === 0) this.#pass(from, to)
    return to
  }

  // ---- states

  cost(): Cost {
    const { states, edges, certain } = this.#states()
    const parts = this.#parts
    const limitOf = (state: number): number => (states[state]!.part < 0 ? Infinity : parts[states[state]!.part]!.limit)
    // States behind which nothing fails, and those that only fail before their least number is there.
    const failing = states.map(({ part }, i) =>
      certain[i] ? (part < 0 ? 0 : parts[part]!.atLeast > 1 ? parts[part]!.atLeast : 0) : Infinity,
    )
    const loops = componentsOf(
      edges.map((list, i) => (failing[i]! > 0 ? list.filter(({ to }) => failing[to]! > 0).map(({ to }) => to) : [])),
    ).filter((loop) => loop.length > 1 || (failing[loop[0]!]! > 0 && edges[loop[0]!]!.some(({ to }) => to === loop[0])))
    const whole = componentsOf(edges.map((list) => list.map(({ to }) => to))).filter(
      (loop) => loop.length > 1 || edges[loop[0]!]!.some(({ to }) => to === loop[0]),
    )
    for (const loop of loops) if (isAmbiguous(loop, edges)) return { factor: Infinity, exponential: true }

    // From every loop to every later one; the first may be one behind which all is certain.
    const reaches = reachable(edges)
    const weight = (loop: readonly number[]): number => Math.max(...loop.map(limitOf))
    const fails = (loop: readonly number[]): number =>
      Math.min(weight(loop), Math.max(...loop.map((state) => failing[state]!)))
    const pairs = whole.flatMap((first) =>
      loops
        .filter((second) => !first.includes(second[0]!) && reaches[first[0]!]!.has(second[0]!))
        .filter((second) => isPair(first, second, edges, reaches))
        .map((second) => ({ first, second, factor: Math.min(weight(first), fails(second)) })),
    )
    const best = new Map<object, number>()
    const most = (pair: (typeof pairs)[number]): number => {
      const known = best.get(pair)
      if (known !== undefined) return known
      const before = pairs.filter(
        (other) =>
          other !== pair &&
          (other.second.some((state) => pair.first.includes(state)) || reaches[other.second[0]!]!.has(pair.first[0]!)),
      )
      const value = pair.factor * Math.max(1, ...before.map(most))
      best.set(pair, value)
      return value
    }
    return { factor: Math.max(1, ...pairs.map(most)), exponential: false }
  }

  #states(): { states: State[]; edges: Edge[][]; certain: boolean[] } {
    for (const list of this.#steps)
      for (const step of list) if ('set' in step) this.#ofStep.set(step, this.#parts.push(step) - 1)
    const conditions = this.#steps.flat().flatMap((step) => ('set' in step || !step.condition ? [] : [step.condition]))
    this.#sets = this.#classes([
      ...this.#parts.map(({ set }) => set),
      ...conditions.flatMap(({ before, behind }) => [before ?? [], behind ?? []]),
    ])
    this.#all = (1n << BigInt(this.#sets.length)) - 1n
    const kinds = this.#kinds(conditions)

    // One state a part and kind of the character that it consumed; one that searches on, and the beginning.
    const states: State[] = []
    const numbers = new Map<string, number>()
    const add = (part: number, mask: Mask, kind: number): void => {
      if (mask === 0n) return
      numbers.set(`${part} ${kind}`, states.push({ part, mask, kind }) - 1)
    }
    kinds.forEach((mask, kind) => {
      add(-1, mask, kind)
      this.#parts.forEach((part, i) => add(i, this.#mask(part.set) & mask, kind))
    })
    const ways = new Map<number, ReturnType<Automaton['ways']>>()
    const waysFrom = (node: number): ReturnType<Automaton['ways']> => {
      if (!ways.has(node)) ways.set(node, this.ways(node))
      return ways.get(node)!
    }
    const edges = states.map(({ part, kind }) => {
      const list = new Map<number, { mask: Mask; many: boolean }>()
      const put = (to: number | undefined, mask: Mask): void => {
        if (to === undefined || (mask & states[to]!.mask) === 0n) return
        const common = mask & states[to]!.mask
        const known = list.get(to)
        list.set(to, {
          mask: (known?.mask ?? 0n) | common,
          many: (known?.many ?? false) || ((known?.mask ?? 0n) & common) !== 0n,
        })
      }
      const { next } = waysFrom(part < 0 ? this.#start : this.#parts[part]!.to)
      kinds.forEach((_, other) => {
        if (part < 0) put(numbers.get(`-1 ${other}`), this.#all)
        for (const way of next)
          if ((kinds[kind]! & way.before) !== 0n) put(numbers.get(`${way.part} ${other}`), way.behind)
      })
      return [...list].map(([to, edge]): Edge => ({ to, ...edge }))
    })
    const certain = states.map(({ part, kind }, i) => {
      if (part < 0) return false
      const ends = waysFrom(this.#parts[part]!.to).ends.filter(({ before }) => (kinds[kind]! & ~before) === 0n)
      const outside = 1n << BigInt(this.#sets.length)
      const accepted = ends.reduce((mask, { behind }) => mask | behind, 0n)
      const own = edges[i]!.find(({ to }) => to === i)?.mask ?? 0n
      return (accepted & outside) !== 0n && (this.#all & ~accepted & ~own) === 0n
    })
    return { states, edges, certain }
  }

  /** Where the steps from a node lead without a character: to parts, and to the end. Each way counts. */
  ways(from: number): { readonly next: readonly Way[]; readonly ends: readonly Way[] } {
    const outside = 1n << BigInt(this.#sets.length)
    const every = this.#all | outside
    const next: Way[] = []
    const ends: Way[] = []
    const on = new Set<number>()
    let met = 0
    const walk = (node: number, before: Mask, behind: Mask): void => {
      if (on.has(node) || before === 0n || behind === 0n) return
      if (++met > 100_000) throw new Error('too many ways without a character')
      on.add(node)
      if (node === this.#end) ends.push({ part: -1, before, behind })
      for (const step of this.#steps[node]!) {
        if ('set' in step) next.push({ part: this.#ofStep.get(step)!, before, behind })
        else if (!step.condition) walk(step.to, before, behind)
        else {
          const { condition } = step
          const first = condition.before
            ? this.#mask(condition.before) | (condition.start ? outside : 0n)
            : condition.start
              ? every
              : this.#all
          const second = condition.behind
            ? this.#mask(condition.behind) | (condition.end ? outside : 0n)
            : condition.end
              ? every
              : this.#all
          walk(step.to, before & first, behind & second)
        }
      }
      on.delete(node)
    }
    walk(from, every, every)
    return { next, ends }
  }

  /** Characters that no part and no condition tells apart are one. */
  #classes(sets: readonly Ranges[]): Ranges[] {
    const bounds = new Set([0])
    for (const set of sets)
      for (const [from, to] of set) {
        bounds.add(from)
        bounds.add(to + 1)
      }
    const byMembers = new Map<string, [number, number][]>()
    const sorted = [...bounds].filter((at) => at <= 0x10ffff).sort((a, b) => a - b)
    sorted.forEach((from, i) => {
      const key = sets.map((set) => (contains(set, from) ? '1' : '0')).join('')
      const list = byMembers.get(key)
      const range: [number, number] = [from, (sorted[i + 1] ?? 0x110000) - 1]
      if (list) list.push(range)
      else byMembers.set(key, [range])
    })
    return [...byMembers.values()]
  }

  #masks = new Map<Ranges, Mask>()
  #mask(set: Ranges): Mask {
    let mask = this.#masks.get(set)
    if (mask === undefined) {
      mask = this.#sets.reduce((sum, ranges, i) => (contains(set, ranges[0]![0]) ? sum | (1n << BigInt(i)) : sum), 0n)
      this.#masks.set(set, mask)
    }
    return mask
  }

  /** Characters that no condition on the one before tells apart. */
  #kinds(conditions: readonly Condition[]): Mask[] {
    let kinds: Mask[] = [this.#all]
    for (const { before } of conditions) {
      if (!before) continue
      const mask = this.#mask(before)
      kinds = kinds.flatMap((kind) => [kind & mask, kind & ~mask]).filter((kind) => kind !== 0n)
    }
    return kinds
  }
}

function contains(set: Ranges, code: number): boolean {
  return set.some(([from, to]) => from <= code && code <= to)
}

/** The one character that a node is; null where it is more. */
function singleOf(node: Node): Ranges | null {
  if (node.is === 'set') return node.set
  if (node.is === 'group') return singleOf(node.of)
  if (node.is !== 'alt') return null
  const sets = node.of.map(singleOf)
  return sets.includes(null) ? null : unite(...(sets as Ranges[]))
}

/** What a look-around asks of one character, or of the edge of the text. */
function edgeOf(node: Node, behind: boolean): { readonly set: Ranges; readonly outside: boolean } | null {
  if (node.is === 'alt') {
    const all = node.of.map((one) => edgeOf(one, behind))
    if (all.includes(null)) return null
    return { set: unite(...all.map((one) => one!.set)), outside: all.some((one) => one!.outside) }
  }
  if (node.is === (behind ? 'start' : 'end')) return { set: [], outside: true }
  if (node.is === (behind ? 'lineStart' : 'lineEnd')) return { set: lineEnds, outside: true }
  const set = singleOf(node)
  return set && { set, outside: false }
}

function canBeEmpty(node: Node): boolean {
  switch (node.is) {
    case 'set':
      return false
    case 'seq':
      return node.of.every(canBeEmpty)
    case 'alt':
      return node.of.some(canBeEmpty)
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.of)
    case 'group':
      return canBeEmpty(node.of)
    default:
      return true
  }
}

/** How many sets stand in a node. */
function sizeOf(node: Node): number {
  if (node.is === 'set') return 1
  if (node.is === 'seq' || node.is === 'alt') return node.of.reduce((sum, one) => sum + sizeOf(one), 0)
  if (node.is === 'repeat' && node.max > WRITTEN_OUT.characters) return sizeOf(node.of) * 2
  return 'of' in node ? sizeOf(node.of as Node) * (node.is === 'repeat' ? node.max : 1) : 0
}

/** How many characters a node takes at most. */
function lengthOf(node: Node): number {
  switch (node.is) {
    case 'set':
      return 1
    case 'seq':
      return node.of.reduce((sum, one) => sum + lengthOf(one), 0)
    case 'alt':
      return Math.max(0, ...node.of.map(lengthOf))
    case 'repeat':
      return node.max === 0 ? 0 : lengthOf(node.of) === 0 ? 0 : node.max * lengthOf(node.of)
    case 'group':
      return lengthOf(node.of)
    case 'reference':
      return Infinity
    default:
      return 0
  }
}

// ---------------------------------------------------------------- graphs

/** Strongly connected components (R. Tarjan), without recursion. */
function componentsOf(next: readonly (readonly number[])[]): number[][] {
  const index = new Int32Array(next.length).fill(-1)
  const low = new Int32Array(next.length)
  const on = new Uint8Array(next.length)
  const stack: number[] = []
  const components: number[][] = []
  let count = 0
  for (let root = 0; root < next.length; root++) {
    if (index[root]! >= 0) continue
    const work: [node: number, child: number][] = [[root, 0]]
    while (work.length > 0) {
      const top = work.at(-1)!
      const [node, child] = top
      if (child === 0) {
        index[node] = low[node] = count++
        stack.push(node)
        on[node] = 1
      }
      const to = next[node]![child]
      if (to !== undefined) {
        top[1]++
        if (index[to]! < 0) work.push([to, 0])
        else if (on[to]) low[node] = Math.min(low[node]!, index[to]!)
        continue
      }
      work.pop()
      const above = work.at(-1)
      if (above) low[above[0]] = Math.min(low[above[0]]!, low[node]!)
      if (low[node] !== index[node]) continue
      const component = stack.splice(stack.indexOf(node))
      for (const one of component) on[one] = 0
      components.push(component)
    }
  }
  return components
}

function reachable(edges: readonly (readonly Edge[])[]): Set<number>[] {
  return edges.map((_, from) => {
    const met = new Set<number>()
    const work = [from]
    for (let node = work.pop(); node !== undefined; node = work.pop())
      for (const { to } of edges[node]!)
        if (!met.has(to)) {
          met.add(to)
          work.push(to)
        }
    return met
  })
}

/** Does one text lead two ways from a state of the loop to itself? */
function isAmbiguous(loop: readonly number[], edges: readonly (readonly Edge[])[]): boolean {
  const within = new Set(loop)
  const own = new Map(loop.map((state) => [state, edges[state]!.filter(({ to }) => within.has(to))]))
  if ([...own.values()].some((list) => list.some(({ many }) => many))) return true
  const product = new Product()
  for (let at = 0; at < loop.length; at++) product.number([loop[at]!, loop[at]!])
  product.walk(([x, y]) => {
    const to: number[][] = []
    for (const a of own.get(x!)!) for (const b of own.get(y!)!) if ((a.mask & b.mask) !== 0n) to.push([a.to, b.to])
    return to
  })
  return product
    .components()
    .some((component) => component.some(([x, y]) => x === y) && component.some(([x, y]) => x !== y))
}

/** Does one text lead from a state of the first loop to itself, from it to one of the second, and from that to itself? */
function isPair(
  first: readonly number[],
  second: readonly number[],
  edges: readonly (readonly Edge[])[],
  reaches: readonly ReadonlySet<number>[],
): boolean {
  const [inFirst, inSecond] = [new Set(first), new Set(second)]
  const between = new Set(
    edges.flatMap((_, state) =>
      reaches[first[0]!]!.has(state) && (inSecond.has(state) || reaches[state]!.has(second[0]!)) ? [state] : [],
    ),
  )
  const product = new Product()
  for (const p of first) for (const q of second) product.number([p, p, q])
  product.walk(([x, y, z]) => {
    const to: number[][] = []
    for (const a of edges[x!]!) {
      if (!inFirst.has(a.to)) continue
      for (const b of edges[z!]!) {
        const common = a.mask & b.mask
        if (common === 0n || !inSecond.has(b.to)) continue
        for (const c of edges[y!]!) if ((common & c.mask) !== 0n && between.has(c.to)) to.push([a.to, c.to, b.to])
      }
    }
    // What has come to the second loop may begin again.
    if (y === z) to.push([x!, x!, z!])
    return to
  })
  return product
    .components()
    .some((component) =>
      component.some(([x, y, z]) => y === z && component.some(([a, b, c]) => a === b && a === x && c === z)),
    )
}

class Product {
  readonly #numbers = new Map<string, number>()
  readonly #nodes: (readonly number[])[] = []
  #next: number[][] = []

  number(node: readonly number[]): number {
    const key = node.join(' ')
    let number = this.#numbers.get(key)
    if (number === undefined) this.#numbers.set(key, (number = this.#nodes.push(node) - 1))
    if (number > MOST) throw new Error('too many states')
    return number
  }

  walk(next: (node: readonly number[]) => readonly (readonly number[])[]): void {
    for (let at = 0; at < this.#nodes.length; at++)
      this.#next[at] = [...new Set(next(this.#nodes[at]!).map((to) => this.number(to)))]
  }

  components(): (readonly (readonly number[])[])[] {
    return componentsOf(this.#next).map((component) => component.map((number) => this.#nodes[number]!))
  }
}
