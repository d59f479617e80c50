import { decodeText } from '../../lib/text.ts'
import { ByteArena } from './arena.ts'
import {
  type MftAttribute,
  DATA,
  DIRECTORY,
  DOS,
  FILE_NAME,
  IN_USE,
  isImpossible,
  NAME_AT,
  newAttribute,
  problemOfName,
  readAttribute,
  type RecordHeader,
  STANDARD_INFORMATION,
} from './record.ts'
import type { Damaged } from './records.ts'
import type { FileTimePlace } from './times.ts'

/** Bits of what is known of a record. */
export const PRESENT = 1
export const LIVE = 2
export const FOLDER = 4
export const DAMAGED = 32
/** Damage in it was reported. */
export const TOLD = 64
const EXTENSION = 8
const MERGED = 16

/** Records of one page of the table. */
const PAGE = 4096
type Page = {
  readonly state: Uint8Array
  readonly sequence: Uint16Array
  readonly attributes: Uint32Array
  /** Size of the unnamed stream; NaN where no record tells of it. */
  readonly size: Float64Array
  /** First of its names in the arena. */
  readonly names: Uint32Array
  /** Its times of $STANDARD_INFORMATION there; of an extension the reference of its base record. */
  readonly times: Uint32Array
}

/** A record that is being taken in. */
type InProgress = {
  readonly page: Page
  readonly slot: number
  readonly bytes: Buffer
  readonly isExtension: boolean
  readonly isLive: boolean
  /** The row of its last name so far; 0 before the first. */
  lastName: number
  /** Where its short name lies: beside long ones it says nothing that they do not. */
  short: number
  isScript: boolean
}

// A name in the arena: next name, parent (6 bytes) and its sequence, namespace, length, flags, where the record's own times
// are, four times as in $FILE_NAME, or one where all are the same, or none where that is the record's own first, and the
// characters.
const NAME = { next: 0, parent: 4, space: 12, length: 13, flags: 14, own: 15, times: 16 }
/** One byte a character. */
const NARROW = 1
/** One time for all four, as it is with most names. */
const ONE_TIME = 2
/** That time is the first of $STANDARD_INFORMATION, which lies so many steps of four bytes before the name. */
const OWN_TIME = 4
// Times of $STANDARD_INFORMATION in the arena: which of them is which of the four (a byte each), and each of them once.
const TIME_AT = 4

/** Maximum number of characters of small files kept. */
const TEXTS = 64 * 1024 * 1024
/** Maximum number of streams named for a file. */
const STREAMS = 64

/**
 * What a $MFT says of its files, packed: about 100 bytes a file, so that two million of them take
 * 200 MB. Paths can only be told at the end, when every folder was seen.
 */
export class FileTable {
  readonly #pages: (Page | undefined)[] = []
  readonly #arena = new ByteArena()
  readonly #streams = new Map<number, readonly string[]>()
  readonly #texts = new Map<number, string>()
  readonly #zones = new Map<number, string>()
  readonly #single = new Map<string, readonly string[]>()
  readonly #attribute: MftAttribute = newAttribute()
  readonly #four = Buffer.alloc(32)
  readonly #own = Buffer.alloc(32)
  readonly #which = new Uint8Array(4)
  #characters = 0
  /** Small files whose text was not kept, since those before filled the room. */
  dropped = 0

