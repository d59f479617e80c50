import type { Sink } from '../parser.ts'

/** Columns of a header, with what a value of each must look like; null where anything may stand. */
export type TestedColumns = {
  readonly names: readonly string[]
  readonly tests: readonly (((value: string) => boolean) | null)[]
}

/** Rows by which a header is judged, and values of one that must not be what their columns name: one may be odd. */
const [JUDGED, UNLIKE] = [50, 2]

/** Do most rows that have as many values as a header has columns not look like what it names? */
export function isContradicted({ names, tests }: TestedColumns, rows: Iterable<readonly string[]>): boolean {
  let [alike, others] = [0, 0]
  for (const values of rows) {
    if (values.length !== names.length) continue
    if (isUnlike(tests, values)) others++
    // Where half of the most rows agree, the others cannot be more.
    else if (++alike * 2 >= JUDGED) return false
    if (alike + others === JUDGED) break
  }
  return others > alike
}

function isUnlike(tests: TestedColumns['tests'], values: readonly string[]): boolean {
  let unlike = 0
  for (let i = 0; i < tests.length; i++) {
    const test = tests[i]
    if (test && !test(values[i]!) && ++unlike === UNLIKE) return true
  }
  return false
}

/** How many of the columns that a server writes does a header name? None where their order is not the server's. */
export function countInOrder(names: readonly string[], order: readonly string[]): number {
  const places = names.map((name) => order.indexOf(name)).filter((place) => place >= 0)
  return places.every((place, i) => i === 0 || place > places[i - 1]!) ? places.length : 0
}

/**
 * The first header of a log, where it does not name the columns that its rows have, or has them as no server writes them.
 * Rows are then read by what the server writes by itself, else as the header says; either way they cover nothing, and what
 * the file would have shown is not known.
 */
export class DeniedHeader<C extends TestedColumns> {
  /** The columns of such a header where the rows agree with it. */
  unproven: C | null = null
  isDenied = false
  #line = 0

  /** May rows be read by it? */
  isTrusted(columns: C, rows: Iterable<readonly string[]>, isOrdered: boolean): boolean {
    const isAgreed = !isContradicted(columns, rows)
    if (isAgreed && isOrdered) return true
    this.isDenied = true
    if (isAgreed) this.unproven = columns
    return false
  }

  /** Where it stands. */
  lies(at: { readonly number: number } | undefined): void {
    this.#line ||= at?.number ?? 0
  }

  /** What of the log is not known: all of it. */
  get gap(): UnprovenGap | null {
    return this.isDenied ? doubtful(this.#line) : null
  }
}

type UnprovenGap = Parameters<Sink['gap']>[0]

/** The gap of a log whose rows may be others than they seem, by the line of the header that says so. */
export function doubtful(line: number): UnprovenGap {
  const detail = 'a header with other columns than the rows have, or in an order in which no server writes them'
  return {
    offset: 0,
    length: 0,
    reason: 'corrupt',
    detail,
    line: Math.max(1, line),
    between: { after: null, before: null },
  }
}
