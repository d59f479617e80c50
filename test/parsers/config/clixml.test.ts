import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { decodeText } from '../../../src/lib/text.ts'
import { data, filesBelow, readWith } from './reading.ts'

const objects = (inner: string): string =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n${inner}\n</Objs>`
const types = (...names: string[]): string => `<TN RefId="0">${names.map((name) => `<T>${name}</T>`).join('')}</TN>`
const object = (type: string, properties: string, text = ''): string =>
  `<Obj RefId="1">${types(type, 'System.Object')}${text === '' ? '' : `<ToString>${text}</ToString>`}<Props>${properties}</Props></Obj>`
const EX = 'Deserialized.Microsoft.Exchange.Data.'

for (const [what, text, expected] of [
  [
    'a poisoned virtual directory',
    object(
      `${EX}Directory.SystemConfiguration.ADOabVirtualDirectory`,
      `<S N="Server">MAIL01</S><S N="Identity">MAIL01\\OAB (Default Web Site)</S><URI N="ExternalUrl">http://o/#&lt;script language="JScript" runat="server"&gt;_x000D__x000A_&lt;/script&gt;</URI>` +
        `<DT N="WhenChangedUTC">2021-03-03T04:23:22Z</DT><S N="AdminDisplayVersion">Version 15.1 (Build 2106.2)</S>`,
    ),
    {
      log: 'exchange-config',
      services: ['exchange-config', 'oab-dump'],
      time: Date.UTC(2021, 2, 3, 4, 23, 22),
      fields: {
        ObjectType: 'ADOabVirtualDirectory',
        Server: 'MAIL01',
        Identity: 'MAIL01\\OAB (Default Web Site)',
        ExternalUrl: 'http://o/#<script language="JScript" runat="server">\r\n</script>',
        WhenChangedUTC: '2021-03-03T04:23:22Z',
        AdminDisplayVersion: 'Version 15.1 (Build 2106.2)',
      },
    },
  ],
  [
    'forwarding, chosen columns',
    object(
      'Selected.Microsoft.Exchange.Data.Directory.Management.Mailbox',
      '<S N="Name">a</S><S N="ForwardingSmtpAddress">smtp:x@y.example</S>',
    ),
    {
      log: 'exchange-config',
      services: ['exchange-config'],
      time: null,
      fields: { ObjectType: 'Mailbox', Name: 'a', ForwardingSmtpAddress: 'smtp:x@y.example' },
    },
  ],
  [
    'lists, enums and dictionaries',
    object(
      `${EX}Storage.Management.InboxRule`,
      `<Obj N="ForwardTo" RefId="2">${types('System.Object[]')}<LST><S>x@y.example</S><S>z@y.example</S></LST></Obj>` +
        `<Obj N="Kind" RefId="3">${types('E')}<ToString>Client</ToString><I32>2</I32></Obj>` +
        `<Obj N="More" RefId="4">${types('H')}<DCT><En><S N="Key">a</S><I32 N="Value">1</I32></En><En><S N="Key">ApiKey</S><S N="Value">hunter2</S></En></DCT></Obj>` +
        '<S N="Password">hunter2</S><SS N="Other">01000000hunter2</SS><Nil N="None"/><B N="Enabled">true</B><Ref N="Same" RefId="3"/>',
    ),
    {
      log: 'exchange-config',
      services: ['exchange-config'],
      time: null,
      fields: {
        ObjectType: 'InboxRule',
        ForwardTo: ['x@y.example', 'z@y.example'],
        Kind: 'Client',
        'More.a': 1,
        'More.ApiKey': '***',
        Password: '***',
        Other: '***',
        None: null,
        Enabled: true,
        Same: 'Client',
      },
    },
  ],
  [
    'a service',
    object(
      'Microsoft.Management.Infrastructure.CimInstance#root/cimv2/Win32_Service',
      '<S N="Name">svc</S><S N="PathName">C:\\Temp\\a.exe -k</S><S N="StartMode">Auto</S><S N="StartName">LocalSystem</S>',
    ),
    {
      log: 'services',
      services: ['service'],
      time: null,
      fields: {
        ServiceName: 'svc',
        DisplayName: null,
        ImagePath: 'C:\\Temp\\a.exe -k',
        StartType: 'Auto',
        ObjectName: 'LocalSystem',
        ServiceType: null,
        State: null,
        Description: null,
      },
    },
  ],
  [
    'a transport agent',
    object(
      `${EX}X.TransportAgent`,
      '<S N="Identity">A</S><B N="Enabled">true</B><I32 N="Priority">1</I32><S N="TransportAgentFactory">Acme.F</S><S N="AssemblyPath">C:\\Temp\\a.dll</S>',
    ),
    {
      log: 'transport-agents',
      services: ['transport-agents'],
      time: null,
      fields: {
        Agent: 'A',
        ClassFactory: 'Acme.F',
        AssemblyPath: 'C:\\Temp\\a.dll',
        Enabled: 'true',
        Priority: '1',
        Known: 'false',
      },
    },
  ],
  [
    'a local user',
    object('Microsoft.PowerShell.Commands.LocalUser', '<S N="Name">bob$</S><B N="Enabled">true</B>'),
    {
      log: 'accounts',
      services: ['account'],
      time: null,
      fields: {
        UserName: 'bob$',
        SID: null,
        FullName: null,
        Description: null,
        Enabled: 'true',
        LastLogon: null,
        PasswordLastSet: null,
        Source: 'export',
      },
    },
  ],
] as const) {
  test(what, async () => {
    const { parser, events, gaps } = await readWith('export.xml', objects(text))
    assert.deepEqual([parser, gaps, events.length], ['clixml', [], 1])
    const [event] = events
    assert.deepEqual(
      {
        log: event!.log,
        services: event!.sources.map((s) => s.service),
        time: event!.time,
        fields: { ...event!.fields },
      },
      expected,
    )
    assert.ok(!JSON.stringify(event).includes('hunter2'))
  })
}

