import type { WorkerAnswer } from './handle.ts'
import { type ListErrand, listFor, type ListMessage } from './list.ts'
import { serve } from './message-loop.ts'
import type { ReadTask } from './pool.ts'
import { portOf } from './port.ts'
import type { WorkerReader } from './read-members.ts'
import type { Settings } from './thread.ts'

// One worker, a thread or a process: lists evidence, and scans the members that it is handed, one at a time. What reads is a
// program of its own, three times as large: a worker that only lists never loads it.
const port = portOf()
const reading = port.isForReading ? import('./read-members.ts') : null
const settings = port.settings ?? ((await port.first()) as Settings)
let reader = settings.isLater ? null : startReader()
let largeOf: (answer: WorkerAnswer | ListMessage) => readonly ArrayBuffer[] = () => []

async function startReader(): Promise<WorkerReader> {
  const { memberReader, largeNumberLists } = await (reading ?? import('./read-members.ts'))
  largeOf = (answer) => ('scan' in answer ? largeNumberLists(answer.scan) : [])
  return memberReader(port, settings, () => performance.now())
}

async function act(errand: ReadTask | ListErrand): Promise<WorkerAnswer | ListMessage | undefined> {
  // No rules are needed for a list.
  if ('list' in errand) return listFor(port, errand.list)
  return (await (reader ??= startReader()))(errand)
}

serve(port, act, (answer) => largeOf(answer))
