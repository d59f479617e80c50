import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { data, filesBelow, readWith } from './reading.ts'

const NS = 'xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"'
const task = (inner: string, uri = '\\Work\\Run'): string =>
  `<Task version="1.2" ${NS}><RegistrationInfo><Date>2021-03-03T04:23:22.37</Date><Author>LAB\\alice</Author><URI>${uri}</URI></RegistrationInfo>${inner}</Task>`
const exec = (command: string, parameters = ''): string =>
  `<Exec><Command>${command}</Command><Arguments>${parameters}</Arguments></Exec>`
const actions = (inner: string): string => `<Actions Context="Author">${inner}</Actions>`

test('a file of a task in UTF-16 is one event', async () => {
  const text = `<?xml version="1.0" encoding="UTF-16"?>\r\n${task(
    `<Triggers><TimeTrigger><Repetition><Interval>PT5M</Interval></Repetition><StartBoundary>2021-03-03T04:00:00</StartBoundary></TimeTrigger><LogonTrigger/></Triggers>` +
      `<Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals>` +
      `<Settings><Hidden>true</Hidden><Enabled>false</Enabled></Settings>${actions(exec('C:\\Users\\Public\\a.exe', '-x &amp; y'))}`,
  )}`
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  const { parser, events, gaps } = await readWith('C:\\Windows\\System32\\Tasks\\Work\\Run', bytes)
  assert.deepEqual([parser, gaps, events.length], ['task-xml', [], 1])
  const [event] = events
  assert.equal(event!.time, Date.UTC(2021, 2, 3, 4, 23, 22, 370))
  assert.equal(event!.timeBasis, 'assumed')
  assert.equal(event!.user, 'LAB\\alice')
  const { fields } = event!
  assert.deepEqual(
    {
      TaskName: fields.TaskName,
      CommandLine: fields.CommandLine,
      KnownPlace: fields.KnownPlace,
      UserId: fields.UserId,
      RunLevel: fields.RunLevel,
      Hidden: fields.Hidden,
      Enabled: fields.Enabled,
      Triggers: fields.Triggers,
      RepetitionInterval: fields.RepetitionInterval,
    },
    {
      TaskName: '\\Work\\Run',
      CommandLine: 'C:\\Users\\Public\\a.exe -x & y',
      KnownPlace: 'false',
      UserId: 'S-1-5-18',
      RunLevel: 'HighestAvailable',
      Hidden: 'true',
      Enabled: 'false',
      Triggers: ['TimeTrigger Repetition/Interval=PT5M StartBoundary=2021-03-03T04:00:00', 'LogonTrigger'],
      RepetitionInterval: 'PT5M',
    },
  )
  assert.deepEqual(event!.sources, [{ product: 'postern', service: 'task' }])
})

for (const [what, text, names] of [
  [
    'one after the other',
    `<?xml version="1.0"?>${task('', '\\A')}\r\n<?xml version="1.0"?>${task('', '\\B')}`,
    ['\\A', '\\B'],
  ],
  [
    'in a list with names above',
    `<?xml version="1.0"?><Tasks><!-- \\A -->${task('', 'x')}<!-- \\B\\C -->${task('', 'y')}</Tasks>`,
    ['\\A', '\\B\\C'],
  ],
  ['without the first backslash', task('', 'Microsoft\\Windows\\A'), ['\\Microsoft\\Windows\\A']],
] as const) {
  test(`tasks ${what}`, async () => {
    const { parser, events, gaps } = await readWith('tasks.xml', text)
    assert.deepEqual([parser, gaps], ['task-xml', []])
    assert.deepEqual(
      events.map((e) => e.fields.TaskName),
      names,
    )
  })
}

for (const [command, expected] of [
  ['%windir%\\system32\\cleanmgr.exe', 'true'],
  ['sc.exe', 'true'],
  ['"%ProgramFiles%\\Windows Media Player\\wmpnscfg.exe"', 'true'],
  ['%localappdata%\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe', 'true'],
  ['C:\\Windows\\Temp\\a.exe', 'false'],
  ['C:\\Windows\\System32\\spool\\drivers\\color\\a.exe', 'false'],
  ['C:\\ProgramData\\a.exe', 'false'],
  ['C:\\Program Files\\..\\Users\\Public\\a.exe', 'false'],
  ['\\\\host\\share\\a.exe', 'false'],
] as const) {
  test(`${command} lies in a known place: ${expected}`, async () => {
    const { events } = await readWith('t.xml', task(actions(exec(command))))
    assert.equal(events[0]?.fields.KnownPlace, expected)
  })
}

