import { isProxyLog, type KnownLogKind } from '../model/log-kinds.ts'
import type { Place } from '../model/event.ts'

// On which days which account was served from which address. There are hundreds of thousands of such days, so that their numbers are
// stored flat, and objects are made of those only that are looked at.

/** Where a logon stands: the first row of it in the first file that has one; `isOfDevice`: of a mobile device. */
export type LogonRow = {
  readonly log: KnownLogKind
  readonly at: Place
  readonly sha256: string
  readonly time: number
  /** Of a table of events, which is a choice of them. */
  readonly isOfTable?: true
  /** Of a log beside the series of the server, which explains nothing. */
  readonly isBeside?: true
  /** The mailbox that it shows, where it is not the account's own. */
  readonly mailbox?: string
  readonly isOfDevice?: true
  /** Of EWS, which shows people and free times as well as mail. */
  readonly isEws?: true
}

/** `isOfTable`: nothing but tables of events has it; `isBeside`: nothing but logs beside the series of the server. */
export type ServedDay = {
  readonly day: number
  readonly first: number
  readonly last: number
  readonly row: LogonRow
  /** The first row that shows mail: of a protocol that shows nothing else, where there is one. */
  readonly mail: LogonRow | null
  readonly isOfTable: boolean
  readonly isBeside: boolean
  /** A log of the front end has it: the web server's or one of HttpProxy. */
  readonly isOfFrontEnd: boolean
}

/** An account that was served from an address. Times are ms since 1970 UTC, days count from then. */
export type ServedAccount = {
  /** As rows have it, in lower case. */
  readonly user: string
  readonly client: string
  /** Another's mailbox that it opened there by IMAP or POP. */
  readonly mailbox: string
  /** In order of time: days with the first and the last time on each. */
  readonly days: readonly ServedDay[]
  /** Numbers of the days on which more than tables of events have it. */
  readonly logDays: readonly number[]
  /** Of these, days that only logs beside the series of the server have. */
  readonly besideDays: readonly number[]
  /** Of `logDays` those on which a row shows mail. */
  readonly mailDays: readonly number[]
  /** Of `logDays` those of the server's series that logs of the front end lack. */
  readonly otherDays: readonly number[]
  /** Of a table of events only where no other log has a logon of it. */
  readonly first: number
  readonly last: number
  /** The first row, and the first that shows mail. */
  readonly row: LogonRow
  readonly mail: LogonRow | null
}

/** The file and the kind of log of rows. */
export type RowSource = Pick<LogonRow, 'log' | 'sha256'> & {
  readonly isOfTable: boolean
  readonly isBeside: boolean
  readonly isEws: boolean
}

type KnownSource = RowSource & { readonly isProxy: boolean; readonly sureness: number }

/** Rows of one account on one day in one file: their first and last time, and where the first of them stands. */
export type SeenRows = {
  day: number
  first: number
  last: number
  isOfTable: boolean
  isBeside: boolean
  isMail: boolean
  /** Which logs of the server's series have it, as bits of `VIA`. */
  via: number
  /** As `source` numbers it. */
  source: number
  time: number
  offset: number
  length: number
  line: number
}

/** Of each day its place in the table. Files come day by day, so that the day asked for is nearly always the same as before. */
export class DayPlaces {
  readonly #places = new Map<number, number>()
  #latest = -Infinity
  #isInOrder = true
  /** The day that was asked for last, and its place. */
  #day = NaN
  #place = 0

