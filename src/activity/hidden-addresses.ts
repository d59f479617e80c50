import { DAY } from '../lib/time.ts'

/** Addresses that are hidden on a day (since 1970); null: on the last ones. */
type HiddenOnDay = (day: number | null) => readonly ReadonlySet<string>[]

/**
 * Addresses of proxies, which hide clients. What happened is judged by who was one on its day: the set has those of the last
 * days, which anyone who adds days may have written.
 */
export class HiddenAddresses extends Set<string> {
  readonly #onDay: HiddenOnDay
  readonly #known = new Map<number, readonly ReadonlySet<string>[]>()

  constructor(onDay: HiddenOnDay) {
    super(onDay(null).flatMap((one) => [...one]))
    this.#onDay = onDay
  }

  isAt(client: string, day: number): boolean {
    let known = this.#known.get(day)
    if (known === undefined) this.#known.set(day, (known = this.#onDay(day)))
    return known.some((one) => one.has(client))
  }
}

/** Is an address one of a proxy at a time (ms), or, where none is known, on the last days? */
export function isHiddenAt(hidden: ReadonlySet<string>, client: string, time: number | null): boolean {
  return hidden instanceof HiddenAddresses && time !== null
    ? hidden.isAt(client, Math.floor(time / DAY))
    : hidden.has(client)
}
