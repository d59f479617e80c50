import { writeSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { GuardData } from './guard.ts'
import { FOR_READING } from './handle.ts'
import { BEGUN, type FromProcess } from './process.ts'
import { SentTexts } from './shared-texts.ts'
import type { Settings, ReadThreadData } from './thread.ts'

/** The other side of a worker: how it is told what to do, and tells what is done. */
export type Port = {
  /** What it was started with, where that is known already. */
  readonly settings: Settings | null
  /** It will read members, and not only list them. */
  readonly isForReading: boolean
  /** The next message. */
  first(): Promise<unknown>
  /** Each message from now on. */
  each(take: (message: unknown) => void): void
  /** One more member is begun. */
  begin(): void
  /** Ends when what is said is under way, whatever comes next. `large`: goes over as it is instead of as a copy. */
  answer(answers: readonly unknown[], large?: readonly ArrayBuffer[]): Promise<void>
}

export function portOf(): Port {
  return isMainThread ? ofProcess() : ofThread()
}

function ofThread(): Port {
  const { settings, begun } = workerData as ReadThreadData
  const counter = new Int32Array(begun)
  const texts = new SentTexts()
  return {
    settings,
    isForReading: true,
    first: () => new Promise((resolve) => parentPort!.once('message', resolve)),
    each: (take) => void parentPort!.on('message', take),
    begin: () => void Atomics.add(counter, 0, 1),
    answer: (answers, large) => Promise.resolve(parentPort!.postMessage(texts.pack(answers), large)),
  }
}

function ofProcess(): Port {
  const guard: GuardData = { parent: process.ppid, memory: Number(process.argv[2]) }
  const script = new URL(import.meta.url.endsWith('.ts') ? './guard.ts' : './guard.js', import.meta.url)
  new Worker(script, { workerData: guard, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref()
  // Nobody waits for what it does.
  process.on('disconnect', () => process.exit())
  const one = Buffer.alloc(1)
  const send = (message: FromProcess): Promise<void> =>
    new Promise((resolve) => process.send!(message, undefined, undefined, () => resolve()))
  return {
    settings: null,
    isForReading: process.argv[3] === FOR_READING,
    first: () => new Promise((resolve) => process.once('message', resolve)),
    each: (take) => void process.on('message', take),
    begin: () => void writeSync(BEGUN, one),
    answer: (answers) => send({ answers }),
  }
}
