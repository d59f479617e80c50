import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { piecesOf, type RandomBytes } from '../lib/bytes.ts'
import { EvidenceError, gapReasonOf, headLength } from './container.ts'
import type { Container, Folder, FolderStep, Inside, ListingGap, Outer, Refusal } from './container.ts'
import { windowsPathOf } from './windows-paths.ts'

/** A folder with all that lies below it; links are named, never followed. */
export const directory: Container = {
  name: 'folder',
  recognise: () => false, // a folder has no bytes; `openEvidence` knows it by its kind

  async *list({ folder }: Folder, outer: Outer): AsyncGenerator<Inside | ListingGap> {
    // One sorted list of names a level; the file system's own order is never seen.
    const levels: Named[][] = [await namesIn(folder, '').catch((e: unknown) => [lost('', e)])]
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const next = level.pop()
      if (next === undefined) levels.pop()
      else if ('gap' in next)
        yield { ...next.gap, path: next.gap.path === '' ? outer.path : outer.prefix + next.gap.path }
      else if (next.stats.isDirectory())
        levels.push(await namesIn(folder, next.path).catch((e: unknown) => [lost(next.path, e)]))
      else yield inside(next, level, outer)
    }
  },

  async peek({ folder }: Folder, step: FolderStep) {
    return beginningOf(native(folder, step.path), () => headLength)
  },

  async *read({ folder }: Folder, step: FolderStep) {
    const path = native(folder, step.path)
    const whole = beginningOf(path, (size) => (size <= small ? size : 0))
    if (whole.length > 0) {
      yield whole
      return
    }
    const bytes = await fileBytes(path)
    try {
      yield* piecesOf(bytes, 0, bytes.size)
    } finally {
      await bytes.close()
    }
  },

  at: ({ folder }: Folder, step: FolderStep) => fileBytes(native(folder, step.path)),
}

/**
 * A file for reading only, with the size that it had when it was opened. Neither a link nor a pipe that took its place
 * since is opened. A file that became shorter ends in `changed`.
 */
export async function fileBytes(path: string | Buffer): Promise<RandomBytes> {
  const file = await open(path, readOnly)
  const stats = await file.stat()
  if (!stats.isFile()) {
    await file.close()
    throw new EvidenceError('policy', `not opened: ${kindOf(stats)}`)
  }
  const { size } = stats
  return {
    size,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset))
      const data = Buffer.allocUnsafeSlow(wanted)
      let got = 0
      while (got < wanted) {
        const { bytesRead } = await file.read(data, got, wanted - got, offset + got)
        if (bytesRead === 0) break
        got += bytesRead
      }
      if (got === 0 && wanted > 0)
        throw new EvidenceError('changed', `${size} bytes when opened, ends at ${offset} now`)
      return data.subarray(0, got)
    },
    close: () => file.close(),
  }
}

const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** A file up to this size is opened, read and closed in one go: of many small files each wait is most of the work. */
const small = 256 * 1024

/** The first bytes of a file, as many as `length` wants of its size. */
function beginningOf(path: string | Buffer, length: (size: number) => number): Buffer {
  const file = openSync(path, readOnly)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new EvidenceError('policy', `not opened: ${kindOf(stats)}`)
    const data = Buffer.allocUnsafeSlow(Math.min(length(stats.size), stats.size))
    let got = 0
    while (got < data.length) {
      const n = readSync(file, data, got, data.length - got, got)
      // It became shorter: who streams it finds out where it ends.
      if (n === 0) return data.subarray(0, 0)
      got += n
    }
    return data
  } finally {
    closeSync(file)
  }
}

// ---------------------------------------------------------------- names

type Found = { readonly path: string; readonly stats: Stats }
type Named = Found | { readonly gap: ListingGap }

/** What lies in one folder, last first. */
async function namesIn(folder: string, path: string): Promise<Named[]> {
  const names = (await readdir(native(folder, path), { encoding: 'buffer' })).map(textOf)
  const found = names.map((name): Named => {
    const below = path === '' ? name : `${path}/${name}`
    try {
      return { path: below, stats: lstatSync(native(folder, below)) }
    } catch (error) {
      return lost(below, error)
    }
  })
  // A folder sorts by its name with `/`, so that the whole listing is in the order of the paths.
  const keyed = found.map((f) => [sortKey(f), f] as const)
  return keyed.sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0)).map(([, f]) => f)
}

function sortKey(found: Named): string {
  if ('gap' in found) return found.gap.path
  return found.stats.isDirectory() ? `${found.path}/` : found.path
}

function lost(path: string, error: unknown): { gap: ListingGap } {
  const reason = gapReasonOf(error)
  if (reason === null) throw error
  return { gap: { path, size: 0, reason, detail: `cannot be listed: ${(error as NodeJS.ErrnoException).code}` } }
}

function inside({ path, stats }: Found, rest: readonly Named[], outer: Outer): Inside {
  const refused = refusalOf(stats)
  const note = sparseNote(path, rest)
  return {
    step: { in: 'folder', path },
    path: outer.prefix + path,
    windowsPath: windowsPathOf(outer.within + path),
    size: stats.isFile() ? stats.size : 0,
    modified: Math.floor(stats.mtimeMs),
    ...(refused && { refused }),
    ...(note !== null && { note }),
  }
}

/** Zeros that no disk holds are not worth days of reading. */
const sparse = { size: 64 * 2 ** 30, ratio: 200 }

function refusalOf(stats: Stats): Refusal | null {
  if (!stats.isFile()) return { reason: 'policy', detail: `not followed or opened: ${kindOf(stats)}` }
  const held = stats.blocks * 512
  if (stats.size > sparse.size && held * sparse.ratio < stats.size)
    return { reason: 'bomb', detail: `sparse file: ${held} bytes on disk for ${stats.size}` }
  return null
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a link'
  if (stats.isDirectory()) return 'a folder'
  if (stats.isFIFO()) return 'a pipe'
  if (stats.isSocket()) return 'a socket'
  return 'a device'
}

/** The `.idx` beside a sparse file sorts right behind it, so it is still among the rest of its folder. */
function sparseNote(path: string, rest: readonly Named[]): string | null {
  if (!/(?:^|\/)uploads\//.test(path)) return null
  return rest.some((r) => 'path' in r && r.path === `${path}.idx`) ? sparseFileNote : null
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

function native(folder: string, path: string): string | Buffer {
  const full = path === '' ? folder : `${folder}/${path}`
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
