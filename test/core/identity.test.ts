import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CoverageMeter } from '../../src/assessment/coverage/coverage.ts'
import { withoutMisplaced } from '../../src/assessment/server/misplaced.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Fact } from '../../src/model/event.ts'
import type { Artifact } from '../../src/model/evidence.ts'
import { webRootOf } from '../../src/model/file-fields.ts'
import { standingOf } from '../../src/model/own-places.ts'
import { serverFacts } from '../../src/assessment/server/server.ts'
import { sameHost } from '../../src/model/host.ts'
import { build, hourly, scanOf } from './scans.ts'

/** A log of the server at a place below `C:\`, with rows of hosts. */
function logAt(
  place: string | null,
  kind: string,
  days: number,
  hosts: Record<string, number>,
  facts: Fact[] = [],
): Scan {
  const times = Array.from({ length: days }, (_, day) => new Date(Date.UTC(2021, 2, 1 + day, 12)).toISOString())
  const path = place === null ? `${kind}-${Object.keys(hosts).join()}.log` : `C/${place}`
  const scan = scanOf(kind, times, { path, hosts: Object.entries(hosts).map(([host, n]) => [host, kind, n]), facts })
  const windowsPath = place === null ? null : `C:\\${place.replaceAll('/', '\\')}`
  return { ...scan, artifact: { ...scan.artifact, windowsPath, parser: parserOf(kind) } }
}

function parserOf(kind: string): string {
  if (kind.startsWith('windows-')) return 'evtx'
  if (kind.startsWith('iis-')) return 'iis'
  return kind === 'services' ? 'registry' : kind === 'exchange-setup' ? kind : 'exchange-csv'
}

const logging = 'Program Files/Microsoft/Exchange Server/V15/Logging'
const proxyLog = (name: string, days = 1, hosts: Record<string, number> = { EX01: 20 }): Scan =>
  logAt(`${logging}/HttpProxy/Owa/${name}.LOG`, 'httpproxy-owa', days, hosts)
const identityOf = (...scans: readonly Scan[]): ReturnType<typeof serverFacts> =>
  serverFacts(withoutMisplaced(scans).scans, 'evidence')

test('one planted entry of another host is a note, and its host another one', () => {
  const server = identityOf(proxyLog('a', 1, { EX01: 20, ELSE: 1 }), proxyLog('b'))
  assert.equal(server.name, 'EX01')
  assert.equal(sameHost('else.contoso.example', server), false)
  assert.match(server.notes.join(), /Entries of other hosts: ELSE \(1 entry, the first in C\/Program Files\/.*a\.LOG\)/)
})

test('however many entries a planted log has, it does not name the server', () => {
  const planted = logAt('inetpub/wwwroot/aspnet_client/x.LOG.gz', 'httpproxy-owa', 60, { FAKE: 60_000 })
  const log = logAt('Windows/System32/winevt/Logs/Security.evtx', 'windows-security', 2, { EX01: 5 })
  const only = identityOf(planted, log)
  assert.equal(only.name, 'EX01')
  assert.equal(sameHost('FAKE', only), false)
  assert.equal(identityOf(planted).name, 'EVIDENCE')
  // In the folder of logs it is one file against many.
  const atHome = identityOf(
    proxyLog('fake', 60, { FAKE: 60_000 }),
    ...[...'abcdefghijklmnopqrstuvwxyz'].map((name) => proxyLog(name, 2)),
  )
  assert.equal(atHome.name, 'EX01')
  // Loose logs name it only where nothing has a place.
  const loose = logAt(null, 'httpproxy-owa', 9, { FAKE: 9_000 })
  assert.equal(identityOf(loose, log).name, 'EX01')
  assert.equal(identityOf(loose).name, 'FAKE')
})

