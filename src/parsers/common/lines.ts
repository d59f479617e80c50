import { type Filling, findFilling } from '../../lib/blanks.ts'
import { eachLine, type Line, type LineTaker } from '../../lib/lines.ts'
import type { GapReason } from '../../model/evidence.ts'
import type { Between, Sink, Source } from '../parser.ts'
import type { RowLayout, RowTaker } from '../row-layout.ts'

/** A stretch of lines: where a row lies, or what could not be read. */
export type Stretch = { offset: number; length: number; number: number }

/** Reports a line, or several, that could not be read. Neighbors with the same reason and detail become one gap. */
export type ReportUnreadLines = (place: Stretch, reason: GapReason, detail: string) => void

/**
 * Reads a text source line by line; returns the bytes that were understood: all but the gaps. `pause` is called at every
 * gap and at the end: what reaches over several lines ends there. `taker` may take lines that need not be told.
 */
export async function readLines(
  source: Source,
  sink: Sink,
  take: (line: Line, unread: ReportUnreadLines) => void,
  pause: (unread: ReportUnreadLines) => void = () => {},
  taker: () => LineTaker | null = () => null,
): Promise<number> {
  let gapBytes = 0
  let run: { offset: number; length: number; reason: GapReason; detail: string; line: number } | null = null
  const flush = (): void => {
    if (run) sink.gap(run)
    run = null
  }
  const unread: ReportUnreadLines = (place, reason, detail) => {
    gapBytes += place.length
    if (run && run.reason === reason && run.detail === detail && run.offset + run.length === place.offset) {
      run.length += place.length
      return
    }
    flush()
    sink.losing?.()
    run = { offset: place.offset, length: place.length, reason, detail, line: place.number }
  }
  const read = await eachLine(
    source.chunks({ passing: true }),
    (line) => take(line, unread),
    (gap) => {
      pause(unread)
      flush()
      sink.gap(gap)
    },
    { taker },
  )
  pause(unread)
  flush()
  return read.size - read.gapBytes - gapBytes
}

/** A gap of this many bytes or more could have been an entry. */
const ENTRY = 40
const BLANKS = ' '.repeat(ENTRY)
const LEFT = 'blanks, comments or headers where entries should be'
/** Lines that begin with `#` and that servers write; none but that of the columns is long. */
const DIRECTIVE = /^#\s?(?:(Software|Version|Date|Start-Date|End-Date|Log-type|TYPE)\b.{0,150}$|(Fields):)/i
/** How much longer than the first header a later one may be (characters), and how many of one name may follow. */
const [LONGER, OFTEN] = [200, 2]

/** What a line of a header says, in lower case; null for every other line. */
type NameOfHeaderLine = (text: string) => string | null

const directiveOf: NameOfHeaderLine = (text) => {
  const found = DIRECTIVE.exec(text)
  return found === null ? null : (found[1] ?? found[2]!).toLowerCase()
}

/** Does a value hold more blank lines or comments than stand side by side in a text? Something was written over rows. */
export function holdsFillers(text: string): boolean {
  return text.length > ENTRY && text.includes('\n') && (text.includes(LINE_ENDS) || text.includes(COMMENTS))
}

/** The place of a gap that lies on both sides of the entry that was emitted last. */
export function aroundLast(sink: Sink): { between?: Between } {
  return sink.mark ? { between: sink.mark(true) } : {}
}

const LINE_ENDS = '\n'.repeat(ENTRY)
const COMMENTS = '\n#'.repeat(ENTRY / 2)

/**
 * Blank lines and comments in a log of rows. No server writes them: a stretch of them as long as an entry is what
 * somebody left of one, and so a gap. So is a header over again with no entry between, and one that is far longer than the
 * log's own.
 */
