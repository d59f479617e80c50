import { emailRow } from './email-events.ts'
import { withParameters } from './flat-parameters.ts'
import { graphRequest } from './graph-activity.ts'
import { cloudAppEvent, huntedSignIn } from './hunting.ts'
import { type Members, membersOf, memberText, writtenOut } from './members.ts'
export { type Members, membersOf, memberText, writtenOut } from './members.ts'

/**
 * A record of Microsoft 365 or Entra, taken out of whatever was written around it: of the unified audit log, a sign-in, a change of the
 * directory, a request to Microsoft Graph, a message.
 */
export type CloudRecord = {
  readonly kind: 'unified' | 'signin' | 'audit' | 'graph' | 'email'
  readonly members: Members
  /** What the search that found it said: the how manyth of how many results it is. */
  readonly index: number | null
  readonly count: number | null
  /** The record itself stood as text in it and could not be read: only what stands around it is known. */
  readonly isCut: boolean
  /** Set where members of it were left out, so that it covers nothing. */
  readonly isPart?: true
  /** Set where a query of advanced hunting chose it among others: it is whole, and covers nothing. */
  readonly isChosen?: true
  /** What stood there as text in what a search gave; null where the record stands by itself. */
  readonly text: string | null
}

type Json = Readonly<Record<string, unknown>>

// What searches, shippers and exports write around a record, the outermost first.
const WRAPPERS = [
  '_source',
  'result',
  'input',
  'data',
  'event',
  'office365',
  'o365',
  'audit',
  '_raw',
  'message',
  'original',
  'auditdata',
  'raweventdata',
]
const LEVELS = 5
/** Names of the unified audit log under which an export has what the record itself calls otherwise. */
const NAMES: ReadonlyMap<string, string> = new Map([
  // Get- and Search-UnifiedAuditLog, Purview
  ['creationdate', 'CreationTime'],
  ['operations', 'Operation'],
  ['userids', 'UserId'],
  // Microsoft Graph (auditLogRecord)
  ['createddatetime', 'CreationTime'],
  ['auditlogrecordtype', 'RecordType'],
  ['service', 'Workload'],
  ['userprincipalname', 'UserId'],
  // Sentinel (OfficeActivity)
  ['officeworkload', 'Workload'],
  ['officeobjectid', 'ObjectId'],
  ['officeid', 'Id'],
  ['client_ipaddress', 'ClientIPAddress'],
  ['logon_type', 'LogonType'],
  ['timegenerated', 'CreationTime'],
])

/** The record that an object of JSON, or a row of a table, holds; null when it holds none. */
export function cloudRecord(value: Json): CloudRecord | null {
  return within(value, 0)
}

function within(value: Json, depth: number): CloudRecord | null {
  const members = withParameters(membersOf(value))
  const data = members.get('auditdata')?.[1] ?? members.get('raweventdata')?.[1]
  if (data !== undefined && data !== null && data !== '') return unified(members, data)
  const known = classified(members) ?? dotted(members)
  if (known) return known
  if (depth === LEVELS) return null
  // Azure Monitor writes the record of Entra as `properties` beside what it knows of it.
  const properties = jsonObjectOf(members.get('properties')?.[1])
  if (properties && OF_MONITOR.test(memberText(members, 'category') ?? '')) {
    const inner = membersOf(properties)
    return classified(new Map([...members, ...inner]))
  }
  for (const name of WRAPPERS) {
    const inner = jsonObjectOf(members.get(name)?.[1])
    const found = inner && within(inner, depth + 1)
    if (found) return found
  }
  if (!members.has('operation') && !members.has('operations')) return null
  const own = new Map([...members, ...named(members, false)])
  return isPart(own)
    ? { kind: 'unified', members: own, index: null, count: null, isCut: false, isPart: true, text: null }
    : null
}

/** Categories of Azure Monitor, and of tables that Defender XDR streams. */
const OF_MONITOR =
  /SignInLogs$|^(?:AuditLogs|MicrosoftGraphActivityLogs|AdvancedHunting-(?:EmailEvents|GraphApiAuditEvents))$/i

/** A row of a search: the record stands in it as JSON, mostly as text. */
function unified(outer: Members, data: unknown): CloudRecord | null {
  const inner = jsonObjectOf(data)
  const around = named(outer, inner !== null)
  const record = withParameters(inner ? new Map([...around, ...membersOf(inner)]) : around)
  if (!isUnified(record)) return huntedEvent(outer)
  return {
    kind: 'unified',
    members: record,
    index: wholeOf(outer.get('resultindex')?.[1]),
    count: wholeOf(outer.get('resultcount')?.[1]),
    isCut: inner === null,
    ...(outer.has('actiontype') && outer.has('raweventdata') ? { isChosen: true } : {}),
    text: typeof data === 'string' ? data : null,
  }
}

