import assert from 'node:assert/strict'
import { test } from 'node:test'
import { monitor } from '../../src/assessment/weighing/explanations/monitor.ts'
import { contextOf } from './made-context.ts'
import { found } from './made.ts'

const MINUTE = 60_000
const page = { kind: 'page', key: 'page\0owa/auth/a.aspx', name: 'owa/auth/a.aspx' } as const

/** Requests of one client, so many minutes from one to the next. */
function isMonitor(minutes: readonly number[], client = '10.20.0.5', more: object = {}): boolean {
  let time = Date.parse('2026-03-01T00:00:00Z')
  const times = minutes.map((gap) => new Date((time += gap * MINUTE)).toISOString())
  const fields = { 'cs-uri-stem': '/owa/auth/a.aspx', 'cs-method': 'GET', ...more }
  const visits = found('shell page weak name', { times, clients: times.map(() => client), fields })
  return monitor({ subject: page, found: [visits] }, contextOf([visits])) !== null
}
const steady = Array.from({ length: 200 }, () => 30)

void test('an inside address that requests a page at steady intervals for days is a monitor', () => {
  assert.equal(isMonitor(steady), true)
  assert.equal(isMonitor(steady.map((gap, i) => (i % 10 === 0 ? 4 * gap : gap))), true)
})

void test('an address outside, one that sends something, and irregular or few requests are none', () => {
  assert.equal(isMonitor(steady, '203.0.113.7'), false)
  assert.equal(isMonitor(steady, '10.20.0.5', { 'cs-method': 'POST' }), false)
  assert.equal(isMonitor(steady.map((gap, i) => gap * (1 + (i % 7)))), false)
  assert.equal(isMonitor(steady.slice(0, 40)), false)
})
