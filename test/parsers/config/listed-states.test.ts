import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWith } from './reading.ts'

const service = {
  State: 'Running',
  Name: 'WinHelpSvc',
  DisplayName: 'Windows Help',
  StartMode: 'Auto',
  PathName: 'C:\\PerfLogs\\frpc.exe -c C:\\PerfLogs\\frpc.ini',
  UserAccount: 'LocalSystem',
  Created: '2026-06-05T02:12:00Z',
  ServiceDll: 'C:\\PerfLogs\\a.dll',
}
const task = {
  OSPath: 'C:\\Windows\\System32\\Tasks\\Work\\Run',
  Mtime: '2026-06-05T02:14:00Z',
  Command: 'powershell.exe',
  ExpandedCommand: 'C:\\Windows\\powershell.exe',
  Arguments: '-enc dwBoAG8AYQBtAGkA',
  ComHandler: null,
  UserId: 'S-1-5-18',
}
const lines = (...objects: readonly object[]): string => objects.map((one) => JSON.stringify(one)).join('\n')

test('services of Velociraptor: the command, the account, and when the key was written', async () => {
  const { parser, events, gaps } = await readWith('results/Windows.System.Services.json', lines(service))
  assert.deepEqual([parser, gaps, events.length], ['listed-state-json', [], 1])
  const [{ log, time, timeBasis, target, fields }] = events as [(typeof events)[0]]
  assert.deepEqual(
    [log, time, timeBasis, target, fields.ImagePath, fields.ObjectName, fields.ServiceDll],
    [
      'services',
      Date.UTC(2026, 5, 5, 2, 12),
      'stated',
      service.Name,
      service.PathName,
      'LocalSystem',
      service.ServiceDll,
    ],
  )
})

test('tasks of Velociraptor: the name below the folder of tasks, the expanded command, and what it decodes to', async () => {
  const { parser, events, gaps } = await readWith('results/Analysis.json', lines(task))
  assert.deepEqual([parser, gaps, events.length], ['listed-state-json', [], 1])
  const { fields } = events[0]!
  assert.deepEqual(
    [fields.TaskName, fields.CommandLine, fields.DecodedCommand, fields.UserId],
    ['\\Work\\Run', `C:\\Windows\\powershell.exe ${task.Arguments}`, 'whoami', 'S-1-5-18'],
  )
})

test('services as a shell exports them as CSV, and a row with other columns', async () => {
  const text =
    '"Name","PathName","StartMode","StartName"\r\n"A","C:\\a.exe","Auto","LocalSystem"\r\n"B","C:\\b.exe"\r\n'
  const { parser, events, gaps } = await readWith('services.csv', text)
  assert.equal(parser, 'listed-state-csv')
  assert.deepEqual(
    events.map(({ fields }) => [fields.ServiceName, fields.ImagePath, fields.ObjectName]),
    [['A', 'C:\\a.exe', 'LocalSystem']],
  )
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['corrupt'],
  )
})

test('other objects with a name are none', async () => {
  const { parser } = await readWith('x.json', lines({ Name: 'a', PathName: 'b' }, { OSPath: 'C:\\x', Size: 1 }))
  assert.notEqual(parser, 'listed-state-json')
})
