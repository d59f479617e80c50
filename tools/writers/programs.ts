import { crc32 } from 'node:zlib'

/** A FILETIME of a time with seven decimals. */
export function fileTimeOf(text: string | null): Buffer {
  const bytes = Buffer.alloc(8)
  if (text === null) return bytes
  const seconds = BigInt(Date.parse(`${text.slice(0, 19)}Z`) / 1000) + 11_644_473_600n
  bytes.writeBigUInt64LE(seconds * 10_000_000n + BigInt(text.slice(20, 27)))
  return bytes
}

const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')

// ---------------------------------------------------------------- prefetch

type Prefetch = {
  readonly version: 17 | 23 | 26 | 30 | 31
  readonly name: string
  readonly count: number
  readonly runs: readonly string[]
  readonly files: readonly string[]
}

/** A prefetch file of that version: header, file information, file names, one volume. */
export function prefetchFile({ version, name, count, runs, files }: Prefetch): Buffer {
  const information = { 17: 68, 23: 156, 26: 224, 30: 212, 31: 212 }[version]
  const times = version === 17 ? 120 : 128
  const counted = { 17: 144, 23: 152, 26: 208, 30: 200, 31: 200 }[version]
  const entry = { 17: 40, 23: 104, 26: 104, 30: 96, 31: 96 }[version]
  const strings = wide(files.map((file) => `${file}\0`).join(''))
  const device = files[0]!.slice(0, files[0]!.indexOf('\\', 1))
  const head = Buffer.alloc(84 + information)
  const volume = Buffer.alloc(entry)
  volume.writeUInt32LE(entry, 0)
  volume.writeUInt32LE(device.length, 4)
  volume.set(fileTimeOf('2020-01-01T00:00:00.0000000Z'), 8)
  volume.writeUInt32LE(0x8c9d0e1f, 16)
  const volumes = Buffer.concat([volume, wide(`${device}\0`)])

  head.writeUInt32LE(version, 0)
  head.write('SCCA', 4)
  head.writeUInt32LE(head.length + strings.length + volumes.length, 12)
  head.set(wide(name), 16)
  head.writeUInt32LE(0x4a81b364, 76)
  head.writeUInt32LE(head.length, 84)
  head.writeUInt32LE(head.length, 100)
  head.writeUInt32LE(strings.length, 104)
  head.writeUInt32LE(head.length + strings.length, 108)
  head.writeUInt32LE(1, 112)
  head.writeUInt32LE(volumes.length, 116)
  runs.slice(0, version < 26 ? 1 : 8).forEach((run, i) => head.set(fileTimeOf(run), times + 8 * i))
  head.writeUInt32LE(count, counted)
  return Buffer.concat([head, strings, volumes])
}

/** The same as Windows 10 writes it. */
export function compressedPrefetch(file: Buffer, checked: boolean): Buffer {
  const head = Buffer.alloc(checked ? 12 : 8)
  head.write('MAM\x04', 'latin1')
  if (checked) head[3] = 0x84
  head.writeUInt32LE(file.length, 4)
  const packed = Buffer.concat([head, xpressHuffmanOf(file)])
  if (checked) packed.writeUInt32LE(crc32(packed) >>> 0, 8)
  return packed
}

/** LZ77 with Huffman codes, badly compressed: every one of the 512 symbols has a code of nine bits, which is itself. */
function xpressHuffmanOf(input: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < input.length; at += 65_536) blocks.push(blockOf(input, at, Math.min(at + 65_536, input.length)))
  return Buffer.concat(blocks)
}

function blockOf(input: Buffer, from: number, end: number): Buffer {
  const out: number[] = Array<number>(256).fill(0x99)
  // Words of bits have their place from when the reader would read them; lengths in whole bytes lie between.
  const words: number[] = []
  const reserve = (): void => {
    words.push(out.length)
    out.push(0, 0)
  }
  reserve()
  reserve()
  let written = 0
  let extra = 16
  const put = (value: number, count: number): void => {
    for (let i = count - 1; i >= 0; i--, written++) {
      const word = words[written >> 4]!
      const bit = 15 - (written & 15)
      out[word + (bit >> 3)]! |= ((value >> i) & 1) << (bit & 7)
    }
    extra -= count
    if (extra < 0) {
      reserve()
      extra += 16
    }
  }
  for (let at = from; at < end; ) {
    const found = longest(input, at, end)
    if (!found) {
      put(input[at++]!, 9)
      continue
    }
    const [offset, length] = found
    const bits = 31 - Math.clz32(offset)
    put(256 + bits * 16 + Math.min(length - 3, 15), 9)
    if (length - 3 >= 15) {
      if (length - 18 < 255) out.push(length - 18)
      else out.push(255, (length - 3) & 255, (length - 3) >> 8)
    }
    put(offset - (1 << bits), bits)
    at += length
  }
  return Buffer.from(out)
}

function longest(input: Buffer, at: number, end: number): [offset: number, length: number] | null {
  let best: [number, number] | null = null
  for (let offset = 1; offset <= Math.min(at, 2048); offset++) {
    let length = 0
    while (at + length < end && input[at + length] === input[at + length - offset]) length++
    if (length >= 3 && length > (best?.[1] ?? 0)) best = [offset, length]
  }
  return best
}

// ---------------------------------------------------------------- shortcuts

