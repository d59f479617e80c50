import { formatList, ofAll } from '../../lib/amounts.ts'
import type { Scan } from '../../model/scan.ts'
import type { Protection } from '../../model/exposure.ts'
import type { Fact } from '../../model/event.ts'
import { productOfBuild, type ServerFacts } from '../server/server.ts'
import { type BuildRun, compareBuilds } from '../../model/builds.ts'
import { sameHost } from '../../model/host.ts'

/** How a protection and the build decide together whether a vulnerability is open. */
export type Decides =
  /** The fixed build and the setting are both needed. */
  | 'with-build'
  /** The build says nothing: Windows, a client or a setting alone. */
  | 'alone'
  /** The directory of the whole organisation: a newer server elsewhere can have set it. */
  | 'directory'

type SettingFact = Extract<Fact, { fact: 'setting' }>
type Judged = Pick<Protection, 'is' | 'why' | 'from'>

/** What else than a build decides, for people, with the evidence that it is judged from. */
export type ProtectionRule = Pick<Protection, 'id' | 'title' | 'cves'> & {
  readonly decides: Decides
  /** What makes it so. */
  readonly remedy: string
  /** In force unless somebody switched it off. */
  readonly byDefault?: true
  readonly judge: (settings: Settings, run: BuildRun | null) => Judged
}

/** The protections of this server at the end of the evidence. */
export function protectionsOf(scans: readonly Scan[], server: Pick<ServerFacts, 'builds'> & Server): Protection[] {
  const settings = new Settings(
    scans.flatMap((scan) => scan.facts).filter((fact) => fact.fact === 'setting'),
    server,
  )
  const run = server.builds.at(-1) ?? null
  return rules.map(({ id, title, cves, judge }) => ({ id, title, cves, ...judge(settings, run) }))
}

type Server = { readonly name: string; readonly names?: ReadonlySet<string> }

/** Settings that hold for this server. */
class Settings {
  readonly #all: readonly SettingFact[]

  constructor(all: readonly SettingFact[], server: Server) {
    this.#all = all.filter((setting) => sameHost(setting.host, server))
  }

  of(name: string, about?: string): readonly SettingFact[] {
    const wanted = about?.toLowerCase()
    return this.#all.filter((s) => s.name === name && (wanted === undefined || s.about.toLowerCase() === wanted))
  }

  /** The values of an override, and whether the list of overrides is in the evidence at all. */
  override(path: string): { readonly found: readonly SettingFact[]; readonly listed: readonly SettingFact[] } {
    return { found: this.of('override', path), listed: this.of('overrides-listed') }
  }

  registry(about: string): readonly SettingFact[] {
    return this.of('registry', about)
  }
}

// ---------------------------------------------------------------- the rules

/** By default on since an update; an override can switch it off. Names: microsoft/CSS-Exchange, Invoke-AnalyzerSecurityCveCheck.ps1 */
const overrides: readonly (readonly [cve: string, title: string, ...paths: string[]])[] = [
  [
    'CVE-2024-49040',
    'mail with a forged sender is marked',
    'Transport/NonCompliantSenderSettings/AddP2FromRegexMatchHeader',
  ],
  ['CVE-2025-25005', 'the audience of tokens is checked', 'OAuth/AppIdBasedAudienceValidation/Enabled'],
  [
    'CVE-2025-25006',
    'senders with null bytes are refused',
    'Transport/NonCompliantSenderSettings/BlockNullBytesInFromHeader',
  ],
  [
    'CVE-2025-25007',
    'senders with an unquoted semicolon are refused',
    'Transport/NonCompliantSenderSettings/BlockCharactersAfterUnquotedSemicolon',
  ],
  [
    'CVE-2025-33051',
    'Autodiscover does not tell the back end’s cookie',
    'Cafe/RemoveBackendCookieFromAutoDiscoverV2Response/Enabled',
  ],
  ['CVE-2025-53782', 'common access tokens are checked', 'Global/CatTokenAuthorizationCheck/Enabled'],
  [
    'CVE-2025-59248',
    'mail with several senders is refused',
    'Transport/NonCompliantSenderSettings/BlockEmailWithMultipleP2FromHeaders',
    'Transport/ParseGroupEmailAddressesInPartnerUtils/Enabled',
    'ContentConversion/InboundMimeHeaderParserCheckGroupAddresses/Enabled',
  ],
]

