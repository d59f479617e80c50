/** One member to be written; every field of the format may be made to lie. */
export type TarSpec = {
  readonly name: string
  readonly content?: string | Buffer
  readonly type?: string
  /** What stands in the size field, in place of the true size. */
  readonly size?: string | Buffer
  readonly link?: string
  readonly mtime?: number
  readonly form?: 'ustar' | 'gnu' | 'v7'
  readonly prefix?: string
  /** A wrong checksum. */
  readonly broken?: boolean
  /** Bytes that stand in the header at an offset. */
  readonly patch?: readonly (readonly [offset: number, bytes: string | Buffer])[]
}

/** Writes a tar archive, with its two blocks of zeros at the end. */
export function tarOf(members: readonly TarSpec[], end = 1024): Buffer {
  return Buffer.concat([...members.map(memberOf), Buffer.alloc(end)])
}

function memberOf(m: TarSpec): Buffer {
  const content = Buffer.from(m.content ?? '')
  return Buffer.concat([headerOf(m, content.length), padded(content)])
}

function headerOf(m: TarSpec, length: number): Buffer {
  const b = Buffer.alloc(512)
  b.write(m.name, 0, 100)
  b.write('0000644\0', 100)
  b.write('0000000\0', 108)
  b.write('0000000\0', 116)
  if (typeof m.size === 'object') m.size.copy(b, 124)
  else b.write(m.size ?? `${length.toString(8).padStart(11, '0')}\0`, 124, 12)
  b.write(`${(m.mtime ?? 1_614_672_060).toString(8).padStart(11, '0')}\0`, 136)
  b.write(m.type ?? '0', 156)
  b.write(m.link ?? '', 157, 100)
  if (m.form !== 'v7') b.write(m.form === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257)
  b.write(m.prefix ?? '', 345, 155)
  for (const [offset, bytes] of m.patch ?? []) (typeof bytes === 'string' ? Buffer.from(bytes) : bytes).copy(b, offset)
  b.write('        ', 148)
  const sum = b.reduce((a, c) => a + c, 0) + (m.broken ? 1 : 0)
  b.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return b
}

export function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

/** A pax header with these records for the member behind it. */
export function pax(records: Readonly<Record<string, string>>, type = 'x'): TarSpec {
  return {
    name: 'PaxHeaders/x',
    type,
    content: Object.entries(records)
      .map(([k, v]) => paxRecord(k, v))
      .join(''),
  }
}

/** `length key=value\n`, where the length counts itself. */
export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + 1
  while (String(length).length + rest !== length) length++
  return `${length} ${key}=${value}\n`
}

export function octal(value: number): string {
  return `${value.toString(8).padStart(11, '0')}\0`
}
