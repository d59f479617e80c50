import { firstReached } from './collections.ts'

/** Things by their times, so that the nearest one is found without looking at all. */
export class Moments {
  #times: { readonly time: number; readonly of: number }[] = []
  #isSorted = true

  /** The same thing may have several times. */
  add(time: number, of: number): void {
    this.#times.push({ time, of })
    this.#isSorted = false
  }

  /** The number of the thing that is nearest in time, at most `span` away, and is not `except`; of equally near ones the least. */
  nearest(time: number, span: number, except = -1): { readonly of: number; readonly distance: number } | null {
    const times = this.#sorted()
    const here = this.#from(time)
    let after = here
    while (times[after]?.of === except) after++
    let before = here - 1
    while (before >= 0) {
      // Of one time the least number stands first.
      const last = before
      before = this.#from(times[last]!.time)
      while (before < last && times[before]!.of === except) before++
      if (times[before]!.of !== except) break
      before = this.#from(times[last]!.time) - 1
    }
    const [best] = [times[before], times[after]]
      .flatMap((one) => (one === undefined ? [] : [{ of: one.of, distance: Math.abs(one.time - time) }]))
      .sort((a, b) => a.distance - b.distance || a.of - b.of)
    return best !== undefined && best.distance <= span ? best : null
  }

  #sorted(): readonly { readonly time: number; readonly of: number }[] {
    if (!this.#isSorted) this.#times.sort((a, b) => a.time - b.time || a.of - b.of)
    this.#isSorted = true
    return this.#times
  }

  /** The first place whose time is not before `time`. */
  #from(time: number): number {
    return firstReached(this.#times.length, (at) => this.#times[at]!.time >= time)
  }
}
