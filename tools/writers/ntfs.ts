// Writes NTFS metadata from plain descriptions, for tests and miniature servers.
// Layouts: https://github.com/libyal/libfsntfs/blob/main/documentation/New%20Technologies%20File%20System%20(NTFS).asciidoc
// and https://learn.microsoft.com/windows/win32/api/winioctl/ns-winioctl-usn_record_v2

/** A file or folder of a volume. Times are ISO 8601 in UTC with up to seven decimals. */
export type VolumeEntry = {
  /** `C:\inetpub\wwwroot\a.aspx`; the letter is left out of the records. Folders above it are made where they are not described. */
  readonly path: string
  readonly directory?: boolean
  /** Times of $STANDARD_INFORMATION; those not given are as `created`. */
  readonly created?: string
  readonly modified?: string
  readonly accessed?: string
  readonly changed?: string
  /** Times of $FILE_NAME; those not given are as `fnCreated`, and that as `created`. */
  readonly fnCreated?: string
  readonly fnModified?: string
  readonly fnAccessed?: string
  readonly fnChanged?: string
  readonly attributes?: readonly WrittenAttribute[]
  /** Its record is no longer in use, and has the next sequence number, as the system leaves it. */
  readonly deleted?: boolean
  /** Content inside the record. */
  readonly resident?: string | Uint8Array
  /** Size of content outside the record. */
  readonly size?: number
  readonly streams?: readonly {
    readonly name: string
    readonly content?: string | Uint8Array
    readonly size?: number
  }[]
  /** Further paths of the same file (hard links). */
  readonly links?: readonly string[]
  /** A name of 8.3 characters beside the long one. */
  readonly shortName?: string
  readonly number?: number
  readonly sequence?: number
}

export type VolumeOptions = {
  /** Bytes of a record, 1024 where nothing is said. */
  readonly recordSize?: 1024 | 4096
  /** When the volume and the folders that are not described were made. */
  readonly made?: string
}

export const attributeBits = {
  'read-only': 0x1,
  hidden: 0x2,
  system: 0x4,
  directory: 0x10,
  archive: 0x20,
  temporary: 0x100,
  sparse: 0x200,
  reparse: 0x400,
  compressed: 0x800,
  offline: 0x1000,
  'not-indexed': 0x2000,
  encrypted: 0x4000,
} as const
export type WrittenAttribute = keyof typeof attributeBits

export type Reference = { readonly number: number; readonly sequence: number }

/** A `$MFT` that holds these files and folders. */
export function mftFile(entries: readonly VolumeEntry[], options: VolumeOptions = {}): Buffer {
  return volume(entries, options).mft
}

/** The same, with the references that its files and folders got, for a journal of the same volume. */
export function volume(
  entries: readonly VolumeEntry[],
  options: VolumeOptions = {},
): { readonly mft: Buffer; readonly referenceOf: (path: string) => Reference | undefined } {
  const size = options.recordSize ?? 1024
  const made = options.made ?? '2019-04-02T08:15:00.1234567Z'
  const all = withFolders(entries, made)
  const taken = new Set(all.map(({ number }) => number))
  const references = new Map<string, Reference>([['', { number: ROOT, sequence: 5 }]])
  let next = FIRST
  for (const entry of all) {
    while (entry.number === undefined && taken.has(next)) next++
    const reference = { number: entry.number ?? next++, sequence: entry.sequence ?? 1 }
    for (const path of [entry.path, ...(entry.links ?? [])]) references.set(keyOf(path), reference)
  }
  const records = new Map<number, Buffer>()
  for (const [number, name] of SYSTEM.entries()) {
    const entry: VolumeEntry = {
      path: name,
      created: made,
      attributes: ['hidden', 'system'],
      directory: number === ROOT,
    }
    records.set(number, recordOf(entry, { number, sequence: Math.max(1, number) }, references, size))
  }
  for (const entry of all) {
    const reference = references.get(keyOf(entry.path))!
    records.set(reference.number, recordOf(entry, reference, references, size))
  }
  const count = Math.max(FIRST, ...records.keys()) + 1
  const mft = Buffer.alloc(count * size)
  for (const [number, record] of records) record.copy(mft, number * size)
  return { mft, referenceOf: (path) => references.get(keyOf(path)) }
}

const ROOT = 5
const FIRST = 40
const SYSTEM = '$MFT $MFTMirr $LogFile $Volume $AttrDef . $Bitmap $Boot $BadClus $Secure $UpCase $Extend'.split(' ')

