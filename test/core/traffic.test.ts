import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyNote } from '../../src/findings/findings.ts'
import { DailyShares } from '../../src/activity/daily-shares.ts'
import { proxies } from '../../src/findings/client-addresses.ts'
import type { Finding } from '../../src/model/finding.ts'
import { MailUse } from '../../src/activity/mailbox-use.ts'
import type { Event } from '../../src/model/event.ts'
import { clientsOf, TrafficTable } from '../../src/activity/requests.ts'

const MARCH = Date.parse('2021-03-03T00:00:00Z')

function file(rows: readonly (readonly [client: string, time: number | null, status: unknown, bytes: unknown])[]) {
  const table = new TrafficTable(3)
  for (const [client, time, status, bytes] of rows) {
    const number = table.numberOf(client)
    table.addRow(number, { 'sc-status': status as number, 'sc-bytes': bytes as number }, time)
  }
  return table
}

function trafficOf(all: readonly ReturnType<typeof file>[]): TrafficTable {
  const traffic = new TrafficTable()
  for (const one of all) traffic.addFile(one.tally())
  return traffic
}

const files = [
  file([
    ['a', MARCH + 5, 200, 10],
    ['b', null, 500, null],
    ['a', MARCH + 1, 302, 7],
    ['a', null, 404, -3],
    ['a', MARCH + 3, 999, 'x'],
    ['c', MARCH, 200, 1],
    ['d', MARCH, 200, 1],
  ]),
  file([
    ['b', MARCH + 9, 503, 4],
    ['a', MARCH + 9_000, 200, 2 ** 40],
  ]),
]

test('what clients asked for is counted over all files: rows, times, statuses, bytes; rows of clients beyond the most are counted together', () => {
  const traffic = trafficOf(files)
  assert.deepEqual(traffic.values, ['a', 'b', 'c'])
  assert.deepEqual(traffic.find('a'), {
    rows: 5,
    first: MARCH + 1,
    last: MARCH + 9_000,
    statuses: [2, 1, 1, 0],
    bytes: 2 ** 40 + 17,
  })
  assert.deepEqual(traffic.find('b'), { rows: 2, first: MARCH + 9, last: MARCH + 9, statuses: [0, 0, 0, 2], bytes: 4 })
  assert.equal(traffic.find('d'), null)
  assert.equal(traffic.beyond, 1)
  const backwards = trafficOf([...files].reverse())
  for (const client of ['a', 'b', 'c', 'd']) assert.deepEqual(backwards.find(client), traffic.find(client))
  assert.deepEqual(trafficOf([file([['x', null, null, null]])]).find('x'), {
    rows: 1,
    first: null,
    last: null,
    statuses: [0, 0, 0, 0],
    bytes: 0,
  })
})

test('addresses of findings are told with all their rows, those with most findings first', () => {
  const finding = (id: string, client: string | null, count: number) => ({ id, client, count }) as Finding
  const told = clientsOf(
    [finding('1', 'b', 1), finding('2', 'a', 2), finding('3', null, 9), finding('4', 'a', 1), finding('5', 'gone', 1)],
    trafficOf(files),
  )
  assert.deepEqual(
    told.map(({ client, findings, found, rows, first }) => [client, findings, found, rows, first]),
    [
      ['a', ['2', '4'], 3, 5, '2021-03-03T00:00:00.001Z'],
      ['b', ['1'], 1, 2, '2021-03-03T00:00:00.009Z'],
    ],
  )
})

const DAY = 86_400_000
/** Requests of an address: how many, with how many programs of its own, in which days of ten, with which status. */
type Requests = {
  rows: number
  own?: number
  common?: number
  days?: readonly [number, number]
  status?: number
  /** Mailboxes that EWS names for it. */
  mailboxes?: readonly string[]
}
const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => `${name}@contoso.example`)

function mailOf(requests: Readonly<Record<string, Requests>>): MailUse {
  const use = new MailUse('run')
  for (const [ClientIpAddress, { mailboxes = [] }] of Object.entries(requests))
    for (const ActAsUser of mailboxes)
      use.event({
        log: 'ews',
        time: MARCH,
        fields: { ActAsUser, ClientIpAddress, HttpStatus: 200 },
      } as unknown as Event)
  return use
}

function programsIn(rows: readonly { readonly address: string; readonly program: string }[]) {
  const table = new TrafficTable()
  for (const { address, program } of rows) table.addRow(table.numberOf(program), {}, null, address)
  return table.tally()
}

