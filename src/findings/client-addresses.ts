import { isPrivate } from '../lib/ip.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isBackEnd, isOfTenant } from '../model/log-kinds.ts'
import { isMailboxLog } from './mailbox-names.ts'
import type { DailyShares, Share } from '../activity/daily-shares.ts'
import { isHiddenAt } from '../activity/hidden-addresses.ts'
import type { MailboxesByClient } from '../activity/mailbox-use.ts'
import type { TrafficTable } from '../activity/requests.ts'

/** Did the front end serve an account from an address? */
export type ServedAt = (account: string, address: string) => boolean

/**
 * The client of a row of the back end is the front end, which is no client, unless the address is a user's own. A tenant is reached past
 * every proxy in front of the server.
 */
export function withClient(event: Event, hidden: ReadonlySet<string>, servedAt: ServedAt = () => false): Event {
  if (isOfTenant(event.log)) return event
  if (event.client !== null && isBackEnd(event.log) && !isUsersOwn(event, servedAt)) return { ...event, client: null }
  return event.client !== null && isHiddenAt(hidden, event.client, event.time) ? behindProxy(event) : event
}

/**
 * EWS and MAPI over HTTP log the address that the front end was asked from. Of a person who came from the Internet it is
 * theirs, and one inside where the front end served them from there, or where no other account has it; of a machine account, and of requests that the front end
 * was made to send, it may be the front end's own.
 */
function isUsersOwn({ log, client, user }: Event, servedAt: ServedAt): boolean {
  if (!isMailboxLog(log) || client === null || user === null) return false
  if (user.endsWith('$') || /^(?:NT AUTHORITY\\|S-1-)/i.test(user)) return false
  return !isPrivate(client) || servedAt(user, client)
}

/** Behind a proxy the address in the row is the proxy's; the hop that it added to X-Forwarded-For replaces it where logged. */
function behindProxy(event: Event): Event {
  return { ...event, client: fieldText(event, 'forwarded-client') }
}

/**
 * What a proxy is known by, beside many programs. `share` of the front end's rows of the last days and how many addresses send it at most;
 * `answered`: the part of its requests that were answered with content (NTLM refuses two of three,
 * and guessing names or passwords gets next to none); `mailboxes`: as many as a handful of people use, where the logs name any.
 */
const PROXY = { share: 0.8, most: 2, answered: 0.2, mailboxes: 5 }

/**
 * Addresses of proxies, which hide clients: as few of the busiest as send 80 % of the front end's rows, at most two, if many
 * use them; or all addresses when all are private. One attacker may send as many rows: with one program, on few days, mostly
 * refused, or for few mailboxes. An address for which the logs name few mailboxes belongs to their users. Rows of earlier days,
 * which may be forged, neither make a proxy nor hide one.
 */
export function proxies(traffics: Traffics, mail: MailboxesByClient, days: DailyShares): ReadonlySet<string> {
  return proxiesByDay(traffics, mail, days)(null)
}

/** The same by the days up to one (since 1970), for what happened on it; null: by the last days. */
export function proxiesByDay(
  { client: clients }: Traffics,
  mail: MailboxesByClient,
  days: DailyShares,
): (day: number | null) => ReadonlySet<string> {
  const ofFew = (client: string): boolean => isOfFew(client, mail)
  let inside: ReadonlySet<string> | null = null
  return (day) => {
    const recent = day === null ? days.recent() : days.upTo(day)
    // A handful of rows says nothing about who sends them.
    if (recent === null || recent.rows < 50) return new Set()
    if (recent.outside === 0)
      return (inside ??= new Set(clients.values.filter((client) => isPrivate(client) && !ofFew(client))))
    const needed = recent.senders(PROXY.share, PROXY.most) ?? []
    const isShared = needed.every((client) => isAnswered(recent.by.get(client)!) && !ofFew(client))
    return new Set(isShared && recent.haveManyPrograms(needed) ? needed : [])
  }
}

/** Where fewer people are named at all, half of them are many. */
function isOfFew(client: string, mail: MailboxesByClient): boolean {
  const used = mail.of(client)
  return used !== null && mail.all > 1 && used < Math.min(PROXY.mailboxes, Math.ceil(mail.all / 2))
}

type Traffics = { readonly client: TrafficTable }

function isAnswered({ rows, answered }: Share): boolean {
  return answered >= PROXY.answered * rows
}
