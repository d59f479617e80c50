import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engineIsThere, fuzz, type FuzzRun } from './engine.ts'
import { targets } from './targets.ts'
import { addFuzzTime, readFuzzTimes } from './time-ledger.ts'

// Every target for FUZZ_SECONDS (60), until it was fuzzed for an hour in all, and then for a minute. FUZZ_TARGETS=iis,zip takes
// only these. The time is added to docs/internals/fuzz-time.csv.

const HOUR = 3_600
const asked = Number(process.env.FUZZ_SECONDS ?? 60)
const only = process.env.FUZZ_TARGETS?.split(',')
const skip = engineIsThere ? false : 'the engine is not installed: npm ci --prefix test/engines'

for (const target of targets.filter(({ name }) => !only || only.includes(name))) {
  test(`fuzz ${target.name}`, { skip }, async (t) => {
    const left = HOUR - (readFuzzTimes().get(target.name)?.seconds ?? 0)
    const run = await fuzz(target, Math.min(asked, Math.max(left, 60)))
    addFuzzTime(run)
    t.diagnostic(line(run))
    if (run.finding) assert.fail(told(run.finding))
    assert.ok(run.coverage[1] > 0, 'the code is seen by the engine')
  })
}

function line({ target, seconds, executions, coverage, corpus, peakMegabytes }: FuzzRun): string {
  return `${target}: ${seconds} s, ${executions} executions, ${coverage[0]} → ${coverage[1]} places, ${corpus} inputs, ${peakMegabytes} MB`
}

function told({ output, input }: NonNullable<FuzzRun['finding']>): string {
  return `${output}\nFor regressions.ts:\n${input?.toString('base64') ?? '(no input)'}`
}
