import type { Line } from '../../lib/lines.ts'
import { workerIn } from './quoted-command.ts'

/**
 * The lines of a text that draws processes below the one that started them, with branches, arrows or blanks in front. Only what stands
 * directly below a worker of IIS matters: it was started by a request.
 */
export class ProcessTree {
  #worker: { readonly text: string; readonly depth: number } | null = null
  #child: number | null = null
  #last = 0

  /** The worker that started the process of this line; null where none did. What lies behind a line between is of no tree. */
  workerAbove({ text, number }: Pick<Line, 'text' | 'number'>): string | null {
    const depth = text.search(/[A-Za-z"[%]/)
    const worker = depth < 0 ? null : workerIn(text)
    const isNext = number === this.#last + 1
    this.#last = number
    if (worker !== null || this.#worker === null || !isNext || depth <= this.#worker.depth) {
      this.#worker = worker === null ? null : { text: worker, depth }
      this.#child = null
      return null
    }
    this.#child ??= depth
    return depth === this.#child ? this.#worker.text : null
  }
}
