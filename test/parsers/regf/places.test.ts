import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, Fact, Fields } from '../../../src/model/event.ts'
import { registry } from '../../../src/parsers/registry/index.ts'
import { registryLog } from '../../../src/parsers/registry/log-file.ts'
import { reading, survivesDamage } from '../hostile.ts'
import {
  dirty,
  hiveFile,
  type HiveOptions,
  type HiveTree,
  newLog,
  oldLog,
  seal,
  writeTime,
} from '../../../tools/writers/regf.ts'

const time = '2021-03-03T04:05:06.000Z'
const written = '2021-03-03T04:05:06.0000000Z'
const windows = 'Microsoft\\Windows\\CurrentVersion'
const nt = 'Microsoft\\Windows NT\\CurrentVersion'

async function read(tree: HiveTree, path: string, options: HiveOptions = {}) {
  const hive = hiveFile(tree, { time, ...options })
  const found = await reading(registry, hive, path)
  assert.deepEqual(found.gaps, [])
  for (const { at } of found.events) assert.ok(at.length > 0 && at.offset + at.length <= hive.length)
  return found
}

const software = (tree: HiveTree) => read({ [nt]: {}, ...tree }, 'C/Windows/System32/config/SOFTWARE')
const system = (tree: HiveTree) =>
  read({ Select: { values: { Current: 2 } }, ControlSet001: {}, ControlSet002: {}, ...tree }, 'SYSTEM')
const user = (tree: HiveTree) => read({ Environment: {}, 'Software\\Microsoft': {}, ...tree }, 'C/Users/joe/NTUSER.DAT')

/** The fields of the events of a kind that are asked for. */
function told(events: readonly Event[], log: string, ...names: readonly string[]): Fields[] {
  return events
    .filter((event) => event.log === log)
    .map(({ fields }) => Object.fromEntries(names.map((name) => [name, fields[name] ?? null])))
}

const factsOf = (facts: readonly Fact[], kind: Fact['fact']): Fact[] => facts.filter(({ fact }) => fact === kind)

test('a service: its library, account and start in words', async () => {
  const { events } = await system({
    'ControlSet002\\Services\\Evil': {
      values: {
        Type: 0x20,
        Start: 2,
        ImagePath: { type: 'REG_EXPAND_SZ', data: '%SystemRoot%\\system32\\svchost.exe -k netsvcs' },
        ObjectName: 'LocalSystem',
        DisplayName: 'Evil Service',
        FailureCommand: 'C:\\x.exe',
      },
    },
    'ControlSet002\\Services\\Evil\\Parameters': { values: { ServiceDll: 'C:\\ProgramData\\evil.dll' } },
    'ControlSet001\\Services\\OnlyInTheOther': { values: { Type: 1 } },
    'ControlSet002\\Services\\NoService\\Performance': { values: { Library: 'x.dll' } },
  })
  const [service, ...others] = events.filter(({ log }) => log === 'services')
  assert.equal(others.length, 0)
  assert.deepEqual(
    { ...service!.fields },
    {
      ServiceName: 'Evil',
      DisplayName: 'Evil Service',
      ImagePath: '%SystemRoot%\\system32\\svchost.exe -k netsvcs',
      KnownPlace: 'true',
      ServiceDll: 'C:\\ProgramData\\evil.dll',
      StartType: 'auto',
      ServiceType: 'shared process',
      ObjectName: 'LocalSystem',
      AccountName: 'LocalSystem',
      Description: null,
      FailureCommand: 'C:\\x.exe',
      ParametersLastWrite: written,
      TargetObject: 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Evil',
      LastWrite: written,
    },
  )
  assert.deepEqual([service!.time, service!.timeBasis], [Date.parse(time), 'format'])
  assert.match(service!.raw, /ServiceDll: C:\\ProgramData\\evil\.dll/)
})

test('the machine: its name, its time zone, its last shutdown', async () => {
  const stamp = Buffer.alloc(8)
  writeTime(stamp, 0, time)
  const { events, facts } = await system({
    'ControlSet002\\Control\\ComputerName\\ComputerName': { values: { ComputerName: 'mail01' } },
    'ControlSet002\\Control\\TimeZoneInformation': { values: { Bias: -60, StandardBias: 0, ActiveTimeBias: -120 } },
    'ControlSet002\\Control\\Windows': { values: { ShutdownTime: { type: 'REG_BINARY', data: stamp } } },
  })
  assert.deepEqual(factsOf(facts, 'host'), [{ fact: 'host', host: 'MAIL01', source: 'SYSTEM hive', rows: 1 }])
  assert.deepEqual(
    factsOf(facts, 'zone').map((fact) => fact.fact === 'zone' && fact.minutes),
    [60],
  )
  const shutdown = events.find(({ fields }) => fields.Category === 'Last shutdown')
  assert.deepEqual([shutdown?.time, shutdown?.host, shutdown?.fields.Details], [Date.parse(time), 'MAIL01', written])
})

