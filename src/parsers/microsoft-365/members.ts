import { canonicalJson } from '../../lib/json.ts'

/** Members of an object of JSON by their names in lower case: each product writes the same names in another case. */
export type Members = ReadonlyMap<string, readonly [name: string, value: unknown]>

type Json = Readonly<Record<string, unknown>>

/**
 * The members of an object without a copy of them: records of one kind have the same names in the same order, and these
 * are put into lower case once.
 */
export function membersOf(value: Json): Members {
  return new ShapedMembers(shapeOf(Object.keys(value)), value)
}

/** Names of members, as an object spells them. */
type Shape = { readonly names: readonly string[]; readonly spelled: ReadonlyMap<string, string> }

const SHAPES = 2_000
const LONGEST = 256
const shapes = new Map<string, Shape>()
let last: Shape[] = []

function shapeOf(names: readonly string[]): Shape {
  for (let i = 0; i < last.length; i++) {
    const known = last[i]!
    if (!isSame(known.names, names)) continue
    if (i > 0) {
      last[i] = last[i - 1]!
      last[i - 1] = known
    }
    return known
  }
  const key = names.join('\0')
  let shape = shapes.get(key)
  // A name that holds the mark between two is another object's.
  if (!shape || !isSame(shape.names, names)) {
    shape = { names, spelled: spelledOf(names) }
    if (shapes.size >= SHAPES) shapes.clear()
    if (names.length <= LONGEST) shapes.set(key, shape)
  }
  if (names.length <= LONGEST) last = [shape, ...last.slice(0, 15)]
  return shape
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Of names that differ by case alone the last counts, at the place of the first. */
function spelledOf(names: readonly string[]): Map<string, string> {
  const spelled = new Map<string, string>()
  for (const name of names) spelled.set(name.toLowerCase(), name)
  return spelled
}

type Entry = readonly [name: string, value: unknown]

class ShapedMembers implements ReadonlyMap<string, Entry> {
  readonly #spelled: ReadonlyMap<string, string>
  readonly #value: Json

  constructor({ spelled }: Shape, value: Json) {
    this.#spelled = spelled
    this.#value = value
  }

  get size(): number {
    return this.#spelled.size
  }

  get(name: string): Entry | undefined {
    const spelled = this.#spelled.get(name)
    return spelled === undefined ? undefined : [spelled, this.#value[spelled]]
  }

  has(name: string): boolean {
    return this.#spelled.has(name)
  }

  keys(): MapIterator<string> {
    return this.#spelled.keys()
  }

  *values(): MapIterator<Entry> {
    for (const spelled of this.#spelled.values()) yield [spelled, this.#value[spelled]]
  }

  *entries(): MapIterator<[string, Entry]> {
    for (const [name, spelled] of this.#spelled) yield [name, [spelled, this.#value[spelled]]]
  }

  [Symbol.iterator](): MapIterator<[string, Entry]> {
    return this.entries()
  }

  forEach(each: (entry: Entry, name: string, map: ReadonlyMap<string, Entry>) => void): void {
    for (const [name, entry] of this.entries()) each(entry, name, this)
  }
}

/** A member that is a text with something in it. */
export function memberText(members: Members, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = members.get(name)?.[1]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

/** Any value as a text: what is no text as JSON has it. */
export function writtenOut(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : canonicalJson(value)
}
