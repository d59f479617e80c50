import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import { type LogKind, kindTitle } from '../../src/model/log-kinds.ts'
import type { Scan } from '../../src/model/scan.ts'
import { hourly, scanOf } from './scans.ts'

// Which silences of a log are gaps, which are its habit, and what a gap is called that all logs share.

const HOUR = 3_600_000
const hour = (iso: string): number => Date.parse(iso) / HOUR
const time = (iso: string): number => Date.parse(iso)

/** The gaps of a kind as `MM-DDTHH MM-DDTHH reason`. */
function gapsOf(meter: CoverageMeter, kind: LogKind): string[] {
  const found = meter.report([], kindTitle).kinds.find((one) => one.kind === kind)
  return found!.gaps.map(({ from, to, reason }) => `${from.slice(5, 13)} ${to.slice(5, 13)} ${reason}`)
}
const gapsIn = (kind: LogKind, times: readonly string[]): string[] =>
  gapsOf(new CoverageMeter([scanOf(kind, times)], [], []), kind)
/** The time that is this number of milliseconds after another. */
const after = (iso: string, ms: number): string => new Date(time(iso) + ms).toISOString()
/** This number of entries, each as long after the one before as `pauses` says in turn. */
function entries(from: string, pauses: readonly number[]): string[] {
  let now = time(from)
  return [from, ...pauses.map((pause) => new Date((now += pause)).toISOString())]
}
const MINUTE = 60_000
/** Entries at the first and the last minute of each hour: what is silent in between is an hour at the most. */
const busy = (from: string, to: string): string[] =>
  hourly(from, to).flatMap((at) => [after(at, -29 * MINUTE), after(at, 29 * MINUTE)])

test('a silence is a gap when it is longer than three hours in a busy log', () => {
  const first = busy('2021-03-01T00:00Z', '2021-03-02T00:00Z')
  const from = '2021-03-01T23:59:00Z'
  const rest = busy('2021-03-02T04:00Z', '2021-03-03T00:00Z')
  assert.deepEqual(gapsIn('iis-frontend', [...first, after(from, 3 * HOUR), ...rest]), [])
  assert.deepEqual(gapsIn('iis-frontend', [...first, after(from, 3 * HOUR + 1), ...rest]), ['03-02T00 03-02T02 silent'])
})

test('a silence is a gap when it is longer than four times an ordinary one, and longer than a day in any log', () => {
  const twice = Array.from({ length: 40 }, () => 2 * HOUR)
  assert.deepEqual(gapsIn('oabgenerator', entries('2021-03-01T00:00Z', [...twice, 8 * HOUR, 2 * HOUR])), [])
  assert.deepEqual(gapsIn('oabgenerator', entries('2021-03-01T00:00Z', [...twice, 8 * HOUR + 1, 2 * HOUR])), [
    '03-04T09 03-04T16 silent',
  ])
  const daily = Array.from({ length: 40 }, () => 20 * HOUR)
  assert.deepEqual(gapsIn('oabgenerator', entries('2021-03-01T00:00Z', [...daily, 24 * HOUR])), [])
  assert.equal(gapsIn('oabgenerator', entries('2021-03-01T00:00Z', [...daily, 24 * HOUR + 1])).length, 1)
})

test('a silence is ordinary when more than one of twenty is as long', () => {
  const hours = (count: number): number[] => Array.from({ length: count }, () => HOUR)
  const [once, more] = [
    [...hours(10), 10 * HOUR, ...hours(9)],
    [...hours(10), 10 * HOUR, ...hours(8), 10 * HOUR],
  ]
  assert.deepEqual(gapsIn('oabgenerator', entries('2021-03-01T00:30Z', once)), ['03-01T11 03-01T20 silent'])
  assert.deepEqual(gapsIn('oabgenerator', entries('2021-03-01T00:30Z', more)), [])
})

