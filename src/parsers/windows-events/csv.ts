import { ofAll } from '../../lib/amounts.ts'
import { CsvRecords, headerLineOf, headersOf, splitCsv } from '../../lib/csv.ts'
import type { Line } from '../../lib/lines.ts'
import type { Place } from '../../model/event.ts'
import { certainTime, type DateOrder } from '../common/local-time.ts'
import {
  type DatedEntry,
  measuredZone,
  orderByUtc,
  orderOfTimes,
  timeInOrder,
  viewerColumns,
  viewerColumnsOf,
  viewerKeywords,
  viewerLevel,
} from './event-viewer.ts'
import { systemOfText } from './bare-text.ts'
import { recordOfJson } from './json.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { UnevenRows, TableFillers } from '../common/csv-table.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import { windowsEvent } from './event.ts'
import { type WindowsRecord } from './record.ts'

/**
 * Windows events as rows of a CSV: `Get-WinEvent | Export-Csv`
 * (https://learn.microsoft.com/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord), `Get-EventLog`
 * (https://learn.microsoft.com/dotnet/api/system.diagnostics.eventlogentry), what the Event Viewer saves, and EvtxECmd.
 */
export const csvEvents: Parser = {
  name: 'csv-events',
  title: 'Windows events in a CSV',
  product: 'windows',
  most: 92,
  recognize,
  read,
}

/** What the exporters call the parts of an event, by the names that a record has in PowerShell. */
export const eventColumns: ReadonlyMap<string, string> = new Map([
  ['id', 'Id'],
  ['eventid', 'Id'],
  ['event id', 'Id'],
  ['providername', 'ProviderName'],
  ['provider', 'ProviderName'],
  ['source', 'ProviderName'],
  ['logname', 'LogName'],
  ['channel', 'LogName'],
  ['log', 'LogName'],
  ['machinename', 'MachineName'],
  ['computer', 'MachineName'],
  ['message', 'Message'],
  ['level', 'Level'],
  ['leveldisplayname', 'LevelDisplayName'],
  ['entrytype', 'LevelDisplayName'],
  ['recordid', 'RecordId'],
  ['eventrecordid', 'RecordId'],
  ['index', 'RecordId'],
  ['timecreated', 'TimeCreated'],
  ['timegenerated', 'TimeCreated'],
  ['date and time', 'TimeCreated'],
])

/** Columns that no other table has beside number, time and message. */
const OF_EVENT = ['LogName', 'MachineName', 'LevelDisplayName', 'RecordId']

export type EventColumns = {
  readonly names: readonly string[]
  readonly delimiter: string
  readonly utc: boolean
  /** Of the Event Viewer: words in the language of Windows, and the text in a last column without a heading. */
  readonly isViewer: boolean
}

function headerOf(line: string): EventColumns | null {
  for (const { delimiter, names: written, lower } of headersOf(line)) {
    // EvtxECmd has the data of the event as JSON in one cell, and its times in UTC.
    const payload = lower.includes('payload') && lower.includes('eventid') && lower.includes('channel')
    if (payload) return { names: written, delimiter, utc: true, isViewer: false }
    const viewer = viewerColumns(written)
    if (viewer) return { names: viewer, delimiter, utc: false, isViewer: true }
    const names = lower.map((name) => eventColumns.get(name) ?? '')
    if (!names.includes('Id') || !names.includes('TimeCreated') || !names.includes('Message')) continue
    // `Select-Object TimeCreated, Id, LevelDisplayName, Message` leaves out who wrote it: the number implies it for some.
    if (names.includes('ProviderName') || OF_EVENT.some((name) => names.includes(name)))
      return { names, delimiter, utc: false, isViewer: false }
  }
  return null
}

/** The header of the Event Viewer in a language that is not known, by the row below it. */
function headerBy(line: string, row: string): EventColumns | null {
  for (const { delimiter, names: written } of headersOf(line)) {
    const names = viewerColumnsOf(written, splitCsv(row.slice(0, 8_192), delimiter).values)
    if (names) return { names, delimiter, utc: false, isViewer: true }
  }
  return null
}

function recognize(head: Head): number {
  const first = headerLineOf(head.text)
  if (first === null) return 0
  if (headerOf(first)) return 92
  const [, second] = head.text.slice(0, 16_384).split(/\r\n|\n|\r/, 2)
  return second !== undefined && headerBy(first, second) ? 91 : 0
}

/** A row, with the text of its time where that is local. */
type Held = { readonly record: WindowsRecord; readonly row: EventRow; readonly text: string | null }
export type EventRow = {
  readonly values: string[]
  readonly text: string
  readonly offset: number
  readonly length: number
  readonly number: number
  readonly ended?: boolean
}