function tablesOf(requests: Readonly<Record<string, Requests>>) {
  const [client, agent, byDay] = [new TrafficTable(), new TrafficTable(), new DailyShares()]
  const rows: {
    readonly time: number
    readonly address: string
    readonly answered: number
    readonly program: string
  }[] = []
  for (const [address, { rows: count, own = 0, common = 1, days = [0, 10], status = 200 }] of Object.entries(requests))
    for (let i = 0; i < count; i++) {
      const time = MARCH + (days[0] + ((days[1] - days[0]) * i) / Math.max(1, count - 1)) * DAY
      const program =
        i % (own + common) < own ? `${address} ${i % (own + common)}` : `common ${(i % (own + common)) - own}`
      client.addRow(client.numberOf(address), { 'sc-status': status }, time)
      agent.addRow(agent.numberOf(program), { 'sc-status': status }, time, address)
      rows.push({ time, address, answered: status === 200 ? 1 : 0, program })
    }
  for (const [, own] of Map.groupBy(rows, ({ time }) => Math.floor(time / DAY)))
    byDay.addFile(
      own[0]!.time,
      [...Map.groupBy(own, ({ address }) => address)].map(([address, of]) => {
        const answered = of.reduce((sum, one) => sum + one.answered, 0)
        return [address, { rows: of.length, answered, named: 0 }]
      }),
      programsIn(own),
    )
  return { client, agent, days: byDay }
}

// what is sent → the addresses that are taken for proxies
for (const [what, requests, expected] of [
  [
    'one address that many use',
    { '198.51.100.1': { rows: 80, own: 5 }, '198.51.100.2': { rows: 20 } },
    ['198.51.100.1'],
  ],
  [
    'two in turn, for the same programs',
    {
      '198.51.100.1': { rows: 45, common: 12 },
      '198.51.100.2': { rows: 45, common: 12 },
      '198.51.100.3': { rows: 10 },
    },
    ['198.51.100.1', '198.51.100.2'],
  ],
  [
    'less than the share',
    { '198.51.100.1': { rows: 40, own: 9 }, '198.51.100.2': { rows: 30, own: 9 }, '198.51.100.3': { rows: 30 } },
    [],
  ],
  ['few rows', { '198.51.100.1': { rows: 40, own: 9 }, '198.51.100.2': { rows: 5 } }, []],
  ['only private ones', { '10.0.0.1': { rows: 30 }, '10.0.0.2': { rows: 30 } }, ['10.0.0.1', '10.0.0.2']],
  [
    'one attacker with one program',
    { '198.51.100.1': { rows: 800, own: 1, common: 0 }, '198.51.100.2': { rows: 100 } },
    [],
  ],
  [
    'one attacker with the program of everyone',
    { '198.51.100.1': { rows: 800 }, '198.51.100.2': { rows: 100 }, '198.51.100.3': { rows: 100 } },
    [],
  ],
  [
    'one attacker with many programs, on one day',
    { '198.51.100.1': { rows: 800, own: 50, days: [4, 5] }, '198.51.100.2': { rows: 100 } },
    [],
  ],
  [
    'one attacker with many programs, who finds nothing',
    { '198.51.100.1': { rows: 800, own: 50, status: 404 }, '198.51.100.2': { rows: 100 } },
    [],
  ],
  [
    'one attacker with many programs, over all of the time, who reads the mail of few',
    {
      '198.51.100.1': { rows: 800, own: 50, mailboxes: people.slice(0, 2) },
      '198.51.100.2': { rows: 100, mailboxes: people },
    },
    [],
  ],
  [
    'one address for the mailboxes of many',
    {
      '198.51.100.1': { rows: 800, own: 50, mailboxes: people },
      '198.51.100.2': { rows: 100, mailboxes: people.slice(0, 1) },
    },
    ['198.51.100.1'],
  ],
  [
    'one address for the two mailboxes of a small office',
    { '198.51.100.1': { rows: 800, own: 9, mailboxes: people.slice(0, 2) }, '198.51.100.2': { rows: 100 } },
    ['198.51.100.1'],
  ],
  [
    'only private ones, of which some belong to one person each',
    {
      '10.0.0.1': { rows: 30, mailboxes: people },
      '10.0.0.2': { rows: 30, mailboxes: people.slice(0, 1) },
      '10.0.0.3': { rows: 30, mailboxes: people.slice(1, 2) },
      '10.0.0.4': { rows: 30 },
    },
    ['10.0.0.1', '10.0.0.4'],
  ],
  [
    'two attackers with a program each',
    {
      '198.51.100.1': { rows: 400, own: 1, common: 0 },
      '198.51.100.2': { rows: 400, own: 1, common: 0 },
      '198.51.100.3': { rows: 100, own: 9 },
    },
    [],
  ],
] as const)
  test(`${what}: proxies are ${expected.join(', ') || 'none'}`, () => {
    const tables = tablesOf(requests as Record<string, Requests>)
    const mail = mailOf(requests as Record<string, Requests>)
    const hidden = proxies(tables, mail.mailboxesByClient(), tables.days)
    assert.deepEqual([...hidden], expected)
    const notes = proxyNote(hidden, tables.client).join()
    for (const client of expected) assert.match(notes, new RegExp(`${client.replaceAll('.', '\\.')} \\(\\d+ %\\)`))
    assert.equal(notes === '', expected.length === 0)
  })