export const rules: readonly ProtectionRule[] = [
  {
    id: 'extended-protection',
    title: 'Extended Protection on the virtual directories',
    cves: ['CVE-2022-21979', 'CVE-2022-21980', 'CVE-2022-24477', 'CVE-2022-24516', 'CVE-2022-30134', 'CVE-2024-21410'],
    remedy: 'switch Extended Protection on (ExchangeExtendedProtectionManagement.ps1)',
    decides: 'with-build',
    judge: extendedProtection,
  },
  {
    id: 'serialized-data-signing',
    title: 'No setting switches the signing of PowerShell data off',
    cves: ['CVE-2023-36035', 'CVE-2023-36039', 'CVE-2023-36050', 'CVE-2023-36439'],
    remedy: 'switch the signing of serialized data on, on all servers',
    decides: 'with-build',
    byDefault: true,
    judge: (settings, run) =>
      run && productOfBuild(run.parts) === 'Exchange2013'
        ? registrySwitch(settings, 'Diagnostics\\EnableSerializationDataSigning')
        : overridden(settings, ['Data/EnableSerializationDataSigning/Enabled']),
  },
  ...overrides.map(
    ([cve, title, ...paths]): ProtectionRule => ({
      id: `override-${cve.toLowerCase()}`,
      title: `No override switches the fix off: ${title}`,
      cves: [cve],
      remedy: 'take the override away',
      decides: 'with-build',
      byDefault: true,
      judge: (settings) => overridden(settings, paths),
    }),
  ),
  {
    id: 'download-domains',
    title: 'Download Domains: attachments come from a host of their own',
    cves: ['CVE-2021-1730'],
    remedy: 'set up Download Domains',
    decides: 'with-build',
    judge: downloadDomains,
  },
  {
    id: 'hybrid-app',
    title: 'A hybrid application of its own in the tenant, and no keys left on the shared one',
    cves: ['CVE-2025-53786'],
    remedy:
      'set up the hybrid application and reset the keys of the shared one (ConfigureExchangeHybridApplication.ps1)',
    decides: 'with-build',
    judge: hybridApp,
  },
  {
    id: 'token-cache',
    title: 'The token cache of IIS is gone or mended',
    cves: ['CVE-2023-21709', 'CVE-2023-36434'],
    remedy: 'the Windows updates of October 2023, or CVE-2023-21709.ps1',
    decides: 'alone',
    judge: tokenCache,
  },
  {
    id: 'loopback-check',
    title: 'The loopback check of Windows is on',
    cves: ['CVE-2018-8581'],
    remedy: 'delete DisableLoopbackCheck below HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa',
    decides: 'alone',
    judge: loopbackCheck,
  },
  {
    id: 'net-framework',
    title: '.NET Framework has the update of July 2020',
    cves: ['CVE-2020-1147'],
    remedy: 'the updates of July 2020 for .NET Framework',
    decides: 'alone',
    judge: netFramework,
  },
  {
    id: 'schema',
    title: 'The schema of the directory was prepared (PrepareSchema)',
    cves: ['CVE-2021-34470'],
    remedy: 'prepare the schema (Setup /PrepareSchema)',
    decides: 'directory',
    judge: (settings) =>
      each(settings.of('schema-superiors'), ({ value }) => !/(?:^|\s)computer(?:$|\s)/i.test(value), {
        met: 'ms-Exch-Storage-Group may not lie below a computer',
        notMet: 'ms-Exch-Storage-Group may lie below a computer',
        unknown: 'no export of the schema class ms-Exch-Storage-Group',
      }),
  },
  {
    id: 'domain-preparation',
    title: 'Every domain was prepared after May 2022 (PrepareAllDomains)',
    cves: ['CVE-2022-21978'],
    remedy: 'prepare the domains (Setup /PrepareAllDomains)',
    decides: 'directory',
    judge: domainPreparation,
  },
  {
    id: 'outside-in',
    title: 'No override brings Oracle Outside In back (FIP-FS Configuration.xml)',
    cves: ['ADV24199947'],
    remedy: 'take the override out of FIP-FS Configuration.xml',
    decides: 'with-build',
    byDefault: true,
    judge: (settings) =>
      each(settings.of('text-extraction'), ({ value }) => value !== 'true', {
        met: 'no module and no kind of file has the override',
        notMet: 'an override is set',
        unknown: 'no Configuration.xml of FIP-FS',
      }),
  },
  {
    id: 'outlook',
    title: 'Outlook on the clients has the update of March 2023, and no item holds a UNC path for its reminder',
    cves: ['CVE-2023-23397'],
    remedy: 'the updates of March 2023 for Outlook; look for items with CVE-2023-23397.ps1',
    decides: 'alone',
    judge: () => unknown('the server does not know the version of Outlook; the mailboxes tell of items'),
  },
  {
    id: 'powershell-update',
    title: 'Windows has the update of December 2022 for PowerShell',
    cves: ['CVE-2022-41076'],
    remedy: 'the Windows updates of December 2022',
    decides: 'alone',
    judge: () => unknown('which updates of Windows are installed is not judged here'),
  },
  {
    id: 'emergency-mitigation',
    title: 'The Emergency Mitigation service is on',
    cves: [],
    remedy: 'switch the service on (Set-OrganizationConfig, Set-ExchangeServer -MitigationsEnabled)',
    decides: 'alone',
    judge: emergencyMitigation,
  },
  {
    id: 'amsi',
    title: 'Requests are shown to the antivirus (AMSI)',
    cves: [],
    remedy: 'take the override away',
    decides: 'alone',
    judge: (settings, run) => {
      // https://learn.microsoft.com/exchange/antispam-and-antimalware/amsi-integration-with-exchange
      if (
        run &&
        !hasAtLeast(run, { Exchange2016: '15.1.2308.8', Exchange2019: '15.2.922.7', ExchangeSE: '15.2.2562.17' })
      )
        return notMet('this build has no AMSI integration', [])
      return overridden(settings, ['Cafe/HttpRequestFiltering/Enabled'])
    },
  },
  {
    id: 'strict-deserialisation',
    title: 'No override weakens the check of what is deserialised',
    cves: [],
    remedy: 'take the override away',
    decides: 'alone',
    judge: strictDeserialisation,
  },
]

