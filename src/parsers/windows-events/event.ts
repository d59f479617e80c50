import { canonicalIp } from '../../lib/ip.ts'
import { isoTime } from '../../lib/time.ts'
import type { Event, FieldValue, LogSource, Place, TimeBasis } from '../../model/event.ts'
import type { LogKind } from '../../model/log-kinds.ts'
import { withRaw } from '../common/raw-text.ts'
import { hostName, remembered, template } from '../common/lines.ts'
import { sendConnectorOf } from '../exchange/send-connector.ts'
import { cmdletOfMessage, fieldsOfMessage } from './message-text.ts'
import { type Setting, settingOf, tellsOfSetting } from './service-and-task-events.ts'

/** The System block of a Windows event, as far as the form that it came in says it. */
export type WindowsSystem = {
  readonly eventId: number
  readonly provider?: string | null
  readonly channel?: string | null
  readonly computer?: string | null
  readonly level?: FieldValue
  readonly recordId?: number | null
  readonly userId?: string | null
  readonly keywords?: FieldValue
  /** Further members of the block under the names that events are given: `Task`, `Opcode`, `Execution_ProcessID` … */
  readonly more?: readonly (readonly [name: string, value: FieldValue])[]
}

/** One item of EventData or UserData; `null` as name when it has none. */
export type DataItem = readonly [name: string | null, value: FieldValue]

/** When the event was written, with the text that the form gave (100 ns where it has them). */
export type WindowsTime = { readonly time: number | null; readonly basis: TimeBasis; readonly text: string | null }

/** A Windows event taken out of any of its forms: EVTX, XML, JSON, key=value. */
export type WindowsRecord = {
  readonly system: WindowsSystem
  readonly data: readonly DataItem[]
  /** The rendered text, in the language of the server. */
  readonly message?: string | null
  readonly when: WindowsTime
  readonly snippet?: boolean
}

type Fields = Record<string, FieldValue>

/**
 * The event of a Windows record: Sigma's names, log sources, log kind and roles.
 * https://learn.microsoft.com/windows/win32/wes/eventschema-elements ·
 * https://sigmahq.io/docs/basics/log-sources.html
 */
export function windowsEvent(record: WindowsRecord, raw: string | (() => string), at: Place): Event {
  const event = eventOf(record, at)
  return typeof raw === 'string' ? { ...event, raw } : withRaw(event, raw)
}

