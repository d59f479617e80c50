import { parentPort, workerData } from 'node:worker_threads'
import { startThread, type Started } from '../work/thread.ts'
import { forThreads } from './for-threads.ts'
import { keepHeapSmall } from './heap.ts'
import type { AssessData, Told } from './interruptible.ts'

// `postern assess`, in a thread of its own: see interruptible.ts. A thread that reads is started first of all, where one will be
// needed: it loads its program while this one does.
const { args, terminal, wait } = workerData as AssessData
const tell = (told: Told): void => parentPort!.postMessage(told)
keepHeapSmall()
const reader: Started | null = forThreads(args) ? startThread(null) : null
// One that fails by now is started again when there is work, and fails then.
reader?.worker.on('error', () => undefined)
const { assessRun } = await import('./assess-run.ts')
const status = await assessRun(args, {
  terminal,
  reader,
  onUnfinished: (unfinished) => tell({ unfinished }),
  onBrowser: (browser) => tell({ browser }),
  ...(wait === undefined ? {} : { wait }),
})
tell({ status })
// Where nobody had work for it.
await reader?.worker.terminate()
