import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso } from '../../../src/lib/time.ts'
import { readWith } from './reading.ts'

const HEAD =
  '"Operation","OperationResult","LogonType","ClientIPAddress","MailboxOwnerUPN","LogonUserDisplayName","LastAccessed"\r\n'
const row = (time: string): string =>
  `"FolderBind","Succeeded","Delegate","203.0.113.7","director@contoso.example","Ann Frei","${time}"\r\n`

void test('rows of a mailbox audit log as CSV say who, from where and whose', async () => {
  const text = HEAD + row('6/22/2021 6:44:38 AM')
  const read = await readWith('audit.csv', text)
  assert.equal(read.parser, 'exported-csv')
  const [event] = read.events
  assert.equal(event!.log, 'mailbox-audit')
  assert.deepEqual(event!.sources, [{ product: 'exchange', service: 'mailbox-audit' }])
  assert.deepEqual([event!.client, event!.user, event!.target], ['203.0.113.7', 'Ann Frei', 'director@contoso.example'])
  assert.equal(event!.fields.LogonType, 'Delegate')
  assert.equal(event!.snippet, true)
  assert.equal(iso(event!.time), '2021-06-22T06:44:38.000Z')
  assert.equal(event!.timeBasis, 'assumed')
})

for (const [what, times, expected] of [
  ['a row of the same file', ['3/4/2021 6:44:38 AM', '3/22/2021 6:44:38 AM'], ['2021-03-04', '2021-03-22']],
  ['a row before it', ['22.03.2021 06:44:38', '04.03.2021 06:44:38'], ['2021-03-22', '2021-03-04']],
  ['no row', ['3/4/2021 6:44:38 AM', '3/5/2021 6:44:38 AM'], [null, null]],
  [
    'rows that contradict each other',
    ['3/22/2021 6:44:38 AM', '22/3/2021 6:44:38', '3/4/2021 6:44:38'],
    ['2021-03-22', '2021-03-22', null],
  ],
] as const) {
  void test(`the order of day and month is told by ${what}`, async () => {
    const read = await readWith('audit.csv', HEAD + times.map(row).join(''))
    const days = new Map(read.events.map(({ at, time }) => [at.line, iso(time)?.slice(0, 10) ?? null]))
    assert.deepEqual(
      times.map((_, i) => days.get(i + 2)),
      expected,
    )
    for (const { time, timeBasis } of read.events) assert.equal(timeBasis, time === null ? 'file' : 'assumed')
  })
}

void test('SearchResult.xml of mailboxes is read with its items', async () => {
  const text =
    '<?xml version="1.0" encoding="utf-8"?>\r\n<SearchResults>\r\n<Event MailboxGuid="6d4fbdae-0000-4530-8d0b-f62a14687939" Owner="CONTOSO\\director" LastAccessed="2021-04-30T11:01:55.140625-07:00" Operation="HardDelete" OperationResult="Succeeded" LogonType="Admin" ClientIPAddress="10.1.2.3" LogonUserDN="Administrator"><SourceItems><Item Id="0000" Subject="Notice" FolderPathName="\\Inbox" /></SourceItems></Event>\r\n</SearchResults>\r\n'
  const read = await readWith('SearchResult.xml', text)
  assert.equal(read.parser, 'audit-xml')
  const [event] = read.events
  assert.equal(event!.log, 'mailbox-audit')
  assert.equal(iso(event!.time), '2021-04-30T18:01:55.140Z')
  assert.equal(event!.timeBasis, 'stated')
  assert.equal(event!.user, 'Administrator')
  assert.equal(event!.target, 'CONTOSO\\director')
  assert.deepEqual(event!.fields.SourceItemSubjectsList, ['Notice'])
})

