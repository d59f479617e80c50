import type { Finding } from '../src/model/finding.ts'

export type Piece = { readonly text: string; readonly isMarked: boolean }

const MOST = 200

/** A raw row in pieces: marked is what the finding was read from. Values are looked for as they are, and never as patterns. */
export function marked(raw: string, values: readonly string[]): readonly Piece[] {
  const ranges: [from: number, to: number][] = []
  for (const value of values) {
    let found = 0
    for (
      let at = raw.indexOf(value);
      at >= 0 && found < 20 && ranges.length < MOST;
      at = raw.indexOf(value, at + value.length)
    ) {
      if (!isWhole(raw, at, value)) continue
      ranges.push([at, at + value.length])
      found++
    }
  }
  ranges.sort(([a, b], [c, d]) => a - c || d - b)
  const pieces: Piece[] = []
  let at = 0
  for (const [from, to] of ranges) {
    if (to <= at) continue
    if (from > at) pieces.push({ text: raw.slice(at, from), isMarked: false })
    pieces.push({ text: raw.slice(Math.max(from, at), to), isMarked: true })
    at = to
  }
  if (at < raw.length) pieces.push({ text: raw.slice(at), isMarked: false })
  return pieces
}

/** What to look for in the rows of a finding: values of its fields, and its roles; the longest first. */
export function valuesOf(finding: Finding, facts: Finding['facts']): readonly string[] {
  const given = [finding.client, finding.user, finding.target, ...Object.values(facts).flat()]
  const texts = given.flatMap((v) => (v === null || typeof v === 'boolean' ? [] : [String(v)]))
  return [...new Set(texts)].filter((v) => v.trim().length >= 3).sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
}

// `200` is not a part of `12005`.
function isWhole(raw: string, at: number, value: string): boolean {
  const inside = (a: string | undefined, b: string | undefined): boolean => word.test(a ?? '') && word.test(b ?? '')
  return !inside(raw[at - 1], value[0]) && !inside(value.at(-1), raw[at + value.length])
}
const word = /[\p{L}\p{N}]/u