// ---------------------------------------------------------------- one judge each

/**
 * What Extended Protection must be at least; https://microsoft.github.io/CSS-Exchange/Security/Extended-Protection/.
 * Autodiscover (and PowerShell of the front end) stay without.
 */
const expected: Readonly<Record<string, 'Allow' | 'Require'>> = {
  'default web site/api': 'Require',
  'default web site/ecp': 'Require',
  'default web site/ews': 'Allow',
  'default web site/microsoft-server-activesync': 'Allow',
  'default web site/oab': 'Allow',
  'default web site/owa': 'Require',
  'default web site/rpc': 'Require',
  'default web site/mapi': 'Require',
  'exchange back end/api': 'Require',
  'exchange back end/ecp': 'Require',
  'exchange back end/ews': 'Require',
  'exchange back end/microsoft-server-activesync': 'Require',
  'exchange back end/oab': 'Require',
  'exchange back end/powershell': 'Require',
  'exchange back end/owa': 'Require',
  'exchange back end/rpc': 'Require',
  'exchange back end/rpcwithcert': 'Require',
  'exchange back end/pushnotifications': 'Require',
  'exchange back end/mapi/emsmdb': 'Require',
  'exchange back end/mapi/nspi': 'Require',
}

function extendedProtection(settings: Settings): Judged {
  const suppressed = settings.registry('Lsa\\SuppressExtendedProtection').filter(isNotZero)
  if (suppressed.length > 0) return notMet('SuppressExtendedProtection is set in the registry', suppressed)
  const applications = settings.of('iis-application')
  const set = settings.of('extended-protection')
  const there = new Set([...applications, ...set].map(({ about }) => about.toLowerCase()))
  const asked = Object.entries(expected).filter(([path]) => there.has(path))
  if (asked.length === 0) return unknown('no configuration of IIS (applicationHost.config)')
  const weak = asked.filter(([path, least]) => {
    const values = settings.of('extended-protection', path).map(({ value }) => value.toLowerCase())
    // Where nothing is set IIS does without.
    return (
      values.length === 0 || values.some((value) => value !== 'require' && (least !== 'Allow' || value !== 'allow'))
    )
  })
  const from = [...set, ...applications]
  if (weak.length === 0)
    return met(
      `set on ${ofAll(asked.length, asked.length, ...DIRECTORY)} that ${asked.length === 1 ? 'needs' : 'need'} it`,
      from,
    )
  const names = weak.map(([path]) => path)
  return notMet(
    `off or too weak on ${ofAll(weak.length, asked.length, ...DIRECTORY)}: ${formatList(names, 3, 'directory', 'directories')}`,
    from,
  )
}