void test('SearchResult.xml of administrators is a record of cmdlets, with secrets masked', async () => {
  const text =
    '<?xml version="1.0" encoding="utf-8"?>\r\n<SearchResults><Event Caller="contoso.example/Users/ada" Cmdlet="Set-Mailbox" ObjectModified="contoso.example/Users/director" RunDate="2021-03-05T23:59:12Z" Succeeded="true" Error="None" OriginatingServer="MAIL01 (15.01.2176.002)"><CmdletParameters><Parameter Name="Identity" Value="director" /><Parameter Name="ForwardingSmtpAddress" Value="smtp:c@mail.example" /><Parameter Name="Password" Value="hunter2" /></CmdletParameters><ModifiedProperties><Property Name="ForwardingSmtpAddress" OldValue="" NewValue="smtp:c@mail.example" /></ModifiedProperties></Event></SearchResults>'
  const read = await readWith('SearchResult.xml', text)
  const [event] = read.events
  assert.deepEqual(event!.sources, [{ category: 'cmdlet', product: 'exchange', service: 'admin-audit' }])
  assert.equal(event!.fields.Cmdlet, 'Set-Mailbox')
  assert.equal(
    event!.fields.Parameters,
    '-Identity "director" -ForwardingSmtpAddress "smtp:c@mail.example" -Password "***"',
  )
  assert.deepEqual(event!.fields.ModifiedProperties, ['ForwardingSmtpAddress=smtp:c@mail.example'])
  assert.equal(event!.fields.Succeeded, true)
  assert.equal(event!.host, 'MAIL01')
  assert.ok(!event!.raw.includes('hunter2'))
})

void test('a file that breaks off gives its rows and a gap', async () => {
  const text =
    '<SearchResults><Event MailboxGuid="6d4f" LastAccessed="2021-04-30T11:01:55Z" Operation="Copy" LogonType="Admin"></Event><Event MailboxGuid="6d4f" LastAccessed="2021-04-30T'
  const read = await readWith('SearchResult.xml', text)
  assert.equal(read.events.length, 1)
  assert.equal(read.gaps.length, 1)
})

void test('rows of the admin audit log as JSON and CLIXML hold their parameters', async () => {
  const json = JSON.stringify([
    {
      CmdletName: 'New-MailboxExportRequest',
      RunDate: '/Date(1614988752000)/',
      Caller: 'ada',
      Succeeded: true,
      ObjectModified: 'x',
      CmdletParameters: [{ Name: 'Mailbox', Value: 'director' }, 'Name=FilePath; Value=\\\\fs01\\e\\d.pst'],
    },
  ])
  const clixml =
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0"><T>Microsoft.Exchange.Management.SystemConfigurationTasks.AdminAuditLogEvent</T></TN><Props><S N="CmdletName">New-MailboxExportRequest</S><DT N="RunDate">2021-03-05T23:59:12Z</DT><S N="Caller">ada</S><B N="Succeeded">true</B><S N="ObjectModified">x</S><Obj N="CmdletParameters" RefId="1"><LST><Obj RefId="2"><Props><S N="Name">Mailbox</S><S N="Value">director</S></Props></Obj><S>Name=FilePath; Value=\\\\fs01\\e\\d.pst</S></LST></Obj></Props></Obj></Objs>'
  for (const [path, text] of [
    ['admin.json', json],
    ['admin.xml', clixml],
  ] as const) {
    const read = await readWith(path, text)
    const [event] = read.events
    assert.equal(event!.log, 'admin-audit', path)
    assert.equal(iso(event!.time), '2021-03-05T23:59:12.000Z')
    assert.equal(event!.fields.Parameters, '-Mailbox "director" -FilePath "\\\\fs01\\e\\d.pst"')
    assert.equal(event!.fields.Succeeded, true)
  }
})

for (const [what, path, text] of [
  [
    'a record of Microsoft 365',
    'a.json',
    '[{"CreationTime":"2021-03-05T23:59:12","Operation":"MailItemsAccessed","LogonType":0,"MailboxOwnerUPN":"a@b.example"}]',
  ],
  ['another list of results', 'r.xml', '<SearchResults><Event Name="a" /></SearchResults>'],
] as const)
  void test(`${what} is no audit log of Exchange Server`, async () => {
    const read = await readWith(path, text)
    assert.deepEqual(
      read.events.filter(({ log }) => log === 'mailbox-audit' || log === 'admin-audit'),
      [],
    )
  })
