import { parentPort, workerData } from 'node:worker_threads'
import { assessCommand } from './assess-command.ts'
import type { AssessData, Told } from './interruptible.ts'
import { outcome } from './outcome.ts'

// `postern assess`, in a thread of its own: see interruptible.ts.
const { args, terminal, wait } = workerData as AssessData
const tell = (told: Told): void => parentPort!.postMessage(told)
const status = await outcome(() =>
  assessCommand(args, {
    terminal,
    onUnfinished: (unfinished) => tell({ unfinished }),
    onBrowser: (browser) => tell({ browser }),
    ...(wait === undefined ? {} : { wait }),
  }),
)
tell({ status })
