import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { TOO_MUCH } from './handle.ts'

// A thread in a process that reads evidence: it ends the process, whatever that is doing, when it takes too much memory (a limit
// of the heap counts no buffers), and when nobody waits for it any more.

export type GuardData = { readonly parent: number; readonly memory: number }

const { parent, memory } = workerData as GuardData
const EVERY = 50

setInterval(() => {
  if (process.memoryUsage.rss() > memory * 2 ** 20) {
    try {
      writeSync(2, `${TOO_MUCH}\n`)
    } catch {
      // Nobody listens: the signal says the same.
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
