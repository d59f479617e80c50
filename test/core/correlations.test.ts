import type { KnownLogKind } from '../../src/model/log-kinds.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptTrails, withCorrelations } from '../../src/findings/correlations.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Hit, CorrelationRows } from '../../src/model/rule.ts'
import type { Event } from '../../src/model/event.ts'
import type { Correlation, EventRule } from '../../src/rules/rule.ts'
import { correlationOf } from '../rules/correlations.ts'
import { scanOf } from './scans.ts'

type Seen = { readonly time: number; readonly identity?: number; readonly user?: string; readonly rule?: string }

const many = correlationOf({ groupBy: ['user'], condition: [{ is: 'gte', than: 3 }], span: 60_000 })
const asked = (id: string, more: Partial<EventRule> = {}): EventRule => ({
  info: { ...many.info, id, title: id.toUpperCase() },
  sources: [],
  trail: ['user'],
  match: () => null,
  ...more,
})
const rules = { events: [asked('a', { isPart: true }), asked('b')], correlations: [many] }

/** One file whose rows follow each other, ten bytes each. */
function fileOf(path: string, rows: readonly Seen[], more: Partial<CorrelationRows> = {}): Scan {
  const users = [...new Set(rows.map(({ user = 'x' }) => user))]
  const key = (user: string): CorrelationRows['keys'][number] => ({
    log: 'windows-security',
    timeBasis: 'format',
    host: 'MAIL01',
    client: null,
    user,
    values: { user },
    counts: 'record',
  })
  const trail: CorrelationRows = {
    rule: 'a',
    keys: users.map(key),
    rows: rows.flatMap(({ time, identity = time, user = 'x' }, i) => [
      time,
      users.indexOf(user),
      i * 10,
      10,
      i + 1,
      identity,
      0,
      0,
    ]),
    untimed: 0,
    beyond: 0,
    ...more,
  }
  return scanOf('windows-security', [], { path, trails: [trail] })
}

const at = (...times: number[]): Seen[] => times.map((time) => ({ time }))
const told = (
  scans: readonly Scan[],
  with_ = rules,
  most?: Parameters<typeof withCorrelations>[2],
): (readonly [string, number, number])[] =>
  withCorrelations(scans, with_, most).scans.flatMap(({ artifact, hits }) =>
    hits.map(({ event, match }): [string, number, number] => [artifact.path, event.at.offset, match!.rows]),
  )

test('rows of several files are one match, with their places', () => {
  const { scans, notes } = withCorrelations([fileOf('a.evtx', at(0, 40_000)), fileOf('b.evtx', at(20_000))], rules)
  assert.deepEqual(notes, [])
  const hits = scans.flatMap((scan) => scan.hits)
  assert.deepEqual(
    hits.map(({ rule, event }) => [rule, event.at, event.user, event.time]),
    [
      ['c', { path: 'a.evtx', offset: 0, length: 10, record: 1 }, 'x', 0],
      ['c', { path: 'a.evtx', offset: 10, length: 10, record: 2 }, 'x', 40_000],
      ['c', { path: 'b.evtx', offset: 0, length: 10, record: 1 }, 'x', 20_000],
    ],
  )
  assert.equal(new Set(hits.map(({ match }) => match!.key)).size, 1)
  assert.equal(
    hits[0]!.match!.says,
    'event_count within 1m: 3 rows, 1970-01-01T00:00:00.000Z to 1970-01-01T00:00:40.000Z; user = x',
  )
})

test('a copy of a file, and a shorter copy of a log, count once', () => {
  const once = fileOf('a.evtx', at(0, 1))
  const twin = { ...once, artifact: { ...once.artifact, path: 'b.evtx' } }
  assert.deepEqual(told([once, twin]), [])
  assert.deepEqual(told([fileOf('a.evtx', at(0, 1)), fileOf('b.evtx', at(0, 1))]), [])
  // The same row may stand in one file several times, unless its records are numbered.
  const same = [5, 5, 5].map((time) => ({ time }))
  assert.equal(told([fileOf('a.log', same), fileOf('b.log', same.slice(1))]).length, 3)
  assert.deepEqual(
    told([
      fileOf(
        'a.evtx',
        same.map(({ time }) => ({ time, identity: -5 })),
      ),
    ]),
    [],
  )
})

