import { bufferOf } from '../../lib/text.ts'
import type { Event, FieldValue } from '../../model/event.ts'
import { fileFields, fileSources } from '../../model/file-fields.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readWhole } from '../common/lines.ts'
import { isZero } from './blocks.ts'
import { Gaps } from './gaps.ts'
import { fieldsIn, type FolderPath } from './paths.ts'
import { DOS, FILE_NAME, NAME_AT, problemOfName, wide } from './record.ts'
import { timeAt, fileTimeAt } from './times.ts'
import { attributesOf, said } from './words.ts'
import { fileNameOf } from '../../model/file-name.ts'

/**
 * The index of a folder of an NTFS volume: the names in it, and in the room that they do not fill any more those of
 * files that were deleted, renamed or moved away. "Index" of
 * https://github.com/libyal/libfsntfs/blob/main/documentation/New%20Technologies%20File%20System%20(NTFS).asciidoc
 */
export const i30: Parser = {
  name: 'i30',
  title: 'Index of an NTFS folder ($I30)',
  product: 'windows',
  recognize,
  read,
}

const SIGNATURE = 0x5844_4e49 // INDX
/** The index of a folder with a million files has about this size. */
const LARGEST = 256 * 1024 * 1024
/** Bytes of a node's header up to its entries, of a block, and of an index root. */
const NODE_IN_BLOCK = 24
const NODE_IN_ROOT = 16
const LAST = 2

/** A name found in the index: of an entry, or of what is left of one. */
type Found = {
  readonly bytes: Buffer
  /** Where its $FILE_NAME stands in `bytes`. */
  readonly at: number
  readonly offset: number
  readonly length: number
  /** Of the file; null where that was written over. */
  readonly reference: { readonly number: number; readonly sequence: number } | null
  readonly isLeft: boolean
}

function recognize(head: Head): number {
  const bytes = bufferOf(head.bytes)
  const isNamed = /\$i30(?![0-9a-z])/i.test(fileNameOf(head.path))
  if (rootLength(bytes, 0) > 0 && isNamed) return 90
  const size = blockSize(bytes, 0)
  if (size === 0) return 0
  if (isNamed) return 90
  // Other indexes have blocks of this kind, too: one of names has a name where its first entry says.
  const first = NODE_IN_BLOCK + bytes.readUInt32LE(NODE_IN_BLOCK)
  if (first + 16 > bytes.length || first + 16 > size) return 0
  return problemOfName(bytes, first + 16, Math.min(bytes.length, size) - first - 16) === null &&
    bytes.readUInt16LE(first + 10) === NAME_AT + 2 * bytes[first + 16 + 64]!
    ? 85
    : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const gaps = new Gaps(sink)
  const { data, size } = await readWhole(source, LARGEST)
  const found: Found[] = []
  for (let at = 0; at < data.length; ) at += readPart(data, at, gaps, found)
  if (size > data.length) gaps.add(data.length, size - data.length, 'too-long', 'an index of more than 256 MB')
  gaps.close()
  const folder = folderOf(source)
  const live = new Set(found.filter(({ isLeft }) => !isLeft).map(keyOf))
  // A file is still there under its name, or under another one.
  const there = new Set(found.filter(({ isLeft }) => !isLeft).flatMap((entry) => [nameOf(entry), fileOf(entry)]))
  const told = new Set<string>()
  for (const entry of found) {
    if (entry.bytes[entry.at + 65] === DOS) continue
    // Entries move when others come and go: what they leave behind says nothing that they do not say themselves.
    const key = keyOf(entry)
    if (entry.isLeft && (live.has(key) || told.has(key))) continue
    told.add(key)
    sink.event(
      eventOf(entry, folder, entry.isLeft && !there.has(nameOf(entry)) && !there.has(fileOf(entry)), source.path),
    )
  }
  return size - gaps.bytes
}

/** Reads the root of an index or a block at `at`, or what is neither; returns its length, at least 1. */
function readPart(data: Buffer, at: number, gaps: Gaps, found: Found[]): number {
  const root = at === 0 ? rootLength(data, at) : 0
  if (root > 0) {
    readNode(data.subarray(at, at + root), NODE_IN_ROOT, at, root, gaps, found)
    return root
  }
  const size = blockSize(data, at)
  if (size > 0 && at + size <= data.length) {
    readBlock(data, at, size, gaps, found)
    return size
  }
  // Up to the next block: blocks begin at multiples of 8.
  let next = at + 8
  while (next < data.length && blockSize(data, next) === 0) next += 8
  next = Math.min(next, data.length)
  if (!isZero(data, at, next))
    gaps.add(
      at,
      next - at,
      size > 0 ? 'truncated' : 'corrupt',
      size > 0 ? 'a block that is cut off' : 'no block of an index',
    )
  return next - at
}

