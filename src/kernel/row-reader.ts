import type { LogKind, Place } from '../model.ts'
import type { RowContext, RowLayout, RowTaker } from '../parsers/parser.ts'
import { Dictionary, NONE } from './dictionary.ts'

/** Four characters of a text as one number, their case left out. */
export function gramOf(text: string, at: number): number {
  let gram = 0
  for (let i = 0; i < GRAM; i++) gram |= (text.charCodeAt(at + i) | 0x20) << (8 * i)
  return gram
}

/** How many characters are looked for at once. */
export const GRAM = 4
/** Bytes of a table that has a bit for each slot. */
export const TABLE = 1 << 17

/** 2^32 divided by the golden ratio spreads what differs in few bits. */
function slotOf(gram: number): number {
  return Math.imul(gram, 0x9e37_79b1) >>> 12
}

export function markGram(table: Uint8Array, gram: number): void {
  const slot = slotOf(gram)
  table[slot >>> 3]! |= 1 << (slot & 7)
}

function isMarked(table: Uint8Array, gram: number): boolean {
  const slot = slotOf(gram)
  return ((table[slot >>> 3]! >>> (slot & 7)) & 1) !== 0
}

/** What one value says about all questions of rules, a bit each. */
export type Judged = {
  /** Those that can still be answered with yes, as far as it is known: of those that need a text it is found out when the text was found. */
  readonly could: Uint32Array
  /** Of those that need a text: the ones whose text stands here; null for none. */
  readonly found: Uint32Array | null
  /** The account wants to know that the file has it. */
  readonly mark: boolean
}

/**
 * Marked slots of the grams of texts. `stride`: of each text so many grams are marked, one behind the other, so that it is
 * met by whoever looks at every so many bytes.
 */
export type Rare = { readonly table: Uint8Array; readonly stride: 1 | 2 | 4 }

/** Judges values for all files that have the same columns. */
export type Judge = {
  /** Columns whose values matter. */
  readonly columns: readonly ('skip' | 'read')[]
  /**
   * For columns of which nothing matters but whether a text stands in them: marks the slots of four characters of each
   * such text. A value without any of them says nothing. Null: each value has to be judged.
   */
  readonly rare: readonly (Rare | null)[]
  /** Questions that need no text, and those that do; the former come first, in so many words. */
  readonly open: Uint32Array
  readonly needy: Uint32Array
  readonly openWords: number
  /** Null: a row that has this value is read as a whole. */
  judge(column: number, value: string): Judged | null
  /** Can a question not be answered with yes where this value stands in this column? */
  refuses(bit: number, column: number, value: string): boolean
}

/** One value of a row, and what was said of it. */
export type RowValue = { readonly column: number; readonly text: string; readonly judged: Judged }

/**
 * Could a row of these values answer a question with yes? What no value was known to refuse is asked of each now, and
 * remembered in its `could`.
 */
export function isPossible(judge: Judge, values: readonly RowValue[]): boolean {
  const { open, needy } = judge
  for (let word = 0; word < open.length; word++) {
    let [left, found] = [0xffff_ffff, 0]
    for (const { judged } of values) {
      left &= judged.could[word]!
      if (judged.found) found |= judged.found[word]!
    }
    if (left & open[word]!) return true
    for (let bits = left & needy[word]! & found; bits !== 0; bits &= bits - 1) {
      const bit = 31 - Math.clz32(bits & -bits)
      const refusing = values.find(({ column, text }) => judge.refuses(word * 32 + bit, column, text))
      if (refusing === undefined) return true
      refusing.judged.could[word]! &= ~(1 << bit)
    }
  }
  return false
}

/** Rows of one context and hour that follow each other. Times are ms since 1970 UTC. */
export type RowRun = {
  readonly context: RowContext
  readonly rows: number
  readonly first: number
  readonly last: number
  readonly least: number
  readonly greatest: number
}

/** Takes the account of rows that become no event. */
export type RowSink = {
  run(run: RowRun): void
  /** Are the clients of this log counted? */
  counts(log: LogKind): boolean
  client(client: string, rows: number): void
  /** The first row of the file with a value that bears a mark. */
  mark(log: LogKind): void
}

const HOUR = 3_600_000
const LF = 10
const CR = 13
const QUOTE = 34
const HASH = 35
const PERCENT = 37
/** A longer row is read as a whole. */
const LONGEST = 65_536

