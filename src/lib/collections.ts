/** Puts a value at the end of the list of a key, in place: copying a list each time it grows takes the square of its length. */
export function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** Adds a value to the set of a key. */
export function addToSet<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}

/** Puts values at the end of a list, in place: spread into a call, a list may have more entries than a call takes arguments. */
export function append<Value>(list: Value[], values: Iterable<Value>): void {
  for (const value of values) list.push(value)
}

/** The least of numbers, however many; `none` where there is none. */
export function leastOf<None>(numbers: Iterable<number>, none: None): number | None {
  let least: number | null = null
  for (const number of numbers) if (least === null || number < least) least = number
  return least ?? none
}

/** The greatest of numbers, however many; `none` where there is none. */
export function greatestOf<None>(numbers: Iterable<number>, none: None): number | None {
  let greatest: number | null = null
  for (const number of numbers) if (greatest === null || number > greatest) greatest = number
  return greatest ?? none
}

/** The first of `count` places from which on all are reached; `count` where none is. What is not reached stands in front. */
export function firstReached(count: number, isReached: (place: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isReached(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** Adds to the number of a key. */
export function bump(map: Map<string, number>, key: string, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by)
}
