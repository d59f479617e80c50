import { counted } from '../../lib/amounts.ts'
import { canonicalIp, lastHop } from '../../lib/ip.ts'
import { utcTime } from '../../lib/time.ts'
import type { Event, Fields, LogSource, Place, TimeBasis } from '../../model/event.ts'
import type { KnownLogKind } from '../../model/log-kinds.ts'
import { BuildRuns, buildOf } from '../exchange/build-sightings.ts'
import { type Head, type Parser, type Sink, type Source } from '../parser.ts'
import { type RowLayout, type RowTaker, SERVED, type BuildInValue } from '../row-layout.ts'
import { DeniedHeader } from '../common/header-trust.ts'
import { Fillers, hostName, readLines, remembered, RowTakers, type Stretch } from '../common/lines.ts'
import {
  align,
  dateOf,
  aliasesOf,
  type HeaderColumns,
  w3cColumns,
  fieldsOf,
  firstRows,
  fitsW3cColumns,
  headerNote,
  JOINS,
  midnight,
  numberOr,
  SEVERAL_WAYS,
  timeOfDay,
  uriOf,
  W3cHeaders,
} from './w3c.ts'

/**
 * IIS: W3C extended log files, and the older IIS log file format.
 * https://learn.microsoft.com/windows/win32/http/w3c-logging and .../http/iis-logging
 */
export const iis: Parser = {
  name: 'iis',
  title: 'IIS log',
  product: 'windows',
  recognize,
  read,
  again(head, sink, made) {
    const rows = new IisRows(head, sink)
    rows.expect(made)
    return rows.taker()
  },
}

const SOURCES: readonly LogSource[] = [
  { category: 'webserver' },
  { product: 'windows', service: 'iis' },
  { product: 'iis' },
]

// The default fields of IIS, and the sets seen in copies without a header. The first that fits is taken.
const MODERN =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'
const ALL =
  'date time s-sitename s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs(Cookie) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken'
const DEFAULTS = [
  MODERN,
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken',
  ALL,
  'date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status',
  MODERN.replace('s-ip', 's-sitename s-ip'),
  MODERN.replace('s-ip', 's-sitename s-computername s-ip'),
  MODERN.replace('time-taken', 'sc-bytes cs-bytes time-taken'),
  MODERN.replace(' cs(Referer)', '').replace('time-taken', 'sc-bytes cs-bytes time-taken'),
].flatMap((fields) => [fields, `${fields} X-Forwarded-For`])

type W3cColumns = HeaderColumns & {
  readonly aliases: readonly (readonly [string, string])[]
  readonly place: Readonly<
    Record<
      'date' | 'time' | 'stem' | 'query' | 'client' | 'user' | 'port' | 'site' | 'computer' | 'status' | 'forwarded',
      number
    >
  >
}

function iisColumns(fields: string): W3cColumns {
  const columns = w3cColumns(fields, ['cs-uri'])
  const forwarded = columns.names.findIndex((name) => /^(?:cs\()?x-forwarded-for\)?$/i.test(name))
  const own = columns.names[forwarded] === 'x-forwarded-for' ? [] : ['x-forwarded-for']
  const whole = forwarded < 0 ? columns : w3cColumns(fields, ['cs-uri', 'forwarded-client', ...own])
  return {
    ...whole,
    aliases: aliasesOf(whole),
    place: {
      date: whole.at('date'),
      time: whole.at('time'),
      stem: whole.at('cs-uri-stem'),
      query: whole.at('cs-uri-query'),
      client: whole.at('c-ip'),
      user: whole.at('cs-username'),
      port: whole.at('s-port'),
      site: whole.at('s-sitename'),
      computer: whole.at('s-computername'),
      status: whole.at('sc-status'),
      forwarded,
    },
  }
}

// ---------------------------------------------------------------- recognizing

