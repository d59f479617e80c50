import { marvin32 } from '../../src/parsers/registry/marvin32.ts'

/** A value: text is REG_SZ, a number REG_DWORD, a bigint REG_QWORD, a list of texts REG_MULTI_SZ; or type and bytes. */
export type HiveValue =
  | string
  | number
  | bigint
  | readonly string[]
  | {
      /** By number or by name: `REG_EXPAND_SZ`. */
      readonly type: number | ValueTypeName
      readonly data: Uint8Array | string | number | bigint | readonly string[]
      /** Its cells are free and no list names it. */
      readonly deleted?: boolean
    }

export type HiveKey = {
  /** By name; `''` is the default value. */
  readonly values?: Readonly<Record<string, HiveValue>>
  /** Last write, as ISO text or milliseconds; that of the hive where none is given. */
  readonly time?: string | number
  readonly className?: string
  /** Its cells are free and no list names it; nor are the keys below it named. */
  readonly deleted?: boolean
  /** The form of the list of its subkeys; that of the hive where none is given. */
  readonly list?: ListForm
}

/** Keys by path: `{ 'Microsoft\\Windows\\CurrentVersion\\Run': { values: { Name: 'text' } } }`; parents come by themselves. */
export type HiveTree = Readonly<Record<string, HiveKey>>

type ListForm = 'lf' | 'lh' | 'li'

export type HiveOptions = {
  /** File name in the base block: `\\SystemRoot\\System32\\Config\\SOFTWARE`; up to 31 characters are kept, the last ones. */
  readonly name?: string
  /** Name of the root key. */
  readonly root?: string
  /** Time of the hive and of keys without one. */
  readonly time?: string | number
  /** 3, 5 or 6; big data from 4 on. */
  readonly minor?: number
  readonly list?: ListForm
  /** A list of more subkeys than this is divided, with an index root above. */
  readonly leaf?: number
  readonly sequence?: number
}

export type ValueTypeName = keyof typeof types
const types = {
  REG_NONE: 0,
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_DWORD_BIG_ENDIAN: 5,
  REG_LINK: 6,
  REG_MULTI_SZ: 7,
  REG_RESOURCE_LIST: 8,
  REG_FULL_RESOURCE_DESCRIPTOR: 9,
  REG_RESOURCE_REQUIREMENTS_LIST: 10,
  REG_QWORD: 11,
} as const

/** A primary hive file that is valid and not dirty. */
export function hiveFile(tree: HiveTree, options: HiveOptions = {}): Buffer {
  const bins = new Bins()
  const settings: Settings = {
    time: options.time ?? '2021-03-04T05:06:07Z',
    minor: options.minor ?? 5,
    list: options.list ?? ((options.minor ?? 5) > 4 ? 'lh' : 'lf'),
    leaf: options.leaf ?? 500,
    security: bins.place(security()),
  }
  bins.at(settings.security).writeUInt32LE(settings.security, 8)
  bins.at(settings.security).writeUInt32LE(settings.security, 12)
  const root = writeKey(bins, nested(tree, options.root ?? 'ROOT'), null, settings, false)
  const data = bins.finish(settings.time)
  return Buffer.concat([baseBlock(data.length, root, settings, options), data])
}

/** The same hive as after a crash: the first of its sequence numbers is ahead by one. */
export function dirty(hive: Buffer): Buffer {
  const copy = Buffer.from(hive)
  copy.writeUInt32LE(copy.readUInt32LE(4) + 1, 4)
  seal(copy)
  return copy
}

/**
 * A transaction log as Windows 8.1 and later write it (.LOG1, .LOG2): what has to be written over `states[0]` to get
 * `states[1]`, over that to get `states[2]`, …; one entry each. `sequence` is that of the first entry.
 */
export function newLog(states: readonly Buffer[], sequence: number): Buffer {
  const entries = states.slice(1).map((after, i) => logEntry(pages(states[i]!, after, 4096), after, sequence + i))
  return Buffer.concat([logBlock(states[0]!, 6, sequence), ...entries])
}

/** A transaction log as Windows before 8.1 writes it: a bitmap of pages of 512 bytes, and those pages. */
export function oldLog(before: Buffer, after: Buffer): Buffer {
  const vector = Buffer.alloc(4 + (after.length - 4096) / 4096)
  vector.write('DIRT', 'latin1')
  const changed = pages(before, after, 4096).flatMap(({ offset }) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((i) => offset + i * 512),
  )
  for (const offset of changed) vector[4 + (offset >>> 12)]! |= 1 << ((offset >>> 9) & 7)
  const block = logBlock(after, 1, before.readUInt32LE(4))
  before.copy(block, 12, 12, 20)
  seal(block)
  return Buffer.concat([
    block,
    padded(vector, 512),
    ...changed.map((offset) => after.subarray(4096 + offset, 4608 + offset)),
  ])
}

