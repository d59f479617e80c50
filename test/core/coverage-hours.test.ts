import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { type LogKind, kindTitle } from '../../src/model/log-kinds.ts'
import type { HourCount, Scan } from '../../src/model/scan.ts'
import { CELL } from '../../src/parsers/microsoft-365/use.ts'
import { hourly, scanOf } from './scans.ts'

// Which hours of a question the logs cover, where logs begin, and what was not read.

const HOUR = 3_600_000
const time = (iso: string): number => Date.parse(iso)
const hour = (iso: string): number => time(iso) / HOUR
const until = (at: number | null): string => (at === null ? 'none' : new Date(at).toISOString().slice(0, 16))
const meterOf = (...scans: readonly Scan[]): CoverageMeter => new CoverageMeter(scans, [], [])
const IIS: readonly (readonly LogKind[])[] = [['iis-frontend']]
/** Something that was not read between two entries of a log. */
function gapIn(scan: Scan, after: string, before: string, more: Partial<Gap> = {}): Scan {
  const { path } = scan.artifact
  const gap: Gap = { path, offset: 10, length: 1, reason: 'corrupt', detail: 'x', ...more }
  return { ...scan, gaps: [...scan.gaps, { ...gap, after: time(after), before: time(before) }] }
}
/** Missing hours of a question as `DDTHH-DDTHH`, and how many of how many are covered. */
function measured(meter: CoverageMeter, from: string, to: string, needs = IIS): string {
  const { covered, of, missing } = meter.measure(time(from), time(to), needs)
  return [...missing.map((one) => `${one.from.slice(8, 13)}-${one.to.slice(8, 13)}`), `${covered}/${of}`].join(' ')
}
const march = scanOf('iis-frontend', hourly('2021-03-01T00:00Z', '2021-04-01T00:00Z'))
const broken = (from: string, to: string): Scan =>
  scanOf(
    'iis-frontend',
    hourly('2021-03-01T00:00Z', '2021-04-01T00:00Z', (at) => at >= from && at < to),
  )

// ---------------------------------------------------------------- measure

test('coverage is measured in whole hours, and at least in one', () => {
  const meter = meterOf(march)
  assert.equal(measured(meter, '2021-03-02T00:00Z', '2021-03-02T02:00Z'), '2/2')
  assert.equal(measured(meter, '2021-03-02T00:30Z', '2021-03-02T02:01Z'), '3/3')
  assert.equal(measured(meter, '2021-03-02T00:30Z', '2021-03-02T00:30Z'), '1/1')
  assert.equal(measured(meter, '2021-03-02T00:00Z', '2021-03-02T00:00Z'), '1/1')
  assert.equal(measured(meter, '2021-02-02T00:30Z', '2021-02-02T00:30Z'), '02T00-02T01 0/1')
  const { from, to } = meter.measure(time('2021-03-02T00:30Z'), time('2021-03-02T02:01Z'), IIS)
  assert.deepEqual([from, to], ['2021-03-02T00:30:00.000Z', '2021-03-02T02:01:00.000Z'])
})

test('missing hours stand in their order, at the beginning, within and at the end', () => {
  const meter = meterOf(broken('2021-03-10T06', '2021-03-12T06'))
  // After the last entry an ordinary silence of four hours is covered.
  assert.equal(measured(meter, '2021-02-28T12:00Z', '2021-04-01T12:00Z'), '28T12-01T00 10T06-12T06 01T04-01T12 700/768')
  assert.equal(measured(meter, '2021-03-10T00:00Z', '2021-03-11T00:00Z'), '10T06-11T00 6/24')
  assert.equal(measured(meter, '2021-03-10T00:00Z', '2021-03-10T06:00Z'), '6/6')
  assert.equal(measured(meter, '2021-03-11T00:00Z', '2021-03-12T12:00Z'), '11T00-12T06 6/36')
})

test('hours are covered by any alternative, each of which needs all its kinds', () => {
  const [first, second] = [
    hourly('2021-03-01T00:00Z', '2021-03-02T00:00Z'),
    hourly('2021-03-01T12:00Z', '2021-03-03T00:00Z'),
  ]
  const meter = meterOf(scanOf('httpproxy-owa', first), scanOf('ecp-server', second), scanOf('ews', second))
  const from = ['2021-03-01T00:00Z', '2021-03-03T00:00Z'] as const
  assert.equal(measured(meter, ...from, [['httpproxy-owa', 'ecp-server']]), '01T00-01T12 02T04-03T00 16/48')
  assert.equal(measured(meter, ...from, [['httpproxy-owa'], ['ecp-server', 'ews']]), '48/48')
  assert.equal(measured(meter, ...from, [['ecp-server', 'autodiscover']]), '01T00-03T00 0/48')
  assert.equal(measured(meter, ...from, [['autodiscover'], ['ews']]), '01T00-01T12 36/48')
})

