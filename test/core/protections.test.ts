import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exposureOf } from '../../src/assessment/exposure/exposure.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Fact } from '../../src/model/event.ts'
import { settingsOf } from '../../src/parsers/exchange/settings.ts'
import { mitigationsOf, protectionsOf } from '../../src/assessment/exposure/protections.ts'
import { serverFacts } from '../../src/assessment/server/server.ts'
import { readWith } from '../parsers/config/reading.ts'
import { build, scanOf } from './scans.ts'

// What the configuration says, from the bytes of the forms in which it arrives, to what it means for a vulnerability.

const facts = loadExposureFacts(fileURLToPath(new URL('../../knowledge', import.meta.url)))
type File = readonly [path: string, content: string]

async function scansOf(files: readonly File[]): Promise<Scan[]> {
  return Promise.all(
    files.map(async ([path, content]) => {
      const read = await readWith(path, content)
      const found: Fact[] = read.events.flatMap((event) =>
        settingsOf(event).map((setting): Fact => ({ fact: 'setting', ...setting, at: event.at })),
      )
      return scanOf('exchange-config', [], { path, facts: [...read.facts, ...found] })
    }),
  )
}

/** `id: is`, of the protection that decides the CVE, and the state of that on this build. */
async function judged(cve: string, b: string, files: readonly File[]): Promise<string> {
  const scans = await scansOf(files)
  const server = serverFacts(
    [
      scanOf('httpproxy-ecp', ['2024-01-01T00:00:00Z'], {
        facts: [build(b, '2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z')],
      }),
    ],
    'MAIL01',
  )
  const protections = protectionsOf(scans, { ...server, name: 'MAIL01' }, facts)
  const settled = { protections, mitigations: mitigationsOf(scans, { name: 'MAIL01' }, facts) }
  const one = exposureOf(server.product, server.builds, facts, settled).find((e) => e.cve === cve)!
  assert.equal(
    one.intervals.length === 0 || one.intervals.at(-1)!.state === one.state || one.state === 'mitigated',
    true,
  )
  return `${one.conditions.map(({ is }) => is).join()} ${one.state}`.trim()
}

