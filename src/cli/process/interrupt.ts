import { writeSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { visible } from '../../lib/terminal.ts'
import { endBrowser } from '../pdf/browser.ts'
import { Crash } from '../crash.ts'
import { type OutputTerminal, terminalOf } from '../terminal.ts'
import { leaveUnfinished } from '../unfinished-run.ts'

/** What the thread is started with, and what it tells. */
export type AssessData = {
  readonly args: readonly string[]
  readonly terminal: OutputTerminal
  /** Milliseconds before partial results are kept. */
  readonly wait?: number
}
export type RunState = {
  readonly unfinished?: string
  /** The process of a browser that prints. */
  readonly browser?: number | null
  readonly status?: number
}

const signals = ['SIGINT', 'SIGTERM'] as const
type Signal = (typeof signals)[number]

/** Code that no thread can be ended in, such as a read from a disk that hangs, is waited for so long. */
const PATIENCE = 600
/** Results come in large pieces that live for a moment: with less room for these most are copied, with no limit the heap takes 100 MB more. */
const LIMITS = { maxYoungGenerationSizeMb: 12 }

/**
 * Runs `postern assess` in a thread, so that this one is free to hear Ctrl-C whatever is being read, listed or judged: it
 * then ends that thread with all that it has started, and says what is left. The second Ctrl-C ends everything at once.
 */
export async function assessInterruptibly(
  args: readonly string[],
  wait?: number,
  script: URL = new URL(import.meta.url.endsWith('.ts') ? './assess-thread.ts' : './assess-thread.js', import.meta.url),
): Promise<number> {
  const terminal = terminalOf(process)
  const workerData: AssessData = { args, terminal, ...(wait === undefined ? {} : { wait }) }
  const worker = new Worker(script, { workerData, resourceLimits: LIMITS })
  let told: RunState = {}
  worker.on('message', (more: RunState) => (told = { ...told, ...more }))

  let stopping = false
  const stop = (signal: Signal): void => {
    // The second has the system's own effect.
    for (const each of signals) process.removeListener(each, stop)
    stopping = true
    void end(worker, signal, terminal, () => told)
  }
  for (const signal of signals) process.on(signal, stop)

  return new Promise((resolve, reject) => {
    worker.on('error', (error) => {
      const { unfinished } = told
      reject(new Crash(error, unfinished === undefined ? undefined : dirname(unfinished)))
    })
    worker.on('exit', (code) => {
      if (stopping) return
      for (const signal of signals) process.removeListener(signal, stop)
      resolve(told.status ?? (code || 1))
    })
  })
}

async function end(worker: Worker, signal: Signal, { line }: OutputTerminal, told: () => RunState): Promise<void> {
  const status = 128 + constants.signals[signal]
  const say = (): void => {
    const { unfinished, browser } = told()
    // No thread ends what runs beside it.
    if (browser !== undefined && browser !== null) endBrowser(browser)
    const isKept = unfinished !== undefined && leaveUnfinished(unfinished)
    const what = signal === 'SIGINT' ? 'Interrupted' : 'Terminated'
    const left = isKept
      ? `what was read so far is kept in ${visible(unfinished)}, and the same command continues from there`
      : 'nothing is left of this run'
    try {
      writeSync(2, `${line}postern: ${what} (exit status ${status}): ${left}.\n`)
    } catch {
      // The reader of stderr is gone.
    }
  }
  const late = setTimeout(() => {
    say()
    process.kill(process.pid, signal)
    process.exit(status)
  }, PATIENCE)
  await worker.terminate()
  clearTimeout(late)
  say()
  process.exit(status)
}
