import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkBytes, checkDoublings, costOf, growth, MOST } from './growth.ts'
import { shapes } from './many.ts'

/** Shapes of which the first few hundred cost less than all further ones: not each of them opens an intrusion. */
const LATER = new Set(['clients at a page each'])

describe('growth', () => {
  for (const [name, shape] of Object.entries(shapes))
    it(name, { timeout: 600_000 }, () => checkDoublings(name, shape, LATER.has(name) ? 750 : 375))

  it('8,000 addresses: clients at a page each', { timeout: 900_000 }, async () => {
    const shape = shapes['clients at a page each']
    const [before, after] = [await costOf(shape, 4_000), await costOf(shape, 8_000)]
    assert.ok(growth(before.steps, after.steps) <= MOST, `${before.steps} steps, then ${after.steps}`)
    checkBytes('8,000 addresses', before, after)
  })
})
