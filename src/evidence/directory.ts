import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, type Stats } from 'node:fs'
import { refusal } from '../lib/errors.ts'
import type { RandomBytes } from '../lib/bytes.ts'
import { EvidenceError, gapReasonOf, HEAD_LENGTH } from './container.ts'
import type {
  Container,
  LocalFolder,
  FolderStep,
  ContainerMember,
  ListingGap,
  Outer,
  MemberRefusal,
} from './container.ts'
import { windowsPathsIn } from './windows-paths.ts'

/** A folder with all that lies below it; links are named, never followed. */
export const directory: Container = {
  name: 'folder',
  recognize: () => false, // a folder has no bytes; `openEvidence` knows it by its kind

  *list({ folder }: LocalFolder, outer: Outer): Generator<ContainerMember | ListingGap> {
    const sparse = new Sparse()
    // One sorted list of names a level; the file system's own order is never seen.
    const levels: Level[] = [levelOf(folder, '', outer)]
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const next = level.names.pop()
      if (next === undefined) levels.pop()
      else if ('gap' in next)
        yield { ...next.gap, path: next.gap.path === '' ? outer.path : outer.prefix + next.gap.path }
      else if (next.stats.isDirectory()) levels.push(levelOf(folder, next.path, outer))
      else yield inside(next, level, outer, sparse)
    }
  },

  peek({ folder }: LocalFolder, step: FolderStep) {
    return readBeginning(native(folder, step.path), beginning, () => HEAD_LENGTH, ending) ?? beginning.subarray(0, 0)
  },

  async *read({ folder }: LocalFolder, step: FolderStep) {
    const path = native(folder, step.path)
    const whole = readBeginning(path, smallest, (size) => (size <= smallest.length ? size : null))
    if (whole !== null) {
      // What was read last is overwritten by what is read next.
      if (whole.length > 0) yield Buffer.from(whole)
      return
    }
    yield* piecesNow(path, freshPiece)
  },

  at: ({ folder }: LocalFolder, step: FolderStep) => fileBytes(native(folder, step.path)),
}

/**
 * A file for reading only, with the size that it had when it was opened. Neither a link nor a pipe that took its place
 * since is opened. A file that became shorter ends in `changed`.
 */
export async function fileBytes(path: string | Buffer): Promise<RandomBytes> {
  const file = openSync(path, readOnly)
  let size = 0
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new EvidenceError('policy', `not opened: ${kindOf(stats)}`)
    size = stats.size
  } catch (error) {
    closeSync(file)
    throw error
  }
  const fill = (into: Buffer, offset: number): number => {
    let got = 0
    while (got < into.length) {
      const bytesRead = readSync(file, into, got, into.length - got, offset + got)
      if (bytesRead === 0) break
      got += bytesRead
    }
    if (got === 0 && into.length > 0)
      throw new EvidenceError('changed', `${size} bytes when opened, ends at ${offset} now`)
    return got
  }
  const own = {}
  let open = true
  return {
    size,
    async read(offset, length) {
      // Its number may belong to another file by now.
      if (!open) throw new EvidenceError('ioerror', 'read after it was closed')
      const wanted = Math.max(0, Math.min(length, size - offset))
      if (wanted === 0 || wanted > NEAR / 2) {
        const data = Buffer.allocUnsafeSlow(wanted)
        return data.subarray(0, fill(data, offset))
      }
      if (near.of !== own || offset < near.from || offset + wanted > near.to) {
        near.of = null
        near.to = offset + fill(near.bytes.subarray(0, Math.min(NEAR, size - offset)), offset)
        near.from = offset
        near.of = own
      }
      return Buffer.from(near.bytes.subarray(offset - near.from, Math.min(near.to, offset + wanted) - near.from))
    },
    async close() {
      if (open) closeSync(file)
      open = false
    },
  }
}

/** So much is read where a little is asked for. */
const NEAR = 8 * 1024
/** What was read last of this thread's files: headers and names of an archive lie side by side and are asked for one by one. */
const near: { of: object | null; from: number; to: number; readonly bytes: Buffer } = {
  of: null,
  from: 0,
  to: 0,
  bytes: Buffer.allocUnsafeSlow(NEAR),
}

/**
 * The bytes of a file in order, each piece read without waiting: one after another is what a disk does best, and a thread
 * has nothing else to do meanwhile.
 */
