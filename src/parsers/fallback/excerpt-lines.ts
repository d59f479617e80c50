import type { Line } from '../../lib/lines.ts'
import type { Event } from '../../model/event.ts'
import type { Sink, Source } from '../parser.ts'
import type { ReportUnreadLines } from '../common/lines.ts'
import { barePathEvent } from '../common/folder-listing.ts'
import { oabRow } from '../exchange/oab-row.ts'
import { giveQuotedCommands } from '../powershell/history.ts'
import { requestByShape } from '../web/row-by-shape.ts'
import { MixedRows } from './mixed-rows.ts'

/**
 * A line of an excerpt that is none of the form that its parser reads. Reports put several forms under one another: rows of logs,
 * commands, requests and paths of files are read wherever they stand; any other text is a gap.
 */
export function takeOtherLine(line: Line, source: Source, sink: Sink, unread: ReportUnreadLines, detail: string): void {
  const read = source.windowsPath === null ? rowsOf(source, sink).take(line.text, line) : 'other'
  if (read === 'other' || read === 'filler') takeLineWithoutRow(line, source, sink, unread, detail)
}

/** What a parser remembers of the headers between the lines of a text that it does not read itself. */
const rowsOfTexts = new WeakMap<Source, MixedRows>()

function rowsOf(source: Source, sink: Sink): MixedRows {
  const known = rowsOfTexts.get(source)
  if (known) return known
  const rows = new MixedRows(source, sink)
  rowsOfTexts.set(source, rows)
  return rows
}

/** The same for a line that is known to be no row of a log. */
export function takeLineWithoutRow(
  line: Line,
  source: Source,
  sink: Sink,
  unread: ReportUnreadLines,
  detail: string,
): void {
  if (line.text.trim() === '') return
  if (giveQuotedCommands(line, source, sink)) return
  const listed =
    source.windowsPath === null
      ? (oabRow(line, source.path) ?? barePathEvent(line, source) ?? requestIn(line, source))
      : null
  if (listed) sink.event(listed)
  else unread(line, 'unsupported', detail)
}

/** A request by the forms of its values; where the text has headers, rows are read by these alone. */
function requestIn(line: Line, source: Source): Event | null {
  const event = requestByShape(line.text, source.path, line)
  return event === null || /^#Fields:/im.test(source.text) ? null : event
}