/** The entries, each after the folders above it. */
function withFolders(entries: readonly VolumeEntry[], made: string): VolumeEntry[] {
  const known = new Set(['', ...entries.map(({ path }) => keyOf(path))])
  const folders: VolumeEntry[] = []
  for (const path of entries.flatMap((entry) => [entry.path, ...(entry.links ?? [])])) {
    const names = namesOf(path)
    for (let depth = 1; depth < names.length; depth++) {
      const folder = names.slice(0, depth).join('\\')
      if (known.has(keyOf(folder))) continue
      known.add(keyOf(folder))
      folders.push({ path: folder, directory: true, created: made })
    }
  }
  return [...folders, ...entries]
}

function namesOf(path: string): string[] {
  return path
    .replace(/^[A-Za-z]:/, '')
    .split(/[\\/]/)
    .filter((name) => name !== '')
}

function keyOf(path: string): string {
  return namesOf(path).join('\\').toLowerCase()
}

type References = ReadonlyMap<string, Reference>

function recordOf(entry: VolumeEntry, own: Reference, references: References, size: number): Buffer {
  const created = entry.created ?? '2020-06-01T10:00:00.5000001Z'
  const bits = (entry.attributes ?? (entry.directory ? [] : ['archive'])).reduce((sum, a) => sum | attributeBits[a], 0)
  const attributes: Buffer[] = [resident(0x10, '', standardInformation(entry, created, bits))]
  if (entry.shortName)
    attributes.push(resident(0x30, '', fileName(entry, entry.path, entry.shortName, 2, bits, references)))
  for (const path of [entry.path, ...(entry.links ?? [])]) {
    const name = namesOf(path).at(-1)!
    const plain = !entry.shortName && /^[^.]{1,8}(?:\.[^.]{0,3})?$/.test(name)
    attributes.push(resident(0x30, '', fileName(entry, path, name, plain ? 3 : 1, bits, references)))
  }
  if (entry.directory) attributes.push(resident(0x90, '$I30', emptyIndex()))
  else attributes.push(dataOf('', entry.resident, entry.size))
  for (const stream of entry.streams ?? []) attributes.push(dataOf(stream.name, stream.content, stream.size))
  const flags = (entry.deleted ? 0 : 1) | (entry.directory ? 2 : 0)
  const sequence = own.sequence + (entry.deleted ? 1 : 0)
  return record({ number: own.number, sequence, flags, attributes, size })
}

/** One record of the $MFT, with its fixups; for tests that need odd ones. */
export function record(of: {
  readonly number: number
  readonly sequence: number
  readonly flags: number
  readonly attributes: readonly Buffer[]
  readonly size?: number
  readonly base?: Reference
}): Buffer {
  const size = of.size ?? 1024
  const sectors = size / 512
  const first = (0x30 + 2 * (sectors + 1) + 7) & ~7
  const body = Buffer.concat([...of.attributes, Buffer.from('ffffffff00000000', 'hex')])
  if (first + body.length > size - 2) throw new Error(`record ${of.number}: ${body.length} bytes of attributes`)
  const out = Buffer.alloc(size)
  out.write('FILE', 0, 'latin1')
  out.writeUInt16LE(0x30, 4)
  out.writeUInt16LE(sectors + 1, 6)
  out.writeUInt16LE(of.sequence, 16)
  out.writeUInt16LE(1, 18)
  out.writeUInt16LE(first, 20)
  out.writeUInt16LE(of.flags, 22)
  out.writeUInt32LE(first + body.length, 24)
  out.writeUInt32LE(size, 28)
  if (of.base) writeReference(out, 32, of.base)
  out.writeUInt16LE(of.attributes.length, 40)
  out.writeUInt32LE(of.number, 44)
  body.copy(out, first)
  fixUp(out, 0x30)
  return out
}

/** Puts an update sequence number at the end of each 512 bytes, and what stood there behind it at `at`. */
export function fixUp(out: Buffer, at: number, number = 7): void {
  out.writeUInt16LE(number, at)
  for (let sector = 0; sector < out.length / 512; sector++) {
    out.copy(out, at + 2 + 2 * sector, sector * 512 + 510, sector * 512 + 512)
    out.writeUInt16LE(number, sector * 512 + 510)
  }
}

