import { type Filling, holdsFilling, RECORD_BLANKS } from '../../lib/blanks.ts'
import { counted, formatList } from '../../lib/amounts.ts'
import { CsvRecords, type CsvSpan, splitCsv } from '../../lib/csv.ts'
import type { Line } from '../../lib/lines.ts'
import { splitHeadLines } from '../../lib/text.ts'
import { isoTime } from '../../lib/time.ts'
import type { Event, Fact, Place } from '../../model/event.ts'
import { isProxyLog } from '../../model/log-kinds.ts'
import { BuildRuns, buildOf } from './build-sightings.ts'
import { headerColumns, namesIn, writtenFor } from './csv-headers.ts'
import { isKnownColumn, typeOf } from './log-types.ts'
import { alignCsv, ecpExcerpt } from './odd-rows.ts'
import { buildIn, exchangeEvent, hasTime, rowLayoutOf, rowBuild, type RowOrigin } from './csv-rows.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import type { RowContext, RowLayout, RowTaker } from '../row-layout.ts'
import { doubtful, isContradicted } from '../common/header-trust.ts'
import { aroundLast, Fillers, holdsFillers, readLines, RowTakers, type ReportUnreadLines } from '../common/lines.ts'
import {
  type ExchangeColumns,
  exchangeColumns,
  fitsExchangeColumns,
  defaultLists,
  defaultFor,
  parseLogTime,
  timeInRow,
  trustInColumns,
} from './csv-columns.ts'

/**
 * The text logs of Exchange: comma-separated, UTC, with a header of `#` lines and, in some, a bare line of columns.
 * https://learn.microsoft.com/exchange/mail-flow/transport-logs/message-tracking and its neighbors describe some of
 * them; the others are read by their headers. The types stand in `log-types.ts`.
 */
export const exchangeCsv: Parser = {
  name: 'exchange-csv',
  title: 'Exchange log',
  product: 'exchange',
  recognize,
  read,
  again: (head, sink, made) => new ExchangeRows(head, sink).again(made),
}

// ---------------------------------------------------------------- recognizing

// A row begins with an ISO time and a comma.
const ROW = /^"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?"?,/
const HEADER_LINE = /^#(?:Software|Version|Log-type|Date|Fields):/i

/** A row of IIS: a text that holds such rows beside those of Exchange is an excerpt of several logs, and no file of a server. */
const WEB_ROW = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S{1,64} [A-Z_]{3,16} \//m
/** Less than what reads excerpts of several logs is sure of. */
const SEVERAL = 30

/** Does a line begin a row of an Exchange log? */
export function beginsExchangeRow(text: string): boolean {
  return text.charCodeAt(4) === 45 || text.charCodeAt(0) === 34 ? ROW.test(text) : false
}

/** Is a line the bare header that stands in front of the `#` lines of some logs? */
export function isBareHeader(text: string): boolean {
  return /^"?(?:date-?time|time-?stamp)"?,/i.test(text) && !/\d{4}-\d\d-\d\dT/.test(text)
}

function recognize(head: Head): number {
  return head.windowsPath === null && WEB_ROW.test(head.text) ? Math.min(SEVERAL, ofOneLog(head)) : ofOneLog(head)
}

