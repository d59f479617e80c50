import { digits, spaces, TOP, wordCharacters } from '../regex-classes.ts'

export type RegexFlags = { readonly i?: boolean; readonly m?: boolean; readonly s?: boolean }

const DEPTH = 100

export type Range = readonly [from: number, to: number]

export type RegexAssertion = 'start' | 'end' | 'last' | 'lineStart' | 'lineEnd' | 'word' | 'notWord'

export type RegexNode =
  | { readonly is: 'char'; readonly code: number; readonly fold: boolean }
  | { readonly is: 'set'; readonly ranges: readonly Range[] }
  | { readonly is: 'seq'; readonly of: readonly RegexNode[] }
  | { readonly is: 'alt'; readonly of: readonly RegexNode[] }
  | { readonly is: 'rep'; readonly of: RegexNode; readonly min: number; readonly max: number; readonly lazy: boolean }
  | { readonly is: 'group'; readonly of: RegexNode; readonly capture: boolean }
  | { readonly is: 'look'; readonly behind: boolean; readonly not: boolean; readonly of: RegexNode }
  | { readonly is: 'ref'; readonly group: number }
  | { readonly is: 'at'; readonly place: RegexAssertion }

export class RegexRefusal extends Error {
  readonly syntax: boolean
  constructor(message: string, syntax: boolean) {
    super(message)
    this.syntax = syntax
  }
}

const bad = (message: string): RegexRefusal => new RegexRefusal(message, true)

const unsupported = (message: string): RegexRefusal => new RegexRefusal(message, false)

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
  word: wordCharacters,
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  print: [[32, 126]],
  graph: [[33, 126]],
}

const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7, e: 27, 0: 0 }

type Flags = { i: boolean; m: boolean; s: boolean }

export class RegexReader {
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

  read(): RegexNode {
    const node = this.#alternatives()
    if (this.#at < this.#text.length) throw bad(`a closing bracket without an opening one at character ${this.#at + 1}`)
    for (const ref of this.#refs) if (ref > this.#groups) throw bad(`\\${ref} refers to a group that does not exist`)
    // Such groups are written without a number, so that others would have another one than here.
    if (this.#isHidden && contains(node, isRef))
      throw unsupported('a reference together with a group inside a look-behind')
    return node
  }

  #alternatives(): RegexNode {
    if (++this.#depth > DEPTH) throw unsupported(`groups nested more than ${DEPTH} deep`)
    // Flags set inside a group end with it.
    const outer = { ...this.#flags }
    const branches: RegexNode[] = [this.#sequence()]
    while (this.#peek() === '|') {
      this.#at++
      branches.push(this.#sequence())
    }
    this.#flags = outer
    this.#depth--
    return branches.length === 1 ? branches[0]! : { is: 'alt', of: branches }
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = []
    for (;;) {
      const c = this.#peek()
      if (c === undefined || c === '|' || c === ')') break
      const node = this.#atom()
      if (node) parts.push(...this.#repeated(node))
    }
    return parts.length === 1 ? parts[0]! : { is: 'seq', of: parts }
  }

  /** One atom; several for a quoted run; null for what only sets flags or is a comment. */
  #atom(): RegexNode | null {
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

  #repeated(node: RegexNode): RegexNode[] {
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

  #group(): RegexNode | null {
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
    throw unsupported(`groups of the form (?${c}…)`)
  }

  #capture(name?: string): RegexNode {
    // Captures inside a look-behind serve nothing here.
    const group = ++this.#groups
    if (this.#lookBehind > 0) this.#isHidden = true
    if (name !== undefined) this.#names.set(name, group)
    return this.#close({ capture: true })
  }

  #named(end: string): RegexNode {
    let name = ''
    for (let c = this.#next(); c !== end; c = this.#next()) name += c
    if (!/^\w{1,64}$/.test(name)) throw bad('a group name that is not a word')
    return this.#capture(name)
  }

  #look(behind: boolean, not: boolean): RegexNode {
    if (behind) this.#lookBehind++
    const { of } = this.#close({ capture: false })
    if (behind) this.#lookBehind--
    return { is: 'look', behind, not, of }
  }

  #close(kind: { capture: boolean }): RegexNode & { is: 'group' } {
    const of = this.#alternatives()
    if (this.#peek() !== ')') throw bad('a "(" without ")"')
    this.#at++
    return { is: 'group', of, capture: kind.capture && this.#lookBehind === 0 }
  }

  #inlineFlags(first: string): RegexNode | null {
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

  #escape(): RegexNode | null {
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

  #namedRef(): RegexNode {
    const ends: Readonly<Record<string, string>> = { '<': '>', '{': '}', "'": "'" }
    const end = ends[this.#next()]
    if (!end) throw bad('\\k without a group name')
    let name = ''
    for (let c = this.#next(); c !== end; c = this.#next()) name += c
    const group = this.#names.get(name)
    if (!group) throw bad(`\\k refers to a group "${name.slice(0, 40)}" that does not exist`)
    return { is: 'ref', group }
  }

  #quoted(): RegexNode {
    const of: RegexNode[] = []
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

  #set(): RegexNode {
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

  #char(code: number): RegexNode {
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
      return wordCharacters
    case 'W':
      return negate(wordCharacters)
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

export function casesOf(code: number): number[] {
  const c = String.fromCodePoint(code)
  const cases = new Set([code])
  for (const other of [c.toLowerCase(), c.toUpperCase()]) {
    if ([...other].length === 1) cases.add(other.codePointAt(0)!)
  }
  return [...cases]
}

export function walk(node: RegexNode, visit: (node: RegexNode) => void): void {
  visit(node)
  if (node.is === 'seq' || node.is === 'alt') for (const child of node.of) walk(child, visit)
  else if ('of' in node) walk(node.of as RegexNode, visit)
}

export function contains(node: RegexNode, wanted: (node: RegexNode) => boolean): boolean {
  let found = false
  walk(node, (n) => {
    found ||= wanted(n)
  })
  return found
}

export function isRef(node: RegexNode): boolean {
  return node.is === 'ref'
}
