// Blanks, or one letter over and over, that were written over entries: those at both ends become one, with a long run of it in the middle.

/** How many blanks or line ends side by side, in a record or between two, are as long as a record. */
export const RECORD_BLANKS = { within: 400, between: 200 }

/** Runs in a row in which other rows may have lain: of blanks, and of one letter, where that is shorter than Infinity. */
export type Filling = { readonly blanks: number; readonly letters: number }

/** Runs in a record of any form. */
export const RECORD_FILLING: Filling = { blanks: RECORD_BLANKS.within, letters: RECORD_BLANKS.within }

/** Where the first of such runs stands in bytes; -1 where none does. */
export function findFilling(bytes: Uint8Array, from: number, to: number, { blanks: least, letters }: Filling): number {
  const blank = hasRun((at) => bytes[at]!, from, to, least, blanks)
  const letter = letters < Infinity ? hasRun((at) => bytes[at]!, from, to, letters, letterOf) : -1
  return blank < 0 || letter < 0 ? Math.max(blank, letter) : Math.min(blank, letter)
}

/** Does one of such runs stand in a text? */
export function holdsFilling(text: string, { blanks: least, letters }: Filling): boolean {
  const has = (length: number, of: typeof blanks): boolean =>
    hasRun((at) => text.charCodeAt(at), 0, text.length, length, of) >= 0
  return has(least, blanks) || (letters < Infinity && has(letters, letterOf))
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

function letterOf(unit: number): IsFilling | null {
  return isLetter(unit) ? (other) => other === unit : null
}

/** Is it a letter that binary data, written as hexadecimal or base64, does not have many times side by side? */
function isLetter(unit: number): boolean {
  const lower = unit | 32
  return lower > 97 && lower <= 122 && lower !== 102
}

function isBlank(unit: number): boolean {
  return unit <= 32 && unit !== 0
}
