import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Event, fieldText } from '../../../src/model/event.ts'
import { reading } from './reading.ts'
import { readWith } from '../config/reading.ts'

// One set of records in every form in which event logs are exported: each gives the same events.

type Item = readonly [name: string | null, value: string]
type Sample = {
  readonly id: number
  readonly provider: string
  readonly channel: string
  readonly data?: readonly Item[]
  /** The provider's own element of UserData, and its children. */
  readonly user?: readonly [element: string, items: readonly Item[]]
}

const SUBJECT: readonly Item[] = [
  ['SubjectUserSid', 'S-1-5-21-1-2-3-1104'],
  ['SubjectUserName', 'm.osei'],
  ['SubjectDomainName', 'CONTOSO'],
  ['SubjectLogonId', '0x8dcdc4'],
]
const AUDIT = 'Microsoft-Windows-Security-Auditing'
const DESKTOP = 'Microsoft-Windows-TerminalServices'

const samples: readonly Sample[] = [
  {
    id: 4625,
    provider: AUDIT,
    channel: 'Security',
    data: [
      ['TargetUserName', 'm.osei'],
      ['TargetDomainName', 'CONTOSO'],
      ['Status', '0xc000006d'],
      ['SubStatus', '0xc000006a'],
      ['LogonType', '3'],
      ['WorkstationName', 'MAIL01'],
      ['IpAddress', '203.0.113.7'],
    ],
  },
  {
    id: 1,
    provider: 'MSExchange CmdletLogs',
    channel: 'MSExchange Management',
    data: [
      'New-MailboxExportRequest',
      '-Mailbox "m.osei" -FilePath "\\\\127.0.0.1\\C$\\Windows\\Temp\\a.pst"',
      'contoso.example/Users/Osei, Max',
      'S-1-5-21-1-2-3-1104',
      'S-1-5-21-1-2-3-1104',
      'Remote-PowerShell-Unknown',
      '2212 w3wp#MSExchangePowerShellAppPool',
      '',
      '14',
      '00:00:00.0312',
      "View Entire Forest: 'False'",
      'ActivityId: 4b1a7b5e-1111-2222-3333-444455556666',
    ].map((value): Item => [null, value]),
  },
  { id: 1102, provider: 'Microsoft-Windows-Eventlog', channel: 'Security', user: ['LogFileCleared', SUBJECT] },
  {
    id: 21,
    provider: `${DESKTOP}-LocalSessionManager`,
    channel: `${DESKTOP}-LocalSessionManager/Operational`,
    user: [
      'EventXML',
      [
        ['User', 'CONTOSO\\m.osei'],
        ['SessionID', '3'],
        ['Address', '203.0.113.7'],
      ],
    ],
  },
  {
    id: 1149,
    provider: `${DESKTOP}-RemoteConnectionManager`,
    channel: `${DESKTOP}-RemoteConnectionManager/Operational`,
    user: [
      'EventXML',
      [
        ['Param1', 'm.osei'],
        ['Param2', 'CONTOSO'],
        ['Param3', '203.0.113.7'],
      ],
    ],
  },
  {
    id: 1116,
    provider: 'Microsoft-Windows-Windows Defender',
    channel: 'Microsoft-Windows-Windows Defender/Operational',
    data: [
      ['Threat Name', 'Backdoor:ASP/Chopper.F!dha'],
      ['Path', 'containerfile:_C:\\inetpub\\wwwroot\\a.zip; file:_C:\\inetpub\\wwwroot\\a.zip->x.aspx'],
    ],
  },
]

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const COMPUTER = 'MAIL01.contoso.example'
const TIME = '2021-03-03T05:12:34.123456'

function xmlOf({ id, provider, channel, data, user }: Sample): string {
  const inner = user
    ? `<UserData><${user[0]}>${user[1].map(([n, v]) => `<${n}>${escaped(v)}</${n}>`).join('')}</${user[0]}></UserData>`
    : `<EventData>${data!.map(([n, v]) => `<Data${n ? ` Name="${n}"` : ''}>${escaped(v)}</Data>`).join('')}</EventData>`
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}'/><EventID>${id}</EventID><TimeCreated SystemTime='${TIME}Z'/><EventRecordID>7</EventRecordID><Channel>${channel}</Channel><Computer>${COMPUTER}</Computer></System>${inner}</Event>`
}

const isNamed = ({ data }: Sample): boolean => data?.[0]![0] !== null

function dumpOf(sample: Sample): string {
  const { id, provider, channel, data, user } = sample
  const own = user
    ? { UserData: { [user[0]]: Object.fromEntries(user[1]) } }
    : {
        EventData: isNamed(sample) ? Object.fromEntries(data!) : { Data: { '#text': data!.map(([, value]) => value) } },
      }
  const system = {
    Provider: { '#attributes': { Name: provider } },
    EventID: { '#attributes': { Qualifiers: 0 }, '#text': id },
    TimeCreated: { '#attributes': { SystemTime: `${TIME}Z` } },
    EventRecordID: 7,
    Channel: channel,
    Computer: COMPUTER,
  }
  return JSON.stringify({ Event: { System: system, ...own } })
}

