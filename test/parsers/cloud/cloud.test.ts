import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonicalIp } from '../../../src/lib/ip.ts'
import { decodeText } from '../../../src/lib/text.ts'
import { iso, isoTime } from '../../../src/lib/time.ts'
import type { Event, Fact } from '../../../src/model/event.ts'
import type { Gap } from '../../../src/model/evidence.ts'
import { choose } from '../../../src/parsers/index.ts'
import type { Head } from '../../../src/parsers/parser.ts'
import { forms, type Json, RECORD } from './shapes.ts'
import { large } from '../../tenth.ts'

type Reading = { parser: string; events: Event[]; gaps: Omit<Gap, 'path'>[]; facts: Fact[] }

async function read(path: string, bytes: Buffer, step = 65_536): Promise<Reading> {
  const first = bytes.subarray(0, 65_536)
  const head: Head = { path, windowsPath: null, size: bytes.length, bytes: first, text: decodeText(first) }
  const parser = choose(head)
  const reading: Reading = { parser: parser.name, events: [], gaps: [], facts: [] }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < bytes.length; i += step) yield bytes.subarray(i, i + step)
  }
  const parsed = await parser.read(
    { ...head, modified: null, chunks },
    {
      event: (event) => reading.events.push(event),
      gap: (gap) => reading.gaps.push(gap),
      fact: (fact) => reading.facts.push(fact),
    },
  )
  const inGaps = reading.gaps.reduce((sum, gap) => sum + gap.length, 0)
  assert.equal(parsed + inGaps, bytes.length, `${path}: bytes parsed and bytes in gaps are the size`)
  return reading
}

const ofText = (text: string, step?: number): Promise<Reading> => read('audit', Buffer.from(text), step)
const one = async (record: Json): Promise<Event> => (await ofText(`${JSON.stringify(record)}\n`)).events[0]!
const notesOf = ({ facts }: Reading): string[] => facts.flatMap((fact) => (fact.fact === 'note' ? [fact.note] : []))

for (const [name, write] of Object.entries(forms)) {
  test(`${name}: the same event, whoever wrote it`, async () => {
    const text = write(RECORD)
    for (const step of [65_536, 7]) {
      const { events, gaps } = await ofText(text, step)
      assert.deepEqual(gaps, [])
      assert.equal(events.length, 1)
      const event = events[0]!
      assert.equal(event.log, 'm365-exchange')
      assert.equal(iso(event.time), '2025-08-21T03:14:15.000Z')
      assert.equal(event.client, '2001:db8::77')
      assert.equal(event.user, 'k.berg@contoso.example')
      assert.equal(event.session, '0a0b0c0d-0000-4000-8000-00000000cafe')
      assert.equal(event.fields.Operation, 'New-InboxRule')
      assert.equal(event.fields.MailboxId, 'k.berg@contoso.example')
      assert.equal(event.fields.Parameters, '-Name "." -ForwardTo "drop@mail.example" -DeleteMessage "True"')
      assert.deepEqual(event.fields.ForwardsTo, ['drop@mail.example'])
      assert.equal(event.fields.ForwardsWhere, 'outside')
      assert.equal(event.fields.Succeeded, true)
    }
  })

  test(`${name}: cut off anywhere, it ends in a gap and not in an exception`, async () => {
    const bytes = Buffer.from(write(RECORD))
    for (let end = 1; end < bytes.length; end += 41) await read('audit', bytes.subarray(0, end))
  })
}

