import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownOrigins } from '../../src/activity/known-origins.ts'
import { TrafficTable } from '../../src/activity/requests.ts'
import { people } from '../../src/assessment/weighing/explanations/people.ts'
import { contextOf } from './made-context.ts'
import { found } from './made.ts'

type Visits = {
  readonly clients: readonly string[]
  readonly users?: readonly (string | null)[]
  readonly days?: number
  /** Accounts that log on at each of these addresses. */
  readonly logons?: Readonly<Record<string, readonly string[]>>
  /** Requests of each client in all. */
  readonly requests?: number
  /** Rows of the page that were counted and not kept. */
  readonly unkept?: number
}

const page = { kind: 'page', key: 'page\0owa/auth/a.aspx', name: 'owa/auth/a.aspx' } as const

function explanationOf({ clients, users, days = 1, logons = {}, requests = 0, unkept = 0 }: Visits): string | null {
  const times = clients.map((_, i) => `2026-03-0${1 + (i % days)}T08:00:00.000Z`)
  const visits = found('execution page strong use', {
    clients,
    times,
    ...(users ? { users } : {}),
    fields: { 'cs-uri-stem': '/owa/auth/a.aspx', 'sc-status': 200 },
  })
  const served = Object.entries(logons).flatMap(([client, names]) =>
    names.map((user) => ({ user, client, days: [{ day: 20_513, isOfFrontEnd: true }] })),
  )
  const knownOrigins = new KnownOrigins(
    { served: () => served, refused: () => [], frontEndDays: () => new Set() } as never,
    {
      accountOf: (name) => name,
    },
  )
  const table = new TrafficTable()
  for (const client of clients)
    for (let i = 0; i < requests; i++) table.addRow(table.numberOf(client), { 'sc-status': 200 }, 1_000)
  const context = contextOf([visits], [], { knownOrigins, clients: table })
  const finding = { ...visits.finding, count: visits.hits.length + unkept }
  return people({ subject: page, found: [{ ...visits, finding }] }, context)?.by ?? null
}

const outside = Array.from({ length: 12 }, (_, i) => `203.0.113.${i + 1}`)
const inside = Array.from({ length: 12 }, (_, i) => `10.20.1.${i + 1}`)

void test('addresses that request the page alone are no people, however many and on however many days', () => {
  assert.equal(explanationOf({ clients: outside, days: 5 }), null)
  assert.equal(explanationOf({ clients: outside, days: 5, requests: 40 }), null)
  assert.equal(explanationOf({ clients: inside, days: 5 }), null)
})

void test('clients from which accounts log on are people; one account at all of them is one', () => {
  const own = Object.fromEntries(outside.map((client, i) => [client, [`user${i}`]]))
  const one = Object.fromEntries(outside.map((client) => [client, ['ann']]))
  assert.equal(explanationOf({ clients: outside, logons: own }), 'many-clients')
  assert.equal(explanationOf({ clients: outside, logons: one }), null)
})

void test('clients inside that use other parts of the server are people where they use the page on three days', () => {
  assert.equal(explanationOf({ clients: inside, days: 3, requests: 40 }), 'many-clients')
  assert.equal(explanationOf({ clients: inside, days: 2, requests: 40 }), null)
  // Requests of the page of which no row is kept are none of other parts.
  assert.equal(explanationOf({ clients: inside, days: 3, requests: 40, unkept: 30 }), 'many-clients')
  assert.equal(explanationOf({ clients: inside, days: 3, requests: 40, unkept: 600 }), null)
})

void test('five accounts that were served it are people; machines and nameless requests are none', () => {
  const users = (name: (i: number) => string | null): Visits => ({
    clients: outside.slice(0, 5),
    users: [0, 1, 2, 3, 4].map(name),
  })
  assert.equal(explanationOf(users((i) => `CONTOSO\\user${i}`)), 'people')
  assert.equal(explanationOf(users((i) => `CONTOSO\\MAIL0${i}$`)), null)
  assert.equal(explanationOf(users(() => null)), null)
})
