import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeText } from '../../src/lib/text.ts'
import type { Event } from '../../src/model/event.ts'
import { choose } from '../../src/parsers/index.ts'
import type { Head } from '../../src/parsers/parser.ts'

// Tables of Defender for Endpoint: advanced hunting and the timeline of a device.
const hunting =
  'Timestamp,DeviceId,DeviceName,ActionType,FileName,FolderPath,SHA1,SHA256,MD5,ProcessId,ProcessCommandLine,AccountDomain,AccountName,RegistryKey,RegistryValueName,RegistryValueData,RemoteIP,RemotePort,LocalIP,LocalPort,RemoteUrl,InitiatingProcessFileName,InitiatingProcessFolderPath,InitiatingProcessId,InitiatingProcessCommandLine,InitiatingProcessAccountDomain,InitiatingProcessAccountName,ReportId,AdditionalFields'
const timeline =
  'Event Time,Machine Id,Computer Name,Action Type,File Name,Folder Path,Sha1,Sha256,MD5,Process Command Line,Account Domain,Account Name,Account Sid,Logon Id,Process Id,Registry Key,Registry Value Name,Registry Value Data,Remote Url,Remote Computer Name,Remote IP,Remote Port,Local IP,Local Port,Initiating Process File Name,Initiating Process Folder Path,Initiating Process Id,Initiating Process Command Line,Initiating Process Account Domain,Initiating Process Account Name,Report Id,Additional Fields'

const quoted = (value: string): string => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
function table(header: string, ...rows: Readonly<Record<string, string>>[]): Buffer {
  const names = header.split(',')
  const lines = rows.map((row) => {
    for (const name of Object.keys(row)) assert.ok(names.includes(name), name)
    return names.map((name) => quoted(row[name] ?? '')).join(',')
  })
  return Buffer.from(`\ufeff${[header, ...lines].join('\r\n')}\r\n`)
}

const headOf = (bytes: Buffer, path = 'export.csv'): Head => ({
  path,
  windowsPath: null,
  size: bytes.length,
  bytes,
  text: decodeText(bytes),
})

async function read(bytes: Buffer): Promise<{ parser: string; events: Event[]; gaps: number }> {
  const head = headOf(bytes)
  const parser = choose(head)
  const events: Event[] = []
  let gaps = 0
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const sink = { event: (event: Event) => void events.push(event), gap: () => void gaps++, fact: () => {} }
  await parser.read({ ...head, modified: null, chunks }, sink)
  return { parser: parser.name, events, gaps }
}

const who = {
  hunting: { Timestamp: '2021-03-03T04:23:22.1234567Z', DeviceName: 'mail01.contoso.example', DeviceId: 'a1' },
  timeline: { 'Event Time': '2021-03-03T04:23:22.123', 'Computer Name': 'mail01.contoso.example', 'Machine Id': 'a1' },
}
const w3wp = 'C:\\Windows\\System32\\inetsrv\\w3wp.exe'
const cmd = 'C:\\Windows\\System32\\cmd.exe'

test('a process of advanced hunting, and the same of the timeline', async () => {
  const one = table(hunting, {
    ...who.hunting,
    ActionType: 'ProcessCreated',
    FileName: 'cmd.exe',
    FolderPath: cmd,
    ProcessCommandLine: 'cmd /c "whoami, all"',
    AccountDomain: 'nt authority',
    AccountName: 'system',
    InitiatingProcessFileName: 'w3wp.exe',
    InitiatingProcessFolderPath: w3wp,
    InitiatingProcessCommandLine: 'w3wp.exe -ap "MSExchangeOWAAppPool"',
    SHA256: 'ab'.repeat(32),
  })
  const other = table(timeline, {
    ...who.timeline,
    'Action Type': 'ProcessCreated',
    'File Name': 'cmd.exe',
    'Folder Path': 'C:\\Windows\\System32',
    'Process Command Line': 'cmd /c "whoami, all"',
    'Account Domain': 'nt authority',
    'Account Name': 'system',
    'Initiating Process File Name': 'w3wp.exe',
    'Initiating Process Folder Path': 'C:\\Windows\\System32\\inetsrv',
    'Initiating Process Command Line': 'w3wp.exe -ap "MSExchangeOWAAppPool"',
    Sha256: 'ab'.repeat(32),
  })
  for (const bytes of [one, other]) {
    const { parser, events, gaps } = await read(bytes)
    const [event] = events
    assert.deepEqual([parser, events.length, gaps], ['defender-endpoint', 1, 0])
    const { Image, CommandLine, ParentImage, ParentCommandLine, User, Hashes, EventID } = event!.fields
    assert.deepEqual(
      [Image, CommandLine, ParentImage, ParentCommandLine, User, Hashes, EventID],
      [
        cmd,
        'cmd /c "whoami, all"',
        w3wp,
        'w3wp.exe -ap "MSExchangeOWAAppPool"',
        'nt authority\\system',
        `SHA256=${'AB'.repeat(32)}`,
        null,
      ],
    )
    assert.deepEqual(event!.sources, [{ category: 'process_creation', product: 'windows' }])
    assert.deepEqual([event!.log, event!.host, event!.snippet], ['windows-edr', 'MAIL01', true])
    assert.equal(new Date(event!.time!).toISOString(), '2021-03-03T04:23:22.123Z')
    assert.notEqual(event!.timeBasis, 'assumed')
  }
})

