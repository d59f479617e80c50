import { counted } from '../lib/amounts.ts'
import { canonicalIp } from '../lib/ip.ts'
import { Identities, isMailboxOpenedBy, isPerson, namesTogether, type People } from './identities.ts'
import type { MailTally } from '../model/scan.ts'
import type { OrdinaryUse, Spread } from '../model/mailbox.ts'
import type { Event } from '../model/event.ts'
import type { RowGroups } from '../prefilter/rows.ts'
import type { RowLayout, RowTaker } from '../parsers/row-layout.ts'
import { GroupedRows, GroupTurns, sizeOf } from './grouped-rows.ts'
import { ACTORS, logOf, mailColumnNames, OWNERS, SOURCES, STATUS, SIZE } from '../prefilter/mail-columns.ts'
import { DAY } from '../lib/time.ts'

// What was asked of each mailbox, day by day, in the logs of EWS and of MAPI over HTTP: the measure for what an attacker
// took. Every row that was served is counted, be it an event or taken off the lines before.

/** Mailboxes that the logs of EWS and of MAPI over HTTP name; `of` is null for an address that these logs do not have. */
export type MailboxesByClient = { readonly of: (client: string) => number | null; readonly all: number }

/** Numbers of a cell: mailbox, day since 1970, source, rows, bytes, hours of the day as bits. */
const WIDTH = 6
const LONGEST = 160
const MOST = {
  file: { mailboxes: 20_000, sources: 20_000, cells: 100_000, together: 50_000 },
  run: { mailboxes: 100_000, sources: 100_000, cells: 500_000, together: 200_000 },
} as const

export class MailUse {
  readonly identities = new Identities()
  readonly #most: (typeof MOST)['file' | 'run']
  readonly #mailboxes: string[] = []
  readonly #sources: string[] = []
  readonly #cells: number[] = []
  readonly #together: (readonly string[])[] = []
  readonly #numbers = new Map<string, number>()
  readonly #at = new Map<string, number>()
  readonly #said = new Set<string>()
  /** By the digest of each file its path, of copies the first: they come in any order. */
  readonly #files = new Map<string, string>()
  /** By client the digests of files with its rows; null where these are too many to be noted. */
  readonly #filesOf = new Map<string, string[] | null>()
  #beyond = 0
  /** Rows that a taker puts together are counted later. */
  readonly #turns = new GroupTurns()
  #houseSpread: Spread | null = null

  constructor(of: 'file' | 'run') {
    this.#most = MOST[of]
  }

