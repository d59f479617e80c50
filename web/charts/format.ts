import { SECOND, type TimeSpan, type Tick, type Unit } from './scale.ts'
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts'

/** How numbers and times are written in a language. Times are UTC; dates in full are written as ISO 8601 writes them. */
export type Format = {
  number(n: number): string
  /** `2021-03-03 04:23:22`, with milliseconds where there are any. */
  moment(time: number): string
  /** `2021-03-03`. */
  day(time: number): string
  /** Both ends, without saying the same day twice. */
  span(span: TimeSpan): string
  /** The same without the seconds, or the hours, that a long time does not need. */
  view(span: TimeSpan): string
  /** How long: `3 d 4 h`, of the two largest units. */
  lasting(ms: number): string
  /** What stands at a tick. */
  tick(tick: Tick): string
  /** What stands once below ticks that share it: their day, or their year. */
  context(tick: Tick): string
}

const made = new Map<string, Format>()

/** The format of a locale, made once. */
export function formatOf(locale: string): Format {
  const known = made.get(locale)
  if (known) return known
  const format = makeFormat(locale)
  made.set(locale, format)
  return format
}

function makeFormat(locale: string): Format {
  const numbers = new Intl.NumberFormat(locale)
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  const [dayMonth, month, fullDay] = [
    dates({ day: 'numeric', month: 'short' }),
    dates({ month: 'short' }),
    dates({ day: 'numeric', month: 'short', year: 'numeric' }),
  ]
  const moment = (time: number): string => {
    const text = isoText(time)
    return `${text.slice(0, 10)} ${text.slice(11, 19)}${text.slice(20, 23) === '000' ? '' : text.slice(19, 23)}`
  }
  return {
    number: (n) => numbers.format(n),
    moment,
    day: (time) => isoText(time).slice(0, 10),
    span({ from, to }) {
      const [a, b] = [moment(from), moment(to)]
      if (a === b) return a
      return a.slice(0, 10) === b.slice(0, 10) ? `${a} – ${b.slice(11)}` : `${a} – ${b}`
    },
    view({ from, to }) {
      const cut = to - from >= 90 * DAY ? 10 : to - from >= 2 * HOUR ? 16 : 23
      return `${moment(from).slice(0, cut)} – ${moment(to).slice(0, cut)}`
    },
    lasting(ms) {
      const units: readonly (readonly [unit: string, size: number])[] = [
        ['day', DAY],
        ['hour', HOUR],
        ['minute', MINUTE],
        ['second', SECOND],
        ['millisecond', 1],
      ]
      const at = Math.max(
        0,
        units.findIndex(([, size]) => ms >= size),
      )
      const parts = (ms < 1 ? units.slice(-1) : units.slice(at, at + 2)).map(([unit, size], i, list) => {
        const n = Math.floor(i === 0 ? ms / size : (ms % list[0]![1]) / size)
        return i > 0 && n === 0
          ? ''
          : new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(n)
      })
      return parts.filter((part) => part !== '').join(' ')
    },
    tick({ time, unit }) {
      if (unit === 'year') return String(new Date(time).getUTCFullYear())
      if (unit === 'month') return month.format(time)
      if (unit === 'day') return dayMonth.format(time)
      const clock = isoText(time).slice(11)
      return clock.slice(...clockParts[unit])
    },
    context({ time, unit }) {
      if (unit === 'year') return ''
      if (unit === 'month' || unit === 'day') return String(new Date(time).getUTCFullYear())
      return unit === 'millisecond' ? `${fullDay.format(time)}, ${isoText(time).slice(11, 16)}` : fullDay.format(time)
    },
  }
}

const clockParts: Readonly<Record<Exclude<Unit, 'year' | 'month' | 'day'>, readonly [number, number]>> = {
  hour: [0, 5],
  minute: [0, 5],
  second: [0, 8],
  millisecond: [6, 12],
}

const isoText = (time: number): string =>
  Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString().slice(-24) : '?'.repeat(24)