test('an ordinary silence after the last entry is covered, and the time before the first entry is not', () => {
  const covered = (times: readonly string[]): string => {
    const meter = new CoverageMeter([scanOf('iis-frontend', times)], [], [])
    const { missing } = meter.measure(time('2021-03-01T00:00Z'), time('2021-03-03T00:00Z'), [['iis-frontend']])
    return missing.map(({ from, to }) => `${from.slice(8, 13)}-${to.slice(8, 13)}`).join(' ')
  }
  // Four hours where entries are an hour apart; three after a single one.
  assert.equal(covered(hourly('2021-03-01T06:00Z', '2021-03-02T12:00Z')), '01T00-01T06 02T16-03T00')
  assert.equal(covered(['2021-03-01T06:10:00Z']), '01T00-01T06 01T10-03T00')
  assert.equal(covered([]), '01T00-03T00')
  const meter = new CoverageMeter([scanOf('iis-frontend', ['2021-03-01T06:10:00Z'])], [], [])
  const hours = [5, 6, 7, 8, 9, 10].filter((one) => meter.covers('iis-frontend', hour('2021-03-01T00:00Z') + one))
  assert.deepEqual(hours, [6, 7, 8, 9])
})

test('entries of one hour in several files are one hour, from the earliest to the latest', () => {
  const parts = [
    ['2021-03-01T04:50:00Z', '2021-03-01T05:10:00Z'],
    ['2021-03-01T04:05:00Z', '2021-03-01T05:01:00Z', '2021-03-01T08:30:00Z'],
    ['2021-03-01T05:40:00Z', '2021-03-01T08:45:00Z'],
  ]
  const scans = parts.map((times, i) => scanOf('ews', times, { path: `${i}.log` }))
  for (const given of [scans, scans.toReversed()]) {
    const meter = new CoverageMeter(given, [], [])
    const [row] = meter.report([], kindTitle).kinds
    assert.deepEqual([row?.first, row?.last, row?.entries], ['2021-03-01T04:05:00.000Z', '2021-03-01T08:45:00.000Z', 7])
    assert.deepEqual([row?.hours, row?.files, row?.days], [5, 3, [['2021-03-01', 7]]])
    assert.deepEqual([meter.firstOf('ews'), meter.lastOf('ews')], [time(parts[1]![0]!), time(parts[2]![1]!)])
    // From 05:40 to 08:30 it is less than three hours: seen from 05:10 or 05:01 it would be more.
    assert.deepEqual(gapsOf(meter, 'ews'), [])
  }
})

// ---------------------------------------------------------------- weekends of a tenant

// The first of March 2021 is a Monday.
const tenant = (from: string, to: string, ...silent: (readonly [from: string, to: string])[]): string[] =>
  hourly(from, to, (at) => silent.some(([start, end]) => at >= start && at < end))
const SATURDAYS = ['06', '13', '20', '27'] as const
/** From Friday evening to Monday morning, by the day of its Saturday. */
const weekend = (saturday: string): readonly [string, string] => [
  `2021-03-${String(Number(saturday) - 1).padStart(2, '0')}T18`,
  `2021-03-${String(Number(saturday) + 2).padStart(2, '0')}T06`,
]

test('silent weekends are a habit of a tenant, and gaps in a log of the server', () => {
  const times = tenant('2021-03-01T00:00Z', '2021-04-01T00:00Z', ...SATURDAYS.map(weekend))
  assert.deepEqual(gapsIn('m365-exchange', times), [])
  assert.equal(gapsIn('iis-frontend', times).length, 4)
})

test('a log of a server that is silent every night is written by people, who rest at weekends', () => {
  const times = tenant('2021-03-01T00:00Z', '2021-04-01T00:00Z', ...SATURDAYS.map(weekend))
  const atWork = times.filter((at) => at.slice(11, 13) >= '07' && at.slice(11, 13) < '18')
  assert.deepEqual(gapsIn('ews', atWork), [])
  const withoutTwoDays = atWork.filter((at) => !/^2021-03-1[67]/.test(at))
  assert.equal(gapsIn('ews', withoutTwoDays).length, 1)
})

test('two silent weekends are a habit, one is none where another weekend has entries', () => {
  const [one, two] = [['06'], ['06', '20']].map((days) =>
    tenant('2021-03-01T00:00Z', '2021-04-01T00:00Z', ...days.map(weekend)),
  )
  assert.deepEqual(gapsIn('m365-exchange', one!), ['03-05T18 03-08T06 silent'])
  assert.deepEqual(gapsIn('m365-exchange', two!), [])
})

