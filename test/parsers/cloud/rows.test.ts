import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { FastRecords } from '../../../src/prefilter/wasm-records.ts'
import type { Scan } from '../../../src/model/scan.ts'
import { loadKnowledge } from '../../../src/knowledge/load-packs.ts'
import { digestRecord, SeenRecords } from '../../../src/parsers/microsoft-365/seen.ts'
import { askAll } from '../../../src/rules/match.ts'
import { sigma } from '../../../src/rules/sigma/index.ts'
import type { ScanSettings } from '../../../src/scan/scan.ts'
import { ValueCaches } from '../../../src/prefilter/row-rules.ts'
import { Chance } from '../../kernel/logs.ts'
import { scansOf } from '../../kernel/both-ways.ts'
import type { Json } from './shapes.ts'
import { isTenth, seedsOf } from '../../tenth.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'postern-cloud-'))
after(() => rmSync(folder, { recursive: true }))
const shipped = (await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })).rules.events

const rules = [
  `{ product: m365, service: audit }\ndetection:\n  a: { UserAgent|contains: curl }\n  condition: a`,
  `{ product: m365, service: exchange }\ndetection:\n  a: { Subjects|contains: 'ü' }\n  b: { ItemCount: 3 }\n  condition: a or b`,
  `{ product: m365, service: exchange }\ndetection:\n  a: { c-ip|cidr: 203.0.113.0/29 }\n  condition: a`,
  `{ product: m365, service: exchange }\ndetection:\n  a: { AppAccessContext.ClientAppName|contains: 'x' }\n  b: { Item.Subject|endswith: '"' }\n  condition: a or b`,
  `{ product: m365, service: audit }\ndetection:\n  a: { UserId|startswith: 'person3', Flag: true }\n  condition: a`,
  `{ product: m365, service: audit }\ndetection:\n  a: { Actor|contains: 'a\\b', Size|gte: 7 }\n  condition: a`,
].map((text, i) => ({
  path: `${i}.yml`,
  text: `title: Rule ${i}\nid: rule-${i}\nlogsource: ${text}\nlevel: medium\n`,
  pack: 'test',
  campaign: 'unknown',
  settings: {},
}))
const loaded = await sigma.load(rules)
assert.deepEqual(loaded.broken, [])

/** Every record an event; without events where no rule can match; the same by bytes. */
function ways(seed: number): readonly [ScanSettings, ScanSettings, ScanSettings] {
  const events = [...shipped, ...loaded.events.slice(0, seed % (loaded.events.length + 1))]
  const keep = seed % 3 === 0 ? { client: 3, rule: 10, joinable: 8 } : { client: 50, rule: 100, joinable: 100 }
  const whole = { rules: { events, scanners: [], broken: [] }, ask: askAll(events), zone: null, keep }
  return [
    whole,
    { ...whole, lexicons: new ValueCaches(events, { fast: false }) },
    { ...whole, lexicons: new ValueCaches(events) },
  ]
}

async function same(seed: number, path: string, bytes: Buffer): Promise<{ scan: Scan; asked: number }> {
  const [whole, plain, fast] = ways(seed)
  let asked = 0
  const counted: ScanSettings = { ...fast, ask: (event) => (asked++, fast.ask(event)) }
  const [expected, skimmed, scan] = await scansOf(folder, path, bytes, [whole, plain, counted])
  assert.deepEqual(skimmed, expected)
  assert.deepEqual(scan, expected)
  return { scan: scan!, asked }
}

test('the kernel was built', () => {
  assert.ok(existsSync(join(root, 'dist', 'prefilter', 'records.wasm')))
  assert.ok(FastRecords.make())
})

for (const seed of seedsOf(1, 16))
  test(`records are told by their bytes as their events tell them, seed ${seed}`, async () => {
    const chance = new Chance(seed)
    const records = Array.from({ length: 500 }, (_, i) => recordOf(chance, i, seed))
    const [path, bytes] = written(chance, records, seed)
    const { scan, asked } = await same(seed, path, bytes)
    assert.ok(scan.artifact.events > 300, `${scan.artifact.events}`)
    assert.ok(asked < scan.artifact.events, `${asked} of ${scan.artifact.events} became events`)
    assert.ok(scan.facts.some((fact) => fact.fact === 'note' && /more than once/.test(fact.note)))
  })

