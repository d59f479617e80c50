import { isPerson } from './identities.ts'
import { isLoopback } from './lib/ip.ts'
import { isoTime } from './lib/time.ts'
import type { DeviceTally, Event, FieldValue, Place } from './model.ts'
import type { RowLayout, RowTaker } from './parsers/parser.ts'

// Which mobile device (ActiveSync) asked for whose mailbox, from where and since when: rows of the front end that were served
// to a user are counted, be they events or taken off the lines before. One device of a house is in every row of its owner,
// so that what is new shows by the first of them alone.

/** Numbers of a device at a mailbox: mailbox, device, first and last time. */
export const PAIR = 4
/** Numbers of it at one address: device at mailbox, client, rows of IIS, rows of HttpProxy, rows that fetch content, first and last time, file, offset, length and line of the first row. */
export const USE = 11
const LONGEST = 128
const MOST = {
  file: { mailboxes: 50_000, devices: 50_000, pairs: 50_000, clients: 100_000, uses: 100_000, files: 1 },
  run: { mailboxes: 200_000, devices: 200_000, pairs: 200_000, clients: 500_000, uses: 500_000, files: 100_000 },
} as const
/** Addresses of one device at one mailbox that are told apart. */
const ADDRESSES = 24

/** A device at a mailbox, from one address. */
export type DeviceUse = {
  /** As the rows have it. */
  readonly mailbox: string
  readonly device: string
  readonly type: string | null
  readonly client: string
  readonly rows: number
  /** Rows that ask for content: what else there is sets up the device. */
  readonly content: number
  readonly first: number
  readonly last: number
  readonly isProxyLog: boolean
  readonly at: Place
  readonly sha256: string
}

/** One row of a device. */
type Row = {
  readonly user: string
  readonly query: string
  readonly client: string
  readonly time: number
  readonly isProxyLog: boolean
  readonly at: Pick<Place, 'offset' | 'length' | 'line'>
}

export class Devices {
  readonly #most: (typeof MOST)['file' | 'run']
  readonly #mailboxes: string[] = []
  readonly #devices: string[] = []
  readonly #clients: string[] = []
  /** First time of each client. */
  readonly #since: number[] = []
  readonly #pairs: number[] = []
  /** How many addresses of each pair are told apart. */
  readonly #addresses: number[] = []
  readonly #uses: number[] = []
  readonly #files: { readonly path: string; readonly sha256: string }[] = []
  readonly #digests = new Set<string>()
  readonly #numbers = new Map<string, number>()
  readonly #pairAt = new Map<number, number>()
  readonly #useAt = new Map<number, number>()
  #beyond = 0
  #beyondClients = 0

  constructor(of: 'file' | 'run') {
    this.#most = MOST[of]
  }

  get isEmpty(): boolean {
    return this.#pairs.length === 0
  }

  /** An event: the request of a device to the front end. */
  event({ log, fields, client, time, at, snippet }: Event): void {
    const isProxyLog = log.startsWith('httpproxy-')
    if (snippet || time === null || client === null || (!isProxyLog && log !== 'iis-frontend')) return
    const query = textOf(fields['cs-uri-query'])
    if (!isOfDevice(query) || !isServed(textOf(fields['sc-status']))) return
    this.#row({ user: textOf(fields['cs-username']), query, client, time, isProxyLog, at })
  }

  /** Counts the rows that a taker takes, where their layout can hold such requests. */
  beside(taker: RowTaker, layout: RowLayout): RowTaker {
    return layout.isRequests && columnsOf(layout) !== null ? new DeviceRows(taker, layout, this) : taker
  }

  taken(row: Row): void {
    this.#row(row)
  }

