import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { soleRequests, type WorkerRequests } from '../../src/assessment/worker-lookup.ts'
import type { Hit } from '../../src/model/rule.ts'

const T = Date.parse('2024-04-20T01:10:12Z')

function request(
  client: string | null,
  seconds: number,
  { stem = '/owa/x.aspx', taken = 10, log = 'iis-frontend' } = {},
): Hit {
  return {
    rule: 'r',
    matched: [],
    event: { log, time: T + seconds * 1000, client, fields: { 'cs-uri-stem': stem, 'time-taken': taken } },
  } as unknown as Hit
}

function sole(
  hits: readonly Hit[],
  pool: string | null = 'msexchangeowaapppool',
  used: readonly string[] = [],
  path: string | null = null,
): number {
  const wanted = { children: [{ time: T, pool, path }], rules: [], files: new Set() } as WorkerRequests
  const around = { proxies: new Set(['10.0.0.5']), isUsedBefore: (client: string) => used.includes(client) }
  return [...soleRequests(new Map([['log', hits]]), wanted, around).values()].flat().length
}

describe('requests before a program of a worker', () => {
  it('are of the only client of these seconds', () => {
    assert.equal(sole([request('203.0.113.9', -2)]), 1)
    assert.equal(sole([request('203.0.113.9', -2), request('203.0.113.9', -1)]), 2)
    assert.equal(sole([request('203.0.113.9', 40, { taken: 42_000 })]), 1, 'answered while the program ran')
    assert.equal(
      sole([request('203.0.113.9', -2), request('127.0.0.1', -1)]),
      1,
      'the probes of the server are no client',
    )
    assert.equal(sole([request('203.0.113.9', -2), request('198.51.100.7', -1, { stem: '/ews/exchange.asmx' })]), 1)
  })

  it('are of none where two clients posted, where the client is hidden, or where users were there before', () => {
    assert.equal(sole([request('203.0.113.9', -2), request('198.51.100.7', -1)]), 0)
    assert.equal(sole([request('203.0.113.9', -2), request(null, -1)]), 0)
    assert.equal(sole([request('10.0.0.5', -2)]), 0)
    assert.equal(sole([request('203.0.113.9', -2)], undefined, ['203.0.113.9']), 0)
    assert.equal(
      sole([request('203.0.113.9', -2), request('198.51.100.7', -1, { stem: '/ews/exchange.asmx' })], null),
      0,
    )
  })

  it('of another pool, another time or the back end are none', () => {
    assert.equal(sole([request('203.0.113.9', -2, { stem: '/ews/exchange.asmx' })]), 0)
    assert.equal(sole([request('203.0.113.9', -7)]), 0)
    assert.equal(sole([request('203.0.113.9', 4)]), 0)
    assert.equal(sole([request('203.0.113.9', -2, { log: 'iis-backend' })]), 0)
  })

  it('are of the page alone whose object the worker read', () => {
    const others = request('198.51.100.7', -1, { stem: '/owa/service.svc' })
    assert.equal(sole([request('203.0.113.9', -2), others], null, [], '/owa/x.aspx'), 1)
    assert.equal(sole([others], null, [], '/owa/x.aspx'), 0)
  })
})
