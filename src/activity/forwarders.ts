import { greatestOf, leastOf } from '../lib/collections.ts'
import type { hopsOf } from '../parsers/exchange/logons.ts'

/**
 * What a proxy that sends X-Forwarded-For is known by, since anyone can send the header: with at most one other it sends `share` of the
 * logons, nearly all of them with the header (`named`), for `hops` clients, in half of the `time`, and a fifth is `served`, which
 * who guesses passwords does not reach.
 */
const FORWARDING = { share: 0.8, most: 2, named: 0.9, hops: 5, time: 0.5, served: 0.2, least: 50 }
/** Senders that are told apart. */
const MOST = 50_000

type Sender = { rows: number; named: number; served: number; first: number; last: number; readonly hops: Set<string> }
/** Logons of one client as one file has them. */
type Sent = {
  readonly hops: ReturnType<typeof hopsOf>
  readonly rows: number
  readonly isServed: boolean
  readonly first: number
  readonly last: number
}

/** Who sends X-Forwarded-For, by the logons of logs that have it. */
export class Forwarders {
  readonly #senders = new Map<string, Sender>()

  /** Logons of one file that has the header. */
  addFile(sent: readonly Sent[]): void {
    for (const { hops, rows, isServed, first, last } of sent) {
      const sender = this.#senderOf(hops.client)
      if (sender === null) continue
      sender.rows += rows
      if (isServed) sender.served += rows
      sender.first = Math.min(sender.first, first)
      sender.last = Math.max(sender.last, last)
      if (hops.forwarded === null) continue
      sender.named += rows
      if (sender.hops.size < FORWARDING.hops) sender.hops.add(hops.forwarded)
    }
  }

  get isAny(): boolean {
    return this.#senders.size > 0
  }

  /** The addresses of proxies among them. */
  proxies(): ReadonlySet<string> {
    const all = [...this.#senders].sort(([a, one], [b, other]) => other.rows - one.rows || (a < b ? -1 : 1))
    const total = all.reduce((sum, [, { rows }]) => sum + rows, 0)
    const busiest = all.slice(0, FORWARDING.most)
    let rows = 0
    const last = busiest.findIndex(([, sender]) => (rows += sender.rows) >= FORWARDING.share * total)
    if (total < FORWARDING.least || last < 0) return new Set()
    const ends = [all.map(([, sender]) => sender.first), all.map(([, sender]) => sender.last)] as const
    const whole = greatestOf(ends[1], 0) - leastOf(ends[0], 0)
    const needed = busiest.slice(0, last + 1)
    return new Set(needed.every(([, sender]) => isProxy(sender, whole)) ? needed.map(([client]) => client) : [])
  }

  #senderOf(client: string): Sender | null {
    const known = this.#senders.get(client)
    if (known !== undefined) return known
    if (this.#senders.size >= MOST) return null
    const sender = { rows: 0, named: 0, served: 0, first: Infinity, last: -Infinity, hops: new Set<string>() }
    this.#senders.set(client, sender)
    return sender
  }
}

function isProxy({ rows, named, served, first, last, hops }: Sender, whole: number): boolean {
  return (
    named >= FORWARDING.named * rows &&
    hops.size >= FORWARDING.hops &&
    served >= FORWARDING.served * rows &&
    last - first >= FORWARDING.time * whole
  )
}