/** Key, values, and what is told of them: category, name, command, path. */
const starts: readonly (readonly [
  keeps: typeof software,
  key: string,
  HiveTree[string]['values'],
  readonly unknown[],
])[] = [
  [
    software,
    `${windows}\\Run`,
    { Evil: 'C:\\x.exe' },
    ['Run', 'Evil', 'C:\\x.exe', `HKLM\\SOFTWARE\\${windows}\\Run\\Evil`],
  ],
  [
    software,
    `Wow6432Node\\${windows}\\RunOnce`,
    { Evil: 'x' },
    ['RunOnce', 'Evil', 'x', `HKLM\\SOFTWARE\\Wow6432Node\\${windows}\\RunOnce\\Evil`],
  ],
  [
    software,
    `${windows}\\RunOnceEx\\0001\\Depend`,
    { 1: 'x.dll' },
    ['RunOnceEx', '1', 'x.dll', `HKLM\\SOFTWARE\\${windows}\\RunOnceEx\\0001\\Depend\\1`],
  ],
  [
    software,
    `${nt}\\Winlogon`,
    { Shell: 'explorer.exe,x.exe', Other: 'no' },
    ['Winlogon', 'Winlogon\\Shell', 'explorer.exe,x.exe', `HKLM\\SOFTWARE\\${nt}\\Winlogon\\Shell`],
  ],
  [
    software,
    `${nt}\\Image File Execution Options\\sethc.exe`,
    { Debugger: 'cmd.exe' },
    [
      'Image file execution options',
      'sethc.exe\\Debugger',
      'cmd.exe',
      `HKLM\\SOFTWARE\\${nt}\\Image File Execution Options\\sethc.exe\\Debugger`,
    ],
  ],
  [
    software,
    `${nt}\\Windows`,
    { AppInit_DLLs: 'x.dll' },
    ['AppInit_DLLs', 'Windows\\AppInit_DLLs', 'x.dll', `HKLM\\SOFTWARE\\${nt}\\Windows\\AppInit_DLLs`],
  ],
  [
    software,
    'Microsoft\\Netsh',
    { helper: 'C:\\x.dll' },
    ['Netsh helper', 'helper', 'C:\\x.dll', 'HKLM\\SOFTWARE\\Microsoft\\Netsh\\helper'],
  ],
  [
    software,
    'Classes\\exefile\\shell\\open\\command',
    { '': 'x "%1"' },
    [
      'Opens programs',
      'exefile\\shell\\open\\command',
      'x "%1"',
      'HKLM\\SOFTWARE\\Classes\\exefile\\shell\\open\\command\\(Default)',
    ],
  ],
  [
    system,
    'ControlSet002\\Control\\Session Manager',
    { BootExecute: ['autocheck autochk *', 'x'] },
    [
      'Session manager',
      'Session Manager\\BootExecute',
      'autocheck autochk *, x',
      'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\BootExecute',
    ],
  ],
  [
    system,
    'ControlSet002\\Control\\Lsa',
    { 'Notification Packages': ['scecli', 'evil'] },
    [
      'LSA',
      'Lsa\\Notification Packages',
      'scecli, evil',
      'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\Notification Packages',
    ],
  ],
  [
    system,
    'ControlSet002\\Control\\Print\\Monitors\\Evil',
    { Driver: 'x.dll' },
    [
      'Print monitor',
      'Evil\\Driver',
      'x.dll',
      'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Print\\Monitors\\Evil\\Driver',
    ],
  ],
  [system, 'Setup', { CmdLine: 'x' }, ['Setup', 'Setup\\CmdLine', 'x', 'HKLM\\SYSTEM\\Setup\\CmdLine']],
  [user, `Software\\${windows}\\Run`, { Evil: 'x' }, ['Run', 'Evil', 'x', `HKU\\joe\\Software\\${windows}\\Run\\Evil`]],
  [
    user,
    'Environment',
    { UserInitMprLogonScript: 'x.bat' },
    ['Logon script', 'Environment\\UserInitMprLogonScript', 'x.bat', 'HKU\\joe\\Environment\\UserInitMprLogonScript'],
  ],
  [
    user,
    'Software\\Classes\\CLSID\\{1}\\InprocServer32',
    { '': 'x.dll' },
    [
      'COM class of a user',
      '{1}\\InprocServer32',
      'x.dll',
      'HKU\\joe\\Software\\Classes\\CLSID\\{1}\\InprocServer32\\(Default)',
    ],
  ],
  [
    user,
    'Software\\Microsoft\\Office\\16.0\\Outlook\\WebView\\Inbox',
    { URL: 'http://x/' },
    [
      'Outlook home page',
      'Inbox\\URL',
      'http://x/',
      'HKU\\joe\\Software\\Microsoft\\Office\\16.0\\Outlook\\WebView\\Inbox\\URL',
    ],
  ],
]
for (const [keeps, key, values, expected] of starts) {
  test(`startup: ${expected[0] as string} (${expected[3] as string})`, async () => {
    const { events } = await keeps({ [key]: { values: values! } })
    const found = told(events, 'startup', 'Category', 'Name', 'Command', 'TargetObject')
    assert.deepEqual(
      found.map((fields) => Object.values(fields)),
      [expected],
    )
  })
}

