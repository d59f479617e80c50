import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWith } from './reading.ts'

const url = 'http://f/<b title="a sample">nothing to run</b>'
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

for (const [what, path, text, parser, expected] of [
  [
    'a virtual directory as CSV, with its type',
    'oab.csv',
    `#TYPE Selected.Microsoft.Exchange\r\n"Name","InternalUrl","ExternalUrl"\r\n"OAB","https://m/OAB",${quoted(url)}\r\n`,
    'exported-csv',
    [{ ObjectType: 'ExchangeVirtualDirectory', Name: 'OAB', InternalUrl: 'https://m/OAB', ExternalUrl: url }],
  ],
  [
    'semicolons, a value over two lines, and collections that only name their type',
    'rules.csv',
    'Name;ForwardTo;RedirectTo;Password\r\n"a";"x@y.example\r\nz@y.example";"System.String[]";"hunter2"\r\nb;;"Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]";\r\n',
    'exported-csv',
    [
      { ObjectType: 'InboxRule', Name: 'a', ForwardTo: 'x@y.example\nz@y.example', RedirectTo: null, Password: '***' },
      { ObjectType: 'InboxRule', Name: 'b', ForwardTo: null, RedirectTo: null, Password: null },
    ],
  ],
  [
    'JSON, with an address in its parts',
    'oab.json',
    JSON.stringify(
      [{ Name: 'OAB', ExternalUrl: { OriginalString: url, Port: 80 }, Roles: ['a', 'b'], Key: null }],
      null,
      2,
    ),
    'exported-json',
    [{ ObjectType: 'ExchangeVirtualDirectory', Name: 'OAB', ExternalUrl: url, Roles: ['a', 'b'], Key: null }],
  ],
  ['another table', 'x.csv', 'Name,Size\r\na,1\r\n', 'scan', []],
  ['another table with an address', 'x.csv', 'Color,ExternalUrl\r\nred,http://x\r\n', 'scan', []],
  ['other JSON', 'x.json', '{"Name":"a","Size":1}', 'scan', []],
] as const) {
  test(`${what} is read by ${parser}`, async () => {
    const read = await readWith(path, text)
    assert.equal(read.parser, parser)
    assert.deepEqual(
      read.events.filter(({ log }) => log === 'exchange-config').map(({ fields }) => ({ ...fields })),
      expected,
    )
  })
}

for (const [sound, mailbox, expected] of [
  ['\\\\203.0.113.7\\a\\b.wav', 'a@contoso.example', ['203.0.113.7', 'outside', false]],
  ['//203.0.113.7/a', 'a@contoso.example', ['203.0.113.7', 'outside', false]],
  ['\\\\files.litware.example@SSL@8443\\a', 'a@contoso.example', ['files.litware.example', 'outside', true]],
  ['\\\\203.0.113.7\\DavWWWRoot\\a', 'a@contoso.example', ['203.0.113.7', 'outside', true]],
  ['\\\\.\\UNC\\\\files.litware.example/a.wav', 'a@contoso.example', ['files.litware.example', 'outside', false]],
  ['\\??\\UNC\\203.0.113.7\\a', null, ['203.0.113.7', 'outside', false]],
  ['\\\\?\\GLOBAL\\UNC\\203.0.113.7\\a', null, ['203.0.113.7', 'outside', false]],
  ['file:////203.0.113.7/a', null, ['203.0.113.7', 'outside', false]],
  ['http://203.0.113.7:8080/a', null, ['203.0.113.7', 'outside', true]],
  ['\\\\3405803783\\a', null, ['3405803783', 'outside', false]],
  ['\\\\0xa010203\\a', null, ['0xa010203', 'inside', false]],
  ['\\\\fe80--1s4.ipv6-literal.net\\a', null, ['fe80--1s4.ipv6-literal.net', 'inside', false]],
  ['\\\\2001-db8--7.ipv6-literal.net\\a', null, ['2001-db8--7.ipv6-literal.net', 'outside', false]],
  ['\\\\fs01\\a', 'a@contoso.example', ['fs01', 'inside', false]],
  ['\\\\FS01.contoso.example.\\a', 'a@mail.contoso.example', ['fs01.contoso.example', 'inside', false]],
  // An ending of the world, and none of a house.
  ['\\\\files.litware.ad\\a', 'a@contoso.example', ['files.litware.ad', 'outside', false]],
  // Names of the same country are no names of the same house.
  ['\\\\evil.co.uk\\a', 'a@contoso.co.uk', ['evil.co.uk', 'outside', false]],
  ['\\\\fs01.corp.local\\a', 'a@contoso.example', ['fs01.corp.local', 'inside', false]],
  ['\\\\?\\C:\\Windows\\a.wav', null, null],
  ['file:///C:/Windows/a.wav', null, null],
  ['C:\\Windows\\Media\\a.wav', null, null],
  ['\\Media\\a.wav', null, null],
  ['reminder.wav', null, null],
  ['\\\\', null, null],
] as const) {
  test(`the sound ${sound} of a mailbox of ${mailbox ?? 'nobody'} lies ${expected?.[1] ?? 'on the machine'}`, async () => {
    const text = `Mailbox,PidLidReminderFileParameter\r\n${mailbox ?? ''},"${sound}"\r\n`
    const [event] = (await readWith('AuditResults.csv', text)).events
    assert.equal(event!.log, 'mailbox-items')
    const { ReminderHost, ReminderTo, WebDav } = event!.fields
    assert.deepEqual(ReminderHost === null ? null : [ReminderHost, ReminderTo, WebDav], expected)
  })
}

test('the time of receipt is taken where day and month cannot be mistaken', async () => {
  const rows = ['3/16/2023 9:50:29 AM', '3/4/2023 9:50:29 AM'].map((time) => `a@contoso.example,"${time}",x.wav\r\n`)
  const read = await readWith('a.csv', `Mailbox,DateReceived,PidLidReminderFileParameter\r\n${rows.join('')}`)
  assert.deepEqual(
    read.events.map(({ time }) => time),
    [Date.UTC(2023, 2, 16, 9, 50, 29), null],
  )
})

test('rights to folders are read from a table', async () => {
  const read = await readWith('rights.csv', 'FolderName,User,AccessRights\r\nInbox,Default,{Owner}\r\n')
  assert.deepEqual(
    read.events.map(({ log, fields }) => [log, fields.FolderName, fields.User, fields.AccessRights]),
    [['folder-permissions', 'Inbox', 'Default', '{Owner}']],
  )
})

test('a row with more columns than the table is a gap', async () => {
  const read = await readWith('oab.csv', 'Name,ExternalUrl\r\na,http://a,b,c\r\nd,http://d\r\n')
  assert.deepEqual(
    read.events.map(({ fields }) => fields.Name),
    ['d'],
  )
  assert.equal(read.gaps.length, 1)
})

test('the list of a virtual directory is an export, and a page of the same lines is none', async () => {
  const lines = `Name                : OAB\r\nPollInterval        : 480\r\nOfflineAddressBooks : {}\r\nExternalUrl         : ${url}\r\n`
  const services = async (path: string): Promise<(string | undefined)[]> =>
    (await readWith(path, lines)).events[0]!.sources.map(({ service }) => service)
  assert.deepEqual(await services('C:\\Temp\\oab.txt'), ['oab-dump', 'exchange-config'])
  assert.deepEqual(await services('C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx'), ['oab-dump'])
})
