import { realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { PosternError, refusal } from '../lib/errors.ts'
import type { RandomBytes } from '../lib/bytes.ts'
import { Budget } from './budget.ts'
import { gapReasonOf, HEAD_LENGTH } from './container.ts'
import type {
  Container,
  ContainerMember,
  EvidenceLimits,
  ListingGap,
  Member,
  MemberRef,
  Outer,
  ContainerPlace,
  MemberRefusal,
} from './container.ts'
import { archives, evidenceError, isArchive, recognize } from './containers.ts'
import { directory, fileBytes, lastEnding } from './directory.ts'
import { forwardBytes, isForward } from './forward.ts'
import { heldBytes } from './held-bytes.ts'
import { shortenName } from './shorten-name.ts'
import { zip } from './zip.ts'
import { endsAsZip } from './zip-directory.ts'
import { logKindsAt, parsersAt, stateKindsAt } from '../model/log-places.ts'
import { closeness, isGiven, isPagePath, hasTellingName } from './ranks.ts'

// Every file of the evidence is found before any is read, and what may be read is decided here, in one place: by what
// containers state, in an order that depends on nothing else. See `budget.ts`.

/** Files of an archive that are there and not listed one by one. */
export type UnlistedFiles = { readonly path: string; readonly empty: number }

/** An evidence input on this machine. */
export type There = { readonly path: string; readonly isFolder: boolean }

export async function existing(root: string): Promise<There> {
  try {
    const path = await realpath(root)
    const stats = await stat(path)
    if (stats.isDirectory() || stats.isFile()) return { path, isFolder: stats.isDirectory() }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw new PosternError('nothing-opened', `${root} cannot be opened: ${refusal(code)}.`)
    throw new PosternError('no-such-path', `${root}: no such file or directory.`)
  }
  throw new PosternError('no-such-path', `${root} is neither a file nor a folder. Name a file or a folder.`)
}

/** Members as they are found, some at a time: of many small files each wait would be most of the work. */
type Batch = readonly (Member | ListingGap)[]
type Batches = AsyncIterable<Batch>
const batchSize = 1_000

/** Who watches a list being made. */
export type ListWatch = {
  /** Archives and packed files that are not to be opened, by their paths, and why. */
  readonly skipped?: ReadonlyMap<string, MemberRefusal>
  /** Receives each archive or packed file that is opened, and its end. */
  readonly onOpen?: (path: string, size: number) => void
  readonly onClose?: () => void
}

/** All members of an evidence input. `jobs`: maximum of archives read at the same time. */
export async function* listMembers(
  { path, isFolder }: There,
  limits: EvidenceLimits,
  onCounted: (counted: UnlistedFiles) => void,
  jobs = 1,
  watch: ListWatch = {},
): Batches {
  const run: Run = { limits, onCounted, jobs, watch }
  const closed = new ClosedArchives()
  for await (const batch of isFolder ? folder(path, run) : single(path, run))
    yield batch.some(isClosed) ? batch.filter((item) => !isClosed(item) || closed.isListed(item)) : batch
  for (const [reason, count] of Object.entries(closed.unlisted) as [ClosedFor, number][]) {
    const detail = `${reason === 'depth' ? tooDeep(limits) : TOO_MANY}: ${count} of them are not listed`
    if (count > 0) yield [{ path: isFolder ? '.' : basename(path), size: 0, reason, detail }]
  }
}

/** Maximum number of unopened archives that are named: nested archives can hold millions of them in a few bytes. */
const NAMED = 1_000
const TOO_MANY = 'more archives than may be opened there'
const tooDeep = ({ depth }: EvidenceLimits): string => `more than ${depth} archives inside one another`

/** An archive that was not opened, for there are too many of them or it lies too deep. */
type ClosedFor = 'depth' | 'bomb'
type Closed = Member & { readonly refused: { readonly reason: ClosedFor } }

function isClosed(item: Member | ListingGap): item is Closed {
  if (!('ref' in item) || item.refused === undefined) return false
  return item.refused.reason === 'depth' || item.refused.detail === TOO_MANY
}

function folder(path: string, run: Run): Batches {
  const outer = { path: '.', prefix: '', windowsPath: null, within: withinOf(basename(path)) }
  const budget = Budget.given(0, run.limits)
  return walk(
    { run, ref: { root: path, steps: [] }, place: { folder: path }, outer, budget, depth: 0, held: 0 },
    directory,
  )
}

/** Evidence that is one file: an archive, or the only member. */
async function* single(path: string, run: Run): Batches {
  const name = basename(path)
  const ref: MemberRef = { root: path, steps: [] }
  const { size, mtimeMs } = await stat(path)
  const member = { ref, path: name, windowsPath: null, size, modified: Math.floor(mtimeMs) }
  if (isPagePath(name)) return yield [member]
  const refused = run.watch.skipped?.get(name)
  if (refused) return yield [{ ...member, refused }]
  const bytes = await fileBytes(path)
  try {
    const container = recognize(await bytes.read(0, HEAD_LENGTH), size)
    const isBehind = container === undefined && endsAsZip(await bytes.read(Math.max(0, size - TAIL), TAIL))
    if (container === undefined) yield [member]
    if (container === undefined && !isBehind) return
    const outer: Outer = {
      path: name,
      prefix: isBehind ? `${name}!/` : '',
      windowsPath: null,
      within: withinOf(name),
      ...(isBehind && { behind: true }),
    }
    const budget = Budget.given(size, run.limits)
    const at: Walk = { run, ref, place: bytes, outer, budget, depth: 1, held: 0, isGiven: true, packed: size }
    run.watch.onOpen?.(name, size)
    yield* inside(at, container ?? zip, size)
    run.watch.onClose?.()
  } finally {
    await bytes.close()
  }
}

/** Length of the end of a file that shows whether it is an archive behind other bytes. */
const TAIL = 1024

/** How all of one evidence is listed. */
type Run = {
  readonly limits: EvidenceLimits
  readonly onCounted: (counted: UnlistedFiles) => void
  readonly jobs: number
  readonly watch: ListWatch
}

/** Where the listing is. */
type Walk = {
  readonly run: Run
  readonly ref: MemberRef
  readonly place: ContainerPlace
  readonly outer: Outer
  readonly budget: Budget
  /** Number of containers around it. */
  readonly depth: number
  /** Bytes of packed archives around that are held in memory. */
  readonly held: number
  /** This packed file is what was given, or lies in the folder that was: so is the archive in it. */
  readonly isGiven?: boolean
  /** Bytes that a packed file has outside. */
  readonly packed?: number
  /** Set in a packed file that is not to be gone into any further when it holds an archive. */
  readonly onArchive?: () => void
}

/** The type of a member, by its first bytes; `behind`: it is a file with an archive at its end. */
type Inner = { readonly container: Container; readonly isArchive: boolean; readonly behind?: true }

/** An archive in a container, to be looked into when all that lies beside it is listed. */
type Waiting = {
  readonly item: ContainerMember
  readonly inner: Inner
  readonly isGiven: boolean
  readonly rank: number
}

async function* walk(at: Walk, container: Container): Batches {
  const { contents } = container
  if (contents === undefined) return yield* walkIn(at, container, at.place)
  const { limits } = at.run
  const unpacked = forwardBytes(() => contents(at.place, limits), limits.total)
  try {
    yield* walkIn(at, container, unpacked)
  } finally {
    await unpacked.close()
  }
}

/** Each member, and then what lies in archives among them; `content` is where their bytes are looked for. */
async function* walkIn(at: Walk, container: Container, content: ContainerPlace): Batches {
  const found = archives.includes(container) ? new Planned(at) : new Passing(at)
  const inside = { ...at, place: content }
  const limits = { ...at.run.limits, entries: Math.max(0, at.budget.members) }
  let failure: unknown = null
  try {
    for await (const items of atOnce(container.list(at.place, at.outer, limits))) {
      for (const item of items) {
        if (!('step' in item)) found.add({ ...item, path: shortenName(item.path) }, 0)
        else if (found.counts(item)) {
          const waits = lookAt(inside, container, item, found)
          if (waits !== undefined) await waits
        }
        if (found.isFull) yield found.taken()
      }
      if (found.isPassing) yield found.taken()
    }
  } catch (error) {
    // What was found before it breaks off is there.
    if (gapReasonOf(error) === null) throw error
    failure = error
  }
  yield* found.finish()
  yield* archivesIn(inside, container, found.waiting)
  if (failure !== null) throw failure
}

/** What is there without waiting, all at once; else one by one. */
async function* atOnce<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<Iterable<T>> {
  if (Symbol.iterator in items) yield items
  else for await (const item of items) yield [item]
}

/** One member: a file, a packed file, or an archive, which waits. What can be told at once is told without waiting. */
function lookAt(at: Walk, container: Container, item: ContainerMember, found: Passing): Promise<void> | undefined {
  const { skipped } = at.run.watch
  const skip = skipped && skipped.size > 0 ? skipped.get(memberOf(at, item).path) : undefined
  if (skip) {
    found.add({ ...memberOf(at, item), refused: skip }, 0)
    return undefined
  }
  const asked = item.refused || isPagePath(item.path) ? undefined : innerOf(at.place, container, item, at.run.limits)
  if (asked instanceof Promise) return asked.then((inner) => take(at, container, item, found, inner))
  return take(at, container, item, found, asked)
}

function take(
  at: Walk,
  container: Container,
  item: ContainerMember,
  found: Passing,
  inner: Inner | undefined,
): Promise<void> | undefined {
  if (inner === undefined || inner.behind) found.add(memberOf(at, item), costOf(at, item))
  if (inner === undefined) return undefined
  if (!inner.isArchive) return unpack(at, container, item, found, inner)
  archiveFound(at, container, item, found, inner)
  return undefined
}

/** An archive waits; in a packed file that is looked at for what it is, its finder is told. */
function archiveFound(at: Walk, container: Container, item: ContainerMember, found: Passing, inner: Inner): void {
  if (at.onArchive !== undefined && item.path === at.outer.path) return at.onArchive()
  if (inner.behind !== true && isNamedOtherwise(item)) found.add({ ...memberOf(at, item), refused: OTHERWISE }, 0)
  found.wait(item, inner, container)
}

/** What it was is not known: it is in nothing that is found in the archive. */
const OTHERWISE: MemberRefusal = {
  reason: 'unsupported',
  detail: 'an archive with the name of a log or of a configuration, and in its place',
}

/** Has an archive the place and name of a log, or of a file that defines a state, and no archive's? */
function isNamedOtherwise({ path, windowsPath }: ContainerMember): boolean {
  const place = windowsPath ?? path
  if (ARCHIVE_NAME.test(place)) return false
  const isLog = /\.(?:log|evtx?)$/i.test(place) && logKindsAt(place).length > 0
  return isLog || stateKindsAt(place.replaceAll('\\', '/')).length > 0
}

/** A packed file: what is in it, unless that is an archive. */
async function unpack(
  at: Walk,
  container: Container,
  item: ContainerMember,
  found: Passing,
  inner: Inner,
): Promise<void> {
  let holdsArchive = false
  const onArchive = (): void => void (holdsArchive = true)
  for await (const batch of descend({ ...at, onArchive }, container, item, inner, false))
    for (const each of batch) if (!holdsArchive) found.add(each, packedCost(at, item))
  if (holdsArchive) archiveFound(at, container, item, found, inner)
}

/** Which archives that are not opened are listed one by one: those that lie where logs lie, or are named like one, always. */
class ClosedArchives {
  readonly unlisted: Record<ClosedFor, number> = { depth: 0, bomb: 0 }
  readonly #listed = { depth: 0, bomb: 0, telling: 0 }

  isListed({ path, windowsPath, refused: { reason } }: Closed): boolean {
    const isTelling = this.#listed.telling < EMPTY.telling && parsersAt(windowsPath ?? path).size > 0
    const as = isTelling ? 'telling' : reason
    if (!isTelling && this.#listed[as] >= NAMED) {
      this.unlisted[reason]++
      return false
    }
    this.#listed[as]++
    return true
  }
}

/** What is found in a folder or in a packed file, handed on as it comes. */
class Passing {
  readonly waiting: Waiting[] = []
  readonly at: Walk
  #batch: (Member | ListingGap)[] = []

  constructor(at: Walk) {
    this.at = at
  }

  /** Is what was found to be handed on now? */
  get isFull(): boolean {
    return this.#batch.length >= batchSize
  }

  readonly isPassing: boolean = true

  taken(): Batch {
    const batch = this.#batch
    this.#batch = []
    return batch
  }

  /** Is it listed separately? */
  counts(_item: ContainerMember): boolean {
    return true
  }

  add(item: Member | ListingGap, _cost: number): void {
    this.#batch.push(item)
  }

  wait(item: ContainerMember, inner: Inner, container: Container): void {
    const ofFolder = container === directory && isGiven(item)
    const ofPacked = this.at.isGiven === true && item.path === this.at.outer.path
    this.waiting.push({ item, inner, isGiven: ofFolder || ofPacked, rank: closeness(item) })
  }

  *finish(): Generator<Batch> {
    yield this.taken()
  }
}

/** Maximum number of files without content listed of one archive, by whether it was given; and of those with telling names. */
const EMPTY = { given: 10_000, found: 1_000, telling: 10_000 }

/** What is found in an archive: all of it is known before it is decided what may be read. */
class Planned extends Passing {
  readonly #found: (Member | ListingGap)[] = []
  readonly #costs: number[] = []
  readonly #waitingCosts: number[] = []
  #listed = 0
  #telling = 0
  /** Files without content that are not listed: of names that tell nothing, of others, and what would not be read anyway. */
  #empty = 0
  #unjudged = 0
  #refused = 0

  override get isFull(): boolean {
    return false
  }

  override readonly isPassing = false

  override counts(item: ContainerMember): boolean {
    this.at.budget.members--
    const { step } = item
    if (item.size !== 0 || (step.in === 'zip' && step.compressed > 0)) return true
    if (this.#listed < (this.at.budget.isGiven ? EMPTY.given : EMPTY.found)) {
      this.#listed++
      return true
    }
    if (hasTellingName(item.path.slice(this.at.outer.prefix.length))) {
      if (++this.#telling <= EMPTY.telling) return true
      this.#unjudged++
    } else if (item.refused) this.#refused++
    else this.#empty++
    return false
  }

  override add(item: Member | ListingGap, cost: number): void {
    this.#found.push(item)
    this.#costs.push(cost)
  }

  override wait(item: ContainerMember, inner: Inner, container: Container): void {
    super.wait(item, inner, container)
    this.#waitingCosts.push(costOf(this.at, item))
  }

  override *finish(): Generator<Batch> {
    const { run, budget, outer } = this.at
    const fits = budget.spend([...this.#costs, ...this.#waitingCosts])
    if (fits !== null) this.#refuse(fits)
    if (this.#empty > 0) run.onCounted({ path: shortenName(outer.path), empty: this.#empty })
    for (const [n, what] of [
      [this.#unjudged, 'files without content whose names would be looked at'],
      [this.#refused, 'links and other members that are not read'],
    ] as const)
      if (n > 0)
        this.#found.push({ path: outer.path, size: 0, reason: 'bomb', detail: `${n} more ${what}: not listed` })
    for (let i = 0; i < this.#found.length; i += batchSize) yield this.#found.slice(i, i + batchSize)
  }

  /** What there is no room for is there and is not read. */
  #refuse(fits: Uint8Array): void {
    const refused: MemberRefusal = { reason: 'bomb', detail: 'the archive holds more than may be unpacked of it' }
    const files = this.#found.length
    for (const [i, item] of this.#found.entries())
      if (fits[i] === 0 && 'ref' in item && !item.refused) this.#found[i] = { ...item, refused }
    const waiting = this.waiting.splice(0)
    for (const [i, each] of waiting.entries()) {
      if (fits[files + i] === 1) this.waiting.push(each)
      else this.#found.push({ ...memberOf(this.at, each.item), refused })
    }
  }
}

/** What it costs to read a member: as much as is stated, where that is. */
function costOf({ run }: Walk, { step, size, refused }: ContainerMember): number {
  if (refused) return 0
  return size ?? (step.in === 'zip' ? step.compressed * run.limits.ratio : 0)
}

/** What it costs to read a packed file in it: nothing says how much it holds, but it may not hold more. */
function packedCost({ run }: Walk, { size }: ContainerMember): number {
  return (size ?? 0) * run.limits.ratio
}

/** What a member is, by its first bytes, and by its last where it lies in a folder. */
function innerOf(
  place: ContainerPlace,
  container: Container,
  { step, size }: ContainerMember,
  limits: EvidenceLimits,
): Promise<Inner | undefined> | Inner | undefined {
  const unreadable = (error: unknown): undefined => {
    if (gapReasonOf(error) === null) throw error
    return undefined // reading it will show
  }
  try {
    const head = container.peek(place, step, limits)
    if (head instanceof Promise) return head.then((bytes) => innerAs(bytes, size), unreadable)
    return innerAs(head, size) ?? (container === directory ? behind(head) : undefined)
  } catch (error) {
    return unreadable(error)
  }
}

function innerAs(head: Uint8Array, size: number | null): Inner | undefined {
  const container = recognize(head, size)
  return container && { container, isArchive: isArchive(container, head) }
}

/** An archive behind other bytes: one that extracts itself, or was appended to a picture. */
function behind(head: Uint8Array): Inner | undefined {
  const ending = lastEnding()
  return (ending.length > 0 || head.length < HEAD_LENGTH) && endsAsZip(ending.length > 0 ? ending : head)
    ? { container: zip, isArchive: true, behind: true }
    : undefined
}

/** Archives up to this size are looked into several at a time. */
const SMALL = { size: 2 ** 16, together: 8 }

/**
 * What lies in the archives of a container: what was given comes first, then what lies where nobody but the administrator
 * writes, of the same the larger ones first. So what an attacker leaves behind takes room from nothing else.
 */
async function* archivesIn(at: Walk, container: Container, waiting: readonly Waiting[]): Batches {
  if (waiting.length === 0) return
  const sorted = [...waiting].sort(
    (a, b) => Number(b.isGiven) - Number(a.isGiven) || a.rank - b.rank || (b.item.size ?? 0) - (a.item.size ?? 0),
  )
  const room = Math.max(0, at.budget.archives)
  const [opened, closed] = [sorted.slice(0, room), sorted.slice(room)]
  at.budget.archives -= opened.length
  if ('read' in at.place && isForward(at.place)) {
    // Going back in what can only be unpacked front to back costs all before it.
    const isOpened = new Set(opened)
    for (const each of waiting) if (isOpened.has(each)) yield* archiveIn(at, container, each)
  } else yield* inTurn(at, container, opened)
  const refused: MemberRefusal = { reason: 'bomb', detail: TOO_MANY }
  for (const { item } of closed) yield [{ ...memberOf(at, item), refused }]
}

/** One after the other, small ones several at a time. */
async function* inTurn(at: Walk, container: Container, opened: readonly Waiting[]): Batches {
  // Those at the same time each hold all that they may have: in an archive that was found that would be too much for one.
  const most = at.budget.isGiven ? SMALL.together : 0
  const isSmall = (each: Waiting | undefined): boolean => (each?.item.size ?? Infinity) <= SMALL.size
  for (let i = 0; i < opened.length; ) {
    const from = i
    while (i - from < most && isSmall(opened[i])) i++
    if (i === from) yield* archiveIn(at, container, opened[i++]!)
    else
      yield* together(
        at.run.jobs,
        opened.slice(from, i).map((each) => archiveIn(at, container, each)),
      )
  }
}

/** Some small archives at the same time; what they hold comes in their order. */
async function* together(jobs: number, all: readonly Batches[]): Batches {
  const came: Promise<Batch[]>[] = []
  const begin = (): void => {
    const next = all[came.length]
    if (next !== undefined) came.push(gathered(next))
  }
  for (let i = 0; i < Math.max(1, jobs); i++) begin()
  for (let i = 0; i < all.length; i++) {
    yield* await came[i]!
    begin()
  }
}

async function gathered(batches: Batches): Promise<Batch[]> {
  const all: Batch[] = []
  for await (const batch of batches) all.push(batch)
  return all
}

/** One archive, with a budget of its own. */
function archiveIn(at: Walk, container: Container, { item, inner, isGiven }: Waiting): Batches {
  const { limits } = at.run
  const packed = item.step.in === 'zip' ? item.step.compressed : (item.size ?? at.packed ?? 0)
  const budget = isGiven ? Budget.given(packed, limits) : at.budget.within(packed, limits)
  return settled(descend({ ...at, budget, isGiven, packed }, container, item, inner, true), budget)
}

async function* settled(batches: Batches, budget: Budget): Batches {
  yield* batches
  budget.settle()
}

/** What lies in a member; `isAsked`: also in the archive in a packed file. */
async function* descend(
  at: Walk,
  container: Container,
  item: ContainerMember,
  inner: Inner,
  isAsked: boolean,
): Batches {
  const { onOpen, onClose } = at.run.watch
  onOpen?.(memberOf(at, item).path, item.size ?? 0)
  try {
    yield* within(at, container, item, inner, isAsked)
  } catch (error) {
    // A mistake of the program is one that shows in this archive.
    if (gapReasonOf(error) !== null) onClose?.()
    throw error
  }
  onClose?.()
}

async function* within(at: Walk, container: Container, item: ContainerMember, inner: Inner, isAsked: boolean): Batches {
  const { run } = at
  const member = memberOf(at, item)
  if (at.depth >= run.limits.depth) {
    yield [{ ...member, refused: { reason: 'depth', detail: tooDeep(run.limits) } }]
    return
  }
  const bytes = await innerBytes(at, container, item, inner.container)
  if (bytes === null || 'reason' in bytes) {
    if (!inner.behind) yield [bytes === null ? member : { ...member, refused: bytes }]
    return
  }
  const { path } = item
  const windowsPath = ownWindowsPath(at, item)
  // One packed file is no level of its own: `logs.tar.gz` shows what lies in the tar.
  const same = path === at.outer.path
  const outer = same
    ? { ...at.outer, windowsPath }
    : {
        path: member.path,
        prefix: `${member.path}!/`,
        windowsPath,
        within: withinOf(lastName(path)),
        ...(inner.behind && { behind: inner.behind }),
      }
  const { onArchive, ...rest } = at
  const held = at.held + ('isHeld' in bytes ? bytes.size : 0)
  const next: Walk = { ...rest, ref: member.ref, place: bytes, outer, depth: at.depth + 1, held }
  let empty = true
  try {
    for await (const each of inside(
      isAsked || !onArchive ? next : { ...next, onArchive },
      inner.container,
      item.size,
    )) {
      if (each.length > 0) empty = false
      yield each
    }
    if (empty && !inner.behind) yield [member] // an archive of nothing is still a file
  } finally {
    // A part of an archive stays open as long as that.
    if (container === directory || isForward(bytes)) await bytes.close()
  }
}

/** What lies in an archive; an error of the medium or a fault of the whole becomes a gap. */
async function* inside(at: Walk, container: Container, size: number | null): Batches {
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
  { step }: ContainerMember,
  inner: Container,
): Promise<RandomBytes | (RandomBytes & { readonly isHeld: true }) | MemberRefusal | null> {
  const { limits } = at.run
  try {
    const there = await container.at(at.place, step, limits)
    if (there !== null) return there
    if (inner.forward) return forwardBytes(() => container.read(at.place, step, limits), limits.total)
    const bytes = await heldBytes(container.read(at.place, step, limits), limits.inner - at.held)
    return { ...bytes, isHeld: true }
  } catch (error) {
    const { reason, message } = evidenceError(error, 0)
    return reason === 'unsupported' ? { reason, detail: message } : null
  }
}

function memberOf(at: Walk, item: ContainerMember): Member {
  const { step, path, ...rest } = item
  const windowsPath = ownWindowsPath(at, item)
  return {
    ...rest,
    ref: { root: at.ref.root, steps: [...at.ref.steps, step] },
    path: shortenName(withoutMarks(path, at.outer.prefix)),
    windowsPath: windowsPath === null ? null : shortenName(windowsPath),
  }
}

function ownWindowsPath({ outer }: Walk, { windowsPath }: ContainerMember): string | null {
  return windowsPath === null
    ? null
    : withoutMarks(windowsPath, outer.windowsPath === null ? '' : `${outer.windowsPath}!\\`)
}

/**
 * A folder whose name ends as that of an archive is shown (`old!/`) is none: what lies in it is in the folder, and is served or run. So
 * such names are percent-encoded.
 */
function withoutMarks(path: string, prefix: string): string {
  if (!path.includes('!/', prefix.length) && !path.includes('!\\', prefix.length)) return path
  if (!path.startsWith(prefix)) return path
  return prefix + path.slice(prefix.length).replaceAll(/!(?=[/\\])/g, '%21')
}

const ARCHIVE_NAME = /\.(?:zip|7z|rar|tar|tgz|tar\.\w+|vhdx?)$/i

/** A folder or archive that is itself named like a drive or a folder of the server says where its members were. */
export function withinOf(name: string): string {
  const bare = name.replace(ARCHIVE_NAME, '')
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
