import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptHits } from '../../src/scan/hit-retention.ts'
import { HitRoom, KEPT } from '../../src/scan/hit-room.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Hit, RuleInfo } from '../../src/model/rule.ts'
import type { Event } from '../../src/model/event.ts'
import { Chance } from '../kernel/logs.ts'
import { scanOf } from './scans.ts'

const eventOf = (fields: object): Event => ({ log: 'iis-frontend', fields: {}, ...fields }) as unknown as Event
const hit = (rule: string, time: number | null): Hit => ({ rule, matched: [], event: eventOf({ time }) })

/** Files of one log with so many hits of a common rule and one of a rare one. */
const scans = (): Scan[] =>
  Array.from({ length: 40 }, (_, i) =>
    scanOf('iis-frontend', [], {
      path: `u_ex${String(i).padStart(2, '0')}.log`,
      hits: [
        ...Array.from({ length: i % 9 }, (__, j) => hit('common', 1000 * i + j)),
        hit('joins', i),
        hit('none', null),
      ],
      more: i % 5 === 0 ? [{ rule: 'common', count: 7, first: 1000 * i - 5, last: 1000 * i + 500 }] : [],
    }),
  )

function kept(order: readonly number[], packed = Infinity): Scan[] {
  const all = scans()
  const came: Scan[] = []
  const hits = new KeptHits((rule) => rule === 'joins', { rule: 100, joinable: 30, file: 1 }, packed)
  for (const at of order) {
    came[at] = all[at]!
    hits.came(came, at)
  }
  hits.finish(came)
  return came
}

