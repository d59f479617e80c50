import { Worker } from 'node:worker_threads'
import type { Zone } from '../lib/zones.ts'
import type { KnowledgePaths } from '../knowledge/load-packs.ts'
import { failureOf, type WorkerEvents, type WorkerHandle } from './handle.ts'
import { TakenTexts } from './shared-texts.ts'

// How a thread is started that reads evidence. Nothing else is loaded with this: one may be started before all else.

/** What a worker must know before it can read: plain data. */
export type Settings = {
  readonly paths: KnowledgePaths
  readonly zone: Zone | null
  readonly passwords: readonly string[]
  /** The rules are loaded when a file is to be read, and not at once. */
  readonly isLater?: boolean
}

/** What it is started with: what it must know, unless its first message says so. */
export type ReadThreadData = {
  readonly settings: Settings | null
  /** How many members the thread has begun to read: an Int32 that both sides see. */
  readonly begun: SharedArrayBuffer
}

/**
 * What one unit may cost: a file that wants more is a gap and not the end of the run. `memory`: of the heap of a thread, and of
 * the resident memory of a process (MB). `young`: events live for a moment, and with more room for them fewer are copied. `lost`: about how many seconds a run may
 * lose to files that are given up.
 */
export type ThreadLimits = {
  readonly memory: number
  readonly young: number
  readonly seconds: number
  readonly bytesPerSecond: number
  readonly lost: number
}
export const LIMITS: ThreadLimits = { memory: 2048, young: 8, seconds: 60, bytesPerSecond: 500_000, lost: 240 }

/** So large is a log whose rows are worth a thread: threads share what they take of one file. */
const LOG = 1024 * 1024

/** Is a file, by its name and size, a log that is worth a thread? */
export function isLargeLogFile(path: string, size: number): boolean {
  return size >= LOG && /\.log$/i.test(path)
}

const own = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

export function startThread(settings: Settings | null, script = own, limits = LIMITS): WorkerHandle {
  const begun = new Int32Array(new SharedArrayBuffer(4))
  const resourceLimits = { maxOldGenerationSizeMb: limits.memory, maxYoungGenerationSizeMb: limits.young }
  const workerData: ReadThreadData = { settings, begun: begun.buffer }
  const worker = new Worker(script, { workerData, resourceLimits })
  const texts = new TakenTexts()
  let events: WorkerEvents | null = null
  let isOver = false
  const over = (reason: 'memory' | 'failed', error: unknown): void => {
    if (isOver) return
    isOver = true
    events?.ended({ reason, detail: failureOf(error), error })
  }
  worker
    .on('message', (message: Parameters<TakenTexts['unpack']>[0]) => {
      const answers = texts.unpack(message)
      events?.answers(answers)
    })
    .on('messageerror', (error) => over('failed', error))
    .on('error', (error: unknown) => {
      const code = (error as NodeJS.ErrnoException | null)?.code
      over(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'failed', error)
    })
    .on('exit', (code) => over('failed', new Error(`a worker stopped with ${code} before its work was done`)))
  return {
    kind: 'thread',
    begun: () => Atomics.load(begun, 0),
    post: (message, ports = []) => worker.postMessage(message, ports),
    tell: (told) => (events = told),
    isOver: () => isOver,
    async end() {
      events = null
      isOver = true
      await worker.terminate()
    },
  }
}