test('of copies the one at its own place counts, whichever comes first', () => {
  const own = 'C:\\Windows\\System32\\winevt\\Logs\\Security.evtx'
  const placed = (windowsPath: string, ...times: number[]): Scan => {
    const scan = fileOf(windowsPath, at(...times))
    return { ...scan, artifact: { ...scan.artifact, windowsPath, parser: 'evtx' } }
  }
  for (const folder of ['C:\\AAA', 'C:\\inetpub\\wwwroot']) {
    const files = [placed(`${folder}\\a.evtx`, 0, 1, 2, 3), placed(own, 0, 1, 2)]
    assert.deepEqual(
      told(files)
        .filter(([, offset]) => offset < 30)
        .map(([path]) => path),
      [own, own, own],
    )
    const twins = files.map((scan) => ({ ...scan, artifact: { ...scan.artifact, sha256: 'same' } }))
    assert.deepEqual(new Set(told(twins).map(([path]) => path)), new Set([own]))
  }
})

test('hits of a rule that is only a part are taken out, with what was counted of them; the whole event is kept for the match', () => {
  const event = { time: 0, raw: 'row', at: { path: 'a.evtx', offset: 0, length: 10, record: 1 } } as Event
  const [part, own]: Hit[] = [
    { rule: 'a', matched: [], event },
    { rule: 'b', matched: [], event },
  ]
  const more = { count: 5, first: 0, last: 1 }
  const scan = {
    ...fileOf('a.evtx', at(0, 1, 2)),
    hits: [part!, own!],
    more: [
      { rule: 'a', ...more },
      { rule: 'b', ...more },
    ],
  }
  const [found] = withCorrelations([scan], rules).scans
  assert.deepEqual(
    found!.hits.map(({ rule, event: { raw } }) => [rule, raw]),
    [
      ['b', 'row'],
      ['c', 'row'],
      ['c', ''],
      ['c', ''],
    ],
  )
  assert.deepEqual([found!.more.map(({ rule }) => rule), found!.trails], [['b'], []])
})

test('without correlations nothing is touched', () => {
  const scans = [fileOf('a.evtx', at(0, 1, 2))]
  assert.equal(withCorrelations(scans, { events: [], correlations: [] }).scans, scans)
})

test('what is not counted is told: rows without time, without a value, beyond the most, and matches beyond the most', () => {
  const { notes } = withCorrelations(
    [
      fileOf('a.evtx', at(0), { untimed: 2, beyond: 3 }),
      fileOf('b.evtx', at(1), { keys: [{ ...fileOf('x', at(0)).trails[0]!.keys[0]!, values: {} }] }),
    ],
    rules,
  )
  assert.deepEqual(notes, [
    'correlations: 2 rows of the rule A without a time, not counted',
    'correlations: more rows match the rule A than are held; not counted: 3 rows',
    'correlation C: 1 row without user, in no group',
  ])
  const rows = ['x', 'y', 'z'].flatMap((user, i) => [0, 1, 2, 3].map((n) => ({ time: i * 10 + n, user })))
  const most = { weight: 100, matches: 2, hits: 2, file: 0, host: 0 }
  const limited = withCorrelations([fileOf('a.evtx', rows)], rules, most)
  assert.deepEqual(limited.notes, ['correlation C: 1 of 3 matches, counted and not shown'])
  assert.deepEqual(told([fileOf('a.evtx', rows)], rules, most), [
    ['a.evtx', 0, 4],
    ['a.evtx', 30, 4],
    ['a.evtx', 40, 4],
    ['a.evtx', 70, 4],
  ])
})

test('what is kept of a run does not depend on the order in which files were read', () => {
  const files = ['a', 'b', 'c', 'd'].map((path, i) => fileOf(path, i === 1 ? at(i) : at(i, i + 10, i + 20)))
  const kept = (order: readonly number[]): unknown => {
    const trails = new KeptTrails({ weight: 24, matches: 1, hits: 1, file: 0, host: 0 })
    const scans: Scan[] = []
    for (const number of order) {
      scans[number] = files[number]!
      trails.came(scans, number)
    }
    trails.finish(scans)
    return scans.map((scan) => [scan.trails[0]!.rows.length / 8, scan.trails[0]!.beyond])
  }
  const wanted = [
    [2, 1],
    [1, 0],
    [2, 1],
    [2, 1],
  ]
  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [2, 0, 3, 1],
  ])
    assert.deepEqual(kept(order), wanted, String(order))
})