const keys: readonly (readonly [
  keeps: typeof software,
  key: string,
  HiveTree[string]['values'],
  log: string,
  category: string,
  details: unknown,
])[] = [
  [
    software,
    'Microsoft\\Windows Defender\\Exclusions\\Paths',
    { 'C:\\x': 0 },
    'registry',
    'Defender exclusion',
    [0, 'DWORD (0x00000000)'],
  ],
  [
    software,
    'Policies\\Microsoft\\Windows Defender',
    { DisableAntiSpyware: 1 },
    'registry',
    'Defender policy',
    [1, 'DWORD (0x00000001)'],
  ],
  [
    software,
    `${windows}\\Policies\\System`,
    { LocalAccountTokenFilterPolicy: 1 },
    'registry',
    'Policy',
    [1, 'DWORD (0x00000001)'],
  ],
  [software, `${nt}\\Winlogon`, { DefaultPassword: 'hunter2' }, 'registry', 'Automatic logon', '***'],
  [
    software,
    'Microsoft\\ExchangeServer\\v15\\Diagnostics',
    { EnableSerializationDataSigning: 1 },
    'exchange-config',
    '',
    [1, 'DWORD (0x00000001)'],
  ],
  [
    system,
    'ControlSet002\\Control\\SecurityProviders\\WDigest',
    { UseLogonCredential: 1 },
    'registry',
    'WDigest',
    [1, 'DWORD (0x00000001)'],
  ],
  [
    system,
    'ControlSet002\\Control\\Terminal Server',
    { fDenyTSConnections: 0 },
    'registry',
    'Remote desktop',
    [0, 'DWORD (0x00000000)'],
  ],
  [
    system,
    'ControlSet002\\Control\\Lsa',
    { SuppressExtendedProtection: 1 },
    'exchange-config',
    '',
    [1, 'DWORD (0x00000001)'],
  ],
  [
    system,
    'ControlSet002\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules',
    { '{1}': 'v2.10|Action=Allow|' },
    'registry',
    'Firewall',
    'v2.10|Action=Allow|',
  ],
  [
    system,
    'ControlSet002\\Services\\PortProxy\\v4tov4\\tcp',
    { '*/4444': '10.0.0.1/3389' },
    'registry',
    'Port proxy',
    '10.0.0.1/3389',
  ],
  [user, `Software\\${windows}\\Explorer\\RunMRU`, { a: 'cmd\\1' }, 'registry', 'Typed command', 'cmd\\1'],
]
for (const [keeps, key, values, log, category, details] of keys) {
  test(`${log}: ${key}`, async () => {
    const { events } = await keeps({ [key]: { values: values! } })
    const found = told(events, log, 'Category', 'Details').filter((fields) => fields.Category === (category || null))
    assert.deepEqual(
      found.map((fields) => fields.Details),
      [details],
    )
    for (const event of events) assert.doesNotMatch(event.raw + JSON.stringify(event.fields), /hunter2/)
  })
}

test('keys that no place asks for give no event', async () => {
  const { events } = await software({
    'Microsoft\\Other': { values: { a: 'b' } },
    'Classes\\.txt': { values: { '': 'x' } },
  })
  assert.deepEqual(events, [])
})

test('Exchange: its build from setup, updates from their keys', async () => {
  const { events, facts } = await software({
    'Microsoft\\ExchangeServer\\v15\\Setup': {
      values: {
        MsiInstallPath: 'C:\\Exchange\\',
        MsiProductMajor: 15,
        MsiProductMinor: 2,
        MsiBuildMajor: 792,
        MsiBuildMinor: 3,
      },
      time: '2021-01-01T00:00:00Z',
    },
    [`${windows}\\Uninstall\\Microsoft Exchange v15`]: {
      values: {
        DisplayName: 'Microsoft Exchange Server 2019 Cumulative Update 8',
        DisplayVersion: '15.2.792.3',
        InstallDate: '20210101',
      },
      time: '2021-01-01T10:00:00Z',
    },
    [`${windows}\\Uninstall\\{X}`]: {
      values: {
        DisplayName: 'Security Update for Exchange Server 2019 Cumulative Update 8 (KB5000871)',
        DisplayVersion: '15.2.792.10',
        InstallDate: '20210303',
      },
      time: '2021-06-01T00:00:00Z',
    },
    [`${windows}\\Uninstall\\Tool`]: { values: { DisplayName: 'Everything', DisplayVersion: '1.0' } },
  })
  const builds = factsOf(facts, 'build').map((fact) =>
    fact.fact === 'build' ? [fact.build, fact.precision, fact.source, fact.from, fact.to] : [],
  )
  const end = Date.parse('2021-06-01T00:00:00Z')
  assert.deepEqual(builds, [
    ['15.2.792.3', 'cu', 'registry', Date.parse('2021-01-01T00:00:00Z'), end],
    ['15.2.792.3', 'cu', 'uninstall key', Date.parse('2021-01-01T10:00:00Z'), end],
    ['15.2.792.10', 'update', 'uninstall key', Date.parse('2021-03-04T00:00:00Z') - 1, null],
  ])
  const installed = told(events, 'exchange-config', 'Setting', 'KB', 'DisplayVersion').filter(
    (f) => f.Setting === 'Installed',
  )
  assert.deepEqual(
    installed.map(({ KB, DisplayVersion }) => [KB, DisplayVersion]),
    [
      [null, '15.2.792.3'],
      ['KB5000871', '15.2.792.10'],
    ],
  )
  assert.deepEqual(told(events, 'registry', 'Product'), [{ Product: 'Everything' }])
})

