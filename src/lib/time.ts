// Times are milliseconds since 1970-01-01 UTC. Nothing here asks the clock or the machine's zone.

/** A minute in milliseconds. */
export const MINUTE = 60_000
/** An hour in milliseconds. */
export const HOUR = 60 * MINUTE
/** A day of 24 hours in milliseconds. */
export const DAY = 24 * HOUR

/** ISO 8601 with Z or an offset, up to seven decimals (cut to milliseconds); null when it is not one or not a real date. */
export function isoTime(text: string): number | null {
  const m = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(text.trim())
  if (!m) return null
  const time = utcTime(+m[1]!, +m[2]!, +m[3]!, +m[4]!, +m[5]!, +m[6]!, m[7] ? Number(`0.${m[7]}`) * 1000 : 0)
  if (time === null) return null
  const zone = m[8]
  if (!zone || zone === 'Z') return time
  const sign = zone[0] === '-' ? 1 : -1
  return time + sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000
}

/** The same where the seconds may be missing, as authors write times. */
export function isoMinute(text: string): number | null {
  return isoTime(text.trim().replace(/^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?!:)/, '$1:00'))
}

/**
 * `Mar 3, 2021 4:23:22 AM`, as the portal of Defender exports times, which are UTC there unless its user chose another zone; others
 * leave out the seconds. `Mar 3, 2021 @ 04:23:22.370`, as Kibana shows times, in the zone of its user. Null where it is neither.
 */
export function namedMonthTime(text: string): number | null {
  const m =
    /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) (@ )?(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(?:\s?([AP]M))?$/.exec(
      text
        .slice(0, 48)
        .replaceAll(/[\u202f\u00a0]/g, ' ')
        .trim(),
    )
  // A half of the day is stated, or the hour is of 24.
  if (!m || (m[4] === undefined) !== (m[9] !== undefined)) return null
  if (m[9] !== undefined && (+m[5]! < 1 || +m[5]! > 12)) return null
  const hour = m[9] === undefined ? +m[5]! : (+m[5]! % 12) + (m[9] === 'PM' ? 12 : 0)
  return utcTime(+m[3]!, monthNumber(m[1]!), +m[2]!, hour, +m[6]!, +(m[7] ?? 0), Number(`0.${m[8] ?? 0}`) * 1000)
}

/** Does an ISO text say its zone (Z or an offset)? */
export function statesZone(text: string): boolean {
  return /(?:Z|[+-]\d\d:?\d\d)\s*$/.test(text)
}

/** A date and time of day as UTC, null when it does not exist (month 13, 30 February, hour 25). */
export function utcTime(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
): number | null {
  if (year < 1601 || year > 9999 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60)
    return null
  if (day > daysIn(year, month)) return null
  return Date.UTC(year, month - 1, day, hour, minute, second, Math.floor(millisecond))
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The number of a month by its English name in three letters, in any case; 0 where it is none. */
export function monthNumber(name: string): number {
  return MONTHS.indexOf(name.toLowerCase()) + 1
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** ISO UTC with milliseconds, `2021-03-03T04:23:22.370Z`; null stays null. */
export function iso(time: number): string
export function iso(time: number | null): string | null
export function iso(time: number | null): string | null {
  return time === null || !Number.isFinite(time) || Math.abs(time) > 8.64e15 ? null : new Date(time).toISOString()
}

/** The hour since 1970 that a time lies in. */
export function hourOf(time: number): number {
  return Math.floor(time / HOUR)
}

/** The beginning of an hour as ISO UTC without seconds' noise: `2021-03-03T04:00:00Z`. */
export function hourIso(hour: number): string {
  return `${new Date(hour * HOUR).toISOString().slice(0, 19)}Z`
}

/** The UTC day of a time: `2021-03-03`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

const FILETIME_EPOCH = 11_644_473_600_000

/**
 * A FILETIME (100 ns since 1601-01-01 UTC, given as its two 32-bit halves) in milliseconds since 1970, cut; null when it
 * is 0 or no date before the year 10000. https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-filetime
 */
export function fileTime(low: number, high: number): number | null {
  if (low === 0 && high === 0) return null
  // high · 2^32 + low is beyond 2^53: 2^32 = 429496 · 10^4 + 7296 keeps the division exact.
  const time = high * 429_496 + Math.floor((high * 7_296 + low) / 10_000) - FILETIME_EPOCH
  return time < 253_402_300_800_000 ? time : null
}

/** A FILETIME as ISO UTC with all seven decimals: `2021-03-03T04:23:22.3701234Z`; null where `fileTime` is. */
export function fileTimeText(low: number, high: number): string | null {
  const time = fileTime(low, high)
  if (time === null) return null
  const rest = (((high % 10_000_000) * (4_294_967_296 % 10_000_000)) % 10_000_000) + (low % 10_000_000)
  return `${new Date(time).toISOString().slice(0, 20)}${String(rest % 10_000_000).padStart(7, '0')}Z`
}

/** The least and the greatest of times, in one pass: a list of evidence may be longer than a call takes arguments. */
export function firstAndLast(times: Iterable<number>): readonly [first: number, last: number] | readonly [null, null] {
  let [first, last] = [Infinity, -Infinity]
  for (const time of times) {
    if (time < first) first = time
    if (time > last) last = time
  }
  return first > last ? [null, null] : [first, last]
}
