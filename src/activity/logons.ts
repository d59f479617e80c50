import { greatestOf } from '../lib/collections.ts'
import { isLoopback, isPrivate } from '../lib/ip.ts'
import type { AccountTally } from '../model/scan.ts'
import type { Place } from '../model/event.ts'
import { isKnownKind, isProxyLog, type KnownLogKind, type LogKind } from '../model/log-kinds.ts'
import { hopsOf, LOGON } from '../parsers/exchange/logons.ts'
import { WIDTH } from './counted-accounts.ts'
import { Forwarders } from './forwarders.ts'
import { isPerson } from './identities.ts'
import { DAY } from '../lib/time.ts'

// Logons in all files: which account was served from which address on which days, and which was refused there. Both tables are
// bounded: an attacker chooses names and addresses. What is beyond them is counted together.

const MOST = { served: 200_000, refused: 200_000, days: 1_000_000, spans: 200, known: 200_000 }

/** Kinds of logs that record the same refusals; each is counted separately, and the greatest number is used. */
type Source = 'iis' | 'proxy' | 'imap-pop' | 'smtp' | 'windows'

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
  /** Of a table of events only where no other log has a logon of it. */
  readonly first: number
  readonly last: number
  /** The first row, and the first that shows mail. */
  readonly row: LogonRow
  readonly mail: LogonRow | null
}

/** `isOfTable`: nothing but tables of events has it; `isBeside`: nothing but logs beside the series of the server. */
export type ServedDay = {
  readonly day: number
  first: number
  last: number
  row: LogonRow
  mail: LogonRow | null
  isOfTable: boolean
  isBeside: boolean
}

/** An account that was refused from an address on one day. */
export type Refused = {
  readonly user: string
  /** Empty where no address is recorded. */
  readonly client: string
  readonly day: number
  readonly agent: string
  readonly protocol: 'web' | 'imap-pop' | 'smtp' | 'windows'
  readonly rows: number
  readonly first: number
  readonly last: number
  readonly row: LogonRow
  /** No log of the server's own series has it. */
  readonly isBeside: boolean
}

type Changing<T> = { -readonly [K in keyof T]: T[K] }
/** Rows of one file. */
type Span = {
  readonly source: Source
  readonly log: LogKind
  readonly first: number
  readonly last: number
  readonly rows: number
  readonly isBeside: boolean
}
type RefusedRows = Changing<Omit<Refused, 'rows' | 'isBeside'>> & { readonly spans: Span[] }
type ServedRows = Changing<Omit<ServedAccount, 'days' | 'first' | 'last' | 'row' | 'mail'>> & {
  readonly days: Map<number, ServedDay>
}

export class Logons {
  /** By what they are counted by. */
  readonly #known = new Map<string, Logon>()
  readonly #served = new Map<string, ServedRows>()
  readonly #refused = new Map<string, RefusedRows>()
  /** By the digest of each file its path, of copies the first: they come in any order. */
  readonly #paths = new Map<string, string>()
  readonly #forwarders = new Forwarders()
  readonly #tokens = new Map<string, Set<number>>()
  #days = 0
  #tokenDays = 0
  #areTokensWhole = true
  #allServed: readonly ServedAccount[] | null = null
  #explaining: readonly ServedAccount[] | null = null
  #allRefused: readonly Refused[] | null = null
  /** Rows beyond the limits. */
  beyond = 0

