import { counted } from '../../lib/amounts.ts'
import { CsvRecords, splitCsv } from '../../lib/csv.ts'
import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import { iso, isoTime } from '../../lib/time.ts'
import type { Event } from '../../model/event.ts'
import type { GapReason } from '../../model/evidence.ts'
import { CultureTimes } from '../common/culture-times.ts'
import { cultureTime } from '../common/local-time.ts'
import { exchangeEvent } from '../exchange/csv-rows.ts'
import { exchangeColumns, type ExchangeColumns, parseLogTime } from '../exchange/csv-columns.ts'
import { logTypes, otherLog, typeOf } from '../exchange/log-types.ts'
import { IisRows } from '../web/iis.ts'
import { takeOtherLine } from '../fallback/excerpt-lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'

/**
 * Tables of log rows that PowerShell wrote: Export-Csv with any delimiter, Format-Table and Format-List, and the two
 * columns time and AnchorMailbox that the one-liner of March 2021 printed. What a row is, its column names say.
 */
export const powershellTable: Parser = {
  name: 'powershell-table',
  title: 'Table exported by PowerShell',
  product: 'any',
  most: 89,
  recognize,
  read,
}

// ---------------------------------------------------------------- names

// Columns of Get-MessageTrackingLog, by the names that the log itself has.
const TRACKING = new Map([
  ['timestamp', 'date-time'],
  ['eventid', 'event-id'],
  ['source', 'source'],
  ['sender', 'sender-address'],
  ['recipients', 'recipient-address'],
  ['recipientstatus', 'recipient-status'],
  ['messagesubject', 'message-subject'],
  ['messageid', 'message-id'],
  ['totalbytes', 'total-bytes'],
  ['recipientcount', 'recipient-count'],
  ['clientip', 'client-ip'],
  ['clienthostname', 'client-hostname'],
  ['serverip', 'server-ip'],
  ['serverhostname', 'server-hostname'],
  ['sourcecontext', 'source-context'],
  ['connectorid', 'connector-id'],
  ['originalclientip', 'original-client-ip'],
  ['returnpath', 'return-path'],
  ['relatedrecipientaddress', 'related-recipient-address'],
  ['internalmessageid', 'internal-message-id'],
  ['networkmessageid', 'network-message-id'],
  ['messageinfo', 'message-info'],
  ['originalserverip', 'original-server-ip'],
  ['transporttraffictype', 'transport-traffic-type'],
])

const IIS_NAMES = new Set([
  'date',
  'time',
  's-ip',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  's-port',
  'cs-username',
  'c-ip',
  'cs(user-agent)',
  'cs(referer)',
  'cs(cookie)',
  'cs-host',
  'sc-status',
  'sc-substatus',
  'sc-win32-status',
  'time-taken',
  's-sitename',
  's-computername',
  'cs-version',
  'sc-bytes',
  'cs-bytes',
  'x-forwarded-for',
])

/**
 * Columns of the table W3CIISLog of Azure Monitor, by the names of the log itself.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/w3ciislog
 */
const AZURE = new Map([
  ['ssitename', 's-sitename'],
  ['scomputername', 's-computername'],
  ['sip', 's-ip'],
  ['csmethod', 'cs-method'],
  ['csuristem', 'cs-uri-stem'],
  ['csuriquery', 'cs-uri-query'],
  ['sport', 's-port'],
  ['csusername', 'cs-username'],
  ['cip', 'c-ip'],
  ['csversion', 'cs-version'],
  ['cshost', 'cs-host'],
  ['csuseragent', 'cs(User-Agent)'],
  ['cscookie', 'cs(Cookie)'],
  ['csreferer', 'cs(Referer)'],
  ['scstatus', 'sc-status'],
  ['scsubstatus', 'sc-substatus'],
  ['scwin32status', 'sc-win32-status'],
  ['scbytes', 'sc-bytes'],
  ['csbytes', 'cs-bytes'],
  ['timetaken', 'time-taken'],
])

/** Columns of Elastic, by the names of the log: https://www.elastic.co/docs/reference/ecs/ecs-field-reference. */
const ELASTIC = new Map([
  ['http.request.method', 'cs-method'],
  ['url.path', 'cs-uri-stem'],
  ['url.query', 'cs-uri-query'],
  ['destination.port', 's-port'],
  ['user.name', 'cs-username'],
  ['source.ip', 'c-ip'],
  ['source.address', 'c-ip'],
  ['useragent.original', 'cs(User-Agent)'],
  ['http.response.statuscode', 'sc-status'],
])
const SEARCH_TIMES = new Set(['timegenerated', 'timegenerated [utc]', '@timestamp', '_time'])