/** What is known of one distinct value. */
type Known = {
  /** Null: a row that has it is read as a whole. */
  readonly judged: Judged | null
  /** It alone rules out every question that needs no text, and holds no text that one needs. */
  readonly settles: boolean
  readonly holds: boolean
  readonly mark: boolean
  readonly text: string
}

/** A column that is read, and its place in the row. */
type Read = { readonly at: number; readonly column: Column; readonly rare: Rare | null }

type Column = { readonly kind: 'skip' | 'read'; readonly dictionary: Dictionary; known: Known[] }

/** Values that were met in one kind of log, and what rules say of them; kept from file to file. */
export class Lexicon {
  readonly judge: Judge
  readonly columns: readonly Column[]
  /** Rows of each client that were counted and not told yet, by the number of its value. */
  clientRows: Int32Array<ArrayBuffer> = new Int32Array(0)
  /** Who counts at present. */
  user: { emptied(column: number): void } | null = null

  constructor(judge: Judge) {
    this.judge = judge
    this.columns = judge.columns.map((kind, column) => ({
      kind,
      known: [],
      dictionary: new Dictionary(() => {
        this.user?.emptied(column)
        this.columns[column]!.known = []
      }),
    }))
  }

  reader(path: string, layout: RowLayout, sink: RowSink): RowTaker {
    return new RowReader(path, layout, this, sink)
  }
}

/**
 * Reads regular rows without making events of them: finds the values, looks each up among those that were met before,
 * and counts the row where no rule can match it. It stops in front of the first row that is anything else, which the
 * parser then reads as it always did; so both ways of reading say the same, and this one never decides.
 */
export class RowReader implements RowTaker {
  readonly #layout: RowLayout
  readonly #lexicon: Lexicon
  readonly #sink: RowSink
  readonly #path: string
  readonly #read: readonly Read[]
  /** What a value says in which no text stands that a rule needs. */
  readonly #quiet: Known
  readonly #contexts: { readonly numbers: Int32Array; readonly context: RowContext | null }[] = []
  // The row at hand: of each column where its value begins and ends, its number, its text and what was said of it.
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #numbers: Int32Array
  readonly #texts: string[]
  readonly #judged: Judged[] = []
  #marked = false
  #day = { number: -1, midnight: Number.NaN }
  // The run that is open.
  #context: RowContext | null = null
  #rows = 0
  #first = 0
  #last = 0
  #least = 0
  #greatest = 0
  #hour = Number.NaN
  end = 0

