import { isPerson } from './identities.ts'
import type { DeviceTally } from '../model/scan.ts'
import { WIDTH } from './counted-accounts.ts'
import { isOneUse } from './near-days.ts'
import type { Place } from '../model/event.ts'
import { deviceUser, OF_PROXY, REFUSED } from '../parsers/exchange/active-sync.ts'

// Which mobile device (ActiveSync) asked for whose mailbox, since when, and from where first: requests that were served to a user
// are counted by user and device. A device of the organization is in every row of its owner, so that what is new shows by its first
// request. Telephones change their address from hour to hour: of each device only the first is kept.

/** Uses of one device that are told apart: the last ones, since those of long before explain nothing. */
const USES = 50
/** Users with a device in all files. */
const MOST = 200_000

/** A device at a mailbox, from a first request to a last one: after more than eleven days of silence it is another use. */
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

type Use = Omit<{ -readonly [K in keyof DeviceUse]: DeviceUse[K] }, 'rows'> & {
  readonly rows: [iis: number, proxy: number]
}
/** Rows of one device in one file. */
type Rows = {
  readonly counts: Float64Array
  /** Where its numbers begin. */
  readonly i: number
  readonly client: string
  readonly path: string
  readonly sha256: string
}

/** Requests of mobile devices in all files. */
export class Devices {
  readonly #uses = new Map<string, Use[]>()
  /** Requests that were refused for their password. */
  readonly #refused = new Map<string, Use[]>()
  /** By what they are counted by. */
  readonly #known = new Map<string, Device>()
  /** By the digest of each file its path, of copies the first: they come in any order. */
  readonly #paths = new Map<string, string>()
  /** Devices that only logs have that explain nothing. */
  readonly #beside = new Set<string>()
  /** Made once all files are added. */
  #byDevice: ReadonlyMap<string, readonly Use[]> | null = null
  #allUses: readonly DeviceUse[] | null = null
  beyond = 0

  get isEmpty(): boolean {
    return this.#uses.size === 0
  }

  /** A file that is there twice is counted once; `isBeside`: of a log that explains nothing only devices count that no other log has. */
  addFile(tally: DeviceTally | undefined, path: string, sha256: string, isBeside = false): void {
    if (!tally) return
    this.#byDevice = this.#allUses = null
    const other = this.#paths.get(sha256)
    if (other === undefined || path < other) this.#paths.set(sha256, path)
    if (other !== undefined) return
    this.beyond += tally.beyond
    const { values, counts, clients } = tally
    for (let n = 0; n < values.length; n++)
      this.#add(this.#deviceOf(values[n]!), { counts, i: n * WIDTH, client: clients[n]!, path, sha256 }, isBeside)
  }

  /** What a value says: most values of a file are those of the file before it. */
  #deviceOf(value: string): Device {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const device = new Device(value)
    if (this.#known.size < MOST) this.#known.set(value, device)
    return device
  }

  #add(device: Device, more: Rows, isBeside: boolean): void {
    const { key } = device
    const uses = device.isRefused ? this.#refused : this.#uses
    const known = uses.get(key)
    if (isBeside && known !== undefined && !this.#beside.has(key)) return
    if (known === undefined) {
      if (isBeside) this.#beside.add(key)
      if (!device.isOfPerson) return
      if (uses.size >= MOST) {
        if (!device.isRefused) this.beyond += more.counts[more.i]!
        return
      }
    }
    const [one] = known ?? []
    // Nearly always its one use goes on.
    if (known?.length === 1 && isOneUse(one!, { first: more.counts[more.i + 2]!, last: more.counts[more.i + 3]! }))
      addRows(one!, device, more)
    else uses.set(key, withUse(known ?? [], useOf(device, more)))
  }

