import type { Event, Fields, FieldValue } from '../../model/event.ts'
import { fileNameOf } from '../../model/file-name.ts'

/**
 * Settings on which it depends whether a vulnerability is open, whatever evidence they were read from: the configuration
 * of IIS, the registry, objects that PowerShell exported, program files. What they come to is judged in protections.ts.
 * HealthChecker reads the same (https://github.com/microsoft/CSS-Exchange/tree/main/Diagnostics/HealthChecker).
 */
export type ExchangeSetting = {
  readonly name: SettingName
  /** What it is a setting of: a virtual directory, a parameter of an override, a value of the registry. */
  readonly about: string
  readonly value: string
  /** The server that it holds for; null where it is the one that the evidence is of, or all. */
  readonly host: string | null
}

export type SettingName =
  | 'iis-application'
  | 'iis-module'
  | 'extended-protection'
  | 'mitigation-rule'
  | 'mitigation-service'
  | 'mitigations-enabled'
  | 'mitigation-applied'
  | 'mitigation-blocked'
  | 'override'
  | 'overrides-listed'
  | 'download-domains'
  | 'owa-host'
  | 'registry'
  | 'library-version'
  | 'schema-superiors'
  | 'domain-version'
  | 'text-extraction'

/** Names of properties by which an object that lies in another is known to hold a setting. */
export const settingProperties: readonly string[] = [
  'ComponentName',
  'VirtualDirectoryName',
  'MitigationsEnabled',
  'EnableDownloadDomains',
  'ExternalDownloadHostName',
  'MesoObject',
  'FilePrivatePart',
]

const NONE: readonly ExchangeSetting[] = []
const MOST = 500
const TEXT = 300
const LIBRARIES = ['cachtokn.dll', 'System.Data.dll', 'System.Configuration.dll']

/** The settings that an event tells of; of nearly all events there are none. */
export function settingsOf(event: Event): readonly ExchangeSetting[] {
  const found = read(event)
  return found.length === 0 ? NONE : found.map(bounded)
}

/** The settings in the properties of an exported object, by the names that only such objects have. */
export function settingsOfObject(fields: Fields): readonly ExchangeSetting[] {
  return ofObject(fields).map(bounded)
}

function bounded({ name, about, value, host }: ExchangeSetting): ExchangeSetting {
  return { name, about: about.slice(0, TEXT), value: value.slice(0, TEXT), host: host && host.slice(0, TEXT) }
}

function read(event: Event): readonly ExchangeSetting[] {
  if (event.snippet === true || event.fields.Deleted === true) return NONE
  const { fields, log, at } = event
  if (log === 'iis-config') return /applicationhost\.config$/i.test(at.path) ? ofIis(fields) : ofModule(fields)
  if (log === 'web-config') return /web\.config$/i.test(at.path) ? ofIis(fields) : NONE
  if (log === 'services') return ofService(fields)
  if (typeof fields.TargetObject === 'string') return ofRegistry(fields, fields.TargetObject)
  if (log === 'exchange-config' || log === 'tool-results')
    return typeof fields.ObjectType === 'string' ? ofObject(fields) : NONE
  return typeof fields.FileVersion === 'string' ? ofProgram(fields, event.target ?? at.path) : NONE
}

/** Properties of an exported object: their text, and the server that they are of. */
type Properties = {
  readonly fields: Fields
  readonly text: (name: string) => string | null
  readonly host: string | null
}

function ofObject(fields: Fields): readonly ExchangeSetting[] {
  const text = (name: string): string | null => textOf(fields[name])
  if (text('ComponentName') && text('SectionName')) return ofOverride(fields)
  if (text('Result')?.includes('<VariantConfiguration>')) return ofDiagnostics(text('Result')!)
  const host = text('Server') ?? text('ServerName') ?? text('MachineName') ?? text('ComputerName')
  const own = parts.flatMap((part) => part({ fields, text, host })).slice(0, MOST)
  const program = text('FileName')
  return program ? [...own, ...ofProgram(fields, program)] : own
}

/** What of an object tells settings, each by names that only its kind of object has. */
const parts: readonly ((object: Properties) => readonly ExchangeSetting[])[] = [
  ofExtendedProtection,
  ofTextExtraction,
  ofMitigations,
  ofDownloadDomains,
  ofSchemaClass,
  ofDomain,
  ofLibraries,
]

function setting(
  name: SettingName,
  about: string,
  value: string | null,
  host: string | null,
): readonly ExchangeSetting[] {
  return value === null ? NONE : [{ name, about, value, host }]
}

function ofExtendedProtection({ fields, text, host }: Properties): readonly ExchangeSetting[] {
  const directory = text('VirtualDirectoryName')
  const value = text('ExtendedProtection')
  return [
    ...(directory && value ? setting('extended-protection', directory, value, host) : NONE),
    ...listOf(fields.ExtendedProtectionConfiguration).flatMap((line) => {
      const m = /^VirtualDirectoryName=([^;]{1,200}); .*?\bExtendedProtection=(\w{1,20})/.exec(line)
      return m ? setting('extended-protection', m[1]!, m[2]!, host) : NONE
    }),
  ]
}

