import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Artifact } from '../../src/model/evidence.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Event, Fields } from '../../src/model/event.ts'
import type { KnownLogKind } from '../../src/model/log-kinds.ts'
import { persistenceOf } from '../../src/assessment/persistence.ts'
import { pageNameOf, removalsOf } from '../../src/findings/removed-pages.ts'
import { huntCsv } from '../../src/parsers/other-tools/hunts.ts'
import { RequestTables, FileRequests } from '../../src/activity/requests.ts'

// A page that was removed, and is requested afterwards.
const at = (hour: number): number => Date.parse('2021-03-03T00:00:00Z') + hour * 3_600_000
const page = 'C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx'

function event(log: KnownLogKind, time: number | null, fields: Fields): Event {
  const roles = { host: null, client: null, user: null, target: null, request: null, session: null }
  return {
    log,
    sources: [],
    time,
    timeBasis: 'format',
    fields,
    raw: '',
    at: { path: log, offset: 0, length: 1 },
    ...roles,
  }
}

let ids = 0
function found(one: Event, more: Partial<Finding>): FindingWithHits {
  const time = one.time === null ? null : new Date(one.time).toISOString()
  const finding = {
    id: `f${ids++}`,
    log: one.log,
    stage: 'shell',
    persistence: 'web-shell',
    is: 'likely',
    confidence: 'high',
    level: 'high',
    intrusion: null,
    target: null,
    first: time,
    last: time,
    time,
    locators: [{ path: one.at.path }],
    ...more,
  }
  return { finding, hits: [{ event: one, misplaced: false }], counts: true } as unknown as FindingWithHits
}

const used = found(
  event('iis-frontend', at(1), { 'cs-uri-stem': '/aspnet_client/invented.aspx', 'sc-status': 200 }),
  {},
)
const quarantine = (fields: Fields = {}): FindingWithHits =>
  found(
    event('windows-defender', at(2), {
      EventID: 1117,
      Path: `containerfile:_C:\\x.zip; file:_${page}`,
      'Action ID': 2,
      'Action Name': 'Quarantäne',
      'Error Code': '0x00000000',
      ...fields,
    }),
    {},
  )
const journal = (change: string, time: number): FindingWithHits =>
  found(event('ntfs-usn', time, { TargetFilename: page, Change: change }), {})
const deleted = (log: KnownLogKind, fields: Fields): FindingWithHits =>
  found(event(log, at(2), fields), { stage: 'cleanup', persistence: undefined })

function requests(...rows: (readonly [hour: number, status: number, stem?: string])[]): RequestTables {
  const file = new FileRequests()
  for (const [hour, status, stem = '/Aspnet_Client/Invented.aspx'] of rows)
    file.addRow('203.0.113.7', { 'cs-uri-stem': stem, 'sc-status': status }, at(hour))
  const tables = new RequestTables()
  tables.addFile({ requests: file.tallies() })
  return tables
}

const loose: Pick<Artifact, 'path' | 'windowsPath'> = { path: 'result.csv', windowsPath: null }
const states = (all: FindingWithHits[], tables: RequestTables, said: Event[] = [], artifact = loose): string[] => {
  const scans = [{ said, artifact } as unknown as Scan]
  const removals = removalsOf(all, scans, tables.of.path)
  return persistenceOf(all, { lastOf: () => null, has: () => false }, removals).list.map(({ state }) => state)
}

const asked = requests([1, 200], [3, 404])

for (const [name, removal] of [
  ['Defender', quarantine()],
  ['Defender, without the number of the action', quarantine({ 'Action ID': null, 'Action Name': 'Quarantine' })],
  ['a program (Sysmon 23)', deleted('windows-sysmon', { EventID: 23, TargetFilename: page })],
  ['a command line', deleted('windows-security', { EventID: 4688, CommandLine: `cmd /c del "${page}"` })],
  ['the change journal', journal('deleted', at(2))],
] as const)
  test(`requested after removal by ${name}`, () => {
    assert.deepEqual(new Set(states([used, removal], asked)), new Set(['requested-after-removal']))
    // The last request came before it was removed.
    assert.deepEqual(new Set(states([used, removal], requests([1, 200]))), new Set(['was-there']))
    assert.deepEqual(
      new Set(states([used, removal], requests([1, 200], [3, 404, '/owa/auth/other.aspx']))),
      new Set(['was-there']),
    )
  })

test('requested after removal by another tool', () => {
  const said = event('tool-results', at(2), { Tool: 'MSERT', Action: 'removed', TargetFilename: page })
  assert.deepEqual(states([used], asked, [said]), ['requested-after-removal'])
  assert.deepEqual(
    states([used], asked, [event('tool-results', at(2), { Action: 'not-removed', TargetFilename: page })]),
    ['was-there'],
  )
})

