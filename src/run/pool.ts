import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Member, MemberRefusal } from '../evidence/container.ts'
import { isLoose, type ListedEvidence, streamOf } from '../evidence/index.ts'
import { append } from '../lib/collections.ts'
import type { Zone } from '../lib/zones.ts'
import type { Pool, Scan } from '../model/scan.ts'
import type { Knowledge, KnowledgePaths } from '../knowledge/load-packs.ts'
import { askAll } from '../rules/match.ts'
import { scanMember, unscanned } from '../scan/scan.ts'
import { ValueCaches } from '../prefilter/row-rules.ts'
import { leaveSharedFile, type Shared, statesFor } from './shared-file.ts'
import { abandonedFor, type WorkerAnswer, type Ending, stackOf, type WorkerHandle, type WorkerKind } from './handle.ts'
import { listInProcess } from './list.ts'
import { startProcess } from './process.ts'
import { isLargeLogFile, type ThreadLimits, LIMITS, type Settings, startThread } from './thread.ts'

/**
 * What a worker is handed: a member to read, with what it shares with a helper, or one to help with. `ifLog`: it is read only
 * if it is a log of rows. `isCounted`: that it is begun must be known at once.
 */
export type ReadTask = {
  readonly member: Member
  readonly shared?: Shared
  readonly isHelp?: true
  readonly ifLog?: true
  readonly isCounted?: true
}

const TURN = 16

/** Works in this thread, one unit after the other. */
export function inlinePool(knowledge: Knowledge, zone: Zone | null, passwords: readonly string[] = []): Pool {
  const { rules } = knowledge
  const settings = { rules, ask: askAll(rules.events), zone, passwords, lexicons: new ValueCaches(rules.events) }
  return {
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      for (const [index, item] of items.entries()) {
        each((await scanMember(item as Member, settings)) as Result, index)
        // What waits in this thread, such as a file that is written, goes on between two members.
        if (index % TURN === 0) await new Promise(setImmediate)
      }
    },
  }
}

/**
 * Small files are handed to a thread many at a time, before it asks for them, and answered many at a time: of tens of
 * thousands each message of its own is most of the work. A thread is handed more when fewer than half are left.
 */
const AHEAD = { members: 256, size: 256 * 1024 }

/**
 * Works in `jobs` lanes, each a thread or a process at a time. Threads read large logs of rows, which lie in a folder: text, in
 * pieces. Everything else is read in processes: archives, forms of binary data, and what is searched by YARA rules, also by
 * those of the user. Each loads the same rules; units are handed out largest first, so that the last ones are small. A result
 * does not depend on the worker that made it. A worker that runs out of memory or time, or fails, costs the file that it was at,
 * which becomes a gap; one that fails before it has begun a file ends the run.
 */
