import { addTo } from '../lib/collections.ts'
import type { FindingWithHits } from './findings.ts'
import { pagesNamedBy } from './joins.ts'

/** Fewest accounts, each at an address of its own. */
const USERS = 5

/** What is known of the accounts that are served at an address. */
type Served = {
  /** About the time of an act. */
  accountsAt(client: string, time: number): readonly string[]
  /** Was any served there on the days just before it? */
  isUsedBefore(client: string, time: number): boolean
}

/**
 * Marks the requests for a page that users make: the browser of each who logs on sends the password to a page that a changed logon page
 * names. These are addresses of victims. At least five accounts must be served at as many of the addresses that request the page. Where
 * nothing shows that the page takes passwords, an account must have been served at the address before: an attacker with the passwords
 * of five accounts comes from new addresses. What else is found at such an address counts as before.
 */
export function withPageUsers(found: readonly FindingWithHits[], served: Served): readonly FindingWithHits[] {
  const uses = new Map<string, FindingWithHits[]>()
  const collecting = new Set<string>()
  for (const f of found) {
    const { sign, stage, client } = f.finding
    const [isCollecting, isUse] = [stage === 'credentials', client !== null && sign.kind === 'use']
    if (!f.counts || sign.subject !== 'page' || !(isCollecting || isUse)) continue
    for (const page of pagesNamedBy(f)) {
      if (isCollecting) collecting.add(page)
      if (isUse) addTo(uses, page, f)
    }
  }
  const marked = new Set<FindingWithHits>()
  for (const [page, all] of uses) {
    const users = usersOf(all, served, collecting.has(page))
    for (const f of all) if (users.has(f.finding.client!)) marked.add(f)
  }
  return marked.size === 0 ? found : found.map((f) => (marked.has(f) ? { ...f, isPerhapsOwners: true } : f))
}

/** The addresses of users, of all that request a page; none where they are too few. */
function usersOf(uses: readonly FindingWithHits[], served: Served, isCollecting: boolean): ReadonlySet<string> {
  const byClient = Map.groupBy(uses, ({ finding }) => finding.client!)
  if (byClient.size < USERS) return new Set()
  const accounts = new Set<string>()
  const clients = new Set<string>()
  for (const [client, own] of byClient) {
    const times = own.flatMap(({ hits }) => hits.flatMap(({ event }) => event.time ?? []))
    if (!isCollecting && !times.some((time) => served.isUsedBefore(client, time))) continue
    const there = times.flatMap((time) => served.accountsAt(client, time))
    for (const account of there) accounts.add(account)
    if (there.length > 0) clients.add(client)
  }
  return Math.min(clients.size, accounts.size) < USERS ? new Set() : clients
}