test('a result that lies on the server, where anyone could have put it, removes nothing', () => {
  const said = event('tool-results', at(2), { Tool: 'MSERT', Action: 'removed', TargetFilename: page })
  const inFolder = (folder: string): string[] =>
    states([used], asked, [said], { path: `C/${folder}/msert.log`, windowsPath: `C:\\${folder}\\msert.log` })
  assert.deepEqual(inFolder('Windows/debug'), ['requested-after-removal'])
  for (const folder of ['ProgramData', 'inetpub/wwwroot/aspnet_client', 'AAA', 'Users/Public'])
    assert.deepEqual(inFolder(folder), ['was-there'], folder)
})

const indicator = (log: KnownLogKind, fields: Fields, category?: string): FindingWithHits => {
  const one = {
    ...event(log, at(2), fields),
    sources: category === undefined ? [] : [{ product: 'windows', category }],
  }
  return found(one, { stage: 'context', persistence: undefined })
}
for (const [name, removal, expected] of [
  ['Sysmon 26', indicator('windows-sysmon', { EventID: 26, TargetFilename: page }, 'file_delete'), true],
  ['a command', indicator('windows-security', { CommandLine: `cmd /c echo a & del /f "${page}" & echo b` }), true],
  ['PowerShell', indicator('windows-security', { CommandLine: `powershell Remove-Item -Force '${page}'` }), true],
  ['a file that was written', indicator('windows-sysmon', { EventID: 11, TargetFilename: page }, 'file_event'), false],
  ['a command that removes another', indicator('windows-security', { CommandLine: `del a.txt & type ${page}` }), false],
  ['a file of that name', indicator('windows-security', { CommandLine: `type model ${page}` }), false],
] as const)
  test(`removed, as an event says that an indicator matched: ${name}`, () => {
    assert.equal(states([used, removal], asked).includes('requested-after-removal'), expected)
  })

test('a removal from before a page was written is one of an earlier page, and leaves it where it is', () => {
  const written = found(event('windows-sysmon', at(5), { EventID: 11, TargetFilename: page }), {})
  const removedAt = (hour: number, timeBasis: 'format' | 'assumed' = 'format') => {
    const said = {
      ...event('tool-results', at(hour), { Action: 'removed', TargetFilename: page }),
      timeBasis,
    }
    const removals = removalsOf([written], [{ said: [said], artifact: loose } as unknown as Scan], requests().of.path)
    const { list, stillThere } = persistenceOf([written], { lastOf: () => null, has: () => false }, removals)
    return [list.map(({ state }) => state), stillThere.map(({ is }) => is)]
  }
  assert.deepEqual(removedAt(4), [['unknown'], ['likely']])
  assert.deepEqual(removedAt(6), [['was-there'], []])
  assert.deepEqual(removedAt(6, 'assumed'), [['unknown'], ['open']])
})

test('of a local time in an unknown zone only a request that came after it anywhere counts', () => {
  const said = {
    ...event('tool-results', at(2), { Action: 'removed', TargetFilename: page }),
    timeBasis: 'assumed' as const,
  }
  const later = requests([-20, 200], [12, 404])
  const much = requests([-20, 200], [15, 404])
  const before = found(
    event('iis-frontend', at(-20), { 'cs-uri-stem': '/aspnet_client/invented.aspx', 'sc-status': 200 }),
    {},
  )
  assert.deepEqual(states([before], later, [said]), ['was-there'])
  assert.deepEqual(states([before], much, [said]), ['requested-after-removal'])
})

test('every file that Defender took away at once', () => {
  const said = event('tool-results', at(2), {
    Action: 'quarantined',
    TargetFilename: 'C:\\other.aspx',
    Resource: ['file:_C:\\other.aspx', `file:_${page}`],
  })
  assert.deepEqual(states([used], asked, [said]), ['requested-after-removal'])
})

test('a page that Defender alone tells of, and one that it did not get rid of', () => {
  assert.deepEqual(states([quarantine()], requests([3, 404])), ['requested-after-removal'])
  assert.deepEqual(states([quarantine()], requests()), ['was-there'])
  assert.deepEqual(states([quarantine({ 'Error Code': '0x80508023' })], requests([3, 200])), [])
  assert.deepEqual(states([quarantine({ 'Action ID': 6, 'Action Name': 'Allow' })], requests([3, 200])), [])
  // It answered after Defender had been there: it is there again, or was never gone.
  const again = found(
    event('iis-frontend', at(4), { 'cs-uri-stem': '/aspnet_client/invented.aspx', 'sc-status': 200 }),
    {},
  )
  assert.deepEqual(states([used, again, quarantine()], requests([1, 200], [4, 200])), ['was-there'])
})

test('an entry of the $MFT that is free again, and a refused request after its last change', () => {
  const mft = found(event('ntfs-mft', at(1), { TargetFilename: page, Deleted: true }), {})
  assert.deepEqual(states([mft], requests([1, 200], [3, 404])), ['requested-after-removal'])
  assert.deepEqual(states([mft], requests([1, 200], [3, 200])), ['was-there'])
})

