import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configurationCopies } from '../../src/assessment/configuration-copies.ts'
import { appearanceSigns } from '../../src/assessment/weighing/appeared.ts'
import type { ExplanationContext } from '../../src/assessment/weighing/explanations/explanation.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { SubjectKind } from '../../src/model/sign.ts'

/** The entry of a module in a copy of a configuration that was written the given number of days after the logs begin. */
const entry = (day: number, log = 'iis-config', name = 'applicationHost.config'): FindingWithHits =>
  ({
    finding: { id: 'f', log },
    hits: [{ event: { log, time: day, fields: {}, at: { path: `a/${name}` } } }],
  }) as unknown as FindingWithHits

function signsOf(about: readonly FindingWithHits[], oldest: number, kind: SubjectKind = 'module'): number {
  const context = {
    logs: { first: 0, last: 30 },
    configurations: new Map([['applicationhost.config', oldest]]),
  } as unknown as ExplanationContext
  return appearanceSigns({ kind, key: '', name: '' }, about, context).length
}

void test('an entry that an older copy of the configuration lacks appeared within the period', () => {
  assert.equal(signsOf([entry(12)], 5), 1)
  assert.equal(signsOf([entry(12)], -400), 1)
})

void test('an entry of the oldest copy, from before the logs, of another file, or of a log did not', () => {
  assert.equal(signsOf([entry(12)], 12), 0)
  assert.equal(signsOf([entry(-3)], -400), 0)
  assert.equal(signsOf([entry(31)], 5), 0)
  assert.equal(signsOf([entry(12, 'iis-config', 'other.config')], 5), 0)
  assert.equal(signsOf([entry(12, 'windows-security')], 5), 0)
  assert.equal(signsOf([entry(12)], 5, 'service'), 0)
})

void test('copies are compared by the name of the file', () => {
  const scan = (path: string, modified: number | null, kind = 'iis-config'): Scan =>
    ({ artifact: { path, modified, kinds: [kind] } }) as unknown as Scan
  const copies = configurationCopies([
    scan('x/applicationHost.config', 12),
    scan('x/history/CFGHISTORY_1/ApplicationHost.config', 5),
    scan('x/agents.config', 3, 'transport-agents'),
    scan('x/none.config', null),
    scan('x/u_ex.log', 1, 'iis-frontend'),
  ])
  assert.deepEqual(Object.fromEntries(copies), { 'applicationhost.config': 5, 'agents.config': 3 })
})

void test('a task that an event records as made within the period appeared', () => {
  const made = (day: number, log: string, EventID: number): FindingWithHits =>
    ({
      finding: { id: 'f', log },
      hits: [{ event: { log, time: day, fields: { EventID } } }],
    }) as unknown as FindingWithHits
  assert.equal(signsOf([made(12, 'windows-security', 4698)], 5, 'task'), 1)
  assert.equal(signsOf([made(12, 'windows-system', 7045)], 5, 'service'), 0)
  assert.equal(signsOf([made(-3, 'windows-security', 4698)], 5, 'task'), 0)
  assert.equal(signsOf([made(12, 'windows-security', 4688)], 5, 'task'), 0)
  assert.equal(signsOf([made(12, 'windows-security', 4698)], 5, 'program'), 0)
})
