import type { RuleInfo } from '../model/rule.ts'
import type { Event, Fields, Place } from '../model/event.ts'
import type { LogKind } from '../model/log-kinds.ts'
import { deviceColumns, deviceOf, type DeviceRequest } from '../parsers/exchange/active-sync.ts'
import { type CountedLogon, logonColumns, logonOf } from '../parsers/exchange/logons.ts'
import {
  columnOf,
  type RowContext,
  type RowLayout,
  type RowTaker,
  SERVED,
  traitColumns,
} from '../parsers/row-layout.ts'
import type { CountedTrait, ValueIds } from './value-ids.ts'
import { Dictionary, NONE } from './dictionary.ts'

/**
 * What one value says about questions of rules. A question has a number; `could` has a bit for each. An item stands for
 * one of the groups of texts that a question needs: question * 8 + group.
 */
export type JudgedValue = {
  /**
   * Those that can still be answered with yes, as far as it is known: what needs a text is asked when the text was found. Values
   * may share it.
   */
  readonly could: Uint32Array
  /** Texts that stand here. */
  readonly items: readonly number[]
  /** Numbers of rules that match every row with this value. */
  readonly sure: readonly number[]
  /** The account wants to know that the file has it. */
  readonly mark: boolean
}

/** What is known of a rule here. */
export type PrefilterRule = { readonly info: RuleInfo; match(event: Event): readonly string[] | null }

/** A text (folded), and the items for which it stands. */
export type RowLiteral = {
  readonly text: string
  readonly items: readonly number[]
  /** Only where it stands at the end of a value. */
  readonly isEnd?: true
}

export type RowQuestion = {
  /** Number of its rule. */
  readonly rule: number
  /** A bit for each group of texts of which one must stand in the row. */
  readonly full: number
  /** Columns that are read as values and decide it once its texts stand there; null where more than these does. */
  readonly decidedBy: readonly number[] | null
  /** Those of them that are compared with one another, whose values together may rule it out; null where that is none or all. */
  readonly comparedBy: readonly number[] | null
  /** Columns of which one value alone may rule it out. */
  readonly refusedBy: readonly number[]
  /** Its texts are looked for as the row is written: behind an escape they do not count. */
  readonly asWritten: boolean
}

/** Instead of a column: the whole row. */
export const ROW = -1

/** Judges values for all files that have the same columns. */
export type Judge = {
  /** Columns whose values matter; in a column of texts nothing matters but which texts stand there. */
  readonly columns: readonly ('skip' | 'read' | 'text')[]
  /** Columns that are read of which every value must be known; values of others matter where a question is left. */
  readonly isEager: readonly boolean[]
  /** Columns of which it is enough to search them for texts, as long as no question is left. */
  readonly isSearched: readonly boolean[]
  /** Those in which no other texts are looked for than such as may stand anywhere in a row. */
  readonly isAnywhere: readonly boolean[]
  /** Questions, in the order of their numbers; those that need no text come first, in `openWords` words of bits. */
  readonly questions: readonly RowQuestion[]
  readonly open: Uint32Array
  readonly openWords: number
  readonly rules: readonly PrefilterRule[]
  /** Rows are counted by the values of these columns together (eight at most), with the sum of the numbers in one more (-1: none). */
  readonly groups?: { readonly by: readonly number[]; readonly size: number } | undefined
  /** Null: a row that has this value is read as a whole. `found`: items of its texts, where they are known. */
  judge(column: number, value: string, found?: readonly number[]): JudgedValue | null
  /** All texts that are looked for in a column; of the one behind the last: across the border. */
  texts(column: number): readonly RowLiteral[]
  /** The same for new values of a column that is read; some of them only show what a value refuses. */
  textsOfValues(column: number): readonly RowLiteral[]
  /** A column which is searched together with the next for texts that reach over their border; -1 for none. */
  readonly border: number
  /** Items of the texts that reach over the border of two values. */
  across(left: string, right: string): readonly number[]
  /** Items of the texts that stand in a value, in any of its forms. Null: the row is read as a whole. */
  found(column: number, value: string): readonly number[] | null
  /** Which of these questions cannot be answered with yes where this value stands in this column? */
  refused(questions: readonly number[], column: number, value: string): readonly number[]
  /**
   * The answer to a question, of a row whose values are known, or of its values in some columns only; undefined where only
   * the event of the row has it. The text of the column `ROW` is that of the row, or empty. `at`: the same for two questions about one row, and for no other row; -1 where no more are asked.
   */
  answer(
    question: number,
    at: number,
    textOf: (column: number) => string,
    only?: readonly number[],
  ): boolean | undefined
}