  /** Takes in one record. `damaged` is told of places in it that are not sound. */
  add(number: number, bytes: Buffer, header: RecordHeader, tell: Damaged): void {
    const record = this.#begin(number, bytes, header)
    const damaged: Damaged = (at, length, detail) => {
      record.page.state[record.slot]! |= TOLD
      tell(at, length, detail)
    }
    const attribute = this.#attribute
    for (let at = header.first; ; at += attribute.length) {
      const found = readAttribute(bytes, at, header.end, attribute)
      if (found !== true) {
        this.#nameOfShort(record)
        // The end that is missing is told of with the damage that took it.
        if (found !== false && header.problem === null) damaged(at, bytes.length - at, found)
        return
      }
      const { type, isResident } = attribute
      if (type === STANDARD_INFORMATION && isResident) this.#addTimes(record, damaged)
      else if (type === FILE_NAME && isResident) this.#addName(record, at, damaged)
      else if (type === DATA && attribute.firstCluster === 0) {
        if (this.#nameOfShort(record)) record.isScript = isScript(this.textOfName(record.lastName))
        this.#addStream(number, record.page, record.slot, bytes, record.isScript)
      }
    }
  }

  /** Marks a record as seen, without anything that an earlier one of its number said. */
  #begin(number: number, bytes: Buffer, header: RecordHeader): InProgress {
    const page = this.#pageOf(number)
    const slot = number % PAGE
    if (page.state[slot]! & PRESENT) for (const kept of [this.#streams, this.#texts, this.#zones]) kept.delete(number)
    const isExtension = header.baseNumber !== 0 && header.baseNumber !== number
    page.state[slot] =
      PRESENT |
      (header.flags & IN_USE ? LIVE : 0) |
      (header.flags & DIRECTORY ? FOLDER : 0) |
      (isExtension ? EXTENSION : 0) |
      (header.problem === null ? 0 : DAMAGED)
    page.sequence[slot] = header.sequence
    page.size[slot] = Number.NaN
    page.attributes[slot] = 0
    page.names[slot] = 0
    page.times[slot] = 0
    if (isExtension) {
      const row = this.#arena.take(8)
      bytes.copy(this.#arena.bytesOf(row), this.#arena.startOf(row), 32, 40)
      page.times[slot] = row
    }
    const isLive = (header.flags & IN_USE) !== 0
    return { page, slot, bytes, isExtension, isLive, lastName: 0, short: 0, isScript: false }
  }

  #addTimes({ page, slot, bytes, isExtension }: InProgress, damaged: Damaged): void {
    const { at, length, contentAt, contentLength } = this.#attribute
    if (contentLength < 36) return
    // What continues another record has none: it belongs to the first.
    if (isExtension) damaged(at, length, 'a record of its own that is said to continue another')
    if (!isExtension) page.times[slot] = this.#keepTimes(bytes, contentAt, damaged)
    page.attributes[slot] = bytes.readUInt32LE(contentAt + 32)
  }

  #addName(record: InProgress, at: number, damaged: Damaged): void {
    const { page, slot, bytes, isExtension } = record
    const { contentAt, contentLength, length } = this.#attribute
    const problem = problemOfName(bytes, contentAt, contentLength)
    if (problem !== null) {
      damaged(at, length, problem)
      return
    }
    // Drivers of other systems leave a zero behind some names: of files that are there, none was seen.
    if (record.isLive && contentLength !== NAME_AT + 2 * bytes[contentAt + 64]!)
      damaged(at, length, 'a file name of another length than its place')
    else checkTimes(bytes, contentAt + 8, damaged)
    if (isExtension || page.times[slot] === 0) page.attributes[slot] = bytes.readUInt32LE(contentAt + 56)
    if (bytes[contentAt + 65] === DOS) {
      record.short = contentAt
      return
    }
    this.#appendName(record, contentAt)
    record.isScript ||= isScript(this.textOfName(record.lastName))
  }

  /** Gives a record that has none but a short name that one. */
  #nameOfShort(record: InProgress): boolean {
    if (record.short === 0 || record.lastName !== 0) return false
    this.#appendName(record, record.short)
    return true
  }

