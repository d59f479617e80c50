import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { BEGUN, BegunFiles } from './begun.ts'
import { type Ending, FOR_READING, TOO_MUCH, type WorkerEvents, type WorkerHandle } from './handle.ts'
import { LIMITS, type Settings } from './thread.ts'

// How a process is started that reads evidence: what a thread cannot be ended in, such as a search by native code, is ended
// with it, and what it does to its memory harms nobody else. Nothing else is loaded with this.

/** What a process reports: what is done. */
export type FromProcess = { readonly answers: readonly unknown[] }

const own = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/** What the system needs for a program to start; nothing else of the environment is any business of a worker. */
const NEEDED = ['SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH']

/** As much as is kept of what a process says before it dies. */
const LAST_WORDS = 4096

/** `isForReading`: it is going to read files, and loads what it needs for that at once. */
export function startProcess(
  settings: Settings | null,
  script = own,
  limits = LIMITS,
  isForReading = settings?.isLater !== true,
): WorkerHandle {
  const env = Object.fromEntries(NEEDED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  const given = [String(limits.memory), ...(isForReading ? [FOR_READING] : [])]
  const child = spawn(process.execPath, [...flags(limits), fileURLToPath(script), ...given], {
    // A group of its own: Ctrl-C is for those that end it.
    detached: process.platform !== 'win32',
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    windowsHide: true,
  })
  let events: WorkerEvents | null = null
  const begun = new BegunFiles()
  let isOver = false
  let words = ''
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))
  const over = (how: Ending): void => {
    if (isOver) return
    isOver = true
    events?.ended(how)
  }
  ;(child.stdio[BEGUN] as Readable).on('data', (bytes: Buffer) => begun.read(bytes))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-LAST_WORDS)))
  child
    .on('message', ({ answers }: FromProcess) => events?.answers(answers))
    .on('error', (error) => over({ reason: 'failed', detail: 'the process of a worker failed', error }))
    // When all that it had said was heard.
    .on('close', (code, signal) => over(endingOf(code, signal, words)))
  const handle: WorkerHandle = {
    kind: 'process',
    ...(child.pid === undefined ? {} : { pid: child.pid }),
    begun: () => begun.count,
    post: (message) => {
      if (child.connected) child.send(message as object, ignored)
    },
    tell: (told) => (events = told),
    isOver: () => isOver,
    async end() {
      events = null
      isOver = true
      child.kill('SIGKILL')
      await gone
    },
  }
  if (settings !== null) handle.post(settings)
  return handle
}

/** That it cannot be told any more shows in its end. */
const ignored = (): void => undefined

/** Half of the room for young objects (MB): with less, more of them are copied. */
const YOUNG_HALF = 8

function flags({ memory }: typeof LIMITS): string[] {
  return [
    `--max-old-space-size=${memory}`,
    `--max-semi-space-size=${YOUNG_HALF}`,
    '--heap-growing-percent=60',
    '--no-warnings',
    ...MAY,
  ]
}

/**
 * Node's permissions of a process that reads evidence: it cannot write, whatever it reads, and starts no program. Threads are its
 * guard and 7-Zip; addons are the engine for YARA, where it is installed. Connections are not covered before Node 25.
 */
const MAY = ['--permission', '--allow-fs-read=*', '--allow-worker', '--allow-addons']

function endingOf(code: number | null, signal: string | null, words: string): Ending {
  // Where the system is short of memory it ends the largest process by itself.
  const isMemory =
    signal === 'SIGKILL' || words.includes(TOO_MUCH) || /heap out of memory|process out of memory/.test(words)
  const how = signal ?? `exit status ${code}`
  const detail = `its process ended with ${how}`
  return {
    reason: isMemory ? 'memory' : 'failed',
    detail: lastError(words) ?? detail,
    error: new Error(`a worker process ended with ${how} before its work was done${words ? `:\n${words}` : ''}`),
  }
}

/** The exception that nobody caught. */
function lastError(words: string): string | null {
  return /^(?:\w*Error|Uncaught)\b.*$/m.exec(words)?.[0].slice(0, 200) ?? null
}
