import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { kindTitle } from '../../src/model/log-kinds.ts'
import type { Scan } from '../../src/model/scan.ts'
import { hourly, scanOf } from './scans.ts'

// Which logs and states were given, whole or in part, and what the report says was read.

const time = (iso: string): number => Date.parse(iso)
const hour = (iso: string): number => time(iso) / 3_600_000
const meterOf = (...scans: readonly Scan[]): CoverageMeter => new CoverageMeter(scans, [], [])
const day = hourly('2021-03-01T00:00Z', '2021-03-02T00:00Z')
const gap = (more: Partial<Gap> = {}): Gap => ({
  path: 'x',
  offset: 5,
  length: 1,
  reason: 'corrupt',
  detail: 'x',
  ...more,
})
const about = (scan: Scan, artifact: Partial<Scan['artifact']>): Scan => ({
  ...scan,
  artifact: { ...scan.artifact, ...artifact },
})
const rowsOf = (meter: CoverageMeter): unknown[] =>
  meter.report([], kindTitle).kinds.map(({ kind, files, bytes, entries }) => [kind, files, bytes, entries])

test('a log that lies twice in the evidence is counted once, as two files', () => {
  const one = about(scanOf('ews', day, { path: 'a.log' }), { sha256: 'aa' })
  const [copy, longer] = [about(one, { path: 'b.log' }), about(one, { path: 'c.log', size: 1001 })]
  assert.deepEqual(rowsOf(meterOf(one, copy)), [['ews', 2, 1000, 24]])
  assert.deepEqual(rowsOf(meterOf(one, copy, about(copy, { path: 'd.log' }))), [['ews', 3, 1000, 24]])
  assert.deepEqual(rowsOf(meterOf(one, longer)), [['ews', 2, 2001, 48]])
  // Another kind for the same bytes, as outside its place, is another log; so are files whose digest is not known.
  assert.deepEqual(rowsOf(meterOf(one, { ...copy, hours: [['misplaced/ews', one.hours[0]![1]]] })), [
    ['ews', 1, 1000, 24],
    ['misplaced/ews', 1, 1000, 24],
  ])
  assert.deepEqual(rowsOf(meterOf(about(one, { sha256: '' }), about(copy, { sha256: '' }))), [['ews', 2, 2000, 48]])
})

test('a configuration is given when one of its files was read whole', () => {
  const seen = (...gaps: readonly (readonly Gap[])[]): string[] =>
    meterOf(...gaps.map((list, i) => scanOf('exchange-config', day, { path: `${i}.csv`, gaps: list }))).kindsSeen()
  assert.deepEqual(seen([]), ['exchange-config'])
  assert.deepEqual(seen([gap()]), [])
  assert.deepEqual(seen([gap({ length: 0 })]), ['exchange-config'])
  assert.deepEqual(seen([gap({ length: 0, reason: 'truncated' })]), [])
  assert.deepEqual(seen([gap({ length: 0 }), gap()]), [])
  assert.deepEqual(seen([gap()], []), ['exchange-config'])
  assert.deepEqual(seen([], [gap()]), ['exchange-config'])
})

