import { headerLineOf, splitCsv } from '../../lib/csv.ts'
import type { Line } from '../../lib/lines.ts'
import type { Event, FieldValue } from '../../model/event.ts'
import { decodedCommand } from '../powershell/encoded-command.ts'
import { isKnownProgram } from '../common/known-paths.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines, type Unread } from '../common/lines.ts'
import { sourcesOf } from './xml-reader.ts'

/**
 * `schtasks /query /v /fo csv` with the English names of its columns: one line a task and trigger, with the names again
 * above each folder of tasks. Its times are written as the culture of the machine has it, so these events have none.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-query
 */
export const taskCsv: Parser = {
  name: 'task-csv',
  title: 'Scheduled tasks as CSV',
  product: 'windows',
  recognise: (head: Head) => (columnsOf(headerLineOf(head.text) ?? '') === null ? 0 : 91),
  read,
}

function columnsOf(line: string): readonly string[] | null {
  if (!line.includes('TaskName') || !line.includes('Task To Run')) return null
  const { values, open } = splitCsv(line, ',')
  return !open && values.includes('TaskName') && values.includes('Task To Run') ? values : null
}

async function read(source: Source, sink: Sink): Promise<number> {
  let columns: readonly string[] | null = null
  return readLines(source, sink, (line: Line, unread: Unread) => {
    if (line.text.trim() === '') return
    const names = columnsOf(line.text)
    if (names) {
      columns = names
      return
    }
    const { values, open } = splitCsv(line.text, ',')
    if (columns === null || open || values.length !== columns.length)
      return unread(line, 'corrupt', 'a line that is no row of the list of tasks')
    sink.event(taskEvent(source, line, new Map(columns.map((name, i) => [name, values[i]!]))))
  })
}

function taskEvent(source: Source, line: Line, row: ReadonlyMap<string, string>): Event {
  const has = (name: string): string | null => {
    const value = row.get(name)?.trim() ?? ''
    return value === '' || value === 'N/A' ? null : value
  }
  const run = has('Task To Run') ?? ''
  // The command stands without quotes before what it is given.
  const program = /^"[^"]*"|^.*?\.(?:exe|com|bat|cmd|vbs|js|ps1|dll)(?=\s|$)/i.exec(run)?.[0] ?? run.split(' ')[0]!
  const isClass = run === '' || run === 'COM handler' || run === 'Multiple actions'
  const name = has('TaskName')
  const decoded = decodedCommand(run)
  const fields: Record<string, FieldValue> = {
    TaskName: name,
    Author: has('Author'),
    Description: has('Comment'),
    UserId: has('Run As User'),
    LogonType: has('Logon Mode'),
    Enabled: has('Scheduled Task State') === null ? null : String(has('Scheduled Task State') === 'Enabled'),
    State: has('Status'),
    CommandLine: run || null,
    ...(decoded === null ? {} : { DecodedCommand: decoded }),
    Image: isClass ? null : program,
    WorkingDirectory: has('Start In'),
    TriggerTypes: has('Schedule Type'),
    LastRunTime: has('Last Run Time'),
    NextRunTime: has('Next Run Time'),
    LastResult: has('Last Result'),
    KnownPlace: isClass ? null : String(isKnownProgram(program)),
  }
  return {
    log: 'tasks',
    sources: sourcesOf('task'),
    time: null,
    timeBasis: 'file',
    fields,
    raw: line.text,
    at: { path: source.path, offset: line.offset, length: line.length, line: line.number },
    host: null,
    client: null,
    user: null,
    target: name,
    request: null,
    session: null,
  }
}