  constructor(path: string, layout: RowLayout, lexicon: Lexicon, sink: RowSink) {
    this.#layout = layout
    this.#lexicon = lexicon
    this.#sink = sink
    this.#path = path
    const { judge, columns } = lexicon
    this.#read = columns.flatMap((column, at) =>
      column.kind === 'skip' ? [] : [{ at, column, rare: judge.rare[at]! }],
    )
    const could = new Uint32Array(judge.open.length).fill(0xffff_ffff)
    this.#quiet = { judged: { could, found: null, mark: false }, settles: false, holds: false, mark: false, text: '' }
    this.#from = new Int32Array(layout.columns.length)
    this.#to = new Int32Array(layout.columns.length)
    this.#numbers = new Int32Array(layout.columns.length)
    this.#texts = layout.columns.map(() => '')
  }

  /** Reads rows from `from` on, at most up to `to`; returns how many, and sets `end` to where the first unread one begins. */
  take(buffer: Buffer, from: number, to: number, base: number, number: number): number {
    if (this.#lexicon.user !== this) this.#begin()
    const stop = buffer.lastIndexOf(LF, to - 1)
    let rows = 0
    this.end = from
    while (this.end <= stop) {
      const next = this.#row(buffer, this.end, base, number + rows)
      if (next < 0) break
      this.end = next
      rows++
    }
    this.#close()
    return rows
  }

  /** Tells what was counted and not told yet. */
  finish(): void {
    if (this.#lexicon.user === this) this.#tellClients()
  }

  /** Reads one row; returns where the next begins, or -1 when this one must be read as a whole. */
  #row(buffer: Buffer, start: number, base: number, number: number): number {
    const next = this.#split(buffer, start)
    if (next < 0 || next - start > LONGEST) return -1
    let settled = false
    let holds = false
    let mark = false
    for (const column of this.#read) {
      const known = this.#known(buffer, column)
      if (known.judged === null) return -1
      settled ||= known.settles
      holds ||= known.holds
      mark ||= known.mark
      this.#texts[column.at] = known.text
      this.#judged[column.at] = known.judged
    }
    if ((!settled || holds) && this.#isOpen()) return -1

    const time = this.#time(buffer)
    const context = Number.isNaN(time) ? null : this.#contextOf()
    if (context === null) return -1
    this.#count(context, time, start, next, base, number)
    if (mark && !this.#marked) {
      this.#marked = true
      this.#sink.mark(context.log)
    }
    return next
  }

  /**
   * Finds where each value begins and ends; returns where the next row begins, or -1 when this one is not regular: too
   * many values or too few, anything that is no ASCII, a quote that does not end its value.
   */
  #split(buffer: Buffer, start: number): number {
    const { delimiter, quoted } = this.#layout
    const [from, to] = [this.#from, this.#to]
    const last = from.length - 1
    if (buffer[start] === HASH) return -1
    let at = start
    let all = 0
    for (let column = 0; column <= last; column++) {
      let byte = buffer[at]!
      if (quoted && byte === QUOTE) {
        from[column] = ++at
        for (byte = buffer[at]!; byte !== QUOTE && byte !== LF; byte = buffer[++at]!) all |= byte
        if (byte === LF) return -1
        to[column] = at++
        if (column === last && buffer[at] === CR) at++
        byte = buffer[at]!
        if (byte !== delimiter && byte !== LF) return -1
      } else {
        from[column] = at
        for (; byte !== delimiter && byte !== LF; byte = buffer[++at]!) all |= byte
        to[column] = column === last && at > from[column]! && buffer[at - 1] === CR ? at - 1 : at
      }
      if ((byte === LF) !== (column === last)) return -1
      at++
    }
    return all < 0x80 ? at : -1
  }

  /** What rules say of the value of a column: remembered, or asked now. */
  #known(buffer: Buffer, { at, column, rare }: Read): Known {
    const [from, to] = [this.#from[at]!, this.#to[at]!]
    let hash = 0
    if (rare === null) for (let i = from; i < to; i++) hash = Math.imul(hash ^ buffer[i]!, 0x0100_0193)
    else {
      let gram = 0
      let loud = false
      for (let i = from; i < to; i++) {
        const byte = buffer[i]!
        hash = Math.imul(hash ^ byte, 0x0100_0193)
        gram = (gram >>> 8) | ((byte | 0x20) << 24)
        // Behind an escape any text may stand.
        loud ||= byte === PERCENT || isMarked(rare.table, gram)
      }
      this.#numbers[at] = NONE
      if (!loud) return this.#quiet
    }
    const number = column.dictionary.find(buffer, from, to, hash)
    this.#numbers[at] = number
    if (number !== NONE && !column.dictionary.isNew) return column.known[number]!
    const known = this.#judge(at, buffer.toString('latin1', from, to))
    if (number !== NONE) column.known[number] = known
    return known
  }

  #judge(column: number, text: string): Known {
    const { judge } = this.#lexicon
    const judged = judge.judge(column, text)
    if (judged === null) return { judged, settles: false, holds: false, mark: false, text }
    const { could, found } = judged
    const settles = could.every((bits, i) => (bits & judge.open[i]!) === 0)
    return { judged, settles, holds: found !== null, mark: judged.mark, text }
  }

  /** Is a question left that the row at hand could answer with yes? */
  #isOpen(): boolean {
    const values = this.#read.map(({ at }) => ({ column: at, text: this.#texts[at]!, judged: this.#judged[at]! }))
    return isPossible(this.#lexicon.judge, values)
  }

  // ---- time

  /** Milliseconds since 1970 UTC; NaN for what has not the usual form. */
  #time(buffer: Buffer): number {
    const { time } = this.#layout
    if (!('stamp' in time)) {
      const [day, clock] = [this.#from[time.day]!, this.#from[time.clock]!]
      if (this.#to[time.day]! - day !== 10 || this.#to[time.clock]! - clock !== 8) return Number.NaN
      return this.#midnight(buffer, day) + clockOf(buffer, clock)
    }
    // 2021-03-03T04:23:22.370Z
    const at = this.#from[time.stamp]!
    if (this.#to[time.stamp]! - at !== 24) return Number.NaN
    if (buffer[at + 10] !== 0x54 || buffer[at + 19] !== 0x2e || buffer[at + 23] !== 0x5a) return Number.NaN
    const milli = digits(buffer, at + 20, 3)
    return milli < 0 ? Number.NaN : this.#midnight(buffer, at) + clockOf(buffer, at + 11) + milli
  }

  #midnight(buffer: Buffer, at: number): number {
    const [year, month, day] = [digits(buffer, at, 4), digits(buffer, at + 5, 2), digits(buffer, at + 8, 2)]
    if (year < 1970 || month < 1 || day < 1 || buffer[at + 4] !== 0x2d || buffer[at + 7] !== 0x2d) return Number.NaN
    const number = (year * 100 + month) * 100 + day
    if (number !== this.#day.number) {
      // A day that the calendar does not have would be taken for another.
      const midnight = Date.UTC(year, month - 1, day)
      this.#day = { number, midnight: new Date(midnight).getUTCDate() === day ? midnight : Number.NaN }
    }
    return this.#day.midnight
  }

  // ---- account

  /** What rows with these values in the columns of the context share. */
  #contextOf(): RowContext | null {
    const { context } = this.#layout
    search: for (const known of this.#contexts) {
      for (let i = 0; i < context.length; i++) if (known.numbers[i] !== this.#numbers[context[i]!]) continue search
      return known.context
    }
    const numbers = Int32Array.from(context, (column) => this.#numbers[column]!)
    // Rows of so many hosts or logs are no log of one server: they are read one by one.
    if (numbers.includes(NONE) || this.#contexts.length >= 64) return null
    const found = this.#layout.contextOf(context.map((column) => this.#texts[column]!))
    this.#contexts.push({ numbers, context: found })
    return found
  }

  #count(context: RowContext, time: number, start: number, end: number, base: number, number: number): void {
    const hour = Math.floor(time / HOUR)
    if (context !== this.#context || hour !== this.#hour) {
      this.#close()
      this.#context = context
      this.#hour = hour
      this.#first = this.#least = this.#greatest = time
      context.seen?.(time, (): Place => ({ path: this.#path, offset: base + start, length: end - start, line: number }))
    }
    this.#rows++
    this.#last = time
    if (time < this.#least) this.#least = time
    if (time > this.#greatest) this.#greatest = time
    this.#countClient(context)
  }

  #close(): void {
    const context = this.#context
    if (context === null) return
    this.#context = null
    this.#hour = Number.NaN
    const noPlace = (): Place => ({ path: this.#path, offset: 0, length: 0 })
    context.seen?.(this.#least, noPlace)
    context.seen?.(this.#greatest, noPlace)
    this.#sink.run({
      context,
      rows: this.#rows,
      first: this.#first,
      last: this.#last,
      least: this.#least,
      greatest: this.#greatest,
    })
    this.#rows = 0
  }

  #countClient({ log }: RowContext): void {
    const { client } = this.#layout
    if (client < 0 || !this.#sink.counts(log)) return
    const number = this.#numbers[client]!
    // The first row of a client is told at once, so that clients are known in the order in which they came.
    if (number === NONE) this.#tellClient(this.#texts[client]!, 1)
    else if (this.#lexicon.clientRows[number]!++ === 0) this.#tellClient(this.#texts[client]!, 1)
  }

  #tellClient(value: string, rows: number): void {
    const client = this.#layout.clientOf(value)
    if (client !== null) this.#sink.client(client, rows)
  }

  #tellClients(): void {
    const { client } = this.#layout
    if (client < 0) return
    const { known } = this.#lexicon.columns[client]!
    const { clientRows } = this.#lexicon
    for (let i = 0; i < known.length; i++) {
      const rows = clientRows[i]!
      if (rows > 1) this.#tellClient(known[i]!.text, rows - 1)
      clientRows[i] = 0
    }
  }

  #begin(): void {
    this.#lexicon.user?.emptied(this.#layout.client)
    this.#lexicon.user = this
    this.#contexts.length = 0
    if (this.#lexicon.clientRows.length === 0 && this.#layout.client >= 0)
      this.#lexicon.clientRows = new Int32Array(1 << 15)
  }

  /** The numbers of a column mean nothing any more. */
  emptied(column: number): void {
    if (column === this.#layout.client) this.#tellClients()
    if (this.#layout.context.includes(column)) this.#contexts.length = 0
  }
}

/** Milliseconds since midnight of `04:23:22`; NaN for anything else. */
function clockOf(buffer: Buffer, at: number): number {
  if (buffer[at + 2] !== 0x3a || buffer[at + 5] !== 0x3a) return Number.NaN
  const [hour, minute, second] = [digits(buffer, at, 2), digits(buffer, at + 3, 2), digits(buffer, at + 6, 2)]
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN
  return ((hour * 60 + minute) * 60 + second) * 1000
}

function digits(buffer: Buffer, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = buffer[i]! - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}
