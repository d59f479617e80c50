import { DAY } from '../lib/time.ts'

// What was before explains an act only where it lasted up to it. Who forges days of logs can write those before the first day
// that the server wrote, and has no part in those between: an address that people used then, and that is silent for the days up to
// the act, is not one of theirs.

/** Days between an act and what explains it, at most: over a long weekend a place is not used. */
const NEAR = 5
/** A place that is used every week is not left; who works elsewhere on some days of more than that has left it. */
const [WEEK, LEFT] = [8, 3]

/** Is it one of the days just before that of an act (days since 1970)? */
export function isJustBefore(day: number, act: number): boolean {
  return day < act && act - day <= NEAR
}

/** The days just before that of an act. */
export function daysBefore(act: number): readonly number[] {
  return lastDays(NEAR, act)
}

/** Is it the day of an act, one just before it, or any later one? */
export function isJustBeforeOrSince(day: number, act: number): boolean {
  return act - day <= NEAR
}

/** The days of the week before one: what is done every week was done on one of them. */
export function weekBefore(day: number): readonly number[] {
  return lastDays(WEEK, day)
}

function lastDays(count: number, before: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => before - 1 - i)
}

/** Is it another day than that of an act, and near it? */
export function isNear(day: number, act: number): boolean {
  return day !== act && Math.abs(act - day) <= NEAR
}

/**
 * The first of the days from which a use goes on until an act: it was not left for others meanwhile. Null where no day before the
 * act leads to it.
 */
export function lastingSince(uses: Iterable<number>, elsewhere: () => Iterable<number>, act: number): number | null {
  const before = fromLast(uses).filter((day) => day < act)
  if (before.length === 0) return null
  let since = act
  // From the last day backwards, each once: hostile logs may have days of centuries.
  let others: readonly number[] | null = null
  let next = 0
  for (const day of before) {
    if (since - day > WEEK) {
      others ??= fromLast(elsewhere())
      while (next < others.length && others[next]! >= since) next++
      if ((others[next + LEFT - 1] ?? -Infinity) > day) break
    }
    since = day
  }
  return since === act ? null : since
}

/** A telephone is off for a week of holidays, the weekends around it and a day or two more. */
const OFF = 11

/** Do two uses of a device, from a first to a last time (ms) each, belong together? */
export function isOneUse(a: Span, b: Span): boolean {
  return a.first <= b.last + OFF * DAY && b.first <= a.last + OFF * DAY
}

type Span = { readonly first: number; readonly last: number }

function fromLast(days: Iterable<number>): number[] {
  return [...new Set(days)].sort((a, b) => b - a)
}