/**
 * The names of a log for those that a table of a search has (Azure Monitor, Splunk with underscores, Elastic); a time of day that
 * follows its day becomes a column.
 */
function ofSearch(names: readonly string[]): readonly string[] {
  const lower = names.map((name) => name.trim().toLowerCase())
  const plain = lower.map((name) => name.replaceAll(/[-_()]/g, ''))
  const times = lower.map((name) => SEARCH_TIMES.has(name))
  if (!(plain.includes('csuristem') || plain.includes('url.path')) || !times.includes(true)) return names
  // The table has a date and a time of its own, too, which may be empty.
  const nameOf = (name: string, i: number): string =>
    AZURE.get(plain[i]!) ?? ELASTIC.get(plain[i]!) ?? `x-${name.trim()}`
  return [...names.map((name, i) => (times[i] ? 'date' : nameOf(name, i))), 'time']
}

const known = new Set(logTypes.flatMap((type) => type.defaults.flatMap((list) => list.toLowerCase().split(','))))

function isKnown(name: string): boolean {
  const lower = name.toLowerCase()
  return known.has(lower) || IIS_NAMES.has(lower) || TRACKING.has(lower)
}

/** Do the names head a table of log rows: two or more of ours, and half of all at least? */
function isHeader(names: readonly string[]): boolean {
  const ours = names.filter((name) => isKnown(name.trim())).length
  if (ours < 2 || ours * 2 < names.length) return false
  const lower = new Set(names.map((name) => name.trim().toLowerCase()))
  if (lower.has('anchormailbox') || lower.has('backendcookie')) return true
  return [...lower].some((name) => SURE.has(name)) && [...lower].some((name) => TIMES.has(name))
}

// Names as plain as Source or Data head many tables; one of these must be among them.
const SURE = new Set([
  'anchormailbox',
  'routinghint',
  'backendcookie',
  'backendstatus',
  'proxyaction',
  'urlstem',
  'urlhost',
  'soapaction',
  'impersonateduser',
  'actasuser',
  'eventdata',
  'cs-uri-stem',
  'cs-method',
  'c-ip',
  'parameters',
  'executionresult',
  'clientinfo',
  'message-subject',
  'messagesubject',
  'recipient-address',
  'event-id',
  'clientipaddress',
  'authenticateduser',
  'recordtype',
  'remote-endpoint',
  'p1fromaddress',
  'maprequestid',
])

const TIMES = new Set(['datetime', 'date-time', 'timestamp', 'date', 'time', 'starttime'])
/** Stands in every header: a look at it spares taking lines apart that are none. */
const MARK = /time|date|anchormailbox|backendcookie/i

type Shape = { kind: 'iis'; names: readonly string[] } | { kind: 'exchange'; columns: ExchangeColumns }

function shapeOf(names: readonly string[], where: string): Shape {
  const trimmed = names.map((name) => name.trim())
  const lower = new Set(trimmed.map((name) => name.toLowerCase()))
  if (lower.has('cs-uri-stem') || lower.has('cs-method') || (lower.has('c-ip') && !lower.has('anchormailbox')))
    return { kind: 'iis', names: trimmed }
  if (lower.has('messagesubject') || (lower.has('sender') && lower.has('recipients'))) {
    const renamed = trimmed.map((name) => TRACKING.get(name.toLowerCase()) ?? name)
    return { kind: 'exchange', columns: exchangeColumns(renamed, typeOf('Message Tracking Log', renamed, where)) }
  }
  const type = typeOf(null, trimmed, where)
  const web = type === otherLog && (lower.has('urlstem') || lower.has('urlhost'))
  return { kind: 'exchange', columns: exchangeColumns(trimmed, web ? typeOf('HttpProxy Logs', trimmed, where) : type) }
}

// ---------------------------------------------------------------- recognizing

