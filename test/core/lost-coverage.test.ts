import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import { openEvidence } from '../../src/evidence/index.ts'
import { type FileKind, fileKinds, kindOfFile } from '../../src/assessment/coverage/file-kind.ts'
import { effectOf, lostCoverage } from '../../src/assessment/coverage/lost-coverage.ts'
import { type Scan } from '../../src/model/scan.ts'
import { type Gap, gapReasons } from '../../src/model/evidence.ts'
import { type LogKind, kindTitle } from '../../src/model/log-kinds.ts'
import { exportedKindsAt, logKindsAt } from '../../src/model/log-places.ts'
import { endsIn, servedOf } from '../../src/assessment/served.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { hourly, scanOf } from './scans.ts'

const hour = (iso: string): number => Date.parse(iso) / 3_600_000
const time = (iso: string): number => Date.parse(iso)

/** A file that is not read at all, or only with a gap. */
function unread(path: string, gap: Partial<Gap> = {}, windowsPath: string | null = null): Scan {
  const one = scanOf('files', [], { path })
  return {
    ...one,
    hours: [],
    artifact: { ...one.artifact, windowsPath, parser: null, sha256: '', kinds: [] },
    gaps: [{ path, offset: 0, length: 1000, reason: 'denied', detail: 'x', ...gap }],
  }
}

