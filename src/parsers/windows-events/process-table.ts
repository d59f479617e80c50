import { headerLineOf, headersOf } from '../../lib/csv.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { holdsObject, readJsonObjects } from '../common/json-objects.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { eventOfFields } from './field-event.ts'
import { eventField, valueOf } from './field-names.ts'

/**
 * Processes as a product that records them on the machine exports them, in CSV or JSON, by whatever names: CrowdStrike Falcon,
 * SentinelOne, Carbon Black, Cortex. A row counts where it names a command and what started it.
 */
export const processCsv: Parser = {
  name: 'process-csv',
  title: 'Processes of a search in a CSV',
  product: 'windows',
  most: 60,
  recognize: ({ text }) => (headerOf(headerLineOf(text) ?? '') === null ? 0 : 60),
  read: readCsv,
}

export const processJson: Parser = {
  name: 'process-json',
  title: 'Processes of a search as JSON',
  product: 'windows',
  most: 60,
  recognize: recognizeJson,
  read: readJson,
}

type Pairs = Iterable<readonly [name: string, value: unknown]>

/** The fields of a process that has a command and a parent; null of anything else. */
function processOf(pairs: Pairs): Map<string, string> | null {
  const fields = new Map<string, string>()
  for (const [said, value] of pairs) {
    const name = eventField(said)
    if (name === undefined || fields.has(name) || value === null || value === '') continue
    if (typeof value === 'string' || typeof value === 'number') fields.set(name, valueOf(name, String(value)))
  }
  const hasParent = fields.has('ParentImage') || fields.has('ParentCommandLine')
  return hasParent && fields.has('CommandLine') ? fields : null
}

/** The number that Sysmon gives to the start of a process. */
const PROCESS = 1

function headerOf(line: string): { readonly names: readonly string[]; readonly delimiter: string } | null {
  return headersOf(line).find(({ names }) => processOf(names.map((name) => [name, 'x'])) !== null) ?? null
}

function readCsv(source: Source, sink: Sink): Promise<number> {
  return readCsvTable(source, sink, {
    headerOf,
    repeats: true,
    isEven: true,
    take(row, { names }, unread) {
      const fields = processOf(names.map((name, i) => [name, row.values[i]!]))
      if (fields === null) return unread(row, 'unsupported', 'a row without a command and what started it')
      const { offset, length, number: line, text } = row
      sink.event(eventOfFields(PROCESS, fields, text, { path: source.path, offset, length, line }))
    },
  })
}

const PARENT = /"(?:parent|src\.?proc|actor_?process)[\w.]{2,40}"\s{0,4}:/i

function recognizeJson(head: Head): number {
  if (!/^[\s[]*\{/.test(head.text) || !PARENT.test(head.text)) return 0
  return holdsObject(head, (value) => processOf(Object.entries(value)) !== null) ? 60 : 0
}

function readJson(source: Source, sink: Sink): Promise<number> {
  return readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
    const fields = processOf(Object.entries(value))
    if (fields === null) return false
    sink.event(eventOfFields(PROCESS, fields, text, { path: source.path, offset, length, line }))
    return true
  })
}
