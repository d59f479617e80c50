import { withoutDomain } from '../model/account-names.ts'
import { greatestOf } from '../lib/collections.ts'
import { isLoopback, isPrivate } from '../lib/ip.ts'
import type { AccountTally } from '../model/scan.ts'
import { isKnownKind, isProxyLog, type KnownLogKind, type LogKind } from '../model/log-kinds.ts'
import { hopsOf, LOGON, valueOf } from '../parsers/exchange/logons.ts'
import { WIDTH } from './counted-accounts.ts'
import { Forwarders } from './forwarders.ts'
import { isHiddenAt } from './hidden-addresses.ts'
import { isPerson } from './identities.ts'
import {
  type AccountAt,
  AccountDays,
  accountKey,
  isEarlier,
  type LogonRow,
  type SeenRows,
  type ServedAccount,
  ServedDays,
  VIA,
} from './served-days.ts'
import { type Contradiction, contradictionsIn, type Mirror } from './front-end-logs.ts'
import { DirectClients } from './direct-clients.ts'
import { UnplacedLogons } from './unplaced-logons.ts'
import { DAY } from '../lib/time.ts'

// Logons in all files: which account was served from which address on which days, and which was refused there. Both tables are
// bounded: an attacker chooses names and addresses. What is beyond them is counted together.

const MOST = {
  served: 200_000,
  refused: 200_000,
  refusedOfServed: 300_000,
  days: 1_000_000,
  spans: 200,
  known: 200_000,
  unplaced: 50_000,
}

const NO_DAYS: ReadonlySet<number> = new Set()

/** Kinds of logs that record the same refusals; each is counted separately, and the greatest number is used. */
type Source = 'iis' | 'proxy' | 'imap-pop' | 'smtp' | 'windows'

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

