import type { KnownLogKind } from '../../src/model/log-kinds.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detect, nothingKnown } from '../../src/findings/findings.ts'
import { listEvidence } from '../../src/evidence/index.ts'
import { fileEvent } from '../../src/scan/file-event.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Hit, RuleInfo } from '../../src/model/rule.ts'
import type { Event } from '../../src/model/event.ts'
import { located } from '../../src/findings/located.ts'
import { persistenceOf } from '../../src/assessment/persistence.ts'
import { folderOf } from '../evidence/evidence.ts'
import { scanOf } from './scans.ts'

const page = '<%@ Page Language="C#" %>'

async function eventsOf(files: Record<string, string>): Promise<Map<string, Event>> {
  const { members } = await listEvidence(folderOf(files))
  return new Map(
    members.map((member) => [
      member.path,
      fileEvent(member, { sha256: 'a', size: page.length, parser: 'scan', text: () => page }),
    ]),
  )
}

const front = 'C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy'

// path in the evidence → web root that the page is judged to lie in, and its log
const rows: readonly (readonly [path: string, webRoot: string | null, log: string])[] = [
  ['C/inetpub/wwwroot/aspnet_client/x.aspx', 'aspnet_client', 'web-roots'],
  [`${front}/owa/auth/x.aspx`, 'owa', 'web-roots'],
  // what its own name says
  ['C/inetpub/wwwroot/C_Windows_frontend_httpproxy_x.aspx', 'wwwroot', 'web-roots'],
  ['C/inetpub/wwwroot/C%3A%5CUsers%5Cx.aspx', 'wwwroot', 'web-roots'],
  // what folders that somebody made say
  ['C/inetpub/wwwroot/aspnet_client/Logging/x.aspx', 'aspnet_client', 'web-roots'],
  ['C/inetpub/wwwroot/LogFiles/x.aspx', 'wwwroot', 'web-roots'],
  ['C/inetpub/wwwroot/aspnet_client/Temporary ASP.NET Files/x.aspx', 'aspnet_client', 'web-roots'],
  ['C/inetpub/wwwroot/C/Windows/System32/x.aspx', 'wwwroot', 'web-roots'],
  [`${front}/owa/auth/C$/Windows/WinSxS/x.aspx`, 'owa', 'web-roots'],
  ['EX01/wwwroot/C/Windows/WinSxS/x.aspx', 'wwwroot', 'web-roots'],
  ['EX01/HttpProxy/owa/auth/C/Windows/x.aspx', 'unknown', 'web-roots'],
  // no folder says where it lay
  ['x.aspx', 'unknown', 'web-roots'],
  ['found/x.ashx', 'unknown', 'web-roots'],
  ['found/x.rem', 'unknown', 'web-roots'],
  ['found/x.xamlx', 'unknown', 'web-roots'],
  ['found/x.vbhtml', 'unknown', 'web-roots'],
  ['owa/auth/x.aspx', 'unknown', 'web-roots'],
  // harmless, by the folders around it
  ['C/Windows/WinSxS/a/x.aspx', null, 'files'],
  ['C/Users/developer/site/x.aspx', null, 'files'],
  ['C/Windows/Microsoft.NET/Framework64/v4.0.30319/Temporary ASP.NET Files/root/a/x.aspx', null, 'aspnet-temp'],
  ['C/Program Files/Microsoft/Exchange Server/V15/Logging/x.aspx', null, 'files'],
  // no page
  ['notes.txt', null, 'files'],
]

for (const [path, webRoot, log] of rows)
  test(`a page at ${path} is judged as one in ${webRoot ?? 'no web root'}`, async () => {
    const event = (await eventsOf({ [path]: page })).get(path)!
    assert.deepEqual([event.fields.WebRoot, event.log], [webRoot, log])
  })

test('a place that only a name or a list tells makes no page harmless', async () => {
  const flat = await eventsOf({
    'flat/C%3A%5CUsers%5Cx.aspx': page,
    'flat/C%3A%5Cinetpub%5Cwwwroot%5Cy.aspx': page,
    'orc/GetThis.csv': 'FullName,SampleName\n\\Users\\z.aspx,z.aspx\n',
    'orc/z.aspx': page,
  })
  assert.deepEqual(
    [...flat.values()].flatMap(({ fields }) =>
      fields.Extension === '.aspx' ? [fields.TargetFilename, fields.WebRoot] : [],
    ),
    ['C:\\Users\\x.aspx', 'unknown', 'C:\\inetpub\\wwwroot\\y.aspx', 'wwwroot', 'C:\\Users\\z.aspx', 'unknown'],
  )
})

