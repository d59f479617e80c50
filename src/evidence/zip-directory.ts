import { crc32 } from 'node:zlib'
import { byteRange, bytePieces, type RandomBytes } from '../lib/bytes.ts'
import { EvidenceError, type EvidenceLimits } from './container.ts'
import { addUnpacked, inflateRaw, newTally } from './inflate.ts'
import { aesField, type Encryption } from './zip-crypto.ts'

// The ZIP format as it is written: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (section numbers below).
// Nothing here trusts a size or an offset: all reads are cut at the end of the archive.

/** One member, as the central directory or, where that is lost, its local header states it. */
export type ZipEntry = {
  readonly rawName: Buffer
  readonly name: string
  readonly method: number
  readonly flags: number
  /** null: not stated where it was looked for. */
  readonly crc: number | null
  readonly size: number | null
  readonly compressed: number
  /** Offset of the local header in the file. */
  readonly local: number
  readonly modified: number | null
  /** File type and permissions of Unix, 0 where none. */
  readonly mode: number
  /** Number of the volume that it begins on. */
  readonly disk: number
  /** How it is encrypted; null: not at all, or in a way that is not known. `method` is then that of its content. */
  readonly encryption: Encryption | null
}

/** Where the central directory lies, and what lies around the archive. */
export type CentralDirectory = {
  readonly start: number
  readonly end: number
  /** Number of bytes before the archive: it is added to all offsets in it. */
  readonly shift: number
  /** Bytes behind the archive's end. */
  readonly after: number
  /** Number of entries that the end record states. */
  readonly count: number
  readonly volumes: boolean
}

const sign = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  descriptor: 0x08074b50,
}

// ---------------------------------------------------------------- the central directory

/** Finds the end of central directory record (4.3.16), also before trailing bytes; null when there is none. */
export async function findDirectory(bytes: RandomBytes): Promise<CentralDirectory | null> {
  const tailStart = Math.max(0, bytes.size - (0xffff + 22 + 1024))
  const tail = await bytes.read(tailStart, bytes.size - tailStart)
  let volume: CentralDirectory | null = null
  for (let i = tail.length - 22; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== sign.end || i + 22 + tail.readUInt16LE(i + 20) > tail.length) continue
    const found = await directoryAt(bytes, tailStart + i, tail.subarray(i))
    if (found !== null && !found.volumes) return found
    volume ??= found
  }
  return volume
}

/** Does a file whose last bytes these are end as an archive with members does? A comment may follow. */
export function endsAsZip(ending: Uint8Array): boolean {
  const bytes = Buffer.from(ending.buffer, ending.byteOffset, ending.length)
  for (let i = bytes.lastIndexOf('PK\x05\x06', -22, 'latin1'); i >= 0; ) {
    if (i + 22 + bytes.readUInt16LE(i + 20) === bytes.length && bytes.readUInt16LE(i + 10) > 0) return true
    i = i === 0 ? -1 : bytes.lastIndexOf('PK\x05\x06', i - 1, 'latin1')
  }
  return false
}

async function directoryAt(bytes: RandomBytes, at: number, record: Buffer): Promise<CentralDirectory | null> {
  const stated = (await end64(bytes, at)) ?? {
    at,
    disk: record.readUInt16LE(4),
    volumes: record.readUInt16LE(4) !== 0 || record.readUInt16LE(8) !== record.readUInt16LE(10),
    count: record.readUInt16LE(10),
    size: record.readUInt32LE(12),
    offset: record.readUInt32LE(16),
  }
  const end = stated.at
  const after = Math.max(0, bytes.size - (at + 22 + record.readUInt16LE(20)))
  const common = { end, after, count: stated.count, volumes: stated.volumes }
  // An archive of no members is its end record alone; behind other data it would hide them.
  if (stated.count === 0 && stated.size === 0) return end === 0 ? { ...common, start: 0, shift: 0 } : null
  if (stated.volumes) return { ...common, start: end, shift: 0 }
  for (const start of [stated.offset, end - stated.size])
    if (start >= 0 && start < end && (await signAt(bytes, start)) === sign.central)
      return { ...common, start, shift: start - stated.offset }
  return null
}

