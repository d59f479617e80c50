import { createHash } from 'node:crypto'

/** What a made-up program file is to hold. */
export type Wanted = {
  readonly exports?: readonly string[]
  readonly version?: Readonly<Record<string, string>>
  /** Numbers of the product version. */
  readonly product?: readonly [number, number, number, number]
  readonly assembly?: { readonly name: string; readonly key?: Buffer; readonly interfaces?: readonly string[] }
  readonly signer?: string
}

const ADDRESS = 0x2000
const OFFSET = 0x200

/** A program file of one section, written by us: no code is in it. */
export function program(wanted: Wanted): Buffer {
  const body = new Body()
  const exports = wanted.exports ? body.exports(wanted.exports) : null
  const version = wanted.version ? body.version(wanted.version, wanted.product ?? [1, 0, 0, 0]) : null
  const clr = wanted.assembly ? body.clr(wanted.assembly) : null
  const section = body.bytes()
  const head = Buffer.alloc(OFFSET)
  head.write('MZ', 0, 'latin1')
  head.writeUInt32LE(0x80, 0x3c)
  head.write('PE\0\0', 0x80, 'latin1')
  head.writeUInt16LE(0x14c, 0x84)
  head.writeUInt16LE(1, 0x86)
  head.writeUInt32LE(1_600_000_000, 0x88)
  head.writeUInt16LE(224, 0x94)
  head.writeUInt16LE(0x2102, 0x96)
  const optional = 0x98
  head.writeUInt16LE(0x10b, optional)
  head.writeUInt32LE(16, optional + 92)
  const directory = (i: number, place: { at: number; size: number } | null): void => {
    if (!place) return
    head.writeUInt32LE(place.at, optional + 96 + i * 8)
    head.writeUInt32LE(place.size, optional + 100 + i * 8)
  }
  directory(0, exports)
  directory(2, version)
  directory(14, clr)
  const entry = optional + 224
  head.write('.rdata', entry, 'latin1')
  head.writeUInt32LE(section.length, entry + 8)
  head.writeUInt32LE(ADDRESS, entry + 12)
  head.writeUInt32LE(section.length, entry + 16)
  head.writeUInt32LE(OFFSET, entry + 20)
  const file = Buffer.concat([head, section])
  return wanted.signer === undefined ? file : signed(file, wanted.signer, optional + 64, optional + 128)
}

class Body {
  readonly #parts: Buffer[] = []
  #length = 0

