import { fieldValue } from '../common/field-value.ts'
import { canonicalIp } from '../../lib/ip.ts'
import { isoTime } from '../../lib/time.ts'
import type { Event, FieldValue, LogSource, Place } from '../../model/event.ts'
import type { KnownLogKind } from '../../model/log-kinds.ts'
import { isSignInOperation } from '../../model/sign-ins.ts'
import { certainTime } from '../common/local-time.ts'
import type { RecordForm } from '../record-scanner.ts'
import { addressesIn, domainOf, whereTo } from './addresses.ts'
import {
  type CloudRecord,
  jsonListOf,
  type Members,
  membersOf,
  jsonObjectOf,
  propertiesOf,
  type Property,
  memberText,
  wholeOf,
  writtenOut,
} from './record.ts'
import { append } from '../../lib/collections.ts'

/**
 * A record of the unified audit log of Microsoft 365 as an event.
 * https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema
 */
export function unifiedEvent(record: CloudRecord, raw: string, at: Place, isSnippet: boolean): Event {
  const { members } = record
  const written = memberText(members, 'creationtime')
  const fields = fieldsOf(members)
  const log = logOf(members)
  const user = memberText(members, 'userid')
  const parameters = parametersOf(members)
  const mailbox = mailboxOf(members, parameters)
  if (mailbox !== null) fields.MailboxId = mailbox
  addForwarding(fields, members, parameters, mailbox)
  addSigma(fields, members, log)
  const client = recordClient(members)
  fields['c-ip'] = client
  return {
    log,
    sources: sources[log]!,
    ...(written === null ? UNDATED : timeOf(written)),
    fields,
    raw,
    at,
    host: null,
    client,
    user,
    target: mailbox ?? memberText(members, 'objectid'),
    request: null,
    session: recordSession(members),
    ...(isSnippet ? { snippet: true } : {}),
  }
}

/** Of a record that was copied without its time. */
const UNDATED: Pick<Event, 'time' | 'timeBasis'> = { time: null, timeBasis: 'assumed' }

const audit: LogSource = { product: 'm365', service: 'audit' }
const sources: Readonly<Record<string, readonly LogSource[]>> = {
  'm365-exchange': [audit, { product: 'm365', service: 'exchange' }],
  // The same acts as in the audit log of Entra, by the same names.
  'm365-entra': [audit, { product: 'm365', service: 'azuread' }, { product: 'azure', service: 'auditlogs' }],
  'm365-signin': [audit, { product: 'm365', service: 'azuread' }],
  'm365-other': [
    audit,
    { product: 'm365', service: 'threat_management' },
    { product: 'm365', service: 'threat_detection' },
  ],
}

const OF_MAILBOXES =
  /^(?:(?:New|Set|Add|Remove|Enable|Disable|Get|Search|Start|Update|Test|Install)-\w|MailItemsAccessed|UpdateInboxRules|Send(?:As|OnBehalf)?$|(?:Hard|Soft)Delete$|MoveToDeletedItems|MailboxLogin|FolderBind|MessageBind)/
const OF_ENTRA =
  /^(?:Consent to application|(?:Add|Update|Delete|Remove|Disable|Reset|Change|Set) (?:an? )?(?:app role assignment|application|service principal|owner to|delegated permission|OAuth2PermissionGrant|member to role|eligible member|user|federation settings|domain|password))\b/i
const EXCHANGE = new Set(['1', '2', '3', '19', '50'])
const ENTRA = new Set(['8', '9', '15'])

function logOf(members: Members): KnownLogKind {
  if (isSignIn(members)) return 'm365-signin'
  const workload = memberText(members, 'workload')
  const type = writtenOut(members.get('recordtype')?.[1])
  if (workload !== null)
    return /^Exchange/i.test(workload)
      ? 'm365-exchange'
      : /^AzureActiveDirectory/i.test(workload)
        ? 'm365-entra'
        : 'm365-other'
  if (EXCHANGE.has(type) || /^Exchange/i.test(type)) return 'm365-exchange'
  // A record that lost both: cmdlets of Exchange have a hyphen, and only mailboxes have items and rules.
  if (type === '' && OF_MAILBOXES.test(memberText(members, 'operation') ?? '')) return 'm365-exchange'
  if (type === '' && OF_ENTRA.test(memberText(members, 'operation') ?? '')) return 'm365-entra'
  return ENTRA.has(type) || /^AzureActiveDirectory/i.test(type) ? 'm365-entra' : 'm365-other'
}

