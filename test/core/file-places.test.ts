import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detect, nothingKnown } from '../../src/detection.ts'
import { listEvidence } from '../../src/evidence/index.ts'
import { fileEvent } from '../../src/file-event.ts'
import type { Event, Hit, RuleInfo, Scan } from '../../src/model.ts'
import { persistenceOf } from '../../src/persistence.ts'
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
  confidence: 'high',
  proves: true,
  persistence: 'web-shell',
  cves: [],
  attack: [],
  innocent: [],
  next: [],
} as unknown as RuleInfo
const here = { name: 'EX01', proxies: new Set<string>(), logs: { first: null, last: null } }

test('a copy in a harmless place does not stand for the page in the web root', async () => {
  const paths = ['A/x.aspx', 'C/Users/a/x.aspx', 'C/inetpub/wwwroot/x.aspx', 'x.aspx']
  const events = await eventsOf(Object.fromEntries(paths.map((path) => [path, page])))
  const scans = paths.map((path): Scan => {
    const event = events.get(path)!
    const scan = scanOf(event.log, [], { path })
    return { ...scan, artifact: { ...scan.artifact, sha256: 'same' }, hits: [{ rule: 'r', matched: [], event }] }
  })
  for (const order of [scans, scans.toReversed()]) {
    const found = detect(order, new Map([['r', info]]), here, nothingKnown)
    assert.deepEqual(
      found.map(({ finding }) => [finding.log, finding.target]),
      [['web-roots', 'C:\\inetpub\\wwwroot\\x.aspx']],
    )
  }
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