for (const seed of seedsOf(1, 40))
  test(`damaged records are decided on in the same way, seed ${seed}`, async () => {
    const chance = new Chance(1000 + seed)
    const records = Array.from({ length: 60 }, (_, i) => recordOf(chance, i, seed))
    const [path, bytes] = written(chance, records, seed)
    for (let n = chance.int(60); n >= 0; n--) {
      const at = 200 + chance.int(bytes.length - 200)
      // Signs that mean something, and any byte.
      bytes[at] = chance.int(2) === 0 ? chance.int(256) : '"\\{}[],:\n\r\0 é9-.eut'.charCodeAt(chance.int(18))
    }
    await same(seed, path, chance.int(4) === 0 ? bytes.subarray(0, bytes.length - chance.int(900)) : bytes)
  })

test('lists of messages are walked over as JSON has them, and as nothing else', async () => {
  const lists = [
    '[{"FolderItems":[{"Subject":"x","SizeInBytes":12},{"SizeInBytes":7}]},{"Path":"y","FolderItems":[]}]',
    '[{"Path":"a\\\\b \\u00e9","FolderItems":[{"Subject":"T\u00fcr \\"x\\"","SizeInBytes":3}]}]',
    '[{"FolderItems":[{"SizeInBytes":012}]}]',
    '[{"FolderItems":[{"SizeInBytes":0}]}]',
    '[{"FolderItems":[{"SizeInBytes" 12}]}]',
    '[{"FolderItems":[{"SizeInBytes":12,}]}]',
    '[{"FolderItems":[{"SizeInBytes":12 "Id":1}]}]',
    '[{"FolderItems":[{"SizeInBytes":12}}]',
    '[{"FolderItems":[{"SizeInBytes":12},]}]',
    '[{FolderItems:[{"SizeInBytes":12}]}]',
    '[{"FolderItems";[{"SizeInBytes":12}]}]',
    '[{"FolderItems":[],}]',
    '[{"FolderItems":[{"SizeInBytes":1.5},{"SizeInBytes":-4},{"SizeInBytes":"9"}]}]',
    '[{"FolderItems":[{"SizeInBytes":1,"SizeInBytes":2}],"FolderItems":[]}]',
    '[ { "FolderItems" : [ { "SizeInBytes" : 5 } , { } ] , "Path" : "x" } ]',
    '[{"FolderItems":{"SizeInBytes":5}},null,7]',
  ]
  const members = ['"Folders":_', '"AffectedItems":_', '"folders":_', '"Folders":_,"AffectedItems":[{"SizeInBytes":4}]']
  const outer = [...members, '"Item":{"Folders":_}', '"Folders":[{"FolderItems":[{}]}],"Folders":_']
  const rows = lists.flatMap((list, i) =>
    outer.map((member, j) => {
      const head = `"CreationTime":"2025-08-21T01:02:03","RecordType":50,"Operation":"MailItemsAccessed","Id":"${i}-${j}"`
      return `{${head},"UserId":"a@example.org","MailboxOwnerUPN":"a@example.org",${member.replace('_', () => list)}}`
    }),
  )
  // Each twice: names are learnt from the first row that has them.
  const all = [...rows, ...rows.map((row) => row.replace('"Id":"', '"Id":"again-'))]
  const { scan, asked } = await same(0, 'audit.jsonl', Buffer.from(all.map((row) => `${row}\n`).join('')))
  assert.ok(scan.gaps.length > 0)
  assert.ok(asked < scan.artifact.events, `${asked} of ${scan.artifact.events} became events`)
  const table = all.map((row) => `2025-08-21T01:02:03,MailItemsAccessed,"${row.replaceAll('"', '""')}"\r\n`)
  await same(0, 'audit.csv', Buffer.from(`CreationDate,Operations,AuditData\r\n${table.join('')}`))
})

test('more names and values than are remembered', { skip: isTenth }, async () => {
  const chance = new Chance(77)
  const records = Array.from({ length: 20_000 }, (_, i) => ({
    ...recordOf(chance, i, 1),
    [`Own${i % 9000}`]: i,
    UserId: `person${i}@contoso.example`,
    SessionId: `${i}-${'s'.repeat(400)}`,
  }))
  await same(5, 'audit.jsonl', Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join('')))
})