/** Of an event that is written over several lines, as much text as is kept. */
export const LONGEST_TEXT = 262_144

/** The row with one more line of the same event. */
export function withLine(row: EventRow, { text, offset, length }: Line): EventRow {
  const raw = row.text.length < LONGEST_TEXT ? `${row.text}\n${text}` : row.text
  return { ...row, text: raw, length: offset + length - row.offset }
}

/** Maximum number of rows held until one shows how times are to be read. */
const HELD = 5_000

/** Rows wait until one shows how times are to be read: where a gap lies between them is not known then. */
function anywhere(sink: Sink): Sink {
  const between = { after: null, before: null }
  return {
    event: (event) => sink.event(event),
    fact: (fact) => sink.fact(fact),
    gap: (gap) => sink.gap({ ...gap, between }),
  }
}

async function read(source: Source, given: Sink): Promise<number> {
  const sink = anywhere(given)
  let header: EventColumns | null = null
  let first: Line | null = null
  let rows: CsvRecords | null = null
  let tell: ReportUnreadLines = () => {}
  const local = new LocalRows(source, sink)
  const unevenRows = new UnevenRows(sink)
  const fillers = new TableFillers(sink, () => tell)
  const begin = (begun: EventColumns): CsvRecords => {
    header = begun
    const passes = (line: Line): boolean => fillers.takes(line)
    return new CsvRecords({ delimiter: begun.delimiter, columns: begun.names.length, passes, take })
  }
  const noRow = (line: Line, unread: ReportUnreadLines): void =>
    unread(line, 'unsupported', 'text that is no row of the table')
  const parsed = await readLines(
    source,
    sink,
    (line: Line, unread: ReportUnreadLines) => {
      tell = unread
      if (rows?.waiting) return rows.push(line)
      if (fillers.takes(line) || line.text.startsWith('#TYPE')) return
      const begun = headerOf(line.text)
      if (begun) {
        rows = begin(begun)
        return
      }
      if (rows) return rows.push(line)
      const by = first === null ? null : headerBy(first.text, line.text)
      if (by) {
        first = null
        rows = begin(by)
        return rows.push(line)
      }
      if (first) noRow(first, unread)
      first = line
    },
    (unread) => {
      tell = unread
      rows?.flush()
      fillers.end()
      if (first) noRow(first, unread)
      first = null
    },
  )
  local.finish()
  return parsed

  function take(row: EventRow): void {
    const record = header && recordOfRow(header, row.values)
    if (!record) return tell(row, 'corrupt', 'a row without the number of an event')
    if (!areOfHeader(header!, row.values)) return tell(row, 'corrupt', 'values of other columns than the header names')
    if (!header!.isViewer) unevenRows.see(row, header!.names.length)
    local.hold(record, row)
    fillers.see(row)
  }
}

/**
 * Rows with local times, in the order in which they came: what one of them says of its time in UTC tells the zone of the
 * rows beside it, and all together tell the order of day and month.
 */
export class LocalRows {
  readonly #source: Source
  readonly #sink: Sink
  #held: Held[] = []
  #order: DateOrder | null = null
  /** The zone that was measured last, and all that were. */
  #zone: number | null = null
  readonly #zones = new Set<number>()
  #rows = 0
  #unknown = 0
  /** Rows whose text of a time is not understood. */
  #untimed = 0
  #first: Place | null = null

  constructor(source: Source, sink: Sink) {
    this.#source = source
    this.#sink = sink
  }

  hold(record: WindowsRecord, row: EventRow): void {
    const { basis, text } = record.when
    this.#held.push({ record, row, text: basis === 'assumed' ? (text ?? '') : null })
    if (this.#held.length >= HELD) this.#release()
  }

  #emit(record: WindowsRecord, row: EventRow): void {
    const { recordId } = record.system
    const at = { path: this.#source.path, offset: row.offset, length: row.length, line: row.number }
    this.#first ??= at
    // A table is a choice of rows, never a whole log.
    this.#sink.event(
      windowsEvent({ ...record, snippet: true }, row.text, { ...at, ...(recordId ? { record: recordId } : {}) }),
    )
  }

