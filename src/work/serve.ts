import type { MessagePort } from 'node:worker_threads'

/** Answers are sent when so many are ready, or when nothing is left to do. */
const TOGETHER = 16

/**
 * Does what it is handed, in order and one at a time, and counts in `begun` what it has begun. What is undefined is no
 * answer. `large`: what of an answer goes over as it is instead of as a copy.
 */
export function serve<Item, Answer>(
  port: MessagePort,
  begun: Int32Array,
  act: (item: Item) => Promise<Answer | undefined>,
  large: (answer: Answer) => readonly ArrayBuffer[] = () => [],
): void {
  const waiting: Item[] = []
  let busy = false
  port.on('message', (items: readonly Item[]) => {
    for (const item of items) waiting.push(item)
    if (!busy) void work()
  })

  async function work(): Promise<void> {
    busy = true
    let answers: Answer[] = []
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      Atomics.add(begun, 0, 1)
      const answer = await act(item)
      if (answer !== undefined) answers.push(answer)
      if (answers.length < TOGETHER && waiting.length > 0) continue
      port.postMessage(answers, answers.flatMap(large))
      answers = []
      // What was handed over meanwhile comes in between two turns.
      await new Promise(setImmediate)
    }
    busy = false
  }
}