test('facts: build, host, zone', async () => {
  const { facts } = await readWith(
    'export.xml',
    objects(
      object(
        'System.Diagnostics.FileVersionInfo',
        '<S N="FileName">C:\\x\\ExSetup.exe</S><S N="FileVersion">15.01.2375.007</S>',
      ) +
        object(
          `${EX}Directory.Management.ExchangeServer`,
          '<S N="Name">mail01</S><S N="AdminDisplayVersion">Version 15.1 (Build 2375.7)</S>',
        ) +
        object(
          'System.Management.ManagementObject#root\\cimv2\\Win32_ComputerSystem',
          '<S N="Name">MAIL01</S><I16 N="CurrentTimeZone">120</I16><B N="DaylightInEffect">true</B>',
        ),
    ),
  )
  assert.deepEqual(
    facts.map((fact) =>
      fact.fact === 'build'
        ? [fact.build, fact.precision, fact.host]
        : fact.fact === 'zone'
          ? [fact.minutes]
          : fact.fact === 'host'
            ? [fact.host]
            : [],
    ),
    [['15.1.2375.7', 'update', null], ['15.1.2375.7', 'cu', 'MAIL01'], [60], ['MAIL01']],
  )
})

test('modules and services within another object', async () => {
  const inner = `<Obj RefId="9">${types('P')}<MS><S N="Name">m</S><S N="Path">C:\\Temp\\a.dll</S><B N="Signed">false</B><Obj N="SignatureDetails" RefId="10"><MS><S N="Signer">CN=x</S></MS></Obj></MS></Obj>`
  const { events } = await readWith(
    'export.xml',
    objects(`<Obj RefId="1">${types('P')}<MS><Obj N="List" RefId="2"><LST>${inner}</LST></Obj></MS></Obj>`),
  )
  assert.deepEqual(
    events.map((e) => [e.log, e.fields.Module ?? null, e.fields.Image ?? null, e.fields.Known ?? null]),
    [
      ['tool-results', null, null, null],
      ['iis-config', 'm', 'C:\\Temp\\a.dll', 'false'],
    ],
  )
})

const deep = (n: number): string => `${'<Obj RefId="1"><MS>'.repeat(n)}${'</MS></Obj>'.repeat(n)}`
for (const [what, text, reason] of [
  ['a billion laughs', `<!DOCTYPE Objs [<!ENTITY a "${'x'.repeat(60)}">]>${objects('<S>&a;&a;</S>')}`, null],
  ['10,000 deep', objects(deep(10_000)), 'corrupt'],
  ['an object that refers to itself', objects('<Obj RefId="1"><MS><Ref N="me" RefId="1"/></MS></Obj>'), null],
  ['odd names', objects('<Obj RefId="1"><MS><S N="__proto__">x</S><S N="constructor">y</S></MS></Obj>'), null],
  ['a text of 3 MB', objects(`<S>${'é'.repeat(1_500_000)}</S>`), null],
] as const) {
  test(`${what} does no harm`, async () => {
    const { gaps } = await readWith('export.xml', text, 65_536)
    assert.deepEqual(gaps[0]?.reason ?? null, reason)
  })
}

