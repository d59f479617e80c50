import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CloudRun } from '../../src/activity/cloud-audit.ts'
import { Devices } from '../../src/activity/devices.ts'
import { MailUse } from '../../src/activity/mailbox-use.ts'
import { Origins } from '../../src/activity/origins.ts'
import { changesOf, type OriginFacts, withOrigin } from '../../src/assessment/weighing/persons.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Event } from '../../src/model/event.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { SignKind } from '../../src/model/sign.ts'
import type { CountedSign } from '../../src/model/weight.ts'

// Signs of accounts that come from the origin of their acts, and from what they set.

const DAY = 86_400_000
const FIRST = Date.parse('2021-03-01T06:00:00Z')
const NOW = FIRST + 9 * DAY
const INTRUDER = '203.0.113.9'

function event(user: string, mailbox: string, client: string, time: number, more: object = {}): Event {
  const fields = { AuthenticatedUser: user, ActAsUser: mailbox, ClientIpAddress: client, HttpStatus: 200, ...more }
  return { log: 'ews', time, fields, client, user, at: { path: 'e', offset: 0, length: 1 } } as unknown as Event
}

/** Ann is at her desk on five days, and nobody was at any other place. */
function factsOf(is?: 'yes' | 'likely'): OriginFacts {
  const mail = new MailUse('run')
  for (const day of [0, 1, 2, 3, 4]) mail.event(event('ann', 'ann@contoso.example', '10.1.2.3', FIRST + day * DAY))
  const origins = new Origins({ mail, devices: new Devices(), cloud: new CloudRun([]) }, FIRST)
  return { origins, hostile: new Map(is ? [[INTRUDER, { since: NOW - DAY, is }]] : []) }
}

function found(kind: SignKind, events: readonly Event[], more: Partial<Finding> = {}): FindingWithHits {
  const finding = { id: 'f', stage: 'collection', persistence: null, accessMethod: null, ...more } as Finding
  const sign = { subject: 'account', kind, strength: 'weak', ...more.sign }
  const time = new Date(events[0]!.time!).toISOString()
  return {
    counts: true,
    finding: { ...finding, time, sign },
    hits: events.map((e) => ({ event: e, rule: 'r', matched: [] })),
  } as FindingWithHits
}

const weak = (kind: SignKind): CountedSign => ({ kind, strength: 'weak', finding: 'f' })
const said = (signs: readonly CountedSign[]): string[] => signs.map(({ kind, strength }) => `${strength} ${kind}`)
const none: ReadonlySet<SignKind> = new Set()

const reach = (mailboxes: number, user = 'CONTOSO\\ann', more: object = {}): FindingWithHits =>
  found(
    'reach',
    Array.from({ length: mailboxes }, (_, i) => event(user, `user${i}@contoso.example`, INTRUDER, NOW, more)),
  )

test('Three mailboxes of others from a new network are strong reach; one is a new origin beside weak reach', () => {
  assert.deepEqual(said(withOrigin([weak('reach')], [reach(3)], none, factsOf())), ['strong reach'])
  assert.deepEqual(said(withOrigin([weak('reach')], [reach(1)], none, factsOf())), ['weak reach', 'weak origin'])
})

test('What explains reach leaves it as it is', () => {
  assert.deepEqual(said(withOrigin([weak('reach')], [reach(3)], new Set(['reach', 'origin']), factsOf())), [
    'weak reach',
  ])
})

test('An account without a history counts beside impersonation only', () => {
  const facts = factsOf()
  const archive = reach(3, 'CONTOSO\\svc', { ImpersonatedUser: 'x@contoso.example' })
  assert.deepEqual(said(withOrigin([weak('reach')], [archive], none, facts)), ['strong reach'])
  assert.deepEqual(said(withOrigin([weak('reach')], [reach(3, 'CONTOSO\\svc')], none, facts)), ['weak reach'])
  const script = found('manner', [event('svc', 'svc@contoso.example', INTRUDER, NOW)])
  assert.deepEqual(said(withOrigin([weak('manner')], [script], none, facts)), ['weak manner'])
})

test('The address of an intrusion is strong by itself where it is certain, and strengthens what is beside it where it is likely', () => {
  const script = found('manner', [event('svc', 'svc@contoso.example', INTRUDER, NOW)])
  assert.deepEqual(said(withOrigin([weak('manner')], [script], none, factsOf('yes'))), ['weak manner', 'strong origin'])
  assert.deepEqual(said(withOrigin([weak('manner')], [script], none, factsOf('likely'))), ['strong manner'])
  assert.deepEqual(said(withOrigin([weak('reach')], [reach(1)], none, factsOf('likely'))), ['strong reach'])
})

test('Who sends mail out and hides mail within the hour made a strong change', () => {
  const rule = (minutes: number, more: Partial<Finding>, kind: SignKind = 'name'): FindingWithHits =>
    found('content', [event('ann', 'ann@contoso.example', '10.1.2.3', NOW + minutes * 60_000)], {
      ...more,
      sign: { subject: 'inbox-rule', kind: more.stage === 'persistence' ? kind : 'content', strength: 'weak' },
    })
  const forward = rule(0, { persistence: 'forwarding' })
  const hide = (minutes: number): FindingWithHits => rule(minutes, { stage: 'persistence' })
  assert.deepEqual(said(changesOf([forward, hide(1)], factsOf()).map(({ sign }) => sign)), ['strong change'])
  assert.deepEqual(said(changesOf([forward, hide(90)], factsOf()).map(({ sign }) => sign)), ['weak change'])
  const aside = rule(1, { stage: 'persistence' }, 'content')
  assert.deepEqual(said(changesOf([forward, aside], factsOf()).map(({ sign }) => sign)), ['weak change'], 'by its name')
  assert.deepEqual(changesOf([hide(1)], factsOf()), [], 'a rule that hides is its own sign')
})
