import { isLoopback } from '../lib/ip.ts'
import type { Trait } from '../model/scan.ts'

/**
 * What requests are counted by: their traits, who asks with which mobile device (parsers/exchange/active-sync.ts), and who logs on
 * from where (parsers/exchange/logons.ts).
 */
export type CountedTrait = Trait | 'device' | 'logon'

/** A value by which requests are counted. Who met it once knows it again from file to file, without looking for its text. */
export class Named {
  readonly trait: CountedTrait
  readonly value: string
  /** The machine itself is no client. */
  readonly isCounted: boolean
  /** Is it the one that its value has, from file to file? Of others there may be several. */
  isKept = false
  /** The tables in which it was counted last, and its number there. */
  tables = 0
  number = 0
  /** Under which number it was sent to another thread, and by whom: see run/shared-texts.ts. */
  sender = 0
  sentAs = 0

  constructor(trait: CountedTrait, value: string) {
    this.trait = trait
    this.value = value
    this.isCounted = trait !== 'client' || !isLoopback(value)
  }
}

const names = new WeakMap<readonly (string | null)[], readonly Named[]>()

/** The names of all values of a list, for those who would else look for each by its text. */
export function keepNames(values: readonly string[], of: readonly Named[]): void {
  if (of.length === values.length) names.set(values, of)
}

/** What was kept of a list. */
export function namesOf(values: readonly (string | null)[]): readonly Named[] | undefined {
  return names.get(values)
}

/** Values that were met by one thread. */
export class ValueIds {
  /** Grows when all are forgotten: what was given before is of no use then. */
  generation = 0
  #tables = 0
  /** Of what the file at hand has more values than are counted: a new one needs not be known again. */
  readonly #full = new Set<CountedTrait>()
  readonly #of: Readonly<Record<CountedTrait, Map<string, Named>>> = {
    client: new Map(),
    agent: new Map(),
    path: new Map(),
    status: new Map(),
    device: new Map(),
    logon: new Map(),
  }

  of(trait: CountedTrait, value: string): Named {
    const known = this.#of[trait].get(value)
    if (known) return known
    const named = new Named(trait, value)
    named.isKept = named.isCounted && !this.#full.has(trait)
    if (named.isKept) this.#of[trait].set(value, named)
    return named
  }

  /** No further value of this has a number of its own in the tables of the file at hand. */
  full(trait: CountedTrait): void {
    this.#full.add(trait)
  }

  /** How many values are known. */
  get size(): number {
    return Object.values(this.#of).reduce((sum, { size }) => sum + size, 0)
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
      this.generation++
    }
    return ++this.#tables
  }
}

/** Values that are known from file to file: devices and logons, and all others. */
const REMEMBERED = { accounts: 120_000, others: 40_000 }
