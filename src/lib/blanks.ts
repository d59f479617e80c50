// Blanks that were written over entries: those at both ends become one, with a long run of blanks in the middle.

/** How many blanks or line ends side by side, in a record or between two, are as long as a record. */
export const RECORD_BLANKS = { within: 400, between: 200 }

/** Do this many blanks or line ends stand side by side in a text? */
export function holdsBlanks(text: string, least: number): boolean {
  return hasRun((at) => text.charCodeAt(at), 0, text.length, least) >= 0
}

/** Where this many blanks or line ends stand side by side in bytes; -1 where they do nowhere. */
export function findBlanks(bytes: Uint8Array, from: number, to: number, least: number): number {
  return hasRun((at) => bytes[at]!, from, to, least)
}

/** A run of `least` blanks holds a position that is `least - 1` and a multiple of `least` behind `from`: only these are looked at. */
function hasRun(unitAt: (at: number) => number, from: number, to: number, least: number): number {
  for (let at = from + least - 1; at < to; at += least) {
    if (!isBlank(unitAt(at))) continue
    let [first, end] = [at, at + 1]
    while (first > from && isBlank(unitAt(first - 1))) first--
    while (end < to && isBlank(unitAt(end))) end++
    if (end - first >= least) return first
  }
  return -1
}

function isBlank(unit: number): boolean {
  return unit <= 32 && unit !== 0
}