function ofOneLog(head: Head): number {
  if (head.text === '') return 0
  // The last line of a head is cut off.
  const lines =
    head.size === null || head.size > head.bytes.length
      ? splitHeadLines(head.text).slice(0, -1)
      : splitHeadLines(head.text)
  let named = 0
  let rows = 0
  let others = 0
  let fitting = 0
  let quoted = false
  for (const line of lines) {
    if (line.trim() === '') continue
    if (line.startsWith('#')) {
      if (/^#Software: Microsoft Exchange/i.test(line)) named = Math.max(named, 92)
      else if (/^#Log-type:/i.test(line)) named = Math.max(named, 91)
      else if (/^#Fields:\s*[^\s,]+,/i.test(line)) named = Math.max(named, 90)
      continue
    }
    if (beginsExchangeRow(line)) {
      rows++
      // A log that is named is not known by its rows.
      const split = named === 0 || line.includes('"') ? splitCsv(line) : null
      quoted = split?.open === true
      if (split !== null && named === 0 && rows <= 50 && defaultFor(split.values)) fitting++
    } else if (isBareHeader(line)) {
      if (areOurs(line)) named = Math.max(named, 86)
    } else if (!quoted) others++
  }
  if (named > 0) return others <= 2 + rows ? named : 20
  return rows > 0 && fitting * 2 >= Math.min(rows, 50) && others * 4 <= rows ? 72 : 0
}

/** Few names that logs of Exchange have, too, make no such log of a table of many columns. */
function areOurs(line: string): boolean {
  const names = line.includes('"') ? line.split(',').map((name) => name.trim()) : namesIn(line)
  const ours = names.filter(isKnownColumn).length
  return ours > 3 && ours * 2 >= names.length
}

// ---------------------------------------------------------------- reading

async function read(source: Source, sink: Sink): Promise<number> {
  const rows = new ExchangeRows(source, sink, { isLog: true })
  // A header may follow its rows: until one is met the first of the file holds.
  rows.expectFrom(source.text)
  let report: ReportUnreadLines = () => {}
  /** The last line of which it is known that it is no filler. */
  let met: Line | null = null
  const fillers = new Fillers(false, (text) => isBareHeader(text) && !text.includes('"'))
  const records = new CsvRecords({
    delimiter: ',',
    begins: (text) => beginsExchangeRow(text) || HEADER_LINE.test(text),
    passes: (line) => {
      // Behind a row whose quote nothing closes lines are met that waited with it.
      if (line !== met && fillers.takes(line, report)) return true
      return line.text.charCodeAt(0) === 35 && (rows.header(line.text, line), true)
    },
    accepts: (span) => rows.accepts(span),
    take(record) {
      const { text } = record
      if (record.values.length === 1 && text.trim() === '') return
      if (isBareHeader(text)) return rows.bareHeader(text, record)
      const held = text.includes('\n') ? rows.holds(text, record) : 0
      const event = rows.record(record.values, text, record, record.broken)
      if (event) {
        sink.event(event)
        if (holdsFillers(text) || rows.isFilled(text)) {
          const { offset, number: line } = record
          const detail = 'blanks, blank lines, comments or one letter over and over within a value'
          sink.gap({ offset, length: 0, reason: 'corrupt', detail, line, ...aroundLast(sink) })
        }
        // Text in this row may be rows that were put in quotes: that cannot be determined.
        if (held > 0) report({ ...record, length: 0 }, 'corrupt', `lines in quotes that look like entries: ${held}`)
        return
      }
      const cut = !record.ended && rows.tooFew(record.values)
      report(record, cut ? 'truncated' : 'corrupt', rows.complaint(record.values))
    },
  })
  const parsed = await readLines(
    source,
    sink,
    (line, unread) => {
      report = unread
      if (!records.waiting) {
        met = line
        if (fillers.takes(line, unread)) return
      }
      records.push(line)
    },
    (unread) => {
      report = unread
      records.flush()
      fillers.end(unread)
    },
    () => (records.waiting ? null : fillers.before(() => rows.taker())),
  )
  rows.finish()
  return parsed
}

type Stretch = { offset: number; length: number; number: number }

/** Headers that are remembered, that are told of, and columns by whose values rows of one are known again. */
const [HEADERS, TOLD_HEADERS, TELLING_TESTS] = [12, 5, 3]
/** Headers of one file that are known again; each of those beyond is one of its own. */
const OWN_HEADERS = 200

/** The whole rows of the beginning of a text, taken apart. */
function* firstRows(text: string): Iterable<readonly string[]> {
  for (const line of splitHeadLines(text.slice(0, 65_536)).slice(0, -1)) {
    const row = beginsExchangeRow(line) ? splitCsv(line) : null
    if (row !== null && !row.open) yield row.values
  }
}

/**
 * Blanks side by side that are as long as a row of these columns; no subject of a message is longer than 255 characters. A letter over
 * and over may be what a client sent to the front end, whose rows have many columns to be told by.
 */
function filledBy({ names, type }: ExchangeColumns): Filling {
  return {
    blanks: Math.min(300, Math.max(80, 10 * names.length)),
    letters: isProxyLog(type.kind) ? Infinity : RECORD_BLANKS.within,
  }
}

function countKnown({ names }: ExchangeColumns): number {
  return new Set(names.filter(isKnownColumn)).size
}

function shortList(names: readonly string[]): string {
  return formatList(names, 4, 'column')
}

/** Reads rows of Exchange logs one after another; remembers every header that was met. */
export class ExchangeRows {
  readonly #path: string
  readonly #where: string
  readonly #sink: Sink
  readonly #builds: BuildRuns
  #columns: ExchangeColumns | null = null
  readonly #own = new Map<string, ExchangeColumns>()
  #met: ExchangeColumns[] = []
  #type: string | null = null
  /** What columns were made of: the type of the log, as the header states it, and their names. */
  readonly #made = new WeakMap<ExchangeColumns, string>()
  /** What the header at hand names, the number of its last line, and whether rows stand before it. */
  #headerNames: readonly string[] | null = null
  #headerEnd = 0
  #isInside = false
  /** Columns of an earlier header that rows of the same length may have instead: the one at hand knows fewer of them. */
  #rival: ExchangeColumns | null = null
  #otherHeaders = 0
  /** Rows that hold lines which look like rows or headers, and where the first of them lies. */
  #holding: { rows: number; readonly at: Place } | null = null
  #version: { build: string; from: number | null; to: number | null; host: string | null; at: Place } | null = null
  #versionFacts = 0
  #fallback: ExchangeColumns | null = null
  /** Rows that may still be compared with every known list: that is slow, and no log has many such rows. */
  #patience = 500
  /** Who takes the regular rows, by the columns that hold. */
  readonly #takers: RowTakers<ExchangeColumns>

  readonly #head: Head
  readonly #isLog: boolean
  /** How many columns of a header are its log's own; none where its rows cannot be read by it. */
  readonly #trust = new WeakMap<ExchangeColumns, number>()
  /** The first header that cannot be trusted, and whether rows were read that had to be read by it, or by none. */
  #distrusted: Stretch | null = null
  #isDoubtful = false

  /** `isLog`: the text is a log from its first line on, so that its header is held against the rows below it. */
  constructor(source: Head, sink: Sink, { isLog = false } = {}) {
    this.#head = source
    this.#isLog = isLog
    this.#path = source.path
    this.#where = source.windowsPath ?? source.path
    this.#sink = sink
    this.#builds = new BuildRuns(sink)
    const layoutOf = (columns: ExchangeColumns): RowLayout | null =>
      rowLayoutOf(columns, this.#made.get(columns) ?? null, this.#where, (context) => this.#seenBy(context))
    this.#takers = new RowTakers(sink, layoutOf, filledBy)
  }

  /** Takes the first header of a text as that of the rows in front of it. */
  expectFrom(text: string): void {
    let type: string | null = null
    let fields: string | null = null
    let bare: string | null = null
    const lines = new CsvRecords({
      delimiter: ',',
      begins: (line) => beginsExchangeRow(line) || HEADER_LINE.test(line),
      passes({ text: line }) {
        if (line.charCodeAt(0) !== 35) return false
        type ??= /^#Log-type:(.*)$/i.exec(line)?.[1]!.trim() ?? null
        fields ??= /^#Fields:([^,]*,.*)$/i.exec(line)?.[1] ?? null
        return true
      },
      accepts: (span) => this.accepts(span),
      take({ text: line }) {
        bare ??= /^(?:date-?time|time-?stamp),.*$/i.exec(line)?.[0] ?? null
      },
    })
    for (const [i, line] of splitHeadLines(text).entries()) {
      if (type !== null && fields !== null) break
      lines.push({ text: line, offset: 0, length: 0, number: i + 1, ended: true })
    }
    // Told by the lines that were pushed, which the compiler does not see.
    const names = (fields ?? bare) as string | null
    if (names === null || isRowLike(names)) return
    this.#type = type
    this.#use(namesIn(names.trim()))
    this.#headerNames = null
  }

  /** Takes up columns again, as they were made in another thread. */
  again(made: string): RowTaker | null {
    const [type, names] = JSON.parse(made) as [string | null, readonly string[]]
    this.#type = type
    this.#use(names)
    return this.taker()
  }

  /** Takes a `#` line; what is not a header line is a comment. */
  header(text: string, at: Stretch): void {
    this.#enter(at)
    const m = /^#\s?(Version|Log-type|Date|Fields):(.*)$/i.exec(text)
    if (!m) return
    const name = m[1]!.toLowerCase()
    const value = m[2]!.trim()
    if (name === 'fields') this.fields(value, at)
    else if (name === 'date') this.#sink.dated?.(isoTime(value), at)
    else if (name === 'log-type') {
      this.#type = value
      // The bare header stands before the line that says what it is a header of.
      if (this.#headerNames) this.#use(this.#headerNames, at)
    } else this.#setVersion(buildOf(value), at)
  }

  bareHeader(text: string, at: Stretch): void {
    this.#enter(at)
    this.fields(text, at)
  }

  /** Takes a line of column names. */
  fields(text: string, at?: Stretch): void {
    const names = namesIn(text)
    if (names.length > 1) this.#use(names, at)
  }

  /** A line of a header: of the one at hand, or of another behind rows. */
  #enter(at: Stretch): void {
    if (at.number !== this.#headerEnd + 1) {
      this.#isInside = this.#headerEnd > 0
      this.#headerNames = null
    }
    this.#headerEnd = at.number
  }

  #use(names: readonly string[], at?: Stretch): void {
    this.#headerNames = names
    const columns = this.#ownOf(headerColumns(names, this.#type, this.#where), names)
    const before = this.#columns
    if (this.#isInside && before && at) this.#compare(before, columns, at)
    this.#columns = columns
    this.#made.set(columns, writtenFor(names, this.#type))
    const trust = this.#trustIn(columns, at)
    // The first header of a file is never forgotten, however many come behind it.
    const met = [columns, ...this.#met.filter((other) => other !== columns)]
    this.#met = met.length > HEADERS ? [...met.slice(0, HEADERS - 1), met.at(-1)!] : met
    this.#rival =
      met.find(
        (other) =>
          other !== columns &&
          other.names.length === columns.names.length &&
          other.tests.filter((test) => test !== null).length >= TELLING_TESTS &&
          this.#trustIn(other) > trust,
      ) ?? null
  }

  /**
   * The columns of a header, the same ones each time that this file has it: those that are remembered from file to file may be forgotten
   * at any time, and what is known of a header must not depend on the files before.
   */
  #ownOf(columns: ExchangeColumns, names: readonly string[]): ExchangeColumns {
    const key = [columns.type.kind, ...names].join('\0')
    const known = this.#own.get(key)
    if (known !== undefined) return known
    if (this.#own.size >= OWN_HEADERS) return { ...columns }
    this.#own.set(key, columns)
    return columns
  }

  #trustIn(columns: ExchangeColumns, at?: Stretch): number {
    let trust = this.#trust.get(columns)
    if (trust === undefined) {
      trust = this.#isLog && this.#isOfOthers(columns) ? 0 : (this.#ownColumns(columns) ?? countKnown(columns))
      this.#trust.set(columns, trust)
    }
    if (trust === 0 && at) this.#distrusted ??= at
    return trust
  }

  #ownColumns(columns: ExchangeColumns): number | null {
    return this.#isLog ? trustInColumns(columns) : null
  }

  /** Do the rows below the first header have other columns than it names? */
  #isOfOthers(columns: ExchangeColumns): boolean {
    if (this.#isInside) return false
    if (isContradicted(columns, firstRows(this.#head.text))) return true
    if (columns.type.kind !== 'exchange-other') return false
    // A log of a kind that is not known, with rows of one that is.
    const rows = [...firstRows(this.#head.text)].slice(0, 20)
    const others = rows.filter((row) => (defaultFor(row)?.tests.filter((test) => test !== null).length ?? 0) > 4)
    return others.length * 2 > rows.length
  }

  #isUnproven(columns: ExchangeColumns | null): boolean {
    return this.#isLog && columns !== null && this.#trust.get(columns) === 0
  }

  /** Servers write one header over again, and after an update one with more columns: everything else is told. */
  #compare(before: ExchangeColumns, columns: ExchangeColumns, at: Stretch): void {
    const now = new Set(columns.names.map((name) => name.toLowerCase()))
    const lost = before.names.filter((name) => isKnownColumn(name) && !now.has(name.toLowerCase()))
    if ((lost.length === 0 && before.type === columns.type) || this.#otherHeaders++ >= TOLD_HEADERS) return
    const what = lost.length > 0 ? `without ${shortList(lost)}` : 'of another kind of log'
    this.#note(`a header inside the file, behind rows of another one, is ${what}`, this.#placeOf(at))
  }

  /** Of several lines in quotes some may look like rows or headers of their own: they are text of the row that holds them. */
  accepts({ first, count, isLoose, hasBeginning }: CsvSpan): boolean {
    if (!hasBeginning) return true
    const lists = this.#met.length > 0 ? this.#met : defaultLists()
    return (
      !isLoose &&
      lists.some(
        (columns) =>
          columns.names.length === count &&
          (columns.time < 0 || columns.time >= first.length - 1 || timeInRow(columns, first) !== null),
      )
    )
  }

  /** Counts a row that holds lines which would be rows or headers without its quotes; how many would be rows. */
  holds(text: string, at: Stretch): number {
    const [, ...lines] = text.split('\n')
    const rows = lines.filter(beginsExchangeRow).length
    if (rows === 0 && !lines.some((line) => HEADER_LINE.test(line))) return 0
    this.#holding ??= { rows: 0, at: this.#placeOf(at) }
    this.#holding.rows++
    return rows
  }

  #note(says: string, at: Place): void {
    this.#sink.fact({ fact: 'note', note: `${this.#path}, line ${at.line}: ${says}`, at })
  }

  #placeOf(at: Stretch): Place {
    return { path: this.#path, offset: at.offset, length: at.length, line: at.number }
  }

  /** The event of a row, or null when it is none. */
  record(values: readonly string[], text: string, at: Stretch, broken: boolean): Event | null {
    const columns = this.#columns
    const rival = this.#rival
    if (rival && values.length === rival.names.length && !broken && fitsExchangeColumns(rival, values))
      return this.#event(rival, values, text, at, false)
    if (columns && values.length === columns.names.length && !broken && hasTime(columns, values)) {
      const known = this.#isUnproven(columns) ? defaultFor(values) : null
      return this.#event(known === null ? columns : this.#placed(known), values, text, at, known !== null)
    }
    const found = this.#find(values, text, broken)
    if (found === null) return null
    // In a log with a header such a row has another one.
    if (!found.header && this.#isLog && this.#met.length > 0) this.#doubt(at)
    return this.#event(found.columns, found.values, text, at, !found.header)
  }

  #doubt(at: Stretch): void {
    this.#isDoubtful = true
    this.#distrusted ??= at
  }

  tooFew(values: readonly string[]): boolean {
    return this.#columns !== null && values.length < this.#columns.names.length
  }

  complaint(values: readonly string[]): string {
    if (!this.#columns) return 'no row of a known Exchange log, and no header before it'
    const wanted = this.#columns.names.length
    return values.length === wanted
      ? 'the time is not one'
      : `${counted(values.length, 'value')} for ${counted(wanted, 'field')}`
  }

  finish(): void {
    if (this.#holding) {
      const { rows, at } = this.#holding
      const what = `${rows === 1 ? 'a row holds' : `the first of ${rows} rows that hold`} lines in quotes that look like rows or headers`
      this.#note(`${what}; they were read as text of the row`, at)
    }
    this.#takers.finish()
    this.#endVersion()
    this.#builds.finish()
    if (this.#isDoubtful) this.#sink.gap(doubtful(this.#distrusted?.number ?? 0))
  }

  /** Who takes rows of the columns that hold now; null when each must be read as a whole. */
  taker(): RowTaker | null {
    return this.#rival || this.#isUnproven(this.#columns) ? null : this.#takers.of(this.#columns)
  }

  /** Does a row hold a run of blanks, or of one letter, in which others may have lain? */
  isFilled(text: string): boolean {
    return this.#columns !== null && holdsFilling(text, filledBy(this.#columns))
  }

  /** What a run of rows of one context tells of the server. */
  #seenBy({ host, build }: RowOrigin): NonNullable<RowContext['seen']> {
    return (time, place) => {
      this.#see(time, host)
      if (build) this.#builds.see(build.build, 'update', build.source, host, time, place)
    }
  }

  // Odd rows: broken quotes, another header of the same file, no header, values cut off or too many.
  #find(
    values: readonly string[],
    text: string,
    broken: boolean,
  ): { columns: ExchangeColumns; values: readonly string[]; header: boolean } | null {
    const ways = broken || text.includes('"') ? [values, text.split(',')] : [values]
    for (const way of ways) {
      const exact = this.#met.find(
        (columns) => columns.names.length === way.length && fitsExchangeColumns(columns, way),
      )
      if (exact) return { columns: exact, values: way, header: true }
    }
    if (
      this.#fallback &&
      this.#fallback.names.length === values.length &&
      fitsExchangeColumns(this.#fallback, values) &&
      !this.#fallback.type.like
    ) {
      return { columns: this.#fallback, values, header: false }
    }
    for (const way of ways) {
      const columns = defaultFor(way)
      if (!columns || !this.#mayHold(columns)) continue
      const placed = this.#placed(columns)
      this.#fallback = placed
      return { columns: placed, values: way, header: false }
    }
    const excerpt = ecpExcerpt(text)
    if (excerpt) return { ...excerpt, header: false }
    for (const columns of this.#met) {
      const aligned = alignCsv(columns, values)
      if (aligned) return { columns, values: aligned, header: true }
    }
    // In a log with a header what fits none of its lists is two rows in one, and not a part of a row of another log.
    if (this.#isLog && this.#met.length > 0) return null
    if (parseLogTime(values[0]!) === null || this.#patience <= 0) return null
    this.#patience--
    for (const columns of defaultLists()) {
      // Only where enough columns can be told to be what they are.
      if (columns.tests.filter((t) => t !== null).length < 5) continue
      const aligned = alignCsv(columns, values)
      if (aligned && (columns.type.like?.(aligned) ?? true)) return { columns, values: aligned, header: false }
    }
    return null
  }

  /** A log with a header that can be trusted holds no rows of another kind. */
  #mayHold({ type }: ExchangeColumns): boolean {
    const isHeaded = this.#isLog && this.#met.length > 0
    return !isHeaded || this.#met.some((met) => this.#isUnproven(met) || met.type.kind === type.kind)
  }

  // Lists that several types share are told apart by the path.
  #placed(columns: ExchangeColumns): ExchangeColumns {
    if (columns.type.kind !== 'smtp-receive') return columns
    const type = typeOf(null, columns.names, this.#where)
    return type.kind === 'smtp-send' ? exchangeColumns(columns.names, type) : columns
  }

  #event(columns: ExchangeColumns, values: readonly string[], text: string, at: Stretch, snippet: boolean): Event {
    const isUnproven = snippet || this.#isUnproven(columns)
    if (isUnproven && this.#isUnproven(this.#columns)) this.#doubt(at)
    const event = exchangeEvent(columns, values, text, this.#placeOf(at), this.#where, isUnproven)
    this.#remember(columns, values, event)
    return event
  }

  #remember(columns: ExchangeColumns, values: readonly string[], event: Event): void {
    const { time, host, log } = event
    this.#see(time, host)
    if (columns.build || columns.schema >= 0) {
      const found = buildIn(columns, (i) => values[i] ?? '', log)
      if (found) this.#builds.see(found.build, 'update', found.source, host, time, () => event.at)
    } else if (log === 'ecp-server' || log === 'ecp-activity') {
      const written = event.fields.BLD ?? event.fields.Bld
      const build = typeof written === 'string' ? rowBuild(written) : null
      // The version of the pages, not of what was updated last.
      if (build) this.#builds.see(build, 'cu', `rows of ${log}`, host, time, () => event.at)
    }
  }

  /** The version that the header names ran at the times of the rows below it. */
  #see(time: number | null, host: string | null): void {
    const version = this.#version
    if (!version) return
    if (time !== null && (version.from === null || time < version.from)) version.from = time
    if (time !== null && (version.to === null || time > version.to)) version.to = time
    version.host ??= host
  }

  #setVersion(build: string | null, at: Stretch): void {
    if (this.#version && this.#version.build === build) return
    this.#endVersion()
    if (build === null) return
    this.#version = { build, from: null, to: null, host: null, at: this.#placeOf(at) }
  }

  #endVersion(): void {
    const version = this.#version
    this.#version = null
    if (!version || version.from === null || this.#versionFacts++ > 5_000) return
    const fact: Fact = { fact: 'build', precision: 'update', source: '#Version of an Exchange log', ...version }
    this.#sink.fact(fact)
  }
}

function isRowLike(text: string): boolean {
  return /\d{4}-\d\d-\d\dT/.test(text)
}
