import { JsonObjects } from '../../lib/json-stream.ts'
import { isoTime } from '../../lib/time.ts'
import { parseXml } from '../../lib/xml.ts'
import type { FieldValue } from '../../model/event.ts'
import { fieldsOfBlock } from './key-value.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { keywordsOf, levelOf, systemTime, usable, wholeNumber, windowsEvent } from './event.ts'
import type { DataItem, WindowsRecord, WindowsSystem, WindowsTime } from './record.ts'
import { dataOfXml, recordOfXml } from './xml.ts'
import { append } from '../../lib/collections.ts'
import { type Json, object, own, entries, words, parsed, add, fieldValue, stated } from './json-values.ts'
import { winlogbeat } from './winlogbeat.ts'

/**
 * Windows events as JSON: one a line, indented, in lists, or in the middle of other text, in the shapes of
 * `evtx_dump` (https://github.com/omerbenamram/evtx), Velociraptor, winlogbeat and ECS
 * (https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog), NXLog
 * (https://docs.nxlog.co/refman/current/im/msvistalog.html), Wazuh, EvtxECmd, Splunk, Sentinel and `Get-WinEvent`.
 */
export const jsonEvents: Parser = {
  name: 'json-events',
  title: 'Windows events as JSON',
  product: 'windows',
  recognise,
  read,
}

