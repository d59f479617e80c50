import { readJsonObjects } from '../common/json-objects.ts'
import { asObject, ownMember, type JsonObject } from '../../lib/json-object.ts'
import { fieldValue } from '../common/field-value.ts'
import { JsonObjects, type StreamedObject } from '../../lib/json-stream.ts'
import { isoTime } from '../../lib/time.ts'
import { parseXml } from '../../lib/xml.ts'
import type { FieldValue } from '../../model/event.ts'
import { fieldsOfBlock } from './key-value.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { keywordsOf, levelOf, systemTime, usable, wholeNumber, windowsEvent } from './event.ts'
import { namesOfData } from './event-names.ts'
import { withoutType } from './field-names.ts'
import type { DataItem, WindowsRecord, WindowsSystem, WindowsTime } from './record.ts'
import { dataOfXml, recordOfXml } from './xml.ts'
import { append } from '../../lib/collections.ts'
import { entries, nonEmptyText, parsed, add, stated } from './json-values.ts'
import { winlogbeat } from './winlogbeat.ts'
import { HeldEvents } from './export-clock.ts'

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
  recognize,
  read,
}

function recognize(head: Head): number {
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
  const held = new HeldEvents()
  const take = (object: StreamedObject): boolean => {
    const stamped = recordOfJson(object.value)
    if (!stamped) return false
    const { offset, length, line } = object
    const { recordId } = stamped.system
    const at = { path: source.path, offset, length, line, ...(recordId ? { record: recordId } : {}) }
    held.add(stamped, length, (record) =>
      sink.event(windowsEvent(object.prefixed ? { ...record, snippet: true } : record, object.text, at)),
    )
    return true
  }
  // A gap lies between events: those before it must not come after it.
  const released: Sink = {
    ...sink,
    gap: (found) => {
      held.release()
      sink.gap(found)
    },
    ...(sink.mark && {
      mark: (isAround) => {
        held.release()
        return sink.mark!(isAround)
      },
    }),
  }
  const done = await readJsonObjects(source, released, take)
  held.release()
  return done
}

/** The Windows record that a JSON object holds, in any of the known shapes; null when it holds none. */
export function recordOfJson(value: JsonObject): WindowsRecord | null {
  const o = unwrap(value)
  const raw = ownMember(o, '_raw')
  return (
    evtx(asObject(ownMember(o, 'Event')) ?? o, o) ??
    wazuh(asObject(ownMember(o, 'win')) ?? asObject(ownMember(asObject(ownMember(o, 'data')), 'win'))) ??
    winlogbeat(o) ??
    getWinEvent(o) ??
    flat(o) ??
    (typeof raw === 'string' ? ofText(raw) : null)
  )
}

// What searches and exports wrap around a record.
function unwrap(value: JsonObject): JsonObject {
  const inner =
    asObject(ownMember(value, '_source')) ??
    asObject(ownMember(value, 'result')) ??
    asObject(ownMember(asObject(ownMember(value, 'document')), 'data'))
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

function evtx(event: JsonObject, outer: JsonObject): WindowsRecord | null {
  const system = asObject(ownMember(event, 'System'))
  if (!system) return null
  const eventId = wholeNumber(valueOf(ownMember(system, 'EventID')))
  if (eventId === null) return null
  const provider = (name: string): unknown => attribute(system, 'Provider', name)
  const more: [string, FieldValue][] = []
  add(more, 'Version', valueOf(ownMember(system, 'Version')))
  add(more, 'Task', valueOf(ownMember(system, 'Task')))
  add(more, 'Opcode', valueOf(ownMember(system, 'Opcode')))
  add(more, 'Qualifiers', attribute(system, 'EventID', 'Qualifiers'))
  add(more, 'Execution_ProcessID', attribute(system, 'Execution', 'ProcessID'))
  add(more, 'Execution_ThreadID', attribute(system, 'Execution', 'ThreadID'))
  add(more, 'Correlation_ActivityID', attribute(system, 'Correlation', 'ActivityID'))
  const data: DataItem[] = []
  addData(data, ownMember(event, 'EventData'))
  addUserData(data, ownMember(event, 'UserData'))
  const created = attribute(system, 'TimeCreated', 'SystemTime') ?? valueOf(ownMember(system, 'TimeCreated'))
  return {
    system: {
      eventId,
      provider:
        nonEmptyText(provider('Name')) ??
        nonEmptyText(provider('EventSourceName')) ??
        nonEmptyText(ownMember(system, 'Provider')),
      channel: nonEmptyText(valueOf(ownMember(system, 'Channel'))),
      computer: nonEmptyText(valueOf(ownMember(system, 'Computer'))),
      level: levelOf(valueOf(ownMember(system, 'Level'))),
      recordId: wholeNumber(valueOf(ownMember(system, 'EventRecordID'))),
      userId: nonEmptyText(attribute(system, 'Security', 'UserID')),
      keywords: keywordsOf(valueOf(ownMember(system, 'Keywords'))),
      more,
    },
    data,
    message:
      nonEmptyText(ownMember(event, 'Message')) ??
      nonEmptyText(ownMember(outer, 'Message')) ??
      nonEmptyText(ownMember(asObject(ownMember(event, 'RenderingInfo')), 'Message')),
    when: systemTime(created),
  }
}

/** An attribute of an element: in `#attributes`, in `<name>_attributes` beside it, with `@`, or as a plain member. */
function attribute(parent: JsonObject, element: string, name: string): unknown {
  const node = asObject(ownMember(parent, element))
  return (
    ownMember(asObject(ownMember(node, '#attributes')), name) ??
    ownMember(asObject(ownMember(parent, `${element}_attributes`)), name) ??
    ownMember(node, `@${name}`) ??
    ownMember(node, name)
  )
}

function valueOf(value: unknown): unknown {
  const node = asObject(value)
  return node ? (ownMember(node, '#text') ?? ownMember(node, 'Value')) : value
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
    else if (name === 'EventData') addData(items, value)
    else if (name === 'UserData') addUserData(items, value)
    else
      items.push([
        name,
        fieldValue(asObject(value) && ownMember(value as JsonObject, '#text') !== undefined ? valueOf(value) : value),
      ])
  }
}

