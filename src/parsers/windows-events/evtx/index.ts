import { crc32 } from 'node:zlib'
import type { Event } from '../../../model/event.ts'
import type { Gap, GapReason } from '../../../model/evidence.ts'
import { Damage } from '../../common/format-error.ts'
import type { Head, Parser, Sink, Source } from '../../parser.ts'
import { ChunkBytes } from './binxml.ts'
import {
  baseBy,
  CHUNK,
  CHUNK_MAGIC,
  type ChunkHeader,
  hasCopy,
  readChunkHeader,
  hiddenIn,
  nextRecord,
  numberAt,
  eventRecordAt,
  RECORDS,
} from './chunk.ts'
import { Decoder, type Origin } from './event.ts'
import { Integrity } from './integrity.ts'
import { u16, u32 } from './values.ts'

/**
 * Windows event logs since Vista (.evtx): a header, then chunks of 64 KiB, each with its records, their templates and
 * names. A chunk can be read without the others, and so can one that was found alone.
 * https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
 */
export const evtx: Parser = {
  name: 'evtx',
  title: 'Windows event log (.evtx)',
  product: 'windows',
  recognize,
  read,
}

const FILE_MAGIC = Buffer.from('ElfFile\0', 'latin1')
const FILE_HEADER = 4_096
const FILE_FIELDS = 128
/** A chunk is looked at together with the few bytes behind it, in which the next may begin. */
const AHEAD = 8
const ZEROS = Buffer.alloc(CHUNK)

function recognize({ bytes, path, text }: Head): number {
  const isAt = (magic: Buffer, at: number): boolean => magic.equals(bytes.subarray(at, at + magic.length))
  if (isAt(FILE_MAGIC, 0)) return 100
  if (isAt(CHUNK_MAGIC, 0) || isAt(CHUNK_MAGIC, FILE_HEADER)) return 98
  // Its header and first chunk may be lost.
  return /\.evtx$/i.test(path) && text === '' && bytes.length > 0 ? 50 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const log = new Log(source.path, sink)
  for await (const piece of source.chunks()) log.push(piece)
  return log.finish()
}

/** Reads a log front to back, one chunk in memory. */
class Log {
  readonly #path: string
  readonly #sink: Sink
  readonly #decoder: Decoder
  readonly #integrity: Integrity
  readonly #pieces: Uint8Array[] = []
  /** Bytes in `#pieces`, and the offset in the file of the first of them. */
  #waiting = 0
  #offset = 0
  #parsed = 0
  #run: Omit<Gap, 'path'> | null = null
  #header: { readonly chunks: number; readonly next: number; readonly dirty: boolean } | null = null
  #chunks = 0
  /** Chunks of zeros behind which no other chunk was met yet. */
  #zeros: { readonly offset: number; readonly length: number }[] = []
  #recovered = new Recovered()

  constructor(path: string, sink: Sink) {
    this.#path = path
    this.#sink = sink
    this.#decoder = new Decoder(path)
    this.#integrity = new Integrity(path)
  }

