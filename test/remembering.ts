import type { Member } from '../src/evidence/container.ts'
import type { Pool } from '../src/model/scan.ts'

/** A pool that reads each file once, however often it is assessed; with `keeps` only those whose reference it says this of. */
export function remembering(pool: Pool, keeps: (key: string) => boolean = () => true): Pool {
  const known = new Map<string, unknown>()
  return {
    async run<Item, Result>(task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      const keys = items.map((item) => JSON.stringify((item as Member).ref))
      const fresh = items.flatMap((item, i) => (known.has(keys[i]!) ? [] : [{ item, key: keys[i]! }]))
      await pool.run<Item, Result>(
        task,
        fresh.map(({ item }) => item),
        (result, i) => known.set(fresh[i]!.key, result),
      )
      keys.forEach((key, i) => each(known.get(key) as Result, i))
      for (const { key } of fresh) if (!keeps(key)) known.delete(key)
    },
  }
}
