import { it } from 'node:test'

/**
 * `npm test` tries a tenth of the cases of chance, and none of the largest; `npm run test:all`, and a test file that is run by
 * itself, all of them.
 */
export const isTenth = process.env['POSTERN_CASES'] === 'tenth'

/** The cases to try. A tenth is from the last backwards, by a step that keeps even and odd ones, and every third, among them. */
export function casesOf<T>(all: readonly T[], tenth = isTenth): readonly T[] {
  const few = Array.from({ length: Math.ceil(all.length / 10) }, (_, i) => all[all.length - 1 - 11 * i]!)
  return tenth ? few.filter((one) => one !== undefined) : all
}

/** The seeds to try of those from the first to the last. */
export function seedsOf(first: number, last: number): readonly number[] {
  return casesOf(Array.from({ length: last - first + 1 }, (_, i) => first + i))
}

/** A case that takes a second and more, of a file that `npm test` runs without it. */
export const large = (isTenth ? () => Promise.resolve() : it) as typeof it
