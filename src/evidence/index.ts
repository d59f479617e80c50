import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { PosternError } from '../errors.ts'
import { memoryBytes, piecesOf, type RandomBytes } from '../lib/bytes.ts'
import { unsupportedArchive } from './archives.ts'
import { defaultLimits, EvidenceError, gapReasonOf, headLength } from './container.ts'
import type {
  Budget,
  Container,
  Evidence,
  Inside,
  Limits,
  ListingGap,
  Member,
  MemberRef,
  Missing,
  Outer,
  Place,
  Refusal,
  Step,
} from './container.ts'
import { type ReadFile, withNamedPaths, withOrigins } from './collections.ts'
import { withCompanions } from './companions.ts'
import { directory, fileBytes, readPieces, readSmall } from './directory.ts'
import { encoded } from './encoded.ts'
import { forwardBytes, isForward, type ForwardBytes } from './forward.ts'
import { gzip } from './gzip.ts'
import { isPackedFile, sevenZip } from './seven-zip.ts'
import { tar } from './tar.ts'
import { zip } from './zip.ts'
import { zstd } from './zstd.ts'

export { unsupportedArchive } from './archives.ts'
export { freshPiece, stampOf } from './directory.ts'
export { defaultLimits, EvidenceError, gapReasonOf } from './container.ts'
export type { Budget, Evidence, Limits, ListingGap, Member, MemberRef, Refusal, Step } from './container.ts'
export { windowsPathOf } from './windows-paths.ts'

/** Every form in which evidence arrives, in the order in which they are asked. */
export const containers: readonly Container[] = [directory, zip, gzip, zstd, sevenZip, tar, encoded]

/** Opens one evidence input: a folder, an archive, or a single file. Nothing is ever written or unpacked to disk. */
export async function openEvidence(root: string, limits: Partial<Limits> = {}): Promise<Evidence> {
  const all = { ...defaultLimits, ...limits }
  const { path, isFolder } = await existing(root)
  return { root, list: () => oneByOne(isFolder ? folder(path, all) : single(path, all)) }
}

async function* oneByOne(batches: Batches): AsyncGenerator<Member | ListingGap> {
  for await (const batch of batches) yield* batch
}

