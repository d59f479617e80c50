import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeText } from '../../../src/lib/text.ts'
import { iso } from '../../../src/lib/time.ts'
import type { Event } from '../../../src/model/event.ts'
import type { Gap } from '../../../src/model/evidence.ts'
import type { CloudTally } from '../../../src/model/scan.ts'
import { graphMail } from '../../../src/parsers/microsoft-365/graph-mail.ts'
import { choose } from '../../../src/parsers/index.ts'

type Json = Record<string, unknown>
type Read = { parser: string; events: Event[]; gaps: Omit<Gap, 'path'>[]; tally: CloudTally | null }

async function read(text: string, path = 'graph.json'): Promise<Read> {
  const bytes = Buffer.from(text)
  const head = { path, windowsPath: null, size: bytes.length, bytes, text: decodeText(bytes) }
  const parser = choose(head)
  const found: Read = { parser: parser.name, events: [], gaps: [], tally: null }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const parsed = await parser.read(
    { ...head, modified: null, chunks },
    {
      event: (event) => found.events.push(event),
      gap: (gap) => found.gaps.push(gap),
      fact: () => {},
      cloud: (tally) => (found.tally = tally),
    },
  )
  assert.equal(parsed + found.gaps.reduce((sum, { length }) => sum + length, 0), bytes.length)
  return found
}

const USER = 'b1e0c2d1-0000-4000-8000-000000000001'
const APP = '5a95e683-0000-4000-8000-00000000a005'
const URI = `https://graph.microsoft.com/v1.0/users/K.Berg@contoso.example/messages/AAMkAD0=?$select=subject,body`

/** `properties` as Azure Monitor writes them. */
const PROPERTIES: Json = {
  timeGenerated: '2026-03-17T02:00:45.0159703Z',
  requestId: '8a566ebb-0000-4000-8000-000000000001',
  operationId: '8a566ebb-0000-4000-8000-000000000001',
  apiVersion: 'v1.0',
  requestMethod: 'GET',
  responseStatusCode: 200,
  durationMs: 81,
  responseSizeBytes: 4_300,
  signInActivityId: 'AbCdEfGhIjKlMnOpQrSt',
  roles: 'Mail.Read',
  appId: APP.toUpperCase(),
  scopes: '',
  clientAuthMethod: '2',
  ipAddress: '203.0.113.71',
  userAgent: 'python-requests/2.32.3',
  requestUri: URI,
  servicePrincipalId: '0d2f5969-0000-4000-8000-00000000a002',
  userId: null,
}
const MONITOR: Json = {
  time: '2026-03-17T02:00:45.0159703Z',
  resourceId: '/TENANTS/7D1B2C3E-0000-4000-8000-00000000BEEF/PROVIDERS/MICROSOFT.AADIAM',
  operationName: 'Microsoft Graph Activity',
  operationVersion: 'v1.0',
  category: 'MicrosoftGraphActivityLogs',
  resultSignature: '200',
  durationMs: '81',
  callerIpAddress: '203.0.113.71',
  correlationId: '8a566ebb-0000-4000-8000-000000000001',
  level: 'Informational',
  properties: PROPERTIES,
  tenantId: '7d1b2c3e-0000-4000-8000-00000000beef',
}
const SENTINEL: Json = {
  TenantId: '7d1b2c3e-0000-4000-8000-00000000beef',
  TimeGenerated: '2026-03-17T02:00:45.0159703Z',
  RequestId: PROPERTIES.requestId,
  OperationId: PROPERTIES.operationId,
  ApiVersion: 'v1.0',
  RequestMethod: 'GET',
  ResponseStatusCode: 200,
  ResponseSizeBytes: 4_300,
  SignInActivityId: PROPERTIES.signInActivityId,
  Roles: 'Mail.Read',
  AppId: APP,
  ClientAuthMethod: 2,
  IPAddress: '203.0.113.71',
  UserAgent: 'python-requests/2.32.3',
  RequestUri: URI,
  ServicePrincipalId: '0d2f5969-0000-4000-8000-00000000a002',
  UserId: '',
  Type: 'MicrosoftGraphActivityLogs',
}
const HUNTED: Json = {
  Timestamp: '2026-03-17T02:00:45.015Z',
  RequestId: PROPERTIES.requestId,
  ApplicationId: APP,
  AccountObjectId: '0d2f5969-0000-4000-8000-00000000a002',
  EntityType: 'servicePrincipal',
  IPAddress: '203.0.113.71',
  RequestUri: URI,
  RequestMethod: 'GET',
  ResponseStatusCode: '200',
  ResponseSize: 4_300,
  Scopes: '',
  TargetWorkload: 'Microsoft.Exchange',
  ServicePrincipalId: '0d2f5969-0000-4000-8000-00000000a002',
  UniqueTokenIdentifier: PROPERTIES.signInActivityId,
}