  /** A file that is there twice is counted once; `isBeside`: what it shows explains nothing. */
  addFile(
    tally: AccountTally | undefined,
    path: string,
    sha256: string,
    kinds: readonly LogKind[],
    isBeside = false,
  ): void {
    if (!tally) return
    this.#forget()
    const other = this.#paths.get(sha256)
    if (other === undefined || path < other) this.#paths.set(sha256, path)
    if (other !== undefined) return
    this.beyond += tally.beyond
    const proxyLog = kinds.filter(isKnownKind).find(isProxyLog) ?? 'httpproxy-unknown'
    const file = { path, sha256, proxyLog, isWhole: tally.beyond === 0, isBeside }
    const { values, counts } = tally
    const all = values.map((value) => this.#logonOf(value))
    for (const [i, logon] of all.entries()) this.#add(logon, counts, i * WIDTH, file)
    // In a log that has X-Forwarded-For some logon names a hop.
    if (!isBeside && all.some(({ isCounted, forwarded }) => isCounted && forwarded !== null))
      this.#forwarders.addFile(sentBy(all, counts))
  }

  /** What a value says: most values of a file are those of the file before it. */
  #logonOf(value: string): Logon {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const logon = new Logon(value)
    if (this.#known.size < MOST.known) this.#known.set(value, logon)
    return logon
  }

  #add(
    logon: Logon,
    counts: Float64Array,
    i: number,
    { path, sha256, proxyLog, isWhole, isBeside }: CountedFile,
  ): void {
    // That a token was issued explains the logon.
    if (logon.isToken) return isBeside ? undefined : this.#addToken(logon, isWhole)
    const { user, client, detail, bits, isServed, isOfTable } = logon
    if (!logon.isCounted || (isServed && client === '')) return
    const [rows, first, last] = [counts[i]!, counts[i + 2]!, counts[i + 3]!]
    const log = logOf(bits, proxyLog)
    const rowOf = (): LogonRow => ({
      log,
      at: { path, offset: counts[i + 4]!, length: counts[i + 5]!, line: counts[i + 6]! },
      sha256,
      time: first,
      ...(isServed && detail !== '' ? { mailbox: detail } : {}),
      ...(isOfTable ? { isOfTable: true } : {}),
      ...(isBeside ? { isBeside: true } : {}),
    })
    if (!isServed) this.#count({ user, client, agent: detail, bits, rows, first, last, row: rowOf() })
    else
      this.#serve(logon, rows, { log, sha256, offset: counts[i + 4]!, time: first, isOfTable, isBeside, last, rowOf })
  }

  /** Addresses of proxies, as X-Forwarded-For shows them. */
  forwarders(): ReadonlySet<string> {
    return this.#forwarders.proxies()
  }

