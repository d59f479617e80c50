import { addTo, greatestOf } from '../lib/collections.ts'
import { daysOf, namesAtClients, viaOn } from './front-end-logs.ts'
import { type AccountAt, type ServedDays, VIA } from './served-days.ts'

// Behind a proxy the web server logs the proxy's address, and HttpProxy the same one or that of the client behind it. Where both have
// most people at the same other addresses, these came by no proxy, whatever rows one of the two logs has besides.

/** Days up to one of which the last with enough logons says it, the share of these in HttpProxy that came directly, and their least number. */
const DIRECT = { days: 14, share: 0.5, logons: 3 }

/** On one day: accounts at addresses that HttpProxy has, and those that both logs have. */
type Counts = { proxied: number; both: number }

export class DirectClients {
  readonly #accountOf: (user: string) => string
  readonly #table: ServedDays
  readonly #accounts: readonly AccountAt[]
  /** Made when the first proxy is asked about: mostly there is none. */
  #days: Map<number, Counts> | null = null
  readonly #byClient = new Map<string, AccountAt[]>()
  /** Of addresses that were asked for, which are few, what both logs have on each day. */
  readonly #known = new Map<string, ReadonlyMap<number, Counts>>()

  constructor(accounts: Iterable<AccountAt>, table: ServedDays, accountOf: (user: string) => string) {
    this.#accountOf = accountOf
    this.#table = table
    // As they are before those behind proxies become other clients.
    this.#accounts = [...accounts]
  }

  /** Those of the proxies of a day (since 1970; null: of the last days) past which most people did not come directly. */
  withoutDirect(proxies: ReadonlySet<string>, day: number | null): ReadonlySet<string> {
    return proxies.size > 0 && this.#isMostlyDirect(proxies, day) ? new Set() : proxies
  }

  #isMostlyDirect(proxies: ReadonlySet<string>, day: number | null): boolean {
    if (!this.#table.isOfBothLogs) return false
    const days = (this.#days ??= this.#all())
    const until = day ?? greatestOf([...days.keys()], 0)
    for (let one = until; one > until - DIRECT.days; one--) {
      const counts = days.get(one)
      if (counts === undefined || counts.proxied < DIRECT.logons) continue
      // Earlier days say nothing of this one: a balancer may be new, or they were added.
      let { both } = counts
      for (const client of proxies) both -= this.#at(client).get(one)?.both ?? 0
      return both >= DIRECT.logons && both >= counts.proxied * DIRECT.share
    }
    return false
  }

  #at(client: string): ReadonlyMap<number, Counts> {
    const known = this.#known.get(client)
    if (known !== undefined) return known
    const own = new Map<number, Counts>()
    this.#count(this.#byClient.get(client) ?? [], own)
    this.#known.set(client, own)
    return own
  }

  #all(): Map<number, Counts> {
    const days = new Map<number, Counts>()
    for (const one of this.#accounts) addTo(this.#byClient, one.client, one)
    this.#count(this.#accounts, days)
    return days
  }

  #count(accounts: readonly AccountAt[], days: Map<number, Counts>): void {
    for (const { names } of namesAtClients(accounts, this.#accountOf))
      for (const day of daysOf(names)) {
        const via = viaOn(names, day, this.#table)
        if ((via & VIA.proxy) === 0) continue
        const counts = days.get(day) ?? { proxied: 0, both: 0 }
        days.set(day, counts)
        counts.proxied++
        if ((via & VIA.iis) !== 0) counts.both++
      }
  }
}