function recognise(head: Head): number {
  // An object that is an event has a name in it: of code, which has braces too, nothing need be taken apart.
  if (head.text === '' || !/\{\s*"/.test(head.text)) return 0
  // The head is read as the file would be: the first events say it all.
  let events = 0
  let other = 0
  const objects = new JsonObjects(
    head.bytes,
    (object) => {
      if (!recordOfJson(object.value)) return false
      events++
      return true
    },
    (gap) => {
      if (gap.reason === 'unsupported') other += gap.length
    },
  )
  objects.push(head.bytes)
  objects.finish()
  if (events > 0) return other === 0 ? 95 : other * 2 < head.bytes.length ? 80 : 60
  return other === 0 && /^[\s[]*\{/.test(head.text) && HINT.test(head.text.slice(0, 4096)) ? 60 : 0
}

// For an event that is longer than the head, and for lists that begin with many things about themselves.
const HINT = /"(?:EventID|EventId|event_id|eventID|EventCode|EventRecordID|winlog|Event)"\s*:/

async function read(source: Source, sink: Sink): Promise<number> {
  const objects = new JsonObjects(
    source.bytes,
    (object) => {
      const record = recordOfJson(object.value)
      if (!record) return false
      const { offset, length, line } = object
      const { recordId } = record.system
      const at = { path: source.path, offset, length, line, ...(recordId ? { record: recordId } : {}) }
      sink.event(windowsEvent(object.prefixed ? { ...record, snippet: true } : record, object.text, at))
      return true
    },
    (gap) => sink.gap(gap),
  )
  for await (const chunk of source.chunks()) objects.push(chunk)
  return objects.finish() - objects.gapBytes
}

/** The Windows record that a JSON object holds, in any of the known shapes; null when it holds none. */
export function recordOfJson(value: Json): WindowsRecord | null {
  const o = unwrap(value)
  const raw = own(o, '_raw')
  return (
    evtx(object(own(o, 'Event')) ?? o, o) ??
    wazuh(object(own(o, 'win')) ?? object(own(object(own(o, 'data')), 'win'))) ??
    winlogbeat(o) ??
    getWinEvent(o) ??
    flat(o) ??
    (typeof raw === 'string' ? ofText(raw) : null)
  )
}

// What searches and exports wrap around a record.
function unwrap(value: Json): Json {
  const inner =
    object(own(value, '_source')) ?? object(own(value, 'result')) ?? object(own(object(own(value, 'document')), 'data'))
  return inner ?? value
}

function ofText(raw: string): WindowsRecord | null {
  if (/^\s*<(?:\w+:)?Event[\s>]/.test(raw)) {
    const element = parseXml(raw)
    return element && recordOfXml(element)
  }
  return fieldsOfBlock(raw)
}

// ---------------------------------------------------------------- evtx_dump, Velociraptor: a tree like the XML

function evtx(event: Json, outer: Json): WindowsRecord | null {
  const system = object(own(event, 'System'))
  if (!system) return null
  const eventId = wholeNumber(valueOf(own(system, 'EventID')))
  if (eventId === null) return null
  const provider = (name: string): unknown => attribute(system, 'Provider', name)
  const more: [string, FieldValue][] = []
  add(more, 'Version', valueOf(own(system, 'Version')))
  add(more, 'Task', valueOf(own(system, 'Task')))
  add(more, 'Opcode', valueOf(own(system, 'Opcode')))
  add(more, 'Qualifiers', attribute(system, 'EventID', 'Qualifiers'))
  add(more, 'Execution_ProcessID', attribute(system, 'Execution', 'ProcessID'))
  add(more, 'Execution_ThreadID', attribute(system, 'Execution', 'ThreadID'))
  add(more, 'Correlation_ActivityID', attribute(system, 'Correlation', 'ActivityID'))
  const data: DataItem[] = []
  addData(data, own(event, 'EventData'))
  for (const [name, value] of entries(own(event, 'UserData'))) {
    if (isAttributes(name)) continue
    // The one element of UserData is the provider's own; its children are the fields.
    if (object(value)) addData(data, value)
    else data.push([name, fieldValue(value)])
  }
  const created = attribute(system, 'TimeCreated', 'SystemTime') ?? valueOf(own(system, 'TimeCreated'))
  return {
    system: {
      eventId,
      provider: words(provider('Name')) ?? words(provider('EventSourceName')) ?? words(own(system, 'Provider')),
      channel: words(valueOf(own(system, 'Channel'))),
      computer: words(valueOf(own(system, 'Computer'))),
      level: levelOf(valueOf(own(system, 'Level'))),
      recordId: wholeNumber(valueOf(own(system, 'EventRecordID'))),
      userId: words(attribute(system, 'Security', 'UserID')),
      keywords: keywordsOf(valueOf(own(system, 'Keywords'))),
      more,
    },
    data,
    message:
      words(own(event, 'Message')) ??
      words(own(outer, 'Message')) ??
      words(own(object(own(event, 'RenderingInfo')), 'Message')),
    when: systemTime(created),
  }
}

/** An attribute of an element: in `#attributes`, in `<name>_attributes` beside it, with `@`, or as a plain member. */
function attribute(parent: Json, element: string, name: string): unknown {
  const node = object(own(parent, element))
  return (
    own(object(own(node, '#attributes')), name) ??
    own(object(own(parent, `${element}_attributes`)), name) ??
    own(node, `@${name}`) ??
    own(node, name)
  )
}

function valueOf(value: unknown): unknown {
  const node = object(value)
  return node ? (own(node, '#text') ?? own(node, 'Value')) : value
}

function isAttributes(name: string): boolean {
  return name === '#attributes' || name.endsWith('_attributes') || name === '@xmlns' || name === 'xmlns'
}

/** Items of EventData: named members, and under `Data` a text, a list of texts, or elements with `Name`. */
function addData(items: DataItem[], data: unknown): void {
  if (typeof data === 'string') {
    if (/^\s*</.test(data)) {
      const element = parseXml(data)
      if (element) append(items, dataOfXml({ name: 'EventData', attributes: new Map(), children: [element] }))
    } else if (/^\s*\{/.test(data)) addData(items, parsed(data))
    else if (data !== '') items.push([null, data])
    return
  }
  if (Array.isArray(data)) {
    for (const item of data) addDataElement(items, item)
    return
  }
  for (const [name, value] of entries(data)) {
    if (isAttributes(name)) continue
    if (name === 'Data' || name === '#text') addUnnamed(items, value)
    else if (name === 'EventData' || name === 'UserData') addData(items, value)
    else
      items.push([
        name,
        fieldValue(object(value) && own(value as Json, '#text') !== undefined ? valueOf(value) : value),
      ])
  }
}

function addUnnamed(items: DataItem[], value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) addDataElement(items, item)
  } else addDataElement(items, value)
}

function addDataElement(items: DataItem[], item: unknown): void {
  const node = object(item)
  if (!node) {
    items.push([null, fieldValue(item)])
    return
  }
  const name =
    words(own(object(own(node, '#attributes')), 'Name')) ?? words(own(node, '@Name')) ?? words(own(node, 'Name'))
  const text = own(node, '#text') ?? own(node, 'Value') ?? own(node, 'text')
  if (name) items.push([name, fieldValue(text ?? null)])
  else if (Array.isArray(text)) for (const one of text) items.push([null, fieldValue(one)])
  else if (text !== undefined) items.push([null, fieldValue(text)])
  else if (Object.keys(node).every(isAttributes)) items.push([null, null])
  else for (const [key, value] of Object.entries(node)) items.push([key, fieldValue(value)])
}

// ---------------------------------------------------------------- Wazuh

/** The agent writes names with a small first letter and escapes backslashes and quotes in the values once more. */
function wazuh(win: Json | null): WindowsRecord | null {
  const system = object(own(win, 'system'))
  const eventId = wholeNumber(own(system, 'eventID'))
  if (!win || !system || eventId === null) return null
  const more: [string, FieldValue][] = []
  add(more, 'Version', own(system, 'version'))
  add(more, 'Task', own(system, 'task'))
  add(more, 'Opcode', own(system, 'opcode'))
  add(more, 'Execution_ProcessID', own(system, 'processID'))
  add(more, 'Execution_ThreadID', own(system, 'threadID'))
  const data: DataItem[] = []
  for (const [name, value] of entries(own(win, 'eventdata') ?? own(win, 'eventData'))) {
    data.push([
      /^data$/i.test(name) ? null : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      fieldValue(unescaped(value)),
    ])
  }
  // UserData keeps the name of the provider's element around the fields.
  for (const [name, value] of entries(win)) {
    if (name === 'system' || /^event_?data$/i.test(name)) continue
    for (const [field, inner] of entries(value)) {
      data.push([`${field.slice(0, 1).toUpperCase()}${field.slice(1)}`, fieldValue(unescaped(inner))])
    }
  }
  return {
    system: {
      eventId,
      provider: words(own(system, 'providerName')) ?? words(own(system, 'eventSourceName')),
      channel: words(own(system, 'channel')),
      computer: words(own(system, 'computer')),
      level: levelOf(own(system, 'level')),
      recordId: wholeNumber(own(system, 'eventRecordID')),
      userId: words(own(system, 'securityUserID')) ?? words(own(system, 'userID')),
      keywords: keywordsOf(own(system, 'keywords')),
      more,
    },
    data,
    message: words(own(system, 'message')),
    when: systemTime(own(system, 'systemTime')),
  }
}

/** Takes one level of escapes off, where every backslash is part of one: a value that was not escaped stays as it is. */
function unescaped(value: unknown): unknown {
  if (typeof value !== 'string' || !value.includes('\\')) return value
  for (let i = value.indexOf('\\'); i >= 0; i = value.indexOf('\\', i + 2)) {
    const next = value[i + 1]
    if (next !== '\\' && next !== '"') return value
  }
  return value.replace(/\\(["\\])/g, '$1')
}

// ---------------------------------------------------------------- Get-WinEvent | ConvertTo-Json

/** The properties of an EventLogRecord; the data items have lost their names, which the known events get back. */
function getWinEvent(o: Json): WindowsRecord | null {
  const eventId = wholeNumber(own(o, 'Id'))
  const provider = words(own(o, 'ProviderName'))
  if (eventId === null || !provider || !('LogName' in o || 'MachineName' in o)) return null
  const values = own(o, 'Properties')
  const names = POSITIONS.get(`${provider.toLowerCase()} ${eventId}`) ?? []
  const data: DataItem[] = Array.isArray(values)
    ? values.map((item, index): DataItem => [names[index] ?? null, propertyValue(item)])
    : []
  const message = words(own(o, 'Message'))
  const named = names.length > 0 || !/sysmon/i.test(provider)
  const more: [string, FieldValue][] = []
  add(more, 'Version', own(o, 'Version'))
  add(more, 'Task', own(o, 'Task'))
  add(more, 'Opcode', own(o, 'Opcode'))
  add(more, 'Execution_ProcessID', own(o, 'ProcessId'))
  add(more, 'Execution_ThreadID', own(o, 'ThreadId'))
  return {
    system: {
      eventId,
      provider,
      channel: words(own(o, 'LogName')),
      computer: words(own(o, 'MachineName')),
      level: levelOf(own(o, 'Level') ?? own(o, 'LevelDisplayName')),
      recordId: wholeNumber(own(o, 'RecordId')),
      userId: words(own(object(own(o, 'UserId')), 'Value')) ?? words(own(o, 'UserId')),
      keywords: keywordsOf(own(o, 'Keywords')),
      more,
    },
    // Sysmon's text names the fields that the properties do not.
    data: message && !named ? [] : data,
    message,
    when: dotNetTime(own(o, 'TimeCreated')),
  }
}

// A property is `{ "Value": … }`, and a SID in it once more.
function propertyValue(item: unknown): FieldValue {
  const value = object(item) ? own(object(item), 'Value') : item
  return fieldValue(object(value) ? (own(object(value), 'Value') ?? value) : value)
}

// Windows PowerShell writes `/Date(1614745402370)/`, PowerShell 7 ISO text with an offset.
function dotNetTime(value: unknown): WindowsTime {
  const inner = own(object(value), 'value') ?? own(object(value), 'DateTime') ?? value
  const ticks = typeof inner === 'string' ? /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(inner) : null
  if (ticks) return { time: usable(Number(ticks[1])), basis: 'stated', text: String(inner) }
  return stated(inner)
}

const POSITIONS: ReadonlyMap<string, readonly string[]> = new Map(
  (
    [
      [
        'microsoft-windows-security-auditing 4688',
        'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId NewProcessId NewProcessName TokenElevationType ProcessId CommandLine TargetUserSid TargetUserName TargetDomainName TargetLogonId ParentProcessName MandatoryLabel',
      ],
      [
        'microsoft-windows-security-auditing 4624',
        'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId TargetUserSid TargetUserName TargetDomainName TargetLogonId LogonType LogonProcessName AuthenticationPackageName WorkstationName LogonGuid TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort',
      ],
      [
        'microsoft-windows-security-auditing 4625',
        'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId TargetUserSid TargetUserName TargetDomainName Status FailureReason SubStatus LogonType LogonProcessName AuthenticationPackageName WorkstationName TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort',
      ],
      [
        'microsoft-windows-security-auditing 4698',
        'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId TaskName TaskContent',
      ],
      [
        'microsoft-windows-security-auditing 4663',
        'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectServer ObjectType ObjectName HandleId AccessList AccessMask ProcessId ProcessName ResourceAttributes',
      ],
      ['microsoft-windows-powershell 4104', 'MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path'],
      ['microsoft-windows-powershell 4103', 'ContextInfo UserData Payload'],
      ['service control manager 7045', 'ServiceName ImagePath ServiceType StartType AccountName'],
    ] as const
  ).map(([key, names]) => [key, names.split(' ')]),
)

// ---------------------------------------------------------------- flat: NXLog, EvtxECmd, Splunk, Sentinel

const SYSTEM_NAMES = {
  eventId: ['EventID', 'EventId', 'EventCode', 'event_id', 'event_code'],
  channel: ['Channel', 'LogName', 'log_name', 'EventLog'],
  provider: ['Provider_Name', 'SourceName', 'ProviderName', 'Provider', 'EventSourceName', 'Source_Name', 'Source'],
  computer: ['Computer', 'ComputerName', 'Hostname', 'MachineName', 'HostName', 'host'],
  level: ['Level', 'EventLevel', 'EventLevelName', 'Severity'],
  recordId: ['EventRecordID', 'EventRecordId', 'RecordNumber', 'RecordID'],
  userId: ['UserID', 'Sid'],
  keywords: ['Keywords'],
} as const
const isProviderName = (name: string): boolean => (SYSTEM_NAMES.provider as readonly string[]).includes(name)
const TIMES = [
  'SystemTime',
  'TimeCreated',
  'EventTimeUTC',
  'TimeGenerated',
  'EventTime',
  '_time',
  '@timestamp',
  'timestamp',
  'time',
] as const
const USED = new Set<string>([
  ...Object.values(SYSTEM_NAMES).flat(),
  ...TIMES,
  'Message',
  'EventData',
  'UserData',
  'Payload',
])
// One of these beside the number says that it is a Windows event.
const SIGNS = [
  'Channel',
  'LogName',
  'SourceName',
  'Provider_Name',
  'ProviderName',
  'ProviderGuid',
  'Provider',
  'EventRecordID',
  'EventRecordId',
  'EventSourceName',
  'NewProcessName',
  'SubjectUserName',
  'TargetUserName',
  'ScriptBlockText',
  'ProcessGuid',
  'Hostname',
  'Computer',
  'ComputerName',
] as const

function flat(o: Json): WindowsRecord | null {
  const pick = (names: readonly string[]): unknown => {
    for (const name of names) {
      const value = own(o, name)
      if (value !== undefined && value !== null && value !== '' && typeof value !== 'object') return value
    }
    return null
  }
  const eventId = wholeNumber(pick(SYSTEM_NAMES.eventId))
  if (eventId === null || !SIGNS.some((name) => name in o)) return null
  const provider = words(pick(SYSTEM_NAMES.provider))
  const data: DataItem[] = []
  addData(data, own(o, 'EventData'))
  addData(data, own(o, 'UserData'))
  // EvtxECmd keeps the whole event data as JSON in one text; elsewhere the name belongs to PowerShell's 4103.
  const payload = own(o, 'Payload')
  const inner =
    typeof payload === 'string' && /^\s*\{\s*"(?:EventData|UserData)"/.test(payload) ? parsed(payload) : object(payload)
  if (inner) addData(data, inner)
  else if (payload !== undefined && payload !== null) data.push(['Payload', fieldValue(payload)])
  const more: [string, FieldValue][] = []
  for (const [name, value] of Object.entries(o)) {
    if (name === 'ExecutionProcessID' || (inner && name === 'ProcessId')) add(more, 'Execution_ProcessID', value)
    else if (name === 'ExecutionThreadID' || (inner && name === 'ThreadId')) add(more, 'Execution_ThreadID', value)
    // NXLog writes the severity over what the event itself calls EventType.
    else if (
      name === 'EventType' &&
      typeof value === 'string' &&
      /^(?:INFO|WARNING|ERROR|CRITICAL|VERBOSE|AUDIT_\w+)$/.test(value)
    ) {
      const lost = /^EventType: (\w+)\s*$/m.exec(words(own(o, 'Message')) ?? '')
      if (lost) data.push([name, lost[1]!])
    } else if (!USED.has(name) || (isProviderName(name) && words(value) !== null && value !== provider))
      // Defender has a data item of the name that others give the provider.
      data.push([name, fieldValue(value)])
  }
  const system: WindowsSystem = {
    eventId,
    provider,
    channel: words(pick(SYSTEM_NAMES.channel)),
    computer: words(pick(SYSTEM_NAMES.computer)),
    level: levelOf(pick(SYSTEM_NAMES.level)),
    recordId: wholeNumber(pick(SYSTEM_NAMES.recordId)),
    userId: words(pick(SYSTEM_NAMES.userId)),
    keywords: keywordsOf(own(o, 'Keywords')),
    more,
  }
  return { system, data, message: words(own(o, 'Message')), when: flatTime(o, provider) }
}

/** The first time that says its zone; else Sysmon's own, which is UTC; else local time in a zone that is not known. */
function flatTime(o: Json, provider: string | null): WindowsTime {
  let local: WindowsTime | null = null
  for (const name of TIMES) {
    const value = own(o, name)
    if (typeof value === 'number' && usable(value) !== null && value > 100_000_000) {
      const scale = value < 1e11 ? 1000 : value < 1e14 ? 1 : value < 1e17 ? 1e-3 : 1e-6
      return { time: usable(value * scale), basis: 'stated', text: String(value) }
    }
    if (typeof value !== 'string') continue
    const when = dotNetTime(value)
    if (when.time === null) continue
    if (when.basis === 'stated') return when
    if (name === 'SystemTime' || name === 'EventTimeUTC') return { ...when, basis: 'format' }
    local ??= when
  }
  const utc = own(o, 'UtcTime')
  if (typeof utc === 'string' && /sysmon/i.test(`${provider} ${String(own(o, 'Channel'))}`) && isoTime(utc) !== null) {
    return { time: isoTime(utc), basis: 'format', text: utc }
  }
  return local ?? { time: null, basis: 'assumed', text: null }
}
