import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadKnowledge } from '../../../src/knowledge/load-packs.ts'
import { askAll } from '../../../src/rules/match.ts'
import { sigma } from '../../../src/rules/sigma/index.ts'
import type { ScanSettings } from '../../../src/scan/scan.ts'
import { ValueCaches } from '../../../src/prefilter/row-rules.ts'
import { Chance } from '../../kernel/logs.ts'
import { scansOf } from '../../kernel/both-ways.ts'
import type { Json } from './shapes.ts'
import { seedsOf } from '../../tenth.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-cloud-'))
after(() => rmSync(folder, { recursive: true }))
const packs = join(import.meta.dirname, '..', '..', '..', 'packs')
const shipped = (await loadKnowledge({ packs: [packs], rules: [], iocs: [] })).rules.events

/** Rules that ask for what single fields tell, for what several make, for nothing, and for any text. */
const more = [
  `product: m365, service: audit }\ndetection:\n  a: { UserAgent|contains: curl }\n  condition: a`,
  `product: m365, service: audit }\ndetection:\n  a: { status: failed, eventSource: SharePoint }\n  condition: a`,
  `product: m365, service: exchange }\ndetection:\n  a: { MailAccessType: Sync }\n  b: { ItemCount|gt: 2 }\n  condition: a or b`,
  `product: m365, service: exchange }\ndetection:\n  a: { c-ip|cidr: 203.0.113.0/28 }\n  condition: a`,
  `product: m365, service: exchange }\ndetection:\n  a: { AppAccessContext.ClientAppName|contains: 'x' }\n  b: { Subject: null }\n  condition: a and b`,
  `product: m365, service: audit }\ndetection:\n  a: { UserId|endswith: '9@contoso.example', Target|contains: 'a' }\n  condition: a`,
].map((text) => `logsource: { ${text}`)

const settingsOf = async (texts: readonly string[]): Promise<readonly ScanSettings[]> => {
  const files = texts.map((text, i) => ({
    path: `${i}.yml`,
    text: `title: Rule ${i}\nid: rule-${i}\n${text}\nlevel: medium\n`,
    pack: 'test',
    campaign: 'unknown',
    settings: {},
  }))
  const loaded = await sigma.load(files)
  assert.deepEqual(loaded.broken, [])
  const events = [...shipped, ...loaded.events]
  const whole = { rules: { events, scanners: [], broken: [] }, ask: askAll(events), zone: null }
  return [whole, { ...whole, lexicons: new ValueCaches(events) }]
}

const few = { client: 3, rule: 10, joinable: 8 }

for (const seed of seedsOf(1, 12))
  test(`records that become no event are accounted for as if they did, seed ${seed}`, async () => {
    const settings = await settingsOf(seed % 3 === 0 ? [] : more.slice(0, seed % 3 === 1 ? more.length : 3))
    const chance = new Chance(seed)
    const records = Array.from({ length: 300 }, (_, i) => recordOf(chance, i))
    const [path, text] = seed % 2 === 0 ? ['audit.jsonl', jsonLines(records)] : ['audit.csv', table(records)]
    const kept = seed % 4 < 2 ? settings : settings.map((each) => ({ ...each, keep: few }))
    const counted = { events: 0 }
    const [whole, skimmed] = kept as [ScanSettings, ScanSettings]
    const ask: ScanSettings['ask'] = (event) => (counted.events++, skimmed.ask(event))
    const [expected, scan] = await scansOf(folder, path, Buffer.from(text), [whole, { ...skimmed, ask }])
    assert.deepEqual(scan, expected)
    assert.ok(expected!.hits.length > 0 && expected!.artifact.events > 250)
    assert.ok(counted.events < expected!.artifact.events, `${counted.events} became events`)
  })

