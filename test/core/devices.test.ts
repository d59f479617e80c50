import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Devices } from '../../src/activity/devices.ts'
import type { Event } from '../../src/model/event.ts'
import { deviceOf } from '../../src/parsers/exchange/active-sync.ts'
import { FileRequests } from '../../src/activity/requests.ts'

const PATH = '/Microsoft-Server-ActiveSync/default.eas'
const T = Date.parse('2021-03-03T04:00:00Z')
let next = 0

function request(user: string, query: string, client: string, more: Partial<Event> = {}): Event {
  return {
    log: 'httpproxy-eas',
    sources: [],
    time: T,
    timeBasis: 'stated',
    fields: { 'cs-uri-stem': PATH, 'cs-uri-query': query, 'cs-username': user, 'sc-status': 200 },
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

function fileOf(events: readonly Event[]): FileRequests {
  const file = new FileRequests()
  for (const { fields, client, log, time, at } of events) {
    const device = deviceOf(fields, client, log)
    if (device !== null) file.addDevice(device, time!, at)
  }
  return file
}

function devicesOf(...files: readonly (readonly Event[])[]): Devices {
  const run = new Devices()
  for (const [i, events] of files.entries())
    run.addFile(fileOf(events).devices.tally() ?? undefined, `${i}.LOG`, `sha ${i}`)
  return run
}

const sync = 'Cmd=Sync&User=ann&DeviceId=A1&DeviceType=iPhone'
const said = (devices: Devices): string[] =>
  devices
    .uses()
    .map(({ mailbox, device, client, rows, content }) => `${mailbox} ${device} ${client} ${rows.join('+')} ${content}`)

test('requests of a device by mailbox; the first of all files is the first, whatever their order', () => {
  const files = [
    [request('CONTOSO\\Ann', sync, '192.0.2.1', { time: T + 5 }), request('CONTOSO\\ann', sync, '192.0.2.2')],
    [
      request('contoso\\ann', sync.replace('Sync', 'Ping'), '192.0.2.1', { time: T - 5 }),
      request('contoso\\ann', sync, '192.0.2.1', { log: 'iis-frontend' }),
    ],
  ]
  const devices = devicesOf(...files)
  assert.deepEqual(said(devices), ['contoso\\ann a1 192.0.2.1 1+3 3'])
  const [use] = devices.uses()
  assert.deepEqual([use!.first, use!.last, use!.at.path, use!.sha256], [T - 5, T + 5, '1.LOG', 'sha 1'])
  assert.deepEqual([devices.begins, devices.firstOf('a1', T)], [T - 5, T - 5])
  assert.deepEqual(said(devicesOf(...files.toReversed())), said(devices))
})

test('the same file twice is counted once', () => {
  const tally = fileOf([request('ann', sync, '192.0.2.1')]).devices.tally()!
  const run = new Devices()
  for (const path of ['a', 'b']) run.addFile(tally, path, 'same')
  assert.deepEqual(said(run), ['ann a1 192.0.2.1 0+1 1'])
})

test('of a file the first row of a device is its place, and the order of the rows does not matter', () => {
  const rows = [request('ben', sync, '192.0.2.1'), request('ann', sync, '192.0.2.1'), request('ann', sync, '192.0.2.1')]
  const tally = fileOf(rows).devices.tally()!
  assert.deepEqual(tally, fileOf(rows.toReversed()).devices.tally())
  assert.deepEqual(
    [tally.values, tally.clients],
    [
      ['ben\0a1\x002', 'ann\0a1\x002'],
      ['192.0.2.1', '192.0.2.1'],
    ],
  )
  const { offset, length, line } = rows[1]!.at
  assert.deepEqual(tally.counts.slice(7), Float64Array.of(2, 2, T, T, offset, length, line!))
})

test('what was refused, and what is no such request, are none', () => {
  const fields = { 'cs-uri-stem': PATH, 'cs-uri-query': sync, 'cs-username': 'ann', 'sc-status': 200 }
  assert.equal(said(devicesOf([request('ann', sync, '192.0.2.1', { fields })])).length, 1)
  const devices = devicesOf([
    request('ann', sync, '192.0.2.1', { fields: { ...fields, 'sc-status': 401 } }),
    request('ann', sync, '192.0.2.1', { fields: { ...fields, 'cs-uri-stem': '/owa/' } }),
    request('', sync, '192.0.2.1'),
    request('HealthMailbox4f1c09a@contoso.example', sync, '192.0.2.1'),
    request('ann', 'Cmd=Sync&x=DeviceIdNone', '192.0.2.1'),
    request('ann', 'Cmd=Sync&xDeviceId=A1', '192.0.2.1'),
  ])
  assert.ok(devices.isEmpty)
})

test('what is beyond the most that are told apart is counted', () => {
  const users = (from: number): Event[] =>
    Array.from({ length: 50_002 }, (_, i) => request(`user${from + i}`, sync, '192.0.2.1'))
  const devices = devicesOf(...[0, 1, 2, 3, 4].map((file) => users(file * 100_000)))
  assert.equal(devices.uses().length, 200_000)
  assert.equal(devices.beyond, 50_000 + 5 * 2)
})

test('a device is found whatever the case of its name in the address, and a command with escapes may fetch content', () => {
  const query = 'cmd=%53ync&user=ann&deviceid=A1&devicetype=iPhone'
  assert.deepEqual(said(devicesOf([request('ann', query, '192.0.2.1')])), ['ann a1 192.0.2.1 0+1 1'])
})

test('of two copies of a file the first by its path is told, whichever was read first', () => {
  const tally = fileOf([request('ann', sync, '192.0.2.1')]).devices.tally()!
  for (const paths of [
    ['a.LOG', 'b.LOG'],
    ['b.LOG', 'a.LOG'],
  ]) {
    const run = new Devices()
    for (const path of paths) run.addFile(tally, path, 'same')
    assert.deepEqual(
      run.uses().map(({ at, rows }) => [at.path, rows]),
      [['a.LOG', [0, 1]]],
    )
  }
})