/** The log is written in UTC; where a text says no zone it is that. Dates of a table may be written as its reader writes them. */
function timeOf(text: string): Pick<Event, 'time' | 'timeBasis'> {
  const time = isoTime(text)
  return time === null ? { time: certainTime(text), timeBasis: 'assumed' } : { time, timeBasis: 'format' }
}

export function recordClient(members: Members): string | null {
  for (const name of ['clientip', 'clientipaddress', 'actoripaddress']) {
    const text = memberText(members, name)
    const address = text === null ? null : canonicalIp(text)
    if (address !== null) return address
  }
  return null
}

/** Is it the record of a sign-in? */
export function isSignIn(members: Members): boolean {
  return isSignInOperation(memberText(members, 'operation') ?? '')
}

export function recordSession(members: Members): string | null {
  const own = memberText(members, 'sessionid')
  if (own !== null) return own.toLowerCase()
  if (isSignIn(members)) {
    const properties = propertiesOf(members.get('deviceproperties')?.[1])
    const session = properties.find(({ name }) => /^sessionid$/i.test(name))?.value
    if (session) return session.toLowerCase()
  }
  const context = jsonObjectOf(members.get('appaccesscontext')?.[1])
  return context ? (memberText(membersOf(context), 'aadsessionid')?.toLowerCase() ?? null) : null
}

// ---------------------------------------------------------------- fields

type Draft = Record<string, FieldValue>

/** Members that are no field as they stand. */
export const LISTS: ReadonlySet<string> = new Set([
  'parameters',
  'extendedproperties',
  'operationproperties',
  'modifiedproperties',
])
/** Those of them whose properties become fields of their own. */
export const PLAIN_LISTS = ['extendedproperties', 'operationproperties'] as const

function fieldsOf(members: Members): Draft {
  const fields: Draft = Object.create(null) as Draft
  for (const [key, [name, value]] of members) if (!LISTS.has(key)) fields[name] = fieldValue(value)
  addParameters(fields, members)
  addPlain(fields, 'ExtendedProperties', members)
  addPlain(fields, 'OperationProperties', members)
  addModified(fields, members)
  addItems(fields, members)
  for (const inner of ['AppAccessContext', 'Item']) {
    const object = jsonObjectOf(members.get(inner.toLowerCase())?.[1])
    for (const [name, value] of Object.entries(object ?? {})) fields[`${inner}.${name}`] = fieldValue(value)
  }
  return fields
}

/** Parameters of a cmdlet as a line of PowerShell has them, as in the logs of Exchange itself, and each by itself. */
function addParameters(fields: Draft, members: Members): void {
  const entry = members.get('parameters')
  if (!entry) return
  const parameters = propertiesOf(entry[1]).map(({ name, value }) => ({ name, value: listed(value) }))
  if (parameters.length === 0) {
    fields.Parameters = fieldValue(entry[1])
    return
  }
  fields.Parameters = parameters.map(({ name, value }) => `-${name} "${value}"`).join(' ')
  for (const { name, value } of parameters) fields[`Parameters.${name}`] = value
}

/** The value of a parameter, whatever the case in which it was typed. */
type Parameters = ReadonlyMap<string, string>

function parametersOf(members: Members): Parameters {
  const pairs = propertiesOf(members.get('parameters')?.[1])
  return new Map(pairs.map(({ name, value }) => [name.toLowerCase(), listed(value)]))
}

/** Several words of a parameter as Exchange writes them, with semicolons; others write a list of JSON. */
function listed(value: string): string {
  const list = value.startsWith('["') ? jsonListOf(value) : null
  return list?.every((item) => typeof item === 'string') ? list.join(';') : value
}

