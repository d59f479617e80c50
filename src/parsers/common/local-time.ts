import type { TimeBasis } from '../../model/event.ts'
import { isoTime, namedMonthTime, statesZone, utcTime } from '../../lib/time.ts'

// PowerShell writes times as the culture of the server has them: `3/4/2021 6:44:38 AM`, `04.03.2021 06:44:38`,
// `2021/3/4 6:44:38`. Day and month are told apart where a number or another time of the same text allows it, never guessed.

/** The order in which a culture writes a date. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

const ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy']

/** A time written in the given order, as UTC; null when it is none. */
export function cultureTime(text: string, order: DateOrder): number | null {
  // No culture needs more; a longer text is something else.
  if (text.length > 48) return null
  const m =
    /^\s*(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})\.?,?\s+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d{1,7})?)?\s*([AaPp])?\.?\s?[Mm]?\.?\s*$/.exec(
      text,
    )
  if (!m) return null
  const [a, b, c] = [Number(m[1]), Number(m[3]), Number(m[4])]
  const yearFirst = m[1]!.length === 4
  if (yearFirst !== (order === 'ymd') || (!yearFirst && m[4]!.length !== 4)) return null
  // Dates with points have the day before the month.
  if (order === 'mdy' && m[2] === '.') return null
  const [year, month, day] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b]
  let hour = Number(m[5])
  const half = m[8]?.toLowerCase()
  if (half && (hour < 1 || hour > 12)) return null
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0)
  return utcTime(year, month, day, hour, Number(m[6]), Number(m[7] ?? 0))
}

/** The orders in which every one of the texts is a time. */
export function ordersOf(texts: readonly string[]): DateOrder[] {
  return ORDERS.filter((order) => texts.every((text) => cultureTime(text, order) !== null))
}

/** A certain time, or one of American English, which alone writes halves of the day in capitals: `6/30/2021 10:03:57 AM`. */
export function certainOrAmericanTime(text: string): number | null {
  return certainTime(text) ?? (/\s[AP]M$/.test(text) ? cultureTime(text, 'mdy') : null)
}

/** A time of a record of Microsoft's cloud, which are UTC in ISO form; tables of its portals may be written as their reader writes times. */
export function cloudTime(text: string): { readonly time: number | null; readonly timeBasis: TimeBasis } {
  const time = isoTime(text)
  if (time === null) return { time: certainTime(text), timeBasis: 'assumed' }
  return { time, timeBasis: statesZone(text) ? 'stated' : 'format' }
}

/** A time whose meaning is certain by itself: ISO, year first, a day over 12, day and month alike, or a month by its name. Null otherwise. */
export function certainTime(text: string): number | null {
  const time = isoTime(text) ?? namedMonthTime(text)
  if (time !== null) return time
  const times = new Set(ordersOf([text]).map((order) => cultureTime(text, order)))
  return times.size === 1 ? [...times][0]! : null
}
