import { headerLineOf, headersOf } from '../../lib/csv.ts'
import { objectOfJson, objectTag } from '../exchange/exported-settings.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { holdsObject, readJsonObjects } from '../common/json-objects.ts'
import { ClixmlEvents } from './clixml-objects.ts'
import type { PsObject } from './powershell-object.ts'

/**
 * Services and scheduled tasks as collectors list them in JSON or CSV: Velociraptor (`Windows.System.Services`,
 * `Windows.System.TaskScheduler/Analysis`, https://docs.velociraptor.app/artifact_references/), and `Win32_Service` as a shell exports
 * it. The names of the columns show which of the two an object is.
 */
export const listedJson: Parser = {
  name: 'listed-state-json',
  title: 'Services or scheduled tasks as JSON',
  product: 'windows',
  most: 92,
  recognize: recognizeJson,
  read: readJson,
}

export const listedCsv: Parser = {
  name: 'listed-state-csv',
  title: 'Services or scheduled tasks as CSV',
  product: 'windows',
  most: 92,
  recognize: ({ text }) => (headerOf(headerLineOf(text) ?? '') === null ? 0 : 92),
  read: readCsv,
}

type Values = Readonly<Record<string, unknown>>
type Kind = 'service' | 'task'

/** Columns by which each kind is known: no other list has all of one group. */
const KINDS: readonly (readonly [kind: Kind, columns: readonly string[]])[] = [
  ['service', ['name', 'pathname', 'startmode']],
  ['task', ['ospath', 'command', 'arguments', 'userid']],
]

function kindOf(names: readonly string[]): Kind | null {
  const lower = new Set(names.map((name) => name.toLowerCase()))
  return KINDS.find(([, columns]) => columns.every((name) => lower.has(name)))?.[0] ?? null
}

function objectOf(kind: Kind, values: Values): PsObject {
  if (kind === 'service') return objectOfJson('Win32_Service', values)
  const of = (name: string): unknown => values[name] ?? null
  const name = String(of('OSPath') ?? of('FullPath')).replace(/^.*[\\/]system32[\\/]tasks(?=[\\/])/i, '')
  return objectOfJson('MSFT_ScheduledTask', {
    TaskPath: '',
    TaskName: name.replaceAll('/', '\\'),
    Actions: [
      { Execute: of('ExpandedCommand') ?? of('Command'), Arguments: of('Arguments'), ClassId: of('ComHandler') },
    ],
    Principal: { UserId: of('UserId') },
  })
}

function recognizeJson(head: Head): number {
  if (!/"(?:PathName|OSPath)"\s*:/i.test(head.text)) return 0
  return holdsObject(head, (value) => kindOf(Object.keys(value)) !== null) ? 92 : 0
}

async function readJson(source: Source, sink: Sink): Promise<number> {
  const events = new ClixmlEvents(source, sink)
  const parsed = await readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
    const kind = kindOf(Object.keys(value))
    if (kind === null) return false
    events.take(objectOf(kind, value), objectTag(text, offset, length, line))
    return true
  })
  events.finish()
  return parsed
}

function headerOf(line: string) {
  for (const { delimiter, names } of headersOf(line)) {
    const kind = kindOf(names)
    if (kind !== null) return { names, delimiter, kind }
  }
  return null
}

async function readCsv(source: Source, sink: Sink): Promise<number> {
  const events = new ClixmlEvents(source, sink)
  const parsed = await readCsvTable(source, sink, {
    headerOf,
    isEven: true,
    take(row, { names, kind }) {
      const cells = names.map((name, i): [string, string | null] => [name, row.values[i] || null])
      events.take(objectOf(kind, Object.fromEntries(cells)), objectTag(row.text, row.offset, row.length, row.number))
    },
  })
  events.finish()
  return parsed
}
