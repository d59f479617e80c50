import { parentPort, workerData } from 'node:worker_threads'
import { startProcess } from '../../run/process.ts'
import { startThread } from '../../run/thread.ts'
import { firstWorkers } from './thread-plan.ts'
import { keepHeapSmall } from './heap.ts'
import type { AssessData, RunState } from './interrupt.ts'

// `postern assess`, in a thread of its own: see interrupt.ts. Workers that will be needed are started first of all: they load
// their program while this one does.
const { args, terminal, wait } = workerData as AssessData
const tell = (told: RunState): void => parentPort!.postMessage(told)
keepHeapSmall()
const kinds = firstWorkers(args)
// Beside a thread that reads, a process lists; whether there is anything else for it shows then.
const isForReading = !kinds.includes('thread')
const readers = kinds.map((kind) =>
  kind === 'thread' ? startThread(null) : startProcess(null, undefined, undefined, isForReading),
)
const { assessRun } = await import('./assess-run.ts')
const status = await assessRun(args, {
  terminal,
  readers,
  onUnfinished: (unfinished) => tell({ unfinished }),
  onBrowser: (browser) => tell({ browser }),
  ...(wait === undefined ? {} : { wait }),
})
tell({ status })
// Those that received no work.
await Promise.all(readers.map((reader) => reader.end()))
