import { lstat, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PosternError, refusal } from '../lib/errors.ts'
import { bytePieces, type RandomBytes } from '../lib/bytes.ts'
import { unsupportedArchive } from './archives.ts'
import { type ReadFile, withNamedPaths, withOrigins } from './collections.ts'
import { withCompanions } from './companions.ts'
import { defaultLimits, EvidenceError, gapReasonOf, HEAD_LENGTH } from './container.ts'
import type {
  Container,
  Evidence,
  EvidenceLimits,
  ListingGap,
  Member,
  MemberRef,
  Missing,
  ContainerPlace,
  MemberRefusal,
  MemberStep,
} from './container.ts'
import { archives, evidenceError, isLoose, containerOf, packedStep } from './containers.ts'
import { directory, fileBytes, readPieces, readSmall } from './directory.ts'
import { forwardBytes, type ForwardBytes } from './forward.ts'
import { Held, heldBytes } from './held-bytes.ts'
import { type UnlistedFiles, existing, listMembers, type ListWatch, withinOf } from './listing.ts'

export { unsupportedArchive } from './archives.ts'
export { freshPiece, stampOf } from './directory.ts'
export { isLoose } from './containers.ts'
export { defaultLimits, EvidenceError, gapReasonOf } from './container.ts'
export type { Evidence, EvidenceLimits, ListingGap, Member, MemberRef, MemberRefusal, MemberStep } from './container.ts'
export { windowsPathOf } from './windows-paths.ts'

/** Opens one evidence input: a folder, an archive, or a single file. Nothing is ever written or unpacked to disk. */
export async function openEvidence(root: string, limits: Partial<EvidenceLimits> = {}): Promise<Evidence> {
  await existing(root)
  return { root, list: () => oneByOne(root, limits) }
}

/** What is said of files by their names and lists, and by the files beside them, is known when all are listed. */
async function* oneByOne(root: string, limits: Partial<EvidenceLimits>): AsyncGenerator<Member | ListingGap> {
  const { members, refused } = await listEvidence(root, limits)
  yield* members
  yield* refused
}

/** What an evidence input holds. */
export type ListedEvidence = {
  /** Every file, with the files that belong together. */
  readonly members: Member[]
  /** What could not be listed. */
  readonly refused: ListingGap[]
  /** What is there and was counted only. */
  readonly counted: UnlistedFiles[]
}

export type ListOptions = ListWatch & {
  /** Maximum of archives read at the same time. */
  readonly jobs?: number
  /** What collectors say of files is not looked at, nor which files belong together; why that is so. */
  readonly plain?: MemberRefusal
  /** Receives the number of files found, from time to time. */
  readonly onFound?: (files: number) => void
}

/** Everything that an evidence input holds. */
export async function listEvidence(
  root: string,
  limits: Partial<EvidenceLimits> = {},
  options: ListOptions = {},
): Promise<ListedEvidence> {
  const members: Member[] = []
  const refused: ListingGap[] = []
  const counted: UnlistedFiles[] = []
  const all = { ...defaultLimits, ...limits }
  const there = await existing(root)
  for await (const batch of listMembers(there, all, (each) => counted.push(each), options.jobs, options)) {
    for (const item of batch) {
      if ('ref' in item) members.push(item)
      else refused.push(item)
    }
    options.onFound?.(members.length)
  }
  const within = withinOf(basename(there.path))
  if (options.plain !== undefined) {
    refused.push({ path: there.isFolder ? '.' : basename(there.path), size: 0, ...options.plain })
    return { members: distinct([...withNamedPaths(members, within)]), refused, counted }
  }
  const read: ReadFile = (member, most) => headOf(member.ref, most, { limits })
  const known = await withOrigins(withNamedPaths(members, within), read, limits.passwords ?? [], within)
  return { members: distinct(withCompanions(known)), refused, counted }
}

/**
 * An archive may hold a name twice, and a tar to which was added does. What is said of a file is found by its path: those
 * behind the first lie in a folder with their number, `logs.tar!/⟨2⟩/C/a.log`.
 */
function distinct(members: Member[]): Member[] {
  const taken = new Map<string, number>()
  return members.map((member) => {
    const { path } = member
    const before = taken.get(path)
    taken.set(path, (before ?? 0) + 1)
    if (before === undefined) return member
    const at = path.lastIndexOf('!/') + 2
    const from = at === 1 ? 0 : at
    for (let number = before + 1; ; number++) {
      const own = `${path.slice(0, from)}⟨${number}⟩/${path.slice(from)}`
      if (taken.has(own)) continue
      taken.set(own, 1)
      taken.set(path, number)
      return { ...member, path: own }
    }
  })
}