test('a log in a folder of one’s own removes nothing that a log at its own place shows', () => {
  const inCustom = (f: FindingWithHits): FindingWithHits => ({
    ...f,
    hits: f.hits.map((hit) => ({ ...hit, custom: true })),
  })
  const [made, gone] = [journal('created', at(1)), journal('deleted', at(2))]
  assert.deepEqual(new Set(states([made, gone], requests())), new Set(['was-there']))
  assert.deepEqual(new Set(states([made, inCustom(gone)], requests())), new Set(['unknown']))
  assert.deepEqual(new Set(states([inCustom(gone), made], requests())), new Set(['unknown']))
  assert.deepEqual(new Set(states([inCustom(made), inCustom(gone)], requests())), new Set(['was-there']))
  assert.deepEqual(states([made, inCustom(quarantine())], requests()), ['unknown'])
})

const service = (stage: 'shell' | 'cleanup', hour: number, more: { custom?: true } = {}): FindingWithHits => {
  const one = event('windows-powershell', at(hour), { Cmdlet: 'x', Parameters: '-Identity "Invented Agent"' })
  const f = found(one, { stage: stage === 'shell' ? 'persistence' : stage, persistence: 'transport-agent' })
  return { ...f, hits: f.hits.map((hit) => ({ ...hit, ...more })) }
}
test('nor does it take a setting back', () => {
  const left = (...all: FindingWithHits[]): string[] =>
    persistenceOf(all, { lastOf: () => null, has: () => false }).list.map(({ state }) => state)
  assert.deepEqual(left(service('shell', 1), service('cleanup', 2)).slice(0, 1), ['was-there'])
  assert.deepEqual(left(service('shell', 1), service('cleanup', 2, { custom: true })).slice(0, 1), ['unknown'])
  const both = left(service('shell', 1, { custom: true }), service('cleanup', 2, { custom: true }))
  assert.deepEqual(both.slice(0, 1), ['was-there'])
})

test('a page of the web site itself goes by one name', () => {
  assert.equal(pageNameOf('C:\\inetpub\\wwwroot\\x.aspx'), pageNameOf('/x.aspx'))
  assert.equal(pageNameOf(page), pageNameOf('/aspnet_client/invented.aspx'))
})

// Rows of Hayabusa as it writes them, read by our own parser.
const huntHeader =
  '"Timestamp","RuleTitle","Level","Computer","Channel","EventID","RecordID","Details","ExtraFieldInfo"'
async function huntRows(...rows: readonly string[]): Promise<Event[]> {
  const bytes = Buffer.from([huntHeader, ...rows, ''].join('\r\n'))
  const events: Event[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const head = { path: 'hayabusa.csv', windowsPath: null, size: bytes.length, bytes, text: bytes.toString() }
  const sink = { event: (one: Event) => void events.push(one), gap: () => assert.fail(), fact: () => {} }
  await huntCsv.read({ ...head, modified: null, chunks }, sink)
  return events
}
const hunted = (channel: string, id: number, details: string, more = ''): string =>
  `"2021-03-03 02:00:00.000 +00:00","Invented Rule","med","MAIL01","${channel}",${id},7,"${details}","${more}"`

for (const [name, row, expected] of [
  ['Sysmon 23', hunted('Sysmon', 23, `Proc: C:\\x.exe ¦ File: ${page} ¦ User: SYSTEM`), true],
  ['Sysmon 11, which created it', hunted('Sysmon', 11, `Proc: C:\\x.exe ¦ File: ${page}`), false],
  ['a command', hunted('Sec', 4688, `Cmdline: cmd /c del ${page} ¦ Proc: C:\\Windows\\System32\\cmd.exe`), true],
  ['a command that reads', hunted('Sec', 4688, `Cmdline: cmd /c type ${page}`), false],
  ['PowerShell', hunted('PwSh', 4104, `ScriptBlock: Remove-Item -Force '${page}'`), true],
  [
    'Defender, quarantined',
    hunted(
      'Defender',
      1117,
      `Threat: X ¦ Path: file:_${page}`,
      'Action ID: 2 ¦ Action Name: Quarantine ¦ Error Code: 0x00000000',
    ),
    true,
  ],
  [
    'Defender, allowed',
    hunted(
      'Defender',
      1117,
      `Threat: X ¦ Path: file:_${page}`,
      'Action ID: 6 ¦ Action Name: Allow ¦ Error Code: 0x00000000',
    ),
    false,
  ],
  ['Defender, only detected', hunted('Defender', 1116, `Threat: X ¦ Path: file:_${page}`), false],
] as const)
  test(`removed, as a row of Hayabusa says: ${name}`, async () => {
    const said = await huntRows(row)
    // Beside what the tool found may stand the event that it quotes.
    assert.equal(said.filter(({ log }) => log === 'tool-results').length, 1)
    assert.deepEqual(states([used], asked, said), [expected ? 'requested-after-removal' : 'was-there'])
  })
