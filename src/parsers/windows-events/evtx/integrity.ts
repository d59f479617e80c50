import { counted } from '../../../lib/amounts.ts'
import { firstReached } from '../../../lib/collections.ts'
import { fileTime, iso } from '../../../lib/time.ts'
import type { Event, FieldValue, LogSource, Place } from '../../../model/event.ts'
import { hostName } from '../../common/lines.ts'
import type { Between } from '../../parser.ts'
import { type ChunkHeader, numberAt, RECORDS } from './chunk.ts'
import { u32 } from './values.ts'

const sources: readonly LogSource[] = [{ product: 'postern', service: 'evtx-integrity' }]

/** Maximum number of anomalies of one kind reported for a file; all are counted. */
const TOLD = 200
/** Maximum number of places with missing records that cost coverage; further ones lie between the same. */
const LOST = 10_000
/** Clocks are set by minutes: only more than an hour is told. */
const BACK = 3_600_000
/** 1980 as FILETIME: before there was Windows, a time is none. */
const EARLIEST = 119_600_064_000_000_000
/** A selection that was exported leaves out records everywhere. */
const SELECTED = { least: 20, part: 0.02 }

type Anomaly =
  | 'record-removed'
  | 'record-id-gap'
  | 'record-id-backwards'
  | 'records-missing-at-end'
  | 'time-backwards'
  | 'chunk-range'
  | 'checksum'

/** What else may have led to it. */
const INNOCENT: Readonly<Record<Anomaly, string>> = {
  'record-removed': 'none known: Windows lets no record grow over another',
  'record-id-gap': 'part of the file was lost or damaged when it was copied; a tool exported a selection',
  'record-id-backwards': 'the chunk was being written when the file was copied, and it contains old and new records',
  'records-missing-at-end': 'the file was copied while it was being written',
  'time-backwards': 'the clock was set back, or the machine was restored from a snapshot',
  'chunk-range': 'the file was copied while it was being written',
  checksum: 'the file was copied while it was being written, or the machine lost power',
}

type Told = {
  readonly anomaly: Anomaly
  readonly at: Place
  readonly time: number | null
  readonly fields: readonly (readonly [name: string, value: FieldValue])[]
}

/** Records of one chunk that follow each other by number. */
type Run = {
  readonly first: number
  readonly last: number
  /** When they were written, in 100 ns as far as a number holds them. */
  readonly times: Float64Array
  /** Where the first of them lies in the file, and its size. */
  readonly offset: number
  readonly size: number
  /** The checksums of the chunk are right. */
  readonly sound: boolean
}

/** Records that were there, between two others: where they lay, and when those were written. */
type Missing = { readonly offset: number; readonly between: Between; readonly detail: string }

/** Watches what records and chunks say of each other, and tells where something is missing or was changed. */
export class Integrity {
  readonly #path: string
  readonly #runs: Run[] = []
  readonly #told: Told[] = []
  readonly #counts = new Map<Anomaly, number>()
  readonly #missing: Missing[] = []
  #records = 0
  #channel: string | null = null
  #computer: string | null = null
  /** Records whose own number is that of their header, and is not. */
  #numbered = 0
  #renumbered = 0
  #damaged = false
  // Of the chunk that is read:
  #offset = 0
  #header: ChunkHeader | null = null
  #ids: number[] = []
  #times: number[] = []
  #places: number[] = []
  #sizes: number[] = []
  #sorted: readonly Run[] = []

  constructor(path: string) {
    this.#path = path
  }

  /** A checksum that is wrong. */
  checksum(of: string, offset: number, length: number): void {
    this.#damaged = true
    this.#tell('checksum', offset, length, null, [['Of', of]])
  }

  begin(offset: number, header: ChunkHeader): void {
    this.#offset = offset
    this.#header = header
    this.#ids = []
    this.#times = []
    this.#places = []
    this.#sizes = []
  }

