import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anyName } from '../../src/assessment/weighing/explanations/any-name.ts'
import { contextOf } from './made-context.ts'
import { found } from './made.ts'

const page = { kind: 'page', key: 'page\0owa/auth/p0.aspx', name: 'owa/auth/p0.aspx' } as const

type Asked = {
  readonly name: string
  readonly second: number
  readonly client?: string
  readonly status?: number
  readonly method?: string
}

function request({
  name,
  second,
  client = '203.0.113.9',
  status = 200,
  method = 'GET',
}: Asked): ReturnType<typeof found> {
  const stem = `/owa/auth/${name}`
  return found('shell page weak name', {
    times: [new Date(Date.parse('2026-03-01T00:00:00Z') + second * 1000).toISOString()],
    clients: [client],
    target: stem,
    fields: { 'cs-uri-stem': stem, 'cs-method': method, 'sc-status': status },
  })
}

function isExplained(...others: readonly Asked[]): boolean {
  const own = request({ name: 'p0.aspx', second: 0 })
  const all = [own, ...others.map(request)]
  return anyName({ subject: page, found: [own] }, { ...contextOf(all), all }) !== null
}

const four = [1, 2, 3, 4].map((i): Asked => ({ name: `p${i}.aspx`, second: i }))

void test('a folder that serves five names within a minute serves any', () => {
  assert.equal(isExplained(...four), true)
})

void test('fewer names, more time, several clients, or a name that was refused', () => {
  assert.equal(isExplained(...four.slice(1)), false)
  assert.equal(isExplained(...four.map((one, i): Asked => ({ ...one, second: i * 40 }))), false)
  assert.equal(isExplained(...four.map((one, i): Asked => ({ ...one, client: `203.0.113.${i + 20}` }))), false)
  assert.equal(isExplained(...four, { name: 'p5.aspx', second: 90_000, status: 302 }), false)
})

void test('a page to which something was sent is not explained', () => {
  const own = [request({ name: 'p0.aspx', second: 0 }), request({ name: 'p0.aspx', second: 9, method: 'POST' })]
  const all = [...own, ...four.map(request)]
  assert.equal(anyName({ subject: page, found: own }, { ...contextOf(all), all }), null)
})