/** A resident attribute. */
export function resident(type: number, name: string, content: Uint8Array): Buffer {
  const at = (24 + name.length * 2 + 7) & ~7
  const out = Buffer.alloc((at + content.length + 7) & ~7)
  out.writeUInt32LE(type, 0)
  out.writeUInt32LE(out.length, 4)
  out[9] = name.length
  out.writeUInt16LE(24, 10)
  out.writeUInt32LE(content.length, 16)
  out.writeUInt16LE(at, 20)
  out.write(name, 24, 'utf16le')
  out.set(content, at)
  return out
}

/** An attribute whose content lies elsewhere on the volume. */
export function nonResident(type: number, name: string, size: number): Buffer {
  const at = (64 + name.length * 2 + 7) & ~7
  const clusters = Math.max(1, Math.ceil(size / 4096))
  const out = Buffer.alloc(at + 16)
  out.writeUInt32LE(type, 0)
  out.writeUInt32LE(out.length, 4)
  out[8] = 1
  out[9] = name.length
  out.writeUInt16LE(64, 10)
  out.writeBigUInt64LE(BigInt(clusters - 1), 24)
  out.writeUInt16LE(at, 32)
  out.writeBigUInt64LE(BigInt(clusters * 4096), 40)
  out.writeBigUInt64LE(BigInt(size), 48)
  out.writeBigUInt64LE(BigInt(size), 56)
  out.write(name, 64, 'utf16le')
  out[at] = 0x44
  out.writeUInt32LE(clusters, at + 1)
  out.writeUInt32LE(100, at + 5)
  return out
}

function dataOf(name: string, content: string | Uint8Array | undefined, size: number | undefined): Buffer {
  if (content === undefined && size !== undefined) return nonResident(0x80, name, size)
  return resident(0x80, name, typeof content === 'string' ? Buffer.from(content) : (content ?? new Uint8Array(0)))
}

function standardInformation(entry: VolumeEntry, created: string, bits: number): Buffer {
  const out = Buffer.alloc(72)
  writeTimes(out, 0, [created, entry.modified ?? created, entry.changed ?? created, entry.accessed ?? created])
  out.writeUInt32LE(bits, 32)
  return out
}

function fileName(
  entry: VolumeEntry,
  path: string,
  name: string,
  space: number,
  bits: number,
  references: References,
): Buffer {
  const created = entry.fnCreated ?? entry.created ?? '2020-06-01T10:00:00.5000001Z'
  const parent = references.get(keyOf(namesOf(path).slice(0, -1).join('\\'))) ?? { number: ROOT, sequence: 5 }
  return nameContent({
    name,
    space,
    parent,
    times: [created, entry.fnModified ?? created, entry.fnChanged ?? created, entry.fnAccessed ?? created],
    bits: bits | (entry.directory ? 0x1000_0000 : 0),
    size: entry.size ?? 0,
  })
}

/** The content of a $FILE_NAME. Times: created, modified, changed, accessed. */
export function nameContent(of: {
  readonly name: string
  readonly space?: number
  readonly parent: Reference
  readonly times: readonly string[]
  readonly bits?: number
  readonly size?: number
}): Buffer {
  const out = Buffer.alloc(66 + of.name.length * 2)
  writeReference(out, 0, of.parent)
  writeTimes(out, 8, of.times)
  out.writeBigUInt64LE(BigInt(of.size ?? 0), 40)
  out.writeBigUInt64LE(BigInt(of.size ?? 0), 48)
  out.writeUInt32LE(of.bits ?? 0x20, 56)
  out[64] = of.name.length
  out[65] = of.space ?? 1
  out.write(of.name, 66, 'utf16le')
  return out
}

function emptyIndex(): Buffer {
  const out = Buffer.alloc(48)
  out.writeUInt32LE(0x30, 0)
  out.writeUInt32LE(1, 4)
  out.writeUInt32LE(4096, 8)
  out[12] = 1
  out.writeUInt32LE(16, 16)
  out.writeUInt32LE(32, 20)
  out.writeUInt32LE(32, 24)
  out.writeUInt16LE(16, 40)
  out.writeUInt32LE(2, 44)
  return out
}

function writeReference(out: Buffer, at: number, { number, sequence }: Reference): void {
  out.writeUIntLE(number, at, 6)
  out.writeUInt16LE(sequence, at + 6)
}

function writeTimes(out: Buffer, at: number, times: readonly string[]): void {
  times.forEach((time, i) => out.writeBigInt64LE(ticksOf(time), at + 8 * i))
}

/** An ISO time as 100 ns since 1601. */
export function ticksOf(text: string): bigint {
  const m = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/.exec(text)
  if (!m) throw new Error(`not a time in UTC: ${text}`)
  return BigInt(Date.parse(`${m[1]!}Z`)) * 10_000n + BigInt((m[2] ?? '').padEnd(7, '0')) + 116_444_736_000_000_000n
}

