import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads'
import type { Member, Refusal } from '../evidence/container.ts'
import { streamOf } from '../evidence/index.ts'
import type { Zone } from '../lib/zones.ts'
import type { Pool, Scan } from '../model.ts'
import type { Knowledge, KnowledgePaths } from '../packs.ts'
import { askAll } from '../rules/ask.ts'
import { scan, unscanned } from '../scan.ts'
import { Lexicons } from '../skim.ts'
import { leave, type Shared, statesFor } from './ahead.ts'
import { LIMITS, type Settings, type Started, startThread } from './thread.ts'
import { append } from '../lib/lists.ts'

/** What a thread is handed: a member to read, with what it shares with a helper, or one to help with. */
export type Errand = { readonly member: Member; readonly shared?: Shared; readonly isHelp?: true }

const TURN = 16

/** Works in this thread, one unit after the other. */
export function inlinePool(knowledge: Knowledge, zone: Zone | null, passwords: readonly string[] = []): Pool {
  const { rules } = knowledge
  const settings = { rules, ask: askAll(rules.events), zone, passwords, lexicons: new Lexicons(rules.events) }
  return {
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      for (const [index, item] of items.entries()) {
        each((await scan(item as Member, settings)) as Result, index)
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
const AHEAD = { members: 64, size: 256 * 1024 }

/**
 * Works in `jobs` threads. Each loads the same rules; units are handed out largest first, so that the last ones are small.
 * A result does not depend on the thread that made it. A thread that runs out of memory or time costs the file that it was
 * at, which becomes a gap; when one fails in any other way, all are ended and the run fails with it.
 */
export function threadPool(
  jobs: number,
  paths: KnowledgePaths,
  zone: Zone | null,
  passwords: readonly string[] = [],
  script?: URL,
  limits = LIMITS,
): ThreadPool {
  const settings: Settings = { paths, zone, passwords }
  const start = (): Started => startThread(settings, script, limits)
  let ready: Started | null = null
  const taken = (): Started | null => {
    const one = ready
    ready = null
    return one
  }
  const end = (): Promise<void> => ended(taken()?.worker ?? null)
  return {
    end,
    start(waiting = null) {
      // One that fails before it has work is started again when there is some, and fails then.
      ready ??= waiting === null || waiting.worker.threadId === ENDED ? start() : waiting
      if (ready === waiting) waiting.worker.postMessage(settings)
      ready.worker.on('error', taken).on('exit', taken)
    },
    async run<Item, Result>(_task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void) {
      const units = unitsOf(items)
      let next = 0
      const threads: Thread[] = []
      const failure = Promise.withResolvers<never>()
      const job: Job = {
        start: () => taken() ?? start(),
        limits,
        members: items as readonly unknown[] as readonly Member[],
        canHelp: jobs > 1,
        nextUnit: () => units[next++],
        done: (scan, at) => each(scan as Result, at),
        rest: () => {
          for (const idle of threads) idle.help(threads)
        },
        fail: (error) => failure.reject(error),
      }
      // One large file is work for two.
      const count = job.members.some((member) => statesFor(member) !== null) ? jobs : units.length
      for (let i = 0; i < Math.min(jobs, count); i++) threads.push(new Thread(job))
      try {
        await Promise.race([failure.promise, Promise.all(threads.map((thread) => thread.work()))])
      } finally {
        // Those that still work would go on for nothing.
        next = units.length
        await Promise.all([...threads.map((thread) => thread.end()), end()])
      }
    },
  }
}

/** Threads that work. */
export type ThreadPool = Pool & {
  /**
   * Starts one of them before there is work, or tells one that waits for its settings: it loads the rules meanwhile. More would
   * keep this thread from its own.
   */
  start(waiting?: Started | null): void
  /** Ends it, where it had no work. */
  end(): Promise<void>
}

/** The number of a thread that has ended. */
const ENDED = -1

const EVENTS = ['message', 'error', 'messageerror', 'exit']

async function ended(worker: Worker | null): Promise<void> {
  for (const name of EVENTS) worker?.removeAllListeners(name)
  // One that fails while it is ended tells nothing new.
  await worker?.on('error', () => undefined).terminate()
}

/** What all threads of a run share. */
type Job = {
  readonly start: () => Started
  readonly limits: typeof LIMITS
  readonly members: readonly Member[]
  readonly canHelp: boolean
  readonly nextUnit: () => readonly number[] | undefined
  readonly done: (scan: Scan, at: number) => void
  /** A thread has nothing to do, or something that another may help with. */
  readonly rest: () => void
  /** A thread that helps another failed. */
  readonly fail: (error: unknown) => void
}

/** A file that is read by one thread and that another may help with. */
type SharedFile = { readonly member: Member } & Shared

/** One thread, and what it has been handed and has not answered yet, in this order. */
class Thread {
  readonly #job: Job
  #waiting: number[] = []
  /** Members that were given up, and why: their names and locations are matched by the next worker. */
  readonly #abandoned = new Map<number, Refusal>()
  #unit: readonly number[] = []
  #taken = 0
  #worker: Worker | null = null
  /** What this worker has begun, as it says, and what it has answered. */
  #begun = new Int32Array(new SharedArrayBuffer(4))
  #answers = 0
  #timer: NodeJS.Timeout | undefined
  #settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null
  /** What it shares of the file that it reads, and the port for who helps; of the one that it helps with. */
  #shared: SharedFile | null = null
  #helps: SharedArrayBuffer | null = null
  #helped = false
  #isResting = false

  constructor(job: Job) {
    this.#job = job
  }

  /** Reads members until there is none left. */
  work(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#open()
      this.#fill()
    })
  }

  /** With nothing left to read, helps one of the others. */
  help(others: readonly Thread[]): void {
    if (!this.#isResting || this.#helps !== null || this.#worker === null) return
    const shared = others.map((other) => other.#share()).find((one) => one !== null)
    if (!shared) return
    const { member, states, port } = shared
    this.#helps = states
    const errand: Errand = { member, shared: { states, port }, isHelp: true }
    this.#worker.postMessage([errand], [port])
  }

  /** What another thread needs to help with the file at hand; null where there is none, or one helps already. */
  #share(): SharedFile | null {
    const shared = this.#helped ? null : this.#shared
    if (shared) this.#helped = true
    return shared
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer)
    this.#leave()
    const worker = this.#worker
    this.#worker = null
    await ended(worker)
  }

  #open(): void {
    const { worker, begun } = this.#job.start()
    this.#begun = begun
    this.#answers = 0
    for (const name of EVENTS) worker.removeAllListeners(name)
    this.#worker = worker
      .on('message', (scans: readonly Scan[]) => this.#answered(scans))
      .on('error', (error) => this.#failed(error))
      .on('messageerror', (error) => this.#failed(error))
      .on('exit', (code) => this.#failed(new Error(`a worker stopped with ${code} before its work was done`)))
  }

  /** Hands out what comes next; of large files one at a time, so that another thread may take the rest. */
  #fill(): void {
    if (this.#waiting.length > AHEAD.members / 2) return
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
    if (more.length > 0) this.#hand(more)
    else if (this.#waiting.length === 0) {
      this.#isResting = true
      this.#settle!.resolve()
      this.#job.rest()
    }
  }

  #take(): number | undefined {
    if (this.#taken === this.#unit.length) {
      const unit = this.#job.nextUnit()
      if (unit === undefined) return undefined
      this.#unit = unit
      this.#taken = 0
    }
    return this.#unit[this.#taken++]
  }

  #hand(more: readonly number[]): void {
    append(this.#waiting, more)
    const ports: MessagePort[] = []
    const errands = more.map((at): Errand => {
      const refused = this.#abandoned.get(at)
      if (refused) return { member: { ...this.#job.members[at]!, refused } }
      const member = this.#job.members[at]!
      const states = this.#job.canHelp ? statesFor(member) : null
      if (states === null) return { member }
      const { port1, port2 } = new MessageChannel()
      ports.push(port1)
      this.#shared = { member, states, port: port2 }
      this.#helped = false
      return { member, shared: { states, port: port1 } }
    })
    this.#worker!.postMessage(errands, ports)
    if (this.#waiting.length === more.length) this.#watch()
    if (ports.length > 0) this.#job.rest()
  }

  /** The file at hand is read, or given up: nobody helps any more. */
  #leave(): void {
    if (this.#shared) leave(this.#shared.states)
    this.#shared?.port.close()
    this.#shared = null
  }

  /** Which of those that wait is being read. */
  #now(): number {
    return Math.max(0, Math.min(Atomics.load(this.#begun, 0) - 1 - this.#answers, this.#waiting.length - 1))
  }

  #watch(): void {
    const { limits, members } = this.#job
    const now = this.#now()
    const member = members[this.#waiting[now]!]!
    // In a new thread the archive is unpacked from its beginning up to the member.
    const way = this.#abandoned.has(this.#waiting[now]!) ? 0 : (streamOf(member.ref)?.at ?? 0) + (member.size ?? 0)
    const seconds = limits.seconds + way / limits.bytesPerSecond
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => (this.#now() === now ? void this.#give('timeout') : this.#watch()),
      Math.min(seconds * 1000, 2 ** 31 - 1),
    )
  }

  #answered(scans: readonly Scan[]): void {
    if (this.#helps !== null) {
      this.#helps = null
      this.#job.rest()
      return
    }
    this.#answers += scans.length
    if (this.#waiting.length === scans.length) this.#leave()
    try {
      for (const [i, at] of this.#waiting.splice(0, scans.length).entries()) this.#job.done(scans[i]!, at)
    } catch (error) {
      this.#failed(error)
      return
    }
    if (this.#waiting.length > 0) this.#watch()
    else clearTimeout(this.#timer)
    this.#fill()
  }

  #failed(error: unknown): void {
    const code = (error as NodeJS.ErrnoException | null)?.code
    if (this.#helps !== null) {
      // Who is helped reads on alone.
      leave(this.#helps)
      if (code === 'ERR_WORKER_OUT_OF_MEMORY') void this.end()
      else this.#job.fail(error)
      return
    }
    if (code === 'ERR_WORKER_OUT_OF_MEMORY' && this.#waiting.length > 0) void this.#give('memory')
    else this.#settle!.reject(error instanceof Error ? error : new Error(String(error)))
  }

  /**
   * Gives up the content of the file that is being read. A new thread matches its name and location, and goes on with the others
   * that wait; a file that was given up before is a gap.
   */
  async #give(reason: keyof typeof reasons): Promise<void> {
    const [at] = this.#waiting.splice(this.#now(), 1)
    const isRepeated = this.#abandoned.has(at!)
    this.#abandoned.set(at!, { reason, detail: reasons[reason] })
    const others = isRepeated ? this.#waiting : [at!, ...this.#waiting]
    await this.end()
    this.#waiting = []
    this.#open()
    if (others.length > 0) this.#hand(others)
    if (!isRepeated) return
    try {
      this.#job.done(unscanned(this.#job.members[at!]!, reason, reasons[reason]), at!)
    } catch (error) {
      this.#failed(error)
      return
    }
    this.#fill()
  }
}

const reasons = {
  timeout: 'reading it took too long and was ended',
  memory: 'reading it wanted more memory than one file may take',
}

/**
 * What one thread does in a row: a member, or all members of an archive that can only be unpacked front to back, in
 * their order there, so that it is unpacked once. Largest first.
 */
function unitsOf(items: readonly unknown[]): number[][] {
  const units: { readonly members: number[]; size: number }[] = []
  const streams = new Map<string, { readonly members: number[]; size: number }>()
  for (const [index, item] of items.entries()) {
    const { ref, size } = item as Member
    const stream = streamOf(ref)
    const unit = stream === null ? undefined : streams.get(stream.key)
    if (unit !== undefined) {
      unit.members.push(index)
      unit.size += size ?? 0
      continue
    }
    const first = { members: [index], size: size ?? 0 }
    units.push(first)
    if (stream !== null) streams.set(stream.key, first)
  }
  return units.sort((a, b) => b.size - a.size || a.members[0]! - b.members[0]!).map(({ members }) => members)
}
