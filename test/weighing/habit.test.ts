import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { habit } from '../../src/assessment/weighing/explanations/habit.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'

const DAY = 86_400_000
const first = Date.parse('2021-01-01T00:00:00Z')
const context = { server: { builds: [] }, doors: new Map(), logs: { first, last: first + 60 * DAY }, pages: new Map() }

/** The same rule on these days of the logs, with this command. */
function found(
  days: readonly number[],
  line: (day: number) => string,
  stage = 'credentials',
  more: object = {},
): FindingWithHits {
  const hits = days.map((day) => ({
    event: {
      log: 'sysmon',
      time: first + day * DAY,
      fields: { ParentImage: 'C:\\Backup\\agent.exe', CommandLine: line(day) },
    },
  }))
  const finding = { rule: 'r', stage, sign: { kind: 'use' }, cves: [], ...more }
  return { finding, hits, counts: true } as unknown as FindingWithHits
}
const subject = { kind: 'program', key: 'program\0reg.exe', name: 'reg.exe' } as const
const of = (...all: FindingWithHits[]): readonly string[] | undefined =>
  habit({ subject, found: all }, context)?.answers
const nightly = found([0, 1, 2, 30], (day) => `reg save HKLM\\SAM D:\\Backup\\SAM-2021${day}.hiv`)

describe('habit', () => {
  it('dumps that a backup makes by the same command from the first days on are explained, their effect too', () => {
    assert.ok(of(nightly)?.includes('effect'))
  })

  it('one dump by another command beside them leaves all of them unexplained', () => {
    assert.equal(
      of(
        nightly,
        found([31], () => 'reg save HKLM\\SAM C:\\Windows\\Temp\\s.hiv'),
      ),
      undefined,
    )
  })

  it('no habit explains requests of an exploit that worked', () => {
    assert.ok(of(found([0, 1, 2], () => 'x', 'access'))?.includes('use'))
    assert.equal(of(found([0, 1, 2], () => 'x', 'access', { cves: ['CVE-2020-0688'] }))?.includes('use'), false)
  })

  it('a stray entry of years before is no beginning of the logs', () => {
    const stray = { ...context, logs: { ...context.logs, first: first - 3_000 * DAY } }
    const explained = (since?: (time: number) => number | null): boolean =>
      habit({ subject, found: [nightly] }, { ...stray, logs: { ...stray.logs, ...(since ? { since } : {}) } }) !== null
    assert.equal(explained(), false)
    assert.equal(
      explained((time) => (time === first + 30 * DAY ? first : null)),
      true,
    )
  })

  it('what is no dump has no effect explained by habit, and what began later is no habit', () => {
    assert.equal(of(found([0, 1, 2], () => 'x', 'execution'))?.includes('effect'), false)
    assert.equal(of(found([20, 21, 22], () => 'x')), undefined)
    // Days before the logs may be forged: what was not done for more than a week is not usual any more.
    assert.equal(of(found([0, 1, 2, 30], () => 'x', 'execution')), undefined)
  })

  it('days that begin later logs make nothing usual that was not as the logs before them began', () => {
    const acts = (...days: number[]): FindingWithHits => found(days, () => 'x', 'execution')
    const since = (time: number): number => (time < first + 1_000 * DAY ? first : first + 1_000 * DAY)
    const explained = (...days: number[]): boolean => {
      const logs = { ...context.logs, last: first + 1_010 * DAY, since }
      return (
        habit({ subject, found: [acts(...days)] }, { ...context, logs, explainsFrom: first + 1_000 * DAY }) !== null
      )
    }
    assert.equal(explained(1_000, 1_001, 1_002), true)
    assert.equal(explained(20, 1_000, 1_001, 1_002), false)
    // It may be as old as the logs.
    assert.equal(explained(2, 1_000, 1_001, 1_002), true)
  })
})