/** What stands around a record under the names of the record; of what only the search knows nothing is kept. */
function named(outer: Members, isWhole: boolean): Members {
  const record = new Map<string, readonly [string, unknown]>()
  for (const [key, [name, value]] of outer) {
    if (key === 'auditdata' || key === 'raweventdata' || value === '' || value === null) continue
    const own = NAMES.get(key)
    if (own) record.set(own.toLowerCase(), [own, value])
    else if (!isWhole || !OF_SEARCH.test(key)) record.set(key, [name, value])
  }
  return record
}

const OF_SEARCH = /^(?:pscomputername|runspaceid|psshowcomputername|identity|id)$/

/** The name (in lower case) that a value around a whole record has in it; null where it is none of the record. */
export function nameAround(name: string): string | null {
  const key = name.toLowerCase()
  if (key === 'auditdata' || key === 'raweventdata') return null
  return NAMES.get(key)?.toLowerCase() ?? (OF_SEARCH.test(key) ? null : key)
}

function classified(members: Members): CloudRecord | null {
  const has = (name: string): boolean => members.has(name)
  const record = (kind: CloudRecord['kind'], of: Members): CloudRecord => ({
    kind,
    members: of,
    index: null,
    count: null,
    isCut: false,
    text: null,
  })
  if (has('creationtime') && isUnified(members)) return record('unified', members)
  const request = graphRequest(members)
  const of = request ?? emailRow(members)
  // A query of advanced hunting has the column `Timestamp`, and nothing around its rows.
  if (of !== null)
    return {
      ...record(request === null ? 'email' : 'graph', of),
      ...(has('timestamp') && !has('timegenerated') && !has('category') ? { isChosen: true } : {}),
    }
  if (has('officeworkload') || memberText(members, 'type') === 'OfficeActivity') {
    const own = new Map([...members, ...named(members, false)])
    return isUnified(own) ? record('unified', own) : null
  }
  if (has('activitydisplayname') && (has('activitydatetime') || has('initiatedby'))) return record('audit', members)
  if (isSignIn(members)) return record('signin', members)
  const hunted = huntedSignIn(members)
  return hunted === null ? huntedEvent(members) : { ...record('signin', hunted), isChosen: true }
}

/** A row of advanced hunting that holds no record of Microsoft 365: a choice of rows, with a part of what was recorded. */
function huntedEvent(members: Members): CloudRecord | null {
  const event = cloudAppEvent(members)
  return event && { kind: 'unified', members: event, index: null, count: null, isCut: false, isPart: true, text: null }
}

/**
 * Is it a record of which only the members were kept that matter: an operation with its parameters, its items or its result, and
 * whose it is? It may have lost its time.
 */
function isPart(members: Members): boolean {
  const [operation, user] = [memberText(members, 'operation'), memberText(members, 'userid')]
  if (operation === null || user === null || !/^[A-Za-z][\w-]{2,40}(?: [\w\u2013-]{1,40}){0,8}\.?$/.test(operation))
    return false
  return OF_RECORDS.some((name) => members.has(name))
}

const OF_RECORDS = ['clientip', 'clientipaddress', 'parameters', 'recordtype', 'resultstatus', 'modifiedproperties']

function isUnified(members: Members): boolean {
  return (
    memberText(members, 'creationtime') !== null &&
    members.has('recordtype') &&
    (members.has('operation') || members.has('workload') || members.has('id'))
  )
}

function isSignIn(members: Members): boolean {
  const has = (name: string): boolean => members.has(name)
  const isDated = has('createddatetime') || has('timegenerated') || has('time')
  const isOfApplication = has('appid') || has('appdisplayname')
  return isDated && isOfApplication && (has('ipaddress') || has('calleripaddress')) && hasResult(members)
}

function hasResult(members: Members): boolean {
  return ['status', 'resulttype', 'conditionalaccessstatus'].some((name) => members.has(name))
}

/** Elastic writes each value under its whole path, `o365.audit.Operation`, and so does Wazuh: `data.office365.Operation`. */
const PREFIX = /^(?:_source\.)?(?:o365\.audit|data\.office365)\./i