test('the digest of bytes is the same in both ways', () => {
  const scanner = FastRecords.make()!
  scanner.setForm(null)
  const chance = new Chance(3)
  for (let i = 0; i < 200; i++) {
    const text = JSON.stringify({ CreationTime: 'x'.repeat(1 + chance.int(40)), b: 'é'.repeat(chance.int(9)), Id: 'x' })
    const line = Buffer.from(`${text}\n`)
    const names = scanner.next(line, 0, line.length, i * 1000)
    assert.ok(names > 0)
    scanner.learn(names, { ...nowhere, time: 0, id: 2 })
    assert.ok(scanner.tell(names) && scanner.hasId)
    const [ours, theirs] = [new Uint32Array(2), new Uint32Array(2)]
    scanner.digest(theirs)
    digestRecord(Buffer.from(text), ours)
    assert.deepEqual(ours, theirs)
  }
})

const nowhere = {
  time: -1,
  id: -1,
  access: -1,
  user: -1,
  owner: -1,
  organization: -1,
  session: -1,
  context: -1,
  inContext: -1,
  apps: [-1, -1] as const,
  items: [-1, -1, -1] as const,
  clients: [],
  planned: [],
}

test('records that were there are known again, up to a limit', () => {
  const seen = new SeenRecords(0)
  const of = (i: number): Uint32Array => {
    const halves = new Uint32Array(2)
    digestRecord(Buffer.from(`record ${i}`), halves)
    return halves
  }
  for (let i = 0; i < 50_000; i++) assert.equal(seen.add(of(i)), false)
  for (let i = 0; i < 50_000; i++) assert.ok(seen.has(of(i)) && seen.add(of(i)))
  assert.equal(seen.has(of(50_001)), false)
  assert.equal(seen.beyond, 0)
  seen.release()
  assert.equal(seen.has(of(1)), false)
})

test('the largest table tells records apart as well, and says which found no room', { skip: isTenth }, () => {
  const seen = new SeenRecords(1e12)
  const halves = new Uint32Array(2)
  const of = (low: number, top: number): Uint32Array => {
    halves[0] = low
    halves[1] = top
    return halves
  }
  assert.equal(seen.add(of(5, 7)), false)
  // Another half, another place, what the place does not say, and zeros.
  for (const other of [
    [5, 8],
    [6, 7],
    [5 + 2 ** 23, 7],
    [0, 0],
  ] as [number, number][]) {
    assert.equal(seen.has(of(...other)), false)
    assert.equal(seen.add(of(...other)), false)
    assert.equal(seen.has(of(...other)), true)
  }
  let met = 0
  for (let i = 0; i < 7_000_000; i++) if (seen.add(of(Math.imul(i + 9, 0x9e37_79b1), i + 9))) met++
  assert.equal(met, 0)
  assert.equal(seen.beyond, 7_000_005 - (2 ** 23 * 13) / 16)
})

// ---------------------------------------------------------------- records