  /** A record in its place; its event is null when it could not be read. */
  record(bytes: Buffer, at: number, size: number, event: Event | null): void {
    const id = numberAt(bytes, at + 8)
    this.#ids.push(id)
    this.#times.push(numberAt(bytes, at + 16))
    this.#places.push(at)
    this.#sizes.push(size)
    if (event === null || (this.#ids.length > 1 && this.#channel !== null)) return
    const { Channel: channel, Computer: computer, EventRecordID: own } = event.fields
    if (typeof channel === 'string') this.#channel = channel
    if (typeof computer === 'string') this.#computer = computer
    // An export numbers its records anew; the number inside a record stays.
    if (own === id) this.#numbered++
    else if (typeof own === 'number') this.#renumbered++
  }

  /** A record that lies inside the one at `before`. */
  removed(bytes: Buffer, at: number, before: number): void {
    this.#lose(this.#offset + at, 1, written(bytes, before), written(bytes, at))
    this.#tell('record-removed', this.#offset + at, u32(bytes, at + 4), written(bytes, before), [
      ['RecordId', numberAt(bytes, at + 8)],
      ['Before', numberAt(bytes, before + 8)],
      ['RemovedTime', iso(written(bytes, at))],
    ])
  }

  /** The chunk ends; `end` is where its records end, `whole` whether all of it is there. */
  end(end: number, whole: boolean): void {
    const header = this.#header!
    if (!header.headerSum) this.checksum('header of a chunk', this.#offset, RECORDS)
    if (header.recordSum === false)
      this.checksum('records of a chunk', this.#offset + RECORDS, Math.max(0, end - RECORDS))
    const sound = header.headerSum && header.recordSum !== false
    this.#within(sound)
    if (whole && sound && this.#ids.length > 0) this.#range(header)
  }

  /** Is a record of this number and time in its place? */
  has(id: number, time: number): boolean {
    const runs = this.#byNumber()
    const behind = firstReached(runs.length, (i) => runs[i]!.first > id)
    // Runs overlap only in damaged files.
    for (let i = behind - 1; i >= 0 && i >= behind - 16; i--) {
      const { first, last, times } = runs[i]!
      if (id <= last && times[id - first] === time) return true
    }
    return false
  }

  get #isExported(): boolean {
    return this.#renumbered > this.#numbered
  }

  /** Where records are missing; called after `events`. An export leaves out what was not selected. */
  missing(): readonly Missing[] {
    return this.#isExported ? [] : this.#missing
  }

  /** Everything that was noticed; called once, at the end. */
  *events(file: { readonly next: number; readonly dirty: boolean } | null): Generator<Event> {
    this.#between(file)
    const gaps = this.#counts.get('record-id-gap') ?? 0
    const selected = gaps >= SELECTED.least && gaps > this.#records * SELECTED.part
    for (const told of this.#told) {
      yield this.#event(told, [
        ['Count', this.#counts.get(told.anomaly)!],
        ...(this.#isExported || selected ? [['Exported', true] as const] : []),
        ...(this.#damaged && told.anomaly !== 'checksum' ? [['Damaged', true] as const] : []),
        ...(file?.dirty ? [['Dirty', true] as const] : []),
        ['Innocent', INNOCENT[told.anomaly]],
      ])
    }
  }

  // ---- one chunk

  /** Splits the records of a chunk into runs, and tells where one number does not follow the other. */
  #within(sound: boolean): void {
    const ids = this.#ids
    this.#records += ids.length
    if (ids.length === 0) return
    let from = 0
    for (let i = 1; i <= ids.length; i++) {
      if (i < ids.length && ids[i] === ids[i - 1]! + 1) {
        if (sound)
          this.#back(this.#times[i - 1]!, this.#times[i]!, ids[i]!, this.#offset + this.#places[i]!, this.#sizes[i]!)
        continue
      }
      this.#runs.push({
        first: ids[from]!,
        last: ids[i - 1]!,
        times: Float64Array.from(this.#times.slice(from, i)),
        offset: this.#offset + this.#places[from]!,
        size: this.#sizes[from]!,
        sound,
      })
      if (i < ids.length && sound && ids[i]! <= ids[i - 1]!) this.#backwards(i)
      from = i
    }
  }

  #backwards(i: number): void {
    this.#tell('record-id-backwards', this.#offset + this.#places[i]!, this.#sizes[i]!, ms(this.#times[i - 1]!), [
      ['RecordId', this.#ids[i]!],
      ['Before', this.#ids[i - 1]!],
    ])
  }

