import type { Port } from './port.ts'

/** Answers are sent when so many are ready, or when nothing is left to do. */
const TOGETHER = 32

/**
 * Does what it is handed, in order and one at a time. What is undefined is no answer. `large`: what of an answer goes over as it is instead of as a copy.
 */
export function serve<Item, Answer>(
  port: Port,
  act: (item: Item) => Promise<Answer | undefined>,
  large: (answer: Answer) => readonly ArrayBuffer[] = () => [],
): void {
  const waiting: Item[] = []
  let busy = false
  port.each((items) => {
    for (const item of items as readonly Item[]) waiting.push(item)
    if (!busy) void work()
  })

  async function work(): Promise<void> {
    busy = true
    let answers: Answer[] = []
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const answer = await act(item)
      if (answer !== undefined) answers.push(answer)
      if (answers.length < TOGETHER && waiting.length > 0) continue
      // What is done is not lost with what comes next.
      await port.answer(answers, answers.flatMap(large))
      answers = []
      // What was handed over meanwhile comes in between two turns.
      await new Promise(setImmediate)
    }
    busy = false
  }
}
