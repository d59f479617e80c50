import { CultureTimes } from '../common/culture-times.ts'
import type { KnownLogKind } from '../../model/log-kinds.ts'
import { isoTime } from '../../lib/time.ts'
import type { Event, FieldValue, LogSource } from '../../model/event.ts'
import {
  type Audited,
  adminAudit,
  isAdminAudit,
  isMailboxAudit,
  mailboxAudit,
  type Pair,
} from '../exchange/audit-log-export.ts'
import { buildOf } from '../exchange/build-sightings.ts'
import { isObject, type PsObject, type PsScalar, type PsValue } from './powershell-object.ts'
import { isExchangePath, joined, resembling } from './config-sections.ts'
import { decodedCommand } from '../powershell/encoded-command.ts'
import { isKnownModule, isKnownProgram, isKnownRoot } from '../common/known-paths.ts'
import { folderPermission, reminderItem } from '../exchange/mailbox-items.ts'
import type { Sink, Source } from '../parser.ts'
import { hostName } from '../common/lines.ts'
import { isSecretName, MASK, maskCommand, maskValue, maskXml } from '../../lib/mask-secrets.ts'
import { settingProperties, settingsOfObject } from '../exchange/settings.ts'
import { healthEvents, type HealthReport, healthReportOf } from '../other-tools/health-report.ts'
import { isKnownAgent } from '../../model/known-agents.ts'
import { configEvent, posternSources, type Tag } from './xml-reader.ts'
import { squeezed, withoutRuns } from '../../lib/squeeze.ts'

type Fields = Record<string, FieldValue>
/** What an object is an event of. */
type Made = {
  readonly log: KnownLogKind
  readonly sources: readonly LogSource[]
  readonly fields: Fields
  readonly target: string
  readonly time?: { readonly at: number; readonly basis: Event['timeBasis'] } | null
}

const DEPTH = 4
const FIELDS = 200
const VALUE = 4096
const ITEMS = 200
/** Objects in an object that are events of their own. */
const NESTED = 20_000
const SETTINGS = 2_000

/** Makes events and facts of the objects of an export. */
export class ClixmlEvents {
  readonly #source: Source
  readonly #sink: Sink
  readonly #builds = new Set<string>()
  readonly #hosts = new Map<string, number>()
  readonly #audited: CultureTimes
  #zoned = false
  #told = 0

  constructor(source: Source, sink: Sink) {
    this.#source = source
    this.#sink = sink
    this.#audited = new CultureTimes((event) => sink.event(event))
  }

  /** A top-level object, with the place where it lies. */
  take(object: PsValue, tag: Tag): void {
    if (!isObject(object)) {
      if (object !== null) this.#emit(tag, scalarOf(object, this.#source), tag.raw)
      return
    }
    const list = object.properties.size === 0 ? object.items : null
    // An array that was exported as one object: each item is one.
    if (list && list.some((item) => isObject(item))) {
      for (const item of list.slice(0, NESTED)) if (isObject(item)) this.#object(item, { ...tag, raw: '' })
      return
    }
    this.#object(object, tag)
  }

  finish(): void {
    this.#audited.finish()
    for (const [host, rows] of this.#hosts) this.#sink.fact({ fact: 'host', host, source: 'exported objects', rows })
  }

  #object(object: PsObject, tag: Tag): void {
    const audited = auditRow(object)
    if (audited) return this.#audit(audited, tag)
    const report = healthReportOf(object, this.#source.path)
    if (report) this.#health(report, tag)
    this.#facts(object, tag, report)
    const own = special(object, []) ?? general(object, this.#source)
    this.#emit(tag, own, tag.raw === '' ? textForm(own.fields) : tag.raw)
    const owner = report?.host ?? textOfProperty(object, 'ComputerName') ?? textOfProperty(object, 'ServerName')
    let left = NESTED
    for (const [inner, around] of within(object)) {
      if (left-- <= 0) return
      this.#facts(inner, tag, report)
      const known = special(inner, around)
      if (known) this.#emit(tag, known, textForm(known.fields))
      else if (settingProperties.some((name) => inner.properties.has(name)))
        this.#settings(general(inner, this.#source).fields, owner, tag)
    }
  }

  #emit(tag: Tag, { log, sources, fields, target, time }: Made, raw: string): void {
    const event = configEvent(this.#source, log, { ...tag, raw }, fields, target)
    this.#sink.event({
      ...event,
      sources,
      raw: maskCommand(event.raw),
      fields: tag.cut ? { ...fields, Cut: 'true' } : fields,
      time: time?.at ?? null,
      timeBasis: time?.basis ?? 'file',
    })
  }