/** The checksum of the first sector, written anew. */
export function seal(block: Buffer): void {
  let sum = 0
  for (let at = 0; at < 508; at += 4) sum ^= block.readInt32LE(at)
  block.writeInt32LE(sum === -1 ? -2 : sum === 0 ? 1 : sum, 508)
}

type Settings = {
  readonly time: string | number
  readonly minor: number
  readonly list: ListForm
  readonly leaf: number
  readonly security: number
}

type Node = { readonly name: string; key: HiveKey; readonly keys: Map<string, Node> }

function nested(tree: HiveTree, root: string): Node {
  const top: Node = { name: root, key: {}, keys: new Map() }
  for (const [path, key] of Object.entries(tree)) {
    let node = top
    for (const name of path === '' ? [] : path.split('\\')) {
      const id = name.toUpperCase()
      let next = node.keys.get(id)
      if (!next) node.keys.set(id, (next = { name, key: {}, keys: new Map() }))
      node = next
    }
    node.key = key
  }
  return top
}

/** Writes a key and all below it; returns the offset of its cell. */
function writeKey(bins: Bins, node: Node, parent: number | null, settings: Settings, freed: boolean): number {
  const { key } = node
  const gone = freed || key.deleted === true
  const name = compressed(node.name)
  const cell = Buffer.alloc(4 + 76 + name.bytes.length)
  const offset = bins.place(cell)
  const keys = [...node.keys.values()].sort((a, b) => (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1))
  const below = keys.map((sub) => ({ sub, offset: writeKey(bins, sub, offset, settings, gone) }))
  const live = below.filter(({ sub }) => gone || !sub.key.deleted)
  const values = Object.entries(key.values ?? {}).map(([name, value]) => writeValue(bins, name, value, settings, gone))
  const listed = values.filter((value) => gone || !value.deleted)
  const className = Buffer.from(key.className ?? '', 'utf16le')

  const list = live.length > 0 ? writeList(bins, live, key.list ?? settings.list, settings.leaf, gone) : NIL
  // A value that is deleted leaves its place in the list behind the end of it.
  const entries = [...listed, ...values.filter((value) => !listed.includes(value))].map((value) => value.offset)
  const valueList = listed.length > 0 ? placeNumbers(bins, entries, gone) : NIL
  const classCell = className.length > 0 ? bins.place(cellOf(className), gone) : NIL
  const at = bins.at(offset)
  at.write('nk', 4, 'latin1')
  at.writeUInt16LE((name.latin ? 0x20 : 0) | (parent === null ? 0x0c : 0), 6)
  writeTime(at, 8, key.time ?? settings.time)
  at.writeUInt32LE(parent ?? NIL, 20)
  at.writeUInt32LE(live.length, 24)
  at.writeUInt32LE(list, 32)
  at.writeUInt32LE(NIL, 36)
  at.writeUInt32LE(listed.length, 40)
  at.writeUInt32LE(valueList, 44)
  at.writeUInt32LE(settings.security, 48)
  at.writeUInt32LE(classCell, 52)
  at.writeUInt16LE(name.bytes.length, 76)
  at.writeUInt16LE(className.length, 78)
  name.bytes.copy(at, 80)
  if (gone) bins.free(offset)
  return offset
}

function writeList(
  bins: Bins,
  keys: readonly { sub: Node; offset: number }[],
  form: ListForm,
  leaf: number,
  freed: boolean,
): number {
  if (keys.length > leaf) {
    const leaves: number[] = []
    for (let i = 0; i < keys.length; i += leaf) leaves.push(writeList(bins, keys.slice(i, i + leaf), form, leaf, freed))
    const root = Buffer.alloc(4 + 4 + leaves.length * 4)
    root.write('ri', 4, 'latin1')
    root.writeUInt16LE(leaves.length, 6)
    for (const [i, offset] of leaves.entries()) root.writeUInt32LE(offset, 8 + i * 4)
    return bins.place(root, freed)
  }
  const step = form === 'li' ? 4 : 8
  const list = Buffer.alloc(4 + 4 + keys.length * step)
  list.write(form, 4, 'latin1')
  list.writeUInt16LE(keys.length, 6)
  for (const [i, { sub, offset }] of keys.entries()) {
    list.writeUInt32LE(offset, 8 + i * step)
    if (form === 'lh') list.writeUInt32LE(nameHash(sub.name), 12 + i * step)
    if (form === 'lf') list.write(sub.name.slice(0, 4), 12 + i * step, 'latin1')
  }
  return bins.place(list, freed)
}

