import { keepIds, type ValueIds } from '../prefilter/value-ids.ts'
import type { AccountTally, DeviceTally } from '../model/scan.ts'
import type { FirstRow } from '../prefilter/rows.ts'

// What accounts did in one file: which mobile devices asked for whose mailbox, and who logged on or was refused. A file has tens of
// thousands of them, so the numbers are stored flat.

/**
 * Numbers of each value: rows, those that fetch content, first and last time (ms since 1970 UTC), and offset, length and line of the
 * first row.
 */
export const WIDTH = 7
/** Limits of the values that are counted one by one in a file: logons that were served, and logons that were refused. */
const MOST = { served: 200_000, refused: 100_000 }
/**
 * Refused logons from which on each client has a limit: a client that tries any number of names leaves room for those of others. Such values
 * are known again, up to a number, after which no further one is.
 */
const REFUSED = { shared: 50_000, ofClient: 200, declined: 500_000 }
const BEYOND = -1
/** Values for which there is room at first: most files are small. */
const FEW = 8

/** Logons of one file, those of each day apart. */
export class FileLogons {
  readonly #values: string[] = []
  readonly #days: number[] = []
  readonly #names: ValueIds
  readonly #ids: number[] = []
  #counts = new Float64Array(0)
  #beyond = 0
  #refused = 0
  #isLost = false
  #declined = 0
  readonly #refusedOf = new Map<string, number>()
  /** Are the values in the order of their first rows? */
  #isInOrder = true

  constructor(names: ValueIds) {
    this.#names = names
  }

  /** The day of a number (since 1970 UTC), as it was given. */
  dayOf(number: number): number {
    return this.#days[number]!
  }

  /** The number of a value that is not there yet; `day`: of its rows. */
  append(id: number, day = 0): number {
    const number = this.#values.length
    const value = this.#names.valueOf(id)
    const isRefused = this.#names.isRefused(id)
    if (isRefused) {
      if (!this.#hasRoomFor(value)) return BEYOND
      this.#refused++
    } else if (number - this.#refused >= MOST.served) {
      this.#isLost = true
      return BEYOND
    }
    const at = number * WIDTH
    if (at === this.#counts.length) {
      const more = new Float64Array(Math.max(FEW * WIDTH, 2 * at))
      more.set(this.#counts)
      this.#counts = more
    }
    const counts = this.#counts
    counts[at + 2] = counts[at + 4] = Infinity
    counts[at + 3] = -Infinity
    this.#values.push(value)
    this.#ids.push(id)
    this.#days.push(day)
    return number
  }

  /** A row of it; false where an earlier one is known. */
  see(number: number, { offset, length, line }: FirstRow): boolean {
    const [at, counts] = [number * WIDTH, this.#counts]
    if (number < 0 || offset >= counts[at + 4]!) return false
    // Each but the last had its first row before.
    if (number > 0 && (number < this.#ids.length - 1 || counts[at - WIDTH + 4]! > offset)) this.#isInOrder = false
    counts[at + 4] = offset
    counts[at + 5] = length
    counts[at + 6] = line
    return true
  }

  add(number: number, rows: number, content: number, first: number, last: number): void {
    if (number < 0) {
      this.#beyond += rows
      return
    }
    const [at, counts] = [number * WIDTH, this.#counts]
    counts[at]! += rows
    counts[at + 1]! += content
    if (first < counts[at + 2]!) counts[at + 2] = first
    if (last > counts[at + 3]!) counts[at + 3] = last
  }

  /** Was anything served that is not among the values? Whether it is ordinary is not known. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** As plain data, in the order of the first rows; null where there was no such row. */
  tally(): AccountTally | null {
    return this.tallyIn(this.order())
  }

  /** The same, with the order of the values: null where it is that of their first rows already. */
  protected tallyIn(order: readonly number[] | null): AccountTally | null {
    if (order === null) {
      if (this.#values.length === 0 && this.#beyond === 0) return null
      const counts = this.#counts.slice(0, this.#values.length * WIDTH)
      keepIds(this.#values, this.#names, this.#ids)
      return { values: this.#values, counts, beyond: this.#beyond }
    }
    const counts = new Float64Array(order.length * WIDTH)
    for (const [to, from] of order.entries())
      counts.set(this.#counts.subarray(from * WIDTH, (from + 1) * WIDTH), to * WIDTH)
    const values = order.map((i) => this.#values[i]!)
    keepIds(
      values,
      this.#names,
      order.map((i) => this.#ids[i]!),
    )
    return { values, counts, beyond: this.#beyond }
  }

  /** Is no further value like this one counted by itself? */
  isFull(id: number): boolean {
    if (!this.#names.isRefused(id)) return this.#values.length - this.#refused >= MOST.served
    return this.#refused >= MOST.refused || this.#declined >= REFUSED.declined
  }

  #hasRoomFor(value: string): boolean {
    const client = value.slice(value.indexOf('\0') + 1).split('\0', 1)[0]!
    const own = this.#refusedOf.get(client) ?? 0
    if (this.#refused >= MOST.refused || (this.#refused >= REFUSED.shared && own >= REFUSED.ofClient)) {
      this.#declined++
      return false
    }
    this.#refusedOf.set(client, own + 1)
    return true
  }

  protected order(): readonly number[] | null {
    const offset = (i: number): number => this.#counts[i * WIDTH + 4]!
    if (this.#isInOrder) return null
    return [...this.#values.keys()].sort((a, b) => offset(a) - offset(b))
  }
}

/** Requests of mobile devices in one file. */
export class FileDevices extends FileLogons {
  readonly #clients: string[] = []

  override append(id: number): number {
    const number = super.append(id)
    if (number !== BEYOND) this.#clients.push('')
    return number
  }

  /** The client of the first row is remembered: telephones change their address from hour to hour. */
  override see(number: number, row: FirstRow): boolean {
    const isFirst = super.see(number, row)
    if (isFirst) this.#clients[number] = row.client
    return isFirst
  }

  override tally(): DeviceTally | null {
    const order = this.order()
    const tally = this.tallyIn(order)
    return tally && { ...tally, clients: order?.map((i) => this.#clients[i]!) ?? this.#clients }
  }
}
