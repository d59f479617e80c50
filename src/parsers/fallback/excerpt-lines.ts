import type { Line } from '../../lib/lines.ts'
import type { Event } from '../../model/event.ts'
import type { Sink, Source } from '../parser.ts'
import type { ReportUnreadLines } from '../common/lines.ts'
import { barePathEvent } from '../common/folder-listing.ts'
import { giveQuotedCommands } from '../powershell/history.ts'
import { requestByShape } from '../web/row-by-shape.ts'

/**
 * A line of an excerpt that is none of the form that its parser reads. Reports put several forms under one another: commands,
 * requests and paths of files are read wherever they stand; any other text is a gap.
 */
export function takeOtherLine(line: Line, source: Source, sink: Sink, unread: ReportUnreadLines, detail: string): void {
  if (line.text.trim() === '') return
  if (giveQuotedCommands(line, source, sink)) return
  const listed = source.windowsPath === null ? (barePathEvent(line, source) ?? requestIn(line, source)) : null
  if (listed) sink.event(listed)
  else unread(line, 'unsupported', detail)
}

/** A request by the forms of its values; where the text has headers, rows are read by these alone. */
function requestIn(line: Line, source: Source): Event | null {
  const event = requestByShape(line.text, source.path, line)
  return event === null || /^#Fields:/im.test(source.text) ? null : event
}
