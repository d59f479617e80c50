import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import { kindTitle } from '../../src/model/log-kinds.ts'
import { hourly, scanOf } from './scans.ts'
import { powerOf } from '../../src/scan/power.ts'
import type { Event } from '../../src/model/event.ts'

const holes = (meter: CoverageMeter, kind: string): string[] =>
  meter
    .report([], kindTitle)
    .kinds.find((k) => k.kind === kind)!
    .gaps.map((h) => `${h.from} ${h.to} ${h.reason}`)
const hour = (iso: string): number => Date.parse(iso) / 3_600_000

test('a silence of more than three hours in a steady log is a hole, half-open from the first missing hour', () => {
  const times = hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z', (t) => t > '2021-03-02T04' && t < '2021-03-02T09')
  const meter = new CoverageMeter([scanOf('iis-frontend', times)], [], [])
  assert.deepEqual(holes(meter, 'iis-frontend'), ['2021-03-02T04:00:00Z 2021-03-02T09:00:00Z silent'])
  assert.equal(meter.covers('iis-frontend', hour('2021-03-02T03:00Z')), true)
  assert.equal(meter.covers('iis-frontend', hour('2021-03-02T04:00Z')), false)
  assert.equal(meter.covers('iis-frontend', hour('2021-03-02T09:00Z')), true)
})