export function workerPool(options: PoolOptions): WorkerPool {
  const { jobs, limits = LIMITS, isForThread = isLargeLog, start = starters } = options
  const { paths, zone, passwords = [], onFailed = () => undefined, isLater = false } = options
  const settings: Settings = { paths, zone, passwords }
  const settingsOf = (kind: WorkerKind): Settings => ({ ...settings, isLater: kind === 'process' && isLater })
  const open = (kind: WorkerKind): WorkerHandle => start[kind](settingsOf(kind), limits)
  /** Workers that have no work yet, or none any more. */
  const ready: WorkerHandle[] = []
  const taken = (kind: WorkerKind): WorkerHandle => {
    for (;;) {
      const at = ready.findIndex((worker) => worker.kind === kind)
      if (at < 0) return open(kind)
      const [worker] = ready.splice(at, 1)
      // One that failed before it had work is started again when there is some, and fails then.
      if (!worker!.isOver()) return worker!
    }
  }
  const end = async (): Promise<void> => {
    await Promise.all(ready.splice(0).map((worker) => worker.end()))
  }
  const patience = new Patience(limits)
  const answers = new WeakMap<WorkerHandle, number>()
  return {
    end,
    start(waiting) {
      if (waiting.isOver()) return
      waiting.post(settingsOf(waiting.kind))
      ready.push(waiting)
    },
    list: (root, onFound) =>
      listInProcess(
        { root, passwords, jobs },
        patience,
        {
          open: () => taken('process'),
          close: async (worker, isGood) => {
            if (isGood) ready.push(worker)
            else await worker.end()
          },
        },
        onFound,
      ),
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      const members = items as readonly unknown[] as readonly Member[]
      const work = new Work(members, isForThread)
      const lanes: Lane[] = []
      const job: Job = {
        start: taken,
        members,
        canHelp: jobs > 1,
        work,
        patience,
        answers,
        done: (scan, at) => each(scan as Result, at),
        unread: (at, { reason, detail }) => each(unscanned(members[at]!, reason, detail) as Result, at),
        mistake: (at, detail, stack) => onFailed(members[at]!.path, detail, stack),
        rest: () => {
          for (const idle of lanes) idle.help(lanes)
        },
      }
      for (const kind of work.lanes(jobs)) lanes.push(new Lane(job, kind))
      let isDone = false
      try {
        await Promise.all(lanes.map((lane) => lane.work()))
        isDone = true
      } finally {
        // Those that still work would go on for nothing; a process that has nothing to do may have more of the next evidence.
        work.stop()
        for (const lane of lanes) for (const worker of lane.free(isDone)) ready.push(worker)
        await Promise.all(lanes.map((lane) => lane.end()))
      }
    },
  }
}

export type PoolOptions = {
  readonly jobs: number
  readonly paths: KnowledgePaths
  readonly zone: Zone | null
  readonly passwords?: readonly string[]
  /** Processes load the rules when they are to read a file: it may be that they only list. */
  readonly isLater?: boolean
  /** Receives each file on which the program itself failed, and where in the program. */
  readonly onFailed?: (path: string, detail: string, stack: string) => void
  /** May a thread look at this member? */
  readonly isForThread?: (member: Member) => boolean
  readonly limits?: ThreadLimits
  readonly start?: Readonly<Record<WorkerKind, (settings: Settings, limits: ThreadLimits) => WorkerHandle>>
}

const starters: NonNullable<PoolOptions['start']> = {
  thread: (settings, limits) => startThread(settings, undefined, limits),
  process: (settings, limits) => startProcess(settings, undefined, limits),
}

/** Workers that work. */
export type WorkerPool = Pool & {
  /** Everything that an evidence input holds. */
  list(root: string, onFound?: (files: number) => void): Promise<ListedEvidence>
  /** Takes over a worker that waits for its settings: it loads the rules before there is work. */
  start(waiting: WorkerHandle): void
  /** Ends those that have no work. */
  end(): Promise<void>
}

/** A log that lies in a folder, by its name alone; the thread looks whether it is one. */
export function isLargeLog({ ref, path, size, refused, companions }: Member): boolean {
  return (
    refused === undefined &&
    (companions ?? []).length === 0 &&
    isLoose(ref) &&
    size !== null &&
    isLargeLogFile(path, size)
  )
}

/** What one file may cost of the time of a run, after others have cost theirs. */
export class Patience {
  readonly #limits: ThreadLimits
  #lost = 0

  constructor(limits: ThreadLimits) {
    this.#limits = limits
  }

  /** So long a worker may take to load its rules. */
  get start(): number {
    return this.#limits.seconds * 1000
  }

