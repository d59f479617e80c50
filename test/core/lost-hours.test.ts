import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lostCoverage } from '../../src/assessment/coverage/lost-coverage.ts'
import type { Gap } from '../../src/model/evidence.ts'
import type { LogKind } from '../../src/model/log-kinds.ts'
import { SECTION, type Scan, UNREAD } from '../../src/model/scan.ts'
import { hourly, scanOf } from './scans.ts'

// From when to when a gap leaves a log uncovered, and which files of a series bound it.

const hour = (iso: string): number => Date.parse(iso) / 3_600_000
const time = (iso: string): number => Date.parse(iso)
const IIS = 'C/inetpub/logs/LogFiles/W3SVC1'
const gapAt = (path: string, gap: Partial<Gap> = {}): Gap => ({
  path,
  offset: 10,
  length: 1,
  reason: 'corrupt',
  detail: 'x',
  ...gap,
})

type About = Partial<Scan['artifact']>

/** A log with entries at these times; `about`: what else is known of the file. */
function log(path: string, times: readonly string[], gaps: readonly Partial<Gap>[] = [], about: About = {}): Scan {
  const kind = about.kinds?.[0] ?? 'iis-frontend'
  const one = scanOf(kind, times, { path, gaps: gaps.map((gap) => gapAt(path, gap)) })
  const all = one.hours.flatMap(([, list]) => list)
  const windowsPath = path.startsWith('C/') ? path.replace('C/', 'C:\\').replaceAll('/', '\\') : null
  const [first, last] = [all[0]?.[2] ?? null, all.at(-1)?.[3] ?? null]
  const kinds = times.length > 0 ? [kind] : []
  const artifact = { ...one.artifact, windowsPath, parser: 'iis', first, last, kinds, events: times.length, ...about }
  return { ...one, artifact, hours: times.length > 0 ? one.hours : [] }
}

/** Hours of one day; `n`: of March 2021. */
const day = (n: number): string[] =>
  hourly(`2021-03-${String(n).padStart(2, '0')}T00:00Z`, `2021-03-${String(n + 1).padStart(2, '0')}T00:00Z`)
const named = (n: number): string => `${IIS}/u_ex2103${String(n).padStart(2, '0')}.log`
const spans = (scans: readonly Scan[]): unknown[] =>
  lostCoverage(scans).hours.map(({ from, to, atEnd }) => [from, to, atEnd])

test('a gap between two entries costs their hours and those between', () => {
  const gap = { after: time('2021-03-02T04:10Z'), before: time('2021-03-02T06:20Z') }
  assert.deepEqual(spans([log(named(2), day(2), [gap])]), [
    [hour('2021-03-02T04:00Z'), hour('2021-03-02T07:00Z'), false],
  ])
})

test('times that go backwards bound what lies between them', () => {
  const gap = { after: time('2021-03-02T09:10Z'), before: time('2021-03-02T04:20Z') }
  assert.deepEqual(spans([log(named(2), day(2), [gap])]), [
    [hour('2021-03-02T04:00Z'), hour('2021-03-02T10:00Z'), false],
  ])
})

test('a gap at the beginning reaches back to the last entry of the file before it, one at the end on to the first of the next', () => {
  const around = [log(named(1), day(1)), log(named(3), day(3))]
  const begins = log(named(2), day(2), [{ before: time('2021-03-02T06:20Z') }])
  assert.deepEqual(spans([...around, begins]), [[hour('2021-03-01T23:00Z'), hour('2021-03-02T07:00Z'), false]])
  const ends = log(named(2), day(2), [{ after: time('2021-03-02T06:20Z') }])
  assert.deepEqual(spans([...around, ends]), [[hour('2021-03-02T06:00Z'), hour('2021-03-03T01:00Z'), false]])
  // A file between that has no entries bounds nothing.
  const far = [log(named(1), day(1)), log(named(2), []), log(named(4), day(4))]
  const third = log(named(3), day(3), [{ before: time('2021-03-03T06:20Z') }])
  assert.deepEqual(spans([...far, third]).at(-1), [hour('2021-03-01T23:00Z'), hour('2021-03-03T07:00Z'), false])
})

test('files of a series lie in the order of their times and numbers, in whichever order they were read', () => {
  const file = (clock: string, number: number): string =>
    `C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Owa/HttpProxy_20210303${clock}-${number}.LOG`
  const at = (clock: string, number: number, minute: string, gaps: readonly Partial<Gap>[] = []): Scan =>
    log(file(clock, number), [`2021-03-03T${clock}:${minute}Z`], gaps, {
      parser: 'exchange-csv',
      kinds: ['httpproxy-owa'],
    })
  const gap = { after: time('2021-03-03T05:20Z') }
  const [before, own, next, later] = [at('05', 1, '05'), at('05', 2, '20', [gap]), at('05', 3, '40'), at('08', 1, '10')]
  for (const scans of [
    [before, own, next, later],
    [later, next, own, before],
    [own, later, before, next],
  ])
    assert.deepEqual(spans(scans), [[hour('2021-03-03T05:00Z'), hour('2021-03-03T06:00Z'), false]])
  assert.deepEqual(spans([later, own, before]), [[hour('2021-03-03T05:00Z'), hour('2021-03-03T09:00Z'), false]])
})