const TYPE = /^#TYPE\s/
const UNDERLINE = /^\s*-{2,}(?:\s+-{2,})+\s*$/
const LIST = /^([A-Za-z][\w()-]{0,60})\s*: ?(.*)$/s
/** The two columns as Format-Table aligns them, as Export-Csv writes their rows, and as a table of Markdown. */
const PAIR =
  /^[\s|>"'`]{0,40}(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z?)(?:\s{1,200}|["'`]?\s{0,8}[,;|]\s{0,8}["'`]?)(ServerInfo~[^\s"|][^"|]{0,16384})/i

function recognize(head: Head): number {
  if (head.text === '') return 0
  const lines = splitHeadLines(head.text).slice(0, 400)
  let typed = false
  let before = ''
  let listed = 0
  let pairs = 0
  let others = 0
  for (const line of lines) {
    if (line.startsWith('#')) typed ||= TYPE.test(line)
    else if (line.trim() === '') continue
    else if (line.includes('~') && PAIR.test(line)) pairs++
    else {
      const sure = sureOfHead(line, before, typed, pairs)
      if (sure > 0) return sure
      const m = line.includes(':') ? LIST.exec(line) : null
      if (m && isKnown(m[1]!)) listed += SURE.has(m[1]!.toLowerCase()) ? 2 : 1
      else if (m === null || listed === 0) others++
      before = line
      // Only what stands near the top heads a table.
      if (others > 60) break
    }
  }
  if (pairs > 0) return pairs >= others ? 80 : 60
  return listed > 3 && listed > others ? 78 : 0
}

/** How sure it is that a line heads a table, or stands under its head; 0 where it does not. */
function sureOfHead(line: string, before: string, typed: boolean, pairs: number): number {
  const header = csvHeader(line)
  if (header && (pairs === 0 || typed)) return header.bare && !typed ? 70 : 89
  return line.includes('--') && UNDERLINE.test(line) && isHeader(before.trim().split(/\s{1,}/)) ? 88 : 0
}

/** No column has a longer name. */
const NAME = 80

/** Column names of a line, with the delimiter, when it heads a table of log rows. `bare` says that nothing is quoted. */
function csvHeader(line: string): { names: readonly string[]; delimiter: string; bare: boolean } | null {
  if (line.length > 16_384 || !MARK.test(line)) return null
  for (const delimiter of [',', ';', '\t']) {
    if (!line.includes(delimiter)) continue
    const { values, open } = splitCsv(line, delimiter)
    const names = ofSearch(values)
    // The command that printed a table names its columns, too.
    if (!open && values.length > 1 && names.every(({ length }) => length <= NAME) && isHeader(names))
      return { names, delimiter, bare: delimiter === ',' && !line.startsWith('"') }
  }
  return null
}

// ---------------------------------------------------------------- reading

async function read(source: Source, sink: Sink): Promise<number> {
  const table = new Table(source, sink)
  const parsed = await readLines(
    source,
    sink,
    (line, unread) => table.take(line, unread),
    (unread) => table.pause(unread),
  )
  table.finish()
  return parsed
}

/** Tables inside what a script printed, line by line: each ends with a blank line, and what is no row of one is left to the caller. */
export function printedTables(source: Source, sink: Sink): { take(line: Line): void; finish(): void } {
  let table = new Table(source, sink)
  const end = (): void => {
    table.pause(() => {})
    table.finish()
  }
  return {
    take(line) {
      if (line.text.trim() !== '') return table.take(line, () => {})
      end()
      table = new Table(source, sink)
    },
    finish: end,
  }
}

type Stretch = { offset: number; length: number; number: number }
type Row = Stretch & { text: string; cells: string[] }

class Table {
  readonly #source: Source
  readonly #where: string
  readonly #sink: Sink
  readonly #iis: IisRows
  readonly #times: CultureTimes
  #shape: Shape | null = null
  #records: CsvRecords | null = null
  /** Where the columns of a formatted table begin. */
  #cuts: number[] | null = null
  /** A line that may be the header of a table: the next one tells. */
  #held: Line | null = null
  /** The row of a formatted table that wrapped lines may still go on with. */
  #row: Row | null = null
  #list: { names: string[]; values: string[]; text: string; at: Stretch } | null = null
  #unread: ReportUnreadLines = () => {}

  constructor(source: Source, sink: Sink) {
    this.#source = source
    this.#where = source.windowsPath ?? source.path
    this.#sink = sink
    this.#iis = new IisRows(source, sink)
    this.#times = new CultureTimes((event) => sink.event(event))
  }

  take(line: Line, unread: ReportUnreadLines): void {
    this.#unread = unread
    const { text } = line
    if (this.#records?.waiting) return this.#records.push(line)
    if (text.trim() === '') return this.#blank()
    if (text.startsWith('#')) return this.#letGo()
    if (UNDERLINE.test(text) && this.#held && isHeader(this.#held.text.trim().split(/\s+/)))
      return this.#beginTable(text)
    const header = csvHeader(text)
    if (header) return this.#beginCsv(header)
    if (this.#records) return this.#records.push(line)
    const pair = PAIR.exec(text)
    if (pair && !this.#cuts) return this.#pair(pair, line)
    if (this.#cuts) return this.#tableLine(line)
    if (this.#listLine(line)) return
    this.#blank()
    this.#held = line
  }

  /** Ends what reaches over several lines. */
  pause(unread: ReportUnreadLines): void {
    this.#unread = unread
    this.#records?.flush()
    this.#blank()
  }

  finish(): void {
    this.#iis.finish()
    this.#times.finish()
  }

  #blank(): void {
    this.#letGo()
    this.#endRow()
    this.#endList()
  }

  #letGo(): void {
    if (this.#held) this.#other(this.#held, 'unsupported', 'text that is no row of the table')
    this.#held = null
  }

  #beginCsv(header: { names: readonly string[]; delimiter: string }): void {
    this.#blank()
    this.#cuts = null
    this.#use(header.names)
    this.#records = new CsvRecords({
      delimiter: header.delimiter,
      columns: header.names.length,
      begins: (text) => /^"?\d{4}-\d\d-\d\d/.test(text),
      take: (record) => {
        if (record.values.length === 1 && record.text.trim() === '') return
        this.#emit(record.values, record.text, record)
      },
    })
  }

  #beginTable(underline: string): void {
    const names = this.#held!.text
    this.#held = null
    this.#records = null
    this.#cuts = [...underline.matchAll(/-+/g)].map((m) => m.index)
    this.#use(cut(names, this.#cuts))
  }

  #use(names: readonly string[]): void {
    this.#shape = shapeOf(names, this.#where)
    if (this.#shape.kind === 'iis')
      this.#iis.expect(this.#shape.names.map((name) => name.replace(/\s+/g, '_')).join(' '))
  }

  #tableLine(line: Line): void {
    const cells = cut(line.text, this.#cuts!)
    const row = this.#row
    // A wrapped cell goes on in a line whose first column is empty.
    if (row && cells[0] === '' && row.length < 65_536) {
      row.cells = row.cells.map((cell, i) => cell + (cells[i] ?? ''))
      row.text += `\n${line.text}`
      row.length = line.offset + line.length - row.offset
      return
    }
    this.#endRow()
    this.#row = { text: line.text, cells, offset: line.offset, length: line.length, number: line.number }
  }

  #endRow(): void {
    const row = this.#row
    this.#row = null
    if (row) this.#emit(row.cells, row.text, row)
  }

  #pair(m: RegExpExecArray, line: Line): void {
    this.#blank()
    const columns = exchangeColumns(['DateTime', 'AnchorMailbox'], typeOf('HttpProxy Logs', [], this.#where))
    const at = { path: this.#source.path, offset: line.offset, length: line.length, line: line.number }
    this.#sink.event(exchangeEvent(columns, [m[1]!, m[2]!.trimEnd()], line.text, at, this.#where, true))
  }

  #listLine(line: Line): boolean {
    const m = LIST.exec(line.text)
    const list = this.#list
    if (m && isKnown(m[1]!)) {
      // The first name again: the next record, where no blank line parts them.
      if (list && list.names[0] === m[1]) this.#endList()
      this.#letGo()
      this.#list ??= { names: [], values: [], text: '', at: { offset: line.offset, length: 0, number: line.number } }
      if (this.#list.names.length < 500) {
        this.#list.names.push(m[1]!)
        this.#list.values.push(m[2]!.trim())
      }
    } else if (list && (m || /^\s/.test(line.text))) {
      // A column of someone's own, or a value that goes on.
      if (m && list.names.length < 500) {
        list.names.push(m[1]!)
        list.values.push(m[2]!.trim())
      } else if (!m && list.text.length < 262_144) list.values[list.values.length - 1] += line.text.trim()
    } else return false
    const open = this.#list!
    if (open.text.length < 262_144) open.text += `${open.text === '' ? '' : '\n'}${line.text}`
    open.at.length = line.offset + line.length - open.at.offset
    return true
  }

  #endList(): void {
    const list = this.#list
    this.#list = null
    if (!list) return
    if (!isHeader(list.names)) return this.#unread(list.at, 'unsupported', 'list of values that is no row of a log')
    this.#use(list.names)
    this.#emit(list.values, list.text, list.at)
  }

  #emit(values: readonly string[], text: string, at: Stretch): void {
    const event = this.#event(values, text, at)
    // A table is a choice of rows, never a whole log.
    if (event) return this.#times.take({ ...event, snippet: true }, event.time === null ? this.#stampIn(values) : null)
    const wanted = this.#shape?.kind === 'iis' ? this.#shape.names.length : (this.#shape?.columns.names.length ?? 0)
    this.#other(
      { ...at, text },
      'corrupt',
      `${counted(values.length, 'value')} for ${counted(wanted, 'column')}, or no time where one was wanted`,
    )
  }

  /** Text between and behind the rows of a page. In a file of a server it is none of the table's. */
  #other(at: Stretch & { text: string }, reason: GapReason, detail: string): void {
    if (this.#source.windowsPath !== null) this.#unread(at, reason, detail)
    else
      takeOtherLine(
        { ended: true, ...at },
        this.#source,
        this.#sink,
        (line) => this.#unread(line, reason, detail),
        detail,
      )
  }

  #event(values: readonly string[], text: string, at: Stretch): Event | null {
    const shape = this.#shape
    if (!shape) return null
    if (shape.kind === 'iis')
      return this.#iis.cells(
        shape.names.map((name, i) =>
          iisCell(name, values[i] ?? (name === 'time' ? values[shape.names.indexOf('date')] : '') ?? ''),
        ),
        text,
        at,
      )
    const { columns } = shape
    if (values.length > columns.names.length || values.length * 2 < columns.names.length) return null
    const place = { path: this.#source.path, offset: at.offset, length: at.length, line: at.number }
    const event = exchangeEvent(columns, values.map(withoutBraces), text, place, this.#where, false)
    if (columns.time < 0) return event
    const stamp = values[columns.time] ?? ''
    if (parseLogTime(stamp) !== null) return event
    if (stamp === '') return null
    // Cut with an ellipsis, or written as the culture of a machine has it: local time, of an unknown zone.
    return { ...event, time: null, timeBasis: 'assumed' }
  }

  /** The time of a row as it is written; null where the table has none. */
  #stampIn(values: readonly string[]): string | null {
    const shape = this.#shape
    return shape === null || shape.kind === 'iis' ? null : (values[shape.columns.time] ?? null)
  }
}

/** A list of values as PowerShell prints it, `{a, b}`, as the log itself has it. */
function withoutBraces(value: string): string {
  return /^\{[^{}]*\}$/.test(value) ? value.slice(1, -1).split(', ').join(';') : value
}

/** Cells of a line of a formatted table. A value longer than its heading reaches over the mark. */
function cut(text: string, starts: readonly number[]): string[] {
  const edges = starts.map((start, i) => {
    if (i === 0) return 0
    let edge = start
    while (edge > starts[i - 1]! + 1 && edge <= text.length && text[edge - 1] !== ' ' && text[edge - 1] !== undefined)
      edge--
    return edge
  })
  return edges.map((edge, i) => text.slice(edge, edges[i + 1] ?? text.length).trim())
}

/** A time as the portal of Azure exports it, which is UTC: `3/14/2021, 4:12:01.000 AM`; one with its distance from UTC. */
function timeOfPortal(value: string): number | null {
  const away = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?)([+-]\d\d):?(\d\d)$/.exec(value)
  if (away) return isoTime(`${away[1]}${away[2]}:${away[3]}`)
  return /^\d{1,2}\/\d{1,2}\/\d{4}, /.test(value) ? cultureTime(value.replace(/\.\d{1,7}(?= )/, ''), 'mdy') : null
}

// Tools write the date and the time of a row as a whole date with time each.
function iisCell(name: string, value: string): string {
  const lower = name.toLowerCase()
  const moment = lower === 'date' || lower === 'time' ? timeOfPortal(value) : null
  if (moment !== null) return lower === 'date' ? iso(moment).slice(0, 10) : iso(moment).slice(11, 19)
  if (lower === 'date') return value.slice(0, 10)
  if (lower === 'time') return /\d\d:\d\d:\d\d/.exec(value)?.[0] ?? value
  return value
}