const DIRECTORY = ['virtual directory', 'virtual directories'] as const

/** On unless an override says false. */
function overridden(settings: Settings, paths: readonly string[]): Judged {
  const all = paths.map((path) => settings.override(path))
  const off = all.flatMap(({ found }) => found.filter(({ value }) => value.toLowerCase() === 'false'))
  if (off.length > 0) return notMet(`switched off by the override ${off[0]!.about}=${off[0]!.value}`, off)
  const stated = all.flatMap((one) => one.listed)
  return stated.length > 0
    ? met('no override switches it off', stated)
    : unknown('no list of setting overrides (Get-ExchangeDiagnosticInfo, Get-SettingOverride)')
}

function registrySwitch(settings: Settings, about: string): Judged {
  const found = settings.registry(about)
  if (found.length === 0) return unknown(`no value ${about} in a registry hive`)
  return found.every(isNotZero) ? met(`${about} is set`, found) : notMet(`${about} is 0`, found)
}

function downloadDomains(settings: Settings): Judged {
  const on = settings.of('download-domains')
  if (on.length === 0) return unknown('no export of the organisation’s configuration (Get-OrganizationConfig)')
  if (on.some(({ value }) => value.toLowerCase() !== 'true')) return notMet('EnableDownloadDomains is not on', on)
  const hosts = (about: string): readonly string[] => settings.of('owa-host', about).map(({ value }) => hostOf(value))
  const own = [...hosts('ExternalUrl'), ...hosts('InternalUrl')].filter(Boolean)
  const from = [...on, ...settings.of('owa-host')]
  for (const part of ['ExternalDownloadHostName', 'InternalDownloadHostName']) {
    const names = hosts(part)
    if (names.length === 0) return unknown('no export of the OWA virtual directory (Get-OwaVirtualDirectory)')
    if (names.includes('')) return notMet(`${part} is not set`, from)
    if (names.some((name) => own.includes(name))) return notMet(`${part} is the host of OWA itself`, from)
  }
  return met('on, with hosts of their own', from)
}

/** Only the tenant knows whether keys are left on the shared application. */
function hybridApp(settings: Settings): Judged {
  const { found } = settings.override('Global/ExchangeOnpremAsThirdPartyAppId/Enabled')
  const set = found.filter(({ value }) => value.toLowerCase() === 'true')
  if (set.length > 0)
    return unknown('the hybrid application is set; whether keys are left on the shared one, the tenant knows', set)
  return unknown('no export says whether this is a hybrid organisation; one without Exchange Online is not open to it')
}

/** Fixed versions of cachtokn.dll: microsoft/CSS-Exchange, Invoke-AnalyzerSecurityCve-2023-36434.ps1 */
const tokenCacheFixed: Readonly<Record<number, string>> = {
  9200: '8.0.9200.24514',
  9600: '8.5.9600.21613',
  14393: '10.0.14393.6343',
  17763: '10.0.17763.4968',
  20348: '10.0.20348.2029',
}

