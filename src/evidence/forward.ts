import type { RandomBytes } from '../lib/bytes.ts'
import { firstReached } from '../lib/collections.ts'
import { EvidenceError, type Missing } from './container.ts'

/**
 * Bytes that come out of a packed stream: read front to back they cost one pass, however many readers ask. A little of
 * what was read last is held; going back beyond that unpacks all from the beginning again. How many there are shows at
 * the end only: a read is shorter than asked there, and fails where the stream does.
 */
export type ForwardBytes = RandomBytes & { readonly forward: true }

export function isForward(bytes: object): bytes is ForwardBytes {
  return 'forward' in bytes
}

/** How much of what was read last is held: a hive's transaction logs lie near it. */
const defaultWindow = 32 * 2 ** 20
/** Pieces may be as small as the members of an archive. */
const pieces = 4096

type Piece = { readonly at: number; readonly data: Uint8Array }

/** `most`: the stream fails beyond this many bytes. `window`: how many bytes are held. */
export function forwardBytes(
  open: () => AsyncIterable<Uint8Array | Missing>,
  most: number,
  window = defaultWindow,
): ForwardBytes {
  const stream = new ForwardStream(open, most, window)
  // One read at a time; a failed one does not stop the next.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act, act)
    last = done.catch(() => undefined)
    return done
  }
  return {
    forward: true,
    size: Number.MAX_SAFE_INTEGER,
    read: (offset, length) => inTurn(() => stream.take(offset, length)),
    close: () => inTurn(() => stream.close()),
  }
}

/** The packed stream with the window of its bytes that is held. One call at a time. */
class ForwardStream {
  readonly #open: () => AsyncIterable<Uint8Array | Missing>
  readonly #most: number
  readonly #window: number
  #stream: AsyncIterator<Uint8Array | Missing> | null = null
  #held: Piece[] = []
  #holes: { readonly at: number; readonly hole: Missing }[] = []
  #bytesHeld = 0
  #end = 0
  #failure: unknown = null
  #ended = false

  constructor(open: () => AsyncIterable<Uint8Array | Missing>, most: number, window: number) {
    this.#open = open
    this.#most = most
    this.#window = window
  }

  async take(offset: number, length: number): Promise<Buffer> {
    if (length <= 0) return Buffer.alloc(0)
    const isBehind = offset < (this.#held[0]?.at ?? this.#end) && this.#holeAt(offset) === undefined
    if (this.#stream === null || isBehind) await this.#restart()
    while (!this.#ended && this.#end < offset + length) await this.#advance(offset)
    const data = joined(this.#held, offset, offset + length)
    if (data.length === 0) {
      const hole = this.#holeAt(offset)
      if (hole) throw new EvidenceError(hole.reason, hole.detail)
      if (this.#failure !== null) throw this.#failure
    }
    return data
  }

  async close(): Promise<void> {
    await this.#stream?.return?.()
    this.#stream = null
    this.#held = []
    this.#bytesHeld = this.#end = 0
  }

  async #restart(): Promise<void> {
    await this.close()
    this.#holes = []
    this.#failure = null
    this.#ended = false
    this.#stream = this.#open()[Symbol.asyncIterator]()
  }

  /** One piece further; pieces before `wanted` and outside the window are dropped. */
  async #advance(wanted: number): Promise<void> {
    try {
      const next = await this.#stream!.next()
      if (next.done) this.#ended = true
      else if ('missing' in next.value) {
        this.#holes.push({ at: this.#end, hole: next.value })
        this.#end += next.value.missing
      } else if (next.value.length > 0) {
        this.#held.push({ at: this.#end, data: next.value })
        this.#bytesHeld += next.value.length
        this.#end += next.value.length
      }
      if (this.#end > this.#most) throw new EvidenceError('bomb', `grew to more than ${this.#most} bytes`)
    } catch (error) {
      this.#failure = error
      this.#ended = true
    }
    const held = this.#held
    while (held.length > 1 && (this.#bytesHeld > this.#window || held.length > pieces) && endOf(held[0]!) <= wanted)
      this.#bytesHeld -= held.shift()!.data.length
  }

  #holeAt(offset: number): Missing | undefined {
    const found = this.#holes[behind(this.#holes, offset, (h) => h.at + h.hole.missing)]
    return found !== undefined && found.at <= offset ? found.hole : undefined
  }
}

function joined(held: readonly Piece[], from: number, to: number): Buffer {
  const parts: Uint8Array[] = []
  let at = from
  for (let i = behind(held, from, endOf); i < held.length && at < to; i++) {
    const piece = held[i]!
    if (piece.at > at) break
    const part = piece.data.subarray(at - piece.at, to - piece.at)
    parts.push(part)
    at += part.length
  }
  const [only] = parts
  return parts.length === 1 ? Buffer.from(only!.buffer, only!.byteOffset, only!.length) : Buffer.concat(parts)
}

function endOf(piece: Piece): number {
  return piece.at + piece.data.length
}

/** Number of the first that ends behind `offset`; they are in order. */
function behind<T>(list: readonly T[], offset: number, end: (item: T) => number): number {
  return firstReached(list.length, (at) => end(list[at]!) > offset)
}
