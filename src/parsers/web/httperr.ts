import { counted } from '../../lib/amounts.ts'
import { canonicalIp } from '../../lib/ip.ts'
import type { Event, Fields, LogSource } from '../../model/event.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import type { RowLayout } from '../row-layout.ts'
import { DeniedHeader } from '../common/header-trust.ts'
import { Fillers, readLines, remembered, RowTakers, type Stretch } from '../common/lines.ts'
import {
  align,
  dateOf,
  type HeaderColumns,
  w3cColumns,
  fieldsOf,
  firstRows,
  fitsW3cColumns,
  midnight,
  numberOr,
  headerNote,
  timeOfDay,
  W3cHeaders,
} from './w3c.ts'

/**
 * HTTPERR: what HTTP.sys refused before a web application saw it, in UTC.
 * https://learn.microsoft.com/troubleshoot/developer/webapps/aspnet/site-behavior-performance/error-logging-http-apis
 */
export const httperr: Parser = {
  name: 'httperr',
  title: 'HTTP.sys error log',
  product: 'windows',
  recognize,
  read,
  again: (_, sink, made) => new RowTakers(sink, layoutOf).of(compile(made)),
}

const SOURCES: readonly LogSource[] = [{ category: 'webserver' }, { product: 'windows', service: 'httperr' }]
const DEFAULTS = [
  'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename',
  'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename',
  'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename transport',
]
const MORE = ['cs-uri-stem', 'cs-uri-query']

const compile = remembered((fields: string): HeaderColumns => w3cColumns(fields, MORE), 100)

