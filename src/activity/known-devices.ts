import { networkOf } from '../lib/ip.ts'
import { DAY } from '../lib/time.ts'
import type { CountedSignIn } from './cloud-audit.ts'

/** An account that signed in with a device on at least this many days knows it. */
const HISTORY = 5

/**
 * Devices that Entra registered, by the accounts that sign in with them. An account that brings a device which it has used for days to
 * another network works there itself. A stolen token has the number of the device, too: where a session goes on at another network, its
 * device says nothing.
 */
export class KnownDevices {
  readonly #byAccount: ReadonlyMap<string, readonly CountedSignIn[]>
  readonly #nameOf: (account: string) => string
  /** By account and network since when a known device is there. */
  readonly #since = new Map<string, ReadonlyMap<string, number>>()

  /** `nameOf`: one name for all names of an account. */
  constructor(signIns: Iterable<CountedSignIn>, nameOf: (account: string) => string) {
    this.#nameOf = nameOf
    this.#byAccount = Map.groupBy(
      [...signIns].filter(({ device, result }) => device !== '' && result === 'success'),
      ({ user }) => nameOf(user),
    )
  }

  /** Had the account signed in from the network of this address, until this time, with a device that it knew from other networks? */
  isAt(account: string, client: string, time: number): boolean {
    const name = this.#nameOf(account)
    let since = this.#since.get(name)
    if (since === undefined) this.#since.set(name, (since = broughtTo(this.#byAccount.get(name) ?? [])))
    return time >= (since.get(networkOf(client)) ?? Infinity)
  }
}

/** Since when each network has a device that one account knew from others. */
function broughtTo(signIns: readonly CountedSignIn[]): ReadonlyMap<string, number> {
  const sessions = new Map<string, Session>()
  for (const { session, client, last } of signIns) {
    const own = sessions.get(session) ?? new Session()
    sessions.set(session, own)
    own.see(networkOf(client), last)
  }
  const [days, since] = [new Map<string, DeviceDays>(), new Map<string, number>()]
  for (const { device, system, session, client, first } of [...signIns].sort((a, b) => a.first - b.first)) {
    const [key, network, day] = [`${device}\0${system}`, networkOf(client), Math.floor(first / DAY)]
    const own = days.get(key) ?? new DeviceDays()
    days.set(key, own)
    const goesOnElsewhere = session !== '' && sessions.get(session)!.lastBeside(network) >= first
    if (!since.has(network) && !goesOnElsewhere && own.elsewhereBefore(network, day) >= HISTORY)
      since.set(network, first)
    own.see(network, day)
  }
  return since
}

/** The last time of a session at the network that has it last, and at any other. */
class Session {
  #network = ''
  #last = -Infinity
  #beside = -Infinity

  see(network: string, time: number): void {
    if (network === this.#network) this.#last = Math.max(this.#last, time)
    else if (time > this.#last) {
      this.#beside = this.#last
      this.#network = network
      this.#last = time
    } else this.#beside = Math.max(this.#beside, time)
  }

  /** The last time at another network than this one. */
  lastBeside(network: string): number {
    return network === this.#network ? this.#beside : this.#last
  }
}

/** Days of a device in order, each with its network; null where it had several. */
class DeviceDays {
  readonly #days = new Map<number, string | null>()
  /** Days on which it was nowhere else, by network. */
  readonly #onlyAt = new Map<string, number>()

  see(network: string, day: number): void {
    const known = this.#days.get(day)
    if (known === network || known === null) return
    if (known === undefined) this.#onlyAt.set(network, (this.#onlyAt.get(network) ?? 0) + 1)
    else this.#onlyAt.set(known, this.#onlyAt.get(known)! - 1)
    this.#days.set(day, known === undefined ? network : null)
  }

  /** On how many days before this one it was at another network. */
  elsewhereBefore(network: string, day: number): number {
    const today = this.#days.get(day)
    const isElsewhereToday = today !== undefined && today !== network
    return this.#days.size - (this.#onlyAt.get(network) ?? 0) - (isElsewhereToday ? 1 : 0)
  }
}
