import { append } from '../../lib/collections.ts'
import { headerLineOf, headersOf } from '../../lib/csv.ts'
import type { Event, LogSource, Place } from '../../model/event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { cloudTime } from '../common/local-time.ts'
import { windowsEvent } from './event.ts'
import { withoutType } from './field-names.ts'
import { type DataItem, type WindowsTime } from './record.ts'

/**
 * Events of Microsoft Defender for Endpoint as a table: what advanced hunting exports (DeviceProcessEvents,
 * DeviceFileEvents, DeviceNetworkEvents, DeviceRegistryEvents, DeviceEvents …, also together), and the timeline of a device,
 * whose columns have the same names with blanks in them. A table is a choice of rows and covers nothing.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables
 * https://learn.microsoft.com/defender-endpoint/device-timeline-event-flag
 */
export const defenderEndpoint: Parser = {
  name: 'defender-endpoint',
  title: 'Events of Defender for Endpoint as a table',
  product: 'windows',
  most: 94,
  recognize,
  read,
}

type Header = { readonly names: readonly string[]; readonly delimiter: string }

/** What the timeline calls otherwise than advanced hunting, blanks and case apart. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['eventtime', 'timestamp'],
  ['timegenerated', 'timestamp'],
  ['machineid', 'deviceid'],
  ['computername', 'devicename'],
  ['remotecomputername', 'remotedevicename'],
])
/** One of them beside time, action and device: other tables have those three, too. */
const SURE = [
  'filename',
  'folderpath',
  'processcommandline',
  'initiatingprocessfilename',
  'additionalfields',
  'reportid',
  'remoteip',
]

function headerOf(line: string): Header | null {
  for (const { delimiter, lower } of headersOf(line)) {
    const names = lower.map(columnOf)
    if (areOurs(names)) return { names, delimiter }
  }
  return null
}

/** The name of a column as advanced hunting has it, in lower case. */
function columnOf(name: string): string {
  const joined = withoutType(name)
    .toLowerCase()
    .replaceAll(/[\s_\ufeff]/g, '')
  return OTHERWISE.get(joined) ?? joined
}

function areOurs(names: readonly string[]): boolean {
  const has = (name: string): boolean => names.includes(name)
  const isEvent = has('timestamp') && has('actiontype') && (has('devicename') || has('deviceid'))
  return isEvent && SURE.filter(has).length >= 2
}

/** The values of a record of these columns; null where it is none of Defender for Endpoint. */
export function defenderRow(columns: readonly (readonly [string, string])[]): ReadonlyMap<string, string> | null {
  const values = valuesOf(columns)
  return areOurs([...values.keys()]) ? values : null
}

/** Of columns that have one name but for their types the first value that is there. */
function valuesOf(columns: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of columns) {
    const column = columnOf(name)
    if (!values.get(column)) values.set(column, value.trim())
  }
  return values
}

/** What Windows would have logged of it. */
export function defenderRowEvent(values: ReadonlyMap<string, string>, raw: string, at: Place): Event {
  return eventOf(new DeviceRow(values), raw, at)
}

function recognize({ text }: Head): number {
  return headerOf(headerLineOf(text) ?? '') === null ? 0 : 94
}

function read(source: Source, sink: Sink): Promise<number> {
  return readCsvTable(source, sink, {
    headerOf,
    repeats: true,
    isEven: true,
    take(row, { names }) {
      const values = valuesOf(names.map((name, i) => [name, row.values[i]!]))
      const at = { path: source.path, offset: row.offset, length: row.length, line: row.number }
      sink.event(defenderRowEvent(values, row.text, at))
    },
  })
}

