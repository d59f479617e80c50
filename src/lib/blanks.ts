// Blanks, or one letter over and over, that were written over entries: those at both ends become one, with a long run of it in the middle.

/** How many blanks or line ends side by side, in a record or between two, are as long as a record. */
export const RECORD_BLANKS = { within: 400, between: 200 }

/** Do this many blanks or line ends stand side by side in a text? */
export function holdsBlanks(text: string, least: number): boolean {
  return hasRun((at) => text.charCodeAt(at), 0, text.length, least, blanks) >= 0
}

/** Where this many blanks or line ends stand side by side in bytes; -1 where they do nowhere. */
export function findBlanks(bytes: Uint8Array, from: number, to: number, least: number): number {
  return hasRun((at) => bytes[at]!, from, to, least, blanks)
}

/** Do this many blanks, or this many times the same letter, stand side by side in a record? */
export function holdsFilling(text: string): boolean {
  return hasRun((at) => text.charCodeAt(at), 0, text.length, RECORD_BLANKS.within, fillingOf) >= 0
}

/** Where such a run stands in bytes; -1 where it does nowhere. */
export function findFilling(bytes: Uint8Array, from: number, to: number): number {
  return hasRun((at) => bytes[at]!, from, to, RECORD_BLANKS.within, fillingOf)
}

type IsFilling = (unit: number) => boolean

/** A run of `least` units holds a position that is `least - 1` and a multiple of `least` behind `from`: only these are looked at. */
function hasRun(
  unitAt: (at: number) => number,
  from: number,
  to: number,
  least: number,
  of: (unit: number) => IsFilling | null,
): number {
  for (let at = from + least - 1; at < to; at += least) {
    const isFilling = of(unitAt(at))
    if (isFilling === null) continue
    let [first, end] = [at, at + 1]
    while (first > from && isFilling(unitAt(first - 1))) first--
    while (end < to && isFilling(unitAt(end))) end++
    if (end - first >= least) return first
  }
  return -1
}

function blanks(unit: number): IsFilling | null {
  return isBlank(unit) ? isBlank : null
}

function fillingOf(unit: number): IsFilling | null {
  return isLetter(unit) ? (other) => other === unit : blanks(unit)
}

/** Is it a letter that binary data, written as hexadecimal or base64, does not have many times side by side? */
function isLetter(unit: number): boolean {
  const lower = unit | 32
  return lower > 97 && lower <= 122 && lower !== 102
}

function isBlank(unit: number): boolean {
  return unit <= 32 && unit !== 0
}