function recordOf(chance: Chance, i: number, seed: number): Json {
  const user = chance.of([`person${chance.int(12)}@contoso.example`, 'jörg@contoso.example', 'S-1-5-18', ''])
  const base: Json = {
    CreationTime: chance.of([
      ...Array.from({ length: 6 }, () => new Date(Date.UTC(2025, 7, 21) + i * 60_000).toISOString().slice(0, 19)),
      `2025-0${chance.int(10)}-${chance.of(['28', '29', '31', '1'])}T0${chance.int(9)}:${10 + chance.int(60)}:00Z`,
      '2025-08-21T01:02:03.1230000Z',
    ]),
    // One in twenty is an earlier one.
    Id: `5f0c2d1e-0000-4000-8000-${String(i).padStart(12, '0')}`,
    RecordType: chance.of([50, 50, '50', 'ExchangeItem']),
    ResultStatus: chance.of(['Succeeded', 'Succeeded', 'Failed', 'True', '', null]),
    Workload: 'Exchange',
    UserId: user,
    [chance.of(['ClientIPAddress', 'ClientIP', 'clientip', 'ActorIpAddress'])]: chance.of([
      `203.0.113.${chance.int(40)}`,
      `[2001:db8::${chance.int(9)}]:443`,
      'nowhere',
      '',
      null,
    ]),
    ...(chance.int(3) === 0 ? {} : { SessionId: `Session-${chance.int(5)}-0000` }),
    ...(chance.int(5) === 0 ? { OrganizationName: chance.of(['Contoso.example', 'contoso']) } : {}),
    ...(chance.int(5) === 0 ? { Flag: chance.of([true, false, 'true', null, 1.5e3, -0]) } : {}),
    ...(chance.int(9) === 0
      ? { Text: chance.of(['a"b', 'a\\b', 'Grüße', '\u2028', 'tab\t', 'line\nline', '☃', '</']) }
      : {}),
    ...(chance.int(60) === 0 ? { Deep: nested(chance.int(80)) } : {}),
    ...(chance.int(60) === 0 ? { [chance.of(['userid', '__proto__', '7', 'Naïve', 'a"b', ''])]: 'x' } : {}),
  }
  const of = (Operation: unknown, more: Json): Json => ({ ...base, Operation, ...more })
  const message = (): Json => ({
    InternetMessageId: `<${i}@x>`,
    [chance.int(40) === 0 ? 'sizeInBytes' : 'SizeInBytes']: chance.of([10 + i, 10 + i, 10 + i, '12', -4, 1.5, null]),
    ...(chance.int(30) === 0 ? { Subject: chance.of(['x', 'Tür', 'say "x"']) } : {}),
  })
  const messages = (): Json[] => Array.from({ length: chance.int(5) }, message)
  switch (chance.int(8)) {
    case 0:
    case 1:
    case 2:
      return of('MailItemsAccessed', {
        MailboxOwnerUPN: user,
        ClientInfoString: chance.of(['Client=OWA', 'Client=REST;python-requests/2', 'Client=WebServices;x']),
        AppId: chance.of(['00000002-0000-0ff1-ce00-000000000000', '1b730954-0000-4000-8000-000000000001']),
        ClientAppId: chance.of(['', 'x']),
        OperationProperties: chance.of<unknown>([
          [
            { Name: 'MailAccessType', Value: chance.of(['Bind', 'Sync']) },
            { Name: 'IsThrottled', Value: chance.of(['False', 'False', 'True']) },
          ],
          [{ Name: 'IsThrottled', Value: 'True' }],
          '[{"Name":"MailAccessType","Value":"Sync"}]',
          [],
          [{ Name: '' }],
          null,
        ]),
        Folders: chance.of<unknown>([
          [{ Path: '\\Inbox', FolderItems: messages() }, { FolderItems: messages() }],
          [{ Path: '\\Entwürfe', [chance.of(['FolderItems', 'folderitems'])]: messages() }],
          JSON.stringify([{ FolderItems: messages() }]),
          [null, { FolderItems: null }, 'x'],
        ]),
        AppAccessContext: chance.of<unknown>([
          {
            AADSessionId: `A-${chance.int(4)}`,
            [chance.of(['ClientAppName', 'clientappname'])]: chance.of(['x', 'y']),
          },
          { ClientAppName: 'y', clientAppName: 'x' },
          '{"AADSessionId":"text"}',
          null,
          {},
        ]),
      })
    case 3:
      return of(chance.of(['Send', 'SendAs']), {
        MailboxOwnerUPN: user,
        Item: chance.of<unknown>([{ Subject: chance.of(['Café', 'say "x"', 'x']), SizeInBytes: 5 }, null, {}, '{}']),
        ClientInfoString: 'Client=OWA',
      })
    case 4:
      return of('FileAccessed', {
        Workload: 'SharePoint',
        RecordType: 6,
        ObjectId: `https://contoso.example/${i}/a b "c".docx`,
        EventSource: chance.of(['SharePoint', 'ObjectModel']),
        UserAgent: chance.of(['curl/8', 'Word', 'Wörd']),
      })
    case 5:
      return of(chance.of(['UserLoggedIn', 'UserLoginFailed']), {
        Workload: 'AzureActiveDirectory',
        RecordType: 15,
        ExtendedProperties: [
          { Name: 'UserAgent', Value: chance.of(['curl/8', 'Edge', 'a\\b']) },
          { Name: chance.of(['RequestType', 'useragent']), Value: 'OAuth2:Token' },
        ],
        Actor: chance.of<unknown>([['a\\b', 'c'], [{ ID: 'a', Type: 1 }], 'a\\b', [1, 2]]),
        Size: chance.of([6, 7, 8e2, '9']),
        Target: [{ ID: 'abc', Type: 1 }],
      })
    case 6:
      return of(chance.of(['Set-Mailbox', 'New-InboxRule', 'AlertTriggered']), {
        RecordType: 1,
        Name: 'Unusual',
        Parameters: [{ Name: chance.of(['ForwardTo', 'From']), Value: 'drop@mail.example' }],
      })
    default:
      return of(seed % 2 === 0 ? 'HardDelete' : chance.of(['SoftDelete', 'MailboxLogin', '', null]), {
        AffectedItems: chance.of<unknown>([messages(), messages(), message(), null]),
        Folder: { Path: chance.of(['\\Inbox', '\\Entwürfe']) },
      })
  }
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value }
  return value
}