/** The one element of UserData is the provider's own; its children are the fields. */
function addUserData(items: DataItem[], data: unknown): void {
  const node = asObject(data)
  if (!node) return addData(items, data)
  for (const [name, value] of entries(node)) {
    if (isAttributes(name)) continue
    const inner = asObject(value)
    if (inner && ownMember(inner, '#text') === undefined) addData(items, inner)
    else items.push([name, fieldValue(inner ? valueOf(inner) : value)])
  }
}

function addUnnamed(items: DataItem[], value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) addDataElement(items, item)
  } else addDataElement(items, value)
}

function addDataElement(items: DataItem[], item: unknown): void {
  const node = asObject(item)
  if (!node) {
    items.push([null, fieldValue(item)])
    return
  }
  const name =
    nonEmptyText(ownMember(asObject(ownMember(node, '#attributes')), 'Name')) ??
    nonEmptyText(ownMember(node, '@Name')) ??
    nonEmptyText(ownMember(node, 'Name'))
  const text = ownMember(node, '#text') ?? ownMember(node, 'Value') ?? ownMember(node, 'text')
  if (name) items.push([name, fieldValue(text ?? null)])
  else if (Array.isArray(text)) for (const one of text) items.push([null, fieldValue(one)])
  else if (text !== undefined) items.push([null, fieldValue(text)])
  else if (Object.keys(node).every(isAttributes)) items.push([null, null])
  else for (const [key, value] of Object.entries(node)) items.push([key, fieldValue(value)])
}

// ---------------------------------------------------------------- Wazuh

