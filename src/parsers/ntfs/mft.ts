import type { Event, FieldValue } from '../../model/event.ts'
import type { KnownLogKind } from '../../model/log-kinds.ts'
import { fileSources, isRunnable } from '../../model/file-fields.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { Gaps } from './gaps.ts'
import { driveOf, fieldsIn, type FolderPath, Paths } from './paths.ts'
import { bufferOf } from '../../lib/text.ts'
import { BAD_SIGNATURE, DOS, isRecord } from './record.ts'
import { eachRecord } from './records.ts'
import { DAMAGED, FileTable, FOLDER, LIVE, PRESENT, TOLD } from './table.ts'
import { timeAt, fileTimeAt } from './times.ts'
import { isTimestomped, timestompSigns } from './timestomp.ts'
import { attributesOf, said } from './words.ts'
import { fileNameOf } from '../../model/file-name.ts'

/**
 * The master file table of an NTFS volume: every file that is there, and deleted ones whose record was not used again.
 * One event for each long name of a file. Layout:
 * https://github.com/libyal/libfsntfs/blob/main/documentation/New%20Technologies%20File%20System%20(NTFS).asciidoc
 */
export const mft: Parser = {
  name: 'mft',
  title: 'NTFS master file table ($MFT)',
  product: 'windows',
  recognize,
  read,
}

function recognize(head: Head): number {
  const bytes = bufferOf(head.bytes)
  if (isRecord(bytes, 0)) return 95
  // Its first record may be damaged.
  if (!/(?:^|[^a-z])\$?mft(?![a-z])/i.test(fileNameOf(head.path))) return 0
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === BAD_SIGNATURE) return 90
  for (let at = 1024; at < bytes.length; at += 1024) if (isRecord(bytes, at)) return 90
  return 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const gaps = new Gaps(sink)
  const table = new FileTable()
  // Of a piece of a table records are not where their numbers say.
  const places = new Map<number, number>()
  let recordSize = 1024
  const size = await eachRecord(source.chunks(), {
    record(number, offset, bytes, header, damaged) {
      recordSize = bytes.length
      if (offset !== number * recordSize) places.set(number, offset)
      table.add(number, bytes, header, damaged)
    },
    damaged: (offset, length, detail) => gaps.add(offset, length, 'corrupt', detail),
    cut: (offset, length) => gaps.add(offset, length, 'truncated', 'a record that is cut off'),
  })
  gaps.close()
  table.join()
  const placeOf = (number: number): number => places.get(number) ?? number * recordSize
  const paths = pathsOf(table, driveOf(source), reportCycles(sink, placeOf))
  const doubts = new Doubts(sink)
  for (const number of table.numbers()) {
    const at = { path: source.path, offset: placeOf(number), length: recordSize, record: number + 1 }
    const rows = longNames(table, number)
    const events = rows.map((row) => eventOf(table, number, row, paths, at))
    for (const event of events) sink.event(event)
    const detail = doubtOf(table, number, events)
    if (detail !== null) doubts.add(at.offset, detail)
  }
  const whole = places.size === 0 && table.stateOf(TABLE) & PRESENT ? table.sizeOf(TABLE) : null
  if (whole !== null && whole > size)
    sink.gap({ offset: size, length: 0, reason: 'truncated', detail: `a table of ${whole} bytes, as it says itself` })
  if (table.dropped > 0)
    sink.fact({
      fact: 'note',
      note: `${source.path}: the text of ${table.dropped} small files inside the table was not kept, there is too much of it`,
      at: { path: source.path, offset: 0, length: 0 },
    })
  return size - gaps.bytes
}

/** The table is a file itself, and its first record is its own. The root of a volume is record 5. */
const TABLE = 0
const ROOT = 5

