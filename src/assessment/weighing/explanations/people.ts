import { withoutDomain } from '../../../model/account-names.ts'
import { isPerson } from '../../../activity/identities.ts'
import { counted, formatCount } from '../../../lib/amounts.ts'
import { isPrivate } from '../../../lib/ip.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Event } from '../../../model/event.ts'
import { isSuccessStatus } from '../../../model/requests.ts'
import { isSuspect } from './acts.ts'
import type { Explain, ExplanationContext } from './explanation.ts'

const [ACCOUNTS, CLIENTS, DAYS] = [5, 10, 3]

/**
 * Many people use it: five accounts that were served it, or ten clients that use other parts of the server, too: accounts log on
 * there, or they are inside, and the page is used on three days. Addresses that request this page alone are no people: an
 * intruder has as many of them as he likes.
 */
export const people: Explain = ({ subject, found }, context) => {
  if (subject.kind !== 'page') return null
  const events = found.flatMap(({ hits }) => hits.map(({ event }) => event))
  const accounts = accountsIn(events, context)
  const clients = clientsElsewhere(events, context)
  const hasAccounts = accounts.size >= ACCOUNTS
  if (!hasAccounts && clients === 0) return null
  return {
    by: hasAccounts ? 'people' : 'many-clients',
    of: formatCount(hasAccounts ? accounts.size : clients),
    strength: 'weak',
    answers: ['use', 'name'],
    says: hasAccounts
      ? `${counted(accounts.size, 'account')} used it.`
      : `${counted(clients, 'client')} that use other parts of the server, too, used it.`,
  }
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

/**
 * How many clients of the page use other parts of the server; 0 where they are too few to be people. One account at many addresses
 * is one of them.
 */
function clientsElsewhere(events: readonly Event[], context: ExplanationContext): number {
  const { knownOrigins, clients: all, logs } = context
  const requested = new Map<string, Set<string>>()
  for (const { client, at } of events)
    if (client !== null) requested.set(client, (requested.get(client) ?? new Set()).add(`${at.path}\0${at.offset}`))
  const accounts = new Set<string>()
  let [withLogon, inside] = [0, 0]
  for (const [client, rows] of requested) {
    const own = (knownOrigins?.accountsAt(client) ?? []).filter((one) => !isSuspect(one, logs.last ?? 0, context))
    for (const account of own) accounts.add(account)
    if (own.length > 0) withLogon++
    else if (isPrivate(client) && (all?.find(client)?.rows ?? 0) > rows.size) inside++
  }
  const users = Math.min(withLogon, accounts.size)
  if (users >= CLIENTS) return users
  const days = new Set(events.flatMap(({ time }) => (time === null ? [] : [dayOf(time)])))
  return users + inside >= CLIENTS && days.size >= DAYS ? users + inside : 0
}