  /** A file that is there twice is counted once. */
  addFile(tally: DeviceTally | undefined, path: string, sha256: string): void {
    if (!tally || this.#digests.has(sha256)) return
    this.#digests.add(sha256)
    const { mailboxes, devices, clients, since, pairs, uses } = tally
    const file = this.#files.length < this.#most.files ? this.#files.push({ path, sha256 }) - 1 : -1
    const of = (pair: number): readonly [string, string] => [
      mailboxes[pairs[pair * PAIR]!]!,
      devices[pairs[pair * PAIR + 1]!]!,
    ]
    for (let pair = 0; pair * PAIR < pairs.length; pair++)
      this.#pairOf(...of(pair), pairs[pair * PAIR + 2]!, pairs[pair * PAIR + 3]!)
    for (const [i, client] of clients.entries()) this.#clientOf(client, since[i]!)
    for (let i = 0; i < uses.length; i += USE) {
      const [pair, client, iis, proxy, content, first, last, , offset, length, line] = uses.slice(i, i + USE)
      const to = this.#pairOf(...of(pair!), first!, last!)
      const at = { offset: offset!, length: length!, line: line! }
      this.#use(to, this.#clientOf(clients[client!]!, first!), [iis!, proxy!, content!], first!, last!, file, at)
    }
    this.#beyond += tally.beyond
    this.#beyondClients += tally.beyondClients
  }

  /** As plain data; null where there was no such row. */
  tally(): DeviceTally | null {
    if (this.#pairs.length === 0 && this.#beyond === 0) return null
    return {
      mailboxes: this.#mailboxes,
      devices: this.#devices,
      clients: this.#clients,
      since: this.#since,
      pairs: this.#pairs,
      uses: this.#uses,
      beyond: this.#beyond,
      beyondClients: this.#beyondClients,
    }
  }

  /** When the first request of any device was served; null where none was. */
  get begins(): number | null {
    let first = Infinity
    for (let i = 0; i < this.#pairs.length; i += PAIR) first = Math.min(first, this.#pairs[i + 2]!)
    return Number.isFinite(first) ? first : null
  }

  /** When each device was first served, whosever mailbox it asked for. */
  firsts(): ReadonlyMap<string, number> {
    const firsts = new Map<string, number>()
    for (let i = 0; i < this.#pairs.length; i += PAIR) {
      const device = nameOf(this.#devices[this.#pairs[i + 1]!]!)
      firsts.set(device, Math.min(firsts.get(device) ?? Infinity, this.#pairs[i + 2]!))
    }
    return firsts
  }

  /** When a device was first served at this address; null where none was, undefined where that is not known. */
  since(client: string): number | null | undefined {
    const number = this.#numbers.get(`c${client}`)
    return number === undefined ? (this.#beyondClients > 0 ? undefined : null) : this.#since[number]!
  }

  *uses(): Generator<DeviceUse> {
    const uses = this.#uses
    for (let i = 0; i < uses.length; i += USE) {
      const pair = uses[i]! * PAIR
      const file = this.#files[uses[i + 7]!]
      if (!file) continue
      const device = this.#devices[this.#pairs[pair + 1]!]!
      yield {
        mailbox: this.#mailboxes[this.#pairs[pair]!]!,
        device: nameOf(device),
        type: device.split('\0')[1] || null,
        client: this.#clients[uses[i + 1]!]!,
        // A request has a row in each of the two logs.
        rows: Math.max(uses[i + 2]!, uses[i + 3]!),
        content: uses[i + 4]!,
        first: uses[i + 5]!,
        last: uses[i + 6]!,
        isProxyLog: uses[i + 3]! > 0,
        at: { path: file.path, offset: uses[i + 8]!, length: uses[i + 9]!, line: uses[i + 10]! },
        sha256: file.sha256,
      }
    }
  }

  /** May the device have asked for the mailbox from more addresses than are told apart? */
  isWhole(mailbox: string, device: string): boolean {
    for (let pair = 0; pair < this.#addresses.length; pair++)
      if (
        this.#addresses[pair]! >= ADDRESSES &&
        this.#mailboxes[this.#pairs[pair * PAIR]!] === mailbox &&
        nameOf(this.#devices[this.#pairs[pair * PAIR + 1]!]!) === device
      )
        return false
    return this.#beyond === 0
  }

  /** Rows that are not told apart. */
  get beyond(): number {
    return this.#beyond
  }

  #row({ user, query, client, time, isProxyLog, at }: Row): void {
    if (user === '' || user === '-' || !isPerson(user) || isLoopback(client)) return
    const device = valueIn(query, 'DeviceId')
    if (device === '') return
    const type = valueIn(query, 'DeviceType')
    const isContent = CONTENT.test(valueIn(query, 'Cmd'))
    const pair = this.#pairOf(user.slice(0, LONGEST).toLowerCase(), `${device.toLowerCase()}\0${type}`, time, time)
    const rows = [isProxyLog ? 0 : 1, isProxyLog ? 1 : 0, isContent ? 1 : 0] as const
    this.#use(pair, this.#clientOf(client, time), rows, time, time, 0, at)
  }

  #pairOf(mailbox: string, device: string, first: number, last: number): number {
    const [owner, own] = [
      this.#numberOf('m', mailbox, this.#mailboxes, this.#most.mailboxes),
      this.#numberOf('d', device, this.#devices, this.#most.devices),
    ]
    if (owner < 0 || own < 0) return -1
    const key = owner * 1_048_576 + own
    let pair = this.#pairAt.get(key)
    if (pair === undefined) {
      if (this.#addresses.length >= this.#most.pairs) return -1
      pair = this.#addresses.push(0) - 1
      this.#pairAt.set(key, pair)
      this.#pairs.push(owner, own, first, last)
    }
    const at = pair * PAIR
    this.#pairs[at + 2] = Math.min(this.#pairs[at + 2]!, first)
    this.#pairs[at + 3] = Math.max(this.#pairs[at + 3]!, last)
    return pair
  }

  #clientOf(client: string, since: number): number {
    const number = this.#numberOf('c', client, this.#clients, this.#most.clients)
    if (number < 0) this.#beyondClients++
    else this.#since[number] = Math.min(this.#since[number] ?? Infinity, since)
    return number
  }

  #use(
    pair: number,
    client: number,
    rows: readonly [iis: number, proxy: number, content: number],
    first: number,
    last: number,
    file: number,
    { offset, length, line }: Row['at'],
  ): void {
    const key = pair * 1_048_576 + client
    let at = pair < 0 || client < 0 ? -1 : this.#useAt.get(key)
    if (at === undefined) {
      at = -1
      if (this.#addresses[pair]! < ADDRESSES && this.#useAt.size < this.#most.uses) {
        this.#addresses[pair]!++
        at = this.#uses.length
        this.#useAt.set(key, at)
        this.#uses.push(pair, client, 0, 0, 0, first, last, file, offset, length, line ?? 0)
      }
    }
    if (at < 0) {
      this.#beyond += rows[0] + rows[1]
      return
    }
    const uses = this.#uses
    for (const [i, n] of rows.entries()) uses[at + 2 + i]! += n
    uses[at + 6] = Math.max(uses[at + 6]!, last)
    if (first >= uses[at + 5]!) return
    uses[at + 5] = first
    for (const [i, n] of [file, offset, length, line ?? 0].entries()) uses[at + 7 + i] = n
  }

  #numberOf(kind: string, text: string, list: string[], most: number): number {
    const key = kind + text
    let number = this.#numbers.get(key)
    if (number !== undefined) return number
    if (list.length >= most) return -1
    number = list.push(text) - 1
    this.#numbers.set(key, number)
    return number
  }
}

/** Commands that fetch content; the others set up the device, wait, or send. */
const CONTENT = /^(?:sync|itemoperations|search|find|getattachment)$/i

/** As devices write it (`DeviceId`, `DeviceID`): one search that hardly costs anything finds their rows. */
const SIGN = 'DeviceI'

function isOfDevice(query: string): boolean {
  return query.includes(SIGN)
}

function isServed(status: string): boolean {
  return status === '200'
}

const PARTS = {
  DeviceId: /(?:^|[?&])DeviceId=([^&;#\s]{1,64})/i,
  DeviceType: /(?:^|[?&])DeviceType=([^&;#\s]{1,64})/i,
  Cmd: /(?:^|[?&])Cmd=([^&;#\s]{1,64})/i,
} as const

function valueIn(query: string, name: keyof typeof PARTS): string {
  return PARTS[name].exec(query)?.[1] ?? ''
}

function nameOf(device: string): string {
  return device.split('\0')[0]!
}

function textOf(value: FieldValue | undefined): string {
  const one = Array.isArray(value) ? (value as readonly (string | number)[])[0] : value
  return typeof one === 'string' ? one : typeof one === 'number' ? String(one) : ''
}

/** Where the values of a device stand in rows of a layout; null where not all are there. */
function columnsOf({ columns }: RowLayout): readonly [query: number, user: number, status: number] | null {
  const of = (names: readonly string[]): number => columns.findIndex((column) => names.includes(column))
  const found = [
    of(['cs-uri-query', 'UrlQuery']),
    of(['cs-username', 'AuthenticatedUser']),
    of(['sc-status', 'HttpStatus']),
  ] as const
  return found.includes(-1) ? null : found
}

const LF = 10
const CR = 13
const QUOTE = 34

/** Counts the rows of devices among those that another taker takes: it looks for their sign and reads these rows once more. */
class DeviceRows implements RowTaker {
  readonly #taker: RowTaker
  readonly #layout: RowLayout
  readonly #devices: Devices
  readonly #columns: readonly [query: number, user: number, status: number]
  readonly #logs = new Map<string, string>()

  constructor(taker: RowTaker, layout: RowLayout, devices: Devices) {
    this.#taker = taker
    this.#layout = layout
    this.#devices = devices
    this.#columns = columnsOf(layout)!
  }

  get end(): number {
    return this.#taker.end
  }

  take(buffer: Buffer, from: number, to: number, base: number, number: number): number {
    const rows = this.#taker.take(buffer, from, to, base, number)
    if (rows > 0) this.#count(buffer.subarray(0, this.#taker.end), from, base, number)
    return rows
  }

  finish(): void {
    this.#taker.finish()
  }

  #count(taken: Buffer, from: number, base: number, number: number): void {
    let [counted, line] = [from, number]
    for (let sign = taken.indexOf(SIGN, from); sign >= 0; sign = taken.indexOf(SIGN, counted)) {
      const start = taken.lastIndexOf(LF, sign) + 1
      for (let at = taken.indexOf(LF, counted); at >= 0 && at < start; at = taken.indexOf(LF, at + 1)) line++
      const end = taken.indexOf(LF, sign)
      this.#row(taken, start, end < 0 ? taken.length : end, base, line)
      if (end < 0) return
      counted = end + 1
      line++
    }
  }

  #row(buffer: Buffer, start: number, end: number, base: number, line: number): void {
    const stop = buffer[end - 1] === CR ? end - 1 : end
    const values = this.#split(buffer.toString('latin1', start, stop))
    const { time, client: clientAt, context } = this.#layout
    const [query, user, status] = this.#columns.map((column) => this.#value(values, column)) as [string, string, string]
    if (clientAt < 0 || !isOfDevice(query) || !isServed(status)) return
    const log = this.#logOf(context.map((column) => values[column] ?? ''))
    const isProxyLog = log.startsWith('httpproxy-')
    const client = this.#layout.clientOf(this.#value(values, clientAt))
    const at = 'stamp' in time ? values[time.stamp] : `${values[time.day]} ${values[time.clock]}`
    const when = isoTime(at ?? '')
    if (client === null || when === null || (!isProxyLog && log !== 'iis-frontend')) return
    this.#devices.taken({
      user,
      query: isProxyLog ? query.replace(/^\?/, '') : query,
      client,
      time: when,
      isProxyLog,
      at: { offset: base + start, length: Math.min(end + 1, buffer.length) - start, line },
    })
  }

  #value(values: readonly string[], column: number): string {
    const value = values[column] ?? ''
    return value === this.#layout.empty ? '' : value
  }

  #split(row: string): readonly string[] {
    const delimiter = String.fromCharCode(this.#layout.delimiter)
    if (!this.#layout.quoted || !row.includes('"')) return row.split(delimiter)
    const values: string[] = []
    for (let at = 0; at <= row.length; ) {
      const isQuoted = row.charCodeAt(at) === QUOTE
      const close = isQuoted ? row.indexOf('"', at + 1) : row.indexOf(delimiter, at)
      const to = close < 0 ? row.length : close
      values.push(row.slice(isQuoted ? at + 1 : at, to))
      at = to + (isQuoted ? 2 : 1)
    }
    return values
  }

  #logOf(values: readonly string[]): string {
    const key = values.join('\0')
    let log = this.#logs.get(key)
    if (log === undefined) {
      if (this.#logs.size > 1_000) this.#logs.clear()
      this.#logs.set(key, (log = this.#layout.contextOf(values)?.log ?? ''))
    }
    return log
  }
}