/** Properties that the schema only calls so because they are not of all records: as fields of their own, too. */
function addPlain(fields: Draft, list: string, members: Members): void {
  const entry = members.get(list.toLowerCase())
  if (!entry) return
  fields[list] = fieldValue(entry[1])
  for (const { name, value } of propertiesOf(entry[1])) if (!members.has(name.toLowerCase())) fields[name] = value
}

function addModified(fields: Draft, members: Members): void {
  const entry = members.get('modifiedproperties')
  if (!entry) return
  const list = jsonListOf(entry[1])
  // Of mailboxes only the names of what changed are written.
  fields.ModifiedProperties =
    list?.every((item) => typeof item === 'string') && list.length > 0
      ? (list as string[])
      : modifiedOf(propertiesOf(entry[1]))
}

/** What was changed, and to what: `KeyDescription: […]`. */
export function modifiedOf(properties: readonly Property[]): readonly string[] {
  return properties.map(({ name, value }) => `${name}: ${value}`)
}

const ITEMS = 1000

/** The messages of a record, as a list of ids, with the folders that they lie in and their size. `only`: one field alone. */
function addItems(fields: Draft, members: Members, only?: string): void {
  const isAsked = (name: string): boolean => only === undefined || only === name
  const ids = new Set<string>()
  const paths = new Set<string>()
  const subjects = new Set<string>()
  let count = 0
  let bytes = 0
  const addItem = (value: unknown): void => {
    const item = jsonObjectOf(value)
    if (!item) return
    const of = membersOf(item)
    count++
    if (isAsked('ItemBytes')) bytes += Math.max(0, wholeOf(of.get('sizeinbytes')?.[1]) ?? 0)
    if (isAsked('MessageIds') && ids.size < ITEMS) addTo(ids, memberText(of, 'internetmessageid'))
    if (isAsked('Subjects') && subjects.size < 100) addTo(subjects, memberText(of, 'subject'))
    const parent = isAsked('FolderPaths') ? jsonObjectOf(of.get('parentfolder')?.[1]) : null
    if (parent && paths.size < 100) addTo(paths, memberText(membersOf(parent), 'path'))
  }
  for (const value of jsonListOf(members.get('folders')?.[1]) ?? []) {
    const folder = jsonObjectOf(value)
    if (!folder) continue
    const of = membersOf(folder)
    if (isAsked('FolderPaths') && paths.size < 100) addTo(paths, memberText(of, 'path'))
    for (const item of jsonListOf(of.get('folderitems')?.[1]) ?? []) addItem(item)
  }
  for (const item of jsonListOf(members.get('affecteditems')?.[1]) ?? []) addItem(item)
  addItem(members.get('item')?.[1])
  for (const name of ['folder', 'destfolder']) {
    const folder = isAsked('FolderPaths') ? jsonObjectOf(members.get(name)?.[1]) : null
    if (folder) addTo(paths, memberText(membersOf(folder), 'path'))
  }
  if (ids.size > 0) fields.MessageIds = [...ids]
  if (paths.size > 0) fields.FolderPaths = [...paths]
  if (subjects.size > 0) fields.Subjects = [...subjects]
  if (count > 0) fields.ItemCount = count
  if (bytes > 0) fields.ItemBytes = bytes
}

/** Fields that are made of the messages of a record, by their names in lower case. */
export const ITEM_FIELDS: ReadonlyMap<string, string> = new Map(
  ['MessageIds', 'FolderPaths', 'Subjects', 'ItemCount', 'ItemBytes'].map((name) => [name.toLowerCase(), name]),
)

/** One of these (in lower case) without the event. */
export function itemField(members: Members, name: string): FieldValue {
  const fields: Draft = Object.create(null) as Draft
  const field = ITEM_FIELDS.get(name)!
  addItems(fields, members, field)
  return fields[field] ?? null
}

function addTo(set: Set<string>, text: string | null): void {
  if (text !== null) set.add(text)
}

// ---------------------------------------------------------------- what it is about

