import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { PosternError } from '../../lib/errors.ts'
import { type Baseline, baselineKey, compareBuildNames, firstFolder, type BaselineRow, type Span } from './baseline.ts'
import { greatestOf, leastOf } from '../../lib/collections.ts'

/**
 * The packed form of a baseline: hundreds of thousands of rows, small on disk and quick to load and to ask.
 *
 *     postern-baseline/1\n
 *     u32 length of the packed tables, u32 their length when unpacked, u32 number of digests (little-endian)
 *     tables, Brotli: a line of JSON {origin, builds}, the number of paths and rows (varint), the paths (UTF-8, sorted,
 *       each ended by \n), the number of rows of each path, and of each row: its digest, lowest and highest build
 *     digests: 16 bytes each, in the order in which rows first name them
 *
 * The digest of a row is 0 for the next new one, else how far back it lies. All numbers are varints (LEB128), a column
 * at a time. 16 of 32 bytes of SHA-256 are kept: to find a file that passes for one of 2^17 known ones takes 2^111 tries.
 */
const MAGIC = Buffer.from('postern-baseline/1\n')
const DIGEST = 16
/** Ten times the tables of ours; what claims more is no baseline. */
const LARGEST = 64 * 1024 * 1024
/** As many as the number of a build can name. */
const MOST_BUILDS = 65_535

export function isPacked(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, MAGIC.length)).equals(MAGIC)
}

// ---------------------------------------------------------------- reading

/** Reads the packed form. `name` is shown. */
export function unpackBaseline(bytes: Uint8Array, name: string): Baseline {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const broken = (what: string): PosternError =>
    new PosternError('usage', `The baseline is incomplete: ${what}.`, { file: name })
  if (!isPacked(data) || data.length < MAGIC.length + 12) throw broken('its first bytes are others')
  const packed = data.readUInt32LE(MAGIC.length)
  const unpacked = data.readUInt32LE(MAGIC.length + 4)
  const count = data.readUInt32LE(MAGIC.length + 8)
  const from = MAGIC.length + 12
  if (unpacked > LARGEST || data.length !== from + packed + count * DIGEST) throw broken('its length is another')
  const digests = data.subarray(from + packed)
  let tables: Buffer
  try {
    tables = brotliDecompressSync(data.subarray(from, from + packed), { maxOutputLength: Math.max(1, unpacked) })
  } catch {
    throw broken('its tables cannot be unpacked')
  }
  if (tables.length !== unpacked) throw broken('its tables have another length')
  return new Packed(new Tables(tables, count, broken), digests, name, broken)
}

/** The columns, as arrays. */
class Tables {
  readonly origin: string
  readonly builds: readonly string[]
  readonly text: Buffer
  /** Where each path begins in `text`; one more for the end. */
  readonly starts: Uint32Array
  /** The first row of each path; one more for the end. */
  readonly first: Uint32Array
  readonly digest: Uint32Array
  readonly low: Uint16Array
  readonly high: Uint16Array
  readonly pathOf: Uint32Array

  constructor(bytes: Buffer, digests: number, broken: (what: string) => PosternError) {
    const line = bytes.indexOf(10)
    const head = headOf(bytes.toString('utf8', 0, Math.max(0, line)))
    if (!head) throw broken('its first line does not name its origin and builds')
    this.origin = head.origin
    this.builds = head.builds
    const numbers = new Numbers(bytes, line + 1)
    const paths = numbers.next()
    const rows = numbers.next()
    const letters = numbers.next()
    // Each takes at least a byte: a count that the bytes cannot hold is not believed.
    if (paths + rows * 3 + letters > bytes.length) throw broken('it claims more rows than it has bytes')
    this.text = bytes.subarray(numbers.at, numbers.at + letters)
    numbers.at += letters
    this.starts = new Uint32Array(paths + 1)
    for (let i = 1, at = 0; i <= paths; i++) {
      const end = this.text.indexOf(10, at)
      if (end < 0) throw broken('a path does not end')
      this.starts[i] = at = end + 1
    }
    this.first = new Uint32Array(paths + 1)
    this.pathOf = new Uint32Array(rows)
    for (let i = 0; i < paths; i++) {
      const next = this.first[i]! + numbers.next()
      if (next > rows) throw broken('a path has more rows than there are')
      this.first[i + 1] = next
      this.pathOf.fill(i, this.first[i], next)
    }
    this.digest = new Uint32Array(rows)
    for (let row = 0, seen = 0; row < rows; row++) {
      const back = numbers.next()
      const id = back === 0 ? seen++ : seen - back
      if (id < 0 || id >= digests) throw broken('a row names no digest')
      this.digest[row] = id
    }
    this.low = new Uint16Array(rows)
    this.high = new Uint16Array(rows)
    for (let row = 0; row < rows; row++) this.low[row] = numbers.next()
    for (let row = 0; row < rows; row++) this.high[row] = this.low[row]! + numbers.next()
    if (this.high.some((build) => build >= this.builds.length)) throw broken('a row names no build')
  }
}

