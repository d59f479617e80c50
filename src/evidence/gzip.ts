import { firstBytes, type RandomBytes } from '../lib/bytes.ts'
import { EvidenceError, HEAD_LENGTH, type Container, type EvidenceLimits, type Outer } from './container.ts'
import { checkRest, countPart, inflateRaw, newTally, type UnpackedBytes } from './inflate.ts'

/** One packed file (RFC 1952, https://www.rfc-editor.org/rfc/rfc1952), also of several parts written one after another. */
export const gzip: Container = {
  name: 'gzip',
  recognize: (head) => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8 && ((head[3] ?? 0xff) & 0xe0) === 0,

  async *list(bytes: RandomBytes, outer: Outer) {
    const head = await bytes.read(0, 10)
    const seconds = head.length < 10 ? 0 : head.readUInt32LE(4)
    yield {
      step: { in: 'gzip' },
      path: outer.path,
      windowsPath: outer.windowsPath?.replace(/\.gz$/i, '') ?? null,
      size: null, // the trailer has it modulo 2^32, of the last part only
      modified: seconds === 0 ? null : seconds * 1000,
    }
  },

  peek: (bytes: RandomBytes, _step, limits) => firstBytes(unpack(bytes, limits), HEAD_LENGTH),
  read: (bytes: RandomBytes, _step, limits) => unpack(bytes, limits),
  at: async () => null,
}

async function* unpack(bytes: RandomBytes, limits: EvidenceLimits): AsyncGenerator<Buffer> {
  const tally = newTally()
  for (let parts = 0; tally.in < bytes.size; parts++) {
    countPart(parts, tally)
    const start = await endOfHeader(bytes, tally.in)
    if (start === null) return await checkRest(bytes, tally.in, 'gzip')
    tally.in = start
    tally.crc = 0
    const before = tally.out
    yield* inflateRaw(bytes, start, bytes.size, limits, tally)
    await checkTrailer(bytes, tally, tally.out - before)
    tally.in += 8
  }
}

/** Offset behind the header at `at`; null when no part begins there. */
async function endOfHeader(bytes: RandomBytes, at: number): Promise<number | null> {
  const flags = (await bytes.read(at + 3, 1))[0] ?? 0
  // Without extra field, name and comment it has ten bytes; two more for its checksum, and one that comes behind.
  const header = await bytes.read(at, flags & 0x1c ? 1 << 17 : 13)
  if (!gzip.recognize(header)) return null
  let end = 10
  if (flags & 4) end += 2 + (header.length < 12 ? 0 : header.readUInt16LE(10))
  for (const flag of [8, 16]) if (flags & flag) end = behindNul(header, end) // name, comment
  if (flags & 2) end += 2
  if (end >= header.length) throw new EvidenceError('truncated', 'gzip header breaks off')
  return at + end
}

function behindNul(header: Buffer, from: number): number {
  const nul = header.indexOf(0, from)
  return nul < 0 ? header.length : nul + 1
}

async function checkTrailer(bytes: RandomBytes, tally: UnpackedBytes, length: number): Promise<void> {
  const trailer = await bytes.read(tally.in, 8)
  if (trailer.length < 8)
    throw new EvidenceError('truncated', `8 bytes of checksum and length wanted, ${trailer.length} found`)
  if (trailer.readUInt32LE(0) !== tally.crc) throw new EvidenceError('corrupt', 'checksum of the content differs')
  if (trailer.readUInt32LE(4) !== length % 2 ** 32) throw new EvidenceError('corrupt', 'length of the content differs')
}
