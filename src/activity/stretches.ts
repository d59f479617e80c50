import { DAY } from '../lib/time.ts'

/** Since when the logs go on, up to a time (ms), so that what is in them explains what happened then; null where all of them do. */
export type SinceOf = (time: number) => number | null

/** The first day (since 1970) that says something of what happened on a day; -Infinity where all before it do. */
export function firstDayFor(day: number, sinceOf: SinceOf): number {
  const since = sinceOf(day * DAY + DAY - 1)
  const from = since === null ? -Infinity : Math.floor(since / DAY)
  return day >= from ? from : -Infinity
}
