import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Devices } from '../../src/devices.ts'
import type { Event } from '../../src/model.ts'

const T = Date.parse('2021-03-03T04:00:00Z')
let next = 0

function request(user: string, query: string, client: string, more: Partial<Event> = {}): Event {
  return {
    log: 'httpproxy-eas',
    sources: [],
    time: T,
    timeBasis: 'stated',
    fields: { 'cs-uri-query': query, 'cs-username': user, 'sc-status': 200 },
    raw: '',
    at: { path: 'x.LOG', offset: next++ * 100, length: 100, line: next },
    host: 'MAIL01',
    client,
    user,
    target: null,
    request: null,
    session: null,
    ...more,
  }
}

function devicesOf(...files: readonly (readonly Event[])[]): Devices {
  const run = new Devices('run')
  for (const [i, events] of files.entries()) {
    const file = new Devices('file')
    for (const event of events) file.event(event)
    run.addFile(file.tally() ?? undefined, `${i}.LOG`, `sha ${i}`)
  }
  return run
}

const sync = 'Cmd=Sync&User=ann&DeviceId=A1&DeviceType=iPhone'
const said = (devices: Devices): string[] =>
  [...devices.uses()].map(
    ({ mailbox, device, type, client, rows, content }) => `${mailbox} ${device} ${type} ${client} ${rows} ${content}`,
  )

test('requests of a device by mailbox and address; the first of all files is the first', () => {
  const devices = devicesOf(
    [request('CONTOSO\\Ann', sync, '192.0.2.1', { time: T + 5 }), request('CONTOSO\\ann', sync, '192.0.2.2')],
    [
      request('contoso\\ann', sync.replace('Sync', 'Ping'), '192.0.2.1', { time: T - 5 }),
      request('contoso\\ann', sync, '192.0.2.1', { log: 'iis-frontend' }),
    ],
  )
  assert.deepEqual(said(devices), ['contoso\\ann a1 iPhone 192.0.2.1 2 2', 'contoso\\ann a1 iPhone 192.0.2.2 1 1'])
  const [use] = devices.uses()
  assert.deepEqual([use!.first, use!.last, use!.at.path, use!.sha256], [T - 5, T + 5, '1.LOG', 'sha 1'])
  assert.deepEqual([devices.begins, devices.firsts().get('a1'), devices.since('192.0.2.2')], [T - 5, T - 5, T])
  assert.equal(devices.since('192.0.2.3'), null)
})

test('the same file twice is counted once', () => {
  const file = new Devices('file')
  file.event(request('ann', sync, '192.0.2.1'))
  const run = new Devices('run')
  for (const path of ['a', 'b']) run.addFile(file.tally()!, path, 'same')
  assert.deepEqual(said(run), ['ann a1 iPhone 192.0.2.1 1 1'])
})

test('what was refused, the machine itself, back ends and quotations are none', () => {
  const devices = devicesOf([
    request('ann', sync, '192.0.2.1', { fields: { 'cs-uri-query': sync, 'cs-username': 'ann', 'sc-status': 401 } }),
    request('', sync, '192.0.2.1'),
    request('HealthMailbox4f1c09a@contoso.example', sync, '192.0.2.1'),
    request('ann', sync, '::1'),
    request('ann', sync, '192.0.2.1', { log: 'iis-backend' }),
    request('ann', sync, '192.0.2.1', { snippet: true }),
    request('ann', 'Cmd=Sync&x=DeviceIdNone', '192.0.2.1'),
    request('ann', sync, '192.0.2.1', { time: null }),
  ])
  assert.ok(devices.isEmpty)
})

test('addresses beyond the most of one device are counted together, and the device is not whole', () => {
  const devices = devicesOf(Array.from({ length: 30 }, (_, i) => request('ann', sync, `192.0.2.${i}`)))
  assert.equal([...devices.uses()].length, 24)
  assert.equal(devices.beyond, 6)
  assert.ok(!devices.isWhole('ann', 'a1'))
  // Since when an address is known is kept of all of them.
  assert.equal(devices.since('192.0.2.29'), T)
})

test('mailboxes beyond the most are counted together', () => {
  const devices = devicesOf(
    Array.from({ length: 50_002 }, (_, i) => request(`user${i}`, sync.replace('A1', `D${i}`), '192.0.2.1')),
  )
  assert.equal(devices.beyond, 2)
  assert.equal([...devices.uses()].length, 50_000)
})