test('logs of a second host do not make the rows of the first those of another machine', () => {
  const real = [...'abcd'].map((name) => proxyLog(name))
  const forged = Array.from({ length: 50 }, (_, i) => proxyLog(`f${i}`, 1, { FAKE: 900 }))
  const server = identityOf(...real, ...forged)
  assert.equal(sameHost('EX01', server), true)
  assert.match(
    server.notes.join(),
    /logs of 2 hosts\. It is assessed as FAKE, .*The hosts: FAKE \(50 files, .*; EX01 \(4 files, .*a\.LOG.* and 1 more file\)/,
  )
})

test('rows of another host in all logs, more than there were, do not make the rows of the server those of another machine', () => {
  const server = identityOf(...[...'abc'].map((name) => proxyLog(name, 1, { EX01: 20, FAKE: 900 })))
  assert.equal(sameHost('EX01', server), true)
  assert.match(server.notes.join(), /logs of 2 hosts.*EX01 \(3 files/)
  // However many hosts are added, the note stays short.
  const names = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`FAKE${i}`, 900]))
  const flooded = identityOf(...[...'abc'].map((name) => proxyLog(name, 1, { EX01: 20, ...names })))
  assert.equal(sameHost('EX01', flooded), true)
  assert.ok(flooded.notes.every((note) => note.length < 20_000))
})

const eventLog = (name: string, host: string): Scan =>
  logAt(`Windows/System32/winevt/Logs/${name}`, 'windows-security', 2, { [host]: 50 })
const planted = [...'abcdefgh'].map((name) => proxyLog(name, 1, { FAKE: 30 }))

test('planted logs of another host do not make the machine of the event logs and of the registry another one', () => {
  const hive = logAt('Windows/System32/config/SYSTEM', 'services', 0, {}, [
    { fact: 'host', host: 'EX01', source: 'SYSTEM hive', rows: 1 },
  ])
  const registry = { ...hive, artifact: { ...hive.artifact, parser: 'registry' } }
  for (const own of [eventLog('Security.evtx', 'EX01.contoso.example'), registry]) {
    const server = identityOf(own, ...planted)
    assert.deepEqual([...server.names], ['FAKE', 'EX01'])
    assert.match(server.notes[0]!, /logs of 2 hosts.*what the logs of each show counts/)
  }
  // Where no logs of the server itself name it, neither do more event logs, or a setup.
  const archives = [...'abc'].map((name) => eventLog(`Archive-Security-${name}.evtx`, 'FAKE'))
  const setup = logAt('ExchangeSetupLogs/ExchangeSetup.log', 'exchange-setup', 0, {}, [
    { fact: 'host', host: 'FAKE', source: 'setup log', rows: 9 },
  ])
  for (const more of [archives, [setup]])
    assert.ok(identityOf(eventLog('Security.evtx', 'EX01'), ...more).names.has('EX01'))
})

test('a host that has logs enough in a folder of one’s own is the server as well', () => {
  const moved = [...'abc'].map((name) => logAt(`mylogs/${name}.LOG`, 'httpproxy-owa', 1, { EX01: 20 }))
  assert.deepEqual([...identityOf(...planted, ...moved).names], ['FAKE', 'EX01'])
})

test('which server it is, is not sure while other logs of the server itself, or event logs, are of another host', () => {
  assert.equal(identityOf(...planted).isSure, true)
  assert.equal(identityOf(...planted, proxyLog('z', 1, { EX01: 20 })).isSure, undefined)
  assert.equal(identityOf(...planted, logAt(null, 'windows-security', 2, { EX01: 5 })).isSure, undefined)
  assert.equal(identityOf(...planted, eventLog('ForwardedEvents.evtx', 'DC01')).isSure, true)
  // Nor while those of a collection of events are, however few they are in it.
  for (const name of ['ForwardedEvents.evtx', 'siem.json'])
    for (const hosts of [{ EX01: 5 }, { FAKE: 900, EX01: 1 }]) {
      const log = logAt(null, 'windows-security', 2, hosts)
      assert.equal(identityOf(...planted, { ...log, artifact: { ...log.artifact, path: name } }).isSure, undefined)
    }
  // What a search gave may be all that is left of the logs of the server.
  const quoted = logAt(null, 'httpproxy-ecp', 1, {})
  const excerpt = { ...quoted, hosts: [['EX01', 'snippet/httpproxy-ecp', 5] as const] }
  for (const parser of ['snippet', 'scan'])
    assert.equal(identityOf(...planted, { ...excerpt, artifact: { ...quoted.artifact, parser } }).isSure, undefined)
})

test('a true tie is told with both names, numbers and files, and decided the same way in any order', () => {
  const [one, two] = [proxyLog('one', 2, { EX02: 5 }), proxyLog('two', 2, { EX01: 500 })]
  for (const server of [identityOf(one, two), identityOf(two, one)]) {
    assert.equal(server.name, 'EX01')
    assert.deepEqual([...server.names], ['EX01', 'EX02'])
    assert.match(
      server.notes[0]!,
      /2 hosts, none with more files and days than the others\. It is assessed as EX01, .*: EX01 \(1 file, weight by files and days 3: .*two\.LOG\); EX02 \(1 file, weight by files and days 3: .*one\.LOG\)\.$/,
    )
  }
})

