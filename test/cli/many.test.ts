import assert from 'node:assert/strict'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { limits } from '../../src/lib/limits.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { shapes, writeShape } from '../core/many.ts'
import { place } from './command.ts'
import { runHere } from './in-process.ts'

// Half a megabyte of log by which everybody is an intruder, as the command reads it.

const folder = place()

for (const [name, n, verdict] of [
  ['clients at a page each', 5_500, 'compromised'],
  ['forged requests of as many clients', 2_000, 'exploited'],
] as const)
  test(`${n} ${name}`, async () => {
    const evidence = writeShape(join(folder, `evidence-${n}`), shapes[name](n))
    const out = join(folder, `out-${n}`)
    const done = await runHere(['assess', '--quiet', evidence, '--out', out, '--format', 'ecs', '--format', 'stix'])
    assert.deepEqual([done.status, done.err], [5, ''])
    const { servers } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as { servers: { path: string }[] }
    const server = join(out, servers[0]!.path)
    const read = (file: string): string => readFileSync(join(server, file), 'utf8')
    const assessment = JSON.parse(read('assessment.json')) as Assessment
    assert.equal(assessment.verdict.is, verdict)
    assert.equal((JSON.parse(read('run.json')) as { failedReports?: unknown }).failedReports, undefined)

    // Every finding is there, and the answer is a file that opens.
    const findings = read('findings.jsonl').trimEnd().split('\n').length
    assert.ok(findings > n / 2, String(findings))
    assert.equal(assessment.findings.length + (assessment.more?.findings ?? 0), findings)
    assert.ok(assessment.findings.length <= limits.findings)
    assert.ok(statSync(join(server, 'assessment.json')).size < 20_000_000)
    assert.ok(statSync(join(server, 'report.html')).size < 15_000_000)

    // What assessment.json left out is neither new nor gone.
    const diff = await runHere(['diff', out, out, '--format', 'json'])
    const compared = JSON.parse(diff.out) as { findings: { stays: number; gone: unknown[]; new: unknown[] } }
    assert.deepEqual(
      [compared.findings.stays, compared.findings.gone, compared.findings.new],
      [findings, [], []],
      diff.err,
    )
    if (assessment.more?.findings) {
      rmSync(join(server, 'findings.jsonl'))
      const alone = await runHere(['diff', out, out])
      assert.deepEqual([alone.status, alone.out], [2, ''])
      assert.match(
        alone.err,
        /assessment\.json is incomplete without findings\.jsonl\. Put both files into one folder\./,
      )
    }
  })
