/** `; did you mean "iis-frontend"?`, where a known name is close to the given one; else nothing. */
export function meant(name: string, known: Iterable<string>): string {
  const near = nearestName(name, known)
  return near === null ? '' : `; did you mean ${JSON.stringify(near)}?`
}

/** The known name closest to a mistyped one; null where none is close. */
export function nearestName(name: string, known: Iterable<string>): string | null {
  const most = Math.min(3, Math.max(1, Math.floor(name.length / 4)))
  let best: { name: string; distance: number } | null = null
  for (const other of known) {
    if (Math.abs(other.length - name.length) > Math.max(most, 3)) continue
    const [given, wanted] = [name.toLowerCase(), other.toLowerCase()]
    // A beginning of a name is meant as the whole of it, and a name with an ending more as the name.
    const isPart = (given.length >= 5 && wanted.startsWith(given)) || (wanted.length >= 5 && given.startsWith(wanted))
    const distance = isPart ? 1 : distanceOf(given, wanted, most)
    if (distance <= most && (best === null || distance < best.distance)) best = { name: other, distance }
  }
  return best?.name ?? null
}

/** How many letters must be changed, added, left out or exchanged with their neighbor; more than `most` is one more. */
function distanceOf(a: string, b: string, most: number): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, i) => i)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    ;[before, last] = [last, row]
  }
  return Math.min(last[b.length]!, most + 1)
}
