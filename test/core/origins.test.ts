import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CloudRun } from '../../src/activity/cloud-audit.ts'
import { Devices } from '../../src/activity/devices.ts'
import { Logons } from '../../src/activity/logons.ts'
import { MailUse } from '../../src/activity/mailbox-use.ts'
import { Origins } from '../../src/activity/origins.ts'
import { networkOf } from '../../src/lib/ip.ts'
import type { Event } from '../../src/model/event.ts'

// What is new for an account is new after the first day of the logs, for one that is active from elsewhere on five days.

const DAY = 86_400_000
const FIRST = Date.parse('2021-03-01T06:00:00Z')

type Row = readonly [day: number, mailbox: string, client: string, agent?: string]

function originsOf(rows: readonly Row[]): Origins {
  const mail = new MailUse('run')
  for (const [day, mailbox, client, agent = 'Outlook/16'] of rows) mail.event(ewsRow(day, mailbox, client, agent))
  return new Origins({ mail, devices: new Devices(), cloud: new CloudRun([]) }, FIRST)
}

function ewsRow(day: number, user: string, client: string, agent: string): Event {
  const fields = {
    AuthenticatedUser: user,
    ActAsUser: user,
    ClientIpAddress: client,
    UserAgent: agent,
    HttpStatus: 200,
  }
  const base = { log: 'ews', sources: [], timeBasis: 'format', raw: '', at: { path: 'e.log', offset: 0, length: 1 } }
  const event = { ...base, time: FIRST + day * DAY, fields, host: null, client, user, target: null, request: null }
  return { ...event, session: null } as unknown as Event
}

const desk: readonly Row[] = [0, 1, 2, 3, 4].map((day) => [day, 'ann@contoso.example', '10.1.2.3'])

test('A network is new for an account that was at work elsewhere on five days', () => {
  const act = ewsRow(6, 'CONTOSO\\ann', '203.0.113.9', 'Outlook/16')
  assert.equal(originsOf([...desk, [6, 'ann@contoso.example', '203.0.113.9']]).newnessOf('CONTOSO\\ann', act), 'new')
  const known: Row = [0, 'ann@contoso.example', '203.0.113.200']
  assert.equal(originsOf([...desk, known]).newnessOf('ann@contoso.example', act), 'used', 'on the first day')
  assert.equal(originsOf(desk.slice(2)).newnessOf('ann@contoso.example', act), 'unknown', 'without a history')
})

test('Inside, an address is new with its tool', () => {
  const act = (agent: string): Event => ewsRow(6, 'ann@contoso.example', '10.1.2.3', agent)
  assert.equal(originsOf(desk).newnessOf('ann@contoso.example', act('Outlook/17')), 'used')
  assert.equal(originsOf(desk).newnessOf('ann@contoso.example', act('python-requests/2.25')), 'new')
})

test('A network that an account used before is not new for anyone', () => {
  const origins = originsOf([[3, 'bob@contoso.example', '198.51.100.7']])
  assert.equal(origins.wasUsedBefore('198.51.100.9', FIRST + 6 * DAY), true)
  assert.equal(origins.wasUsedBefore('198.51.100.9', FIRST + 4 * DAY), false, 'a day before is the same visit')
  assert.equal(origins.wasUsedBefore('203.0.113.9', FIRST + 6 * DAY), false)
})

test('A mailbox that is opened beside the own one at the desk is no reach', () => {
  const origins = originsOf([
    ...desk,
    [2, 'director@contoso.example', '10.1.2.3'],
    [2, 'board@contoso.example', '10.9.9.9'],
  ])
  assert.equal(origins.isOpenedFromOwnPlace('ann', 'director@contoso.example', '203.0.113.9'), true)
  assert.equal(origins.isOpenedFromOwnPlace('ann', 'board@contoso.example', '203.0.113.9'), false)
})

test('A cmdlet came from the only address at which its account had a session then', () => {
  const logons = new Logons()
  const served = (user: string, client: string, clock: string, until = clock): void => {
    const [first, last] = [clock, until].map((time) => Date.parse(`2021-03-05T${time}:00Z`)) as [number, number]
    const counts = Float64Array.of(3, 0, first, last, 100, 50, 2)
    const path = `${user} ${client} ${clock}.log`
    logons.addFile({ values: [[user, client, '', 0].join('\0')], counts, beyond: 0 }, path, path, ['iis-frontend'])
  }
  served('contoso\\ann', '203.0.113.9', '02:00', '02:20')
  served('contoso\\ann', '10.1.2.3', '09:00', '17:00')
  served('contoso\\bob', '198.51.100.7', '02:10')
  const mail = new MailUse('run')
  const origins = new Origins({ mail, devices: new Devices(), cloud: new CloudRun([]), logons }, FIRST)
  const at = (user: string, clock: string): string | null =>
    origins.addressAt(user, Date.parse(`2021-03-05T${clock}:00Z`))
  assert.deepEqual(
    ['01:49', '01:50', '02:30', '02:31', '12:00'].map((clock) => at('contoso\\ann', clock)),
    [null, '203.0.113.9', '203.0.113.9', null, '10.1.2.3'],
  )
  assert.equal(origins.addressAt('contoso\\ann', Date.parse('2021-03-06T12:00:00Z')), null, 'on another day')
  const both = new Origins({ mail, devices: new Devices(), cloud: new CloudRun([]), logons }, FIRST)
  served('contoso\\ann', '192.0.2.1', '02:15')
  assert.equal(both.addressAt('contoso\\ann', Date.parse('2021-03-05T02:10:00Z')), null, 'two sessions')
})

test('Networks of addresses', () => {
  assert.equal(networkOf('192.0.2.77'), '192.0.2.0/24')
  assert.equal(networkOf('2001:db8:1:2::5'), '2001:db8:1::/48')
  assert.equal(networkOf('2001:db8::5'), '2001:db8::/48')
})