test('quoted rows name no second server', () => {
  const quoted = logAt(null, 'httpproxy-owa', 1, { EX02: 5 })
  const snippet = { ...quoted, artifact: { ...quoted.artifact, parser: 'snippet' } }
  assert.deepEqual([...identityOf(logAt(null, 'httpproxy-owa', 1, { EX01: 5 }), snippet).names], ['EX01'])
})

const places: readonly (readonly [path: string, standing: string])[] = [
  [`C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log`, 'own'],
  [`C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.zip!\\u_ex210302.log`, 'own'],
  [`D:\\IISLogs\\W3SVC1\\u_ex210302.log`, 'own'],
  [`D:\\inetpub\\LogFiles\\W3SVC1\\u_ex210302.log`, 'own'],
  [`D:\\inetpub\\u_ex210302.log`, 'custom'],
  [`E:\\Exchange\\Logging\\Ews\\a.LOG`, 'own'],
  [`E:\\V15\\TransportRoles\\Logs\\a.LOG`, 'own'],
  [`C:\\Windows\\System32\\winevt\\Logs\\Security.evtx`, 'own'],
  [`C:\\Windows\\System32\\config\\SYSTEM`, 'own'],
  [`C:\\Users\\a\\NTUSER.DAT`, 'own'],
  [`C:\\ExchangeSetupLogs\\ExchangeSetup.log`, 'own'],
  [`\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\Windows\\System32\\config\\SYSTEM`, 'own'],
  [`D:\\Tracking\\MSGTRK1.LOG`, 'custom'],
  [`C:\\inetpub\\wwwroot\\Logging\\HttpProxy\\Owa\\a.LOG`, 'elsewhere'],
  [`C:\\inetpub\\wwwroot\\W3SVC1\\u_ex210302.log`, 'elsewhere'],
  [`C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\Logging\\a.LOG`, 'elsewhere'],
  [`C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\winevt\\Logs\\Security.evtx`, 'elsewhere'],
  [`C:\\inetpub\\wwwroot\\a.zip!\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log`, 'elsewhere'],
  [`D:\\backup\\a.zip!\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log`, 'elsewhere'],
  [`C:\\Windows\\Temp\\Logging\\a.LOG`, 'elsewhere'],
  [`C:\\ProgramData\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log`, 'elsewhere'],
  [`C:\\Users\\Public\\winevt\\Logs\\Security.evtx`, 'elsewhere'],
  ['EX01/V15/Logging/Ews/a.LOG', 'own'],
  ['EX01/V15/FrontEnd/HttpProxy/Logging/a.LOG', 'elsewhere'],
  ['EX01/aspnet_client/a.zip!/inetpub/logs/LogFiles/W3SVC1/a.log', 'elsewhere'],
  ['case/u_ex210302.log', 'loose'],
  ['temp/EX01.zip!/u_ex210302.log', 'loose'],
]

for (const [path, standing] of places)
  test(`the place of ${path} is ${standing}`, () => {
    const isWindows = path.includes('\\')
    assert.equal(standingOf({ path: isWindows ? 'x' : path, windowsPath: isWindows ? path : null }), standing)
  })

for (const [parser, own, made] of [
  ['registry', 'Windows\\System32\\config\\SYSTEM', 'Windows\\System32\\winevt\\Logs\\SYSTEM'],
  ['registry', 'Users\\a\\NTUSER.DAT', 'inetpub\\logs\\LogFiles\\NTUSER.DAT'],
  ['evtx', 'Windows\\System32\\winevt\\Logs\\Security.evtx', 'Windows\\Help\\Security.evtx'],
  ['iis', 'Windows\\System32\\LogFiles\\W3SVC1\\u_ex210303.log', 'Windows\\Help\\u_ex210303.log'],
  ['exchange-csv', 'Exchange\\V15\\Logging\\Ews\\a.LOG', 'Windows\\Help\\HttpProxy\\a.LOG'],
  ['exchange-setup', 'ExchangeSetupLogs\\ExchangeSetup.log', 'Windows\\debug\\ExchangeSetup.log'],
  ['task-xml', 'Windows\\System32\\Tasks\\a', 'Windows\\System32\\winevt\\Logs\\a.xml'],
] as const)
  test(`${parser} lies at its own place in ${own}, and not in ${made}`, () => {
    const standing = (path: string): string => standingOf({ path: 'x', windowsPath: `C:\\${path}`, parser })
    assert.equal(standing(own), 'own')
    assert.equal(standing(made), 'elsewhere')
    assert.equal(standing(`moved\\${own.slice(own.lastIndexOf('\\') + 1)}`), 'custom')
  })

