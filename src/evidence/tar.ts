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
  type TarStep,
} from './container.ts'
import { isForward } from './forward.ts'
import {
  areSound,
  block,
  decimal,
  decodeName,
  eachOnce,
  readTarHeader,
  isHeader,
  millis,
  oldGnuRuns,
  pairs,
  paxRecords,
  type Header,
  type MapBlock,
  type SparseRun,
} from './tar-header.ts'
import { shortenName } from './shorten-name.ts'
import { windowsPathIn } from './windows-paths.ts'
import { cursor } from './zip-directory.ts'

/**
 * A tar archive: ustar, pax, GNU and those before them (see `tar-header.ts`). It has no list of its members: they are
 * found one behind the other, so that one broken header costs what follows up to the next that fits.
 */
export const tar: Container = {
  name: 'tar',
  forward: true,
  recognize: isHeader,
  list: (bytes: RandomBytes, outer: Outer, limits: EvidenceLimits) => members(bytes, outer, limits),

  async peek(bytes: RandomBytes, step: TarStep) {
    if (step.runs !== undefined && (step.runs[0]?.[0] ?? 1) !== 0) return Buffer.alloc(0)
    return await bytes.read(step.data, Math.min(HEAD_LENGTH, step.runs?.[0]?.[1] ?? step.size))
  },

  async *read(bytes: RandomBytes, step: TarStep) {
    let [data, at] = [step.data, 0]
    for (const [offset, length] of step.runs ?? [[0, step.size] as const]) {
      yield* zeros(offset - at)
      let got = 0
      for await (const piece of bytePieces(bytes, data, data + length)) {
        got += piece.length
        yield piece
      }
      if (got < length) throw new EvidenceError('truncated', `${length} bytes wanted, ${got} found`)
      data += length
      at = offset + length
    }
    yield* zeros(step.size - at)
  },

  async at(bytes: RandomBytes, step: TarStep) {
    if (step.runs !== undefined || isForward(bytes)) return null
    return byteRange(bytes, step.data, step.data + step.size)
  },
}

function* zeros(length: number): Generator<Buffer> {
  const piece = 1 << 18
  for (let left = length; left > 0; left -= piece) yield Buffer.alloc(Math.min(piece, left))
}

/** A header's additions (pax records, long names) are held in memory up to this size. */
const additions = 1 << 20
/** Maximum number of headers that add to one member, runs of a sparse file, files searched for the target of a link. */
const most = { additions: 64, runs: 1 << 16, name: 1 << 15, returns: 3, linked: 200_000 }
/** Zeros that were not stored: more than this many, and more than `ratio` times what is stored, is a bomb. */
const sparse = { size: 2 ** 30, ratio: 200 }

async function* members(
  bytes: RandomBytes,
  outer: Outer,
  limits: EvidenceLimits,
): AsyncGenerator<ContainerMember | ListingGap> {
  const gap: ToGap = (size, reason, detail) => ({
    path: outer.path,
    size: isForward(bytes) ? 0 : size,
    reason,
    detail,
  })
  const seen = new Set<string>()
  const files = new LinkedFiles(bytes.size)
  const shared: Shared = { globals: new Map(), mapBlock: eachOnce(bytes) }
  let at = 0
  let last: Entry | null = null
  let returns = isForward(bytes) ? most.returns : Infinity
  for (let index = 0; ; index++) {
    if (index >= limits.entries) return yield gap(0, 'bomb', `more than ${limits.entries} members`)
    let next = await nextHeader(bytes, at)
    // A member that states more bytes than there are hides no other.
    if (next.header === null && last !== null && returns-- > 0 && (await bytes.read(last.end - 1, 1)).length === 0) {
      const inside = await nextHeader(bytes, last.data)
      if (inside.header !== null) next = inside
    }
    last = null
    if (next.skipped > 0)
      yield gap(next.skipped, 'corrupt', `${next.skipped} bytes from ${at} on are no member of the archive`)
    if (next.header === null) {
      if (next.cut) yield gap(0, 'truncated', 'the archive has no end mark: members behind the last may be missing')
      return
    }
    const entry = await entryAt(bytes, next.header, next.at, shared)
    if ('broken' in entry) {
      yield gap(entry.end - next.at, entry.reason, `${entry.broken}, in the header at ${next.at}`)
      at = entry.end
      continue
    }
    at = entry.end
    for (const one of entry.lost) yield gap(one.size, 'corrupt', one.detail)
    if (entry.stored > 0) last = entry
    if (entry.folder) continue
    const name = shortenName(entry.name)
    const twice = seen.has(name)
    if (seen.size < limits.entries) seen.add(name)
    // What can only be unpacked front to back would have to be unpacked anew for each.
    const whole = isForward(bytes) ? entry : files.withContent(entry)
    if (!isForward(bytes)) files.add(name, whole)
    yield inside(whole, index, outer, twice, bytes, next.skipped > 0)
    yield* additionAsFile(bytes, entry, gap)
    yield* hiddenBehind(bytes, entry, gap)
  }
}

