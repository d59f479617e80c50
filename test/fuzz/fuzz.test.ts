import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engineIsThere, fuzz } from './engine.ts'
import { regressions } from './regressions.ts'
import { stepsOf } from '../counted.ts'
import { targetNamed, targets } from './targets.ts'

// Without the fuzzer: what every fuzz run begins with, and all that ever broke something. `npm run long` fuzzes.

/** Steps that no seed takes. */
const MOST = 50_000_000

for (const target of targets) {
  test(`${target.name}: seeds`, { timeout: 300_000 }, async () => {
    const seeds = target.seeds()
    assert.ok(seeds.length > 0, 'a target has something to begin with')
    for (const { name, bytes } of seeds) await soon(name, () => target.run(bytes, true))
  })
}

for (const { target, broke, input } of regressions) {
  test(`${target}: ${broke}`, { timeout: 300_000 }, () => soon(broke, () => targetNamed(target).run(input, true)))
}

async function soon(name: string, run: () => Promise<void>): Promise<void> {
  const steps = await stepsOf(run).catch((error: unknown) => {
    throw new Error(name, { cause: error })
  })
  assert.ok(steps < MOST, `${name} took ${steps} steps`)
}

const skip = engineIsThere ? false : 'the engine is not installed: npm ci --prefix test/engines'
test('the engine sees the code that it runs', { skip, timeout: 120_000 }, async () => {
  const run = await fuzz(targetNamed('windows-path'), 1)
  assert.equal(run.finding, null)
  assert.ok(run.executions > 0 && run.coverage[0] > 1, JSON.stringify(run))
})
