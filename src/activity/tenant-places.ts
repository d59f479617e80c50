import { inCidr, isPrivate, networkOf } from '../lib/ip.ts'
import { type CloudRun, type CountedSignIn, isPersonOfTenant } from './cloud-audit.ts'
import { KnownDevices } from './known-devices.ts'
import { firstDayFor, type SinceOf } from './stretches.ts'
import { DAY } from '../lib/time.ts'

// From where the accounts of a tenant worked, on which days: by sign-ins that were served, and by mail that they opened.

/** Fewest active days from other networks that give an account a history to compare a new network with. */
const HISTORY = 5
/** Fewest accounts that make a network one of the organization's. */
const SHARED = 3

const NONE: ReadonlySet<string> = new Set()

/** Sign-ins of all exports, each once: of copies in several files that of the first. */
export function signInsOnce(cloud: CloudRun): readonly CountedSignIn[] {
  const once = new Map<string, CountedSignIn>()
  for (const one of cloud.signIns()) {
    const known = once.get(one.key)
    if (known === undefined || one.rows > known.rows) once.set(one.key, one)
  }
  return [...once.values()].sort((a, b) => a.first - b.first || (a.key < b.key ? -1 : 1))
}

/** The history of networks by account, and of accounts by network. */
class History {
  /** Days by account and network. */
  readonly days = new Map<string, Map<string, Set<number>>>()
  /** First day by network and account. */
  readonly accounts = new Map<string, Map<string, number>>()
  /** The first days of the first accounts, by network. */
  readonly #firsts = new Map<string, readonly number[]>()
  /** The first of all days. */
  begins = Infinity

  see(name: string, network: string, day: number): void {
    this.begins = Math.min(this.begins, day)
    const own = this.days.get(name) ?? new Map<string, Set<number>>()
    this.days.set(name, own)
    own.set(network, (own.get(network) ?? new Set()).add(day))
    const accounts = this.accounts.get(network) ?? new Map<string, number>()
    this.accounts.set(network, accounts)
    accounts.set(name, Math.min(day, accounts.get(name) ?? Infinity))
  }

  firstDays(network: string): readonly number[] {
    let days = this.#firsts.get(network)
    if (days === undefined) {
      days = [...(this.accounts.get(network)?.values() ?? [])].sort((a, b) => a - b).slice(0, SHARED)
      this.#firsts.set(network, days)
    }
    return days
  }
}

/** From where accounts are at work. */
export class TenantPlaces {
  readonly #microsoft: readonly string[]
  /** By the day from which the logs go on without a long silence: what lies before one says nothing of what came later. */
  readonly #unbroken = new Map<number, History>()
  readonly #since: SinceOf
  readonly #known = new Map<string, boolean>()
  readonly #devices: KnownDevices

  /** `networks`: of Exchange Online itself; `since`: since when the logs of the tenant go on without a long silence, up to a time. */
  constructor(
    cloud: CloudRun,
    signIns: readonly CountedSignIn[],
    networks: readonly string[],
    since: SinceOf = () => null,
  ) {
    this.#microsoft = networks
    this.#since = since
    this.#devices = new KnownDevices(signIns, (user) => user.toLowerCase())
    for (const { user, client, result, first } of signIns) if (result === 'success') this.#see(user, client, first)
    for (const { mailbox, by, client, first, graph } of cloud.cells()) {
      // A service that asks Microsoft Graph for a user does it from its own address.
      const isOfService = graph === 'graph-service' && (by === null || isPersonOfTenant(by))
      if (client !== null && !isOfService) this.#see(by ?? mailbox, client, first)
    }
    for (const { user, client, first, last } of cloud.acts()) {
      this.#see(user, client, first)
      this.#see(user, client, last)
    }
  }

  /** What explains what happens on a day: the stretch of logs in which it lies. */
  #before(day: number): History {
    const from = firstDayFor(day, this.#since)
    let history = this.#unbroken.get(from)
    if (history === undefined) this.#unbroken.set(from, (history = new History()))
    return history
  }

  /** Is it an address of a client, and not one of Exchange Online or from inside a network? */
  isOutside(client: string | null): client is string {
    if (client === null || isPrivate(client)) return false
    let is = this.#known.get(client)
    if (is === undefined) {
      is = !this.#microsoft.some((network) => inCidr(client, network))
      this.#known.set(client, is)
    }
    return is
  }

  /**
   * Did the account work from the network of this address before that day? An account that works elsewhere on five days is there on five
   * days, too, or with a device that it knew: an attacker signs in on days before he reads. On the first day of the logs, which one record
   * with an early time makes, all that it does is its own.
   */
  isOwn(account: string, client: string, time: number): boolean {
    const day = Math.floor(time / DAY)
    const { days: all, begins } = this.#before(day)
    const days = [...(all.get(account.toLowerCase())?.get(networkOf(client)) ?? [])]
    if (day <= begins) return days.includes(begins)
    const before = days.filter((one) => one < day).length
    if (before === 0 || before >= HISTORY) return before > 0
    return !this.#isKnownElsewhere(account, client) || this.#devices.isAt(account, client, time)
  }

  /** Did three accounts work from the network of this address on earlier days, or already on the first day of the logs? */
  isOfOrganization(client: string, time: number): boolean {
    const day = Math.floor(time / DAY)
    const history = this.#before(day)
    const third = history.firstDays(networkOf(client))[SHARED - 1]
    return third !== undefined && (third < day || third === history.begins)
  }

  /** Is it an address outside that is neither the account's own nor the organization's? */
  isForeign(account: string, client: string | null, time: number): client is string {
    return this.isOutside(client) && !this.isOwn(account, client, time) && !this.isOfOrganization(client, time)
  }

  /** Had no account worked from the network of this address before, as from a place of its own, other than these (in lower case)? */
  isUnused(client: string, time: number, but: ReadonlySet<string> = NONE): boolean {
    const day = Math.floor(time / DAY)
    const history = this.#before(day)
    const network = networkOf(client)
    if ((history.firstDays(network)[0] ?? Infinity) >= day) return true
    return [...(history.accounts.get(network) ?? [])].every(
      ([account, first]) => first >= day || but.has(account) || !this.isOwn(account, client, time),
    )
  }

  /**
   * First used after the first day of the logs, by an account that is active from other networks on five days, and with no device that it
   * knew from there?
   */
  isNew(account: string, client: string, time: number): boolean {
    if (this.isOwn(account, client, time) || this.isOfOrganization(client, time)) return false
    const day = Math.floor(time / DAY)
    if (day <= this.#before(day).begins) return false
    return this.#isKnownElsewhere(account, client) && !this.#devices.isAt(account, client, time)
  }

  /** Is the account active from other networks on five days, before or after? */
  #isKnownElsewhere(account: string, client: string): boolean {
    const network = networkOf(client)
    const others = new Set<number>()
    for (const { days: all } of this.#unbroken.values())
      for (const [of, days] of all.get(account.toLowerCase()) ?? []) {
        if (of !== network) for (const day of days) others.add(day)
        if (others.size >= HISTORY) return true
      }
    return false
  }

  /** Was the account not seen anywhere on a day before this one? */
  isWithoutHistory(account: string, time: number): boolean {
    const day = Math.floor(time / DAY)
    return [...(this.#before(day).days.get(account.toLowerCase())?.values() ?? [])].every((days) =>
      [...days].every((one) => one >= day),
    )
  }

  #see(account: string, client: string, time: number): void {
    if (!this.isOutside(client)) return
    const [name, network, day] = [account.toLowerCase(), networkOf(client), Math.floor(time / DAY)]
    this.#before(day).see(name, network, day)
  }
}