/** Whose mailbox the record is about; null where it says none. */
function mailboxOf(members: Members, parameters: Parameters): string | null {
  const owner = memberText(members, 'mailboxownerupn')
  if (owner !== null) return owner
  const operation = memberText(members, 'operation') ?? ''
  if (!ABOUT_MAILBOX.test(operation)) return null
  const isRule = RULE.test(operation)
  // `Identity` of a rule, or of a folder, begins with the mailbox: `mailbox\rule`, `mailbox:\folder`.
  const named = [parameters.get('mailbox'), parameters.get('identity')].map((text) => text?.split(/[\\:]/)[0] ?? '')
  const address = named.flatMap((text) => addressesIn(text))[0]
  if (address !== undefined) return address
  const name = named[0] || (isRule ? '' : named[1])
  if (name) return name.split('/').at(-1)!
  const user = memberText(members, 'userid')
  return isRule && domainOf(user) !== null ? user : null
}

const ABOUT_MAILBOX =
  /^(?:(?:New|Set|Enable|Disable|Remove|Get)-InboxRule|(?:Set|Get|Enable|Disable|New|Remove)-(?:Remote)?Mailbox|Set-CASMailbox|(?:Add|Remove|Set)-(?:Mailbox|Recipient|MailboxFolder)Permission|Set-MailboxJunkEmailConfiguration|Set-MailboxAutoReplyConfiguration|New-MailboxExportRequest|Set-MailboxAuditBypassAssociation)$/i
const RULE = /-InboxRule$/i

/** Parameters of cmdlets by which mail goes somewhere else, too. */
const FORWARDING = [
  'ForwardTo',
  'RedirectTo',
  'ForwardAsAttachmentTo',
  'ForwardingSmtpAddress',
  'ForwardingAddress',
  'BlindCopyTo',
  'CopyTo',
  'AddToRecipients',
  'RedirectMessageTo',
  'JournalEmailAddress',
]

function addForwarding(fields: Draft, members: Members, parameters: Parameters, mailbox: string | null): void {
  const operation = memberText(members, 'operation') ?? ''
  const texts = FORWARDING.flatMap((name) => {
    const value = parameters.get(name.toLowerCase())
    return value !== undefined && !/^(?:|\$?null|\$?false)$/i.test(value.trim()) ? [value] : []
  })
  const isRule = /^UpdateInboxRules$/i.test(operation)
  if (isRule && typeof fields.RuleActions === 'string') append(texts, recipientsOf(fields.RuleActions))
  if (texts.length === 0) return
  const addresses = addressesIn(texts.join(' '))
  fields.ForwardsTo = addresses.length > 0 ? addresses : texts
  fields.ForwardsWhere = whereTo(addresses, [
    domainOf(memberText(members, 'userid')),
    domainOf(mailbox),
    memberText(members, 'organizationname')?.toLowerCase() ?? null,
  ])
}

/** To whom a rule sends mail on: `[{"ActionType":"Forward","Recipients":["…"]}]`. */
function recipientsOf(actions: string): string[] {
  return (jsonListOf(actions) ?? []).flatMap((value) => {
    const action = jsonObjectOf(value)
    const members = action && membersOf(action)
    if (!members || !/forward|redirect|delegate/i.test(memberText(members, 'actiontype') ?? '')) return []
    const recipients = members.get('recipients')?.[1]
    return jsonListOf(recipients)?.filter((one) => typeof one === 'string') ?? [String(fieldValue(recipients) ?? '')]
  })
}

/** Members that fields of other names are made of; those that are read by more than their own name are no part of a form. */
const MAKERS: ReadonlySet<string> = new Set(['operation', 'workload', 'recordtype', 'resultstatus'])
/** Fields that follow from these. */
const MADE: ReadonlySet<string> = new Set([
  'eventsource',
  'eventname',
  'succeeded',
  'status',
  'cmdlet',
  'activitydisplayname',
  'properties.message',
  'operationname',
])
/** Fields that only the event tells, and the members without which no record has them. */
const ONLY_EVENT: ReadonlyMap<string, readonly string[] | null> = new Map<string, readonly string[] | null>([
  ['mailboxid', null],
  ['forwardsto', ['parameters', 'operationproperties']],
  ['forwardswhere', ['parameters', 'operationproperties']],
  ...['messageids', 'folderpaths', 'subjects', 'itemcount', 'itembytes'].map((name): [string, readonly string[]] => [
    name,
    ['folders', 'affecteditems', 'item', 'folder', 'destfolder'],
  ]),
  ['targetname', ['target']],
])

