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

/** So much of what was read last is held: a hive's transaction logs lie near it. */
const defaultWindow = 32 * 2 ** 20
/** Pieces may be as small as the members that they are of. */
const pieces = 4096

type Piece = { readonly at: number; readonly data: Uint8Array }

export function forwardBytes(
  open: () => AsyncIterable<Uint8Array | Missing>,
  most: number,
  window = defaultWindow,
): ForwardBytes {
  let stream: AsyncIterator<Uint8Array | Missing> | null = null
  let held: Piece[] = []
  let holes: { readonly at: number; readonly hole: Missing }[] = []
  let bytesHeld = 0
  let end = 0
  let failure: unknown = null
  let ended = false

  async function restart(): Promise<void> {
    await stream?.return?.()
    held = []
    holes = []
    bytesHeld = end = 0
    failure = null
    ended = false
    stream = open()[Symbol.asyncIterator]()
  }

  /** One piece further; what lies before `wanted` and outside the window is let go. */
  async function advance(wanted: number): Promise<void> {
    try {
      const next = await stream!.next()
      if (next.done) ended = true
      else if ('missing' in next.value) {
        holes.push({ at: end, hole: next.value })
        end += next.value.missing
      } else if (next.value.length > 0) {
        held.push({ at: end, data: next.value })
        bytesHeld += next.value.length
        end += next.value.length
      }
      if (end > most) throw new EvidenceError('bomb', `grew to more than ${most} bytes`)
    } catch (error) {
      failure = error
      ended = true
    }
    while (held.length > 1 && (bytesHeld > window || held.length > pieces) && endOf(held[0]!) <= wanted)
      bytesHeld -= held.shift()!.data.length
  }

  async function take(offset: number, length: number): Promise<Buffer> {
    if (length <= 0) return Buffer.alloc(0)
    if (stream === null || (offset < (held[0]?.at ?? end) && holeAt(offset) === undefined)) await restart()
    while (!ended && end < offset + length) await advance(offset)
    const data = joined(held, offset, offset + length)
    if (data.length === 0) {
      const hole = holeAt(offset)
      if (hole) throw new EvidenceError(hole.reason, hole.detail)
      if (failure !== null) throw failure
    }
    return data
  }

  function holeAt(offset: number): Missing | undefined {
    const found = holes[behind(holes, offset, (h) => h.at + h.hole.missing)]
    return found !== undefined && found.at <= offset ? found.hole : undefined
  }

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
    read: (offset, length) => inTurn(() => take(offset, length)),
    close: () =>
      inTurn(async () => {
        await stream?.return?.()
        stream = null
        held = []
        bytesHeld = end = 0
      }),
  }
}

/** The bytes from `from` on, up to the first that is not held. */
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
