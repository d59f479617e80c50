import { counted } from '../../lib/amounts.ts'
import { CsvRecords, headerLineOf, headersOf } from '../../lib/csv.ts'
import { canonicalIp } from '../../lib/ip.ts'
import { isoTime } from '../../lib/time.ts'
import type { Event, FieldValue, LogSource, Place } from '../../model/event.ts'
import { certainTime, cultureTime, type DateOrder, ordersOf } from '../common/local-time.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { addressesIn, domainOf, whereTo } from './addresses.ts'

/**
 * Message traces of Exchange Online: a row a recipient, as Get-MessageTrace and Get-MessageTraceV2 give them to Export-Csv
 * (the Microsoft Extractor Suite does so), and the summary or extended report of a historical search. No body is in them.
 * https://learn.microsoft.com/powershell/module/exchange/get-messagetracev2
 */
export const messageTrace: Parser = {
  name: 'message-trace',
  title: 'Message trace of Exchange Online',
  product: 'microsoft-365',
  recognize: ({ text }: Head) => (headerOf(headerLineOf(text) ?? '') ? 96 : 0),
  read,
}

const SOURCES: readonly LogSource[] = [{ product: 'm365', service: 'message-trace' }]

type Form = 'cmdlet' | 'historical'
type Header = { readonly form: Form; readonly names: readonly string[]; readonly delimiter: string }

/** Names of message tracking, by which rules ask, for the columns of each form. */
const NAMES: Readonly<Record<string, string>> = {
  senderaddress: 'sender-address',
  sender_address: 'sender-address',
  recipientaddress: 'recipient-address',
  recipient_address: 'recipient-address',
  recipient_status: 'recipient-address',
  subject: 'message-subject',
  message_subject: 'message-subject',
  messageid: 'message-id',
  message_id: 'message-id',
  messagetraceid: 'network-message-id',
  network_message_id: 'network-message-id',
  size: 'total-bytes',
  total_bytes: 'total-bytes',
  fromip: 'original-client-ip',
  original_client_ip: 'original-client-ip',
  event_id: 'event-id',
}

/** Portals write blanks between the words of a name: `Sender address`. */
function plainOf(name: string): string {
  return name.replaceAll(' ', '')
}

function headerOf(line: string): Header | null {
  for (const { delimiter, names, lower } of headersOf(line)) {
    const plain = new Set(lower.map(plainOf))
    const has = (...all: readonly string[]): boolean => all.every((name) => plain.has(name))
    if (has('received', 'senderaddress', 'recipientaddress') && (has('messagetraceid') || has('messageid', 'status')))
      return { form: 'cmdlet', names, delimiter }
    const isDated = has('origin_timestamp_utc') || has('date_time_utc')
    if (isDated && has('sender_address') && (has('recipient_status') || has('recipient_address')))
      return { form: 'historical', names, delimiter }
  }
  return null
}

async function read(source: Source, sink: Sink): Promise<number> {
  const header = headerOf(headerLineOf(source.text) ?? '')
  const order = header ? orderOf(source.text, header) : null
  const trace = new TraceAccount()
  const parsed = await readCsvTable(source, sink, {
    headerOf,
    take({ values, text, offset, length, number }, { names }, unread) {
      const place = { offset, length, number }
      if (values.length !== names.length)
        return unread(place, 'corrupt', `${counted(values.length, 'value')} for ${counted(names.length, 'column')}`)
      const columns = names.map((name, i) => [name, values[i]!] as const)
      const event = traceEvent(columns, order, text, { path: source.path, offset, length, line: number })
      if (!event) return unread(place, 'corrupt', 'a row without its time or its sender')
      trace.add(event)
      sink.event(event)
    },
  })
  trace.finish(source.path, sink)
  return parsed
}

/** A row of a trace by its columns, each with its name; null where it has neither a time nor an address. */
export function traceEvent(
  columns: Iterable<readonly [name: string, value: string]>,
  order: DateOrder | null,
  raw: string,
  at: Place,
): Event | null {
  const fields: Record<string, FieldValue> = Object.create(null) as Record<string, FieldValue>
  let written = ''
  for (const [name, value] of columns) {
    if (value === '' || name === '') continue
    fields[name] = value
    const lower = plainOf(name.toLowerCase())
    const alias = NAMES[lower]
    if (alias !== undefined) fields[alias] = value
    if (TIMES.has(lower)) written ||= value
  }
  const sender = fields['sender-address']
  if (written === '' || (typeof sender !== 'string' && fields['recipient-address'] === undefined)) return null
  const time = order === null ? certainTime(written) : (isoTime(written) ?? cultureTime(written, order))
  const recipients = addressesIn(String(fields['recipient-address'] ?? ''))
  if (recipients.length > 0) fields['recipient-address'] = recipients
  const from = typeof sender === 'string' ? sender : null
  const house = typeof fields.Organization === 'string' ? fields.Organization.toLowerCase() : null
  fields.SentWhere = whereTo(recipients, [domainOf(from), house])
  const client = canonicalIp(String(fields['original-client-ip'] ?? ''))
  return {
    log: 'm365-message-trace',
    sources: SOURCES,
    time,
    // The cmdlets and the report write UTC, whatever the form of the date.
    timeBasis: 'format',
    fields,
    raw,
    at,
    host: null,
    client,
    user: from,
    target: recipients[0] ?? null,
    request: null,
    session: null,
  }
}

/** What a trace says of itself at its end: that it may be cut, and which organization it is of. */
export class TraceAccount {
  readonly #house = new Map<string, number>()
  #rows = 0

  add({ fields }: Event): void {
    this.#rows++
    const house = typeof fields.Organization === 'string' ? fields.Organization.toLowerCase() : ''
    if (house.includes('.') && (this.#house.has(house) || this.#house.size < HOUSES))
      this.#house.set(house, (this.#house.get(house) ?? 0) + 1)
  }

  finish(path: string, sink: Sink): void {
    const at = { path, offset: 0, length: 0 }
    if (LIMITS.has(this.#rows))
      sink.fact({
        fact: 'note',
        note: `${path}: a message trace of ${this.#rows} rows, which is the most that one call gives: there may be more that it did not give`,
        at,
      })
    const [tenant] = [...this.#house].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    if (tenant) sink.fact({ fact: 'tenant', domain: tenant[0], rows: tenant[1], at })
  }
}

const TIMES: ReadonlySet<string> = new Set(['received', 'receiveddatetime', 'origin_timestamp_utc', 'date_time_utc'])
const HOUSES = 1_000

/** Get-MessageTrace gives 1,000 rows where nothing is said and 5,000 at the most; a historical search 100,000. */
const LIMITS: ReadonlySet<number> = new Set([1_000, 5_000, 100_000])

/** How the dates of a table are written, where its first rows allow one reading alone. */
function orderOf(text: string, { names, delimiter }: Header): DateOrder | null {
  const column = names.findIndex((name) => /^(?:received|origin_timestamp_utc|date_time_utc)$/i.test(name))
  const times: string[] = []
  const rows = new CsvRecords({
    delimiter,
    columns: names.length,
    take: ({ values }) => void times.push(values[column] ?? ''),
  })
  const lines = text
    .slice(0, 65_536)
    .split(/\r\n|\n/)
    .slice(0, -1)
  for (const [i, line] of lines.entries()) rows.push({ text: line, offset: 0, length: 0, number: i + 1, ended: true })
  const dates = times.filter((time) => /\d[./-]\d/.test(time) && isoTime(time) === null).slice(0, 1_000)
  const orders = dates.length === 0 ? [] : ordersOf(dates)
  return orders.length === 1 ? orders[0]! : null
}