/** The ZIP64 record (4.3.14) that a locator (4.3.15) right before the end record points to. */
async function end64(bytes: RandomBytes, end: number) {
  const locator = await bytes.read(end - 20, end < 20 ? 0 : 20)
  if (locator.length < 20 || locator.readUInt32LE(0) !== sign.locator64) return null
  // Where it is said to be, else right before the locator: bytes may stand before the archive.
  for (const at of [u64(locator, 8), end - 20 - 56]) {
    const record = at < 0 ? null : await bytes.read(at, 56)
    if (record === null || record.length < 56 || record.readUInt32LE(0) !== sign.end64) continue
    const volumes = record.readUInt32LE(16) !== 0 || u64(record, 24) !== u64(record, 32)
    return { at, volumes, count: u64(record, 32), size: u64(record, 40), offset: u64(record, 48) }
  }
  return null
}

/** The entries of the central directory (4.3.12), in its order. Throws `corrupt` where one breaks. */
export async function* centralEntries(bytes: RandomBytes, directory: CentralDirectory): AsyncGenerator<ZipEntry> {
  const read = cursor(byteRange(bytes, 0, directory.end))
  for (let at = directory.start; at < directory.end; ) {
    const head = await read(at, 46)
    // A digital signature (4.3.13) may stand behind the entries.
    if (head.length >= 4 && head.readUInt32LE(0) === 0x05054b50) return
    if (head.length < 46 || head.readUInt32LE(0) !== sign.central)
      throw new EvidenceError('corrupt', `no directory entry at ${at}, where one was wanted`)
    const names = head.readUInt16LE(28)
    const length = 46 + names + head.readUInt16LE(30) + head.readUInt16LE(32)
    const record = await read(at, length)
    if (record.length < length) throw new EvidenceError('corrupt', `the directory entry at ${at} breaks off`)
    yield centralEntry(record, directory.shift)
    at += length
  }
}

function centralEntry(record: Buffer, shift: number): ZipEntry {
  const names = record.readUInt16LE(28)
  const flags = record.readUInt16LE(8)
  const rawName = Buffer.from(record.subarray(46, 46 + names))
  const extras = extraFields(record.subarray(46 + names, 46 + names + record.readUInt16LE(30)))
  const wide = zip64(extras, [record.readUInt32LE(24), record.readUInt32LE(20), record.readUInt32LE(42)])
  const system = record[5]
  return {
    rawName,
    name: decodeName(rawName, flags, extras),
    flags,
    ...contentOf(record.readUInt16LE(10), flags, record.readUInt32LE(16), extras),
    size: wide[0],
    compressed: wide[1],
    local: wide[2] + shift,
    modified: modifiedOf(extras, record.readUInt16LE(14), record.readUInt16LE(12)),
    mode: system === 3 || system === 19 ? record.readUInt16LE(40) : 0, // Unix, macOS
    disk: record.readUInt16LE(34) === 0xffff ? 0 : record.readUInt16LE(34),
  }
}

// ---------------------------------------------------------------- local headers

/**
 * The local header (4.3.7) at `at`, with the offset where the data begins, and the byte that tells whether a password
 * fits (6.1.6: of the checksum, or of the time where that follows the data); null when there is none.
 */
