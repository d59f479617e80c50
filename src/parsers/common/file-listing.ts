import { webRootOf } from '../../model/file-fields.ts'
import { type CsvRecord, headerLineOf, headersOf } from '../../lib/csv.ts'
import { isoTime, statesZone } from '../../lib/time.ts'
import type { Event, FieldValue } from '../../model/event.ts'
import { isTimestomped, timestompSignsOf } from '../ntfs/timestomp.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readCsvTable } from './csv-table.ts'
import type { ReportUnreadLines } from './lines.ts'
import { rowEvent } from './row-event.ts'

/**
 * Lists of files as CSV: MFTECmd (https://github.com/EricZimmerman/MFTECmd), `Get-ChildItem | Export-Csv`
 * (https://learn.microsoft.com/dotnet/api/system.io.filesysteminfo), file finders of Velociraptor, and the list of
 * suspicious files of Test-ProxyLogon. A listed file is an event with the time it was made, where that is stated in UTC.
 */
export const fileListing: Parser = {
  name: 'file-listing',
  title: 'List of files',
  product: 'any',
  most: 72,
  recognize,
  read,
}

type Columns = {
  readonly delimiter: string
  readonly names: readonly string[]
  readonly path: number
  /** MFTECmd has the folder and the name apart. */
  readonly name: number
  readonly made: number
  readonly written: number
  readonly size: number
  readonly inUse: number
  readonly isFolder: number
  /** Of MFTECmd the other times of a record: -1 where there are none. */
  readonly named: number
  readonly changed: number
  readonly accessed: number
}

const PATHS = ['fullname', 'fullpath', 'ospath', 'path']
const MADE = ['created0x10', 'creationtimeutc', 'btime']
const WRITTEN = ['lastmodified0x10', 'lastwritetimeutc', 'lastwrite', 'mtime', 'lastwritetime']
const SIZES = ['filesize', 'length', 'size']

function columnsOf(line: string): Columns | null {
  for (const { delimiter, lower } of headersOf(line)) {
    const at = (names: readonly string[]): number => lower.findIndex((name) => names.includes(name))
    const parent = lower.indexOf('parentpath')
    const name = parent >= 0 ? lower.indexOf('filename') : -1
    const path = parent >= 0 && name >= 0 ? parent : at(PATHS)
    const [made, written, size] = [at(MADE), at(WRITTEN), at(SIZES)]
    // A path alone heads many tables: the time of a file must stand beside it.
    if (path < 0 || (made < 0 && written < 0)) continue
    const [inUse, isFolder] = [lower.indexOf('inuse'), at(['isdirectory', 'isdir', 'psiscontainer'])]
    const [named, changed, accessed] = ['created0x30', 'lastrecordchange0x10', 'lastaccess0x10'].map((one) => at([one]))
    const others = { named: named!, changed: changed!, accessed: accessed! }
    return { delimiter, names: lower, path, name, made, written, size, inUse, isFolder, ...others }
  }
  return null
}

function recognize(head: Head): number {
  const first = headerLineOf(head.text)
  return first && columnsOf(first) ? 72 : 0
}

function read(source: Source, sink: Sink): Promise<number> {
  return readCsvTable(source, sink, { headerOf: columnsOf, take })

  function take(record: CsvRecord, columns: Columns, unread: ReportUnreadLines): void {
    const { values } = record
    const path = record.broken || values.length > columns.names.length ? null : pathOf(columns, values)
    if (path === null) return unread(record, 'corrupt', 'a row that names no file')
    if (/^true$/i.test(values[columns.isFolder] ?? '')) return
    const gone = /^false$/i.test(values[columns.inUse] ?? '')
    const own = values[columns.made] ?? ''
    // MFTECmd leaves the times of the name out where they are the same. The system writes these; the others a program can set.
    const made = values[columns.named] || own
    const time = made === '' ? null : isoTime(made)
    const size = /^\d{1,15}$/.test(values[columns.size] ?? '') ? Number(values[columns.size]) : null
    const listed = listedFile(path, size)
    sink.event(
      rowEvent(source.path, record, {
        ...listed,
        sources: [{ category: gone ? 'file_delete' : 'file_event', product: 'windows' }],
        // A record that is no longer in use was deleted, at a time that was not recorded.
        time: gone ? null : time,
        timeBasis: statesZone(made) ? 'stated' : 'format',
        fields: {
          ...listed.fields,
          WebRoot: gone ? null : webRootOf(path.replaceAll('\\', '/')),
          Created: own || null,
          Modified: values[columns.written] || null,
          ...timesOfName(columns, values),
        },
      }),
    )
  }
}

/** What the times of the name add, where they are others than the file's own. */
function timesOfName(columns: Columns, values: readonly string[]): Readonly<Record<string, FieldValue>> {
  const of = (column: number): string => values[column] ?? ''
  const named = of(columns.named)
  if (named === '') return {}
  const [created, modified, changed] = [of(columns.made), of(columns.written), of(columns.changed)]
  const signs = timestompSignsOf({ created, modified, changed, accessed: of(columns.accessed) }, named)
  const sure = isTimestomped(signs)
  return { FN_Created: named, TimestompSigns: signs, ...(sure === null ? {} : { Timestomped: sure }) }
}

/** What a list says of a file by its path and size. A list is a choice of files, never a whole folder. */
export function listedFile(path: string, size: number | null): Pick<Event, 'log' | 'fields' | 'target' | 'snippet'> {
  const name = path.slice(path.lastIndexOf('\\') + 1)
  const dot = name.lastIndexOf('.')
  return {
    log: WEB_ROOT.test(path) ? 'web-roots' : 'files',
    fields: {
      TargetFilename: path,
      FileName: name,
      Extension: dot < 0 ? '' : name.slice(dot).toLowerCase(),
      Directory: path.slice(0, Math.max(0, path.length - name.length - 1)),
      Size: size,
    },
    target: path,
    snippet: true,
  }
}

// Folders that IIS serves pages of Exchange from, or of the default site.
const WEB_ROOT = /\\(?:aspnet_client|inetpub\\wwwroot|frontend\\httpproxy|clientaccess)\\/i

function pathOf(columns: Columns, values: readonly string[]): string | null {
  const first = (values[columns.path] ?? '').replaceAll('/', '\\').replace(/^\\\\[.?]\\/, '')
  const name = columns.name < 0 ? null : (values[columns.name] ?? '')
  if (name === '' || first === '') return null
  // MFTECmd begins at the root of a volume whose letter it does not know; that of the system is the likely one.
  const path = name === null ? first : `${first.replace(/^\.(?=\\|$)/, 'C:')}\\${name}`
  return path.includes('\\') ? path : null
}
