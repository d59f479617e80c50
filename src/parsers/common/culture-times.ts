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
  /** By how they are written: another culture writes otherwise. */
  readonly #forms = new Map<string, Form>()
  #held = 0

  constructor(emit: (event: Event) => void) {
    this.#emit = emit
  }

  take(event: Event, when: string | null): void {
    if (when === null) return this.#emit(event)
    const stated = statedTime(when)
    const time = stated ?? certainTime(when)
    if (time === null) {
      this.#formOf(when).held.push({ event, when })
      if (++this.#held >= HELD) this.finish()
      return
    }
    if (isoTime(when) === null && ordersOf([when]).length > 0) {
      const { certain } = this.#formOf(when)
      if (certain.size < HELD) certain.add(when)
    }
    this.#emit({ ...event, time, timeBasis: stated === null ? 'assumed' : 'stated' })
  }

  finish(): void {
    // Where certain rows contradict each other, the file is of several machines.
    const areOfOne = ordersOf([...this.#forms.values()].flatMap(({ certain }) => [...certain])).length > 0
    for (const { certain, held } of this.#forms.values()) {
      const orders = areOfOne ? ordersOf([...certain, ...held.map(({ when }) => when)]) : []
      for (const { event, when } of held.splice(0)) {
        const time = orders.length === 1 ? cultureTime(when, orders[0]!) : null
        this.#emit(time === null ? event : { ...event, time, timeBasis: 'assumed' })
      }
    }
    this.#held = 0
  }

  #formOf(when: string): Form {
    const key = `${/[./-]/.exec(when)?.[0] ?? ''}${/[ap]\.?\s?m/i.test(when) ? ' half' : ''}`
    const known = this.#forms.get(key)
    if (known !== undefined) return known
    const form = { certain: new Set<string>(), held: [] }
    this.#forms.set(key, form)
    return form
  }
}

/** Times that are written alike: those whose order is certain by themselves, and rows that wait for the order. */
type Form = { readonly certain: Set<string>; readonly held: { readonly event: Event; readonly when: string }[] }

/** A time that says its zone. JSON of Windows PowerShell counts milliseconds of UTC. */
function statedTime(when: string): number | null {
  const counted = /^\/Date\((\d{9,14})\)\/$/.exec(when)
  if (counted) return Number(counted[1])
  return statesZone(when) ? isoTime(when) : null
}