  finish(): void {
    this.#release()
    if (this.#rows === 0 || this.#first === null) return
    const zones = [...this.#zones].sort((a, b) => a - b).map(zoneName)
    const note =
      zones.length === 0
        ? 'its times are local to the machine on which it was saved, and no entry shows in which zone: they may be off by up to 14 hours'
        : `its times are local; entries with their own time in UTC show ${zones.join(' and ')}${this.#unknown > 0 ? `, and for ${this.#unknown} of ${this.#rows} it is not certain which` : ''}`
    const untimed =
      this.#untimed === 0
        ? ''
        : `. Time unknown, since the date is of another calendar, or its day and month cannot be distinguished: ${ofAll(this.#untimed, this.#rows, 'row')}`
    this.#sink.fact({ fact: 'note', note: `${this.#source.path}: ${note}${untimed}`, at: this.#first })
  }

  #release(): void {
    const held = this.#held
    this.#held = []
    this.#order ??= orderOfTimes(held.flatMap(({ text }) => text || [])) ?? orderByUtc(held.flatMap(datedOf))
    const times = held.map(({ text }) => (text ? timeInOrder(text, this.#order) : null))
    const measured = held.map(({ record: { system, message } }, i) =>
      times[i] === null || times[i] === undefined
        ? null
        : measuredZone(system.provider ?? '', system.eventId, message ?? '', times[i]),
    )
    for (const zone of measured) if (zone !== null) this.#zones.add(zone)
    const after = [...measured]
    for (let i = after.length - 2; i >= 0; i--) after[i] ??= after[i + 1] ?? null
    for (const [i, { record, row, text }] of held.entries()) {
      if (text === null) {
        this.#emit(record, row)
        continue
      }
      this.#zone = measured[i] ?? this.#zone
      const [before, next] = [this.#zone, after[i] ?? null]
      // Between two zones (the clocks were changed) it is not told which one holds.
      const zone = before === null || next === null || before === next ? (before ?? next) : null
      const time = times[i] ?? null
      this.#rows++
      if (zone === null) this.#unknown++
      if (time === null) this.#untimed++
      this.#emit(
        {
          ...record,
          when:
            zone === null || time === null
              ? { time, basis: 'assumed', text }
              : { time: time - zone, basis: 'zone', text },
        },
        row,
      )
    }
  }
}

function datedOf({ record: { system, message }, text }: Held): readonly DatedEntry[] {
  return text ? [{ text, provider: system.provider ?? '', id: system.eventId, message: message ?? '' }] : []
}

function zoneName(zone: number): string {
  const minutes = Math.abs(zone) / 60_000
  const two = (n: number): string => String(n).padStart(2, '0')
  return `UTC${zone < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Who writes events of this number, in a table that does not name it. */
export function providerOf(id: number, log: string): string {
  if (id === 1102 || id === 104) return 'Microsoft-Windows-Eventlog'
  if (id === 7045 || id === 7036 || id === 7040) return 'Service Control Manager'
  if (id === 4104 || id === 4103) return 'Microsoft-Windows-PowerShell'
  if (id === 1149) return 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'
  if ((id >= 4608 && id <= 5712) || log === 'Security') return 'Microsoft-Windows-Security-Auditing'
  return log === '' ? 'unknown' : log
}

/** Can the values be those of their columns? The number of a record has only digits, and the data of EvtxECmd is JSON. */
function areOfHeader({ names, utc }: EventColumns, values: readonly string[]): boolean {
  return names.every((name, i) => {
    const value = (values[i] ?? '').trim()
    if (/^(?:EventRecordId|RecordNumber|RecordId)$/i.test(name)) return /^[\d.,\s']{0,40}$/.test(value)
    return !utc || !/^Payload$/i.test(name) || value === '' || value.startsWith('{')
  })
}

export function recordOfRow(header: EventColumns, values: readonly string[]): WindowsRecord | null {
  const o: Record<string, string | null> = Object.create(null)
  // The reader of events wants one of the two; neither need be known.
  if (!header.utc) Object.assign(o, { LogName: null, MachineName: null })
  header.names.forEach((name, i) => {
    if (name !== '' && values[i] !== undefined && values[i] !== '') o[name] = values[i]
  })
  if (header.isViewer) {
    if (o.Level) o.Level = viewerLevel(o.Level)
    if (o.Keywords) o.Keywords = viewerKeywords(o.Keywords)
    // The Event Viewer gives its text no heading.
    if (values.length === header.names.length + 1 && values.at(-1)) o.Message = values.at(-1)!
  }
  if (!o.ProviderName && !header.utc) {
    // `Select-Object TimeCreated, Id, Message`: the number alone says little, the text whose event it is.
    const said = o.LogName ? null : systemOfText((o.Message ?? '').trimStart())
    const { provider, channel } = said?.eventId === Number(o.Id) ? said : {}
    o.LogName ??= channel ?? null
    o.ProviderName = provider ?? providerOf(Number(o.Id), o.LogName ?? '')
  }
  const record = recordOfJson(o)
  if (!record || record.when.basis === 'stated') return record
  const text = o.TimeCreated ?? null
  const time = header.utc ? (record.when.time ?? (text === null ? null : certainTime(text))) : null
  return { ...record, when: { time, basis: header.utc ? 'format' : 'assumed', text } }
}