export class Logons {
  /** By what they are counted by. */
  readonly #known = new Map<string, Logon>()
  readonly #served = new Map<string, AccountAt>()
  readonly #refused = new Map<string, RefusedRows>()
  /** Accounts that were served somewhere: any number of invented names leaves room for their refusals. */
  readonly #users = new Set<string>()
  /** By the digest of each file its path, of copies the first: they come in any order. */
  readonly #paths = new Map<string, string>()
  #servedDays = new ServedDays(this.#paths, MOST.days)
  /** Rows that are being added. */
  readonly #seen: SeenRows = {
    day: 0,
    first: 0.5,
    last: 0.5,
    isOfTable: false,
    isBeside: false,
    isMail: false,
    via: 0,
    source: 0,
    time: 0.5,
    offset: 0.5,
    length: 0,
    line: 0,
  }
  readonly #unplaced = new UnplacedLogons<Logon, { readonly file: CountedFile; readonly counts: Float64Array }>(
    MOST.unplaced,
  )
  readonly #forwarders = new Forwarders()
  /** By account the days of its tokens: of whole logs, and of tables of events, which may leave some out. */
  readonly #tokens = { logs: new Map<string, Set<number>>(), tables: new Map<string, Set<number>>() }
  #tokenDays = 0
  #areTokensWhole = true
  #allServed: readonly ServedAccount[] | null = null
  #believed: readonly ServedAccount[] | null = null
  #explaining: readonly ServedAccount[] | null = null
  #sorted: readonly AccountAt[] | null = null
  #frontEndDays: ReadonlySet<number> | null = null
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
    const file = { path, sha256, proxyLog, isWhole: tally.beyond === 0, isBeside, sources: [] }
    const { values, counts } = tally
    const all = values.map((value) => this.#logonOf(value))
    let isForwarded = false
    for (let i = 0; i < all.length; i++) {
      const logon = all[i]!
      this.#add(logon, counts, i * WIDTH, file)
      isForwarded ||= logon.isCounted && logon.forwarded !== null
    }
    // In a log that has X-Forwarded-For some logon names a hop.
    if (!isBeside && isForwarded) this.#forwarders.addFile(sentBy(all, counts))
  }

  /** What a value says: most values of a file are those of the file before it. */
  #logonOf(value: string): Logon {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const logon = new Logon(value)
    if (this.#known.size < MOST.known) this.#known.set(value, logon)
    return logon
  }

  #add(logon: Logon, counts: Float64Array, i: number, file: CountedFile): void {
    // That a token was issued explains the logon.
    if (logon.isToken) return file.isBeside ? undefined : this.#addToken(logon, file.isWhole)
    if (!logon.isCounted) return
    if (!logon.isServed) this.#addRefused(logon, counts, i, file)
    else if (logon.client !== '') {
      this.#serve(logon, counts, i, file)
      if (isOfConnections(logon)) this.#unplaced.addPlaced(logon, counts[i + 2]!, counts[i + 3]!)
    } else if (isOfConnections(logon)) {
      const own = { file, counts: counts.slice(i, i + WIDTH) }
      this.#unplaced.add({ logon, first: counts[i + 2]!, last: counts[i + 3]!, file: own })
    }
  }

  /** Addresses of proxies, as X-Forwarded-For shows them: on the last days, or on a day (since 1970). */
  forwarders(day: number | null = null): ReadonlySet<string> {
    return this.#forwarders.proxies(day)
  }

  /** Who came to the front end without a proxy, by both of its logs. */
  direct(accountOf: (user: string) => string): DirectClients {
    return new DirectClients(this.#served.values(), this.#servedDays, accountOf)
  }

  /** Behind these proxies the client is whom they name; everywhere else it is who connected, whatever the header says. */
  reveal(proxies: ReadonlySet<string>): void {
    if (!this.#forwarders.isAny) return
    this.#forget()
    this.#place()
    const [served, refused] = [[...this.#served.values()], [...this.#refused.values()]]
    this.#known.clear()
    this.#served.clear()
    this.#sorted = null
    this.#refused.clear()
    const before = this.#servedDays
    this.#servedDays = before.emptied()
    const clientOn = (address: string, day: number): string => {
      const { client, forwarded } = hopsOf(address)
      return forwarded !== null && isHiddenAt(proxies, client, day * DAY) ? forwarded : client
    }
    for (const one of served) {
      const toOn = (day: number): AccountAt | null => this.#servedAt(one.user, clientOn(one.client, day), one.mailbox)
      this.#servedDays.addAll(toOn, one, before)
    }
    for (const one of refused) this.#refuse({ ...one, client: clientOn(one.client, one.day) })
  }

  /** Days that one log of the front end has and the other one, which covers them, has not, explain nothing. */
  compare(mirror: Mirror, accountOf: (user: string) => string): readonly Contradiction[] {
    this.#place()
    if (!this.#servedDays.isOfBothLogs) return []
    const { found, begun } = contradictionsIn(this.#served.values(), this.#servedDays, mirror, accountOf)
    if (found.length > 0 || begun.length > 0) this.#forget()
    for (const { places, time } of begun) for (const place of places) this.#servedDays.beginAt(place, time)
    for (const { places } of found)
      for (const place of places) {
        // What a log of Windows or of a protocol has, too, happened then.
        const time = this.#servedDays.othersOf(place)
        if (time === Infinity) this.#servedDays.putBeside(place)
        else this.#servedDays.beginAt(place, time)
      }
    return found
  }

  /** Days (since 1970) on which logs of the front end have any logon; made once all files are added. */
  frontEndDays(): ReadonlySet<number> {
    this.#place()
    return (this.#frontEndDays ??= this.#servedDays.frontEndDays())
  }

  /** Days of a served account that only logs of other protocols have, though the front end has logons of them: see witness.ts. */
  daysOfMailAlone({ otherDays }: Pick<ServedAccount, 'otherDays'>): ReadonlySet<number> {
    return otherDays.length === 0 ? NO_DAYS : new Set(otherDays.filter((day) => this.frontEndDays().has(day)))
  }

  /** Accounts that were served, in an order that does not depend on that of the files; made once all files are added. */
  served(): readonly ServedAccount[] {
    return (this.#allServed ??= this.#inOrder().flatMap((one) => this.#servedDays.accountOf(one) ?? []))
  }

  /**
   * The same, with days that tables of events have, and those of logs beside the series, apart from the others of an account: neither do
   * they say that it was at home there before, nor do days of the series, which may be forged, take away what such logs show.
   */
  believed(): readonly ServedAccount[] {
    const days = this.#servedDays
    if (!days.isAnyDoubtful) return this.served()
    const parts: readonly ((place: number) => boolean)[] = [
      (place) => !days.isBeside(place) && !days.isOfTable(place),
      (place) => !days.isBeside(place) && days.isOfTable(place),
      (place) => days.isBeside(place),
    ]
    return (this.#believed ??= this.#inOrder().flatMap((one) =>
      parts.flatMap((part) => days.accountOf(one, part) ?? []),
    ))
  }

  /** Of these, days that logs of the server's own series have, or tables: only they explain anything. */
  explaining(): readonly ServedAccount[] {
    const days = this.#servedDays
    if (!days.isAnyDoubtful) return this.served()
    const isTold = (place: number): boolean => !days.isBeside(place)
    return (this.#explaining ??= this.#inOrder().flatMap((one) => days.accountOf(one, isTold) ?? []))
  }

  /** What one log shows without an address, at the address that another has of the same logon. */
  #place(): void {
    for (const { logon, last, client, file: own } of this.#unplaced.placed()) {
      const { user, detail, bits } = logon
      this.#serve(new Logon(valueOf(user, client, detail, bits)), own.counts.with(3, last), 0, own.file)
    }
  }

  /** Accounts by user, client and mailbox. */
  #inOrder(): readonly AccountAt[] {
    this.#place()
    return (this.#sorted ??= [...this.#served].sort(byKey).map(([, one]) => one))
  }

  /**
   * Days (since 1970) on which AD FS issued tokens for Microsoft 365, by account; null where not all of them are counted. Tables of events
   * say it only where no log does: they may have been added.
   */
  tokens(): ReadonlyMap<string, ReadonlySet<number>> | null {
    const { logs, tables } = this.#tokens
    if (!this.#areTokensWhole) return null
    return logs.size > 0 ? logs : tables
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
    this.#allServed = this.#believed = this.#explaining = this.#allRefused = this.#frontEndDays = null
  }

  #addToken({ user, detail, isOfTable }: Logon, isWhole: boolean): void {
    if (!isWhole) this.#areTokensWhole = false
    const day = Number(detail)
    const tokens = isOfTable ? this.#tokens.tables : this.#tokens.logs
    const days = tokens.get(user) ?? new Set()
    if (days.has(day)) return
    if (this.#tokenDays++ >= MOST.days) this.#areTokensWhole = false
    else tokens.set(user, days.add(day))
  }

  #placed(row: LogonRow): LogonRow {
    const path = this.#paths.get(row.sha256)!
    return row.at.path === path ? row : { ...row, at: { ...row.at, path } }
  }

  #serve(logon: Logon, counts: Float64Array, i: number, file: CountedFile): void {
    const one = (logon.served ??= this.#servedAt(logon.user, logon.client, logon.detail))
    if (one === null) {
      this.beyond += counts[i]!
      return
    }
    const [first, last] = [counts[i + 2]!, counts[i + 3]!]
    const seen = this.#seen
    seen.isOfTable = logon.isOfTable
    seen.isBeside = file.isBeside
    seen.isMail = (logon.bits & LOGON.mail) !== 0
    seen.via = file.isBeside || logon.isOfTable ? 0 : logon.via
    seen.source = this.#sourceOf(logon, file)
    seen.time = first
    seen.offset = counts[i + 4]!
    seen.length = counts[i + 5]!
    seen.line = counts[i + 6]!
    const [day, end] = [Math.floor(first / DAY), Math.floor(last / DAY)]
    seen.day = day
    seen.first = first
    seen.last = day === end ? last : first
    // Files of one log mostly follow each other, so that its day is often known.
    if (logon.day === day && logon.isBeside === file.isBeside) this.#servedDays.add(logon.place, seen)
    else {
      logon.place = this.#servedDays.see(one.days, seen)
      logon.day = logon.place < 0 ? -1 : day
      logon.isBeside = file.isBeside
    }
    if (day === end) return
    seen.day = end
    seen.first = seen.last = last
    this.#servedDays.see(one.days, seen)
  }

  /** The number of the file and of the log that such a logon is of. */
  #sourceOf({ bits, isOfTable }: Logon, { sources, sha256, proxyLog, isBeside }: CountedFile): number {
    const kind = bits & ~LOGON.mail
    const isEws = (bits & LOGON.ews) !== 0
    return (sources[kind] ??= this.#servedDays.source({
      log: logOf(bits, proxyLog),
      sha256,
      isOfTable,
      isBeside,
      isEws,
    }))
  }

  #servedAt(user: string, client: string, mailbox: string): AccountAt | null {
    const key = accountKey({ user, client, mailbox })
    const known = this.#served.get(key)
    if (known !== undefined) return known
    if (this.#served.size >= MOST.served) return null
    const one = { user, client, mailbox, days: new AccountDays() }
    this.#users.add(withoutDomain(user))
    this.#sorted = null
    this.#served.set(key, one)
    return one
  }

  #addRefused(
    { user, client, detail, bits, isOfTable }: Logon,
    counts: Float64Array,
    i: number,
    file: CountedFile,
  ): void {
    const [rows, first, last] = [counts[i]!, counts[i + 2]!, counts[i + 3]!]
    const row: LogonRow = {
      log: logOf(bits, file.proxyLog),
      at: { path: file.path, offset: counts[i + 4]!, length: counts[i + 5]!, line: counts[i + 6]! },
      sha256: file.sha256,
      time: first,
      ...(isOfTable ? { isOfTable } : {}),
      ...(file.isBeside ? { isBeside: true } : {}),
    }
    this.#count({ user, client, agent: detail, bits, rows, first, last, row })
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
      const most = this.#users.has(withoutDomain(user)) ? MOST.refusedOfServed : MOST.refused
      if (this.#refused.size >= most) return false
      this.#refused.set(key, { ...more, spans: [...spans] })
      return true
    }
    for (const span of spans) if (one.spans.length < MOST.spans) one.spans.push(span)
    one.first = Math.min(one.first, more.first)
    one.last = Math.max(one.last, more.last)
    if (isRowEarlier(more.row, one.row)) one.row = more.row
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
  /** Which log has it, as bits of `VIA`. */
  readonly via: number
  /** Is it a person's, and no request of the machine to itself? Of the protocols of mail another process passed such a one on. */
  readonly isCounted: boolean
  /** Where it is counted, once it is; the last day that was counted there, by which kind of log, and the place of that day. */
  served: AccountAt | null | undefined
  day = -1
  isBeside = false
  place = -1

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
    this.via = viaOf(bits)
    this.isCounted = !this.isToken && isPerson(user) && !(isLocal && isOfFrontEnd(bits))
  }
}

/** Logons of one file, as they show who sends X-Forwarded-For. */
function sentBy(all: readonly Logon[], counts: Float64Array): Parameters<Forwarders['addFile']>[0] {
  return all.flatMap(({ isCounted, isServed, client, sender, forwarded }, n) => {
    if (!isCounted || client === '') return []
    const [rows, first] = [counts[n * WIDTH]!, counts[n * WIDTH + 2]!]
    return [{ hops: { client: sender, forwarded }, rows, isServed, first }]
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
  /** Numbers of the file and its logs, by the bits of logons. */
  readonly sources: number[]
}

/** Is it of the web server's front end or of HttpProxy? */
function isOfFrontEnd(bits: number): boolean {
  return (bits & ~(LOGON.ews | LOGON.passed)) < LOGON['imap-pop']
}

/** Which log has it: of the web server's, at which paths. */
function viaOf(bits: number): number {
  if (!isOfFrontEnd(bits)) return VIA.other
  if ((bits & LOGON.proxy) !== 0) return VIA.proxy
  if ((bits & LOGON.ews) !== 0) return VIA.iis | VIA.ews
  const isPassed = (bits & LOGON.passed) !== 0
  if ((bits & LOGON.mail) !== 0) return VIA.iis | (isPassed ? VIA.rpc : VIA.mail)
  return VIA.iis | (isPassed ? VIA.passed : 0)
}

/** Is it known by a protocol of mail or by Windows, where each logon is a connection with a time of its own? */
function isOfConnections({ bits }: Logon): boolean {
  return !isOfFrontEnd(bits)
}

function isRowEarlier(a: LogonRow, b: LogonRow): boolean {
  const sourceOf = ({ log, sha256, isOfTable }: LogonRow): Parameters<typeof isEarlier>[0] => ({
    isProxy: isProxyLog(log),
    sha256,
    isOfTable: isOfTable === true,
  })
  return isEarlier(sourceOf(a), a.time, a.at.offset, sourceOf(b), b.time, b.at.offset)
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

/** Do more than tables of events have it? */
export function isOfLogs({ days }: Pick<ServedAccount, 'days'>): boolean {
  return days.some(({ isOfTable }) => !isOfTable)
}

/** Does it lie outside the organization? */
export function isOutside(client: string): boolean {
  return client !== '' && !isPrivate(client)
}