/** The values of a row by the names of advanced hunting in lower case. */
class DeviceRow {
  readonly #values: ReadonlyMap<string, string>
  #more: Readonly<Record<string, unknown>> | undefined

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values
  }

  get(name: string): string | null {
    return this.#values.get(name) || null
  }

  entries(): Iterable<[string, string]> {
    return this.#values.entries()
  }

  /** A member of AdditionalFields, which is JSON. */
  more(name: string): string | null {
    this.#more ??= membersOf(this.get('additionalfields') ?? '')
    const value = Object.hasOwn(this.#more, name) ? this.#more[name] : null
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
  }

  /** A file: advanced hunting has its whole path as the folder, the timeline the folder alone. */
  file(prefix = ''): string | null {
    return pathOfFile(this.get(`${prefix}folderpath`), this.get(`${prefix}filename`))
  }

  account(prefix = ''): string | null {
    const [domain, name] = [this.get(`${prefix}accountdomain`), this.get(`${prefix}accountname`)]
    return name === null || domain === null ? name : `${domain}\\${name}`
  }
}

/** A file by its folder, which may already be its whole path, and its name. */
export function pathOfFile(folder: string | null, name: string | null): string | null {
  if (folder === null || name === null) return folder ?? name
  if (folder.toLowerCase().endsWith(`\\${name.toLowerCase()}`)) return folder
  return `${folder.replace(/\\$/, '')}\\${name}`
}

function membersOf(text: string): Record<string, unknown> {
  if (!text.startsWith('{') || text.length > 1_048_576) return {}
  try {
    return { ...(JSON.parse(text) as Record<string, unknown>) }
  } catch {
    return {}
  }
}

const SYSMON = 'Microsoft-Windows-Sysmon/Operational'
const SECURITY = 'Security'
const DEFENDER = 'Microsoft-Windows-Windows Defender/Operational'

/** A right of the directory was used, here that to replicate it with its secrets. */
const REPLICATED = 4662
const REPLICATE = '%{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}'

/** Which event of Windows says the same as an action, so that the same rules read it. */
const ACTIONS: ReadonlyMap<string, readonly [channel: string, id: number, type?: string]> = new Map([
  ['processcreated', [SYSMON, 1]],
  ['processcreatedusingwmiquery', [SYSMON, 1]],
  ['connectionsuccess', [SYSMON, 3]],
  ['connectionfailed', [SYSMON, 3]],
  ['connectionattempt', [SYSMON, 3]],
  ['inboundconnectionaccepted', [SYSMON, 3]],
  ['driverload', [SYSMON, 6]],
  ['imageloaded', [SYSMON, 7]],
  ['createremotethreadapicall', [SYSMON, 8]],
  ['openprocessapicall', [SYSMON, 10]],
  ['filecreated', [SYSMON, 11]],
  ['filemodified', [SYSMON, 11]],
  ['filerenamed', [SYSMON, 11]],
  ['registrykeycreated', [SYSMON, 12, 'CreateKey']],
  ['registrykeydeleted', [SYSMON, 12, 'DeleteKey']],
  ['registryvaluedeleted', [SYSMON, 12, 'DeleteValue']],
  ['registryvalueset', [SYSMON, 13, 'SetValue']],
  ['namedpipeevent', [SYSMON, 17]],
  ['dnsqueryresponse', [SYSMON, 22]],
  ['filedeleted', [SYSMON, 23]],
  ['powershellcommand', ['Microsoft-Windows-PowerShell/Operational', 4104]],
  ['antivirusdetection', [DEFENDER, 1116]],
  ['antivirusreport', [DEFENDER, 1116]],
  ['antivirusdetectionactiontype', [DEFENDER, 1117]],
  ['serviceinstalled', ['System', 7045]],
  ['scheduledtaskcreated', [SECURITY, 4698]],
  ['useraccountcreated', [SECURITY, 4720]],
  ['useraccountaddedtolocalgroup', [SECURITY, 4732]],
  ['logonsuccess', [SECURITY, 4624]],
  ['logonfailed', [SECURITY, 4625]],
  ['securitylogcleared', [SECURITY, 1102]],
  // Of Defender for Identity: which right was used it does not say, and no other replicates.
  ['directory services replication', [SECURITY, REPLICATED]],
])

