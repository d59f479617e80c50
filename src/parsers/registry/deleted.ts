import { addTo } from '../../lib/collections.ts'
import { fileTime } from '../../lib/time.ts'
import { BASE, type Time } from './base-block.ts'
import type { Extent, Hive, RegistryValue } from './hive.ts'

/** A key that nothing leads to any more, found by the signature of its record. */
export type DeletedKey = {
  readonly name: string
  /** Names from below the root down to this key; null where its parents are overwritten. */
  readonly path: readonly string[] | null
  readonly written: Time
  readonly at: Extent
  /** Offset of its cell, as keys below it name it as their parent; null where the record is no longer the first of one. */
  readonly cell: number | null
  readonly parent: number
  readonly values: readonly RegistryValue[]
}

export type Deleted = {
  readonly keys: readonly DeletedKey[]
  /** Values that were deleted from keys that are still there, by the index of the key. */
  readonly ofKeys: ReadonlyMap<number, readonly RegistryValue[]>
  /** Values of which no key is known. */
  readonly values: readonly RegistryValue[]
  /** There were more than are told. */
  readonly more: boolean
}

/** What a record must not exceed to be taken for a real one, as in yarp. https://github.com/msuhanov/yarp, RegistryRecover.py */
const MOST = { subkeys: 10_000, values: 1_000, name: 1_024, nuls: 5 }
/** Maximum number of deleted keys, and of deleted values, that are reported. */
const TOLD = 100_000

/**
 * Deleted keys and values in cells that nothing uses, in what lies behind the bins, and behind what cells hold. Their
 * data may have been overwritten by newer data: nothing here is sure.
 */
export function deletedOf(hive: Hive): Deleted {
  const scan = new Scan(hive)
  for (const { from, to, cell } of hive.unused()) scan.range(from, to, cell)
  for (let i = 0; i < hive.slack.length; i += 2) scan.range(hive.slack[i]!, hive.slack[i + 1]!, false)
  return scan.result()
}

/** A record, and the cell that it begins, if it may begin one. */
type Found = { readonly record: number; readonly cell: number | null; readonly at: Extent }

class Scan {
  readonly #hive: Hive
  readonly #bytes: Buffer
  readonly #keys: Found[] = []
  readonly #values: Found[] = []
  #more = false

  constructor(hive: Hive) {
    this.#hive = hive
    this.#bytes = hive.bytes
  }

  /** Looks for records at even places. */
  range(from: number, to: number, cell: boolean): void {
    const { bytes } = this.#hive
    for (let at = from + (from & 1); at + 20 <= to; ) {
      const second = bytes[at + 1]
      if (second !== 0x6b) at += 2
      else if (bytes[at] === 0x6e && this.#isKey(at, to)) {
        this.#add(this.#keys, at, 76 + bytes.readUInt16LE(at + 72), cell)
        at += (77 + bytes.readUInt16LE(at + 72)) & ~1
      } else if (bytes[at] === 0x76 && this.#isValue(at, to)) {
        this.#add(this.#values, at, 20 + bytes.readUInt16LE(at + 2), cell)
        at += (21 + bytes.readUInt16LE(at + 2)) & ~1
      } else at += 2
    }
  }