test('logs without a time in their names lie in the order of their entries; one earlier than the gap does not end it', () => {
  const own = log('logs/b.log', day(2), [{ after: time('2021-03-02T06:20Z') }])
  const [earlier, later] = [log('logs/a.log', day(1)), log('logs/c.log', day(5))]
  for (const scans of [
    [earlier, own, later],
    [later, own, earlier],
  ])
    assert.deepEqual(spans(scans), [[hour('2021-03-02T06:00Z'), hour('2021-03-05T01:00Z'), false]])
  // It overlaps the file with the gap, and goes on behind it: only what comes later bounds the gap.
  const overlapping = log('logs/c.log', ['2021-03-02T03:00Z', '2021-03-02T05:00Z'])
  assert.deepEqual(spans([own, overlapping, later]), [[hour('2021-03-02T06:00Z'), hour('2021-03-05T01:00Z'), false]])
})

test('only a gap behind the last entry of the last file may end as the log is written', () => {
  const gap = { after: time('2021-03-02T06:20Z') }
  assert.deepEqual(spans([log(named(1), day(1)), log(named(2), day(2), [gap])]), [
    [hour('2021-03-02T06:00Z'), Infinity, true],
  ])
  // An export was written whole.
  const exported = log('logs/u_ex210302.csv', day(2), [gap])
  assert.deepEqual(
    spans([exported]).map((span) => (span as unknown[])[2]),
    [false],
  )
})

test('a file of which nothing was read has no entries around it, not even those that its gap names', () => {
  const whole = { offset: 0, length: 1000, after: time('2021-03-07T04:10Z'), before: time('2021-03-07T05:20Z') }
  const [lost] = spans([log(named(1), day(1)), log(named(2), [], [whole], { parser: null }), log(named(3), day(3))])
  assert.deepEqual(lost, [hour('2021-03-01T23:00Z'), hour('2021-03-03T01:00Z'), false])
  // With entries, or with a shorter gap, its own entries bound it.
  const gap = { after: time('2021-03-02T04:10Z'), before: time('2021-03-02T05:20Z') }
  for (const scan of [
    log(named(2), day(2), [{ ...gap, offset: 0, length: 1000 }]),
    log(named(2), [], [gap], { parser: null }),
  ])
    assert.deepEqual(spans([scan]), [[hour('2021-03-02T04:00Z'), hour('2021-03-02T06:00Z'), false]])
})

test('a file that is a gap from its beginning to its end has no second one for what it is named', () => {
  const path = named(2)
  const all = { offset: 0, length: 1000 }
  assert.equal(spans([log(path, [], [all], { parser: 'scan' })]).length, 1)
  assert.equal(spans([log(path, [], [], { parser: 'scan' })]).length, 1)
  assert.equal(spans([log(path, [], [{ length: 5 }], { parser: 'scan' })]).length, 2)
  assert.equal(spans([log(path, [], [{ length: 5 }], { parser: null })]).length, 1)
})

test('records that lie unread behind other text may be of any time', () => {
  const scan = scanOf('iis-frontend', [], {
    path: 'notes.txt',
    recorded: [`${UNREAD}entra-signin`, 'x'],
    gaps: [gapAt('notes.txt')],
  })
  assert.deepEqual(lostCoverage([scan]).hours, [
    { kind: 'entra-signin', path: 'notes.txt', reason: 'unsupported', atEnd: false, from: -Infinity, to: Infinity },
  ])
})

test('entries of another log than a place is of cost both', () => {
  const path = 'C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Owa/HttpProxy_2021030305-1.LOG'
  const kindsLost = (kinds: readonly LogKind[]): unknown[] =>
    lostCoverage([log(path, ['2021-03-03T05:05Z'], [], { parser: 'exchange-csv', kinds: [...kinds] })]).hours.map(
      ({ kind, reason }) => [kind, reason],
    )
  assert.deepEqual(kindsLost(['message-tracking']), [
    ['message-tracking', 'corrupt'],
    ['httpproxy-owa', 'corrupt'],
  ])
  assert.deepEqual(kindsLost(['httpproxy-owa']), [])
  assert.deepEqual(kindsLost(['httpproxy-ecp']), [])
})

test('entries of another time than the name of a log cost the time of its name', () => {
  const moved = log(named(2), day(20))
  assert.deepEqual(spans([moved]), [[hour('2021-03-02T00:00Z'), hour('2021-03-03T00:00Z'), false]])
  assert.deepEqual(spans([log(named(2), day(2))]), [])
})