export async function localHeader(
  bytes: RandomBytes,
  at: number,
): Promise<{ entry: ZipEntry; data: number; check: number } | null> {
  const head = await bytes.read(at, at < 0 ? 0 : 30)
  if (head.length < 30 || head.readUInt32LE(0) !== sign.local) return null
  const names = head.readUInt16LE(26)
  const rest = await bytes.read(at + 30, names + head.readUInt16LE(28))
  const flags = head.readUInt16LE(6)
  const rawName = rest.subarray(0, names)
  const extras = extraFields(rest.subarray(names))
  const wide = zip64(extras, [head.readUInt32LE(22), head.readUInt32LE(18)])
  const later = (flags & 8) !== 0 && wide[1] === 0 // sizes follow the data (4.3.9)
  const entry: ZipEntry = {
    rawName,
    name: decodeName(rawName, flags, extras),
    flags,
    ...contentOf(head.readUInt16LE(8), flags, later ? null : head.readUInt32LE(14), extras),
    size: later ? null : wide[0],
    compressed: wide[1],
    local: at,
    modified: modifiedOf(extras, head.readUInt16LE(12), head.readUInt16LE(10)),
    mode: 0,
    disk: 0,
  }
  const check = flags & 8 ? head.readUInt8(11) : head.readUInt8(17)
  return { entry, data: at + 30 + names + head.readUInt16LE(28), check }
}

/**
 * The members that have a local header between `start` and `until`, from one to the next. Slower than by the directory, and
 * without file types; a member whose end is nowhere stated runs to there. One that states that others are a part of it is
 * believed when its checksum fits, else it ends where the next begins.
 */
export async function* localEntries(
  bytes: RandomBytes,
  start: number,
  until: number,
  limits: EvidenceLimits,
): AsyncGenerator<ZipEntry & { readonly data: number }> {
  const end = Math.min(until, bytes.size)
  const read = cursor(byteRange(bytes, 0, end))
  const doubt = { left: 4 * (end - start) + 2 ** 20 }
  for (let at = start; at < end; ) {
    const found = await nextLocal(bytes, read, at, end)
    if (found === null) return
    const { entry, data } = found
    const sizes = entry.size === null ? await descriptor(read, data, end, doubt) : null
    const whole = sizes === null ? entry : { ...entry, ...sizes }
    let compressed = entry.size === null && sizes === null ? Math.max(0, end - data) : whole.compressed
    const inner =
      sizes === null && compressed > 0 ? await nextLocal(bytes, read, data, Math.min(end, data + compressed)) : null
    if (inner !== null && !(await fits(bytes, whole, data, compressed, end, limits, doubt)))
      compressed = inner.entry.local - data
    yield { ...whole, compressed, data }
    at = data + compressed
  }
}

/** The next local header from `at` on that can be one. */
async function nextLocal(bytes: RandomBytes, read: ReadAt, at: number, end: number): ReturnType<typeof localHeader> {
  for (let from = at; from < end; ) {
    const next = await search(read, 'PK\x03\x04', from, end)
    if (next === null) return null
    const found = await localHeader(bytes, next)
    // A version up to 6.3, a method that there is, a name.
    const version = (await read(next + 4, 2)).at(1) ?? 1
    if (found !== null && version === 0 && found.entry.method <= 100 && found.data <= end) {
      if ((found.entry.rawName[0] ?? 0) >= 0x20) return found
    }
    from = next + 4
  }
  return null
}

/**
 * Maximum number of bytes searched for the ends of members, over all members of an archive. In an archive that a program wrote each
 * byte is looked through once; where each member claims all that follow, they end where the next begins.
 */
type Doubt = { left: number }

/** Is this what the member says that it is? */
async function fits(
  bytes: RandomBytes,
  { method, crc, size, encryption }: ZipEntry,
  data: number,
  compressed: number,
  end: number,
  limits: EvidenceLimits,
  doubt: Doubt,
): Promise<boolean> {
  if (data + compressed > end || encryption !== null || doubt.left < 0) return false
  doubt.left -= compressed
  const tally = newTally()
  try {
    if (method === 0)
      for await (const piece of bytePieces(bytes, data, data + compressed)) {
        tally.in += piece.length
        addUnpacked(tally, piece, limits)
      }
    else if (method === 8)
      for await (const chunk of inflateRaw(bytes, data, data + compressed, limits, tally)) void chunk
    else return false
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    return false
  }
  return tally.in === compressed && tally.crc === crc && tally.out === size
}

