import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinIntrusions } from '../../src/findings/intrusions.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Event } from '../../src/model/event.ts'

// Findings whose rows are of several clients: who of them is the intruder is known, so that time alone joins them to nobody.

const T = Date.parse('2021-03-03T04:00:00Z')
const HOUR = 3_600_000

function found(
  id: string,
  hours: number,
  clients: readonly (string | null)[],
  finding: Partial<Finding>,
): FindingWithHits {
  const time = new Date(T + hours * HOUR).toISOString()
  const [only] = clients
  return {
    finding: {
      id,
      rule: id,
      title: id,
      stage: 'collection',
      level: 'medium',
      confidence: 'low',
      sign: { subject: 'mailbox', kind: 'reach', strength: 'weak' },
      campaign: 'unknown',
      cves: [],
      facts: {},
      client: clients.length === 1 ? only : null,
      user: null,
      log: 'httpproxy-owa',
      time,
      first: time,
      last: time,
      timeBasis: 'stated',
      ...finding,
    } as Finding,
    hits: clients.map((client) => ({
      rule: id,
      matched: [],
      event: {
        log: 'httpproxy-owa',
        time: T + hours * HOUR,
        fields: {},
        client,
        user: null,
        request: null,
        session: null,
        at: { path: id, offset: 0 },
      } as unknown as Event,
    })) as FindingWithHits['hits'],
    counts: true,
  }
}

const intruder = found('a', 0, ['203.0.113.7'], {
  stage: 'access',
  level: 'high',
  confidence: 'high',
  sign: { subject: 'request', kind: 'use', strength: 'strong' },
  log: 'httpproxy-ecp',
})
const chained = (...all: FindingWithHits[]): string[] =>
  joinIntrusions([intruder, ...all]).found.flatMap(({ finding }) => (finding.intrusion ? [finding.id] : []))

test('a session of two clients belongs to the intruder when one of them is his', () => {
  const { intrusions, found: after } = joinIntrusions([intruder, found('b', 3, ['198.51.100.20', '203.0.113.7'], {})])
  assert.deepEqual([intrusions.length, intrusions[0]!.joinedBy], [1, ['client']])
  assert.deepEqual(
    after.map(({ finding }) => finding.intrusion),
    [intrusions[0]!.id, intrusions[0]!.id],
  )
})

test('a session of two others is not his because it is of the same day', () => {
  assert.deepEqual(chained(found('b', 3, ['198.51.100.20', '198.51.100.21'], {})), ['a'])
})

test('what the server did has no client, and time joins it', () => {
  assert.deepEqual(chained(found('b', 3, [null], { log: 'msexchange-management' })), ['a', 'b'])
  assert.deepEqual(chained(found('b', 3, [null, '198.51.100.20'], { log: 'msexchange-management' })), ['a', 'b'])
})

test('a child of a worker is tied to the requests of the ten minutes before it, and another program to those of a minute', () => {
  const after = (minutes: number, facts: Finding['facts']): string[] =>
    joinIntrusions([
      { ...intruder, finding: { ...intruder.finding, timeBasis: 'stated' } },
      found('b', minutes / 60, [null], { stage: 'execution', log: 'windows-sysmon', facts }),
    ]).ties.map(({ by }) => by)
  const worker = { ParentImage: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe' }
  assert.deepEqual(after(6, worker), ['worker'])
  assert.deepEqual(after(11, worker), ['time'])
  assert.deepEqual(after(-6, worker), [])
  assert.deepEqual(after(6, {}), ['time'])
  assert.deepEqual(after(0.5, {}), ['time'])
})

test('an attempt that the server ran nothing for parts no intruder from what the server did', () => {
  const refused = found('z', 4.2 / 60, ['198.51.100.203'], {
    stage: 'attempt',
    sign: { subject: 'request', kind: 'content', strength: 'weak' },
    log: 'httpproxy-ecp',
  })
  const act = (minutes: number, more: Partial<Finding>): string[] =>
    joinIntrusions([
      { ...intruder, finding: { ...intruder.finding, timeBasis: 'stated' } },
      found('b', minutes / 60, [null], more),
      refused,
    ]).ties.map(({ by, members }) => `${by} ${members.join()}`)
  const facts = { ParentImage: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe' }
  assert.deepEqual(act(4, { stage: 'execution', log: 'windows-sysmon', facts }), ['worker 0,1'])
  assert.deepEqual(act(4, { stage: 'persistence', log: 'windows-security' }), ['time 0,1'])
  const alone = joinIntrusions([found('b', 4 / 60, [null], { stage: 'persistence', log: 'windows-security' }), refused])
  assert.deepEqual(
    alone.ties.map(({ members }) => members),
    [[1, 0]],
  )
})

test('what happened within half an hour of a request of the only intruder is tied to it by time', () => {
  const after = (minutes: number): string[] =>
    joinIntrusions([
      { ...intruder, finding: { ...intruder.finding, timeBasis: 'stated' } },
      found('b', minutes / 60, [null], { stage: 'persistence', log: 'windows-security' }),
      found('c', (minutes + 1) / 60, [null], { stage: 'persistence', log: 'windows-security' }),
    ]).ties.map(({ by, members }) => `${by} ${members.join()}`)
  assert.deepEqual(after(20), ['time 0,1', 'time 0,2'])
  assert.deepEqual(after(31), [])
})

test('an intrusion has the label of its strongest sign that names a vulnerability', () => {
  const of = (id: string, hours: number, campaign: string, strength: 'weak' | 'decisive'): FindingWithHits =>
    found(id, hours, ['203.0.113.7'], {
      stage: 'access',
      sign: { subject: 'request', kind: 'use', strength },
      campaign,
      cves: ['CVE-2022-41040'],
      locators: [{ path: 'a', offset: hours, length: 1 }] as unknown as Finding['locators'],
      is: 'yes',
    })
  const { intrusions } = joinIntrusions([of('a', 0, 'a-2022', 'weak'), of('b', 0, 'b-2022', 'decisive')])
  assert.deepEqual(
    intrusions.map(({ campaign }) => campaign),
    ['b-2022'],
  )
})