const objects = (...inner: string[]): string =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n${inner.join('\n')}\n</Objs>`
const object = (type: string, properties: string): string =>
  `<Obj RefId="1"><TN RefId="0"><T>${type}</T><T>System.Object</T></TN><Props>${properties}</Props></Obj>`
const EX = 'Deserialized.Microsoft.Exchange.Data.Directory.'
const text = (name: string, value: string): string => `<S N="${name}">${value}</S>`
const list = (name: string, ...values: string[]): string =>
  `<Obj N="${name}" RefId="7"><TN RefId="8"><T>System.Object[]</T></TN><LST>${values.map((v) => `<S>${v}</S>`).join('')}</LST></Obj>`

// ---------------------------------------------------------------- IIS

const applications = (site: string, ...paths: string[]): string =>
  `<site name="${site}" id="1">${paths.map((path) => `<application path="${path}"><virtualDirectory path="/" physicalPath="C:\\x" /></application>`).join('')}</site>`
const checking = (path: string, value: string): string =>
  `<location path="${path}"><system.webServer><security><authentication><windowsAuthentication enabled="true"><extendedProtection tokenChecking="${value}" /></windowsAuthentication></authentication></security></system.webServer></location>`
const iis = (inner: string, path = 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config'): File => [
  path,
  `<?xml version="1.0" encoding="UTF-8"?>\n<configuration><system.applicationHost><sites>${applications('Default Web Site', '/owa', '/EWS', '/Autodiscover')}${applications('Exchange Back End', '/EWS')}</sites></system.applicationHost>${inner}</configuration>`,
]
const protectedIis = [
  checking('Default Web Site/OWA', 'Require'),
  checking('Default Web Site/ews', 'Allow'),
  checking('Exchange Back End/EWS', 'Require'),
].join('')
const module = (name: string): string =>
  `<system.webServer><globalModules><add name="UriCacheModule" image="%windir%\\System32\\inetsrv\\cachuri.dll" /><add name="${name}" image="%windir%\\System32\\inetsrv\\cachtokn.dll" /></globalModules></system.webServer>`
const bothWords = '(?=.*autodiscover)(?=.*powershell)'
const rewrite = (name: string, more = '', pattern = bothWords, action = 'AbortRequest'): File => [
  'C:\\inetpub\\wwwroot\\web.config',
  `<?xml version="1.0"?>\n<configuration><system.webServer><rewrite><rules><rule name="${name}" stopProcessing="true" ${more}><match url=".*" /><conditions><add input="{UrlDecode:{REQUEST_URI}}" pattern="${pattern}" /></conditions><action type="${action}" /></rule></rules></rewrite></system.webServer></configuration>`,
]

// ---------------------------------------------------------------- exported objects

const overrides = (...found: string[]): File => [
  'overrides.xml',
  objects(
    object(
      'Microsoft.Exchange.Management.PowerShell.Support.ExchangeDiagnosticInfoResult',
      text(
        'Result',
        `&lt;Diagnostics&gt;&lt;ProcessInfo&gt;&lt;serverName&gt;MAIL01&lt;/serverName&gt;&lt;/ProcessInfo&gt;&lt;Components&gt;&lt;VariantConfiguration&gt;&lt;Overrides Updated="2025-10-20T00:00:00Z"&gt;${found.join('')}&lt;/Overrides&gt;&lt;/VariantConfiguration&gt;&lt;/Components&gt;&lt;/Diagnostics&gt;`,
      ),
    ),
  ),
]
const override = (component: string, section: string, parameter: string, status = 'Accepted'): string =>
  `&lt;SettingOverride&gt;&lt;Name&gt;x&lt;/Name&gt;&lt;ComponentName&gt;${component}&lt;/ComponentName&gt;&lt;SectionName&gt;${section}&lt;/SectionName&gt;&lt;Status&gt;${status}&lt;/Status&gt;&lt;Parameters&gt;&lt;Parameter&gt;${parameter}&lt;/Parameter&gt;&lt;/Parameters&gt;&lt;/SettingOverride&gt;`
const directoryOverride = (server: string, parameter: string): File => [
  'Get-SettingOverride.xml',
  objects(
    object(
      `${EX}SystemConfiguration.SettingOverride`,
      text('ComponentName', 'Data') +
        text('SectionName', 'EnableSerializationDataSigning') +
        list('Parameters', parameter) +
        (server === '' ? '' : list('Server', server)),
    ),
  ),
]
const organization = (...properties: string[]): File => [
  'Get-OrganizationConfig.xml',
  objects(object(`${EX}Management.OrganizationConfig`, text('Name', 'Example') + properties.join(''))),
]
const owa = (external: string, internal: string, server = 'MAIL01'): File => [
  'Get-OwaVirtualDirectory.xml',
  objects(
    object(
      `${EX}SystemConfiguration.ADOwaVirtualDirectory`,
      text('Server', server) +
        text('ExternalDownloadHostName', external) +
        text('InternalDownloadHostName', internal) +
        '<URI N="ExternalUrl">https://mail.example.org/owa</URI><URI N="InternalUrl">https://mail01.example.org/owa</URI>',
    ),
  ),
]
const exchangeServer = (name: string, applied: readonly string[], blocked: readonly string[] = []): File => [
  'Get-ExchangeServer.xml',
  objects(
    object(
      `${EX}Management.ExchangeServer`,
      text('Name', name) +
        '<B N="MitigationsEnabled">true</B>' +
        list('MitigationsApplied', ...applied) +
        list('MitigationsBlocked', ...blocked),
    ),
  ),
]
const library = (version: string): File => [
  'cachtokn.xml',
  objects(
    object(
      'System.Diagnostics.FileVersionInfo',
      text('FileName', 'C:\\windows\\System32\\inetsrv\\cachtokn.dll') +
        `<I32 N="FilePrivatePart">1</I32>` +
        text('FileVersion', `${version} (rs1_release.160715-1616)`) +
        text('ProductVersion', version),
    ),
  ),
]
/** As the HealthChecker keeps what it found: objects in objects. */
const healthChecker = (properties: string): File => [
  'HealthChecker-MAIL01.xml',
  objects(
    `<Obj RefId="0"><TN RefId="0"><T>System.Management.Automation.PSCustomObject</T></TN><MS><Obj N="ExchangeInformation" RefId="1"><MS>${properties}</MS></Obj></MS></Obj>`,
  ),
]
const schema = (superiors: string): File => [
  'schema.xml',
  objects(
    object(
      'System.DirectoryServices.SearchResult',
      text('Path', 'LDAP://CN=ms-Exch-Storage-Group,CN=Schema,CN=Configuration,DC=example,DC=org') +
        `<Obj N="Properties" RefId="3"><TN RefId="3"><T>System.DirectoryServices.ResultPropertyCollection</T></TN><DCT><En><S N="Key">governsid</S><Obj N="Value" RefId="4"><LST><S>1.2.840</S></LST></Obj></En>${superiors}</DCT></Obj>`,
    ),
  ),
]
const computer =
  '<En><S N="Key">posssuperiors</S><Obj N="Value" RefId="5"><LST><S>msExchExchangeServer</S><S>computer</S></LST></Obj></En>'
const domain = (version: number): File => [
  'acl.xml',
  objects(
    object(
      'System.Management.Automation.PSCustomObject',
      text('DomainName', 'example.org') +
        `<Obj N="MesoObject" RefId="3"><MS><I32 N="ObjectVersion">${version}</I32></MS></Obj>`,
    ),
  ),
]
const fipFs = (flag: string): File => [
  'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FIP-FS\\Data\\Configuration.xml',
  `<?xml version="1.0"?>\n<Configuration xmlns="http://schemas.microsoft.com/forefront/2010/1/fs-configuration"><TextExtractionSettings><ModuleLists><ModuleList TypeList="OutsideInOnly"><Module Enabled="true">OutsideInModule.dll|TE_v.8.5.3.0${flag}</Module></ModuleList></ModuleLists></TextExtractionSettings></Configuration>`,
]

const CU23 = '15.1.2507.72'
const NOV23 = 'CVE-2023-36039'

for (const [what, cve, b, files, expected] of [
  ['Extended Protection, all as needed', 'CVE-2022-24516', CU23, [iis(protectedIis)], 'met fixed'],
  ['Extended Protection, nothing set', 'CVE-2022-24516', CU23, [iis('')], 'not-met open'],
  [
    'Extended Protection, Allow where Require is needed',
    'CVE-2022-24516',
    CU23,
    [iis(protectedIis.replace('"Require"', '"Allow"'))],
    'not-met open',
  ],
  [
    'Extended Protection, one directory without',
    'CVE-2024-21410',
    CU23,
    [iis(protectedIis.replace('"Allow"', '"None"'))],
    'not-met open',
  ],
  ['Extended Protection, the build lacks the update', 'CVE-2022-24516', '15.1.2507.9', [iis(protectedIis)], 'met open'],
  [
    'Extended Protection, an earlier state of the file',
    'CVE-2022-24516',
    CU23,
    [iis('', 'C:\\inetpub\\history\\CFGHISTORY_0000000001\\applicationHost.config')],
    'unknown unknown',
  ],
  [
    'Extended Protection, a copy that somebody kept',
    'CVE-2022-24516',
    CU23,
    [iis('', 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.cep.20240101.bak')],
    'unknown unknown',
  ],
  [
    'Extended Protection, another server’s',
    'CVE-2022-24516',
    CU23,
    [
      [
        'ep.xml',
        objects(
          object(
            'System.Management.Automation.PSCustomObject',
            text('ComputerName', 'MAIL02') +
              list(
                'ExtendedProtectionConfiguration',
                'VirtualDirectoryName=Exchange Back End/EWS; ExtendedProtection=None; SupportedExtendedProtection=true',
              ),
          ),
        ),
      ],
    ],
    'unknown unknown',
  ],
  [
    'Extended Protection, exported',
    'CVE-2022-24516',
    CU23,
    [
      [
        'ep.xml',
        objects(
          object(
            'System.Management.Automation.PSCustomObject',
            text('ComputerName', 'MAIL01') +
              list(
                'ExtendedProtectionConfiguration',
                'VirtualDirectoryName=Exchange Back End/EWS; ExtendedProtection=None; SupportedExtendedProtection=true',
              ),
          ),
        ),
      ],
    ],
    'not-met open',
  ],
  [
    'Extended Protection, in the HealthChecker’s file',
    'CVE-2022-24516',
    CU23,
    [
      healthChecker(
        `<Obj N="ExtendedProtectionConfig" RefId="5"><MS><Obj N="ExtendedProtectionConfiguration" RefId="6"><LST><Obj RefId="7"><MS>${text('VirtualDirectoryName', 'Exchange Back End/EWS')}${text('ExtendedProtection', 'Require')}</MS></Obj></LST></Obj></MS></Obj>`,
      ),
    ],
    'met fixed',
  ],
  ['Extended Protection, no evidence', 'CVE-2022-24516', CU23, [], 'unknown unknown'],

  ['signing, overrides listed and none of it', NOV23, CU23, [overrides()], 'met fixed'],
  [
    'signing, switched off',
    NOV23,
    CU23,
    [overrides(override('Data', 'EnableSerializationDataSigning', 'Enabled=False'))],
    'not-met open',
  ],
  [
    'signing, an override that was not accepted',
    NOV23,
    CU23,
    [overrides(override('Data', 'EnableSerializationDataSigning', 'Enabled=False', 'Invalid'))],
    'met fixed',
  ],
  [
    'signing, a list too long to be kept whole',
    NOV23,
    CU23,
    [overrides(...Array.from({ length: 600 }, (_, n) => override('Other', `Section${n}`, 'Enabled=false')))],
    'unknown unknown',
  ],
  [
    'signing, switched on',
    NOV23,
    CU23,
    [overrides(override('Data', 'EnableSerializationDataSigning', 'Enabled=True'))],
    'met fixed',
  ],
  [
    'signing, switched off for this server in the directory',
    NOV23,
    CU23,
    [directoryOverride('mail01', 'Enabled=false')],
    'not-met open',
  ],
  ['signing, switched off for another', NOV23, CU23, [directoryOverride('mail02', 'Enabled=false')], 'met fixed'],
  ['signing, switched off for all', NOV23, CU23, [directoryOverride('', 'Enabled=false')], 'not-met open'],
  [
    'signing, in the HealthChecker’s file',
    NOV23,
    CU23,
    [
      healthChecker(
        `<Obj N="SimpleSettingOverrides" RefId="5"><LST><Obj RefId="7"><MS>${text('ComponentName', 'Data')}${text('SectionName', 'EnableSerializationDataSigning')}${text('Status', 'Accepted')}${list('Parameters', 'Enabled=false')}</MS></Obj></LST></Obj>`,
      ),
    ],
    'not-met open',
  ],
  ['signing, no list of overrides', NOV23, CU23, [organization()], 'unknown unknown'],

  [
    'an override of October 2025, one of several',
    'CVE-2025-59248',
    CU23,
    [overrides(override('ContentConversion', 'InboundMimeHeaderParserCheckGroupAddresses', 'Enabled=false'))],
    'not-met open',
  ],
  [
    'an override of another section',
    'CVE-2025-59248',
    CU23,
    [overrides(override('Transport', 'Other', 'Enabled=false'))],
    'met fixed',
  ],

  [
    'Download Domains off',
    'CVE-2021-1730',
    CU23,
    [organization('<B N="EnableDownloadDomains">false</B>')],
    'not-met open',
  ],
  [
    'Download Domains on, with hosts',
    'CVE-2021-1730',
    CU23,
    [organization('<B N="EnableDownloadDomains">true</B>'), owa('dl.example.org', 'dl.example.org')],
    'met fixed',
  ],
  [
    'Download Domains on, host of OWA itself',
    'CVE-2021-1730',
    CU23,
    [organization('<B N="EnableDownloadDomains">true</B>'), owa('MAIL.example.org', 'dl.example.org')],
    'not-met open',
  ],
  [
    'Download Domains on, another server’s OWA',
    'CVE-2021-1730',
    CU23,
    [organization('<B N="EnableDownloadDomains">true</B>'), owa('', '', 'MAIL02')],
    'unknown unknown',
  ],

  [
    'token cache mended',
    'CVE-2023-36434',
    CU23,
    [iis(module('TokenCacheModule')), library('10.0.14393.6343')],
    'met fixed',
  ],
  ['token cache old', 'CVE-2023-21709', CU23, [library('10.0.14393.6342')], 'not-met open'],
  ['token cache taken out', 'CVE-2023-36434', CU23, [iis(module('OtherModule')), library('10.0.14393.0')], 'met fixed'],
  ['token cache, a newer Windows', 'CVE-2023-36434', CU23, [library('10.0.26100.1')], 'met fixed'],
  ['token cache, no evidence', 'CVE-2023-36434', CU23, [], 'unknown unknown'],

  ['schema prepared', 'CVE-2021-34470', '15.1.2176.2', [schema('')], 'met fixed'],
  ['schema not prepared', 'CVE-2021-34470', '15.1.2242.12', [schema(computer)], 'not-met open'],
  ['schema not known, fixed by an update', 'CVE-2021-34470', '15.1.2242.12', [], 'unknown unknown'],
  ['schema not known, fixed by a cumulative update', 'CVE-2021-34470', CU23, [], 'unknown fixed'],
  ['domain prepared', 'CVE-2022-21978', '15.1.2507.9', [domain(13_243)], 'met fixed'],
  ['domain not prepared', 'CVE-2022-21978', '15.1.2507.9', [domain(13_242)], 'not-met open'],
  ['domain of Exchange 2013 prepared', 'CVE-2022-21978', '15.0.1497.36', [domain(13_238)], 'met fixed'],

  ['Outside In stays out', 'ADV24199947', CU23, [fipFs('')], 'met fixed'],
  ['Outside In brought back', 'ADV24199947', CU23, [fipFs('|NO')], 'not-met open'],
  ['Outside In, the build lacks the update', 'ADV24199947', '15.1.2375.7', [fipFs('')], 'met open'],

  [
    'a rule against ProxyNotShell, by the service',
    'CVE-2022-41040',
    '15.1.2507.12',
    [rewrite('EEMS M1.1 PowerShell - inbound')],
    'mitigated',
  ],
  ['a rule against ProxyNotShell, by hand', 'CVE-2022-41040', '15.1.2507.12', [rewrite('block it')], 'mitigated'],
  [
    'a rule that is off',
    'CVE-2022-41040',
    '15.1.2507.12',
    [rewrite('EEMS M1.1 PowerShell - inbound', 'enabled="false"')],
    'open',
  ],
  [
    'the first rule against ProxyNotShell, which could be got around',
    'CVE-2022-41040',
    '15.1.2507.12',
    [rewrite('EEMS M1.1 PowerShell - inbound', '', '.*autodiscover\\.json.*\\@.*Powershell.*')],
    'open',
  ],
  [
    'a rule that only lets through',
    'CVE-2022-41040',
    '15.1.2507.12',
    [rewrite('PowerShell - inbound', '', bothWords, 'None')],
    'open',
  ],
  [
    'a rule that does not help against OWASSRF',
    'CVE-2022-41080',
    '15.1.2507.12',
    [rewrite('EEMS M1.1 PowerShell - inbound')],
    'open',
  ],
  ['a rule on a fixed build', 'CVE-2022-41040', CU23, [rewrite('EEMS M1.1 PowerShell - inbound')], 'fixed'],
  [
    'a mitigation that the service applied',
    'CVE-2026-42897',
    '15.1.2507.66',
    [exchangeServer('MAIL01', ['M2.1.0'])],
    'mitigated',
  ],
  [
    'a mitigation that is blocked',
    'CVE-2026-42897',
    '15.1.2507.66',
    [exchangeServer('MAIL01', ['M2.1.0'], ['M2.1.0'])],
    'open',
  ],
  ['a mitigation of another server', 'CVE-2026-42897', '15.1.2507.66', [exchangeServer('MAIL02', ['M2.1.0'])], 'open'],
  ['Outlook’s own vulnerability', 'CVE-2023-23397', CU23, [organization()], 'unknown unknown'],
  [
    'the hybrid application set, the tenant not seen',
    'CVE-2025-53786',
    CU23,
    [overrides(override('Global', 'ExchangeOnpremAsThirdPartyAppId', 'Enabled=true'))],
    'unknown unknown',
  ],
] as const satisfies readonly (readonly [string, string, string, readonly File[], string])[]) {
  test(`${what}: ${expected}`, async () => assert.equal(await judged(cve, b, files), expected))
}

const registry = (about: string, value: string) => ({
  fact: 'setting' as const,
  name: 'registry',
  about,
  value,
  host: null,
  at: { path: 'SYSTEM', offset: 0, length: 0 },
})
for (const [id, settings, expected] of [
  ['loopback-check', [registry('Lsa\\DisableLoopbackCheck', '1 DWORD (0x00000001)')], 'not-met'],
  ['loopback-check', [registry('Lsa\\DisableLoopbackCheck', '0 DWORD (0x00000000)')], 'met'],
  ['loopback-check', [registry('Lsa\\Security Packages', 'kerberos')], 'met'],
  ['loopback-check', [registry('Parameters\\SMB1', '1 DWORD (0x00000001)')], 'unknown'],
  ['extended-protection', [registry('Lsa\\SuppressExtendedProtection', '1 DWORD (0x00000001)')], 'not-met'],
  ['extended-protection', [registry('Lsa\\SuppressExtendedProtection', '0 DWORD (0x00000000)')], 'unknown'],
  [
    'strict-deserialization',
    [registry('Diagnostics\\DisableBaseTypeCheckForDeserialization', '1 DWORD (0x00000001)')],
    'not-met',
  ],
] as const) {
  test(`${id}, ${settings[0].about} ${settings[0].value}: ${expected}`, () => {
    const scans = [scanOf('registry', [], { facts: settings })]
    assert.equal(protectionsOf(scans, { name: 'MAIL01', builds: [] }, facts).find((p) => p.id === id)!.is, expected)
  })
}

test('Exchange 2013 has its own switch for the signing of data', () => {
  const { builds } = serverFacts(
    [
      scanOf('httpproxy-ecp', ['2023-02-20T00:00:00Z'], {
        facts: [build('15.0.1497.47', '2023-02-20T00:00:00Z', '2023-02-21T00:00:00Z')],
      }),
    ],
    'X',
  )
  const is = (...settings: Fact[]): string =>
    protectionsOf([scanOf('registry', [], { facts: settings })], { name: 'X', builds }, facts).find(
      (p) => p.id === 'serialized-data-signing',
    )!.is
  assert.equal(is(), 'unknown')
  assert.equal(is(registry('Diagnostics\\EnableSerializationDataSigning', '1')), 'met')
  assert.equal(is(registry('Diagnostics\\EnableSerializationDataSigning', '0')), 'not-met')
})

test('the Emergency Mitigation service: on, off, not there, with what it applied and what is blocked', async () => {
  const of = async (b: string, ...files: File[]) => {
    const { builds } = serverFacts(
      [
        scanOf('httpproxy-ecp', ['2024-01-01T00:00:00Z'], {
          facts: [build(b, '2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z')],
        }),
      ],
      'MAIL01',
    )
    return protectionsOf(await scansOf(files), { name: 'MAIL01', builds }, facts).find(
      (p) => p.id === 'emergency-mitigation',
    )!
  }
  const on = await of(CU23, exchangeServer('MAIL01', ['PING1', 'M1'], ['M2']))
  assert.deepEqual([on.is, on.why], ['met', 'MitigationsEnabled is true; applied: PING1, M1; blocked: M2'])
  assert.equal((await of(CU23, organization('<B N="MitigationsEnabled">false</B>'))).is, 'not-met')
  assert.equal((await of('15.1.2308.8', exchangeServer('MAIL01', []))).is, 'not-met')
  assert.equal((await of(CU23)).is, 'unknown')
})

test('what is known of the end says nothing of earlier builds, unless it is so by default', async () => {
  const runs = serverFacts(
    [
      scanOf('httpproxy-ecp', ['2024-01-01T00:00:00Z', '2024-03-01T00:00:00Z'], {
        facts: [
          build('15.1.2507.35', '2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z'),
          build('15.1.2507.37', '2024-02-02T00:00:00Z', '2024-03-01T00:00:00Z'),
        ],
      }),
    ],
    'MAIL01',
  )
  const scans = await scansOf([iis(protectedIis), overrides()])
  const settled = { protections: protectionsOf(scans, { ...runs, name: 'MAIL01' }, facts), mitigations: new Map() }
  const states = (cve: string): string =>
    exposureOf(runs.product, runs.builds, facts, settled)
      .find((e) => e.cve === cve)!
      .intervals.map(({ state }) => state)
      .join(' ')
  assert.equal(states('CVE-2022-24516'), 'unknown fixed')
  assert.equal(states(NOV23), 'fixed fixed')
  assert.equal(states('CVE-2024-26198'), 'open fixed')
})

test('no value from evidence is longer than a line, and a file tells only so many', async () => {
  const long = 'x'.repeat(5_000)
  const [scan] = await scansOf([
    exchangeServer(
      long,
      Array.from({ length: 2_000 }, (_, i) => `M${i}${long}`),
    ),
  ])
  assert.ok(scan!.facts.length < 600)
  for (const fact of scan!.facts) if (fact.fact === 'setting') assert.ok(fact.about.length + fact.value.length < 700)
})