/** Does it depend on the value of this member (in lower case) which form a record has? */
export function isVaried(name: string): boolean {
  return MAKERS.has(name) || MADE.has(name)
}

/** What all records with these members have in common; null where it takes the event. `plain`: names of properties. */
export function formOf(members: Members, plain: readonly string[]): RecordForm | null {
  const operation = memberText(members, 'operation')
  // Of these more is read than single members say.
  if (operation === null || /^Alert/i.test(operation)) return null
  if (['alertdisplayname', 'eventid', 'c-ip', 'raw'].some((name) => members.has(name))) return null
  const names = [...members.keys()]
  if (names.some((name) => ONLY_EVENT.has(name)) || names.some((name) => name.includes('ς'))) return null
  if (names.some((name) => name.includes('.') && members.has(name.slice(0, name.indexOf('.'))))) return null
  if (
    plain.some(
      (name) => name.includes('.') || MADE.has(name) || ONLY_EVENT.has(name) || name === 'c-ip' || name.includes('ς'),
    )
  )
    return null
  const log = logOf(members)
  const same: Draft = Object.create(null) as Draft
  for (const [name, [spelled, value]] of members) if (isVaried(name)) same[spelled] = fieldValue(value)
  addSigma(same, new Map([...members].filter(([name]) => isVaried(name))), log)
  const mayHave = (name: string): boolean => {
    if (members.has(name) || plain.includes(name) || name === 'c-ip') return true
    const needed = ONLY_EVENT.get(name)
    if (needed !== undefined) return needed?.some((one) => members.has(one)) ?? true
    const outer = name.slice(0, Math.max(0, name.indexOf('.')))
    return (outer === 'parameters' || outer === 'appaccesscontext' || outer === 'item') && members.has(outer)
  }
  return { log, sources: sources[log]!, same, mayHave }
}

/** The names by which public rules ask for the same. */
function addSigma(fields: Draft, members: Members, log: KnownLogKind): void {
  const operation = memberText(members, 'operation')
  const workload = memberText(members, 'workload')
  // An alert has the name of its policy; everything else is what was done.
  const alert = /^Alert/i.test(operation ?? '') ? memberText(members, 'name') : memberText(members, 'alertdisplayname')
  fields.eventSource = workload === 'MCAS' ? 'SecurityComplianceCenter' : workload
  fields.eventName = alert ?? operation
  fields.Succeeded = succeeded(members)
  fields.status = fields.Succeeded === false ? 'failed' : 'success'
  if (log === 'm365-exchange' && /^[a-z]+-[a-z]+$/i.test(operation ?? '')) fields.Cmdlet = operation
  if (log !== 'm365-entra' || operation === null) return
  const activity = operation.trim().replace(/\.$/, '')
  fields.ActivityDisplayName = activity
  fields['properties.message'] = activity
  fields.OperationName = activity
  addTarget(fields, members)
}

/** Ids and names of what was changed in Entra; its name has the type 1. */
function addTarget(fields: Draft, members: Members): void {
  const targets = (jsonListOf(members.get('target')?.[1]) ?? []).flatMap((value) => {
    const object = jsonObjectOf(value)
    const of = object && membersOf(object)
    const id = of && memberText(of, 'id')
    return of && id ? [{ id, isName: wholeOf(of.get('type')?.[1]) === 1 }] : []
  })
  if (targets.length === 0) return
  fields.Target = targets.map(({ id }) => id)
  fields.TargetName = targets.find(({ isName }) => isName)?.id ?? targets[0]!.id
}

function succeeded(members: Members): boolean | null {
  const status = writtenOut(members.get('resultstatus')?.[1])
  if (/^(?:true|success|succeeded|partiallysucceeded|successful)$/i.test(status)) return true
  return /^(?:false|fail(?:ed|ure)?|error)$/i.test(status) ? false : null
}