test('of each rule as many hits are kept of every file as there is room for, in whatever order the files came', () => {
  const inOrder = kept([...scans().keys()])
  const of = (rule: string): Hit[] => inOrder.flatMap((scan) => scan.hits.filter((one) => one.rule === rule))
  // Three of each file that has as many; one of each even where that is more than there is room for.
  for (const [i, { hits }] of inOrder.entries())
    assert.deepEqual(
      hits.filter(({ rule }) => rule === 'common').map(({ event }) => event.time),
      [0, 1, 2].slice(0, i % 9).map((j) => 1000 * i + j),
    )
  assert.equal(of('joins').length, 40)
  assert.equal(of('none').length, 40)
  const counted = (rule: string): number =>
    inOrder.reduce((sum, { more }) => sum + (more.find((rest) => rest.rule === rule)?.count ?? 0), 0)
  const all = scans().flatMap(({ hits }) => hits.filter((one) => one.rule === 'common')).length
  assert.equal(of('common').length + counted('common'), all + 8 * 7)
  assert.deepEqual(inOrder[39]!.more, [])
  assert.deepEqual(inOrder[35]!.more[0], { rule: 'common', count: 12, first: 34_995, last: 35_500 })

  const chance = new Chance(5)
  for (let round = 0; round < 20; round++) {
    const order = [...scans().keys()]
    for (let i = order.length - 1; i > 0; i--) {
      const j = chance.int(i + 1)
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    assert.deepEqual(kept(order), inOrder)
    assert.deepEqual(kept(order, 1 + chance.int(10)), inOrder)
  }
})

test('hits of hosts that are many in a file leave those of another host there', () => {
  const hits = Array.from({ length: 30 }, (_, i) => ({
    ...hit('common', i),
    event: eventOf({ time: i, host: i < 25 ? 'WS99' : 'MAIL01' }),
  }))
  const came = [
    scanOf('iis-frontend', [], { path: 'a.log', hits }),
    scanOf('iis-frontend', [], { path: 'b.log', hits }),
  ]
  const keeps = new KeptHits(() => false, { rule: 8, joinable: 8, file: 2 })
  for (const at of came.keys()) keeps.came(came, at)
  keeps.finish(came)
  for (const scan of came)
    assert.deepEqual(
      scan.hits.map(({ event }) => event.time),
      [0, 1, 25, 26],
    )
})

test('a request that was fulfilled is kept among thousands that were not, of whatever client and wherever it stands', () => {
  const at = 4_001
  const hits = Array.from({ length: 5_000 }, (_, i) => ({
    ...hit('common', i),
    event: eventOf({
      time: i,
      host: 'MAIL01',
      client: `192.0.2.${i % 50}`,
      fields: { Succeeded: i === at },
    }),
  }))
  const planted = Array.from({ length: 50 }, (_, i) =>
    scanOf('iis-frontend', [], { path: `p${i}.log`, hits: hits.slice(0, 20) }),
  )
  const came = [...planted, scanOf('iis-frontend', [], { path: 'z.log', hits })]
  const keeps = new KeptHits(() => false, { rule: 100, joinable: 100, file: 2 })
  for (const i of came.keys()) keeps.came(came, i)
  keeps.finish(came)
  const { hits: kept, gaps } = came.at(-1)!
  assert.ok(kept.some(({ event }) => event.time === at))
  assert.deepEqual(gaps, [])
  // One client that asks all the time leaves a place for another one.
  assert.equal(new Set(kept.map(({ event }) => event.client)).size, kept.length)
})

test('where entries of more hosts match than are kept, what the others would have shown is not known', () => {
  const hits = Array.from({ length: 30 }, (_, i) => ({
    ...hit('common', i),
    event: eventOf({ time: i, host: `H${i}` }),
  }))
  for (const weighs of [true, false]) {
    const came = [
      scanOf('iis-frontend', [], { path: 'a.log', hits }),
      scanOf('iis-frontend', [], { path: 'b.log', hits }),
    ]
    const keeps = new KeptHits(
      () => false,
      { rule: 8, joinable: 8, file: 2 },
      undefined,
      () => weighs,
    )
    for (const i of came.keys()) keeps.came(came, i)
    keeps.finish(came)
    assert.deepEqual(
      came.map(({ gaps }) => gaps.map(({ reason }) => reason)),
      weighs ? [['too-long'], ['too-long']] : [[], []],
    )
  }
})

const DAY = 86_400_000
const info = (sign: object, stage = 'shell'): { info: RuleInfo } => ({ info: { id: 'r', stage, sign } as never })
const strong = info({ kind: 'use', subject: 'page', strength: 'strong' })
const weakUse = info({ kind: 'use', subject: 'page', strength: 'weak' })
const attempt = info({ kind: 'request', subject: 'request', strength: 'strong' }, 'attempt')
const weakAttempt = info({ kind: 'use', subject: 'request', strength: 'weak' }, 'attempt')

/** How many of these rows are kept, one after the other. */
function roomFor(rule: { info: RuleInfo }, events: readonly object[]): number {
  const room = new HitRoom(KEPT, () => undefined)
  let kept = 0
  for (const fields of events) {
    const event = eventOf({ host: null, user: null, target: null, client: null, time: 0, ...fields })
    if (room.isFullForRow(rule, event, '')) continue
    room.take('r', event)
    kept++
  }
  return kept
}

test('what a client does all the time leaves room for another page, another account and another day', () => {
  const client = '203.0.113.7'
  const many = (count: number, more: object = {}): object[] =>
    Array.from({ length: count }, () => ({ client, ...more }))
  const all = many(300, { target: '/app/form.aspx' })
  assert.equal(roomFor(strong, all), 50)
  assert.equal(roomFor(strong, [...all, ...many(20, { target: '/app/x.aspx' })]), 55)
  assert.equal(roomFor(strong, [...all, ...many(20, { target: '/app/form.aspx', user: 'ann' })]), 55)
  assert.equal(roomFor(strong, [...all, ...many(20, { target: '/app/form.aspx', time: DAY })]), 60)
  // Of weak attempts one is like another.
  assert.equal(roomFor(weakAttempt, [...all, ...many(20, { target: '/app/x.aspx' })]), 50)
})

test('rows that name no client are not all of one', () => {
  const rows = (count: number): object[] => Array.from({ length: count }, (_, i) => ({ user: `svc-${i % 3}` }))
  assert.equal(roomFor(strong, rows(900)), 900)
  assert.equal(roomFor(strong, [...rows(3_000), { user: 'ann' }]), 1_001)
})

/** Is a request for another page seen after `rows` requests of each client for one page, and how often are rows reported as lost? */
function lostAfter(
  rule: { info: RuleInfo },
  clients: number,
  rows: number,
  share = '',
): [isSeen: boolean, lost: number] {
  let lost = 0
  const room = new HitRoom(KEPT, () => lost++)
  const event = (client: string, target: string) => eventOf({ host: null, user: null, client, target, time: 0 })
  for (let client = 0; client < clients; client++) {
    const request = event(`203.0.113.${client}`, '/app/form.aspx')
    for (let i = 0; i < rows; i++) if (!room.isFullForRow(rule, request, share)) room.take('r', request, share)
  }
  return [!room.isFullForRow(rule, event('203.0.113.0', '/app/x.aspx'), share), lost]
}

test('rows are looked at for new acts up to a number, of each client and of all, and beyond it the time is lost', () => {
  assert.deepEqual(lostAfter(strong, 1, 9_000), [true, 0])
  assert.deepEqual(lostAfter(strong, 1, 11_000), [false, 1])
  assert.deepEqual(lostAfter(strong, 9, 9_000), [true, 0])
  assert.deepEqual(lostAfter(strong, 20, 9_000), [false, 1])
  // What weighs nothing by itself takes no time away: in-house pages are asked for all day. Nor do refused attempts.
  assert.deepEqual(lostAfter(weakUse, 1, 11_000), [false, 0])
  assert.deepEqual(lostAfter(attempt, 1, 11_000), [false, 0])
  assert.deepEqual(lostAfter(attempt, 1, 11_000, '+'), [false, 1])
})

test('of what is only counted a client is full, and no other', () => {
  const room = new HitRoom(KEPT, () => undefined)
  const client = '203.0.113.7'
  const event = eventOf({ host: null, user: null, client, target: '/app/form.aspx', time: 0 })
  const rows = (count: number): void => {
    for (let i = 0; i < count; i++)
      for (const share of ['', '+']) if (!room.isFullForRow(strong, event, share)) room.take('r', event, share)
  }
  rows(5_000)
  assert.equal(room.isFullFor(strong, { client, host: null, day: 0 }), false)
  rows(6_000)
  assert.equal(room.isFullFor(strong, { client, host: null, day: 0 }), true)
  assert.equal(room.isFullFor(strong, { client: '203.0.113.8', host: null, day: 0 }), false)
})

test('more acts than are kept apart take the time after them away', () => {
  let lost = 0
  const room = new HitRoom(KEPT, () => lost++)
  for (let i = 0; i < 2_000; i++) {
    const event = eventOf({ host: null, user: null, client: `203.0.113.${i % 2}`, target: `/app/${i}.aspx`, time: 0 })
    if (!room.isFullForRow(strong, event, '')) room.take('r', event)
    assert.equal(lost, i < 500 ? 0 : 1)
  }
})

test('of a tenant the act of one account is kept among thousands of others, and beyond the most acts even a weak sign is lost', () => {
  const of = (acts: number, log: string): [isKept: boolean, lost: number] => {
    let lost = 0
    const room = new HitRoom(KEPT, () => lost++)
    const event = (user: string): Event => eventOf({ log, host: null, user, client: null, target: null, time: 0 })
    for (let i = 0; i < acts; i++)
      if (!room.isFullForRow(weakUse, event(`user${i}`), '')) room.take('r', event(`user${i}`))
    return [!room.isFullForRow(weakUse, event('ann'), ''), lost]
  }
  assert.deepEqual(of(9_000, 'm365-entra'), [true, 0])
  assert.deepEqual(of(12_000, 'm365-entra'), [false, 1])
  // On a server one request for a page of the organization is like another.
  assert.deepEqual(of(9_000, 'iis-frontend'), [false, 0])
})

test('an act of a tenant of which no hit is kept in the whole run is lost', () => {
  for (const users of [1, 30]) {
    const hits = Array.from({ length: 30 }, (_, i) => ({
      ...hit('common', i),
      event: eventOf({ log: 'm365-entra', time: i, host: null, client: null, user: `u${i % users}` }),
    }))
    const came = ['a.json', 'b.json'].map((path) => scanOf('m365-entra', [], { path, hits }))
    const keeps = new KeptHits(() => false, { rule: 8, joinable: 8, file: 2 })
    for (const at of came.keys()) keeps.came(came, at)
    keeps.finish(came)
    assert.deepEqual(
      came.map(({ gaps }) => gaps.length),
      users === 1 ? [0, 0] : [1, 1],
    )
  }
})
