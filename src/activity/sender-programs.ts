import type { TraitTally } from '../model/scan.ts'

/** Maximum number of programs of a sender that are counted apart: as many as a handful of people use. */
export const MANY_PROGRAMS = 5
/** Numbers per value in a tally; the first is that of its rows. */
const WIDTH = 8
/** Rows without a program, and those of programs beyond the most that are counted, are of one. */
const OTHERS = ''

/**
 * Programs that each of these senders used at least in a file, up to `MANY_PROGRAMS`: those that no one else used, or as many of the
 * most used ones as are needed for its rows, whichever are more. `all`: rows of all senders.
 */
export function programsOfSenders(
  { values, counts, only }: Pick<TraitTally, 'values' | 'counts' | 'only'>,
  senders: readonly (readonly [sender: string, of: { readonly rows: number }])[],
  all: number,
): ReadonlyMap<string, readonly string[]> {
  const own = new Map(senders.map(([sender]) => [sender, [] as string[]]))
  let counted = 0
  const most: (readonly [program: string, rows: number])[] = []
  for (let i = 0; i < values.length; i++) {
    const program = values[i]!
    const rows = counts[i * WIDTH]!
    counted += rows
    addToMost(most, program, rows)
    const programs = own.get(only[i] ?? '')
    if (programs !== undefined && programs.length < MANY_PROGRAMS) programs.push(program)
  }
  if (all > counted) addToMost(most, OTHERS, all - counted)
  for (const [sender, { rows }] of senders) {
    let left = rows
    const last = most.findIndex(([, of]) => (left -= of) <= 0)
    const needed = last < 0 ? most : most.slice(0, last + 1)
    if (needed.length > own.get(sender)!.length)
      own.set(
        sender,
        needed.map(([program]) => program),
      )
  }
  return own
}

/** Keeps the few with most rows, those with more first: of many programs nearly all have too few. */
function addToMost(most: (readonly [program: string, rows: number])[], program: string, rows: number): void {
  if (most.length === MANY_PROGRAMS && rows <= most.at(-1)![1]) return
  const at = most.findIndex(([, of]) => of < rows)
  most.splice(at < 0 ? most.length : at, 0, [program, rows])
  if (most.length > MANY_PROGRAMS) most.pop()
}