function nameHash(name: string): number {
  let hash = 0
  for (const letter of name.toUpperCase()) hash = (Math.imul(hash, 37) + letter.charCodeAt(0)) >>> 0
  return hash
}

function writeValue(
  bins: Bins,
  name: string,
  value: HiveValue,
  settings: Settings,
  freed: boolean,
): { offset: number; deleted: boolean } {
  const plain = typeof value !== 'object' || Array.isArray(value)
  const typed = plain ? null : (value as Exclude<HiveValue, string | number | bigint | readonly string[]>)
  const content = typed ? typed.data : (value as string | number | bigint | readonly string[])
  const type = typed ? (typeof typed.type === 'number' ? typed.type : types[typed.type]) : typeOf(content)
  const data = dataOf(content, type)
  const deleted = typed?.deleted === true
  const gone = freed || deleted
  const written = compressed(name)
  const cell = Buffer.alloc(4 + 20 + written.bytes.length)
  cell.write('vk', 4, 'latin1')
  cell.writeUInt16LE(written.bytes.length, 6)
  if (data.length <= 4) {
    cell.writeUInt32LE((data.length | 0x8000_0000) >>> 0, 8)
    data.copy(cell, 12)
  } else {
    cell.writeUInt32LE(data.length, 8)
    cell.writeUInt32LE(placeData(bins, data, settings.minor, gone), 12)
  }
  cell.writeUInt32LE(type, 16)
  cell.writeUInt16LE(written.latin ? 1 : 0, 20)
  written.bytes.copy(cell, 24)
  return { offset: bins.place(cell, gone), deleted }
}

const SEGMENT = 16_344

function placeData(bins: Bins, data: Buffer, minor: number, freed: boolean): number {
  if (data.length <= SEGMENT || minor < 4) return bins.place(cellOf(data), freed)
  const segments: number[] = []
  // A segment has four bytes more than it holds.
  for (let at = 0; at < data.length; at += SEGMENT)
    segments.push(bins.place(cellOf(Buffer.concat([data.subarray(at, at + SEGMENT), Buffer.alloc(4)])), freed))
  const list = placeNumbers(bins, segments, freed)
  const cell = Buffer.alloc(4 + 12)
  cell.write('db', 4, 'latin1')
  cell.writeUInt16LE(segments.length, 6)
  cell.writeUInt32LE(list, 8)
  return bins.place(cell, freed)
}

function typeOf(content: string | number | bigint | readonly string[] | Uint8Array): number {
  if (typeof content === 'string') return types.REG_SZ
  if (typeof content === 'number') return types.REG_DWORD
  if (typeof content === 'bigint') return types.REG_QWORD
  return content instanceof Uint8Array ? types.REG_BINARY : types.REG_MULTI_SZ
}

function dataOf(content: string | number | bigint | readonly string[] | Uint8Array, type: number): Buffer {
  if (content instanceof Uint8Array) return Buffer.from(content)
  if (typeof content === 'string') return Buffer.from(`${content}\0`, 'utf16le')
  if (typeof content === 'object') return Buffer.from(`${content.map((text) => `${text}\0`).join('')}\0`, 'utf16le')
  const bytes = Buffer.alloc(typeof content === 'bigint' ? 8 : 4)
  if (typeof content === 'bigint') bytes.writeBigUInt64LE(content)
  else if (type === types.REG_DWORD_BIG_ENDIAN) bytes.writeUInt32BE(content)
  else bytes.writeUInt32LE(content >>> 0)
  return bytes
}

const NIL = 0xffff_ffff

/** Cells in hive bins, one after the other. Offsets count from the beginning of the bins. */
class Bins {
  #data = Buffer.alloc(1 << 16)
  #used = 0
  #bin = 0
  #end = 0
  readonly #freed: number[] = []

