/** A place in a text; both count from 1. */
export type Place = { readonly line: number; readonly column: number }

/** Turns offsets of a text into places. Its lines are looked for at the first question. */
export function placer(text: string): (offset: number) => Place {
  let starts: readonly number[] | null = null
  return (offset) => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  return starts
}
