import { crc32, deflateRawSync } from 'node:zlib'

/** One member to be written; every field of the format may be made to lie. */
export type Spec = {
  readonly name: string | Buffer
  readonly content?: string | Buffer
  /** 0 stored (the default), 8 deflated, others as stated with the content as it is. */
  readonly method?: number
  readonly flags?: number
  readonly crc?: number
  /** The size that is stated, in place of the true one. */
  readonly size?: number
  readonly compressed?: number
  readonly packed?: Buffer
  /** Name in the local header where it differs. */
  readonly localName?: string
  readonly localFlags?: number
  /** `made by` and external attributes, for Unix file types. */
  readonly madeBy?: number
  readonly mode?: number
  /** Sizes behind the data, as programs that stream write them. */
  readonly descriptor?: 'marked' | 'bare' | 'wide'
  /** Sizes and offset in a ZIP64 field. */
  readonly zip64?: boolean
  /** Begin where member number `sameAs` begins. */
  readonly sameAs?: number
  readonly extra?: Buffer
  /** When the member was last modified, in milliseconds since 1970. */
  readonly modified?: number
  /** The directory does not name it. */
  readonly isUnnamed?: true
}

export type Options = {
  readonly before?: Buffer
  readonly after?: Buffer
  readonly comment?: string
  readonly count?: number
  readonly disk?: number
  readonly zip64?: boolean
  readonly noDirectory?: boolean
}

/** Writes a zip archive, byte by byte as it is told. */
export function zipOf(members: readonly Spec[], options: Options = {}): Buffer {
  const parts: Buffer[] = []
  const records: Buffer[] = []
  const locals: number[] = []
  let at = 0
  for (const m of members) {
    const content = Buffer.from(m.content ?? '')
    const packed = m.packed ?? (m.method === 8 ? deflateRawSync(content) : content)
    const local = m.sameAs === undefined ? at : (locals[m.sameAs] ?? 0)
    locals.push(local)
    const fields = {
      crc: m.crc ?? crc32(content),
      size: m.size ?? content.length,
      compressed: m.compressed ?? packed.length,
    }
    const flags = (m.flags ?? 0x800) | (m.descriptor ? 8 : 0)
    if (!m.isUnnamed) records.push(centralRecord(m, flags, fields, local))
    if (m.sameAs !== undefined) continue
    const body = Buffer.concat([localRecord(m, m.localFlags ?? flags, fields), packed, descriptorOf(m, fields)])
    parts.push(body)
    at += body.length
  }
  const directory = Buffer.concat(records)
  const archive = Buffer.concat(parts)
  const end = options.noDirectory
    ? Buffer.alloc(0)
    : Buffer.concat([directory, endOf(records.length, directory.length, archive.length, options)])
  return Buffer.concat([options.before ?? Buffer.alloc(0), archive, end, options.after ?? Buffer.alloc(0)])
}

type Sizes = { readonly crc: number; readonly size: number; readonly compressed: number }

function localRecord(m: Spec, flags: number, f: Sizes): Buffer {
  const name = Buffer.from(m.localName ?? m.name)
  const b = Buffer.alloc(30)
  b.writeUInt32LE(0x04034b50, 0)
  b.writeUInt16LE(20, 4)
  b.writeUInt16LE(flags, 6)
  b.writeUInt16LE(m.method ?? 0, 8)
  b.writeUInt32LE(timeOf(m), 10)
  if (!m.descriptor) {
    b.writeUInt32LE(f.crc, 14)
    b.writeUInt32LE(f.compressed, 18)
    b.writeUInt32LE(f.size, 22)
  }
  b.writeUInt16LE(name.length, 26)
  return Buffer.concat([b, name])
}

/** Time and date as DOS writes them. */
function timeOf({ modified = Date.UTC(2021, 2, 2, 8, 1) }: Spec): number {
  const date = new Date(modified)
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  return ((day << 16) | time) >>> 0
}

function descriptorOf(m: Spec, f: Sizes): Buffer {
  if (!m.descriptor) return Buffer.alloc(0)
  const b = Buffer.alloc(m.descriptor === 'wide' ? 24 : 16)
  b.writeUInt32LE(0x08074b50, 0)
  b.writeUInt32LE(f.crc, 4)
  b.writeUInt32LE(f.compressed, 8)
  b.writeUInt32LE(f.size, m.descriptor === 'wide' ? 16 : 12)
  return m.descriptor === 'bare' ? b.subarray(4) : b
}

function centralRecord(m: Spec, flags: number, f: Sizes, local: number): Buffer {
  const name = Buffer.from(m.name)
  const extra = Buffer.concat([m.zip64 ? extra64(f, local) : Buffer.alloc(0), m.extra ?? Buffer.alloc(0)])
  const b = Buffer.alloc(46)
  b.writeUInt32LE(0x02014b50, 0)
  b.writeUInt16LE(m.madeBy ?? 20, 4)
  b.writeUInt16LE(20, 6)
  b.writeUInt16LE(flags, 8)
  b.writeUInt16LE(m.method ?? 0, 10)
  b.writeUInt32LE(timeOf(m), 12)
  b.writeUInt32LE(f.crc, 16)
  b.writeUInt32LE(m.zip64 ? 0xffffffff : f.compressed, 20)
  b.writeUInt32LE(m.zip64 ? 0xffffffff : f.size, 24)
  b.writeUInt16LE(name.length, 28)
  b.writeUInt16LE(extra.length, 30)
  b.writeUInt16LE(m.mode ?? 0, 40)
  b.writeUInt32LE(m.zip64 ? 0xffffffff : local, 42)
  return Buffer.concat([b, name, extra])
}

function extra64(f: Sizes, local: number): Buffer {
  const b = Buffer.alloc(28)
  b.writeUInt16LE(1, 0)
  b.writeUInt16LE(24, 2)
  b.writeBigUInt64LE(BigInt(f.size), 4)
  b.writeBigUInt64LE(BigInt(f.compressed), 12)
  b.writeBigUInt64LE(BigInt(local), 20)
  return b
}

function endOf(members: number, length: number, offset: number, o: Options): Buffer {
  const count = o.count ?? members
  const b = Buffer.alloc(22)
  b.writeUInt32LE(0x06054b50, 0)
  b.writeUInt16LE(o.disk ?? 0, 4)
  b.writeUInt16LE(o.zip64 ? 0xffff : count, 8)
  b.writeUInt16LE(o.zip64 ? 0xffff : count, 10)
  b.writeUInt32LE(o.zip64 ? 0xffffffff : length, 12)
  b.writeUInt32LE(o.zip64 ? 0xffffffff : offset, 16)
  const comment = Buffer.from(o.comment ?? '')
  b.writeUInt16LE(comment.length, 20)
  return Buffer.concat([o.zip64 ? end64Of(count, length, offset) : Buffer.alloc(0), b, comment])
}

function end64Of(count: number, length: number, offset: number): Buffer {
  const b = Buffer.alloc(76)
  b.writeUInt32LE(0x06064b50, 0)
  b.writeBigUInt64LE(44n, 4)
  b.writeBigUInt64LE(BigInt(count), 24)
  b.writeBigUInt64LE(BigInt(count), 32)
  b.writeBigUInt64LE(BigInt(length), 40)
  b.writeBigUInt64LE(BigInt(offset), 48)
  b.writeUInt32LE(0x07064b50, 56)
  b.writeBigUInt64LE(BigInt(offset + length), 64)
  return b
}
