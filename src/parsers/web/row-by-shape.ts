import { splitCsv } from '../../lib/csv.ts'
import { canonicalIp, isPrivate } from '../../lib/ip.ts'
import { isoMinute, statesZone } from '../../lib/time.ts'
import type { Event, LogSource } from '../../model/event.ts'
import { certainTime } from '../common/local-time.ts'
import { rowEvent } from '../common/row-event.ts'
import { requestOf } from './iis.ts'
import { requestByNames, type RequestValues } from './named-request.ts'

/**
 * Requests in rows of which no header says what the values are: columns were left out or written over, an agent has its spaces
 * again, or columns of several logs were chosen. What a value is shows by its form: a time, a method, a path, a status, an
 * address. A row needs the first four.
 */
export function requestByShape(
  text: string,
  path: string,
  at: { offset: number; length: number; number: number },
): Event | null {
  const row = text.trim()
  if (row.length > 16_384) return null
  const stamp = stampOf(row)
  const named = requestByNames(row)
  if (named !== null) return requestEvent(named.found, named.stamp ?? stamp?.text ?? null, text, path, at)
  const found = stamp === null ? undated(row) : dated(row.slice(stamp.end))
  return found === null ? null : requestEvent(found, stamp?.text ?? null, text, path, at)
}

/** The time that a row begins with, as one text, and where it ends: `2021-08-17,01:20:31`, `17.08.2021<tab>1:20:31`. */
function stampOf(row: string): { readonly text: string; readonly end: number } | null {
  const m = STAMP.exec(row) ?? LOCAL_STAMP.exec(row)
  if (!m) return null
  const { date, time } = m.groups!
  return { text: `${date} ${time}`, end: m[0].length }
}

/** A time as a row states it; one of which the day may as well be the month is none. */
function timeOf(stamp: string): number | null {
  return isoMinute(stamp) ?? certainTime(stamp)
}

/** The request of which a row, or a table of an author's own query, has these values. */
export function requestEvent(
  found: RequestValues,
  stamp: string | null,
  text: string,
  path: string,
  at: { offset: number; length: number; number: number },
): Event {
  const { method, stem, query, status, client, user } = found
  // The front end keeps the page that was asked for; behind it only what the page names is left.
  const isBehind = found.port === 444 || (query !== null && PASSED_ON.test(query) && !/autodiscover/i.test(stem))
  return {
    ...rowEvent(
      path,
      { ...at, text },
      {
        log: isBehind ? 'iis-backend' : 'iis-frontend',
        sources: SOURCES,
        time: stamp === null ? null : timeOf(stamp),
        timeBasis: stamp !== null && statesZone(stamp) ? 'stated' : 'assumed',
        fields: {
          'cs-method': method,
          'cs-uri-stem': stem,
          'cs-uri-query': query,
          'cs-uri': query === null ? stem : `${stem}?${query}`,
          'sc-status': status,
          ...(found.port === null && !isBehind ? {} : { 's-port': isBehind ? 444 : found.port }),
          'c-ip': client,
          'cs-username': user,
          ...(found.agent === null ? {} : { 'cs(User-Agent)': found.agent, 'cs-user-agent': found.agent }),
        },
        client,
        user,
        target: stem,
        request: query === null ? null : requestOf(query),
      },
    ),
    snippet: true,
  }
}

const SOURCES: readonly LogSource[] = [
  { category: 'webserver' },
  { product: 'windows', service: 'iis' },
  { product: 'iis' },
]
const PASSED_ON = /(?:^|&)Email=autodiscover\/autodiscover\.json/i
/** Exports to spreadsheets have the day and the time of day in two columns. */
const STAMP =
  /^[\s>*`"'\-(|]{0,12}(?<date>\d{4}-\d\d-\d\d)(?:[T ]|"?[\t,;]"?)(?<time>\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:?\d\d)?)(?=["\s,;|`])/
/** As the culture of a machine writes it. */
const LOCAL_STAMP =
  /^[\s>*`"'\-(|]{0,12}(?<date>\d{1,2}([./])\d{1,2}\2\d{4})(?: |"?[\t,;]"?)(?<time>\d{1,2}:\d\d:\d\d(?: ?[AP]M)?)(?=["\s,;|`])/i
const METHOD = /^(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|PATCH|PROPFIND|RPC_(?:IN|OUT)_DATA)$/
const PATH = /^\/[\w.$%@~+()\-/]{0,1024}(?:\?\S{0,8192})?$/
const STATUS = /^[1-5]\d\d$/

