import { closeSync, fdatasync, ftruncateSync, openSync, readSync, write, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { refusal } from '../lib/errors.ts'
import { packData, unpackData } from './serialize.ts'

/** How a ledger is kept; clock and words come from the command line. */
export type LedgerSettings = {
  /** The digest of all that results depend on besides the evidence: a ledger with another is not read. */
  readonly digest: string
  readonly now: () => number
  /** What the user should know, in one sentence. */
  readonly tell: (sentence: string) => void
  /** So long nothing is written: what was read sooner is read again as soon. */
  readonly wait?: number
}

const WAIT = 5_000
/** Milliseconds, and number of results, after which results reach the medium itself. */
const SYNC = { after: 1_000, results: 500 }
/** Maximum of results in memory before they are written. */
const HELD = 20_000
/** A medium that is slower than reading does not fill the memory: what finds no room is not kept. */
const QUEUE = 64 * 2 ** 20
/** Bytes of a part that is written separately. */
const ALONE = 2 ** 20
/** No key and no result is longer: what says so is damaged. */
export const ledgerLimits = { key: 64 * 1024, result: 256 * 2 ** 20 }

/** Before each entry: length of its key, length of its result, CRC-32 of both. */
const FRAME = 12
const FORM = 'postern-ledger/2'
/** The first line: the form, and a SHA-256. */
export const ledgerHeadLength = FORM.length + 1 + 64 + 1

/**
 * Results of what was read, in a file that only grows: a run that was interrupted is gone on with from there. Each entry
 * has its length and its checksum; one that was cut off is not read, nor anything behind it. That the disk is full ends the
 * ledger, not the run.
 */
export class Ledger {
  readonly #settings: LedgerSettings
  readonly #file: number | null
  readonly #entries: ReadonlyMap<string, Place>
  readonly #began: number
  #waits: boolean
  #waiting: NodeJS.Timeout | undefined
  #held: (readonly [key: () => string, result: unknown])[] = []
  #weight = 0
  #queue: Buffer[] = []
  #queued = 0
  /** So far whole entries reach. */
  #end: number
  /** The same with all that is still to be written. */
  #tail: number
  #synced: number
  /** Results that are in the file and need not have reached the medium. */
  #unsynced = 0
  #soon: NodeJS.Timeout | undefined
  #writing: Promise<void> | null = null
  #syncing: Promise<void> | null = null
  #ended: boolean
  #isClosed = false

  private constructor(file: number | null, { entries, end }: Found, settings: LedgerSettings) {
    this.#file = file
    this.#entries = entries
    this.#end = this.#tail = end
    this.#waits = entries.size === 0 && settings.wait !== 0
    this.#settings = settings
    this.#began = this.#synced = settings.now()
    this.#ended = file === null
  }

  /** Goes on with the ledger at `path`, or begins it. */
  static open(path: string, settings: LedgerSettings): Ledger {
    const head = Buffer.from(`${FORM} ${settings.digest}\n`)
    let file: number | null = null
    try {
      file = openSync(path, 'a+')
      const found = entriesOf(file, head, settings.tell)
      ftruncateSync(file, found.end)
      if (found.end === 0) writeSync(file, head)
      return new Ledger(file, found.end === 0 ? { ...found, end: head.length } : found, settings)
    } catch (error) {
      settings.tell(notKept(error))
      if (file !== null) closeSync(file)
      return new Ledger(null, { entries: new Map(), end: 0 }, settings)
    }
  }

  /** How many results there are to take. */
  get size(): number {
    return this.#entries.size
  }

  /** The result that is kept under the key, as it was added; undefined when there is none, or it is damaged. */
  take(key: string): unknown {
    return taken(this.#file, this.#entries.get(key))
  }

  /** Where the next result will lie. */
  get tail(): number {
    return this.#tail
  }

  /** The results that this run added between two places, to be taken again. */
  async between(from: number, to: number): Promise<Pick<Ledger, 'take' | 'size'>> {
    while (this.#writing) await this.#writing
    const file = this.#ended ? null : this.#file
    const entries = file === null ? new Map<string, Place>() : entriesFrom(file, from, Math.min(to, this.#end)).entries
    return { size: entries.size, take: (key) => taken(file, entries.get(key)) }
  }

  /** Keeps a result. The key is asked for when it is written; `weight` is 1 for a result that holds little. */
  add(key: () => string, result: unknown, weight = 1): void {
    if (this.#ended) return
    if (!this.#waits) return this.#put(key(), result)
    this.#held.push([key, result])
    this.#weight += weight
    const { now, wait = WAIT } = this.#settings
    if (now() - this.#began >= wait || this.#weight >= HELD) this.#release()
    // The next result may be that of a file which takes long.
    else this.#waiting ??= setTimeout(() => this.#release(), wait).unref()
  }

  #release(): void {
    clearTimeout(this.#waiting)
    if (this.#ended) return
    this.#waits = false
    for (const [key, held] of this.#held) this.#put(key(), held)
    this.#held = []
  }

  /** Ends when all that is to be written is in the file. */
  async close(): Promise<void> {
    this.#held = []
    clearTimeout(this.#waiting)
    while (this.#writing ?? this.#syncing) await (this.#writing ?? this.#syncing)
    clearTimeout(this.#soon)
    // A run that failed closes it again.
    if (this.#file !== null && !this.#isClosed) closeSync(this.#file)
    this.#ended = this.#isClosed = true
  }

  #put(key: string, result: unknown): void {
    const entry = this.#queued > QUEUE ? null : entryOf(key, result)
    if (entry === null) return
    for (const part of entry) {
      this.#queue.push(part)
      this.#queued += part.length
      this.#tail += part.length
    }
    this.#unsynced++
    this.#writing ??= this.#write()
  }

  /** Writes what waits, all at once; what comes meanwhile waits for the next time. */
  async #write(): Promise<void> {
    try {
      // What else came in this turn goes with it.
      await new Promise(setImmediate)
      while (this.#queued > 0) {
        const parts = joined(this.#queue)
        const queued = this.#queued
        this.#queue = []
        this.#queued = 0
        for (let part = parts.shift(); part; part = parts.shift())
          for (let at = 0; at < part.length; ) at += await appended(this.#file!, part, at)
        this.#end += queued
        this.#syncWhenDue()
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#writing = null
    }
  }

  /** Nobody waits for the medium. What is written last is not forgotten where nothing follows. */
  #syncWhenDue(): void {
    clearTimeout(this.#soon)
    this.#soon = undefined
    if (this.#ended || this.#unsynced === 0) return
    const left = this.#synced + SYNC.after - this.#settings.now()
    if (this.#syncing === null && (left <= 0 || this.#unsynced >= SYNC.results)) this.#syncing = this.#sync()
    else this.#soon = setTimeout(() => this.#syncWhenDue(), Math.max(left, 10)).unref()
  }

  async #sync(): Promise<void> {
    this.#synced = this.#settings.now()
    this.#unsynced = 0
    try {
      await new Promise<void>((resolve, reject) =>
        fdatasync(this.#file!, (error) => (error ? reject(error) : resolve())),
      )
    } catch (error) {
      this.#fail(error) // a second try would say that all is well, and it need not be
    } finally {
      this.#syncing = null
    }
  }

  /** Goes on without; what was written whole stays. */
  #fail(error: unknown): void {
    if (this.#ended) return
    this.#ended = true
    this.#queue = []
    this.#queued = 0
    this.#settings.tell(notKept(error))
    try {
      ftruncateSync(this.#file!, this.#end)
    } catch {
      // An entry that was cut off is known by its checksum.
    }
  }
}

/** Small parts in one, so that they are written at once; a large one stays as it is, since a copy of it is memory. */
function joined(parts: readonly Buffer[]): Buffer[] {
  const all: Buffer[] = []
  let small: Buffer[] = []
  for (const part of parts) {
    if (part.length < ALONE) small.push(part)
    else {
      all.push(Buffer.concat(small), part)
      small = []
    }
  }
  return [...all, Buffer.concat(small)]
}

function appended(file: number, bytes: Buffer, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(file, bytes, at, bytes.length - at, null, (error, written) => (error ? reject(error) : resolve(written)))
  })
}

type Place = { readonly at: number; readonly length: number; readonly keySum: number; readonly sum: number }
type Found = { readonly entries: Map<string, Place>; readonly end: number }

function taken(file: number | null, place: Place | undefined): unknown {
  if (place === undefined || file === null) return undefined
  try {
    const bytes = readAt(file, place.at, place.length)
    return bytes === null || crc32(bytes, place.keySum) !== place.sum ? undefined : unpackData(bytes)
  } catch {
    return undefined // a ledger is no reason to stop: the file is read again
  }
}

/** Is this the beginning of a ledger, of any run, or of one that was cut off while its first line was written? */
export function isLedger(head: Uint8Array): boolean {
  const form = Buffer.from(FORM)
  return form.subarray(0, head.length).equals(head.subarray(0, form.length))
}

function entryOf(key: string, result: unknown): readonly Buffer[] | null {
  const name = Buffer.from(key)
  const parts = packData(result)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (name.length > ledgerLimits.key || length > ledgerLimits.result) return null
  const frame = Buffer.allocUnsafe(FRAME)
  frame.writeUInt32LE(name.length, 0)
  frame.writeUInt32LE(length, 4)
  const sum = parts.reduce((before, part) => crc32(part, before), crc32(name))
  frame.writeUInt32LE(sum, 8)
  return [frame, name, ...parts]
}

/** Where each result lies, up to the first entry that is not whole; of two with one key the later. */
function entriesOf(file: number, head: Buffer, tell: LedgerSettings['tell']): Found {
  const first = readAt(file, 0, head.length)
  if (!first?.equals(head)) {
    if (first !== null) tell(OTHER)
    return { entries: new Map(), end: 0 }
  }
  return entriesFrom(file, head.length, Infinity)
}

/** Where each whole entry between two places lies. */
function entriesFrom(file: number, from: number, to: number): Found {
  const entries = new Map<string, Place>()
  let end = from
  while (end < to) {
    const frame = readAt(file, end, FRAME)
    if (frame === null) break
    const [keyLength, length, sum] = [frame.readUInt32LE(0), frame.readUInt32LE(4), frame.readUInt32LE(8)]
    if (keyLength > ledgerLimits.key || length > ledgerLimits.result) break
    const key = readAt(file, end + FRAME, keyLength)
    const at = end + FRAME + keyLength
    const bytes = key && readAt(file, at, length)
    if (!key || !bytes) break
    const keySum = crc32(key)
    if (crc32(bytes, keySum) !== sum) break
    entries.set(key.toString(), { at, length, keySum, sum })
    end = at + length
  }
  return { entries, end }
}

/** So many bytes, or null where the file ends before. */
function readAt(file: number, at: number, length: number): Buffer | null {
  // A length that was made up costs no memory: the file is asked first.
  if (length > 65_536 && readSync(file, Buffer.alloc(1), 0, 1, at + length - 1) === 0) return null
  const bytes = Buffer.allocUnsafeSlow(length)
  let got = 0
  while (got < length) {
    const more = readSync(file, bytes, got, length - got, at + got)
    if (more === 0) return null
    got += more
  }
  return bytes
}

const OTHER =
  'What an interrupted run left was read with other evidence, rules, options or another version: it is not used, and all is read again.'

function notKept(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) throw error
  return `Intermediate results cannot be kept for another run (${refusal(code)}): reading continues, and a run that is interrupted would begin anew.`
}