function ofTextExtraction({ text, host }: Properties): readonly ExchangeSetting[] {
  const module = text('TextExtraction')
  return module ? setting('text-extraction', module, text('Override') ?? 'false', host) : NONE
}

function ofMitigations({ fields, text, host }: Properties): readonly ExchangeSetting[] {
  const isServer = fields.MitigationsApplied !== undefined || fields.IsEdgeServer !== undefined
  const name = isServer ? (text('Name') ?? host) : null
  return [
    ...setting('mitigations-enabled', isServer ? 'server' : 'organization', text('MitigationsEnabled'), name),
    ...listOf(fields.MitigationsApplied).flatMap((id) => setting('mitigation-applied', id, 'applied', name)),
    ...listOf(fields.MitigationsBlocked).flatMap((id) => setting('mitigation-blocked', id, 'blocked', name)),
  ]
}

function ofDownloadDomains({ fields, text, host }: Properties): readonly ExchangeSetting[] {
  const enabled = setting('download-domains', 'organization', text('EnableDownloadDomains'), null)
  if (fields.ExternalDownloadHostName === undefined) return enabled
  const names = ['ExternalDownloadHostName', 'InternalDownloadHostName', 'ExternalUrl', 'InternalUrl']
  return [...enabled, ...names.flatMap((name) => setting('owa-host', name, text(name) ?? '', host))]
}

function ofSchemaClass({ fields, text }: Properties): readonly ExchangeSetting[] {
  const path = text('Path') ?? text('DistinguishedName') ?? ''
  if (!/(?:^|[,/])CN=ms-Exch-Storage-Group,/i.test(path)) return NONE
  return setting('schema-superiors', 'ms-Exch-Storage-Group', superiorsOf(fields), null)
}

function ofDomain({ text }: Properties): readonly ExchangeSetting[] {
  return setting('domain-version', text('DomainName') ?? 'domain', text('MesoObject.ObjectVersion'), null)
}

function ofLibraries({ text, host }: Properties): readonly ExchangeSetting[] {
  return LIBRARIES.flatMap((library) => {
    const parts = ['Major', 'Minor', 'Build', 'Private'].map((part) => text(`${library}.VersionInfo.File${part}Part`))
    return parts.includes(null) ? NONE : setting('library-version', library, parts.join('.'), host)
  })
}

function ofIis(fields: Fields): readonly ExchangeSetting[] {
  const text = (name: string): string => textOf(fields[name]) ?? ''
  const one = (name: SettingName, about: string, value: string): readonly ExchangeSetting[] => [
    { name, about, value, host: null },
  ]
  switch (fields.Element) {
    case 'application':
    case 'virtualDirectory':
      return one('iis-application', `${text('Site')}${text('Path')}`, text('PhysicalPath'))
    case 'extendedProtection':
      return one('extended-protection', text('Location'), text('TokenChecking') || 'None')
    case 'rewriteRule':
      return text('Mitigation') === ''
        ? NONE
        : one('mitigation-rule', text('Rule'), `${isHolding(fields) ? 'on' : 'off'} ${text('Mitigation')}`)
    default:
      return ofModule(fields)
  }
}

/**
 * Is the rule on, and does it hold? The first rules against ProxyNotShell could be got around: what holds looks for both
 * words, in any order, in the decoded address. microsoft/CSS-Exchange, Invoke-AnalyzerSecurityCve-2022-41040.NotPublished.ps1
 */
function isHolding(fields: Fields): boolean {
  if (textOf(fields.Enabled)?.toLowerCase() === 'false') return false
  if (!isAutodiscoverFilter(textOf(fields.Mitigation) ?? '')) return true
  const conditions = listOf(fields.Conditions)
  return (
    /^(?:AbortRequest|CustomResponse)$/i.test(textOf(fields.Action) ?? '') &&
    conditions.some((one) =>
      /^\{UrlDecode:\{REQUEST_URI\}\} ~ \(\?=\.\*autodiscover\)\(\?=\.\*powershell\)$/i.test(one),
    )
  )
}

/** Is it one of those that look for both words of the address of a request to remote PowerShell? */
function isAutodiscoverFilter(mitigation: string): boolean {
  return /^(?:EEMS M1(?:\.\S*)?|EOMTv2|autodiscover filter)$/.test(mitigation)
}

function ofModule(fields: Fields): readonly ExchangeSetting[] {
  const [module, image] = [textOf(fields.Module), textOf(fields.Image)]
  if (fields.Element !== 'globalModule' || module === null) return NONE
  return [{ name: 'iis-module', about: module, value: image ?? '', host: null }]
}

function ofService(fields: Fields): readonly ExchangeSetting[] {
  if (textOf(fields.ServiceName)?.toLowerCase() !== 'msexchangemitigation') return NONE
  const state = [textOf(fields.StartType), textOf(fields.State)].filter(Boolean).join(', ')
  return [{ name: 'mitigation-service', about: 'MSExchangeMitigation', value: state, host: null }]
}

