import { crc32, inflateRawSync, constants } from 'node:zlib'
import { byteRange, bytePieces, type RandomBytes } from '../lib/bytes.ts'
import {
  EvidenceError,
  HEAD_LENGTH,
  type Container,
  type ContainerMember,
  type EvidenceLimits,
  type ListingGap,
  type Outer,
  type MemberRefusal,
  type ZipStep,
} from './container.ts'
import { sparseFileNote } from './directory.ts'
import { addUnpacked, inflateRaw, newTally, type UnpackedBytes } from './inflate.ts'
import { shortenName } from './shorten-name.ts'
import { noPassword } from './passwords.ts'
import { windowsPathIn } from './windows-paths.ts'
import { type Decrypted, fittingPasswords, type Fitting } from './zip-crypto.ts'
import {
  centralEntries,
  findDirectory,
  localEntries,
  localHeader,
  type CentralDirectory,
  type ZipEntry,
} from './zip-directory.ts'

/**
 * A zip archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), also ZIP64, also damaged: members that
 * the directory lost are found by their local headers. Stored and deflated members are read; all others are named.
 */
export const zip: Container = {
  name: 'zip',
  recognize: (head) =>
    head[0] === 0x50 &&
    /^PK(?:\x03\x04|\x05\x06|(?:\x07\x08|00)PK\x03\x04)/.test(Buffer.from(head.subarray(0, 8)).toString('latin1')),

  async *list(bytes: RandomBytes, outer: Outer, limits: EvidenceLimits) {
    const gap: ToGap = (size, reason, detail) => ({
      path: outer.path,
      size,
      reason,
      detail,
    })
    const directory = await findDirectory(bytes)
    // What only ends like an archive is a file, whatever is wrong with the archive in it.
    if (outer.behind && (directory === null || directory.volumes)) return
    if (directory === null)
      return yield* rescue(bytes, outer, limits, gap, 'truncated', 'the archive has no directory at its end')
    if (directory.volumes)
      return yield* rescue(bytes, outer, limits, gap, 'unsupported', 'one of several volumes of an archive')
    const survey = await surveyOf(bytes, directory, limits)
    if (survey.broken !== null && survey.count === 0) {
      if (outer.behind) return
      return yield* rescue(bytes, outer, limits, gap, 'corrupt', survey.broken)
    }

    if (limits.passwords.length > 0) await prove(bytes, survey.proofs, survey.proven, limits)
    let index = 0
    try {
      for await (const entry of centralEntries(bytes, directory)) {
        if (index === limits.entries) break
        const member = await inside(bytes, entry, index, outer, survey, limits)
        if (member !== null) yield member
        index++
      }
    } catch (error) {
      if (!(error instanceof EvidenceError) || error.reason !== 'corrupt') throw error
      return yield* rescue(bytes, outer, limits, gap, 'corrupt', error.message, survey.locals.subarray(0, index), index)
    }
    if (index === limits.entries) return yield gap(0, 'bomb', `more than ${limits.entries} members`)
    if (index % 65536 !== directory.count % 65536)
      yield gap(0, 'corrupt', `${directory.count} members stated, ${index} found`)
    if (survey.renamed.size > 0)
      yield gap(0, 'corrupt', `${survey.renamed.size} members without a name, or with another in their own header`)
    yield* besides(bytes, outer, limits, gap, directory, survey, index)
  },

  async peek(bytes: RandomBytes, step: ZipStep, limits: EvidenceLimits) {
    if ((await localHeader(bytes, step.local)) === null) return Buffer.alloc(0)
    const { packed } = await packedBytes(bytes, step, limits)
    const some = await packed.read(0, step.method === 0 ? HEAD_LENGTH : 2048)
    if (step.method === 0) return some
    try {
      return inflateRawSync(some, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, HEAD_LENGTH)
    } catch {
      return Buffer.alloc(0) // damaged: reading it will tell
    }
  },

  async *read(bytes: RandomBytes, step: ZipStep, limits: EvidenceLimits) {
    const { packed, authentic } = await packedBytes(bytes, step, limits)
    try {
      yield* unpack(packed, step, limits)
    } catch (error) {
      if (!(error instanceof EvidenceError) || error.reason !== 'corrupt' || step.encrypted !== 'zipcrypto') throw error
      throw new EvidenceError('corrupt', `${error.message}, or the password fits by chance`)
    }
    await authentic()
  },

  async at(bytes: RandomBytes, step: ZipStep, limits: EvidenceLimits) {
    if (step.method !== 0 || step.encrypted === 'zipcrypto') return null
    return (await packedBytes(bytes, step, limits)).packed
  },
}

