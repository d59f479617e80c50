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
    const network = networkOf(client)
    const own = this.#byAccount.get(this.#nameOf(account)) ?? []
    return own.some(
      (one) =>
        one.first <= time &&
        networkOf(one.client) === network &&
        isKnownElsewhere(one, network, own) &&
        !goesOnElsewhere(one, network, own),
    )
  }
}

function isKnownElsewhere(one: CountedSignIn, network: string, all: readonly CountedSignIn[]): boolean {
  const day = Math.floor(one.first / DAY)
  const days = new Set<number>()
  for (const { device, system, client, first } of all)
    if (device === one.device && system === one.system && networkOf(client) !== network)
      days.add(Math.floor(first / DAY))
  return [...days].filter((other) => other < day).length >= HISTORY
}

/** Does another network use its session, too, after it began here? */
function goesOnElsewhere(one: CountedSignIn, network: string, all: readonly CountedSignIn[]): boolean {
  const isSame = ({ session, client, last }: CountedSignIn): boolean =>
    session === one.session && networkOf(client) !== network && last >= one.first
  return one.session !== '' && all.some(isSame)
}