test('the hours before a restore are missing', () => {
  const meter = new CoverageMeter([march], [], [time('2021-03-05T10:30Z'), time('2021-03-03T10:30Z')])
  assert.equal(measured(meter, '2021-03-01T00:00Z', '2021-03-08T00:00Z'), '01T00-05T10 62/168')
  assert.equal(meter.covers('iis-frontend', hour('2021-03-05T09:00Z')), false)
  assert.equal(meter.covers('iis-frontend', hour('2021-03-05T10:00Z')), true)
})

test('what was not read of any of the alternatives is missing, with the hours of the entries around it', () => {
  const proxy = scanOf('httpproxy-owa', hourly('2021-03-01T00:00Z', '2021-04-01T00:00Z'))
  const meter = meterOf(march, gapIn(proxy, '2021-03-05T10:30Z', '2021-03-05T12:30Z'))
  const days = ['2021-03-05T00:00Z', '2021-03-06T00:00Z'] as const
  assert.equal(measured(meter, ...days, [['httpproxy-owa'], ['iis-frontend']]), '05T10-05T13 21/24')
  assert.equal(measured(meter, ...days, [['iis-frontend'], ['httpproxy-*']]), '05T10-05T13 21/24')
  assert.equal(measured(meter, ...days), '24/24')
  const found = (from: string, to: string, kinds: readonly LogKind[]): number =>
    meter.lostIn(kinds, hour(from), hour(to)).length
  assert.equal(found('2021-03-05T09:00Z', '2021-03-05T10:00Z', ['httpproxy-owa']), 0)
  assert.equal(found('2021-03-05T09:00Z', '2021-03-05T11:00Z', ['httpproxy-owa']), 1)
  assert.equal(found('2021-03-05T12:00Z', '2021-03-05T14:00Z', ['iis-frontend', 'httpproxy-*']), 1)
  assert.equal(found('2021-03-05T13:00Z', '2021-03-05T14:00Z', ['httpproxy-owa']), 0)
  assert.equal(found('2021-03-05T09:00Z', '2021-03-05T14:00Z', ['iis-frontend', 'httpproxy-ecp']), 0)
})

test('what was not read in several places is missing where any of them is, the shorter ones within the longer', () => {
  const meter = meterOf(
    gapIn(
      gapIn(gapIn(march, '2021-03-05T02:30Z', '2021-03-05T10:30Z'), '2021-03-05T04:30Z', '2021-03-05T05:30Z'),
      '2021-03-05T12:30Z',
      '2021-03-05T12:40Z',
    ),
  )
  assert.equal(measured(meter, '2021-03-05T00:00Z', '2021-03-06T00:00Z'), '05T02-05T11 05T12-05T13 14/24')
})

// ---------------------------------------------------------------- several kinds in one word

test('all logs of a family must cover an hour, but for those that hardly ever write', () => {
  const from = '2021-03-01T00:00Z'
  const owa = scanOf('httpproxy-owa', hourly(from, '2021-03-05T04:00Z'))
  const at = hour('2021-03-03T00:00Z')
  const covered = (...others: readonly Scan[]): boolean => meterOf(owa, ...others).covers('httpproxy-*', at)
  assert.equal(covered(), true)
  // A hundred hours have entries: of five hours it is a log of which more is missed, of four a stray one.
  assert.equal(covered(scanOf('httpproxy-rest', hourly(from, '2021-03-01T05:00Z'))), false)
  assert.equal(covered(scanOf('httpproxy-rest', hourly(from, '2021-03-01T04:00Z'))), true)
  // Just less than a twentieth.
  const longer = scanOf('httpproxy-ecp', hourly('2021-02-20T00:00Z', '2021-03-09T12:00Z'))
  assert.equal(covered(longer, scanOf('httpproxy-rest', hourly(from, '2021-03-01T20:00Z'))), true)
  assert.equal(covered(longer, scanOf('httpproxy-rest', hourly(from, '2021-03-01T21:00Z'))), false)
  // Logs of another family are no measure.
  assert.equal(covered(scanOf('iis-frontend', hourly('2021-01-01T00:00Z', '2021-03-05T00:00Z'))), true)
  assert.equal(covered(scanOf('iis-frontend', hourly(from, '2021-03-01T05:00Z'))), true)
  const one = meterOf(
    scanOf('httpproxy-rest', hourly(from, '2021-03-05T04:00Z')),
    scanOf('iis-frontend', hourly('2020-01-01T00:00Z', '2021-03-05T00:00Z')),
  )
  assert.equal(one.covers('httpproxy-*', at), true)
  assert.equal(one.covers('windows-*', at), false)
  assert.equal(one.covers('httpproxy-owa', at), false)
})