test('the log of a tenant does not stretch what the logs of the server must reach, and alone it is all there is', () => {
  const own = scanOf('iis-frontend', hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z'))
  const tenant = scanOf('m365-exchange', hourly('2021-02-01T00:00Z', '2021-09-01T00:00Z'), {
    path: 'UAL-20210201.json',
  })
  const later = scanOf('m365-exchange', hourly('2021-02-01T00:00Z', '2021-09-01T00:00Z'), { path: 'UAL-20210211.json' })
  const [both, alone] = [new CoverageMeter([own, tenant, later], [], []), new CoverageMeter([tenant], [], [])]
  assert.equal(new Date(both.last!).toISOString().slice(0, 7), '2021-03')
  assert.equal(new Date(alone.last!).toISOString().slice(0, 7), '2021-08')
  // Exports of ten days each are no log of which days are missing.
  assert.deepEqual(holes(both, 'm365-exchange'), [])
})

test('two silent weeks are a silence where an entry before them was not read, not where so little of them was', () => {
  const [from, to] = [Date.parse('2021-03-01T00:00Z'), Date.parse('2021-04-01T00:00Z')]
  const times = hourly('2021-02-20T00:00Z', '2021-04-01T00:00Z', (t) => t > '2021-03-04T00' && t < '2021-03-24T00')
  const begin = (after: string, before: string): string => {
    const around = { after: Date.parse(after), before: Date.parse(before) }
    const gap = { path: 'iis-frontend.log', offset: 1, length: 1, reason: 'corrupt', detail: 'x', ...around } as const
    const meter = new CoverageMeter([scanOf('iis-frontend', times, { gaps: [gap] })], [], [])
    return new Date(meter.stretch(from, to, [['iis-frontend']])!).toISOString().slice(0, 13)
  }
  assert.equal(begin('2021-03-03T22:00Z', '2021-03-04T01:30Z'), '2021-03-24T00')
  assert.equal(begin('2021-03-03T22:00Z', '2021-03-12T00:00Z'), '2021-03-01T00')
})

test('since when some log goes on: after the last silence of two weeks in all of them', () => {
  const iis = scanOf(
    'iis-frontend',
    hourly('2021-02-20T00:00Z', '2021-04-01T00:00Z', (t) => t > '2021-03-04T00' && t < '2021-03-24T00'),
  )
  const stray = scanOf('windows-system', ['2012-05-01T10:00:00Z'])
  const proxy = scanOf('httpproxy-owa', hourly('2021-02-25T00:00Z', '2021-04-01T00:00Z'))
  const since = (scans: readonly ReturnType<typeof scanOf>[], time: string): string => {
    const begin = new CoverageMeter(scans, [], []).since(Date.parse(time))
    return begin === null ? 'none' : new Date(begin).toISOString().slice(0, 13)
  }
  assert.equal(since([iis], '2021-03-30T00:00Z'), '2021-03-24T00')
  assert.equal(since([iis], '2021-03-01T00:00Z'), '2021-02-20T00')
  assert.equal(since([iis, proxy], '2021-03-30T00:00Z'), '2021-02-20T00')
  assert.equal(since([stray, iis, proxy], '2021-03-30T00:00Z'), '2021-02-20T00')
  assert.equal(since([iis], '2020-01-01T00:00Z'), 'none')
})

test('the time before the first entry is not asked about, however short it is; nor what lies before two silent weeks', () => {
  const [from, to] = [Date.parse('2021-03-01T00:00Z'), Date.parse('2021-04-01T00:00Z')]
  const begin = (first: string, gap: (t: string) => boolean = () => false): string => {
    const meter = new CoverageMeter([scanOf('iis-frontend', hourly(first, '2021-04-01T00:00Z', gap))], [], [])
    return new Date(meter.stretch(from, to, [['iis-frontend']])!).toISOString().slice(0, 13)
  }
  assert.equal(begin('2021-02-20T00:00Z'), '2021-03-01T00')
  assert.equal(begin('2021-03-04T00:00Z'), '2021-03-04T00')
  assert.equal(
    begin('2021-02-20T00:00Z', (t) => t > '2021-03-04T00' && t < '2021-03-20T00'),
    '2021-03-20T00',
  )
  assert.equal(
    begin('2021-02-20T00:00Z', (t) => t > '2021-03-04T00' && t < '2021-03-10T00'),
    '2021-03-01T00',
  )
})

test('a silence that the log itself makes every night is no hole', () => {
  const times = hourly('2021-03-01T00:00Z', '2021-03-15T00:00Z', (t) => t.slice(11, 13) < '08')
  const meter = new CoverageMeter([scanOf('iis-frontend', times)], [], [])
  assert.deepEqual(holes(meter, 'iis-frontend'), [])
})

test('no silence longer than a day is ordinary', () => {
  const times = Array.from({ length: 10 }, (_, i) =>
    new Date(Date.parse('2021-03-01T00:30Z') + i * 26 * 3_600_000).toISOString(),
  )
  const meter = new CoverageMeter([scanOf('oabgenerator', times)], [], [])
  assert.equal(holes(meter, 'oabgenerator').length, 9)
})

test('a missing rotation number and a missing day file are holes', () => {
  const rotated = ['HttpProxy_2021030304-1.LOG', 'HttpProxy_2021030304-3.LOG'].map((name) =>
    scanOf('httpproxy-ecp', ['2021-03-03T04:10:00Z', '2021-03-03T05:00:00Z'], { path: `Ecp/${name}` }),
  )
  assert.match(
    holes(new CoverageMeter(rotated, [], []), 'httpproxy-ecp').join(),
    /2021-03-03T04:00:00Z 2021-03-03T05:00:00Z rotation number 2 missing/,
  )
})

test('logs that all stop and start together are named so, unless System events show a shutdown and a boot', () => {
  const quiet = (t: string): boolean => t > '2021-03-02T04' && t < '2021-03-03T04'
  const scans = [
    scanOf('iis-frontend', hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z', quiet)),
    scanOf('httpproxy-ecp', hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z', quiet)),
  ]
  assert.match(holes(new CoverageMeter(scans, [], []), 'iis-frontend').join(), /server off, restored or logs removed/)
  const power = [
    { state: 'down' as const, time: Date.parse('2021-03-02T04:05Z') },
    { state: 'up' as const, time: Date.parse('2021-03-03T03:55Z') },
  ]
  assert.deepEqual(holes(new CoverageMeter(scans, power, []), 'iis-frontend'), [])
  // Nothing announced the stop: from the last entry to the boot that records it.
  const crashed = [{ state: 'crashed' as const, time: Date.parse('2021-03-03T03:55Z') }]
  assert.deepEqual(holes(new CoverageMeter(scans, crashed, []), 'iis-frontend'), [])
  const elsewhere = [{ state: 'crashed' as const, time: Date.parse('2021-03-04T03:55Z') }]
  assert.equal(holes(new CoverageMeter(scans, elsewhere, []), 'iis-frontend').length, 1)
})

test('starts, stops and a clock that was set forward, by the events of Windows', () => {
  const time = Date.parse('2021-03-03T04:00Z')
  const of = (EventID: number, Provider_Name: string, more: Record<string, string> = {}): string[] =>
    powerOf(EventID, { time, fields: { EventID, Provider_Name, ...more } } as unknown as Event).map(
      (one) => `${one.state} ${new Date(one.time).toISOString().slice(11, 16)}`,
    )
  assert.deepEqual(of(6006, 'EventLog'), ['down 04:00'])
  assert.deepEqual(of(6008, 'EventLog'), ['crashed 04:00'])
  assert.deepEqual(of(41, 'Microsoft-Windows-Kernel-Power'), ['crashed 04:00'])
  assert.deepEqual(of(41, 'Another'), [])
  const set = { OldTime: '2021-03-03T04:00:00.5Z', NewTime: '\u200e2021\u200e-\u200e03\u200e-\u200e03T10:00:00.5Z' }
  assert.deepEqual(of(1, 'Microsoft-Windows-Kernel-General', set), ['down 04:00', 'up 10:00'])
  assert.deepEqual(of(1, 'Microsoft-Windows-Kernel-General', { ...set, NewTime: '2021-03-03T04:00:01Z' }), [])
  const audited = { PreviousTime: '2021-03-03T04:00:00Z', NewTime: '2021-03-03T06:00:00Z' }
  assert.deepEqual(of(4616, 'Microsoft-Windows-Security-Auditing', audited), ['down 04:00', 'up 06:00'])
})

test('the time before a restore is covered by nothing', () => {
  const meter = new CoverageMeter(
    [scanOf('iis-frontend', hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z'))],
    [],
    [Date.parse('2021-03-03T00:00Z')],
  )
  assert.equal(meter.covers('iis-frontend', hour('2021-03-02T12:00Z')), false)
  assert.equal(meter.covers('iis-frontend', hour('2021-03-03T12:00Z')), true)
})

test('an hour is covered when one alternative is whole; the rest is listed as missing', () => {
  const front = scanOf('iis-frontend', hourly('2021-03-01T00:00Z', '2021-03-03T00:00Z'))
  const back = scanOf('iis-backend', hourly('2021-03-01T00:00Z', '2021-03-02T00:00Z'))
  const meter = new CoverageMeter([front, back], [], [])
  const reach = meter.measure(Date.parse('2021-03-01T00:00Z'), Date.parse('2021-03-03T00:00Z'), [
    ['httpproxy-*'],
    ['iis-frontend', 'iis-backend'],
  ])
  assert.equal(reach.of, 48)
  // The back end's own ordinary silence (here four hours) after its last entry still counts.
  assert.equal(reach.covered, 28)
  assert.deepEqual(reach.missing, [{ from: '2021-03-02T04:00:00Z', to: '2021-03-03T00:00:00Z' }])
})

test('a log kind begins with its first seven days of which half have entries', () => {
  const meter = new CoverageMeter(
    [scanOf('iis-frontend', ['2020-01-01T00:00:00Z', ...hourly('2021-03-01T00:00Z', '2021-03-10T00:00Z')])],
    [],
    [],
  )
  assert.equal(new Date(meter.begin('iis-frontend')!).toISOString().slice(0, 10), '2021-03-01')
})

test('a state has no holes: nobody writes a service every hour', () => {
  const times = ['2019-11-24T00:00:00Z', '2021-03-03T00:00:00Z']
  const meter = new CoverageMeter([scanOf('services', times), scanOf('iis-frontend', times)], [], [])
  assert.deepEqual(holes(meter, 'services'), [])
  assert.equal(holes(meter, 'iis-frontend').length, 1)
})

test('what was not read of one log another does not make up for; a log that is not there it does', () => {
  const all = hourly('2021-03-01T00:00:00Z', '2021-03-06T00:00:00Z')
  const [before, after] = [all.slice(0, 48), all.slice(72)]
  const path = (day: number): string => `C/inetpub/logs/LogFiles/W3SVC1/u_ex21030${day}.log`
  const other = scanOf('httpproxy-ecp', all)
  const iis = [scanOf('iis-frontend', before, { path: path(2) }), scanOf('iis-frontend', after, { path: path(4) })]
  const needs = [['httpproxy-ecp'], ['iis-frontend']]
  const [from, to] = [Date.parse('2021-03-01T00:00:00Z'), Date.parse('2021-03-06T00:00:00Z')]
  const gone = new CoverageMeter([other, ...iis], [], []).measure(from, to, needs)
  assert.equal(gone.covered, gone.of)
  const plain = scanOf('files', [], { path: path(3) })
  const gap = { path: path(3), offset: 0, length: 100, reason: 'truncated' as const, detail: 'no archive' }
  const unread = {
    ...plain,
    artifact: { ...plain.artifact, size: 100, parser: null, events: 0 },
    gaps: [gap],
  }
  const reach = new CoverageMeter([other, ...iis, unread], [], []).measure(from, to, needs)
  assert.deepEqual(
    reach.missing.map((hole) => [hole.from, hole.to]),
    [['2021-03-03T00:00:00Z', '2021-03-04T00:00:00Z']],
  )
})

test('hours that are alike are looked at once: a forged date makes millions of them', () => {
  const rows = [
    ...hourly('2021-03-01T00:00:00Z', '2021-03-04T12:00:00Z'),
    ...hourly('9998-01-01T00:00:00Z', '9998-01-03T12:00:00Z'),
  ]
  const meter = new CoverageMeter(
    [scanOf('iis-frontend', rows), scanOf('httpproxy-ecp', hourly('2021-03-01T00:00:00Z', '2021-03-03T02:00:00Z'))],
    [],
    [],
  )
  let asked = 0
  const covers = meter.covers.bind(meter)
  meter.covers = (kind, hour) => {
    asked++
    return covers(kind, hour)
  }
  const [from, to] = [Date.parse('2021-02-28T00:00:00Z'), Date.parse('9998-01-02T00:00:00Z')]
  const reach = meter.measure(from, to, [['iis-frontend'], ['httpproxy-*']])
  assert.ok(asked < 100, `${asked}`)
  // Hour by hour around what was written it is the same.
  for (const [at, hours] of [
    ['2021-02-27T00:00:00Z', 200],
    ['9997-12-31T00:00:00Z', 80],
  ] as const) {
    const begin = Date.parse(at)
    for (let hour = 0; hour < hours; hour++) {
      const now = new Date(begin + hour * 3_600_000).toISOString()
      if (Date.parse(now) < from || Date.parse(now) >= to) continue
      const isMissing = reach.missing.some(
        (hole) => Date.parse(hole.from) <= Date.parse(now) && Date.parse(now) < Date.parse(hole.to),
      )
      const of = Date.parse(now) / 3_600_000
      assert.equal(isMissing, !(covers('iis-frontend', of) || covers('httpproxy-*', of)), now)
    }
  }
})

test('a row thousands of years away makes a hole of them, and the run goes on', () => {
  const times = ['1970-01-02T00:00:00Z', '2021-03-03T00:00:00Z', '9999-12-31T23:00:00Z']
  const meter = new CoverageMeter([scanOf('iis-frontend', times)], [], [])
  assert.equal(holes(meter, 'iis-frontend').length, 2)
  const [kind] = meter.report([], kindTitle).kinds
  assert.equal(kind?.hours, 3)
  assert.equal(meter.covers('iis-frontend', hour('2021-03-02T23:00Z')), false)
  assert.equal(meter.covers('iis-frontend', hour('2021-03-03T00:00Z')), true)
})
