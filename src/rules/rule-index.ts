import { addTo } from '../lib/collections.ts'
import type { EventRule, FieldLookup, Need } from './rule.ts'
import type { Values } from './field-values.ts'

/** Length of the pieces by which texts are looked up. */
const GRAM = 4
// 2^32 divided by the golden ratio: spreads what differs in few bits.
const GOLDEN = 0x9e37_79b1

/**
 * Finds the few rules of many that an event could match. A rule that needs one of some texts is found by four characters
 * of each, those that fewest other rules need too. Those without known needs are candidates for every event but one that lacks
 * fields without which they cannot match.
 */
export class Candidates<Rule extends Indexed> {
  readonly #rules: readonly Rule[]
  readonly #always: readonly number[]
  /** Of these the ones that events with the same names of fields could match. */
  readonly #byNames = new WeakMap<object, Always<Rule>>()
  readonly #tables: readonly (readonly [field: string, table: Table])[]
  /** Round in which a rule was last found, so that each is found once an event. */
  readonly #seen: Uint32Array
  #round = 0

  /** `pieces`: those that were chosen for other rules before, and need not be chosen again. */
  constructor(rules: readonly Rule[], pieces = new RarePieces()) {
    pieces.add(rules)
    this.#rules = rules
    this.#seen = new Uint32Array(rules.length)
    const always: number[] = []
    const byField = new Map<string, [text: string, rule: number][]>()
    rules.forEach((rule, i) => {
      if (!isIndexed(rule)) always.push(i)
      else for (const { field, text } of rule.needs) addTo(byField, field, [text, i])
    })
    this.#always = always
    this.#tables = [...byField].map(([field, needs]) => [field, tableOf(field, needs, pieces)])
  }

  /** In the order in which the rules were given. */
  of(values: Values): readonly Rule[] {
    const found: number[] = []
    if (++this.#round > 0xffff_fffe) {
      this.#round = 1
      this.#seen.fill(0)
    }
    for (const [field, table] of this.#tables) {
      if (field === '') this.#find(values.everything, table, found)
      else for (const text of values.get(field).folded) this.#find(text, table, found)
    }
    const always = this.#alwaysFor(values)
    if (found.length === 0) return always.rules
    for (const i of always.numbers) found.push(i)
    return found.sort((a, b) => a - b).map((i) => this.#rules[i]!)
  }

  #alwaysFor(values: Values): Always<Rule> {
    let always = this.#byNames.get(values.names)
    if (always === undefined) {
      const known: FieldLookup = (name) => values.lacking(name)
      const numbers = this.#always.filter((i) => couldMatch(this.#rules[i]!, known))
      always = { numbers, rules: numbers.map((i) => this.#rules[i]!) }
      this.#byNames.set(values.names, always)
    }
    return always
  }

  #find(text: string, { taken, slots, shift }: Table, found: number[]): void {
    let piece = 0
    for (let at = 0; at < text.length; at++) {
      // Each character moves the ones before it up by a byte: after four steps the first is gone.
      piece = (piece << 8) ^ text.charCodeAt(at)
      const place = Math.imul(piece, GOLDEN) >>> shift
      if (taken[place] === 0) continue
      for (const rule of slots[place]!) {
        if (this.#seen[rule] === this.#round) continue
        this.#seen[rule] = this.#round
        found.push(rule)
      }
    }
  }
}

/** Rules by the hash of four characters in one field. A collision of hashes costs a question, never an answer. */
type Table = {
  /** Which slots hold rules: small enough to stay near the processor. */
  readonly taken: Uint8Array
  readonly slots: readonly (readonly number[] | undefined)[]
  readonly shift: number
}

function tableOf(field: string, needs: readonly (readonly [text: string, rule: number])[], pieces: RarePieces): Table {
  let bits = 8
  while (1 << bits < needs.length * 8 && bits < 16) bits++
  const shift = 32 - bits
  const taken = new Uint8Array(1 << bits)
  const slots: (number[] | undefined)[] = []
  slots.length = taken.length
  for (const [text, rule] of needs) {
    const place = Math.imul(pieces.of(field, text), GOLDEN) >>> shift
    taken[place] = 1
    const slot = (slots[place] ??= [])
    if (slot.at(-1) !== rule) slot.push(rule)
  }
  return { taken, slots, shift }
}

type Indexed = Pick<EventRule, 'needs' | 'questions'>

type Always<Rule> = { readonly numbers: readonly number[]; readonly rules: readonly Rule[] }

/** Could a rule match an event of which no more is known? One that does not show what it asks could match any. */
function couldMatch({ questions }: Indexed, known: FieldLookup): boolean {
  return questions?.every((question) => question.could(known) === false) !== true
}

/** Can a rule be found by four characters of each text that it needs? */
function isIndexed<Rule extends Indexed>(rule: Rule): rule is Rule & { readonly needs: readonly Need[] } {
  const { needs } = rule
  return needs !== undefined && needs.length > 0 && needs.every(({ text }) => text.length >= GRAM)
}

/**
 * Of each text that rules need in a field the four characters that fewest of the texts have which were there when it was added. Tables
 * of parts of the rules share them.
 */
export class RarePieces {
  readonly #fields = new Map<string, { readonly pieces: Map<string, number>; readonly uses: Map<number, number> }>()
  readonly #added = new WeakSet<Indexed>()

  /** Chooses pieces for texts of rules that were not added before. */
  add(rules: readonly Indexed[]): void {
    const byField = new Map<string, string[]>()
    for (const rule of rules) {
      if (this.#added.has(rule)) continue
      this.#added.add(rule)
      if (isIndexed(rule)) for (const { field, text } of rule.needs) addTo(byField, field, text)
    }
    for (const [field, texts] of byField) {
      const known = this.#fields.get(field) ?? { pieces: new Map<string, number>(), uses: new Map<number, number>() }
      this.#fields.set(field, known)
      const { pieces, uses } = known
      const fresh = texts.filter((text) => !pieces.has(text))
      for (const text of fresh) {
        for (let at = 0; at + GRAM <= text.length; at++) {
          const piece = pieceAt(text, at)
          uses.set(piece, (uses.get(piece) ?? 0) + 1)
        }
      }
      for (const text of fresh) pieces.set(text, rarestOf(text, uses))
    }
  }

  of(field: string, text: string): number {
    return this.#fields.get(field)!.pieces.get(text)!
  }
}

/** The first of the pieces of a text that fewest texts have. */
function rarestOf(text: string, uses: ReadonlyMap<number, number>): number {
  let best = pieceAt(text, 0)
  let least = uses.get(best)!
  for (let at = 1; at + GRAM <= text.length; at++) {
    const piece = pieceAt(text, at)
    const count = uses.get(piece)!
    if (count < least) [best, least] = [piece, count]
  }
  return best
}

function pieceAt(text: string, at: number): number {
  let piece = 0
  for (let i = at; i < at + GRAM; i++) piece = (piece << 8) ^ text.charCodeAt(i)
  return piece
}