test('one silent weekend is a habit where no entry is of the middle of another', () => {
  const from = (begin: string, end: string): number => gapsIn('m365-exchange', tenant(begin, end, weekend('06'))).length
  assert.equal(from('2021-03-01T00:00Z', '2021-03-12T00:00Z'), 0)
  // In the middle it is weekend in every time zone: from noon of Saturday to noon of Sunday in UTC.
  assert.equal(from('2021-03-01T00:00Z', '2021-03-13T12:00Z'), 0)
  assert.equal(from('2021-03-01T00:00Z', '2021-03-13T13:00Z'), 1)
  assert.equal(from('2021-02-28T12:00Z', '2021-03-12T00:00Z'), 0)
  assert.equal(from('2021-02-28T11:00Z', '2021-03-12T00:00Z'), 1)
})

test('a silence is a weekend from Friday or Saturday to Sunday or Monday, and at most three and a half days', () => {
  const silent = (from: string, to: string): number =>
    gapsIn('m365-exchange', tenant('2021-03-01T00:00Z', '2021-03-12T00:00Z', [from, to])).length
  assert.equal(silent('2021-03-05T00', '2021-03-08T12'), 0)
  assert.equal(silent('2021-03-05T00', '2021-03-08T13'), 1)
  assert.equal(silent('2021-03-04T23', '2021-03-08T06'), 1)
  assert.equal(silent('2021-03-06T02', '2021-03-08T06'), 0)
  assert.equal(silent('2021-03-06T02', '2021-03-07T20'), 0)
  assert.equal(silent('2021-03-05T02', '2021-03-06T08'), 1)
  assert.equal(silent('2021-03-07T00', '2021-03-08T12'), 1)
  assert.equal(silent('2021-03-06T00', '2021-03-09T00'), 1)
})

test('weekends are a habit where at least half of the silences are weekends', () => {
  const days = (...dates: readonly string[]) => dates.map((day) => [`2021-03-${day}T04`, `2021-03-${day}T16`] as const)
  const gaps = (...others: readonly string[]): string[] =>
    gapsIn(
      'm365-exchange',
      tenant('2021-03-01T00:00Z', '2021-04-01T00:00Z', weekend('06'), weekend('13'), ...days(...others)),
    )
  assert.deepEqual(gaps('02'), ['03-02T04 03-02T16 silent'])
  assert.deepEqual(gaps('02', '16'), ['03-02T04 03-02T16 silent', '03-16T04 03-16T16 silent'])
  assert.equal(gaps('02', '16', '23').length, 5)
})

// ---------------------------------------------------------------- names of files

const IIS = 'C/inetpub/logs/LogFiles'
const OWA = 'C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Owa'
/** A log file with its first and last entry, as scans give them. */
function logFile(kind: LogKind, path: string, times: readonly string[]): Scan {
  const scan = scanOf(kind, times, { path })
  const [first, last] = [times[0], times.at(-1)]
  return {
    ...scan,
    artifact: {
      ...scan.artifact,
      first: first === undefined ? null : time(first),
      last: last === undefined ? null : time(last),
    },
  }
}

test('a day of which one web site has no file is a gap, though the log of another goes on', () => {
  const day = (n: number): string[] => hourly(`2021-03-0${n}T00:00Z`, `2021-03-0${n + 1}T00:00Z`)
  const scans = [1, 3].map((n) => logFile('iis-frontend', `${IIS}/W3SVC1/u_ex21030${n}.log`, day(n)))
  for (const n of [1, 2, 3]) scans.push(logFile('iis-frontend', `${IIS}/W3SVC3/u_ex21030${n}.log`, day(n)))
  const meter = new CoverageMeter(scans, [], [])
  assert.deepEqual(gapsOf(meter, 'iis-frontend'), ['03-02T00 03-03T00 day file missing'])
  assert.equal(meter.covers('iis-frontend', hour('2021-03-02T12:00Z')), false)
  // Where it is silent anyway, it is one gap.
  assert.deepEqual(gapsOf(new CoverageMeter(scans.slice(0, 2), [], []), 'iis-frontend'), ['03-02T00 03-03T00 silent'])
})

test('a missing number costs nothing where its hour lies outside the time of the log, as a name in local time may', () => {
  const third = (...times: readonly string[]): string[] => {
    const scan = scanOf('httpproxy-owa', times, { path: `${OWA}/HttpProxy_2021030304-3.LOG` })
    return gapsOf(new CoverageMeter([scan], [], []), 'httpproxy-owa')
  }
  const missing = ['03-03T04 03-03T05 rotation number 1 to 2 missing']
  assert.deepEqual(third('2021-03-03T04:10:00Z', '2021-03-03T04:50:00Z'), missing)
  assert.deepEqual(third('2021-03-03T05:00:00Z', '2021-03-03T05:50:00Z'), missing)
  assert.deepEqual(third('2021-03-03T05:00:01Z', '2021-03-03T05:50:00Z'), [])
  assert.deepEqual(third('2021-03-03T02:50:00Z', '2021-03-03T03:00:00Z'), missing)
  assert.deepEqual(third('2021-03-03T02:50:00Z', '2021-03-03T02:59:59Z'), [])
})

