import { isoTime } from '../../lib/time.ts'
import type { Event, FieldValue, LogSource, Place } from '../../model/event.ts'
import type { KnownLogKind } from '../../model/log-kinds.ts'
import { fileFields } from '../../model/file-fields.ts'
import { isAntivirusSource, threatIn } from './antivirus-text.ts'
import { withRaw } from '../common/raw-text.ts'
import { hostName, remembered, template } from '../common/lines.ts'
import { sendConnectorOf } from '../exchange/send-connector.ts'
import { cmdletOfMessage, fieldsOfMessage } from './message-text.ts'
import { addCommandReadings } from './command-readings.ts'
import { settingOf, tellsOfSetting } from './service-and-task-events.ts'
import type { WindowsSystem, DataItem, WindowsTime, WindowsRecord } from './record.ts'
import { scalarAsText, type MutableFields } from './values.ts'
import {
  SECURITY,
  CLASSIC,
  DEFENDER,
  MANAGEMENT,
  channelOf,
  SERVICES,
  kindOf,
  categoriesOf,
  keyCategories,
  channelSources,
} from './channels.ts'
import {
  type Roles,
  rolesOf,
  firstBy,
  userBy,
  sessionBy,
  clientBy,
  eventUser,
  eventSession,
  eventClient,
  targetOf,
} from './roles.ts'
import { webEventFields } from './web-events.ts'

/**
 * The event of a Windows record: Sigma's names, log sources, log kind and roles.
 * https://learn.microsoft.com/windows/win32/wes/eventschema-elements ·
 * https://sigmahq.io/docs/basics/log-sources.html
 */
export function windowsEvent(record: WindowsRecord, raw: string | (() => string), at: Place): Event {
  const event = eventOf(record, at)
  return typeof raw === 'string' ? { ...event, raw } : withRaw(event, raw)
}

/**
 * The data of a record, or what its message says of them. An exporter that has fields of its own may leave out the event's: a record
 * of Sysmon always has a time of its own.
 */
function itemsOf({ system, data, message }: WindowsRecord): readonly DataItem[] {
  if (!message) return data
  const source = `${system.provider ?? ''} ${system.channel ?? ''}`
  if (data.length === 0) return fieldsOfMessage(system.eventId, source, message)
  const names = new Set(data.map(([name]) => name))
  if (!/sysmon/i.test(source) || names.has('UtcTime')) return data
  return [...data, ...fieldsOfMessage(system.eventId, source, message).filter(([name]) => !names.has(name))]
}

function eventOf(record: WindowsRecord, at: Place): Omit<Event, 'raw'> {
  const { system } = record
  const items = itemsOf(record)
  const fields = dataFields(items)
  if (record.message && fields.Message === undefined) fields.Message = record.message

  // The names that odd exporters use become the usual ones before anything is concluded from them.
  addAliases(system, fields)
  const channel = system.channel || channelOf(system, fields)
  addReadings(record, channel, items, fields)
  addSystem(system, channel, record.when, fields)
  addTaxonomy(channel, system.eventId, fields)
  addCommandReadings(fields, system.computer)
  const setting = settingOf(channel, system.eventId, fields)
  for (const [name, value] of Object.entries(setting?.fields ?? {})) {
    const own = fields[name]
    if (own !== undefined && own !== null && own !== value) fields[`EventData_${name}`] = own
    fields[name] = value
  }

  const service = channel ? (SERVICES.get(channel.toLowerCase()) ?? null) : null
  const [user, session] = [eventUser(channel, fields), eventSession(fields)]
  return {
    log: kindOf(channel, service),
    sources: channelSources(service, categoriesOf(service, system.eventId, fields), setting?.kind),
    time: record.when.time,
    timeBasis: record.when.basis,
    fields,
    at,
    host: hostName(system.computer),
    client: eventClient(fields),
    user,
    target: setting?.name ?? targetOf(system.eventId, service, fields),
    request: null,
    session,
    ...(record.snippet ? { snippet: true } : {}),
  }
}

