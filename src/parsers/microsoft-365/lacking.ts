import { HOUR, hourOf } from '../../lib/time.ts'
import type { Sink } from '../parser.ts'
import { canonicalIp } from '../../lib/ip.ts'
import { isRefusedSignIn } from '../../model/sign-ins.ts'
import {
  type CloudRecord,
  jsonListOf,
  jsonObjectOf,
  type Members,
  membersOf,
  memberText,
  propertiesOf,
  writtenOut,
} from './record.ts'
import { recordSession } from './unified.ts'

// What the service writes into every record of one kind. Where it stands under another name, or not at all, what the record says is lost.
// https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema

/** What a whole record lacks; null where it has all that its kind has. */
export function lackOf({ kind, members, isCut, isPart }: CloudRecord): string | null {
  // A record that is whole but for its time is no quotation.
  if (isPart) return members.has('recordtype') && members.has('id') ? 'a time' : null
  if (isCut) return null
  if (kind === 'signin') return lackOfSignIn(members)
  if (kind === 'audit') {
    const names = [...members.keys()]
    if (!names.some((name) => /^(?:initiatedby|actor|identity)/.test(name))) return 'who did it'
    return names.some((name) => name.startsWith('target')) ? null : 'what it was done to'
  }
  return lackOfUnified(members)
}

/** As Entra writes it: of a user it has an address, and each has a result. */
function lackOfSignIn(members: Members): string | null {
  const text = (name: string): string => writtenOut(members.get(name)?.[1])
  if (['serviceprincipalid', 'serviceprincipalname'].some((name) => isValue(text(name)))) return null
  if (!['userprincipalname', 'identity', 'userid'].some((name) => isValue(text(name)))) return 'an account'
  const address = memberText(members, 'ipaddress', 'calleripaddress')
  if (address === null || !isAddressLike(address)) return 'an address'
  const status = members.get('status')?.[1]
  const inner = jsonObjectOf(status)
  const code = members.get('resulttype')?.[1] ?? (inner === null ? null : membersOf(inner).get('errorcode')?.[1])
  if (code === undefined || code === null) return isValue(writtenOut(status)) && inner === null ? null : 'a result'
  return NUMBER.test(writtenOut(code)) || /^success$/i.test(writtenOut(code)) ? null : 'a result'
}

function lackOfUnified(members: Members): string | null {
  const type = writtenOut(members.get('recordtype')?.[1])
  const own = NEEDED.find(([types]) => types.test(type))?.[1]
  const lacking = [...(own === undefined ? COMMON : NAMED), ...(own ?? [])].find(
    ([, names, isWhole]) => !names.some((name) => isThere(members, name, isWhole)),
  )
  if (lacking !== undefined) return lacking[0]
  const operation = writtenOut(members.get('operation')?.[1])
  if (OF_DIRECTORY.test(type)) {
    if (CHANGING.test(operation) && !isThere(members, 'modifiedproperties', isOfChange(operation)))
      return 'what changed'
    if (!isAddress(members, REGISTERED.test(operation))) return 'an address'
  }
  if (isRefusedSignIn(operation) && !RESULTS.some((name) => isThere(members, name, isResult))) return 'a result'
  const application = applicationOf(type, members)
  if (application !== null && !isIdOrNone(application)) return 'an application'
  if (hasEmptySession(type, members, operation)) return 'a session'
  const paired = OF_SIGN_INS.test(type) ? [...PAIRED, 'extendedproperties'] : PAIRED
  return paired.every((name) => arePairs(members.get(name)?.[1])) ? null : 'names and values of properties'
}

/** Elastic's form has a member for each value below a member: `Parameters.Identity`. */
function isThere(members: Members, name: string, isWhole: (value: unknown) => boolean): boolean {
  const member = members.get(name)
  if (member === undefined) return [...members.keys()].some((each) => each.startsWith(`${name}.`))
  return isWhole(member[1])
}

function applicationOf(type: string, members: Members): string | null {
  if (OF_MAIL.test(type)) return memberText(members, 'clientappid', 'appid')
  return OF_SIGN_INS.test(type) ? memberText(members, 'applicationid') : null
}

type Who = Readonly<Record<'user' | 'client' | 'mailbox' | 'session', string | null>>

/** Has a record of mail what each has, of who did it from where? `isOfSession`: it names a session. */
export function isWholeMail({ user, client, mailbox, session }: Who, isOfSession: boolean): boolean {
  return client !== null && [user, mailbox, ...(isOfSession ? [session] : [])].every((text) => isValue(text ?? ''))
}

type Needed = readonly (readonly [what: string, names: readonly string[], isWhole: (value: unknown) => boolean])[]

const NUMBER = /^\d{1,9}$/
const OF_DIRECTORY = /^(?:8|AzureActiveDirectory)$/i
export const OF_MAIL = /^(?:[23]|50|ExchangeItem(?:Group|Aggregated)?)$/i
const OF_SIGN_INS = /^(?:15|AzureActiveDirectoryStsLogon)$/i
const RESULTS = ['errornumber', 'logonerror']
const ADDRESS: Needed[number] = [
  'an address',
  ['clientip', 'clientipaddress', 'client_ipaddress', 'actoripaddress'],
  isClient,
]
const COMMON: Needed = [
  // Some services write an empty one.
  ['an account', ['userid'], () => true],
  ['an operation', ['operation'], isText],
  ['a workload', ['workload'], isText],
]
const NAMED: Needed = [['an account', ['userid'], isText], ...COMMON]
/** By the type of a record: numbers, and the names of Microsoft Graph. */
const NEEDED: readonly (readonly [RegExp, Needed])[] = [
  [OF_MAIL, [ADDRESS, ['a mailbox', ['mailboxownerupn'], isText]]],
  [OF_SIGN_INS, [ADDRESS, ['how it was made', ['extendedproperties'], holdsPairs]]],
  [/^(?:1|ExchangeAdmin)$/i, [['parameters', ['parameters'], holdsSomething]]],
  [OF_DIRECTORY, []],
]