function tokenCache(settings: Settings): Judged {
  const modules = settings.of('iis-module')
  const loaded = settings.of('iis-module', 'TokenCacheModule')
  if (modules.length > 0 && loaded.length === 0)
    return met('IIS does not load the TokenCacheModule', modules.slice(0, 1))
  const versions = settings.of('library-version', 'cachtokn.dll')
  if (versions.length === 0) return unknown('no version of cachtokn.dll')
  const old = versions.filter(({ value }) => {
    const parts = value.split('.').map(Number)
    if (parts[2]! >= 26_100) return false
    const fixed = tokenCacheFixed[parts[2]!]
    return fixed === undefined || compareBuilds(parts, fixed.split('.').map(Number)) < 0
  })
  return old.length > 0
    ? notMet(`cachtokn.dll is ${old[0]!.value}`, [...old, ...loaded])
    : met(`cachtokn.dll is ${versions[0]!.value}`, versions)
}

function loopbackCheck(settings: Settings): Judged {
  const set = settings.registry('Lsa\\DisableLoopbackCheck')
  const off = set.filter(isNotZero)
  if (off.length > 0) return notMet('DisableLoopbackCheck is set in the registry', off)
  const key = settings.of('registry').filter(({ about }) => /^Lsa\\/i.test(about))
  return key.length > 0 ? met('DisableLoopbackCheck is not set', key.slice(0, 1)) : unknown('no SYSTEM hive')
}

/** Builds of the libraries: microsoft/CSS-Exchange, Invoke-AnalyzerSecurityCve-2020-1147.ps1 */
function netFramework(settings: Settings): Judged {
  const libraries = ['System.Data.dll', 'System.Configuration.dll'].flatMap((name) =>
    settings.of('library-version', name),
  )
  const old = libraries.filter(({ value }) => {
    const [, minor, build] = value.split('.').map(Number) as [number, number, number]
    return build < (minor >= 8 ? 4190 : 3630)
  })
  if (old.length > 0) return notMet(`${old[0]!.about} is ${old[0]!.value}`, old)
  return new Set(libraries.map(({ about }) => about)).size === 2
    ? met(`System.Data.dll is ${libraries[0]!.value}`, libraries)
    : unknown('no versions of System.Data.dll and System.Configuration.dll')
}

/** The version of the container Microsoft Exchange System Objects; that of 2013 counts otherwise. */
function domainPreparation(settings: Settings, run: BuildRun | null): Judged {
  const least = run && productOfBuild(run.parts) === 'Exchange2013' ? 13_238 : 13_243
  const domains = settings.of('domain-version')
  const old = domains.filter(({ value }) => !(Number(value) >= least))
  if (old.length > 0) return notMet(`${old[0]!.about} has version ${old[0]!.value}, not ${least}`, old)
  return domains.length > 0
    ? met(`version ${domains[0]!.value}; the rights themselves are not compared`, domains)
    : unknown('no export of the domains’ containers')
}

function emergencyMitigation(settings: Settings, run: BuildRun | null): Judged {
  // https://learn.microsoft.com/exchange/exchange-emergency-mitigation-service
  const first = { Exchange2016: '15.1.2375.7', Exchange2019: '15.2.986.5', ExchangeSE: '15.2.2562.17' }
  if (run && !hasAtLeast(run, first)) return notMet('this build has no such service', [])
  const enabled = settings.of('mitigations-enabled')
  const service = settings.of('mitigation-service')
  const off = [...enabled.filter(({ value }) => value.toLowerCase() === 'false'), ...service.filter(isStopped)]
  if (off.length > 0)
    return notMet(`${off[0]!.about}: ${off[0]!.value === 'false' ? 'MitigationsEnabled is false' : off[0]!.value}`, off)
  const applied = settings.of('mitigation-applied').map(({ about }) => about)
  const blocked = settings.of('mitigation-blocked').map(({ about }) => about)
  const what = [
    ...(applied.length > 0 ? [`applied: ${applied.slice(0, 10).join(', ')}`] : []),
    ...(blocked.length > 0 ? [`blocked: ${blocked.slice(0, 10).join(', ')}`] : []),
  ]
  if (enabled.length === 0)
    return unknown(['no export of the server and the organisation', ...what].join('; '), service)
  return met(['MitigationsEnabled is true', ...what].join('; '), [...enabled, ...service])
}