// ---------------------------------------------------------------- reading

type Packed = {
  readonly packed: RandomBytes
  /** Throws when encrypted bytes are not those that were written. */
  readonly authentic: () => Promise<void>
}

/** A member's data, decrypted. */
async function packedBytes(bytes: RandomBytes, step: ZipStep, limits: EvidenceLimits): Promise<Packed> {
  const found = await localHeader(bytes, step.local)
  if (found === null && step.local + 30 > bytes.size)
    throw new EvidenceError('truncated', `the member begins at ${step.local}, behind the end of the archive`)
  if (found === null)
    throw new EvidenceError('corrupt', `no member begins at ${step.local}, where the directory says so`)
  const data = byteRange(bytes, found.data, found.data + step.compressed)
  if (step.encrypted === undefined) return { packed: data, authentic: async () => {} }
  // Which password it is was found when the archive was listed.
  const known = step.password === undefined ? [] : limits.passwords.slice(step.password, step.password + 1)
  const [fits] = await fittingPasswords(data, step.encrypted, found.check, known)
  const opened = fits ?? (await openedBy(data, step, found.check, limits, new Proven()))
  if (opened === null) throw new EvidenceError('encrypted', noPassword(limits))
  return { packed: opened.tried.bytes, authentic: opened.tried.check }
}

/** Passwords of which the content of a member of this archive has shown that they are right. */
class Proven extends Set<number> {
  /** Encrypted members of the archive; 0 where that is not known. */
  members = 0
  /** Is one of them long enough to prove a password? */
  canBe = false
}

/**
 * The password that opens a member: one that is proven, or that the content of this member proves. One that only seems to fit
 * opens nothing, since a wrong password fits one member in 256. The authentication code of a single member that was
 * changed proves nothing either way: it is read, and said to be damaged.
 */
async function openedBy(
  data: RandomBytes,
  step: ZipStep,
  check: number,
  limits: EvidenceLimits,
  proven: Proven,
): Promise<Fitting | null> {
  const fitting = await fittingPasswords(data, step.encrypted!, check, limits.passwords)
  const sure = fitting.filter(({ password }) => proven.has(password))
  if (sure.length === 1) return sure[0]!
  for (const one of sure.length > 0 ? sure : fitting) {
    const tells = (step.size ?? 0) >= TELLING
    // What a few bytes seem to show, a longer member would have proven.
    if (!tells && proven.canBe) continue
    if (!(await opensContent(one.tried, step, limits))) continue
    if (tells) proven.add(one.password)
    return one
  }
  const isAlone = step.encrypted !== 'zipcrypto' && proven.members <= 1
  return sure[0] ?? (isAlone ? (fitting[0] ?? null) : null)
}

/** A content of fewer bytes has its checksum by chance too often. */
const TELLING = 4
/** Packed bytes of a member that is read as a whole to prove a password, and of a longer one what is looked at. */
const [WHOLE, BEGINNING] = [1 << 26, 1 << 22]

/** Does the content come out as it was? Of a very large member the beginning tells, where it can. */
async function opensContent(tried: Decrypted, step: ZipStep, limits: EvidenceLimits): Promise<boolean> {
  if (step.compressed <= WHOLE) return unpacksTo(tried, step, limits)
  if (step.encrypted !== 'zipcrypto') return true
  if (step.method === 0) return unpacksTo(tried, step, limits)
  try {
    const some = await tried.bytes.read(0, BEGINNING)
    return inflateRawSync(some, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 29 }).length > 1 << 16
  } catch (error) {
    if (error instanceof EvidenceError) throw error
    return false
  }
}

/** Proves passwords by the smallest encrypted members, so that of the others none need be read for that. */
async function prove(
  bytes: RandomBytes,
  entries: readonly ZipEntry[],
  proven: Proven,
  limits: EvidenceLimits,
): Promise<void> {
  for (const entry of entries) {
    const step = stepOf(entry, 0)
    try {
      const found = await localHeader(bytes, step.local)
      if (found === null) continue
      const data = byteRange(bytes, found.data, found.data + step.compressed)
      const fitting = await fittingPasswords(data, step.encrypted!, found.check, limits.passwords)
      for (const { password, tried } of fitting)
        if (!proven.has(password) && (await unpacksTo(tried, step, limits))) proven.add(password)
    } catch (error) {
      // Reading it will tell.
      if (!(error instanceof EvidenceError)) throw error
    }
  }
}

