import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engineIsThere, fuzz, type FuzzRun } from './engine.ts'
import { targets } from './targets.ts'

// Every target for FUZZ_SECONDS (60). FUZZ_TARGETS=iis,zip takes only these.

const seconds = Number(process.env.FUZZ_SECONDS ?? 60)
const only = process.env.FUZZ_TARGETS?.split(',')
const skip = engineIsThere ? false : 'the engine is not installed: npm ci --prefix test/engines'

for (const target of targets.filter(({ name }) => !only || only.includes(name))) {
  test(`fuzz ${target.name}`, { skip }, async (t) => {
    const run = await fuzz(target, seconds)
    t.diagnostic(line(run))
    if (run.finding) assert.fail(told(run.finding))
    assert.ok(run.coverage[1] > 0, 'the code is seen by the engine')
  })
}

/** A row for docs/internals/fuzzing.md. */
function line({ target, seconds, executions, coverage, corpus, peakMegabytes, finding }: FuzzRun): string {
  const rate = Math.round(executions / Math.max(1, seconds))
  return `| ${target} | ${seconds} s | ${executions} | ${rate}/s | ${coverage[0]} → ${coverage[1]} | ${corpus} | ${peakMegabytes} MB | ${finding ? 'FINDING' : 'none'} |`
}

function told({ output, input }: NonNullable<FuzzRun['finding']>): string {
  return `${output}\nFor regressions.ts:\n${input?.toString('base64') ?? '(no input)'}`
}