  #audit({ when, ...row }: Audited, tag: Tag): void {
    const raw = tag.raw === '' ? textForm(row.fields) : tag.raw
    const event = configEvent(this.#source, row.log, { ...tag, raw }, row.fields, row.target)
    this.#audited.take({ ...event, ...row, raw: maskCommand(event.raw), snippet: true }, when)
  }

  /** An object that lies in another is no event of its own; what it sets is told. */
  #settings(fields: Fields, host: string | null, tag: Tag): void {
    const at = { path: this.#source.path, offset: tag.offset, length: tag.length, line: tag.line }
    for (const setting of settingsOfObject(fields))
      if (this.#told++ < SETTINGS) this.#sink.fact({ fact: 'setting', ...setting, host: setting.host ?? host, at })
  }

  /** What the HealthChecker made of what it collected. */
  #health(report: HealthReport, tag: Tag): void {
    const at = { path: this.#source.path, offset: tag.offset, length: tag.length, line: tag.line }
    this.#build(report.build, report.precision, 'HealthChecker', report.host, at, report.time)
    for (const event of healthEvents(report, report.lines, at)) this.#sink.event(event)
  }

  #facts(object: PsObject, tag: Tag, report: HealthReport | null): void {
    const at = { path: this.#source.path, offset: tag.offset, length: tag.length, line: tag.line }
    const file = textOfProperty(object, 'FileName') ?? ''
    // A report says whose it is, and when.
    if (/[\\/]exsetup\.exe$/i.test(file) && report?.precision !== 'update')
      this.#build(textOfProperty(object, 'FileVersion'), 'update', 'file version of ExSetup.exe', null, at)
    if (isExchange(object)) {
      const version = /^Version (\d{1,2}\.\d{1,2}) \(Build (\d{1,5}\.\d{1,5})\)/.exec(
        textOfProperty(object, 'AdminDisplayVersion') ?? '',
      )
      const server =
        textOfProperty(object, 'Server') ?? (isType(object, /ExchangeServer$/) ? textOfProperty(object, 'Name') : null)
      if (version)
        this.#build(`${version[1]}.${version[2]}`, 'cu', 'AdminDisplayVersion in an export', hostName(server), at)
    }
    const host = isType(object, /Win32_OperatingSystem$/)
      ? hostName(textOfProperty(object, 'CSName'))
      : isType(object, /Win32_ComputerSystem$/)
        ? hostName(textOfProperty(object, 'Name'))
        : null
    if (host && this.#hosts.size < 100) this.#hosts.set(host, (this.#hosts.get(host) ?? 0) + 1)
    const minutes = zoneOf(object)
    if (minutes === null || this.#zoned) return
    this.#zoned = true
    this.#sink.fact({ fact: 'zone', minutes, source: 'time zone in an export', at })
  }

  #build(
    text: string | null,
    precision: 'cu' | 'update',
    source: string,
    host: string | null,
    at: Event['at'],
    time: number | null = null,
  ): void {
    const build = buildOf(text ?? '')
    const key = `${build}\0${source}\0${host}\0${time}`
    if (!build || this.#builds.has(key) || this.#builds.size >= 1000) return
    this.#builds.add(key)
    this.#sink.fact({ fact: 'build', build, precision, source, from: time, to: time, host, at })
  }
}

/** Minutes ahead of UTC without daylight saving, where an object says the zone of its machine. */
function zoneOf(object: PsObject): number | null {
  if (isType(object, /^System\.TimeZoneInfo$|Win32_TimeZone$/)) {
    const named = textOfProperty(object, 'DisplayName') ?? textOfProperty(object, 'Caption') ?? object.text ?? ''
    const m = /^\((?:UTC|GMT)(?:([+-])(\d\d):(\d\d))?\)/.exec(named)
    return m ? (Number(m[2] ?? 0) * 60 + Number(m[3] ?? 0)) * (m[1] === '-' ? -1 : 1) : null
  }
  const current = object.properties.get('CurrentTimeZone')
  const daylight = object.properties.get('DaylightInEffect')
  if (!isType(object, /Win32_ComputerSystem$/) || typeof current !== 'number' || Math.abs(current) > 840) return null
  return current - (daylight === true ? 60 : 0)
}

// ---------------------------------------------------------------- what an object is

/** Of the kinds that rules ask for, whichever way they came. */
function special(object: PsObject, around: readonly PsObject[]): Made | null {
  if (isType(object, /(?:^|[.#/\\])(?:ServiceController|Win32_Service)$/i)) return service(object)
  if (isType(object, /MSFT_ScheduledTask$/)) return task(object)
  if (isType(object, /(?:^|[.#/\\])(?:LocalUser|Win32_UserAccount)$/)) return account(object)
  if (isType(object, /\.TransportAgent$/) || object.properties.has('TransportAgentFactory')) return agent(object)
  if (object.types.some(isSiteType)) return site(object, around)
  if (object.properties.has('SignatureDetails') && object.properties.has('Path')) return module(object)
  if (isType(object, /\.ReminderItem$/)) return reminderItem(anyCase(object))
  if (isType(object, /\.MailboxFolderPermission$/)) return folderAccess(object)
  return null
}

/** A row of an audit log; its properties say what it is, whatever the type that the shell gave it. */
function auditRow(object: PsObject): Audited | null {
  const of = anyCase(object)
  if (isMailboxAudit(of)) return mailboxAudit(of)
  if (!isAdminAudit(of)) return null
  return adminAudit(of, pairsOf(valueOf(object, 'CmdletParameters')), pairsOf(valueOf(object, 'ModifiedProperties')))
}

/** `ConfigurationElement#site`, `…ConfigurationElement#sites#site`. */
function isSiteType(name: string): boolean {
  return /#(?:site|application|virtualDirectory)$/.test(name) && name.includes('ConfigurationElement#')
}

const PAIR = /^\s*Name\s*[=:]([^;]{1,1000});\s*(?:New)?Value\s*[=:]/i

/** Names and values, as objects or as the text that a shell made of each of them. */
function pairsOf(value: PsValue | undefined): Pair[] {
  if (value === undefined || value === null) return []
  const items = isObject(value) ? (value.items ?? [value]) : [value]
  return items.slice(0, ITEMS).flatMap((item): Pair[] => {
    if (!isObject(item)) return textPairs(String(item))
    const of = anyCase(item)
    const name = of('Name')
    return name === null ? textPairs(item.text ?? '') : [pair(name, of('Value') ?? of('NewValue') ?? '')]
  })
}

function textPairs(text: string): Pair[] {
  const one = PAIR.exec(text)
  const name = one?.[1]!.trim() ?? ''
  if (one && name !== '' && name.length <= 256) {
    const value = text.slice(one[0].length)
    const old = value.search(/;\s*OldValue\b/i)
    return [pair(name, (old < 0 ? value : value.slice(0, old)).trim())]
  }
  // Values joined into one cell: `Identity=ann; ForwardingSmtpAddress=…`, or the line as it was typed.
  return /^\s*-\w/.test(text) ? typedPairs(text) : []
}

function typedPairs(text: string): Pair[] {
  return [...text.matchAll(/-(\w{1,64})[\s:]+("[^"]*"|'[^']*'|[^\s"']+)/g)]
    .slice(0, ITEMS)
    .map(([, name, value]) => pair(name!, value!.replace(/^["']|["']$/g, '')))
}

function pair(name: string, value: string): Pair {
  return { name: name.replace(/[^\w.]/g, ''), value: isSecretName(name) && value !== '' ? MASK : cut(value) }
}

function folderAccess(object: PsObject): Made {
  return folderPermission(anyCase(object), fieldOf(valueOf(object, 'AccessRights') ?? null))
}

function service(object: PsObject): Made {
  const of = reader(object)
  const name = of('ServiceName') ?? of('Name')
  const fields = {
    ServiceName: name,
    DisplayName: of('DisplayName'),
    ImagePath: command(of('PathName') ?? of('BinaryPathName')),
    ...(of('ServiceDll') === null ? {} : { ServiceDll: of('ServiceDll') }),
    StartType: of('StartType') ?? of('StartMode'),
    ObjectName: of('StartName') ?? of('UserName') ?? of('UserAccount'),
    ServiceType: of('ServiceType'),
    State: of('Status') ?? of('State'),
    Description: of('Description'),
  }
  // When its key was written, as Velociraptor has it.
  const created = isoTime(of('Created') ?? '')
  return {
    log: 'services',
    sources: posternSources('service'),
    fields,
    target: name ?? 'service',
    time: created === null ? null : { at: created, basis: 'stated' },
  }
}

function task(object: PsObject): Made {
  const of = reader(object)
  const name = `${of('TaskPath') ?? '\\'}${of('TaskName') ?? ''}`
  const actions = itemsOf(object.properties.get('Actions')).filter((item) => isObject(item))
  const commands = actions.flatMap((action) => textOfProperty(action, 'Execute') ?? [])
  const lines = actions.flatMap((action) => {
    const run = textOfProperty(action, 'Execute')
    return run === null ? [] : [[run, textOfProperty(action, 'Arguments')].filter(Boolean).join(' ')]
  })
  const decoded = decodedCommand(lines)
  const principal = object.properties.get('Principal')
  const date = of('Date')
  const fields: Fields = {
    TaskName: name,
    URI: of('URI'),
    Author: of('Author'),
    Date: date,
    Description: of('Description'),
    UserId: isObject(principal) ? textOfProperty(principal, 'UserId') : null,
    RunLevel: isObject(principal) ? textOfProperty(principal, 'RunLevel') : null,
    State: of('State'),
    Command: few(commands),
    Image: few(commands),
    CommandLine: few(lines.map((line) => maskCommand(line))),
    ...(decoded === null ? {} : { DecodedCommand: decoded }),
    ClassId: few(actions.flatMap((action) => textOfProperty(action, 'ClassId') ?? [])),
    KnownPlace: commands.length === 0 ? null : String(commands.every((run) => isKnownProgram(run))),
  }
  const time = date === null ? null : isoTime(date)
  return {
    log: 'tasks',
    sources: posternSources('task'),
    fields,
    target: name,
    time: time === null ? null : { at: time, basis: 'assumed' },
  }
}

function account(object: PsObject): Made {
  const of = reader(object)
  const name = of('Name')
  const enabled = of('Enabled') ?? (of('Disabled') === null ? null : String(of('Disabled') !== 'true'))
  const fields = {
    UserName: name,
    SID: of('SID'),
    FullName: of('FullName'),
    Description: of('Description'),
    Enabled: enabled,
    LastLogon: of('LastLogon'),
    PasswordLastSet: of('PasswordLastSet'),
    Source: 'export',
  }
  return { log: 'accounts', sources: posternSources('account'), fields, target: name ?? 'account' }
}

function agent(object: PsObject): Made {
  const of = reader(object)
  const [name, factory, assembly] = [of('Identity') ?? of('Name'), of('TransportAgentFactory'), of('AssemblyPath')]
  const fields: Fields = {
    Agent: name,
    ClassFactory: factory,
    AssemblyPath: assembly,
    Enabled: of('Enabled')?.toLowerCase() ?? null,
    Priority: of('Priority'),
  }
  // An export with Format-List columns chosen may lack both.
  if (factory !== null || assembly !== null)
    fields.Known = String(isKnownAgent(name ?? '', factory ?? '', assembly ?? ''))
  return {
    log: 'transport-agents',
    sources: posternSources('transport-agents'),
    fields,
    target: `${name ?? 'agent'}: ${assembly ?? ''}`,
  }
}

/** Sites, applications and virtual directories as the WebAdministration module gives them, one in another. */
function site(object: PsObject, around: readonly PsObject[]): Made {
  const of = reader(object)
  const element = /#(site|application|virtualDirectory)$/.exec(object.types[0] ?? '')?.[1] ?? 'site'
  const folder = of('physicalPath') ?? of('PhysicalPath')
  const outer = around.find((other) => isType(other, /#application$/))
  const owner = around.find(
    (other) => isType(other, /#site$/) || other.properties.has('Bindings') || other.properties.has('bindings'),
  )
  const name =
    element === 'site'
      ? (of('name') ?? of('Name'))
      : (/@name='([^']{1,256})'/.exec(of('ItemXPath') ?? '')?.[1] ??
        (owner ? (textOfProperty(owner, 'name') ?? textOfProperty(owner, 'Name')) : null))
  const inner = of('path')
  const path =
    element === 'virtualDirectory' && outer ? joined(textOfProperty(outer, 'path') ?? '/', inner ?? '/') : inner
  const fields: Fields = {
    Element: element,
    Site: name,
    Path: path,
    PhysicalPath: folder,
    ApplicationPool: of('applicationPool'),
    UserName: of('userName') || null,
    State: of('state') ?? of('State'),
  }
  if (folder !== null) fields.KnownPlace = String(isKnownRoot(folder))
  if (element === 'virtualDirectory') fields.ExchangePath = String(isExchangePath(name, path ?? ''))
  return {
    log: 'iis-config',
    sources: posternSources('iis-config'),
    fields,
    target: `${name ?? ''}${path ?? ''}: ${folder ?? ''}`,
  }
}

/** A native module of IIS with its signature, as HealthChecker lists them. */
function module(object: PsObject): Made {
  const of = reader(object)
  const details = object.properties.get('SignatureDetails')
  const image = of('Path')
  const byVendor = isSignedByVendor(details)
  const fields: Fields = {
    Element: 'globalModule',
    Module: of('Name'),
    Image: image,
    Signed: of('Signed'),
    Signer: isObject(details) ? textOfProperty(details, 'Signer') : null,
    SignatureStatus: isObject(details) ? textOfProperty(details, 'SignatureStatus') : null,
    Known: String(isKnownModule(image ?? '') || byVendor),
    ...(byVendor ? {} : resembling(image ?? '')),
  }
  return {
    log: 'iis-config',
    sources: posternSources('iis-config'),
    fields,
    target: `${of('Name') ?? 'module'}: ${image ?? ''}`,
  }
}

/** A valid signature of Microsoft tells more than the place. */
function isSignedByVendor(details: PsValue | undefined): boolean {
  if (!isObject(details) || textOfProperty(details, 'SignatureStatus') !== 'Valid') return false
  return /(?:^|, )O=Microsoft Corporation(?:,|$)/.test(textOfProperty(details, 'Signer') ?? '')
}

// A virtual directory answers also to the rules on the dumps that a reset writes.
const directorySources: readonly LogSource[] = [
  ...posternSources('exchange-config'),
  { product: 'postern', service: 'oab-dump' },
]

function general(object: PsObject, source: Source): Made {
  const exchange = isExchange(object)
  const fields: Fields = Object.create(null) as Fields
  fields.ObjectType = shortType(object.types[0] ?? 'object')
  flatten(object, '', 0, fields)
  if (Object.keys(fields).length === 1 && object.text !== null) fields.Value = cut(object.text)
  const target = ['Identity', 'Name', 'Id'].map((name) => fields[name]).find((name) => typeof name === 'string')
  const changed = textOfProperty(object, 'WhenChangedUTC')
  const time = changed === null ? null : isoTime(changed)
  const log = exchange ? 'exchange-config' : 'tool-results'
  return {
    log,
    sources: !exchange
      ? posternSources('tool-result')
      : isType(object, /VirtualDirectory$/)
        ? directorySources
        : posternSources('exchange-config'),
    fields,
    target: typeof target === 'string' ? target : (object.text?.slice(0, 256) ?? source.path),
    time: time === null ? null : { at: time, basis: 'stated' },
  }
}

function scalarOf(value: PsScalar, source: Source): Made {
  const fields = { ObjectType: typeof value, Value: typeof value === 'string' ? cut(value) : value }
  return { log: 'tool-results', sources: posternSources('tool-result'), fields, target: source.path }
}

/** `…SystemConfiguration.ADOabVirtualDirectory` as `ADOabVirtualDirectory`; names of WMI classes keep theirs. */
function shortType(type: string): string {
  return type.replace(/[[`].*$/s, '').replace(/^.*[.#/\\](?=\w+$)/s, '')
}

function isExchange(object: PsObject): boolean {
  return object.types.some((type) => type.startsWith('Microsoft.Exchange.'))
}

function isType(object: PsObject, type: RegExp): boolean {
  return object.types.some((name) => type.test(name))
}

// ---------------------------------------------------------------- flattening

/** Properties as fields, `Outer.Inner` where an object has no text of its own. */
function flatten(object: PsObject, before: string, depth: number, fields: Fields): void {
  const pairs: (readonly [string, PsValue])[] = [...object.properties]
  for (const [key, value] of object.entries ?? []) if (!isObject(key) && key !== null) pairs.push([String(key), value])
  for (const [name, value] of pairs) {
    if (fields.Truncated !== undefined) return
    if (
      !/^[\w .$#@-]{1,128}$/.test(name) ||
      /^(?:__|PropertyNames$|PS(?:ComputerName|ShowComputerName|SourceJobInstanceId)$)/.test(name)
    )
      continue
    if (Object.keys(fields).length >= FIELDS) {
      fields.Truncated = 'true'
      return
    }
    const inner = isObject(value) && value.items === null && value.text === null && depth < DEPTH
    if (inner && (value.properties.size > 0 || value.entries !== null))
      flatten(value, `${before}${name}.`, depth + 1, fields)
    else fields[`${before}${name}`] = fieldOf(value)
  }
}

function fieldOf(value: PsValue): FieldValue {
  if (!isObject(value)) return typeof value === 'string' ? cut(value) : value
  if (value.items !== null) {
    const list = value.items.slice(0, ITEMS).flatMap((item) => {
      const one = isObject(item) ? (item.text ?? summary(item)) : item
      return one === null ? [] : typeof one === 'number' ? one : cut(String(one))
    })
    return list.length === 0 ? null : list
  }
  if (value.text !== null) return cut(value.text)
  return value.wrapped ?? (value.properties.size > 0 ? summary(value) : null)
}

/** `Name=x; Value=y`: an object in a list in a line. */
function summary(object: PsObject): string | null {
  const parts = [...object.properties].slice(0, 40).flatMap(([name, value]) => {
    const text = isObject(value) ? value.text : value
    return text === null ? [] : `${name}=${String(text).slice(0, 256)}`
  })
  return parts.length === 0 ? null : parts.join('; ')
}

function cut(text: string): string {
  // Masked before it is cut: the end of a secret would not look like one.
  const some = squeezed(text, 64 * VALUE)
  const masked = maskCommand(some.includes('<') ? maskXml(some) : maskValue(some))
  return squeezed(masked, VALUE)
}

/** All objects in an object with those around each, the nearest first; outer before inner, without going in circles. */
function* within(object: PsObject): Generator<readonly [PsObject, readonly PsObject[]]> {
  const seen = new Set<PsObject>([object])
  const queue: (readonly [PsObject, readonly PsObject[]])[] = [[object, []]]
  for (let next = queue.pop(); next && seen.size < 200_000; next = queue.pop()) {
    const [outer, around] = next
    if (outer !== object) yield next
    // Services that depend on a service are told once, by themselves.
    if (isType(outer, /ServiceController$/)) continue
    const values: PsValue[] = [
      ...outer.properties.values(),
      ...(outer.items ?? []),
      ...(outer.entries ?? []).map(([, value]) => value),
    ]
    const chain = [outer, ...around].slice(0, 12)
    for (const value of values.reverse()) {
      if (!isObject(value) || seen.has(value)) continue
      seen.add(value)
      queue.push([value, chain])
    }
  }
}

function reader(object: PsObject): (name: string) => string | null {
  return (name) => textOfProperty(object, name)
}

/** Exports choose their own columns, and write their names as they please. */
function anyCase(object: PsObject): (name: string) => string | null {
  const names = new Map([...object.properties.keys()].map((name) => [name.toLowerCase(), name]))
  return (name) => textOfProperty(object, names.get(name.toLowerCase()) ?? name)
}

/** The value of a property, whatever the case of its name. */
function valueOf(object: PsObject, name: string): PsValue | undefined {
  return [...object.properties].find(([written]) => written.toLowerCase() === name.toLowerCase())?.[1]
}

function textOfProperty(object: PsObject, name: string): string | null {
  const value = object.properties.get(name)
  if (value === undefined || value === null) return null
  const text = isObject(value) ? (value.text ?? value.wrapped) : value
  if (text === null) return null
  const some = String(text)
  return some.length <= VALUE ? some : withoutRuns(some).slice(0, VALUE)
}

function itemsOf(value: PsValue | undefined): readonly PsObject[] {
  if (!isObject(value)) return []
  return value.items === null ? [value] : value.items.filter((item) => isObject(item))
}

function command(text: string | null): string | null {
  return text === null ? null : maskCommand(text)
}

function few(values: readonly string[]): FieldValue {
  return values.length === 0 ? null : values.length === 1 ? values[0]! : values.slice(0, ITEMS)
}

/** `Name: value` lines of an object that lies in another. */
function textForm(fields: Fields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      value === null ? [] : `${name}: ${Array.isArray(value) ? value.join('; ') : String(value)}`,
    )
    .join('\n')
}