/** What is read out of unnamed data, or out of the text where nothing else was kept. */
function addReadings(
  { system, message = null }: WindowsRecord,
  channel: string | null,
  items: readonly DataItem[],
  fields: MutableFields,
): void {
  const unnamed = items.filter(([name]) => name === null).map(([, value]) => value)
  if (channel === MANAGEMENT) addCmdlet(system.eventId, unnamed, message, fields)
  if (channel === CLASSIC) addEngineContext(unnamed.length === 0 ? [message] : unnamed, fields)
  if (/^ASP\.NET /.test(system.provider ?? ''))
    for (const [name, value] of webEventFields(unnamed, message)) if (name !== null) fields[name] ??= value
  if (channel === 'Application' && isAntivirusSource(system.provider ?? null)) addThreat([...unnamed, message], fields)
  // Rules for the data of an event find them in its text.
  if (channel === 'Application' && items.length === 0 && message) fields.Data = message
}

/** What an antivirus product found, and where, by the names of Sigma's taxonomy and by ours. */
function addThreat(texts: readonly FieldValue[], fields: MutableFields): void {
  for (const text of texts) {
    const found = typeof text === 'string' ? threatIn(text) : null
    if (found === null) continue
    const read = { Signature: found.threat, Filename: found.file, ...fileFields(found.file) }
    for (const [name, value] of Object.entries(read)) fields[name] ??= value
    return
  }
}

/** The time of a System block: ISO text, `yyyy-mm-dd hh:mm:ss.fff UTC`, or seconds since 1970. It is UTC by definition. */
export function systemTime(value: unknown): WindowsTime {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,11}(\.\d+)?$/.test(value))) {
    return { time: usable(Number(value) * 1000), basis: 'format', text: String(value) }
  }
  if (typeof value !== 'string') return { time: null, basis: 'format', text: null }
  return { time: isoTime(value.endsWith('UTC') ? value.slice(0, -3).trimEnd() : value), basis: 'format', text: value }
}

/** A time in milliseconds that is a date which Windows can write, else null. */
export function usable(time: number): number | null {
  return Number.isFinite(time) && time >= -11_644_473_600_000 && time < 253_402_300_800_000 ? Math.floor(time) : null
}

/** A whole number out of a number or its decimal text; null when it is neither. */
export function wholeNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  return typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : null
}

/** Level as Windows counts it, out of the words that exporters write for it; other text stays as it is. */
export function levelOf(value: unknown): FieldValue {
  const number = wholeNumber(value)
  if (number !== null) return number
  if (typeof value !== 'string' || value === '') return null
  return LEVELS.get(value.toLowerCase()) ?? value
}

/** Keywords as the hexadecimal text that Windows writes, out of a (signed) decimal number or the two audit words. */
export function keywordsOf(value: unknown): FieldValue {
  if (typeof value === 'number' && Number.isInteger(value)) return hex64(BigInt(value))
  if (Array.isArray(value)) {
    const words = value.filter((word): word is string => typeof word === 'string')
    return words.length === 1 ? keywordsOf(words[0]) : words
  }
  if (typeof value !== 'string' || value === '') return null
  if (/^-?\d{1,20}$/.test(value)) return hex64(BigInt(value))
  const audit = { 'audit success': '0x8020000000000000', 'audit failure': '0x8010000000000000' }[value.toLowerCase()]
  return audit ?? value
}

function hex64(value: bigint): string {
  return `0x${BigInt.asUintN(64, value).toString(16)}`
}

const LEVELS: ReadonlyMap<string, number> = new Map([
  ['logalways', 0],
  ['log always', 0],
  ['critical', 1],
  ['error', 2],
  ['warning', 3],
  ['info', 4],
  ['information', 4],
  ['informational', 4],
  ['verbose', 5],
  ['debug', 5],
])

// ---------------------------------------------------------------- fields

