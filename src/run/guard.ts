import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { writeBegun } from './begun.ts'
import { TOO_MUCH } from './handle.ts'

// A thread in a process that reads evidence: it ends the process, whatever that is doing, when it takes too much memory (a limit
// of the heap counts no buffers), and when nothing waits for it any more. It reports how many files the process has begun.

/** `begun`: an Int32 that the thread which reads counts in. */
export type GuardData = { readonly parent: number; readonly memory: number; readonly begun: SharedArrayBuffer }

const { parent, memory, begun } = workerData as GuardData
const counter = new Int32Array(begun)
const EVERY = 50
let written = 0

setInterval(() => {
  const now = Atomics.load(counter, 0)
  if (now !== written) writeBegun((written = now))
  if (process.memoryUsage.rss() > memory * 2 ** 20) {
    try {
      writeSync(2, `${TOO_MUCH}\n`)
    } catch {
      // Nothing listens: the signal says the same.
    }
    process.kill(process.pid, 'SIGKILL')
  }
  if (!isWaiting()) process.kill(process.pid, 'SIGKILL')
}, EVERY)

function isWaiting(): boolean {
  if (process.ppid !== parent) return false
  try {
    process.kill(parent, 0)
    return true
  } catch {
    return false
  }
}
