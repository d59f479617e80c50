import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWith } from './reading.ts'

const header = 'Time,Entry Location,Entry,Enabled,Category,Profile,Description,Company,Image Path,Version,Launch String'
const run = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run'

test('the table of Autoruns: services, tasks and what else starts by itself', async () => {
  const rows = [
    header,
    `20230914-031502,${run},,,Logon,System-wide,,,,,`,
    `20230914-031502,${run},Agent,enabled,Logon,System-wide,Agent,Vendor,c:\\tools\\agent.exe,1.0,"""C:\\Tools\\agent.exe"" -run"`,
    `20230914-031502,${run},Old,disabled,Logon,System-wide,,,c:\\old.exe,1.0,C:\\old.exe`,
    '20230611-101500,HKLM\\System\\CurrentControlSet\\Services,Monitor,enabled,Services,System-wide,,,c:\\m\\m.exe,1.0,C:\\m\\m.exe -service',
    '20230611-101700,Task Scheduler,\\Work\\Run,enabled,Tasks,System-wide,,,c:\\windows\\cmd.exe,1.0,"""C:\\Windows\\cmd.exe"" /c C:\\run.bat"',
  ]
  const { parser, events, gaps } = await readWith('autoruns.csv', rows.join('\r\n'))
  assert.deepEqual([parser, gaps], ['autoruns-csv', []])
  assert.deepEqual(
    events.map(({ log, fields: { Name, Command, ServiceName, ImagePath, TaskName, CommandLine } }) => [
      log,
      Name ?? ServiceName ?? TaskName,
      ImagePath ?? CommandLine ?? Command,
    ]),
    [
      ['startup', 'Agent', '"C:\\Tools\\agent.exe" -run'],
      ['services', 'Monitor', 'C:\\m\\m.exe -service'],
      ['tasks', '\\Work\\Run', 'C:\\Windows\\cmd.exe /c C:\\run.bat'],
    ],
  )
})

test('a table with other columns is none of Autoruns', async () => {
  const { parser } = await readWith('x.csv', 'Entry,Category,Image Path\r\na,b,c\r\n')
  assert.notEqual(parser, 'autoruns-csv')
})
