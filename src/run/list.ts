import { statSync } from 'node:fs'
import type { MemberRefusal } from '../evidence/container.ts'
import { type ListedEvidence, listEvidence } from '../evidence/index.ts'
import { PosternError, refusal } from '../lib/errors.ts'
import { failureOf, isOutOfMemory, type WorkerHandle } from './handle.ts'
import type { Port } from './port.ts'

// Evidence is listed in a process, too: what an archive holds shows when it is unpacked, and it is hostile. An archive that the
// process cannot be done with costs itself, and the list is made again without it.

/** What a worker is handed to list, and the archives that are not to be opened again. */
export type ListErrand = { readonly list: ListTask }
export type ListTask = {
  readonly root: string
  readonly passwords: readonly string[]
  readonly jobs: number
  readonly skipped: readonly (readonly [path: string, why: MemberRefusal])[]
  /** Why files are only listed, without what collectors say of them. */
  readonly plain?: MemberRefusal
}

/** What it tells, and answers at the end: which archive it opens now, a part of what it found, and the end. */
export type ListMessage =
  | { readonly opens: string; readonly size: number }
  | { readonly closes: true }
  | { readonly found: number }
  | { readonly part: Partial<ListedEvidence> }
  | { readonly isDone: true }
  | { readonly stopped: { readonly code: PosternError['code']; readonly sentence: string } }
  | { readonly failed: MemberRefusal }

/** So many items go in one message. */
const PART = 2_000
/** Where several archives are open at a time, only large ones are told of: what takes long is waited for. */
const LARGE = 2 ** 20

/** Lists evidence, for the process that asked; what is told last is the answer. */
export async function listFor(port: Port, { root, passwords, jobs, skipped, plain }: ListTask): Promise<ListMessage> {
  const tell = (told: ListMessage): Promise<void> => port.answer([told])
  const isExact = jobs === 1
  void tell({ found: 0 })
  try {
    const listed = await listEvidence(
      root,
      { passwords },
      {
        jobs,
        skipped: new Map(skipped),
        ...(plain && { plain }),
        onOpen: (opens, size) => {
          if (isExact || size >= LARGE) void tell({ opens, size })
        },
        onClose: () => {
          if (isExact) void tell({ closes: true })
        },
        onFound: (found) => void tell({ found }),
      },
    )
    for (const name of ['members', 'refused', 'counted'] as const) {
      const items = listed[name]
      for (let i = 0; i < items.length; i += PART) await tell({ part: { [name]: items.slice(i, i + PART) } })
    }
    return { isDone: true }
  } catch (error) {
    if (error instanceof PosternError) return { stopped: { code: error.code, sentence: error.message } }
    // One file that may not be opened is all the evidence there is: no mistake of the program.
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall !== undefined && statSync(root, { throwIfNoEntry: false })?.isFile())
      return { stopped: { code: 'nothing-opened', sentence: `${root} cannot be read: ${refusal(code)}.` } }
    return { failed: { reason: isOutOfMemory(error) ? 'memory' : 'failed', detail: failureOf(error) } }
  }
}

/** How a list ended: what is there, or which archive it failed at, and why. */
export type ListEnd = { readonly listed: ListedEvidence } | { readonly at: string | null; readonly why: MemberRefusal }

/** What may be waited for (ms): the first sign of a worker, and the next while it has an archive of so many bytes open. */
export type ListPatience = { readonly start: number; for(bytes: number): number; lose(milliseconds: number): void }

const TICK = 50

/** Has a worker list evidence, once. It is as it was before, but where it failed. */
export function listWith(
  worker: WorkerHandle,
  task: ListTask,
  patience: ListPatience,
  onFound?: (files: number) => void,
): Promise<ListEnd> {
  const listed = { members: [], refused: [], counted: [] } as unknown as { [Name in keyof ListedEvidence]: unknown[] }
  /** Archives that are open, the innermost last; told of where they are opened one by one. */
  const open: string[] = []
  let left = patience.start
  let allowed = left
  let largest = 0
  const at = (): string | null => open.at(-1) ?? null
  return new Promise((resolve, reject) => {
    const end = (how: ListEnd | Error): void => {
      clearInterval(timer)
      worker.tell(null)
      if (how instanceof Error) reject(how)
      else resolve(how)
    }
    const timer = setInterval(() => {
      if ((left -= TICK) > 0) return
      patience.lose(allowed)
      end({ at: at(), why: { reason: 'timeout', detail: 'listing it took too long and was ended' } })
    }, TICK)
    const take = (told: ListMessage): void => {
      if ('opens' in told) largest = Math.max(largest, told.size)
      left = allowed = patience.for(largest)
      if ('opens' in told) {
        if (task.jobs === 1) open.push(told.opens)
      } else if ('closes' in told) open.pop()
      else if ('part' in told) {
        for (const [name, items] of Object.entries(told.part))
          for (const item of items) listed[name as keyof ListedEvidence].push(item)
      } else if ('isDone' in told) end({ listed: listed as unknown as ListedEvidence })
      else if ('stopped' in told) end(new PosternError(told.stopped.code, told.stopped.sentence))
      else if ('failed' in told) end({ at: at(), why: told.failed })
      else onFound?.(told.found)
    }
    worker.tell({
      answers: (answers) => answers.forEach((told) => take(told as ListMessage)),
      ended: ({ reason, detail }) => end({ at: at(), why: { reason, detail } }),
    })
    worker.post([{ list: task } satisfies ListErrand])
  })
}

/**
 * Lists evidence with workers, each of which `open` starts and `close` ends or keeps. An archive that the list cannot be done
 * with is not opened; it is a file that was not read.
 */
export async function listInProcess(
  task: Omit<ListTask, 'skipped' | 'plain'>,
  patience: ListPatience,
  { open, close }: { open: () => WorkerHandle; close: (worker: WorkerHandle, isGood: boolean) => Promise<void> },
  onFound?: (files: number) => void,
): Promise<ListedEvidence> {
  const skipped = new Map<string, MemberRefusal>()
  let plain: MemberRefusal | undefined
  for (let jobs = task.jobs; ; jobs = 1) {
    const worker = open()
    let isGood = false
    try {
      const end = await listWith(
        worker,
        { ...task, jobs, skipped: [...skipped], ...(plain && { plain }) },
        patience,
        onFound,
      )
      if ('listed' in end) {
        isGood = true
        return end.listed
      }
      const { at, why } = end
      // Which one it was shows where they are opened one by one.
      if (jobs > 1) continue
      if (at === null && plain === undefined) {
        // No archive is open: it is at what was found that it fails.
        plain = { ...why, detail: `what collectors say of the files, and which belong together: ${why.detail}` }
        continue
      }
      if (at === null || skipped.has(at)) throw new Error(`the evidence cannot be listed: ${why.detail}`)
      skipped.set(at, { ...why, detail: `listing it: ${why.detail}` })
    } finally {
      await close(worker, isGood)
    }
  }
}