test('the export of a real server is read whole', {
  skip: data === undefined && 'POSTERN_DATA is not set',
}, async () => {
  let [files, events] = [0, 0]
  for (const [path, bytes] of filesBelow(join(data!, 'exchange/healthchecker-e16'))) {
    if (!decodeText(bytes.subarray(0, 512)).includes('<Objs ')) continue
    files++
    const read = await readWith(path, bytes, 65_536)
    assert.deepEqual([read.parser, read.gaps], ['clixml', []], path)
    events += read.events.length
    for (const { fields } of read.events) assert.ok(fields.Known !== 'false' && fields.KnownPlace !== 'false', path)
  }
  assert.equal(files, 61)
  assert.ok(events > 700)
})

const member = (type: string, ...properties: string[]): string =>
  `<Obj RefId="9">${types(type)}<MS>${properties.join('')}</MS></Obj>`
const inner = (name: string, ...properties: string[]): string =>
  `<Obj N="${name}" RefId="9">${types('System.Management.Automation.PSCustomObject')}<MS>${properties.join('')}</MS></Obj>`
const entry = (key: string, value: string): string => `<En>${key}${value}</En>`
const line = (name: string, value: string, custom: string): string =>
  `<Obj RefId="9">${types('System.Management.Automation.PSCustomObject')}<MS><S N="DisplayValue">${value}</S><S N="Name">${name}</S><S N="CustomName">${name}</S><S N="CustomValue">${custom}</S></MS></Obj>`
const lines = (...items: string[]): string =>
  `<Obj N="Value" RefId="9">${types('System.Collections.Generic.List`1[[System.Object, mscorlib]]')}<LST>${items.join('')}</LST></Obj>`
const group = (name: string): string =>
  `<Obj N="Key" RefId="9">${types('System.Management.Automation.PSCustomObject')}<MS><S N="Name">${name}</S><I32 N="DisplayOrder">1</I32></MS></Obj>`
const collected = inner(
  'HealthCheckerExchangeServer',
  '<DT N="GenerationTime">2021-03-20T11:00:00.5000000+01:00</DT><S N="HealthCheckerVersion">21.03.08.1200</S><S N="ServerName">MAIL01.example.test</S>',
  inner(
    'ExchangeInformation',
    inner(
      'BuildInformation',
      inner('ExchangeSetup', '<S N="FileName">C:\\V15\\bin\\ExSetup.exe</S><S N="FileVersion">15.01.2106.002</S>'),
    ),
  ),
)
const results = (...items: string[]): string =>
  `<Obj N="DisplayResults" RefId="9">${types('System.Collections.Hashtable')}<DCT>${entry(group('Security Vulnerability'), lines(...items))}</DCT></Obj>`
const see = (cve: string): string => `${cve}_x000D__x000A__x0009_See: https://vendor.example/${cve}`

for (const [what, shown, expected] of [
  [
    'names vulnerabilities',
    results(
      line('Security Vulnerability', see('CVE-2021-26855'), 'CVE-2021-26855'),
      // Deeper than the export goes.
      '<S>@{DisplayValue=CVE-2021-27065; Name=Security Vulnerability; CustomName=Security Vulnerability; CustomValue=CVE-2021-27065; WriteType=Red}</S>',
      line('IIS module anomalies detected', 'True', 'True'),
    ),
    [
      ['vulnerable', 'CVE-2021-26855'],
      ['vulnerable', 'CVE-2021-27065'],
      ['vulnerable', null],
    ],
  ],
  [
    'says that there are none',
    results(line('', 'All known security issues in this version of the script passed.', '')),
    [['passed', null]],
  ],
  ['was cut off before what was made of it', '', []],
] as const) {
  test(`HealthChecker export that ${what}: build, server and time are one fact`, async () => {
    const read = await readWith(
      'HealthChecker-MAIL01.xml',
      objects(member('HealthChecker.AnalyzedInformation', collected, shown)),
    )
    assert.equal(read.parser, 'clixml')
    assert.deepEqual(read.gaps, [])
    assert.deepEqual(
      read.facts.map((fact) => fact.fact === 'build' && [fact.build, fact.precision, fact.host, fact.from, fact.to]),
      [['15.1.2106.2', 'update', 'MAIL01', Date.UTC(2021, 2, 20, 10, 0, 0, 500), Date.UTC(2021, 2, 20, 10, 0, 0, 500)]],
    )
    assert.deepEqual(
      read.events.filter(({ fields }) => fields.Tool).map(({ fields }) => [fields.Action, fields.Cve]),
      expected,
    )
  })
}
