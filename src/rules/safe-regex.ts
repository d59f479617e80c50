// Regular expressions of rules, made safe to ask of hostile text.
//
// A pattern is read into a tree first (the PCRE subset that rules use, https://www.pcre.org/current/doc/html/pcre2pattern.html).
// From the tree follows which engine may have it:
//   V8     when the work from one starting point has a small fixed bound, so that the whole search is linear;
//   re2js  for all else that an automaton can do: linear by construction, look-behind included;
//   V8     for look-ahead and back-references, only when no nested repetition exists and the cost grows as the text does.
// Everything else is refused with the reason.
import { createRequire } from 'node:module'
import { digits, spaces, TOP, words } from './regex-classes.ts'
import type * as Re2 from 're2js'

/** What was found out about a pattern that may be asked of any text: plain data, from which it is made again at once. */
export type Verdict = {
  readonly engine: 'v8' | 're2'
  /** The pattern as this engine is given it. */
  readonly source: string
  readonly flags: string
  /** Only so many characters of a text are looked at. */
  readonly limit: number
  /** Texts (folded, ASCII), one of which stands in what matches, for a cheap test beforehand; empty when none are known. */
  readonly literals: readonly string[]
  /** Lists of such texts: what matches holds one of each, behind one another. */
  readonly inOrder: readonly (readonly string[])[]
}
/** A pattern that may be asked of any text: whether it matches anywhere in it. */
export type SafeRegex = Verdict & { test(text: string): boolean }
export type RegexFlags = { readonly i?: boolean; readonly m?: boolean; readonly s?: boolean }

type Texts = Pick<Verdict, 'literals' | 'inOrder'>

/** Could a text match, by what every match holds? It is told much sooner than whether it does. */
export function mayMatch({ inOrder }: Pick<Verdict, 'inOrder'>, folded: string): boolean {
  let from = 0
  for (const texts of inOrder) {
    let next = Infinity
    for (const text of texts) {
      const at = folded.indexOf(text, from)
      if (at >= 0 && at + text.length < next) next = at + text.length
    }
    if (next === Infinity) return false
    from = next
  }
  return true
}

/** What cannot be accepted, and why. `syntax`: no engine would take it. */
export type RefusedRegex = { readonly refused: string; readonly syntax: boolean }

/** Longest text that a regular expression looks at. */
export const regexLimit = 64 * 1024
/** Steps from one starting point that a backtracking engine may take. */
const STEPS = 2_000
const PATTERN_LIMIT = 16 * 1024
const PROGRAM_LIMIT = 20_000
const DEPTH = 100

/** Asks patterns of which a verdict is known without judging them, and keeps the verdicts on all others. */
export class RegexGuard {
  readonly #known: ReadonlyMap<string, Verdict>
  readonly found = new Map<string, Verdict>()

  constructor(known: ReadonlyMap<string, Verdict> = new Map()) {
    this.#known = known
  }

  regex(pattern: string, flags: RegexFlags = {}): SafeRegex | RefusedRegex {
    const key = `${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}${flags.s ? 's' : ''}/${pattern}`
    const known = this.#known.get(key) ?? this.found.get(key)
    const verdict = known ?? judge(pattern, flags)
    if ('refused' in verdict) return verdict
    if (!known) this.found.set(key, verdict)
    return regexOf(verdict)
  }
}

/** Compiles a pattern if it is safe. */
export function guardRegex(pattern: string, flags: RegexFlags = {}): SafeRegex | RefusedRegex {
  return new RegexGuard().regex(pattern, flags)
}

function regexOf(verdict: Verdict): SafeRegex {
  const { engine, source, flags, limit } = verdict
  // Most rules are asked of no event: an automaton is built for the first text.
  let regex: { test(text: string): boolean } | null = null
  return {
    ...verdict,
    test(text) {
      regex ??= engine === 'v8' ? new RegExp(source, flags) : automaton(source)
      return regex.test(text.length > limit ? text.slice(0, limit) : text)
    },
  }
}

/** How a pattern may be asked, or why it may not. */
function judge(pattern: string, flags: RegexFlags): Verdict | RefusedRegex {
  if (pattern.length > PATTERN_LIMIT)
    return { refused: `a regular expression of ${pattern.length} characters`, syntax: false }
  let tree: Node
  try {
    tree = new Reader(pattern, flags).read()
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message, syntax: error.syntax }
    throw error
  }
  const refers = contains(tree, isRef)
  const asked = refers ? tree : shorten(tree)
  const held = { literals: literalsOf(heldBy(asked)), inOrder: inTurn(asked) }
  if (stepsOf(asked).steps <= STEPS) return inV8(asked, held, regexLimit)
  if (!refers && !contains(tree, (n) => n.is === 'look' && !n.behind)) return inRe2(asked, held)
  return backtracking(asked, held)
}