/** Data items as fields: named ones under their names, unnamed ones as `Data_0`, `Data_1` … and all of them as `Data`. */
function dataFields(items: readonly DataItem[]): MutableFields {
  // Without a prototype: a name `__proto__` from the evidence is a name like any other.
  const fields = Object.create(null) as MutableFields
  const unnamed: FieldValue[] = []
  for (const [name, value] of items) {
    if (name === null) {
      fields[DATA[unnamed.length] ?? `Data_${unnamed.length}`] = value
      unnamed.push(value)
    } else if (fields[name] === undefined || fields[name] === null) fields[name] = value
  }
  if (unnamed.length > 0 && fields.Data === undefined)
    fields.Data = unnamed.length === 1 ? unnamed[0]! : listOf(unnamed)
  return fields
}

const DATA: readonly string[] = Array.from({ length: 64 }, (_, i) => `Data_${i}`)

/** All values that are there, in one list. */
function listOf(values: readonly FieldValue[]): (string | number)[] {
  const all: (string | number)[] = []
  for (const value of values) {
    if (value === null) continue
    if (typeof value === 'object') for (const one of value) all.push(one)
    else all.push(typeof value === 'boolean' ? String(value) : value)
  }
  return all
}

/** What the System block says has the last word: a data item of the same name is kept as `EventData_<name>`. */
function addSystem(system: WindowsSystem, channel: string | null, when: WindowsTime, fields: MutableFields): void {
  const put = (name: string, value: FieldValue | undefined): void => {
    if (value === undefined) return
    if (value === null && fields[name] !== undefined) return
    if (fields[name] !== undefined && fields[name] !== null && String(fields[name]) !== String(value)) {
      fields[`EventData_${name}`] = fields[name]
    }
    fields[name] = value
  }
  put('EventID', system.eventId)
  put('Channel', channel)
  put('Provider_Name', system.provider ?? null)
  put('Computer', system.computer ?? null)
  put('Level', system.level)
  put('EventRecordID', system.recordId)
  put('UserID', system.userId)
  put('Keywords', system.keywords)
  // Of the rest the data items keep their names: Sysmon has a `Version` of its own.
  for (const [name, value] of system.more ?? []) put(fields[name] === undefined ? name : `System_${name}`, value)
  // 100 ns are kept here. Text without a zone is not the time that Windows calls by this name.
  put(when.basis === 'assumed' ? 'EventTime' : 'SystemTime', when.text ?? undefined)
}

/** Names that some exporters use for what Windows calls otherwise. */
function addAliases(system: WindowsSystem, fields: MutableFields): void {
  if (fields.GrantedAccess !== undefined || system.eventId === 10) {
    alias(fields, 'SourceImage', 'SourceProcessName')
    alias(fields, 'TargetImage', 'TargetProcessName')
  }
  if (system.eventId === 4688) {
    alias(fields, 'ParentProcessName', 'CreatorProcessName')
    alias(fields, 'CommandLine', 'ProcessCommandLine')
    alias(fields, 'NewProcessName', 'Image')
    alias(fields, 'ParentProcessName', 'ParentImage')
  }
  alias(fields, 'SubjectUserName', 'SubjectUser')
}

/** Names of Sigma's taxonomy beside those of the Security log and of Defender. */
function addTaxonomy(channel: string | null, id: number, fields: MutableFields): void {
  if (channel === DEFENDER) {
    for (const name of ['Threat Name', 'Threat_Name', 'ThreatName']) alias(fields, 'Signature', name)
    alias(fields, 'Filename', 'Path')
  }
  if (channel !== null && /TerminalServices-/.test(channel)) {
    // 21, 24 and 25 have the address by name; 1149 has user, domain and address by number.
    alias(fields, 'IpAddress', 'Address')
    if (id === 1149) {
      alias(fields, 'IpAddress', 'Param3')
      alias(fields, 'User', 'Param1')
    }
  }
  if (channel !== SECURITY) return
  if (id === 4688) {
    alias(fields, 'Image', 'NewProcessName')
    alias(fields, 'ParentImage', 'ParentProcessName')
    alias(fields, 'User', 'SubjectUserName')
    alias(fields, 'LogonId', 'SubjectLogonId')
    // `ProcessId` of this event is the process that made the new one.
    alias(fields, 'ParentProcessId', 'ProcessId')
    const integrity = INTEGRITY.get(String(fields.MandatoryLabel))
    if (integrity && fields.IntegrityLevel === undefined) fields.IntegrityLevel = integrity
  }
  if (id === 4663 && writesFile(fields)) {
    alias(fields, 'TargetFilename', 'ObjectName')
    alias(fields, 'Image', 'ProcessName')
    alias(fields, 'User', 'SubjectUserName')
  }
  if (id === 4657) {
    alias(fields, 'Image', 'ProcessName')
    alias(fields, 'Details', 'NewValue')
    const [key, name] = [scalarAsText(fields.ObjectName), scalarAsText(fields.ObjectValueName)]
    if (key !== null && fields.TargetObject === undefined)
      fields.TargetObject = registryPath(name ? `${key}\\${name}` : key)
    const type = REGISTRY_OPERATIONS.get(String(fields.OperationType))
    if (type && fields.EventType === undefined) fields.EventType = type
  }
}