  result(): Deleted {
    const hive = this.#hive
    const used = new Set<number>()
    const keys = this.#keys.map((found) => this.#key(found, used))
    const ofKeys = new Map<number, RegistryValue[]>()
    const byCell = new Map(this.#values.map((value) => [value.record - 4 - BASE, value]))
    for (let index = 0; index < hive.count && byCell.size > 0; index++) {
      for (const offset of hive.formerValuesOf(index)) {
        const value = byCell.get(offset)
        if (!value || used.has(value.record)) continue
        used.add(value.record)
        addTo(ofKeys, index, this.#value(value.record, value.at))
      }
    }
    const values = this.#values
      .filter(({ record }) => !used.has(record))
      .map(({ record, at }) => this.#value(record, at))
    return { keys, ofKeys, values, more: this.#more }
  }

  #add(list: Found[], record: number, length: number, cell: boolean): void {
    if (list.length >= TOLD) this.#more = true
    else list.push({ record, cell: cell ? record - 4 - BASE : null, at: { offset: record, length } })
  }

  #isKey(at: number, to: number): boolean {
    const { bytes } = this.#hive
    if (at + 77 > to) return false
    const name = bytes.readUInt16LE(at + 72)
    return (
      name > 0 &&
      at + 76 + name <= to &&
      bytes.readUInt32LE(at + 20) <= MOST.subkeys &&
      bytes.readUInt32LE(at + 24) <= MOST.subkeys &&
      bytes.readUInt32LE(at + 36) <= MOST.values &&
      isLikely(fileTime(bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8))) &&
      isName(this.#hive.nameAt(at), true)
    )
  }

  #isValue(at: number, to: number): boolean {
    const { bytes } = this.#hive
    const name = bytes.readUInt16LE(at + 2)
    const size = bytes.readUInt32LE(at + 4)
    const offset = bytes.readUInt32LE(at + 8)
    if (at + 20 + name > to) return false
    if (size >= 0x8000_0000 ? size > 0x8000_0004 : size > 0 && (offset < 8 || offset % 8 !== 0)) return false
    return name === 0 || isName(this.#value(at, { offset: at, length: 20 + name }).name, false)
  }

  #key({ record, cell, at }: Found, used: Set<number>): DeletedKey {
    const bytes = this.#bytes
    const parent = bytes.readUInt32LE(record + 16)
    const name = this.#hive.nameAt(record)
    return {
      name,
      path: this.#path(parent, name),
      written: { low: bytes.readUInt32LE(record + 4), high: bytes.readUInt32LE(record + 8) },
      at,
      cell,
      parent,
      values: this.#valuesOf(record, used),
    }
  }

  /** The values that a deleted key's list still leads to, as long as their own cells are free. */
  #valuesOf(record: number, used: Set<number>): RegistryValue[] {
    const bytes = this.#bytes
    const count = bytes.readUInt32LE(record + 36)
    const list = bytes.readUInt32LE(record + 40)
    const size = this.#hive.sizeOfAny(list)
    if (count === 0 || size < 4 + count * 4 || this.#hive.isUsed(list)) return []
    const values: RegistryValue[] = []
    for (let i = 0; i < count; i++) {
      const offset = bytes.readUInt32LE(BASE + list + 4 + i * 4)
      const at = BASE + offset + 4
      // Cells that were joined with their neighbors begin elsewhere now: the record tells.
      if (offset % 8 !== 0 || at + 20 > bytes.length || this.#hive.isUsed(offset) || used.has(at)) continue
      if (bytes.readUInt16LE(at) !== 0x6b76 || !this.#isValue(at, bytes.length)) continue
      used.add(at)
      values.push(this.#value(at, { offset: at, length: 20 + bytes.readUInt16LE(at + 2) }))
    }
    return values
  }

  #value(record: number, at: Extent): RegistryValue {
    return this.#hive.valueRecord(record, at, (most) => this.#data(record, most))
  }

  /** Data of a deleted value, unless something else uses its cell now. */
  #data(record: number, most: number): Buffer | null {
    const bytes = this.#bytes
    const size = bytes.readUInt32LE(record + 4)
    const offset = bytes.readUInt32LE(record + 8)
    if (size >= 0x8000_0000) return bytes.subarray(record + 8, record + 8 + Math.min(most, (size - 0x8000_0000) >>> 0))
    const from = BASE + offset + 4
    if (size === 0) return bytes.subarray(0, 0)
    if (from + size > bytes.length || this.#hive.isUsed(offset)) return null
    const cell = this.#hive.sizeOfAny(offset)
    // Segmented data, or a cell that is too small for what it once held.
    if (size > 16_344 || (cell > 0 && cell - 4 < size)) return null
    return bytes.subarray(from, from + Math.min(most, size))
  }

  /** The names above, up to the root; null where the intrusion is broken or turns in a circle. */
  #path(parent: number, name: string): readonly string[] | null {
    const bytes = this.#bytes
    const names = [name]
    for (let offset = parent; names.length <= 512; ) {
      const index = this.#hive.indexAt(offset)
      if (index >= 0) return [...pathOf(this.#hive, index), ...names.reverse()]
      const record = BASE + offset + 4
      if (offset % 8 !== 0 || record + 77 > bytes.length || bytes.readUInt16LE(record) !== 0x6b6e) return null
      if (!this.#isKey(record, bytes.length) || this.#hive.isUsed(offset)) return null
      names.push(this.#hive.nameAt(record))
      offset = bytes.readUInt32LE(record + 16)
    }
    return null
  }
}

/** Names from below the root down to a key that can be reached. */
export function pathOf(hive: Hive, index: number): string[] {
  const names: string[] = []
  for (let i = index; hive.parentOf(i) >= 0; i = hive.parentOf(i)) names.push(hive.nameAt(hive.recordOf(i)))
  return names.reverse()
}

function isName(name: string, ofKey: boolean): boolean {
  if (name.length > MOST.name || !name.isWellFormed() || (ofKey && name.includes('\\'))) return false
  let nuls = 0
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    if (code === 0) nuls++
    else if (code < 32) return false
  }
  return nuls <= MOST.nuls
}

/** 1970 to 2100. */
function isLikely(time: number | null): boolean {
  return time !== null && time > 0 && time < 4_102_444_800_000
}
