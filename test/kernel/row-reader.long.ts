// Random logs through all ways of reading: SKIM_CASES (4000) of each form, of 250 rows, from seed SKIM_SEED (1000) on.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { bothWays, keepFor, scansOf } from './both-ways.ts'
import { Chance, forms, written } from './logs.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-rows-'))
after(() => rmSync(folder, { recursive: true }))
const cases = Number(process.env.SKIM_CASES ?? 4000)
const first = Number(process.env.SKIM_SEED ?? 1000)

for (const [name, make] of forms) {
  it(`${cases} logs like ${name}`, async (t) => {
    const ways = await bothWays({ all: false, isCommon: true })
    let rows = 0
    for (let seed = first; seed < first + cases; seed++) {
      const log = written(make(new Chance(seed), 250), seed)
      const [whole, plain, fast] = await scansOf(folder, name, log, ways.map(keepFor(seed)))
      assert.deepEqual(plain, whole, `seed ${seed}, plain`)
      assert.deepEqual(fast, whole, `seed ${seed}, kernel`)
      rows += whole!.artifact.events
    }
    t.diagnostic(`${rows} rows`)
  })
}
