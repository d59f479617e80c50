import { inspect } from 'node:util'
import type { MessagePort } from 'node:worker_threads'
import type { Scan } from '../model/scan.ts'

// What a pool knows of a worker: it may be a thread of this process, or a process.

export type WorkerKind = 'thread' | 'process'

export type WorkerHandle = {
  readonly kind: WorkerKind
  /** The number of its process, where it is one of its own. */
  readonly pid?: number
  /** How many members it has begun to read; of a process, a moment ago. */
  begun(): number
  /** Hands over plain data; ports go to threads only. */
  post(message: unknown, ports?: readonly MessagePort[]): void
  /** Who is told from now on. */
  tell(events: WorkerEvents | null): void
  /** Has it ended, or failed? */
  isOver(): boolean
  /** Ends it at once, whatever it is doing; nobody is told. */
  end(): Promise<void>
}

export type WorkerEvents = {
  /** What it was handed is done, in that order. */
  answers(answers: readonly unknown[]): void
  /** It has ended by itself, or does not answer any more. */
  ended(how: Ending): void
}

export type Ending = {
  readonly reason: 'memory' | 'failed'
  /** What went wrong, without a path of this machine. */
  readonly detail: string
  readonly error: unknown
}

/**
 * What comes of a member: what was read. `mistake`: the program failed at its content, which was not read then; `stack`: where
 * in the program. `elsewhere`: a thread leaves it to a process.
 */
export type WorkerAnswer =
  | { readonly scan: Scan; readonly mistake?: string; readonly stack?: string }
  | { readonly elsewhere: true }

/** Said on stderr by a process that ends itself since it has too much memory. */
export const TOO_MUCH = 'postern: too much memory'

/** Said to a process that is started to read, and not only to list. */
export const FOR_READING = 'reads'

/** Why the content of a file was given up, in words. */
export const abandonedFor = {
  timeout: () => 'reading it took too long and was ended',
  memory: () => 'reading it wanted more memory than one file may take',
  failed: (detail: string) => `reading it failed: ${detail}`,
}

const LONGEST = 200

/** An exception in words that are the same on every machine. */
export function failureOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const first = text.split('\n', 1)[0]!
  return first.replaceAll(/[^\s'"]+/g, withoutFolders).slice(0, LONGEST)
}

/** An exception with the places in the program at which it happened. */
export function stackOf(error: unknown): string {
  return inspect(error, { depth: 4, maxStringLength: 4_000, maxArrayLength: 20, breakLength: 120 })
}

/** Of a path in a message the name alone: folders differ from machine to machine. */
function withoutFolders(word: string): string {
  const root = /(?:file:\/\/)?(?:\/|[A-Za-z]:\\)/.exec(word)
  if (!root) return word
  const last = Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\'))
  return last < root.index + root[0].length ? word : word.slice(0, root.index) + word.slice(last + 1)
}

/** No memory is left for a buffer, or for an instance of WebAssembly: the file at hand wants too much. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /allocat|out of memory|unable to grow/i.test(error.message)
}
