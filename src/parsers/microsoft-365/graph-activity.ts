import { canonicalIp } from '../../lib/ip.ts'
import { type ClientSystem, systemOf } from '../../model/client-systems.ts'
import type { Event, FieldValue, LogSource, Place } from '../../model/event.ts'
import { fieldValue } from '../common/field-value.ts'
import { cloudTime } from '../common/local-time.ts'
import { type GraphAction, graphMail } from './graph-mail.ts'
import { membersOf, type Members, memberText, writtenOut } from './members.ts'

// Requests to Microsoft Graph: MicrosoftGraphActivityLogs (Azure Monitor, Sentinel) and GraphApiAuditEvents (advanced hunting).
// https://learn.microsoft.com/azure/azure-monitor/reference/tables/microsoftgraphactivitylogs
// https://learn.microsoft.com/defender-xdr/advanced-hunting-graphapiauditevents-table

/** Columns of advanced hunting by the names (in lower case, and as they are spelled) of MicrosoftGraphActivityLogs. */
const HUNTED: ReadonlyMap<string, string> = new Map([
  ['applicationid', 'AppId'],
  ['uniquetokenidentifier', 'SignInActivityId'],
  ['responsesize', 'ResponseSizeBytes'],
  ['requestduration', 'DurationMs'],
  ['calleripaddress', 'IPAddress'],
])
/** The names of the table, by their lower case: Azure Monitor writes `requestUri`. */
const SPELLED: ReadonlyMap<string, string> = new Map(
  (
    'ApiVersion AppId ClientAuthMethod ClientRequestId DeviceId DurationMs IdentityProvider IPAddress Location OperationId RequestId ' +
    'RequestMethod RequestUri ResponseSizeBytes ResponseStatusCode Roles Scopes ServicePrincipalId SessionId SignInActivityId ' +
    'TargetWorkload TokenIssuedAt UserAgent UserId Wids'
  )
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
)

/** Are these (in lower case) the columns of requests to Microsoft Graph? */
export function areGraphRequests(has: (name: string) => boolean): boolean {
  const isDated = ['timegenerated', 'timestamp', 'time'].some(has)
  return (
    isDated &&
    ['requesturi', 'requestmethod', 'responsestatuscode'].every(has) &&
    (has('appid') || has('applicationid'))
  )
}

/** A request by the names of MicrosoftGraphActivityLogs, with its `RequestId` as `Id`; null where the members are none, or it has no address. */
export function graphRequest(members: Members): Members | null {
  if (!areGraphRequests((name) => members.has(name)) || memberText(members, 'requesturi') === null) return null
  const named: Record<string, unknown> = {}
  // `properties` of Azure Monitor come behind what stands around them, under the same names.
  for (const [key, [name, value]] of members) {
    if (value === null || value === '' || AROUND.has(key)) continue
    named[HUNTED.get(key) ?? SPELLED.get(key) ?? name] = value
  }
  addCaller(named, members)
  const id = memberText(members, 'requestid')
  if (id !== null) named.Id = id
  return membersOf(named)
}

/** What stands around `properties`, and the columns that become others. */
const AROUND: ReadonlySet<string> = new Set([
  'properties',
  'accountobjectid',
  'id',
  'resultsignature',
  'operationname',
  'correlationid',
])

/** Who asked: in advanced hunting one column has users and applications, and another says which it is. */
function addCaller(named: Record<string, unknown>, members: Members): void {
  const account = memberText(members, 'accountobjectid')
  if (account === null) return
  const kind = memberText(members, 'entitytype') ?? ''
  const isApplication = /app|principal/i.test(kind) || account === memberText(members, 'serviceprincipalid')
  named[isApplication ? 'ServicePrincipalId' : 'UserId'] = account
}

/** What a request did with mail, as far as its address shows it. */
export type GraphRequest = Pick<Event, 'time' | 'timeBasis'> & {
  readonly id: string | null
  /** The id of the user, or `ServicePrincipal_` and the id of the application without a user. */
  readonly caller: string | null
  readonly client: string | null
  readonly session: string | null
  readonly app: string | null
  readonly system: ClientSystem
  /** A service asks, with a secret or a certificate of its own: the address is that of the service, and of no user. */
  readonly isOfService: boolean
  readonly isServed: boolean
  readonly bytes: number
  readonly action: GraphAction | null
  /** The address or the id of the mailbox; null where the request is about none. */
  readonly mailbox: string | null
  readonly searched: string | null
}