test('what a list on the server says against a page is a field of the page', async () => {
  const events = await eventsOf({
    'C/inetpub/wwwroot/aspnet_client/GetThis.csv': 'FullName,SampleName\n\\Users\\x.aspx,x.aspx\n',
    'C/inetpub/wwwroot/aspnet_client/x.aspx': page,
  })
  const { fields } = events.get('C/inetpub/wwwroot/aspnet_client/x.aspx')!
  assert.deepEqual(
    [fields.TargetFilename, fields.WebRoot, fields.ClaimedPath, fields.ClaimedBy],
    ['C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx', 'aspnet_client', 'C:\\Users\\x.aspx', 'list'],
  )
})

const info = {
  id: 'r',
  title: 'r',
  pack: 'p',
  campaign: 'c',
  stage: 'shell',
  level: 'critical',
  sign: { subject: 'page', kind: 'content', strength: 'decisive' },
  persistence: 'web-shell',
  cves: [],
  attack: [],
  innocent: [],
  next: [],
} as unknown as RuleInfo
const here = { name: 'EX01', proxies: new Set<string>(), logs: { first: null, last: null } }

/** Findings of the same bytes at each of the paths, in either order of the files. */
async function copiesAt(paths: readonly string[]): Promise<ReturnType<typeof detect>> {
  const names = paths.map((path) => path.slice(path.lastIndexOf('!/') + 1).replace(/^\//, ''))
  const events = await eventsOf(Object.fromEntries(names.map((path) => [path, page])))
  const scans = paths.map((path, i): Scan => {
    const event = events.get(names[i]!)!
    const scan = scanOf(event.log, [], { path })
    const windowsPath = event.target === names[i] ? null : event.target
    return {
      ...scan,
      artifact: { ...scan.artifact, windowsPath, sha256: 'same' },
      hits: [{ rule: 'r', matched: [], event: { ...event, at: { ...event.at, path } } }],
    }
  })
  const [found, other] = [scans, scans.toReversed()].map((order) =>
    detect(order, new Map([['r', info]]), here, nothingKnown),
  )
  const targets = (of: typeof found): unknown => of!.map(({ finding }) => [finding.log, finding.target])
  assert.deepEqual(targets(found), targets(other))
  return found!
}

test('copies of a page of which no location is known say nothing that the one in the web root does not', async () => {
  const found = await copiesAt(['A/x.aspx', 'C/inetpub/wwwroot/x.aspx', 'x.aspx'])
  assert.deepEqual(
    found.map(({ finding }) => [finding.log, finding.target]),
    [['web-roots', 'C:\\inetpub\\wwwroot\\x.aspx']],
  )
})

test('each location of one page is a finding and an entry of its own', async () => {
  const paths = [
    'C/inetpub/wwwroot/aspnet_client/x.aspx',
    'C/inetpub/wwwroot/auth/x.aspx',
    `${front}/owa/auth/x.aspx`,
    `${front}/ecp/auth/x.aspx`,
  ]
  const found = await copiesAt(paths)
  assert.equal(found.length, 4)
  assert.equal(new Set(found.map(({ finding }) => finding.id)).size, 4)
  const { list } = persistenceOf(found, { lastOf: () => null, has: () => false })
  assert.deepEqual(
    list.map(({ what, state }) => `${what} ${state}`).sort(),
    found.map(({ finding }) => `${finding.target} present`).sort(),
  )
})

test('a copy at a location that IIS does not serve is a fact of its own, too', async () => {
  const found = await copiesAt(['C/Users/a/x.aspx', 'C/inetpub/wwwroot/x.aspx'])
  assert.deepEqual(found.map(({ finding }) => finding.log).sort(), ['files', 'web-roots'])
})

test('one file in two collections is one fact', async () => {
  const path = 'C/inetpub/wwwroot/aspnet_client/x.aspx'
  for (const paths of [
    [path, `a.zip!/${path}`, `b.zip!/${path}`],
    ['a.zip!/pages/x.aspx', 'b.zip!/pages/x.aspx'],
    [path, `%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1/inetpub/wwwroot/aspnet_client/x.aspx`],
  ])
    assert.equal((await copiesAt(paths)).length, 1, paths.join())
  assert.equal((await copiesAt(['C/inetpub/wwwroot/x.aspx', 'D/inetpub/wwwroot/x.aspx'])).length, 2)
})

test('a planted journal takes no page back', () => {
  const row = (change: string, time: string): Hit => ({
    rule: 'r',
    matched: [],
    event: {
      log: 'ntfs-usn',
      sources: [],
      time: Date.parse(time),
      timeBasis: 'stated',
      fields: { TargetFilename: 'C:\\inetpub\\wwwroot\\x.aspx', FileName: 'x.aspx', Change: change },
      raw: change,
      at: { path: 'j', offset: 0, length: 1 },
      host: null,
      client: null,
      user: null,
      target: 'x.aspx',
      request: null,
      session: null,
    },
  })
  const journal = (windowsPath: string, hit: Hit): Scan => {
    const scan = scanOf('ntfs-usn', [], { path: windowsPath, hits: [hit] })
    return { ...scan, artifact: { ...scan.artifact, windowsPath } }
  }
  const stateWith = (place: string): string | undefined => {
    const scans = [
      journal('C:\\$Extend\\$UsnJrnl:$J', row('created', '2021-03-03T04:00:00Z')),
      journal(place, row('deleted', '2021-03-03T05:00:00Z')),
    ]
    const found = detect(scans, new Map([['r', info]]), here, nothingKnown)
    return persistenceOf(found, { lastOf: () => null, has: () => false }).list[0]?.state
  }
  assert.equal(stateWith('D:\\$Extend\\$UsnJrnl:$J'), 'was-there')
  assert.equal(stateWith('C:\\inetpub\\wwwroot\\$Extend\\$J'), 'unknown')
})

test('a copy of a log of the front end that lies among those of the back end stands for none of its rows', () => {
  const event = (log: KnownLogKind, path: string): Event => ({
    log,
    sources: [],
    time: Date.parse('2021-03-03T10:00:00Z'),
    timeBasis: 'format',
    fields: {},
    raw: '',
    at: { path, offset: 0, length: 9, line: 1 },
    host: null,
    client: '192.0.2.7',
    user: null,
    target: null,
    request: null,
    session: null,
  })
  const scan = (log: KnownLogKind, path: string): Scan => {
    const hit: Hit = { rule: 'a', matched: [], event: event(log, path) }
    const one = scanOf(log, [], { path, hits: [hit] })
    return { ...one, artifact: { ...one.artifact, sha256: 'same' } }
  }
  const sign = { subject: 'request', kind: 'use', strength: 'strong' }
  const info = { id: 'a', title: 'a', stage: 'access', level: 'high', sign, cves: [], attack: [] }
  const infos = new Map([['a', info as unknown as RuleInfo]])
  const server = { name: 'EX01', proxies: new Set<string>(), logs: { first: null, last: null } }
  const logs = (...scans: Scan[]): (string | null)[][] =>
    detect(scans, infos, server, nothingKnown).map(({ finding: { log, client } }) => [log, client])
  const [copy, real] = [scan('iis-backend', 'A/W3SVC2/u_ex.log'), scan('iis-frontend', 'W3SVC1/u_ex.log')]
  assert.ok(logs(copy, real).some(([log, client]) => log === 'iis-frontend' && client === '192.0.2.7'))
  // A backup of the same log is still one.
  assert.equal(logs(scan('iis-frontend', 'backup/u_ex.log'), real).length, 1)
})

test('of two copies of a log the one at its own place counts, whichever is read first', () => {
  const at = 'Program Files/Microsoft/Exchange Server/V15'
  const places = {
    own: `${at}/Logging/HttpProxy/Ecp/HttpProxy_1.LOG`,
    custom: 'AAA/HttpProxy_1.LOG',
    misplaced: `${at}/FrontEnd/HttpProxy/owa/auth/HttpProxy_1.LOG`,
  }
  const scan = (place: keyof typeof places): Scan => {
    const path = `C/${places[place]}`
    const event = { log: 'httpproxy-ecp', fields: {}, at: { path, offset: 0, length: 9 } } as unknown as Event
    const one = scanOf('httpproxy-ecp', [], { path, hits: [{ rule: 'a', matched: [], event }] })
    const windowsPath = `C:\\${places[place].replaceAll('/', '\\')}`
    return { ...one, artifact: { ...one.artifact, windowsPath, sha256: 'same', parser: 'exchange-csv' } }
  }
  const infos = new Map([['a', { id: 'a' } as unknown as RuleInfo]])
  const counted = (...of: (keyof typeof places)[]): string[] =>
    located(of.map(scan), infos).map(({ event, misplaced, custom }) =>
      [event.at.path.slice(2), ...(misplaced ? ['misplaced'] : []), ...(custom ? ['custom'] : [])].join(),
    )
  assert.deepEqual(counted('custom', 'own'), [places.own])
  assert.deepEqual(counted('misplaced', 'custom', 'own'), [places.own])
  assert.deepEqual(counted('own', 'misplaced'), [places.own])
  assert.deepEqual(counted('misplaced', 'custom'), [`${places.custom},custom`])
})
