import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskCommand } from '../../../src/lib/mask-secrets.ts'
import { readWith } from './reading.ts'

const HISTORY =
  'C:\\Users\\alice\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt'

test('a history is one event a command', async () => {
  const text = 'whoami\r\n\r\nGet-Mailbox |`\n  select Name`\n  | fl\nnet user bob hunter2 /add\n'
  const { parser, events, gaps } = await readWith(HISTORY, text)
  assert.deepEqual([parser, gaps], ['powershell-history', []])
  assert.deepEqual(
    events.map((e) => [e.fields.CommandLine, e.user, e.at.line]),
    [
      ['whoami', 'alice', 1],
      ['Get-Mailbox |\n  select Name\n  | fl', 'alice', 3],
      ['net user bob hunter2 /add', 'alice', 6],
    ],
  )
  for (const { at } of events) assert.notEqual(text.slice(at.offset, at.offset + at.length).trim(), '')
})

const STARS = '**********************'
const head = (words: readonly string[]): string =>
  [
    STARS,
    words[0],
    `${words[1]}: 20210303042322`,
    `${words[2]}: LAB\\alice`,
    `${words[3]}: LAB\\admin`,
    `${words[4]}: `,
    `${words[5]}: MAIL01 (Microsoft Windows NT 10.0.14393.0)`,
    `${words[6]}: C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -nop -c x`,
    `${words[7]}: 4242`,
    'PSVersion: 5.1.14393.3866',
    STARS,
  ].join('\r\n')

for (const [language, words] of [
  [
    'English',
    [
      'Windows PowerShell transcript start',
      'Start time',
      'Username',
      'RunAs User',
      'Configuration Name',
      'Machine',
      'Host Application',
      'Process ID',
    ],
  ],
  [
    'German',
    [
      'Windows PowerShell-Transkriptstart',
      'Startzeit',
      'Benutzername',
      'RunAs-Benutzer',
      'Konfigurationsname',
      'Computer',
      'Hostanwendung',
      'Prozess-ID',
    ],
  ],
] as const) {
  test(`a transcript in ${language}`, async () => {
    const text = [
      head(words),
      'Transcript started, output file is C:\\t.txt',
      'PS C:\\> whoami',
      'lab\\alice',
      'PS C:\\Users\\alice> if (1) {',
      '>> hostname',
      '>> }',
      STARS,
      `${words[1]}: 20210303042400`,
      STARS,
      '[mail02]: PS C:\\> ipconfig',
      STARS,
      'end',
      'End time: 20210303042500',
      STARS,
    ].join('\r\n')
    const { parser, events, gaps } = await readWith('PowerShell_transcript.MAIL01.x.20210303042322.txt', text)
    assert.deepEqual([parser, gaps], ['powershell-transcript', []])
    const [start, later] = [Date.UTC(2021, 2, 3, 4, 23, 22), Date.UTC(2021, 2, 3, 4, 24, 0)]
    assert.deepEqual(
      events.map((e) => [e.fields.CommandLine, e.time, e.timeBasis, e.host, e.fields.RunAsUser, e.fields.ProcessId]),
      [
        [
          'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -nop -c x',
          start,
          'assumed',
          'MAIL01',
          'LAB\\admin',
          4242,
        ],
        ['whoami', start, 'assumed', 'MAIL01', 'LAB\\admin', 4242],
        ['if (1) {\nhostname\n}', start, 'assumed', 'MAIL01', 'LAB\\admin', 4242],
        ['ipconfig', later, 'assumed', 'MAIL01', 'LAB\\admin', 4242],
      ],
    )
  })
}

for (const [text, masked] of [
  ['net user bob hunter2 /add', 'net user bob *** /add'],
  ['net user bob /add', 'net user bob /add'],
  ['net user bob * /add', 'net user bob * /add'],
  ['schtasks /create /ru bob /rp hunter2 /tn x', 'schtasks /create /ru bob /rp *** /tn x'],
  ["ConvertTo-SecureString 'hunter2' -AsPlainText -Force", "ConvertTo-SecureString '***' -AsPlainText -Force"],
  ['ConvertTo-SecureString -String "hunter2" -AsPlainText', 'ConvertTo-SecureString -String "***" -AsPlainText'],
  ['Connect-X -Password hunter2 -User bob', 'Connect-X -Password *** -User bob'],
  ['Connect-X -Password $p', 'Connect-X -Password $p'],
  [
    'wmic /user:bob /password:hunter2 process call create calc',
    'wmic /user:bob /password:*** process call create calc',
  ],
  ['Get-ChildItem -Path C:\\x', 'Get-ChildItem -Path C:\\x'],
  ['mkdir -p C:\\x', 'mkdir -p C:\\x'],
] as const) {
  test(`${text} is shown as ${masked}`, () => assert.equal(maskCommand(text), masked))
}