// ---------------------------------------------------------------- tree

type Range = readonly [from: number, to: number]
type Place = 'start' | 'end' | 'last' | 'lineStart' | 'lineEnd' | 'word' | 'notWord'
type Node =
  | { readonly is: 'char'; readonly code: number; readonly fold: boolean }
  | { readonly is: 'set'; readonly ranges: readonly Range[] }
  | { readonly is: 'seq'; readonly of: readonly Node[] }
  | { readonly is: 'alt'; readonly of: readonly Node[] }
  | { readonly is: 'rep'; readonly of: Node; readonly min: number; readonly max: number; readonly lazy: boolean }
  | { readonly is: 'group'; readonly of: Node; readonly capture: boolean }
  | { readonly is: 'look'; readonly behind: boolean; readonly not: boolean; readonly of: Node }
  | { readonly is: 'ref'; readonly group: number }
  | { readonly is: 'at'; readonly place: Place }

class Refusal extends Error {
  readonly syntax: boolean
  constructor(message: string, syntax: boolean) {
    super(message)
    this.syntax = syntax
  }
}
const bad = (message: string): Refusal => new Refusal(message, true)
const unsupported = (message: string): Refusal => new Refusal(message, false)

const blanks: Range[] = [
  [9, 9],
  [32, 32],
  [0xa0, 0xa0],
]
const posix: Readonly<Record<string, readonly Range[]>> = {
  alpha: [
    [65, 90],
    [97, 122],
  ],
  digit: digits,
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  upper: [[65, 90]],
  lower: [[97, 122]],
  space: [
    [9, 13],
    [32, 32],
  ],
  blank: [
    [9, 9],
    [32, 32],
  ],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
  word: words,
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  print: [[32, 126]],
  graph: [[33, 126]],
}
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7, e: 27, 0: 0 }

// ---------------------------------------------------------------- reading

type Flags = { i: boolean; m: boolean; s: boolean }

class Reader {
  readonly #text: readonly string[]
  #at = 0
  #flags: Flags
  #groups = 0
  #depth = 0
  #lookBehind = 0
  /** Is there a group inside a look-behind? */
  #isHidden = false
  readonly #names = new Map<string, number>()
  readonly #refs: number[] = []

  constructor(pattern: string, flags: RegexFlags) {
    this.#text = [...pattern]
    this.#flags = { i: flags.i ?? false, m: flags.m ?? false, s: flags.s ?? false }
  }

