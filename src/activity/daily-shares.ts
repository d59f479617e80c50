import { isPrivate } from '../lib/ip.ts'
import { DAY } from '../lib/time.ts'

/** A sender of less than this part of a file is no proxy in it. */
export const LEAST_SHARE = 0.1
/** Fewest rows of a day that say anything about their senders; and how many of the last such days decide. */
const [ROWS, DAYS] = [10, 14]
/** Fewest days up to one that say who sent most on it; of the first days of the logs those after them do, too. */
const FEWEST = 5
const MOST = 20_000

/** Requests of a sender: all, those that were answered, and those that name another client. */
export type Share = { readonly rows: number; readonly answered: number; readonly named: number }
type Changing<T> = { -readonly [K in keyof T]: T[K] }
type Day = { rows: number; outside: number; readonly by: Map<string, Changing<Share>> }

/** Who sends most requests on each of the last days. Rows of other days, which may be forged, make nothing a proxy, and hide none. */
export class DailyShares {
  readonly #days = new Map<number, Day>()
  #inOrder: readonly (readonly [number, Day])[] | null = null

  /** Rows of a file by their senders; `time`: of the first of them (ms). */
  addFile(time: number, sent: readonly (readonly [sender: string, share: Share])[]): void {
    const sumOf = (some: typeof sent): number => some.reduce((sum, [, { rows }]) => sum + rows, 0)
    const rows = sumOf(sent)
    const outside = sumOf(sent.filter(([sender]) => !isPrivate(sender)))
    const many = sent.filter(([, share]) => share.rows >= LEAST_SHARE * rows)
    this.add(time, rows, outside, many)
  }

  /** The same, by the numbers of rows and of those from outside; `many`: senders of at least a part of `LEAST_SHARE`. */
  add(time: number, rows: number, outside: number, many: readonly (readonly [sender: string, share: Share])[]): void {
    const day = Math.floor(time / DAY)
    if (rows === 0 || (!this.#days.has(day) && this.#days.size >= MOST)) return
    const known = this.#days.get(day) ?? { rows: 0, outside: 0, by: new Map<string, Changing<Share>>() }
    this.#days.set(day, known)
    this.#inOrder = null
    known.rows += rows
    known.outside += outside
    for (const [sender, share] of many) {
      const own = known.by.get(sender)
      if (own === undefined) known.by.set(sender, { ...share })
      else addTo(own, share)
    }
  }

  /** The last days: null where none says anything. */
  recent(): Recent | null {
    return lastOf([...this.#days])
  }

  /**
   * The days up to one (since 1970), which say who sends most on it: they lie between others of the server, so that days
   * that are written after the last one add nothing to them. Null where none says anything.
   */
  upTo(day: number): Recent | null {
    const near = Array.from({ length: DAYS }, (_, i) => day - i).flatMap((one) => this.#dayOn(one))
    return near.length >= FEWEST ? lastOf(near) : this.#firstFrom(day - DAYS + 1)
  }

  #dayOn(day: number): [number, Day][] {
    const own = this.#days.get(day)
    return own === undefined ? [] : [[day, own]]
  }

  #firstFrom(from: number): Recent | null {
    this.#inOrder ??= [...this.#days].sort(([a], [b]) => a - b)
    const first = this.#inOrder.findIndex(([one]) => one >= from)
    return first < 0 ? null : lastOf(this.#inOrder.slice(first, first + DAYS))
  }
}

function lastOf(known: readonly (readonly [number, Day])[]): Recent | null {
  const all = [...known].sort(([a], [b]) => b - a).map(([, day]) => day)
  const many = all.filter(({ rows }) => rows >= ROWS)
  const days = (many.length * 2 >= all.length ? many : all).slice(0, DAYS)
  return days.length === 0 ? null : new Recent(days)
}

/** Some days together. */
export class Recent {
  readonly #days: readonly Day[]
  readonly rows: number
  /** Requests from outside. */
  readonly outside: number
  readonly by = new Map<string, Changing<Share>>()

  constructor(days: readonly Day[]) {
    this.#days = days
    this.rows = days.reduce((sum, day) => sum + day.rows, 0)
    this.outside = days.reduce((sum, day) => sum + day.outside, 0)
    for (const { by } of days)
      for (const [sender, share] of by) {
        const own = this.by.get(sender)
        if (own === undefined) this.by.set(sender, { ...share })
        else addTo(own, share)
      }
  }

  /** The addresses that send most, as few as send this part of all, on most of the days half of them; null where more than `most` do. */
  senders(part: number, most: number): readonly string[] | null {
    const busiest = [...this.by]
      .sort(([a, one], [b, other]) => other.rows - one.rows || (a < b ? -1 : 1))
      .slice(0, most)
    let rows = 0
    const last = busiest.findIndex(([, share]) => (rows += share.rows) >= part * this.rows)
    const needed = busiest.slice(0, last + 1).map(([sender]) => sender)
    const isMost = ({ rows: all, by }: Day): boolean =>
      needed.reduce((sum, sender) => sum + (by.get(sender)?.rows ?? 0), 0) * 2 >= all
    return last >= 0 && this.#days.filter(isMost).length * 2 > this.#days.length ? needed : null
  }
}

function addTo(own: Changing<Share>, { rows, answered, named }: Share): void {
  own.rows += rows
  own.answered += answered
  own.named += named
}