/** Is a text that stands in a record a value, and not what stands where there is none, or was written over one? */
function isValue(text: string): boolean {
  return !/^(?:-*|(.)\1{3,})$/.test(text)
}

function isText(value: unknown): boolean {
  return isValue(writtenOut(value))
}

function isClient(value: unknown): boolean {
  return typeof value === 'string' && isAddressLike(value)
}

function isAddressLike(text: string): boolean {
  return canonicalIp(text) !== null || /^\[?[\da-f]{0,4}[.:][\da-f.:]+/i.test(text)
}

/** Is a session named by a sign-in, or by a record of mail, and its value is none? The service leaves out the name, too. */
function hasEmptySession(type: string, members: Members, operation: string): boolean {
  if (OF_MAIL.test(type)) return members.has('sessionid') && !isValue(recordSession(members) ?? '')
  if (!/^UserLoggedIn$/i.test(operation)) return false
  const named = propertiesOf(members.get('deviceproperties')?.[1]).find(({ name }) => /^sessionid$/i.test(name))
  return named !== undefined && !isValue(named.value)
}

/**
 * The address of a change of the directory: the service leaves it out, and writes none that is no address. An empty one it writes of what
 * administrators and services change, and not of what a user registers or consents to.
 */
function isAddress(members: Members, isOfUser: boolean): boolean {
  const values = ['clientip', 'actoripaddress'].flatMap((name) => (members.has(name) ? [members.get(name)![1]] : []))
  const texts = values.map(writtenOut).filter((text) => !/^(?:-|<null>)?$/.test(text))
  return texts.every(isAddressLike) && (texts.length > 0 || !isOfUser || values.length === 0)
}

/** Changes of the directory that say what changed; of some the list is empty. */
const CHANGING = /^(?:Add|Consent)/i
const FILLED = /^(?:Consent|Add (?:app role|delegated|OAuth|owner|service principal))/i

function isOfChange(operation: string): (value: unknown) => boolean {
  return FILLED.test(operation) ? holdsPairs : () => true
}

/** What users do for themselves. */
const REGISTERED = /^(?:User (?:registered|changed)|Regist|Consent|Add registered)/i

function isResult(value: unknown): boolean {
  const text = writtenOut(value)
  return isValue(text) && /^(?:\d{1,9}|[A-Za-z][\w ]{3,})$/.test(text)
}

/** Is the id of an application empty, or one? */
export function isIdOrNone(text: string): boolean {
  return text === '' || (/^[\w{}-]{8,}$/.test(text) && isValue(text))
}

function holdsSomething(value: unknown): boolean {
  const list = jsonListOf(value)
  return list === null ? isText(value) && writtenOut(value) !== '{}' : list.length > 0
}

/** Has a list pairs, and names in them? Elastic has an object with the names. */
function holdsPairs(value: unknown): boolean {
  const names = propertiesOf(value).map(({ name }) => name)
  return names.length === 0
    ? holdsSomething(value) && jsonListOf(value) === null && jsonObjectOf(value) === null
    : names.some(isValue)
}

/** Lists of which each object has a name and a value; rows with these are read one by one. */
const PAIRED = ['parameters', 'modifiedproperties']

export function isPaired(members: Members): boolean {
  return PAIRED.some((name) => members.has(name))
}

/** Are the objects of a list names with their values? */
function arePairs(value: unknown): boolean {
  return (jsonListOf(value) ?? []).every((item) => {
    const object = jsonObjectOf(item)
    if (object === null) return true
    const members = membersOf(object)
    const has = (...names: readonly string[]): boolean => names.some((name) => members.has(name))
    return has('name', 'displayname', 'key') && has('value', 'newvalue')
  })
}

/** Hours that are kept apart. */
const MOST = 2_000

/** Records that lack something: the hours in which they lie are uncovered. */
export class LackingRecords {
  readonly #hours = new Set<number>()
  #first: { readonly offset: number; readonly line: number; readonly lack: string } | null = null
  #count = 0
  #isAnywhere = false

  see(
    record: CloudRecord,
    time: number | null,
    { offset, line }: { readonly offset: number; readonly line: number },
  ): void {
    const lack = lackOf(record)
    if (lack === null) return
    this.#count++
    this.#first ??= { offset, line, lack }
    if (time === null || this.#hours.size === MOST) this.#isAnywhere = true
    else this.#hours.add(hourOf(time))
  }

  report(sink: Sink): void {
    if (this.#first === null) return
    const { offset, line, lack } = this.#first
    const detail = `${this.#count} ${this.#count === 1 ? 'record' : 'records'} without what the service writes into each, the first without ${lack}`
    const gap = { offset, length: 0, reason: 'corrupt' as const, detail, line }
    if (this.#isAnywhere) return sink.gap({ ...gap, between: { after: null, before: null } })
    const hours = [...this.#hours].sort((a, b) => a - b)
    for (const [i, from] of hours.entries()) {
      if (hours[i - 1] === from - 1) continue
      let to = from
      for (let next = i + 1; hours[next] === to + 1; next++) to++
      sink.gap({ ...gap, between: { after: from * HOUR, before: to * HOUR } })
    }
  }
}
