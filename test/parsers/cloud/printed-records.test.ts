import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso, namedMonthTime } from '../../../src/lib/time.ts'
import type { Event } from '../../../src/model/event.ts'
import { choose } from '../../../src/parsers/index.ts'

// Records of the audit log of Microsoft 365 as authors print them: tables of a search, members one a line, columns that were chosen.

async function eventsOf(text: string, path: string): Promise<{ readonly parser: string; readonly events: Event[] }> {
  const bytes = new TextEncoder().encode(text)
  const head = { path, windowsPath: null, size: bytes.length, bytes, text }
  const events: Event[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const parser = choose(head)
  const sink = { event: (event: Event) => void events.push(event), gap: () => {}, fact: () => {} }
  await parser.read({ ...head, modified: null, chunks }, sink)
  return { parser: parser.name, events: events.filter(({ log }) => log.startsWith('m365-')) }
}

const told = ({ time, user, client, fields }: Event): unknown[] => [
  time === null ? null : iso(time),
  fields.Operation,
  user,
  client,
]

test('times as Kibana and the portal of Defender show them', () => {
  const time = (text: string): string | null => iso(namedMonthTime(text))
  assert.equal(time('Nov 2, 2023 @ 07:00:24.250'), '2023-11-02T07:00:24.250Z')
  assert.equal(time('Feb 29, 2024 @ 23:59:59'), '2024-02-29T23:59:59.000Z')
  assert.equal(time('Feb 29, 2023 @ 23:59:59'), null)
  assert.equal(time('Now 2, 2023 @ 07:00:24'), null)
  assert.equal(time('Nov 2, 2023 7:00'), null)
  assert.equal(time('Nov 2, 2023 @ 7:00 AM'), null)
  assert.equal(time('Mar 3, 2021 4:23:22 AM'), '2021-03-03T04:23:22.000Z')
  assert.equal(time('Mar 3, 2021 12:23\u202fAM'), '2021-03-03T00:23:00.000Z')
  assert.equal(time('Mar 3, 2021 12:23 PM'), '2021-03-03T12:23:00.000Z')
  assert.equal(time('Mar 3, 2021 13:23 PM'), null)
})

test('a table of a search with times of Kibana, and the rights that a consent gave', async () => {
  const { events } = await eventsOf(
    `| Time | UserId | Operation | ResultStatus | ModifiedProperties.ConsentAction.Permissions.NewValue | Target |
| --- | --- | --- | --- | --- | --- |
| Nov 2, 2023 @ 07:00:24.000 | ada@contoso.example | Consent to application. | Success | \\[] => \\[\\[<br>ConsentType: Principal, <br>**Scope: Mail.Read,** <br>]];\\| | Reader |
| Nov 2, 2023 @ 07:38:10.000 | bob@contoso.example | Update application – Certificates and secrets management | Success | - | - |

| Time | UserId | Operation | ResultStatus | ActorIpAddress |
| --- | --- | --- | --- | --- |
| Nov 2, 2023 @ 07:30:16.000 | bob@contoso.example | UserLoginFailed | Failed | 203.0.113.9 |
`,
    'notes.md',
  )
  assert.deepEqual(events.map(told), [
    ['2023-11-02T07:00:24.000Z', 'Consent to application.', 'ada@contoso.example', null],
    [
      '2023-11-02T07:38:10.000Z',
      'Update application – Certificates and secrets management',
      'bob@contoso.example',
      null,
    ],
    ['2023-11-02T07:30:16.000Z', 'UserLoginFailed', 'bob@contoso.example', '203.0.113.9'],
  ])
  assert.deepEqual(
    events.map(({ log }) => log),
    ['m365-entra', 'm365-entra', 'm365-signin'],
  )
  assert.match(JSON.stringify(events[0]!.fields.ModifiedProperties), /Scope: Mail\.Read/)
})

test('members of a record one a line, with what the author remarks', async () => {
  const { events } = await eventsOf(
    `What we found:

14:18  Operation: New-InboxRule
UserId: ada@contoso.example
ClientIP: 203.0.113.40
Parameters: Name=RSS; RedirectTo=box@mail.example; MarkAsRead=True

- **CreationTime**: 2024-02-01T10:00:00
- **Operation**: Set-InboxRule
- **User**: bob@contoso.example
- **RuleName**: "Old mail"
- **Actions**: Forward to drop@mail.example
- **DeleteMessage**: True  ← the owner does not see it
`,
    'notes.md',
  )
  assert.deepEqual(events.map(told), [
    [null, 'New-InboxRule', 'ada@contoso.example', '203.0.113.40'],
    ['2024-02-01T10:00:00.000Z', 'Set-InboxRule', 'bob@contoso.example', null],
  ])
  assert.deepEqual(
    events.map(({ fields }) => [fields.Parameters, fields.ForwardsWhere]),
    [
      ['-Name "RSS" -RedirectTo "box@mail.example" -MarkAsRead "True"', 'outside'],
      ['-Name "Old mail" -DeleteMessage "True" -ForwardTo "drop@mail.example"', 'outside'],
    ],
  )
})

test('lines of a manual, and of other products, are no records', async () => {
  for (const text of [
    'Operation: New-InboxRule or Set-InboxRule\nUserId: the account\nClientIP: where from\n',
    'Operation: Restart\nUser: ada@contoso.example\nIP: 203.0.113.4\n',
    'title: Rule\ndetection:\n  selection:\n    Operation: New-InboxRule\n    UserId: ada@contoso.example\n  condition: selection\n',
  ])
    assert.deepEqual((await eventsOf(text, 'notes.md')).events, [])
})

test('a table of chosen columns, with parameters as pairs', async () => {
  const { parser, events } = await eventsOf(
    `TimeGenerated,Operation,UserId,ClientIP,Parameters
2026-05-02T03:20:00+00:00,New-InboxRule,ada@contoso.example,203.0.113.47,Name=Forward; ForwardTo=drop@mail.example; StopProcessingRules=False
`,
    'audit.csv',
  )
  assert.equal(parser, 'cloud-csv')
  assert.deepEqual(events.map(told), [
    ['2026-05-02T03:20:00.000Z', 'New-InboxRule', 'ada@contoso.example', '203.0.113.47'],
  ])
  assert.deepEqual(events[0]!.fields.ForwardsTo, ['drop@mail.example'])
})

test('a table that a log platform exported, with the whole path of each column', async () => {
  const { parser, events } = await eventsOf(
    `timestamp,data.office365.Operation,data.office365.UserId,data.office365.ClientIP,rule.level
"Nov 2, 2023 @ 07:04:25.000",New-InboxRule,ada@contoso.example,203.0.113.47,3
`,
    'export.csv',
  )
  assert.equal(parser, 'cloud-csv')
  assert.deepEqual(events.map(told), [
    ['2023-11-02T07:04:25.000Z', 'New-InboxRule', 'ada@contoso.example', '203.0.113.47'],
  ])
})

test('records of Wazuh whose values stand under their whole path', async () => {
  const record = {
    'data.office365.CreationTime': '2024-02-01T10:00:00',
    'data.office365.RecordType': '1',
    'data.office365.Operation': 'Set-Mailbox',
    'data.office365.Workload': 'Exchange',
    'data.office365.UserId': 'ada@contoso.example',
    'data.office365.ClientIP': '203.0.113.9:5000',
    'data.office365.Parameters': '[{"Name":"ForwardingSmtpAddress","Value":"smtp:drop@mail.example"}]',
    timestamp: '2024-02-01T10:05:00.000+0000',
  }
  const { events } = await eventsOf(`${JSON.stringify(record)}\n`, 'alerts.json')
  assert.deepEqual(events.map(told), [
    ['2024-02-01T10:00:00.000Z', 'Set-Mailbox', 'ada@contoso.example', '203.0.113.9'],
  ])
  assert.equal(events[0]!.fields.ForwardsWhere, 'outside')
})