/** Does this come out as the archive states it? */
async function unpacksTo(tried: Decrypted, step: ZipStep, limits: EvidenceLimits): Promise<boolean> {
  try {
    for await (const chunk of unpack(tried.bytes, step, limits)) void chunk
    await tried.check()
    return true
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    return false
  }
}

async function* unpack(packed: RandomBytes, step: ZipStep, limits: EvidenceLimits): AsyncGenerator<Buffer> {
  const small = step.method === 8 ? await atOnce(packed, step) : null
  if (small !== null) return yield small
  const tally = newTally()
  const chunks =
    step.method === 0 ? stored(packed, step, limits, tally) : inflateRaw(packed, 0, packed.size, limits, tally)
  for await (const chunk of chunks) {
    yield chunk
    // What it may hold was decided by what is stated.
    if (step.size !== null && tally.out > step.size + BEYOND)
      throw new EvidenceError('corrupt', `${step.size} bytes stated, more than ${tally.out} came`)
  }
  check(step, tally)
  // Where a member ends that states no length is not known: a descriptor may be among its bytes.
  if (step.size !== null && tally.in < packed.size)
    throw new EvidenceError('corrupt', `${packed.size - tally.in} bytes behind the end of the packed data`)
}

/** Maximum number of bytes of a member beyond its stated size. */
const BEYOND = 1 << 24

const small = { packed: 1 << 18, size: 1 << 22 }

/** With `info`: what came out, and of how many bytes. */
type UnpackedAtOnce = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }

/** A small member that is as it should be, in one go; null for any other. */
async function atOnce(packed: RandomBytes, step: ZipStep): Promise<Buffer | null> {
  if (step.size === null || step.size > small.size || packed.size > small.packed || step.crc === null) return null
  if (packed.size === 0) return step.size === 0 && step.compressed === 0 ? Buffer.alloc(0) : null
  try {
    const all = await packed.read(0, packed.size)
    const options = { maxOutputLength: Math.max(1, step.size), info: true }
    const { buffer, engine } = inflateRawSync(all, options) as unknown as UnpackedAtOnce
    const isWhole = engine.bytesWritten === packed.size && buffer.length === step.size
    return isWhole && crc32(buffer) === step.crc ? buffer : null
  } catch (error) {
    if (error instanceof EvidenceError || (error instanceof Error && 'syscall' in error)) throw error
    return null
  }
}

async function* stored(
  packed: RandomBytes,
  step: ZipStep,
  limits: EvidenceLimits,
  tally: UnpackedBytes,
): AsyncGenerator<Buffer> {
  const wanted = step.encrypted === undefined ? step.compressed : packed.size
  for await (const piece of bytePieces(packed, 0, packed.size)) {
    tally.in += piece.length
    addUnpacked(tally, piece, limits)
    yield piece
  }
  if (tally.out < wanted) throw new EvidenceError('truncated', `${wanted} bytes wanted, ${tally.out} found`)
}

function check(step: ZipStep, tally: UnpackedBytes): void {
  if (step.size !== null && tally.out !== step.size)
    throw new EvidenceError('corrupt', `${step.size} bytes stated, ${tally.out} came`)
  if (step.crc !== null && tally.crc !== step.crc) throw new EvidenceError('corrupt', 'checksum of the content differs')
}

// ---------------------------------------------------------------- listing

/** What one look over the whole directory tells. */
type Survey = {
  readonly count: number
  /** Where each member begins. */
  readonly locals: Float64Array
  /** Where the next member begins, for those whose packed length runs into the directory and so is wrong. */
  readonly until: ReadonlyMap<number, number>
  /** Where each ends, as far as is known. */
  readonly ends: Float64Array
  /** 1 for each member whose bytes were given out to others as often as may be: many members of one body make a bomb. */
  readonly overlaps: Uint8Array
  /** Numbers of members without a name, or with another in their own header. */
  readonly renamed: Set<number>
  /** Passwords that were proven, and by which members they can be. */
  readonly proven: Proven
  readonly proofs: readonly ZipEntry[]
  /** Names of the index files beside sparse files. */
  readonly indexes: ReadonlySet<string>
  /** Why the directory breaks off, else null. */
  readonly broken: string | null
}