/**
 * Rows of one context and hour. Times are ms since 1970 UTC: of its first row, of the row that was read last, and the least and
 * the greatest. Runs are told in the order of their first rows.
 */
export type RowRun = {
  readonly context: RowContext
  readonly rows: number
  readonly first: number
  readonly last: number
  readonly least: number
  readonly greatest: number
}

/** The first row of a value: its place in the file, and its client. */
export type FirstRow = {
  readonly offset: number
  readonly length: number
  readonly line: number
  readonly client: string
}

/** Takes the account of rows that become no event. */
export type RowSink = {
  run(run: RowRun): void
  /** Are the requests of this log counted? */
  counts(log: LogKind): boolean
  /** The values by which requests are counted, as they are known from file to file. */
  readonly names: ValueIds
  /**
   * A request has such a value (its number in `names`): they are known in the order in which they came. The number that it has in the
   * tables of the file. For devices and logons the row is given, too, in an object that is used again for the next one, and for logons
   * the day of their rows (since 1970 UTC), which has a number of its own.
   */
  met(id: number, row?: FirstRow, day?: number): number
  /**
   * Rows with a value that was met, at `at`: how many, first and last time, statuses (2xx to 5xx) and bytes; and the one
   * client that they have, empty where none is named, null where there are several, undefined where it is not told.
   */
  rows(trait: CountedTrait, number: number, counts: Float64Array, at: number, only: string | null | undefined): void
  /** One request, with the fields that tell its traits and its bytes. */
  row(client: string | null, time: number, fields: Fields): void
  /** One request of a mobile device. */
  device(request: DeviceRequest, time: number, at: Place): void
  /** One logon. */
  logon(logon: CountedLogon, time: number, at: Place): void
  /** Counts rows by the values that they have in some columns together, where the judge names such columns. */
  readonly groups?: RowGroups
  /** The first row of the file with a value that bears a mark. */
  mark(log: LogKind): void
  /**
   * Would a further hit of a rule in a row of this host and day (since 1970 UTC) only be counted? `client`: undefined where it is not
   * known. What was true once stays true to the end of the file.
   */
  isFull(rule: PrefilterRule, client: string | null | undefined, host: string | null, day: number): boolean
  /** Of all rules none but these match the row that begins there, which is read as a whole. */
  known(offset: number, rules: readonly PrefilterRule[]): void
  /** Rows that a rule matched and of which nothing is kept but that they were there. */
  more(rule: PrefilterRule, rows: number, first: number, last: number): void
}

/** Takes the account of groups of rows. */
export type RowGroups = {
  /** Somebody counts from now on; what was counted before by others is told first. */
  turn(tell: () => void): void
  /** What stands for the rows that have these values. Asked in the order of the first rows. */
  of(valueIn: (column: number) => string): unknown
  /** So many rows more: the beginning of their hour (ms since 1970 UTC) and the sum of their sizes. */
  rows(group: unknown, rows: number, time: number, size: number): void
}

const HOUR = 3_600_000
const LF = 10
const CR = 13
const QUOTE = 34
const HASH = 35
/** A longer row is read as a whole. */
const LONGEST = 65_536

/** What is known of one distinct value. */
type Known = {
  /** Null: a row that has it is read as a whole. */
  readonly judged: JudgedValue | null
  /** It alone rules out every question that needs no text. */
  readonly settles: boolean
  readonly text: string
}

/** A column that is read, and its place in the row. */
type Read = { readonly at: number; readonly column: Column }

