import { isLoopback } from '../lib/ip.ts'
import type { Trait } from '../model/scan.ts'
import { isRefusedLogon } from '../model/logon-values.ts'

/**
 * What requests are counted by: their traits, who asks with which mobile device (parsers/exchange/active-sync.ts), and who logs on
 * from where (parsers/exchange/logons.ts).
 */
export type CountedTrait = Trait | 'device' | 'logon'

/** Instead of the number of a value: the machine itself, which is no client. Less than it: one of the values of a trait that are counted together. */
export const UNCOUNTED = -1
/** Traits by the last bits of a number; the last are logons that were refused. */
const TRAITS: readonly CountedTrait[] = ['client', 'agent', 'path', 'status', 'device', 'logon', 'logon']
const BITS = 3
const REFUSED = TRAITS.length - 1

/** Values that are known from file to file: devices and logons, and all others. */
const REMEMBERED = { accounts: 120_000, others: 40_000 }
const FEW = 4_096

function kindOf(id: number): number {
  return id & ((1 << BITS) - 1)
}

/** The place in the tables of a value with such a number. */
export function placeOf(id: number): number {
  return id >> BITS
}

/**
 * Values that were met by one thread: each has a number, by which it is known again from file to file without looking for its text.
 * What is known of a number lies in tables, at the place of its value: of a file tens of thousands are looked up.
 */
export class ValueIds {
  /** Grows when all are forgotten: the numbers that were given before are of no use then. */
  generation = 0
  /** By place: the tables in which the value was counted last, and its number there. */
  tables = new Int32Array(FEW)
  places = new Int32Array(FEW)
  /** By place: who sent the value to another thread last, and under which number; see run/shared-texts.ts. */
  senders = new Int32Array(FEW)
  sentAs = new Uint32Array(FEW)
  readonly #values: string[] = []
  #tables = 0
  /** Of what the file at hand has more values than are counted: a new one needs not be known again. */
  readonly #full = new Set<CountedTrait | 'refused'>()
  readonly #of: Readonly<Record<CountedTrait, Map<string, number>>> = {
    client: new Map(),
    agent: new Map(),
    path: new Map(),
    status: new Map(),
    device: new Map(),
    logon: new Map(),
  }

  /** The number of a value: less than `UNCOUNTED` where it would have none of its own in the file at hand. */
  of(trait: CountedTrait, value: string): number {
    const known = this.#of[trait].get(value)
    if (known !== undefined) return known
    if (trait === 'client' && isLoopback(value)) return UNCOUNTED
    const isRefused = trait === 'logon' && isRefusedLogon(value)
    const kind = isRefused ? REFUSED : TRAITS.indexOf(trait)
    if (this.#full.size > 0 && this.#full.has(isRefused ? 'refused' : trait)) return UNCOUNTED - 1 - kind
    const place = this.#values.push(value) - 1
    if (place === this.tables.length) this.#grow()
    this.tables[place] = 0
    this.senders[place] = 0
    const id = (place << BITS) | kind
    this.#of[trait].set(value, id)
    return id
  }

  /** The value with such a number; of the machine itself one of its names. */
  valueOf(id: number): string {
    return id === UNCOUNTED ? '127.0.0.1' : this.#values[placeOf(id)]!
  }

  traitOf(id: number): CountedTrait {
    if (id >= 0) return TRAITS[kindOf(id)]!
    return id === UNCOUNTED ? 'client' : TRAITS[UNCOUNTED - 1 - id]!
  }

  /** Is it a logon that was refused? */
  isRefused(id: number): boolean {
    return id >= 0 && kindOf(id) === REFUSED
  }

  /** No further value like this one has a number of its own in the tables of the file at hand. */
  full(id: number): void {
    // Logons that were refused, of whatever names, take no room from those that were served.
    this.#full.add(this.isRefused(id) ? 'refused' : this.traitOf(id))
  }

  /** How many values are known. */
  get size(): number {
    return this.#values.length
  }

  /** Accounts with their devices and addresses are short, and nearly the same in each file: more of them are remembered. */
  get #isTooLarge(): boolean {
    const accounts = this.#of.device.size + this.#of.logon.size
    return accounts > REMEMBERED.accounts || this.size - accounts > REMEMBERED.others
  }

  /** A number for the tables of the next file. Between two files there is time to forget. */
  next(): number {
    this.#full.clear()
    if (this.#isTooLarge) {
      for (const values of Object.values(this.#of)) values.clear()
      this.#values.length = 0
      this.generation++
    }
    return ++this.#tables
  }

  #grow(): void {
    const room = 2 * this.tables.length
    const grown = <T extends Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(to: T, from: T): T => {
      to.set(from)
      return to
    }
    this.tables = grown(new Int32Array(room), this.tables)
    this.places = grown(new Int32Array(room), this.places)
    this.senders = grown(new Int32Array(room), this.senders)
    this.sentAs = grown(new Uint32Array(room), this.sentAs)
  }
}

/** The numbers of a list of values. */
export type KeptIds = { readonly of: ValueIds; readonly ids: readonly number[]; readonly generation: number }

const kept = new WeakMap<readonly (string | null)[], KeptIds>()

/** Keeps the numbers of all values of a list, for those who would else look for each by its text. */
export function keepIds(values: readonly string[], of: ValueIds, ids: readonly number[]): void {
  if (ids.length === values.length) kept.set(values, { of, ids, generation: of.generation })
}

/** What was kept of a list, while it holds. */
export function idsOf(values: readonly (string | null)[]): KeptIds | null {
  const known = kept.get(values)
  return known === undefined || known.generation !== known.of.generation ? null : known
}