  /** An event: the row of such a log, or an object that says who is who. */
  event(event: Event): void {
    this.#turns.settle()
    const names = namesTogether(event)
    if (names) this.#are(names)
    if (OWNERS[event.log] === undefined || event.snippet || event.time === null) return
    this.#row(event.log, event.time, (name) => {
      const value = event.fields[name]
      return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
    })
  }

  /** Counts the rows that a taker takes, where they are rows of such a log. */
  beside(taker: RowTaker, layout: RowLayout): RowTaker {
    const log = logOf(layout)
    if (log === undefined) return taker
    return new GroupedRows(taker, layout, {
      by: mailColumnNames(log),
      size: SIZE,
      sourceOf: (of) => this.sourceOf(log, of),
      count: (source, time, size) => this.count(source, time, size),
    })
  }

  /** Counts the rows that a taker has put together by their values; undefined where they are no rows of such a log. */
  groups({ columns, ...layout }: RowLayout): RowGroups | undefined {
    const log = logOf({ columns, ...layout })
    if (log === undefined) return undefined
    return {
      turn: this.#turns.turn,
      of: (valueIn) => this.sourceOf(log, (name) => valueIn(columns.indexOf(name))),
      rows: (source, rows, time, size) => {
        if (source !== null) this.count(source as MailSource, time, size, rows)
      },
    }
  }

  /** What rows have in common that have the same values in these columns, `of` gives them; null where they are not counted. */
  sourceOf(log: string, of: (column: string) => string): MailSource | null {
    if (log === 'mapihttp') {
      const names = namesTogether({
        log,
        fields: { ActAsUserEmail: of('ActAsUserEmail'), MailboxId: of('MailboxId') },
      } as unknown as Event)
      if (names) this.#are(names)
    }
    return this.#sourceOf(log, of)
  }

  /** Rows of such a source, all of one hour, and the sum of their sizes. */
  count(source: MailSource, time: number, size: number, rows = 1): void {
    const day = Math.floor(time / DAY)
    if (source.day !== day) {
      source.day = day
      source.cell = this.#cellOf(source.mailbox, day, source.text)
    }
    this.#addTo(source.cell, rows, size, 1 << Math.floor((time - day * DAY) / 3_600_000))
  }

  /** A file that is there twice is counted once. */
  addFile({ mailboxes, sources, cells, together, beyond }: MailTally, sha256: string, path = ''): void {
    if (cells.length === 0 && together.length === 0 && beyond === 0) return
    const other = this.#files.get(sha256)
    if (other === undefined || path < other) this.#files.set(sha256, path)
    if (other !== undefined) return
    this.#beyond += beyond
    for (const names of together) this.#are(names)
    for (const client of new Set(sources.map(clientIn))) this.#note(client, sha256)
    for (let i = 0; i < cells.length; i += WIDTH)
      this.#add(
        mailboxes[cells[i]!]!,
        cells[i + 1]!,
        sources[cells[i + 2]!]!,
        cells[i + 3]!,
        cells[i + 4]!,
        cells[i + 5]!,
      )
  }

  /** As plain data. */
  tally(): MailTally {
    this.#turns.settle()
    if (this.#cells.length === 0 && this.#together.length === 0 && this.#beyond === 0) return NO_MAIL
    return {
      mailboxes: this.#mailboxes,
      sources: this.#sources,
      cells: this.#cells,
      together: this.#together,
      beyond: this.#beyond,
    }
  }

  /** The paths of files with rows of a client; null where these are too many to be noted. */
  filesOf(client: string): readonly string[] | null {
    const noted = this.#filesOf.get(client)
    return noted === null ? null : (noted ?? []).map((file) => this.#files.get(file)!)
  }

  /** Each mailbox by client, agent, day (since 1970) and, where another account than its owner's opened it, that account. */
  *uses(): Generator<{
    readonly mailbox: string
    readonly client: string
    readonly agent: string
    readonly actor: string | null
    readonly day: number
  }> {
    for (let i = 0; i < this.#cells.length; i += WIDTH) {
      const [client, agent, actor = null] = this.#sources[this.#cells[i + 2]!]!.split('\0') as [string, string, string?]
      yield { mailbox: this.#mailboxes[this.#cells[i]!]!, client, agent, actor, day: this.#cells[i + 1]! }
    }
  }

  /** How many different mailboxes each address used, and all together. */
  mailboxesByClient(): MailboxesByClient {
    const clients = this.#sources.map((source) => canonicalIp(source.split('\0', 1)[0]!))
    const mailboxes = this.#mailboxes.map((name) => this.identities.addressOf(name).toLowerCase())
    const used = new Map<string, Set<string>>()
    for (let i = 0; i < this.#cells.length; i += WIDTH) {
      const [mailbox, client] = [mailboxes[this.#cells[i]!]!, clients[this.#cells[i + 2]!] ?? null]
      if (client !== null) used.set(client, (used.get(client) ?? new Set()).add(mailbox))
    }
    return { of: (client) => used.get(client)?.size ?? null, all: new Set(mailboxes).size }
  }

  /** By address the one account that used it; null where several did. */
  soleAccounts(): ReadonlyMap<string, string | null> {
    const sole = new Map<string, string | null>()
    for (const { mailbox, client, actor } of this.uses()) {
      const [ip, account] = [canonicalIp(client), this.identities.accountOf(actor ?? mailbox)]
      if (ip !== null) sole.set(ip, sole.has(ip) && sole.get(ip) !== account ? null : account)
    }
    return sole
  }

  /** All names of people that these logs and objects give. */
  people(): People {
    return { together: this.#together, mailboxes: this.#mailboxes, identities: this.identities }
  }

  /**
   * The ordinary use of a mailbox on other days than these, and of all mailboxes; null where nothing was counted. A client
   * or an hour that is new on these days is a lead, and no proof.
   */
  ordinaryOf(names: readonly string[], days: ReadonlySet<string>): OrdinaryUse | null {
    if (this.#cells.length === 0) return null
    const wanted = new Set(names.map((name) => this.identities.addressOf(name).toLowerCase()))
    const isOwn = this.#mailboxes.map((name) => wanted.has(this.identities.addressOf(name).toLowerCase()))
    const own = new Map<number, [number, number]>()
    const [before, then] = [new Set<number>(), new Set<number>()]
    let [hoursBefore, hoursThen] = [0, 0]
    const cells = this.#cells
    for (let i = 0; i < cells.length; i += WIDTH) {
      if (!isOwn[cells[i]!]) continue
      if (days.has(dayText(cells[i + 1]!))) {
        then.add(cells[i + 2]!)
        hoursThen |= cells[i + 5]!
        continue
      }
      before.add(cells[i + 2]!)
      hoursBefore |= cells[i + 5]!
      const sum = own.get(cells[i + 1]!) ?? [0, 0]
      own.set(cells[i + 1]!, [sum[0] + cells[i + 3]!, sum[1] + cells[i + 4]!])
    }
    return {
      thisMailbox: spreadOf([...own.values()]),
      organization: this.#house(),
      mailboxes: this.#mailboxes.length,
      beyond: this.#beyond,
      leads: own.size < FEW ? [] : leadsOf(this.#newPlaces(then, before), hoursThen & ~hoursBefore, own.size),
    }
  }

  /** Clients with their agents, of all accounts together. */
  #newPlaces(then: ReadonlySet<number>, before: ReadonlySet<number>): string[] {
    const placeOf = (n: number): string => this.#sources[n]!.split('\0', 2).join('\0')
    const used = new Set([...before].map(placeOf))
    return [...new Set([...then].map(placeOf))].filter((place) => !used.has(place))
  }

  #note(client: string, file: string): void {
    const noted = this.#filesOf.get(client)
    if (noted === null || client === '') return
    if (noted === undefined) this.#filesOf.set(client, [file])
    else if (noted.length < FILES) noted.push(file)
    else this.#filesOf.set(client, null)
  }

  #house(): Spread {
    if (this.#houseSpread) return this.#houseSpread
    const days = new Map<string, [number, number]>()
    const cells = this.#cells
    for (let i = 0; i < cells.length; i += WIDTH) {
      const key = `${cells[i]} ${cells[i + 1]}`
      const sum = days.get(key) ?? [0, 0]
      days.set(key, [sum[0] + cells[i + 3]!, sum[1] + cells[i + 4]!])
    }
    return (this.#houseSpread = spreadOf([...days.values()]))
  }

  #are(names: readonly string[]): void {
    const key = names.join('\0').toLowerCase()
    if (this.#said.has(key) || this.#together.length >= this.#most.together) return
    this.#said.add(key)
    this.#together.push(names)
    this.identities.add(names)
  }

  #row(log: string, time: number, of: (column: string) => string): void {
    const source = this.#sourceOf(log, of)
    if (source) this.count(source, time, sizeOf(of(SIZE)))
  }

  #sourceOf(log: string, of: (column: string) => string): MailSource | null {
    // What was refused gave nothing.
    if (Number(of(STATUS[log]!)) >= 400) return null
    const owner = OWNERS[log]!.map(of).find((name) => name !== '')
    const actor = ACTORS[log]!.map(of).find((name) => name !== '') ?? ''
    if (owner === undefined || !isMailboxOpenedBy(actor, owner)) return null
    const [client, agent] = SOURCES[log]!.map(of) as [string, string]
    const isOwn = actor.toLowerCase() === owner.toLowerCase() || !isPerson(actor)
    const text = [client, agent, ...(isOwn ? [] : [actor])].map((part) => part.slice(0, LONGEST)).join('\0')
    return { mailbox: owner.slice(0, LONGEST).toLowerCase(), text, day: Number.NaN, cell: -1 }
  }

  #add(mailbox: string, day: number, source: string, rows: number, bytes: number, hours: number): void {
    this.#addTo(this.#cellOf(mailbox, day, source), rows, bytes, hours)
  }

  #addTo(cell: number, rows: number, bytes: number, hours: number): void {
    if (cell < 0) {
      this.#beyond += rows
      return
    }
    this.#cells[cell + 3]! += rows
    this.#cells[cell + 4]! += bytes
    this.#cells[cell + 5]! |= hours
  }

  /** Where it is counted; -1 where there is no room, and there will be none. */
  #cellOf(mailbox: string, day: number, source: string): number {
    const [owner, from] = [
      this.#numberOf('m', mailbox, this.#mailboxes, this.#most.mailboxes),
      this.#numberOf('s', source, this.#sources, this.#most.sources),
    ]
    const key = `${owner} ${day} ${from}`
    let at = this.#at.get(key)
    if (at === undefined) {
      if (owner < 0 || from < 0 || this.#at.size >= this.#most.cells) return -1
      at = this.#cells.length
      this.#at.set(key, at)
      this.#cells.push(owner, day, from, 0, 0, 0)
    }
    return at
  }

  #numberOf(kind: string, text: string, list: string[], most: number): number {
    const key = kind + text
    let number = this.#numbers.get(key)
    if (number !== undefined) return number
    if (list.length >= most) return -1
    number = list.length
    this.#numbers.set(key, number)
    list.push(text)
    if (kind === 'm') this.identities.addMailbox(text)
    return number
  }
}

/** Files in which rows of one client are noted. */
const FILES = 64

function clientIn(source: string): string {
  return source.slice(0, source.indexOf('\0'))
}

/** Rows of one mailbox, client and agent, and where those of one day are counted. */
type MailSource = { readonly mailbox: string; readonly text: string; day: number; cell: number }

/** Of a file without such rows. */
export const NO_MAIL: MailTally = { mailboxes: [], sources: [], cells: [], together: [], beyond: 0 }

/** Minimum number of other days before anything counts as new. */
const FEW = 5

function leadsOf(sources: readonly string[], hours: number, days: number): string[] {
  const seen = `in ${counted(days, 'other day')}`
  const told = [...sources].sort().map((source) => {
    const [client, agent] = source.split('\0') as [string, string]
    return `${client || 'an address that is not recorded'}${agent ? ` with ${agent}` : ''}: not seen at this mailbox ${seen}`
  })
  const odd = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => (hours & (1 << hour)) !== 0)
  const clock = odd.map((hour) => `${String(hour).padStart(2, '0')}:00`).join(', ')
  return [...told.slice(0, 5), ...(odd.length > 0 ? [`use at ${clock} UTC: not seen at this mailbox ${seen}`] : [])]
}

function spreadOf(days: readonly (readonly [number, number])[]): Spread {
  const [requests, bytes] = [0, 1].map((at) => days.map((day) => day[at]!).sort((a, b) => a - b)) as [
    number[],
    number[],
  ]
  const of = (list: readonly number[], share: number): number =>
    list[Math.min(list.length - 1, Math.ceil(list.length * share) - 1)] ?? 0
  return {
    days: days.length,
    requests: { median: of(requests, 0.5), p95: of(requests, 0.95), max: requests.at(-1) ?? 0 },
    bytes: { median: of(bytes, 0.5), p95: of(bytes, 0.95), max: bytes.at(-1) ?? 0 },
  }
}

function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}