/** Length of an $INDEX_ROOT of file names; 0 when there is none. */
function rootLength(bytes: Buffer, at: number): number {
  if (at + 32 > bytes.length) return 0
  // Indexed attribute, collation by file name, size of a block.
  if (bytes.readUInt32LE(at) !== FILE_NAME || bytes.readUInt32LE(at + 4) !== 1) return 0
  const block = bytes.readUInt32LE(at + 8)
  const first = bytes.readUInt32LE(at + 16)
  const used = bytes.readUInt32LE(at + 20)
  const all = bytes.readUInt32LE(at + 24)
  const fits = block >= 512 && block <= 65_536 && first >= 16 && first <= used && used <= all
  return fits && NODE_IN_ROOT + all <= bytes.length - at && all < 65_536 ? NODE_IN_ROOT + all : 0
}

/** Size of a block that begins at `at`; 0 when there is none. */
function blockSize(bytes: Buffer, at: number): number {
  if (at + 64 > bytes.length || bytes.readUInt32LE(at) !== SIGNATURE) return 0
  const size = NODE_IN_BLOCK + bytes.readUInt32LE(at + 32)
  const fixups = bytes.readUInt16LE(at + 4)
  const count = bytes.readUInt16LE(at + 6)
  return size % 512 === 0 && size <= 65_536 && count === size / 512 + 1 && fixups >= 40 && fixups + 2 * count <= 510
    ? size
    : 0
}

function readBlock(data: Buffer, at: number, size: number, gaps: Gaps, found: Found[]): void {
  const block = Buffer.from(data.subarray(at, at + size))
  const fixups = block.readUInt16LE(4)
  const mark = block.readUInt16LE(fixups)
  let sound = size
  for (let sector = 1; sector <= size / 512; sector++) {
    const tail = sector * 512 - 2
    if (block.readUInt16LE(tail) !== mark) {
      sound = tail - 510
      break
    }
    block.copy(block, tail, fixups + 2 * sector, fixups + 2 * sector + 2)
  }
  if (sound > NODE_IN_BLOCK) readNode(block, NODE_IN_BLOCK, at, sound, gaps, found)
  if (sound < size) gaps.add(at + sound, size - sound, 'corrupt', 'a sector without its update sequence number')
}

/** Reads the entries of a node, and what is left of others behind them. `end`: how far its bytes are sound. */
function readNode(bytes: Buffer, node: number, offset: number, end: number, gaps: Gaps, found: Found[]): void {
  const used = node + bytes.readUInt32LE(node + 4)
  const stop = Math.min(used, end)
  let at = node + bytes.readUInt32LE(node)
  while (at + 16 <= stop) {
    const length = bytes.readUInt16LE(at + 8)
    const isLast = (bytes[at + 12]! & LAST) !== 0
    const key = bytes.readUInt16LE(at + 10)
    if (length < 16 || length % 8 !== 0 || length > stop - at || 16 + key > length) break
    if (!isLast) {
      if (problemOfName(bytes, at + 16, key) !== null) break
      found.push({ bytes, at: at + 16, offset: offset + at, length, reference: referenceOf(bytes, at), isLeft: false })
    }
    at += length
    if (isLast) return readRest(bytes, at, end, offset, found)
  }
  // Without a last entry the list is not whole.
  const from = Math.min(at, stop)
  if (used <= end && from < stop) gaps.add(offset + from, stop - from, 'corrupt', 'an entry of the index that is none')
  readRest(bytes, Math.min(from, end), end, offset, found)
}

/** Looks for names where entries were. They stand at multiples of 8, 16 bytes after where the entry began. */
function readRest(bytes: Buffer, from: number, end: number, offset: number, found: Found[]): void {
  for (let at = (from + 7) & ~7; at + NAME_AT + 2 <= end; at += 8) {
    if (!looksLikeName(bytes, at, end)) continue
    const length = NAME_AT + 2 * bytes[at + 64]!
    const hasHeader = at - 16 >= from && bytes.readUInt16LE(at - 6) === length
    found.push({
      bytes,
      at,
      offset: offset + (hasHeader ? at - 16 : at),
      length: length + (hasHeader ? 16 : 0),
      reference: hasHeader ? referenceOf(bytes, at - 16) : null,
      isLeft: true,
    })
    at += ((length + 7) & ~7) - 8
  }
}

// High halves of the FILETIMEs of 1980 and 2100.
const EARLIEST = 0x01a8_0000
const LATEST = 0x0238_0000