/** The values of the keys that matter; that one of a key is told says that the others of it are not there. */
const registryKeys =
  /\\(?:Control\\Lsa|ExchangeServer\\v1[45]\\Diagnostics|Windows NT\\CurrentVersion|LanmanServer\\Parameters)\\[^\\]+$/i

function ofRegistry(fields: Fields, target: string): readonly ExchangeSetting[] {
  if (/\\AMSI\\Providers\\[^\\]+$/i.test(target))
    return [{ name: 'registry', about: target.split('\\').slice(-3).join('\\'), value: 'present', host: null }]
  if (!registryKeys.test(target)) return NONE
  return [
    {
      name: 'registry',
      about: target.split('\\').slice(-2).join('\\'),
      value: textOf(fields.Details) ?? '',
      host: null,
    },
  ]
}

function ofProgram(fields: Fields, path: string): readonly ExchangeSetting[] {
  const file = fileNameOf(path).toLowerCase()
  const about = LIBRARIES.find((library) => library.toLowerCase() === file)
  // Of a library of .NET there is one a version of it; version 4 is what Exchange runs in.
  if (about === undefined || (about.startsWith('System.') && !/[\\/]v4\.0\.30319[\\/]/i.test(path))) return NONE
  const version = /(?<!\d)\d+(?:\.\d+){3}/.exec(textOf(fields.ProductVersion) ?? textOf(fields.FileVersion) ?? '')
  return version === null ? NONE : [{ name: 'library-version', about, value: version[0], host: null }]
}

/** `Get-SettingOverride`, one object an override: it can hold for some servers, and may not be accepted. */
function ofOverride(fields: Fields): readonly ExchangeSetting[] {
  const status = textOf(fields.Status)
  if (status !== null && !/^accepted$/i.test(status)) return [LISTED]
  const hosts = listOf(fields.Server)
  const path = `${textOf(fields.ComponentName)}/${textOf(fields.SectionName)}`
  return [
    LISTED,
    ...listOf(fields.Parameters)
      .slice(0, 100)
      .flatMap((parameter): ExchangeSetting[] => {
        const [name, value] = splitAt(parameter, '=')
        const one = { name: 'override', about: `${path}/${name}`, value } as const
        return hosts.length === 0 ? [{ ...one, host: null }] : hosts.map((host) => ({ ...one, host }))
      }),
  ]
}

const LISTED: ExchangeSetting = { name: 'overrides-listed', about: 'overrides', value: 'listed', host: null }

/** What `Get-ExchangeDiagnosticInfo … -Component VariantConfiguration -Argument Overrides` answers: what holds on its server. */
function ofDiagnostics(xml: string): readonly ExchangeSetting[] {
  if (!/<Overrides\b/.test(xml)) return NONE
  const host = /<serverName>([^<]{1,100})<\/serverName>/i.exec(xml)?.[1] ?? null
  // Of a long answer only the beginning is kept: what it does not name may stand in the rest.
  const isWhole = /<\/Overrides>|<Overrides\b[^>]{0,300}\/>/.test(xml)
  const found: ExchangeSetting[] = isWhole ? [{ ...LISTED, host }] : []
  for (const override of overridesIn(xml)) {
    const of = (name: string): string =>
      new RegExp(`(?:<${name}>|\\s${name}=")([^<"]{0,300})`).exec(override)?.[1] ?? ''
    if (!/^accepted$/i.test(of('Status'))) continue
    for (const [, parameter] of override.matchAll(/<Parameter>([^<]{1,300})<\/Parameter>/g)) {
      const [name, value] = splitAt(parameter!, '=')
      if (found.length < MOST)
        found.push({ name: 'override', about: `${of('ComponentName')}/${of('SectionName')}/${name}`, value, host })
    }
  }
  return found
}

/** Each `<SettingOverride …>…</SettingOverride>` that is not longer than one can be. */
function* overridesIn(xml: string): Generator<string> {
  const closing = '</SettingOverride>'
  let [close, end] = [-1, -1]
  for (const { index } of xml.matchAll(/<SettingOverride\b/g)) {
    // Of several that begin before one end, the first that is near enough.
    if (index < end) continue
    if (close < index) close = xml.indexOf(closing, index)
    if (close < 0) return
    if (close - index > 4_000) continue
    end = close + closing.length
    yield xml.slice(index, end)
  }
}

/** A search result holds all attributes that have values, so that one that is missing has none. */
function superiorsOf(fields: Fields): string | null {
  const names = Object.keys(fields)
  const key = names.find((name) => /(?:^|\.)possSuperiors$/i.test(name))
  if (key !== undefined) return listOf(fields[key]).join(' ')
  return names.some((name) => /^Properties\.governsId$/i.test(name)) ? '' : null
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

function textOf(value: FieldValue | undefined): string | null {
  if (value === undefined || value === null || value === '') return null
  return Array.isArray(value) ? value.join(' ') : String(value)
}

function listOf(value: FieldValue | undefined): readonly string[] {
  if (value === undefined || value === null || value === '') return []
  return (Array.isArray(value) ? value : [value]).map(String)
}