function headOf(line: string): { readonly origin: string; readonly builds: readonly string[] } | null {
  let head: unknown
  try {
    head = JSON.parse(line)
  } catch {
    return null
  }
  if (typeof head !== 'object' || head === null) return null
  const { origin, builds } = head as { readonly origin?: unknown; readonly builds?: unknown }
  if (typeof origin !== 'string' || !Array.isArray(builds) || builds.length > MOST_BUILDS) return null
  return builds.every((build) => typeof build === 'string') ? { origin, builds } : null
}

class Numbers {
  at: number
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  next(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    return value
  }
}

class Packed implements Baseline {
  readonly name: string
  readonly #tables: Tables
  readonly #digests: Buffer
  /** Open addressing: number of a path or digest plus one; 0 is free. */
  readonly #byPath: Uint32Array
  readonly #byDigest: Uint32Array
  /** First row of each digest, and lowest and highest build over all its rows. */
  readonly #rowOf: Uint32Array
  readonly #low: Uint16Array
  readonly #high: Uint16Array
  /** Names of files and first folders, made when first asked for. */
  #names: ReadonlySet<string> | null = null
  #folders: ReadonlySet<string> | null = null

  constructor(tables: Tables, digests: Buffer, name: string, broken: (what: string) => PosternError) {
    this.#tables = tables
    this.#digests = digests
    this.name = name
    const paths = tables.starts.length - 1
    const byPath = table(paths, (i) => hashOf(tables.text, tables.starts[i]!, tables.starts[i + 1]! - 1))
    const count = digests.length / DIGEST
    const byDigest = table(count, (i) => digests.readUInt32LE(i * DIGEST))
    if (!byPath || !byDigest) throw broken('too many of its rows are alike')
    this.#byPath = byPath
    this.#byDigest = byDigest
    this.#rowOf = new Uint32Array(count)
    this.#low = new Uint16Array(count).fill(0xffff)
    this.#high = new Uint16Array(count)
    for (let row = tables.digest.length - 1; row >= 0; row--) {
      const id = tables.digest[row]!
      this.#rowOf[id] = row
      if (tables.low[row]! < this.#low[id]!) this.#low[id] = tables.low[row]!
      if (tables.high[row]! > this.#high[id]!) this.#high[id] = tables.high[row]!
    }
  }

  get origin(): string {
    return this.#tables.origin
  }

  get builds(): readonly string[] {
    return this.#tables.builds
  }

  get paths(): number {
    return this.#tables.starts.length - 1
  }

  get digests(): number {
    return this.#rowOf.length
  }

  hasPath(key: string): boolean {
    return this.#path(key) >= 0
  }

  hasName(name: string): boolean {
    this.#names ??= new Set(this.#paths().map((path) => path.slice(path.lastIndexOf('/') + 1)))
    return this.#names.has(name)
  }

  hasFolder(folder: string): boolean {
    this.#folders ??= new Set(this.#paths().map(firstFolder))
    return this.#folders.has(folder)
  }

  #paths(): string[] {
    return this.#tables.text.toString('utf8').split('\n').slice(0, -1)
  }

  atPath(key: string, sha256: string): Span | null {
    const path = this.#path(key)
    const id = path < 0 ? -1 : this.#digest(sha256)
    if (id < 0) return null
    const { first, digest, low, high } = this.#tables
    let span: [number, number] | null = null
    for (let row = first[path]!; row < first[path + 1]!; row++) {
      if (digest[row] !== id) continue
      span = span ? [Math.min(span[0], low[row]!), Math.max(span[1], high[row]!)] : [low[row]!, high[row]!]
    }
    return span && this.#span(span[0], span[1])
  }

  anywhere(sha256: string): (Span & { readonly key: string }) | null {
    const id = this.#digest(sha256)
    if (id < 0) return null
    const { pathOf, starts, text } = this.#tables
    const path = pathOf[this.#rowOf[id]!]!
    const key = text.toString('utf8', starts[path], starts[path + 1]! - 1)
    return { key, ...this.#span(this.#low[id]!, this.#high[id]!) }
  }

  #span(low: number, high: number): Span {
    return { from: this.builds[low] ?? '', to: this.builds[high] ?? '' }
  }

  #path(key: string): number {
    const bytes = Buffer.from(key)
    const { text, starts } = this.#tables
    return lookUp(this.#byPath, hashOf(bytes, 0, bytes.length), (i) => {
      const [start, end] = [starts[i]!, starts[i + 1]! - 1]
      return end - start === bytes.length && text.compare(bytes, 0, bytes.length, start, end) === 0
    })
  }