  /** Puts a cell (with four bytes for its size in front) somewhere, and says where. */
  place(cell: Buffer, freed = false): number {
    const size = (cell.length + 7) & ~7
    if (this.#used + size > this.#end) this.#open(size)
    const offset = this.#used
    cell.copy(this.#data, offset)
    this.#data.writeInt32LE(-size, offset)
    this.#used += size
    if (freed) this.free(offset)
    return offset
  }

  /** The bytes from a cell on; only until the next one is placed. */
  at(offset: number): Buffer {
    return this.#data.subarray(offset)
  }

  free(offset: number): void {
    this.#freed.push(offset)
  }

  finish(time: string | number): Buffer {
    this.#close()
    // Neighbors stay cells of their own: only newer versions of Windows join them at once.
    for (const offset of this.#freed) this.#data.writeInt32LE(Math.abs(this.#data.readInt32LE(offset)), offset)
    writeTime(this.#data, 20, time)
    return this.#data.subarray(0, this.#end)
  }

  #open(size: number): void {
    this.#close()
    this.#bin = this.#end
    const length = Math.ceil((size + 32) / 4096) * 4096
    this.#end = this.#bin + length
    while (this.#end > this.#data.length) this.#data = Buffer.concat([this.#data, Buffer.alloc(this.#data.length)])
    this.#data.write('hbin', this.#bin, 'latin1')
    this.#data.writeUInt32LE(this.#bin, this.#bin + 4)
    this.#data.writeUInt32LE(length, this.#bin + 8)
    this.#used = this.#bin + 32
  }

  #close(): void {
    if (this.#used < this.#end) this.#data.writeInt32LE(this.#end - this.#used, this.#used)
  }
}

function placeNumbers(bins: Bins, numbers: readonly number[], freed: boolean): number {
  const cell = Buffer.alloc(4 + numbers.length * 4)
  for (const [i, number] of numbers.entries()) cell.writeUInt32LE(number, 4 + i * 4)
  return bins.place(cell, freed)
}

function cellOf(data: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(4), data])
}

/** A key security cell with an empty, self-relative descriptor. */
function security(): Buffer {
  const cell = Buffer.alloc(4 + 20 + 20)
  cell.write('sk', 4, 'latin1')
  cell.writeUInt32LE(1, 16)
  cell.writeUInt32LE(20, 20)
  cell.writeUInt8(1, 24)
  cell.writeUInt16LE(0x8000, 26)
  return cell
}

/** A name in one byte a letter where that is possible. */
function compressed(name: string): { bytes: Buffer; latin: boolean } {
  const latin = /^[\0-\xff]*$/.test(name)
  return { bytes: Buffer.from(name, latin ? 'latin1' : 'utf16le'), latin }
}

function baseBlock(size: number, root: number, settings: Settings, options: HiveOptions): Buffer {
  const block = Buffer.alloc(4096)
  block.write('regf', 'latin1')
  block.writeUInt32LE(options.sequence ?? 1, 4)
  block.writeUInt32LE(options.sequence ?? 1, 8)
  writeTime(block, 12, settings.time)
  block.writeUInt32LE(1, 20)
  block.writeUInt32LE(settings.minor, 24)
  block.writeUInt32LE(1, 32)
  block.writeUInt32LE(root, 36)
  block.writeUInt32LE(size, 40)
  block.writeUInt32LE(1, 44)
  block.write((options.name ?? '').slice(-31), 48, 'utf16le')
  seal(block)
  return block
}

/** The first sector of a log: the base block with its own type. */
function logBlock(hive: Buffer, type: number, sequence: number): Buffer {
  const block = Buffer.from(hive.subarray(0, 512))
  block.writeUInt32LE(sequence, 4)
  block.writeUInt32LE(sequence, 8)
  block.writeUInt32LE(type, 28)
  seal(block)
  return block
}

function logEntry(dirtyPages: readonly { offset: number; data: Buffer }[], after: Buffer, sequence: number): Buffer {
  const header = Buffer.alloc(40 + dirtyPages.length * 8)
  header.write('HvLE', 'latin1')
  header.writeUInt32LE(sequence, 12)
  header.writeUInt32LE(after.length - 4096, 16)
  header.writeUInt32LE(dirtyPages.length, 20)
  for (const [i, { offset, data }] of dirtyPages.entries()) {
    header.writeUInt32LE(offset, 40 + i * 8)
    header.writeUInt32LE(data.length, 44 + i * 8)
  }
  const entry = padded(Buffer.concat([header, ...dirtyPages.map(({ data }) => data)]), 512)
  entry.writeUInt32LE(entry.length, 4)
  writeHash(entry, 24, marvin32(entry, 40, entry.length))
  writeHash(entry, 32, marvin32(entry, 0, 32))
  return entry
}

function writeHash(bytes: Buffer, at: number, hash: { low: number; high: number }): void {
  bytes.writeUInt32LE(hash.low, at)
  bytes.writeUInt32LE(hash.high, at + 4)
}

/** Pages of the hive bins that differ. */
function pages(before: Buffer, after: Buffer, size: number): { offset: number; data: Buffer }[] {
  const changed: { offset: number; data: Buffer }[] = []
  for (let at = 4096; at < after.length; at += size) {
    const data = after.subarray(at, at + size)
    if (!data.equals(before.subarray(at, at + size))) changed.push({ offset: at - 4096, data })
  }
  return changed
}

function padded(bytes: Buffer, to: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(Math.ceil(bytes.length / to) * to - bytes.length)])
}

/** A FILETIME. */
export function writeTime(bytes: Buffer, at: number, time: string | number): void {
  const ms = typeof time === 'number' ? time : Date.parse(time)
  bytes.writeBigUInt64LE((BigInt(ms) + 11_644_473_600_000n) * 10_000n, at)
}
