import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copiedEvents } from '../../../src/parsers/windows-events/copied-text.ts'
import { choose } from '../../../src/parsers/index.ts'
import { reading } from './reading.ts'

const ENGLISH = [
  'Log Name:      Microsoft-Windows-Sysmon/Operational',
  'Source:        Microsoft-Windows-Sysmon',
  'Date:          3/26/2021 7:28:37 PM',
  'Event ID:      1',
  'Task Category: Process Create (rule: ProcessCreate)',
  'Level:         Information',
  'Keywords:      ',
  'User:          SYSTEM',
  'Computer:      MAIL01.contoso.example',
  'Description:',
  'Process Create:',
  'UtcTime: 2021-03-26 18:28:37.194',
  'Image: C:\\Windows\\System32\\cmd.exe',
  'CommandLine: cmd /c whoami',
  'ParentImage: C:\\Windows\\System32\\inetsrv\\w3wp.exe',
]
const GERMAN = [
  'Protokollname: System',
  'Quelle:        Service Control Manager',
  'Datum:         26.03.2021 19:30:00',
  'Ereignis-ID:   7045',
  'Aufgabenkategorie:Keine',
  'Ebene:         Informationen',
  'Schl\u00fcsselw\u00f6rter:Klassisch',
  'Benutzer:      SYSTEM',
  'Computer:      MAIL01.contoso.example',
  'Beschreibung:',
  'Im System wurde ein Dienst installiert.',
  '',
  'Dienstname:  sample',
  'Dienstdateiname:  C:\\Windows\\Temp\\a.exe',
  'Diensttyp:  Benutzermodusdienst',
  'Dienststarttyp:  Automatisch starten',
  'Dienstkonto:  LocalSystem',
]

test('events copied from the Event Viewer, in two languages: one after the other', async () => {
  const text = [...ENGLISH, '', ...ENGLISH.map((line) => line.replace('whoami', 'net user')), ''].join('\r\n')
  const { events, gaps } = await reading(Buffer.from(text), { path: 'event.txt' })
  assert.deepEqual(gaps, [])
  assert.deepEqual(
    events.map(({ log, time, host, fields }) => [log, time, host, fields.CommandLine]),
    ['cmd /c whoami', 'cmd /c net user'].map((line) => [
      'windows-sysmon',
      Date.UTC(2021, 2, 26, 18, 28, 37),
      'MAIL01',
      line,
    ]),
  )
  const [german] = (await reading(Buffer.from(GERMAN.join('\r\n')), { path: 'event.txt' })).events
  assert.deepEqual(
    [german?.log, german?.fields.EventID, german?.fields.ServiceName, german?.fields.ImagePath],
    ['windows-system', 7045, 'sample', 'C:\\Windows\\Temp\\a.exe'],
  )
})

test('a text with a channel and no number of an event is none', () => {
  const text = 'Log Name: Security\r\nis full.\r\nPlease archive it.\r\n'
  const bytes = Buffer.from(text)
  const head = { path: 'note.txt', windowsPath: null, size: bytes.length, bytes, text }
  assert.equal(copiedEvents.recognize(head), 0)
  assert.notEqual(choose(head).name, 'copied-events')
})

test('events that PowerShell lists: one after the other, with further lines of a value', async () => {
  const one = (name: string): string[] => [
    'TimeCreated  : 26.03.2021 19:28:37',
    'ProviderName : Service Control Manager',
    'Id           : 7045',
    'Message      : A service was installed in the system.',
    '',
    `               Service Name:  ${name}`,
    '               Service File Name:  cmd.exe /c a.bat',
    '               Service Type:  user mode service',
    '',
  ]
  const text = ['', ...one('first'), ...one('second')].join('\r\n')
  const { parser, events, gaps } = await reading(Buffer.from(text), { path: 'events.txt' })
  assert.deepEqual([parser, gaps], ['listed-events', []])
  assert.deepEqual(
    events.map(({ log, fields }) => [log, fields.ServiceName, fields.ImagePath]),
    ['first', 'second'].map((name) => ['windows-system', name, 'cmd.exe /c a.bat']),
  )
})

test('A description of a log that names a channel and a number is no event', () => {
  const text = 'date: 2025-10-24\ntests:\n  provider: Microsoft-Windows-Sysmon\n  match_count: 1\n  path: a.evtx\n'
  const head = { path: 'info.yml', windowsPath: null, size: text.length, bytes: Buffer.from(text), text }
  assert.equal(copiedEvents.recognize(head), 0)
})

