import { canonicalIp, isPrivate } from '../../lib/ip.ts'
import type { FieldValue } from '../../model/event.ts'
import { remembered } from '../common/lines.ts'
import { type MutableFields } from './values.ts'
import { SECURITY, MANAGEMENT } from './channels.ts'

// Roles as in the functions below, with places in a list of values instead of names of fields; -1: not there.
export type Roles = {
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

export function rolesOf(
  channel: string,
  service: string | null,
  id: number,
  slots: ReadonlyMap<string, number>,
): Roles {
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

export function firstBy(slots: readonly number[], values: readonly FieldValue[]): string | null {
  for (let i = 0; i < slots.length; i++) {
    const value = said(values[slots[i]!])
    if (value !== null) return value
  }
  return null
}

export function userBy(accounts: readonly Account[], values: readonly FieldValue[]): string | null {
  for (let i = 0; i < accounts.length; i++) {
    const { name, domain } = accounts[i]!
    const user = said(values[name])
    if (user !== null) return inDomain(user, domain < 0 ? null : said(values[domain]))
  }
  return null
}

export function sessionBy(roles: Roles, values: readonly FieldValue[]): string | null {
  const id = firstBy(roles.session, values)
  if (id !== null) return bareGuid(id)
  for (let i = 0; i < roles.logon.length; i++) {
    const session = logonSession(said(values[roles.logon[i]!]))
    if (session !== null) return session
  }
  return null
}

export function clientBy(roles: Roles, values: readonly FieldValue[]): string | null {
  const address = firstBy(roles.address, values)
  if (address !== null) return addressOf(address)
  if (roles.initiated.length === 0 || roles.source.length === 0) return null
  const source = firstBy(roles.initiated, values)?.toLowerCase() === 'false' ? firstBy(roles.source, values) : null
  return source === null ? null : addressOf(source)
}

const addressOf = remembered((address: string) => canonicalIp(address))

/** A value that says something, as text; `-` and the empty text do not. */
function said(value: FieldValue | undefined): string | null {
  if (value === undefined || value === null || typeof value === 'object') return null
  const text = typeof value === 'string' ? value.trim() : String(value)
  return text === '' || text === '-' ? null : text
}

/** The first of the fields that says something. */
function first(fields: MutableFields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = said(fields[name])
    if (value !== null) return value
  }
  return null
}

const LOGONS = new Set([4624, 4625, 4634, 4647, 4648, 4768, 4769, 4770, 4771, 4776, 4778, 4779])

export function eventUser(channel: string | null, fields: MutableFields): string | null {
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

function account(fields: MutableFields, whose: 'Subject' | 'Target'): string | null {
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

export function eventSession(fields: MutableFields): string | null {
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

// The last is that of an event of ASP.NET.
const ADDRESSES = [
  'IpAddress',
  'SourceNetworkAddress',
  'ClientAddress',
  'Source Network Address',
  'UserHostAddress',
] as const

export function eventClient(fields: MutableFields): string | null {
  const address = first(fields, ...ADDRESSES)
  if (address) {
    const client = canonicalIp(address)
    // An error of Exchange's back end names the front end as its client.
    const isFrontEnd = client !== null && isPrivate(client) && isOfBackEnd(first(fields, 'RequestUrl'))
    return isFrontEnd ? null : client
  }
  // A connection that came from outside: the other end is the client.
  const initiated = first(fields, 'Initiated')?.toLowerCase()
  const source = initiated === 'false' ? first(fields, 'SourceIp') : null
  return source ? canonicalIp(source) : null
}

function isOfBackEnd(url: string | null): boolean {
  return url !== null && /^https:\/\/[^/?#]{1,255}:444(?:[/?#]|$)/i.test(url)
}

export function targetOf(id: number, service: string | null, fields: MutableFields): string | null {
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
