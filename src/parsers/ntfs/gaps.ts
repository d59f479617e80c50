import type { GapReason } from '../../model/evidence.ts'
import type { Sink } from '../parser.ts'

/** Maximum number of separate gaps of one file. */
const APART = 10_000

/**
 * The gaps of one binary file, in order. Neighbors of the same kind become one. Beyond ten thousand, one last gap
 * reaches from the next damage to the last one, over what is sound between them: it counts as unread, never as read.
 */
export class Gaps {
  /** Bytes in all gaps. */
  bytes = 0
  readonly #sink: Sink
  #count = 0
  #open: { offset: number; length: number; reason: GapReason; detail: string } | null = null

  constructor(sink: Sink) {
    this.#sink = sink
  }

  add(offset: number, length: number, reason: GapReason, detail: string): void {
    const open = this.#open
    if (open && this.#count >= APART) {
      open.length = offset + length - open.offset
      return
    }
    if (
      open &&
      open.reason === reason &&
      open.detail === detail &&
      open.offset + open.length === offset &&
      length > 0
    ) {
      open.length += length
      return
    }
    this.close()
    this.#count++
    this.#sink.losing?.()
    const last = this.#count >= APART
    this.#open = { offset, length, reason, detail: last ? 'many damaged places among sound ones' : detail }
  }

  close(): void {
    if (!this.#open) return
    this.bytes += this.#open.length
    this.#sink.gap(this.#open)
    this.#open = null
  }
}
