import { headerLineOf, splitCsv } from '../../lib/csv.ts'
import type { Event, FieldValue } from '../../model/event.ts'
import { decodedCommand } from '../powershell/encoded-command.ts'
import { isKnownProgram } from '../common/known-paths.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { type CsvHeader, readCsvTable } from '../common/csv-table.ts'
import { rowEvent, type RowText } from '../common/row-event.ts'
import { posternSources } from './xml-reader.ts'

/**
 * `schtasks /query /v /fo csv` with the English names of its columns: one line a task and trigger, with the names again
 * above each folder of tasks. Its times are written as the culture of the machine has it, so these events have none.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-query
 */
export const taskCsv: Parser = {
  name: 'task-csv',
  title: 'Scheduled tasks as CSV',
  product: 'windows',
  recognize: (head: Head) => (headerOf(headerLineOf(head.text) ?? '') === null ? 0 : 91),
  read,
}

function headerOf(line: string): CsvHeader | null {
  if (!line.includes('TaskName') || !line.includes('Task To Run')) return null
  const { values: names, open } = splitCsv(line, ',')
  return !open && names.includes('TaskName') && names.includes('Task To Run') ? { delimiter: ',', names } : null
}

function read(source: Source, sink: Sink): Promise<number> {
  return readCsvTable(source, sink, {
    headerOf,
    repeats: true,
    take(record, { names }, unread) {
      if (record.broken || record.values.length !== names.length)
        return unread(record, 'corrupt', 'a line that is no row of the list of tasks')
      sink.event(listedTask(source, record, new Map(names.map((name, i) => [name, record.values[i]!]))))
    },
  })
}

/** The event of a task by the English names of what `schtasks` lists of it. */
export function listedTask(source: Source, record: RowText, row: ReadonlyMap<string, string>): Event {
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
  return rowEvent(source.path, record, {
    log: 'tasks',
    sources: posternSources('task'),
    time: null,
    timeBasis: 'file',
    fields,
    target: name,
  })
}