/**
 * The whole of a small file that lies in a folder, read at once into `into`; null for any other member: that one is read
 * by `readMember`, and fails like it.
 */
export function readNow({ root, steps }: MemberRef, into: Buffer): Buffer | null {
  const step = steps[0]
  if (steps.length !== 1 || step?.in !== 'folder') return null
  try {
    return readSmall(root, step.path, into)
  } catch (error) {
    throw evidenceError(error, 0)
  }
}

/** A file that lies in a folder, to be read at any place; null for any other member. */
export async function openLoose(ref: MemberRef): Promise<RandomBytes | null> {
  const { root, steps } = ref
  const step = steps[0]
  if (!isLoose(ref) || step?.in !== 'folder') return null
  try {
    return await directory.at({ folder: root }, step, defaultLimits)
  } catch (error) {
    throw evidenceError(error, 0)
  }
}

/** How a member is read. */
export type ReadOptions = {
  readonly limits?: Partial<EvidenceLimits>
  /** Memory for each piece of a file that lies in a folder: who keeps no piece may give the same again. */
  readonly room?: () => Buffer
}

/**
 * The uncompressed bytes of a member, in order; in any thread, at any time. When they cannot be read to the end it
 * throws an `EvidenceError` with the reason and the number of bytes that came before, so that the caller makes a gap:
 * the size is then the larger of what was stated and what came.
 */
export async function* readMember(ref: MemberRef, options: ReadOptions = {}): AsyncGenerator<Uint8Array> {
  const limits = { ...defaultLimits, ...options.limits }
  const loose = options.room && ref.steps.length === 1 && ref.steps[0]?.in === 'folder' ? ref.steps[0].path : null
  let delivered = 0
  try {
    const bytes = loose === null ? bytesOf(ref, limits) : readPieces(ref.root, loose, options.room!)
    for await (const chunk of bytes) {
      delivered += chunk.length
      if (chunk.length > 0) yield chunk
    }
  } catch (error) {
    throw evidenceError(error, delivered)
  }
}

/** The first bytes of a member, up to `n`; fewer where it is shorter or breaks off. Never throws for damaged evidence. */
export async function headOf(ref: MemberRef, n = 65536, options: ReadOptions = {}): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of readMember(ref, options)) {
      parts.push(chunk)
      length += chunk.length
      if (length >= n) break
    }
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
  }
  return Buffer.concat(parts, Math.min(n, length))
}

/**
 * The stream that a member comes out of, when its archive can only be unpacked front to back, and how far on it lies
 * there; null when it can be had by itself. Who reads the members of one stream in their order unpacks it once.
 */
export function streamOf({ root, steps }: MemberRef): { readonly key: string; readonly at: number } | null {
  for (const [i, step] of steps.entries()) {
    const packed = i > 0 && !liesThere(steps[i - 1]!)
    const at = step.in === '7z' ? step.at : step.in === 'tar' && packed ? step.data : null
    // A single packed file is no archive of many.
    if (at !== null && !(step.in === '7z' && step.size === null))
      return { key: JSON.stringify([root, steps.slice(0, i)]), at }
  }
  return null
}

/** Can the bytes of this step be read at any place, as they lie in what is around them? */
function liesThere(step: MemberStep): boolean {
  return step.in === 'folder' || (step.in === 'zip' && step.method === 0 && step.encrypted !== 'zipcrypto')
}

/**
 * The servers in a folder of many: each folder and each archive (also one that cannot be opened, so that it is not
 * passed over in silence) right below it, in order of their names. Loose files and links are none.
 */
export async function eachServer(root: string): Promise<string[]> {
  const { path, isFolder } = await existing(root)
  if (!isFolder)
    throw new PosternError(
      'usage',
      `${root} is a file. --each needs a folder with one folder or archive for each server.`,
    )
  const servers: string[] = []
  for (const name of await namesIn(path, root)) if (await isServer(join(path, name))) servers.push(join(root, name))
  return servers
}

async function namesIn(path: string, root: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort()
  } catch (error) {
    if (gapReasonOf(error) === null) throw error
    throw new PosternError(
      'nothing-opened',
      `${root} cannot be listed: ${refusal((error as NodeJS.ErrnoException).code)}.`,
    )
  }
}

