import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CloudCell, withoutCopies } from '../../src/activity/cloud-audit.ts'
import { mailAccessOf } from '../../src/assessment/coverage/mail-access.ts'
import { scansOf } from './cloud-scans.ts'

// What the log of Microsoft Graph and the audit log have in common, and ids that another log has the address of.

const USER = 'b1e0c2d1-0000-4000-8000-000000000001'
const APP = '5a95e683-0000-4000-8000-00000000a005'

const opened = (n: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  CreationTime: `2026-03-17T03:${String(n).padStart(2, '0')}:00`,
  Id: `5f0c2d1e-0000-4000-8000-${String(n).padStart(12, '0')}`,
  Operation: 'MailItemsAccessed',
  RecordType: 50,
  Workload: 'Exchange',
  UserId: 'k.berg@contoso.example',
  MailboxOwnerUPN: 'K.Berg@contoso.example',
  ClientIPAddress: '203.0.113.9',
  ClientInfoString: 'Client=REST;;',
  AppId: '00000003-0000-0000-c000-000000000000',
  ClientAppId: APP,
  OperationProperties: [
    { Name: 'MailAccessType', Value: 'Bind' },
    { Name: 'IsThrottled', Value: 'False' },
  ],
  Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: `<${n}@x>`, SizeInBytes: 100 }] }],
  ...more,
})
const request = (n: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  TimeGenerated: `2026-03-17T03:${String(n).padStart(2, '0')}:00Z`,
  RequestId: `8a566ebb-0000-4000-8000-${String(n).padStart(12, '0')}`,
  RequestMethod: 'GET',
  RequestUri: `https://graph.microsoft.com/v1.0/me/messages/AAMk${n}=`,
  ResponseStatusCode: 200,
  ResponseSizeBytes: 5_000,
  AppId: APP,
  UserId: USER,
  ClientAuthMethod: 0,
  IPAddress: '203.0.113.9',
  UserAgent: 'python-requests/2.32.3',
  Type: 'MicrosoftGraphActivityLogs',
  ...more,
})
const signIn = {
  createdDateTime: '2026-03-17T01:00:00Z',
  id: 's1',
  userPrincipalName: 'k.berg@contoso.example',
  userId: USER,
  appId: APP,
  appDisplayName: 'x',
  ipAddress: '203.0.113.9',
  status: { errorCode: 0 },
}
const lines = (records: readonly unknown[]): string => records.map((one) => `${JSON.stringify(one)}\n`).join('')

async function cellsOf(files: Readonly<Record<string, string>>): Promise<CloudCell[]> {
  return [...withoutCopies(await scansOf(files)).cloud.cells()]
}

const told = (cells: readonly CloudCell[]): unknown[] =>
  cells.map(({ mailbox, client, by, graph, rows, items }) => [mailbox, client, by, graph, rows, items])

test('what both logs have of one reading is counted once', async () => {
  const cells = await cellsOf({
    'a-audit.jsonl': lines([opened(1), opened(2)]),
    'b-graph.jsonl': lines([request(1), request(2), request(3)]),
    'c-sign-ins.jsonl': lines([signIn]),
  })
  assert.deepEqual(told(cells), [['k.berg@contoso.example', '203.0.113.9', null, null, 2, 2]])
})

test('an address that the audit log does not have stays, and counts no message', async () => {
  const cells = await cellsOf({
    'a-audit.jsonl': lines([opened(1)]),
    'b-graph.jsonl': lines([request(1, { IPAddress: '203.0.113.77' })]),
    'c-sign-ins.jsonl': lines([signIn]),
  })
  assert.deepEqual(told(cells), [
    ['k.berg@contoso.example', '203.0.113.9', null, null, 1, 1],
    ['k.berg@contoso.example', '203.0.113.77', null, 'graph', 1, 0],
  ])
})

test('another application, another day and sent mail are no reading of the audit log', async () => {
  const cells = await cellsOf({
    'a-audit.jsonl': lines([opened(1)]),
    'b-graph.jsonl': lines([
      request(1, { AppId: '5a95e683-0000-4000-8000-00000000a006' }),
      request(2, { TimeGenerated: '2026-03-18T03:00:00Z' }),
      request(3, { RequestMethod: 'POST', RequestUri: '/v1.0/me/sendMail', ResponseStatusCode: 202 }),
    ]),
    'c-sign-ins.jsonl': lines([signIn]),
  })
  assert.deepEqual(
    cells.filter(({ graph }) => graph !== null).map(({ act, items }) => [act, items]),
    [
      ['bind', 1],
      ['bind', 1],
      ['send', 1],
    ],
  )
})

test('an id without an address stays the id, and a mailbox of another user has a reader', async () => {
  const alone = await cellsOf({ 'g.jsonl': lines([request(1)]) })
  assert.deepEqual(told(alone), [[USER, '203.0.113.9', null, 'graph', 1, 1]])
  const other = { RequestUri: '/v1.0/users/A.Diaz@contoso.example/messages' }
  const cells = await cellsOf({ 'g.jsonl': lines([request(1, other)]), 's.jsonl': lines([signIn]) })
  assert.deepEqual(told(cells), [['a.diaz@contoso.example', '203.0.113.9', 'k.berg@contoso.example', 'graph', 1, 0]])
})

test('an export of a log of Microsoft Graph that two files have is counted once', async () => {
  const records = [request(1), request(2)]
  const cells = await cellsOf({ 'a.jsonl': lines(records), 'b.json': JSON.stringify(records) })
  assert.equal(
    cells.reduce((sum, { rows }) => sum + rows, 0),
    2,
  )
})

test('requests to Microsoft Graph do not show that the audit log has what was opened', async () => {
  assert.equal(mailAccessOf(await scansOf({ 'g.jsonl': lines([request(1)]) })).isRecorded, false)
  assert.equal(mailAccessOf(await scansOf({ 'a.jsonl': lines([opened(1)]) })).isRecorded, true)
})

test('hits have the addresses of users', async () => {
  const rule = request(1, {
    RequestMethod: 'POST',
    RequestUri: '/v1.0/me/mailFolders/inbox/messageRules',
    ResponseStatusCode: 201,
  })
  const { scans } = withoutCopies(await scansOf({ 'g.jsonl': lines([rule]), 's.jsonl': lines([signIn]) }))
  const hit = scans[0]!.hits.find(({ event }) => event.fields.MailAction === 'create-rule')!
  assert.deepEqual([hit.event.user, hit.event.target], ['k.berg@contoso.example', 'k.berg@contoso.example'])
})