type Column = { readonly kind: 'skip' | 'read' | 'text'; readonly dictionary: Dictionary; known: Known[] }

/** Values that were met in one kind of log, and what rules say of them; kept from file to file. */
export class ValueCache {
  /** Requests are told one by one. */
  readonly isFast = false
  readonly judge: Judge
  readonly columns: readonly Column[]
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
  readonly #lexicon: ValueCache
  readonly #sink: RowSink
  readonly #path: string
  readonly #judge: Judge
  readonly #read: readonly Read[]
  /** Columns that tell the traits of a request but its client, and the bytes of the answer. */
  readonly #told: readonly number[]
  readonly #status: number
  readonly #device: ReturnType<typeof deviceColumns>
  readonly #logon: ReturnType<typeof logonColumns>
  /** Columns in which texts are looked for. */
  readonly #searched: readonly number[]
  /** Groups of each question of which a text stands in the row at hand. */
  readonly #groups: Uint8Array
  readonly #contexts: { readonly numbers: Int32Array; readonly context: RowContext | null }[] = []
  // The row at hand: of each column where its value begins and ends, its number, its text and what was said of it.
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #numbers: Int32Array
  readonly #texts: string[]
  readonly #judged: JudgedValue[] = []
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

  constructor(path: string, layout: RowLayout, lexicon: ValueCache, sink: RowSink) {
    this.#layout = layout
    this.#lexicon = lexicon
    this.#sink = sink
    this.#path = path
    const { judge, columns } = lexicon
    this.#judge = judge
    this.#read = columns.flatMap((column, at) => (column.kind === 'read' ? [{ at, column }] : []))
    this.#searched = columns.flatMap(({ kind }, at) => (kind === 'text' ? [at] : []))
    this.#groups = new Uint8Array(judge.questions.length)
    this.#status = columnOf(layout, 'sc-status')
    this.#device = deviceColumns(layout)
    this.#logon = logonColumns(layout)
    const traits = traitColumns(layout)
    traits.delete('client')
    this.#told = [...traits.values(), columnOf(layout, 'sc-bytes')].filter((column) => column >= 0)
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
    this.#contexts.length = 0
  }