test('a class instead of a command, several actions, a password on the command line', async () => {
  const class1 = '<ComHandler><ClassId>{1}</ClassId><Data>d</Data></ComHandler>'
  const { events } = await readWith(
    't.xml',
    task(actions(exec('net.exe', 'user bob hunter2 /add') + class1 + exec('a.exe'))),
  )
  const { fields, raw } = events[0]!
  assert.deepEqual(
    [fields.CommandLine, fields.ClassId, fields.Actions],
    [['net.exe user bob *** /add', 'a.exe'], '{1}', 3],
  )
  assert.ok(!raw.includes('hunter2') && !JSON.stringify(fields).includes('hunter2'))
})

test('the list of schtasks as CSV', async () => {
  const names =
    '"HostName","TaskName","Status","Logon Mode","Author","Task To Run","Scheduled Task State","Run As User"'
  const row = (name: string, run: string): string =>
    `"M","${name}","Ready","N/A","LAB\\alice","${run}","Enabled","SYSTEM"`
  const text = [
    names,
    row('\\A', 'C:\\Users\\Public\\a b.exe -x'),
    names,
    row('\\B', '%windir%\\system32\\sc.exe start x'),
    row('\\C', 'COM handler'),
  ].join('\r\n')
  const { parser, events, gaps } = await readWith('tasks.csv', text)
  assert.deepEqual([parser, gaps], ['task-csv', []])
  assert.deepEqual(
    events.map(({ fields }) => [fields.TaskName, fields.Image, fields.KnownPlace, fields.UserId]),
    [
      ['\\A', 'C:\\Users\\Public\\a b.exe', 'false', 'SYSTEM'],
      ['\\B', '%windir%\\system32\\sc.exe', 'true', 'SYSTEM'],
      ['\\C', null, null, 'SYSTEM'],
    ],
  )
})

test('the list of schtasks, a line for each property', async () => {
  const one = (name: string, run: string, trigger: string): string => `HostName:                             MAIL01
TaskName:                             ${name}
Author:                               LAB\\alice
Task To Run:                          ${run}
Scheduled Task State:                 Enabled
Run As User:                          SYSTEM
Schedule Type:                        ${trigger}
Repeat: Every:                        Disabled
`
  const text = `
Folder: \\
${one('\\A', 'C:\\Users\\Public\\a b.exe -x', 'Daily')}
${one('\\A', 'C:\\Users\\Public\\a b.exe -x', 'At logon time')}
Folder: \\Microsoft
${one('\\Microsoft\\B', 'COM handler', 'Daily')}
INFO: There is more.
`
  const { parser, events, gaps } = await readWith('tasks.txt', text.replaceAll('\n', '\r\n'))
  assert.deepEqual(
    [parser, gaps.map(({ line, reason }) => [line, reason])],
    ['task-list', [[text.split('\n').findIndex((line) => line.startsWith('INFO')) + 1, 'unsupported']]],
  )
  assert.deepEqual(
    events.map(({ fields }) => [fields.TaskName, fields.Image, fields.TriggerTypes, fields.UserId]),
    [
      ['\\A', 'C:\\Users\\Public\\a b.exe', 'Daily', 'SYSTEM'],
      ['\\A', 'C:\\Users\\Public\\a b.exe', 'At logon time', 'SYSTEM'],
      ['\\Microsoft\\B', null, 'Daily', 'SYSTEM'],
    ],
  )
})

test('a task that is cut off is told as far as it goes', async () => {
  const text = task(actions(exec('C:\\Temp\\a.exe')))
  const { events, gaps } = await readWith('t.xml', text.slice(0, -20))
  assert.deepEqual(
    [events[0]?.fields.Command, events[0]?.fields.Cut, gaps[0]?.reason],
    ['C:\\Temp\\a.exe', 'true', 'truncated'],
  )
})

test('the tasks of a real machine: all are read, one lies elsewhere', {
  skip: data === undefined && 'POSTERN_DATA is not set',
}, async () => {
  const odd: unknown[] = []
  let count = 0
  for (const [path, bytes] of filesBelow(join(data!, 'scheduled-tasks/win10'))) {
    count++
    const { parser, events, gaps } = await readWith(path, bytes, 65_536)
    assert.deepEqual([parser, events.length, gaps], ['task-xml', 1, []], path)
    if (events[0]!.fields.KnownPlace === 'false') odd.push(events[0]!.user !== null && events[0]!.time !== null)
  }
  assert.equal(count, 202)
  assert.deepEqual(odd, [true])
})
