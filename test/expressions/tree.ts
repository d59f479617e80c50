import { digits, type Ranges, spaces, TOP, wordCharacters } from '../../src/rules/regex-classes.ts'

/** A regular expression of JavaScript as a tree. https://tc39.es/ecma262/#sec-patterns */
export type Node =
  | { readonly is: 'set'; readonly set: Ranges }
  | { readonly is: 'seq' | 'alt'; readonly of: readonly Node[] }
  | { readonly is: 'repeat'; readonly of: Node; readonly min: number; readonly max: number }
  | { readonly is: 'look'; readonly behind: boolean; readonly not: boolean; readonly of: Node }
  | { readonly is: 'group'; readonly of: Node; readonly number: number; readonly name: string }
  | { readonly is: 'reference'; readonly to: string }
  | { readonly is: 'start' | 'end' | 'lineStart' | 'lineEnd' | 'word' | 'notWord' }

export const anything: Ranges = [[0, TOP]]
export const lineEnds: Ranges = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
]

export function treeOf(pattern: string, flags: string): Node {
  return new Reader(pattern, flags).read()
}

export function unite(...all: Ranges[]): Ranges {
  const merged: [number, number][] = []
  for (const [from, to] of all.flat().sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

export function complement(set: Ranges): Ranges {
  const rest: [number, number][] = []
  let next = 0
  for (const [from, to] of set) {
    if (from > next) rest.push([next, from - 1])
    next = to + 1
  }
  if (next <= TOP) rest.push([next, TOP])
  return rest
}

class Reader {
  readonly #text: readonly string[]
  readonly #ignoreCase: boolean
  readonly #multiline: boolean
  readonly #dotAll: boolean
  readonly #unicode: boolean
  #at = 0
  #groups = 0

  constructor(pattern: string, flags: string) {
    this.#unicode = /[uv]/.test(flags)
    this.#text = this.#unicode ? [...pattern] : pattern.split('')
    this.#ignoreCase = flags.includes('i')
    this.#multiline = flags.includes('m')
    this.#dotAll = flags.includes('s')
  }

  read(): Node {
    const node = this.#alternatives()
    if (this.#at < this.#text.length) throw new Error(`")" at ${this.#at}`)
    return node
  }

  #alternatives(): Node {
    const of = [this.#sequence()]
    while (this.#takes('|')) of.push(this.#sequence())
    return of.length === 1 ? of[0]! : { is: 'alt', of }
  }

  #sequence(): Node {
    const of: Node[] = []
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at]!)) of.push(this.#repeated(this.#atom()))
    return of.length === 1 ? of[0]! : { is: 'seq', of }
  }

  #repeated(of: Node): Node {
    const rest = this.#text.slice(this.#at, this.#at + 24).join('')
    const [text, min, comma, max] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(rest) ?? []
    if (text === undefined) return of
    this.#at += text.length
    this.#takes('?')
    const bounds: Readonly<Record<string, readonly [number, number]>> = {
      '*': [0, Infinity],
      '+': [1, Infinity],
      '?': [0, 1],
    }
    const [least, most] = bounds[text] ?? [Number(min), comma ? (max ? Number(max) : Infinity) : Number(min)]
    return { is: 'repeat', of, min: least, max: most }
  }

  #atom(): Node {
    const c = this.#next()
    switch (c) {
      case '.':
        return { is: 'set', set: this.#dotAll ? anything : complement(lineEnds) }
      case '^':
        return { is: this.#multiline ? 'lineStart' : 'start' }
      case '$':
        return { is: this.#multiline ? 'lineEnd' : 'end' }
      case '(':
        return this.#group()
      case '[':
        return { is: 'set', set: this.#class() }
      case '\\':
        return this.#escape()
      default:
        return this.#character(c)
    }
  }

  #group(): Node {
    if (!this.#takes('?')) return this.#captured('')
    if (this.#takes(':')) return this.#closed()
    if (this.#takes('=')) return { is: 'look', behind: false, not: false, of: this.#closed() }
    if (this.#takes('!')) return { is: 'look', behind: false, not: true, of: this.#closed() }
    if (!this.#takes('<')) throw new Error(`group at ${this.#at}`)
    if (this.#takes('=')) return { is: 'look', behind: true, not: false, of: this.#closed() }
    if (this.#takes('!')) return { is: 'look', behind: true, not: true, of: this.#closed() }
    return this.#captured(this.#until('>'))
  }

  #captured(name: string): Node {
    const number = ++this.#groups
    return { is: 'group', of: this.#closed(), number, name }
  }

  #closed(): Node {
    const node = this.#alternatives()
    if (!this.#takes(')')) throw new Error('"(" without ")"')
    return node
  }

  #escape(): Node {
    const c = this.#next()
    if (c === 'b') return { is: 'word' }
    if (c === 'B') return { is: 'notWord' }
    if (c === 'k') {
      this.#next()
      return { is: 'reference', to: this.#until('>') }
    }
    if (/[1-9]/.test(c)) return { is: 'reference', to: c }
    const set = this.#setOf(c)
    return set ? { is: 'set', set } : this.#character(this.#codeOf(c))
  }

  #setOf(c: string): Ranges | null {
    const sets: Readonly<Record<string, Ranges>> = { d: digits, s: spaces, w: wordCharacters }
    const set = sets[c.toLowerCase()]
    if (set) return c === c.toLowerCase() ? set : complement(set)
    if (!this.#unicode || !/[pP]/.test(c)) return null
    this.#next()
    const ranges = propertyOf(this.#until('}'))
    return c === 'p' ? ranges : complement(ranges)
  }

  #codeOf(c: string): string {
    const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' }
    if (controls[c] !== undefined) return controls[c]
    if (c === 'c') return String.fromCharCode(this.#next().charCodeAt(0) % 32)
    if (c === 'u' && this.#takes('{')) return String.fromCodePoint(Number.parseInt(this.#until('}'), 16))
    if (c !== 'x' && c !== 'u') return c
    const length = c === 'x' ? 2 : 4
    const code = this.#text.slice(this.#at, this.#at + length).join('')
    this.#at += length
    return String.fromCharCode(Number.parseInt(code, 16))
  }

  #class(): Ranges {
    const not = this.#takes('^')
    const sets: Ranges[] = []
    while (!this.#takes(']')) {
      const from = this.#member()
      if (typeof from !== 'string') {
        sets.push(from)
        continue
      }
      const isRange = this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']'
      if (!isRange) {
        sets.push(this.#cases(from.codePointAt(0)!, from.codePointAt(0)!))
        continue
      }
      this.#at++
      const to = this.#member()
      if (typeof to === 'string') sets.push(this.#cases(from.codePointAt(0)!, to.codePointAt(0)!))
      else sets.push(this.#cases(from.codePointAt(0)!, from.codePointAt(0)!), [[45, 45]], to)
    }
    const all = unite(...sets)
    return not ? complement(all) : all
  }

  #member(): string | Ranges {
    const c = this.#next()
    if (c !== '\\') return c
    const escaped = this.#next()
    return escaped === 'b' ? '\b' : (this.#setOf(escaped) ?? this.#codeOf(escaped))
  }

  #character(c: string): Node {
    const code = c.codePointAt(0)!
    return { is: 'set', set: this.#cases(code, code) }
  }

  /** With both cases of its letters; of large ranges those of ASCII alone. */
  #cases(from: number, to: number): Ranges {
    const ranges: [number, number][] = [[from, to]]
    if (!this.#ignoreCase) return ranges
    for (let code = from; code <= Math.min(to, from < 128 ? 127 : from + 256); code++) {
      const c = String.fromCodePoint(code)
      for (const other of [c.toLowerCase(), c.toUpperCase()])
        if ([...other].length === 1) ranges.push([other.codePointAt(0)!, other.codePointAt(0)!])
    }
    return unite(ranges)
  }

  #until(end: string): string {
    let text = ''
    for (let c = this.#next(); c !== end; c = this.#next()) text += c
    return text
  }

  #takes(c: string): boolean {
    if (this.#text[this.#at] !== c) return false
    this.#at++
    return true
  }

  #next(): string {
    const c = this.#text[this.#at++]
    if (c === undefined) throw new Error('ends too early')
    return c
  }
}

const properties = new Map<string, Ranges>()

/** The characters of a Unicode property, up to U+FFFF. */
function propertyOf(name: string): Ranges {
  const known = properties.get(name)
  if (known) return known
  const one = new RegExp(`\\p{${name}}`, 'u')
  const codes: [number, number][] = []
  for (let code = 0; code < 0x10000; code++) if (one.test(String.fromCodePoint(code))) codes.push([code, code])
  const ranges = unite(codes)
  properties.set(name, ranges)
  return ranges
}