test('a log is given when it has entries, a list when it has as many parts as every Windows', () => {
  const names = (kind: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${kind}/${i}`)
  assert.deepEqual(meterOf(scanOf('iis-frontend', day), scanOf('ews', []), scanOf('autodiscover', day)).kindsSeen(), [
    'autodiscover',
    'iis-frontend',
  ])
  const tasks = (count: number, gaps: readonly Gap[] = []): boolean =>
    meterOf(scanOf('tasks', day, { recorded: names('tasks', count), gaps })).kindsSeen().length === 1
  assert.deepEqual([tasks(19), tasks(20), tasks(21)], [false, true, true])
  assert.equal(tasks(20, [gap()]), false)
  // Names of others do not count, nor are names a list of which no file was read.
  assert.equal(meterOf(scanOf('tasks', day, { recorded: names('services', 60) })).kindsSeen().length, 0)
  const named = meterOf(scanOf('ews', day, { recorded: names('tasks', 60) }))
  assert.equal(named.has('tasks'), false)
  assert.equal(named.covers('tasks', hour('2021-03-01T05:00Z')), false)
})

test('the web roots are given with the pages of the front end and the default web site', () => {
  const has = (...roots: readonly string[]): boolean =>
    meterOf(scanOf('files', day, { recorded: roots.map((root) => `web-root/${root}`) })).has('web-roots')
  for (const front of ['owa', 'ecp', 'frontend']) {
    assert.equal(has(front), false, front)
    for (const site of ['wwwroot', 'aspnet_client']) assert.equal(has(front, site), true, `${front} ${site}`)
  }
  assert.equal(has('wwwroot', 'aspnet_client'), false)
  assert.equal(has(), false)
})

test('a state that some file was not read of is not there whole', () => {
  const config = scanOf('iis-config', day, { path: 'a.xml' })
  const path = 'C/Windows/System32/inetsrv/config/applicationHost.config'
  const unread = {
    ...about(scanOf('files', [], { path, gaps: [gap({ path })] }), {
      parser: null,
      kinds: [],
      windowsPath: path.replace('C/', 'C:\\').replaceAll('/', '\\'),
    }),
    hours: [],
  }
  const at = hour('2021-03-01T05:00Z')
  const state = (meter: CoverageMeter): boolean[] => [
    meter.has('iis-config'),
    meter.covers('iis-config', at),
    meter.covers('iis-config', at + 100),
    meter.hasAny('iis-config'),
  ]
  assert.deepEqual(state(meterOf(config)), [true, true, true, true])
  assert.deepEqual(state(meterOf(config, unread)), [false, false, false, true])
  assert.deepEqual(state(meterOf(unread)), [false, false, false, false])
  // A state is as it is at the end, whatever was restored before.
  assert.equal(new CoverageMeter([config], [], [time('2021-03-01T12:00Z')]).covers('iis-config', at), true)
  assert.equal(meterOf(scanOf('ews', day)).hasAny('ews'), true)
  assert.equal(meterOf(scanOf('ews', [day[0]!])).hasAny('ews'), true)
  assert.equal(meterOf(scanOf('ews', [])).hasAny('ews'), false)
})

test('a log is complete for the time it covers, events with an id where such are recorded, a state as it is', () => {
  const meter = meterOf(
    scanOf('windows-security', day, { recorded: ['windows-security/4624'] }),
    scanOf('iis-config', day),
    scanOf('ntfs-mft', day),
  )
  const is = (kind: string, to = '2021-03-02T00:00Z', from = '2021-03-01T00:00Z'): boolean =>
    meter.isComplete(kind, time(from), time(to))
  assert.equal(is('windows-security'), true)
  assert.equal(is('windows-security', '2021-03-02T12:00Z'), false)
  assert.equal(is('windows-security/4624'), true)
  assert.equal(is('windows-security/4624', '2021-03-02T12:00Z'), false)
  assert.equal(is('windows-security/4688'), false)
  assert.equal(is('windows-system'), false)
  // Of no time at all it is enough that it is there.
  assert.equal(is('windows-security', '2020-01-01T00:00Z', '2020-01-01T00:00Z'), true)
  assert.equal(is('windows-security', '2020-01-01T00:00Z', '2020-01-02T00:00Z'), true)
  assert.equal(is('windows-system', '2020-01-01T00:00Z', '2020-01-01T00:00Z'), false)
  for (const kind of ['iis-config', 'ntfs-mft']) assert.equal(is(kind, '2022-01-01T00:00Z'), true, kind)
  assert.equal(is('services'), false)
})

test('a parser has read something when a file of it has no gap', () => {
  const ofParser = (parser: string | null, gaps: readonly Gap[] = []): Scan =>
    about(scanOf('ews', day, { gaps, recorded: [] }), { parser })
  assert.equal(meterOf(ofParser('iis')).hasRead('iis'), true)
  assert.equal(meterOf(ofParser('iis', [gap()])).hasRead('iis'), false)
  assert.equal(meterOf(ofParser('iis', [gap()]), ofParser('iis')).hasRead('iis'), true)
  assert.equal(meterOf(ofParser(null)).hasRead('iis'), false)
})

test('first and last entry of a kind', () => {
  const meter = meterOf(scanOf('ews', day))
  assert.deepEqual([meter.firstOf('ews'), meter.lastOf('ews')], [time('2021-03-01T00:30Z'), time('2021-03-01T23:30Z')])
  assert.deepEqual([meter.firstOf('owa'), meter.lastOf('owa')], [null, null])
})

test('the report lists kinds by their names, and days by their dates', () => {
  const meter = meterOf(
    scanOf('iis-frontend', hourly('2021-03-02T12:00Z', '2021-03-03T02:00Z')),
    scanOf('ews', ['2021-03-03T04:00:00Z']),
    scanOf('iis-frontend', ['2021-03-01T23:00:00Z'], { path: 'other.log' }),
    scanOf('autodiscover', []),
  )
  const { first, last, kinds } = meter.report([], kindTitle)
  assert.deepEqual([first, last], ['2021-03-01T23:00:00.000Z', '2021-03-03T04:00:00.000Z'])
  assert.deepEqual(
    kinds.map(({ kind, title, hours, days }) => [kind, title, hours, days]),
    [
      ['autodiscover', 'Autodiscover (back end)', 0, []],
      ['ews', kindTitle('ews'), 1, [['2021-03-03', 1]]],
      [
        'iis-frontend',
        kindTitle('iis-frontend'),
        // More than half a day is ordinary where one of 15 silences is as long.
        27,
        [
          ['2021-03-01', 1],
          ['2021-03-02', 12],
          ['2021-03-03', 2],
        ],
      ],
    ],
  )
})

test('the report names files that no parser knows, and logs of which nothing was read', () => {
  const plain = (path: string, parser: string, kinds: readonly string[]): Scan =>
    about(scanOf('files', [], { path }), { parser, kinds: [...kinds] })
  const path = (name: string): string =>
    `C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/${name}/HttpProxy_2021030304-1.LOG`
  const unread = (at: string): Scan => ({
    ...about(scanOf('files', [], { path: at, gaps: [gap({ path: at, offset: 0, length: 1000 })] }), {
      parser: null,
      kinds: [],
    }),
    hours: [],
  })
  const scans = [
    plain('a.bin', 'scan', ['files']),
    plain('b.bin', 'scan', []),
    plain('c.aspx', 'scan', ['files', 'web-roots']),
    plain('d.log', 'iis', ['files']),
    scanOf('ews', hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z')),
    unread(path('Owa')),
    unread(path('Owa').replace('04-1', '05-1')),
    unread(path('Ews')),
    scanOf('httpproxy-ews', hourly('2021-03-03T02:00Z', '2021-03-03T07:00Z')),
    unread('collection.zip'),
  ]
  const { unknown, gaps, kinds } = meterOf(...scans).report(scans, kindTitle)
  assert.deepEqual(unknown, [
    { path: 'a.bin', size: 1000 },
    { path: 'b.bin', size: 1000 },
  ])
  assert.deepEqual(
    gaps.map((one) => one.path),
    [path('Owa'), path('Owa').replace('04-1', '05-1'), path('Ews'), 'collection.zip'],
  )
  assert.deepEqual(
    kinds.flatMap(({ kind, files, hours, first }) => (kind.startsWith('http') ? [[kind, files, hours, first]] : [])),
    [
      ['httpproxy-ews', 1, 0, '2021-03-03T02:30:00.000Z'],
      ['httpproxy-owa', 2, 0, null],
    ],
  )
})