  /** When the first request of any device was served; null where none was. */
  get begins(): number | null {
    let first = Infinity
    for (const uses of this.#uses.values()) for (const use of uses) first = Math.min(first, use.first)
    return Number.isFinite(first) ? first : null
  }

  /**
   * When a device was first served, whosever mailbox it asked for: of its uses that last until this time, or are later. Infinite
   * where there is none.
   */
  firstOf(device: string, until: number): number {
    this.#byDevice ??= Map.groupBy([...this.#uses.values()].flat(), (use) => use.device)
    const at = { first: until, last: until }
    const own = this.#byDevice.get(device) ?? []
    return own.reduce(
      (least, use) => (use.last >= until || isOneUse(use, at) ? Math.min(least, use.first) : least),
      Infinity,
    )
  }

  /** In an order that does not depend on that of the files. */
  uses(): readonly DeviceUse[] {
    return (this.#allUses ??= this.#inOrder(this.#uses))
  }

  /** Devices that were refused for the password of a mailbox, in such an order. */
  refused(): readonly DeviceUse[] {
    return this.#inOrder(this.#refused)
  }

  #inOrder(uses: ReadonlyMap<string, readonly DeviceUse[]>): readonly DeviceUse[] {
    return [...uses]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, own]) =>
        own
          .toSorted((a, b) => a.first - b.first)
          .map((use) => ({ ...use, at: { ...use.at, path: this.#paths.get(use.sha256)! } })),
      )
  }
}

/** What a value says by which devices are counted: see parsers/exchange/active-sync.ts. */
class Device {
  /** User and device; the rest of the value is the kind of log. */
  readonly key: string
  readonly user: string
  readonly device: string
  readonly isProxyLog: boolean
  readonly isRefused: boolean
  readonly isOfPerson: boolean

  constructor(value: string) {
    const [user, device, kind] = deviceUser(value)
    this.key = value.slice(0, value.lastIndexOf('\0'))
    this.user = user
    this.device = device
    this.isProxyLog = (kind & OF_PROXY) !== 0
    this.isRefused = (kind & REFUSED) !== 0
    this.isOfPerson = isPerson(user)
  }
}

function useOf({ user, device, isProxyLog }: Device, { counts, i, client, path, sha256 }: Rows): Use {
  const rows = counts[i]!
  return {
    mailbox: user,
    device,
    client,
    rows: isProxyLog ? [0, rows] : [rows, 0],
    content: counts[i + 1]!,
    first: counts[i + 2]!,
    last: counts[i + 3]!,
    isProxyLog,
    at: { path, offset: counts[i + 4]!, length: counts[i + 5]!, line: counts[i + 6]! },
    sha256,
  }
}

/** Adds rows to a use: what they say of the first row counts where they are before it. */
function addRows(to: Use, device: Device, more: Rows): void {
  const { counts, i } = more
  if (counts[i + 2]! <= to.first) return addUse(to, useOf(device, more))
  to.rows[device.isProxyLog ? 1 : 0] += counts[i]!
  to.content += counts[i + 1]!
  to.last = Math.max(to.last, counts[i + 3]!)
}

/** Uses of one device with another one, which may be a part of one or join several. */
function withUse(uses: readonly Use[], more: Use): Use[] {
  const apart = uses.filter((use) => !isOneUse(use, more))
  for (const use of uses) if (isOneUse(use, more)) addUse(more, use)
  return [...apart, more].sort((a, b) => b.last - a.last).slice(0, USES)
}

function addUse(to: Use, { rows, content, first, last, client, isProxyLog, at, sha256 }: DeviceUse): void {
  to.rows[0] += rows[0]
  to.rows[1] += rows[1]
  to.content += content
  to.last = Math.max(to.last, last)
  const seen = { first, client, isProxyLog, at, sha256 }
  if (first <= to.first && isEarlier(seen, to)) Object.assign(to, seen)
}

type Seen = Pick<DeviceUse, 'first' | 'at' | 'sha256'>

/** Of rows at the same time the one that is first in its file; of two files it does not matter which, but always the same. */
function isEarlier(a: Seen, b: Seen): boolean {
  if (a.first !== b.first) return a.first < b.first
  return a.sha256 === b.sha256 ? a.at.offset < b.at.offset : a.sha256 < b.sha256
}