test('files, registry, network, detections', async () => {
  const page = 'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx'
  const { events } = await read(
    table(
      hunting,
      {
        ...who.hunting,
        ActionType: 'FileCreated',
        FileName: 'x.aspx',
        FolderPath: page,
        InitiatingProcessFolderPath: w3wp,
      },
      { ...who.hunting, ActionType: 'FileDeleted', FileName: 'x.aspx', FolderPath: page },
      {
        ...who.hunting,
        ActionType: 'RegistryValueSet',
        RegistryKey: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\X',
        RegistryValueName: 'Run',
        RegistryValueData: 'y',
      },
      {
        ...who.hunting,
        ActionType: 'ConnectionSuccess',
        RemoteIP: '203.0.113.7',
        RemotePort: '443',
        LocalIP: '192.0.2.1',
      },
      {
        ...who.hunting,
        ActionType: 'AntivirusDetection',
        FileName: 'x.aspx',
        FolderPath: page,
        AdditionalFields: '{"ThreatName":"Backdoor:ASP/Chopper.F!dha","WasRemediated":true}',
      },
      { ...who.hunting, ActionType: 'PowerShellCommand', AdditionalFields: '{"Command":"Get-Mailbox"}' },
      { ...who.hunting, ActionType: 'SomethingNew', FileName: 'y' },
    ),
  )
  const told = events.map(({ sources, fields }) => [
    sources.map((source) => source.category ?? source.service ?? '').join(),
    fields.TargetFilename ??
      fields.TargetObject ??
      fields.DestinationIp ??
      fields['Threat Name'] ??
      fields.ScriptBlockText ??
      fields.FileName,
  ])
  assert.deepEqual(told, [
    ['file_event', page],
    ['file_delete', page],
    ['registry_event,registry_set', 'HKLM\\SOFTWARE\\X\\Run'],
    ['network_connection', '203.0.113.7'],
    ['antivirus', 'Backdoor:ASP/Chopper.F!dha'],
    ['ps_script', 'Get-Mailbox'],
    ['', 'y'],
  ])
  assert.deepEqual([events[4]!.fields.Path, events[4]!.fields.EventID], [`file:_${page}`, 1117])
})

test('the time as the portal shows it, and what is no row', async () => {
  const { events } = await read(
    table(hunting, { ...who.hunting, Timestamp: 'Mar 3, 2021 4:23:22 PM', ActionType: 'FileCreated', FileName: 'x' }),
  )
  assert.deepEqual([events[0]!.time, events[0]!.timeBasis], [Date.parse('2021-03-03T16:23:22Z'), 'assumed'])
  const broken = Buffer.concat([table(hunting), Buffer.from('a,b\r\n')])
  assert.deepEqual(await read(broken), { parser: 'defender-endpoint', events: [], gaps: 1 })
})

test('a table of another product is no log of Exchange because of a few names', () => {
  const names =
    'Timestamp,SessionId,ServerName,Protocol,Method,UserAgent,Tenant,Rule,Verdict,Sensor,Policy,Score,Zone,Owner,Asset,Note'
  const row = `2021-03-03T04:23:22.123Z${',x'.repeat(names.split(',').length - 1)}`
  const bytes = Buffer.from(`${names}\r\n${row}\r\n${row}\r\n`)
  assert.notEqual(choose(headOf(bytes)).name, 'exchange-csv')
})