test('a rule that asks for any text is asked of every record', async () => {
  const settings = await settingsOf([
    `logsource: { product: m365 }\ndetection:\n  keywords: [zebra]\n  condition: keywords`,
  ])
  const records = Array.from({ length: 50 }, (_, i) => recordOf(new Chance(i + 100), i))
  const text = jsonLines([...records, { ...recordOf(new Chance(5), 60), Site: 'of a Zebra' }])
  const [expected, scan] = await scansOf(folder, 'audit.jsonl', Buffer.from(text), settings)
  assert.deepEqual(scan, expected)
  assert.equal(scan!.hits.filter(({ rule }) => rule === 'rule-0').length, 1)
})

/** What no product writes, and whoever writes a record by hand may. */
const odd: readonly unknown[] = [
  null,
  7,
  true,
  '',
  '[null]',
  [],
  [null],
  [7, 'x', [], {}],
  [{ Name: null, Value: null }],
  [{ Name: '__proto__', Value: { a: [null] } }, null],
  {},
  { FolderItems: [null, 7], constructor: null },
  JSON.parse('{"__proto__":{"Name":"x"},"toString":null}'),
]

test('members of a form that no product writes harm nothing', async () => {
  const settings = await settingsOf(more)
  const records: Json[] = []
  for (let seed = 0; records.length < 2_500; seed++) {
    const record = recordOf(new Chance(seed), seed)
    for (const name of [...Object.keys(record), 'Parameters', 'AuditData', '__proto__'])
      for (const value of odd) {
        const { CreationTime, Id, ...rest } = record
        const made = { CreationTime, Id: `${String(Id)}-${records.length}`, ...rest }
        Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true })
        records.push(made)
      }
  }
  const [expected, scan] = await scansOf(folder, 'audit.jsonl', Buffer.from(jsonLines(records)), settings)
  assert.deepEqual(scan, expected)
  assert.ok(expected!.artifact.events > 2_000, `${expected!.artifact.events}`)
})

test('no record is hidden by one whose names or values look like several', async () => {
  const settings = await settingsOf([
    `logsource: { product: m365, service: audit }\ndetection:\n  a: { AppId: evil }\n  b: { Subject: null }\n  condition: a and b`,
    `logsource: { product: m365, service: audit }\ndetection:\n  a: { Agent|startswith: x, Tool: evil }\n  condition: a`,
  ])
  const record = (i: number, more: Json): Json => ({
    CreationTime: '2025-08-21T00:00:00',
    Id: `5f0c2d1e-0000-4000-8000-00000000000${i}`,
    RecordType: 6,
    Operation: 'FileAccessed',
    Workload: 'SharePoint',
    UserId: 'person1@contoso.example',
    ...more,
  })
  for (const marks of ['\u0000', '\u0001', '\u0002', '\u0000"', ' ']) {
    const names = Object.keys(record(1, { AppId: 1 })).join(marks)
    const records = [
      record(1, { [`ClientInfoString${marks}AppId`]: 'x' }),
      record(2, { [`Workload=SharePoint${marks}AppId`]: 'x' }),
      { [names]: 'x' },
      record(3, { Agent: 'x', Tool: `y${marks}evil` }),
      record(4, { Agent: `x${marks}y`, Tool: 'evil' }),
      record(5, { ClientInfoString: 'x', AppId: 'evil' }),
      record(6, { AppId: 'evil' }),
    ]
    const [expected, scan] = await scansOf(folder, 'audit.jsonl', Buffer.from(jsonLines(records)), settings)
    assert.deepEqual(scan, expected)
    const lines = scan!.hits.filter(({ rule }) => rule.startsWith('rule-')).map(({ event }) => event.at.line ?? 0)
    assert.deepEqual(
      lines.sort((a, b) => a - b),
      [5, 6, 7],
      JSON.stringify(marks),
    )
  }
})

function jsonLines(records: readonly Json[]): string {
  return records.map((record, i) => `${i % 41 === 40 ? '{"broken": \n' : ''}${JSON.stringify(record)}\n`).join('')
}