/**
 * The data descriptor (4.3.9) behind data of unknown length. It may lack its mark and may count in 4 or 8 bytes; it is
 * believed when the length in it is the distance from the beginning of the data.
 */
async function descriptor(
  read: ReadAt,
  data: number,
  end: number,
  doubt: Doubt,
): Promise<Pick<ZipEntry, 'crc' | 'size' | 'compressed'> | null> {
  for (let at = data; doubt.left >= 0; at += 2) {
    const mark = await search(read, 'PK', at, end)
    // A mark costs more than a byte between two.
    doubt.left -= (mark ?? end) - at + 64
    if (mark === null) return null
    at = mark
    const kind = await read(mark, 24)
    const sign32 = kind.length < 4 ? 0 : kind.readUInt32LE(0)
    if (sign32 === sign.descriptor && kind.length >= 16) {
      // In the wide form the upper half of the packed length, zero, stands where the narrow one has the size.
      if (kind.length >= 24 && u64(kind, 8) === mark - data && kind.toString('latin1', 16, 18) !== 'PK')
        return sizesIn(kind, 4, true)
      if (kind.readUInt32LE(8) === mark - data) return sizesIn(kind, 4, false)
    }
    if (sign32 !== sign.local && sign32 !== sign.central) continue
    const before = mark - 12 < data ? null : await read(mark - 12, 12)
    if (before !== null && before.readUInt32LE(4) === mark - 12 - data) return sizesIn(before, 0, false)
    const wide = mark - 20 < data ? null : await read(mark - 20, 20)
    if (wide !== null && u64(wide, 4) === mark - 20 - data) return sizesIn(wide, 0, true)
  }
  return null
}

function sizesIn(record: Buffer, at: number, wide: boolean) {
  return {
    crc: record.readUInt32LE(at),
    compressed: wide ? u64(record, at + 4) : record.readUInt32LE(at + 4),
    size: wide ? u64(record, at + 12) : record.readUInt32LE(at + 8),
  }
}

// ---------------------------------------------------------------- fields

type Extra = { readonly id: number; readonly data: Buffer }

/** Extra fields (4.5); what is left over when one is too long is ignored. */
function extraFields(data: Buffer): Extra[] {
  const extras: Extra[] = []
  for (let at = 0; at + 4 <= data.length; ) {
    const end = at + 4 + data.readUInt16LE(at + 2)
    if (end > data.length) break
    extras.push({ id: data.readUInt16LE(at), data: data.subarray(at + 4, end) })
    at = end
  }
  return extras
}

/** How the content is packed and encrypted. */
function contentOf(method: number, flags: number, crc: number | null, extras: readonly Extra[]) {
  // Strong encryption, and an encrypted directory (7.): not known.
  if ((flags & 1) === 0 || flags & 0x2040) return { method, crc, encryption: null }
  if (method !== 99) return { method, crc, encryption: 'zipcrypto' as const }
  const aes = aesField(extras.find((e) => e.id === 0x9901)?.data)
  return aes === null
    ? { method, crc, encryption: null }
    : { method: aes.method, crc: aes.hasCrc ? crc : null, encryption: aes.encryption }
}

/** Values of 32 bits; those that are all ones stand in the ZIP64 field (4.5.3), in the same order. */
function zip64<T extends number[]>(extras: readonly Extra[], values: readonly [...T]): T {
  const field = extras.find((e) => e.id === 1)?.data ?? Buffer.alloc(0)
  let at = 0
  return values.map((value) => {
    if (value !== 0xffffffff || at + 8 > field.length) return value
    at += 8
    return u64(field, at - 8)
  }) as T
}

/**
 * Names are CP437 unless flag 11 says UTF-8 (appendix D) or a Unicode path field (4.6.9) fits. Many programs write
 * UTF-8 without saying so; bytes that are valid UTF-8 are taken as that.
 */
