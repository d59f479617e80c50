import type { Event, Fields } from '../../model/event.ts'
import type { Sink, Source } from '../parser.ts'
import type { RecordScanner, TableForm } from '../record-scanner.ts'
import { certainTime } from '../common/local-time.ts'
import { domainOf, houseOf } from './addresses.ts'
import { emailEvent } from './email-events.ts'
import { entraEvent } from './entra.ts'
import { graphEvent, graphRequestOf } from './graph-activity.ts'
import { LackingRecords } from './lacking.ts'
import { type CloudRecord, type Members, memberText, writtenOut } from './record.ts'
import { CloudRows, type Heard, type RecordOf } from './rows.ts'
import { digestRecord, SeenRecords } from './seen.ts'
import { CloudSkim } from './skim.ts'
import { isSignIn, recordClient, recordSession, unifiedEvent } from './unified.ts'
import { CloudUse } from './use.ts'

type Row = {
  readonly record: CloudRecord
  readonly raw: string
  readonly offset: number
  readonly length: number
  readonly line: number
  readonly isSnippet: boolean
  /** A report quotes it: members of it may have been left out. */
  readonly isQuoted?: true
  /** The bytes that stand for the record in the file, where its text is not the whole of `raw`. */
  readonly own?: Buffer
}

/**
 * Gives the records of one file as events, each once, and says at its end what the file says of itself: rows that stand
 * there twice, results that a search had and the file has not, and mail whose reading was not recorded.
 */
export class CloudAccount {
  readonly #source: Source
  readonly #sink: Sink
  readonly #isTable: boolean
  readonly #seen: SeenRecords
  readonly #halves = new Uint32Array(2)
  #scanner: RecordScanner | null = null
  readonly #skim: CloudSkim
  readonly #use = new CloudUse()
  readonly #lacking = new LackingRecords()
  readonly #pages = new Map<number, Page>()
  readonly #throttled = new Map<string, number>()
  readonly #tenants = new Map<string, Tenant>()
  #lastTenant: Tenant | null = null
  #searched = 0
  #twice = 0
  #cut = 0

  /** `isTable`: as the search page saves it, which has a limit and says none. */
  constructor(source: Source, sink: Sink, isTable: boolean) {
    this.#source = source
    this.#sink = sink
    this.#isTable = isTable
    this.#seen = new SeenRecords(source.size)
    this.#skim = new CloudSkim(sink)
  }

