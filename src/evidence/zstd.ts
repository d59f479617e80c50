import { createZstdDecompress, constants } from 'node:zlib'
import { firstBytes, type RandomBytes } from '../lib/bytes.ts'
import { EvidenceError, HEAD_LENGTH, type Container, type EvidenceLimits, type Outer } from './container.ts'
import { addUnpacked, checkRest, countPart, newTally, type UnpackedBytes } from './inflate.ts'
import { cursor, type ReadAt } from './zip-directory.ts'

/** One file packed by Zstandard (RFC 8878, https://www.rfc-editor.org/rfc/rfc8878), also of several frames. */
export const zstd: Container = {
  name: 'zstd',
  // A skippable frame (3.1.2) may stand first.
  recognize: (head) => {
    const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(4, head.byteLength))
    const mark = bytes.length < 4 ? 0 : bytes.readUInt32LE(0)
    return mark === frame || (mark >= skippable && mark < skippable + 16)
  },

  async *list(_bytes: RandomBytes, outer: Outer) {
    yield {
      step: { in: 'zstd' },
      path: outer.path,
      windowsPath: outer.windowsPath?.replace(/\.zst$/i, '') ?? null,
      size: null,
      modified: null,
    }
  },

  peek: (bytes: RandomBytes, _step, limits) => firstBytes(unpack(bytes, limits), HEAD_LENGTH),
  read: (bytes: RandomBytes, _step, limits) => unpack(bytes, limits),
  at: async () => null,
}

const frame = 0xfd2fb528
const skippable = 0x184d2a50

/** A window larger than 128 MiB (frames of `zstd --ultra --long=31` have one) wants more memory than one file may take. */
const windowLog = 27

/** Frames one after another (3.1); each is given to an engine of its own, block by block, so that none reads beyond it. */
async function* unpack(bytes: RandomBytes, limits: EvidenceLimits): AsyncGenerator<Buffer> {
  const read = cursor(bytes)
  const tally = newTally()
  for (let parts = 0; tally.in < bytes.size; ) {
    const head = await read(tally.in, 18)
    const mark = head.length < 4 ? 0 : head.readUInt32LE(0)
    if (mark === frame) {
      countPart(parts++, tally)
      yield* frameOf(read, head, limits, tally)
    } else if (mark >= skippable && mark < skippable + 16 && head.length >= 8) tally.in += 8 + head.readUInt32LE(4)
    else return await checkRest(bytes, tally.in, 'zstd')
  }
  if (tally.in > bytes.size) throw new EvidenceError('truncated', 'a skippable frame runs beyond the end')
}

async function* frameOf(
  read: ReadAt,
  head: Buffer,
  limits: EvidenceLimits,
  tally: UnpackedBytes,
): AsyncGenerator<Buffer> {
  const engine = newEngine()
  try {
    for await (const piece of piecesOfFrame(read, head, tally.in)) {
      tally.in += piece.length
      for (const chunk of await engine.feed(piece)) {
        addUnpacked(tally, chunk, limits)
        yield chunk
      }
      if (engine.failure() !== null) throw damage(engine.failure()!, tally.in)
    }
  } finally {
    engine.close()
  }
}

/** The bytes of one frame: its header (3.1.1.1), its blocks (3.1.1.2), its checksum. */
async function* piecesOfFrame(read: ReadAt, head: Buffer, start: number): AsyncGenerator<Buffer> {
  const descriptor = head[4] ?? 0
  const single = (descriptor & 0x20) !== 0
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]!
  const length = 5 + (single ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]! + sizeBytes
  if (head.length < length) throw broken(start + head.length)
  yield head.subarray(0, length)
  for (let at = start + length, last = false; !last; ) {
    const header = await read(at, 3)
    if (header.length < 3) throw broken(at)
    const word = header.readUIntLE(0, 3)
    last = (word & 1) === 1
    const block = 3 + ((word & 6) === 2 ? 1 : word >> 3) // one byte that is repeated, else as long as stated
    const data = await read(at, block)
    if (data.length > 0) yield data
    if (data.length < block) throw broken(at + data.length)
    at += block
    if (!last || (descriptor & 4) === 0) continue
    const sum = await read(at, 4)
    if (sum.length < 4) throw broken(at)
    yield sum
  }
}

function broken(at: number): EvidenceError {
  return new EvidenceError('truncated', `packed data breaks off after ${at} bytes`)
}

function damage(error: NodeJS.ErrnoException, at: number): EvidenceError {
  return error.code === 'ZSTD_error_frameParameter_windowTooLarge'
    ? new EvidenceError('unsupported', `a window of more than ${2 ** windowLog} bytes: unpack it first`)
    : new EvidenceError('corrupt', `damaged zstd data before packed byte ${at} (${error.message})`)
}

/** zlib's stream, one piece at a time. */
function newEngine() {
  const stream = createZstdDecompress({
    chunkSize: 1 << 16,
    params: { [constants.ZSTD_d_windowLogMax]: windowLog },
  })
  let out: Buffer[] = []
  let failure: NodeJS.ErrnoException | null = null
  let wake = (): void => {}
  stream.on('data', (chunk: Buffer) => out.push(chunk))
  stream.on('error', (error) => {
    failure = error
    wake()
  })
  return {
    async feed(piece: Uint8Array): Promise<Buffer[]> {
      await new Promise<void>((resolve) => {
        wake = resolve
        stream.write(piece, () => resolve())
      })
      while (failure === null && stream.read() !== null);
      const chunks = out
      out = []
      return chunks
    },
    failure: (): NodeJS.ErrnoException | null => failure,
    close: () => stream.destroy(),
  }
}