type ToGap = (size: number, reason: ListingGap['reason'], detail: string) => ListingGap

/** Names that programs give the long names and the attributes of members. */
const ofAdditions = /(?:^|\/)(?:@LongLink|@PaxHeader|PaxHeaders?(?:\.\d{1,10})?)(?:\/|$)/

/** The name or attributes of the member behind it, marked as a file: that member has a name that was cut, or none. */
async function* additionAsFile(bytes: RandomBytes, entry: Entry, gap: ToGap): AsyncGenerator<ListingGap> {
  if (entry.stored === 0 || !ofAdditions.test(entry.name)) return
  const first = await bytes.read(entry.at, Math.min(entry.stored, 64))
  if (entry.name.endsWith('@LongLink') || /^\d{1,10} [\w.]{1,40}=/.test(first.toString('latin1')))
    yield gap(0, 'corrupt', `${shortenName(entry.name)} is marked as a file, in the header at ${entry.at - block}`)
}

/** The last block of a content is filled with zeros: other bytes there are of a file that is longer than its header says. */
async function* hiddenBehind(bytes: RandomBytes, entry: Entry, gap: ToGap): AsyncGenerator<ListingGap> {
  const from = entry.at + entry.stored
  if (from >= entry.end) return
  const rest = await bytes.read(from, entry.end - from)
  if (rest.some((byte) => byte !== 0))
    yield gap(rest.length, 'corrupt', `bytes behind ${shortenName(entry.name)} in its last block, at ${from}`)
}

/**
 * A hard link is the file itself under a second name, which may be the one that tells: a page of a web root is one when it also lies
 * elsewhere. Its content stands before it in the archive, under the first name. All links together give no more than the archive
 * holds, so that a small one cannot make days of reading.
 */
class LinkedFiles {
  readonly #files = new Map<string, Entry>()
  #left: number

  constructor(size: number) {
    this.#left = size
  }