/** Text with its length in bytes in front. */
const counted = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf16le')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes])
}
const word = (n: number): Buffer => Buffer.from([n & 255, n >> 8])
const runs = (command: string, rest: string): Buffer =>
  Buffer.concat([word(0x6666), counted(''), counted(command), counted(rest), counted('C:\\w'), word(0)])

function task(path: string, actions: Buffer): HiveTree[string] {
  const dynamic = Buffer.alloc(36)
  dynamic.writeUInt32LE(3)
  writeTime(dynamic, 4, '2021-03-01T00:00:00Z')
  writeTime(dynamic, 12, '2021-03-02T00:00:00Z')
  return {
    values: {
      Path: path,
      Author: 'EXAMPLE\\admin',
      Actions: { type: 'REG_BINARY', data: actions },
      DynamicInfo: { type: 'REG_BINARY', data: dynamic },
    },
  }
}

test('tasks: actions, dates, and those that are hidden', async () => {
  const cache = `${nt}\\Schedule\\TaskCache`
  const sd = { type: 'REG_BINARY', data: Buffer.alloc(20, 1) } as const
  const start = Buffer.concat([word(3), counted('LocalSystem')])
  const { events } = await software({
    [`${cache}\\Tasks\\{1}`]: task('\\Seen', Buffer.concat([start, runs('cmd.exe', '/c x')])),
    [`${cache}\\Tree\\Seen`]: { values: { Id: '{1}', Index: 3, SD: sd } },
    [`${cache}\\Tasks\\{2}`]: task('\\Folder\\NoDescriptor', Buffer.concat([start, runs('a', ''), runs('b', '')])),
    [`${cache}\\Tree\\Folder\\NoDescriptor`]: { values: { Id: '{2}', Index: 3 } },
    [`${cache}\\Tasks\\{3}`]: task(
      '\\IndexZero',
      Buffer.concat([word(3), counted('x'), word(0x7777), counted(''), Buffer.alloc(16, 1), counted('data')]),
    ),
    [`${cache}\\Tree\\IndexZero`]: { values: { Id: '{3}', Index: 0, SD: sd } },
    [`${cache}\\Tasks\\{4}`]: task('\\NoTree', Buffer.concat([start, word(0x1234), counted('')])),
    [`${cache}\\Tree\\Lone`]: { values: { Id: '{5}', SD: sd } },
  })
  assert.deepEqual(
    told(events, 'tasks', 'TaskName', 'CommandLine', 'ClassId', 'Hidden', 'Incomplete').map((fields) =>
      Object.values(fields),
    ),
    [
      ['\\Seen', 'cmd.exe /c x', null, null, null],
      ['\\Folder\\NoDescriptor', ['a', 'b'], null, true, null],
      ['\\IndexZero', null, '{01010101-0101-0101-0101-010101010101}', true, null],
      ['\\NoTree', null, null, true, null],
      ['\\Lone', null, null, null, true],
    ],
  )
  const [seen] = events.filter(({ log }) => log === 'tasks')
  assert.deepEqual(
    [
      seen!.time,
      seen!.fields.LastRun,
      seen!.fields.Command,
      seen!.fields.Arguments,
      seen!.fields.WorkingDirectory,
      seen!.user,
    ],
    [Date.parse('2021-03-01T00:00:00Z'), '2021-03-02T00:00:00.0000000Z', 'cmd.exe', '/c x', 'C:\\w', 'LocalSystem'],
  )
})

test('tasks: before Windows 10 no task has a descriptor, and none is hidden for it', async () => {
  const cache = `${nt}\\Schedule\\TaskCache`
  const { events } = await software({
    [`${cache}\\Tasks\\{1}`]: task(
      '\\Old',
      Buffer.concat([word(1), word(0x6666), counted(''), counted('x'), counted(''), counted('')]),
    ),
    [`${cache}\\Tree\\Old`]: { values: { Id: '{1}', Index: 2 } },
  })
  assert.deepEqual(told(events, 'tasks', 'Command', 'Hidden'), [{ Command: 'x', Hidden: null }])
})

function account(name: string, rid: number, bits: number): HiveTree[string] {
  const f = Buffer.alloc(80)
  writeTime(f, 8, '2021-03-02T00:00:00Z')
  writeTime(f, 24, '2021-03-01T00:00:00Z')
  f.writeUInt32LE(rid, 48)
  f.writeUInt16LE(bits, 56)
  f.writeUInt16LE(3, 66)
  const texts = [name, 'Full Name', 'a comment'].map((text) => Buffer.from(text, 'utf16le'))
  const v = Buffer.concat([Buffer.alloc(0xcc), ...texts, Buffer.from('NTHASH..NTHASH..')])
  for (let i = 0, at = 0; i < 3; at += texts[i]!.length, i++) {
    v.writeUInt32LE(at, 12 + i * 12)
    v.writeUInt32LE(texts[i]!.length, 16 + i * 12)
  }
  return { values: { F: { type: 'REG_BINARY', data: f }, V: { type: 'REG_BINARY', data: v } } }
}