async function surveyOf(bytes: RandomBytes, directory: CentralDirectory, limits: EvidenceLimits): Promise<Survey> {
  const begins: number[] = []
  const ends: number[] = []
  const wrong: number[] = []
  const indexes = new Set<string>()
  const proven = new Proven()
  let proofs: ZipEntry[] = []
  let broken: string | null = null
  try {
    for await (const entry of centralEntries(bytes, directory)) {
      if (begins.length === limits.entries) break
      if (entry.encryption !== null && !isFolder(entry)) {
        proven.members++
        proven.canBe ||= (entry.size ?? 0) >= TELLING
        if ((entry.size ?? 0) >= TELLING && (proofs.length < PROOFS || entry.compressed < proofs.at(-1)!.compressed))
          proofs = [...proofs, entry].sort((a, b) => a.compressed - b.compressed).slice(0, PROOFS)
      }
      const body = entry.local + 30 + entry.rawName.length
      if (body + entry.compressed > directory.start) wrong.push(begins.length)
      ends.push(
        isFolder(entry) ? entry.local : body + entry.compressed > directory.start ? body : body + entry.compressed,
      )
      begins.push(entry.local)
      if (entry.name.endsWith('.idx') && entry.name.length <= 1024) indexes.add(entry.name)
    }
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.reason !== 'corrupt') throw error
    broken = error.message
  }
  const locals = Float64Array.from(begins)
  const order = Uint32Array.from(locals.keys()).sort((a, b) => (locals[a] ?? 0) - (locals[b] ?? 0) || a - b)
  const until = untilOf(locals, order, wrong, directory.start)
  const all = Float64Array.from(ends)
  return {
    count: begins.length,
    locals,
    ends: all,
    until,
    overlaps: overlapsOf(locals, all, order, bytes.size),
    renamed: new Set(),
    indexes,
    broken,
    proven,
    proofs: proofs.filter(({ compressed }) => compressed <= WHOLE),
  }
}

/** Maximum number of members read to check passwords: each may have its own. */
const PROOFS = 3

/**
 * Members that share bytes with others: as many as can be are read that share none among them, those that end first. Of the
 * others the small ones are read too, as long as all of them together are no longer than the archive.
 */
function overlapsOf(begins: Float64Array, ends: Float64Array, order: Uint32Array, size: number): Uint8Array {
  const overlaps = new Uint8Array(begins.length)
  let [end, isShared] = [0, false]
  for (const i of order) {
    if (begins[i]! < end) isShared = true
    end = Math.max(end, ends[i]!)
  }
  if (!isShared) return overlaps
  const shared: number[] = []
  let last = 0
  for (const i of order.slice().sort((a, b) => ends[a]! - ends[b]! || begins[b]! - begins[a]! || a - b)) {
    if (begins[i]! >= last) last = Math.max(last, ends[i]!)
    else shared.push(i)
  }
  const length = (i: number): number => ends[i]! - begins[i]!
  let left = size
  for (const i of shared.sort((a, b) => length(a) - length(b) || a - b)) {
    left -= length(i)
    if (left < 0) overlaps[i] = 1
  }
  return overlaps
}

function untilOf(begins: Float64Array, order: Uint32Array, wrong: readonly number[], end: number): Map<number, number> {
  const wanted = new Set(wrong)
  const until = new Map<number, number>()
  if (wanted.size > 0)
    for (const [k, i] of order.entries()) if (wanted.has(i)) until.set(i, begins[order[k + 1] ?? -1] ?? end)
  return until
}

async function inside(
  bytes: RandomBytes,
  entry: ZipEntry,
  index: number,
  outer: Outer,
  survey: Survey,
  limits: EvidenceLimits,
): Promise<ContainerMember | null> {
  if (isFolder(entry)) return null
  const refused: MemberRefusal | null =
    survey.overlaps[index] === 1
      ? { reason: 'bomb', detail: 'shares its bytes with other members of the archive' }
      : refusalOf(entry)
  const isShared = survey.overlaps[index] === 1
  const own = isShared ? null : await localHeader(bytes, entry.local)
  // Encryption may be described in the directory only.
  const method = own?.entry.method === 99 ? entry.method : (own?.entry.method ?? 0)
  const hidden = own === null ? null : refusalOf({ ...entry, flags: own.entry.flags, method })
  const renamed =
    own !== null && !own.entry.rawName.equals(entry.rawName)
      ? `two names: ${JSON.stringify(shortenName(own.entry.name))} in its own header`
      : null
  if (own !== null && (isOtherName(own.entry.rawName, entry.rawName) || isNoName(entry.rawName)))
    survey.renamed.add(index)
  const sparse = survey.indexes.has(`${entry.name}.idx`) && /(?:^|\/)uploads\//.test(entry.name) ? sparseFileNote : null
  const until = survey.until.get(index)
  const cut =
    until === undefined || own === null
      ? entry
      : { ...entry, compressed: Math.max(0, Math.min(entry.compressed, until - own.data)) }
  if (own !== null) survey.ends[index] = own.data + cut.compressed + (entry.flags & 8 ? 24 : 0)
  const lock = refused ?? hidden ?? (await lockOf(bytes, cut, index, survey.proven, limits))
  return member(cut, index, outer, lock, renamed ?? sparse)
}