function table(records: readonly Json[]): string {
  const rows = records.map((record, i) =>
    i % 41 === 40
      ? `${String(record.Id)},broken`
      : `${String(record.Id)},${String(record.CreationTime)}Z,${String(record.RecordType)},${String(record.Operation)},${String(record.UserId)},"${JSON.stringify(record).replaceAll('"', '""')}"`,
  )
  return `RecordId,CreationDate,RecordType,Operation,UserId,AuditData\r\n${rows.join('\r\n')}\r\n`
}

function recordOf(chance: Chance, i: number): Json {
  const user = `person${chance.int(12)}@contoso.example`
  const base: Json = {
    CreationTime: new Date(Date.UTC(2025, 7, 21) + i * 60_000).toISOString().slice(0, 19),
    // One in thirty stands there twice.
    Id: `5f0c2d1e-0000-4000-8000-${String(chance.int(30) === 0 ? 1 : i).padStart(12, '0')}`,
    RecordType: 50,
    ResultStatus: chance.of(['Succeeded', 'Failed', 'True', '']),
    Workload: 'Exchange',
    UserId: user,
    ClientIPAddress: `203.0.113.${chance.int(40)}`,
    SessionId: `session-${chance.int(5)}-0000`,
  }
  const of = (Operation: string, more: Json): Json => ({ ...base, Operation, ...more })
  switch (chance.int(9)) {
    case 0:
    case 1:
    case 2:
      return of('MailItemsAccessed', {
        MailboxOwnerUPN: user,
        ClientInfoString: chance.of(['Client=OWA', 'Client=REST;python-requests/2', 'Client=WebServices;x']),
        AppId: chance.of(['00000002-0000-0ff1-ce00-000000000000', '1b730954-0000-4000-8000-000000000001']),
        OperationProperties: [
          { Name: 'MailAccessType', Value: chance.of(['Bind', 'Sync']) },
          { Name: 'IsThrottled', Value: chance.of(['False', 'False', 'True']) },
        ],
        Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: `<${i}@x>`, SizeInBytes: 10 + i }] }],
        AppAccessContext: { AADSessionId: 'a', [chance.of(['ClientAppName', 'clientappname'])]: chance.of(['x', 'y']) },
      })
    case 3:
      return of('Send', {
        MailboxOwnerUPN: user,
        Item: { Subject: 'Café', SizeInBytes: 5 },
        ClientInfoString: 'Client=OWA',
      })
    case 4:
      return of('FileAccessed', {
        Workload: 'SharePoint',
        RecordType: 6,
        EventSource: chance.of(['SharePoint', 'ObjectModel']),
        UserAgent: chance.of(['curl/8', 'Word']),
      })
    case 5:
      return of(chance.of(['UserLoggedIn', 'Consent to application.', 'Add service principal.']), {
        Workload: 'AzureActiveDirectory',
        RecordType: 15,
        ExtendedProperties: [
          { Name: 'UserAgent', Value: chance.of(['curl/8', 'Edge']) },
          { Name: chance.of(['RequestType', 'useragent']), Value: 'OAuth2:Token' },
        ],
        Target: [{ ID: 'abc', Type: 1 }],
        ModifiedProperties: [{ Name: 'ConsentAction.Permissions', NewValue: 'Scope: Mail.Read' }],
      })
    case 6:
      return of('New-InboxRule', {
        RecordType: 1,
        Parameters: [
          { Name: 'Name', Value: chance.of(['..', 'News']) },
          { Name: chance.of(['ForwardTo', 'From']), Value: 'drop@mail.example' },
          { Name: 'DeleteMessage', Value: 'True' },
        ],
      })
    case 7:
      return of(chance.of(['AlertTriggered', 'SoftDelete']), {
        Name: 'Unusual',
        Status: chance.of(['Active', 'failed']),
      })
    default:
      return of('HardDelete', { EventID: 7, AffectedItems: [{ Subject: 'x', SizeInBytes: '12' }] })
  }
}