// The same process as JSON, in each form in which Microsoft hands it out.
const asJson = {
  Timestamp: '2021-03-03T04:23:22.1234567Z',
  DeviceId: 'a1',
  DeviceName: 'mail01.contoso.example',
  ActionType: 'ProcessCreated',
  FileName: 'cmd.exe',
  FolderPath: cmd,
  ProcessId: 4711,
  ProcessCommandLine: 'cmd /c whoami',
  InitiatingProcessFileName: 'w3wp.exe',
  InitiatingProcessFolderPath: w3wp,
  AdditionalFields: null,
  ReportId: 12,
}
const streamed = {
  time: '2021-03-03T04:24:00Z',
  tenantId: 't',
  operationName: 'Publish',
  category: 'AdvancedHunting-DeviceProcessEvents',
  properties: asJson,
}
const columns = Object.keys(asJson).map((name) => ({ Name: name, Type: name === 'Timestamp' ? 'DateTime' : 'String' }))
const unrelated = { ActionType: 'Sale', Timestamp: '2021-03-03T04:23:22Z', FileName: 'x' }
for (const [form, text] of [
  ['an answer of the API', JSON.stringify({ Schema: columns, Results: [asJson, asJson] })],
  ['an answer with indents', JSON.stringify({ Schema: [], Results: [asJson, asJson] }, null, 2)],
  [
    'an answer of the API, with its statistics and the schema at its end',
    JSON.stringify({
      Stats: { ExecutionTime: 0.0156652, dataset_statistics: [{ table_row_count: 2, table_size: 196 }] },
      Results: [asJson, asJson],
      Schema: columns,
    }),
  ],
  [
    'an answer of Microsoft Graph',
    JSON.stringify(
      {
        '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata',
        schema: columns.map(({ Name, Type }) => ({ name: Name, type: Type })),
        results: [asJson, asJson],
      },
      null,
      2,
    ),
  ],
  ['what is streamed', JSON.stringify({ records: [streamed, streamed] })],
  ['what is streamed, one a line', `${JSON.stringify(streamed)}\n${JSON.stringify(streamed)}\n`],
  ['a list of rows', JSON.stringify([asJson, asJson])],
] as const)
  test(`JSON, ${form}: the process reads like that of a table`, async () => {
    const { parser, events, gaps } = await read(Buffer.from(text))
    assert.equal(parser, 'defender-endpoint-json')
    assert.equal(gaps, 0)
    assert.equal(events.length, 2)
    for (const { fields, time, log } of events) {
      assert.equal(fields['Image'], cmd)
      assert.equal(fields['CommandLine'], 'cmd /c whoami')
      assert.equal(fields['ParentImage'], w3wp)
      assert.equal(time, Date.parse('2021-03-03T04:23:22.123Z'))
      assert.equal(log, 'windows-edr')
    }
  })

test('JSON: an object that is neither a row nor part of the description of the columns is a gap', async () => {
  const text = JSON.stringify({ Schema: columns, Results: [asJson, { Other: 1 }, asJson] })
  assert.equal((await read(Buffer.from(text))).gaps, 1)
})

test('JSON with the same words in it is not of Defender for Endpoint', async () => {
  const { parser } = await read(Buffer.from(JSON.stringify({ records: [unrelated] })))
  assert.notEqual(parser, 'defender-endpoint-json')
})

/** A row of CloudAppEvents with the record of the audit log in it. */
const inboxRule = {
  Timestamp: '2026-03-17T09:41:00Z',
  ActionType: 'New-InboxRule',
  Application: 'Microsoft Exchange Online',
  AccountObjectId: 'aead923d-0000-4000-8000-000000000001',
  ActivityType: 'Basic',
  ObjectName: '',
  RawEventData: {
    CreationTime: '2026-03-17T09:41:00Z',
    Id: '0b7a0c1d-1111-4000-8000-0000000000aa',
    Operation: 'New-InboxRule',
    RecordType: 1,
    Workload: 'Exchange',
    ClientIP: '203.0.113.71:4123',
    UserId: 'k.berg@contoso.example',
    Parameters: [{ Name: 'DeleteMessage', Value: 'True' }],
  },
}

test('JSON of united tables: rows of devices and of the tenant, each as its own log; columns with their types behind them', async () => {
  const { RawEventData: record, ...row } = inboxRule
  const device = { ...asJson, AdditionalFields_string: '{"PipeName":"\\\\x"}', AdditionalFields_dynamic: null }
  const union = [device, { ...device, ...row, FileName: '', RawEventData: record }]
  const { parser, events, gaps } = await read(Buffer.from(union.map((one) => JSON.stringify(one)).join('\n')))
  assert.equal(parser, 'defender-endpoint-json')
  assert.equal(gaps, 0)
  assert.deepEqual(
    events.map(({ log, user }) => [log, user]),
    [
      ['windows-edr', events[0]!.user],
      ['m365-exchange', 'k.berg@contoso.example'],
    ],
  )
  assert.match(String(events[0]!.fields.AdditionalFields), /PipeName/)
  assert.ok(events.every(({ snippet }) => snippet))
})

test('a search in the directory and a replication of it read like what Windows logs', async () => {
  const row = { ...who.hunting, ReportId: '1', RemoteIP: '', InitiatingProcessFileName: '' }
  const dn = 'CN=a,CN=ADFS,CN=Microsoft,CN=Program Data,DC=contoso,DC=example'
  const search = { ...row, ActionType: 'LdapSearch', AdditionalFields: JSON.stringify({ DistinguishedName: dn }) }
  const replication = { ...row, ActionType: 'Directory Services replication', IPAddress: '10.0.0.7' }
  const rows = [search, { ...replication, AccountName: 'k.berg' }, replication]
  const { events } = await read(Buffer.from(rows.map((one) => JSON.stringify(one)).join('\n')))
  assert.equal(events[0]!.fields.DistinguishedName, dn)
  assert.deepEqual(
    events.map(({ fields }) => [fields.EventID, fields.SubjectUserName ?? null, fields.IpAddress ?? null]),
    [
      [null, null, null],
      [4662, 'k.berg', '10.0.0.7'],
      // Between domain controllers.
      [null, null, '10.0.0.7'],
    ],
  )
})