function strictDeserialisation(settings: Settings): Judged {
  const learning = settings
    .of('override')
    .filter(({ about }) => /^Data\/DeserializationBinderSettings\/LearningLocations$/i.test(about))
  if (learning.length > 0) return notMet(`learning mode for ${learning[0]!.value}`, learning)
  const base = settings.registry('Diagnostics\\DisableBaseTypeCheckForDeserialization').filter(isNotZero)
  if (base.length > 0) return notMet('DisableBaseTypeCheckForDeserialization is set in the registry', base)
  return overridden(settings, ['Data/DeserializationBinderSettings/LearningLocations'])
}

// ---------------------------------------------------------------- mitigations

/** The mitigations for each vulnerability, in force or blocked: they are no fix. */
export function mitigationsOf(scans: readonly Scan[], server: Server): ReadonlyMap<string, readonly string[]> {
  const settings = new Settings(
    scans.flatMap((scan) => scan.facts).filter((fact) => fact.fact === 'setting'),
    server,
  )
  const found = new Map<string, Set<string>>()
  const add = (cve: string, what: string): void => {
    found.set(cve, (found.get(cve) ?? new Set()).add(what))
  }
  const blocked = new Set(settings.of('mitigation-blocked').map(({ about }) => about.toUpperCase()))
  for (const { about, value, at } of settings.of('mitigation-rule')) {
    const [cve, state] = value.split(' ')
    const eems = /^EEMS\s+(\S+)/i.exec(about)?.[1]?.toUpperCase()
    if (state === 'on' && !(eems !== undefined && blocked.has(eems))) add(cve!, `rewrite rule “${about}” (${at.path})`)
  }
  for (const { about, at } of settings.of('mitigation-applied')) {
    const cve = eemsCve(about)
    if (cve && !blocked.has(about.toUpperCase())) add(cve, `Emergency Mitigation ${about} (${at.path})`)
  }
  return new Map([...found].map(([cve, what]) => [cve, [...what].sort()]))
}

/** `M1` and `M1.1` are the rule against ProxyNotShell, `M2.1` that against the OWA script of 2026. */
function eemsCve(id: string): string | null {
  if (/^M1(?:\.|$)/i.test(id)) return 'CVE-2022-41040'
  return /^M2\.1(?:\.|$)/i.test(id) ? 'CVE-2026-42897' : null
}

// ---------------------------------------------------------------- small words

function each(
  settings: readonly SettingFact[],
  isGood: (setting: SettingFact) => boolean,
  words: { readonly met: string; readonly notMet: string; readonly unknown: string },
): Judged {
  if (settings.length === 0) return unknown(words.unknown)
  const bad = settings.filter((setting) => !isGood(setting))
  return bad.length > 0 ? notMet(words.notMet, bad) : met(words.met, settings)
}

function hasAtLeast(run: BuildRun, first: Readonly<Record<string, string>>): boolean {
  const least = first[productOfBuild(run.parts)]
  return least !== undefined && compareBuilds(run.parts, least.split('.').map(Number)) >= 0
}

/** A number of the registry, `1 DWORD (0x00000001)`, or its text. */
function isNotZero({ value }: SettingFact): boolean {
  return value !== '' && !/^0(?:\s|$)/.test(value)
}

function isStopped({ value }: SettingFact): boolean {
  return /disabled|manual|stopped/i.test(value)
}

function hostOf(value: string): string {
  return (/^[a-z]+:\/\/([^/:]+)/i.exec(value)?.[1] ?? value).toLowerCase()
}

const met = (why: string, from: readonly SettingFact[]): Judged => ({ is: 'met', why, from: paths(from) })
const notMet = (why: string, from: readonly SettingFact[]): Judged => ({ is: 'not-met', why, from: paths(from) })
const unknown = (why: string, from: readonly SettingFact[] = []): Judged => ({ is: 'unknown', why, from: paths(from) })

function paths(from: readonly SettingFact[]): readonly string[] {
  return [...new Set(from.map(({ at }) => at.path))].sort().slice(0, 5)
}
