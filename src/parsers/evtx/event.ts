import type { Event, FieldValue } from '../../model.ts'
import { Damage } from '../damage.ts'
import { windowsEvent } from '../windows-event.ts'
import { type ChunkBytes, Instance, Templates } from './binxml.ts'
import { numberAt } from './chunk.ts'
import { recordOf, writtenAt } from './record.ts'
import { treeOf } from './tree.ts'
import { u32 } from './values.ts'
import { xmlOf } from './xml.ts'

const HEADER = 24
/** Bytes that may lie behind the values of a record: tokens that end it, and those that fill it up. */
const FILLING = 40

/** How a record was found. */
export type Origin =
  /** In its place. */
  | 'live'
  /** Behind the end of a chunk's records: what was there before the chunk was written anew. */
  | 'slack'
  /** In a chunk that is damaged before it, or whose header is. */
  | 'damaged'
  /** Inside the record before it, which was made to cover it. */
  | 'removed'

const FROM: Readonly<Record<Origin, string | null>> = {
  live: null,
  slack: 'free space of a chunk',
  damaged: 'damaged chunk',
  removed: 'inside the record before it',
}

/** Makes events of records. */
export class Decoder {
  readonly #path: string
  readonly #templates = new Templates()
  #sound = true

  constructor(path: string) {
    this.#path = path
  }

  /** Called before each chunk; `sound`: its checksums are right. */
  begin(sound: boolean): void {
    this.#templates.bound()
    this.#sound = sound
  }

  /** Does the record have more room than its values take? */
  mayHide(chunk: ChunkBytes, at: number, size: number): boolean {
    const end = at + size - 4
    const use = at + HEADER + (chunk.bytes[at + HEADER] === 0x0f ? 4 : 0)
    if (chunk.bytes[use] !== 0x0c) return true
    try {
      const used = new Instance()
      this.#templates.instance(chunk, use, end, used)
      return end - used.end > FILLING
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      return true
    }
  }

  /** The event of the record at `at`; `offset` is where the chunk lies in the file. */
  event(chunk: ChunkBytes, at: number, size: number, offset: number, origin: Origin): Event {
    const { bytes } = chunk
    const nodes = treeOf(this.#templates, chunk, at + HEADER, at + size - 4)
    const record = recordOf(nodes, writtenAt(u32(bytes, at + 16), u32(bytes, at + 20)))
    const place = { path: this.#path, offset: offset + at, length: size, record: numberAt(bytes, at + 8) }
    const event = windowsEvent(origin === 'live' ? record : { ...record, snippet: true }, () => xmlOf(nodes), place)
    this.#mark(event.fields as Record<string, FieldValue>, origin)
    return event
  }

  #mark(fields: Record<string, FieldValue>, origin: Origin): void {
    if (!this.#sound) fields.ChecksumValid = false
    if (FROM[origin] === null) return
    fields.Recovered = true
    fields.RecoveredFrom = FROM[origin]
  }
}
