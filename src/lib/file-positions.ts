import { firstReached } from './collections.ts'

/** A place in a text; both count from 1. */
export type TextPosition = { readonly line: number; readonly column: number }

/** Turns offsets of a text into places. Its lines are looked for at the first question. */
export function placer(text: string): (offset: number) => TextPosition {
  let starts: readonly number[] | null = null
  return (offset) => {
    starts ??= lineStarts(text)
    const lines = starts
    const line = Math.max(
      1,
      firstReached(lines.length, (i) => lines[i]! > offset),
    )
    return { line, column: offset - lines[line - 1]! + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  return starts
}
