import { networkOf } from '../lib/ip.ts'
import { DAY } from '../lib/time.ts'
import { isOutside, type Logons } from './logons.ts'
import { daysBefore, isJustBefore } from './near-days.ts'
import type { LogonRow, ServedAccount, ServedDay } from './served-days.ts'
import { explains, isOfMailAlone, type Witness, witnessOf } from './witness.ts'

/** Served accounts by one of their properties. */
type ServedBy = ReadonlyMap<string, readonly ServedAccount[]>

/** Accounts of one origin that make guessing of their refusals, and a group of people of their logons. */
export const MANY_ACCOUNTS = 10

/** Who was served, by address, by account and by network; most servers have no guessing, and need none of them. */
export class ServedIndex {
  readonly #of: (user: string) => string
  readonly #from: number
  readonly #all: readonly ServedAccount[]
  readonly #frontEnd: () => ReadonlySet<number>
  /** Of addresses that were asked for. */
  readonly #ofMailAlone = new Map<string, boolean>()
  #byClient: ServedBy | null = null
  #byAccount: ServedBy | null = null
  #byNetwork: ServedBy | null = null
  /** Days on which logs of the server's series have any logon. */
  #days: ReadonlySet<number> | null = null

  constructor(logons: Pick<Logons, 'believed' | 'frontEndDays'>, of: (user: string) => string, from: number | null) {
    this.#frontEnd = () => logons.frontEndDays()
    this.#of = of
    this.#from = from ?? -Infinity
    this.#all = logons.believed()
  }

  get byClient(): ServedBy {
    return (this.#byClient ??= Map.groupBy(this.#all, ({ client }) => client))
  }

  get byAccount(): ServedBy {
    return (this.#byAccount ??= Map.groupBy(this.#all, ({ user }) => this.#of(user)))
  }

  get byNetwork(): ServedBy {
    return (this.#byNetwork ??= Map.groupBy(this.#all, ({ client }) => networkOf(client)))
  }

  /** Does any log have logons of the days just before this one? */
  isAnyBefore(day: number): boolean {
    this.#days ??= new Set(this.#all.flatMap(({ logDays }) => logDays))
    const known = this.#days
    return daysBefore(day).some((one) => known.has(one))
  }

  /** How many of the days before this one have logons. */
  daysBefore(day: number): number {
    this.#days ??= new Set(this.#all.flatMap(({ logDays }) => logDays))
    return [...this.#days].filter((one) => one < day).length
  }

  /** Since when days explain what happened at this time. */
  since(time: number): number {
    return time >= this.#from ? this.#from : -Infinity
  }

  /** What may explain these rows of addresses. */
  witness(rows: readonly Pick<LogonRow, 'log' | 'isOfTable'>[], clients: Iterable<string>): Witness {
    const witness = witnessOf(rows)
    const isAlone = witness.byMail && [...clients].some((client) => isOutside(client) && this.#isOfMailAlone(client))
    return isAlone ? { ...witness, byMail: false } : witness
  }

  /** Does no log of the front end have any of many accounts that are served there? Of ten people at work one asks it for something. */
  #isOfMailAlone(client: string): boolean {
    const known = this.#ofMailAlone.get(client)
    if (known !== undefined) return known
    const served = this.byClient.get(client) ?? []
    const isAlone =
      new Set(served.map(({ user }) => this.#of(user))).size >= MANY_ACCOUNTS &&
      served.every((one) => one.otherDays.length === one.logDays.length - one.besideDays.length)
    this.#ofMailAlone.set(client, isAlone)
    return isAlone
  }

  /** Was the account served at the address on days that lead to this time? */
  isHome(account: string, client: string, time: number, witness: Witness): boolean {
    const days = this.told(this.of(account, client), witness, this.since(time))
    return days.some(({ day }) => isJustBefore(day, Math.floor(time / DAY)))
  }

  /** The days that explain something, from a time on. */
  told(served: readonly ServedAccount[], witness: Witness, since: number): readonly ServedDay[] {
    return served.flatMap(({ days }) =>
      days.filter((day) => day.last >= since && explains(day, witness, this.#frontEnd)),
    )
  }

  /** As `isOfMailAlone` has it. */
  isOfMailAlone(day: ServedDay, witness: Witness): boolean {
    return isOfMailAlone(day, witness, this.#frontEnd)
  }

  of(account: string, client: string): readonly ServedAccount[] {
    return (this.byAccount.get(account) ?? []).filter((one) => one.client === client)
  }
}