/** A replication without an account is one between domain controllers. */
function actionOf(row: DeviceRow, action: string): readonly [channel: string, id: number, type?: string] {
  const known = ACTIONS.get(action)
  return known === undefined || (known[1] === REPLICATED && row.get('accountname') === null) ? ['', 0] : known
}

function eventOf(row: DeviceRow, raw: string, at: Place): Event {
  const action = (row.get('actiontype') ?? '').toLowerCase()
  const [channel, eventId, type] = actionOf(row, action)
  const removed =
    /^true$/i.test(row.more('WasRemediated') ?? '') || /quarantine|remove|clean/i.test(row.more('Action') ?? '')
  const id = channel === DEFENDER && removed ? 1117 : eventId
  const record = {
    system: { eventId: id, provider: null, channel: channel || null, computer: row.get('devicename') },
    data: withoutTwins([...itemsOf(row, channel, id, type, removed), ...ownItems(row)]),
    when: timeOf(row.get('timestamp') ?? ''),
    snippet: true,
  }
  const event = windowsEvent(record, raw, at)
  const fields = { ...event.fields, Provider_Name: 'Microsoft Defender for Endpoint' }
  const user = event.user ?? row.account() ?? row.account('initiatingprocess')
  if (channel === DEFENDER) return { ...event, fields, user }
  // What it was compared to is no log of this server: only the kind of the event stays.
  return {
    ...event,
    log: 'windows-edr',
    sources: sourcesOf(event.sources),
    fields: { ...fields, Channel: null, EventID: channel === '' || channel === SYSMON ? null : id },
    user,
  }
}

const known = new WeakMap<readonly LogSource[], readonly LogSource[]>()

function sourcesOf(sources: readonly LogSource[]): readonly LogSource[] {
  let own = known.get(sources)
  if (!own) {
    own = sources.map(({ service, ...rest }) =>
      service === 'sysmon' || service === undefined ? rest : { ...rest, service },
    )
    known.set(sources, own)
  }
  return own
}

/** The items of the event of Windows that says the same. */
function itemsOf(row: DeviceRow, channel: string, id: number, type: string | undefined, removed: boolean): DataItem[] {
  const initiating = row.file('initiatingprocess')
  const file = row.file()
  const made: [string, string | null][] = []
  if (channel === SYSMON) {
    if (id === 1)
      made.push(
        ['Image', file],
        ['CommandLine', row.get('processcommandline')],
        ['ProcessId', row.get('processid')],
        ['User', row.account()],
        ['IntegrityLevel', row.get('processintegritylevel')],
        ['OriginalFileName', row.get('processversioninfooriginalfilename')],
        ['ParentImage', initiating],
        ['ParentCommandLine', row.get('initiatingprocesscommandline')],
        ['ParentProcessId', row.get('initiatingprocessid')],
        ['ParentUser', row.account('initiatingprocess')],
      )
    else
      made.push(
        [id === 8 || id === 10 ? 'SourceImage' : 'Image', initiating],
        ['ProcessId', row.get('initiatingprocessid')],
        ['User', row.account('initiatingprocess')],
        [id === 8 || id === 10 ? 'TargetImage' : id === 6 || id === 7 ? 'ImageLoaded' : 'TargetFilename', file],
      )
    const key = row.get('registrykey')
    const name = row.get('registryvaluename')
    const inbound = row.get('actiontype')?.toLowerCase() === 'inboundconnectionaccepted'
    made.push(
      ['TargetObject', key === null ? null : hiveOf(name === null ? key : `${key}\\${name}`)],
      ['Details', row.get('registryvaluedata')],
      ['EventType', type ?? null],
      ['DestinationIp', row.get(inbound ? 'localip' : 'remoteip')],
      ['DestinationPort', row.get(inbound ? 'localport' : 'remoteport')],
      ['SourceIp', row.get(inbound ? 'remoteip' : 'localip')],
      ['DestinationHostname', row.get('remoteurl')],
      ['Initiated', id === 3 ? String(!inbound) : null],
      ['PipeName', row.more('PipeName')],
      ['QueryName', row.more('DnsQueryString')],
    )
  } else if (channel === DEFENDER)
    made.push(
      ['Threat Name', row.more('ThreatName')],
      ['Path', file === null ? null : `file:_${file}`],
      ['Action Name', removed ? (row.more('Action') ?? 'Quarantine') : null],
      ['Process Name', initiating],
    )
  else append(made, otherItems(row, channel, id))
  const hashes = ['sha1', 'md5', 'sha256'].flatMap((name) => {
    const value = row.get(name)
    return value === null ? [] : [`${name.toUpperCase()}=${value.toUpperCase()}`]
  })
  if (hashes.length > 0 && file !== null) made.push(['Hashes', hashes.join(',')])
  return made.flatMap(([name, value]): DataItem[] => (value === null ? [] : [[name, value]]))
}

