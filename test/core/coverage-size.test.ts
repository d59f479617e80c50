import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import { kindTitle } from '../../src/model/log-kinds.ts'
import { scanOf } from './scans.ts'

test('logs of forty thousand days that lie apart, with as many restarts and restores, are measured', () => {
  const days = (offset: number): string[] =>
    Array.from({ length: 40_000 }, (_, i) => new Date(Date.UTC(1970, 0, 2, offset) + i * 3 * 86_400_000).toISOString())
  const scans = ['iis-frontend', 'httpproxy-ecp', 'httpproxy-ews'].map((kind, i) => scanOf(kind, days(i)))
  const power = days(0).flatMap((day) => [
    { state: 'down' as const, time: Date.parse(day) + 3_600_000 },
    { state: 'up' as const, time: Date.parse(day) - 3_600_000 },
  ])
  const meter = new CoverageMeter(scans, power, [Date.UTC(1960)])
  for (let i = 0; i < 40_000; i++) meter.covers('iis-frontend', i * 72)
  const ews = meter.report([], kindTitle).kinds.find(({ kind }) => kind === 'httpproxy-ews')
  assert.equal(ews?.gaps.length, 39_999)
})