function alias(fields: MutableFields, to: string, from: string): void {
  if (fields[to] === undefined && fields[from] !== undefined) fields[to] = fields[from]
}

// Sysmon writes the hive's short name where the Security log writes the kernel's path.
function registryPath(path: string): string {
  return path
    .replace(/^\\REGISTRY\\MACHINE/i, 'HKLM')
    .replace(/^\\REGISTRY\\USER/i, 'HKU')
    .replace(/^(HKLM\\SYSTEM)\\ControlSet\d{3}\\/i, '$1\\CurrentControlSet\\')
}

// https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4663: WriteData 0x2, AppendData 0x4.
function writesFile(fields: MutableFields): boolean {
  const type = scalarAsText(fields.ObjectType)
  const name = scalarAsText(fields.ObjectName) ?? ''
  if (type !== null ? type.toLowerCase() !== 'file' : !/^(?:[a-z]:\\|\\device\\)/i.test(name)) return false
  const mask = scalarAsText(fields.AccessMask) ?? ''
  if (/^0x[0-9a-f]{1,8}$/i.test(mask)) return (Number(mask) & 0x6) !== 0
  const access = `${mask} ${scalarAsText(fields.AccessList) ?? ''} ${scalarAsText(fields.Accesses) ?? ''}`
  return /%%441[78]|\bWriteData\b|\bAppendData\b/i.test(access)
}

const INTEGRITY: ReadonlyMap<string, string> = new Map([
  ['S-1-16-0', 'Untrusted'],
  ['S-1-16-4096', 'Low'],
  ['S-1-16-8192', 'Medium'],
  ['S-1-16-8448', 'MediumPlus'],
  ['S-1-16-12288', 'High'],
  ['S-1-16-16384', 'System'],
])

// https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4657
const REGISTRY_OPERATIONS: ReadonlyMap<string, string> = new Map([
  // A value that was new, and one that was changed.
  ['%%1904', 'SetValue'],
  ['%%1905', 'SetValue'],
  ['%%1906', 'DeleteValue'],
])

/**
 * A cmdlet of the Exchange management shell. The text of these events is in the server's language, so its items are
 * taken by position: cmdlet, parameters, caller, SID, SID, client application, process, … Where an export kept the text
 * alone, cmdlet and parameters are found in it.
 */
function addCmdlet(id: number, unnamed: readonly FieldValue[], message: string | null, fields: MutableFields): void {
  let at = unnamed.map((value) => scalarAsText(value))
  // Some agents join all items with a comma: the cmdlet can still be told from the rest.
  if (at.length === 1 && at[0]) {
    const joined = /^([A-Za-z]+-[A-Za-z0-9]+), ?([\s\S]*)$/.exec(at[0])
    if (joined) at = [joined[1]!, ...parametersAndCaller(joined[2]!)]
  }
  if (at.length === 0 && fields.Cmdlet === undefined && message) {
    const said = cmdletOfMessage(message)
    if (said) at = [said.cmdlet, said.parameters]
  }
  const put = (name: string, value: FieldValue | undefined): void => {
    if (value !== undefined && value !== null && fields[name] === undefined) fields[name] = value
  }
  put('Cmdlet', at[0])
  put('Parameters', at[1])
  put('Caller', at[2])
  put('CallerSid', at[3] || at[4])
  put('ClientApplication', at[5])
  put('HostProcess', at[6])
  put('SendConnector', sendConnectorOf(fields))
  if (id === 1 || id === 6 || id === 8) put('Succeeded', id === 1)
  for (const item of at) {
    if (!item || !/^a/i.test(item)) continue
    const activity = /^ActivityId: *\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?\s*$/i.exec(item.slice(0, 80))
    if (activity) put('ActivityId', activity[1]!.toLowerCase())
  }
}

