import { counted } from '../lib/amounts.ts'
import type { Identities } from './identities.ts'
import type { Logons } from './logons.ts'
import { DAY } from '../lib/time.ts'

/** Fewest accounts that make an address one of the organization's. */
const ACCOUNTS = 3

/** Addresses from which accounts log on, by what the logs say of other days. Accounts that were refused there do not count. */
export class KnownOrigins {
  /** Days (since 1970 UTC) by address and account. */
  readonly #days = new Map<string, Map<string, readonly number[]>>()

  /** What was counted before, by address and day. */
  readonly #counts = new Map<string, number>()

  /** Accounts by the address that refused them. */
  readonly #refused = new Map<string, Set<string>>()

  constructor(logons: Pick<Logons, 'served' | 'refused'>, identities: Pick<Identities, 'accountOf'>) {
    for (const { user, client, days } of logons.served()) {
      const own = this.#days.get(client) ?? new Map<string, readonly number[]>()
      this.#days.set(client, own)
      const account = identities.accountOf(user)
      own.set(account, [...(own.get(account) ?? []), ...days.map(({ day }) => day)])
    }
    for (const { user, client } of logons.refused()) {
      const own = this.#refused.get(client) ?? new Set<string>()
      this.#refused.set(client, own.add(identities.accountOf(user)))
    }
  }

  /**
   * Why an address is one from which accounts of the organization log on: three that were never refused there did so on days
   * before. Null where it is none.
   */
  before(client: string, time: number): string | null {
    const day = Math.floor(time / DAY)
    const count = this.#count(client, `${client} < ${day}`, (on) => on < day)
    return count < ACCOUNTS ? null : `${counted(count, 'account')} were served from ${client} on days before.`
  }

  /** The same, of any other days: of an address with no other sign. */
  onOtherDays(client: string, time: number): string | null {
    const day = Math.floor(time / DAY)
    const count = this.#count(client, `${client} = ${day}`, (on) => on !== day)
    if (count < ACCOUNTS) return null
    return `${counted(count, 'account')} that were not refused there were served from ${client} on other days.`
  }

  /** Accounts that were served from an address. */
  accountsAt(client: string): readonly string[] {
    return [...(this.#days.get(client)?.keys() ?? [])]
  }

  #count(client: string, key: string, is: (day: number) => boolean): number {
    let count = this.#counts.get(key)
    if (count === undefined) {
      const own = this.#days.get(client) ?? new Map<string, readonly number[]>()
      const refused = this.#refused.get(client)
      count = [...own].filter(([account, days]) => !refused?.has(account) && days.some(is)).length
      this.#counts.set(key, count)
    }
    return count
  }
}