/** A path that cannot even be examined counts too: it fails alone, under its name. */
async function isServer(path: string): Promise<boolean> {
  let size = 0
  try {
    const stats = await lstat(path)
    if (!stats.isFile()) return stats.isDirectory()
    const bytes = await fileBytes(path)
    size = bytes.size
    await bytes.close()
  } catch (error) {
    if (gapReasonOf(error) === null) throw error
    return true
  }
  const head = await headOf({ root: path, steps: [] })
  // An archive may be packed as a file: `server.tar.gz`.
  const packed = packedStep(head)
  const inside = packed === null ? head : await headOf({ root: path, steps: [packed] }, HEAD_LENGTH)
  return archives.some((archive) => archive.recognize(inside, size)) || unsupportedArchive(head) !== null
}

// ---------------------------------------------------------------- reading

async function* bytesOf({ root, steps }: MemberRef, limits: EvidenceLimits): AsyncGenerator<Uint8Array> {
  const opened: RandomBytes[] = []
  const last = steps.at(-1)
  try {
    if (last === undefined) {
      const file = await fileBytes(root)
      opened.push(file)
      yield* bytePieces(file, 0, file.size)
    } else {
      const container = containerOf(last)
      const { place, key } = await placeOf(root, steps.slice(0, -1), container, limits, opened)
      yield* container.read(contentOf(container, place, key, root, steps.slice(0, -1), limits), last, limits)
    }
  } finally {
    for (const bytes of opened) await bytes.close()
  }
}

type Entered = { readonly place: ContainerPlace; readonly key: string }

/** Where `into` reads from: one container deeper with each step. What was opened on the way is to be closed. */
async function placeOf(
  root: string,
  steps: readonly MemberStep[],
  into: Container,
  limits: EvidenceLimits,
  opened: RandomBytes[],
): Promise<Entered> {
  let place: ContainerPlace = { folder: root }
  let key = JSON.stringify([root, limits])
  let at = 0
  const [first] = steps
  if (first?.in === 'folder') {
    const file = (await directory.at(place, first, limits))!
    opened.push((place = file))
    key += JSON.stringify(first) + file.size // a file that has changed since is another
    at = 1
  } else if ((first === undefined ? into.name : first.in) !== 'folder') {
    const file = await fileBytes(root)
    opened.push((place = file))
    key += file.size
  }
  const outside = key
  const keys = steps.map((step, i) => (i < at ? key : (key += JSON.stringify(step))))
  // The innermost archive that is held needs none of those around it.
  for (let i = steps.length - 1; i >= at; i--) {
    const there = held.get(keys[i]!)
    if (there === undefined) continue
    place = await there
    at = i + 1
    break
  }
  for (const [i, step] of steps.entries()) {
    if (i < at) continue
    const container = containerOf(step)
    const next = i + 1 < steps.length ? containerOf(steps[i + 1]!) : into
    const from = contentOf(container, place, keys[i - 1] ?? outside, root, steps.slice(0, i), limits)
    const there = await container.at(from, step, limits)
    place =
      there ??
      (next.forward
        ? reader(keys[i]!, () => bytesOf({ root, steps: steps.slice(0, i + 1) }, limits), limits)
        : await held.make(keys[i]!, (grown) => heldBytes(container.read(from, step, limits), limits.inner, grown)))
  }
  return { place, key }
}

/** Members that can only be unpacked together come from one reader, which goes on where the last member ended. */
function contentOf(
  container: Container,
  place: ContainerPlace,
  key: string,
  root: string,
  steps: readonly MemberStep[],
  limits: EvidenceLimits,
): ContainerPlace {
  const { contents } = container
  if (contents === undefined) return place
  return reader(`${key} contents`, () => contentsOf(root, steps, container, contents, limits), limits)
}

/** All contents of an archive, out of file handles of their own. */
async function* contentsOf(
  root: string,
  steps: readonly MemberStep[],
  container: Container,
  contents: NonNullable<Container['contents']>,
  limits: EvidenceLimits,
): AsyncGenerator<Uint8Array | Missing> {
  const opened: RandomBytes[] = []
  try {
    yield* contents((await placeOf(root, steps, container, limits, opened)).place, limits)
  } finally {
    for (const bytes of opened) await bytes.close()
  }
}

/** The streams that this thread reads from, the last used last. Members are mostly asked for one after another. */
const readers = new Map<string, ForwardBytes>()
const mostReaders = 3

function reader(key: string, open: () => AsyncIterable<Uint8Array | Missing>, limits: EvidenceLimits): ForwardBytes {
  const bytes = readers.get(key) ?? forwardBytes(open, limits.total)
  readers.delete(key)
  readers.set(key, bytes)
  const oldest = readers.keys().next().value
  if (readers.size > mostReaders && oldest !== undefined) {
    void readers.get(oldest)!.close()
    readers.delete(oldest)
  }
  return bytes
}

/** Packed archives that this thread read from last. */
const held = new Held(defaultLimits.inner)