/** Everything that an evidence input holds, with the files that belong together, and what could not be listed. */
export async function listEvidence(
  root: string,
  limits: Partial<Limits> = {},
): Promise<{ members: Member[]; refused: ListingGap[] }> {
  const members: Member[] = []
  const refused: ListingGap[] = []
  const all = { ...defaultLimits, ...limits }
  const { path, isFolder } = await existing(root)
  for await (const batch of isFolder ? folder(path, all) : single(path, all)) {
    for (const item of batch) {
      if ('ref' in item) members.push(item)
      else refused.push(item)
    }
  }
  const within = withinOf(basename(path))
  const read: ReadFile = (member, most) => headOf(member.ref, most, { limits })
  const known = await withOrigins(withNamedPaths(members, within), read, limits.passwords ?? [], within)
  return { members: distinct(withCompanions(known)), refused }
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

/** Does it lie in a folder, and in no archive? */
export function isLoose({ steps }: MemberRef): boolean {
  return steps.length === 1 && steps[0]!.in === 'folder'
}

/** How a member is read: limits against bombs, and the budget that all reads of one evidence share. */
export type ReadOptions = {
  readonly limits?: Partial<Limits>
  readonly budget?: Budget
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
  const budget = ref.steps.some((s) => s.in !== 'folder') ? options.budget : undefined
  const loose = options.room && ref.steps.length === 1 && ref.steps[0]?.in === 'folder' ? ref.steps[0].path : null
  let delivered = 0
  try {
    const bytes = loose === null ? bytesOf(ref, limits) : readPieces(ref.root, loose, options.room!)
    for await (const chunk of bytes) {
      if (budget !== undefined && (budget.left -= chunk.length) < 0)
        throw new EvidenceError('bomb', 'the archives of this evidence hold more than may be unpacked')
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
function liesThere(step: Step): boolean {
  return step.in === 'folder' || (step.in === 'zip' && step.method === 0 && step.encrypted !== 'zipcrypto')
}

/**
 * The servers in a folder of many: each folder and each archive (also one that cannot be opened, so that it is not
 * passed over in silence) right below it, in order of their names. Loose files and links are none.
 */
export async function eachServer(root: string): Promise<string[]> {
  const { path, isFolder } = await existing(root)
  if (!isFolder) throw new PosternError('usage', `--each wants a folder of servers, found a file: ${root}`)
  const servers: string[] = []
  for (const name of await namesIn(path, root)) if (await isServer(join(path, name))) servers.push(join(root, name))
  return servers
}

async function namesIn(path: string, root: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort()
  } catch (error) {
    if (gapReasonOf(error) === null) throw error
    throw new PosternError('nothing-opened', `cannot be listed (${(error as NodeJS.ErrnoException).code}): ${root}`)
  }
}

/** Those that hold the files of a server; one packed file is none. */
const archives: readonly Container[] = [zip, tar, sevenZip]

/** What cannot even be looked at counts too: it fails by itself and by its name. */
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
  const inside = packed === null ? head : await headOf({ root: path, steps: [packed] }, headLength)
  return archives.some((archive) => archive.recognise(inside, size)) || unsupportedArchive(head) !== null
}

/** The step into a file that is one packed file; null for any other. */
function packedStep(head: Uint8Array): Step | null {
  if (isPackedFile(head)) return { in: '7z', index: 0, at: 0, size: null }
  return gzip.recognise(head) ? { in: 'gzip' } : zstd.recognise(head) ? { in: 'zstd' } : null
}

// ---------------------------------------------------------------- listing

type Walk = {
  readonly ref: MemberRef
  readonly place: Place
  readonly outer: Outer
  readonly limits: Limits
  /** So many archives are around. */
  readonly depth: number
  /** What the whole evidence has shown so far. */
  readonly seen: Seen
}

/** Files in archives, archives that lie too deep, archives in archives, and how many of those were not opened. */
type Seen = { entries: number; deep: number; archives: number; closed: number }
const nothingSeen = (): Seen => ({ entries: 0, deep: 0, archives: 0, closed: 0 })

/** Members as they are found, some at a time: of many small files each wait would be most of the work. */
type Batches = AsyncIterable<readonly (Member | ListingGap)[]>
const batchSize = 1_000

async function* walk(at: Walk, container: Container): Batches {
  const { contents } = container
  if (contents === undefined) return yield* walkIn(at, container, at.place)
  const unpacked = forwardBytes(() => contents(at.place, at.limits), at.limits.total)
  try {
    yield* walkIn(at, container, unpacked)
  } finally {
    await unpacked.close()
  }
}

/** Each member; `content` is where its bytes are looked for. */
async function* walkIn(at: Walk, container: Container, content: Place): Batches {
  let batch: (Member | ListingGap)[] = []
  for await (const items of atOnce(container.list(at.place, at.outer, at.limits))) {
    for (const item of items) {
      if (!('step' in item)) {
        batch.push(item)
        continue
      }
      if (at.depth > 0 && ++at.seen.entries > at.limits.entries) return yield [...batch, tooMany(at)]
      const asked = item.refused || isPage(item.path) ? undefined : innerOf(content, container, item, at.limits)
      const inner = asked instanceof Promise ? await asked : asked
      if (inner === undefined) batch.push(memberOf(at, item))
      if (batch.length >= batchSize || (inner !== undefined && batch.length > 0)) {
        yield batch
        batch = []
      }
      if (inner !== undefined) yield* descend({ ...at, place: content }, container, item, inner)
    }
    if (batch.length > 0) yield batch
    batch = []
  }
}

/** What is there without waiting, all at once; else one by one. */
async function* atOnce<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<Iterable<T>> {
  if (Symbol.iterator in items) yield items
  else for await (const item of items) yield [item]
}

function tooMany({ outer, limits }: Walk): ListingGap {
  const detail = `more than ${limits.entries} files in the archives of this evidence`
  return { path: outer.path, size: 0, reason: 'bomb', detail }
}

/** The container that a member is, by its first bytes. */
function innerOf(
  place: Place,
  container: Container,
  { step, size }: Inside,
  limits: Limits,
): Promise<Container | undefined> | Container | undefined {
  const unreadable = (error: unknown): undefined => {
    if (gapReasonOf(error) === null) throw error
    return undefined // reading it will tell
  }
  try {
    const head = container.peek(place, step, limits)
    return head instanceof Promise ? head.then((bytes) => recognise(bytes, size), unreadable) : recognise(head, size)
  } catch (error) {
    return unreadable(error)
  }
}

function recognise(head: Uint8Array, size: number | null): Container | undefined {
  return containers.find((c) => c.recognise(head, size))
}

/**
 * What a web server would run is read as it stands, whatever its first bytes are: a page that begins like an archive is
 * still a page.
 */
function isPage(path: string): boolean {
  return /\.(?:as[pmhc]x|asax|asp|asa|cer|cdx|[cv]bhtml|master|config|soap|svc|rem|xamlx|php\d?|phtml|jspx?|html?|js)$/i.test(
    path,
  )
}

/** So many archives that are not opened are named: archives in archives can make millions of them from nothing. */
const NAMED = 1_000

async function* descend(at: Walk, container: Container, item: Inside, inner: Container): Batches {
  const member = memberOf(at, item)
  if (at.depth >= at.limits.depth) {
    const detail = `more than ${at.limits.depth} archives inside one another`
    if (++at.seen.deep <= NAMED) yield [{ ...member, refused: { reason: 'depth', detail } }]
    else if (at.seen.deep === NAMED + 1)
      yield [{ path: at.outer.path, size: 0, reason: 'depth', detail: `${detail}; those from here on are not listed` }]
    return
  }
  if (at.depth > 0 && archives.includes(inner) && ++at.seen.archives > at.limits.archives) {
    const refused: Refusal = { reason: 'bomb', detail: tooManyArchives(at.limits) }
    if (++at.seen.closed <= NAMED) yield [{ ...member, refused }]
    return
  }
  const bytes = await innerBytes(at, container, item, inner)
  if (bytes === null || 'reason' in bytes) return yield [bytes === null ? member : { ...member, refused: bytes }]
  const { path, windowsPath } = item
  // One packed file is no level of its own: `logs.tar.gz` shows what lies in the tar.
  const same = path === at.outer.path
  const outer = same
    ? { ...at.outer, windowsPath }
    : { path, prefix: `${path}!/`, windowsPath, within: withinOf(lastName(path)) }
  let empty = true
  try {
    for await (const each of listed(
      { ...at, ref: member.ref, place: bytes, outer, depth: at.depth + 1 },
      inner,
      item.size,
    )) {
      empty = false
      yield each
    }
    if (empty) yield [member] // an archive of nothing is still a file
  } finally {
    // A part of an archive stays open as long as that.
    if (container === directory || isForward(bytes)) await bytes.close()
  }
}

function tooManyArchives({ archives: most }: Limits): string {
  return `more than ${most} archives in the archives of this evidence`
}

/** What is found, and how many archives were not even named. */
async function* counted(batches: Batches, path: string, limits: Limits, seen: Seen): Batches {
  yield* batches
  const more = seen.closed - NAMED
  if (more > 0)
    yield [{ path, size: 0, reason: 'bomb', detail: `${tooManyArchives(limits)}: ${more} of them are not listed` }]
}

/** What lies in an archive; an error of the medium or a fault of the whole becomes a gap. */
async function* listed(at: Walk, container: Container, size: number | null): Batches {
  try {
    yield* walk(at, container)
  } catch (error) {
    const { reason, message } = evidenceError(error, 0)
    yield [{ path: at.outer.path, size: size ?? 0, reason, detail: message }]
  }
}

/** An archive inside, ready to be looked into; null when it is damaged and better read as a file. */
async function innerBytes(
  at: Walk,
  container: Container,
  { step }: Inside,
  inner: Container,
): Promise<RandomBytes | Refusal | null> {
  try {
    const there = await container.at(at.place, step, at.limits)
    if (there !== null) return there
    if (inner.forward) return forwardBytes(() => container.read(at.place, step, at.limits), at.limits.total)
    return memoryBytes(await whole(container.read(at.place, step, at.limits), at.limits))
  } catch (error) {
    const { reason, message } = evidenceError(error, 0)
    return reason === 'unsupported' ? { reason, detail: message } : null
  }
}

function memberOf(at: Walk, { step, ...rest }: Inside): Member {
  return { ref: { root: at.ref.root, steps: [...at.ref.steps, step] }, ...rest }
}

function folder(path: string, limits: Limits): Batches {
  const outer = { path: '.', prefix: '', windowsPath: null, within: withinOf(basename(path)) }
  const seen = nothingSeen()
  const at: Walk = { ref: { root: path, steps: [] }, place: { folder: path }, outer, limits, depth: 0, seen }
  return counted(walk(at, directory), outer.path, limits, seen)
}

/** Evidence that is one file: an archive, or the only member. */
async function* single(path: string, limits: Limits): Batches {
  const name = basename(path)
  const ref: MemberRef = { root: path, steps: [] }
  const { size, mtimeMs } = await stat(path)
  const container = isPage(name) ? undefined : recognise(await headOf(ref, headLength), size)
  if (container === undefined) {
    yield [{ ref, path: name, windowsPath: null, size, modified: Math.floor(mtimeMs) }]
    return
  }
  const outer = { path: name, prefix: '', windowsPath: null, within: withinOf(name) }
  const bytes = await fileBytes(path)
  const seen = nothingSeen()
  try {
    yield* counted(listed({ ref, place: bytes, outer, limits, depth: 1, seen }, container, size), name, limits, seen)
  } finally {
    await bytes.close()
  }
}

/** A folder or archive that is itself named like a drive or a folder of the server says where its members were. */
function withinOf(name: string): string {
  const bare = name.replace(/\.(?:zip|7z|rar|tar|tgz|tar\.\w+|vhdx?)$/i, '')
  return /^[C-Z][:$]?$/.test(bare) ||
    /^(?:inetpub|Program Files|ProgramData|Windows|ExchangeSetupLogs|wwwroot|aspnet_client|HttpProxy|ClientAccess|V1[45]|Exchange Server)$/i.test(
      bare,
    )
    ? `${bare}/`
    : ''
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

async function existing(root: string): Promise<{ path: string; isFolder: boolean }> {
  try {
    const path = await realpath(root)
    const stats = await stat(path)
    if (stats.isDirectory() || stats.isFile()) return { path, isFolder: stats.isDirectory() }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw new PosternError('nothing-opened', `cannot be opened (${code}): ${root}`)
    throw new PosternError('no-such-path', `no such file or folder: ${root}`)
  }
  throw new PosternError('no-such-path', `neither a file nor a folder: ${root}`)
}

// ---------------------------------------------------------------- reading

async function* bytesOf({ root, steps }: MemberRef, limits: Limits): AsyncGenerator<Uint8Array> {
  const opened: RandomBytes[] = []
  const last = steps.at(-1)
  try {
    if (last === undefined) {
      const file = await fileBytes(root)
      opened.push(file)
      yield* piecesOf(file, 0, file.size)
    } else {
      const container = named(last)
      const { place, key } = await placeOf(root, steps.slice(0, -1), container, limits, opened)
      yield* container.read(contentOf(container, place, key, root, steps.slice(0, -1), limits), last, limits)
    }
  } finally {
    for (const bytes of opened) await bytes.close()
  }
}

type Entered = { readonly place: Place; readonly key: string }

/** Where `into` reads from: one container deeper with each step. What was opened on the way is to be closed. */
async function placeOf(
  root: string,
  steps: readonly Step[],
  into: Container,
  limits: Limits,
  opened: RandomBytes[],
): Promise<Entered> {
  let place: Place = { folder: root }
  let key = JSON.stringify([root, limits])
  if ((steps[0] === undefined ? into.name : steps[0].in) !== 'folder') {
    opened.push((place = await fileBytes(root)))
    key += place.size
  }
  for (const [i, step] of steps.entries()) {
    const container = named(step)
    const next = i + 1 < steps.length ? named(steps[i + 1]!) : into
    const from = contentOf(container, place, key, root, steps.slice(0, i), limits)
    key += JSON.stringify(step)
    const there = await container.at(from, step, limits)
    if (there !== null && container === directory) {
      opened.push(there)
      key += there.size // a file that has changed since is another
    }
    place =
      there ??
      (next.forward
        ? reader(key, () => bytesOf({ root, steps: steps.slice(0, i + 1) }, limits), limits)
        : await inMemory(i, key, () => whole(container.read(from, step, limits), limits)))
  }
  return { place, key }
}

/** Members that can only be unpacked together come from one reader, which goes on where the last member ended. */
function contentOf(
  container: Container,
  place: Place,
  key: string,
  root: string,
  steps: readonly Step[],
  limits: Limits,
): Place {
  const { contents } = container
  if (contents === undefined) return place
  return reader(`${key} contents`, () => contentsOf(root, steps, container, contents, limits), limits)
}

/** All contents of an archive, out of file handles of their own. */
async function* contentsOf(
  root: string,
  steps: readonly Step[],
  container: Container,
  contents: NonNullable<Container['contents']>,
  limits: Limits,
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

function reader(key: string, open: () => AsyncIterable<Uint8Array | Missing>, limits: Limits): ForwardBytes {
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

/** The packed archives that this thread read from last, one for each depth: held in memory for the next read. */
const held = new Map<number, { readonly key: string; readonly data: Promise<Buffer> }>()

async function inMemory(depth: number, key: string, unpack: () => Promise<Buffer>): Promise<RandomBytes> {
  let there = held.get(depth)
  if (there?.key !== key) held.set(depth, (there = { key, data: unpack() }))
  try {
    return memoryBytes(await there.data)
  } catch (error) {
    held.delete(depth)
    throw error
  }
}

async function whole(chunks: AsyncIterable<Uint8Array>, limits: Limits): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > limits.inner)
      throw new EvidenceError(
        'unsupported',
        `a packed archive of more than ${limits.inner} bytes inside another: unpack the outer one first`,
      )
    parts.push(chunk)
  }
  return Buffer.concat(parts, length)
}

function named(step: Step): Container {
  const container = containers.find((c) => c.name === step.in)
  if (container === undefined) throw new Error(`no container is called ${step.in}`)
  return container
}

/** Damage of the evidence or the medium as an `EvidenceError`, without paths of this machine; any other error is a bug. */
function evidenceError(error: unknown, delivered: number): EvidenceError {
  const reason = gapReasonOf(error)
  if (reason === null) throw error
  const detail =
    error instanceof EvidenceError ? error.message : `cannot be read: ${(error as NodeJS.ErrnoException).code}`
  return new EvidenceError(reason, detail, delivered)
}
