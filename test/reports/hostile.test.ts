import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { summaryJson, textReport } from '../../src/reports/index.ts'
import { hostile, kinds } from './hostile.ts'
import { acts, checkReports } from './safe-output.ts'

/** Own keys of the prototype of all objects, some of which a hostile key could have made. */
const clean = Object.getOwnPropertyNames(Object.prototype).sort()

describe('hostile text in every field of an assessment', () => {
  for (const [kind, evil] of Object.entries(kinds)) {
    it(kind, () => {
      const assessment = hostile(evil)
      checkReports(assessment, evil)
      for (const text of [textReport(assessment, { color: false, width: 80 })])
        assert.doesNotMatch(text.replaceAll('\n', ''), acts)
      JSON.parse(summaryJson([{ assessment, path: 'x' }]))
      assert.deepEqual(Object.getOwnPropertyNames(Object.prototype).sort(), clean)
    })
  }
})
