import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Moments } from '../../src/lib/moments.ts'

/** What looking at all of them gives. */
function among(all: readonly (readonly [number, number])[], time: number, span: number, except: number) {
  let best: { of: number; distance: number } | null = null
  for (const [at, of] of all) {
    const distance = Math.abs(at - time)
    if (of === except || distance > span) continue
    if (best === null || distance < best.distance || (distance === best.distance && of < best.of))
      best = { of, distance }
  }
  return best
}

void describe('moments', () => {
  void it('the nearest is the one that a look at all of them gives', () => {
    let seed = 1
    const random = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n
    for (let round = 0; round < 2_000; round++) {
      const all = Array.from({ length: random(12) }, () => [random(20), random(4)] as const)
      const moments = new Moments()
      for (const [time, of] of all) moments.add(time, of)
      const [time, span, except] = [random(24), random(10), random(5) - 1]
      assert.deepEqual(
        moments.nearest(time, span, except),
        among(all, time, span, except),
        JSON.stringify({ all, time, span, except }),
      )
    }
  })
})