  /** Behind these proxies the client is whom they name; everywhere else it is who connected, whatever the header says. */
  reveal(proxies: ReadonlySet<string>): void {
    if (!this.#forwarders.isAny) return
    this.#forget()
    const [served, refused] = [[...this.#served.values()], [...this.#refused.values()]]
    this.#known.clear()
    this.#served.clear()
    this.#refused.clear()
    this.#days = 0
    const clientOf = (address: string): string => {
      const { client, forwarded } = hopsOf(address)
      return forwarded !== null && proxies.has(client) ? forwarded : client
    }
    for (const { user, client, mailbox, days } of served) {
      const one = this.#servedAt(user, clientOf(client), mailbox)
      for (const day of days.values()) this.#onDay(one!, day)
    }
    for (const one of refused) this.#refuse({ ...one, client: clientOf(one.client) })
  }

  /** Accounts that were served, in an order that does not depend on that of the files; made once all files are added. */
  served(): readonly ServedAccount[] {
    return (this.#allServed ??= this.#makeServed())
  }

  /** The same, without days that only logs beside the series have, of accounts that have others. */
  believed(): readonly ServedAccount[] {
    const explaining = new Map(this.explaining().map((one) => [keyOf(one), one]))
    return this.served().map((one) => explaining.get(keyOf(one)) ?? one)
  }

  /** Of these, days that logs of the server's own series have: only they explain anything. */
  explaining(): readonly ServedAccount[] {
    return (this.#explaining ??= this.served().flatMap((one) => {
      if (!one.days.some(({ isBeside }) => isBeside)) return [one]
      const days = one.days.filter(({ isBeside }) => !isBeside)
      return days.length === 0 ? [] : [{ ...one, days, first: days[0]!.first, last: days.at(-1)!.last }]
    }))
  }

  #makeServed(): readonly ServedAccount[] {
    return [...this.#served].sort(byKey).map(([, { days: byDay, ...one }]): ServedAccount => {
      const days = [...byDay.values()].sort((a, b) => a.day - b.day).map((day) => this.#dayPlaced(day))
      const mail = days.flatMap((day) => day.mail ?? [])
      const { first } = days.find(({ isOfTable }) => !isOfTable) ?? days[0]!
      return { ...one, days, first, last: days.at(-1)!.last, row: days[0]!.row, mail: mail[0] ?? null }
    })
  }

  /** Days (since 1970) on which AD FS issued tokens for Microsoft 365, by account; null where not all of them are counted. */
  tokens(): ReadonlyMap<string, ReadonlySet<number>> | null {
    return this.#areTokensWhole ? this.#tokens : null
  }

  /** Accounts that were refused, in such an order. */
  refused(): readonly Refused[] {
    return (this.#allRefused ??= [...this.#refused].sort(byKey).map(([, { spans, ...one }]) => ({
      ...one,
      rows: rowsOf(spans),
      isBeside: spans.every(({ isBeside }) => isBeside),
      row: this.#placed(one.row),
    })))
  }

  #forget(): void {
    this.#allServed = this.#explaining = this.#allRefused = null
  }

  #addToken({ user, detail }: Logon, isWhole: boolean): void {
    if (!isWhole) this.#areTokensWhole = false
    const day = Number(detail)
    const days = this.#tokens.get(user) ?? new Set()
    if (days.has(day)) return
    if (this.#tokenDays++ >= MOST.days) this.#areTokensWhole = false
    else this.#tokens.set(user, days.add(day))
  }

  /** Nearly all days are as they were counted: a file that is there twice may be the copy under another path. */
  #dayPlaced(day: ServedDay): ServedDay {
    const [row, mail] = [this.#placed(day.row), day.mail && this.#placed(day.mail)]
    return row === day.row && mail === day.mail ? day : { ...day, row, mail }
  }

  #placed(row: LogonRow): LogonRow {
    const path = this.#paths.get(row.sha256)!
    return row.at.path === path ? row : { ...row, at: { ...row.at, path } }
  }

  #serve(logon: Logon, rows: number, seen: SeenRows): void {
    const one = (logon.served ??= this.#servedAt(logon.user, logon.client, logon.detail))
    if (one === null) {
      this.beyond += rows
      return
    }
    const isMail = (logon.bits & LOGON.mail) !== 0
    const { time, last } = seen
    const [day, end] = [Math.floor(time / DAY), Math.floor(last / DAY)]
    if (day === end) return this.#seeOn(one, day, time, last, seen, isMail)
    this.#seeOn(one, day, time, time, seen, isMail)
    this.#seeOn(one, end, last, last, seen, isMail)
  }

  /** Rows of one file on one day. Most are not the first of their day, and no row is made of them. */
  #seeOn(one: ServedRows, day: number, first: number, last: number, seen: SeenRows, isMail: boolean): void {
    const known = one.days.get(day)
    const isFirst =
      known === undefined ||
      isEarlier(seen, known.row) ||
      (isMail && (known.mail === null || isEarlier(seen, known.mail)))
    if (isFirst) {
      const row = seen.rowOf()
      this.#onDay(one, {
        day,
        first,
        last,
        row,
        mail: isMail ? row : null,
        isOfTable: seen.isOfTable,
        isBeside: seen.isBeside,
      })
      return
    }
    known.isOfTable &&= seen.isOfTable
    known.isBeside &&= seen.isBeside
    known.first = Math.min(known.first, first)
    known.last = Math.max(known.last, last)
  }

  #servedAt(user: string, client: string, mailbox: string): ServedRows | null {
    const key = keyOf({ user, client, mailbox })
    const known = this.#served.get(key)
    if (known !== undefined) return known
    if (this.#served.size >= MOST.served) return null
    const one = { user, client, mailbox, days: new Map<number, ServedDay>() }
    this.#served.set(key, one)
    return one
  }

  #onDay({ days }: ServedRows, more: ServedDay): void {
    const day = days.get(more.day)
    if (day === undefined) {
      if (this.#days++ < MOST.days) days.set(more.day, { ...more })
      return
    }
    const { row, mail } = more
    day.isOfTable &&= more.isOfTable
    if (isEarlier(placeOf(row), day.row)) day.row = row
    if (mail !== null && (day.mail === null || isEarlier(placeOf(mail), day.mail))) day.mail = mail
    day.first = Math.min(day.first, more.first)
    day.last = Math.max(day.last, more.last)
  }

  #count({ bits, rows, ...more }: Counted): void {
    const source = sourceOf(bits)
    const { row, first, last } = more
    const protocol = source === 'iis' || source === 'proxy' ? 'web' : source
    const spans = [{ source, log: row.log, first, last, rows, isBeside: row.isBeside === true }]
    if (!this.#refuse({ ...more, day: Math.floor(first / DAY), protocol, spans })) this.beyond += rows
  }

  /** False where there is no room for it. */
  #refuse(more: RefusedRows): boolean {
    const { user, client, day, agent, spans } = more
    const key = [user, client, day].join('\0')
    const one = this.#refused.get(key)
    if (one === undefined) {
      if (this.#refused.size >= MOST.refused) return false
      this.#refused.set(key, { ...more, spans: [...spans] })
      return true
    }
    for (const span of spans) if (one.spans.length < MOST.spans) one.spans.push(span)
    one.first = Math.min(one.first, more.first)
    one.last = Math.max(one.last, more.last)
    if (isEarlier(placeOf(more.row), one.row)) one.row = more.row
    if (agent !== '' && (one.agent === '' || agent < one.agent)) one.agent = agent
    return true
  }
}

