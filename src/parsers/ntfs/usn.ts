import { bufferOf } from '../../lib/text.ts'
import type { Event, FieldValue, LogSource } from '../../model/event.ts'
import { fileFields, fileSources } from '../../model/file-fields.ts'
import type { Companion, Head, Parser, Sink, Source } from '../parser.ts'
import { isHole, isZero } from './blocks.ts'
import { badTimeOf, type Change, JournalChanges } from './changes.ts'
import { Folders, foldersOfTable } from './folders.ts'
import { Gaps } from './gaps.ts'
import { afterZeros, journalRecordAt } from './journal.ts'
import { driveOf, fieldsIn, type FolderPath } from './paths.ts'
import { timeAt, fileTimeAt } from './times.ts'
import { attributesOf, reasonsOf, said } from './words.ts'
import { fileNameOf } from '../../model/file-name.ts'

/**
 * The change journal of an NTFS volume: what was created, written, renamed and deleted, and when. A record names the
 * file and the number of its folder only. The folder's path comes from the $MFT of the same volume where that lies
 * beside it, and from records of folders in the journal itself, newest first: names that folders had at the time.
 * Records of one file from its opening to its closing tell the same again and again: they become one event, at the last.
 */
export const usn: Parser = {
  name: 'usn',
  title: 'NTFS change journal ($UsnJrnl:$J)',
  product: 'windows',
  recognize,
  read,
}

const sources: readonly LogSource[] = [...fileSources, { product: 'postern', service: 'usn' }]

/** Maximum number of changes held until their paths are known. */
const HELD = 4_000_000
const HELD_BYTES = 256 * 1024 * 1024

function recognize(head: Head): number {
  const bytes = bufferOf(head.bytes)
  const at = afterZeros(bytes, 0)
  // Old journals begin with a hole, which says nothing.
  if (at + 8 > bytes.length)
    return bytes.length > 0 && isZero(bytes, 0, bytes.length) && isNamedJournal(head.path) ? 80 : 0
  if (journalRecordAt(bytes, at) <= 0) return 0
  // Without a name a record is hardly told from any other bytes.
  return bytes.readUInt16LE(at + 4) !== 4 || isNamedJournal(head.path) ? 92 : 0
}

function isNamedJournal(path: string): boolean {
  const name = fileNameOf(path).toLowerCase()
  return name.includes('usnjrnl') || /(?:^|[^a-z])\$j(?![a-z])/.test(name)
}

async function read(source: Source, sink: Sink): Promise<number> {
  const gaps = new Gaps(sink)
  const folders = new Folders(driveOf(source))
  for (const table of (source.companions ?? []).filter(isTable)) await foldersOfTable(piecesOf(table), folders)
  let changes = new JournalChanges()
  const tell = (): void => {
    changes.place(folders)
    for (const row of changes.rows()) sink.event(eventOf(changes.at(row), changes.folderOf(row), source.path))
    changes = new JournalChanges()
  }
  const size = await eachRecord(source, gaps, (bytes, at, length, offset) => {
    changes.add(bytes, at, length, offset)
    const bad = badTimeOf(bytes, at)
    if (bad !== null) gaps.add(offset + bad, 8, 'corrupt', 'a time that is no date')
    if (changes.count >= HELD || changes.size >= HELD_BYTES) tell()
  })
  gaps.close()
  tell()
  return size - gaps.bytes
}

function isTable(companion: Companion): boolean {
  return /mft/i.test(companion.path)
}

async function* piecesOf(companion: Companion): AsyncGenerator<Uint8Array> {
  if (companion.chunks) yield* companion.chunks()
  else yield await companion.read()
}

type Take = (bytes: Buffer, at: number, length: number, offset: number) => void

/** Finds the records of a journal; what stands between them is zeros, or a gap. Returns the size. */
async function eachRecord(source: Source, gaps: Gaps, take: Take): Promise<number> {
  let rest: Buffer = Buffer.alloc(0)
  let offset = 0
  for await (const chunk of source.chunks()) {
    const piece = bufferOf(chunk)
    if (rest.length === 0 && piece.length % 8 === 0 && isHole(piece)) {
      offset += piece.length
      continue
    }
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const read = readPiece(bytes, offset, gaps, take, false)
    offset += read
    rest = Buffer.from(bytes.subarray(read))
  }
  readPiece(rest, offset, gaps, take, true)
  return offset + rest.length
}

