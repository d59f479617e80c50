import { counted } from '../../lib/amounts.ts'
import { isoTime, statesZone } from '../../lib/time.ts'
import type { Place, TimeBasis } from '../../model/event.ts'
import type { Sink } from '../parser.ts'

/** When a result was, as far as its file says it. */
export type HuntTime = { readonly time: number | null; readonly basis: TimeBasis }

/** A time in both orders of day and month; null where it does not exist in one. */
type Readings = { readonly mdy: number | null; readonly dmy: number | null }
type Waiting = { readonly stamp: string; readonly readings: Readings; readonly tell: (when: HuntTime) => void }

/** Maximum number of results held until one shows which is the day and which the month. */
const WAITING = 20_000
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/**
 * Times in the forms that Hayabusa can be asked for: ISO, RFC 2822 and 3339, `03-25-2021 04:25:01.000 AM +00:00`,
 * `03-25-2021 04:25:01.000 +00:00` and `25-03-2021 04:25:01.000 +00:00`. All results of a file are written in one form, so
 * a day over 12 tells day from month for all. Until one comes they wait; when none does they have no time.
 */
export class HuntTimes {
  readonly #sink: Sink
  readonly #path: string
  #order: keyof Readings | 'neither' | null = null
  #waiting: Waiting[] = []
  #untold: { at: Place; stamp: string; results: number } | null = null

  constructor(sink: Sink, path: string) {
    this.#sink = sink
    this.#path = path
  }

  /** Calls `tell` once, now or later. */
  take(stamp: string, at: Place, tell: (when: HuntTime) => void): void {
    const readings = dashed(stamp)
    if (!readings) return tell({ time: isoTime(stamp) ?? mailTime(stamp), basis: basisOf(stamp) })
    const { mdy, dmy } = readings
    const only = mdy === null ? (dmy === null ? null : 'dmy') : dmy === null ? 'mdy' : null
    if (only !== null && this.#order === null) this.#decide(only)
    // Two forms in one file: each is certain of itself only.
    else if (only !== null && this.#order !== only) this.#order = 'neither'
    const waiting = {
      stamp,
      readings,
      tell: (when: HuntTime) => {
        if (when.time === null && mdy !== dmy) {
          this.#untold ??= { at, stamp, results: 0 }
          this.#untold.results++
        }
        tell(when)
      },
    }
    if (this.#order !== null) return this.#tell(waiting)
    this.#waiting.push(waiting)
    if (this.#waiting.length >= WAITING) this.#flush()
  }

  finish(): void {
    this.#flush()
    const untold = this.#untold
    if (!untold) return
    const note = `${this.#path}: ${counted(untold.results, 'result')} without a time: day and month cannot be distinguished in ${untold.stamp}`
    this.#sink.fact({ fact: 'note', note, at: untold.at })
  }

  #decide(order: keyof Readings): void {
    this.#order = order
    this.#flush()
  }

  #flush(): void {
    for (const waiting of this.#waiting) this.#tell(waiting)
    this.#waiting = []
  }

  #tell({ stamp, readings, tell }: Waiting): void {
    const { mdy, dmy } = readings
    const certain = mdy === dmy ? mdy : mdy === null ? dmy : dmy === null ? mdy : null
    const order = this.#order === 'neither' ? null : this.#order
    tell({ time: certain ?? (order === null ? null : readings[order]), basis: basisOf(stamp) })
  }
}

function basisOf(stamp: string): TimeBasis {
  return statesZone(stamp) ? 'stated' : 'assumed'
}

/** Two numbers before the year; half days are the American form only. Null when it is not of this form. */
function dashed(stamp: string): Readings | null {
  const m = /^(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d:\d\d(?:\.\d{1,9})?)(?: ([AP])M)? ([+-]\d\d:?\d\d)$/.exec(stamp)
  if (!m) return null
  const [, a, b, year, hour, rest, half, zone] = m as unknown as [string, ...string[]]
  const hours = half ? (Number(hour) % 12) + (half === 'P' ? 12 : 0) : Number(hour)
  if (half && (Number(hour) < 1 || Number(hour) > 12)) return { mdy: null, dmy: null }
  const clock = `${String(hours).padStart(2, '0')}:${rest}${zone}`
  return {
    mdy: isoTime(`${year}-${a}-${b}T${clock}`),
    dmy: half ? null : isoTime(`${year}-${b}-${a}T${clock}`),
  }
}

/** RFC 2822: `Wed,  3 Mar 2021 04:25:01 +00:00`, with a colon in the zone or without. */
function mailTime(stamp: string): number | null {
  const m = /^[A-Z][a-z]{2}, {1,2}(\d{1,2}) ([A-Z][a-z]{2}) (\d{4} \d\d:\d\d:\d\d) ([+-]\d\d:?\d\d)$/.exec(stamp)
  const month = m ? MONTHS.indexOf(m[2]!) / 3 + 1 : 0
  if (!m || month < 1 || !Number.isInteger(month)) return null
  const [year, clock] = m[3]!.split(' ') as [string, string]
  return isoTime(`${year}-${String(month).padStart(2, '0')}-${m[1]!.padStart(2, '0')}T${clock}${m[4]!}`)
}