test('an event in another language, and lines over again, hide no other event', async () => {
  const hidden = await reading(Buffer.from([...ENGLISH, ...GERMAN, ...ENGLISH].join('\r\n')), { path: 'event.txt' })
  assert.deepEqual(
    hidden.events.map(({ log }) => log),
    ['windows-sysmon', 'windows-system', 'windows-sysmon'],
  )
  assert.deepEqual(hidden.gaps, [])
  const numbered = [...ENGLISH.slice(0, 4), 'Event ID:      9999', ...ENGLISH.slice(4)]
  const { events, gaps } = await reading(Buffer.from(numbered.join('\r\n')), { path: 'event.txt' })
  assert.deepEqual([events[0]?.fields.EventID, gaps.length], [1, 1])
})

test('a line before the first property of a list of events hides none of them', async () => {
  const listed = (command: string): string[] => [
    'TimeCreated  : 3/26/2021 7:28:37 PM',
    'ProviderName : Microsoft-Windows-Security-Auditing',
    'Id           : 4688',
    `Message      : A new process has been created. ${command}`,
    '',
  ]
  const text = ['Sample : 1', ...listed('first'), ...listed('second')].join('\r\n')
  const { events } = await reading(Buffer.from(text), { path: 'event.txt' })
  assert.equal(events.length, 2)
})

test('events as wevtutil prints them: lines that only it has say nothing more', async () => {
  const event = (number: number, user: string): string[] => [
    `Event[${number}]:`,
    '  Log Name: Security',
    '  Source: Microsoft-Windows-Security-Auditing',
    '  Date: 2022-10-04T02:11:09.123',
    '  Event ID: 4720',
    '  Task: User Account Management',
    '  Level: Information',
    '  Opcode: Info',
    '  Keyword: Audit Success',
    '  User: N/A',
    '  User Name: N/A',
    '  Computer: MAIL01.contoso.example',
    '  Description: ',
    'A user account was created.',
    '',
    'Subject:',
    '\tAccount Name:\t\tMAIL01$',
    '',
    'New Account:',
    `\tAccount Name:\t\t${user}`,
    '',
  ]
  const text = [...event(0, 'helper'), '', ...event(1, 'helper2')].join('\r\n')
  const { events, gaps } = await reading(Buffer.from(text), { path: 'security.txt' })
  assert.deepEqual(gaps, [])
  assert.deepEqual(
    events.map(({ host, fields }) => [host, fields.Keywords, fields.TargetUserName]),
    ['helper', 'helper2'].map((user) => ['MAIL01', '0x8020000000000000', user]),
  )
})

for (const [source, sentence, threat, file] of [
  [
    'Symantec AntiVirus',
    'Security Risk Found! Backdoor.Invented in File: C:\\inetpub\\wwwroot\\a b.aspx by: Auto-Protect scan.  Action: Cleaned by deletion.',
    'Backdoor.Invented',
    'C:\\inetpub\\wwwroot\\a b.aspx',
  ],
  [
    'Sophos Anti-Virus',
    "Virus/spyware 'Troj/Invented-L' has been detected in 'C:\\a.aspx'.",
    'Troj/Invented-L',
    'C:\\a.aspx',
  ],
  ['McLogEvent', 'The file C:\\a.aspx contains Backdoor-Invented Trojan.', 'Backdoor-Invented', 'C:\\a.aspx'],
  ['Symantec AntiVirus', 'Scan could not open file C:\\a.aspx', undefined, undefined],
  ['Backup', "'Troj/Invented-L' at 'C:\\a.aspx'", undefined, undefined],
] as const)
  test(`${source}: ${sentence.slice(0, 40)}`, async () => {
    const lines = ENGLISH.slice(0, 10)
    lines[0] = 'Log Name:      Application'
    lines[1] = `Source:        ${source}`
    const { events } = await reading(Buffer.from([...lines, sentence].join('\r\n')), { path: 'event.txt' })
    const [{ fields, sources }] = events as [(typeof events)[0]]
    assert.deepEqual([fields.Signature, fields.TargetFilename], [threat, file])
    assert.equal(sources[0]!.category, threat === undefined ? undefined : 'antivirus')
  })
