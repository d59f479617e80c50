import { formatList, ofAll } from '../../lib/amounts.ts'
import type { Scan } from '../../model/scan.ts'
import type { Protection } from '../../model/exposure.ts'
import type { Fact } from '../../model/event.ts'
import { productOfBuild, type ServerFacts } from '../server/server.ts'
import { type BuildRun, compareBuilds } from '../../model/builds.ts'
import { sameHost } from '../../model/host.ts'
import { cveOfVendorName, type ExposureFacts } from '../../knowledge/exposure-tables.ts'

type SettingFact = Extract<Fact, { fact: 'setting' }>
type Judged = Pick<Protection, 'is' | 'why' | 'from'>

/** Judges one row of the table; `overrides` are those that the row names. */
type Judge = (settings: Settings, run: BuildRun | null, overrides: readonly string[]) => Judged

/** The protections of this server at the end of the evidence, in the order of `knowledge/protections.csv`. */
export function protectionsOf(
  scans: readonly Scan[],
  server: Pick<ServerFacts, 'builds'> & Server,
  { protections }: Pick<ExposureFacts, 'protections'>,
): Protection[] {
  const settings = new Settings(
    scans.flatMap((scan) => scan.facts).filter((fact) => fact.fact === 'setting'),
    server,
  )
  const run = server.builds.at(-1) ?? null
  return protections.map(({ id, title, cves, overrides }) => ({
    id,
    title,
    cves,
    ...(judges.get(id) ?? (overrides.length > 0 ? overridden : notJudged))(settings, run, overrides),
  }))
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

/** How a protection is judged, by its id in the table; the others are in force unless one of their overrides says false. */
const judges: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['extended-protection', extendedProtection],
  [
    'serialized-data-signing',
    (settings, run, paths) =>
      run && productOfBuild(run.parts) === 'Exchange2013'
        ? registrySwitch(settings, 'Diagnostics\\EnableSerializationDataSigning')
        : overridden(settings, run, paths),
  ],
  ['download-domains', downloadDomains],
  ['hybrid-app', hybridApp],
  ['token-cache', tokenCache],
  ['loopback-check', loopbackCheck],
  ['net-framework', netFramework],
  [
    'schema',
    (settings) =>
      each(settings.of('schema-superiors'), ({ value }) => !/(?:^|\s)computer(?:$|\s)/i.test(value), {
        met: 'ms-Exch-Storage-Group may not lie below a computer',
        notMet: 'ms-Exch-Storage-Group may lie below a computer',
        unknown: 'no export of the schema class ms-Exch-Storage-Group',
      }),
  ],
  ['domain-preparation', domainPreparation],
  [
    'outside-in',
    (settings) =>
      each(settings.of('text-extraction'), ({ value }) => value !== 'true', {
        met: 'no module and no kind of file has the override',
        notMet: 'an override is set',
        unknown: 'no Configuration.xml of FIP-FS',
      }),
  ],
  ['outlook', () => unknown('the server does not know the version of Outlook; the mailboxes contain the items')],
  ['powershell-update', () => unknown('which updates of Windows are installed is not judged here')],
  ['emergency-mitigation', emergencyMitigation],
  [
    'amsi',
    (settings, run, paths) => {
      // https://learn.microsoft.com/exchange/antispam-and-antimalware/amsi-integration-with-exchange
      if (
        run &&
        !hasAtLeast(run, { Exchange2016: '15.1.2308.8', Exchange2019: '15.2.922.7', ExchangeSE: '15.2.2562.17' })
      )
        return notMet('this build has no AMSI integration', [])
      return overridden(settings, run, paths)
    },
  ],
  ['strict-deserialization', strictDeserialization],
])

/** A row of a newer table than this program. */
function notJudged(): Judged {
  return unknown('not judged')
}

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
function overridden(settings: Settings, _run: BuildRun | null, paths: readonly string[]): Judged {
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
  if (on.length === 0) return unknown('no export of the organization’s configuration (Get-OrganizationConfig)')
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
  return unknown('no export says whether this is a hybrid organization; one without Exchange Online is not open to it')
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
    return unknown(['no export of the server and the organization', ...what].join('; '), service)
  return met(['MitigationsEnabled is true', ...what].join('; '), [...enabled, ...service])
}

function strictDeserialization(settings: Settings, run: BuildRun | null, paths: readonly string[]): Judged {
  const learning = paths.flatMap((path) => settings.of('override', path))
  if (learning.length > 0) return notMet(`learning mode for ${learning[0]!.value}`, learning)
  const base = settings.registry('Diagnostics\\DisableBaseTypeCheckForDeserialization').filter(isNotZero)
  if (base.length > 0) return notMet('DisableBaseTypeCheckForDeserialization is set in the registry', base)
  return overridden(settings, run, paths)
}

// ---------------------------------------------------------------- mitigations

/** The mitigations for each vulnerability, in force or blocked: they are no fix. */
export function mitigationsOf(
  scans: readonly Scan[],
  server: Server,
  { vendorNames }: Pick<ExposureFacts, 'vendorNames'>,
): ReadonlyMap<string, readonly string[]> {
  const settings = new Settings(
    scans.flatMap((scan) => scan.facts).filter((fact) => fact.fact === 'setting'),
    server,
  )
  const found = new Map<string, Set<string>>()
  const blocked = new Set(settings.of('mitigation-blocked').map(({ about }) => about.toUpperCase()))
  const add = (mitigation: string, what: string): void => {
    const cve = cveOfVendorName(mitigation, vendorNames)
    if (cve === null || blocked.has(mitigation.replace(/^EEMS /, '').toUpperCase())) return
    found.set(cve, (found.get(cve) ?? new Set()).add(what))
  }
  for (const { about, value, at } of settings.of('mitigation-rule')) {
    const [, state, mitigation] = /^(on|off) (.*)$/s.exec(value) ?? []
    if (state === 'on') add(mitigation!, `rewrite rule “${about}” (${at.path})`)
  }
  for (const { about, at } of settings.of('mitigation-applied'))
    add(`EEMS ${about}`, `Emergency Mitigation ${about} (${at.path})`)
  return new Map([...found].map(([cve, what]) => [cve, [...what].sort()]))
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
