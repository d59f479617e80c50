import { withoutDomain } from '../../../model/account-names.ts'
import { isPerson } from '../../../activity/identities.ts'
import { counted, formatCount } from '../../../lib/amounts.ts'
import { isPrivate } from '../../../lib/ip.ts'
import { DAY, dayOf } from '../../../lib/time.ts'
import { isJustBefore } from '../../../activity/near-days.ts'
import { greatestOf } from '../../../lib/collections.ts'
import type { Event } from '../../../model/event.ts'
import { isSuccessStatus } from '../../../model/requests.ts'
import { isSuspect } from './acts.ts'
import type { Explain, ExplanationContext } from './explanation.ts'

const [ACCOUNTS, CLIENTS, DAYS] = [5, 10, 3]

/**
 * Many people use it: five accounts that were served it, or ten clients that use other parts of the server, too: accounts log on
 * there, or they are inside, and the page is used on three days. Addresses that request this page alone are no people: an
 * intruder has as many of them as he likes. People who left the page long before it was last used say nothing of who uses it then.
 */
export const people: Explain = ({ subject, found }, context) => {
  if (subject.kind !== 'page') return null
  const all = found.flatMap(({ hits }) => hits.map(({ event }) => event))
  const events = inLastDays(all)
  const accounts = accountsIn(events, context)
  const days = new Set(all.flatMap(({ time }) => (time === null ? [] : [dayOf(time)])))
  // Rows of the page that were counted and not kept may be of any of these clients.
  const unkept = found.reduce((sum, { finding: { count }, hits }) => sum + Math.max(0, count - hits.length), 0)
  const elsewhere = clientsElsewhere(events, unkept, context)
  const clients = peopleIn(elsewhere, days.size >= DAYS)
  const hasAccounts = accounts.size >= ACCOUNTS
  if ((!hasAccounts && clients === 0) || !isUsedToTheLast(events, elsewhere, context)) return null
  return {
    by: hasAccounts ? 'people' : 'many-clients',
    of: formatCount(hasAccounts ? accounts.size : clients),
    strength: 'weak',
    answers: ['use', 'name'],
    statement: hasAccounts
      ? `${counted(accounts.size, 'account')} used it.`
      : `${counted(clients, 'client')} that use other parts of the server, too, used it.`,
  }
}

/** The events of the last day, and of the days just before it. */
function inLastDays(events: readonly Event[]): readonly Event[] {
  const last = lastDayOf(events)
  return events.filter((event) => dayIn(event) === last || isJustBefore(dayIn(event), last))
}

function dayIn({ time }: Event): number {
  return time === null ? -Infinity : Math.floor(time / DAY)
}

function lastDayOf(events: readonly Event[]): number {
  return greatestOf(events.map(dayIn), -Infinity)
}

/** Accounts of persons, without a sign of their own, that were served the page after they logged on. */
function accountsIn(events: readonly Event[], context: ExplanationContext): ReadonlySet<string> {
  const accounts = new Set<string>()
  for (const { user, time, fields } of events) {
    if (user === null || time === null || !isSuccessStatus(fields['sc-status']) || !isPerson(user)) continue
    if (!isSuspect(user, time, context)) accounts.add(withoutDomain(user))
  }
  return accounts
}

/** Clients that use other parts of the server, too: accounts log on there, or they are inside. */
type Clients = {
  readonly withLogon: ReadonlySet<string>
  readonly inside: ReadonlySet<string>
  readonly accounts: ReadonlySet<string>
}

function clientsElsewhere(events: readonly Event[], unkept: number, context: ExplanationContext): Clients {
  const { knownOrigins, clients: all, logs } = context
  const requested = new Map<string, { readonly rows: Set<string>; readonly times: Map<number, number> }>()
  for (const { client, at, time } of events) {
    if (client === null) continue
    const own = requested.get(client) ?? { rows: new Set(), times: new Map<number, number>() }
    own.rows.add(`${at.path}\0${at.offset}`)
    if (time !== null) own.times.set(Math.floor(time / DAY), time)
    requested.set(client, own)
  }
  const [withLogon, inside, accounts] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const [client, { rows, times }] of requested) {
    const near = [...times.values()].flatMap((time) => knownOrigins?.accountsAt(client, time) ?? [])
    const own = near.filter((one) => !isSuspect(one, logs.last ?? 0, context))
    for (const account of own) accounts.add(account)
    if (own.length > 0) withLogon.add(client)
    else if (isPrivate(client) && (all?.find(client)?.rows ?? 0) > rows.size + unkept) inside.add(client)
  }
  return { withLogon, inside, accounts }
}

/** How many of these are people; 0 where they are too few. One account at many addresses is one of them. */
function peopleIn({ withLogon, inside, accounts }: Clients, isOften: boolean): number {
  const users = Math.min(withLogon.size, accounts.size)
  if (users >= CLIENTS) return users
  return users + inside.size >= CLIENTS && isOften ? users + inside.size : 0
}

/** Do people use it on the last day, too, on which it is used? Else the last one who does may be someone else. */
function isUsedToTheLast(
  events: readonly Event[],
  { withLogon, inside }: Clients,
  context: ExplanationContext,
): boolean {
  const last = lastDayOf(events)
  const ofLast = events.filter((event) => dayIn(event) === last)
  const isOfPeople = ({ client }: Event): boolean => client !== null && (withLogon.has(client) || inside.has(client))
  return ofLast.some(isOfPeople) || accountsIn(ofLast, context).size > 0
}
