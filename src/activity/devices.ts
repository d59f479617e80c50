import { isPerson } from './identities.ts'
import type { Named } from '../prefilter/value-ids.ts'
import type { DeviceTally } from '../model/scan.ts'
import type { Place } from '../model/event.ts'
import { deviceUser, OF_PROXY, REFUSED } from '../parsers/exchange/active-sync.ts'

// Which mobile device (ActiveSync) asked for whose mailbox, since when, and from where first: requests that were served to a user
// are counted by user and device. A device of the organization is in every row of its owner, so that what is new shows by its first
// request. Telephones change their address from hour to hour: of each device only the first is kept.

/** Numbers of what is counted in a file: rows, those that fetch content, first and last time, and offset, length and line of the first row. */
export const WIDTH = 7
/** Users with a device that are counted in a file, and of all files. */
const MOST = { file: 50_000, run: 200_000 }
const BEYOND = -1

/** Requests of mobile devices in one file. */
export class FileDevices {
  readonly #values: string[] = []
  readonly #clients: string[] = []
  readonly #counts: number[] = []
  #beyond = 0

  /** The number of a value that is not there yet. */
  append({ value }: Named): number {
    if (this.#values.length >= MOST.file) return BEYOND
    this.#counts.push(0, 0, Infinity, -Infinity, Infinity, 0, 0)
    this.#clients.push('')
    return this.#values.push(value) - 1
  }

  /** A row of it: the first is remembered. */
  see(number: number, client: string, { offset, length, line }: Place): void {
    const at = number * WIDTH
    if (number < 0 || offset >= this.#counts[at + 4]!) return
    this.#counts[at + 4] = offset
    this.#counts[at + 5] = length
    this.#counts[at + 6] = line ?? 0
    this.#clients[number] = client
  }

  add(number: number, rows: number, content: number, first: number, last: number): void {
    if (number < 0) {
      this.#beyond += rows
      return
    }
    const counts = this.#counts
    const at = number * WIDTH
    counts[at]! += rows
    counts[at + 1]! += content
    if (first < counts[at + 2]!) counts[at + 2] = first
    if (last > counts[at + 3]!) counts[at + 3] = last
  }

  /** As plain data, in the order of the first rows; null where there was no such row. */
  tally(): DeviceTally | null {
    if (this.#values.length === 0 && this.#beyond === 0) return null
    const offset = (i: number): number => this.#counts[i * WIDTH + 4]!
    const order = [...this.#values.keys()].sort((a, b) => offset(a) - offset(b))
    const counts = new Float64Array(order.length * WIDTH)
    for (const [to, from] of order.entries())
      for (let i = 0; i < WIDTH; i++) counts[to * WIDTH + i] = this.#counts[from * WIDTH + i]!
    return {
      values: order.map((i) => this.#values[i]!),
      counts,
      clients: order.map((i) => this.#clients[i]!),
      beyond: this.#beyond,
    }
  }
}

/** A device at a mailbox. */
export type DeviceUse = {
  /** As the rows have it. */
  readonly mailbox: string
  readonly device: string
  /** Whence the first request came; empty where no row tells. */
  readonly client: string
  /** Rows of IIS, and of HttpProxy: a request has one in each of the two logs. */
  readonly rows: readonly [iis: number, proxy: number]
  /** Rows that ask for content: what else there is sets up the device. */
  readonly content: number
  readonly first: number
  readonly last: number
  readonly isProxyLog: boolean
  /** The first row. */
  readonly at: Place
  readonly sha256: string
}

type Numbers = readonly [number, number, number, number, number, number, number]
type Changing<T> = { -readonly [K in keyof T]: T[K] }

/** Requests of mobile devices in all files. */
export class Devices {
  readonly #uses = new Map<string, Changing<DeviceUse>>()
  /** Requests that were refused for their password. */
  readonly #refused = new Map<string, Changing<DeviceUse>>()
  /** By the digest of each file its path, of copies the first: they come in any order. */
  readonly #paths = new Map<string, string>()
  beyond = 0

  get isEmpty(): boolean {
    return this.#uses.size === 0
  }

  /** A file that is there twice is counted once. */
  addFile(tally: DeviceTally | undefined, path: string, sha256: string): void {
    if (!tally) return
    const other = this.#paths.get(sha256)
    if (other === undefined || path < other) this.#paths.set(sha256, path)
    if (other !== undefined) return
    this.beyond += tally.beyond
    for (const [i, value] of tally.values.entries()) {
      const counts = tally.counts.subarray(i * WIDTH, (i + 1) * WIDTH)
      const [rows, content, first, last, offset, length, line] = counts as unknown as Numbers
      // User and device; what stands behind them tells the kind of log.
      const key = value.slice(0, value.lastIndexOf('\0'))
      const [user, device, kind] = deviceUser(value)
      const isProxyLog = (kind & OF_PROXY) !== 0
      const uses = (kind & REFUSED) === 0 ? this.#uses : this.#refused
      let use = uses.get(key)
      if (use === undefined) {
        if (!isPerson(user)) continue
        if (uses.size >= MOST.run) {
          if (uses === this.#uses) this.beyond += rows
          continue
        }
        const nobody = { rows: [0, 0], content: 0, first: Infinity, last: -Infinity } as const
        use = { mailbox: user, device, client: '', isProxyLog, at: { path, offset: 0, length: 0 }, sha256, ...nobody }
        uses.set(key, use)
      }
      use.rows = isProxyLog ? [use.rows[0], use.rows[1] + rows] : [use.rows[0] + rows, use.rows[1]]
      use.content += content
      if (last > use.last) use.last = last
      if (first > use.first) continue
      const seen = { first, client: tally.clients[i]!, isProxyLog, at: { path, offset, length, line }, sha256 }
      if (isEarlier(seen, use)) Object.assign(use, seen)
    }
  }

  /** When the first request of any device was served; null where none was. */
  get begins(): number | null {
    let first = Infinity
    for (const use of this.#uses.values()) first = Math.min(first, use.first)
    return Number.isFinite(first) ? first : null
  }

  /** When each device was first served, whosever mailbox it asked for. */
  firsts(): ReadonlyMap<string, number> {
    const firsts = new Map<string, number>()
    for (const { device, first } of this.#uses.values())
      firsts.set(device, Math.min(firsts.get(device) ?? Infinity, first))
    return firsts
  }

  /** In an order that does not depend on that of the files. */
  uses(): readonly DeviceUse[] {
    return this.#inOrder(this.#uses)
  }

  /** Devices that were refused for the password of a mailbox, in such an order. */
  refused(): readonly DeviceUse[] {
    return this.#inOrder(this.#refused)
  }

  #inOrder(uses: ReadonlyMap<string, DeviceUse>): readonly DeviceUse[] {
    return [...uses]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, use]) => ({ ...use, at: { ...use.at, path: this.#paths.get(use.sha256)! } }))
  }
}

type Seen = Pick<DeviceUse, 'first' | 'at' | 'sha256'>

/** Of rows at the same time the one that is first in its file; of two files it does not matter which, but always the same. */
function isEarlier(a: Seen, b: Seen): boolean {
  if (a.first !== b.first) return a.first < b.first
  return a.sha256 === b.sha256 ? a.at.offset < b.at.offset : a.sha256 < b.sha256
}
