// Who guesses passwords for days makes none of these days ordinary, where the logs have days before without it.

/** Fewest days of logs before it, and most attempts at an account a day: programs with an old password try it all the time. */
const LASTING = { before: 3, times: 5 }

/** A day on which many accounts were refused: how many times, and how many accounts. */
export type GuessingDay<Day> = { readonly day: Day; readonly times: number; readonly accounts: number }

/** The days on which each account was refused a few times only; `before`: the number of days of the logs before the first of all. */
export function lastingDays<Day>(days: readonly GuessingDay<Day>[], before: number): ReadonlySet<Day> {
  if (before < LASTING.before) return new Set()
  return new Set(days.flatMap(({ day, times, accounts }) => (times <= LASTING.times * accounts ? [day] : [])))
}