function* piecesNow(path: string | Buffer, room: () => Buffer): Generator<Buffer> {
  const file = openSync(path, readOnly)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new EvidenceError('policy', `not opened: ${kindOf(stats)}`)
    for (let at = 0; at < stats.size; ) {
      const piece = room().subarray(0, stats.size - at)
      const got = readSync(file, piece, 0, piece.length, at)
      if (got === 0) throw new EvidenceError('changed', `${stats.size} bytes when opened, ends at ${at} now`)
      at += got
      yield piece.subarray(0, got)
    }
    const { size, mtimeMs } = fstatSync(file)
    if (size !== stats.size) throw new EvidenceError('changed', `${stats.size} bytes when opened, ${size} at the end`)
    if (mtimeMs !== stats.mtimeMs) throw new EvidenceError('changed', 'written to while it was read')
  } finally {
    closeSync(file)
  }
}

const PIECE = 256 * 1024

/** Memory for a piece of a file. */
export const freshPiece = (): Buffer => Buffer.allocUnsafeSlow(PIECE)

const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** What `peek` reads into: its caller looks at it at once. */
const beginning = Buffer.allocUnsafeSlow(HEAD_LENGTH)
/** A file up to this size is opened, read and closed in one go: of many small files each wait is most of the work. */
const smallest = Buffer.allocUnsafeSlow(256 * 1024)

/**
 * The whole of a small file below a folder, read at once into `into`; null when it is larger than that, or became shorter
 * meanwhile: who streams it finds out where it ends. Throws the errors of the operating system, and `EvidenceError`.
 */
export function readSmall(folder: string, path: string, into: Buffer): Buffer | null {
  return readBeginning(native(folder, path), into, (size) => (size <= into.length ? size : null))
}

/**
 * The bytes of a file below a folder, in order, each piece read into the memory that `room` gives. Throws the errors of the
 * operating system, and `EvidenceError`.
 */
export function readPieces(folder: string, path: string, room: () => Buffer): Generator<Buffer> {
  return piecesNow(native(folder, path), room)
}

/** The end of the file that was looked at last; empty where that was not looked for. */
export function lastEnding(): Uint8Array {
  return ending.bytes.subarray(0, ending.length)
}

/** So much of the end of a file is looked at. */
const ending = { bytes: Buffer.allocUnsafeSlow(1024), length: 0 }

/** Does it begin as text? Logs are many, and to look at their ends is a way for a disk. */
function isText(head: Buffer): boolean {
  for (let i = 0; i < head.length && i < 64; i++) if (head[i]! < 9 || head[i]! > 126) return false
  return true
}

/** The first bytes of a file, as many as `length` wants of its size (null: none), and the last of one that is longer. */
function readBeginning(
  path: string | Buffer,
  into: Buffer,
  length: (size: number) => number | null,
  end?: typeof ending,
): Buffer | null {
  const file = openSync(path, readOnly)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new EvidenceError('policy', `not opened: ${kindOf(stats)}`)
    const wanted = length(stats.size)
    if (wanted === null) return null
    const most = Math.min(wanted, stats.size)
    let got = 0
    while (got < most) {
      const n = readSync(file, into, got, most - got, got)
      if (n === 0) return null
      got += n
    }
    if (end !== undefined) {
      const isAsked = stats.size > got && !isText(into.subarray(0, got))
      const at = Math.max(0, stats.size - end.bytes.length)
      end.length = isAsked ? readSync(file, end.bytes, 0, stats.size - at, at) : 0
    }
    return into.subarray(0, got)
  } finally {
    closeSync(file)
  }
}

// ---------------------------------------------------------------- names

type Found = { readonly path: string; readonly stats: Stats }
type Named = Found | { readonly gap: ListingGap }
/** What lies in one folder, last first; `indexes`: the names among them that are an index of another file. */
type Level = {
  readonly names: Named[]
  readonly indexes: ReadonlySet<string>
  readonly windowsPath: (name: string) => string | null
  readonly own: number
}

function levelOf(folder: string, path: string, outer: Outer): Level {
  const prefix = path === '' ? '' : `${path}/`
  const names = namesIn(folder, path, prefix)
  return {
    names,
    indexes: new Set(names.flatMap((each) => ('path' in each && each.path.endsWith('.idx') ? [each.path] : []))),
    windowsPath: windowsPathsIn(outer.within + prefix),
    own: prefix.length,
  }
}

function namesIn(folder: string, path: string, prefix: string): Named[] {
  let names: string[]
  try {
    names = namesOf(native(folder, path))
  } catch (error) {
    return [lost(path, error)]
  }
  // A folder sorts by its name with `/`, so that the whole listing is in the order of the paths.
  const found = names.map((name): readonly [string, Named] => {
    const below = prefix + name
    try {
      const stats = lstatSync(native(folder, below))
      return [stats.isDirectory() ? `${name}/` : name, { path: below, stats }]
    } catch (error) {
      return [name, lost(below, error)]
    }
  })
  return found.sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0)).map(([, each]) => each)
}

