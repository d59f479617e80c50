import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailboxesNamed } from '../../src/findings/mailbox-names.ts'
import type { Event, Fields } from '../../src/model/event.ts'
import type { KnownLogKind } from '../../src/model/log-kinds.ts'

const named = (fields: Fields, log: KnownLogKind = 'msexchange-management'): readonly string[] =>
  mailboxesNamed({
    log,
    sources: [],
    time: null,
    timeBasis: 'file',
    fields,
    raw: '',
    at: { path: 'x', offset: 0, length: 0, line: 1 },
    host: null,
    client: null,
    user: null,
    target: null,
    request: null,
    session: null,
  } satisfies Event)

for (const [cmdlet, parameters, expected] of [
  ['Search-Mailbox', '-Identity "ann" -TargetMailbox "bert" -TargetFolder "x"', ['ann']],
  ['New-MailboxExportRequest', '-Mailbox ann@contoso.example -FilePath "x"', ['ann@contoso.example']],
  ['New-MailboxSearch', '-SourceMailboxes @("ann",bert@contoso.example)', ['ann', 'bert@contoso.example']],
  ['New-MailboxSearch', '-Name "q" -SourceMailboxes ("ann", "bert") -TargetMailbox "legal"', ['ann', 'bert']],
  ['New-MailboxSearch', "-SourceMailboxes 'ann','bert' -TargetMailbox legal", ['ann', 'bert']],
  ['new-compliancesearch', '-Name "q" -ExchangeLocation "All"', []],
  ['Set-MailboxFolderPermission', '-Identity "ann@contoso.example:\\Inbox" -User "Default"', ['ann@contoso.example']],
  ['New-MailboxRestoreRequest', '-SourceStoreMailbox "ann" -TargetMailbox "bert"', ['ann']],
  ['New-MailboxExportRequest', '-Mailbox $mailbox -FilePath "x.pst"', []],
  ['Set-Mailbox', '-ForwardingSmtpAddress "smtp:x@mail.example"', []],
  ['Get-Mailbox', '-Identity "ann"', []],
] as const)
  void test(`${cmdlet} ${parameters} is about ${expected.join(' and ') || 'nobody that it names'}`, () =>
    assert.deepEqual(named({ Cmdlet: cmdlet, Parameters: parameters }), expected))

for (const [script, expected] of [
  ['Search-Mailbox ann -TargetMailbox bert -TargetFolder x', ['ann']],
  [
    "Search-Mailbox -Identity 'ann' -TargetMailbox bert; Search-Mailbox -Identity carl -TargetMailbox bert",
    ['ann', 'carl'],
  ],
  ['Get-Mailbox | Search-Mailbox -TargetMailbox bert', []],
  ['foreach ($m in $all) { New-MailboxExportRequest -Mailbox $m -FilePath x }', []],
] as const)
  void test(`the script ${script} is about ${expected.join(' and ') || 'nobody that it names'}`, () =>
    assert.deepEqual(named({ ScriptBlockText: script }), expected))

void test('audit rows, tracked messages and requests of users name their mailbox', () => {
  assert.deepEqual(named({ MailboxOwnerUPN: 'ann@contoso.example' }, 'mailbox-audit'), ['ann@contoso.example'])
  const message = { 'sender-address': 'k@partner.example', 'related-recipient-address': 'ann@contoso.example' }
  assert.deepEqual(named({ ...message, 'event-id': 'REDIRECT' }, 'message-tracking'), ['ann@contoso.example'])
  assert.deepEqual(named({ ...message, 'event-id': 'SEND' }, 'message-tracking'), ['k@partner.example'])
  assert.deepEqual(named({ 'sender-address': '<>', 'event-id': 'SEND' }, 'message-tracking'), [])
  assert.deepEqual(named({ 'cs-uri-stem': '/owa/service.svc', 'cs-username': 'CONTOSO\\ann' }, 'iis-frontend'), [
    'CONTOSO\\ann',
  ])
  const other = { 'cs-uri-stem': '/owa/director%40contoso.example/service.svc', 'cs-username': 'CONTOSO\\ann' }
  assert.deepEqual(named(other, 'iis-frontend'), ['director@contoso.example'])
  const page = { 'cs-uri-stem': '/owa/ann@contoso.example/powershell', 'cs-username': 'CONTOSO\\ann' }
  assert.deepEqual(named(page, 'iis-frontend'), ['CONTOSO\\ann'])
  const number = '5f0c2d1e-0000-4000-8000-000000000501@contoso.example'
  const rpc = { 'cs-uri-stem': '/rpc/rpcproxy.dll', 'cs-username': 'CONTOSO\\ann' }
  assert.deepEqual(named({ ...rpc, 'cs-uri-query': `${number}:6001` }, 'httpproxy-rpchttp'), [number])
  assert.deepEqual(named({ ...rpc, 'cs-uri-query': 'mail01.contoso.example:6001' }, 'httpproxy-rpchttp'), [])
  assert.deepEqual(named({ 'cs-uri-stem': '/owa/x', 'cs-username': 'CONTOSO\\MAIL01$' }, 'iis-frontend'), [])
  assert.deepEqual(named({ 'cs-uri-stem': '/ecp/x', 'cs-username': 'CONTOSO\\ann' }, 'iis-frontend'), [])
})
