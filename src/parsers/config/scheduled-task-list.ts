import type { Line } from '../../lib/lines.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type ReportUnreadLines } from '../common/lines.ts'
import { takeOtherLine } from '../fallback/excerpt-lines.ts'
import { listedTask } from './scheduled-task-csv.ts'

/**
 * `schtasks /query /v /fo list` with the English names: a line for each property, a blank line between two tasks. A task with several
 * triggers stands there once for each.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-query
 */
export const taskList: Parser = {
  name: 'task-list',
  title: 'Scheduled tasks as a list',
  product: 'windows',
  recognize: ({ text }: Head) => (/^TaskName: {2,}\S/m.test(text) && /^Task To Run: {2,}\S/m.test(text) ? 91 : 0),
  read,
}

const PROPERTY = /^([A-Z][\w ():'-]{2,60}?): {1,60}(\S.*)?$/
const LONGEST = 65_536

async function read(source: Source, sink: Sink): Promise<number> {
  let open: { first: Line; text: string; length: number; readonly values: Map<string, string> } | null = null
  const end = (unread: ReportUnreadLines): void => {
    if (open !== null) {
      const row = { ...open.first, text: open.text, length: open.length }
      if (open.values.has('TaskName')) sink.event(listedTask(source, row, open.values))
      else unread(row, 'unsupported', 'properties without the name of a task')
    }
    open = null
  }
  return readLines(
    source,
    sink,
    (line, unread) => {
      const [, name, value = ''] = PROPERTY.exec(line.text) ?? []
      if (name === 'Folder' || line.text.trim() === '') return end(unread)
      if (name === undefined) {
        end(unread)
        return takeOtherLine(line, source, sink, unread, 'text that is no property of a task')
      }
      if (open?.values.has(name) && /^(?:HostName|TaskName)$/.test(name)) end(unread)
      open ??= { first: line, text: '', length: 0, values: new Map() }
      open.values.set(name, value)
      open.text = open.text.length < LONGEST ? `${open.text}${line.text}\n` : open.text
      open.length = line.offset + line.length - open.first.offset
    },
    end,
  )
}
