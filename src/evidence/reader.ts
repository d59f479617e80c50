import type { Member } from './container.ts'
import { EvidenceError, freshPiece, readMember, readNow } from './index.ts'
import { sha256 as sha256Of, Sha256 } from '../lib/hash.ts'
import type { Gap } from '../model/evidence.ts'
import { type Condensed, Condenser } from './condensed.ts'

export const HEAD = 64 * 1024

export const END = 1024 * 1024

/** A page above this is searched a second time, cut down to its code: rules have limits of size. */
export const LARGE_PAGE = 1024 * 1024

/**
 * Size and digest of a member, read as `scan` reads it: the digest is of what could be read, and empty where it is not read
 * at all.
 */
export async function digestMember(
  member: Member,
  passwords: readonly string[] = [],
): Promise<{ readonly size: number; readonly sha256: string }> {
  if (member.refused) return { size: member.size ?? 0, sha256: '' }
  const reader = new MemberReader(member, passwords)
  if (!reader.whole) await reader.drain()
  return { size: reader.size, sha256: reader.digest() }
}

/** What small files are read into, one after another. */
const small = Buffer.allocUnsafeSlow(256 * 1024)

/** Streams a member once, and remembers its size, its digest and what went wrong. */
export class MemberReader {
  size = 0
  failure: Omit<Gap, 'path'> | null = null
  /** The whole of a small file, there at once: good until the next one is read. */
  whole: Buffer | null = null
  readonly #chunks: () => AsyncIterator<Uint8Array>
  #reading: AsyncIterator<Uint8Array> | null = null
  readonly #hash: Sha256 | null
  readonly #first: Uint8Array[] = []
  /** How many of these were handed out. */
  #given = 0
  readonly #kept: Uint8Array[] = []
  #keptLength = 0
  readonly #declared: number | null
  #limit = 0
  /** The name of a page: one that turns out to be large is condensed, too. */
  #page: string | null = null
  #condenser: Condenser | null = null
  /** The last pieces of a file that is too large to be kept. */
  #endPieces: Buffer[] = []
  #endLength = 0
  #isPassing = false
  #piece: Buffer | null = null
  #ended = false
  #digest = ''

  constructor(member: Member, passwords: readonly string[]) {
    this.#declared = member.size
    this.#chunks = () =>
      readMember(member.ref, { limits: { passwords }, room: () => this.#room() })[Symbol.asyncIterator]()
    if ((member.size ?? Infinity) <= small.length) this.#readNow(member)
    this.#hash = this.whole === null ? new Sha256() : null
  }

  #readNow({ ref }: Member): void {
    try {
      this.whole = readNow(ref, small)
    } catch (error) {
      // Reading it piece by piece fails in the same way, and tells where.
      if (!(error instanceof EvidenceError)) throw error
    }
    if (this.whole === null) return
    this.size = this.whole.length
    this.#missShorter()
    this.#digest = sha256Of(this.whole)
    this.#ended = true
  }

  #room(): Buffer {
    return this.#isPassing ? (this.#piece ??= freshPiece()) : freshPiece()
  }

  /** The whole of a small file in memory of its own. */
  own(): Buffer {
    this.whole = Buffer.from(this.whole!)
    if (this.whole.length > 0) this.#first.push(this.whole)
    return this.whole
  }

  async head(): Promise<Uint8Array> {
    let length = 0
    while (length < HEAD) {
      const chunk = await this.#next()
      if (!chunk) break
      this.#first.push(chunk)
      length += chunk.length
    }
    return Buffer.concat(this.#first).subarray(0, HEAD)
  }

  keep(limit: number, page: string | null): void {
    if (this.whole) return
    this.#limit = limit
    this.#page = page
    for (const chunk of this.#first) this.#remember(chunk)
  }

  /** `passing`: a chunk is good until the next is asked for. */
  async *chunks(passing: boolean): AsyncGenerator<Uint8Array> {
    this.#isPassing = passing
    while (this.#given < this.#first.length) yield this.#first[this.#given++]!
    this.#first.length = this.#given = 0
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) {
      this.#remember(chunk)
      yield chunk
    }
  }

  async drain(): Promise<void> {
    for await (const chunk of this.chunks(true)) void chunk
  }

  kept(): Uint8Array {
    return this.whole ?? Buffer.concat(this.#kept)
  }

  digest(): string {
    return this.#hash?.hex() ?? this.#digest
  }

  async #next(): Promise<Uint8Array | null> {
    if (this.#ended) return null
    try {
      this.#reading ??= this.#chunks()
      const next = await this.#reading.next()
      if (next.done) {
        this.#ended = true
        this.#missShorter()
        return null
      }
      this.size += next.value.length
      this.#hash?.update(next.value)
      return next.value
    } catch (error) {
      if (!(error instanceof EvidenceError)) throw error
      this.#ended = true
      this.#miss(error.reason, error.message)
      return null
    }
  }

  /** What follows cannot be read: as much as the container says is missing, else a place without length. */
  #miss(reason: Gap['reason'], detail: string): void {
    const missing = Math.max(0, (this.#declared ?? this.size) - this.size)
    this.failure = { offset: this.size, length: missing, reason, detail }
    this.size += missing
  }

  /** A file that became shorter between the listing and the reading: what it held then is gone. */
  #missShorter(): void {
    if (this.#declared !== null && this.#declared > this.size)
      this.#miss('changed', `${this.#declared} bytes when listed, ended at ${this.size} when it was read`)
  }

  #remember(chunk: Uint8Array): void {
    if (this.#limit === 0) return
    this.#condense(chunk)
    const room = this.#limit - this.#keptLength
    if (room > 0) {
      this.#kept.push(Buffer.from(chunk.subarray(0, room)))
      this.#keptLength += Math.min(room, chunk.length)
    }
    if (chunk.length <= room) return
    this.#endPieces.push(Buffer.from(chunk))
    this.#endLength += chunk.length
    this.#dropEnd()
  }

  /** What is no longer needed of the end is left in place until it is as much again. */
  #dropEnd(): void {
    if (this.#endLength < 2 * END) return
    let whole = 0
    while (this.#endLength - this.#endPieces[whole]!.length >= END) this.#endLength -= this.#endPieces[whole++]!.length
    this.#endPieces.splice(0, whole)
  }

  /** Everything up to here was kept when a page turns out to be large. */
  #condense(chunk: Uint8Array): void {
    if (this.#page === null) return
    if (this.#condenser === null) {
      if (this.#keptLength + chunk.length <= LARGE_PAGE) return
      this.#condenser = new Condenser(this.#page)
      for (const piece of this.#kept) this.#condenser.push(piece)
    }
    this.#condenser.push(chunk)
  }

  /** What a large page was cut down to; null for every other file. */
  condensed(): Condensed | null {
    return this.#condenser?.finish() ?? null
  }

  /** The last bytes of a file that was not kept whole. */
  end(most: number): Buffer {
    const all = Buffer.concat(this.#endPieces)
    return all.subarray(Math.max(0, all.length - most))
  }
}
