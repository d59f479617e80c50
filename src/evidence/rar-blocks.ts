import { crc32 } from 'node:zlib'
import type { RandomBytes } from '../lib/bytes.ts'

// Which blocks a RAR archive consists of. 7-Zip passes over blocks of kinds that it does not know, and over the rest of an archive
// behind a header that is damaged, without an error.

/** Headers that are looked at, at most; and the longest one. */
const MOST = { blocks: 1_000_000, header: 2 * 1024 * 1024 }

/** What of an archive is hidden from its list; null where nothing is, or where the headers are encrypted. */
export async function hiddenInRar(bytes: RandomBytes, form: 'Rar' | 'Rar5'): Promise<string | null> {
  const read = form === 'Rar' ? block4 : block5
  let at = form === 'Rar' ? 7 : 8
  for (let blocks = 0; at < bytes.size && blocks < MOST.blocks; blocks++) {
    const block = await read(bytes, at)
    if (typeof block === 'string') return `${block}, at byte ${at}`
    if (block.ends) return null
    at += block.length
  }
  return at > bytes.size ? 'its last member is longer than the archive' : null
}

/** The length of a block with its data; `ends`: nothing that can be read follows. */
type Block = { readonly length: number; readonly ends: boolean }

const DAMAGED = 'the header of a block is damaged'

/** Kinds of blocks of RAR 4: the archive, a file, a part of its own (as of streams), the end. */
const kinds4 = { archive: 0x73, file: 0x74, service: 0x7a, end: 0x7b }

async function block4(bytes: RandomBytes, at: number): Promise<Block | string> {
  const start = Buffer.from(await bytes.read(at, Math.min(40, bytes.size - at)))
  if (start.length < 7) return DAMAGED
  const [kind, flags, size] = [start[2]!, start.readUInt16LE(3), start.readUInt16LE(5)]
  if (size < 7 || at + size > bytes.size) return DAMAGED
  const header = Buffer.from(await bytes.read(at, size))
  if (header.length < size || (crc32(header.subarray(2)) & 0xffff) !== header.readUInt16LE(0)) return DAMAGED
  if (kind === kinds4.end) return { length: size, ends: true }
  if (kind === kinds4.archive) return { length: size, ends: (flags & 0x80) !== 0 }
  if (kind !== kinds4.file && kind !== kinds4.service) return `a block of kind ${kind} is not read`
  if (size < 32) return DAMAGED
  if ((flags & 3) !== 0) return 'a member continues in another volume'
  const data = header.readUInt32LE(7) + ((flags & 0x100) !== 0 && size >= 40 ? header.readUInt32LE(32) * 2 ** 32 : 0)
  if (kind === kinds4.file && (flags & 0xe0) === 0xe0 && data > 0) return 'a folder holds something'
  const name = header.toString('latin1', (flags & 0x100) !== 0 ? 40 : 32).slice(0, header.readUInt16LE(26))
  if (kind === kinds4.service && !services.has(name)) return UNKNOWN
  return { length: size + data, ends: false }
}

/** Names of what an archive keeps beside files: comment, list for quick opening, access rights, owner, streams, recovery. */
const services: ReadonlySet<string> = new Set(['CMT', 'QO', 'ACL', 'STM', 'RR', 'UOW', 'AV', 'EA2', 'EABE'])
const UNKNOWN = 'a block of an unknown service is not read'

async function block5(bytes: RandomBytes, at: number): Promise<Block | string> {
  const start = new Numbers(Buffer.from(await bytes.read(at, Math.min(16, bytes.size - at))), 4)
  const size = start.next()
  if (size === null || size > MOST.header || at + start.at + size > bytes.size) return DAMAGED
  const whole = Buffer.from(await bytes.read(at, start.at + size))
  if (whole.length < start.at + size || crc32(whole.subarray(4)) !== whole.readUInt32LE(0)) return DAMAGED
  const header = new Numbers(whole, start.at)
  const [kind, flags] = [header.next(), header.next()]
  if (kind === null || flags === null) return DAMAGED
  // The archive is encrypted, or ends.
  if (kind === 4 || kind === 5) return { length: whole.length, ends: true }
  if (kind < 1 || kind > 3) return `a block of kind ${kind} is not read`
  if ((flags & 1) !== 0 && header.next() === null) return DAMAGED
  const data = (flags & 2) !== 0 ? header.next() : 0
  if (data === null) return DAMAGED
  if ((flags & 0x18) !== 0) return 'a member continues in another volume'
  const wrong = kind === 1 ? null : wrongFile5(header, whole, kind, data)
  return wrong ?? { length: whole.length + data, ends: false }
}

function wrongFile5(header: Numbers, whole: Buffer, kind: number, data: number): string | null {
  const flags = header.next()
  header.next()
  header.next()
  if (flags === null) return DAMAGED
  header.at += ((flags & 2) !== 0 ? 4 : 0) + ((flags & 4) !== 0 ? 4 : 0)
  header.next()
  header.next()
  const length = header.next()
  if (length === null) return DAMAGED
  if (kind === 2) return (flags & 1) !== 0 && data > 0 ? 'a folder holds something' : null
  const name = whole.toString('latin1', header.at, header.at + Math.min(length, 16))
  return services.has(name) ? null : UNKNOWN
}

/** Numbers of RAR 5: seven bits a byte, the lowest first. */
class Numbers {
  readonly #bytes: Buffer
  at: number

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  /** Null where it does not end. */
  next(): number | null {
    let value = 0
    for (let i = 0; i < 10; i++) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) return null
      value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80) return value
    }
    return null
  }
}