  read(): Node {
    const node = this.#alternatives()
    if (this.#at < this.#text.length) throw bad(`a ")" without "(" at character ${this.#at + 1}`)
    for (const ref of this.#refs) if (ref > this.#groups) throw bad(`\\${ref} refers to a group that does not exist`)
    // Such groups are written without a number, so that others would have another one than here.
    if (this.#isHidden && contains(node, isRef))
      throw unsupported('a reference together with a group inside a look-behind')
    return node
  }

  #alternatives(): Node {
    if (++this.#depth > DEPTH) throw unsupported(`groups nested more than ${DEPTH} deep`)
    // Flags set inside a group end with it.
    const outer = { ...this.#flags }
    const branches: Node[] = [this.#sequence()]
    while (this.#peek() === '|') {
      this.#at++
      branches.push(this.#sequence())
    }
    this.#flags = outer
    this.#depth--
    return branches.length === 1 ? branches[0]! : { is: 'alt', of: branches }
  }

  #sequence(): Node {
    const parts: Node[] = []
    for (;;) {
      const c = this.#peek()
      if (c === undefined || c === '|' || c === ')') break
      const node = this.#atom()
      if (node) parts.push(...this.#repeated(node))
    }
    return parts.length === 1 ? parts[0]! : { is: 'seq', of: parts }
  }

  /** One atom; several for a quoted run; null for what only sets flags or is a comment. */
  #atom(): Node | null {
    const c = this.#next()
    switch (c) {
      case '.':
        return { is: 'set', ranges: this.#flags.s ? [[0, TOP]] : negate([[10, 10]]) }
      case '^':
        return { is: 'at', place: this.#flags.m ? 'lineStart' : 'start' }
      case '$':
        return { is: 'at', place: this.#flags.m ? 'lineEnd' : 'end' }
      case '[':
        return this.#set()
      case '(':
        return this.#group()
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw bad(`"${c}" at character ${this.#at} repeats nothing`)
      default:
        return this.#char(c.codePointAt(0)!)
    }
  }

  #repeated(node: Node): Node[] {
    let result = node
    for (let times = 0; ; times++) {
      const bounds = this.#bounds()
      if (!bounds) return [result]
      if (times > 0) throw bad(`a second quantifier at character ${this.#at}`)
      if (result.is === 'at' || result.is === 'look') throw unsupported('a quantifier on an anchor or a look-around')
      const [min, max] = bounds
      const lazy = this.#peek() === '?'
      if (lazy) this.#at++
      if (this.#peek() === '+') throw unsupported('possessive quantifiers')
      result = { is: 'rep', of: result, min, max, lazy }
    }
  }

  #bounds(): Range | null {
    const c = this.#peek()
    if (c === '*' || c === '+' || c === '?') {
      this.#at++
      return c === '*' ? [0, Infinity] : c === '+' ? [1, Infinity] : [0, 1]
    }
    if (c !== '{') return null
    const found = /^\{(\d{1,6})(,?)(\d{0,6})\}/.exec(this.#text.slice(this.#at, this.#at + 20).join(''))
    // A brace that opens no quantifier is an ordinary character.
    if (!found || (!found[2] && found[3])) return null
    this.#at += found[0].length
    const min = Number(found[1])
    const max = !found[2] ? min : found[3] ? Number(found[3]) : Infinity
    if (max < min) throw bad(`the quantifier ${found[0]} ends before it begins`)
    return [min, max]
  }

  #group(): Node | null {
    if (this.#peek() !== '?') {
      if (this.#peek() === '*') throw unsupported('verbs such as (*SKIP)')
      return this.#capture()
    }
    this.#at++
    const c = this.#next()
    if (c === '#') {
      while (this.#next() !== ')');
      return null
    }
    if (c === ':') return this.#close({ capture: false })
    if (c === '=' || c === '!') return this.#look(false, c === '!')
    if (c === '<' && (this.#peek() === '=' || this.#peek() === '!')) return this.#look(true, this.#next() === '!')
    if (c === '<' || c === "'") return this.#named(c === '<' ? '>' : "'")
    if (c === 'P' && this.#peek() === '<') {
      this.#at++
      return this.#named('>')
    }
    if (c === '>') throw unsupported('atomic groups')
    if (/[imsxnUJa-]/.test(c)) return this.#inlineFlags(c)
    throw unsupported(`groups that begin with "(?${c}"`)
  }

  #capture(name?: string): Node {
    // Captures inside a look-behind serve nothing here.
    const group = ++this.#groups
    if (this.#lookBehind > 0) this.#isHidden = true
    if (name !== undefined) this.#names.set(name, group)
    return this.#close({ capture: true })
  }

  #named(end: string): Node {
    let name = ''
    for (let c = this.#next(); c !== end; c = this.#next()) name += c
    if (!/^\w{1,64}$/.test(name)) throw bad('a group name that is not a word')
    return this.#capture(name)
  }

  #look(behind: boolean, not: boolean): Node {
    if (behind) this.#lookBehind++
    const { of } = this.#close({ capture: false })
    if (behind) this.#lookBehind--
    return { is: 'look', behind, not, of }
  }

  #close(kind: { capture: boolean }): Node & { is: 'group' } {
    const of = this.#alternatives()
    if (this.#peek() !== ')') throw bad('a "(" without ")"')
    this.#at++
    return { is: 'group', of, capture: kind.capture && this.#lookBehind === 0 }
  }

  #inlineFlags(first: string): Node | null {
    const outer = { ...this.#flags }
    const flags = { ...outer }
    let on = true
    for (let c = first; ; c = this.#next()) {
      if (c === '-') on = false
      else if (c === 'i' || c === 'm' || c === 's') flags[c] = on
      else if (c === ':' || c === ')') {
        this.#flags = flags
        if (c === ')') return null
        const group = this.#close({ capture: false })
        this.#flags = outer
        return group
      } else throw unsupported(`the inline flag "${c}"`)
    }
  }

  #escape(): Node | null {
    const c = this.#next()
    const set = classOf(c)
    if (set) return { is: 'set', ranges: set }
    switch (c) {
      case 'b':
        return { is: 'at', place: 'word' }
      case 'B':
        return { is: 'at', place: 'notWord' }
      case 'A':
        return { is: 'at', place: 'start' }
      case 'z':
        return { is: 'at', place: 'last' }
      case 'Z':
        return { is: 'at', place: 'end' }
      case 'Q':
        return this.#quoted()
      case 'E':
        return null
      case 'k':
        return this.#namedRef()
    }
    if (/[1-9]/.test(c)) {
      let number = c
      while (/^[0-9]$/.test(this.#peek() ?? '') && number.length < 3) number += this.#next()
      this.#refs.push(Number(number))
      return { is: 'ref', group: Number(number) }
    }
    return this.#char(this.#code(c))
  }

  #namedRef(): Node {
    const ends: Readonly<Record<string, string>> = { '<': '>', '{': '}', "'": "'" }
    const end = ends[this.#next()]
    if (!end) throw bad('\\k without a group name')
    let name = ''
    for (let c = this.#next(); c !== end; c = this.#next()) name += c
    const group = this.#names.get(name)
    if (!group) throw bad(`\\k refers to a group "${name.slice(0, 40)}" that does not exist`)
    return { is: 'ref', group }
  }

  #quoted(): Node {
    const of: Node[] = []
    while (this.#at < this.#text.length) {
      const c = this.#next()
      if (c === '\\' && this.#peek() === 'E') {
        this.#at++
        break
      }
      of.push(this.#char(c.codePointAt(0)!))
    }
    return { is: 'seq', of }
  }

  /** The character that an escape other than a class stands for. */
  #code(c: string): number {
    if (Object.hasOwn(controls, c)) return controls[c]!
    if (c === 'x') return this.#hex()
    if (c === 'u') return this.#hexOf(4)
    if (c === 'c') return this.#next().toUpperCase().charCodeAt(0) ^ 64
    if (/[A-Za-z0-9]/.test(c)) throw unsupported(`the escape \\${c}`)
    return c.codePointAt(0)!
  }

  #hex(): number {
    if (this.#peek() !== '{') return this.#hexOf(2)
    this.#at++
    let text = ''
    for (let c = this.#next(); c !== '}'; c = this.#next()) text += c
    const code = /^[0-9a-f]{1,6}$/i.test(text) ? Number.parseInt(text, 16) : NaN
    if (!(code <= TOP)) throw bad('\\x{…} that is no character')
    return code
  }

  #hexOf(length: number): number {
    let text = ''
    while (text.length < length) text += this.#next()
    if (!/^[0-9a-f]+$/i.test(text)) throw bad(`\\x or \\u followed by "${text}"`)
    return Number.parseInt(text, 16)
  }

  #set(): Node {
    const ranges: Range[] = []
    const not = this.#peek() === '^'
    if (not) this.#at++
    for (let first = true; ; first = false) {
      if (this.#at >= this.#text.length) throw bad('a "[" without "]"')
      if (this.#peek() === ']' && !first) break
      const low = this.#member(ranges)
      if (low === null) continue
      if (this.#peek() === '-' && this.#text[this.#at + 1] !== ']' && this.#text[this.#at + 1] !== undefined) {
        this.#at++
        const more: Range[] = []
        const high = this.#member(more)
        // `a-\d`: no range, the three stand for themselves.
        if (high === null) ranges.push([low, low], [45, 45], ...more)
        else if (high < low) throw bad('a range in [] that ends before it begins')
        else ranges.push([low, high])
      } else ranges.push([low, low])
    }
    this.#at++
    const all = this.#flags.i ? ranges.flatMap(withCase) : ranges
    return { is: 'set', ranges: not ? negate(all) : merge(all) }
  }

  /** One member of a set: a character, or null when it added a class. */
  #member(ranges: Range[]): number | null {
    const c = this.#next()
    if (c === '[' && this.#peek() === ':') {
      const found = /^:(\^?)([a-z]+):\]/.exec(this.#text.slice(this.#at, this.#at + 12).join(''))
      const known = found ? posix[found[2]!] : undefined
      if (found && known) {
        this.#at += found[0].length
        ranges.push(...(found[1] ? negate(known) : known))
        return null
      }
    }
    if (c !== '\\') return c.codePointAt(0)!
    const escaped = this.#next()
    const set = classOf(escaped)
    if (set) {
      ranges.push(...set)
      return null
    }
    return escaped === 'b' ? 8 : this.#code(escaped)
  }

  #char(code: number): Node {
    return { is: 'char', code, fold: this.#flags.i && casesOf(code).length > 1 }
  }

  #peek(): string | undefined {
    return this.#text[this.#at]
  }

  #next(): string {
    const c = this.#text[this.#at++]
    if (c === undefined) throw bad('it ends too early')
    return c
  }
}

function classOf(c: string): readonly Range[] | null {
  switch (c) {
    case 'd':
      return digits
    case 'D':
      return negate(digits)
    case 'w':
      return words
    case 'W':
      return negate(words)
    case 's':
      return spaces
    case 'S':
      return negate(spaces)
    case 'h':
      return blanks
    case 'H':
      return negate(blanks)
    case 'N':
      return negate([[10, 10]])
    default:
      return null
  }
}

function merge(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = merged.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

function negate(ranges: readonly Range[]): Range[] {
  const result: Range[] = []
  let next = 0
  for (const [from, to] of merge(ranges)) {
    if (from > next) result.push([next, from - 1])
    next = to + 1
  }
  if (next <= TOP) result.push([next, TOP])
  return result
}

/** A range with the other case of each of its letters; of the large ones (Han, …) only the letters below U+2000. */
function withCase(range: Range): Range[] {
  const result: Range[] = [range]
  for (let code = range[0]; code <= Math.min(range[1], 0x2000); code++) {
    for (const other of casesOf(code)) if (other !== code) result.push([other, other])
  }
  return result
}

function casesOf(code: number): number[] {
  const c = String.fromCodePoint(code)
  const cases = new Set([code])
  for (const other of [c.toLowerCase(), c.toUpperCase()]) {
    if ([...other].length === 1) cases.add(other.codePointAt(0)!)
  }
  return [...cases]
}

// ---------------------------------------------------------------- analysis

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  if (node.is === 'seq' || node.is === 'alt') for (const child of node.of) walk(child, visit)
  else if ('of' in node) walk(node.of as Node, visit)
}

/**
 * The same yes or no with less work: where a search may begin or end anywhere, a repetition at that edge need only be
 * there its least number of times (`\w+x` finds what `\wx` finds).
 */
function shorten(node: Node): Node {
  return edge(edge(node, 'first'), 'last')
}

function edge(node: Node, side: 'first' | 'last'): Node {
  switch (node.is) {
    case 'rep':
      return node.max === node.min ? node : { ...node, max: node.min }
    case 'group':
      return { ...node, of: edge(node.of, side) }
    case 'alt':
      return { is: 'alt', of: node.of.map((branch) => edge(branch, side)) }
    case 'seq': {
      let { of } = node
      for (;;) {
        const at = side === 'first' ? 0 : of.length - 1
        const part = of[at]
        if (!part) return { is: 'seq', of }
        const shorter = edge(part, side)
        const isGone = shorter.is === 'rep' && shorter.max === 0
        if (!isGone) return { is: 'seq', of: of.with(at, shorter) }
        of = side === 'first' ? of.slice(1) : of.slice(0, -1)
      }
    }
    default:
      return node
  }
}

type Steps = { readonly steps: number; readonly paths: number }

/**
 * The most steps that backtracking takes from one starting point, and in how many ways the node can match there.
 * `unbounded`: how often a loop without end is taken to go round beyond its least number.
 */
function stepsOf(node: Node, unbounded = Infinity): Steps {
  switch (node.is) {
    case 'char':
    case 'set':
    case 'at':
      return { steps: 1, paths: 1 }
    case 'ref':
      // What a group held is compared again.
      return { steps: 64, paths: 1 }
    case 'group':
      return stepsOf(node.of, unbounded)
    case 'look':
      return { steps: stepsOf(node.of, unbounded).steps + 1, paths: 1 }
    case 'alt': {
      let [steps, paths] = [0, 0]
      for (const child of node.of) {
        const each = stepsOf(child, unbounded)
        steps += each.steps
        paths += each.paths
      }
      return { steps, paths }
    }
    case 'seq': {
      let [steps, paths] = [1, 1]
      for (const child of node.of) {
        const each = stepsOf(child, unbounded)
        steps += paths * each.steps
        paths *= each.paths
      }
      return { steps, paths }
    }
    case 'rep': {
      const each = stepsOf(node.of, unbounded)
      const max = node.max === Infinity ? node.min + unbounded : node.max
      if (max === Infinity) return { steps: Infinity, paths: Infinity }
      let [steps, paths, power] = [1, 0, 1]
      for (let k = 0; k <= max && steps < 1e9; k++) {
        if (k >= node.min) paths += power
        if (k < max) steps += power * each.steps
        power *= each.paths
      }
      return steps < 1e9 ? { steps, paths } : { steps: Infinity, paths: Infinity }
    }
  }
}

/** Patterns that only a backtracking engine can do: accepted when their cost grows no faster than the text. */
function backtracking(node: Node, held: Texts): Verdict | RefusedRegex {
  const isLoop = (n: Node): boolean => n.is === 'rep' && n.max === Infinity
  let degree = (beginsAtStart(node) ? 0 : 1) + degreeOf(node)
  let nested = false
  let longGroup = false
  walk(node, (n) => {
    if (n.is === 'rep' && n.max === Infinity && stepsOf(n.of).paths > 1) nested = true
    if (n.is === 'rep' && n.max > 1 && contains(n.of, isLoop)) nested = true
    if (n.is === 'group' && n.capture && contains(n.of, isLoop)) longGroup = true
  })
  // What a group held may be long, and is compared again at each place.
  if (longGroup && contains(node, isRef)) degree++
  if (nested || degree > 1 || stepsOf(node, 1).steps > STEPS) {
    return { refused: 'look-ahead or back-reference together with repetitions that can take very long', syntax: false }
  }
  return inV8(node, held, regexLimit)
}

/** By which power of the text the work grows from one place on. */
function degreeOf(node: Node): number {
  switch (node.is) {
    case 'seq': {
      // What is looked for ahead is left behind when it is found or not: its loops multiply only what was before it.
      let [passed, most] = [0, 0]
      for (const child of node.of) {
        most = Math.max(most, passed + degreeOf(child))
        if (child.is !== 'look') passed += degreeOf(child)
      }
      return most
    }
    case 'alt':
      return node.of.reduce((most, one) => Math.max(most, degreeOf(one)), 0)
    case 'rep':
      // A loop of one thing at a time cannot be split in two ways; a longer body may overlap with itself.
      return degreeOf(node.of) + (node.max < Infinity ? 0 : isPlain(node.of) ? 1 : 2)
    case 'group':
    case 'look':
      return degreeOf(node.of)
    default:
      return 0
  }
}

function isPlain({ is }: Node): boolean {
  return is === 'char' || is === 'set' || is === 'ref'
}

function contains(node: Node, wanted: (node: Node) => boolean): boolean {
  let found = false
  walk(node, (n) => {
    found ||= wanted(n)
  })
  return found
}

function isRef(node: Node): boolean {
  return node.is === 'ref'
}

function beginsAtStart(node: Node): boolean {
  if (node.is === 'at') return node.place === 'start'
  if (node.is === 'group') return beginsAtStart(node.of)
  if (node.is === 'alt') return node.of.every(beginsAtStart)
  return node.is === 'seq' && node.of[0] !== undefined && beginsAtStart(node.of[0])
}

/**
 * How many texts may stand for one another, and how many that are only how something begins, where they are looked for one by
 * one; how long each is at least and at most, and characters of a set that are told apart. Behind so many parts that are not
 * known exactly nothing begins anew.
 */
const TEXTS = { most: 64, begins: 16, least: 2, longest: 64, characters: 8, anew: 100 }

/** A text (folded) that a match begins with. `isWhole`: there is no more of it. */
type Begin = { readonly text: string; readonly isWhole: boolean }
/** What a part of a pattern is known to match: something that begins with one of these, and that holds one of the others. */
type Held = { readonly begins: readonly Begin[]; readonly oneOf: readonly string[] }

const ANYTHING: readonly Begin[] = [{ text: '', isWhole: false }]
const EMPTY: readonly Begin[] = [{ text: '', isWhole: true }]

/** Texts of ASCII characters in lower case, one of which every match holds; empty when none are known. */
function literalsOf({ begins, oneOf }: Held): readonly string[] {
  const texts = better(textsOf(begins), oneOf)
  // What holds another of them need not be looked for.
  return texts.filter((text) => !texts.some((other) => other !== text && text.includes(other)))
}

/** Every list of texts of which one stands in what matches, in the order in which they stand there, none over another. */
function inTurn(node: Node): readonly (readonly string[])[] {
  if (node.is === 'group') return inTurn(node.of)
  const lists: (readonly string[])[] = []
  const parts = node.is === 'seq' ? node.of : [node]
  const held = parts.map(heldBy)
  // A part of which more is known than how it begins is looked for by itself.
  const isOwn = ({ begins, oneOf }: Held): boolean =>
    !isExact(begins) && (oneOf.length > 0 || shortest(textsOf(begins)) === 0)
  for (let at = 0; at < parts.length; ) {
    const run = runFrom(held, at, TEXTS.begins, isOwn)
    // One character is enough here: it is looked for behind others.
    if (shortest(textsOf(run.begins)) > 0) lists.push(textsOf(run.begins))
    at = run.to
    const part = parts[at]
    // What is known exactly begins the next run; told twice, it would have to stand there twice.
    if (part === undefined || !isOwn(held[at]!)) continue
    if (held[at]!.oneOf.length > 0) lists.push(held[at]!.oneOf)
    else if (part.is === 'rep' && part.min > 0) lists.push(...inTurn(part.of))
    at++
  }
  return lists
}

function heldBy(node: Node): Held {
  switch (node.is) {
    case 'char':
      return { begins: asciiOf([[node.code, node.code]]), oneOf: [] }
    case 'set':
      return { begins: asciiOf(node.ranges), oneOf: [] }
    case 'at':
      return { begins: EMPTY, oneOf: [] }
    case 'group':
      return heldBy(node.of)
    case 'seq':
      return heldInTurn(node.of.map(heldBy))
    case 'alt': {
      const parts = node.of.map(heldBy)
      const begins = distinct(parts.flatMap((part) => part.begins))
      const each = parts.map(literalsOf)
      const all = each.flat()
      return {
        begins: begins.length <= TEXTS.most ? begins : ANYTHING,
        oneOf: each.every((texts) => texts.length > 0) && all.length <= TEXTS.most ? all : [],
      }
    }
    case 'rep': {
      if (node.min === 1 && node.max === 1) return heldBy(node.of)
      const held = heldBy(node.of)
      const { begins } = held
      if (node.min > 0) return { begins: withMore(begins), oneOf: literalsOf(held) }
      return { begins: node.max === 1 ? distinct([...EMPTY, ...begins]) : ANYTHING, oneOf: [] }
    }
    default:
      return { begins: ANYTHING, oneOf: [] }
  }
}

/** The characters of a small set, folded; anything for a large one, or where one is no ASCII. */
function asciiOf(ranges: readonly (readonly [number, number])[]): readonly Begin[] {
  const count = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0)
  if (count > TEXTS.characters || ranges.some(([, to]) => to >= 128)) return ANYTHING
  const codes = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
  return distinct(codes.map((code) => ({ text: String.fromCharCode(code).toLowerCase(), isWhole: true })))
}

function distinct(begins: readonly Begin[]): readonly Begin[] {
  return [...new Map(begins.map((begin) => [`${begin.isWhole}${begin.text}`, begin])).values()]
}

/** The same where something follows. */
function withMore(begins: readonly Begin[]): readonly Begin[] {
  return distinct(begins.map(({ text }) => ({ text, isWhole: false })))
}

function isExact(begins: readonly Begin[]): boolean {
  return begins.every(({ isWhole }) => isWhole)
}

function textsOf(begins: readonly Begin[]): readonly string[] {
  return [...new Set(begins.map(({ text }) => text))]
}

/** Texts that follow each other are one; of all that are found the best is taken. */
function heldInTurn(parts: readonly Held[]): Held {
  let first: Run | null = null
  let best: readonly string[] = []
  for (let [at, times] = [0, 0]; at < parts.length && times < TEXTS.anew; times++) {
    const run = runFrom(parts, at, TEXTS.most)
    first ??= run
    best = better(best, textsOf(run.begins))
    // Behind what is not known exactly others begin.
    const odd = parts.findIndex(({ begins }, i) => i >= at && !isExact(begins))
    if (odd < 0 || odd >= run.to) at = run.to
    else {
      best = better(best, parts[odd]!.oneOf)
      at = odd + 1
    }
  }
  const { begins, to } = first ?? { begins: EMPTY, to: 0 }
  if (to < parts.length) return { begins: withMore(begins), oneOf: best }
  return { begins, oneOf: isExact(begins) ? [] : best }
}

type Run = { readonly begins: readonly Begin[]; readonly to: number }

/**
 * What stands where the parts from one on begin, at least one part: as far as one is known to be followed by the next, and there
 * are no more than so many texts. `to`: the first part that has nothing of it.
 */
function runFrom(
  parts: readonly Held[],
  from: number,
  most: number,
  isStop: (part: Held) => boolean = () => false,
): Run {
  let run = EMPTY
  let to = from
  for (; to < parts.length && !isStop(parts[to]!) && run.some(({ isWhole }) => isWhole); to++) {
    const { begins } = parts[to]!
    const more = run.flatMap((one) => (one.isWhole ? begins.map((begin) => joined(one, begin)) : [one]))
    // A long text that grows by one character is compared with no other.
    const longer = begins.length === 1 ? more : distinct(more)
    if (longer.length > (isExact(longer) ? TEXTS.most : most) && to > from) break
    run = longer
  }
  return { begins: run, to }
}

function joined({ text }: Begin, next: Begin): Begin {
  const both = text + next.text
  return both.length <= TEXTS.longest
    ? { text: both, isWhole: next.isWhole }
    : { text: both.slice(0, TEXTS.longest), isWhole: false }
}

/** The texts of which fewer other texts hold one: those whose shortest is longer, then the fewer. */
function better(a: readonly string[], b: readonly string[]): readonly string[] {
  const [x, y] = [shortest(a), shortest(b)]
  if (Math.max(x, y) < TEXTS.least) return []
  return x > y || (x === y && a.length <= b.length) ? a : b
}

function shortest(texts: readonly string[]): number {
  return texts.length === 0 ? 0 : texts.reduce((least, text) => Math.min(least, text.length), Infinity)
}

// ---------------------------------------------------------------- engines

function inV8(node: Node, held: Texts, limit: number): Verdict | RefusedRegex {
  let astral = false
  walk(node, (n) => {
    if (n.is === 'char' && n.code > 0xffff) astral = true
    if (n.is === 'set' && n.ranges.some(([from, to]) => from > 0xffff || (to > 0xffff && to !== TOP))) astral = true
  })
  const flags = astral ? 'u' : ''
  try {
    const { source } = new RegExp(write(node, astral ? v8Unicode : v8), flags)
    return { engine: 'v8', source, flags, limit, ...held }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { refused: error.message, syntax: false }
  }
}

function inRe2(node: Node, held: Texts): Verdict | RefusedRegex {
  try {
    const source = write(node, re2)
    if (automaton(source).programSize() > PROGRAM_LIMIT)
      return { refused: 'a regular expression that needs too many states', syntax: false }
    return { engine: 're2', source, flags: '', limit: regexLimit, ...held }
  } catch (error) {
    return {
      refused: `not possible in linear time: ${error instanceof Error ? error.message : 'refused'}`,
      syntax: false,
    }
  }
}

/** The package is loaded when the first pattern needs it. */
function automaton(source: string): Re2.RE2JS {
  const { RE2JS } = createRequire(import.meta.url)('re2js') as typeof Re2
  return RE2JS.compile(source, RE2JS.LOOKBEHINDS)
}

type Dialect = {
  readonly code: (code: number) => string
  readonly top: number
  readonly places: Readonly<Record<Place, string>>
}
/** A character that stands for itself in and outside of sets. */
function plain(code: number): string | null {
  const c = String.fromCodePoint(code)
  return /^[A-Za-z0-9_%=@ ]$/.test(c) ? c : null
}

const v8: Dialect = {
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
}
const v8Unicode: Dialect = { ...v8, code: (code) => plain(code) ?? `\\u{${code.toString(16)}}`, top: TOP }
const re2: Dialect = {
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
}

function write(node: Node, dialect: Dialect): string {
  switch (node.is) {
    case 'char':
      return node.fold
        ? writeSet(
            casesOf(node.code).map((c) => [c, c] as const),
            dialect,
          )
        : dialect.code(node.code)
    case 'set':
      return writeSet(node.ranges, dialect)
    case 'seq':
      return node.of
        .map((child) => (child.is === 'alt' ? `(?:${write(child, dialect)})` : write(child, dialect)))
        .join('')
    case 'alt':
      return node.of.map((child) => write(child, dialect)).join('|')
    case 'group':
      return `${node.capture && dialect !== re2 ? '(' : '(?:'}${write(node.of, dialect)})`
    case 'rep':
      return `(?:${write(node.of, dialect)})${quantifier(node.min, node.max)}${node.lazy ? '?' : ''}`
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.not ? '!' : '='}${write(node.of, dialect)})`
    case 'ref':
      return `(?:\\${node.group})`
    case 'at':
      return dialect.places[node.place]
  }
}

function quantifier(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  return min === max ? `{${min}}` : `{${min},${max}}`
}

function writeSet(ranges: readonly Range[], dialect: Dialect): string {
  const parts = ranges
    .filter(([from]) => from <= dialect.top)
    .map(([from, to]) =>
      from === to ? dialect.code(from) : `${dialect.code(from)}-${dialect.code(Math.min(to, dialect.top))}`,
    )
  // An empty set matches nothing.
  return parts.length > 0 ? `[${parts.join('')}]` : `[^${dialect.code(0)}-${dialect.code(dialect.top)}]`
}
