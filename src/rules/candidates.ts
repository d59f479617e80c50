import type { EventRule } from './engine.ts'
import type { Values } from './values.ts'

/** Length of the pieces by which texts are looked up. */
const GRAM = 4

/**
 * Finds the few rules of many that an event could match. A rule that needs one of some texts is found by four characters
 * of each, those that fewest other rules need too; rules without known needs are always candidates.
 */
export class Candidates {
  readonly #rules: readonly EventRule[]
  readonly #always: readonly number[]
  readonly #tables: readonly (readonly [field: string, table: Table])[]
  /** Round in which a rule was last found, so that each is found once an event. */
  readonly #seen: Uint32Array
  #round = 0

  constructor(rules: readonly EventRule[]) {
    this.#rules = rules
    this.#seen = new Uint32Array(rules.length)
    const always: number[] = []
    const byField = new Map<string, [text: string, rule: number][]>()
    rules.forEach((rule, i) => {
      if (!rule.needs || rule.needs.length === 0 || rule.needs.some((need) => need.text.length < GRAM)) always.push(i)
      else for (const { field, text } of rule.needs) byField.set(field, [...(byField.get(field) ?? []), [text, i]])
    })
    this.#always = always
    this.#tables = [...byField].map(([field, needs]) => [field, new Table(needs)])
  }

  /** In the order in which the rules were given. */
  of(values: Values): readonly EventRule[] {
    if (this.#tables.length === 0) return this.#rules
    const found = [...this.#always]
    if (++this.#round > 0xffff_fffe) {
      this.#round = 1
      this.#seen.fill(0)
    }
    for (const [field, table] of this.#tables) {
      for (const text of values.get(field).folded) {
        table.find(text, (rule) => {
          if (this.#seen[rule] === this.#round) return
          this.#seen[rule] = this.#round
          found.push(rule)
        })
      }
    }
    return found.sort((a, b) => a - b).map((i) => this.#rules[i]!)
  }
}

/** Rules by the hash of four characters in one field. A collision of hashes costs a question, never an answer. */
class Table {
  readonly #mask: number
  readonly #slots: (number[] | undefined)[]

  constructor(needs: readonly (readonly [text: string, rule: number])[]) {
    let size = 256
    while (size < needs.length * 8 && size < 65_536) size *= 2
    this.#mask = size - 1
    this.#slots = Array.from({ length: size }, () => undefined)
    const uses = new Map<number, number>()
    for (const [text] of needs) {
      for (let at = 0; at + GRAM <= text.length; at++) uses.set(hash(text, at), (uses.get(hash(text, at)) ?? 0) + 1)
    }
    for (const [text, rule] of needs) {
      let rarest = hash(text, 0)
      for (let at = 1; at + GRAM <= text.length; at++) {
        if (uses.get(hash(text, at))! < uses.get(rarest)!) rarest = hash(text, at)
      }
      const slot = (this.#slots[rarest & this.#mask] ??= [])
      if (!slot.includes(rule)) slot.push(rule)
    }
  }

  find(text: string, take: (rule: number) => void): void {
    for (let at = 0; at + GRAM <= text.length; at++) {
      const slot = this.#slots[hash(text, at) & this.#mask]
      if (slot) for (const rule of slot) take(rule)
    }
  }
}

function hash(text: string, at: number): number {
  let h = text.charCodeAt(at)
  for (let i = 1; i < GRAM; i++) h = (Math.imul(h, 0x01_00_01_93) + text.charCodeAt(at + i)) | 0
  return h ^ (h >>> 15)
}