function dotted(members: Members): CloudRecord | null {
  const flat = new Map<string, readonly [string, unknown]>()
  for (const [key, [name, value]] of members) {
    const own = name.replace(PREFIX, '')
    if (own !== name && !flat.has(own.toLowerCase())) flat.set(own.toLowerCase(), [own, value])
    else if (key === '@timestamp' || key === 'timestamp') flat.set('timegenerated', [name, value])
  }
  if (flat.size < 2) return null
  if (flat.has('creationtime')) flat.delete('timegenerated')
  const record = withParameters(flat)
  const whole = classified(record)
  if (whole !== null || !record.has('operation')) return whole
  // A search that lists chosen columns has the time of the platform beside them.
  const own = new Map([...record, ...named(record, false)])
  return isPart(own)
    ? { kind: 'unified', members: own, index: null, count: null, isCut: false, isPart: true, text: null }
    : null
}

/** Is a column one of a record, by its whole path? */
export function isDotted(name: string): boolean {
  return PREFIX.test(name)
}

// ---------------------------------------------------------------- values

/** Does the record say nothing about others of its time? */
export function isAlone({ isCut, isPart, isChosen }: CloudRecord): boolean {
  return isCut || isPart === true || isChosen === true
}

/** An object, also one that stands there as text. */
export function jsonObjectOf(value: unknown): Json | null {
  const read = typeof value === 'string' ? parsed(value) : value
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Json) : null
}

/** A list, also one that stands there as text. */
export function jsonListOf(value: unknown): readonly unknown[] | null {
  const read = typeof value === 'string' ? parsed(value) : value
  return Array.isArray(read) ? read : null
}

const DEPTH = 60

/** JSON that stands in a text; null when it is none, or is nested too deep to be walked. */
function parsed(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return fits(value, DEPTH) ? value : null
  } catch {
    return null
  }
}

function fits(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((inner) => fits(inner, depth - 1))
}

export function wholeOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}

/** A pair of a list of properties, however the product writes it. */
export type Property = { readonly name: string; readonly value: string; readonly old: string | null }

const PROPERTIES = 500

/** `[{"Name":…,"Value":…}]`, `{"Name":"Value"}`, `-Name "Value" -Other "Value"`, or `Name=Value; Other=Value`, also as text. */
export function propertiesOf(value: unknown): readonly Property[] {
  const list = jsonListOf(value)
  if (list) return list.slice(0, PROPERTIES).flatMap(propertyOf)
  const object = jsonObjectOf(value)
  if (object)
    return Object.entries(object)
      .slice(0, PROPERTIES)
      .map(([name, inner]) => pairOf(name, inner))
  if (typeof value !== 'string') return []
  if (PAIRS.test(value)) return pairsOfText(value)
  const pairs = value.matchAll(/(?:^|\s)-(\w{1,128})\s+(?:"([^"]*)"|'([^']*)'|([^\s-]\S*))/g)
  return [...pairs].slice(0, PROPERTIES).map(([, name, double, single, bare]) => ({
    name: name!,
    value: double ?? single ?? bare ?? '',
    old: null,
  }))
}

/** `Name=.; ForwardTo=a@b.example; DeleteMessage=True`, as tables of authors have parameters. */
const PAIRS = /^\s{0,8}[A-Z]\w{1,60}\s?=/

function pairsOfText(text: string): Property[] {
  const names = [...text.slice(0, 65_536).matchAll(/(?:^|[;,]\s{0,4})\s{0,8}([A-Z]\w{1,60})\s?=\s?/g)].slice(
    0,
    PROPERTIES,
  )
  return names.map((name, i) => ({
    name: name[1]!,
    value: text
      .slice(name.index + name[0].length, names[i + 1]?.index ?? text.length)
      .trim()
      .replaceAll(/^"|"$/g, ''),
    old: null,
  }))
}

function propertyOf(item: unknown): Property[] {
  const object = jsonObjectOf(item)
  if (!object) return []
  const members = membersOf(object)
  const name = memberText(members, 'name', 'displayname', 'key')
  if (name === null) return []
  const value = members.get('value')?.[1] ?? members.get('newvalue')?.[1]
  return [{ name, value: writtenOut(value), old: writtenOut(members.get('oldvalue')?.[1]) }]
}

/** Elastic has `{"Name":{"NewValue":…,"OldValue":…}}`, too. */
function pairOf(name: string, value: unknown): Property {
  const inner = jsonObjectOf(value)
  const members = inner && membersOf(inner)
  if (members?.has('newvalue'))
    return {
      name,
      value: writtenOut(members.get('newvalue')?.[1]),
      old: writtenOut(members.get('oldvalue')?.[1]),
    }
  return { name, value: writtenOut(value), old: null }
}
