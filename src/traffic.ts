import { iso } from './lib/time.ts'
import type { ClientTraffic, Fields, Finding, Scan, Traffic } from './model.ts'

/** How many numbers stand for a client: rows, first and last time, statuses (2xx to 5xx), bytes. */
const WIDTH = 8

/** What clients asked for, by the number of each client: flat, since there may be a hundred thousand of a file. */
export class TrafficTable {
  readonly clients: string[] = []
  /** Eight numbers each; times are NaN where no row has one. */
  readonly counts: number[] = []
  readonly #numbers = new Map<string, number>()
  readonly #most: number

  constructor(most = Infinity) {
    this.#most = most
  }

  /** The number of a client; -1 for those beyond the most that are counted. */
  numberOf(client: string): number {
    let number = this.#numbers.get(client)
    if (number !== undefined) return number
    number = this.clients.length
    if (number >= this.#most) return -1
    this.#numbers.set(client, number)
    this.clients.push(client)
    this.counts.push(0, Number.NaN, Number.NaN, 0, 0, 0, 0, 0)
    return number
  }

  /** Counts eight numbers more of a client, as they stand in `from` at `at`. */
  add(number: number, from: readonly number[] | Float64Array, at: number): void {
    const { counts } = this
    const to = number * WIDTH
    this.#see(to, from[at + 1]!, from[at + 2]!)
    counts[to] = counts[to]! + from[at]!
    for (let i = 3; i < WIDTH; i++) counts[to + i] = counts[to + i]! + from[at + i]!
  }

  /** Counts what the clients of a file asked for. */
  addFile({ clients, traffic }: Pick<Scan, 'clients' | 'traffic'>): void {
    for (const [i, client] of clients.entries()) this.add(this.numberOf(client), traffic, i * WIDTH)
  }

  /** One request more, whose row has these fields. */
  addRow(number: number, fields: Fields, time: number | null): void {
    const { counts } = this
    const to = number * WIDTH
    const { 'sc-status': status, 'sc-bytes': bytes } = fields
    counts[to]!++
    if (typeof status === 'number' && status >= 200 && status < 600) counts[to + 1 + Math.floor(status / 100)]!++
    if (typeof bytes === 'number' && bytes > 0) counts[to + 7]! += bytes
    if (time !== null) this.#see(to, time, time)
  }

  /** Null for a client that asked for nothing. */
  find(client: string): Traffic | null {
    const number = this.#numbers.get(client)
    return number === undefined ? null : this.of(number)
  }

  of(number: number): Traffic {
    const [rows, first, last, ok, moved, refused, failed, bytes] = this.counts.slice(
      number * WIDTH,
      (number + 1) * WIDTH,
    )
    const timeOf = (time: number | undefined): number | null => (Number.isNaN(time) ? null : time!)
    return {
      rows: rows!,
      first: timeOf(first),
      last: timeOf(last),
      statuses: [ok!, moved!, refused!, failed!],
      bytes: bytes!,
    }
  }

  #see(to: number, first: number, last: number): void {
    const { counts } = this
    if (!(counts[to + 1]! <= first) && !Number.isNaN(first)) counts[to + 1] = first
    if (!(counts[to + 2]! >= last) && !Number.isNaN(last)) counts[to + 2] = last
  }
}

/** Clients of findings that are told with all that they asked for. */
const TOLD = 1_000

/** What else the clients of findings did: those with most findings first. */
export function clientsOf(findings: readonly Finding[], traffic: TrafficTable): readonly ClientTraffic[] {
  const own = Map.groupBy(findings, ({ client }) => client)
  return [...own]
    .flatMap(([client, of]): ClientTraffic[] => {
      const asked = client === null ? null : traffic.find(client)
      if (client === null || asked === null) return []
      const found = of.reduce((sum, { count }) => sum + count, 0)
      const ids = of.map(({ id }) => id)
      return [{ client, findings: ids, found, ...asked, first: iso(asked.first), last: iso(asked.last) }]
    })
    .sort((a, b) => b.findings.length - a.findings.length || b.found - a.found || (a.client < b.client ? -1 : 1))
    .slice(0, TOLD)
}