  push(piece: Uint8Array): void {
    this.#pieces.push(piece)
    this.#waiting += piece.length
    while (this.#waiting >= CHUNK + AHEAD) this.#step(this.#take(CHUNK + AHEAD))
  }

  finish(): number {
    while (this.#waiting > 0) this.#step(this.#take(Math.min(this.#waiting, CHUNK + AHEAD)))
    this.#end()
    return this.#parsed
  }

  // ---- pieces of the file

  /** A copy of the next bytes: raw texts are read from it later. */
  #take(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    let at = 0
    for (const piece of this.#pieces) {
      const part = piece.length > length - at ? piece.subarray(0, length - at) : piece
      bytes.set(part, at)
      at += part.length
      if (at === length) break
    }
    return bytes
  }

  #drop(length: number): void {
    this.#offset += length
    this.#waiting -= length
    let left = length
    let whole = 0
    while (left > 0 && this.#pieces[whole]!.length <= left) left -= this.#pieces[whole++]!.length
    if (left > 0) this.#pieces[whole] = this.#pieces[whole]!.subarray(left)
    // All at once: pieces of an archive may be single bytes, and each that leaves moves all others.
    this.#pieces.splice(0, whole)
  }

  /** Reads the header, a chunk, or what stands in place of one; at least one byte of it. */
  #step(bytes: Buffer): void {
    if (this.#offset === 0 && begins(bytes, FILE_MAGIC)) this.#drop(this.#fileHeader(bytes))
    else if (begins(bytes, CHUNK_MAGIC)) this.#drop(this.#chunk(bytes.subarray(0, CHUNK)))
    else {
      const next = bytes.indexOf(CHUNK_MAGIC, 1)
      const length = next > 0 ? next : Math.min(bytes.length, CHUNK)
      this.#between(bytes.subarray(0, length), next > 0 && next < CHUNK)
      this.#drop(length)
    }
  }

  #fileHeader(bytes: Buffer): number {
    const length = Math.min(bytes.length, FILE_HEADER)
    if (length < FILE_FIELDS) {
      this.#gap(0, length, 'truncated', `the header of the file ends after ${length} bytes`)
      return length
    }
    // The low bit says that it was not closed; of a file beyond 65,535 chunks the number is cut off.
    this.#header = {
      chunks: u16(bytes, 42),
      next: numberAt(bytes, 24),
      dirty: (u32(bytes, 120) & 1) !== 0,
    }
    if (crc32(bytes.subarray(0, 120)) !== u32(bytes, 124))
      this.#integrity.checksum('header of the file', 0, FILE_FIELDS)
    this.#parsed += length
    return length
  }

  // ---- chunks

  /** A chunk, or the part of one before another begins or the file ends. Returns its length. */
  #chunk(bytes: Buffer): number {
    if (bytes.length < RECORDS) {
      this.#gap(this.#offset, bytes.length, 'truncated', `the header of a chunk ends after ${bytes.length} bytes`)
      return bytes.length
    }
    this.#chunks++
    this.#tellZeros()
    const header = readChunkHeader(bytes)
    const length = header.recordSum === true ? bytes.length : this.#untilNext(bytes)
    const chunk = new ChunkBytes(bytes.subarray(0, length))
    this.#decoder.begin(header.headerSum && header.recordSum !== false)
    this.#integrity.begin(this.#offset, header)
    this.#parsed += RECORDS
    const end = this.#records(chunk, header)
    this.#integrity.end(end, length === CHUNK)
    this.#slack(chunk, end)
    return length
  }

  /** Where another chunk begins inside this one, of which the rest is lost then. */
  #untilNext(bytes: Buffer): number {
    const next = bytes.indexOf(CHUNK_MAGIC, RECORDS)
    if (next < 0 || next + RECORDS > bytes.length) return bytes.length
    return readChunkHeader(bytes.subarray(next)).headerSum ? next : bytes.length
  }

  /** Reads the records in their order. Returns where they end. */
  #records(chunk: ChunkBytes, header: ChunkHeader): number {
    const { bytes } = chunk
    // A header that cannot be right says nothing: the records go on as long as one follows the other.
    const said = header.free >= RECORDS && header.free <= CHUNK
    const free = said ? header.free : RECORDS
    let origin: Origin = 'live'
    let at = RECORDS
    let previous = header.first === null ? -1 : header.first - 1
    for (;;) {
      const size = eventRecordAt(bytes, at, bytes.length)
      if (at >= free && !(size > 0 && (!said || this.#goesOn(bytes, at, size, previous)))) break
      if (
        size > 0 &&
        (hasCopy(bytes, at, size) || at + size === free || eventRecordAt(bytes, at + size, bytes.length) > 0)
      ) {
        previous = numberAt(bytes, at + 8)
        this.#record(chunk, at, size, origin)
        at += size
        continue
      }
      // Here the order is lost. It is found again at the next whole record.
      const end = Math.min(free, bytes.length)
      const next = nextRecord(bytes, at + 1, end)
      if (next < 0) {
        this.#broken(bytes, at, end, free)
        return Math.max(at, end)
      }
      this.#gap(this.#offset + at, next - at, 'corrupt', brokenRecord(bytes, at))
      origin = 'damaged'
      at = next
    }
    return at
  }

  /** A record behind the end that the header names belongs to the others when it carries the next number. */
  #goesOn(bytes: Buffer, at: number, size: number, previous: number): boolean {
    return previous >= 0 && numberAt(bytes, at + 8) === previous + 1 && hasCopy(bytes, at, size)
  }

  /** No whole record follows before the end of the records. */
  #broken(bytes: Buffer, at: number, end: number, free: number): void {
    if (at >= end) {
      if (free > bytes.length)
        this.#gap(
          this.#offset + at,
          0,
          'truncated',
          `the chunk ends ${free - bytes.length} bytes before its records do`,
        )
      return
    }
    if (isZero(bytes, at, end)) {
      this.#gap(this.#offset + at, end - at, 'nul-tail', `${end - at} zero bytes in place of records`)
      return
    }
    const wanted = u32(bytes, at) === 0x2a2a && at + 8 <= end ? u32(bytes, at + 4) : 0
    if (end === bytes.length && wanted > end - at && wanted < CHUNK && bytes.length < CHUNK)
      this.#gap(this.#offset + at, end - at, 'truncated', `a record of ${wanted} bytes ends after ${end - at}`)
    else this.#gap(this.#offset + at, end - at, 'corrupt', brokenRecord(bytes, at))
  }

  #record(chunk: ChunkBytes, at: number, size: number, origin: Origin): void {
    const { bytes } = chunk
    const hidden = this.#decoder.mayHide(chunk, at, size) ? hiddenIn(bytes, at, size) : []
    const own = hidden.length > 0 ? hidden[0]!.at - at : size
    try {
      const event = this.#decoder.event(chunk, at, own, this.#offset, origin)
      this.#parsed += own
      if (origin === 'live') {
        this.#integrity.record(bytes, at, own, event)
        this.#put(event)
      } else this.#keep(bytes, at, own, event)
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      if (origin === 'live') this.#integrity.record(bytes, at, own, null)
      this.#gap(this.#offset + at, own, error.reason, `record ${numberAt(bytes, at + 8)}: ${error.message}`)
    }
    for (const piece of hidden) {
      this.#integrity.removed(bytes, piece.at, at)
      if (!this.#recover(chunk, piece.at, piece.size, 'removed')) this.#recovered.unreadable++
      this.#parsed += piece.size
    }
  }

  #put(event: Event): void {
    this.#endRun()
    this.#sink.event(event)
  }

  // ---- what is left of records

  /** Free space: it counts as read, whatever lies in it. */
  #slack(chunk: ChunkBytes, from: number): void {
    const { bytes } = chunk
    this.#parsed += bytes.length - from
    if (bytes.length < CHUNK && bytes.length === this.#waiting)
      this.#gap(
        this.#offset + bytes.length,
        0,
        'truncated',
        `the last chunk ends after ${bytes.length} of ${CHUNK} bytes`,
      )
    const strict = new ChunkBytes(bytes, 0, true)
    this.#carve(strict, from, bytes.length, 'slack')
  }

  #carve(chunk: ChunkBytes, from: number, to: number, origin: Origin): void {
    for (let at = nextRecord(chunk.bytes, from, to); at >= 0; ) {
      const size = eventRecordAt(chunk.bytes, at, to)
      if (!this.#recover(chunk, at, size, origin)) this.#recovered.unreadable++
      at = nextRecord(chunk.bytes, at + size, to)
    }
  }

  #recover(chunk: ChunkBytes, at: number, size: number, origin: Origin): boolean {
    try {
      this.#keep(chunk.bytes, at, size, this.#decoder.event(chunk, at, size, this.#offset, origin))
      return true
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      return false
    }
  }

  #keep(bytes: Buffer, at: number, size: number, event: Event): void {
    this.#recovered.add(bytes, at, size, event)
    if (this.#recovered.isFull) this.#putRecovered()
  }

  #putRecovered(): void {
    for (const event of this.#recovered.take(this.#integrity)) this.#put(event)
  }

  /** Bytes in place of a chunk: nothing yet, a chunk whose header is lost, or a part of one. */
  #between(bytes: Buffer, cut: boolean): void {
    if (isZero(bytes, 0, bytes.length)) {
      this.#passZeros(this.#offset, bytes.length)
      return
    }
    this.#decoder.begin(false)
    this.#chunks++
    this.#tellZeros()
    // Where it began: as a template says that a record defines itself; a chunk that is cut at its begin ends where the
    // next begins; else here.
    const chunks = new Map<number, ChunkBytes>()
    const chunkAt = (base: number): ChunkBytes => {
      let chunk = chunks.get(base)
      if (!chunk) chunks.set(base, (chunk = new ChunkBytes(bytes, base, true)))
      return chunk
    }
    let said: number | null = null
    let from = 0
    for (let at = nextRecord(bytes, 0, bytes.length); at >= 0; at = nextRecord(bytes, from, bytes.length)) {
      const size = eventRecordAt(bytes, at, bytes.length)
      const base = baseBy(bytes, at, size)
      if (base !== null && base <= at && base > -CHUNK) said = base
      this.#unknown(from, at)
      const bases = new Set([...(said === null ? [] : [said]), ...(cut ? [bytes.length - CHUNK] : []), 0])
      if ([...bases].some((place) => this.#recover(chunkAt(place), at, size, 'damaged'))) this.#parsed += size
      else this.#unknown(at, at + size)
      from = at + size
    }
    // Behind its last record a chunk has room that was not used yet.
    if (from > 0 && isZero(bytes, from, bytes.length)) this.#parsed += bytes.length - from
    else this.#unknown(from, bytes.length)
  }

  /** Chunks that were never written are read; in front of a chunk that was, they were overwritten. */
  #passZeros(offset: number, length: number): void {
    this.#parsed += length
    this.#zeros.push({ offset, length })
  }

  #tellZeros(): void {
    for (const { offset, length } of this.#zeros) {
      this.#parsed -= length
      this.#gap(offset, length, 'corrupt', 'zero bytes in place of chunks')
    }
    this.#zeros = []
  }

  #unknown(from: number, to: number): void {
    if (from >= to) return
    this.#gap(this.#offset + from, to - from, 'corrupt', 'no chunk of an event log begins here')
  }

  // ---- the end

  #end(): void {
    const { chunks } = this.#header ?? { chunks: 0 }
    // Every log has a header; one that was left open has at least the chunks that its header names.
    if (this.#header === null ? this.#chunks === 0 : this.#header.dirty && chunks > this.#chunks) this.#tellZeros()
    if (this.#header && !this.#header.dirty && chunks > this.#chunks && chunks < 0xffff)
      this.#gap(this.#offset, 0, 'truncated', `${this.#chunks} of the ${chunks} chunks that the header names`)
    this.#endRun()
    this.#putRecovered()
    for (const event of this.#integrity.events(this.#header)) this.#sink.event(event)
    for (const missing of this.#integrity.missing()) this.#sink.gap({ ...missing, length: 0, reason: 'corrupt' })
    const { kept, unreadable } = this.#recovered
    if (kept + unreadable > 0) {
      const parts = [
        kept > 0 ? `${kept} deleted or displaced records recovered` : '',
        unreadable > 0
          ? `${unreadable} ${kept > 0 ? 'more' : 'deleted or displaced records'} cannot be read, most of them because their template is written over`
          : '',
      ]
      const note = `${this.#path}: ${parts.filter((part) => part !== '').join('; ')}`
      this.#sink.fact({ fact: 'note', note, at: { path: this.#path, offset: 0, length: 0 } })
    }
  }

  #gap(offset: number, length: number, reason: GapReason, detail: string): void {
    const run = this.#run
    if (run && run.reason === reason && run.detail === detail && run.offset + run.length === offset) {
      this.#run = { ...run, length: run.length + length }
      return
    }
    this.#endRun()
    this.#run = { offset, length, reason, detail }
  }

  #endRun(): void {
    if (this.#run) this.#sink.gap(this.#run)
    this.#run = null
  }
}

/** Bytes of recovered records that are held back until all others are known. */
const HELD = 16 * 1_048_576
const REMEMBERED = 1_000_000

/** Recovered records, without those that are still in their place and without doubles. */
class Recovered {
  kept = 0
  unreadable = 0
  readonly #seen = new Set<string>()
  #held: { readonly id: number; readonly time: number; readonly event: Event }[] = []
  #size = 0

  add(bytes: Buffer, at: number, size: number, event: Event): void {
    const [id, time] = [numberAt(bytes, at + 8), numberAt(bytes, at + 16)]
    const key = `${id} ${time}`
    if (this.#seen.has(key)) return
    if (this.#seen.size > REMEMBERED) this.#seen.clear()
    this.#seen.add(key)
    this.#size += size
    // A copy: its raw text is made now, so that the chunk is not held.
    this.#held.push({ id, time, event: { ...event } })
  }

  /** So much is held that some has to be given away, though the record may still come in its place. */
  get isFull(): boolean {
    return this.#size > HELD
  }

  take(integrity: Integrity): Event[] {
    const events = this.#held.filter(({ id, time }) => !integrity.has(id, time)).map(({ event }) => event)
    this.kept += events.length
    this.#held = []
    this.#size = 0
    return events
  }
}

function brokenRecord(bytes: Buffer, at: number): string {
  if (at + 8 > bytes.length || u32(bytes, at) !== 0x2a2a) return 'no record begins here'
  return `a record of ${u32(bytes, at + 4)} bytes where ${bytes.length - at} are left`
}

function begins(bytes: Buffer, magic: Buffer): boolean {
  return bytes.length >= magic.length && magic.compare(bytes, 0, magic.length) === 0
}

function isZero(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += CHUNK) {
    const end = Math.min(to, at + CHUNK)
    if (ZEROS.compare(bytes, at, end, 0, end - at) !== 0) return false
  }
  return true
}