/** What a request says, of members by the names of the table. */
export function graphRequestOf(members: Members): GraphRequest {
  const user = idOf(members, 'userid')
  const principal = idOf(members, 'serviceprincipalid')
  // A token of an application has roles and no user; both tables leave the user empty then.
  const caller = user ?? (principal === null ? null : `ServicePrincipal_${principal}`)
  const mail = graphMail(memberText(members, 'requestmethod') ?? '', memberText(members, 'requesturi') ?? '')
  const owner = mail?.owner === 'me' ? user : (mail?.owner ?? null)
  const method = writtenOut(members.get('clientauthmethod')?.[1])
  return {
    ...timeOf(members),
    id: memberText(members, 'id'),
    caller,
    client: canonicalIp(memberText(members, 'ipaddress') ?? ''),
    session: memberText(members, 'sessionid')?.toLowerCase() ?? null,
    app: idOf(members, 'appid'),
    system: systemOf(memberText(members, 'useragent') ?? ''),
    // Advanced hunting does not say it.
    isOfService: user === null || method !== '0',
    isServed: /^2\d\d$/.test(writtenOut(members.get('responsestatuscode')?.[1])),
    bytes: Math.max(0, Number(/^\d{1,12}$/.exec(writtenOut(members.get('responsesizebytes')?.[1]))?.[0] ?? 0)),
    action: mail?.action ?? null,
    mailbox: mail === null ? null : (owner?.toLowerCase() ?? null),
    searched: mail?.searched ?? null,
  }
}

/** An id in lower case; null where there is none, or a row of zeros. */
function idOf(members: Members, name: string): string | null {
  const text = memberText(members, name)?.trim().toLowerCase() ?? null
  return text === null || /^[0-]*$/.test(text) ? null : text
}

/** Acts of the unified audit log that are the same. */
const OPERATIONS: Readonly<Partial<Record<GraphAction, string>>> = {
  'list-messages': 'MailItemsAccessed',
  'read-message': 'MailItemsAccessed',
  'read-attachment': 'MailItemsAccessed',
  'search-messages': 'MailItemsAccessed',
  'synchronize-messages': 'MailItemsAccessed',
  'send-mail': 'Send',
  'create-rule': 'New-InboxRule',
  'change-rule': 'Set-InboxRule',
  'delete-rule': 'Remove-InboxRule',
}

/** Does the request give the content of messages? */
export function isGraphReading(action: GraphAction | null): boolean {
  return action !== null && OPERATIONS[action] === 'MailItemsAccessed'
}

const sources: readonly LogSource[] = [
  { product: 'azure', service: 'microsoftgraphactivitylogs' },
  // The same acts as in the audit log of Exchange Online, by the same names.
  { product: 'm365', service: 'audit' },
  { product: 'm365', service: 'exchange' },
]

/** A request to Microsoft Graph as an event; `of`: what its members say. */
export function graphEvent(members: Members, of: GraphRequest, raw: string, at: Place, isSnippet: boolean): Event {
  const fields: Record<string, FieldValue> = Object.create(null) as Record<string, FieldValue>
  for (const [, [name, value]] of members) fields[name] = fieldValue(value)
  const { action, mailbox, isServed, app, caller, client } = of
  fields.MailAction = action
  fields['c-ip'] = client
  fields.Succeeded = isServed
  const operation = action === null ? undefined : OPERATIONS[action]
  // A request that was refused opened nothing.
  if (operation !== undefined && (isServed || !isGraphReading(action))) fields.Operation = operation
  if (app !== null) fields.ClientAppId = app
  if (mailbox !== null) {
    fields.MailboxId = mailbox
    fields.MailboxOwnerUPN = mailbox
  }
  if (of.searched !== null) fields.SearchText = of.searched
  if (isGraphReading(action)) fields.ItemBytes = of.bytes
  const isApplication = caller?.startsWith('ServicePrincipal_') === true
  fields.CallerKind = isApplication ? 'application' : of.isOfService ? 'service' : 'user'
  return {
    log: 'm365-graph',
    sources,
    time: of.time,
    timeBasis: of.timeBasis,
    fields,
    raw,
    at,
    host: null,
    client,
    // A service acts for a user at its own address, which is no place of the user.
    user: of.isOfService && !isApplication ? null : caller,
    target: mailbox,
    request: null,
    session: of.session,
    ...(isSnippet ? { snippet: true } : {}),
  }
}

function timeOf(members: Members): Pick<Event, 'time' | 'timeBasis'> {
  const text = memberText(members, 'timegenerated', 'timestamp', 'time')
  return text === null ? { time: null, timeBasis: 'assumed' } : cloudTime(text)
}