  take({ record, raw, offset, length, line, isSnippet, isQuoted, own }: Row): void {
    if (record.kind === 'unified') this.#page(record.index, record.count)
    const id = memberText(record.members, 'id')
    if (id !== null) {
      digestRecord(own ?? Buffer.from(identityOf(record, raw)), this.#halves)
      if (this.#seen.add(this.#halves)) {
        this.#twice++
        return
      }
    }
    if (record.isCut) this.#cut++
    const at = { path: this.#source.path, offset, length, line }
    if (record.kind === 'unified') {
      this.#hear(record, id, { offset, length, line })
      if (!isQuoted) this.#lacking.see(record, timeIn(record.members), at)
      if (!isSnippet && this.#skim.passes(record, at)) return
    }
    if (record.kind === 'unified') return this.#sink.event(unifiedEvent(record, raw, at, isSnippet))
    if (record.kind === 'graph') {
      const request = graphRequestOf(record.members)
      this.#tenant(domainOf(request.mailbox))
      this.#use.graph(request, at)
      return this.#sink.event(graphEvent(record.members, request, raw, at, isSnippet))
    }
    if (record.kind === 'email') {
      this.#use.named(record.members)
      const event = emailEvent(record.members, raw, at, isSnippet)
      return event === null ? undefined : this.#sink.event(event)
    }
    const event = entraEvent(record, raw, at, isSnippet)
    this.#use.named(record.members)
    this.#hearEntra(event, id)
    if (!isQuoted) this.#lacking.see(record, event.time, at)
    this.#sink.event(event)
  }

  /** Who takes records that become no event off the bytes of the file; null where all must be read as a whole. */
  rows(form: TableForm | null, columns: readonly string[], recordOf: RecordOf): CloudRows | null {
    const scanner = (this.#scanner ??= this.#sink.scanner?.() ?? null)
    if (scanner === null || !this.#sink.records) return null
    const { path } = this.#source
    return new CloudRows(scanner, form, { path, columns, recordOf, skim: this.#skim, account: this })
  }

  /** Stands the record of these digests in the file before? It is counted then. */
  isTwice(halves: Uint32Array, index: number | null, count: number | null): boolean {
    if (!this.#seen.has(halves)) return false
    this.#page(index, count)
    this.#twice++
    return true
  }

  /** A record that became no event. `halves`: its digest, where it has an id. */
  heard(heard: Heard, halves: Uint32Array | null): void {
    this.#page(heard.index, heard.count)
    if (halves !== null) this.#seen.add(halves)
    this.#tenant(heard.house)
    this.#use.told(heard, heard.recordId, heard)
    if (heard.isThrottled) this.#throttle(heard.mailbox, heard.user, heard.time!)
  }

  /** `size`: of the file, where what it lacks is told. */
  finish(size: number): void {
    const at = { path: this.#source.path, offset: 0, length: 0 }
    const note = (text: string): void => this.#sink.fact({ fact: 'note', note: `${this.#source.path}: ${text}`, at })
    this.#lacking.report(this.#sink)
    for (const detail of this.#lacks()) {
      this.#sink.gap({ offset: size, length: 0, reason: 'truncated', detail })
      note(detail)
    }
    if (this.#twice > 0)
      note(
        `${counted(this.#twice, 'record')} ${this.#twice === 1 ? 'stands' : 'stand'} in it more than once; each is counted once`,
      )
    if (this.#seen.beyond > 0)
      note(
        `${counted(this.#seen.beyond, 'record')} are beyond the maximum that is compared for duplicates: duplicates among them are counted again`,
      )
    const boxes = [...this.#throttled].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [mailbox, first] of boxes.slice(0, NAMED))
      note(
        `mail of ${mailbox} was opened so often that Microsoft stopped recording it for 24 hours ` +
          `(IsThrottled, first ${new Date(first).toISOString().slice(0, 16)}Z): what was read then cannot be known`,
      )
    if (boxes.length > NAMED)
      note(`the same is true of ${counted(boxes.length - NAMED, 'further mailbox', 'further mailboxes')}`)
    this.#seen.release()
    const tally = this.#use.tally()
    if (tally) this.#sink.cloud?.(tally)
    const [tenant] = [...this.#tenants.values()].sort((a, b) => b.rows - a.rows || (a.domain < b.domain ? -1 : 1))
    if (tenant) this.#sink.fact({ fact: 'tenant', domain: tenant.domain, rows: tenant.rows, at })
  }

  #hear({ members }: CloudRecord, id: string | null, at: Pick<Row, 'offset' | 'length' | 'line'>): void {
    const user = memberText(members, 'userid')
    this.#tenant(houseOf(memberText(members, 'organizationname'), user))
    if (memberText(members, 'creationtime') === null) return
    const time = timeIn(members)
    const told = { ...at, time, user, client: recordClient(members), session: recordSession(members) }
    const isThrottled = this.#use.unified(members, id, told)
    this.#use.signIn(members, told, false)
    // Other records may be counted without being read as a whole.
    if (isSignIn(members)) this.#use.named(members)
    if (time !== null && isThrottled) this.#throttle(memberText(members, 'mailboxownerupn'), user, time)
  }

  #throttle(owner: string | null, user: string | null, time: number): void {
    const mailbox = owner ?? user ?? 'an unnamed mailbox'
    const first = this.#throttled.get(mailbox)
    if (first !== undefined || this.#throttled.size < TENANTS)
      this.#throttled.set(mailbox, Math.min(first ?? time, time))
  }

  #hearEntra({ log, fields, user, client, session, time, at }: Event, id: string | null): void {
    this.#tenant(domainOf(user))
    const operation = ['Operation', 'OperationName', 'appDisplayName', 'AppDisplayName'].map((name) =>
      wordOf(fields, name),
    )
    const told = { time, user, client, session, offset: at.offset, length: at.length, line: at.line ?? 0 }
    if (log === 'entra-signin') this.#use.signIn(fields, told, true)
    this.#use.entra(operation.find((word) => word !== '') ?? 'sign-in', id, fields.Succeeded === true, told)
  }

  #tenant(domain: string | null): void {
    if (domain === null) return
    if (this.#lastTenant?.domain !== domain) {
      let tenant = this.#tenants.get(domain)
      if (!tenant) {
        if (this.#tenants.size >= TENANTS) return
        this.#tenants.set(domain, (tenant = { domain, rows: 0, weight: domain.endsWith('.onmicrosoft.com') ? 10 : 1 }))
      }
      this.#lastTenant = tenant
    }
    this.#lastTenant.rows += this.#lastTenant.weight
  }

  #page(index: number | null, count: number | null): void {
    this.#searched++
    if (index === null || count === null || count < 1 || index < 1) return
    const page = this.#pages.get(count)
    if (page) {
      page.least = Math.min(page.least, index)
      page.most = Math.max(page.most, index)
      page.rows++
    } else if (this.#pages.size < PAGES) this.#pages.set(count, { least: index, most: index, rows: 1 })
  }

  /** What searches found and the file does not hold. The total may change between two calls of one search. */
  #lacks(): string[] {
    const lacks: string[] = []
    const begins = new Set([...this.#pages.values()].map((page) => page.least))
    let limited = false
    for (const [count, { least, most, rows }] of this.#pages) {
      // Found and returned differ: a search returns no more than a fixed maximum.
      if (count >= LIMIT && most >= LIMIT && most <= count) limited = true
      const goesOn = begins.has(most + 1)
      const expected = Math.min(count, most) - least + 1
      if (most < count && !goesOn)
        lacks.push(
          `a search found ${counted(count, 'record')}, of which ${most} ${most === 1 ? 'was' : 'were'} fetched`,
        )
      else if (rows < expected)
        lacks.push(
          `of a search that found ${counted(count, 'record')} ${expected - rows} ${expected - rows === 1 ? 'is' : 'are'} missing in the file`,
        )
    }
    if (this.#isTable && this.#pages.size === 0 && this.#searched === LIMIT) limited = true
    if (this.#cut > 0)
      lacks.push(
        `of ${counted(this.#cut, 'record')} AuditData is no complete JSON, and only the other columns are known. A spreadsheet cuts a cell at 32,767 characters`,
      )
    if (limited) lacks.push(`the search reached its limit of ${LIMIT} records: there may be more that it did not give`)
    return lacks
  }
}

function timeIn(members: Members): number | null {
  const written = memberText(members, 'creationtime')
  return written === null ? null : certainTime(written)
}

type Tenant = { readonly domain: string; readonly weight: number; rows: number }
type Page = { least: number; most: number; rows: number }

/** No search of the unified audit log gives more (https://learn.microsoft.com/powershell/module/exchange/search-unifiedauditlog). */
const LIMIT = 50_000
const PAGES = 1_000
const TENANTS = 1_000
const NAMED = 20

function wordOf(fields: Fields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

/** What makes two rows the same record: all that the service wrote, and nothing that the search did. */
function identityOf(record: CloudRecord, raw: string): string {
  if (record.text !== null) return record.text
  if (record.index === null) return raw
  return [...record.members.values()]
    .filter(([name]) => !/^Result(?:Index|Count)$/i.test(name))
    .map(([name, value]) => `${name}=${writtenOut(value)}`)
    .join('\0')
}