  #back(before: number, after: number, id: number, offset: number, size: number): void {
    const back = (before - after) / 10_000
    // Some records have no time.
    if (back <= BACK || ms(after) === null) return
    this.#tell('time-backwards', offset, size, ms(before), [
      ['RecordId', id],
      ['Before', id - 1],
      ['After', id],
      ['Seconds', Math.round(back / 1_000)],
    ])
  }

  /** Does the header of a chunk name the records that it has? */
  #range(header: ChunkHeader): void {
    const [first, last] = [this.#ids[0]!, this.#ids.at(-1)!]
    if (header.first === first && header.last === last) return
    this.#tell('chunk-range', this.#offset, RECORDS, ms(this.#times[0]!), [
      ['RecordId', first],
      ['Before', first],
      ['After', last],
      ['Stated', `${header.first}–${header.last}`],
    ])
  }

  // ---- all chunks

  /** A log is a ring: its chunks are put in order by their numbers, and what lies before the first is no gap. */
  #byNumber(): readonly Run[] {
    if (this.#sorted.length !== this.#runs.length)
      this.#sorted = [...this.#runs].sort((a, b) => a.first - b.first || a.offset - b.offset)
    return this.#sorted
  }

  #between(file: { readonly next: number; readonly dirty: boolean } | null): void {
    let before: Run | null = null
    for (const run of this.#byNumber()) {
      if (before) this.#gap(before, run)
      if (!before || run.last > before.last) before = run
    }
    // The number that the next record would get stands in the header of the file.
    const missing = file && !file.dirty && before ? file.next - before.last - 1 : 0
    if (before && file && missing > 0) {
      this.#lose(0, missing, ms(before.times.at(-1)!), null)
      this.#tell('records-missing-at-end', 0, 128, ms(before.times.at(-1)!), [
        ['RecordId', before.last],
        ['Before', before.last],
        ['After', file.next],
        ['Missing', missing],
      ])
    }
  }

  /** What lies between two runs that follow each other by number. */
  #gap(before: Run, after: Run): void {
    const time = before.times.at(-1)!
    const missing = after.first - before.last - 1
    if (missing > 0) this.#lose(after.offset, missing, ms(time), ms(after.times[0]!))
    if (!before.sound || !after.sound) return
    if (missing === 0) this.#back(time, after.times[0]!, after.first, after.offset, after.size)
    if (missing <= 0) return
    this.#tell('record-id-gap', after.offset, after.size, ms(time), [
      ['RecordId', after.first],
      ['Before', before.last],
      ['After', after.first],
      ['Missing', missing],
      ['AfterTime', iso(ms(after.times[0]!))],
    ])
  }

  // ---- events

  #lose(offset: number, count: number, after: number | null, before: number | null): void {
    const detail = `${counted(count, 'record')} missing by their numbers`
    if (this.#missing.length < LOST) this.#missing.push({ offset, between: { after, before }, detail })
  }

  #tell(
    anomaly: Anomaly,
    offset: number,
    length: number,
    time: number | null,
    fields: readonly (readonly [name: string, value: FieldValue])[],
  ): void {
    const count = (this.#counts.get(anomaly) ?? 0) + 1
    this.#counts.set(anomaly, count)
    if (count <= TOLD) this.#told.push({ anomaly, at: { path: this.#path, offset, length }, time, fields })
  }

  #event({ anomaly, at, time, fields }: Told, more: readonly (readonly [string, FieldValue])[]): Event {
    const all: readonly (readonly [string, FieldValue])[] = [
      ['Anomaly', anomaly],
      ['Channel', this.#channel],
      ['Computer', this.#computer],
      ...fields,
      ...more,
    ]
    return {
      log: 'evtx-integrity',
      sources,
      time,
      timeBasis: 'format',
      fields: Object.fromEntries(all),
      raw: all
        .filter(([, value]) => value !== null)
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(' '),
      at,
      host: hostName(this.#computer),
      client: null,
      user: null,
      target: this.#channel,
      request: null,
      session: null,
    }
  }
}

/** When the record at `at` was written, in milliseconds. */
function written(bytes: Buffer, at: number): number | null {
  return fileTime(u32(bytes, at + 16), u32(bytes, at + 20))
}

function ms(time: number): number | null {
  return time < EARLIEST ? null : fileTime(time % 0x1_0000_0000, Math.floor(time / 0x1_0000_0000))
}