function recognize(head: Head): number {
  if (head.text === '') return 0
  const software = /^#Software:(.*)/m.exec(head.text.slice(0, 4096))?.[1] ?? ''
  if (/^ Microsoft HTTP API/.test(software)) return 95
  if (/\bs-reason\b/.test(/^#Fields:(.*)/m.exec(head.text)?.[1] ?? '')) return 90
  const lines = head.text.slice(0, 8192).split(/\r?\n/, 40)
  if (head.text.length > 8192) lines.pop()
  let rows = 0
  let others = 0
  for (const line of lines) {
    if (line.trim() === '' || line.startsWith('#')) continue
    if (isHttperrRow(line)) rows++
    else others++
  }
  return rows > 0 && rows >= others * 4 ? 76 : 0
}

/** A line that has the form of a row of HTTPERR, for parsers of mixed texts. */
export function isHttperrRow(text: string): boolean {
  return text[4] === '-' && defaultColumns(text.split(' ')) !== null
}

// The version stands where IIS has a path or a number, so the two are never taken for each other.
function defaultColumns(values: string[]): { columns: HeaderColumns; values: string[] } | null {
  if (
    values.length < 12 ||
    values.length > 60 ||
    midnight(values[0]!) === null ||
    !/^(?:-|HTTP\/[\d.]+)$/.test(values[6]!)
  )
    return null
  for (const fields of DEFAULTS) {
    const columns = compile(fields)
    const aligned = fitsW3cColumns(columns, values) ? values : align(columns, values)?.values
    if (aligned && /^(?:-|[1-5]\d\d)$/.test(aligned[columns.at('sc-status')]!)) return { columns, values: aligned }
  }
  return null
}

async function read(source: Source, sink: Sink): Promise<number> {
  const rows = new HttperrRows(source, sink, { isLog: true })
  const takers = new RowTakers(sink, layoutOf)
  const first = /^#Fields:(.*)$/m.exec(source.text)
  if (first) rows.header(first[0])
  const fillers = new Fillers(true)
  const parsed = await readLines(
    source,
    sink,
    (line, unread) => {
      const { text } = line
      if (fillers.takes(line, unread)) return
      if (text.startsWith('#')) return rows.header(text, line)
      const event = rows.row(text, line)
      if (event) return sink.event(event)
      unread(line, 'corrupt', rows.complaint(text))
    },
    (unread) => fillers.end(unread),
    () => (rows.isContested ? null : fillers.before(() => takers.of(rows.columns))),
  )
  takers.finish()
  rows.finish()
  return parsed
}

/** How rows of these columns are laid out; null where they have no time, or two columns of one name. */
function layoutOf(columns: HeaderColumns): RowLayout | null {
  const { names, numbers, tests } = columns
  const [day, clock] = [columns.at('date'), columns.at('time')]
  const distinct = new Set(names.map((name) => name.toLowerCase()))
  // What is found in the address must not stand in a column of its own, too.
  const isOdd = MORE.some((name) => distinct.has(name)) || (distinct.has('cs-uri') && !names.includes('cs-uri'))
  if (day < 0 || clock < 0 || distinct.size < names.length || isOdd) return null
  return {
    sources: SOURCES,
    delimiter: 32,
    quoted: false,
    empty: '-',
    columns: names,
    made: names.join(' '),
    fields: Object.keys(columns.template),
    time: { day, clock },
    client: -1,
    // Only a column of this very name is the client's.
    clients: [names.indexOf('c-ip')].filter((column) => column >= 0),
    clientOf: (value) => (value === '-' || value === '' ? null : canonicalIp(value)),
    isRequests: false,
    context: [],
    contextOf: () => ({ log: 'httperr', host: null }),
    watched: tests.flatMap((test, column) => (test && column !== day && column !== clock ? [column] : [])),
    fieldsOf(column, text) {
      // A value that does not fit its column puts the whole row in doubt; date and time are looked at anyhow.
      if (column !== day && column !== clock && tests[column] && !tests[column](text)) return null
      const name = names[column]!
      const value = text === '-' || text === '' ? null : numbers[column] ? numberOr(text) : text
      return { [name]: value, ...(name === 'cs-uri' ? partsOf(value) : {}) }
    },
    // The path is the beginning of the address, the query its end.
    stands: (_, field) => (field === 'cs-uri-stem' ? 'inside' : 'end'),
    joint: new Map(),
  }
}

/** Path and query of an address. */
function partsOf(uri: unknown): Fields {
  if (typeof uri !== 'string') return { 'cs-uri-stem': null, 'cs-uri-query': null }
  const mark = uri.indexOf('?')
  return {
    'cs-uri-stem': mark < 0 ? uri : uri.slice(0, mark),
    'cs-uri-query': mark < 0 ? null : uri.slice(mark + 1),
  }
}

/** Reads rows of HTTPERR one after another. */
export class HttperrRows {
  readonly #path: string
  /** Of the last header. */
  columns: HeaderColumns | null = null
  readonly #headers: W3cHeaders<HeaderColumns>
  readonly #denied = new DeniedHeader<HeaderColumns>()
  readonly #head: Head
  readonly #sink: Sink
  readonly #isLog: boolean

  /** `isLog`: the text is a log from its first line on, so that its header is held against the rows below it. */
  constructor(source: Head, sink: Sink, { isLog = false } = {}) {
    this.#path = source.path
    this.#head = source
    this.#sink = sink
    this.#isLog = isLog
    this.#headers = new W3cHeaders(DEFAULTS.at(-1)!, (says, at) => sink.fact(headerNote(source.path, says, at)))
  }

  /** Must each row be asked which header it has? */
  get isContested(): boolean {
    return this.#headers.rival !== null
  }

  header(text: string, at?: Stretch): void {
    if (at) this.#headers.enter(at)
    if (at && text.startsWith('#Date:')) this.#sink.dated?.(dateOf(text), at)
    if (!text.startsWith('#Fields:')) return
    const before = this.columns
    const columns = compile(text.slice(8))
    if (this.#isLog && before === null) {
      this.#denied.lies(at)
      const isOrdered = this.#headers.isOrdered(columns, ['cs-method', 'cs-uri', 's-reason'])
      if (!this.#denied.isTrusted(columns, firstRows(this.#head.text), isOrdered)) return
    }
    this.columns = columns
    this.#headers.take(columns, before, at)
  }

  row(text: string, at: { offset: number; length: number; number: number }): Event | null {
    const values = text.split(' ')
    const { columns } = this
    if (columns) {
      const { rival, isDoubtful } = this.#headers
      if (rival && fitsW3cColumns(rival, values)) return this.#event(rival, values, text, at, false)
      const earlier = fitsW3cColumns(columns, values) ? null : this.#headers.earlier(values, columns)
      if (earlier && isDoubtful) return this.#event(earlier, values, text, at, false)
      const aligned = fitsW3cColumns(columns, values) ? values : align(columns, values)?.values
      if (aligned) return this.#event(columns, aligned, text, at, false)
    }
    const earlier = columns && this.#headers.earlier(values, columns)
    if (earlier) return this.#event(earlier, values, text, at, false)
    const found = defaultColumns(values)
    if (found) return this.#event(found.columns, found.values, text, at, true)
    const { unproven } = this.#denied
    return unproven && fitsW3cColumns(unproven, values) ? this.#event(unproven, values, text, at, true) : null
  }

  finish(): void {
    const { gap } = this.#denied
    if (gap) this.#sink.gap(gap)
  }

  complaint(text: string): string {
    const values = text.split(' ').length
    return this.columns
      ? `${counted(values, 'value')} for ${counted(this.columns.names.length, 'field')}`
      : 'no row of HTTPERR, and no #Fields line before it'
  }

  #event(
    columns: HeaderColumns,
    values: string[],
    text: string,
    at: { offset: number; length: number; number: number },
    snippet: boolean,
  ): Event | null {
    const day = midnight(values[columns.at('date')] ?? '')
    const clock = timeOfDay(values[columns.at('time')] ?? '')
    if (day === null || clock === null) return null
    const fields = fieldsOf(columns, values)
    if (typeof fields['cs-uri'] === 'string') Object.assign(fields, partsOf(fields['cs-uri']))
    const event: Event = {
      log: 'httperr',
      sources: SOURCES,
      time: day + clock,
      timeBasis: 'format',
      fields,
      raw: text,
      at: { path: this.#path, offset: at.offset, length: at.length, line: at.number },
      host: null,
      client: typeof fields['c-ip'] === 'string' ? canonicalIp(fields['c-ip']) : null,
      user: null,
      target: typeof fields['cs-uri-stem'] === 'string' ? fields['cs-uri-stem'] : null,
      request: null,
      session: null,
    }
    return snippet ? { ...event, snippet: true } : event
  }
}