/** S-1-5-21-1-2-3-RID. */
function sid(rid: number): Buffer {
  const bytes = Buffer.alloc(28)
  bytes.writeUInt16LE(0x0501)
  bytes.writeUInt8(5, 7)
  for (const [i, part] of [21, 1, 2, 3, rid].entries()) bytes.writeUInt32LE(part, 8 + i * 4)
  return bytes
}

function alias(name: string, members: readonly Buffer[]): HiveTree[string] {
  const text = Buffer.from(name, 'utf16le')
  const c = Buffer.alloc(52)
  c.writeUInt32LE(text.length, 20)
  c.writeUInt32LE(text.length, 40)
  c.writeUInt32LE(members.length, 48)
  return { values: { C: { type: 'REG_BINARY', data: Buffer.concat([c, text, ...members]) } } }
}

test('accounts: names, dates, flags and groups, and no secret', async () => {
  const domain = Buffer.concat([Buffer.alloc(64), sid(0).subarray(12, 24)])
  const users = 'SAM\\Domains\\Account\\Users'
  const { events } = await read(
    {
      'SAM\\Domains\\Account': { values: { V: { type: 'REG_BINARY', data: domain } } },
      [`${users}\\000001F4`]: account('Administrator', 500, 0x211),
      [`${users}\\Names\\Administrator`]: { values: { '': { type: 500, data: Buffer.alloc(0) } } },
      [`${users}\\000003E9`]: account('support$', 500, 0x10),
      'SAM\\Domains\\Builtin\\Aliases\\00000220': alias('Administratoren', [sid(500), sid(1001)]),
      'SAM\\Domains\\Builtin\\Aliases\\00000221': alias('Benutzer', []),
    },
    'SAM',
  )
  assert.deepEqual(
    told(
      events,
      'accounts',
      'UserName',
      'Rid',
      'FullName',
      'Comment',
      'Disabled',
      'LogonCount',
      'LastLogon',
      'Groups',
      'Administrator',
      'RidMismatch',
      'Hidden',
    ).map((fields) => Object.values(fields)),
    [
      [
        'Administrator',
        500,
        'Full Name',
        'a comment',
        true,
        3,
        '2021-03-02T00:00:00.0000000Z',
        ['Administratoren'],
        true,
        null,
        null,
      ],
      [
        'support$',
        1001,
        'Full Name',
        'a comment',
        false,
        3,
        '2021-03-02T00:00:00.0000000Z',
        ['Administratoren'],
        true,
        500,
        true,
      ],
      [null, null, null, null, null, null, null, null, null, null, null],
    ],
  )
  assert.deepEqual(told(events, 'accounts', 'GroupName', 'Members').at(-1), {
    GroupName: 'Administratoren',
    Members: ['S-1-5-21-1-2-3-500', 'S-1-5-21-1-2-3-1001'],
  })
  for (const event of events) {
    assert.doesNotMatch(event.raw + JSON.stringify(event.fields), /NTHASH|4e544841/i)
    assert.equal(event.sources[0]?.service, 'account')
  }
})

test('accounts with a profile, and those that are not shown', async () => {
  const { events } = await software({
    [`${nt}\\ProfileList\\S-1-5-21-1-2-3-1104`]: {
      values: {
        ProfileImagePath: 'C:\\Users\\joe',
        LocalProfileLoadTimeHigh: 0x01d71099,
        LocalProfileLoadTimeLow: 0xa55f5b80,
      },
    },
    [`${nt}\\Winlogon\\SpecialAccounts\\UserList`]: { values: { backup: 0 } },
  })
  assert.deepEqual(
    events.map(({ log, fields }) => [
      log,
      fields.Source,
      fields.UserName,
      fields.Loaded ?? null,
      fields.Hidden ?? null,
    ]),
    [
      ['registry', 'ProfileList', 'joe', '2021-03-04T01:56:52.1249664Z', null],
      ['registry', 'SpecialAccounts', 'backup', null, true],
    ],
  )
})

// ---------------------------------------------------------------- programs

const stamped = (at: number, size: number, numbers: Readonly<Record<number, number>> = {}): Buffer => {
  const bytes = Buffer.alloc(size)
  for (const [place, number] of Object.entries(numbers)) bytes.writeUInt32LE(number, Number(place))
  writeTime(bytes, at, time)
  return bytes
}

