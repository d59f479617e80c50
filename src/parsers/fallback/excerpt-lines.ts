import type { Line } from '../../lib/lines.ts'
import type { Sink, Source } from '../parser.ts'
import type { ReportUnreadLines } from '../common/lines.ts'
import { barePathEvent } from '../common/folder-listing.ts'
import { quotedEvent } from '../powershell/history.ts'
import { quotedCommands } from '../powershell/quoted-command.ts'

/**
 * A line of an excerpt that is none of the form that its parser reads. Reports put several forms under one another: commands
 * and paths of files are read wherever they stand; any other text is a gap.
 */
export function takeOtherLine(line: Line, source: Source, sink: Sink, unread: ReportUnreadLines, detail: string): void {
  if (line.text.trim() === '') return
  const isExcerpt = source.windowsPath === null
  const commands = isExcerpt ? quotedCommands(line.text) : []
  for (const command of commands) sink.event(quotedEvent(source, line, command))
  const listed = isExcerpt && commands.length === 0 ? barePathEvent(line, source) : null
  if (listed) sink.event(listed)
  else if (commands.length === 0) unread(line, 'unsupported', detail)
}