/** A file of which nothing was read. */
function unread(path: string): Scan {
  const plain = scanOf('files', [], { path })
  const gap: Gap = { path, offset: 0, length: 1000, reason: 'denied', detail: 'x' }
  const windowsPath = path.startsWith('C/') ? path.replace('C/', 'C:\\').replaceAll('/', '\\') : null
  return { ...plain, hours: [], artifact: { ...plain.artifact, windowsPath, parser: null, kinds: [] }, gaps: [gap] }
}

test('a kind that was not read at all, and any of its family, cover nothing where it was written', () => {
  const owa = scanOf('httpproxy-owa', hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z'))
  const ecp = unread('C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Ecp/HttpProxy_2021030304-1.LOG')
  const meter = meterOf(owa, ecp)
  const at = hour('2021-03-03T04:00Z')
  assert.equal(meter.covers('httpproxy-*', at), false)
  assert.equal(meter.covers('httpproxy-*', at + 1), true)
  assert.equal(meter.covers('httpproxy-owa', at), true)
  const alone = meterOf(ecp)
  assert.equal(alone.notRead().length, 0)
  assert.deepEqual(
    alone.report([], kindTitle).kinds.map(({ kind, files, hours, gaps }) => [kind, files, hours, gaps.length]),
    [['httpproxy-ecp', 1, 0, 0]],
  )
})

test('what was not read and may be of several kinds costs each of them, and whatever they are asked for with', () => {
  const kinds = ['httpproxy-owa', 'httpproxy-ecp', 'windows-security', 'windows-system', 'iis-frontend']
  const logs = kinds.map((kind) => scanOf(kind, hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z')))
  const at = hour('2021-03-03T04:00Z')
  const uncovered = (path: string): string => {
    const meter = meterOf(...logs, unread(path))
    return ['*', 'httpproxy-*', 'httpproxy-e*', 'windows-*', ...kinds]
      .filter((kind) => !meter.covers(kind, at))
      .join(' ')
  }
  assert.equal(
    uncovered('C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/HttpProxy_2021030304-1.LOG'),
    '* httpproxy-* httpproxy-e* httpproxy-owa httpproxy-ecp',
  )
  assert.equal(uncovered('C/Windows/System32/winevt/Logs/Unknown.evtx'), '* windows-*')
  assert.equal(uncovered('collection.zip'), ['*', 'httpproxy-*', 'httpproxy-e*', 'windows-*', ...kinds].join(' '))
  assert.equal(uncovered('C/Users/a/notes.txt'), '')
  const proxyLog = 'C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/HttpProxy_2021030304-1.LOG'
  const lost = (path: string): string => {
    const meter = meterOf(...logs, unread(path))
    const asked = ['*', 'http*', 'httpproxy-*', 'httpproxy-e*', 'windows-*', 'iis-frontend', 'httpproxy-owa']
    return asked.filter((kind) => meter.lostIn([kind], at, at + 1).length > 0).join(' ')
  }
  assert.equal(lost(proxyLog), '* http* httpproxy-* httpproxy-e* httpproxy-owa')
  assert.equal(lost('collection.zip'), '* http* httpproxy-* httpproxy-e* windows-* iis-frontend httpproxy-owa')
  assert.equal(lost('C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log'), '* iis-frontend')
})

// ---------------------------------------------------------------- the end of the evidence

/** A log whose end was cut off behind its last entry, at that time. */
function cutAt(kind: LogKind, path: string, last: string): Scan {
  const scan = scanOf(kind, [...hourly('2021-03-01T00:00Z', '2021-03-02T12:00Z'), last], { path })
  const gap: Gap = { path, offset: 900, length: 100, reason: 'truncated', detail: 'x', after: time(last) }
  return {
    ...scan,
    artifact: { ...scan.artifact, first: time('2021-03-01T00:30Z'), last: time(last) },
    gaps: [gap],
  }
}

test('a log that breaks off within the last two hours of the evidence costs no more than these', () => {
  const asked = (last: string, to = '2021-03-02T20:00Z'): [boolean, number] => {
    const others = scanOf('httpproxy-ecp', hourly('2021-03-01T00:00Z', '2021-03-02T20:00Z'))
    const meter = meterOf(cutAt('iis-frontend', 'u.log', last), others)
    const { length } = meter.notRead()
    return [
      meter.isEnough(meter.measure(time('2021-03-01T00:00Z'), time(to), [['iis-frontend'], ['httpproxy-ecp']])),
      length,
    ]
  }
  assert.deepEqual(asked('2021-03-02T19:40Z'), [true, 0])
  assert.deepEqual(asked('2021-03-02T18:40Z'), [true, 0])
  assert.deepEqual(asked('2021-03-02T17:40Z'), [false, 1])
  // All of a question that ends before.
  assert.deepEqual(asked('2021-03-02T17:40Z', '2021-03-02T17:00Z'), [true, 1])
})

test('of several logs that break off the first is the end, and a question about the rest alone is not answered', () => {
  const others = scanOf('httpproxy-ecp', hourly('2021-03-01T00:00Z', '2021-03-02T20:00Z'))
  const meter = meterOf(
    cutAt('iis-frontend', 'u.log', '2021-03-02T19:10Z'),
    cutAt('httpproxy-owa', 'v.log', '2021-03-02T18:10Z'),
    others,
  )
  const needs = [['iis-frontend'], ['httpproxy-owa'], ['httpproxy-ecp']]
  const enough = (from: string, to: string): boolean => meter.isEnough(meter.measure(time(from), time(to), needs))
  assert.equal(enough('2021-03-02T00:00Z', '2021-03-02T20:00Z'), true)
  assert.equal(enough('2021-03-02T17:00Z', '2021-03-02T20:00Z'), true)
  assert.equal(enough('2021-03-02T18:00Z', '2021-03-02T20:00Z'), false)
  assert.equal(enough('2021-02-28T23:00Z', '2021-03-02T20:00Z'), false)
  assert.deepEqual(meter.notRead(), [])
})

test('what was not read counts where it reaches into the time of the evidence, or lies behind it', () => {
  const log = (after: string, before: string): number => {
    const scan = scanOf('iis-frontend', hourly('2021-03-02T00:00Z', '2021-03-03T00:00Z'))
    return meterOf(gapIn(scan, after, before)).notRead().length
  }
  assert.equal(log('2021-03-01T10:00Z', '2021-03-01T23:59Z'), 0)
  assert.equal(log('2021-03-01T10:00Z', '2021-03-02T00:00Z'), 1)
  assert.equal(log('2021-03-02T10:00Z', '2021-03-02T10:01Z'), 1)
  assert.equal(log('2021-03-02T23:10Z', '2021-03-02T23:20Z'), 1)
  assert.equal(log('2021-03-03T00:00Z', '2021-03-03T00:10Z'), 1)
})

test('what was not read only of the last hours of logs that break off does not count, what lies before does', () => {
  const others = gapIn(
    scanOf('httpproxy-ecp', hourly('2021-03-01T00:00Z', '2021-03-02T20:00Z')),
    '2021-03-02T19:00Z',
    '2021-03-02T19:10Z',
  )
  assert.equal(meterOf(others).notRead().length, 1)
  assert.equal(meterOf(others, cutAt('iis-frontend', 'u.log', '2021-03-02T19:40Z')).notRead().length, 0)
  const earlier = gapIn(others, '2021-03-02T18:30Z', '2021-03-02T18:40Z')
  assert.equal(meterOf(earlier, cutAt('iis-frontend', 'u.log', '2021-03-02T19:40Z')).notRead().length, 1)
})

// ---------------------------------------------------------------- beginnings

test('two weeks of silence part a log into two stretches, an hour less does not', () => {
  const stretch = (silence: readonly [string, string], to = '2021-04-01T00:00Z'): string =>
    until(meterOf(broken(...silence)).stretch(time('2021-03-01T00:00Z'), time(to), IIS))
  assert.equal(stretch(['2021-03-05T06', '2021-03-19T06']), '2021-03-19T06:00')
  assert.equal(stretch(['2021-03-05T06', '2021-03-19T05']), '2021-03-01T00:00')
  assert.equal(stretch(['2021-03-05T06', '2021-03-19T06'], '2021-03-19T06:00Z'), '2021-03-01T00:00')
  assert.equal(stretch(['2021-03-05T06', '2021-03-19T06'], '2021-03-19T06:01Z'), '2021-03-19T06:00')
  assert.equal(until(meterOf(march).stretch(time('2021-05-01T00:00Z'), time('2021-06-01T00:00Z'), IIS)), 'none')
})

test('a stretch begins with the first entry, however late, and with the restore of a backup it does not', () => {
  const from = [time('2021-02-20T00:00Z'), time('2021-04-01T00:00Z')] as const
  assert.equal(until(meterOf(march).stretch(...from, IIS)), '2021-03-01T00:00')
  const late = scanOf('iis-frontend', hourly('2021-02-20T05:00Z', '2021-04-01T00:00Z'))
  assert.equal(until(meterOf(late).stretch(...from, IIS)), '2021-02-20T05:00')
  const restored = new CoverageMeter([march], [], [time('2021-03-20T00:00Z')])
  assert.equal(until(restored.stretch(time('2021-03-01T00:00Z'), from[1], IIS)), '2021-03-01T00:00')
})

test('what was not read within a silence is no silence, and two weeks before it or behind it are one', () => {
  const silent = broken('2021-03-02T00', '2021-03-31T00')
  const stretch = (...unread: readonly (readonly [after: string, before: string])[]): string => {
    const scan = unread.reduce((sum, [after, before]) => gapIn(sum, after, before), silent)
    return until(meterOf(scan).stretch(time('2021-03-01T00:00Z'), time('2021-04-01T00:00Z'), IIS)).slice(5, 13)
  }
  assert.equal(stretch(), '03-31T00')
  // From the second on two weeks are over at the sixteenth, and two weeks remain from the seventeenth.
  assert.equal(stretch(['2021-03-16T00:00Z', '2021-03-30T00:00Z']), '03-31T00')
  assert.equal(stretch(['2021-03-15T23:00Z', '2021-03-30T00:00Z']), '03-01T00')
  assert.equal(stretch(['2021-03-05T00:00Z', '2021-03-16T23:00Z']), '03-31T00')
  assert.equal(stretch(['2021-03-05T00:00Z', '2021-03-17T00:00Z']), '03-01T00')
  // Several, in any order, the shorter within the longer.
  const [long, short] = [
    ['2021-03-05T00:00Z', '2021-03-20T00:00Z'],
    ['2021-03-06T00:00Z', '2021-03-07T00:00Z'],
  ] as const
  assert.equal(stretch(long, short), '03-01T00')
  assert.equal(stretch(short, long), '03-01T00')
  const [middle, early] = [
    ['2021-03-20T00:00Z', '2021-03-24T00:00Z'],
    ['2021-03-10T00:00Z', '2021-03-12T00:00Z'],
  ] as const
  assert.equal(stretch(early, middle), '03-01T00')
  assert.equal(stretch(middle, early), '03-01T00')
  assert.equal(stretch(short, ['2021-03-23T00:00Z', '2021-03-24T00:00Z']), '03-31T00')
})

test('some log goes on since the last silence of two weeks, a state and a log outside its place do not', () => {
  const since = (at: string, ...scans: readonly Scan[]): string => until(meterOf(...scans).since(time(at)))
  const silent = broken('2021-03-05T06', '2021-03-25T06')
  const whole = hourly('2021-02-20T00:00Z', '2021-04-01T00:00Z')
  assert.equal(since('2021-03-25T06:00Z', silent), '2021-03-25T06:00')
  assert.equal(since('2021-03-25T05:59Z', silent), '2021-03-01T00:30')
  assert.equal(since('2021-03-01T00:30Z', silent), '2021-03-01T00:30')
  assert.equal(since('2021-03-01T00:29Z', silent), 'none')
  assert.equal(since('2021-03-30T00:00Z', silent, scanOf('httpproxy-owa', whole)), '2021-02-20T00:30')
  assert.equal(since('2021-03-30T00:00Z', silent, scanOf('misplaced/httpproxy-owa', whole)), '2021-03-25T06:00')
  assert.equal(since('2021-03-30T00:00Z', silent, scanOf('services', whole)), '2021-03-25T06:00')
  assert.equal(since('2021-03-30T00:00Z', scanOf('services', whole)), 'none')
  assert.equal(since('2021-03-30T00:00Z'), 'none')
  const again = scanOf('ews', [...hourly('2021-03-01T00:00Z', '2021-03-05T00:00Z'), '2021-03-25T06:10:00Z'])
  assert.equal(since('2021-03-30T00:00Z', again), '2021-03-25T06:00')
  // One entry is a log of one hour.
  assert.equal(since('2021-03-30T00:00Z', scanOf('ews', ['2021-03-25T06:10:00Z'])), '2021-03-25T06:10')
})

test('a log begins where half of seven days have entries, or half of the days up to its end', () => {
  const begin = (...days: readonly number[]): string => {
    const times = days.flatMap((day) =>
      ['T21:00:00Z', 'T08:20:00Z'].map((at) => `2021-03-${String(day).padStart(2, '0')}${at}`),
    )
    return until(meterOf(scanOf('ews', times)).begin('ews')).slice(8)
  }
  assert.equal(begin(1, 5, 6, 7, 20), '01T08:20')
  assert.equal(begin(1, 5, 6, 8, 11, 20), '05T08:20')
  assert.equal(begin(1, 4), '01T08:20')
  assert.equal(begin(1, 4, 5), '01T08:20')
  assert.equal(begin(20, 6, 1, 7, 5), '01T08:20')
  assert.equal(begin(1, 5), '05T08:20')
  assert.equal(begin(1, 8, 15, 22), '22T08:20')
  assert.equal(begin(1, 2, 3, 20, 21), '20T08:20')
  assert.equal(begin(9), '09T08:20')
  const meter = meterOf(
    scanOf('httpproxy-owa', hourly('2021-03-05T00:00Z', '2021-03-09T00:00Z')),
    scanOf('httpproxy-ecp', hourly('2021-03-03T00:00Z', '2021-03-09T00:00Z')),
    scanOf('iis-frontend', hourly('2021-03-01T00:00Z', '2021-03-09T00:00Z')),
    scanOf('ews', []),
  )
  const begins = ['httpproxy-*', 'httpproxy-owa', 'iis-frontend', 'ews', 'windows-*', 'autodiscover']
  assert.deepEqual(
    begins.map((kind) => until(meter.begin(kind)).slice(5, 10)),
    ['03-03', '03-05', '03-01', '', '', ''],
  )
})

// ---------------------------------------------------------------- the time of the evidence

/** An hour of a log with this number of entries, at its half. */
const count = (iso: string, entries: number): HourCount => [Math.floor(hour(iso)), entries, time(iso), time(iso)]
const period = (...hours: readonly HourCount[]): string => {
  const { first, last } = meterOf({ ...scanOf('ews', []), hours: [['ews', hours]] })
  return `${until(first).slice(0, 10)} ${until(last).slice(0, 10)}`
}

test('less than one of a hundred entries, a year and more away, does not stretch the time of the evidence', () => {
  const [rest, day] = [count('2021-03-05T00:00Z', 198), count('2021-03-01T00:00Z', 1)]
  assert.equal(period(count('2018-03-01T00:00Z', 1), day, rest), '2021-03-01 2021-03-05')
  assert.equal(period(count('2018-03-01T00:00Z', 2), rest), '2018-03-01 2021-03-05')
  assert.equal(period(day, rest, count('2024-03-01T00:00Z', 1)), '2021-03-01 2021-03-05')
  assert.equal(period(rest, count('2024-03-01T00:00Z', 2)), '2021-03-05 2024-03-01')
  assert.equal(period(count('2018-03-01T00:00Z', 1), day, rest, count('2024-03-01T00:00Z', 1)), '2021-03-01 2021-03-05')
  // Just less than one of a hundred.
  const most = count('2021-03-05T00:00Z', 100)
  assert.equal(period(count('2018-03-01T00:00Z', 1), most), '2021-03-05 2021-03-05')
  assert.equal(period(most, count('2024-03-01T00:00Z', 1)), '2021-03-05 2021-03-05')
  // In any order, and several.
  assert.equal(
    period(rest, count('2026-03-01T00:00Z', 1), count('2016-03-01T00:00Z', 1), day, count('2018-03-01T00:00Z', 0)),
    '2021-03-01 2021-03-05',
  )
  assert.equal(
    period(count('2016-03-01T00:00Z', 1), count('2018-03-01T00:00Z', 1), count('2021-03-05T00:00Z', 300)),
    '2021-03-05 2021-03-05',
  )
  assert.equal(
    period(count('2021-03-05T00:00Z', 300), count('2023-03-01T00:00Z', 1), count('2026-03-01T00:00Z', 1)),
    '2021-03-05 2021-03-05',
  )
})

test('entries up to a year away are the time of the evidence', () => {
  const rest = count('2021-03-05T00:00Z', 500)
  assert.equal(period(count('2020-03-05T00:00Z', 1), rest), '2020-03-05 2021-03-05')
  assert.equal(period(count('2020-03-04T23:59Z', 1), rest), '2021-03-05 2021-03-05')
  assert.equal(period(rest, count('2022-03-05T00:00Z', 1)), '2021-03-05 2022-03-05')
  assert.equal(period(rest, count('2022-03-05T00:01Z', 1)), '2021-03-05 2021-03-05')
  assert.equal(period(), 'none none')
})

test('the last entry of all logs is the end, in whichever log it is', () => {
  const last = (...ends: readonly string[]): string =>
    until(
      meterOf(
        ...['ews', 'iis-frontend', 'ecp-server'].map((kind, i) => scanOf(kind, ['2021-03-01T05:00:00Z', ends[i]!])),
      ).last,
    )
  const ends = ['2021-03-01T07:50:00Z', '2021-03-01T07:10:00Z', '2021-03-01T06:30:00Z']
  for (const [a, b, c] of [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const)
    assert.equal(last(ends[a]!, ends[b]!, ends[c]!), '2021-03-01T07:50')
})

test('a state, a log of a tenant and one outside its place do not stretch the time of the evidence', () => {
  const long = hourly('2021-01-01T00:00Z', '2021-06-01T00:00Z')
  for (const kind of ['services', 'm365-exchange', 'misplaced/httpproxy-owa']) {
    const { first, last } = meterOf(march, scanOf(kind, long))
    assert.deepEqual([until(first), until(last)], ['2021-03-01T00:30', '2021-03-31T23:30'], kind)
  }
  for (const kind of ['m365-exchange', 'misplaced/httpproxy-owa'])
    assert.equal(until(meterOf(scanOf(kind, long)).first), '2021-01-01T00:30', kind)
  assert.equal(meterOf(scanOf('services', long)).first, null)
})

// ---------------------------------------------------------------- mail of a tenant

const NUL = '\0'
/** What a tenant recorded of mail that was opened: by acts, and when it said that more is not recorded. */
function tenant(acts: readonly string[], throttled: string | null = null): Scan {
  const cells = new Float64Array(acts.length * CELL)
  for (let i = 0; i < acts.length; i++) cells[i * CELL + 2] = i
  if (throttled !== null) cells[8] = time(throttled)
  const cloud = { mailboxes: ['a'], sources: acts.map((act) => ['1.2.3.4', '', '', act, '', ''].join(NUL)), cells }
  return { ...scanOf('m365-exchange', hourly('2021-03-01T00:00Z', '2021-04-01T00:00Z')), cloud } as unknown as Scan
}

test('mail that was opened is recorded where any is, but for a day after too much was opened', () => {
  const needs = [['m365-mail-access']]
  const days = ['2021-03-10T00:00Z', '2021-03-13T00:00Z'] as const
  assert.equal(measured(meterOf(tenant(['send', 'login'])), ...days, needs), '10T00-13T00 0/72')
  assert.equal(measured(meterOf(tenant(['send', 'bind'])), ...days, needs), '72/72')
  const throttled = meterOf(tenant(['bind'], '2021-03-11T06:20Z'))
  assert.equal(measured(throttled, ...days, needs), '11T06-12T06 48/72')
  assert.equal(throttled.covers('m365-mail-access', hour('2021-03-11T12:00Z')), false)
  assert.equal(meterOf(tenant(['send'])).covers('m365-mail-access', hour('2021-03-11T12:00Z')), false)
  assert.equal(throttled.has('m365-mail-access'), true)
  assert.equal(meterOf(tenant(['send'])).has('m365-mail-access'), false)
})

// ---------------------------------------------------------------- the table of what was read

test('what was not read stands among the gaps of a log, side by side in one', () => {
  const rows = (scan: Scan): string[] =>
    meterOf(scan)
      .report([], kindTitle)
      .kinds.flatMap(({ hours, gaps }) => [
        `${hours}`,
        ...gaps.map(({ from, to, reason }) => `${from.slice(8, 13)} ${to.slice(8, 13)} ${reason}`),
      ])
  const log = scanOf('iis-frontend', hourly('2021-03-02T00:00Z', '2021-03-04T00:00Z'), { path: 'u.log' })
  const one = gapIn(log, '2021-03-02T04:10Z', '2021-03-02T05:10Z')
  assert.deepEqual(rows(one), ['46', '02T04 02T06 not read: u.log (damaged)'])
  assert.deepEqual(rows(gapIn(one, '2021-03-02T06:10Z', '2021-03-02T06:20Z')), [
    '45',
    '02T04 02T07 not read: u.log (damaged), in 2 places',
  ])
  assert.deepEqual(rows(gapIn(one, '2021-03-02T07:10Z', '2021-03-02T07:20Z', { reason: 'truncated' })), [
    '45',
    '02T04 02T06 not read: u.log (damaged)',
    '02T07 02T08 not read: u.log (cut off)',
  ])
  const long = gapIn(gapIn(one, '2021-03-02T02:10Z', '2021-03-02T09:10Z'), '2021-03-02T03:10Z', '2021-03-02T03:20Z')
  assert.deepEqual(rows(long), ['40', '02T02 02T10 not read: u.log (damaged), in 3 places'])
  // Cut to the time of the evidence.
  assert.deepEqual(rows(gapIn(log, '2021-03-01T04:10Z', '2021-03-02T01:10Z')), [
    '46',
    '02T00 02T02 not read: u.log (damaged)',
  ])
  assert.deepEqual(rows(gapIn(log, '2021-03-03T22:10Z', '2021-03-05T01:10Z')), [
    '46',
    '03T22 04T00 not read: u.log (damaged)',
  ])
  // A silence within it, or from the same hour on, costs no hour twice.
  const silent = scanOf(
    'iis-frontend',
    hourly('2021-03-02T00:00Z', '2021-03-04T00:00Z', (at) => at > '2021-03-02T04' && at < '2021-03-02T09'),
    { path: 'u.log' },
  )
  assert.deepEqual(rows(gapIn(silent, '2021-03-02T03:10Z', '2021-03-02T09:10Z')), [
    '41',
    '02T03 02T10 not read: u.log (damaged)',
    '02T04 02T09 silent',
  ])
  assert.deepEqual(rows(gapIn(silent, '2021-03-02T04:00Z', '2021-03-02T05:10Z')), [
    '43',
    '02T04 02T06 not read: u.log (damaged)',
    '02T04 02T09 silent',
  ])
  // Of a state no hours are missing.
  assert.deepEqual(
    rows(gapIn({ ...log, hours: [['services', log.hours[0]![1]]] }, '2021-03-02T04:10Z', '2021-03-02T05:10Z')),
    ['48'],
  )
})

test('of places that begin in the same hour the first path is named', () => {
  const log = (path: string): Scan =>
    gapIn(
      scanOf('iis-frontend', hourly('2021-03-02T00:00Z', '2021-03-04T00:00Z'), { path }),
      '2021-03-02T04:10Z',
      '2021-03-02T05:10Z',
    )
  for (const paths of [
    ['b.log', 'a.log', 'c.log'],
    ['c.log', 'b.log', 'a.log'],
    ['a.log', 'b.log', 'c.log'],
  ]) {
    const [row] = meterOf(...paths.map(log)).report([], kindTitle).kinds
    assert.deepEqual(row?.gaps, [
      { from: '2021-03-02T04:00:00Z', to: '2021-03-02T06:00:00Z', reason: 'not read: a.log (damaged), in 3 places' },
    ])
  }
})

test('the hours of a log that ends earlier than the evidence lose only what was not read of its own time', () => {
  const short = scanOf('iis-frontend', hourly('2021-03-02T00:00Z', '2021-03-03T00:00Z'))
  const others = scanOf('httpproxy-owa', hourly('2021-03-01T00:00Z', '2021-03-04T00:00Z'))
  const hours = (after: string, before: string): number | undefined =>
    meterOf(gapIn(short, after, before), others)
      .report([], kindTitle)
      .kinds.find(({ kind }) => kind === 'iis-frontend')?.hours
  assert.equal(hours('2021-03-02T22:10Z', '2021-03-03T12:10Z'), 22)
  assert.equal(hours('2021-03-01T12:10Z', '2021-03-02T01:10Z'), 22)
  assert.equal(hours('2021-03-03T12:10Z', '2021-03-03T13:10Z'), 24)
  assert.equal(hours('2021-03-01T12:10Z', '2021-03-01T13:10Z'), 24)
})
