import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerHandle } from '../work/handle.ts'
import { startProcess } from '../work/process.ts'
import { startThread } from '../work/thread.ts'
import { firstWorker } from './for-threads.ts'
import { keepHeapSmall } from './heap.ts'
import type { AssessData, Told } from './interruptible.ts'

// `postern assess`, in a thread of its own: see interruptible.ts. The worker that will be needed is started first of all: it loads
// its program while this one does.
const { args, terminal, wait } = workerData as AssessData
const tell = (told: Told): void => parentPort!.postMessage(told)
keepHeapSmall()
const reader = startFirst()
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
await reader?.end()

function startFirst(): WorkerHandle | null {
  const kind = firstWorker(args)
  return kind === null ? null : kind === 'thread' ? startThread(null) : startProcess(null)
}