  bytes(): Buffer {
    this.#add(Buffer.alloc(8))
    return Buffer.concat(this.#parts)
  }

  exports(names: readonly string[]): { at: number; size: number } {
    const texts = names.map((name) => this.#add(Buffer.from(`${name}\0`)))
    const list = Buffer.alloc(names.length * 4)
    for (const [i, at] of texts.entries()) list.writeUInt32LE(at, i * 4)
    const table = Buffer.alloc(40)
    table.writeUInt32LE(names.length, 24)
    table.writeUInt32LE(this.#add(list), 32)
    return { at: this.#add(table), size: 40 }
  }

  version(
    texts: Readonly<Record<string, string>>,
    [a, b, c, d]: readonly [number, number, number, number],
  ): { at: number; size: number } {
    const fixed = Buffer.alloc(52)
    fixed.writeUInt32LE(0xfeef04bd, 0)
    for (const [i, n] of [b, a, d, c].entries()) {
      fixed.writeUInt16LE(n, 8 + i * 2)
      fixed.writeUInt16LE(n, 16 + i * 2)
    }
    const strings = Object.entries(texts).map(([key, value]) =>
      node(key, Buffer.from(`${value}\0`, 'utf16le'), [], true),
    )
    const info = node('VS_VERSION_INFO', fixed, [
      node('StringFileInfo', Buffer.alloc(0), [node('040904B0', Buffer.alloc(0), strings)]),
    ])
    const data = this.#add(info)
    // Three folders of one entry each (type, name, language), and what the last leads to.
    const folder = Buffer.alloc(24 * 3 + 16)
    for (const [i, [id, to]] of (
      [
        [16, 0x80000018],
        [1, 0x80000030],
        [1033, 72],
      ] as const
    ).entries()) {
      folder.writeUInt16LE(1, i * 24 + 14)
      folder.writeUInt32LE(id, i * 24 + 16)
      folder.writeUInt32LE(to, i * 24 + 20)
    }
    folder.writeUInt32LE(data, 72)
    folder.writeUInt32LE(info.length, 76)
    return { at: this.#add(folder), size: folder.length }
  }

  clr({ name, key = Buffer.alloc(0), interfaces = [] }: NonNullable<Wanted['assembly']>): { at: number; size: number } {
    const texts = new Heap()
    const blobs = new Heap()
    const own = texts.put(Buffer.from(`${name}\0`))
    const web = texts.put(Buffer.from('System.Web\0'))
    const references = interfaces.map((one) => texts.put(Buffer.from(`${one}\0`)))
    const keyAt =
      key.length === 0 ? 0 : blobs.put(Buffer.concat([Buffer.from([0x80 | (key.length >> 8), key.length & 0xff]), key]))
    const rows = [
      ...references.map((at) => words(6, at, web)), // TypeRef: scope, name, namespace
      ...references.map((_, i) => words(1, ((i + 1) << 2) | 1)), // InterfaceImpl
      Buffer.concat([Buffer.alloc(4), words(3, 1, 4, 1), Buffer.alloc(4), words(keyAt, own, 0)]), // Assembly
      Buffer.concat([words(4, 0, 0, 0), Buffer.alloc(4), words(0, web, 0, 0)]), // AssemblyRef
    ]
    const counts = [...(references.length > 0 ? [references.length, references.length] : []), 1, 1]
    const tables = Buffer.alloc(24)
    tables.writeUInt32LE(references.length > 0 ? (1 << 1) | (1 << 9) : 0, 8)
    tables.writeUInt32LE((1 << 0) | (1 << 3), 12)
    const numbers = Buffer.alloc(counts.length * 4)
    for (const [i, n] of counts.entries()) numbers.writeUInt32LE(n, i * 4)
    const metadata = streams([
      ['#~', Buffer.concat([tables, numbers, ...rows])],
      ['#Strings', texts.bytes()],
      ['#Blob', blobs.bytes()],
    ])
    const header = Buffer.alloc(72)
    header.writeUInt32LE(72, 0)
    header.writeUInt32LE(this.#add(metadata), 8)
    header.writeUInt32LE(metadata.length, 12)
    return { at: this.#add(header), size: 72 }
  }

  /** Puts bytes on the next four bytes, and returns their address. */
  #add(bytes: Buffer): number {
    const at = this.#length
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
    this.#parts.push(padded)
    this.#length += padded.length
    return ADDRESS + at
  }
}

class Heap {
  readonly #parts: Buffer[] = [Buffer.alloc(1)]
  #length = 1

  put(bytes: Buffer): number {
    const at = this.#length
    this.#parts.push(bytes)
    this.#length += bytes.length
    return at
  }

  bytes(): Buffer {
    const all = Buffer.concat(this.#parts)
    return Buffer.concat([all, Buffer.alloc(-all.length & 3)])
  }
}

function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2)
  for (const [i, n] of numbers.entries()) bytes.writeUInt16LE(n, i * 2)
  return bytes
}

function node(key: string, value: Buffer, children: readonly Buffer[], text = false): Buffer {
  const pad = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
  const head = pad(Buffer.concat([Buffer.alloc(6), Buffer.from(`${key}\0`, 'utf16le')]))
  const all = Buffer.concat([head, children.length > 0 ? pad(value) : value, ...children.map(pad)])
  all.writeUInt16LE(all.length, 0)
  all.writeUInt16LE(text ? value.length / 2 : value.length, 2)
  all.writeUInt16LE(text ? 1 : 0, 4)
  return all
}

function streams(named: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const root = Buffer.alloc(16 + 12 + 4)
  root.write('BSJB', 0, 'latin1')
  root.writeUInt32LE(12, 12)
  root.write('v4.0.30319', 16, 'latin1')
  root.writeUInt16LE(named.length, 30)
  const heads = named.map(([name]) => Buffer.alloc(8 + ((name.length + 4) & ~3)))
  let at = root.length + heads.reduce((sum, head) => sum + head.length, 0)
  for (const [i, [name, bytes]] of named.entries()) {
    heads[i]!.writeUInt32LE(at, 0)
    heads[i]!.writeUInt32LE(bytes.length, 4)
    heads[i]!.write(name, 8, 'latin1')
    at += bytes.length
  }
  return Buffer.concat([root, ...heads, ...named.map(([, bytes]) => bytes)])
}

// ---------------------------------------------------------------- a signature that nobody made

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length =
    body.length < 0x80 ? Buffer.from([body.length]) : Buffer.from([0x82, body.length >> 8, body.length & 0xff])
  return Buffer.concat([Buffer.from([tag]), length, body])
}

const oid = (hex: string): Buffer => der(6, Buffer.from(hex, 'hex'))
const nameOf = (text: string): Buffer => der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(text)))))

function signed(file: Buffer, signer: string, checksumAt: number, entryAt: number): Buffer {
  const digest = createHash('sha256')
    .update(file.subarray(0, checksumAt))
    .update(file.subarray(checksumAt + 4, entryAt))
    .update(file.subarray(entryAt + 8))
    .digest()
  const algorithm = der(0x30, oid('608648016503040201'), der(5))
  const issuer = nameOf('Example Issuing CA')
  const serial = der(2, Buffer.from([7]))
  const certificate = der(
    0x30,
    der(0x30, der(0xa0, der(2, Buffer.from([2]))), serial, algorithm, issuer, der(0x30), nameOf(signer)),
  )
  const message = der(
    0x30,
    oid('2a864886f70d010702'),
    der(
      0xa0,
      der(
        0x30,
        der(2, Buffer.from([1])),
        der(0x31, algorithm),
        der(
          0x30,
          oid('2b060104018237020104'),
          der(0xa0, der(0x30, der(0x30, oid('2b06010401823702010f')), der(0x30, algorithm, der(4, digest)))),
        ),
        der(0xa0, certificate),
        der(0x31, der(0x30, der(2, Buffer.from([1])), der(0x30, issuer, serial), algorithm)),
      ),
    ),
  )
  const table = Buffer.concat([Buffer.alloc(8), message])
  table.writeUInt32LE(table.length, 0)
  table.writeUInt16LE(0x200, 4)
  table.writeUInt16LE(2, 6)
  file.writeUInt32LE(file.length, entryAt)
  file.writeUInt32LE(table.length, entryAt + 4)
  return Buffer.concat([file, table])
}
