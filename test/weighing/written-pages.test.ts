import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { weigh } from '../../src/assessment/weighing/weigh.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { joinIntrusions } from '../../src/findings/intrusions.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Event } from '../../src/model/event.ts'
import type { Sign } from '../../src/model/sign.ts'

const T = Date.parse('2021-03-03T04:00:00Z')
const DAY = 86_400_000

type Row = { readonly client: string | null; readonly user?: string; readonly stem?: string; readonly status?: number }

/** A finding of the front end, `days` after the first. */
function found(id: string, sign: Sign, stage: Finding['stage'], days: number, rows: readonly Row[]): FindingWithHits {
  const time = new Date(T + days * DAY).toISOString()
  const client = rows.length === 1 ? rows[0]!.client : null
  return {
    finding: {
      id,
      rule: id,
      title: id,
      stage,
      level: 'medium',
      sign,
      campaign: 'unknown',
      cves: [],
      client,
      user: null,
      target: null,
      host: null,
      log: 'iis-frontend',
      time,
      first: time,
      last: time,
      timeBasis: 'stated',
      facts: {},
    } as unknown as Finding,
    hits: rows.map(({ client, user = null, stem = '/ecp/y.js', status = 200 }) => ({
      rule: id,
      matched: [],
      event: {
        log: 'iis-frontend',
        time: T + days * DAY,
        fields: { 'cs-uri-stem': stem, 'sc-status': status, BackEndStatus: 200 },
        client,
        user,
        request: null,
        session: null,
        at: { path: id, offset: 0 },
      } as unknown as Event,
    })) as unknown as FindingWithHits['hits'],
    counts: true,
  }
}

const page = (days: number, rows: readonly Row[]): FindingWithHits =>
  found('page', { subject: 'page', kind: 'name', strength: 'weak' }, 'shell', days, rows)
const visit = (client: string | null, more: Partial<Row> = {}): Row => ({
  client,
  stem: '/aspnet_client/a.aspx',
  ...more,
})
const reset = (
  client: string,
  days = 0,
  strength: Sign['strength'] = 'decisive',
  writesFile = true,
): FindingWithHits => ({
  ...found(`reset of ${client}`, { subject: 'request', kind: 'use', strength }, 'write', days, [{ client }]),
  ...(writesFile ? { writesFile: true as const } : {}),
})

const context = { server: { builds: [] }, doors: new Map(), logs: { first: null, last: null }, pages: new Map() }

/** What the page comes to, and with whom it is in one intrusion. */
function asked(all: readonly FindingWithHits[], logsOn?: (client: string) => boolean): [string | undefined, string[]] {
  const joined = joinIntrusions(all, logsOn)
  const own = joined.intrusions.find(({ findings }) => findings.includes('page'))
  const others = own?.findings.filter((id) => id !== 'page') ?? []
  return [weigh(joined.found, joined.ties, context, joined.written).of.get('page'), [...others].sort()]
}

describe('a page that was first served after an act that writes files', () => {
  it('came by it, whoever asks for it', () => {
    const other = '198.51.100.4'
    assert.deepEqual(asked([reset('203.0.113.7'), page(5, [visit(other)])]), ['likely', ['reset of 203.0.113.7']])
    assert.deepEqual(asked([reset('203.0.113.7'), page(5, [visit(null)])]), ['likely', ['reset of 203.0.113.7']])
  })

  it('was there before: it is what it was', () => {
    assert.deepEqual(asked([reset('203.0.113.7', 5), page(1, [visit('198.51.100.4')])]), ['lead', []])
  })

  it('was refused: nothing was served', () => {
    assert.deepEqual(asked([reset('203.0.113.7'), page(5, [visit('198.51.100.4', { status: 404 })])]), ['lead', []])
  })

  it('is no intruder’s after an act that is ordinary, or writes nothing', () => {
    assert.deepEqual(asked([reset('10.0.0.5', 0, 'weak'), page(5, [visit('198.51.100.4')])]), ['lead', []])
    assert.deepEqual(asked([reset('203.0.113.7', 0, 'decisive', false), page(5, [visit('198.51.100.4')])]), [
      'lead',
      [],
    ])
  })

  it('is of no intrusion where two can have written it', () => {
    const two = [reset('203.0.113.7'), reset('192.0.2.9', 1), page(5, [visit('198.51.100.4')])]
    assert.deepEqual(asked(two), ['likely', []])
  })

  it('is the organization’s where its people use it', () => {
    const clients = [1, 2, 3, 4, 5].map((n) => `198.51.100.${n}`)
    const visits = clients.map((client) => visit(client))
    assert.equal(asked([reset('203.0.113.7'), page(5, visits)], () => true)[0], 'lead')
    assert.equal(asked([reset('203.0.113.7'), page(5, visits)])[0], 'likely')
    const named = clients.map((client) => visit(client, { user: 'CONTOSO\\a.diaz' }))
    assert.equal(asked([reset('203.0.113.7'), page(5, named)])[0], 'lead')
  })
})