test('what a log says elsewhere than at its own place covers no hours and settles nothing', () => {
  const facts: Fact[] = [
    build('15.2.986.30', '2021-03-01T00:00:00Z', '2021-03-09T00:00:00Z'),
    { fact: 'zone', minutes: 540, source: 'x', at: { path: 'x', offset: 0, length: 0 } },
    { fact: 'installed', time: 0, source: 'x', at: { path: 'x', offset: 0, length: 0 } },
    { fact: 'power', state: 'down', time: Date.UTC(2021, 2, 3), at: { path: 'x', offset: 0, length: 0 } },
  ]
  const read = (place: string): { scans: readonly Scan[]; notes: readonly string[] } => {
    const log = logAt(place, 'iis-frontend', 8, {}, facts)
    return withoutMisplaced([{ ...log, recorded: ['exchange-paths', 'web-root/owa'] }])
  }
  for (const [place, counts] of [
    ['inetpub/logs/LogFiles/W3SVC1/a.log', true],
    ['inetpub/wwwroot/W3SVC1/a.log', false],
    ['ProgramData/a.zip!/inetpub/logs/a.log', false],
  ] as const) {
    const { scans, notes } = read(place)
    const server = serverFacts(scans, 'x')
    const meter = new CoverageMeter(scans, server.power, server.restored)
    assert.equal(meter.has('iis-frontend'), counts, place)
    assert.equal(server.builds.length, counts ? 1 : 0)
    assert.equal(server.zoneMinutes, counts ? 540 : null)
    assert.equal(server.installed, counts ? 0 : null)
    assert.equal(server.power.length, counts ? 1 : 0)
    assert.equal(notes.length, counts ? 0 : 1)
    if (!counts) assert.match(notes[0]!, /A log lies outside its own place \(C\//)
  }
})

test('a setup after the logs of the server, or of another host, says nothing of when it was set up', () => {
  const installed = (time: string, host?: string): Fact => {
    const at = { path: 'x', offset: 0, length: 0 }
    return { fact: 'installed', time: Date.parse(time), source: 'x', ...(host === undefined ? {} : { host }), at }
  }
  const setUp = (fact: Fact): number | null =>
    identityOf(proxyLog('a', 3), logAt('ExchangeSetupLogs/ExchangeSetup.log', 'exchange-setup', 0, {}, [fact]))
      .installed
  // The first entry is of 1 March, 12:00.
  for (const time of ['2021-02-01T00:00:00Z', '2021-03-01T18:00:00Z'])
    for (const host of [undefined, 'EX01.contoso.example']) assert.equal(setUp(installed(time, host)), Date.parse(time))
  assert.equal(setUp(installed('2021-03-03T00:00:00Z')), null)
  assert.equal(setUp(installed('2021-02-01T00:00:00Z', 'FAKE')), null)
})

test('a copy of a log elsewhere, which comes first, takes no hours from the log at its own place', () => {
  const own = proxyLog('a', 2)
  const same = { sha256: 'c0'.repeat(32), size: 9 }
  const copy = logAt('Perflogs/Logging/HttpProxy/Owa/a.LOG', 'httpproxy-owa', 2, { EX01: 20 })
  const scans = [copy, own].map((scan) => ({ ...scan, artifact: { ...scan.artifact, ...same } }))
  const covered = (all: readonly Scan[]): number =>
    new CoverageMeter(withoutMisplaced(all).scans, [], []).measure(Date.UTC(2021, 2, 1, 12), Date.UTC(2021, 2, 1, 13), [
      ['httpproxy-owa'],
    ]).covered
  assert.equal(covered(scans), 1)
  assert.equal(covered(scans.slice(0, 1)), 0)
})

test('a planted log fills no hole', () => {
  const log = scanOf(
    'iis-frontend',
    hourly('2021-03-01T00:00:00Z', '2021-03-09T00:00:00Z', (t) => t.startsWith('2021-03-04')),
  )
  const fake = scanOf('iis-frontend', hourly('2021-03-04T00:00:00Z', '2021-03-05T00:00:00Z'), { path: 'fake.log' })
  const at = (scan: Scan, windowsPath: string): Scan => ({ ...scan, artifact: { ...scan.artifact, windowsPath } })
  const coversIn = (folder: string): boolean => {
    const scans = [at(log, 'C:\\inetpub\\logs\\LogFiles\\W3SVC1\\a.log'), at(fake, `${folder}\\fake.log`)]
    return new CoverageMeter(withoutMisplaced(scans).scans, [], []).covers(
      'iis-frontend',
      Date.UTC(2021, 2, 4, 12) / 3_600_000,
    )
  }
  assert.equal(coversIn('C:\\inetpub\\logs\\LogFiles\\W3SVC1'), true)
  assert.equal(coversIn('C:\\inetpub\\wwwroot\\aspnet_client'), false)
  assert.equal(coversIn('C:\\Windows\\Temp'), false)
})

test('a planted list of files does not give the web roots', () => {
  const given = (windowsPath: string): boolean => {
    const scan = scanOf('web-roots', [], { recorded: ['web-root/owa', 'web-root/wwwroot'] })
    const { scans } = withoutMisplaced([{ ...scan, artifact: { ...scan.artifact, windowsPath } }])
    return new CoverageMeter(scans, [], []).has('web-roots')
  }
  assert.equal(given('E:\\listing.csv'), true)
  assert.equal(given('C:\\ProgramData\\listing.csv'), false)
  assert.equal(given('C:\\inetpub\\wwwroot\\listing.csv'), false)
})

test('pages planted in folders named like web roots, among what a collector takes, do not give the web roots', () => {
  const given = (...places: readonly string[]): boolean => {
    const scans = places.map((place) => {
      const root = webRootOf(place.replaceAll('\\', '/'))
      assert.notEqual(root, null, place)
      const scan = scanOf('web-roots', [], { path: place, recorded: [`web-root/${root}`] })
      return { ...scan, artifact: { ...scan.artifact, windowsPath: place } }
    })
    return new CoverageMeter(withoutMisplaced(scans).scans, [], []).has('web-roots')
  }
  const pages = ['FrontEnd\\HttpProxy\\owa\\auth\\a.aspx', 'inetpub\\wwwroot\\aspnet_client\\a.aspx']
  const below = (folder: string): boolean => given(...pages.map((page) => `${folder}\\${page}`))
  assert.equal(given(`C:\\Program Files\\Microsoft\\Exchange Server\\V15\\${pages[0]!}`, `C:\\${pages[1]!}`), true)
  assert.equal(given(`D:\\Exchange\\${pages[0]!}`, 'E:\\sites\\inetpub\\wwwroot\\a.aspx'), true)
  for (const folder of [
    'C:\\Windows\\System32\\winevt\\Logs',
    'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles\\Logs',
    'C:\\Users\\Public',
    'C:\\ExchangeSetupLogs',
  ])
    assert.equal(below(folder), false, folder)
})

test('a setting that is planted settles nothing; the configuration of an application does', () => {
  const setting: Fact = {
    fact: 'setting',
    name: 'extended-protection',
    about: 'Default Web Site/EWS',
    value: 'Require',
    host: null,
    at: { path: 'x', offset: 0, length: 0 },
  }
  const counts = (windowsPath: string, kind = 'web-config'): boolean => {
    const scan = scanOf(kind, [], { facts: [setting] })
    const artifact: Artifact = { ...scan.artifact, windowsPath }
    return withoutMisplaced([{ ...scan, artifact }]).scans[0]!.facts.length === 1
  }
  const front = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy'
  assert.equal(counts(`${front}\\owa\\web.config`), true)
  assert.equal(counts('C:\\inetpub\\wwwroot\\web.config'), true)
  assert.equal(counts('C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config', 'iis-config'), true)
  assert.equal(counts('C:\\inetpub\\wwwroot\\aspnet_client\\web.config'), false)
  assert.equal(counts('C:\\inetpub\\wwwroot\\aspnet_client\\HttpProxy\\owa\\web.config'), false)
  assert.equal(counts(`${front}\\owa\\auth\\web.config`), false)
  assert.equal(counts('C:\\inetpub\\wwwroot\\applicationHost.config', 'iis-config'), false)
})