/** Reads the records that are whole in a piece of the journal; returns how far it came. `last`: nothing follows. */
function readPiece(bytes: Buffer, offset: number, gaps: Gaps, take: Take, last: boolean): number {
  let at = 0
  while (at + 8 <= bytes.length) {
    if (bytes.readUInt32LE(at) === 0 && bytes.readUInt32LE(at + 4) === 0) {
      at = afterZeros(bytes, at)
      continue
    }
    const length = journalRecordAt(bytes, at)
    if (length > 0) {
      take(bytes, at, length, offset + at)
      at += length
    } else if (last) {
      // The beginning of a record that is not all there; whole ones may follow where it is none.
      let next = at + 8
      while (next < bytes.length && journalRecordAt(bytes, next) <= 0) next += 8
      next = Math.min(next, bytes.length)
      gaps.add(offset + at, next - at, 'truncated', 'a record that is cut off')
      at = next
    } else if (length === 0) {
      gaps.add(offset + at, 8, 'corrupt', 'no record of the change journal')
      at += 8
    } else return at
  }
  const left = bytes.length - at
  if (last && left > 0 && !isZero(bytes, at, bytes.length))
    gaps.add(offset + at, left, 'truncated', 'a record that is cut off')
  return at
}

/** `folder`: null when nothing is known of it. */
function eventOf(change: Change, folder: FolderPath | null, path: string): Event {
  const fields = fieldsOf(change, folder)
  return {
    log: 'ntfs-usn',
    sources,
    time: timeAt(...change.time),
    timeBasis: 'format',
    fields,
    get raw() {
      return textOf(fields)
    },
    at: { path, offset: change.offset, length: change.length },
    host: null,
    client: null,
    user: null,
    target: String(fields.TargetFilename),
    request: null,
    session: null,
  }
}

function fieldsOf(change: Change, folder: FolderPath | null): Record<string, FieldValue> {
  const isNamed = folder !== null && (folder.sure || folder.depth > 0)
  const fields: Record<string, FieldValue> = isNamed ? fieldsIn(folder, change.name) : { ...fileFields(change.name) }
  fields.PathKnown = isNamed && folder.sure
  fields.Change = changeOf(change.reason)
  fields.Reason = reasonsOf(change.reason)
  fields.ChangedAt = fileTimeAt(...change.time)
  fields.Attributes = attributesOf(change.attributes)
  fields.IsDirectory = (change.attributes & 0x10) !== 0
  fields.Deleted = (change.reason & REASON.delete) !== 0
  fields.Usn = change.usn
  fields.EntryNumber = numberOrNull(change.number)
  fields.Sequence = change.sequence
  fields.ParentEntry = numberOrNull(change.parent)
  fields.ParentSequence = change.parentSequence
  fields.Source = 'usn'
  if (change.records > 1) {
    fields.Records = change.records
    fields.FirstChange = fileTimeAt(...change.first)
  }
  return fields
}

function numberOrNull(number: number): number | null {
  return Number.isNaN(number) ? null : number
}

const REASON = {
  data: 0x77,
  create: 0x100,
  delete: 0x200,
  oldName: 0x1000,
  newName: 0x2000,
  // Of extended attributes, security, indexing, times and attributes, compression, encryption, object id, reparse point.
  attributes: 0x1e_cc00,
}

/** A change in one word, the one that says most. */
function changeOf(reason: number): string {
  if (reason & REASON.delete) return 'deleted'
  if (reason & REASON.oldName) return 'renamed-from'
  if (reason & REASON.newName) return 'renamed-to'
  if (reason & REASON.create) return 'created'
  if (reason & REASON.data) return 'written'
  return reason & REASON.attributes ? 'attributes' : 'other'
}

/** The change in words, for a person. */
function textOf(fields: Readonly<Record<string, FieldValue>>): string {
  const first =
    fields.Records === undefined ? '' : `; ${said(fields, 'Records')} records since ${said(fields, 'FirstChange')}`
  return [
    said(fields, 'TargetFilename'),
    `${said(fields, 'Change')} ${said(fields, 'ChangedAt')}: ${said(fields, 'Reason')}${first}`,
    `file ${said(fields, 'EntryNumber')}-${said(fields, 'Sequence')} in folder ${said(fields, 'ParentEntry')}-${said(fields, 'ParentSequence')}, USN ${said(fields, 'Usn')}, attributes: ${said(fields, 'Attributes')}`,
  ].join('\n')
}