  #digest(sha256: string): number {
    const bytes = Buffer.from(sha256, 'hex')
    if (bytes.length !== 32) return -1
    return lookUp(this.#byDigest, bytes.readUInt32LE(0), (i) =>
      this.#digests.subarray(i * DIGEST, (i + 1) * DIGEST).equals(bytes.subarray(0, DIGEST)),
    )
  }
}

/** Null where so many hashes are the same that asking would take long: SHA-256 does not do that. */
function table(count: number, hash: (i: number) => number): Uint32Array | null {
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(count * 2 + 2)))
  let steps = 1_000 + count * 32
  for (let i = 0; i < count; i++) {
    let slot = hash(i) & (slots.length - 1)
    for (; slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) if (--steps < 0) return null
    slots[slot] = i + 1
  }
  return slots
}

function lookUp(slots: Uint32Array, hash: number, same: (i: number) => boolean): number {
  let slot = hash & (slots.length - 1)
  for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
    if (same(entry - 1)) return entry - 1
    slot = (slot + 1) & (slots.length - 1)
  }
  return -1
}

/** FNV-1a, 32 bit. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return hash ^ (hash >>> 15)
}

// ---------------------------------------------------------------- writing

/** Packs rows. The same rows give the same bytes. */
export function packBaseline(rows: readonly BaselineRow[], origin: string): Buffer {
  const builds = [...new Set(rows.flatMap(({ from, to }) => [from, to]))].sort(compareBuildNames)
  const index = new Map(builds.map((build, i) => [build, i]))
  const byPath = Map.groupBy(rows, ({ path }) => baselineKey(path))
  const paths = [...byPath.keys()].sort()
  const [counts, refs, lows, highs]: [number[], number[], number[], number[]] = [[], [], [], []]
  const ids = new Map<string, number>()
  const digests: Buffer[] = []
  for (const path of paths) {
    const own = mergedRows(byPath.get(path)!, index)
    counts.push(own.length)
    for (const { sha256, low, high } of own) {
      const known = ids.get(sha256)
      refs.push(known === undefined ? 0 : ids.size - known)
      if (known === undefined) {
        ids.set(sha256, ids.size)
        digests.push(Buffer.from(sha256.slice(0, DIGEST * 2), 'hex'))
      }
      lows.push(low)
      highs.push(high - low)
    }
  }
  const text = Buffer.from(paths.map((path) => `${path}\n`).join(''))
  const tables = Buffer.concat([
    Buffer.from(`${JSON.stringify({ origin, builds })}\n`),
    varints([paths.length, refs.length, text.length]),
    text,
    ...[counts, refs, lows, highs].map(varints),
  ])
  const packed = brotliCompressSync(tables, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: tables.length,
    },
  })
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(packed.length, 0)
  sizes.writeUInt32LE(tables.length, 4)
  sizes.writeUInt32LE(digests.length, 8)
  return Buffer.concat([MAGIC, sizes, packed, ...digests])
}

/** The rows of one path, one a digest, in the order of their builds. */
function mergedRows(
  rows: readonly BaselineRow[],
  index: ReadonlyMap<string, number>,
): { sha256: string; low: number; high: number }[] {
  const merged = [...Map.groupBy(rows, ({ sha256 }) => sha256)].map(([sha256, same]) => ({
    sha256,
    low: leastOf(
      same.map(({ from }) => index.get(from)!),
      0,
    ),
    high: greatestOf(
      same.map(({ to }) => index.get(to)!),
      0,
    ),
  }))
  return merged.sort((a, b) => a.low - b.low || a.high - b.high || (a.sha256 < b.sha256 ? -1 : 1))
}

function varints(numbers: readonly number[]): Buffer {
  const bytes: number[] = []
  for (let n of numbers) {
    while (n > 0x7f) {
      bytes.push((n & 0x7f) | 0x80)
      n = Math.floor(n / 128)
    }
    bytes.push(n)
  }
  return Buffer.from(bytes)
}