function payloadOf(sample: Sample): string {
  const { data, user } = sample
  const joined = (data ?? []).map(([, value]) => value).join(', ')
  return JSON.stringify(
    user
      ? { UserData: { [user[0]]: Object.fromEntries(user[1]) } }
      : { EventData: { Data: isNamed(sample) ? data!.map(([n, v]) => ({ '@Name': n, '#text': v })) : joined } },
  )
}

function evtxECmdOf(all: readonly Sample[]): string {
  const rows = all.map((sample) => {
    const { id, provider, channel } = sample
    const values = ['1', '7', `${TIME.replace('T', ' ')}7`, String(id), 'Info', provider, channel, COMPUTER, '', '']
    return [...values, payloadOf(sample)].map((value) => `"${value.replaceAll('"', '""')}"`).join(',')
  })
  const columns =
    'RecordNumber,EventRecordId,TimeCreated,EventId,Level,Provider,Channel,Computer,UserId,MapDescription,Payload'
  return `\ufeff${[columns, ...rows].join('\r\n')}\r\n`
}

function nxlogOf(sample: Sample): string {
  const { id, provider, channel, data, user } = sample
  const items = data ?? user![1]
  const [cmdlet, parameters] = items.map(([, value]) => value)
  return JSON.stringify({
    EventTime: `${TIME}+00:00`,
    Hostname: COMPUTER,
    EventID: id,
    SourceName: provider,
    RecordNumber: 7,
    Channel: channel,
    Message: isNamed(sample) ? 'text' : `Cmdlet suceeded. Cmdlet ${cmdlet}, parameters ${parameters}`,
    ...(isNamed(sample) ? Object.fromEntries(items.map(([n, v]) => [n!.replaceAll(' ', '_'), v])) : {}),
    EventReceivedTime: `${TIME}+00:00`,
    SourceModuleType: 'im_msvistalog',
  })
}

const SAME = ['SubStatus', 'LogonType', 'Cmdlet', 'Parameters', 'Signature', 'Filename', 'WorkstationName']

function summary(event: Event): unknown {
  const { log, time, host, client, user, target } = event
  return {
    log,
    time,
    host,
    client,
    user,
    target,
    ...Object.fromEntries(SAME.map((name) => [name, fieldText(event, name)])),
  }
}

async function summaries(text: string, path: string): Promise<unknown[]> {
  const { events, gaps } = await reading(Buffer.from(text), { path })
  assert.deepEqual(gaps, [])
  return events.map(summary)
}

const expected = await summaries(`<Events>${samples.map(xmlOf).join('')}</Events>`, 'events.xml')

test('the records name what they are about', () => {
  const names = expected.map((one) => (({ client, user }): unknown => [client, user])(one as Event))
  assert.deepEqual(names, [
    ['203.0.113.7', 'CONTOSO\\m.osei'],
    [null, 'contoso.example/Users/Osei, Max'],
    [null, 'CONTOSO\\m.osei'],
    ['203.0.113.7', 'CONTOSO\\m.osei'],
    ['203.0.113.7', 'm.osei'],
    [null, null],
  ])
})

test('XML of wevtutil without a root, and in UTF-16', async () => {
  assert.deepEqual(await summaries(samples.map(xmlOf).join('\r\n'), 'events.xml'), expected)
  const utf16 = Buffer.from(
    `\ufeff<?xml version="1.0" encoding="utf-16"?><Events>${samples.map(xmlOf).join('')}</Events>`,
    'utf16le',
  )
  const { events } = await reading(utf16, { path: 'events.xml' })
  assert.deepEqual(events.map(summary), expected)
})

test('JSON Lines of evtx_dump', async () => {
  assert.deepEqual(await summaries(`${samples.map(dumpOf).join('\n')}\n`, 'events.jsonl'), expected)
})

test('the table of EvtxECmd', async () => {
  assert.deepEqual(await summaries(evtxECmdOf(samples), 'events.csv'), expected)
})

test('JSON of NXLog, which has the text of unnamed data alone', async () => {
  const read = await summaries(`${samples.map(nxlogOf).join('\n')}\n`, 'events.json')
  assert.deepEqual(
    read,
    expected.map((one, i) => (isNamed(samples[i]!) ? one : { ...(one as object), user: null })),
  )
})

test('items that were joined name the caller where the log has the number of its process alone', async () => {
  const items = [
    'New-InboxRule',
    '-Name ".." -DeleteMessage "True"',
    'contoso.example/Users/ann',
    'S-1-5-21-1-2-3-1105',
    'S-1-5-21-1-2-3-1105',
    'Remote-PowerShell-Unknown',
    '7989',
    '',
    '42',
  ]
  const payload = JSON.stringify({ EventData: { Data: items.join(', '), Binary: '' } })
  const row = [
    '1',
    '7',
    '2026-03-10 19:48:00.0000000',
    '1',
    'Info',
    'MSExchange CmdletLogs',
    'MSExchange Management',
    COMPUTER,
    payload,
  ]
  const columns = 'RecordNumber,EventRecordId,TimeCreated,EventId,Level,Provider,Channel,Computer,Payload'
  const { events } = await readWith(
    'MSExchange_Management.csv',
    `${columns}\r\n${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`,
  )
  assert.deepEqual(
    events.map(({ user, fields }) => [user, fields.Cmdlet, fields.Parameters]),
    [['contoso.example/Users/ann', 'New-InboxRule', '-Name ".." -DeleteMessage "True"']],
  )
})