  /**
   * Milliseconds for so many bytes. Files that hang cost a run about `lost` seconds together, however many they are: each may
   * take a part of what is left.
   */
  for(bytes: number): number {
    const { seconds, bytesPerSecond, lost } = this.#limits
    const left = Math.max(0, 1 - this.#lost / lost)
    // However much was lost to others, a large log has the time that it takes on a slow machine.
    return (seconds * Math.max(LEAST.file, left) + (bytes / bytesPerSecond) * Math.max(LEAST.bytes, left)) * 1000
  }

  /** A file was given up after so long. */
  lose(milliseconds: number): void {
    this.#lost += milliseconds / 1000
  }
}

/** The least parts of the time that the first file may take, for itself and for its bytes: what reads at all is read by then. */
const LEAST = { file: 1 / 60, bytes: 1 / 10 }
/** What is lost about where a worker runs out of memory (ms). */
const FILLED = 5_000

/** Units that are to be done, those for threads and those for processes. */
class Work {
  readonly #units: Record<WorkerKind, number[][]> = { thread: [], process: [] }
  readonly #bytes: Record<WorkerKind, number> = { thread: 0, process: 0 }
  readonly #isLarge: boolean
  #processes = 0

  constructor(members: readonly Member[], isForThread: (member: Member) => boolean) {
    for (const unit of unitsOf(members)) {
      const kind = unit.length === 1 && isForThread(members[unit[0]!]!) ? 'thread' : 'process'
      this.#units[kind].push(unit)
      for (const at of unit) this.#bytes[kind] += PER_FILE + (members[at]!.size ?? UNKNOWN)
    }
    this.#isLarge = this.#units.thread.some(([at]) => statesFor(members[at!]!) !== null)
    for (const list of Object.values(this.#units)) list.reverse()
  }

  /** What each lane begins with. One large file is work for two. */
  lanes(jobs: number): WorkerKind[] {
    const { thread, process } = this.#units
    const count = Math.min(jobs, this.#isLarge ? jobs : thread.length + process.length)
    const most = process.length === 0 ? 0 : Math.min(count, this.#most)
    const share = this.#bytes.process / (this.#bytes.thread + this.#bytes.process)
    this.#processes = thread.length === 0 ? most : Math.min(most, count - 1, Math.round(count * share))
    const threads = thread.length === 0 ? 0 : count - this.#processes
    return [...Array<WorkerKind>(threads).fill('thread'), ...Array<WorkerKind>(this.#processes).fill('process')]
  }

  has(kind: WorkerKind): boolean {
    return this.#units[kind].length > 0
  }

  next(kind: WorkerKind): readonly number[] | undefined {
    return this.#units[kind].pop()
  }

  /** A thread found that a file is for a process. */
  defer(at: number, size: number): void {
    this.#units.process.push([at])
    this.#bytes.process += PER_FILE + size
  }

  /**
   * May one more lane go on in a process? Few files are read by one before another has loaded its rules. Those that do go on
   * until nothing is left.
   */
  claim(): boolean {
    const may = this.#processes < this.#most && this.#units.process.length > 0
    if (may) this.#processes++
    return may
  }

  /** A lane found no more for its process. */
  release(): void {
    this.#processes--
  }

  get #most(): number {
    return Math.max(1, Math.ceil(this.#bytes.process / PER_PROCESS))
  }

  stop(): void {
    this.#units.thread = []
    this.#units.process = []
  }
}

/** Work for one process, and what a file costs besides its bytes; a file whose size shows when it is unpacked. */
const PER_PROCESS = 8 * 2 ** 20
const PER_FILE = 20 * 1024
const UNKNOWN = PER_PROCESS

/** What all lanes of a run share. */
type Job = {
  readonly start: (kind: WorkerKind) => WorkerHandle
  readonly members: readonly Member[]
  readonly canHelp: boolean
  readonly work: Work
  readonly patience: Patience
  /** How many members each worker has read, also of other evidence. */
  readonly answers: WeakMap<WorkerHandle, number>
  readonly done: (scan: Scan, at: number) => void
  readonly unread: (at: number, why: Abandoned) => void
  readonly mistake: (at: number, detail: string, stack: string) => void
  /** A lane has nothing to do, or something that another may help with. */
  readonly rest: () => void
}

/** Why a file was given up. */
type Abandoned = MemberRefusal & { readonly reason: keyof typeof abandonedFor }

/** A file that is read by one thread and that another may help with. */
type SharedFile = { readonly member: Member } & Shared

/** So often a worker may take all the time that there is to load its rules. */
const STARTS = 3
/** So often one looks at the time (ms). */
const TICK = 50

/** One thread or process at a time, and what it has been handed and has not answered yet, in this order. */
class Lane {
  readonly #job: Job
  #kind: WorkerKind
  #waiting: number[] = []
  /** Members that were given up, and why: their names and locations are matched by the next worker. */
  readonly #abandoned = new Map<number, Abandoned>()
  /** Members that waited when a process ended by itself: one of them may end the next, and which one must be known. */
  readonly #counted = new Set<number>()
  #unit: readonly number[] = []
  #taken = 0
  readonly #workers = new Map<WorkerKind, WorkerHandle>()
  #timer: NodeJS.Timeout | undefined
  #starts = 0
  #settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null
  /** What it shares of the file that it reads, and the port for who helps; of the one that it helps with. */
  #shared: SharedFile | null = null
  #helps: SharedArrayBuffer | null = null
  #helped = false
  #isResting = false

  constructor(job: Job, kind: WorkerKind) {
    this.#job = job
    this.#kind = kind
  }

  /** Reads members until there is none left. */
  work(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#fill()
    })
  }

  /** With nothing left to read, helps one of the others. */
  help(others: readonly Lane[]): void {
    if (!this.#isResting || this.#helps !== null || !this.#job.canHelp) return
    const shared = others.map((other) => other.#share()).find((one) => one !== null)
    if (!shared) return
    const { member, states, port } = shared
    this.#helps = states
    const errand: ReadTask = { member, shared: { states, port }, isHelp: true }
    this.#worker('thread').post([errand], [port])
  }

  /** What another thread needs to help with the file at hand; null where there is none, or one helps already. */
  #share(): SharedFile | null {
    const shared = this.#helped ? null : this.#shared
    if (shared) this.#helped = true
    return shared
  }

  /** Processes that wait for more, which are no longer its own. */
  free(isDone: boolean): WorkerHandle[] {
    const worker = this.#workers.get('process')
    if (!isDone || worker === undefined || worker.isOver() || this.#waiting.length > 0) return []
    this.#workers.delete('process')
    worker.tell(null)
    return [worker]
  }

  async end(): Promise<void> {
    clearInterval(this.#timer)
    this.#leave()
    const workers = [...this.#workers.values()]
    this.#workers.clear()
    await Promise.all(workers.map((worker) => worker.end()))
  }

  #worker(kind: WorkerKind): WorkerHandle {
    let worker = this.#workers.get(kind)
    if (worker !== undefined) return worker
    const started = (worker = this.#job.start(kind))
    this.#workers.set(kind, started)
    started.tell({
      answers: (answers) => this.#answered(started, answers as readonly WorkerAnswer[]),
      ended: (how) => this.#ended(started, how),
    })
    return started
  }

  /** Hands out what comes next; of large files one at a time, so that another may take the rest. */
  #fill(): void {
    if (this.#waiting.length > AHEAD.members / 2) return
    const more = this.#more()
    if (more.length > 0) return this.#hand(more)
    if (this.#waiting.length > 0) return
    if (this.#switch()) return this.#hand(this.#more())
    this.#isResting = true
    this.#settle!.resolve()
    this.#job.rest()
  }

  /** Nothing is left of one kind: goes on with the other, where there is any. */
  #switch(): boolean {
    const { work } = this.#job
    if (this.#kind === 'process') work.release()
    else if (!work.claim()) return false
    this.#kind = this.#kind === 'process' ? 'thread' : 'process'
    return work.has(this.#kind)
  }

  #more(): number[] {
    const { members } = this.#job
    const isSmall = (at: number): boolean => (members[at]!.size ?? Infinity) <= AHEAD.size
    const more: number[] = []
    let small = this.#waiting.every(isSmall)
    while (small && this.#waiting.length + more.length < AHEAD.members) {
      const at = this.#take()
      if (at === undefined) break
      more.push(at)
      small = isSmall(at)
    }
    return more
  }

  #take(): number | undefined {
    if (this.#taken === this.#unit.length) {
      const unit = this.#job.work.next(this.#kind)
      if (unit === undefined) return undefined
      this.#unit = unit
      this.#taken = 0
    }
    return this.#unit[this.#taken++]
  }

  #hand(more: readonly number[]): void {
    append(this.#waiting, more)
    const isThread = this.#kind === 'thread'
    const ports: MessagePort[] = []
    const errands = more.map((at): ReadTask => {
      const refused = this.#abandoned.get(at)
      const counted = this.#counted.has(at) ? { isCounted: true as const } : {}
      if (refused) return { member: { ...this.#job.members[at]!, refused }, ...counted }
      const member = this.#job.members[at]!
      if (!isThread) return { member, ...counted }
      const states = this.#job.canHelp ? statesFor(member) : null
      if (states === null) return { member, ifLog: true }
      const { port1, port2 } = new MessageChannel()
      ports.push(port1)
      this.#shared = { member, states, port: port2 }
      this.#helped = false
      return { member, ifLog: true, shared: { states, port: port1 } }
    })
    this.#worker(this.#kind).post(errands, ports)
    if (this.#waiting.length === more.length) this.#watch()
    if (ports.length > 0) this.#job.rest()
  }

  /** The file at hand is read, or given up: nobody helps any more. */
  #leave(): void {
    if (this.#shared) leaveSharedFile(this.#shared.states)
    this.#shared?.port.close()
    this.#shared = null
  }

  /** How many of those that wait are begun. */
  #begun(): number {
    const worker = this.#workers.get(this.#kind)
    if (worker === undefined) return 0
    return Math.min(worker.begun() - this.#answersOf(worker), this.#waiting.length)
  }

  #answersOf(worker: WorkerHandle): number {
    return this.#job.answers.get(worker) ?? 0
  }

  /** Watches how long the member at hand takes, or the worker to start; time in which this thread is busy is not counted. */
  #watch(): void {
    clearInterval(this.#timer)
    let begun = this.#begun()
    let left = this.#patience(begun)
    this.#timer = setInterval(() => {
      const now = this.#begun()
      if (now !== begun) left = this.#patience((begun = now))
      else if ((left -= TICK) <= 0) this.#late(begun)
    }, TICK)
  }

  /** Milliseconds for the member that was begun last; for the start of a worker that has begun none. */
  #patience(begun: number): number {
    const { patience, members } = this.#job
    if (begun <= 0) return patience.start
    const at = this.#waiting[begun - 1]!
    const { ref, size } = members[at]!
    if (this.#abandoned.has(at)) return patience.for(0)
    // In a new worker the archive is unpacked from its beginning up to the member.
    return patience.for((streamOf(ref)?.at ?? 0) + (size ?? 0))
  }

  #late(begun: number): void {
    clearInterval(this.#timer)
    if (begun > 0) {
      this.#job.patience.lose(this.#patience(begun))
      void this.#give('timeout')
    } else if (++this.#starts < STARTS) void this.#again()
    else this.#fail(new Error(`a worker did not start in ${(STARTS * this.#job.patience.start) / 1000} s`))
  }

  #answered(worker: WorkerHandle, answers: readonly WorkerAnswer[]): void {
    if (this.#helps !== null) {
      this.#helps = null
      this.#job.rest()
      return
    }
    this.#starts = 0
    this.#job.answers.set(worker, this.#answersOf(worker) + answers.length)
    if (this.#waiting.length === answers.length) this.#leave()
    const { work, members } = this.#job
    const of = this.#waiting.splice(0, answers.length)
    for (const [i, at] of of.entries()) if ('elsewhere' in answers[i]!) work.defer(at, members[at]!.size ?? 0)
    if (this.#waiting.length > 0) this.#watch()
    else clearInterval(this.#timer)
    // The worker reads on while its answers are used.
    this.#fill()
    try {
      for (const [i, at] of of.entries()) this.#use(answers[i]!, at)
    } catch (error) {
      this.#fail(error)
    }
  }

  #use(answer: WorkerAnswer, at: number): void {
    if ('elsewhere' in answer) return
    const { done, mistake } = this.#job
    if (answer.mistake !== undefined) mistake(at, answer.mistake, answer.stack ?? answer.mistake)
    done(answer.scan, at)
  }

  #ended(worker: WorkerHandle, how: Ending): void {
    if (this.#helps !== null && worker.kind === 'thread') {
      // Who is helped reads on alone.
      leaveSharedFile(this.#helps)
      void this.end()
      return
    }
    // One that waits in vain for its next work is started again when there is some.
    if (worker.kind !== this.#kind || this.#waiting.length === 0) {
      this.#workers.delete(worker.kind)
      return
    }
    const next = this.#waiting[Math.max(0, this.#begun())]
    // It may have begun more than it said: the next process says each.
    if (worker.kind === 'process' && next !== undefined && !this.#counted.has(next)) {
      for (const at of this.#waiting) this.#counted.add(at)
      void this.#again()
      return
    }
    if (this.#begun() <= 0) return this.#fail(how.error)
    if (how.reason === 'memory') this.#job.patience.lose(FILLED)
    void this.#give(how.reason, how.detail, stackOf(how.error))
  }

  #fail(error: unknown): void {
    this.#settle!.reject(error instanceof Error ? error : new Error(String(error)))
  }

  /**
   * Gives up the content of the file that is being read. A new worker matches its name and location, and goes on with the others
   * that wait; a file that was given up before is a gap.
   */
  async #give(reason: keyof typeof abandonedFor, detail = '', stack = ''): Promise<void> {
    const { mistake, unread } = this.#job
    const [at] = this.#waiting.splice(Math.max(0, this.#begun() - 1), 1)
    const isRepeated = this.#abandoned.has(at!)
    const why = { reason, detail: abandonedFor[reason](detail) }
    this.#abandoned.set(at!, why)
    if (!isRepeated) this.#waiting.unshift(at!)
    try {
      await this.#again()
      if (reason === 'failed' && !isRepeated) mistake(at!, detail, stack)
      if (isRepeated) unread(at!, why)
    } catch (error) {
      this.#fail(error)
      return
    }
    this.#fill()
  }

  /** A new worker for what waits. */
  async #again(): Promise<void> {
    const others = this.#waiting
    clearInterval(this.#timer)
    this.#leave()
    const worker = this.#workers.get(this.#kind)
    this.#workers.delete(this.#kind)
    await worker?.end()
    this.#waiting = []
    if (others.length > 0) this.#hand(others)
  }
}

/**
 * What one worker does in a row: a member, or all members of an archive that can only be unpacked front to back, in
 * their order there, so that it is unpacked once. Largest first.
 */
function unitsOf(items: readonly unknown[]): number[][] {
  const units: { readonly members: number[]; size: number }[] = []
  const streams = new Map<string, { readonly members: number[]; readonly places: number[]; size: number }>()
  for (const [index, item] of items.entries()) {
    const { ref, size } = item as Member
    const stream = streamOf(ref)
    const unit = stream === null ? undefined : streams.get(stream.key)
    if (stream !== null && unit !== undefined) {
      unit.members.push(index)
      unit.places.push(stream.at)
      unit.size += size ?? 0
      continue
    }
    const first = { members: [index], places: [stream?.at ?? 0], size: size ?? 0 }
    units.push(first)
    if (stream !== null) streams.set(stream.key, first)
  }
  // Archives in an archive are listed behind its files, wherever they lie in it.
  for (const { members, places } of streams.values()) {
    const order = [...places.keys()].sort((a, b) => places[a]! - places[b]! || a - b).map((i) => members[i]!)
    for (const [i, at] of order.entries()) members[i] = at
  }
  return units.sort((a, b) => b.size - a.size || a.members[0]! - b.members[0]!).map(({ members }) => members)
}