/**
 * Of items joined with commas: parameters, caller, both SIDs, client application, process, and the activity. A name may hold
 * a comma; the SID behind it and the quote in front of it do not.
 */
function parametersAndCaller(text: string): (string | null)[] {
  const known = /, (S-1-5-[\d-]{1,180}), (S-1-5-[\d-]{1,180})?, ([^,]{0,200}), (\d{1,10}(?: [\w#.-]{1,200})?),/.exec(
    text,
  )
  if (!known) return [text]
  const before = text.slice(0, known.index)
  const end = before.lastIndexOf('", ')
  const [parameters, caller] =
    end < 0
      ? [before.slice(0, Math.max(0, before.indexOf(', '))), before.slice(before.indexOf(', ') + 2)]
      : [before.slice(0, end + 1), before.slice(end + 3)]
  const activity = /ActivityId: *\{?[0-9a-f-]{36}\}?/i.exec(text.slice(known.index))
  return [parameters, caller, known[1]!, known[2] ?? null, known[3]!, known[4]!, activity?.[0] ?? null]
}

const CONTEXT = new Set(
  (
    'NewEngineState PreviousEngineState SequenceNumber HostName HostVersion HostId HostApplication EngineVersion RunspaceId ' +
    'PipelineId CommandName CommandType ScriptName CommandPath CommandLine ProviderName NewProviderState DetailSequence DetailTotal UserId'
  ).split(' '),
)

/** Classic PowerShell events carry a block of `HostApplication=…` lines; values may go on over several lines. */
function addEngineContext(unnamed: readonly FieldValue[], fields: MutableFields): void {
  for (const value of unnamed) {
    if (typeof value !== 'string' || !value.includes('HostApplication=')) continue
    const found = new Map<string, string>()
    let open: string | null = null
    for (const line of value.split(/\r\n|\n|\r/)) {
      const m = /^\s*([A-Z][A-Za-z]+)=/.exec(line)
      if (m && CONTEXT.has(m[1]!)) {
        open = m[1]!
        found.set(open, line.slice(m[0].length))
      } else if (open && line.trim() !== '') found.set(open, `${found.get(open)}\n${line}`)
    }
    for (const [name, v] of found) {
      const field = name === 'UserId' ? 'User' : name
      if (fields[field] === undefined) fields[field] = v.trim()
    }
  }
}

/** Names of the services that records of Windows answer to, as public Sigma rules call them. */
export const windowsServices: readonly string[] = [...SERVICES.values()]

// ---------------------------------------------------------------- events of one form

/** What the events of one channel and number with the same items have in common. */
export type WindowsShape = {
  readonly eventId: number
  readonly channel: string
  readonly provider: string | null
  /** Names of the items of `more`, which are all there. */
  readonly more: readonly string[]
  /** Names of the data items. */
  readonly data: readonly (string | null)[]
}

/** Places of the values that `WindowsForm.event` takes; those of `more` and then those of the data follow. */
export const formValue = { computer: 0, level: 1, recordId: 2, userId: 3, keywords: 4, time: 5, more: 6 } as const

/**
 * `windowsEvent` for records that come by the thousand in one form: which field takes which value, which log sources it
 * answers to and where its roles stand is worked out once. It gives the same events.
 */
export class WindowsForm {
  readonly #names: readonly string[]
  readonly #slots: readonly number[]
  readonly #fields: MutableFields
  readonly #log: KnownLogKind
  readonly #sources: readonly LogSource[]
  readonly #service: string | null
  readonly #isKeyEvent: boolean
  readonly #roles: Roles

  /** Null where what the values say decides on more than values, or where names meet: `windowsEvent` reads these. */
  static of(shape: WindowsShape): WindowsForm | null {
    const { channel, eventId, data } = shape
    if (!channel || channel === MANAGEMENT || channel === CLASSIC || /^ASP\.NET /.test(shape.provider ?? ''))
      return null
    if (channel === SECURITY && (eventId === 4663 || eventId === 4657)) return null
    if (tellsOfSetting(channel, eventId)) return null
    if (channel === 'Application' && isAntivirusSource(shape.provider)) return null
    const unnamed = data.filter((name) => name === null).length
    const meets = data.some(
      (name) =>
        name !== null &&
        (OWN.has(name) || /^(?:System|EventData|Data)_|^__proto__$/.test(name) || (name === 'Data' && unnamed > 0)),
    )
    return meets || unnamed > 1 || new Set(data).size < data.length ? null : new WindowsForm(shape)
  }

  private constructor({ eventId, channel, provider, more, data }: WindowsShape) {
    // The usual way is gone with the places of the values in their stead.
    const fields = dataFields(data.map((name, i) => [name, String(formValue.more + more.length + i)]))
    addAliases({ eventId }, fields)
    const own: [string, number][] = [
      ['Computer', formValue.computer],
      ['Level', formValue.level],
      ['EventRecordID', formValue.recordId],
      ['UserID', formValue.userId],
      ['Keywords', formValue.keywords],
      ...more.map((name, i): [string, number] => [
        fields[name] === undefined ? name : `System_${name}`,
        formValue.more + i,
      ]),
      ['SystemTime', formValue.time],
    ]
    addTaxonomy(channel, eventId, fields)
    const slots = new Map([
      ...Object.entries(fields).map(([name, slot]): [string, number] => [name, Number(slot)]),
      ...own,
    ])
    this.#names = [...slots.keys()]
    this.#slots = [...slots.values()]
    const constant = { EventID: eventId, Channel: channel, Provider_Name: provider }
    this.#fields = { ...template([...this.#names, ...Object.keys(constant)]), ...constant }
    const service = SERVICES.get(channel.toLowerCase()) ?? null
    this.#service = service
    this.#log = kindOf(channel, service)
    this.#isKeyEvent = service === 'sysmon' && eventId === 12
    this.#sources = channelSources(service, categoriesOf(service, eventId, fields))
    this.#roles = rolesOf(channel, service, eventId, slots)
  }

  /** `values` in the order of `formValue`, and the time of its text in milliseconds. */
  event(values: readonly FieldValue[], time: number | null, at: Place): Omit<Event, 'raw'> {
    const fields: MutableFields = { ...this.#fields }
    const names = this.#names
    const slots = this.#slots
    for (let i = 0; i < names.length; i++) fields[names[i]!] = values[slots[i]!]!
    const roles = this.#roles
    if (roles.label >= 0) {
      const integrity = INTEGRITY.get(String(values[roles.label]))
      if (integrity !== undefined) fields.IntegrityLevel = integrity
    }
    addCommandReadings(fields, values[formValue.computer])
    return {
      log: this.#log,
      sources: this.#isKeyEvent ? channelSources(this.#service, keyCategories(fields)) : this.#sources,
      time,
      timeBasis: 'format',
      fields,
      at,
      host: hostOf(scalarAsText(values[formValue.computer]) ?? ''),
      client: clientBy(roles, values),
      user: userBy(roles.user, values),
      target: roles.targetAccount ? userBy(roles.targetAccount, values) : firstBy(roles.target, values),
      request: null,
      session: sessionBy(roles, values),
    }
  }
}

/** Fields that the System block has in every event, and the text of the event. */
const OWN: ReadonlySet<string> = new Set(
  'EventID Channel Provider_Name Computer Level EventRecordID UserID Keywords SystemTime EventTime Message'.split(' '),
)

const hostOf = remembered((computer: string) => hostName(computer))