function dated(rest: string): RequestValues | null {
  const text = rest.replace(/[*`]{1,9}$/, '')
  const columns = /^[`* ]{0,4}(?=\|)/.test(text) ? text.slice(text.indexOf('|')) : text
  const found = /^"?[,;\t|]/.test(columns) ? byColumns(columns) : byBlanks(text)
  return found === null || found.port === null ? (narrated(text) ?? found) : found
}

/** An entry of a timeline that tells of a request: `203.0.113.7 sends POST /x.aspx; response 200`, `POST /x.aspx from 203.0.113.7`. */
function narrated(text: string): RequestValues | null {
  const m = NARRATED.exec(text)
  if (!m || !PATH.test(m[2]!)) return null
  const behind = text.slice(m.index + m[0].length)
  const status = ANSWERED.exec(behind)?.[1]
  const client = clientAmong(text.replaceAll(/\[([.:])\]/g, '$1').split(/[.:]?(?:[\s|,;()`]+|$)/))
  if (status === undefined && (client === null || !FROM.test(behind))) return null
  const answer = status === undefined ? null : Number(status)
  return { method: m[1]!, ...partsOf(m[2]!), status: answer, port: null, client, user: null, agent: null }
}

const NARRATED =
  /(?:^|[\s"'`(|])(GET|POST|HEAD|PUT|DELETE|OPTIONS) (?:requests? )?(?:to |for )?["'`]?(\/[^\s"'`|,;]{1,8192})/
const FROM = /\b(?:from|by) (?:the (?:IP )?address |IP )?[\da-f.:[\]]{3,45}(?=[\s,;.)]|$)/i
/** A status behind a word or an arrow, in parentheses, or alone; no port. */
const ANSWERED =
  /^["'`]?(?:[^|]{0,200}?\b(?:status|returned|returning|response|responded|answered|answer|result|code|with|respuesta|resposta|risposta|r\u00e9ponse|antwort|HTTP(?:\/[\d.]{1,3})?)[\s:=`]{1,3}|[^|]{0,200}?\((?=\d{3}\))|\s{0,3}(?:->|=>|[:=\u2192])\s{0,3}|\s{1,3}\(?)(?!44[34]\b)([1-5]\d\d)(?: ?\(?OK\)?)?(?=$|[\s|.,;)`])/i

/**
 * The line of a request, `POST /x HTTP/1.1`, a method and a path alone, or a status, a method and a path, as debuggers list what
 * a worker was asked; a row of IIS without its time.
 */
function undated(row: string): RequestValues | null {
  const query = CONFUSED.exec(row)?.[1]
  if (query !== undefined) return confused(query)
  const line = LINE.exec(row) ?? LISTED.exec(row) ?? BEHIND.exec(row)
  const m = line ?? ALONE.exec(row)
  if (!m && CLOCK.test(row)) return narrated(row)
  if (!m) return TIMELESS.test(row) ? timeless(row.replace(/^[\s>*`"'(|-]{1,12}|[\s*`"|]{1,9}$/g, '')) : null
  const { status, method = '', path } = m.groups!
  if (line && !PATH.test(path!)) return null
  return {
    method: method === '' ? null : method,
    ...partsOf(path!),
    status: status === undefined ? null : Number(status),
    port: m.groups!.port === undefined ? null : Number(m.groups!.port),
    client: null,
    user: null,
    agent: null,
  }
}

/** The query of a request to autodiscover.json alone: no other page is asked in this way. */
const CONFUSED =
  /^(?:[\s>*`"'(|-]{1,12})?(?:[\w() -]{1,40}[:=] ?["'`]?)?\??((?:\w{1,10}=)?[^\s@/=]{0,64}@[^\s/@]{1,100}\/\S{1,200}?(?:x-rps-cat=|email=autodiscover\/)\S{1,8192})$/i

function confused(query: string): RequestValues {
  const stem = '/autodiscover/autodiscover.json'
  return { method: null, stem, query, status: null, port: null, client: null, user: null, agent: null }
}

/** An entry of a timeline that has the time of day alone. */
const CLOCK = /^[\s>*`"'(|-]{0,12}\d\d:\d\d(?::\d\d)?(?=[\s|,;*`])/
const TIMELESS = /^[\s>*`"'(|-]{0,12}(?:\S{1,80} ){0,3}(?:GET|POST|HEAD|PUT|DELETE|OPTIONS) \//

/** Without a time it needs a port and a client, as only rows have. */
function timeless(row: string): RequestValues | null {
  const found = byBlanks(row)
  return found !== null && found.port !== null && found.client !== null ? found : null
}

/** The address of a service behind the front end, which no client calls. */
const BEHIND = /^["`*\s]{0,6}https:\/\/[\w.-]{1,250}:(?<port>444)(?<path>\/\S{1,8192})$/i
const LINE = /^[>\s"`]{0,8}(?<method>GET|POST|HEAD|PUT|DELETE|OPTIONS) (?<path>\/\S{1,8192}) HTTP\/[\d.]{1,3}["`]?$/
/** A method and the path of a page of mail alone, as reports list what an attacker asked for; a query may hold blanks, as a command has. */
const ALONE =
  /^[\s>*`"'|-]{0,12}(?:[\w() -]{1,40}: ?["'`]?)?(?<method>GET|POST|HEAD|PUT) (?<path>\/(?:owa|ecp|ews|oab|aspnet_client|autodiscover)\/[\w.$%@~+()\-/]{1,1024}(?:\?\w{1,40}=[^`]{0,4096})?)["'`|>]{0,3}(?:\s{1,4}(?:(?:->|=>|[:=\u2192])\s{0,3})?(?<status>[1-5]\d\d)(?: OK)?)?["'`|]{0,3}$/i
const LISTED = /\s(?<status>[1-5]\d\d) {1,4}(?<method>GET|POST|HEAD|PUT|DELETE|OPTIONS) {1,4}(?<path>\/\S{1,8192})$/

/** `…,host,/owa/auth/x.aspx,agent,198.51.100.7,200,GET`: cells in any order. */
function byColumns(rest: string): RequestValues | null {
  const delimiter = rest.replace(/^"/, '')[0]!
  const { values, open } = splitCsv(rest.replace(/^"/, '').slice(1), delimiter)
  if (open) return null
  const cells = values.flatMap((cell) => partsOfCell(cell.replace(/^[\s`*]{1,9}|[\s`*]{1,9}$/g, '')))
  const place = cells.findIndex((cell) => METHOD.test(cell))
  // The columns of IIS in their order: a query and a port follow the path.
  if (PATH.test(cells[place + 1] ?? '') && PORT.test(cells[place + 3] ?? '')) return inOrder(cells)
  const method = cells[place]
  const path = cells.find((cell) => PATH.test(cell))
  const status = cells.find((cell) => STATUS.test(cell))
  if (method === undefined || path === undefined || status === undefined) return null
  return {
    method,
    ...partsOf(path),
    status: Number(status),
    port: null,
    client: clientAmong(cells),
    user: null,
    agent: cells.find((cell) => AGENT.test(cell)) ?? null,
  }
}

/** A cell with a method and a path, as tables of reports have them: two cells. */
function partsOfCell(cell: string): readonly string[] {
  const m = ASKED.exec(cell)
  return m === null ? [cell] : [m[1]!, m[2]!]
}

const ASKED =
  /^["'`]?(GET|POST|HEAD|PUT|DELETE|OPTIONS) (\/[^\s"'`<>|]{0,8192})["'`>]{0,3}(?: HTTP\/[\d.]{1,3})?["'`]?$/
const AGENT = /^(?:Mozilla|python-|curl|Microsoft|ExchangeServices|Go-http|AnchorMailbox)[\w\-/]{0,40}/

/** `192.0.2.1 POST /x.aspx a=b 443 - 198.51.100.7 agent with spaces - 200 0 0 5`: the order is that of IIS. */
function byBlanks(rest: string): RequestValues | null {
  return inOrder(rest.trim().split(/\s+/))
}

const PORT = /^(?:80|81|443|444|8443)$/

function inOrder(values: readonly string[]): RequestValues | null {
  const at = values.slice(0, 6).findIndex((value) => METHOD.test(value))
  const path = at < 0 ? undefined : values[at + 1]
  if (path === undefined || !PATH.test(path)) return null
  const behind = values.slice(at + 2)
  const port = behind.findIndex((value) => PORT.test(value))
  const status = statusIn(behind, port < 0 ? 0 : port + 1)
  const queried = behind.slice(0, port < 0 ? 1 : port).join(' ')
  const [after, later] = port < 0 ? [undefined, behind] : [behind[port + 1], behind.slice(port + 1)]
  const client = clientAmong(later)
  // A row that was cut off behind its query or its client.
  const isCut = behind.length <= 1 ? queried.includes('=') : port >= 0 && client !== null
  if (status === null && !isCut) return null
  const parts = partsOf(path)
  const own = queried === '-' || queried === '' || STATUS.test(queried) ? null : queried
  return {
    method: values[at]!,
    stem: parts.stem,
    query: parts.query ?? own,
    status,
    port: port < 0 ? null : Number(behind[port]),
    client,
    user:
      after !== undefined && /^[\w.\\$@-]{2,120}$/.test(after) && !after.startsWith('-') && /[\\@$]/.test(after)
        ? after
        : null,
    agent: later.find((value) => AGENT.test(value.replace(/^-/, ''))) ?? null,
  }
}

/** The first of the last numbers of a row; else the only value that can be a status. */
function statusIn(values: readonly string[], from: number): number | null {
  let first = values.length
  while (first > from && /^\d{1,12}$/.test(values[first - 1]!)) first--
  const tail = values.slice(first)
  if (tail.length > 0 && STATUS.test(tail[0]!)) return Number(tail[0])
  const among = values.slice(from).filter((value) => STATUS.test(value))
  return among.length === 1 ? Number(among[0]) : null
}

function partsOf(path: string): { readonly stem: string; readonly query: string | null } {
  const mark = path.indexOf('?')
  return mark < 0 ? { stem: path, query: null } : { stem: path.slice(0, mark), query: path.slice(mark + 1) }
}

/** Of several addresses the last from outside: rows name the server before the client. */
function clientAmong(values: readonly string[]): string | null {
  const addresses = values.flatMap((value) => (/[.:]/.test(value) ? (canonicalIp(value) ?? []) : []))
  return addresses.findLast((address) => !isPrivate(address)) ?? addresses.at(-1) ?? null
}