/** Names that are no UTF-8 show themselves by the replacement character; they are asked for again, as bytes. */
function namesOf(folder: string | Buffer): string[] {
  const names = readdirSync(folder, 'utf8')
  if (!names.some((name) => name.includes('\ufffd'))) return names
  return readdirSync(folder, { encoding: 'buffer' }).map(textOf)
}

function lost(path: string, error: unknown): { gap: ListingGap } {
  const reason = gapReasonOf(error)
  if (reason === null) throw error
  return {
    gap: { path, size: 0, reason, detail: `cannot be listed: ${refusal((error as NodeJS.ErrnoException).code)}` },
  }
}

function inside(
  { path, stats }: Found,
  { indexes, windowsPath, own }: Level,
  outer: Outer,
  sparse: Sparse,
): ContainerMember {
  const isFile = stats.isFile()
  const plain: ContainerMember = {
    step: { in: 'folder', path },
    path: outer.prefix + path,
    windowsPath: windowsPath(path.slice(own)),
    size: isFile ? stats.size : 0,
    modified: Math.floor(stats.mtimeMs),
  }
  const refused = isFile
    ? sparse.refusalOf(stats)
    : ({ reason: 'policy', detail: `not followed or opened: ${kindOf(stats)}` } as const)
  const note = sparseNote(path, indexes)
  return refused === null && note === null
    ? plain
    : { ...plain, ...(refused && { refused }), ...(note !== null && { note }) }
}

/** Zeros that no disk holds are not worth days of reading: files of hardly anything else are read up to a maximum. */
class Sparse {
  #left = 64 * 2 ** 30

  refusalOf({ size, blocks }: Stats): MemberRefusal | null {
    const held = blocks * 512
    if (size < SPARSE.size || held * SPARSE.ratio >= size) return null
    if (size <= this.#left) {
      this.#left -= size
      return null
    }
    return { reason: 'bomb', detail: `sparse file: ${held} bytes on disk for ${size}` }
  }
}

const SPARSE = { size: 2 ** 20, ratio: 200 }

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a link'
  if (stats.isDirectory()) return 'a folder'
  if (stats.isFIFO()) return 'a pipe'
  if (stats.isSocket()) return 'a socket'
  return 'a device'
}

function sparseNote(path: string, indexes: ReadonlySet<string>): string | null {
  return indexes.size > 0 && indexes.has(`${path}.idx`) && /(?:^|\/)uploads\//.test(path) ? sparseFileNote : null
}

/** What to know of a sparse file in a Velociraptor collection (https://docs.velociraptor.app/docs/file_collection/). */
export const sparseFileNote =
  'sparse file: holds its data runs one after another; the .idx file beside it has their places'

/**
 * Names as text. Linux names are bytes: those that are not UTF-8 stand as lone surrogates U+DC80–U+DCFF, one a byte, so
 * that the name is kept and the file can be opened again (PEP 383).
 */
function textOf(name: Buffer): string {
  const text = name.toString('utf8')
  if (!text.includes('\ufffd') || Buffer.from(text).equals(name)) return text
  let out = ''
  for (let i = 0; i < name.length; ) {
    const length = characterLength(name, i)
    out += length === 0 ? String.fromCharCode(0xdc00 + (name[i] ?? 0)) : name.toString('utf8', i, i + length)
    i += Math.max(1, length)
  }
  return out
}

/** Length of the UTF-8 character at `i`; 0 when there is none. */
function characterLength(name: Buffer, i: number): number {
  const first = name[i] ?? 0
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (length < 2) return length
  const character = name.subarray(i, i + length)
  return character.length === length && Buffer.from(character.toString('utf8')).equals(character) ? length : 0
}

/** Size and time of change of a file, the one at `folder` itself where there is no path; null where it may not be asked. */
export function stampOf(folder: string, path: string | null): string | null {
  try {
    const { size, mtimeMs } = lstatSync(path === null ? folder : native(folder, path))
    return `${size} ${mtimeMs}`
  } catch {
    return null
  }
}

function native(folder: string, path: string): string | Buffer {
  const full = path === '' ? folder : `${folder}/${path}`
  if (!/[\udc80-\udcff]/.test(full)) return full
  if (!/[\udc80-\udcff]/.test(full.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) return full
  const parts: Buffer[] = []
  for (const character of full) {
    const code = character.charCodeAt(0)
    parts.push(
      character.length === 1 && code >= 0xdc80 && code <= 0xdcff
        ? Buffer.from([code - 0xdc00])
        : Buffer.from(character),
    )
  }
  return Buffer.concat(parts)
}
