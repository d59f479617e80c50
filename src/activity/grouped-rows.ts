import { greatestOf } from '../lib/collections.ts'
import type { RowLayout, RowTaker } from '../parsers/row-layout.ts'

// Rows of logs that are counted by a few of their columns.

const LF = 10
const CR = 13
const COMMA = 44
const QUOTE = 34

/** What is done with a column. */
const [KEY, STAMP, BYTES] = [1, 2, 3]
/** Sources that are known by the bytes of their columns. */
const KNOWN = 20_000
/** `2021-03-03T04` */
const HOUR = 13

type KnownSource<Source> = {
  readonly bytes: Buffer
  readonly source: Source | null
  readonly next: KnownSource<Source> | null
}

/** Counts rows by the values that they have in some columns together. */
export type GroupCounter<Source> = {
  /** These columns, and the one whose numbers are added. */
  readonly by: readonly string[]
  readonly size: string
  /** What rows with these values are counted for; null where they are not counted. */
  sourceOf(of: (column: string) => string): Source | null
  count(source: Source, time: number, size: number): void
}

/**
 * Counts the rows that another taker takes: it reads the few columns that matter once more. Most rows have the values of
 * an earlier one in them, and no text is made of these.
 */
export class GroupedRows<Source> implements RowTaker {
  readonly #taker: RowTaker
  readonly #counter: GroupCounter<Source>
  readonly #numbers: ReadonlyMap<string, number>
  readonly #last: number
  readonly #roles: Uint8Array
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #stamp: number
  readonly #size: number
  #known = new Map<number, KnownSource<Source>>()
  #count = 0
  readonly #hour = Buffer.alloc(HOUR)
  #time = Number.NaN

  constructor(taker: RowTaker, { columns, time }: RowLayout, counter: GroupCounter<Source>) {
    this.#taker = taker
    this.#counter = counter
    this.#stamp = (time as { readonly stamp: number }).stamp
    this.#size = columns.indexOf(counter.size)
    this.#numbers = new Map(counter.by.map((name) => [name, columns.indexOf(name)]))
    this.#last = Math.max(this.#stamp, this.#size, greatestOf(this.#numbers.values(), -1))
    this.#roles = new Uint8Array(this.#last + 1)
    for (const column of this.#numbers.values()) if (column >= 0) this.#roles[column] = KEY
    if (this.#size >= 0) this.#roles[this.#size] = BYTES
    this.#roles[this.#stamp] = STAMP
    this.#from = new Int32Array(this.#last + 1)
    this.#to = new Int32Array(this.#last + 1)
  }

  get end(): number {
    return this.#taker.end
  }

  take(buffer: Buffer, from: number, to: number, base: number, number: number): number {
    const rows = this.#taker.take(buffer, from, to, base, number)
    let at = from
    for (let row = 0; row < rows; row++) at = this.#row(buffer, at)
    return rows
  }

  finish(): void {
    this.#taker.finish()
  }

  #row(buffer: Buffer, start: number): number {
    let at = start
    let hash = 0x811c9dc5
    for (let column = 0; column <= this.#last; column++) {
      const isKey = this.#roles[column] === KEY
      let begins = at
      let ends: number
      if (buffer[at] === QUOTE) {
        begins++
        ends = buffer.indexOf(QUOTE, begins)
        at = ends + 1
      } else {
        while (buffer[at] !== COMMA && buffer[at] !== LF) at++
        ends = buffer[at] === LF && at > begins && buffer[at - 1] === CR ? at - 1 : at
      }
      this.#from[column] = begins
      this.#to[column] = ends
      if (isKey) {
        for (let i = begins; i < ends; i++) hash = Math.imul(hash ^ buffer[i]!, 0x01000193)
        hash = Math.imul(hash ^ COMMA, 0x01000193)
      }
      at++
    }
    const source = this.#sourceOf(buffer, hash)
    if (source) this.#counter.count(source, this.#timeOf(buffer), this.#sizeOf(buffer))
    return buffer.indexOf(LF, at - 1) + 1
  }

  #sourceOf(buffer: Buffer, hash: number): Source | null {
    const first = this.#known.get(hash) ?? null
    for (let known = first; known !== null; known = known.next)
      if (this.#isSame(buffer, known.bytes)) return known.source
    if (this.#count++ >= KNOWN) {
      this.#known = new Map()
      this.#count = 0
    }
    const source = this.#counter.sourceOf((name) => this.#text(buffer, this.#numbers.get(name) ?? -1))
    const bytes = Buffer.concat(
      [...this.#roles.keys()]
        .filter((column) => this.#roles[column] === KEY)
        .flatMap((column) => [buffer.subarray(this.#from[column], this.#to[column]), Buffer.of(COMMA, QUOTE)]),
    )
    this.#known.set(hash, { bytes, source, next: this.#known.get(hash) ?? null })
    return source
  }

  #isSame(buffer: Buffer, bytes: Buffer): boolean {
    let at = 0
    for (let column = 0; column <= this.#last; column++) {
      if (this.#roles[column] !== KEY) continue
      const to = this.#to[column]!
      for (let i = this.#from[column]!; i < to; i++) if (buffer[i] !== bytes[at++]) return false
      // No value holds both: what is in quotes may hold a comma, and nothing holds a quote.
      if (bytes[at++] !== COMMA || bytes[at++] !== QUOTE) return false
    }
    return at === bytes.length
  }

  #text(buffer: Buffer, column: number): string {
    return column < 0 ? '' : buffer.toString('utf8', this.#from[column], this.#to[column])
  }

  #sizeOf(buffer: Buffer): number {
    if (this.#size < 0) return 0
    const [from, to] = [this.#from[this.#size]!, this.#to[this.#size]!]
    if (to - from > 15) return sizeOf(this.#text(buffer, this.#size))
    let size = 0
    for (let i = from; i < to; i++) {
      const digit = buffer[i]! - 48
      if (digit < 0 || digit > 9) return sizeOf(this.#text(buffer, this.#size))
      size = size * 10 + digit
    }
    return size
  }

  /** To the hour. */
  #timeOf(buffer: Buffer): number {
    const from = this.#from[this.#stamp]!
    let isSame = true
    for (let i = 0; i < HOUR; i++) isSame &&= buffer[from + i] === this.#hour[i]
    if (!isSame) {
      buffer.copy(this.#hour, 0, from, from + HOUR)
      this.#time = Date.parse(`${this.#hour.toString('latin1')}:00:00Z`)
    }
    return this.#time
  }
}

/** The number in a column; zero where there is none. */
export function sizeOf(text: string): number {
  const size = Number(text)
  return Number.isFinite(size) && size > 0 ? size : 0
}

/** Who puts rows together at present: what another one put together before is counted first. */
export class GroupTurns {
  #tell: (() => void) | null = null

  readonly turn = (tell: () => void): void => {
    if (this.#tell === tell) return
    this.#tell?.()
    this.#tell = tell
  }

  /** Counts what is put together by now. */
  settle(): void {
    this.#tell?.()
  }
}