/**
 * The same entries may be there in two formats: of files of one log that overlap in time the one with most counts. Of logs that
 * record a refusal each in its way (IIS, HttpProxy, Windows) the greatest number counts.
 */
function rowsOf(spans: readonly Span[]): number {
  const sums = new Map<Source, number>()
  for (const [, own] of Map.groupBy(spans, ({ source, log }) => `${source} ${log}`)) {
    let [sum, most, end] = [0, 0, -Infinity]
    for (const { first, last, rows } of own.sort((a, b) => a.first - b.first || a.last - b.last)) {
      if (first > end) {
        sum += most
        most = 0
      }
      most = Math.max(most, rows)
      end = Math.max(end, last)
    }
    const { source } = own[0]!
    sums.set(source, (sums.get(source) ?? 0) + sum + most)
  }
  return greatestOf(sums.values(), 0)
}

/** What a value says by which logons are counted: see parsers/exchange/logons.ts. */
class Logon {
  readonly user: string
  /** As it is counted; empty where it is the machine itself. */
  readonly client: string
  /** Who connected, and for whom it says to ask. */
  readonly sender: string
  readonly forwarded: string | null
  readonly detail: string
  readonly bits: number
  readonly isServed: boolean
  readonly isOfTable: boolean
  readonly isToken: boolean
  /** Is it a person's, and no request of the machine to itself? Of the protocols of mail another process passed such a one on. */
  readonly isCounted: boolean
  /** Where it is counted, once it is. */
  served: ServedRows | null | undefined

  constructor(value: string) {
    const [user, address, detail, number] = value.split('\0') as [string, string, string, string]
    const bits = Number(number)
    const hops = hopsOf(address)
    const isLocal = address !== '' && isLoopback(hops.client)
    this.user = user
    this.client = isLocal ? '' : address
    this.sender = hops.client
    this.forwarded = hops.forwarded
    this.detail = detail
    this.bits = bits
    this.isServed = (bits & LOGON.refused) === 0
    this.isOfTable = (bits & LOGON.table) !== 0
    this.isToken = (bits & LOGON.token) !== 0
    this.isCounted = !this.isToken && isPerson(user) && !(isLocal && bits < LOGON['imap-pop'])
  }
}

