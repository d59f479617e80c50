import { counted } from '../lib/amounts.ts'
import type { Identities } from './identities.ts'
import type { Logons, Refused } from './logons.ts'
import { explains, type Witness } from './witness.ts'
import type { ServedAccount, ServedDay } from './served-days.ts'
import { DAY } from '../lib/time.ts'
import { isJustBefore, isNear } from './near-days.ts'

type Days = Witness & { readonly key: string; readonly is: (day: number) => boolean }

/** Fewest accounts that make an address one of the organization's. */
const ACCOUNTS = 3

/** Addresses from which accounts log on, by what the logs say of other days. Accounts that were refused there do not count. */
export class KnownOrigins {
  readonly #accountOf: (user: string) => string
  readonly #logons: Pick<Logons, 'frontEndDays'>
  readonly #served: ReadonlyMap<string, readonly ServedAccount[]>
  readonly #refused: ReadonlyMap<string, readonly Pick<Refused, 'user'>[]>
  /** Of an address, once it was asked for: days (since 1970 UTC) by account. */
  readonly #days = new Map<string, ReadonlyMap<string, readonly ServedDay[]>>()

  /** What was counted before, by address and day. */
  readonly #counts = new Map<string, number>()

  /** The first day that explains what happens on it or later. */
  readonly #begins: number

  /** `from`: since when the logs that an assessment needs go on without a break. What lies before explains nothing of what came later. */
  constructor(
    logons: Pick<Logons, 'served' | 'refused' | 'frontEndDays'>,
    identities: Pick<Identities, 'accountOf'>,
    from: number | null = null,
  ) {
    this.#begins = from === null ? -Infinity : Math.floor(from / DAY)
    this.#accountOf = (user) => identities.accountOf(user)
    this.#logons = logons
    this.#served = Map.groupBy(logons.served(), ({ client }) => client)
    this.#refused = Map.groupBy(logons.refused(), ({ client }) => client)
  }

  #daysAt(client: string): ReadonlyMap<string, readonly ServedDay[]> {
    const known = this.#days.get(client)
    if (known !== undefined) return known
    const own = Map.groupBy(this.#served.get(client) ?? [], ({ user }) => this.#accountOf(user))
    const days = new Map([...own].map(([account, all]) => [account, all.flatMap((one) => one.days)] as const))
    this.#days.set(client, days)
    return days
  }

  /**
   * Why an address is one from which accounts of the organization log on: three that were never refused there did so on the days
   * just before. Null where it is none.
   */
  before(client: string, time: number, witness: Witness = {}): string | null {
    const day = Math.floor(time / DAY)
    const least = this.#leastFor(day)
    const is = (on: number): boolean => isJustBefore(on, day) && on >= least
    const count = this.#count(client, { key: `< ${day}`, is, ...witness })
    return count < ACCOUNTS ? null : `${counted(count, 'account')} were served from ${client} on days before.`
  }

  /** The same, of the days before and after: of an address with no other sign. */
  onOtherDays(client: string, time: number, witness: Witness = {}): string | null {
    const day = Math.floor(time / DAY)
    const least = this.#leastFor(day)
    const is = (on: number): boolean => isNear(on, day) && on >= least
    const count = this.#count(client, { key: `= ${day}`, is, ...witness })
    if (count < ACCOUNTS) return null
    return `${counted(count, 'account')} that were not refused there were served from ${client} on other days.`
  }

  #leastFor(day: number): number {
    return day >= this.#begins ? this.#begins : -Infinity
  }

  isServedAt(account: string, client: string): boolean {
    return (
      this.#daysAt(client)
        .get(account)
        ?.some(({ isBeside }) => !isBeside) ?? false
    )
  }

  /** Accounts that were served from an address on the day of an act or near it, by more than tables of events. */
  accountsAt(client: string, time: number): readonly string[] {
    const [own, act] = [[...this.#daysAt(client)], Math.floor(time / DAY)]
    const counts = (served: ServedDay): boolean =>
      this.#says(served, {}) && (served.day === act || isNear(served.day, act))
    return own.flatMap(([account, days]) => (days.some(counts) ? [account] : []))
  }

  /** Was any account served from an address on the days just before that of an act? */
  isUsedBefore(client: string, time: number): boolean {
    const day = Math.floor(time / DAY)
    const least = this.#leastFor(day)
    const counts = (served: ServedDay): boolean =>
      this.#says(served, {}) && isJustBefore(served.day, day) && served.day >= least
    return [...this.#daysAt(client).values()].some((days) => days.some(counts))
  }

  #says(served: ServedDay, witness: Witness): boolean {
    return explains(served, witness, () => this.#logons.frontEndDays())
  }

  #count(client: string, { key, is, ...witness }: Days): number {
    const known = `${client} ${key} ${witness.byTables} ${witness.byMail}`
    let count = this.#counts.get(known)
    if (count === undefined) {
      const refused = new Set(this.#refused.get(client)?.map(({ user }) => this.#accountOf(user)))
      const counts = (served: ServedDay): boolean => is(served.day) && this.#says(served, witness)
      const own = [...this.#daysAt(client)]
      count = own.filter(([account, days]) => !refused.has(account) && days.some(counts)).length
      this.#counts.set(known, count)
    }
    return count
  }
}