test('of gaps by names of files that lie within one another the longest is one, and others overlap', () => {
  const pair = (folder: string, name: string, last: string, first: string): Scan[] => [
    logFile('httpproxy-owa', `${folder}/HttpProxy_${name}-1.LOG`, [last]),
    logFile('httpproxy-owa', `${folder}/HttpProxy_${name}-3.LOG`, [first]),
  ]
  const outer = pair(OWA, '2021030304', '2021-03-03T04:10:00Z', '2021-03-03T06:10:00Z')
  const inner = pair(OWA.replace('V15', 'V14'), '2021030304', '2021-03-03T04:20:00Z', '2021-03-03T05:20:00Z')
  const within = pair(OWA.replace('V15', 'V13'), '2021030305', '2021-03-03T05:20:00Z', '2021-03-03T06:20:00Z')
  const across = pair(OWA.replace('V15', 'V16'), '2021030305', '2021-03-03T05:10:00Z', '2021-03-03T08:10:00Z')
  const both = ['03-03T04 03-03T07 rotation number 2 missing', '03-03T05 03-03T09 rotation number 2 missing']
  for (const scans of [
    [...outer, ...inner, ...within, ...across],
    [...across, ...within, ...inner, ...outer],
  ])
    assert.deepEqual(gapsOf(new CoverageMeter(scans, [], []), 'httpproxy-owa'), both)
  assert.deepEqual(gapsOf(new CoverageMeter([...outer, ...within], [], []), 'httpproxy-owa'), both.slice(0, 1))
})

// ---------------------------------------------------------------- gaps of all logs

type Power = { readonly state: 'down' | 'up' | 'crashed'; readonly time: number }
const [STOP, START] = ['2021-03-02T04', '2021-03-03T04']
const isQuiet = (at: string): boolean => at > STOP && at < START
const always = hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z')
const stopping = always.filter((at) => !isQuiet(at))
const front = scanOf('iis-frontend', stopping)
const proxy = scanOf('httpproxy-ecp', stopping)
/** The reasons of the gaps of the front end. */
const reasons = (scans: readonly Scan[], power: readonly Power[] = [], restored: readonly string[] = []): string[] =>
  gapsOf(new CoverageMeter(scans, power, restored.map(time)), 'iis-frontend').map((gap) => gap.slice(18))
const shutdown = (down: string, up: string): Power[] => [
  { state: 'down', time: time(down) },
  { state: 'up', time: time(up) },
]
const asPlanned = shutdown('2021-03-02T04:05Z', '2021-03-03T04:05Z')
const COMMON = 'server off, restored or logs removed'

test('one log that stops alone is silent, whatever the server did', () => {
  assert.deepEqual(reasons([front]), ['silent'])
  assert.deepEqual(reasons([front], asPlanned), ['silent'])
  assert.deepEqual(reasons([front, scanOf('httpproxy-ecp', always)], asPlanned), ['silent'])
})

test('a shutdown explains a gap that begins and ends within an hour of it', () => {
  const gaps = (down: string, up: string): string[] => reasons([front, proxy], shutdown(down, up))
  for (const [down, up] of [
    ['2021-03-02T03:00Z', '2021-03-03T03:00Z'],
    ['2021-03-02T04:30Z', '2021-03-03T04:30Z'],
    ['2021-03-02T05:59Z', '2021-03-03T05:59Z'],
  ] as const)
    assert.deepEqual(gaps(down, up), [], `${down} ${up}`)
  for (const [down, up] of [
    ['2021-03-02T02:59Z', '2021-03-03T04:30Z'],
    ['2021-03-02T06:00Z', '2021-03-03T04:30Z'],
    ['2021-03-02T04:30Z', '2021-03-03T02:59Z'],
    ['2021-03-02T04:30Z', '2021-03-03T06:00Z'],
    ['2021-03-02T06:00Z', '2021-03-03T06:00Z'],
  ] as const)
    assert.deepEqual(gaps(down, up), [COMMON], `${down} ${up}`)
})