// ---------------------------------------------------------------- logs without entries

const rest = (n: number): string =>
  `C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Rest/HttpProxy_202103${String(n).padStart(2, '0')}08-1.LOG`
const restLog = (n: number, events: number): Scan =>
  log(rest(n), events > 0 ? [`2021-03-${String(n).padStart(2, '0')}T08:05Z`] : [], [], {
    parser: 'exchange-csv',
    kinds: events > 0 ? ['httpproxy-rest'] : [],
  })

test('of the ten files before an empty one at the end of its series all must have entries', () => {
  const atWork = log(named(13), ['2021-03-13T08:59Z'])
  const lost = (scans: readonly Scan[]): number =>
    lostCoverage([...scans, restLog(13, 0), atWork]).hours.filter(({ path }) => path === rest(13)).length
  const filled = (from: number): Scan[] => Array.from({ length: 13 - from }, (_, i) => restLog(from + i, 1))
  assert.equal(lost(filled(3)), 1)
  // The eleventh before it is too old to count, the tenth counts.
  assert.equal(lost([restLog(2, 0), ...filled(3)]), 1)
  assert.equal(lost([restLog(3, 0), ...filled(4)]), 0)
})

test('the server worked in the time of an empty log where another log has entries late enough in it', () => {
  const empty = (): Scan => log(`${IIS}/u_ex21030308.log`, [])
  const lost = (...others: Scan[]): number => lostCoverage([empty(), ...others]).hours.length
  const owa = (times: readonly string[], kind: LogKind = 'httpproxy-owa'): Scan =>
    scanOf(kind, times, { path: 'x.log' })
  assert.equal(lost(owa(['2021-03-03T08:20:00Z'])), 1)
  assert.equal(lost(owa(['2021-03-03T08:19:59Z'])), 0)
  assert.equal(lost(owa(['2021-03-03T09:00:00Z'])), 0)
  assert.equal(lost(owa(['2021-03-03T07:59:59Z'])), 0)
  // A state of the server, and what a tenant records, say nothing of whether it worked.
  assert.equal(lost(owa(['2021-03-03T08:30:00Z'], 'iis-config')), 0)
  assert.equal(lost(owa(['2021-03-03T08:30:00Z'], 'm365-exchange')), 0)
  // The log of a day has an hour to begin.
  const ofDay = (clock: string): number => lostCoverage([log(named(3), []), owa([clock])]).hours.length
  assert.equal(ofDay('2021-03-03T01:00:00Z'), 1)
  assert.equal(ofDay('2021-03-03T00:59:59Z'), 0)
})

test('a log that is empty costs its hours unless it is the newest of its series', () => {
  const zero = (n: number): Scan => log(named(n), [], [], { parser: 'scan', size: 0 })
  assert.deepEqual(spans([zero(2), log(named(3), day(3))]), [
    [hour('2021-03-02T00:00Z'), hour('2021-03-03T01:00Z'), false],
  ])
  assert.deepEqual(spans([log(named(1), day(1)), zero(2)]), [])
  const other = log(named(1), day(1), [], { kinds: ['iis-frontend'] })
  assert.deepEqual(spans([other, log(`${IIS}/../W3SVC2/u_ex210305.log`, day(5)), zero(2)]), [])
})

// ---------------------------------------------------------------- sections in other files

test('a section in another file leaves the configuration open until that file was read whole', () => {
  const path = 'C/Windows/System32/inetsrv/config/applicationHost.config'
  const section = 'c/windows/system32/inetsrv/config/handlers.config'
  const naming = (where = path): Scan => {
    const one = log(where, [], [], { parser: 'iis-config', kinds: ['iis-config'] })
    return { ...one, recorded: [`${SECTION}${section}`] }
  }
  const file = (gaps: readonly Partial<Gap>[], parser: string | null): Scan =>
    log('C/Windows/System32/inetsrv/config/Handlers.config', [], gaps, { parser, kinds: [] })
  const open = (...scans: Scan[]): unknown[] =>
    lostCoverage(scans).blind.flatMap((spot) => (spot.path === path ? [[spot.kind, spot.reason, spot.detail]] : []))
  const spot = ['iis-config', 'unsupported', 'a section of it lies in a file that was not read: handlers.config']
  assert.deepEqual(open(naming()), [spot])
  assert.deepEqual(open(naming(), file([], 'config-excerpt')), [])
  assert.deepEqual(open(naming(), file([{}], 'config-excerpt')), [spot])
  assert.deepEqual(open(naming(), file([], 'scan')), [spot])
  assert.deepEqual(open(naming(), file([], null)), [spot])
  // A file that configures nothing from where it lies names what it likes.
  assert.deepEqual(lostCoverage([naming('C/Users/a/notes.txt')]).blind, [])
})