test('ShimCache, BAM, UserAssist, AmCache: what ran, and what the time means', async () => {
  const path = Buffer.from('C:\\Windows\\Temp\\x.exe', 'utf16le')
  const entry = Buffer.concat([word(path.length), path, stamped(0, 8), Buffer.alloc(4)])
  const shim = Buffer.concat([stamped(8, 52, { 0: 52 }), Buffer.from('10ts\0\0\0\0'), Buffer.alloc(4), entry])
  shim.writeUInt32LE(entry.length, 60)
  const machine = await system({
    'ControlSet002\\Control\\Session Manager\\AppCompatCache': {
      values: { AppCompatCache: { type: 'REG_BINARY', data: shim } },
    },
    'ControlSet002\\Services\\bam\\State\\UserSettings\\S-1-5-21-1-2-3-500': {
      values: { '\\Device\\HarddiskVolume2\\x.exe': { type: 'REG_BINARY', data: stamped(0, 24) }, Version: 1 },
    },
  })
  const person = await user({
    [`Software\\${windows}\\Explorer\\UserAssist\\{CEBFF5CD-ACE2-4F4F-9178-9926F41749EA}\\Count`]: {
      values: {
        '{1NP14R77-02R7-4R5Q-O744-2RO1NR5198O7}\\pzq.rkr': { type: 'REG_BINARY', data: stamped(60, 72, { 4: 9 }) },
        HRZR_PGYFRFFVBA: { type: 'REG_BINARY', data: Buffer.alloc(72) },
      },
    },
  })
  const catalog = await read(
    {
      'Root\\InventoryApplicationFile\\x.exe|1': {
        values: {
          LowerCaseLongPath: 'c:\\x.exe',
          FileId: `0000${'ab'.repeat(20)}`,
          ProductName: 'X',
          Publisher: 'Y',
          LinkDate: '05/04/2021 17:43:39',
        },
      },
      'Root\\File\\{volume}\\1000': { values: { 15: 'C:\\old.exe', 101: `0000${'cd'.repeat(20)}` } },
    },
    'C/Windows/AppCompat/Programs/Amcache.hve',
  )
  const programs = [machine, person, catalog].flatMap(({ events }) =>
    told(events, 'programs', 'Image', 'Source', 'TimeMeaning', 'RunCount', 'Hashes'),
  )
  assert.deepEqual(
    programs.map((fields) => Object.values(fields)),
    [
      ['C:\\Windows\\Temp\\x.exe', 'ShimCache', 'file modified', null, null],
      ['\\Device\\HarddiskVolume2\\x.exe', 'BAM', 'last run', null, null],
      ['%windir%\\System32\\cmd.exe', 'UserAssist', 'last run', 9, null],
      ['C:\\old.exe', 'AmCache', 'cataloged', null, `SHA1=${'CD'.repeat(20)}`],
      ['c:\\x.exe', 'AmCache', 'cataloged', null, `SHA1=${'AB'.repeat(20)}`],
    ],
  )
})

// ---------------------------------------------------------------- certificate requests