test('a boot after a crash explains a gap that ends within an hour of it', () => {
  const gaps = (at: string): string[] => reasons([front, proxy], [{ state: 'crashed', time: time(at) }])
  for (const at of ['2021-03-03T03:00Z', '2021-03-03T04:30Z', '2021-03-03T05:59Z']) assert.deepEqual(gaps(at), [], at)
  for (const at of ['2021-03-03T02:59Z', '2021-03-03T06:00Z']) assert.deepEqual(gaps(at), [COMMON], at)
})

test('a backup that was restored names the gap it made, of one log or of all', () => {
  for (const scans of [[front], [front, proxy]]) {
    for (const at of ['2021-03-02T03:00Z', '2021-03-02T12:00Z', '2021-03-03T04:59Z'])
      assert.deepEqual(reasons(scans, [], [at]), ['restored'], at)
    // Several, in any order.
    assert.deepEqual(reasons(scans, [], ['2021-03-04T12:00Z', '2021-03-02T12:00Z', '2021-03-01T12:00Z']), ['restored'])
  }
  for (const at of ['2021-03-02T02:59Z', '2021-03-03T05:00Z'])
    assert.deepEqual(reasons([front, proxy], [], [at]), [COMMON], at)
})

test('only logs that go on before and after a gap have a part in it', () => {
  const ended = scanOf('httpproxy-owa', hourly('2021-03-01T00:00Z', '2021-03-02T12:00Z'))
  const begun = scanOf('httpproxy-ews', hourly('2021-03-02T12:00Z', '2021-03-05T00:00Z'))
  assert.deepEqual(reasons([front, proxy, ended, begun]), [COMMON])
  assert.deepEqual(reasons([front, ended]), ['silent'])
  assert.deepEqual(reasons([front, begun]), ['silent'])
  // One that has its last entry where the others go on has a part in it, one that has its first where they stop has not.
  const at = (from: string, to: string): string[] => reasons([front, scanOf('httpproxy-owa', [from, to].map(String))])
  assert.deepEqual(at('2021-03-02T03:59:00Z', '2021-03-03T04:00:00Z'), [COMMON])
  assert.deepEqual(at('2021-03-02T04:00:00Z', '2021-03-03T04:00:00Z'), ['silent'])
  assert.deepEqual(at('2021-03-02T03:59:00Z', '2021-03-03T03:59:59Z'), ['silent'])
})

test('a log that seldom writes is silent where it has no entry, and an entry in the gap ends the silence', () => {
  const seldom = (...times: readonly string[]): string[] => reasons([front, scanOf('httpproxy-oab', times)], asPlanned)
  const around = ['2021-03-01T10:00:00Z', '2021-03-03T14:00:00Z'] as const
  assert.deepEqual(seldom(around[0], around[1]), [])
  assert.deepEqual(seldom(around[0], '2021-03-02T12:00:00Z', around[1]), ['silent'])
  assert.deepEqual(seldom(around[1], '2021-03-02T12:00:00Z', around[0]), ['silent'])
  // The hours in which the logs stop and start may have entries.
  assert.deepEqual(seldom(around[0], '2021-03-02T04:30:00Z', '2021-03-03T03:30:00Z', around[1]), [])
  assert.deepEqual(seldom(around[0], '2021-03-02T05:30:00Z', around[1]), ['silent'])
  assert.deepEqual(seldom(around[0], '2021-03-03T02:30:00Z', around[1]), ['silent'])
})

test('what is no log of the server itself has no part in what its logs share', () => {
  for (const kind of ['m365-exchange', 'misplaced/httpproxy-owa', 'services']) {
    // It goes on while the server is off, or stops when a single log does.
    assert.deepEqual(reasons([front, proxy, scanOf(kind, always)]), [COMMON], kind)
    assert.deepEqual(reasons([front, scanOf(kind, stopping)]), ['silent'], kind)
  }
  const off = new CoverageMeter([front, proxy, scanOf('m365-exchange', stopping)], asPlanned, [])
  assert.deepEqual(gapsOf(off, 'm365-exchange'), ['03-02T04 03-03T04 silent'])
  assert.deepEqual(gapsOf(off, 'iis-frontend'), [])
  assert.equal(off.covers('iis-frontend', hour('2021-03-02T12:00Z')), true)
})
