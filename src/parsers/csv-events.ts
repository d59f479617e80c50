import { CsvRecords, headerLineOf, headersOf } from '../lib/csv.ts'
import type { Line } from '../lib/lines.ts'
import { certainTime } from './culture-time.ts'
import { recordOfJson } from './json-events.ts'
import type { Head, Parser, Sink, Source } from './parser.ts'
import { readLines, type Unread } from './reading.ts'
import { windowsEvent, type WindowsRecord } from './windows-event.ts'

/**
 * Windows events as rows of a CSV: `Get-WinEvent | Export-Csv`
 * (https://learn.microsoft.com/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord), `Get-EventLog`
 * (https://learn.microsoft.com/dotnet/api/system.diagnostics.eventlogentry), what the Event Viewer saves, and EvtxECmd.
 */
export const csvEvents: Parser = {
  name: 'csv-events',
  title: 'Windows events in a CSV',
  product: 'windows',
  recognise,
  read,
}

// What the exporters call the parts of an event, by the names that a record has in PowerShell.
const NAMES: ReadonlyMap<string, string> = new Map([
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

type Header = { readonly names: readonly string[]; readonly delimiter: string; readonly utc: boolean }

function headerOf(line: string): Header | null {
  for (const { delimiter, names: written, lower } of headersOf(line)) {
    // EvtxECmd has the data of the event as JSON in one cell, and its times in UTC.
    const payload = lower.includes('payload') && lower.includes('eventid') && lower.includes('channel')
    if (payload) return { names: written, delimiter, utc: true }
    const names = lower.map((name) => NAMES.get(name) ?? '')
    const viewer = lower.includes('event id') && lower.includes('date and time')
    if (!names.includes('Id') || !names.includes('TimeCreated') || !names.includes('ProviderName')) continue
    if (names.includes('Message') || viewer) return { names, delimiter, utc: false }
  }
  return null
}

function recognise(head: Head): number {
  const first = headerLineOf(head.text)
  return first && headerOf(first) ? 92 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  let header: Header | null = null
  let rows: CsvRecords | null = null
  let tell: Unread = () => {}
  return readLines(
    source,
    sink,
    (line: Line, unread: Unread) => {
      tell = unread
      if (rows?.waiting) return rows.push(line)
      if (line.text === '' || line.text.startsWith('#TYPE')) return
      const begun = headerOf(line.text)
      if (begun) {
        header = begun
        rows = new CsvRecords({ delimiter: begun.delimiter, columns: begun.names.length, take })
      } else if (rows) rows.push(line)
      else unread(line, 'unsupported', 'text that is no row of the table')
    },
    (unread) => {
      tell = unread
      rows?.flush()
    },
  )

  function take(row: { values: string[]; text: string; offset: number; length: number; number: number }): void {
    const record = header && recordOfRow(header, row.values)
    if (!record) return tell(row, 'corrupt', 'a row without the number of an event')
    const { recordId } = record.system
    const at = { path: source.path, offset: row.offset, length: row.length, line: row.number }
    // A table is a choice of rows, never a whole log.
    sink.event(
      windowsEvent({ ...record, snippet: true }, row.text, { ...at, ...(recordId ? { record: recordId } : {}) }),
    )
  }
}

function recordOfRow(header: Header, values: readonly string[]): WindowsRecord | null {
  const o: Record<string, string | null> = Object.create(null)
  // The reader of events wants one of the two; neither need be known.
  if (!header.utc) Object.assign(o, { LogName: null, MachineName: null })
  header.names.forEach((name, i) => {
    if (name !== '' && values[i] !== undefined && values[i] !== '') o[name] = values[i]
  })
  // The Event Viewer gives its text no heading.
  if (!header.names.includes('Message') && values.length === header.names.length + 1 && values.at(-1))
    o.Message = values.at(-1)!
  const record = recordOfJson(o)
  if (!record || record.when.basis === 'stated') return record
  const text = o.TimeCreated ?? null
  const time = record.when.time ?? (text === null ? null : certainTime(text))
  return { ...record, when: { time, basis: header.utc ? 'format' : 'assumed', text } }
}