/** Is this another file, and not the same name in another encoding, or with signs for characters that it cannot hold? */
function isOtherName(one: Buffer, other: Buffer): boolean {
  const plainIn = (name: Buffer): string =>
    name
      .toString('latin1')
      .replaceAll('\\', '/')
      .replaceAll(/[^\x20-\x7e]|[?_]/g, '')
  return one.length > 0 && plainIn(one) !== plainIn(other)
}

/** No program writes a name of no bytes, or with zeros in it. */
const isNoName = (name: Buffer): boolean => name.length === 0 || name.includes(0)

/** An encrypted member that no password opens, or the place of the password that does; null where it is not encrypted. */
async function lockOf(
  bytes: RandomBytes,
  entry: ZipEntry,
  index: number,
  proven: Proven,
  limits: EvidenceLimits,
): Promise<MemberRefusal | number | null> {
  if (entry.encryption === null) return null
  if (limits.passwords.length === 0) return { reason: 'encrypted', detail: noPassword(limits) }
  const step = stepOf(entry, index)
  try {
    const found = await localHeader(bytes, step.local)
    if (found === null) return null // reading it will tell
    const data = byteRange(bytes, found.data, found.data + step.compressed)
    const opened = await openedBy(data, step, found.check, limits, proven)
    return opened === null ? { reason: 'encrypted', detail: noPassword(limits) } : opened.password
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    return error.reason === 'encrypted' ? { reason: 'encrypted', detail: error.message } : null
  }
}

function member(
  entry: ZipEntry,
  index: number,
  outer: Outer,
  lock: MemberRefusal | number | null,
  note: string | null,
): ContainerMember {
  const { size, modified } = entry
  // Programs of .NET before 4.6.1 write `\` between folders (they should not: 4.4.17.1).
  const slashed = entry.name.includes('/') ? entry.name : entry.name.replaceAll('\\', '/')
  // What holds something is a file, though its name be that of a folder.
  const name = shortenName(slashed.replace(/(?<=[^/])\/$/, ''))
  return {
    step: { ...stepOf(entry, index), ...(typeof lock === 'number' && { password: lock }) },
    path: outer.prefix + name,
    windowsPath: windowsPathIn(outer, name),
    size,
    modified,
    ...(lock !== null && typeof lock === 'object' && { refused: lock }),
    ...(note !== null && { note }),
  }
}

function stepOf({ local, method, compressed, size, crc, encryption }: ZipEntry, index: number): ZipStep {
  return {
    in: 'zip',
    index,
    local,
    method,
    compressed,
    size,
    crc,
    ...(encryption !== null && { encrypted: encryption }),
  }
}

/** A folder has no content: what is packed for it is the end of a stream, and a key where it is encrypted. */
const NOTHING = 32

function isFolder(entry: ZipEntry): boolean {
  return /[/\\]$/.test(entry.name) && (entry.size ?? 0) === 0 && entry.compressed <= NOTHING
}

const fileTypes: Readonly<Record<number, string>> = {
  1: 'a pipe',
  2: 'a device',
  6: 'a device',
  10: 'a link',
  12: 'a socket',
}

function refusalOf(entry: ZipEntry): MemberRefusal | null {
  const type = fileTypes[entry.mode >> 12]
  if (type !== undefined) return { reason: 'policy', detail: `not followed: ${type} in the archive` }
  if ((entry.flags & 0x2041 || entry.method === 99) && entry.encryption === null)
    return { reason: 'encrypted', detail: 'encrypted in the archive, in a way that is not known' }
  if (entry.disk !== 0) return { reason: 'unsupported', detail: `begins on volume ${entry.disk + 1} of the archive` }
  if (entry.method !== 0 && entry.method !== 8)
    return {
      reason: 'unsupported',
      detail: `packed by method ${entry.method}${methods[entry.method] ? ` (${methods[entry.method]})` : ''}`,
    }
  return null
}