const der = (tag: number, ...parts: readonly (Buffer | string)[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
  return Buffer.concat([
    Buffer.from(content.length < 128 ? [tag, content.length] : [tag, 0x82, content.length >> 8, content.length & 255]),
    content,
  ])
}

test('a certificate request that waits: its subject, and script in it', async () => {
  const name = (text: string): Buffer => der(0x30, der(0x31, der(0x30, der(6, '\x55\x04\x03'), der(0x0c, text))))
  const subject = '<%eval(Request.Item["x"],"unsafe")%>'
  const names = der(0x30, der(6, '\x55\x1d\x11'), der(4, der(0x30, der(0x82, 'mail.example.org'))))
  const body = der(
    0x30,
    der(0xa0, der(2, '\x02')),
    der(2, '\x01'),
    der(0x30),
    name('CA'),
    der(0x30, der(0x17, '210303040506Z'), der(0x17, '260303040506Z')),
    name(subject),
    der(0x30),
    der(0xa3, der(0x30, names)),
  )
  const certificate = der(0x30, body)
  const property = (id: number, data: Buffer): Buffer => {
    const head = Buffer.alloc(12)
    head.writeUInt32LE(id)
    head.writeUInt32LE(1, 4)
    head.writeUInt32LE(data.length, 8)
    return Buffer.concat([head, data])
  }
  const blob = Buffer.concat([property(11, Buffer.from('Microsoft Exchange\0', 'utf16le')), property(32, certificate)])
  const { events } = await software({
    'Microsoft\\SystemCertificates\\REQUEST\\Certificates\\AB12': {
      values: { Blob: { type: 'REG_BINARY', data: blob } },
    },
    'Microsoft\\SystemCertificates\\MY\\Certificates\\CD34': { values: { Blob: { type: 'REG_BINARY', data: blob } } },
  })
  assert.deepEqual(
    told(
      events,
      'certificate-requests',
      'Store',
      'Thumbprint',
      'Subject',
      'FriendlyName',
      'NotBefore',
      'AlternativeNames',
      'HoldsScript',
    ),
    [
      {
        Store: 'REQUEST',
        Thumbprint: 'AB12',
        Subject: `CN=${subject}`,
        FriendlyName: 'Microsoft Exchange',
        NotBefore: '2021-03-03T04:05:06Z',
        AlternativeNames: ['mail.example.org'],
        HoldsScript: 'true',
      },
    ],
  )
  assert.deepEqual(told(events, 'registry', 'Store', 'Thumbprint'), [{ Store: 'MY', Thumbprint: 'CD34' }])
})

// ---------------------------------------------------------------- deleted, dirty

test('deleted keys are asked of the same places, and stay apart from live ones', async () => {
  const { events } = await system({
    'ControlSet002\\Services\\Evil': {
      deleted: true,
      values: { Type: 16, Start: 2, ImagePath: 'C:\\Windows\\Temp\\evil.exe' },
    },
    'ControlSet002\\Services\\Evil\\Parameters': { values: { ServiceDll: 'C:\\Windows\\Temp\\evil.dll' } },
  })
  const [service] = events.filter(({ log }) => log === 'services')
  assert.deepEqual(
    [
      service!.snippet,
      service!.fields.Recovered,
      service!.fields.ImagePath,
      service!.fields.ServiceDll,
      service!.fields.TargetObject,
    ],
    [
      true,
      true,
      'C:\\Windows\\Temp\\evil.exe',
      'C:\\Windows\\Temp\\evil.dll',
      'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Evil',
    ],
  )
})

test('a deleted value of a key that stays, and one that was only moved', async () => {
  const { events } = await software({
    [`${windows}\\Run`]: {
      values: { Stays: 'C:\\a.exe', Evil: { type: 'REG_SZ', data: 'C:\\Windows\\Temp\\evil.exe', deleted: true } },
    },
  })
  assert.deepEqual(
    events.map(({ fields, snippet }) => [fields.Name, fields.Recovered ?? false, snippet ?? false]),
    [
      ['Stays', false, false],
      ['Evil', true, true],
    ],
  )
})

const runTree = (name: string): HiveTree => ({ [nt]: {}, [`${windows}\\Run`]: { values: { Key: `C:\\${name}.exe` } } })
const before = hiveFile(runTree('before'), { time, sequence: 9 })
const after = hiveFile(runTree('after!'), { time, sequence: 9 })
const companion = (path: string, bytes: Buffer) => ({ path, size: bytes.length, read: async () => bytes })

for (const [name, hive, companions, command, note] of [
  ['clean', before, [companion('SOFTWARE.LOG1', newLog([before, after], 8))], 'C:\\before.exe', null],
  [
    'said to be clean, while its log goes on',
    before,
    [companion('SOFTWARE.LOG1', newLog([before, after], 9))],
    'C:\\after!.exe',
    /written after it; completed from SOFTWARE\.LOG1/,
  ],
  [
    'dirty, with its log',
    dirty(before),
    [companion('SOFTWARE.LOG1', newLog([before, after], 9))],
    'C:\\after!.exe',
    /completed from SOFTWARE\.LOG1/,
  ],
  [
    'dirty, with a log of the old form',
    dirty(before),
    [companion('SOFTWARE.LOG', oldLog(dirty(before), after))],
    'C:\\after!.exe',
    /completed from SOFTWARE\.LOG$/,
  ],
  ['dirty, without logs', dirty(before), [], 'C:\\before.exe', /logs are not there/],
  [
    'dirty, with a log of another hive',
    dirty(before),
    [companion('SOFTWARE.LOG1', newLog([before, after], 3))],
    'C:\\before.exe',
    /none of its transaction logs fits/,
  ],
] as const) {
  test(`a hive that is ${name}`, async () => {
    const { events, facts, gaps } = await reading(registry, hive, 'SOFTWARE', { companions })
    assert.deepEqual(
      gaps.map(({ detail }) => detail),
      name.includes('another hive') ? ['none of its transaction logs fits: the last changes are not known'] : [],
    )
    const live = events.filter((event) => !event.snippet)
    assert.deepEqual(
      live.map(({ fields }) => fields.Command),
      [command],
    )
    assert.equal(live[0]!.fields.FromLog ?? null, command === 'C:\\after!.exe' ? companions[0]!.path : null)
    // What a log takes back stood in the file, and is told as what was deleted.
    const former = events.filter((event) => event.fields.Recovered === true).map(({ fields }) => fields.Command)
    assert.equal(former.includes('C:\\before.exe'), command === 'C:\\after!.exe')
    const notes = facts.filter((fact) => fact.fact === 'note').map((fact) => fact.note)
    if (note) assert.match(notes.join('\n'), note)
    else assert.deepEqual(notes, [])
  })
}

test('a log beside a dirty hive that is damaged is a gap of the hive', async () => {
  const log = newLog([before, hiveFile(runTree('midway'), { time, sequence: 9 }), after], 9)
  const second = 512 + log.readUInt32LE(516)
  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.from(log)
    change(bytes)
    return bytes
  }
  const none = 'none of its transaction logs fits: the last changes are not known'
  const entries = 'entries of its transaction log SOFTWARE.LOG1 are damaged'
  for (const [bytes, detail] of [
    [log, null],
    [Buffer.alloc(log.length), none],
    [changed((copy) => copy.writeUInt8(1, 600)), none],
    [changed((copy) => copy.writeUInt8(1, second + 600)), entries],
    [changed((copy) => copy.fill(0, 512, 1024)), none],
    [changed((copy) => copy.writeUInt8(1, 508)), none],
    [log.subarray(0, second), null],
  ] as const) {
    const { gaps } = await reading(registry, dirty(before), 'SOFTWARE', {
      companions: [companion('SOFTWARE.LOG1', bytes)],
    })
    assert.deepEqual(
      gaps.map((gap) => gap.detail),
      detail === null ? [] : [detail],
    )
  }
  const { gaps } = await reading(registry, dirty(before), 'SOFTWARE', {
    companions: [companion('SOFTWARE.LOG1', log), companion('SOFTWARE.LOG2', Buffer.alloc(512, 1))],
  })
  assert.deepEqual(
    gaps.map(({ detail }) => detail),
    ['its transaction log SOFTWARE.LOG2 is damaged'],
  )
})

