import { splitHeadLines } from '../../lib/text.ts'
import type { Line } from '../../lib/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import { type EventRow, eventColumns, LocalRows, LONGEST_TEXT, recordOfRow, withLine } from './csv.ts'

/**
 * Events as `Get-WinEvent | Format-List` prints them: a line for each property, whose names are the same in every language,
 * and further lines of a value below it, indented. Times are local.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/format-list
 */
export const listedEvents: Parser = {
  name: 'listed-events',
  title: 'Windows events listed by PowerShell',
  product: 'windows',
  recognize,
  read,
}

const PROPERTY = /^([A-Za-z]\w{1,40})\s{0,40}: ?(.*)$/s
/** Properties of an event itself, in whatever order they stand. */
const ONCE = /^(?:Message|Id|ProviderName|TimeCreated|RecordId|LogName|MachineName|LevelDisplayName)$/i

type Listed = { readonly names: string[]; readonly values: string[]; row: EventRow }

function recognize(head: Head): number {
  const found = new Set<string>()
  for (const text of splitHeadLines(head.text).slice(0, 400)) {
    const name = eventColumns.get(PROPERTY.exec(text)?.[1]?.toLowerCase() ?? '')
    if (name !== undefined) found.add(name)
    if (found.has('TimeCreated') && found.has('Id') && found.has('Message')) return 83
  }
  return 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const local = new LocalRows(source, sink)
  let open: Listed | null = null
  const end = (unread: ReportUnreadLines): void => {
    if (open !== null) give(open, local, unread)
    open = null
  }
  const parsed = await readLines(
    source,
    sink,
    (line: Line, unread) => {
      const [, name, value = ''] = PROPERTY.exec(line.text) ?? []
      if (name === undefined) {
        if (open !== null) goOn(open, line)
        else if (line.text.trim() !== '') unread(line, 'unsupported', 'text that is no property of an event')
        return
      }
      // The first name again, or one that each event has once: the next event.
      if (open !== null && (open.names[0] === name || (ONCE.test(name) && open.names.includes(name)))) end(unread)
      if (open === null) open = { names: [], values: [], row: firstRow(line) }
      else open.row = withLine(open.row, line)
      open.names.push(name)
      open.values.push(value)
    },
    end,
  )
  local.finish()
  return parsed
}

function firstRow({ text, offset, length, number }: Line): EventRow {
  return { values: [], text, offset, length, number }
}

/** A further line of the last value. */
function goOn(open: Listed, line: Line): void {
  const last = open.values.length - 1
  if (open.values[last]!.length < LONGEST_TEXT) open.values[last] += `\n${line.text.trimStart()}`
  open.row = withLine(open.row, line)
}

function give({ names, values, row }: Listed, local: LocalRows, unread: ReportUnreadLines): void {
  const columns = names.map((name) => eventColumns.get(name.toLowerCase()) ?? '')
  const record = recordOfRow(
    { names: columns, delimiter: '', utc: false, isViewer: false },
    values.map((value) => value.trim()),
  )
  if (!record) return unread(row, 'unsupported', 'properties of something that is no event')
  local.hold(record, row)
}