  at(day: number): number | undefined {
    if (day === this.#day) return this.#place
    const place = this.#places.get(day)
    if (place === undefined) return undefined
    this.#day = day
    return (this.#place = place)
  }

  put(day: number, place: number): void {
    if (day < this.#latest) this.#isInOrder = false
    else this.#latest = day
    this.#places.set(day, place)
    this.#day = day
    this.#place = place
  }

  days(): Iterable<number> {
    return this.#places.keys()
  }

  /** Places in order of their days. */
  inOrder(): readonly number[] {
    if (this.#isInOrder) return [...this.#places.values()]
    return [...this.#places].sort(([a], [b]) => a - b).map(([, place]) => place)
  }
}

/**
 * The days of an account at an address: those of logs of the server's series, of tables of events, and of logs beside the series, each
 * apart from the others, since a row that was added must move no time that the server's own logs have.
 */
export class AccountDays {
  readonly own = new DayPlaces()
  #tables: DayPlaces | null = null
  #beside: DayPlaces | null = null

  /** Where rows of such a log are kept. */
  of({ isOfTable, isBeside }: Pick<SeenRows, 'isOfTable' | 'isBeside'>): DayPlaces {
    if (isBeside) return (this.#beside ??= new DayPlaces())
    return isOfTable ? (this.#tables ??= new DayPlaces()) : this.own
  }

  /** All places with the days of logs of the server's series first. */
  all(): readonly number[] {
    const others = [this.#tables, this.#beside].flatMap((days) => days?.inOrder() ?? [])
    return others.length === 0 ? this.own.inOrder() : [...this.own.inOrder(), ...others]
  }
}

/** One for all days of an account at an address, whichever logs have them. */
export function accountKey({ user, client, mailbox }: Pick<ServedAccount, 'user' | 'client' | 'mailbox'>): string {
  return [user, client, mailbox].join('\0')
}

/** An account at an address, with the places of its days. */
export type AccountAt = Pick<ServedAccount, 'user' | 'client' | 'mailbox'> & { readonly days: AccountDays }

/**
 * Numbers of a day: the day, first and last time, bits, then of the first row its source, time, offset, length and line, the same
 * of the first that shows mail, and the first times by HttpProxy and by logs that are none of the front end.
 */
const WIDTH = 16
const [DAY, FIRST, LAST, BITS, ROW, MAIL, PROXIED, OTHERS] = [0, 1, 2, 3, 4, 9, 14, 15]
const [OF_TABLE, BESIDE, WITH_MAIL] = [1, 2, 4]
/** The lowest of the bits of `VIA`. */
const VIAS = 8
/** By which logs of the server's series a day is known: the web server's, at four kinds of paths and at any, HttpProxy's, and others. */
export const VIA = { ews: 1, mail: 2, rpc: 4, passed: 8, iis: 16, proxy: 32, other: 64 } as const
const OF_FRONT_END = VIA.iis | VIA.proxy
/** Days that lie in one piece of memory. */
const PIECE = 4096

function bitsOf({ isOfTable, isBeside }: Pick<SeenRows, 'isOfTable' | 'isBeside'>): number {
  return (isOfTable ? OF_TABLE : 0) | (isBeside ? BESIDE : 0)
}

export class ServedDays {
  readonly #paths: ReadonlyMap<string, string>
  readonly #sources: KnownSource[] = []
  readonly #pieces: Float64Array[] = []
  readonly #most: number
  #count = 0
  #vias = 0
  /** Is any day of a table of events, or of a log beside the series of the server? */
  isAnyDoubtful = false

  /** `paths`: of each digest of a file its path, known when all files are added. */
  constructor(paths: ReadonlyMap<string, string>, most: number) {
    this.#paths = paths
    this.#most = most
  }

  /** The number of a file and kind of log. */
  source(source: RowSource): number {
    const isProxy = isProxyLog(source.log)
    return this.#sources.push({ ...source, isProxy, sureness: surenessOfMail(source, isProxy) }) - 1
  }

  /** Adds rows to a day of an account. The place of the day; -1 where it is a new one beyond the limit, which is not kept. */
  see(account: AccountDays, seen: SeenRows): number {
    const days = account.of(seen)
    const known = days.at(seen.day)
    if (known !== undefined) {
      this.add(known, seen)
      return known
    }
    this.#vias |= seen.via
    if (this.#count >= this.#most) return -1
    const place = this.#open(seen)
    days.put(seen.day, place)
    return place
  }

  /** Adds rows to the day at this place. */
  add(place: number, seen: SeenRows): void {
    this.#vias |= seen.via
    const [piece, at] = this.#placeOf(place)
    if (seen.first < piece[at + FIRST]!) piece[at + FIRST] = seen.first
    if (seen.last > piece[at + LAST]!) piece[at + LAST] = seen.last
    if ((seen.via & VIA.proxy) !== 0 && seen.first < piece[at + PROXIED]!) piece[at + PROXIED] = seen.first
    if ((seen.via & VIA.other) !== 0 && seen.first < piece[at + OTHERS]!) piece[at + OTHERS] = seen.first
    const bits = piece[at + BITS]!
    piece[at + BITS] = bits | (seen.via * VIAS)
    if (this.#isEarlier(seen, piece, at + ROW)) putRow(piece, at + ROW, seen)
    if (!seen.isMail) return
    if ((bits & WITH_MAIL) !== 0 && !this.#isSurer(seen, piece, at + MAIL)) return
    putRow(piece, at + MAIL, seen)
    piece[at + BITS]! |= WITH_MAIL
  }

  /** Adds all days of an account of a table to accounts of this, which must be another with the same sources. */
  addAll(toOn: (day: number) => AccountAt | null, from: AccountAt, table: ServedDays): void {
    for (const day of from.days.all()) {
      const [piece, at] = table.#placeOf(day)
      const to = toOn(piece[at + DAY]!)
      if (to === null) continue
      const isMail = (piece[at + BITS]! & WITH_MAIL) !== 0
      const via = Math.floor(piece[at + BITS]! / VIAS)
      const seen = {
        day: piece[at + DAY]!,
        first: piece[at + FIRST]!,
        last: piece[at + LAST]!,
        isOfTable: (piece[at + BITS]! & OF_TABLE) !== 0,
        isBeside: (piece[at + BITS]! & BESIDE) !== 0,
        via: via & ~(VIA.proxy | VIA.other),
      }
      const place = this.see(to.days, { ...seen, ...rowAt(piece, at + ROW), isMail: false })
      if (place >= 0) {
        if ((via & VIA.proxy) !== 0) this.#putTime(place, PROXIED, VIA.proxy, piece[at + PROXIED]!)
        if ((via & VIA.other) !== 0) this.#putTime(place, OTHERS, VIA.other, piece[at + OTHERS]!)
      }
      if (isMail) this.see(to.days, { ...seen, ...rowAt(piece, at + MAIL), isMail })
    }
  }

  #putTime(day: number, which: number, via: number, time: number): void {
    const [piece, at] = this.#placeOf(day)
    this.#vias |= via
    piece[at + which] = Math.min(piece[at + which]!, time)
    piece[at + BITS]! |= via * VIAS
  }

  /** The same sources, without days. */
  emptied(): ServedDays {
    const empty = new ServedDays(this.#paths, this.#most)
    for (const source of this.#sources) empty.source(source)
    return empty
  }

  /** An account with its days, or those of them that are asked for; null where none of them is kept. */
  accountOf(account: AccountAt, is?: (place: number) => boolean): ServedAccount | null {
    const all = account.days.all()
    const days = this.isAnyDoubtful ? this.#inOrder(is === undefined ? all : all.filter(is)) : all
    return days.length === 0 ? null : new Account(this, account, days)
  }

  /** By their days; of one day what logs of the server's series have comes first. */
  #inOrder(places: readonly number[]): readonly number[] {
    const isInOrder = places.every((place, i) => i === 0 || this.numberOf(places[i - 1]!) <= this.numberOf(place))
    return isInOrder ? places : [...places].sort((a, b) => this.numberOf(a) - this.numberOf(b))
  }

  numberOf(day: number): number {
    return this.#numberAt(day, DAY)
  }

  firstOf(day: number): number {
    return this.#numberAt(day, FIRST)
  }

  /** The first time by HttpProxy; infinite where it has none. */
  proxiedOf(day: number): number {
    return this.#numberAt(day, PROXIED)
  }

  /** The first time by logs that are none of the front end; infinite where none has it. */
  othersOf(day: number): number {
    return this.#numberAt(day, OTHERS)
  }

  /** What is before this time does not count; nothing of the day does where it ends before. */
  beginAt(day: number, time: number): void {
    if (this.lastOf(day) < time) return this.putBeside(day)
    const [piece, at] = this.#placeOf(day)
    piece[at + FIRST] = Math.max(piece[at + FIRST]!, time)
  }

  lastOf(day: number): number {
    return this.#numberAt(day, LAST)
  }

  isOfTable(day: number): boolean {
    return (this.#numberAt(day, BITS) & OF_TABLE) !== 0
  }

  /** Bits of `VIA`. */
  viaOf(day: number): number {
    return Math.floor(this.#numberAt(day, BITS) / VIAS)
  }

  isOfFrontEnd(day: number): boolean {
    return (this.viaOf(day) & OF_FRONT_END) !== 0
  }

  /** Days (since 1970) on which logs of the front end have any logon. */
  frontEndDays(): Set<number> {
    const days = new Set<number>()
    for (let day = 0; day < this.#count; day++) if (this.isOfFrontEnd(day)) days.add(this.numberOf(day))
    return days
  }

  /** Do both logs of the front end have days? */
  get isOfBothLogs(): boolean {
    return (this.#vias & VIA.iis) !== 0 && (this.#vias & VIA.proxy) !== 0
  }

  /** A day explains nothing from now on. */
  putBeside(day: number): void {
    const [piece, at] = this.#placeOf(day)
    piece[at + BITS]! |= BESIDE
    this.isAnyDoubtful = true
  }

  hasMail(day: number): boolean {
    return (this.#numberAt(day, BITS) & WITH_MAIL) !== 0
  }

  isBeside(day: number): boolean {
    return (this.#numberAt(day, BITS) & BESIDE) !== 0
  }

  /** The first row of a day. */
  rowOf(day: number, account: AccountAt): LogonRow {
    return this.#rowOf(day, ROW, account)
  }

  /** The first that shows mail; null where none does. */
  mailOf(day: number, account: AccountAt): LogonRow | null {
    return this.hasMail(day) ? this.#rowOf(day, MAIL, account) : null
  }

  #placeOf(day: number): readonly [piece: Float64Array, at: number] {
    return [this.#pieces[Math.floor(day / PIECE)]!, (day % PIECE) * WIDTH]
  }

  #numberAt(day: number, which: number): number {
    return this.#pieces[Math.floor(day / PIECE)]![(day % PIECE) * WIDTH + which]!
  }

  #open(seen: SeenRows): number {
    const day = this.#count++
    this.isAnyDoubtful ||= seen.isBeside || seen.isOfTable
    if (day % PIECE === 0) this.#pieces.push(new Float64Array(PIECE * WIDTH))
    const [piece, at] = [this.#pieces.at(-1)!, (day % PIECE) * WIDTH]
    piece[at + DAY] = seen.day
    piece[at + FIRST] = seen.first
    piece[at + LAST] = seen.last
    piece[at + PROXIED] = (seen.via & VIA.proxy) === 0 ? Infinity : seen.first
    piece[at + OTHERS] = (seen.via & VIA.other) === 0 ? Infinity : seen.first
    piece[at + BITS] = bitsOf(seen) | (seen.isMail ? WITH_MAIL : 0) | (seen.via * VIAS)
    putRow(piece, at + ROW, seen)
    if (seen.isMail) putRow(piece, at + MAIL, seen)
    return day
  }

  #rowOf(day: number, which: number, { mailbox }: AccountAt): LogonRow {
    const [piece, at] = this.#placeOf(day)
    const { source, time, offset, length, line } = rowAt(piece, at + which)
    const { log, sha256, isOfTable, isBeside, isEws } = this.#sources[source]!
    return {
      log,
      // Of a file that is there twice it is the first path.
      at: { path: this.#paths.get(sha256)!, offset, length, line },
      sha256,
      time,
      ...(mailbox !== '' ? { mailbox } : {}),
      ...(isOfTable ? { isOfTable } : {}),
      ...(isBeside ? { isBeside } : {}),
      ...(isEws ? { isEws } : {}),
    }
  }

  /** Does it say more certainly that mail was shown, or earlier? EWS may have looked up people or free times alone. */
  #isSurer(seen: SeenRows, piece: Float64Array, row: number): boolean {
    const [own, other] = [this.#sources[seen.source]!.sureness, this.#sources[piece[row]!]!.sureness]
    return own === other ? this.#isEarlier(seen, piece, row) : own > other
  }

  /** Is it before the row that stands at this place of the table? */
  #isEarlier(seen: SeenRows, piece: Float64Array, row: number): boolean {
    const [a, b] = [this.#sources[seen.source]!, this.#sources[piece[row]!]!]
    return isEarlier(a, seen.time, seen.offset, b, piece[row + 1]!, piece[row + 2]!)
  }
}

/** Every protocol but EWS shows mail for certain, and the logs of HttpProxy and of mail protocols name it. */
function surenessOfMail({ log, isEws }: RowSource, isProxy: boolean): number {
  return isEws ? 0 : isProxy || log === 'imap-pop' ? 2 : 1
}

type ComparedSource = Pick<KnownSource, 'sha256' | 'isOfTable' | 'isProxy'>

/** Logs of the proxy stamp the end of a request (ms). */
const PROXY_LATER = 2_000

/**
 * Which of two rows is the first? Rows of tables come last. HttpProxy names the protocol: of rows of one time its own comes first; of
 * others it does not matter which, but always the same.
 */
export function isEarlier(
  a: ComparedSource,
  time: number,
  offset: number,
  b: ComparedSource,
  otherTime: number,
  otherOffset: number,
): boolean {
  if (a.isOfTable !== b.isOfTable) return b.isOfTable
  // Nothing that a log's kind adds outweighs a longer time.
  if (Math.abs(time - otherTime) > PROXY_LATER) return time < otherTime
  const [rank, other] = [rankOf(a.isProxy, time), rankOf(b.isProxy, otherTime)]
  if (rank !== other) return rank < other
  return a.sha256 === b.sha256 ? offset < otherOffset : a.sha256 < b.sha256
}

function rankOf(isProxy: boolean, time: number): number {
  return time - (isProxy ? PROXY_LATER : 0)
}

function putRow(piece: Float64Array, at: number, { source, time, offset, length, line }: SeenRows): void {
  piece[at] = source
  piece[at + 1] = time
  piece[at + 2] = offset
  piece[at + 3] = length
  piece[at + 4] = line
}

function rowAt(piece: Float64Array, at: number): Pick<SeenRows, 'source' | 'time' | 'offset' | 'length' | 'line'> {
  return {
    source: piece[at]!,
    time: piece[at + 1]!,
    offset: piece[at + 2]!,
    length: piece[at + 3]!,
    line: piece[at + 4]!,
  }
}

/** An account of the table; `days` are made when they are asked for. */
class Account implements ServedAccount {
  readonly user: string
  readonly client: string
  readonly mailbox: string
  readonly #table: ServedDays
  readonly #at: AccountAt
  readonly #places: readonly number[]
  #days: readonly ServedDay[] | null = null

  constructor(table: ServedDays, at: AccountAt, places: readonly number[]) {
    this.user = at.user
    this.client = at.client
    this.mailbox = at.mailbox
    this.#table = table
    this.#at = at
    this.#places = places
  }

  get days(): readonly ServedDay[] {
    return (this.#days ??= this.#places.map((place) => new Day(this.#table, place, this.#at)))
  }

  get logDays(): readonly number[] {
    return this.#numbersOf((day) => !this.#table.isOfTable(day))
  }

  get besideDays(): readonly number[] {
    return this.#numbersOf((day) => this.#table.isBeside(day) && !this.#table.isOfTable(day))
  }

  get otherDays(): readonly number[] {
    const table = this.#table
    const isOther = (day: number): boolean => !table.isOfFrontEnd(day) && !table.isOfTable(day) && !table.isBeside(day)
    return this.#places.some(isOther) ? this.#numbersOf(isOther) : []
  }

  get mailDays(): readonly number[] {
    return this.#numbersOf((day) => this.#table.hasMail(day) && !this.#table.isOfTable(day))
  }

  #numbersOf(is: (day: number) => boolean): number[] {
    const days: number[] = []
    for (const place of this.#places) {
      const day = this.#table.numberOf(place)
      if (is(place) && day !== days.at(-1)) days.push(day)
    }
    return days
  }

  get first(): number {
    const table = this.#table
    return table.firstOf(this.#places.find((day) => !table.isOfTable(day)) ?? this.#places[0]!)
  }

  get last(): number {
    return this.#table.lastOf(this.#places.at(-1)!)
  }

  get row(): LogonRow {
    return this.#table.rowOf(this.#places[0]!, this.#at)
  }

  get mail(): LogonRow | null {
    for (const place of this.#places) {
      const mail = this.#table.mailOf(place, this.#at)
      if (mail !== null) return mail
    }
    return null
  }
}

class Day implements ServedDay {
  readonly #table: ServedDays
  readonly #place: number
  readonly #at: AccountAt

  constructor(table: ServedDays, place: number, at: AccountAt) {
    this.#table = table
    this.#place = place
    this.#at = at
  }

  get day(): number {
    return this.#table.numberOf(this.#place)
  }

  get first(): number {
    return this.#table.firstOf(this.#place)
  }

  get last(): number {
    return this.#table.lastOf(this.#place)
  }

  get row(): LogonRow {
    return this.#table.rowOf(this.#place, this.#at)
  }

  get mail(): LogonRow | null {
    return this.#table.mailOf(this.#place, this.#at)
  }

  get isOfTable(): boolean {
    return this.#table.isOfTable(this.#place)
  }

  get isBeside(): boolean {
    return this.#table.isBeside(this.#place)
  }

  get isOfFrontEnd(): boolean {
    return this.#table.isOfFrontEnd(this.#place)
  }
}