const lines = (...records: Json[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('')
const quoted = (value: unknown): string =>
  `"${(typeof value === 'string' ? value : JSON.stringify(value ?? '')).replaceAll('"', '""')}"`
const table = (records: Json[], rename = (name: string): string => name): string =>
  [
    Object.keys(records[0]!).map(rename),
    ...records.map((record) => Object.values(record).map((value) => quoted(value))),
  ]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('')

const containers: readonly (readonly [what: string, text: string, covers: boolean])[] = [
  ['Azure Monitor, a line each', lines(MONITOR), true],
  ['an event hub, a list', JSON.stringify({ records: [MONITOR] }), true],
  ['Elastic, the record as text', lines({ event: { original: JSON.stringify(MONITOR) } }), true],
  ['Sentinel, JSON', lines(SENTINEL), true],
  ['Sentinel, a list', JSON.stringify([SENTINEL], null, 2), true],
  [
    'Sentinel, a table in UTC',
    table([{ ...SENTINEL, TimeGenerated: '3/17/2026, 2:00:45.015 AM' }], (name) =>
      name === 'TimeGenerated' ? '"TimeGenerated [UTC]"' : name,
    ),
    true,
  ],
  ['advanced hunting, a table', table([HUNTED]), false],
  ['advanced hunting, a table of the portal', table([{ ...HUNTED, Timestamp: 'Mar 17, 2026 2:00:45 AM' }]), false],
  ['advanced hunting, the answer of the API', JSON.stringify({ Schema: [], Results: [HUNTED] }), false],
  [
    'the streaming API',
    lines({ time: HUNTED.Timestamp, category: 'AdvancedHunting-GraphApiAuditEvents', properties: HUNTED }),
    true,
  ],
]
for (const [what, text, covers] of containers)
  test(`a request to Microsoft Graph: ${what}`, async () => {
    const { events, tally } = await read(text, text.startsWith('{') || text.startsWith('[') ? 'g.json' : 'g.csv')
    assert.equal(events.length, 1)
    const { log, time, fields, client, user, target, snippet } = events[0]!
    assert.equal(log, 'm365-graph')
    assert.equal(iso(time)!.slice(0, 19), '2026-03-17T02:00:45')
    assert.deepEqual(
      [client, user, target],
      ['203.0.113.71', 'ServicePrincipal_0d2f5969-0000-4000-8000-00000000a002', 'k.berg@contoso.example'],
    )
    assert.equal(snippet !== true, covers)
    assert.deepEqual(
      [fields.Operation, fields.MailAction, fields.ClientAppId, fields.MailboxOwnerUPN, fields.Id, fields.ItemBytes],
      ['MailItemsAccessed', 'read-message', APP, 'k.berg@contoso.example', PROPERTIES.requestId, 4_300],
    )
    assert.equal(fields.Succeeded, true)
    const [source] = tally!.sources
    assert.deepEqual(source!.split('\0').slice(0, 4), ['203.0.113.71', '', APP, 'bind'])
    assert.equal(source!.split('\0')[6], 'graph-service')
    assert.equal(tally!.records.length, 3)
  })

test('one request in two exports is one record', async () => {
  const numbers = await Promise.all(
    [lines(MONITOR), table([SENTINEL]), table([HUNTED])].map(async (text) => read(text)),
  )
  assert.equal(new Set(numbers.map(({ tally }) => tally!.records[0])).size, 1)
})

test('a user who reads their own mail is known by an id, and by the address where a sign-in has it', async () => {
  const own = { ...PROPERTIES, userId: USER, servicePrincipalId: null, clientAuthMethod: '0' }
  const request = { ...MONITOR, properties: { ...own, requestUri: 'https://graph.microsoft.com/v1.0/me/messages' } }
  const signIn = {
    createdDateTime: '2026-03-17T01:00:00Z',
    userPrincipalName: 'k.berg@contoso.example',
    userId: USER,
    appId: APP,
    appDisplayName: 'x',
    ipAddress: '203.0.113.71',
    status: { errorCode: 0 },
  }
  const { events, tally } = await read(lines(request, signIn))
  assert.deepEqual([events[0]!.user, events[0]!.target, events[0]!.fields.MailAction], [USER, USER, 'list-messages'])
  assert.deepEqual(tally!.names, [`${USER}\0k.berg@contoso.example`])
  assert.equal(tally!.sources[0]!.split('\0')[6], 'graph')
})

test('a refused request opens nothing, and one about no mailbox is only read', async () => {
  const refused = { ...MONITOR, properties: { ...PROPERTIES, responseStatusCode: 403 } }
  const users = {
    ...MONITOR,
    properties: { ...PROPERTIES, requestUri: 'https://graph.microsoft.com/v1.0/users?$top=5' },
  }
  const { events, tally, gaps } = await read(lines(refused, users))
  assert.deepEqual(gaps, [])
  assert.deepEqual(
    events.map(({ fields }) => [fields.Operation, fields.Succeeded]),
    [
      [undefined, false],
      [undefined, true],
    ],
  )
  assert.equal(tally!.cells.length, 0)
})

test('rows of a union with tables of devices are read', async () => {
  const process = {
    Timestamp: '2026-03-17T02:00:00Z',
    ActionType: 'ProcessCreated',
    DeviceName: 'pc1.contoso.example',
    FileName: 'cmd.exe',
    ProcessCommandLine: 'cmd /c dir',
  }
  const { events } = await read(lines(process, HUNTED))
  assert.deepEqual(
    events.map(({ log }) => log),
    ['windows-edr', 'm365-graph'],
  )
})

const uris: readonly (readonly [method: string, path: string, action: string | null, owner?: string])[] = [
  ['GET', '/v1.0/me/messages', 'list-messages', 'me'],
  ['GET', '/beta/users/ann%40contoso.example/messages?$top=50', 'list-messages', 'ann@contoso.example'],
  ['GET', "/v1.0/users('ann@contoso.example')/mailFolders('inbox')/messages", 'list-messages', 'ann@contoso.example'],
  ['GET', '/v1.0/me/mailFolders/inbox/childFolders/AA=/messages/BB=', 'read-message', 'me'],
  ['GET', '/v1.0/me/messages/AA=/$value', 'read-message', 'me'],
  ['GET', '/v1.0/me/messages/AA=/attachments/BB=/$value', 'read-attachment', 'me'],
  ['GET', '/v1.0/me/mailFolders/inbox/messages/delta?$deltatoken=x', 'synchronize-messages', 'me'],
  ['GET', '/v1.0/me/mailFolders/inbox/messages/microsoft.graph.delta()', 'synchronize-messages', 'me'],
  ['GET', '/v1.0/me/messages?$search=%22wire+transfer%22', 'search-messages', 'me'],
  ['GET', '/v1.0/me/messages/$count', 'count-messages', 'me'],
  ['GET', '/v1.0/me/mailFolders?includeHiddenFolders=true', 'list-folders', 'me'],
  ['POST', '/v1.0/me/sendMail', 'send-mail', 'me'],
  ['POST', '/v1.0/me/messages/AA=/send', 'send-mail', 'me'],
  ['POST', '/v1.0/me/messages/AA=/createReply', null],
  ['POST', '/v1.0/me/mailFolders/inbox/messageRules', 'create-rule', 'me'],
  ['PATCH', '/v1.0/me/mailFolders/inbox/messageRules/AA=', 'change-rule', 'me'],
  ['DELETE', '/v1.0/me/messages/AA=', 'delete-message', 'me'],
  ['PATCH', '/v1.0/users/ann/mailboxSettings', 'change-settings', 'ann'],
  ['GET', '/v1.0/users/ann/mailboxSettings', 'read-settings', 'ann'],
  ['GET', '/v1.0/users/ann', null],
  ['GET', '/v1.0/users/ann/events', null],
  ['GET', '/v1.0/auditLogs/signIns', null],
  ['GET', '/v1.0/groups/AA/threads', null],
  ['GET', '/v1.0/users/%E0%A4%A/messages', 'list-messages', '%E0%A4%A'],
]
for (const [method, path, action, owner] of uris)
  test(`${method} ${path}`, () => {
    const found = graphMail(method, `https://graph.microsoft.com${path}`)
    assert.deepEqual([found?.action ?? null, found?.owner], [action, owner])
  })

test('what is searched is decoded', () => {
  assert.equal(graphMail('GET', '/v1.0/me/messages?$search=%22wire+transfer%22')?.searched, '"wire transfer"')
})

const MESSAGE: Json = {
  Timestamp: '2026-03-17T02:10:00Z',
  NetworkMessageId: '11111111-0000-4000-8000-000000000001',
  InternetMessageId: '<1@contoso.example>',
  SenderMailFromAddress: 'k.berg@contoso.example',
  SenderFromAddress: 'k.berg@contoso.example',
  SenderObjectId: USER,
  SenderIPv4: '203.0.113.71',
  RecipientEmailAddress: 'x.collector@mail.example',
  Subject: 'FW: contract',
  EmailDirection: 'Outbound',
  DeliveryAction: 'Delivered',
  ReportId: 'r1',
}
for (const [what, text, covers] of [
  ['advanced hunting, a table', table([MESSAGE]), false],
  ['advanced hunting, the answer of the API', JSON.stringify({ Results: [MESSAGE] }), false],
  ['Sentinel, JSON', lines({ ...MESSAGE, TimeGenerated: MESSAGE.Timestamp, Type: 'EmailEvents' }), true],
  ['the streaming API', lines({ category: 'AdvancedHunting-EmailEvents', properties: MESSAGE }), true],
] as const)
  test(`EmailEvents are a message trace: ${what}`, async () => {
    const { events, gaps, tally } = await read(text, text.startsWith('{') ? 'e.json' : 'e.csv')
    assert.deepEqual(gaps, [])
    const { log, time, fields, client, user, target, snippet } = events[0]!
    assert.deepEqual([log, iso(time), snippet !== true], ['m365-message-trace', '2026-03-17T02:10:00.000Z', covers])
    assert.deepEqual([client, user, target], ['203.0.113.71', 'k.berg@contoso.example', 'x.collector@mail.example'])
    assert.deepEqual(
      [fields['sender-address'], fields['recipient-address'], fields['message-subject'], fields.SentWhere],
      ['k.berg@contoso.example', ['x.collector@mail.example'], 'FW: contract', 'outside'],
    )
    assert.deepEqual(
      [fields['message-id'], fields['network-message-id']],
      ['<1@contoso.example>', MESSAGE.NetworkMessageId],
    )
    assert.deepEqual(tally!.names, [`${USER}\0k.berg@contoso.example`])
  })

test('mail that came in was sent by no account of the organization', async () => {
  const { events } = await read(table([{ ...MESSAGE, SenderFromAddress: 'a@b.example', EmailDirection: 'Inbound' }]))
  assert.equal(events[0]!.fields.SentWhere, 'unknown')
})