// ---------------------------------------------------------------- change journal

export const reasonBits = {
  DATA_OVERWRITE: 0x1,
  DATA_EXTEND: 0x2,
  DATA_TRUNCATION: 0x4,
  NAMED_DATA_OVERWRITE: 0x10,
  NAMED_DATA_EXTEND: 0x20,
  NAMED_DATA_TRUNCATION: 0x40,
  FILE_CREATE: 0x100,
  FILE_DELETE: 0x200,
  EA_CHANGE: 0x400,
  SECURITY_CHANGE: 0x800,
  RENAME_OLD_NAME: 0x1000,
  RENAME_NEW_NAME: 0x2000,
  BASIC_INFO_CHANGE: 0x8000,
  HARD_LINK_CHANGE: 0x1_0000,
  STREAM_CHANGE: 0x20_0000,
  CLOSE: 0x8000_0000,
} as const
export type WrittenReason = keyof typeof reasonBits

/** A change of a file. `path` names it and its folder; both get a reference of their own where `references` knows none. */
export type Change = {
  readonly path: string
  readonly time: string
  readonly reason: readonly WrittenReason[]
  readonly directory?: boolean
  readonly attributes?: readonly WrittenAttribute[]
  /** The same file under another name (after RENAME_NEW_NAME) needs its reference here. */
  readonly reference?: Reference
  readonly version?: 2 | 3 | 4
}

/** A `$UsnJrnl:$J`. `zeros`: the hole at its beginning, in bytes; `referenceOf` that of `volume`. */
export function usnFile(
  changes: readonly Change[],
  options: { readonly zeros?: number; readonly referenceOf?: (path: string) => Reference | undefined } = {},
): Buffer {
  const own = new Map<string, Reference>([['', { number: ROOT, sequence: 5 }]])
  const referenceOf = (path: string): Reference => {
    const known = options.referenceOf?.(path) ?? own.get(keyOf(path))
    if (known) return known
    const made = { number: 50_000 + own.size, sequence: 1 }
    own.set(keyOf(path), made)
    return made
  }
  const parts: Buffer[] = [Buffer.alloc(options.zeros ?? 0)]
  let at = options.zeros ?? 0
  for (const change of changes) {
    const names = namesOf(change.path)
    const parent = referenceOf(names.slice(0, -1).join('\\'))
    const write = (usn: number): Buffer => usnRecord(change, change.reference ?? referenceOf(change.path), parent, usn)
    let bytes = write(at)
    // A record does not reach over the end of a page.
    if ((at % 4096) + bytes.length > 4096) {
      const rest = 4096 - (at % 4096)
      parts.push(Buffer.alloc(rest))
      at += rest
      bytes = write(at)
    }
    parts.push(bytes)
    at += bytes.length
  }
  return Buffer.concat(parts)
}

function usnRecord(change: Change, file: Reference, parent: Reference, usn: number): Buffer {
  const version = change.version ?? 2
  const name = namesOf(change.path).at(-1)!
  const wide = version === 2 ? 8 : 16
  const reason = change.reason.reduce((sum, word) => sum + reasonBits[word], 0)
  const bits = (change.attributes ?? ['archive']).reduce((sum, a) => sum | attributeBits[a], 0)
  const nameAt = version === 2 ? 60 : 76
  const out = Buffer.alloc(version === 4 ? 80 : (nameAt + name.length * 2 + 7) & ~7)
  out.writeUInt32LE(out.length, 0)
  out.writeUInt16LE(version, 4)
  writeReference(out, 8, file)
  writeReference(out, 8 + wide, parent)
  const at = 8 + 2 * wide
  out.writeBigInt64LE(BigInt(usn), at)
  if (version === 4) {
    out.writeUInt32LE(reason, at + 8)
    out.writeUInt16LE(1, at + 20)
    out.writeUInt16LE(16, at + 22)
    out.writeBigInt64LE(4096n, at + 32)
    return out
  }
  out.writeBigInt64LE(ticksOf(change.time), at + 8)
  out.writeUInt32LE(reason, at + 16)
  out.writeUInt32LE(change.directory ? (bits & ~0x20) | 0x10 : bits, at + 28)
  out.writeUInt16LE(name.length * 2, at + 32)
  out.writeUInt16LE(nameAt, at + 34)
  out.write(name, nameAt, 'utf16le')
  return out
}