/** Logons of one file, as they show who sends X-Forwarded-For. */
function sentBy(all: readonly Logon[], counts: Float64Array): Parameters<Forwarders['addFile']>[0] {
  return all.flatMap(({ isCounted, isServed, client, sender, forwarded }, n) => {
    if (!isCounted || client === '') return []
    const [rows, first, last] = [counts[n * WIDTH]!, counts[n * WIDTH + 2]!, counts[n * WIDTH + 3]!]
    return [{ hops: { client: sender, forwarded }, rows, isServed, first, last }]
  })
}

type CountedFile = {
  readonly path: string
  readonly sha256: string
  readonly proxyLog: KnownLogKind
  /** Is each logon of it counted? */
  readonly isWhole: boolean
  /** What it shows explains nothing. */
  readonly isBeside: boolean
}

/** What decides which of two rows is the first. */
type RowPlace = Pick<LogonRow, 'log' | 'sha256' | 'time'> & { readonly offset: number; readonly isOfTable: boolean }
/** Rows of one logon in one file: the first of them, and the time of the last. */
type SeenRows = RowPlace & { readonly last: number; readonly isBeside: boolean; readonly rowOf: () => LogonRow }

function placeOf({ log, sha256, time, at, isOfTable }: LogonRow): RowPlace {
  return { log, sha256, time, offset: at.offset, isOfTable: isOfTable === true }
}

function keyOf({ user, client, mailbox }: Pick<ServedAccount, 'user' | 'client' | 'mailbox'>): string {
  return [user, client, mailbox].join('\0')
}

type Counted = {
  readonly user: string
  readonly client: string
  readonly agent: string
  readonly bits: number
  readonly rows: number
  readonly first: number
  readonly last: number
  readonly row: LogonRow
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function sourceOf(bits: number): Source {
  if ((bits & LOGON.windows) !== 0) return 'windows'
  if ((bits & LOGON.smtp) !== 0) return 'smtp'
  if ((bits & LOGON['imap-pop']) !== 0) return 'imap-pop'
  return (bits & LOGON.proxy) === 0 ? 'iis' : 'proxy'
}

const LOGS = {
  iis: 'iis-frontend',
  'imap-pop': 'imap-pop',
  smtp: 'smtp-receive',
  windows: 'windows-security',
} as const

function logOf(bits: number, proxyLog: KnownLogKind): KnownLogKind {
  const source = sourceOf(bits)
  if (source === 'proxy') return proxyLog
  return LOGS[source]
}

/** Logs of the proxy stamp the end of a request (ms). */
const PROXY_LATER = 2_000

/** Rows of tables come last. HttpProxy names the protocol: of rows of one time its own comes first; of others it does not matter which, but always the same. */
function isEarlier(a: RowPlace, b: LogonRow): boolean {
  const isOfTable = b.isOfTable === true
  if (a.isOfTable !== isOfTable) return isOfTable
  // Nothing that a log's kind adds outweighs a longer time.
  if (Math.abs(a.time - b.time) > PROXY_LATER) return a.time < b.time
  const [rank, other] = [rankOf(a), rankOf(b)]
  if (rank !== other) return rank < other
  return a.sha256 === b.sha256 ? a.offset < b.at.offset : a.sha256 < b.sha256
}

function rankOf({ log, time }: Pick<LogonRow, 'log' | 'time'>): number {
  return time - (isProxyLog(log) ? PROXY_LATER : 0)
}

/**
 * Does such a day explain anything? Those that tables of events alone have do so where the acts, too, are in tables alone (`byTables`),
 * wherever these lie; of other logs beside the series of the server none does.
 */
export function explains({ isOfTable, isBeside }: ServedDay, byTables: boolean): boolean {
  return isOfTable ? byTables : !isBeside
}

/** Do more than tables of events have it? */
export function isOfLogs({ days }: Pick<ServedAccount, 'days'>): boolean {
  return days.some(({ isOfTable }) => !isOfTable)
}

/** Does it lie outside the organization? */
export function isOutside(client: string): boolean {
  return client !== '' && !isPrivate(client)
}
