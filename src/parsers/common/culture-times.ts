import { isoTime, statesZone } from '../../lib/time.ts'
import type { Event } from '../../model/event.ts'
import { certainTime, cultureTime, ordersOf } from './local-time.ts'

/** Rows that are held until it is known in which order they write a date. */
const HELD = 10_000

/**
 * Gives rows of an export their times. Shells write `3/4/2021 6:44:38 AM` or `04/03/2021 06:44:38` as the culture of the
 * machine has it: which it is, the other rows of the file tell. Where none tells, a row has no time.
 */
export class CultureTimes {
  readonly #emit: (event: Event) => void
  /** Texts whose order is certain by themselves. */
  readonly #certain = new Set<string>()
  #held: { readonly event: Event; readonly when: string }[] = []

  constructor(emit: (event: Event) => void) {
    this.#emit = emit
  }

  take(event: Event, when: string | null): void {
    if (when === null) return this.#emit(event)
    const time = statedTime(when) ?? certainTime(when)
    if (time === null) {
      this.#held.push({ event, when })
      if (this.#held.length >= HELD) this.finish()
      return
    }
    if (isoTime(when) === null && this.#certain.size < HELD && ordersOf([when]).length > 0) this.#certain.add(when)
    this.#emit({ ...event, time, timeBasis: statedTime(when) === null ? 'assumed' : 'stated' })
  }

  finish(): void {
    const orders = ordersOf([...this.#certain, ...this.#held.map(({ when }) => when)])
    for (const { event, when } of this.#held) {
      const time = orders.length === 1 ? cultureTime(when, orders[0]!) : null
      this.#emit(time === null ? event : { ...event, time, timeBasis: 'assumed' })
    }
    this.#held = []
  }
}

/** A time that says its zone. JSON of Windows PowerShell counts milliseconds of UTC. */
function statedTime(when: string): number | null {
  const counted = /^\/Date\((\d{9,14})\)\/$/.exec(when)
  if (counted) return Number(counted[1])
  return statesZone(when) ? isoTime(when) : null
}