test('what was changed so that nothing leads to a command is read, or a gap', async () => {
  const command = 'C:\\Users\\Public\\evil.exe'
  const tree = { [nt]: {}, [`${windows}\\Run`]: { values: { Key: command } } }
  for (const list of ['lh', 'lf'] as const) {
    const whole = hiveFile(tree, { time, list })
    const [key, value] = [whole.indexOf('Run') - 76, whole.indexOf('Key') - 20]
    const ways: readonly (readonly [string, (bytes: Buffer) => void, string | null])[] = [
      ['nothing', () => {}, null],
      ['a value of binary', (bytes) => bytes.writeUInt32LE(3, value + 12), null],
      ['a zero in front', (bytes) => bytes.writeUInt16LE(0, bytes.indexOf(Buffer.from(command, 'utf16le'))), null],
      ['a value of no bytes', (bytes) => bytes.writeUInt32LE(0, value + 4), '1 cell in use that nothing leads to'],
      ['another name', (bytes) => bytes.write('Gun', key + 76), 'key: another name than its list has'],
      ['a name of wide letters', (bytes) => bytes.writeUInt16LE(0, key + 2), 'key: another name than its list has'],
      [
        'another root',
        (bytes) => {
          bytes.writeUInt32LE(key - 4 - 4096, 36)
          seal(bytes)
        },
        `no root key at 0x${(key - 4 - 4096).toString(16)}`,
      ],
    ]
    for (const [way, change, detail] of ways) {
      const bytes = Buffer.from(whole)
      change(bytes)
      const { events, gaps } = await reading(registry, bytes, 'SOFTWARE')
      assert.ok(
        detail === null ? gaps.length === 0 : gaps.length === 1 && gaps[0]!.detail.startsWith(detail),
        `${list}, ${way}: ${JSON.stringify(gaps)}`,
      )
      const commands = events.map(({ fields }) => String(fields.Command))
      const isRead = detail === null || way === 'another root'
      assert.equal(
        commands.some((text) => text.endsWith(command.slice(1))),
        isRead,
        `${list}, ${way}`,
      )
    }
  }
})

test('a log by itself: every byte is accounted for, and what is broken is a gap', async () => {
  const log = newLog([before, after], 9)
  const ok = await reading(registryLog, log, 'SOFTWARE.LOG1')
  assert.deepEqual([ok.gaps, ok.events, ok.parsed], [[], [], log.length])
  const wrong = Buffer.from(log)
  wrong[5000]! ^= 1
  assert.deepEqual(
    (await reading(registryLog, wrong, 'SOFTWARE.LOG1')).gaps.map(({ reason, offset }) => [reason, offset]),
    [['truncated', 512]],
  )
  const old = oldLog(dirty(before), after)
  assert.deepEqual((await reading(registryLog, old, 'SOFTWARE.LOG')).gaps, [])
  const cut = await reading(registryLog, old.subarray(0, old.length - 600), 'SOFTWARE.LOG')
  assert.deepEqual(
    cut.gaps.map(({ reason }) => reason),
    ['truncated'],
  )
})

const head = (bytes: Buffer, path: string) => ({ path, windowsPath: null, size: bytes.length, bytes, text: '' })
for (const [name, bytes, hive, log] of [
  ['a hive', before, 95, 0],
  ['a log', newLog([before, after], 9), 0, 96],
  ['an old log', oldLog(dirty(before), after), 0, 96],
  ['text', Buffer.from('regfexport is a program that writes out registry hives'), 0, 0],
] as const) {
  test(`recognized: ${name}`, () => {
    assert.deepEqual(
      [registry.recognize(head(bytes, 'x')) > 0, registryLog.recognize(head(bytes, 'x')) > 0],
      [hive > 0, log > 0],
    )
  })
}

const sample = hiveFile(
  {
    [nt]: {},
    [`${windows}\\Run`]: { values: { A: 'C:\\a.exe', Big: { type: 'REG_BINARY', data: Buffer.alloc(20_000, 1) } } },
    ...Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `${windows}\\Uninstall\\p${i}`,
        { values: { DisplayName: `Program ${i}` } },
      ]),
    ),
    [`${windows}\\Uninstall\\gone`]: { deleted: true, values: { DisplayName: 'Gone program' } },
  },
  { leaf: 20, sequence: 9 },
)
survivesDamage('a hive', registry, sample, { path: 'SOFTWARE' })
survivesDamage('a dirty hive with its log', registry, dirty(before), {
  path: 'SOFTWARE',
  companions: [companion('SOFTWARE.LOG1', newLog([before, after], 9))],
})
survivesDamage('a transaction log', registryLog, newLog([before, after], 9), { path: 'SOFTWARE.LOG1' })
survivesDamage('an old transaction log', registryLog, oldLog(dirty(before), after), { path: 'SOFTWARE.LOG' })
