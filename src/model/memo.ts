/** Maximum number of results that are kept: with more, all are forgotten and found again. */
const MOST = 100_000

/** A function of a text that is called again and again with the same texts: each result is found once. It must depend on nothing else. */
export function memoized<Result>(of: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, { readonly result: Result }>()
  return (text) => {
    let found = known.get(text)
    if (found === undefined) {
      if (known.size >= MOST) known.clear()
      known.set(text, (found = { result: of(text) }))
    }
    return found.result
  }
}
