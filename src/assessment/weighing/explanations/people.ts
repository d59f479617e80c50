import { counted, formatCount } from '../../../lib/amounts.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Explain } from './explanation.ts'

const [ACCOUNTS, CLIENTS, DAYS] = [5, 10, 3]

/** Many people use it: five accounts, or ten clients over three days. */
export const people: Explain = ({ subject, found }) => {
  if (subject.kind !== 'page') return null
  const events = found.flatMap(({ hits }) => hits.map(({ event }) => event))
  const accounts = new Set(events.flatMap(({ user }) => user ?? []))
  const clients = new Set(events.flatMap(({ client }) => client ?? []))
  const days = new Set(events.flatMap(({ time }) => (time === null ? [] : [dayOf(time)])))
  if (accounts.size < ACCOUNTS && (clients.size < CLIENTS || days.size < DAYS)) return null
  const hasAccounts = accounts.size >= ACCOUNTS
  return {
    by: hasAccounts ? 'people' : 'many-clients',
    of: formatCount(hasAccounts ? accounts.size : clients.size),
    strength: 'weak',
    answers: ['use', 'name'],
    says: hasAccounts
      ? `${counted(accounts.size, 'account')} used it.`
      : `${counted(clients.size, 'client')} used it on ${counted(days.size, 'day')}.`,
  }
}
