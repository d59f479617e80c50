import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TrafficTable } from '../../src/activity/requests.ts'
import type { ExplanationContext } from '../../src/assessment/weighing/explanations/explanation.ts'
import { otherUse } from '../../src/assessment/weighing/explanations/other-use.ts'
import { found } from './made.ts'

/** Requests as they were counted: client and status of each. */
function isExplained(
  rows: readonly (readonly [client: string, status: number])[],
  posts = 2,
  stem = '/intranet/state.aspx',
  agent?: string,
): boolean {
  const paths = new TrafficTable()
  for (const [client, status] of rows) paths.addRow(paths.numberOf(stem), { 'sc-status': status }, 1_000, client)
  const fields = { 'cs-uri-stem': stem, 'sc-status': 200, 'cs-user-agent': agent }
  const clients = rows.map(([from]) => from)
  const post = found('execution page weak use', { fields, clients, count: posts })
  const subject = { kind: 'page', key: 'page\0x', name: 'x' } as const
  return otherUse({ subject, found: [post] }, { paths } as unknown as ExplanationContext) !== null
}
const client = '203.0.113.7'

void test('posts of one client outside alone are not explained', () => {
  assert.equal(
    isExplained([
      [client, 200],
      [client, 200],
      [client, 404],
    ]),
    false,
  )
})

void test('other clients, other methods, a client inside and hidden clients explain them', () => {
  assert.equal(
    isExplained([
      [client, 200],
      ['203.0.113.8', 200],
    ]),
    true,
  )
  assert.equal(
    isExplained([
      [client, 200],
      [client, 200],
      [client, 200],
    ]),
    true,
  )
  assert.equal(
    isExplained([
      ['10.0.0.7', 200],
      ['10.0.0.7', 200],
    ]),
    true,
  )
  assert.equal(
    isExplained([
      ['', 200],
      ['', 200],
    ]),
    true,
  )
})

void test('below Exchange it explains nothing', () => {
  assert.equal(
    isExplained(
      [
        [client, 200],
        ['203.0.113.8', 200],
      ],
      2,
      '/owa/auth/state.aspx',
    ),
    false,
  )
})

void test('several addresses outside with one program and no logon are one client', () => {
  const two = [
    [client, 200],
    ['203.0.113.8', 200],
  ] as const
  assert.equal(isExplained(two, 2, '/intranet/state.aspx', 'Mozilla/5.0'), false)
  assert.equal(isExplained([...two, ['10.0.0.7', 200]], 3, '/intranet/state.aspx', 'Mozilla/5.0'), true)
})

void test('rows that were copied without their clients say nothing of other clients', () => {
  const post = found('execution page strong use', {
    fields: { 'cs-uri-stem': '/intranet/state.aspx', 'sc-status': 200 },
  })
  const subject = { kind: 'page', key: 'page\0x', name: 'x' } as const
  const context = { paths: new TrafficTable() } as unknown as ExplanationContext
  assert.equal(otherUse({ subject, found: [post] }, context), null)
})
