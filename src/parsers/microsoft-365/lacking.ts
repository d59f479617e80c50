import { HOUR, hourOf } from '../../lib/time.ts'
import type { Sink } from '../parser.ts'
import { type CloudRecord, jsonListOf, jsonObjectOf, type Members, membersOf, writtenOut } from './record.ts'

// What the service writes into every record of one kind. Where it stands under another name, or not at all, what the record says is lost.
// https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema

/** What a whole record lacks; null where it has all that its kind has. */
export function lackOf({ kind, members, isCut, isPart }: CloudRecord): string | null {
  // A record that is whole but for its time is no quotation.
  if (isPart) return members.has('recordtype') && members.has('id') ? 'a time' : null
  if (isCut) return null
  if (kind === 'signin') return hasUser(members) ? null : 'an account'
  if (kind === 'audit') {
    const names = [...members.keys()]
    if (!names.some((name) => /^(?:initiatedby|actor|identity)/.test(name))) return 'who did it'
    return names.some((name) => name.startsWith('target')) ? null : 'what it was done to'
  }
  return lackOfUnified(members)
}

function hasUser(members: Members): boolean {
  const isOfService = ['serviceprincipalid', 'serviceprincipalname'].some(
    (name) => writtenOut(members.get(name)?.[1]) !== '',
  )
  return isOfService || members.has('userprincipalname') || members.has('identity')
}

function lackOfUnified(members: Members): string | null {
  // Elastic's form has a member for each value below a member: `Parameters.Identity`.
  const lacks = (name: string): boolean =>
    !members.has(name) && ![...members.keys()].some((each) => each.startsWith(`${name}.`))
  if (lacks('userid')) return 'an account'
  if (lacks('operation')) return 'an operation'
  if (lacks('workload')) return 'a workload'
  const type = writtenOut(members.get('recordtype')?.[1])
  const needed = NEEDED.find(([types]) => types.test(type))?.[1] ?? []
  const lacking = needed.find(([, names]) => names.every(lacks))
  if (lacking !== undefined) return lacking[0]
  const isOfDirectory = /^(?:8|AzureActiveDirectory)$/i.test(type)
  const operation = writtenOut(members.get('operation')?.[1])
  if (isOfDirectory && /^(?:Add|Consent)/i.test(operation) && lacks('modifiedproperties')) return 'what changed'
  const paired = OF_SIGN_INS.test(type) ? [...PAIRED, 'extendedproperties'] : PAIRED
  return paired.every((name) => arePairs(members.get(name)?.[1])) ? null : 'names and values of properties'
}

type Needed = readonly (readonly [what: string, names: readonly string[]])[]

const ADDRESS = ['an address', ['clientip', 'clientipaddress', 'client_ipaddress', 'actoripaddress']] as const
const OF_SIGN_INS = /^(?:15|AzureActiveDirectoryStsLogon)$/i
/** By the type of a record: numbers, and the names of Microsoft Graph. */
const NEEDED: readonly (readonly [RegExp, Needed])[] = [
  [/^(?:[23]|50|ExchangeItem(?:Group|Aggregated)?)$/i, [ADDRESS, ['a mailbox', ['mailboxownerupn']]]],
  [OF_SIGN_INS, [ADDRESS, ['how it was made', ['extendedproperties']]]],
  [/^(?:1|ExchangeAdmin)$/i, [['parameters', ['parameters']]]],
]

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