function recognize(head: Head): number {
  if (head.text === '') return 0
  const lines = head.text.slice(0, 16_384).split(/\r\n|[\n\r]/, 80)
  if (lines.length > 1 && head.text.length > 16_384) lines.pop()
  let header = 0
  let rows = 0
  let others = 0
  let isOfSeveral = false
  let columns: W3cColumns | null = null
  for (const line of lines) {
    if (line.trim() === '') continue
    if (!line.startsWith('#')) {
      if (head.windowsPath === null && EXCHANGE_ROW.test(line)) isOfSeveral = true
      if (isRow(line, columns)) rows++
      else others++
      continue
    }
    if (/^#Software:.*(?:Firewall|HTTP API|Exchange|Media Serv|SMTP)/i.test(line)) return 0
    if (!line.startsWith('#Fields:')) continue
    if (/\bs-reason\b|,/.test(line)) return 0
    const isIis = /\bcs?-(?:uri-stem|method|ip)\b/.test(line)
    if (isIis) columns = iisColumns(line.slice(8))
    // The first header says whose log it is, whatever columns another one names.
    else if (header === 0) return 0
    header ||= /^#Software: Microsoft Internet Information S/m.test(head.text) ? 95 : 85
  }
  // Without a row or a header of IIS beside them such rows are of another table.
  if (isOfSeveral) return header > 0 || rows > 0 ? SEVERAL : 0
  if (header > 0) return rows >= others ? header : 25
  return rows > 0 && rows >= others * 4 ? 75 : 0
}

/** A row of Exchange: a text that holds such rows beside those of IIS is an excerpt of several logs, and no file of a server. */
const EXCHANGE_ROW = /^"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?"?,/
/** Less than what reads excerpts of several logs is sure of. */
const SEVERAL = 30

function isRow(line: string, columns: W3cColumns | null): boolean {
  if (NATIVE.test(line)) return true
  if (!columns && line[4] !== '-') return false
  const values = line.split(' ')
  if (columns) return values.length === columns.names.length || align(columns, values) !== null
  return defaultColumns(values) !== null
}

let defaults: W3cColumns[] | null = null

function defaultColumns(values: readonly string[]): W3cColumns | null {
  if (values.length < 12 || values[0]!.length !== 10 || values[0]![4] !== '-') return null
  defaults ??= DEFAULTS.map(iisColumns)
  // Without a header the status must be one, so that a row that lacks a value is not shifted into place.
  return (
    defaults.find((columns) => fitsW3cColumns(columns, values) && /^[1-5]\d\d$/.test(values[columns.place.status]!)) ??
    null
  )
}

// ---------------------------------------------------------------- reading

async function read(source: Source, sink: Sink): Promise<number> {
  const rows = new IisRows(source, sink, { isLog: true })
  // A header may follow its rows (sorted or joined copies): until one is met the first of the file holds.
  const first = /^#Fields:(.*)$/m.exec(source.text)
  if (first && !first[1]!.includes(',')) rows.expect(first[1]!)
  const fillers = new Fillers(true)
  const parsed = await readLines(
    source,
    sink,
    (line, unread) => {
      const text = line.text
      if (fillers.takes(line, unread)) return
      if (text.charCodeAt(0) === 35) {
        rows.header(text, line)
        return
      }
      const event = rows.row(text, line)
      if (event) {
        sink.event(event)
        // An added value shifts the columns of a row: what the row would have shown is not known.
        if (rows.isAmbiguous) unread({ ...line, length: 0 }, 'corrupt', SEVERAL_WAYS)
        return
      }
      const cut = !line.ended && rows.tooFew(text)
      unread(line, cut ? 'truncated' : 'corrupt', rows.complaint(text))
    },
    (unread) => fillers.end(unread),
    () => fillers.before(() => rows.taker()),
  )
  rows.finish()
  return parsed
}

/** Reads rows of IIS one after another; remembers the header and the date. */
export class IisRows {
  readonly #path: string
  readonly #head: Head
  readonly #sink: Sink
  readonly #backendPath: boolean
  readonly #denied = new DeniedHeader<W3cColumns>()
  readonly #builds: BuildRuns
  #columns: W3cColumns | null = null
  #known = new Map<string, W3cColumns>()
  readonly #headers: W3cHeaders<W3cColumns>
  #fromHeader = false
  /** Of the last #Date line: the day of rows that have no date column, and the time of the last row. */
  #day: number | null = null
  #dayBasis: TimeBasis = 'format'
  #last = 0
  /** Rows that may still be put together in every way there is: that is slow, and no log has many such rows. */
  #patience = 500
  /** Is the last row of another form than its header says, or can it be read in another way, too? */
  isAmbiguous = false

  readonly #strict: boolean
  readonly #isLog: boolean
  /** Who takes the regular rows, by the columns that hold. */
  readonly #takers: RowTakers<W3cColumns>

  /**
   * `strict`: a row without a header must fit a set of default fields as it stands, value by value. `isLog`: the text is a
   * log from its first line on, so that its header is held against the rows below it.
   */
  constructor(source: Head, sink: Sink, { strict = false, isLog = false } = {}) {
    this.#strict = strict
    this.#isLog = isLog
    this.#path = source.path
    this.#head = source
    this.#sink = sink
    this.#backendPath = /w3svc2(?:$|[\\/])/i.test(source.path) || /w3svc2[\\/]/i.test(source.windowsPath ?? '')
    this.#builds = new BuildRuns(sink)
    this.#headers = new W3cHeaders(ALL, (says, at) => sink.fact(headerNote(source.path, says, at)))
    this.#takers = new RowTakers(sink, (columns) =>
      layoutOf(columns, (port, site) => this.#kind(port, site), this.#builds),
    )
    this.#day = dayInName(source.path)
    if (this.#day !== null) this.#dayBasis = 'assumed'
  }

  /** Columns to begin with, before any header was met. */
  expect(fields: string, at?: Stretch): void {
    const before = this.#columns
    const columns = this.#compile(fields)
    if (this.#isLog && !this.#fromHeader) {
      this.#denied.lies(at)
      if (!this.#denied.isTrusted(columns, firstRows(this.#head.text), this.#isInOrder(columns))) return
    }
    this.#columns = columns
    this.#headers.take(this.#columns, this.#fromHeader ? before : null, at)
    this.#fromHeader = true
  }

  /**
   * IIS 7 and newer, whose files are called `u_ex…`, writes its columns in one order, whichever are chosen, and columns of
   * the administrator behind them.
   */
  #isInOrder(columns: W3cColumns): boolean {
    return (
      !/(?:^|\/)u_(?:ex|in|nc)\d{4,10}[^/]*$/i.test(this.#path) ||
      this.#headers.isOrdered(columns, ['cs-method', 'cs-uri-stem'])
    )
  }

  header(text: string, at?: Stretch): void {
    if (at) this.#headers.enter(at)
    if (text.startsWith('#Fields:')) this.expect(text.slice(8), at)
    else if (text.startsWith('#Date:')) {
      if (at) this.#sink.dated?.(dateOf(text), at)
      const day = midnight(text.slice(6).trim().slice(0, 10))
      if (day === null) return
      this.#day = day
      this.#dayBasis = 'format'
      this.#last = timeOfDay(text.slice(6).trim().slice(11, 19)) ?? 0
    }
  }

  /** The event of a row, or null when it is none. */
  row(text: string, at: { offset: number; length: number; number: number }): Event | null {
    const values = text.split(' ')
    this.isAmbiguous = false
    if (this.#strict && !this.#fromHeader) return this.#headerless(values, text, at)
    const columns = this.#columns
    const { rival } = this.#headers
    if (rival && fitsW3cColumns(rival, values)) return this.#event(rival, values, text, at, false)
    if (columns && values.length === columns.names.length) {
      const event = this.#event(columns, values, text, at, !this.#fromHeader)
      if (event) return event
    }
    const event = this.#odd(values, text, at)
    const { unproven } = this.#denied
    if (event === null && unproven && fitsW3cColumns(unproven, values))
      return this.#event(unproven, values, text, at, true)
    return event
  }

  /** The event of values that another tool took apart, under the columns that were expected. */
  cells(values: readonly string[], text: string, at: { offset: number; length: number; number: number }): Event | null {
    const columns = this.#columns
    return columns && values.length === columns.names.length ? this.#event(columns, [...values], text, at, false) : null
  }

  tooFew(text: string): boolean {
    return this.#columns !== null && text.split(' ').length < this.#columns.names.length
  }

  complaint(text: string): string {
    const columns = this.#columns
    if (!columns && this.#denied.isDenied) return 'values of other columns than the header names'
    if (!columns) return 'no row of IIS, and no #Fields line before it'
    const values = text.split(' ').length
    const same = values === columns.names.length
    return same
      ? 'date or time is not one'
      : `${counted(values, 'value')} for ${counted(columns.names.length, 'field')}`
  }

  finish(): void {
    this.#takers.finish()
    this.#builds.finish()
    const { gap } = this.#denied
    if (gap) this.#sink.gap(gap)
  }

  /** Who takes rows of the columns that hold now; null when each must be read as a whole. */
  taker(): RowTaker | null {
    const isPlain = this.#fromHeader && !this.#strict && this.#headers.rival === null
    return isPlain ? this.#takers.of(this.#columns) : null
  }

  #compile(fields: string): W3cColumns {
    const known = this.#known.get(fields)
    if (known) return known
    const columns = iisColumns(fields)
    if (this.#known.size < 100 && fields.length < 8_192) this.#known.set(fields, columns)
    return columns
  }

  #headerless(values: string[], text: string, at: { offset: number; length: number; number: number }): Event | null {
    if (NATIVE.test(text)) return this.#native(text, at)
    const found = defaultColumns(values)
    return found && this.#event(found, values, text, at, true)
  }

  #odd(values: string[], text: string, at: { offset: number; length: number; number: number }): Event | null {
    if (this.#columns && this.#fromHeader) {
      const earlier = this.#headers.earlier(values, this.#columns)
      // Putting values together would hide a row of the earlier header where this one knows less.
      if (earlier && this.#headers.isDoubtful) return this.#event(earlier, values, text, at, false)
      const aligned = align(this.#columns, values, this.#patience-- > 0)
      if (aligned) {
        this.isAmbiguous = !aligned.isSure
        return this.#event(this.#columns, aligned.values, text, at, false)
      }
      if (earlier) return this.#event(earlier, values, text, at, false)
      // What no header of the file says the rows are may be one of them with values put in.
      this.isAmbiguous = true
    }
    if (text.includes(', ') && NATIVE.test(text)) return this.#native(text, at)
    const found = defaultColumns(values) ?? defaultColumns(values.filter((v) => v !== ''))
    if (found) {
      if (!this.#fromHeader) this.#columns = found
      return this.#event(
        found,
        values.length === found.names.length ? values : values.filter((v) => v !== ''),
        text,
        at,
        true,
      )
    }
    if (this.#fromHeader || values.length < 12 || midnight(values[0]!) === null || this.#patience-- <= 0) return null
    defaults ??= DEFAULTS.map(iisColumns)
    for (const columns of defaults) {
      const aligned = align(columns, values)
      if (aligned) return this.#event(columns, aligned.values, text, at, true)
    }
    return null
  }

  #event(
    columns: W3cColumns,
    values: string[],
    text: string,
    at: { offset: number; length: number; number: number },
    snippet: boolean,
  ): Event | null {
    const { place } = columns
    const clock = this.#time(place.date < 0 ? null : values[place.date]!, place.time < 0 ? null : values[place.time]!)
    if (clock === null) return null
    const fields = fieldsOf(columns, values)
    for (const [name, alias] of columns.aliases) fields[alias] = fields[name]!
    const stem = place.stem < 0 ? null : valueOf(values[place.stem]!)
    const query = place.query < 0 ? null : valueOf(values[place.query]!)
    if (stem !== null) fields['cs-uri'] = uriOf(stem, query)
    if (place.forwarded >= 0) Object.assign(fields, forwardedOf(valueOf(values[place.forwarded]!)))
    const host = place.computer < 0 ? null : hostName(values[place.computer]!)
    const lies: Place = { path: this.#path, offset: at.offset, length: at.length, line: at.number }
    const event = {
      log: this.#kind(place.port < 0 ? '' : values[place.port]!, place.site < 0 ? '' : values[place.site]!),
      sources: SOURCES,
      time: clock.time,
      timeBasis: clock.basis,
      fields,
      raw: text,
      at: lies,
      host,
      client: place.client < 0 ? null : clientOf(values[place.client]!),
      user: place.user < 0 ? null : valueOf(values[place.user]!),
      target: stem,
      request: query === null ? null : requestOf(query),
      session: null,
    }
    if (stem !== null && stem.includes('/1'))
      this.#build(stem, place.status < 0 ? '' : values[place.status]!, clock.time, host, lies)
    return snippet ? { ...event, snippet: true } : event
  }

  #kind(port: string, site: string): KnownLogKind {
    return port === '444' || port === '81' || this.#backendPath || site === 'W3SVC2' ? 'iis-backend' : 'iis-frontend'
  }

  #time(date: string | null, time: string | null): { time: number | null; basis: TimeBasis } | null {
    const ofDay = time === null ? null : timeOfDay(time)
    if (time !== null && ofDay === null) return null
    if (date !== null) {
      const day = midnight(date)
      if (day === null) return null
      return ofDay === null ? { time: day, basis: 'assumed' } : { time: day + ofDay, basis: 'format' }
    }
    if (ofDay === null || this.#day === null) return { time: null, basis: 'assumed' }
    // Without a date column the day goes on when the clock turns back by more than rows are late.
    if (ofDay < this.#last - 12 * 3_600_000) this.#day += 86_400_000
    this.#last = ofDay
    return { time: this.#day + ofDay, basis: this.#dayBasis }
  }

  // The folder of a page's scripts carries the build; a page that was served exists, so its build does.
  #build(stem: string, status: string, time: number | null, host: string | null, at: Place): void {
    const told = SERVED.has(status) ? toldOf(stem) : null
    if (told) this.#builds.see(told.build, 'cu', told.source, host, time, () => at)
  }

  /**
   * `ip, user, date, time, service, server, server ip, time taken, bytes in, bytes out, status, win32 status, method,
   * page, parameters,` in local time.
   */
  #native(text: string, at: { offset: number; length: number; number: number }): Event | null {
    const values = text.split(', ')
    if (values.length < 14) return null
    const last = values.length - 1
    values[last] = values[last]!.replace(/,\s*$/, '')
    const day = /^(\d{1,2})\/(\d{1,2})\/(\d{2,4})$/.exec(values[2]!)
    const clock = timeOfDay(values[3]!.padStart(8, '0'))
    if (!day || clock === null) return null
    const year = Number(day[3]) + (day[3]!.length > 2 ? 0 : Number(day[3]) < 70 ? 2000 : 1900)
    const midnightLocal = utcTime(year, Number(day[1]), Number(day[2]))
    if (midnightLocal === null) return null
    const [ip, user, , , site, computer, serverIp, taken, received, sent, status, win32, method, page] =
      values.map(valueOf)
    // A page may hold the separator: what stands between method and the last value belongs to it.
    const query = values.length > 14 ? valueOf(values[last]!) : null
    const stem = values.length > 15 ? values.slice(13, last).join(', ') : (page ?? null)
    const fields: Fields = {
      'c-ip': ip ?? null,
      'cs-username': user ?? null,
      's-sitename': site ?? null,
      's-computername': computer ?? null,
      's-ip': serverIp ?? null,
      'time-taken': wholeOf(taken),
      'cs-bytes': wholeOf(received),
      'sc-bytes': wholeOf(sent),
      'sc-status': wholeOf(status),
      'sc-win32-status': wholeOf(win32),
      'cs-method': method ?? null,
      'cs-uri-stem': stem,
      'cs-uri-query': query,
      'cs-uri': uriOf(stem, query),
    }
    return {
      log: this.#kind('', site ?? ''),
      sources: SOURCES,
      time: midnightLocal + clock,
      timeBasis: 'assumed',
      fields,
      raw: text,
      at: { path: this.#path, offset: at.offset, length: at.length, line: at.number },
      host: hostName(computer),
      client: ip ? clientOf(ip) : null,
      user: user ?? null,
      target: stem,
      request: query === null ? null : requestOf(query),
      session: null,
    }
  }
}

const BUILD = /^\/(?:owa|ecp)\/(auth\/)?(1[45]\.\d{1,2}\.\d{1,5})(\.\d{1,5})?\//i

function toldOf(stem: string): BuildInValue | null {
  const m = BUILD.exec(stem)
  const build = m && buildOf(`${m[2]}${m[3] ?? '.0'}`)
  return build ? { build, source: `path /owa/${m[1] ?? ''}<build>/${m[3] ? '' : ' (three numbers)'}` } : null
}

/** How rows of these columns are laid out; null where they have no time or path, or two columns of one name. */
function layoutOf(
  columns: W3cColumns,
  kindOf: (port: string, site: string) => KnownLogKind,
  builds: BuildRuns,
): RowLayout | null {
  const { names, place, numbers, aliases } = columns
  const distinct = new Set(names.map((name) => name.toLowerCase()))
  if (place.date < 0 || place.time < 0 || place.stem < 0 || distinct.size < names.length) return null
  const url = [place.stem, place.query].filter((column) => column >= 0)
  const alias = new Map(aliases)
  const context = [place.port, place.site, place.computer].filter((column) => column >= 0)
  const of = (values: readonly string[], column: number): string => values[context.indexOf(column)] ?? ''
  return {
    sources: SOURCES,
    delimiter: 32,
    quoted: false,
    empty: '-',
    columns: names,
    made: names.join(' '),
    fields: [...new Set([...Object.keys(columns.template), 'cs-uri-query'])],
    time: { day: place.date, clock: place.time },
    client: place.client,
    clientOf,
    isRequests: true,
    watched: [place.stem],
    telling: {
      column: place.stem,
      of: toldOf,
      tell: ({ build, source }, host, time, at) => builds.see(build, 'cu', source, host, time, at),
    },
    context,
    contextOf: (values) => ({
      log: kindOf(of(values, place.port), of(values, place.site)),
      host: hostName(of(values, place.computer)),
    }),
    fieldsOf(column, text) {
      const name = names[column]!
      const value = valueOf(text)
      const field = value === null || !numbers[column] ? value : numberOr(value)
      return {
        [name]: field,
        ...(alias.has(name) ? { [alias.get(name)!]: field } : {}),
        ...(column === place.forwarded ? forwardedOf(value) : {}),
      }
    },
    // Every field of one column is its value, but for the last address of a list.
    stands: (_, field) => (field === 'forwarded-client' ? null : 'end'),
    joint: new Map([
      ['cs-uri', url],
      ['cs-uri-query', url],
    ]),
    joins: JOINS,
  }
}

// Address, user, month/day/year, time, service: the order is fixed.
const NATIVE = /^[0-9a-fA-F.:%]{2,45}, [^,]{1,256}, \d{1,2}\/\d{1,2}\/\d{2,4}, \d{1,2}:\d\d:\d\d, [^,]{1,64}, /

/**
 * What is wrong with a row that begins as rows of IIS do (date, time, and soon a method and a path) and fits no set of
 * default fields; null for any other text.
 */
export function misfit(text: string): string | null {
  const values = text.slice(0, 65_536).split(' ')
  const method = values.slice(2, 6).findIndex((value) => METHOD.test(value)) + 2
  if (method < 2 || !/^(?:\/|\*$)/.test(values[method + 1] ?? '')) return null
  if (midnight(values[0]!) === null || timeOfDay(values[1]!) === null) return null
  const wanted = MODERN.split(' ').length
  return values.length === wanted
    ? 'values of other fields'
    : `${counted(values.length, 'value')} for ${counted(wanted, 'field')}`
}

const METHOD = /^(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|TRACE|PATCH|CONNECT|PROPFIND|RPC_(?:IN|OUT)_DATA)$/

const clientOf = remembered((text: string) => canonicalIp(text))

/** X-Forwarded-For, and the client that it names last. */
function forwardedOf(value: string | null): Fields {
  return { 'x-forwarded-for': value, 'forwarded-client': value === null ? null : lastHop(value) }
}

function valueOf(text: string): string | null {
  return text === '-' || text === '' ? null : text
}

function wholeOf(text: string | null | undefined): number | string | null {
  if (text === null || text === undefined) return null
  return /^\d{1,15}$/.test(text) ? Number(text) : text
}

/** The request id that Exchange puts into the query, shared with HttpProxy rows. */
export function requestOf(query: string): string | null {
  let at = query.indexOf('cafeReqId=')
  if (at >= 0) at += 10
  else {
    at = query.indexOf('RequestId=')
    if (at < 0) return null
    at += 10
  }
  const id = query.slice(at, at + 36)
  return /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(id) ? id.toLowerCase() : null
}

// `u_ex210303.log`, `ex010320.log`, `u_ex210303_x.log`
function dayInName(path: string): number | null {
  const m = /(?:^|[\\/!])(?:u_)?ex(\d\d)(\d\d)(\d\d)\w*\.log$/i.exec(path)
  return m ? utcTime((Number(m[1]) < 70 ? 2000 : 1900) + Number(m[1]), Number(m[2]), Number(m[3])) : null
}