  add(name: string, entry: Entry): void {
    if (this.#files.size < most.linked) this.#files.set(name, entry)
  }

  withContent(entry: Entry): Entry {
    const first = entry.link === null ? undefined : this.#files.get(shortenName(entry.link))
    if (first === undefined) return entry
    this.#left -= first.size
    if (this.#left < 0)
      return { ...entry, refused: { reason: 'bomb', detail: 'more hard links than the archive holds' } }
    const { data, size, stored, runs, refused } = first
    return {
      ...entry,
      data,
      size,
      stored,
      runs,
      refused,
      notes: [...entry.notes, `a hard link to ${shortenName(first.name)}`],
    }
  }
}

type Next = {
  /** Null: the end, `cut` when no zeros mark it. */
  readonly header: Header | null
  readonly at: number
  readonly skipped: number
  readonly cut: boolean
}

/**
 * The next header at or behind `from`. Blocks of zeros end an archive, but another may be written behind it. `skipped`
 * bytes before the header or the end were neither.
 */
async function nextHeader(bytes: RandomBytes, from: number): Promise<Next> {
  const search = cursor(bytes)
  let [skipped, zeros] = [0, 0]
  for (let at = from; ; at += block) {
    const raw = at === from ? await bytes.read(at, block) : await search(at, block)
    if (raw.length === block && isHeader(raw)) return { header: readTarHeader(raw), at, skipped, cut: false }
    if (raw.every((b) => b === 0)) zeros += raw.length
    else skipped += raw.length
    if (raw.length === block) continue
    await bytes.read(at + raw.length, 1) // says why, when the stream around the archive breaks off
    return { header: null, at, skipped, cut: zeros < block }
  }
}

type Entry = {
  readonly name: string
  /** The name of the file that a hard link is; null for all else. */
  readonly link: string | null
  readonly size: number
  readonly modified: number | null
  readonly data: number
  /** Where what is stored of it begins, and how much that is. */
  readonly at: number
  readonly stored: number
  /** Offset of the next header. */
  readonly end: number
  readonly folder: boolean
  readonly refused: MemberRefusal | null
  readonly runs: readonly SparseRun[] | null
  readonly notes: readonly string[]
  /** What stands before it as names and attributes and is neither: a file whose type was exchanged, as it may be. */
  readonly lost: readonly Lost[]
}
type Lost = { readonly size: number; readonly detail: string }
/** What the members of an archive share: pax records for all that follow, and what reads maps of sparse files. */
type Shared = { readonly globals: Map<string, Buffer>; readonly mapBlock: MapBlock }
type Broken = { readonly broken: string; readonly reason: 'corrupt' | 'truncated' | 'bomb'; readonly end: number }

/** A member with the headers that add to it: pax records and GNU long names stand before its own header. */
async function entryAt(
  bytes: RandomBytes,
  first: Header,
  start: number,
  { globals, mapBlock }: Shared,
): Promise<Entry | Broken> {
  const local = new Map<string, Buffer>()
  const lost: Lost[] = []
  let runs: SparseRun[] = []
  let link: Addition | null = null
  let long: Addition | null = null
  let header = first
  let at = start
  for (let added = 0; ; added++) {
    const { size } = header
    if (size === null || size < 0) return { broken: 'a size that is no size', reason: 'corrupt', end: at + block }
    if (!/[LKxgX]/.test(header.type)) break
    if (added === most.additions)
      return { broken: `more than ${most.additions} headers for one member`, reason: 'bomb', end: at + block }
    if (size > additions)
      return { broken: `${size} bytes of names and attributes`, reason: 'bomb', end: at + block + padded(size) }
    const data = await bytes.read(at + block, padded(size))
    if (data.length < size)
      return { broken: 'the header breaks off', reason: 'truncated', end: at + block + data.length }
    const addition: Addition = { at, size, name: header.name, data: data.subarray(0, size) }
    if (data.subarray(size).some((byte) => byte !== 0)) lost.push(lostIn(addition))
    if (header.type === 'L') {
      long = addition
      local.set('path', cut(addition.data))
    } else if (header.type === 'K') {
      link = addition
      local.set('linkpath', cut(addition.data))
    } else {
      const pax = paxRecords(addition.data)
      if (pax.broken) lost.push(lostIn(addition))
      // For all that follow only a time can be meant: one name, size or map for all would hide them.
      const isGlobal = header.type === 'g'
      for (const [key, value] of pax.records) {
        if (!isGlobal) local.set(key, value)
        else if (key === 'mtime') globals.set(key, value)
      }
      if (pax.sparse.length > 0 && !isGlobal) runs = pax.sparse
    }
    at += block + padded(size)
    const raw = await bytes.read(at, block)
    if (raw.length < block || !isHeader(raw))
      return {
        broken: 'no member follows its long name or attributes',
        reason: raw.length < block ? 'truncated' : 'corrupt',
        end: at,
      }
    header = readTarHeader(raw)
  }
  if (link !== null && !/[12]/.test(header.type)) lost.push(lostIn(link))
  if (long !== null && !isLongNameOf(long, header)) {
    lost.push(lostIn(long))
    local.delete('path')
  }
  return await entryOf(mapBlock, header, at, new Map([...globals, ...local]), runs, lost)
}

/** A header that adds to a member, and what it holds. */
type Addition = { readonly at: number; readonly size: number; readonly name: string; readonly data: Buffer }

function lostIn({ at, size }: Addition): Lost {
  return { size, detail: `the names or attributes at ${at} are none: they may be a file` }
}

/** Signs that no name of a file of Windows has: what does is the content of a file. */
const noName = /[\x01-\x1f<>"|?*]/

/** Is this the long name of the member behind it, as its own header or that of the member says? */
function isLongNameOf({ data, name }: Addition, { raw }: Header): boolean {
  const long = cut(data)
  if (data.subarray(long.length).some((byte) => byte !== 0) || noName.test(long.toString('latin1'))) return false
  const own = cut(raw.subarray(0, 100))
  return name.includes('@LongLink') || long.subarray(0, own.length).equals(own)
}

async function entryOf(
  mapBlock: MapBlock,
  header: Header,
  at: number,
  pax: ReadonlyMap<string, Buffer>,
  paxRuns: readonly SparseRun[],
  lost: readonly Lost[],
): Promise<Entry | Broken> {
  // Links, devices and folders have no data, whatever their size says.
  const bare = /[1-6]/.test(header.type)
  const paxSize = pax.get('size')
  const stated = paxSize === undefined ? header.size! : decimal(paxSize)
  if (stated === null) return { broken: 'a size that is no size', reason: 'corrupt', end: at + block }
  const stored = bare ? 0 : stated
  let data = at + block
  if (data + padded(stored) > Number.MAX_SAFE_INTEGER)
    return { broken: `a size of ${stored} bytes`, reason: 'corrupt', end: at + block }

  const notes: string[] = []
  const long = pax.get('GNU.sparse.name') ?? pax.get('path') ?? Buffer.alloc(0)
  const name = decodeName(long.subarray(0, most.name)) || header.name
  if (long.length > most.name) notes.push(`name of ${long.length} bytes, cut`)
  const seconds = pax.get('mtime')?.toString('latin1') ?? ''
  const modified = /^-?\d{1,12}(?:\.\d*)?$/.test(seconds) ? millis(Number(seconds)) : header.modified
  const link = header.type === '1' ? decodeName(pax.get('linkpath') ?? Buffer.alloc(0)) || header.link : null
  const common = {
    name,
    link,
    modified,
    notes,
    lost,
    // A folder holds nothing: what does is a file whose name was cut.
    folder: header.type === '5' || (/[0\0]/.test(header.type) && name.endsWith('/') && stored === 0),
  }
  const end = data + padded(stored)
  const whole = { ...common, size: stored, data, at: data, stored, end, runs: null, refused: refusalOf(header) }

  // Sparse files: the stored runs one behind the other, and a map of where they belong.
  if (header.type === 'S') {
    const old = await oldGnuRuns(mapBlock, header, data, most.runs)
    if (old === null) return { ...whole, refused: badMap }
    data = old.data
    return sparseOf({ ...whole, data, at: data, end: data + padded(stored) }, old.runs, old.size, stored)
  }
  const real = decimal(pax.get('GNU.sparse.realsize') ?? pax.get('GNU.sparse.size'))
  if (real === null) return whole
  if (pax.get('GNU.sparse.major')?.toString('latin1') !== '1') {
    const map = pax.get('GNU.sparse.map')?.toString('latin1') ?? ''
    const runs = map === '' ? paxRuns : pairs(map.split(',', most.runs * 2).map(Number))
    return sparseOf(whole, runs, real, stored)
  }
  const map = await mapAt(mapBlock, data, stored)
  if (map === null) return { ...whole, refused: badMap }
  return sparseOf({ ...whole, data: data + map.length }, map.runs, real, stored - map.length)
}

const badMap: MemberRefusal = { reason: 'corrupt', detail: 'sparse file whose map cannot be read' }

function sparseOf(entry: Entry, runs: readonly SparseRun[], size: number | null, stored: number): Entry {
  if (size === null || runs.length > most.runs || !areSound(runs, size, stored)) return { ...entry, refused: badMap }
  const filled = { ...entry, size, runs }
  if (size > sparse.size && size > stored * sparse.ratio)
    return { ...filled, refused: { reason: 'bomb', detail: `sparse file: ${stored} bytes stored for ${size}` } }
  return filled
}

/** The map of a sparse file of pax format 1.0: decimal lines before the data, in blocks of their own. */
async function mapAt(
  mapBlock: MapBlock,
  data: number,
  stored: number,
): Promise<{ runs: SparseRun[]; length: number } | null> {
  const values: number[] = []
  let rest = ''
  for (let length = block; length <= Math.min(stored, most.runs * 32); length += block) {
    const raw = await mapBlock(data + length - block)
    const lines = (rest + (raw?.toString('latin1') ?? '')).split('\n')
    rest = lines.pop()!
    for (const line of lines) {
      if (!/^\d{1,15}$/.test(line) || (values.length === 0 && Number(line) > most.runs)) return null
      values.push(Number(line))
      if (values.length === 1 + values[0]! * 2) return { runs: pairs(values.slice(1)), length }
    }
    if (raw === null || rest.length > 15) return null
  }
  return null
}

const types: Readonly<Record<string, string>> = {
  1: 'a hard link',
  2: 'a link',
  3: 'a device',
  4: 'a device',
  6: 'a pipe',
}

function refusalOf(header: Header): MemberRefusal | null {
  const what = types[header.type]
  if (what === undefined) {
    if (/[0\0' 7SD]/.test(header.type)) return null
    if (/[MVN]/.test(header.type))
      return { reason: 'unsupported', detail: `a part of type ${JSON.stringify(header.type)} in the archive` }
    return null // POSIX: types that are not known are files
  }
  const to = /[12]/.test(header.type) ? ` to ${JSON.stringify(header.link.slice(0, 200))}` : ''
  return { reason: 'policy', detail: `not followed: ${what}${to} in the archive` }
}

function inside(
  entry: Entry,
  index: number,
  outer: Outer,
  twice: boolean,
  bytes: RandomBytes,
  rescued: boolean,
): ContainerMember {
  const { data, size, runs, refused } = entry
  const name = shortenName(entry.name.replace(/^(?:\.\/)+|(?<=[^/])\/$/g, '') || entry.name)
  const beyond = Math.max(0, data + entry.stored - bytes.size)
  const notes = [
    ...entry.notes,
    ...(twice ? ['a member of this name stands before it in the archive; both are read'] : []),
    ...(rescued ? ['found behind damaged bytes of the archive'] : []),
    ...(beyond > 0 ? [`${entry.stored} bytes stated, the archive ends ${beyond} bytes before`] : []),
  ]
  return {
    step: { in: 'tar', index, data, size, ...(runs !== null && { runs }) },
    path: outer.prefix + name,
    windowsPath: windowsPathIn(outer, name),
    size: refused?.reason === 'policy' ? 0 : size,
    modified: entry.modified,
    ...(refused !== null && { refused }),
    ...(notes.length > 0 && { note: notes.join('; ') }),
  }
}

function cut(data: Buffer): Buffer {
  const nul = data.indexOf(0)
  return nul < 0 ? data : data.subarray(0, nul)
}

function padded(size: number): number {
  return Math.ceil(size / block) * block
}