function pathsOf(table: FileTable, drive: string, onCycle: (key: number) => void): Paths {
  const folderOf = (number: number) => {
    const row = longNames(table, number)[0]
    return row === undefined ? null : { name: table.textOfName(row), parent: parentOf(table, row) }
  }
  return new Paths(folderOf, { root: ROOT, drive, lost: `${drive}\\$Orphan`, onCycle })
}

/** The record of the folder that a name lies in; null when that record is another one's by now, or no folder. */
function parentOf(table: FileTable, row: number): number | null {
  const number = table.parentOf(row)
  if (number === ROOT) return ROOT
  return table.isMeant(number, table.parentSequenceOf(row)) && table.stateOf(number) & FOLDER ? number : null
}

/** The names of a file without the short ones that stand beside long ones, each folder and name once. */
function longNames(table: FileTable, number: number): number[] {
  const rows: number[] = []
  let short = 0
  for (let row = table.firstName(number); row !== 0; row = table.nextName(row)) {
    if (table.spaceOf(row) === DOS) short = row
    else rows.push(row)
  }
  if (rows.length === 0) return short === 0 ? [] : [short]
  if (rows.length === 1) return rows
  const seen = new Set<string>()
  return rows.filter((row) => {
    const key = `${table.parentOf(row)}\\${table.textOfName(row)}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Records before this one are the system's own, and some of them have no name. */
const FIRST_FILE = 24

/** What is missing in the record of a file that is there, where no system leaves it out; null where nothing is. */
function doubtOf(table: FileTable, number: number, events: readonly Event[]): string | null {
  const state = table.stateOf(number)
  if (number < FIRST_FILE || !(state & LIVE) || state & (DAMAGED | TOLD)) return null
  if (events.length === 0) return 'a file that is there and has no name'
  if (state & FOLDER) return null
  const page = events.find(({ target }) => isRunnable(target?.replaceAll('\\', '/') ?? ''))
  if (page === undefined) return null
  if (page.fields.PathUncertain === true) return 'a page that is there, in a folder that is not'
  return table.sizeOf(number) === null ? 'a page that is there and has no content' : null
}

/** Doubts about records that were read, the first of them one by one. */
class Doubts {
  readonly #sink: Sink
  #count = 0

  constructor(sink: Sink) {
    this.#sink = sink
  }

  add(offset: number, detail: string): void {
    if (this.#count++ < DOUBTS) this.#sink.gap({ offset, length: 0, reason: 'corrupt', detail })
  }
}

/** Maximum of doubts that are reported. */
const DOUBTS = 100

/** Maximum number of folders within themselves that are reported one by one. */
const CYCLES = 100

function reportCycles(sink: Sink, placeOf: (number: number) => number): (number: number) => void {
  let count = 0
  return (number) => {
    if (++count > CYCLES) return
    sink.gap({ offset: placeOf(number), length: 0, reason: 'corrupt', detail: 'a folder that lies in itself' })
  }
}

function eventOf(table: FileTable, number: number, row: number, paths: Paths, at: Event['at']): Event {
  const folder = paths.of(parentOf(table, row))
  const fields = fieldsOf(table, number, row, folder)
  const [bytes, start] = table.timesOfName(row)
  const own = table.timesOf(number)
  return {
    log: logOf(fields, folder),
    sources: fileSources,
    time: timeAt(bytes, start) ?? (own && timeAt(own[0], own[1])),
    timeBasis: 'format',
    fields,
    get raw() {
      return textOf(fields)
    },
    at,
    host: null,
    client: null,
    user: null,
    target: String(fields.TargetFilename),
    request: null,
    session: null,
  }
}

function fieldsOf(table: FileTable, number: number, row: number, folder: FolderPath): Record<string, FieldValue> {
  const state = table.stateOf(number)
  const isFolder = (state & FOLDER) !== 0
  const own = table.timesOf(number)
  const name = table.timesOfName(row)
  const fields = fieldsIn(folder, number === ROOT ? '' : table.textOfName(row))
  fields.Size = isFolder ? null : table.sizeOf(number)
  fields.SI_Created = own && fileTimeAt(own[0], own[1])
  fields.SI_Modified = own && fileTimeAt(own[0], own[1] + 8)
  fields.SI_Accessed = own && fileTimeAt(own[0], own[1] + 24)
  fields.SI_Changed = own && fileTimeAt(own[0], own[1] + 16)
  fields.FN_Created = fileTimeAt(name[0], name[1])
  fields.FN_Modified = fileTimeAt(name[0], name[1] + 8)
  fields.FN_Accessed = fileTimeAt(name[0], name[1] + 24)
  fields.FN_Changed = fileTimeAt(name[0], name[1] + 16)
  fields.Attributes = attributesOf(table.attributesOf(number))
  fields.IsDirectory = isFolder
  fields.Deleted = (state & LIVE) === 0
  fields.EntryNumber = number
  fields.Sequence = table.sequenceOf(number)
  fields.PathUncertain = !folder.sure
  fields.Source = 'mft'
  fields.Parser = 'mft'
  addWhereThere(fields, table, number, timestompSigns(own, name))
  return fields
}

/** Fields that few files have. */
function addWhereThere(
  fields: Record<string, FieldValue>,
  table: FileTable,
  number: number,
  signs: readonly string[],
): void {
  const streams = table.streamsOf(number)
  if (streams.length > 0) fields.Streams = streams
  if (signs.length > 0) {
    fields.TimestompSigns = signs
    const sure = isTimestomped(signs)
    if (sure !== null) fields.Timestomped = sure
  }
  const text = table.textOf(number)
  if (text !== undefined) {
    fields.ResidentData = text
    const page = fields.Extension === '.compiled' ? /\bvirtualPath="([^"]{1,1024})"/.exec(text)?.[1] : undefined
    if (page !== undefined) fields.virtualPath = page
  }
  if (table.stateOf(number) & DAMAGED) fields.Damaged = true
  const zone = table.zoneOf(number)
  if (zone !== undefined) fields.ZoneIdentifier = zone
}

/** Files that are there stand for the copied folder that they lie in; deleted ones and all others for the volume. */
function logOf(fields: Readonly<Record<string, FieldValue>>, folder: FolderPath): KnownLogKind {
  if (fields.Deleted === true || fields.IsDirectory === true || !folder.sure) return 'ntfs-mft'
  if (/\\temporary asp\.net files(?:\\|$)/i.test(folder.text)) return 'aspnet-temp'
  return fields.WebRoot === null ? 'ntfs-mft' : 'web-roots'
}

/** The record in words, for a person. */
function textOf(fields: Readonly<Record<string, FieldValue>>): string {
  const times = (set: 'SI' | 'FN'): string =>
    ['Created', 'Modified', 'Accessed', 'Changed']
      .map((t) => `${t.toLowerCase()} ${said(fields, `${set}_${t}`)}`)
      .join(', ')
  const parts = [
    said(fields, 'TargetFilename'),
    `${fields.Deleted === true ? 'deleted' : 'in use'}, record ${said(fields, 'EntryNumber')}-${said(fields, 'Sequence')}`,
    fields.IsDirectory === true ? 'folder' : `${said(fields, 'Size')} bytes`,
    `$STANDARD_INFORMATION: ${times('SI')}`,
    `$FILE_NAME: ${times('FN')}`,
  ]
  if (said(fields, 'Attributes') !== '') parts.push(`attributes: ${said(fields, 'Attributes')}`)
  if (fields.Streams !== undefined) parts.push(`streams: ${said(fields, 'Streams')}`)
  if (fields.ZoneIdentifier !== undefined) parts.push(`Zone.Identifier: ${said(fields, 'ZoneIdentifier')}`)
  if (fields.ResidentData !== undefined) parts.push(`content: ${said(fields, 'ResidentData')}`)
  return parts.join('\n')
}
