import { canonicalIp, isPrivate } from '../lib/ip.ts'
import { type Event, textOf } from '../model/event.ts'
import { isBackEnd } from '../model/log-kinds.ts'
import type { TrafficTable } from '../activity/requests.ts'

/** The client of a row of the back end is the front end, which is nobody's address, unless it is a user's own. */
export function withClient(event: Event, hidden: ReadonlySet<string>): Event {
  if (event.client !== null && isBackEnd(event.log) && !isUsersOwn(event)) return { ...event, client: null }
  return event.client !== null && hidden.has(event.client) ? behindProxy(event) : event
}

/**
 * EWS and MAPI over HTTP log the address that the front end was asked from. Of a person who came from the Internet it is
 * theirs; of a machine account, and of requests that the front end was made to send, it may be the front end's own.
 */
function isUsersOwn({ log, client, user }: Event): boolean {
  if ((log !== 'ews' && log !== 'mapihttp') || client === null || isPrivate(client)) return false
  return user !== null && !user.endsWith('$') && !/^(?:NT AUTHORITY\\|S-1-)/i.test(user)
}

/** Behind a proxy the address in the row is the proxy's; the hop that it added to X-Forwarded-For replaces it where logged. */
function behindProxy(event: Event): Event {
  const hop = textOf(event, 'x-forwarded-for')?.split(',').at(-1)?.replaceAll('+', ' ')
  return { ...event, client: hop ? canonicalIp(hop) : null }
}

/** The share of the front end's rows from which on an address can only be a proxy's, and how many share it at most. */
const PROXIED = { share: 0.8, most: 2 }

/**
 * Addresses of proxies, which hide clients: as few of the busiest as send 80 % of the front end's rows, at most two; or all
 * addresses when all are private.
 */
export function proxies(traffic: TrafficTable): ReadonlySet<string> {
  const clients = new Map(traffic.values.map((client, i) => [client, traffic.of(i).rows]))
  const total = [...clients.values()].reduce((sum, n) => sum + n, 0)
  // A handful of rows says nothing about who sends them.
  if (total < 50) return new Set()
  if ([...clients.keys()].every(isPrivate)) return new Set(clients.keys())
  const busiest = [...clients].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, PROXIED.most)
  let rows = 0
  const needed = busiest.findIndex(([, n]) => (rows += n) >= PROXIED.share * total)
  return new Set(busiest.slice(0, needed + 1).map(([client]) => client))
}