test('addresses with and without port, and in brackets', async () => {
  for (const [written, client] of [
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:51234', '192.0.2.7'],
    ['[192.0.2.7]:51234', '192.0.2.7'],
    ['2001:db8::77', '2001:db8::77'],
    ['[2001:DB8::77]:443', '2001:db8::77'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['localhost', null],
    ['', null],
  ] as const)
    assert.equal((await one({ ...RECORD, ClientIP: written })).client, client, written)
})

test('MailItemsAccessed: which messages, how much, and that the rest was not recorded', async () => {
  const item = (n: number): Json => ({ InternetMessageId: `<${n}@contoso.example>`, SizeInBytes: 1000 })
  const access: Json = {
    CreationTime: '2025-08-21T03:20:00',
    Id: '5f0c2d1e-0000-4000-8000-00000000a002',
    Operation: 'MailItemsAccessed',
    RecordType: 50,
    Workload: 'Exchange',
    UserId: 'k.berg@contoso.example',
    MailboxOwnerUPN: 'm.lind@contoso.example',
    ClientIPAddress: '203.0.113.9',
    OperationProperties: [
      { Name: 'MailAccessType', Value: 'Bind' },
      { Name: 'IsThrottled', Value: 'True' },
    ],
    Folders: [
      { Path: '\\Inbox', FolderItems: [item(1), item(2)] },
      { Path: '\\Sent', FolderItems: [item(3)] },
    ],
    OperationCount: 3,
  }
  const reading = await ofText(JSON.stringify([access]))
  const { fields, client, target } = reading.events[0]!
  assert.equal(client, '203.0.113.9')
  assert.equal(target, 'm.lind@contoso.example')
  assert.equal(fields.MailAccessType, 'Bind')
  assert.equal(fields.ItemCount, 3)
  assert.equal(fields.ItemBytes, 3000)
  assert.deepEqual(fields.MessageIds, ['<1@contoso.example>', '<2@contoso.example>', '<3@contoso.example>'])
  assert.deepEqual(fields.FolderPaths, ['\\Inbox', '\\Sent'])
  assert.ok(notesOf(reading).some((note) => /m\.lind@contoso\.example .*stopped recording/.test(note)))
})

test('UpdateInboxRules: where a rule of Outlook sends mail', async () => {
  const actions = JSON.stringify([
    { ActionType: 'Copy', Recipients: ['not-this@mail.example'] },
    { ActionType: 'Forward', Recipients: ['drop@mail.example', 'chief@contoso.example'] },
  ])
  const { fields } = await one({
    ...RECORD,
    Operation: 'UpdateInboxRules',
    RecordType: 2,
    Parameters: undefined,
    MailboxOwnerUPN: 'k.berg@contoso.example',
    OperationProperties: [
      { Name: 'RuleOperation', Value: 'AddMailboxRule' },
      { Name: 'RuleActions', Value: actions },
    ],
  })
  assert.deepEqual(fields.ForwardsTo, ['drop@mail.example', 'chief@contoso.example'])
  assert.equal(fields.ForwardsWhere, 'outside')
  assert.equal(fields.RuleOperation, 'AddMailboxRule')
})

test('a forwarding to the own house is inside, one to a name is unknown, one that is taken back is none', async () => {
  const of = async (value: string): Promise<unknown> =>
    (
      await one({
        ...RECORD,
        Operation: 'Set-Mailbox',
        Parameters: [
          { Name: 'Identity', Value: 'm.lind@contoso.example' },
          { Name: 'ForwardingSmtpAddress', Value: value },
        ],
      })
    ).fields.ForwardsWhere
  assert.equal(await of('smtp:chief@contoso.example'), 'inside')
  assert.equal(await of('smtp:chief@notcontoso.example'), 'outside')
  assert.equal(await of('Chief of all'), 'unknown')
  assert.equal(await of(''), undefined)
})

test('words of a parameter that a list of JSON holds are those that Exchange separates with semicolons', async () => {
  const { fields } = await one({
    ...RECORD,
    Operation: 'New-InboxRule',
    Parameters: { SubjectContainsWords: ['invoice', 'payment'], MoveToFolder: 'RSS Feeds' },
  })
  assert.equal(fields.Parameters, '-SubjectContainsWords "invoice;payment" -MoveToFolder "RSS Feeds"')
  assert.equal(fields['Parameters.SubjectContainsWords'], 'invoice;payment')
})

test('a record that stands there twice is one event; two with one id and other content are two', async () => {
  const twice = `${JSON.stringify(RECORD)}\n`.repeat(2)
  const reading = await ofText(twice + JSON.stringify({ ...RECORD, ResultStatus: 'False' }))
  assert.equal(reading.events.length, 2)
  assert.ok(notesOf(reading).some((note) => note.includes('1 record stand')))
})

test('what a search had and the file has not is told', async () => {
  const page = (index: number, count: number): Json => ({
    CreationDate: '2025-08-21T03:14:15Z',
    AuditData: JSON.stringify({ ...RECORD, Id: `5f0c2d1e-0000-4000-8000-${String(index).padStart(12, '0')}` }),
    ResultIndex: index,
    ResultCount: count,
  })
  const told = async (rows: Json[]): Promise<string[]> =>
    (await ofText(JSON.stringify(rows))).gaps.map((gap) => `${gap.reason} ${gap.length}: ${gap.detail}`)
  const upTo = (n: number, count: number): Json[] => Array.from({ length: n }, (_, i) => page(i + 1, count))
  assert.deepEqual(await told(upTo(5, 5)), [])
  assert.deepEqual(await told(upTo(5, 5).reverse()), [])
  assert.deepEqual(await told(upTo(5, 12)), ['truncated 0: a search found 12 records, of which 5 were fetched'])
  // The total is counted anew at each call.
  assert.deepEqual(await told([...upTo(5, 9), ...[6, 7, 8, 9, 10].map((n) => page(n, 10))]), [])
  assert.deepEqual(await told([page(1, 4), page(2, 4), page(4, 4)]), [
    'truncated 0: of a search that found 4 records 1 is missing in the file',
  ])
})

void large('a table of just as many rows as a search gives at most', async () => {
  const rows = Array.from(
    { length: 50_000 },
    (_, i) =>
      `2025-08-21T03:14:15Z,a@contoso.example,Send,"{""CreationTime"":""2025-08-21T03:14:15"",""Id"":""${i}"",""RecordType"":2,""Operation"":""Send"",""Workload"":""Exchange"",""ClientIP"":""192.0.2.7"",""MailboxOwnerUPN"":""a@contoso.example""}"`,
  )
  const of = async (n: number): Promise<string[]> =>
    (await ofText(['CreationDate,UserIds,Operations,AuditData', ...rows.slice(0, n)].join('\n'))).gaps.map(
      (g) => g.detail,
    )
  assert.deepEqual(await of(49_999), [])
  assert.match((await of(50_000))[0]!, /reached its limit of 50000/)
})

test('rows of a table that are broken are told, and those that a spreadsheet cut keep what is left', async () => {
  const rows = [
    'CreationDate,UserIds,Operations,AuditData,RecordType',
    `2025-08-21T03:14:15Z,a@contoso.example,HardDelete,"{""CreationTime"":""2025-08-21T03:1",ExchangeItem`,
    ',,,,',
    `2025-08-21T03:14:15Z,a,b,c,d,e,f`,
  ]
  const { events, gaps } = await ofText(`${rows.join('\n')}\n`)
  assert.deepEqual(
    events.map((event) => [event.fields.Operation, event.user, event.snippet]),
    [['HardDelete', 'a@contoso.example', true]],
  )
  assert.deepEqual(
    gaps.map(({ reason, detail }) => [reason, detail.slice(0, 40)]),
    [
      ['corrupt', 'a row without the time or the kind of a '],
      ['corrupt', '7 values for 5 columns'],
      ['truncated', 'of 1 record AuditData is no complete JSO'],
    ],
  )
})

test('names from the evidence reach nothing that objects inherit', async () => {
  const event = (await ofText(`${JSON.stringify(RECORD).slice(0, -1)},"__proto__":{"x":1},"constructor":"y"}\n`))
    .events[0]!
  assert.equal(({} as Json).x, undefined)
  assert.equal(event.fields.constructor, 'y')
})

// ---------------------------------------------------------------- Entra

const SIGN_IN: Json = {
  id: '5f0c2d1e-0000-4000-8000-00000000b001',
  createdDateTime: '2025-08-21T03:10:00Z',
  userPrincipalName: 'k.berg@contoso.example',
  appId: '9f0c2d1e-0000-4000-8000-00000000b00b',
  appDisplayName: 'Office 365 Exchange Online',
  resourceDisplayName: 'Office 365 Exchange Online',
  ipAddress: '203.0.113.9',
  conditionalAccessStatus: 'notApplied',
  authenticationRequirement: 'singleFactorAuthentication',
  tokenIssuerType: 'ADFederationServices',
  status: { errorCode: 0, failureReason: 'Other.' },
  deviceDetail: { isCompliant: false },
}
const portalSignIn = [
  'Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,Application,Application ID,Resource,IP address,Status,Sign-in error code,Authentication requirement,Token issuer type',
  '2025-08-21T03:10:00Z,5f0c2d1e-0000-4000-8000-00000000b001,Mozilla/5.0,c,u,K Berg,k.berg@contoso.example,Office 365 Exchange Online,9f0c,Office 365 Exchange Online,203.0.113.9,Success,0,Single-factor authentication,ADFederationServices',
].join('\n')
const sentinelSignIn = {
  TimeGenerated: '2025-08-21T03:10:00Z',
  OperationName: 'Sign-in activity',
  Category: 'SignInLogs',
  ResultType: '0',
  AppDisplayName: 'Office 365 Exchange Online',
  ResourceDisplayName: 'Office 365 Exchange Online',
  IPAddress: '203.0.113.9',
  UserPrincipalName: 'k.berg@contoso.example',
  AuthenticationRequirement: 'singleFactorAuthentication',
  TokenIssuerType: 'ADFederationServices',
  Status: '{"errorCode":0}',
}
const monitorSignIn = {
  time: '2025-08-21T03:10:00Z',
  resourceId: '/tenants/x/providers/Microsoft.aadiam',
  operationName: 'Sign-in activity',
  category: 'SignInLogs',
  resultType: '0',
  callerIpAddress: '203.0.113.9',
  properties: SIGN_IN,
}

for (const [name, text] of Object.entries({
  Graph: JSON.stringify({ value: [SIGN_IN] }),
  portal: portalSignIn,
  Sentinel: JSON.stringify([sentinelSignIn]),
  'Azure Monitor': `${JSON.stringify(monitorSignIn)}\n`,
}))
  test(`a sign-in of Entra, from ${name}`, async () => {
    const { events, gaps } = await ofText(text)
    assert.deepEqual(gaps, [])
    const [event] = events
    assert.equal(event?.log, 'entra-signin')
    assert.equal(iso(event!.time), '2025-08-21T03:10:00.000Z')
    assert.equal(event!.client, '203.0.113.9')
    assert.equal(event!.user, 'k.berg@contoso.example')
    const lower = Object.fromEntries(
      Object.entries(event!.fields).map(([field, value]) => [field.toLowerCase(), value]),
    )
    assert.equal(String(lower.resulttype), '0')
    assert.equal(lower.authenticationrequirement, 'singleFactorAuthentication')
    assert.equal(lower.tokenissuertype, 'ADFederationServices')
    assert.equal(lower.succeeded, true)
  })

test('a table of Log Analytics with times as the portal writes them in American English, and in a form that is not certain', async () => {
  const names = 'TimeGenerated [UTC],ResultType,UserPrincipalName,AppDisplayName,ResourceDisplayName,IPAddress'
  const row = (time: string): string =>
    `"${time}",0,k.berg@contoso.example,Office,Office 365 Exchange Online,203.0.113.9`
  const rows = [
    '2/3/2025, 3:31:40.001 PM',
    '2/18/2025, 3:31:40.001 PM',
    '18/02/2025, 3:31:40.001 pm',
    '2/3/2025, 3:31:40 pm',
  ]
  const { events } = await ofText([names, ...rows.map(row)].join('\n'))
  assert.deepEqual(
    events.map(({ time, timeBasis }) => [iso(time), timeBasis]),
    [
      ['2025-02-03T15:31:40.000Z', 'stated'],
      ['2025-02-18T15:31:40.000Z', 'stated'],
      ['2025-02-18T15:31:40.000Z', 'stated'],
      [null, 'assumed'],
    ],
  )
})

const AUDIT: Json = {
  id: 'Directory_1',
  category: 'ApplicationManagement',
  result: 'success',
  activityDisplayName: 'Add service principal credentials',
  activityDateTime: '2025-08-21T03:11:00Z',
  loggedByService: 'Core Directory',
  initiatedBy: { user: { userPrincipalName: 'admin@contoso.example', ipAddress: '203.0.113.9' } },
  targetResources: [
    {
      id: '1',
      displayName: 'Office 365 Exchange Online',
      modifiedProperties: [{ displayName: 'KeyDescription', oldValue: '[]', newValue: '["[KeyType=Password]"]' }],
    },
  ],
}
const portalAudit = [
  'Date (UTC),CorrelationId,Service,Category,Activity,Result,ResultReason,ActorType,ActorDisplayName,ActorUserPrincipalName,IPAddress,Target1DisplayName,Target1ModifiedProperty1Name,Target1ModifiedProperty1OldValue,Target1ModifiedProperty1NewValue',
  '2025-08-21T03:11:00Z,c,Core Directory,ApplicationManagement,Add service principal credentials,success,,User,,admin@contoso.example,203.0.113.9,Office 365 Exchange Online,KeyDescription,[],"[""[KeyType=Password]""]"',
].join('\n')

for (const [name, text] of Object.entries({
  Graph: JSON.stringify([AUDIT]),
  portal: portalAudit,
  'the unified audit log': `${JSON.stringify({
    CreationTime: '2025-08-21T03:11:00',
    Id: '5f0c2d1e-0000-4000-8000-00000000c001',
    Operation: 'Add service principal credentials.',
    RecordType: 8,
    ResultStatus: 'Success',
    Workload: 'AzureActiveDirectory',
    UserId: 'admin@contoso.example',
    ActorIpAddress: '203.0.113.9',
    ModifiedProperties: [{ Name: 'KeyDescription', OldValue: '[]', NewValue: '["[KeyType=Password]"]' }],
  })}\n`,
}))
  test(`a change in Entra, from ${name}`, async () => {
    const { events, gaps } = await ofText(text)
    assert.deepEqual(gaps, [])
    const [event] = events
    assert.ok(event!.sources.some(({ product, service }) => product === 'azure' && service === 'auditlogs'))
    assert.equal(event!.fields['properties.message'], 'Add service principal credentials')
    assert.deepEqual(event!.fields.ModifiedProperties, ['KeyDescription: ["[KeyType=Password]"]'])
    assert.equal(event!.client, '203.0.113.9')
    assert.equal(event!.user, 'admin@contoso.example')
    assert.equal(event!.fields.Succeeded, true)
  })

// ---------------------------------------------------------------- evidence of others

const DATA = process.env.POSTERN_DATA
const skip = DATA ? false : 'POSTERN_DATA is not set'
const files = (pattern: string): string[] => globSync(join(DATA ?? '.', 'm365', pattern)).sort()

test('filebeat: every row, with the time, address and user that another product reads', { skip }, async (t) => {
  let rows = 0
  for (const expectation of files('filebeat/audit/test/*-expected.json')) {
    const path = expectation.replace('-expected.json', '')
    const expected = JSON.parse(readFileSync(expectation, 'utf8')) as Json[]
    const { parser, events, gaps, facts } = await read(path, readFileSync(path))
    const again = await read(expectation, readFileSync(expectation))
    assert.equal(parser, 'cloud-json')
    // Of the records that were made to try forms of addresses most members are left out.
    const isMade = path.endsWith('ip-formats.log')
    const unlike = [...gaps, ...again.gaps].filter(
      ({ length, detail }) => !isMade || length > 0 || !/^\d+ records? without/.test(detail),
    )
    assert.deepEqual(unlike, [], path)
    const twice = facts.flatMap((fact) =>
      fact.fact === 'note' ? [Number(/(\d+) records? stand/.exec(fact.note)?.[1])] : [],
    )
    assert.equal(events.length + (twice[0] ?? 0), expected.length, path)
    // Elastic's own form of the same rows reads as the same rows.
    assert.equal(again.events.length, expected.length, expectation)
    again.events.forEach((event, i) => {
      const want = expected[i]!
      assert.equal(event.time, isoTime(want['@timestamp'] as string), path)
      const written = want['client.ip'] ?? want['source.ip']
      if (typeof written === 'string') assert.equal(event.client, canonicalIp(written), path)
      if (typeof want['o365.audit.UserId'] === 'string') assert.equal(event.user, want['o365.audit.UserId'], path)
    })
    const key = (event: Event): string =>
      JSON.stringify([event.time, event.client, event.user, event.fields.Operation, event.fields.Id])
    const known = new Set(again.events.map(key))
    for (const event of events) assert.ok(known.has(key(event)), `${path}:${event.at.line}`)
    rows += events.length
  }
  t.diagnostic(`${rows} rows`)
  assert.ok(rows >= 350)
})

test('sekoia: each operation is read, and as what the product says it is', { skip }, async () => {
  const paths = files('sekoia/o365/tests/*.json')
  for (const path of paths) {
    const { events, gaps } = await read(path, readFileSync(path))
    const { input } = JSON.parse(readFileSync(path, 'utf8')) as { input: { message: string } }
    const record = JSON.parse(input.message) as Json
    assert.deepEqual(gaps, [], path)
    assert.deepEqual(
      events.map((event) => [event.fields.Operation, event.fields.UserId, event.time]),
      [[record.Operation, record.UserId, isoTime(record.CreationTime as string)]],
      path,
    )
  }
  assert.ok(paths.length >= 60)
})

test('Wazuh: every record of its tests; what stands between them is told', { skip }, async () => {
  const [path = ''] = files('wazuh/office365.ini')
  const bytes = readFileSync(path)
  const { events } = await read(path, bytes)
  // One of its tests is commented out, and one holds no record.
  const records = bytes.toString().match(/^log \d+ pass = .*"CreationTime"/gm) ?? []
  assert.equal(events.length, records.length)
  assert.ok(records.length > 100)
})

test('parameters of a rule without the record around them are a rule of an unnamed mailbox', async () => {
  const text =
    '"Parameters": [\n  {"Name": "SubjectContainsWords", "Value": "security;suspicious"},\n  {"Name": "DeleteMessage", "Value": "True"}\n]\n'
  const { parser, events } = await read('excerpt.txt', Buffer.from(text))
  assert.equal(parser, 'cloud-json')
  assert.deepEqual(
    events.map(({ log, time, user, fields }) => [
      log,
      time,
      user,
      fields.Operation,
      fields['Parameters.DeleteMessage'],
    ]),
    [['m365-exchange', null, null, 'New-InboxRule', 'True']],
  )
})