const methods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  20: 'Zstandard',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
}

type ToGap = (size: number, reason: ListingGap['reason'], detail: string) => ListingGap

/** A local header is this long at least. */
const HEADER = 31

/** Members between, before and behind those of the directory, which it does not name, and what else lies there. */
async function* besides(
  bytes: RandomBytes,
  outer: Outer,
  limits: EvidenceLimits,
  gap: ToGap,
  { start, end, shift, after }: CentralDirectory,
  { locals, ends, proven }: Survey,
  first: number,
): AsyncGenerator<ContainerMember | ListingGap> {
  // A place behind the end of the archive parts nothing of it: reading the member will tell.
  const within = Uint32Array.from(locals.keys()).filter((i) => locals[i]! < bytes.size)
  const order = within.sort((a, b) => locals[a]! - locals[b]! || a - b)
  const free: { readonly from: number; readonly to: number }[] = []
  let at = 0
  for (const i of order) {
    if (locals[i]! - at >= HEADER) free.push({ from: at, to: locals[i]! })
    at = Math.max(at, ends[i]!)
  }
  if (start - at >= HEADER) free.push({ from: at, to: start })
  if (after >= HEADER) free.push({ from: Math.max(end, bytes.size - after), to: bytes.size })
  let index = first
  let [before, behind, between] = [shift, after, 0]
  for (const { from, to } of free) {
    let done = from
    for await (const entry of localEntries(bytes, from, to, limits)) {
      if (index === limits.entries) return yield gap(0, 'bomb', `more than ${limits.entries} members`)
      const held = Math.min(to, entry.data + entry.compressed) - entry.local
      if (from >= shift && from < end) between += await foreign(bytes, done, entry.local)
      done = entry.local + held
      if (from >= end) behind -= held
      else if (entry.local < shift) before -= held
      if (isFolder(entry)) continue
      const lock = refusalOf(entry) ?? (await lockOf(bytes, entry, index, proven, limits))
      yield member(entry, index++, outer, lock, 'in the archive, but not in its directory')
    }
    if (from >= shift && from < end) between += await foreign(bytes, done, to)
  }
  if (outer.behind) return
  if (before <= 0 && behind <= 0 && index > first)
    yield gap(0, 'corrupt', `${index - first} members that the directory does not name`)
  if (before > 0) yield gap(before, 'corrupt', 'bytes before the archive begins belong to no member')
  if (between > 0) yield gap(between, 'corrupt', 'bytes between the members of the archive belong to none')
  if (behind > 0) yield gap(behind, 'corrupt', 'bytes behind the end of the archive belong to no member')
}

/** How many bytes between two members are of no program's making: more than a header is long, and not all of them zeros. */
async function foreign(bytes: RandomBytes, from: number, to: number): Promise<number> {
  if (to - from < HEADER) return 0
  for await (const piece of bytePieces(bytes, from, to)) if (piece.some((byte) => byte !== 0)) return to - from
  return 0
}

/** Members found by their local headers, and one gap for all bytes of the archive that none of them accounts for. */
async function* rescue(
  bytes: RandomBytes,
  outer: Outer,
  limits: EvidenceLimits,
  gap: ToGap,
  reason: ListingGap['reason'],
  detail: string,
  known: ArrayLike<number> = [],
  first = 0,
): AsyncGenerator<ContainerMember | ListingGap> {
  const listed = new Set(Array.from(known))
  let index = first
  let left = bytes.size
  const proven = new Proven()
  for await (const entry of localEntries(bytes, 0, bytes.size, limits)) {
    const held = Math.max(0, Math.min(bytes.size, entry.data + entry.compressed) - entry.local)
    if (index === limits.entries) break
    left -= held
    if (listed.has(entry.local) || isFolder(entry)) continue
    if (entry.encryption !== null) proven.members++
    const lock = refusalOf(entry) ?? (await lockOf(bytes, entry, index, proven, limits))
    yield member(entry, index++, outer, lock, 'found without the directory of the archive')
  }
  yield gap(Math.max(0, left), reason, `${detail}; ${index - first} members found without it`)
}