  #appendName(record: InProgress, contentAt: number): void {
    const { page, slot, bytes, isExtension, lastName } = record
    const row = this.#keepName(bytes, contentAt, isExtension ? 0 : page.times[slot]!)
    if (lastName === 0) page.names[slot] = row
    else this.#arena.bytesOf(lastName).writeUInt32LE(row, this.#arena.startOf(lastName) + NAME.next)
    record.lastName = row
  }

  /** Joins each record that continues another to that one. To be called once, when all records are there. */
  join(): void {
    const tails = new Map<number, number>()
    for (const number of this.numbers()) {
      const page = this.#pageOf(number)
      const slot = number % PAGE
      if (!(page.state[slot]! & EXTENSION)) continue
      const row = page.times[slot]!
      const bytes = this.#arena.bytesOf(row)
      const start = this.#arena.startOf(row)
      page.times[slot] = 0
      const base = bytes.readUIntLE(start, 6)
      if (!this.#belongs(base, bytes.readUInt16LE(start + 6), (page.state[slot]! & LIVE) !== 0)) continue
      page.state[slot]! |= MERGED
      const to = this.#pageOf(base)
      const at = base % PAGE
      if (Number.isNaN(to.size[at]!)) to.size[at] = page.size[slot]!
      if (to.times[at] === 0) to.attributes[at] = page.attributes[slot]!
      const names = page.names[slot]!
      if (names !== 0) {
        const tail = tails.get(base) ?? this.#lastOf(to.names[at]!)
        if (tail === 0) to.names[at] = names
        else this.#arena.bytesOf(tail).writeUInt32LE(names, this.#arena.startOf(tail) + NAME.next)
        tails.set(base, this.#lastOf(names))
      }
      const streams = this.#streams.get(number)
      if (streams) this.#streams.set(base, [...(this.#streams.get(base) ?? []), ...streams].slice(0, STREAMS))
      for (const kept of [this.#texts, this.#zones]) {
        const text = kept.get(number)
        if (text !== undefined && !kept.has(base)) kept.set(base, text)
      }
    }
  }

  /** Numbers of all records that were seen, in order. */
  *numbers(): Generator<number> {
    for (let index = 0; index < this.#pages.length; index++) {
      const page = this.#pages[index]
      if (!page) continue
      for (let slot = 0; slot < PAGE; slot++) {
        if (page.state[slot]! & PRESENT && !(page.state[slot]! & MERGED)) yield index * PAGE + slot
      }
    }
  }

  stateOf(number: number): number {
    return this.#pages[Math.floor(number / PAGE)]?.state[number % PAGE] ?? 0
  }

  sequenceOf(number: number): number {
    return this.#pages[Math.floor(number / PAGE)]!.sequence[number % PAGE]!
  }

  attributesOf(number: number): number {
    return this.#pages[Math.floor(number / PAGE)]!.attributes[number % PAGE]!
  }

  sizeOf(number: number): number | null {
    const size = this.#pages[Math.floor(number / PAGE)]!.size[number % PAGE]!
    return Number.isNaN(size) ? null : size
  }

  streamsOf(number: number): readonly string[] {
    return this.#streams.get(number) ?? []
  }

  /** Content of a small script, page or configuration. */
  textOf(number: number): string | undefined {
    return this.#texts.get(number)
  }

  /** Content of its stream Zone.Identifier: where it was fetched from. */
  zoneOf(number: number): string | undefined {
    return this.#zones.get(number)
  }

  /** The first of its names as a row of the table; 0 when it has none. */
  firstName(number: number): number {
    return this.#pages[Math.floor(number / PAGE)]?.names[number % PAGE] ?? 0
  }

  nextName(row: number): number {
    return this.#arena.bytesOf(row).readUInt32LE(this.#arena.startOf(row) + NAME.next)
  }

  spaceOf(row: number): number {
    return this.#arena.bytesOf(row)[this.#arena.startOf(row) + NAME.space]!
  }

  textOfName(row: number): string {
    const bytes = this.#arena.bytesOf(row)
    const at = this.#arena.startOf(row)
    const length = bytes[at + NAME.length]!
    const flags = bytes[at + NAME.flags]!
    const text = at + NAME.times + (flags & OWN_TIME ? 0 : flags & ONE_TIME ? 8 : 32)
    return flags & NARROW
      ? bytes.toString('latin1', text, text + length)
      : bytes.toString('utf16le', text, text + 2 * length)
  }

  parentOf(row: number): number {
    return this.#arena.bytesOf(row).readUIntLE(this.#arena.startOf(row) + NAME.parent, 6)
  }

  parentSequenceOf(row: number): number {
    return this.#arena.bytesOf(row).readUInt16LE(this.#arena.startOf(row) + NAME.parent + 6)
  }

  /**
   * Where four FILETIMEs lie: created, modified, changed, accessed; null when the record has none. The bytes are good until
   * those of another record are asked for.
   */
  timesOf(number: number): FileTimePlace | null {
    const row = this.#pages[Math.floor(number / PAGE)]!.times[number % PAGE]!
    if (row === 0) return null
    const bytes = this.#arena.bytesOf(row)
    const start = this.#arena.startOf(row)
    for (let i = 0; i < 4; i++) {
      const from = start + TIME_AT + 8 * bytes[start + i]!
      bytes.copy(this.#own, 8 * i, from, from + 8)
    }
    return [this.#own, 0]
  }

  /** The same of a name. */
  timesOfName(row: number): FileTimePlace {
    let bytes = this.#arena.bytesOf(row)
    const start = this.#arena.startOf(row)
    let at = start + NAME.times
    const flags = bytes[start + NAME.flags]!
    if (!(flags & ONE_TIME)) return [bytes, at]
    if (flags & OWN_TIME) {
      const own = row - bytes[start + NAME.own]!
      bytes = this.#arena.bytesOf(own)
      at = this.#arena.startOf(own) + TIME_AT
    }
    for (let i = 0; i < 32; i += 8) bytes.copy(this.#four, i, at, at + 8)
    return [this.#four, 0]
  }

  /**
   * Is the record still, or was it last, the one that a reference means? The sequence number of a record rises when it
   * is given up, so that the one of a deleted file is one ahead.
   */
  isMeant(number: number, sequence: number): boolean {
    const state = this.stateOf(number)
    if (!(state & PRESENT)) return false
    const now = this.sequenceOf(number)
    if (sequence === 0 || now === sequence) return true
    return !(state & LIVE) && now === (sequence === 0xffff ? 1 : sequence + 1)
  }

  #belongs(base: number, sequence: number, live: boolean): boolean {
    const state = this.stateOf(base)
    return !(state & EXTENSION) && ((state & LIVE) !== 0) === live && this.isMeant(base, sequence)
  }

  #lastOf(row: number): number {
    let last = row
    for (let next = row; next !== 0; next = this.nextName(next)) last = next
    return last
  }

  #pageOf(number: number): Page {
    const index = Math.floor(number / PAGE)
    return (this.#pages[index] ??= {
      state: new Uint8Array(PAGE),
      sequence: new Uint16Array(PAGE),
      attributes: new Uint32Array(PAGE),
      size: new Float64Array(PAGE),
      names: new Uint32Array(PAGE),
      times: new Uint32Array(PAGE),
    })
  }

  #keepTimes(bytes: Buffer, at: number, damaged: Damaged): number {
    // Two or three of the four are mostly the same.
    const which = this.#which
    let count = 0
    for (let i = 0; i < 4; i++) {
      const from = at + 8 * i
      let same = 0
      while (same < i && bytes.compare(bytes, from, from + 8, at + 8 * same, at + 8 * same + 8) !== 0) same++
      which[i] = same < i ? which[same]! : count++
    }
    const row = this.#arena.take(TIME_AT + 8 * count)
    const to = this.#arena.bytesOf(row)
    const start = this.#arena.startOf(row)
    for (let i = 0; i < 4; i++) {
      to[start + i] = which[i]!
      bytes.copy(to, start + TIME_AT + 8 * which[i]!, at + 8 * i, at + 8 * i + 8)
    }
    checkTimes(bytes, at, damaged)
    return row
  }

  /** `own`: the row of the record's own times, 0 when there is none. */
  #keepName(bytes: Buffer, at: number, own: number): number {
    const length = bytes[at + 64]!
    let narrow = true
    for (let i = at + NAME_AT + 1; i < at + NAME_AT + 2 * length; i += 2) narrow &&= bytes[i] === 0
    let one = true
    for (let i = at + 16; i < at + 40; i += 8) one &&= bytes.compare(bytes, at + 8, at + 16, i, i + 8) === 0
    const size = NAME.times + (narrow ? length : 2 * length)
    let times = one ? 8 : 32
    let row = 0
    if (one && own !== 0 && this.#isFirstTime(own, bytes, at + 8)) {
      row = this.#arena.take(size)
      times = 0
    }
    if (row === 0 || row - own > 255) row = this.#arena.take(size + (times = one ? 8 : 32))
    const to = this.#arena.bytesOf(row)
    const start = this.#arena.startOf(row)
    const text = start + NAME.times + times
    bytes.copy(to, start + NAME.parent, at, at + 8)
    bytes.copy(to, start + NAME.times, at + 8, at + 8 + times)
    to[start + NAME.space] = bytes[at + 65]!
    to[start + NAME.length] = length
    to[start + NAME.flags] = (narrow ? NARROW : 0) | (one ? ONE_TIME : 0) | (times === 0 ? OWN_TIME : 0)
    if (times === 0) to[start + NAME.own] = row - own
    if (narrow) for (let i = 0; i < length; i++) to[text + i] = bytes[at + NAME_AT + 2 * i]!
    else bytes.copy(to, text, at + NAME_AT, at + NAME_AT + 2 * length)
    return row
  }

  #isFirstTime(own: number, bytes: Buffer, at: number): boolean {
    const from = this.#arena.startOf(own) + TIME_AT
    return bytes.compare(this.#arena.bytesOf(own), from, from + 8, at, at + 8) === 0
  }

  #addStream(number: number, page: Page, slot: number, bytes: Buffer, script: boolean): void {
    const { nameLength, nameAt, isResident, contentAt, contentLength, size } = this.#attribute
    const content = (): string => decodeText(bytes.subarray(contentAt, contentAt + Math.min(contentLength, 1024)))
    if (nameLength === 0) {
      page.size[slot] = size
      if (isResident && script && contentLength > 0) this.#keepText(this.#texts, number, content())
      return
    }
    const name = bytes.toString('utf16le', nameAt, nameAt + 2 * nameLength)
    const before = this.#streams.get(number)
    if (before === undefined) this.#streams.set(number, this.#singleOf(name))
    else if (before.length < STREAMS) this.#streams.set(number, [...before, name])
    if (isResident && name.toLowerCase() === 'zone.identifier') this.#keepText(this.#zones, number, content())
  }

  #keepText(kept: Map<number, string>, number: number, text: string): void {
    if (text === '') return
    this.#characters += text.length
    if (this.#characters > TEXTS) this.dropped++
    else kept.set(number, text)
  }

  /** Most files with a stream have one of a few names: they share a list. */
  #singleOf(name: string): readonly string[] {
    let list = this.#single.get(name)
    if (!list) {
      list = [name]
      if (this.#single.size < 1000) this.#single.set(name, list)
    }
    return list
  }
}

/** Names of what a person or a program would write as text and run: pages, scripts, batches, settings. */
function isScript(name: string): boolean {
  return SCRIPT.test(name)
}

const SCRIPT =
  /\.(?:aspx?|ashx|asmx|ascx|asax|asa|cer|cdx|cshtml|soap|svc|php|jspx?|html?|hta|js|jse|vbs|vbe|wsf|wsh|wsc|sct|ps1|psm1|psd1|bat|cmd|config|compiled|xml|inf|ini|reg|txt|py|pl|sh|url)$/i

/** Times that no clock shows are damage of eight bytes. */
function checkTimes(bytes: Buffer, at: number, damaged: Damaged): void {
  for (let i = 0; i < 32; i += 8) if (isImpossible(bytes, at + i)) damaged(at + i, 8, 'a time that is no date')
}