type Shortcut = {
  readonly created: string | null
  readonly modified: string | null
  readonly accessed: string | null
  readonly local: string | null
  readonly arguments: string
  readonly folder: string
  readonly machine: string
  readonly mac: string
  readonly items?: readonly string[]
}

const CLASS = Buffer.from('0114020000000000c000000000000046', 'hex')

/** [MS-SHLLINK]: header, list of shell items, link information, texts, and the blocks for tracking and properties. */
export function shortcutFile(link: Shortcut): Buffer {
  const head = Buffer.alloc(76)
  head.writeUInt32LE(76, 0)
  head.set(CLASS, 4)
  head.writeUInt32LE((link.items ? 1 : 0) | (link.local ? 2 : 0) | 0x10 | 0x20 | 0x80, 20)
  head.writeUInt32LE(0x20, 24)
  head.set(fileTimeOf(link.created), 28)
  head.set(fileTimeOf(link.accessed), 36)
  head.set(fileTimeOf(link.modified), 44)
  head.writeUInt32LE(289_792, 52)
  head.writeUInt32LE(1, 60)
  return Buffer.concat([
    head,
    link.items ? itemList(link.items) : Buffer.alloc(0),
    link.local ? linkInformation(link.local) : Buffer.alloc(0),
    counted(link.folder),
    counted(link.arguments),
    tracker(link.machine, link.mac),
    properties(),
    Buffer.alloc(4),
  ])
}

/** A list of one category of tasks, as Windows writes it for a program's own list. */
export function shortcutList(links: readonly Buffer[]): Buffer {
  const words = (...numbers: number[]): Buffer => {
    const bytes = Buffer.alloc(numbers.length * 4)
    numbers.forEach((number, i) => bytes.writeUInt32LE(number, i * 4))
    return bytes
  }
  return Buffer.concat([words(2, 1, 0, 2, links.length), ...links.flatMap((link) => [CLASS, link]), words(0xbabffbab)])
}

function counted(text: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16LE(text.length)
  return Buffer.concat([length, wide(text)])
}

function itemList(names: readonly string[]): Buffer {
  const items = names.map((name, i) => (i === 0 ? drive(name) : file(name)))
  const list = Buffer.concat([...items, Buffer.alloc(2)])
  const size = Buffer.alloc(2)
  size.writeUInt16LE(list.length)
  return Buffer.concat([size, list])
}

function drive(name: string): Buffer {
  const item = Buffer.alloc(25)
  item.writeUInt16LE(item.length, 0)
  item[2] = 0x2f
  item.write(name, 3)
  return item
}

/** A file with a short name and, in an extension block of version 9, its long one. */
function file(name: string): Buffer {
  const short = Buffer.from('SHORT~1.EXE\0')
  const long = wide(`${name}\0`)
  const at = 14 + short.length
  const item = Buffer.alloc(at + 46 + long.length + 2)
  item.writeUInt16LE(item.length, 0)
  item[2] = 0x32
  item.set(short, 14)
  item.writeUInt16LE(46 + long.length + 2, at)
  item.writeUInt16LE(9, at + 2)
  item.writeUInt32LE(0xbeef0004, at + 4)
  item.set(long, at + 46)
  item.writeUInt16LE(at, item.length - 2)
  return item
}

function linkInformation(path: string): Buffer {
  const volume = Buffer.alloc(17)
  volume.writeUInt32LE(17, 0)
  volume.writeUInt32LE(3, 4)
  volume.writeUInt32LE(0x8c9d0e1f, 8)
  volume.writeUInt32LE(16, 12)
  const base = Buffer.from(`${path}\0`)
  const head = Buffer.alloc(28)
  head.writeUInt32LE(28 + volume.length + base.length + 1, 0)
  head.writeUInt32LE(28, 4)
  head.writeUInt32LE(1, 8)
  head.writeUInt32LE(28, 12)
  head.writeUInt32LE(28 + volume.length, 16)
  head.writeUInt32LE(28 + volume.length + base.length, 24)
  return Buffer.concat([head, volume, base, Buffer.alloc(1)])
}

function tracker(machine: string, mac: string): Buffer {
  const block = Buffer.alloc(96)
  block.writeUInt32LE(96, 0)
  block.writeUInt32LE(0xa0000003, 4)
  block.writeUInt32LE(88, 8)
  block.write(machine, 16)
  const id = Buffer.from(`a1b2c3d4e5f6eb119a2b${mac}`, 'hex')
  for (const at of [32, 48, 64, 80]) block.set(id, at)
  return block
}

function properties(): Buffer {
  const text = wide('S-1-5-21-1-2-3-500\0')
  const value = Buffer.alloc(17 + text.length)
  value.writeUInt32LE(value.length, 0)
  value.writeUInt32LE(4, 4)
  value.writeUInt16LE(0x1f, 9)
  value.writeUInt32LE(19, 13)
  value.set(text, 17)
  const storage = Buffer.alloc(24)
  storage.writeUInt32LE(24 + value.length + 4, 0)
  storage.write('1SPS', 4)
  storage.set(Buffer.from('e28a5846bc4c3843bbfc139326986dce', 'hex'), 8)
  const block = Buffer.alloc(8)
  block.writeUInt32LE(8 + storage.length + value.length + 4 + 4, 0)
  block.writeUInt32LE(0xa0000009, 4)
  return Buffer.concat([block, storage, value, Buffer.alloc(8)])
}