/** A file of each kind, and what a gap in it must cost. */
const samples: Readonly<Record<FileKind, { readonly path: string; readonly costs: 'hours' | 'state' | 'all' | null }>> =
  {
    log: { path: 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', costs: 'hours' },
    page: { path: 'C/inetpub/wwwroot/aspnet_client/a.aspx', costs: 'state' },
    state: { path: 'C/Windows/System32/inetsrv/config/applicationHost.config', costs: 'state' },
    program: { path: 'C/inetpub/wwwroot/bin/a.dll', costs: 'state' },
    collection: { path: 'collection.zip', costs: 'all' },
    other: { path: 'C/Users/x/Documents/notes.txt', costs: null },
  }

for (const reason of gapReasons) {
  for (const is of fileKinds) {
    test(`${reason} in a ${is}: has an effect, or a written reason for none`, () => {
      const { path } = samples[is]
      // A long program was searched where its code lies.
      // An archive that needs a password may hold anything.
      const isLocked = reason === 'encrypted' && is === 'other'
      const costs = isLocked ? 'state' : reason === 'too-long' && is === 'program' ? null : samples[is].costs
      const scan = unread(
        path,
        { reason },
        path.startsWith('C/') ? path.replace('C/', 'C:\\').replaceAll('/', '\\') : null,
      )
      assert.equal(kindOfFile(scan).is, is)
      const effect = effectOf(reason, is)
      if (typeof effect === 'object') assert.ok(effect.none.length > 20)
      assert.equal(typeof effect === 'object' ? null : effect, costs)
      const { hours, blind } = lostCoverage([scan])
      assert.equal(hours.length > 0, costs === 'hours' || costs === 'all')
      assert.equal(blind.length > 0, costs === 'state' || costs === 'all')
      assert.ok(blind.every((spot) => spot.path === path && spot.reason === reason))
    })
  }
}

/** A file that was read to its end by a parser, which found no more in it than a file. */
function readAs(parser: string, path: string, size = 1000): Scan {
  const one = unread(path, {}, path.replace('C/', 'C:\\').replaceAll('/', '\\'))
  // The file itself is one of the agents' or of IIS by its name, whatever it holds.
  const kinds = [/agents/.test(path) ? 'transport-agents' : /applicationHost/.test(path) ? 'iis-config' : 'files']
  return { ...one, gaps: [], artifact: { ...one.artifact, parser, size, sha256: `${path} ${size}`, kinds } }
}

const agents = 'C/Program Files/Microsoft/Exchange Server/V15/TransportRoles/Shared/agents.config'
for (const [what, path, costs] of [
  ['a log', 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log', 'hours'],
  ['an event log', 'C/Windows/System32/winevt/Logs/MSExchange Management.evtx', 'hours'],
  ['a list of agents', agents, 'state'],
  ['the configuration of IIS', 'C/Windows/System32/inetsrv/config/applicationHost.config', 'state'],
  ['a task', 'C/Windows/System32/Tasks/Updater', 'state'],
] as const) {
  const costOf = (scan: Scan): string => {
    const { hours, blind } = lostCoverage([scan])
    return hours.length > 0 ? 'hours' : blind.length > 0 ? 'state' : 'nothing'
  }
  test(`${what} that was encrypted, emptied, or made another format is not read`, () => {
    for (const ending of ['', '.eight', '.id[1A2B].[a@b.example].eight', '.CRYPT'])
      assert.equal(costOf(readAs('scan', path + ending)), costs, ending)
    assert.equal(costOf(readAs('cloud-json', path)), costs)
    assert.equal(costOf(readAs('msert', path)), costs)
    // The newest log of a series may not have reached the disk yet.
    assert.equal(costOf(readAs('scan', path, 0)), path.includes('u_ex') ? 'nothing' : costs)
  })
}

test('a log in an archive in its own folder that cannot be opened is not read; in another folder it is any file', () => {
  const inFolder = (folder: string): Scan => {
    const path = `${folder}/u_ex210303.zip!/u_ex210303.log`
    const windowsPath = path.replace('C/', 'C:\\').replaceAll('/', '\\')
    return unread(path, { reason: 'encrypted' }, windowsPath)
  }
  const { hours } = lostCoverage([inFolder('C/inetpub/logs/LogFiles/W3SVC1')])
  assert.deepEqual([hours[0]?.kind, hours.length], ['iis-frontend', 1])
  assert.deepEqual(lostCoverage([inFolder('C/Users/a/Documents')]).hours, [])
})

test('an empty log costs the hours up to the next one of its series; in no other folder', () => {
  const day = (n: number): string => `C/inetpub/logs/LogFiles/W3SVC1/u_ex21030${n}.log`
  const scans = [
    scanOf('iis-frontend', hourly('2021-03-01T00:00Z', '2021-03-02T00:00Z'), { path: day(1) }),
    readAs('scan', day(2), 0),
    scanOf('iis-frontend', hourly('2021-03-03T00:00Z', '2021-03-04T00:00Z'), { path: day(3) }),
  ]
  for (const { artifact, hours } of scans) {
    const times = hours.flatMap(([, list]) => list)
    Object.assign(artifact, { first: times[0]?.[2] ?? null, last: times.at(-1)?.[3] ?? null })
  }
  const [lost] = lostCoverage(scans).hours
  assert.deepEqual([lost?.kind, lost?.path, lost?.atEnd], ['iis-frontend', day(2), false])
  assert.ok(lost!.from <= hour('2021-03-02T00:00Z') && lost!.to > hour('2021-03-02T23:00Z'))
  assert.deepEqual(lostCoverage([readAs('scan', 'C/inetpub/wwwroot/u_ex210302.log', 0)]).hours, [])
  assert.deepEqual(lostCoverage([readAs('msert', 'C/Windows/debug/msert.log')]), { hours: [], blind: [] })
})

test('a log cut to its header costs the hours between the entries around it; the newest of its series where the server worked', () => {
  const day = (n: number): string => `C/inetpub/logs/LogFiles/W3SVC1/u_ex21030${n}.log`
  const entries = (n: number): Scan => {
    const one = scanOf('iis-frontend', hourly(`2021-03-0${n}T00:00Z`, `2021-03-0${n + 1}T00:00Z`), { path: day(n) })
    const times = one.hours.flatMap(([, list]) => list)
    return { ...one, artifact: { ...one.artifact, first: times[0]![2], last: times.at(-1)![3] } }
  }
  const header = (n: number): Scan => {
    const one = readAs('iis', day(n))
    return { ...one, artifact: { ...one.artifact, kinds: [] } }
  }
  const [lost, ...more] = lostCoverage([entries(1), header(2), entries(3)]).hours
  assert.deepEqual([lost?.kind, lost?.path, more.length], ['iis-frontend', day(2), 0])
  assert.ok(lost!.from <= hour('2021-03-02T00:00Z') && lost!.to > hour('2021-03-02T23:00Z'))
  assert.equal(lostCoverage([header(1), entries(2)]).hours.length, 1)
  assert.deepEqual(lostCoverage([entries(1), entries(2), header(3)]).hours, [])
  const others = (from: string, to: string): Scan => {
    const one = scanOf('httpproxy-owa', hourly(from, to))
    const times = one.hours.flatMap(([, list]) => list)
    return { ...one, artifact: { ...one.artifact, first: times[0]![2], last: times.at(-1)![3] } }
  }
  // It goes on elsewhere while nothing was asked of IIS: as if it had been.
  const [last] = lostCoverage([
    entries(1),
    entries(2),
    header(3),
    others('2021-03-03T02:00Z', '2021-03-03T09:00Z'),
  ]).hours
  assert.ok(last!.kind === 'iis-frontend' && last!.from <= hour('2021-03-03T00:00Z') && last!.to === Infinity)
  const [only] = lostCoverage([header(3), others('2021-03-03T02:00Z', '2021-03-03T09:00Z')]).hours
  assert.deepEqual([only?.from, only?.to], [hour('2021-03-03T00:00Z'), hour('2021-03-04T00:00Z')])
  assert.deepEqual(lostCoverage([header(3), others('2021-03-02T02:00Z', '2021-03-03T00:00Z')]).hours, [])
})

test('a quiet log may be empty at its end: but for one whose files before it all have entries', () => {
  const at = (n: number, folder: string): string =>
    `C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/${folder}/HttpProxy_20210303${String(n).padStart(2, '0')}-1.LOG`
  const file = (n: number, folder: string, events: number): Scan => {
    const one = readAs('exchange-csv', at(n, folder))
    return {
      ...one,
      artifact: { ...one.artifact, events, kinds: events > 0 ? [`httpproxy-${folder.toLowerCase()}`] : [] },
    }
  }
  const until = (clock: string): Scan => scanOf('iis-frontend', ['2021-03-03T00:00Z', '2021-03-03T08:01Z', clock])
  const late = until('2021-03-03T08:59Z')
  const lost = (...scans: Scan[]): unknown[] => lostCoverage([...scans, late]).hours.map(({ kind }) => kind)
  const filled = [5, 6, 7].map((n) => file(n, 'Rest', 4))
  assert.deepEqual(lost(...filled, file(8, 'Rest', 0)), ['httpproxy-rest'])
  assert.deepEqual(lost(...filled.slice(1), file(8, 'Rest', 0)), [])
  assert.deepEqual(lost(file(4, 'Rest', 0), ...filled, file(8, 'Rest', 0)).length, 1)
  assert.deepEqual(lost(file(8, 'PushNotifications', 0)), [])
  assert.deepEqual(lost(file(8, 'Ecp', 0)), ['httpproxy-ecp'])
  // The hour had just begun.
  const early = until('2021-03-03T08:05Z')
  assert.deepEqual(lostCoverage([file(8, 'Ecp', 0), early]).hours, [])
})

test('an encrypted archive in any folder leaves every state open, and is named once', () => {
  const path = 'C/Users/a/Documents/b.bin'
  const member = (name: string): Scan => unread(`${path}!/${name}`, { reason: 'encrypted' }, `C:\\${name}`)
  const { blind } = lostCoverage([
    unread('C/Temp/c.7z', { reason: 'encrypted' }, 'C:\\Temp\\c.7z'),
    member('x'),
    member('y'),
  ])
  const kinds = new Set(blind.map(({ kind }) => kind))
  assert.ok(kinds.has('web-roots') && kinds.has('transport-agents'))
  assert.equal(blind.length, 2 * kinds.size)
  assert.deepEqual([...new Set(blind.map((spot) => spot.path))], ['C/Temp/c.7z', path])
  assert.deepEqual(lostCoverage([unread(`${path}!/x`, { reason: 'corrupt' }, 'C:\\x')]).blind, [])
})

test('an archive under any name that ends too early leaves everything open', () => {
  const kinds = new Set(lostCoverage([unread('part.bin', { reason: 'truncated' })]).blind.map(({ kind }) => kind))
  assert.ok(kinds.has('web-roots') && kinds.has('transport-agents'))
  assert.deepEqual(lostCoverage([unread('part.bin', { reason: 'policy' })]).blind, [])
})

const whole = hourly('2021-03-01T00:00Z', '2021-03-03T00:00Z')

test('a program, an archive, a journal or what was typed that is none of what it is named is not read', () => {
  const named = (path: string, parser = 'scan', events = 0): readonly LogKind[] => {
    const one = readAs(parser, path)
    const artifact = { ...one.artifact, events, windowsPath: path.includes('/') ? path.replace('C/', 'C:/') : null }
    return lostCoverage([{ ...one, artifact }]).blind.map(({ kind }) => kind)
  }
  const exchange = 'C/Program Files/Microsoft/Exchange Server/V15'
  assert.deepEqual(named('C/inetpub/wwwroot/bin/a.dll'), ['iis-config'])
  assert.deepEqual(named('C/inetpub/wwwroot/bin/a.dll', 'pe'), [])
  assert.deepEqual(named(`${exchange}/TransportRoles/agents/Hygiene/a.dll`), ['transport-agents'])
  assert.deepEqual(named('C/Windows/System32/inetsrv/a.dll'), ['iis-config'])
  assert.deepEqual(named('C/inetpub/wwwroot/a.aspx.gz'), ['web-roots'])
  assert.deepEqual(named('C/inetpub/wwwroot/a.js.gz'), [])
  assert.deepEqual(named('C/Users/a/a.aspx.gz'), [])
  assert.deepEqual(named('C/Windows/System32/a.dll'), [])
  assert.equal(named('collection.zip').length, 6)
  // Parts of archives and images.
  for (const part of ['collection.7z.002', 'collection.zip.001', 'mail01.002', 'mail01.E02', 'collection.r00'])
    assert.equal(named(part).length, 6, part)
  assert.deepEqual(named('C/ProgramData/Index/00010001.002'), [])
  assert.deepEqual(named('notes.2021'), [])
  assert.deepEqual(named('C/Users/a/Documents/letters.zip'), [])
  const typed = 'C/Users/a/AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/ConsoleHost_history.txt'
  assert.deepEqual(named(typed), ['powershell-history'])
  assert.deepEqual(named(typed, 'powershell-history', 3), [])
  assert.deepEqual(named('C/Windows/AppCompat/Programs/Amcache.hve'), ['programs'])
  for (const ending of ['gz', 'zst']) {
    assert.deepEqual(named(`C/Windows/System32/config/SYSTEM.${ending}`), ['services'])
    assert.deepEqual(named(`C/Windows/System32/config/SYSTEM.${ending}`, 'registry'), [])
  }
  assert.deepEqual(named('C/$Extend/$J', 'usn'), ['ntfs-usn'])
  assert.deepEqual(named('C/$Extend/$J', 'usn', 9), [])
  assert.deepEqual(named('C/$Extend/$UsnJrnl%3A$J'), ['ntfs-usn'])
  for (const beside of ['$UsnJrnl%3A$Max', '$UsnJrnl%3A$J.idx', '$J.idx'])
    assert.deepEqual(named(`C/$Extend/${beside}`), [])
})

test('a log that goes on after the end of the evidence and was not read is one that was not read', () => {
  const read = scanOf('httpproxy-ecp', ['2021-03-01T00:00:00Z', '2021-03-02T00:00:00Z'])
  const named = unread('u_ex210602.log')
  assert.equal(new CoverageMeter([read, named], [], []).notRead().length, 2)
  assert.equal(new CoverageMeter([read, unread('u_ex210102.log')], [], []).notRead().length, 0)
})

function withGap(kind: LogKind, times: readonly string[], gap: Partial<Gap>, path = `${kind}.log`): Scan {
  return scanOf(kind, times, { path, gaps: [{ path, offset: 10, length: 1, reason: 'corrupt', detail: 'x', ...gap }] })
}

test('one byte that was not read makes the hours between its neighbors uncovered, in its kind of log only', () => {
  const gap = { after: time('2021-03-02T04:10Z'), before: time('2021-03-02T05:20Z') }
  const meter = new CoverageMeter([withGap('iis-frontend', whole, gap), scanOf('iis-backend', whole)], [], [])
  assert.deepEqual(
    [3, 4, 5, 6].map((h) => meter.covers('iis-frontend', hour(`2021-03-02T0${h}:00Z`))),
    [true, false, false, true],
  )
  assert.equal(meter.covers('iis-backend', hour('2021-03-02T04:00Z')), true)
  const [, front] = meter.report([], kindTitle).kinds
  assert.deepEqual(front?.gaps, [
    { from: '2021-03-02T04:00:00Z', to: '2021-03-02T06:00:00Z', reason: 'not read: iis-frontend.log (damaged)' },
  ])
  assert.equal(front?.hours, 46)
})

test('a log that was not read costs the hours between the logs around it, whatever its protocol writes besides', () => {
  const at = (day: number): string => `C/Logging/HttpProxy/Ecp/HttpProxy_202103${String(day).padStart(2, '0')}-1.LOG`
  const day = (n: number): string[] => hourly(`2021-03-0${n}T00:00Z`, `2021-03-0${n + 1}T00:00Z`)
  const scans = [
    scanOf('httpproxy-ecp', day(1), { path: at(1) }),
    unread(at(2)),
    scanOf('httpproxy-ecp', day(3), { path: at(3) }),
  ]
  for (const scan of scans) {
    const times = scan.hours.flatMap(([, list]) => list)
    Object.assign(scan.artifact, { first: times[0]?.[2] ?? null, last: times.at(-1)?.[3] ?? null })
  }
  const meter = new CoverageMeter([...scans, scanOf('httpproxy-owa', [...day(1), ...day(2), ...day(3)])], [], [])
  assert.equal(meter.covers('httpproxy-ecp', hour('2021-03-01T12:00Z')), true)
  assert.equal(meter.covers('httpproxy-ecp', hour('2021-03-02T12:00Z')), false)
  assert.equal(meter.covers('httpproxy-*', hour('2021-03-02T12:00Z')), false)
  assert.equal(meter.covers('httpproxy-owa', hour('2021-03-02T12:00Z')), true)
  assert.equal(meter.covers('httpproxy-*', hour('2021-03-03T12:00Z')), true)
})

test('a log of which nothing could be read is none that was never written', () => {
  const owa = scanOf('httpproxy-owa', whole)
  const meter = new CoverageMeter([owa, unread('C/Logging/HttpProxy/Ecp/HttpProxy.LOG')], [], [])
  assert.equal(meter.covers('httpproxy-*', hour('2021-03-02T12:00Z')), false)
  assert.equal(new CoverageMeter([owa], [], []).covers('httpproxy-*', hour('2021-03-02T12:00Z')), true)
  const ecp = meter.report([], kindTitle).kinds.find(({ kind }) => kind === 'httpproxy-ecp')
  assert.deepEqual([ecp?.files, ecp?.entries, ecp?.gaps.length], [1, 0, 1])
})

test('half a line at the end of the newest log costs its last hour, and the answer for the rest stays', () => {
  const last = time('2021-03-02T23:30Z')
  const cut = withGap('iis-frontend', whole, { reason: 'truncated', after: last })
  const meter = new CoverageMeter([cut, scanOf('httpproxy-ecp', [...whole, '2021-03-03T00:05Z'])], [], [])
  const reach = meter.measure(time('2021-03-01T00:00Z'), meter.last!, [['iis-frontend']])
  assert.deepEqual([reach.of - reach.covered, meter.isEnough(reach)], [2, true])
  // Of a log that breaks off long before the others end nobody knows what followed.
  const early = withGap('iis-frontend', whole.slice(0, 30), { reason: 'truncated', after: time('2021-03-02T05:30Z') })
  const other = new CoverageMeter([early, scanOf('httpproxy-ecp', whole)], [], [])
  assert.equal(other.isEnough(other.measure(time('2021-03-01T00:00Z'), other.last!, [['iis-frontend']])), false)
})

test('zeros at the end of a log cost the hours up to the next one', () => {
  const day = (n: number): string => `W3SVC1/u_ex21030${n}.log`
  const first = withGap(
    'iis-frontend',
    whole.slice(0, 12),
    { reason: 'nul-tail', after: time('2021-03-01T11:30Z') },
    day(1),
  )
  const next = scanOf('iis-frontend', whole.slice(14, 48), { path: day(2) })
  Object.assign(next.artifact, { first: time('2021-03-01T14:30Z'), last: time('2021-03-02T23:30Z') })
  const meter = new CoverageMeter([first, next], [], [])
  assert.equal(meter.covers('iis-frontend', hour('2021-03-01T12:00Z')), false)
  assert.equal(meter.covers('iis-frontend', hour('2021-03-01T15:00Z')), true)
})

test('times that go backwards around a gap bound it all the same', () => {
  const gap = { after: time('2021-03-02T20:10Z'), before: time('2021-03-01T05:20Z') }
  const meter = new CoverageMeter([withGap('windows-security', whole, gap)], [], [])
  assert.equal(meter.covers('windows-security', hour('2021-03-02T12:00Z')), false)
  assert.equal(meter.covers('windows-security', hour('2021-03-01T02:00Z')), true)
})

test('a file with the name of a log that holds nothing of one was overwritten', () => {
  const path = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210302.log'
  const one = scanOf('files', [], { path })
  const junk: Scan = { ...one, hours: [['files', []]], artifact: { ...one.artifact, parser: 'scan' } }
  assert.deepEqual(
    lostCoverage([junk]).hours.map(({ kind, reason }) => [kind, reason]),
    [['iis-frontend', 'unsupported']],
  )
  // Rows that fit no header were found one by one, as in any text.
  const found = (kind: string): Scan => ({ ...junk, artifact: { ...junk.artifact, parser: 'snippet', kinds: [kind] } })
  assert.equal(lostCoverage([found('partial/iis-frontend')]).hours.length, 1)
  assert.equal(lostCoverage([found('iis-frontend')]).hours.length, 0)
  const notes: Scan = { ...junk, artifact: { ...junk.artifact, path: 'notes.log' } }
  assert.deepEqual(lostCoverage([notes]).hours, [])
})

const kindAt = (path: string, recorded: readonly string[] = []): string => {
  const windowsPath = path.startsWith('C:') ? path : null
  const { hours, blind } = lostCoverage([
    unread(path.replaceAll('\\', '/').replace('C:', 'C'), { reason: 'policy' }, windowsPath),
    { ...scanOf('iis-config', []), recorded },
  ])
  return [...new Set([...blind.map(({ kind }) => kind), ...hours.map(({ kind }) => `hours of ${kind}`)])].join(', ')
}

test('what an unread file could be is told by its place, its name and the configuration', () => {
  const v15 = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15'
  assert.equal(kindAt(`${v15}\\FrontEnd\\HttpProxy\\owa\\auth\\x.aspx`), 'web-roots')
  assert.equal(kindAt('C:\\inetpub\\wwwroot\\x.txt'), '')
  assert.equal(kindAt('C:\\inetpub\\wwwroot\\x.txt', ['handler/.txt']), 'web-roots')
  assert.equal(kindAt('D:\\pages\\x.aspx'.replace('D:', 'C:')), '')
  assert.equal(kindAt('C:\\pages\\x.aspx', ['served-from/c:/pages']), 'web-roots')
  for (const folder of ['c:/web', '%systemdrive%/a/../web/', '//?/c:/web', '//localhost/c$/web', 'c://web/./'])
    assert.equal(kindAt('C:\\web\\x.aspx', [`served-from/${folder}`]), 'web-roots', folder)
  assert.equal(kindAt('C:\\ProgramData\\x\\x.aspx', ['served-from/%programdata%/x']), 'web-roots')
  assert.equal(kindAt('C:\\webs\\x.aspx', ['served-from/c:/web', 'served-from/d:/']), '')
  assert.equal(kindAt('C:\\x.aspx', ['served-from/c:/']), 'web-roots')
  for (const [pattern, name, is] of [
    ['/*', 'x.txt', true],
    ['/up/*', 'up/x.txt', true],
    ['/up/*', 'down/x.txt', false],
    ['/*.tx*', 'x.txt', true],
    ['/a?b*.txt', 'aXbYY.txt', true],
    ['/a*ba.txt', 'aba.txt', true],
    ['/ab*ba.txt', 'aba.txt', false],
  ] as const)
    assert.equal(
      kindAt(`C:\\inetpub\\wwwroot\\${name.replace('/', '\\')}`, [`handler/${pattern}`]),
      is ? 'web-roots' : '',
      pattern,
    )
  assert.equal(kindAt('C:\\inetpub\\wwwroot\\own.txt', ['handler//own.txt']), 'web-roots')
  assert.equal(kindAt('C:\\inetpub\\wwwroot\\known.txt', ['handler//own.txt']), '')
  // A link to a folder may lead to pages.
  assert.equal(kindAt('C:\\inetpub\\wwwroot\\aspnet_client\\system_web'), 'web-roots')
  // Nobody knows where it lay.
  assert.equal(kindAt('x.aspx'), 'web-roots')
  assert.equal(kindAt('C:\\Users\\x\\x.aspx'), '')
  assert.equal(kindAt(`${v15}\\TransportRoles\\agents\\Own\\own.dll`), 'transport-agents')
  assert.equal(kindAt(`${v15}\\TransportRoles\\Shared\\agents.config`), 'transport-agents')
  assert.equal(kindAt('C:\\Windows\\System32\\inetsrv\\own.dll'), 'iis-config')
  assert.equal(kindAt('C:\\Windows\\System32\\Tasks\\Own\\task'), 'tasks')
  assert.equal(kindAt('C:\\Windows\\System32\\config\\SAM'), 'accounts')
  assert.equal(kindAt('C:\\inetpub\\wwwroot\\web.config'), 'iis-config')
  // What a task runs from an odd place is a part of the tasks.
  assert.equal(kindAt('C:\\ProgramData\\own.ps1'), '')
  assert.equal(kindAt('C:\\ProgramData\\own.ps1', ['runs/tasks/c:/programdata/own.ps1']), 'tasks')
  assert.equal(kindAt('C:\\inetpub\\history\\CFGHISTORY_1\\applicationHost.config'), '')
  assert.equal(
    kindAt('C:\\Windows\\System32\\winevt\\Logs\\MSExchange Management.evtx'),
    'hours of msexchange-management',
  )
  assert.equal(kindAt(`${v15}\\Logging\\HttpProxy`), 'hours of httpproxy-*')
})

test('evidence that could not be listed as it should be leaves all open', () => {
  assert.ok(lostCoverage([unread('.', { reason: 'timeout', length: 0 })]).hours.length > 0)
  assert.deepEqual(lostCoverage([unread('.', { reason: 'bomb', length: 0 })]), { hours: [], blind: [] })
})

test('what lies in an archive that lay on the server runs from nowhere', () => {
  const scan = unread('C/inetpub/wwwroot/old.zip!/x.aspx', { reason: 'encrypted' })
  assert.equal(kindOfFile(scan).is, 'other')
  assert.equal(kindOfFile(unread('copy.zip!/inetpub/wwwroot/x.aspx', {}, 'C:\\inetpub\\wwwroot\\x.aspx')).is, 'page')
})

test('exports of logs that cannot be read are known by their names, but for what programs and users keep', () => {
  for (const [path, kinds] of [
    ['C:\\exports\\Sysmon.jsonl', 'windows-sysmon'],
    ['C:\\Microsoft365\\audit.jsonl', 'm365-exchange'],
    ['C:\\m365\\UnifiedAuditLog.csv.gz', 'm365-exchange'],
    ['C:\\m365\\SignIns.json', 'entra-signin'],
    ['C:\\Export\\application.csv', 'windows-application'],
    ['C:\\Export\\20260303-Security-events.csv.gz', 'windows-security'],
    ['C:\\Export\\application.json', ''],
    ['C:\\Export\\application-servers.csv', ''],
    ['C:\\Program Files\\M365 Tool\\state.json', ''],
    ['C:\\Users\\ada\\m365\\list.csv', ''],
    ['C:\\app\\central\\design.json', ''],
  ] as const)
    assert.equal(exportedKindsAt(path).join(), kinds, path)
  const C = 'C:\\Windows\\System32\\winevt\\Logs'
  assert.equal(logKindsAt(`${C}\\Microsoft-Windows-Sysmon%4Operational.jsonl`).join(), 'windows-sysmon')
})

test('an export of virtual directories of which nothing was read leaves the configuration open', () => {
  for (const ending of ['csv', 'xml', 'json']) {
    const path = `C/Temp/OabVirtualDirectory.${ending}`
    const scan = scanOf('files', [], { path })
    const windowsPath = `C:\\Temp\\OabVirtualDirectory.${ending}`
    const unread = { ...scan, artifact: { ...scan.artifact, windowsPath, parser: 'scan' } }
    assert.deepEqual(
      lostCoverage([unread]).blind.map(({ kind }) => kind),
      ['iis-config'],
    )
  }
})

test('logs are known by their places and names', () => {
  const at: readonly (readonly [string, string])[] = [
    ['C/inetpub/logs/LogFiles/W3SVC2/u_ex210303.log', 'iis-backend'],
    ['u_ex210303.log', 'iis-frontend,iis-backend'],
    ['W3SVC1_u_ex210303.log', 'iis-frontend'],
    ['V15/Logging/HttpProxy/Owa/HttpProxy_2021030304-1.LOG', 'httpproxy-owa'],
    ['HttpProxy_2021030304-1.LOG', 'httpproxy-*'],
    ['V15/Logging/ECP/Server/ECPServer20210303-1.LOG', 'ecp-server'],
    ['V15/Logging/Ews/Ews_2021030306-1.LOG', 'ews'],
    ['V15/TransportRoles/Logs/MessageTracking/MSGTRKMA2021030306-1.LOG', 'message-tracking'],
    ['Windows/System32/LogFiles/HTTPERR/httperr1.log', 'httperr'],
    ['Windows/System32/winevt/Logs/Security.evtx', 'windows-security'],
    ['C/Windows/System32/inetsrv/config/applicationHost.config', ''],
    ['C/Users/x/readme.txt', ''],
  ]
  for (const [path, kinds] of at) assert.equal(logKindsAt(path).join(), kinds, path)
})

test('what a task and the configuration of IIS run is read out of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-runs-'))
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  try {
    put(
      'C/Windows/System32/Tasks/Own',
      '<?xml version="1.0"?><Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>powershell.exe</Command><Arguments>-File "C:\\ProgramData\\own.ps1"</Arguments></Exec></Actions></Task>',
    )
    put(
      'C/Windows/System32/inetsrv/config/applicationHost.config',
      '<configuration><system.applicationHost><sites><site name="Own" id="5"><application path="/"><virtualDirectory path="/" physicalPath="D:\\pages" /></application></site></sites></system.applicationHost><system.webServer><handlers><add name="own" path="*.own" verb="*" modules="IsapiModule" /></handlers></system.webServer></configuration>',
    )
    const rows: string[] = []
    for await (const member of (await openEvidence(folder)).list()) {
      if (!('ref' in member)) continue
      const rules = { events: [], scanners: [], broken: [] }
      rows.push(...(await scanMember(member, { rules, ask: () => [], zone: null })).recorded)
    }
    for (const row of ['runs/tasks/c:/programdata/own.ps1', 'handler/.own', 'served-from/d:/pages'])
      assert.ok(rows.includes(row), `${row} in ${rows.join()}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('more handlers than a configuration has: any file may be a page, and none is compared with all of them', () => {
  const handlers = (many: number): Scan[] => {
    const one = scanOf('web-config', [], { path: 'C/inetpub/wwwroot/web.config' })
    return [{ ...one, recorded: Array.from({ length: many }, (_, i) => `handler/.own${i}`) }]
  }
  assert.equal(servedOf(handlers(1_000)).endings.length, 1_000)
  const { endings } = servedOf(handlers(1_001))
  assert.equal(endings.length, 1)
  assert.ok(endsIn('c:/inetpub/wwwroot/aspnet_client/any.thing', endings))
})

test('a page that was encrypted under a further ending leaves the web roots open; a copy that can be read does not', async () => {
  const noise = Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * i * 7 + i * 31) % 251))
  const text = Buffer.from('<%@ Page Language="C#" %><html></html>')
  const page = 'C/inetpub/wwwroot/aspnet_client/a.aspx'
  for (const ending of ['.id[1A2B].[a@b.example].eight', '.locked', '.bak', '.CRYPT'])
    assert.equal(await blindAt(page + ending, noise), 'web-roots', ending)
  for (const ending of ['.bak', '.old', '.cs', '.resx']) assert.equal(await blindAt(page + ending, text), '', ending)
  assert.equal(await blindAt(`${page}.pdb`, noise), '')
  assert.equal(await blindAt('C/Users/a/Documents/a.aspx.locked', noise), '')
})

test('an agent in a comment is not known to be gone, unless it is one of Exchange', async () => {
  const path = 'C/Program Files/Microsoft/Exchange Server/V15/TransportRoles/Shared/agents.config'
  const agent = (factory: string, library: string): string =>
    `<agent name="x" baseType="y" classFactory="${factory}" assemblyPath="C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles\\agents\\${library}" enabled="true" priority="0" />`
  const blind = (inner: string): Promise<string> =>
    blindAt(
      path,
      Buffer.from(
        `<?xml version="1.0"?><configuration><mexRuntime><agentList>${inner}</agentList></mexRuntime></configuration>`,
      ),
    )
  const own = agent(
    'Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.TransportRuleAgentFactory',
    'Rule\\Microsoft.Exchange.MessagingPolicies.TransportRuleAgent.dll',
  )
  const other = agent('Own.Factory', 'Own\\own.dll')
  assert.equal(await blind(`${own}<!-- ${other} -->`), 'transport-agents')
  assert.equal(await blind(`<!-- old:\n${own}\n${other} -->`), 'transport-agents')
  assert.equal(await blind(`${own}<!-- ${own} -->`), '')
  assert.equal(await blind(`${own}${other}<!-- agents -->`), '')
})

/** Kinds of state that a file of these bytes leaves open. */
async function blindAt(path: string, bytes: Buffer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-blind-'))
  try {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
    const scans: Scan[] = []
    for await (const member of (await openEvidence(folder)).list()) {
      const rules = { events: [], scanners: [], broken: [] }
      if ('ref' in member) scans.push(await scanMember(member, { rules, ask: () => [], zone: null }))
    }
    return lostCoverage(scans)
      .blind.map(({ kind }) => kind)
      .join()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a file that has the name of a configuration and holds nothing of one leaves its state open', () => {
  const path = 'C/Program Files/Microsoft/Exchange Server/V15/TransportRoles/Shared/agents.config'
  const plain = scanOf('files', [], { path })
  const of = (parser: string): readonly { readonly kind: string }[] =>
    lostCoverage([{ ...plain, artifact: { ...plain.artifact, size: 1_000, parser } }]).blind
  assert.deepEqual(
    of('scan').map(({ kind }) => kind),
    ['transport-agents'],
  )
  assert.deepEqual(of('transport-agents'), [])
})

test('hives and exports that a collector gave without their folders leave a state open, or all, when they are not read', () => {
  const kindsOf = (path: string, windowsPath: string | null = null): string[] =>
    lostCoverage([unread(path, {}, windowsPath)]).blind.map(({ kind }) => kind)
  assert.deepEqual(kindsOf('SOFTWARE'), ['tasks', 'startup'])
  assert.deepEqual(kindsOf('hives/C_Windows_System32_config_SYSTEM'), ['services'])
  assert.deepEqual(kindsOf('C/Users/ada/NTUSER.DAT', 'C:\\Users\\ada\\NTUSER.DAT'), ['startup'])
  assert.ok(kindsOf('tasks/all.xml').length > 3)
  assert.deepEqual(kindsOf('C/Tools/all.xml', 'C:\\Tools\\all.xml'), [])
  assert.deepEqual(kindsOf('C/Temp/SOFTWARE', 'C:\\Temp\\SOFTWARE'), [])
})