function decodeName(name: Buffer, flags: number, extras: readonly Extra[]): string {
  const plain = plainName(name, flags)
  const unicode = extras.find((e) => e.id === 0x7075)?.data
  if (unicode === undefined || unicode[0] !== 1 || unicode.length <= 5 || unicode.readUInt32LE(1) !== crc32(name))
    return plain
  const other = unicode.toString('utf8', 5)
  return isWritingOf(other, plain) ? other : plain
}

/** Is this the same path with characters that the other could not hold? Programs that know one of both know no other path. */
function isWritingOf(unicode: string, plain: string): boolean {
  const [names, others] = [unicode.split('/'), plain.split('/')]
  const extension = (name: string): string => {
    let plainFrom = name.length
    while (plainFrom > 0 && /[\x20-\x7e]/.test(name[plainFrom - 1]!)) plainFrom--
    const dot = name.indexOf('.', plainFrom)
    return dot < 0 || dot === name.length - 1 ? '' : name.slice(dot)
  }
  return (
    names.length === others.length &&
    extension(unicode) === extension(plain) &&
    names.every((name, i) => name === others[i] || /[^\x20-\x7e]/.test(name))
  )
}

function plainName(name: Buffer, flags: number): string {
  const utf8 = name.toString('utf8')
  if (flags & 0x800 || !utf8.includes('\ufffd') || Buffer.from(utf8).equals(name)) return utf8
  return Array.from(name, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : cp437[byte - 0x80])).join('')
}

const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** Time of change: Unix (0x5455) or NTFS (0x000a) field in UTC, else the local time of an unknown zone read as UTC. */
function modifiedOf(extras: readonly Extra[], date: number, time: number): number | null {
  const unix = extras.find((e) => e.id === 0x5455)?.data
  if (unix !== undefined && unix.length >= 5 && ((unix[0] ?? 0) & 1) === 1) return unix.readInt32LE(1) * 1000
  const ntfs = extras.find((e) => e.id === 0x000a)?.data
  if (ntfs !== undefined && ntfs.length >= 16 && ntfs.readUInt16LE(4) === 1) {
    const time = fileTime(ntfs, 8)
    return time < 253_402_300_800_000 ? time : null // before the year 10000
  }
  if (date === 0) return null
  return Date.UTC(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2)
}

// ---------------------------------------------------------------- reading

export type ReadAt = (at: number, length: number) => Promise<Buffer>

/** Reads small records one after another out of large blocks. What it gives is shorter than asked at the end only. */
export function cursor(bytes: RandomBytes, block = 1 << 18): ReadAt {
  let start = 0
  let held: Buffer = Buffer.alloc(0)
  return async (at, length) => {
    if (at < start || at + length > start + held.length) {
      start = at
      held = await bytes.read(at, Math.max(block, length))
    }
    return held.subarray(at - start, at - start + length)
  }
}

/** Offset of the next place from `at` where `mark` stands before `end`. */
async function search(read: ReadAt, mark: string, at: number, end: number): Promise<number | null> {
  const block = 1 << 16
  for (let from = at; from < end; from += block) {
    const data = await read(from, block + mark.length - 1)
    const found = data.indexOf(mark, 0, 'latin1')
    if (found >= 0) return from + found
  }
  return null
}

async function signAt(bytes: RandomBytes, at: number): Promise<number> {
  const data = await bytes.read(at, 4)
  return data.length < 4 ? 0 : data.readUInt32LE(0)
}

/** A number of 64 bits; one beyond all lengths that there are is the greatest that can be told apart. */
function u64(data: Buffer, at: number): number {
  return Math.min(data.readUInt32LE(at) + data.readUInt32LE(at + 4) * 2 ** 32, Number.MAX_SAFE_INTEGER)
}

/** 100 ns since 1601, in ms since 1970. */
function fileTime(data: Buffer, at: number): number {
  const ticks = data.readUInt32LE(at) + data.readUInt32LE(at + 4) * 2 ** 32
  return Math.floor(ticks / 10_000) - 11_644_473_600_000
}