function eventOf(record: WindowsRecord, at: Place): Omit<Event, 'raw'> {
  const { system } = record
  const items =
    record.data.length > 0 || !record.message
      ? record.data
      : fieldsOfMessage(system.eventId, `${system.provider ?? ''} ${system.channel ?? ''}`, record.message)
  const fields = dataFields(items)
  if (record.message && fields.Message === undefined) fields.Message = record.message

  // The names that odd exporters use become the usual ones before anything is concluded from them.
  addAliases(system, fields)
  const channel = system.channel || channelOf(system, fields)
  const unnamed = items.filter(([name]) => name === null).map(([, value]) => value)
  if (channel === MANAGEMENT) addCmdlet(system.eventId, unnamed, record.message ?? null, fields)
  if (channel === CLASSIC) addEngineContext(unnamed, fields)
  addSystem(system, channel, record.when, fields)
  addTaxonomy(channel, system.eventId, fields)
  const setting = settingOf(channel, system.eventId, fields)
  for (const [name, value] of Object.entries(setting?.fields ?? {})) {
    const own = fields[name]
    if (own !== undefined && own !== null && own !== value) fields[`EventData_${name}`] = own
    fields[name] = value
  }

  const service = channel ? (SERVICES.get(channel.toLowerCase()) ?? null) : null
  const [user, session] = [userOf(channel, fields), sessionOf(fields)]
  return {
    log: kindOf(channel, service),
    sources: sourcesOf(service, categoriesOf(service, system.eventId, fields), setting?.kind),
    time: record.when.time,
    timeBasis: record.when.basis,
    fields,
    at,
    host: hostName(system.computer),
    client: clientOf(fields),
    user,
    target: setting?.name ?? targetOf(system.eventId, service, fields),
    request: null,
    session,
    ...(record.snippet ? { snippet: true } : {}),
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
function dataFields(items: readonly DataItem[]): Fields {
  // Without a prototype: a name `__proto__` from the evidence is a name like any other.
  const fields = Object.create(null) as Fields
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
function addSystem(system: WindowsSystem, channel: string | null, when: WindowsTime, fields: Fields): void {
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
function addAliases(system: WindowsSystem, fields: Fields): void {
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
function addTaxonomy(channel: string | null, id: number, fields: Fields): void {
  if (channel === DEFENDER) {
    alias(fields, 'Signature', 'Threat Name')
    alias(fields, 'Filename', 'Path')
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
    const [key, name] = [text(fields.ObjectName), text(fields.ObjectValueName)]
    if (key !== null && fields.TargetObject === undefined)
      fields.TargetObject = registryPath(name ? `${key}\\${name}` : key)
    const type = REGISTRY_OPERATIONS.get(String(fields.OperationType))
    if (type && fields.EventType === undefined) fields.EventType = type
  }
}

function alias(fields: Fields, to: string, from: string): void {
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
function writesFile(fields: Fields): boolean {
  const type = text(fields.ObjectType)
  const name = text(fields.ObjectName) ?? ''
  if (type !== null ? type.toLowerCase() !== 'file' : !/^(?:[a-z]:\\|\\device\\)/i.test(name)) return false
  const mask = text(fields.AccessMask) ?? ''
  if (/^0x[0-9a-f]{1,8}$/i.test(mask)) return (Number(mask) & 0x6) !== 0
  const access = `${mask} ${text(fields.AccessList) ?? ''} ${text(fields.Accesses) ?? ''}`
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
function addCmdlet(id: number, unnamed: readonly FieldValue[], message: string | null, fields: Fields): void {
  let at = unnamed.map((value) => text(value))
  // Some agents join all items with a comma: the cmdlet can still be told from the rest.
  if (at.length === 1 && at[0]) {
    const joined = /^([A-Za-z]+-[A-Za-z0-9]+), ?([\s\S]*)$/.exec(at[0])
    if (joined) at = [joined[1]!, joined[2]!]
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

const CONTEXT = new Set(
  (
    'NewEngineState PreviousEngineState SequenceNumber HostName HostVersion HostId HostApplication EngineVersion RunspaceId ' +
    'PipelineId CommandName CommandType ScriptName CommandPath CommandLine ProviderName NewProviderState DetailSequence DetailTotal UserId'
  ).split(' '),
)

/** Classic PowerShell events carry a block of `HostApplication=…` lines; values may go on over several lines. */
function addEngineContext(unnamed: readonly FieldValue[], fields: Fields): void {
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

// ---------------------------------------------------------------- channel, service, category

const SECURITY = 'Security'
const SYSMON = 'Microsoft-Windows-Sysmon/Operational'
const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational'
const CLASSIC = 'Windows PowerShell'
const DEFENDER = 'Microsoft-Windows-Windows Defender/Operational'
const MANAGEMENT = 'MSExchange Management'

const PROVIDER_CHANNELS: ReadonlyMap<string, string> = new Map([
  ['microsoft-windows-security-auditing', SECURITY],
  ['security', SECURITY],
  ['microsoft-windows-sysmon', SYSMON],
  ['microsoft-windows-powershell', POWERSHELL],
  ['powershell', CLASSIC],
  ['service control manager', 'System'],
  ['microsoft-windows-kernel-general', 'System'],
  ['microsoft-windows-windows defender', DEFENDER],
  ['microsoft-windows-taskscheduler', 'Microsoft-Windows-TaskScheduler/Operational'],
  ['microsoft-windows-iis-configuration', 'Microsoft-IIS-Configuration/Operational'],
  ['msexchange cmdletlogs', MANAGEMENT],
  ['msexchange unified messaging', 'Application'],
  ['application error', 'Application'],
  ['windows error reporting', 'Application'],
  ['msiinstaller', 'Application'],
  ['.net runtime', 'Application'],
])

/** The channel of a record that does not say it: by its provider, else by its number and the fields that only one has. */
function channelOf({ eventId, provider }: WindowsSystem, fields: Fields): string | null {
  return provider ? channelOfProvider(provider.toLowerCase(), eventId) : channelOfNumber(eventId, fields)
}

function channelOfProvider(provider: string, id: number): string | null {
  const known = PROVIDER_CHANNELS.get(provider)
  if (known) return known
  if (provider === 'microsoft-windows-eventlog') return id === 104 ? 'System' : SECURITY
  return /^(?:msexchange|asp\.net )/.test(provider) ? 'Application' : null
}

/** Numbers of events (first and last) by channel; where other channels have the number too, fields of which one must be there. */
const NUMBERED: readonly (readonly [
  channel: string,
  numbers: readonly (readonly [first: number, last: number])[],
  fields: readonly string[] | null,
])[] = [
  [POWERSHELL, [[4104, 4104]], ['ScriptBlockText', 'ScriptBlockId']],
  [POWERSHELL, [[4103, 4103]], ['Payload', 'ContextInfo']],
  [
    SECURITY,
    [
      [517, 517],
      [1102, 1102],
      [4608, 5712],
      [6144, 6424],
    ],
    null,
  ],
  [
    'System',
    [
      [104, 104],
      [7036, 7036],
      [7040, 7040],
      [7045, 7045],
    ],
    null,
  ],
  [
    CLASSIC,
    [
      [400, 400],
      [600, 600],
      [800, 800],
    ],
    ['HostApplication', 'EngineVersion'],
  ],
]

function channelOfNumber(id: number, fields: Fields): string | null {
  for (const [channel, numbers, needed] of NUMBERED)
    if (numbers.some(([first, last]) => id >= first && id <= last) && (needed === null || hasOne(fields, needed)))
      return channel
  return isSysmon(id, fields) ? SYSMON : null
}

const SYSMON_FIELDS = [
  'UtcTime',
  'ProcessGuid',
  'SourceProcessGUID',
  'SourceImage',
  'TargetObject',
  'TargetFilename',
  'ImageLoaded',
  'PipeName',
  'QueryName',
]

function isSysmon(id: number, fields: Fields): boolean {
  if (id === 1 && fields.Image !== undefined) return true
  const isNumber = (id >= 2 && id <= 29) || id === 255 || (id === 1 && fields.CommandLine !== undefined)
  return isNumber && hasOne(fields, SYSMON_FIELDS)
}

function hasOne(fields: Fields, names: readonly string[]): boolean {
  return names.some((name) => fields[name] !== undefined)
}

// Names of services in public Sigma rules, by channel.
const SERVICES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['Security', 'security'],
      ['System', 'system'],
      ['Application', 'application'],
      [SYSMON, 'sysmon'],
      [POWERSHELL, 'powershell'],
      ['PowerShellCore/Operational', 'powershell'],
      [CLASSIC, 'powershell-classic'],
      [DEFENDER, 'windefend'],
      ['Microsoft-Windows-TaskScheduler/Operational', 'taskscheduler'],
      [MANAGEMENT, 'msexchange-management'],
      ['Microsoft-Windows-Bits-Client/Operational', 'bits-client'],
      ['Microsoft-Windows-AppLocker/MSI and Script', 'applocker'],
      ['Microsoft-Windows-AppLocker/EXE and DLL', 'applocker'],
      ['Microsoft-Windows-AppLocker/Packaged app-Deployment', 'applocker'],
      ['Microsoft-Windows-AppLocker/Packaged app-Execution', 'applocker'],
      ['Microsoft-Windows-CodeIntegrity/Operational', 'codeintegrity-operational'],
      ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall', 'firewall-as'],
      ['DNS Server', 'dns-server'],
      ['Microsoft-Windows-DNS-Server/Audit', 'dns-server-audit'],
      ['Microsoft-Windows-DNS-Server/Analytical', 'dns-server-analytic'],
      ['Microsoft-Windows-DNS Client Events/Operational', 'dns-client'],
      ['Microsoft-Windows-DNS-Client/Operational', 'dns-client'],
      ['Microsoft-Windows-NTLM/Operational', 'ntlm'],
      ['Microsoft-Windows-WMI-Activity/Operational', 'wmi'],
      ['Microsoft-Windows-PrintService/Admin', 'printservice-admin'],
      ['Microsoft-Windows-PrintService/Operational', 'printservice-operational'],
      ['Microsoft-Windows-SmbClient/Security', 'smbclient-security'],
      ['Microsoft-Windows-SmbClient/Connectivity', 'smbclient-connectivity'],
      ['Microsoft-Windows-SMBServer/Connectivity', 'smbserver-connectivity'],
      ['Microsoft-Windows-TerminalServices-LocalSessionManager/Operational', 'terminalservices-localsessionmanager'],
      ['Microsoft-Windows-Security-Mitigations/KernelMode', 'security-mitigations'],
      ['Microsoft-Windows-Security-Mitigations/UserMode', 'security-mitigations'],
      ['Microsoft-Windows-Security-Mitigations/Kernel Mode', 'security-mitigations'],
      ['Microsoft-Windows-Security-Mitigations/User Mode', 'security-mitigations'],
      ['Microsoft-IIS-Configuration/Operational', 'iis-configuration'],
      ['Microsoft-Windows-DriverFrameworks-UserMode/Operational', 'driver-framework'],
      ['Microsoft-Windows-DHCP-Server/Operational', 'dhcp'],
      ['Microsoft-ServiceBus-Client', 'microsoft-servicebus-client'],
      ['Microsoft-ServiceBus-Client/Admin', 'microsoft-servicebus-client'],
      ['Microsoft-ServiceBus-Client/Operational', 'microsoft-servicebus-client'],
      ['Microsoft-Windows-LDAP-Client/Debug', 'ldap'],
      ['Microsoft-Windows-Diagnosis-Scripted/Operational', 'diagnosis-scripted'],
      ['Microsoft-Windows-Shell-Core/Operational', 'shell-core'],
      ['OpenSSH/Operational', 'openssh'],
      ['Microsoft-Windows-LSA/Operational', 'lsa-server'],
      ['Microsoft-Windows-AppXDeploymentServer/Operational', 'appxdeployment-server'],
      ['Microsoft-Windows-AppxPackaging/Operational', 'appxpackaging-om'],
      ['Microsoft-Windows-AppModel-Runtime/Admin', 'appmodel-runtime'],
      ['Microsoft-Windows-CAPI2/Operational', 'capi2'],
      [
        'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
        'certificateservicesclient-lifecycle-system',
      ],
    ] as const
  ).map(([channel, service]) => [channel.toLowerCase(), service]),
)

/** Names of the services that records of Windows answer to, as public Sigma rules call them. */
export const windowsServices: readonly string[] = [...SERVICES.values()]

const KINDS: ReadonlyMap<string, LogKind> = new Map([
  ['security', 'windows-security'],
  ['system', 'windows-system'],
  ['application', 'windows-application'],
  ['sysmon', 'windows-sysmon'],
  ['powershell', 'windows-powershell'],
  ['powershell-classic', 'windows-powershell'],
  ['windefend', 'windows-defender'],
  ['taskscheduler', 'windows-taskscheduler'],
  ['msexchange-management', 'msexchange-management'],
])

function kindOf(channel: string | null, service: string | null): LogKind {
  return (channel && service && KINDS.get(service)) || 'windows-other'
}

// https://learn.microsoft.com/sysinternals/downloads/sysmon#events in Sigma's words.
const SYSMON_CATEGORIES: ReadonlyMap<number, readonly string[]> = new Map([
  [1, ['process_creation']],
  [2, ['file_change']],
  [3, ['network_connection']],
  [4, ['sysmon_status']],
  [5, ['process_termination']],
  [6, ['driver_load']],
  [7, ['image_load']],
  [8, ['create_remote_thread']],
  [9, ['raw_access_thread']],
  [10, ['process_access']],
  [11, ['file_event']],
  [13, ['registry_event', 'registry_set']],
  [14, ['registry_event', 'registry_rename']],
  [15, ['create_stream_hash']],
  [16, ['sysmon_status']],
  [17, ['pipe_created']],
  [18, ['pipe_created']],
  [19, ['wmi_event']],
  [20, ['wmi_event']],
  [21, ['wmi_event']],
  [22, ['dns_query']],
  [23, ['file_delete']],
  [24, ['clipboard_capture']],
  [25, ['process_tampering']],
  [26, ['file_delete', 'file_delete_detected']],
  [27, ['file_block_executable']],
  [28, ['file_block_shredding']],
  [29, ['file_executable_detected']],
  [255, ['sysmon_error']],
])

const DETECTIONS = new Set([
  1006, 1007, 1008, 1009, 1010, 1011, 1012, 1015, 1017, 1018, 1019, 1115, 1116, 1117, 1118, 1119,
])
const ANTIVIRUS = 'antivirus'

function categoriesOf(service: string | null, id: number, fields: Fields): readonly string[] {
  switch (service) {
    case 'sysmon':
      return id === 12 ? keyCategories(fields) : (SYSMON_CATEGORIES.get(id) ?? [])
    case 'security':
      if (id === 4688) return ['process_creation']
      if (id === 4663) return fields.TargetFilename === undefined ? [] : ['file_event']
      if (id === 4657)
        return fields.EventType === 'SetValue' ? ['registry_event', 'registry_set'] : keyCategories(fields)
      return []
    case 'powershell':
      return id === 4104 ? ['ps_script'] : id === 4103 ? ['ps_module'] : []
    case 'powershell-classic':
      if (id === 400) return ['ps_classic_start']
      return id === 600 ? ['ps_classic_provider_start'] : id === 800 ? ['ps_classic_script'] : []
    case 'windefend':
      return DETECTIONS.has(id) ? [ANTIVIRUS] : []
    default:
      return []
  }
}

function keyCategories(fields: Fields): readonly string[] {
  const type = text(fields.EventType) ?? ''
  if (/^create/i.test(type)) return ['registry_event', 'registry_add']
  return /^delete/i.test(type) ? ['registry_event', 'registry_delete'] : ['registry_event']
}

const ALL_SOURCES = new Map<string, readonly LogSource[]>()

/** The log sources that a record answers to; the same object for all records of one kind. */
function sourcesOf(
  service: string | null,
  categories: readonly string[],
  setting?: Setting['kind'],
): readonly LogSource[] {
  const key = `${service} ${categories.join(' ')} ${setting ?? ''}`
  let sources = ALL_SOURCES.get(key)
  if (!sources) {
    const base: LogSource = service ? { product: 'windows', service } : { product: 'windows' }
    sources = categories.length === 0 ? [base] : categories.map((category): LogSource => ({ category, ...base }))
    // Its cmdlets are read by the same rules as those of the Exchange logs.
    if (service === 'msexchange-management') sources = [...sources, { category: 'cmdlet', product: 'exchange' }]
    // What was set up is read by the rules that read it out of the registry.
    if (setting) sources = [...sources, { product: 'postern', service: setting }]
    ALL_SOURCES.set(key, sources)
  }
  return sources
}

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
  readonly #fields: Fields
  readonly #log: LogKind
  readonly #sources: readonly LogSource[]
  readonly #service: string | null
  readonly #isKeyEvent: boolean
  readonly #roles: Roles

  /** Null where what the values say decides on more than values, or where names meet: `windowsEvent` reads these. */
  static of(shape: WindowsShape): WindowsForm | null {
    const { channel, eventId, data } = shape
    if (!channel || channel === MANAGEMENT || channel === CLASSIC) return null
    if (channel === SECURITY && (eventId === 4663 || eventId === 4657)) return null
    if (tellsOfSetting(channel, eventId)) return null
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
    this.#sources = sourcesOf(service, categoriesOf(service, eventId, fields))
    this.#roles = rolesOf(channel, service, eventId, slots)
  }

  /** `values` in the order of `formValue`, and the time of its text in milliseconds. */
  event(values: readonly FieldValue[], time: number | null, at: Place): Omit<Event, 'raw'> {
    const fields: Fields = { ...this.#fields }
    const names = this.#names
    const slots = this.#slots
    for (let i = 0; i < names.length; i++) fields[names[i]!] = values[slots[i]!]!
    const roles = this.#roles
    if (roles.label >= 0) {
      const integrity = INTEGRITY.get(String(values[roles.label]))
      if (integrity !== undefined) fields.IntegrityLevel = integrity
    }
    return {
      log: this.#log,
      sources: this.#isKeyEvent ? sourcesOf(this.#service, keyCategories(fields)) : this.#sources,
      time,
      timeBasis: 'format',
      fields,
      at,
      host: hostOf(text(values[formValue.computer]) ?? ''),
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

// Roles as in the functions below, with places in a list of values instead of names of fields; -1: not there.
type Roles = {
  readonly label: number
  readonly user: readonly Account[]
  readonly target: readonly number[]
  /** The account that was acted on, where events are about accounts. */
  readonly targetAccount: readonly Account[] | null
  readonly session: readonly number[]
  readonly logon: readonly number[]
  readonly address: readonly number[]
  readonly initiated: readonly number[]
  readonly source: readonly number[]
}
type Account = { readonly name: number; readonly domain: number }

function rolesOf(channel: string, service: string | null, id: number, slots: ReadonlyMap<string, number>): Roles {
  const all = (names: readonly string[]): number[] => names.flatMap((name) => slots.get(name) ?? [])
  const account = (name: string, domain?: string): Account[] =>
    all([name]).map((slot) => ({ name: slot, domain: domain === undefined ? -1 : (slots.get(domain) ?? -1) }))
  const subject = account('SubjectUserName', 'SubjectDomainName')
  const target = account('TargetUserName', 'TargetDomainName')
  const user =
    channel === SECURITY
      ? [...(LOGONS.has(id) ? target : []), ...subject, ...account('AccountName'), ...account('UserName')]
      : [...account('User'), ...account('SourceUser'), ...subject, ...target]
  return {
    label:
      channel === SECURITY && id === 4688 && !slots.has('IntegrityLevel') ? (slots.get('MandatoryLabel') ?? -1) : -1,
    user,
    target: all(TARGETS),
    targetAccount: service === 'security' && isAccountEvent(id) ? target : null,
    session: all(SESSIONS),
    logon: all(LOGON_SESSIONS),
    address: all(ADDRESSES),
    initiated: all(['Initiated']),
    source: all(['SourceIp']),
  }
}

function firstBy(slots: readonly number[], values: readonly FieldValue[]): string | null {
  for (let i = 0; i < slots.length; i++) {
    const value = said(values[slots[i]!])
    if (value !== null) return value
  }
  return null
}

function userBy(accounts: readonly Account[], values: readonly FieldValue[]): string | null {
  for (let i = 0; i < accounts.length; i++) {
    const { name, domain } = accounts[i]!
    const user = said(values[name])
    if (user !== null) return inDomain(user, domain < 0 ? null : said(values[domain]))
  }
  return null
}

function sessionBy(roles: Roles, values: readonly FieldValue[]): string | null {
  const id = firstBy(roles.session, values)
  if (id !== null) return bareGuid(id)
  for (let i = 0; i < roles.logon.length; i++) {
    const session = logonSession(said(values[roles.logon[i]!]))
    if (session !== null) return session
  }
  return null
}

function clientBy(roles: Roles, values: readonly FieldValue[]): string | null {
  const address = firstBy(roles.address, values)
  if (address !== null) return addressOf(address)
  if (roles.initiated.length === 0 || roles.source.length === 0) return null
  const source = firstBy(roles.initiated, values)?.toLowerCase() === 'false' ? firstBy(roles.source, values) : null
  return source === null ? null : addressOf(source)
}

const addressOf = remembered((address: string) => canonicalIp(address))

// ---------------------------------------------------------------- roles

function text(value: FieldValue | undefined): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : String(value)
}

/** A value that says something, as text; `-` and the empty text do not. */
function said(value: FieldValue | undefined): string | null {
  if (value === undefined || value === null || typeof value === 'object') return null
  const text = typeof value === 'string' ? value.trim() : String(value)
  return text === '' || text === '-' ? null : text
}

/** The first of the fields that says something. */
function first(fields: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = said(fields[name])
    if (value !== null) return value
  }
  return null
}

const LOGONS = new Set([4624, 4625, 4634, 4647, 4648, 4768, 4769, 4770, 4771, 4776, 4778, 4779])

function userOf(channel: string | null, fields: Fields): string | null {
  if (channel === MANAGEMENT) return first(fields, 'Caller', 'CallerSid')
  if (channel === SECURITY) {
    const target = account(fields, 'Target')
    const subject = account(fields, 'Subject')
    return (
      (LOGONS.has(Number(fields.EventID)) ? (target ?? subject) : subject) ?? first(fields, 'AccountName', 'UserName')
    )
  }
  return first(fields, 'User', 'SourceUser') ?? account(fields, 'Subject') ?? account(fields, 'Target')
}

function account(fields: Fields, whose: 'Subject' | 'Target'): string | null {
  const name = first(fields, `${whose}UserName`)
  return name === null ? null : inDomain(name, first(fields, `${whose}DomainName`))
}

function inDomain(name: string, domain: string | null): string {
  return domain !== null && !name.includes('\\') ? `${domain}\\${name}` : name
}

// Logon sessions of SYSTEM, LOCAL SERVICE and NETWORK SERVICE hold everything that the server does: they tie nothing.
const SHARED_SESSIONS = new Set(['0x0', '0x3e4', '0x3e5', '0x3e7'])

const SESSIONS = [
  'ProcessGuid',
  'SourceProcessGUID',
  'SourceProcessGuid',
  'ActivityId',
  'ScriptBlockId',
  'RunspaceId',
] as const
const LOGON_SESSIONS = ['TargetLogonId', 'LogonId', 'SubjectLogonId', 'LogonID'] as const

function sessionOf(fields: Fields): string | null {
  const guid = first(fields, ...SESSIONS)
  if (guid !== null) return bareGuid(guid)
  for (const name of LOGON_SESSIONS) {
    const session = logonSession(first(fields, name))
    if (session !== null) return session
  }
  return null
}

function bareGuid(text: string): string {
  const inBraces = text.length > 1 && text.startsWith('{') && text.endsWith('}')
  return (inBraces ? text.slice(1, -1) : text).toLowerCase()
}

function logonSession(text: string | null): string | null {
  if (text === null) return null
  const id = /^\d{1,15}$/.test(text) ? `0x${Number(text).toString(16)}` : text.toLowerCase()
  return SHARED_SESSIONS.has(id) ? null : id
}

const ADDRESSES = ['IpAddress', 'SourceNetworkAddress', 'ClientAddress', 'Source Network Address'] as const

function clientOf(fields: Fields): string | null {
  const address = first(fields, ...ADDRESSES)
  if (address) return canonicalIp(address)
  // A connection that came from outside: the other end is the client.
  const initiated = first(fields, 'Initiated')?.toLowerCase()
  const source = initiated === 'false' ? first(fields, 'SourceIp') : null
  return source ? canonicalIp(source) : null
}

function targetOf(id: number, service: string | null, fields: Fields): string | null {
  if (service === 'security' && isAccountEvent(id)) return account(fields, 'Target')
  if (service === 'msexchange-management') return first(fields, 'Cmdlet')
  return first(fields, ...TARGETS)
}

function isAccountEvent(id: number): boolean {
  return id >= 4720 && id <= 4781
}

const TARGETS = [
  'TargetFilename',
  'TargetImage',
  'TargetObject',
  'ObjectName',
  'ImageLoaded',
  'Image',
  'TaskName',
  'ServiceFileName',
  'ImagePath',
  'ServiceName',
  'ScriptName',
  'Path',
] as const
