import { Worker } from 'node:worker_threads'
import type { Zone } from '../lib/zones.ts'
import type { KnowledgePaths } from '../packs.ts'

// How a thread is started that reads evidence. Nothing else is loaded with this: one may be started before all else.

/** What a thread must know before it can read: plain data. */
export type Settings = {
  readonly paths: KnowledgePaths
  readonly zone: Zone | null
  readonly passwords: readonly string[]
}

/** What it is started with: what it must know, unless its first message says so. */
export type ThreadData = {
  readonly settings: Settings | null
  /** How many members the thread has begun to read: an Int32 that both sides see. */
  readonly begun: SharedArrayBuffer
}

/** A thread, and how many members it has begun to read. */
export type Started = { readonly worker: Worker; readonly begun: Int32Array<SharedArrayBuffer> }

/**
 * What one unit may cost: a file that wants more is a gap and not the end of the run. `young`: events live for a moment,
 * and in little room they are cleared away sooner; more room is memory that makes nothing faster.
 */
export const LIMITS = { memory: 2048, young: 3, seconds: 60, bytesPerSecond: 500_000 }

const own = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

export function startThread(settings: Settings | null, script = own, limits = LIMITS): Started {
  const begun = new SharedArrayBuffer(4)
  const resourceLimits = { maxOldGenerationSizeMb: limits.memory, maxYoungGenerationSizeMb: limits.young }
  const workerData: ThreadData = { settings, begun }
  return { worker: new Worker(script, { workerData, resourceLimits }), begun: new Int32Array(begun) }
}
