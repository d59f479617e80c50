import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkBytes, checkReferences, checkSteps, costOf, growth, MOST } from './growth.ts'
import { shapes } from './many.ts'

describe('growth', () => {
  for (const [name, shape] of Object.entries(shapes))
    it(name, { timeout: 600_000 }, async () => {
      // What is done once in a process is done before anything is counted.
      await costOf(shape, 100)
      const costs = [await costOf(shape, 750), await costOf(shape, 1_500), await costOf(shape, 3_000)] as const
      checkSteps(name, costs)
      checkBytes(name, costs[0], costs[1])
      checkBytes(name, costs[1], costs[2])
      checkReferences(costs[2].assessment)
    })

  it('8,000 addresses: clients at a page each', { timeout: 900_000 }, async () => {
    const shape = shapes['clients at a page each']
    const [before, after] = [await costOf(shape, 4_000), await costOf(shape, 8_000)]
    assert.ok(growth(before.steps, after.steps) <= MOST, `${before.steps} steps, then ${after.steps}`)
    checkBytes('8,000 addresses', before, after)
  })
})
