import { createInflateRaw, crc32 } from 'node:zlib'
import { bytePieces, type RandomBytes } from '../lib/bytes.ts'
import { EvidenceError, type EvidenceLimits } from './container.ts'

/** What has come out of a packed member so far. */
export type UnpackedBytes = {
  /** Bytes out, and bytes in that they came from. */
  out: number
  in: number
  /** CRC-32 of the bytes out, since it was last set to 0. */
  crc: number
}

export function newTally(): UnpackedBytes {
  return { out: 0, in: 0, crc: 0 }
}

/** Adds a chunk to the tally; throws when the member has grown beyond all measure. */
export function addUnpacked(tally: UnpackedBytes, chunk: Uint8Array, limits: EvidenceLimits): void {
  tally.out += chunk.length
  tally.crc = crc32(chunk, tally.crc)
  if (tally.out > limits.free && tally.out > tally.in * limits.ratio)
    throw new EvidenceError('bomb', `grew to more than ${limits.ratio} times its ${tally.in} packed bytes`)
}

/** A part costs time even where nothing is in it: of a file of many, each must bring this many packed bytes on average. */
const manyParts = 10_000
const smallPart = 256

/** Throws when a file consists of parts so many and so small that to read them would take for ever. */
export function countPart(parts: number, tally: UnpackedBytes): void {
  if (parts >= manyParts && parts * smallPart > tally.in)
    throw new EvidenceError('bomb', `more than ${manyParts} parts of ${Math.ceil(tally.in / parts)} packed bytes each`)
}

/** Zeros may pad the end (tapes do); throws where anything else follows the packed data: it was not read. */
export async function checkRest(bytes: RandomBytes, at: number, format: string): Promise<void> {
  for await (const piece of bytePieces(bytes, at, bytes.size))
    if (piece.some((byte) => byte !== 0))
      throw new EvidenceError('corrupt', `${bytes.size - at} bytes behind the packed data are not ${format}`)
}

const inputPiece = 1 << 15 // times at most 1032 is what one piece can become

/**
 * Unpacks raw deflate data (RFC 1951) that begins at `start` and ends at or before `end`. Gives all bytes that can be
 * had, also of data that breaks off or is damaged, and then throws. `tally.in` tells where the data ended.
 */
export async function* inflateRaw(
  bytes: RandomBytes,
  start: number,
  end: number,
  limits: EvidenceLimits,
  tally: UnpackedBytes,
): AsyncGenerator<Buffer> {
  const before = { out: tally.out, in: tally.in }
  const engine = newEngine()
  let fed = 0
  try {
    for await (const piece of bytePieces(bytes, start, end, inputPiece)) {
      tally.in = before.in + fed + piece.length
      for (const chunk of await engine.feed(piece)) {
        addUnpacked(tally, chunk, limits)
        yield chunk
      }
      if (engine.state() !== 'running') break
      fed += piece.length
    }
    if (engine.state() === 'failed') {
      for await (const chunk of lastBytes(bytes, start, end, fed, tally.out - before.out)) {
        addUnpacked(tally, chunk, limits)
        yield chunk
      }
      throw new EvidenceError(
        'corrupt',
        `damaged deflate data within ${inputPiece} bytes after packed byte ${before.in + fed}`,
      )
    }
    // One byte more: data that had come to its end does not take it.
    if (engine.state() === 'running') {
      await engine.feed(Buffer.alloc(1))
      if (engine.state() !== 'ended' || engine.consumed() > fed)
        throw new EvidenceError('truncated', `packed data breaks off after ${fed} bytes`)
    }
    tally.in = before.in + engine.consumed()
  } finally {
    engine.close()
  }
}

/** Output that an engine loses when its input is damaged: unpacked once more, the last piece byte by byte. */
async function* lastBytes(
  bytes: RandomBytes,
  start: number,
  end: number,
  fed: number,
  known: number,
): AsyncGenerator<Buffer> {
  const engine = newEngine()
  let out = 0
  try {
    for await (const piece of bytePieces(bytes, start, start + fed, inputPiece))
      for (const chunk of await engine.feed(piece)) out += chunk.length
    const piece = await bytes.read(start + fed, Math.min(inputPiece, end - start - fed))
    for (let i = 0; i < piece.length && engine.state() === 'running'; i++)
      for (const chunk of await engine.feed(piece.subarray(i, i + 1))) {
        out += chunk.length
        if (out > known) yield chunk.subarray(Math.max(0, chunk.length - (out - known)))
      }
  } finally {
    engine.close()
  }
}

/** zlib's stream, one piece at a time, without a word lost about how far it came. */
function newEngine() {
  const stream = createInflateRaw({ chunkSize: 1 << 16 })
  let out: Buffer[] = []
  let state: 'running' | 'ended' | 'failed' = 'running'
  let wake = (): void => {}
  stream.on('data', (chunk: Buffer) => out.push(chunk))
  stream.on('end', () => {
    state = 'ended'
    wake()
  })
  stream.on('error', () => {
    state = 'failed'
    wake()
  })
  return {
    async feed(piece: Uint8Array): Promise<Buffer[]> {
      // The callback of `write` never comes when the data ends inside the piece; then `end` does.
      await new Promise<void>((resolve) => {
        wake = resolve
        stream.write(piece, () => resolve())
      })
      while (state === 'running' && stream.read() !== null);
      const chunks = out
      out = []
      return chunks
    },
    state: () => state,
    /** Bytes of input that were used. */
    consumed: () => stream.bytesWritten,
    close: () => stream.destroy(),
  }
}