/** The agent writes names with a small first letter and escapes backslashes and quotes in the values once more. */
function wazuh(win: JsonObject | null): WindowsRecord | null {
  const system = asObject(ownMember(win, 'system'))
  const eventId = wholeNumber(ownMember(system, 'eventID'))
  if (!win || !system || eventId === null) return null
  const more: [string, FieldValue][] = []
  add(more, 'Version', ownMember(system, 'version'))
  add(more, 'Task', ownMember(system, 'task'))
  add(more, 'Opcode', ownMember(system, 'opcode'))
  add(more, 'Execution_ProcessID', ownMember(system, 'processID'))
  add(more, 'Execution_ThreadID', ownMember(system, 'threadID'))
  const data: DataItem[] = []
  for (const [name, value] of entries(ownMember(win, 'eventdata') ?? ownMember(win, 'eventData'))) {
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
      provider: nonEmptyText(ownMember(system, 'providerName')) ?? nonEmptyText(ownMember(system, 'eventSourceName')),
      channel: nonEmptyText(ownMember(system, 'channel')),
      computer: nonEmptyText(ownMember(system, 'computer')),
      level: levelOf(ownMember(system, 'level')),
      recordId: wholeNumber(ownMember(system, 'eventRecordID')),
      userId: nonEmptyText(ownMember(system, 'securityUserID')) ?? nonEmptyText(ownMember(system, 'userID')),
      keywords: keywordsOf(ownMember(system, 'keywords')),
      more,
    },
    data,
    message: nonEmptyText(ownMember(system, 'message')),
    when: systemTime(ownMember(system, 'systemTime')),
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
function getWinEvent(o: JsonObject): WindowsRecord | null {
  const eventId = wholeNumber(ownMember(o, 'Id'))
  const provider = nonEmptyText(ownMember(o, 'ProviderName'))
  if (eventId === null || !provider || !('LogName' in o || 'MachineName' in o)) return null
  const values = ownMember(o, 'Properties')
  const names = namesOfData(provider, eventId)
  const data: DataItem[] = Array.isArray(values)
    ? values.map((item, index): DataItem => [names[index] ?? null, propertyValue(item)])
    : []
  const message = nonEmptyText(ownMember(o, 'Message'))
  const named = names.length > 0 || !/sysmon/i.test(provider)
  const more: [string, FieldValue][] = []
  add(more, 'Version', ownMember(o, 'Version'))
  add(more, 'Task', ownMember(o, 'Task'))
  add(more, 'Opcode', ownMember(o, 'Opcode'))
  add(more, 'Execution_ProcessID', ownMember(o, 'ProcessId'))
  add(more, 'Execution_ThreadID', ownMember(o, 'ThreadId'))
  return {
    system: {
      eventId,
      provider,
      channel: nonEmptyText(ownMember(o, 'LogName')),
      computer: nonEmptyText(ownMember(o, 'MachineName')),
      level: levelOf(ownMember(o, 'Level') ?? ownMember(o, 'LevelDisplayName')),
      recordId: wholeNumber(ownMember(o, 'RecordId')),
      userId:
        nonEmptyText(ownMember(asObject(ownMember(o, 'UserId')), 'Value')) ?? nonEmptyText(ownMember(o, 'UserId')),
      keywords: keywordsOf(ownMember(o, 'Keywords')),
      more,
    },
    // Sysmon's text names the fields that the properties do not.
    data: message && !named ? [] : data,
    message,
    when: dotNetTime(ownMember(o, 'TimeCreated')),
  }
}

// A property is `{ "Value": … }`, and a SID in it once more.
function propertyValue(item: unknown): FieldValue {
  const value = asObject(item) ? ownMember(asObject(item), 'Value') : item
  return fieldValue(asObject(value) ? (ownMember(asObject(value), 'Value') ?? value) : value)
}

// Windows PowerShell writes `/Date(1614745402370)/`, PowerShell 7 ISO text with an offset.
function dotNetTime(value: unknown): WindowsTime {
  const inner = ownMember(asObject(value), 'value') ?? ownMember(asObject(value), 'DateTime') ?? value
  const ticks = typeof inner === 'string' ? /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(inner) : null
  if (ticks) return { time: usable(Number(ticks[1])), basis: 'stated', text: String(inner) }
  return stated(inner)
}

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

function flat(o: JsonObject): WindowsRecord | null {
  const pick = (names: readonly string[]): unknown => {
    for (const name of names) {
      const value = ownMember(o, name)
      if (value !== undefined && value !== null && value !== '' && typeof value !== 'object') return value
    }
    return null
  }
  const eventId = wholeNumber(pick(SYSTEM_NAMES.eventId))
  if (eventId === null || !SIGNS.some((name) => name in o)) return null
  const provider = nonEmptyText(pick(SYSTEM_NAMES.provider))
  const data: DataItem[] = []
  addData(data, ownMember(o, 'EventData'))
  addUserData(data, ownMember(o, 'UserData'))
  // EvtxECmd keeps the whole event data as JSON in one text; elsewhere the name belongs to PowerShell's 4103.
  const payload = ownMember(o, 'Payload')
  const inner =
    typeof payload === 'string' && /^\s*\{\s*"(?:EventData|UserData)"/.test(payload)
      ? parsed(payload)
      : asObject(payload)
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
      const lost = /^EventType: (\w+)\s*$/m.exec(nonEmptyText(ownMember(o, 'Message')) ?? '')
      if (lost) data.push([name, lost[1]!])
    } else if (!USED.has(name) || (isProviderName(name) && nonEmptyText(value) !== null && value !== provider))
      // Defender has a data item of the name that others give the provider.
      data.push([bareName(name, o), fieldValue(value)])
  }
  const system: WindowsSystem = {
    eventId,
    provider,
    channel: nonEmptyText(pick(SYSTEM_NAMES.channel)),
    computer: nonEmptyText(pick(SYSTEM_NAMES.computer)),
    level: levelOf(pick(SYSTEM_NAMES.level)),
    recordId: wholeNumber(pick(SYSTEM_NAMES.recordId)),
    userId: nonEmptyText(pick(SYSTEM_NAMES.userId)),
    keywords: keywordsOf(ownMember(o, 'Keywords')),
    more,
  }
  return { system, data, message: nonEmptyText(ownMember(o, 'Message')), when: flatTime(o, provider) }
}

/** The name of a column without the type that a union of tables with columns of several types wrote behind it. */
function bareName(name: string, o: JsonObject): string {
  const bare = withoutType(name)
  return bare in o ? name : bare
}

/** The first time that says its zone; else Sysmon's own, which is UTC; else local time in a zone that is not known. */
function flatTime(o: JsonObject, provider: string | null): WindowsTime {
  let local: WindowsTime | null = null
  for (const name of TIMES) {
    const value = ownMember(o, name)
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
  const utc = ownMember(o, 'UtcTime')
  if (
    typeof utc === 'string' &&
    /sysmon/i.test(`${provider} ${String(ownMember(o, 'Channel'))}`) &&
    isoTime(utc) !== null
  ) {
    return { time: isoTime(utc), basis: 'format', text: utc, ...(local && { local: local.time }) }
  }
  return local ?? { time: null, basis: 'assumed', text: null }
}