export class Fillers {
  readonly #isSpaced: boolean
  readonly #nameOf: NameOfHeaderLine
  /** From the first such line up to here, with the headers among them. */
  #run: Stretch | null = null
  #filled = 0
  /** How often each line of a header was met since the last entry, and how long the first of the columns is. */
  readonly #met = new Map<string, number>()
  #hasRows = false
  #columns = 0

  /**
   * `isSpaced`: a space stands between two values, and nowhere are there many. `isBare`: a line that names the columns, as
   * some logs have it in front of the others.
   */
  constructor(isSpaced: boolean, isBare: (text: string) => boolean = () => false) {
    this.#isSpaced = isSpaced
    this.#nameOf = (text) => (text.charCodeAt(0) === 35 ? directiveOf(text) : isBare(text) ? 'columns' : null)
  }

  /** Takes the next rows; null where such lines wait to be reported, for which a row must be given as a line. */
  before(taker: () => LineTaker | null): LineTaker | null {
    if (this.#run !== null) return null
    const inner = taker()
    if (inner === null || this.#met.size === 0) return inner
    // Rows that are taken end the header before them.
    return {
      take: (buffer, from, to, base, number) => {
        const rows = inner.take(buffer, from, to, base, number)
        if (rows > 0) this.#endHeader()
        return rows
      },
      get end() {
        return inner.end
      },
    }
  }

  #endHeader(): void {
    this.#hasRows = true
    this.#met.clear()
  }

  /** Takes a line of a log that holds nothing; at a row the stretch before it ends. */
  takes(line: Line, unread: ReportUnreadLines): boolean {
    const { text, offset, length, number } = line
    const name = this.#nameOf(text)
    if (name !== null) {
      const excess = this.#excessOf(name, text)
      if (this.#run !== null) this.#run.length += length
      else if (excess > 0) this.#run = { offset, length, number }
      this.#filled += excess
      return false
    }
    if (text !== '' && text.charCodeAt(0) !== 35 && text.trim() !== '') {
      this.end(unread)
      this.#endHeader()
      const isCovered = this.#isSpaced ? text.includes(BLANKS) : text.startsWith(BLANKS)
      if (isCovered) unread({ offset, length: 0, number }, 'corrupt', LEFT)
      return false
    }
    if (this.#run !== null) this.#run.length += length
    else this.#run = { offset, length, number }
    this.#filled += length
    return true
  }

  /** How much of a line of a header no server writes. */
  #excessOf(name: string, text: string): number {
    const count = (this.#met.get(name) ?? 0) + 1
    this.#met.set(name, count)
    const isColumns = name === 'fields' || name === 'columns'
    if (isColumns && !this.#hasRows) this.#columns = Math.max(this.#columns, text.length)
    // A server that starts writes a header, and the first lines of a file were put together of two now and then.
    if (count > (this.#hasRows ? 1 : OFTEN)) return text.length
    return isColumns ? Math.max(0, text.length - this.#columns - LONGER) : 0
  }

  /** No more lines follow here. */
  end(unread: ReportUnreadLines): void {
    const [run, filled] = [this.#run, this.#filled]
    this.#run = null
    this.#filled = 0
    if (run !== null && filled >= ENTRY) unread(run, 'corrupt', LEFT)
  }
}

/** Who takes the regular rows of a file, one for each list of columns; asked for when rows of such columns come. */
export class RowTakers<Columns> {
  readonly #sink: Sink
  readonly #layoutOf: (columns: Columns) => RowLayout | null
  readonly #filledBy: ((columns: Columns) => Filling) | null
  readonly #takers = new Map<Columns, RowTaker | null>()

  /** `filledBy`: blanks, or one letter, side by side that are as long as a row, where a value may hold them. */
  constructor(
    sink: Sink,
    layoutOf: (columns: Columns) => RowLayout | null,
    filledBy: ((columns: Columns) => Filling) | null = null,
  ) {
    this.#sink = sink
    this.#layoutOf = layoutOf
    this.#filledBy = filledBy
  }

  /** Null when rows of these columns must be read as a whole. */
  of(columns: Columns | null): RowTaker | null {
    if (columns === null || !this.#sink.rows) return null
    let taker = this.#takers.get(columns)
    if (taker === undefined) {
      const layout = this.#layoutOf(columns)
      taker = layout && this.#sink.rows(layout)
      if (taker && this.#filledBy) taker = new UnfilledRows(taker, this.#filledBy(columns))
      this.#takers.set(columns, taker)
    }
    return taker
  }

  finish(): void {
    for (const taker of this.#takers.values()) taker?.finish()
  }
}

/** Leaves rows with a run of blanks, or of one letter, in which others may have lain to the reader of rows. */
class UnfilledRows implements RowTaker {
  end = 0
  readonly #taker: RowTaker
  readonly #filling: Filling
  /** The longest of these runs. */
  readonly #least: number
  /** Offsets in the file: between which it was looked through, and where the first such run is in it. */
  #from = 0
  #to = 0
  #found = -1

  constructor(taker: RowTaker, filling: Filling) {
    this.#taker = taker
    this.#filling = filling
    this.#least = Math.max(filling.blanks, filling.letters < Infinity ? filling.letters : 0)
  }

  take(buffer: Buffer, from: number, to: number, base: number, number: number): number {
    const stop = this.#stop(buffer, from, to, base)
    const rows = stop > from ? this.#taker.take(buffer, from, stop, base, number) : 0
    this.end = stop > from ? this.#taker.end : from
    return rows
  }

  /** Where the row with the first such run begins. */
  #stop(buffer: Buffer, from: number, to: number, base: number): number {
    const first = base + from
    if (first < this.#from || first > this.#to || (this.#found >= 0 && this.#found < first)) {
      this.#from = first
      this.#to = first
      this.#found = -1
    }
    if (this.#found < 0 && base + to > this.#to) {
      const at = findFilling(buffer, Math.max(from, this.#to - base - this.#least), to, this.#filling)
      if (at >= 0) this.#found = base + at
      this.#to = base + to
    }
    const isBefore = this.#found >= 0 && this.#found < base + to
    return isBefore ? Math.max(from, buffer.lastIndexOf(LF, this.#found - base) + 1) : to
  }

  finish(): void {
    this.#taker.finish()
  }
}

const LF = 10

/** An object with the given keys, all null, whose copies take values quickly. `__proto__` is a key like any other. */
export function template(names: readonly string[]): Record<string, null> {
  const keys = [...new Set(names)].map((name) => `${JSON.stringify(name)}:null`)
  return JSON.parse(`{${keys.join(',')}}`) as Record<string, null>
}

/** A host name as rows write it: upper case, without domain. */
export function hostName(text: string | null | undefined): string | null {
  if (!text || text === '-' || text === 'N/A') return null
  if (/^[\d.]+$/.test(text) || text.includes(':')) return text
  const dot = text.indexOf('.')
  return (dot > 0 ? text.slice(0, dot) : text).toUpperCase()
}

/** A memory for values that repeat, bounded: the cheap way to compute a thing once per value. */
export function remembered<T>(compute: (text: string) => T, limit = 4096): (text: string) => T {
  let memory = new Map<string, T>()
  return (text) => {
    if (text.length > 512) return compute(text)
    const known = memory.get(text)
    if (known !== undefined || memory.has(text)) return known as T
    if (memory.size >= limit) memory = new Map()
    const value = compute(text)
    memory.set(text, value)
    return value
  }
}

/** The whole file in memory, up to `limit` bytes; what lies beyond is read over and counted in `size`. */
export async function readWhole(source: Source, limit: number): Promise<{ data: Buffer; size: number }> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of source.chunks()) {
    if (size < limit) parts.push(size + chunk.length > limit ? chunk.subarray(0, limit - size) : chunk)
    size += chunk.length
  }
  return { data: Buffer.concat(parts), size }
}
