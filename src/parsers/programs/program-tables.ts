import { headerLineOf, headersOf } from '../../lib/csv.ts'
import { isoTime } from '../../lib/time.ts'
import type { FieldValue } from '../../model/event.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { rowEvent } from '../common/row-event.ts'
import { posternSources } from '../config/xml-reader.ts'
import type { Parser, Sink, Source } from '../parser.ts'

/**
 * Programs that ran or were there, as tools list them in a CSV: AppCompatCacheParser (ShimCache), AmcacheParser, PECmd (prefetch).
 * Their times are UTC. https://ericzimmerman.github.io/
 */
export const programTables: Parser = {
  name: 'program-tables',
  title: 'Programs that ran, listed by a tool',
  product: 'windows',
  most: 92,
  recognize: ({ text }) => (headerOf(headerLineOf(text) ?? '') === null ? 0 : 92),
  read,
}

type Cells = (name: string) => string
type Table = {
  readonly columns: readonly string[]
  readonly source: string
  readonly meaning: string
  readonly time: string
  readonly image: (of: Cells) => string
}

const TABLES: readonly Table[] = [
  {
    columns: ['cacheentryposition', 'path', 'lastmodifiedtimeutc'],
    source: 'ShimCache',
    meaning: 'file modified',
    time: 'lastmodifiedtimeutc',
    image: (of) => of('path'),
  },
  {
    columns: ['filekeylastwritetimestamp', 'sha1', 'fullpath'],
    source: 'AmCache',
    meaning: 'cataloged',
    time: 'filekeylastwritetimestamp',
    image: (of) => of('fullpath'),
  },
  {
    columns: ['executablename', 'runcount', 'lastrun', 'filesloaded'],
    source: 'prefetch',
    meaning: 'run',
    time: 'lastrun',
    image: (of) => pathIn(of('filesloaded'), of('executablename')),
  },
  {
    columns: ['runtime', 'executablename'],
    source: 'prefetch',
    meaning: 'run',
    time: 'runtime',
    image: (of) => plain(of('executablename')),
  },
]

/** A path without the volume before it: `\VOLUME{01d0}\USERS\PUBLIC\A.EXE`. */
function plain(path: string): string {
  return path.trim().replace(/^\\VOLUME\{[0-9a-f-]{1,40}\}/i, '')
}

/** The path of the program among the files that it loaded; its name alone where it is not among them. */
function pathIn(files: string, name: string): string {
  const end = `\\${name.toLowerCase()}`
  return plain(files.split(',').find((file) => file.trim().toLowerCase().endsWith(end)) ?? name)
}

function headerOf(line: string) {
  for (const { delimiter, names, lower } of headersOf(line)) {
    const table = TABLES.find(({ columns }) => columns.every((name) => lower.includes(name)))
    if (table !== undefined) return { names, lower, delimiter, table }
  }
  return null
}

function read(source: Source, sink: Sink): Promise<number> {
  return readCsvTable(source, sink, {
    headerOf,
    isEven: true,
    take(row, { lower, table }, unread) {
      const of: Cells = (name) => row.values[lower.indexOf(name)]?.trim() ?? ''
      const image = table.image(of)
      if (image === '') return unread(row, 'unsupported', 'a row without a program')
      const sha1 = /^[0-9a-f]{40}$/i.exec(of('sha1'))?.[0] ?? null
      const fields: Record<string, FieldValue> = {
        Image: image,
        Source: table.source,
        TimeMeaning: table.meaning,
        ...(sha1 === null ? {} : { Hashes: `SHA1=${sha1.toUpperCase()}`, sha1: sha1.toLowerCase() }),
      }
      sink.event(
        rowEvent(source.path, row, {
          log: 'programs',
          sources: posternSources('program'),
          time: isoTime(of(table.time)),
          timeBasis: 'format',
          fields,
          target: image,
        }),
      )
    },
  })
}
