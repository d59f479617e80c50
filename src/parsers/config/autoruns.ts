import { headerLineOf, headersOf } from '../../lib/csv.ts'
import type { FieldValue } from '../../model/event.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { isKnownProgram } from '../common/known-paths.ts'
import { rowEvent } from '../common/row-event.ts'
import { objectOfJson, objectTag } from '../exchange/exported-settings.ts'
import type { Parser, Sink, Source } from '../parser.ts'
import { decodedCommand } from '../powershell/encoded-command.ts'
import { ClixmlEvents } from './clixml-objects.ts'
import { posternSources } from './xml-reader.ts'

/**
 * What starts by itself, as Autoruns of Sysinternals lists it in a CSV (`autorunsc -a * -c`). Services and tasks are read as other lists
 * of them; everything else is an entry that starts a program or is loaded by one.
 * https://learn.microsoft.com/sysinternals/downloads/autoruns
 */
export const autorunsCsv: Parser = {
  name: 'autoruns-csv',
  title: 'Programs that start automatically, listed by Autoruns',
  product: 'windows',
  most: 94,
  // A responder's list lies in no folder of the server: there an attacker may have left one that lacks what is his.
  recognize: ({ text, windowsPath }) => (windowsPath !== null || headerOf(headerLineOf(text) ?? '') === null ? 0 : 94),
  read,
}

const COLUMNS = ['entry location', 'entry', 'category', 'image path', 'launch string']

function headerOf(line: string) {
  for (const { delimiter, names, lower } of headersOf(line))
    if (COLUMNS.every((name) => lower.includes(name))) return { names, lower, delimiter }
  return null
}

async function read(source: Source, sink: Sink): Promise<number> {
  // Options leave out what Microsoft signed and what is empty: what the list lacks may be there.
  const partial: Sink = { ...sink, event: (event) => sink.event({ ...event, snippet: true }) }
  const events = new ClixmlEvents(source, partial)
  const parsed = await readCsvTable(source, sink, {
    headerOf,
    isEven: true,
    take(row, { lower }) {
      const of = (name: string): string => row.values[lower.indexOf(name)]?.trim() ?? ''
      const command = of('launch string') || of('image path')
      // A row without a program names the place that the rows below it are of; what was switched off does not start.
      if (command === '' || /^disabled$/i.test(of('enabled'))) return
      const tag = objectTag(row.text, row.offset, row.length, row.number)
      if (/^services$/i.test(of('category'))) {
        events.take(objectOfJson('Win32_Service', { Name: of('entry'), PathName: command, StartMode: 'Auto' }), tag)
      } else if (/^tasks$/i.test(of('category'))) {
        const [, quoted, plain, rest = ''] = /^(?:"([^"]{1,1000})"|(\S{1,1000}))\s{0,40}([\s\S]*)$/.exec(command) ?? []
        const action = { Execute: quoted ?? plain ?? command, Arguments: rest }
        events.take(objectOfJson('MSFT_ScheduledTask', { TaskPath: '', TaskName: of('entry'), Actions: [action] }), tag)
      } else partial.event(startupOf(source.path, row, of))
    },
  })
  events.finish()
  return parsed
}

type Row = { readonly text: string; readonly offset: number; readonly length: number; readonly number: number }

function startupOf(path: string, row: Row, of: (name: string) => string) {
  const command = of('launch string') || of('image path')
  const decoded = decodedCommand(command)
  const fields: Record<string, FieldValue> = {
    Category: of('category'),
    Key: of('entry location'),
    Name: of('entry'),
    Command: command,
    Image: of('image path') || null,
    KnownPlace: String(isKnownProgram(command)),
    ...(decoded === null ? {} : { DecodedCommand: decoded }),
  }
  return rowEvent(path, row, {
    log: 'startup',
    sources: posternSources('startup'),
    time: null,
    timeBasis: 'file',
    fields,
    target: of('entry') || null,
  })
}