test('matches of one host are told however many there are of another before them', () => {
  const of = (host: string, from: number): Scan => {
    const users = ['x', 'y', 'z'].map((user) => `${host} ${user}`)
    const rows = users.flatMap((user, i) => [0, 1, 2, 3].map((n) => ({ time: from + i * 10 + n, user })))
    const file = fileOf(`${host}.evtx`, rows)
    const trails = file.trails.map((trail) => ({ ...trail, keys: trail.keys.map((key) => ({ ...key, host })) }))
    return { ...file, trails }
  }
  const most = { weight: 100, matches: 2, hits: 2, file: 0, host: 1 }
  const offsets = told([of('MAIL01', 1000), of('WS99', 0)], rules, most).map(([path, offset]) => [path, offset])
  assert.deepEqual(offsets, [
    ['MAIL01.evtx', 0],
    ['MAIL01.evtx', 30],
    ['WS99.evtx', 0],
    ['WS99.evtx', 30],
    ['WS99.evtx', 40],
    ['WS99.evtx', 70],
  ])
})

test('matches are in the order of time whatever the order of groups', () => {
  const rows = ['z', 'a'].flatMap((user, i) => [0, 1, 2].map((n) => ({ time: 100 - i * 50 + n, user })))
  const found = told([fileOf('a.evtx', rows)])
  assert.deepEqual(
    found.map(([, offset]) => offset),
    [30, 40, 50, 0, 10, 20],
  )
})

test('a correlation of a huge group keeps its first rows and its last', () => {
  const single: Correlation = { ...many, groupBy: [] }
  const rows = Array.from({ length: 30_000 }, (_, i) => ({ time: i }))
  const found = told([fileOf('a.evtx', rows)], { ...rules, correlations: [single] })
  assert.deepEqual([found.length, found[0], found.at(-1)], [100, ['a.evtx', 0, 30_000], ['a.evtx', 299_990, 30_000]])
})

/** A log of requests of one client: `[time, path, id]`. */
function requestsOf(
  log: KnownLogKind,
  path: string,
  rows: readonly (readonly [time: number, asked: number, id?: number])[],
): Scan {
  const keys = [
    {
      log,
      timeBasis: 'format' as const,
      host: 'MAIL01',
      client: '192.0.2.7',
      user: null,
      values: { user: 'x' },
      counts: 'line' as const,
    },
  ]
  const numbers = rows.flatMap(([time, asked, id = 0], i) => [
    time,
    0,
    i * 10,
    10,
    i + 1,
    time + i / 100 + path.length,
    asked,
    id,
  ])
  return scanOf(log, [], { path, trails: [{ rule: 'a', keys, rows: numbers, untimed: 0, beyond: 0 }] })
}

test('a request that IIS and HttpProxy both record is counted once', () => {
  const iis = (...rows: Parameters<typeof requestsOf>[2]): Scan => requestsOf('iis-frontend', 'u_ex.log', rows)
  const proxy = (...rows: Parameters<typeof requestsOf>[2]): Scan => requestsOf('httpproxy-ecp', 'HttpProxy.LOG', rows)
  const back = (...rows: Parameters<typeof requestsOf>[2]): Scan => requestsOf('ews', 'Ews.LOG', rows)
  const counts = (...scans: Scan[]): number[] => [...new Set(told(scans).map(([, , rows]) => rows))]
  // Two requests, each of them in both logs: not three.
  assert.deepEqual(counts(iis([1_000, 5], [3_000, 5]), proxy([1_420, 5], [3_950, 5])), [])
  assert.deepEqual(counts(iis([1_000, 5], [1_000, 5], [3_000, 5]), proxy([1_420, 5], [1_430, 5], [3_950, 5])), [3])
  // Other paths, and times that lie far apart, are other requests.
  assert.deepEqual(counts(iis([1_000, 5], [3_000, 5]), proxy([1_420, 6])), [3])
  assert.deepEqual(counts(iis([1_000, 5], [3_000, 5]), proxy([30_000, 5])), [3])
  // The id of the request joins logs that say nothing else alike.
  assert.deepEqual(counts(iis([1_000, 5, 77], [3_000, 5, 78]), back([1_100, 0, 77], [3_100, 0, 78])), [])
  assert.deepEqual(counts(iis([1_000, 5, 77], [3_000, 5, 78]), back([1_100, 0, 77], [3_100, 0, 79])), [3])
  // Two logs of IIS record no request twice.
  assert.deepEqual(counts(iis([1_000, 5], [1_000, 5]), requestsOf('iis-frontend', 'other.log', [[1_000, 5]])), [3])
  const { scans } = withCorrelations(
    [iis([1_000, 5], [2_000, 5], [3_000, 5]), proxy([1_420, 5], [2_100, 5], [3_950, 5])],
    rules,
  )
  const [hit] = scans.flatMap((scan) => scan.hits)
  assert.match(hit!.match!.says, /: 3 requests in 6 rows of several logs, /)
})