/** The items of the other logs. */
function otherItems(row: DeviceRow, channel: string, id: number): [string, string | null][] {
  const isReplication = id === REPLICATED
  return [
    ['ScriptBlockText', id === 4104 ? row.more('Command') : null],
    ['ServiceName', row.more('ServiceName')],
    ['ImagePath', id === 7045 ? row.file() : null],
    ['TaskName', row.more('TaskName')],
    ['TaskContent', row.more('TaskContent')],
    ['TargetUserName', row.get('accountname')],
    ['TargetDomainName', row.get('accountdomain')],
    ['IpAddress', row.get('remoteip') ?? row.get('ipaddress')],
    ['LogonType', row.get('logontype')],
    ['SubjectUserName', row.get(isReplication ? 'accountname' : 'initiatingprocessaccountname')],
    ['Properties', isReplication ? REPLICATE : null],
    // Of a search in the directory.
    ['Image', channel === '' ? row.file('initiatingprocess') : null],
    ['DistinguishedName', row.more('DistinguishedName')],
    ['SearchFilter', row.more('SearchFilter')],
  ]
}

/** The columns of the table itself, in the spelling of advanced hunting where it has one. */
function ownItems(row: DeviceRow): DataItem[] {
  const items: DataItem[] = []
  for (const [name, value] of row.entries())
    if (value !== '' && /^[a-z0-9]{1,60}$/.test(name)) items.push([SPELLINGS.get(name) ?? name, value])
  return items
}

/** Of names that differ by case alone the first: rules would take them for one field. */
function withoutTwins(items: readonly DataItem[]): DataItem[] {
  const seen = new Set<string>()
  return items.filter(([name]) => !seen.has(name!.toLowerCase()) && seen.add(name!.toLowerCase()))
}

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  `ActionType DeviceName DeviceId FileName FolderPath SHA1 SHA256 MD5 ProcessCommandLine AccountDomain AccountName AccountSid
  RegistryKey RegistryValueName RegistryValueData RemoteUrl RemoteIP RemotePort LocalIP LocalPort ReportId AdditionalFields
  InitiatingProcessFileName InitiatingProcessFolderPath InitiatingProcessId InitiatingProcessCommandLine
  InitiatingProcessAccountDomain InitiatingProcessAccountName InitiatingProcessSHA256 InitiatingProcessParentFileName`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
)

// Advanced hunting has the long names of hives, Sysmon and the rules for it the short ones.
function hiveOf(key: string): string {
  return key
    .replace(/^HKEY_LOCAL_MACHINE/i, 'HKLM')
    .replace(/^HKEY_USERS/i, 'HKU')
    .replace(/^HKEY_CURRENT_USER/i, 'HKCU')
    .replace(/^HKEY_CLASSES_ROOT/i, 'HKCR')
}

/** `2021-03-03T04:23:22.1234567Z`, the same without a zone (the timeline is UTC), or `Mar 3, 2021 4:23:22 AM` of the portal. */
function timeOf(text: string): WindowsTime {
  const { time, timeBasis: basis } = cloudTime(text)
  return { time, basis, text }
}