function looksLikeName(bytes: Buffer, at: number, end: number): boolean {
  for (let i = 12; i < 40; i += 8) {
    const high = bytes.readUInt32LE(at + i)
    if (high < EARLIEST || high > LATEST) return false
  }
  if (problemOfName(bytes, at, end - at) !== null) return false
  if (bytes.readUIntLE(at, 6) === 0 || bytes.readUInt16LE(at + 6) === 0) return false
  const last = at + NAME_AT + 2 * bytes[at + 64]!
  for (let i = at + NAME_AT; i < last; i += 2) if (bytes.readUInt16LE(i) < 32) return false
  return true
}

function referenceOf(bytes: Buffer, at: number): { number: number; sequence: number } {
  return { number: bytes.readUIntLE(at, 6), sequence: bytes.readUInt16LE(at + 6) }
}

function nameOf({ bytes, at }: Found): string {
  return bytes.toString('utf16le', at + NAME_AT, at + NAME_AT + 2 * bytes[at + 64]!)
}

/** The file that an entry is of, as a key that is no name of a file. */
function fileOf({ reference }: Found): string | null {
  return reference && `/${reference.number}-${reference.sequence}`
}

/** Name, folder and times: what two entries of the same state of a file have in common. */
function keyOf({ bytes, at }: Found): string {
  return bytes.toString('latin1', at, at + 40) + bytes.toString('latin1', at + 64, at + NAME_AT + 2 * bytes[at + 64]!)
}

/** The folder, where the path says it: `…/aspnet_client/$I30`, `…/aspnet_client:$I30:$INDEX_ALLOCATION`. */
function folderOf(source: Source): { readonly path: FolderPath; readonly isSure: boolean } | null {
  const path = (source.windowsPath ?? source.path).replaceAll('/', '\\').replace(/%3a/gi, ':').replace(/%24/g, '$')
  const last = Math.max(0, path.lastIndexOf('\\'))
  const end = path.slice(last).search(/[\\:]\$i30(?:[:_.-]|$)/i)
  const text = path.slice(0, last + end)
  if (end < 0 || text === '') return null
  const isSure = source.windowsPath !== null
  return { path: { text, sure: isSure, depth: 1, shared: null }, isSure }
}

function eventOf(found: Found, folder: ReturnType<typeof folderOf>, deleted: boolean, path: string): Event {
  const { bytes, at, reference, isLeft } = found
  const name = nameOf(found)
  const bits = bytes.readUInt32LE(at + 56)
  const isFolder = (bits & 0x1000_0000) !== 0
  const fields: Record<string, FieldValue> = folder ? fieldsIn(folder.path, name) : { ...fileFields(name) }
  fields.PathKnown = folder?.isSure ?? false
  fields.Size = isFolder ? null : wide(bytes, at + 48)
  fields.FN_Created = fileTimeAt(bytes, at + 8)
  fields.FN_Modified = fileTimeAt(bytes, at + 16)
  fields.FN_Changed = fileTimeAt(bytes, at + 24)
  fields.FN_Accessed = fileTimeAt(bytes, at + 32)
  fields.Attributes = attributesOf(bits)
  fields.IsDirectory = isFolder
  fields.Deleted = deleted
  fields.Recovered = isLeft
  fields.EntryNumber = reference?.number ?? null
  fields.Sequence = reference?.sequence ?? null
  fields.ParentEntry = bytes.readUIntLE(at, 6)
  fields.ParentSequence = bytes.readUInt16LE(at + 6)
  fields.Source = 'i30'
  return {
    log: 'ntfs-index',
    sources: fileSources,
    time: timeAt(bytes, at + 8),
    timeBasis: 'format',
    fields,
    get raw() {
      return textOf(fields)
    },
    at: { path, offset: found.offset, length: found.length },
    host: null,
    client: null,
    user: null,
    target: String(fields.TargetFilename),
    request: null,
    session: null,
    snippet: isLeft,
  }
}

/** The entry in words, for a person. */
function textOf(fields: Readonly<Record<string, FieldValue>>): string {
  const times = ['Created', 'Modified', 'Accessed', 'Changed']
  const state = fields.Recovered === true ? 'left behind in the index' : 'entry of the index'
  return [
    said(fields, 'TargetFilename'),
    `${state}, file ${said(fields, 'EntryNumber')}-${said(fields, 'Sequence')} in folder ${said(fields, 'ParentEntry')}-${said(fields, 'ParentSequence')}`,
    fields.IsDirectory === true ? 'folder' : `${said(fields, 'Size')} bytes`,
    times.map((time) => `${time.toLowerCase()} ${said(fields, `FN_${time}`)}`).join(', '),
  ].join('\n')
}
