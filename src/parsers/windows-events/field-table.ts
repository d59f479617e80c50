import { canonicalIp } from '../../lib/ip.ts'
import type { RequestValues } from '../web/named-request.ts'
import { eventField, valueOf } from './field-names.ts'

/** A row of a table of an author's own query: fields of an event, and the request where it is one of IIS. */
type Row = { readonly fields: Map<string, string>; readonly request: RequestValues | null }

/** Columns of IIS as searches name them, in small letters without blanks and lines. */
const OF_REQUEST: ReadonlyMap<string, keyof RequestValues> = new Map([
  ['csmethod', 'method'],
  ['method', 'method'],
  ['httpmethod', 'method'],
  ['csuristem', 'stem'],
  ['uristem', 'stem'],
  ['csuriquery', 'query'],
  ['uriquery', 'query'],
  ['scstatus', 'status'],
  ['sport', 'port'],
  ['cip', 'client'],
  ['clientip', 'client'],
  ['csusername', 'user'],
  ['csuseragent', 'agent'],
  ['useragent', 'agent'],
])
const FULL_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?$/
const RULE = /^\|[\s:|-]{3,2000}$/

/**
 * Tables in Markdown whose columns are fields of events or of IIS logs: `| ParentImage | CommandLine |`. Reports show what a search
 * found in this way.
 */
export class FieldTable {
  /** The columns of the table that the last lines belong to. */
  #columns: readonly string[] | null = null

  /** The row that a line is, `header` for the lines that head a table; null for any other line. */
  take(text: string): Row | 'header' | null {
    const line = text.trim()
    if (line.length < 5 || line.length > 32_768 || !line.startsWith('|') || !line.endsWith('|')) {
      this.#columns = null
      return null
    }
    if (RULE.test(line)) return this.#columns === null ? null : 'header'
    const cells = markdownCells(line)
    if (this.#columns !== null && cells.length === this.#columns.length) return rowOf(this.#columns, cells)
    this.#columns = isHeader(cells) ? cells : null
    return this.#columns === null ? null : 'header'
  }
}

/** The cells of a row in Markdown. A pipe of a command stands between blanks, too: in marks of code it parts no cells. */
export function markdownCells(line: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isCode = false
  for (const char of line.slice(1, -1)) {
    if (char === '`') isCode = !isCode
    if (char === '|' && !isCode && !cell.endsWith('\\')) {
      cells.push(cell.trim())
      cell = ''
    } else cell += char
  }
  return [...cells, cell.trim()]
}

function plain(cell: string): string {
  return cell.replace(/[`*]/g, '').trim()
}

function requestField(name: string): keyof RequestValues | undefined {
  return OF_REQUEST.get(name.toLowerCase().replace(/[\s._()-]/g, ''))
}

/** Two columns of one event, or the page of a request with another column of it. */
function isHeader(cells: readonly string[]): boolean {
  const names = cells.map(plain)
  const fields = new Set(names.flatMap((name) => eventField(name) ?? []))
  const ofRequest = new Set(names.flatMap((name) => requestField(name) ?? []))
  return (
    (ofRequest.has('stem') && ofRequest.size > 1) ||
    ((fields.has('CommandLine') || fields.has('Image')) && fields.size > 1)
  )
}

function rowOf(columns: readonly string[], cells: readonly string[]): Row {
  const fields = new Map<string, string>()
  const request = new Map<keyof RequestValues, string>()
  for (const [i, column] of columns.map(plain).entries()) {
    const value = plain(cells[i]!)
    if (value === '' || value === '-') continue
    const name = eventField(column)
    if (name !== undefined) fields.set(name, valueOf(name, cells[i]!))
    // A column of times may be called anything.
    else if (FULL_TIME.test(value) && !fields.has('UtcTime')) fields.set('UtcTime', value)
    const own = requestField(column)
    if (own !== undefined) request.set(own, value)
  }
  return { fields, request: requestOf(request) }
}

function requestOf(values: ReadonlyMap<keyof RequestValues, string>): RequestValues | null {
  const stem = values.get('stem')
  if (stem === undefined || !/^\/\S{0,2048}$/.test(stem)) return null
  const status = values.get('status') ?? ''
  const client = values.get('client')
  return {
    method: values.get('method')?.toUpperCase() ?? null,
    stem,
    query: values.get('query') ?? null,
    status: /^[1-5]\d\d$/.test(status) ? Number(status) : null,
    port: values.get('port') === '444' ? 444 : null,
    client: client === undefined ? null : canonicalIp(client),
    user: values.get('user') ?? null,
    agent: values.get('agent') ?? null,
  }
}