  /** Reads one row; returns where the next begins, or -1 when this one must be read as a whole. */
  #row(buffer: Buffer, start: number, base: number, number: number): number {
    const next = this.#split(buffer, start)
    if (next < 0 || next - start > LONGEST) return -1
    let settled = false
    let mark = false
    const items: number[] = []
    for (const column of this.#read) {
      const { judged, settles, text } = this.#known(buffer, column)
      if (judged === null || judged.sure.length > 0) return -1
      settled ||= settles
      mark ||= judged.mark
      this.#texts[column.at] = text
      this.#judged[column.at] = judged
      for (const item of judged.items) items.push(item)
    }
    for (const column of this.#searched) {
      const found = this.#judge.found(column, this.#textOf(buffer, column))
      if (found === null) return -1
      for (const item of found) items.push(item)
    }
    const { border } = this.#judge
    if (border >= 0)
      for (const item of this.#judge.across(this.#textOf(buffer, border), this.#textOf(buffer, border + 1)))
        items.push(item)
    if (this.#isPossible(buffer, settled, items)) return -1

    const time = this.#time(buffer)
    const context = Number.isNaN(time) ? null : this.#contextOf()
    if (context === null) return -1
    const place = (): Place => ({ path: this.#path, offset: base + start, length: next - start, line: number })
    this.#count(context, time, buffer, place)
    this.#tell(context, time, place, buffer)
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
  #known(buffer: Buffer, { at, column }: Read): Known {
    const [from, to] = [this.#from[at]!, this.#to[at]!]
    let hash = 0
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ buffer[i]!, 0x0100_0193)
    const number = column.dictionary.find(buffer, from, to, hash)
    this.#numbers[at] = number
    if (number !== NONE && !column.dictionary.isNew) return column.known[number]!
    const text = this.#textOf(buffer, at)
    const said = this.#judge.judge(at, text)
    // What is found out later is added to it.
    const judged = said && { ...said, could: Uint32Array.from(said.could) }
    const settles = judged !== null && this.#judge.open.every((bits, i) => (bits & judged.could[i]!) === 0)
    const known = { judged, settles, text }
    if (number !== NONE) column.known[number] = known
    return known
  }

  #textOf(buffer: Buffer, column: number): string {
    return buffer.toString('latin1', this.#from[column], this.#to[column])
  }

  /** Is a question left that the row at hand could answer with yes? */
  #isPossible(buffer: Buffer, settled: boolean, items: readonly number[]): boolean {
    const { open, openWords, questions } = this.#judge
    for (let word = 0; !settled && word < openWords; word++) {
      let left = open[word]!
      for (const { at } of this.#read) left &= this.#judged[at]!.could[word]!
      for (; left !== 0; left &= left - 1)
        if (this.#mayAnswer(buffer, word * 32 + 31 - Math.clz32(left & -left))) return true
    }
    for (const item of items) this.#groups[item >>> 3]! |= 1 << (item & 7)
    const whole = items.filter((item) => this.#groups[item >>> 3] === questions[item >>> 3]!.full)
    for (const item of items) this.#groups[item >>> 3] = 0
    return whole.some((item) => this.#mayAnswer(buffer, item >>> 3))
  }

  /** Could the row at hand answer a question with yes? What one of its values refuses is remembered with that value. */
  #mayAnswer(buffer: Buffer, question: number): boolean {
    const [word, bit] = [question >>> 5, 1 << (question & 31)]
    for (const at of this.#judge.questions[question]!.refusedBy) {
      if (this.#judge.columns[at] !== 'read') continue
      const { could } = this.#judged[at]!
      if ((could[word]! & bit) !== 0 && this.#judge.refused([question], at, this.#texts[at]!).length > 0)
        could[word]! &= ~bit
      if ((could[word]! & bit) === 0) return false
    }
    const textOf = (column: number): string => (column === ROW ? '' : this.#textOf(buffer, column))
    return this.#judge.answer(question, -1, textOf) !== false
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

  /** What the row tells of the server. */
  #tell({ host }: RowContext, time: number, place: () => Place, buffer: Buffer): void {
    const { telling } = this.#layout
    const told = telling?.of(this.#texts[telling.column]!) ?? null
    if (told && SERVED.has(this.#status < 0 ? '' : this.#textOf(buffer, this.#status)))
      telling!.tell(told, host, time, place)
  }

  #count(context: RowContext, time: number, buffer: Buffer, place: () => Place): void {
    const hour = Math.floor(time / HOUR)
    if (context !== this.#context || hour !== this.#hour) {
      this.#close()
      this.#context = context
      this.#hour = hour
      this.#first = this.#least = this.#greatest = time
      context.seen?.(time, place)
    }
    this.#rows++
    this.#last = time
    if (time < this.#least) this.#least = time
    if (time > this.#greatest) this.#greatest = time
    this.#countRequest(context, time, buffer, place)
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

  #countRequest({ log }: RowContext, time: number, buffer: Buffer, place: () => Place): void {
    const { client: column, isRequests } = this.#layout
    if (!isRequests || !this.#sink.counts(log)) return
    const fields: Record<string, Fields[string]> = {}
    for (const at of this.#told) Object.assign(fields, this.#layout.fieldsOf(at, this.#textOf(buffer, at)))
    const client = column < 0 ? null : this.#layout.clientOf(this.#texts[column]!)
    this.#sink.row(client, time, fields)
    for (const at of Object.values({ ...this.#device, ...this.#logon }))
      if (at >= 0) Object.assign(fields, this.#layout.fieldsOf(at, this.#textOf(buffer, at)))
    const device = this.#device === null ? null : deviceOf(fields, client, log)
    if (device !== null) this.#sink.device(device, time, place())
    const logon = this.#logon === null ? null : logonOf(fields, client, log)
    if (logon !== null) this.#sink.logon(logon, time, place())
  }

  #begin(): void {
    this.#lexicon.user = this
    this.#contexts.length = 0
  }

  /** The numbers of a column mean nothing any more. */
  emptied(column: number): void {
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
