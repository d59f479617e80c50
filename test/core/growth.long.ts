import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkBytes, checkDoublings, costOf, growth, MOST } from './growth.ts'
import { shapes } from './many.ts'

// The same as growth.test.ts with more of everything.
describe('growth', () => {
  for (const [name, shape] of Object.entries(shapes)) it(name, () => checkDoublings(name, shape, 2_000))

  for (const name of ['clients at a page each', 'forged requests of as many clients'] as const)
    it(`20,000 addresses: ${name}`, async () => {
      const [before, after] = [await costOf(shapes[name], 10_000), await costOf(shapes[name], 20_000)]
      assert.ok(growth(before.steps, after.steps) <= MOST, `${before.steps} steps, then ${after.steps}`)
      checkBytes(name, before, after)
      assert.ok(after.bytes.get('json')! < 20_000_000, `assessment.json ${after.bytes.get('json')}`)
      assert.ok(after.bytes.get('html')! < 15_000_000, `report.html ${after.bytes.get('html')}`)
      assert.ok(after.assessment.findings.length > 19_000)
    })
})