/** As Purview or a cmdlet saves them, or one a line; some stand there twice, in some other things stand between them. */
function written(chance: Chance, records: readonly Json[], seed: number): [string, Buffer] {
  const twice = records.flatMap((record) => (chance.int(20) === 0 ? [record, record] : [record]))
  const again = [...twice, ...twice.slice(0, 20)]
  const isTable = seed % 2 === 0
  const json = again.map((record) => {
    const text = JSON.stringify(record)
    if (chance.int(40) === 0) return text.replace('"Workload":', '"Work\\u006coad":')
    if (chance.int(10) === 0) return JSON.stringify(record, null, 1).replaceAll(/\n */g, ' ')
    return chance.int(40) === 0
      ? text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : text
  })
  const end = seed % 3 === 0 ? '\n' : '\r\n'
  const between = ['', '', 'no row at all', '{"broken": ', '{"Other":1}', '   ']
  const stray = (): string => (chance.int(25) === 0 ? `${chance.of(between)}${end}` : '')
  const bom = seed % 5 === 0 ? '\uFEFF' : ''
  const latin = seed % 7 === 0
  const text = isTable
    ? table(chance, again, json, end, seed, stray)
    : json.map((line) => `${stray()}${line}${end}`).join('')
  return [isTable ? 'audit.csv' : 'audit.jsonl', Buffer.from(`${bom}${text}`, latin ? 'latin1' : 'utf8')]
}

function table(
  chance: Chance,
  records: readonly Json[],
  json: readonly string[],
  end: string,
  seed: number,
  stray: () => string,
): string {
  const header = [
    'RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits',
    '"RunspaceId","CreationDate","UserIds","Operations","AuditData","ResultIndex","ResultCount","Identity"',
    'CreationDate;UserIds;Operations;AuditData',
  ][(seed >> 1) % 3]!
  const rows = records.map((record, i) => {
    const cells: Readonly<Record<string, string>> = {
      RecordId: String(record.Id),
      RunspaceId: chance.of(['7d1b2c3e-0000-4000-8000-000000000001', '']),
      CreationDate: chance.of([`${String(record.CreationTime)}.0000000Z`, '8/21/2025 1:02:03 AM', '']),
      RecordType: chance.of([String(record.RecordType), '']),
      Operation: String(record.Operation),
      Operations: String(record.Operation),
      UserId: String(record.UserId),
      UserIds: chance.of([String(record.UserId), 'say ""x""']),
      ResultIndex: String(i + 1),
      ResultCount: String(records.length),
      Identity: String(record.Id),
      AssociatedAdminUnits: chance.int(9) === 0 ? 'north, "south"' : '',
    }
    const quote = (value: string): string =>
      header.startsWith('"') || /[",;\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
    const delimiter = header.includes(';') ? ';' : ','
    const names = header.replaceAll('"', '').split(delimiter)
    const row = names.map((name) =>
      name === 'AuditData' ? `"${json[i]!.replaceAll('"', '""')}"` : quote(cells[name]!),
    )
    if (chance.int(50) === 0) row.pop()
    return `${stray()}${chance.int(90) === 0 ? `${header}${end}` : ''}${row.join(delimiter)}${end}`
  })
  return `${header}${end}${rows.join('')}`
}
