import type { Place } from '../model/event.ts'
import type { LogKind } from '../model/log-kinds.ts'
import type { RowContext, RowLayout, RowTaker, BuildInValue } from '../parsers/row-layout.ts'
import { type CountedTrait, ValueIds } from './value-ids.ts'
import type { FirstRow, PrefilterRule, RowSink } from './rows.ts'

// Rows of one large file in two threads. The one that reads the file is the first; a second one takes rows further on, and
// writes down all that it would tell of them. Where the first arrives at the same row in the same state, it tells what was
// written down instead of taking these rows itself: so both end with the same.

const LF = 10

/** One thing that was told, in plain data. A place is offset, length and line, counted from the first of the stretch. */
type Call =
  | readonly ['seen', context: readonly string[], time: number, offset: number, length: number, line: number]
  | readonly [
      'tell',
      told: BuildInValue,
      host: string | null,
      time: number,
      offset: number,
      length: number,
      line: number,
    ]
  | readonly ['run', context: readonly string[], rows: number, times: readonly [number, number, number, number]]
  | readonly ['device', value: number, client: string, offset: number, length: number, line: number]
  | readonly ['mark', log: LogKind]
  | readonly ['known', offset: number, rules: readonly string[]]

/** Rows that were taken one after another: from the first byte of the first to the end of the last. */
type Stretch = {
  readonly start: number
  readonly end: number
  readonly rows: number
  /** The row behind it must be read as a whole. */
  readonly stops: boolean
  readonly calls: readonly Call[]
  /** Numbers of the values that came up in it, in their order. */
  readonly came: readonly number[]
}

/** A piece of the file, without a gap: its stretches, and of the values in it eight counts each and the number of its one client. */
export type FilePiece = {
  readonly stretches: readonly Stretch[]
  readonly values: Int32Array
  readonly counts: Float64Array
  readonly only: Int32Array
}

/** Traits and values by the number that the second thread gave them. */
export type Met = readonly (readonly [CountedTrait, string, day: number | undefined])[]

/** Instead of the number of a client: there are several; none is named; it is not told. */
const [SEVERAL, NOBODY, UNTOLD] = [-1, -2, -3]

/** Two layouts with the same text are the same: it holds all that a parser makes one of. */
export function layoutText({ made, sources, columns, fields, client, context }: RowLayout): string | null {
  return made === null ? null : JSON.stringify([made, sources, columns, fields, client, context])
}

// ---------------------------------------------------------------- the second thread

/** Takes rows for somebody else: what it would tell is written down. */
export class Recorder {
  readonly #counts: (log: LogKind) => boolean
  readonly #numbers: Readonly<Record<CountedTrait, Map<string, number>>> = {
    client: new Map(),
    agent: new Map(),
    path: new Map(),
    status: new Map(),
    device: new Map(),
    logon: new Map(),
  }
  readonly #names = new ValueIds()
  #size = 0
  #met: Met[number][] = []
  #calls: Call[] = []
  #came: number[] = []
  #values: number[] = []
  #eights: number[] = []
  #only: number[] = []

  constructor(counts: (log: LogKind) => boolean) {
    this.#counts = counts
  }

  /** The layout whose rows are to be taken: what it tells comes here. */
  layout(layout: RowLayout): RowLayout {
    const { telling } = layout
    const tell = (told: BuildInValue, host: string | null, time: number, place: () => Place): void =>
      void this.#calls.push(['tell', told, host, time, ...placeOf(place())])
    return {
      ...layout,
      contextOf: (values) => {
        const context = layout.contextOf(values)
        const seen = (time: number, place: () => Place): void =>
          void this.#calls.push(['seen', values, time, ...placeOf(place())])
        return context && { ...context, ...(context.seen ? { seen } : {}), values }
      },
      ...(telling ? { telling: { ...telling, tell } } : {}),
    }
  }

  sink(): RowSink {
    return {
      run: ({ context, rows, first, last, least, greatest }) =>
        void this.#calls.push(['run', (context as OfValues).values, rows, [first, last, least, greatest]]),
      counts: this.#counts,
      names: this.#names,
      met: (id, row, day) => {
        const number = this.#numberOf(this.#names.traitOf(id), this.#names.valueOf(id), day)
        this.#came.push(number)
        if (row) this.#calls.push(['device', number, row.client, row.offset, row.length, row.line])
        return number
      },
      rows: (_, number, counts, at, only) => {
        this.#values.push(number)
        for (let i = 0; i < 8; i++) this.#eights.push(counts[at + i]!)
        this.#only.push(
          only === undefined ? UNTOLD : only === null ? SEVERAL : only === '' ? NOBODY : this.#numberOf('client', only),
        )
      },
      row: () => {
        throw new Error('single requests cannot be passed ahead')
      },
      device: () => {
        throw new Error('single requests cannot be passed ahead')
      },
      logon: () => {
        throw new Error('single requests cannot be passed ahead')
      },
      mark: (log) => void this.#calls.push(['mark', log]),
      // Nobody knows here which hits have been kept before: whoever does gets the row as a whole.
      isFull: () => false,
      known: (offset, rules) => void this.#calls.push(['known', offset, rules.map(({ info }) => info.id)]),
      more: () => {
        throw new Error('no hit is only counted ahead')
      },
    }
  }

  /**
   * Takes the rows of a piece as a reader does who gets it in chunks: from the beginning of a line on, and of each chunk up
   * to the last line end before `to`. Null where that is left to the reader: it may come to another state in the middle of
   * it, or must read more than `most` rows of a chunk as a whole.
   */
  take(
    taker: RowTaker,
    buffer: Buffer,
    from: number,
    chunks: readonly number[],
    base: number,
    most: number,
  ): FilePiece | null {
    // A reader lets nobody take rows of bytes with zeros in them.
    const stretches = buffer.includes(0, from) ? null : this.#stretches(taker, buffer, from, chunks, base, most)
    taker.finish()
    const piece = stretches && {
      stretches,
      values: Int32Array.from(this.#values),
      counts: Float64Array.from(this.#eights),
      only: Int32Array.from(this.#only),
    }
    this.#values = []
    this.#eights = []
    this.#only = []
    return piece
  }

  #stretches(
    taker: RowTaker,
    buffer: Buffer,
    from: number,
    chunks: readonly number[],
    base: number,
    most: number,
  ): Stretch[] | null {
    const all: Stretch[] = []
    let at = from
    for (const to of chunks) {
      const last = buffer.lastIndexOf(LF, to - 1)
      for (let whole = 0; at <= last; whole++) {
        const rows = taker.take(buffer, at, to, base, 0)
        const { end } = taker
        const stops = end <= last
        all.push({ start: base + at, end: base + end, rows, stops, calls: this.#calls, came: this.#came })
        this.#calls = []
        this.#came = []
        at = stops ? buffer.indexOf(LF, end) + 1 : end
        if (stops && (whole === most || isHeaderOrQuoted(buffer.subarray(end, at)))) return null
      }
    }
    return all.length === 0 ? null : all
  }

  /** How many values it knows. */
  get size(): number {
    return this.#size
  }

  /** Values that were met since this was asked last. */
  met(): Met {
    const met = this.#met
    this.#met = []
    return met
  }

  #numberOf(trait: CountedTrait, value: string, day?: number): number {
    const numbers = this.#numbers[trait]
    const key = day === undefined ? value : `${day} ${value}`
    let number = numbers.get(key)
    if (number === undefined) {
      numbers.set(key, (number = this.#size++))
      this.#met.push([trait, value, day])
    }
    return number
  }
}

type OfValues = RowContext & { readonly values: readonly string[] }

/** Another layout may begin there, or a value that reaches over several lines. */
function isHeaderOrQuoted(line: Buffer): boolean {
  const beginsWithDigit = line[0]! >= 48 && line[0]! <= 57
  return !beginsWithDigit || line.includes(34)
}

function placeOf({ offset, length, line = 0 }: Place): [number, number, number] {
  return [offset, length, line]
}

// ---------------------------------------------------------------- the first thread

/** The piece that the second thread has taken of the rows from one place on. `text` is that of the layout. */
export type Ahead = {
  take(
    layout: RowLayout,
    text: string,
    start: number,
    to: number,
  ): { readonly piece: FilePiece; readonly met: Met } | null
}

/** What was taken ahead is not what the reader came to: the file must be read anew, by one thread. */
export class TookOtherRows extends Error {}

/** Takes rows as the reader does that it is made of, and tells of those that were taken ahead. */
export class AheadRows implements RowTaker {
  readonly #path: string
  readonly #layout: RowLayout
  readonly #text: string
  readonly #taker: RowTaker
  readonly #sink: RowSink
  readonly #ahead: Ahead
  readonly #rules: ReadonlyMap<string, PrefilterRule>
  readonly #contexts = new Map<string, RowContext | null>()
  /** The number here of each value by the number that the other thread gave it. */
  readonly #numbers: number[] = []
  /** The piece that is being told, and which of its stretches comes next. */
  #open: { readonly piece: FilePiece; readonly met: Met; next: number } | null = null
  /** Where the row begins of which it is known that it must be read as a whole. */
  #stopsAt = -1
  end = 0

  constructor(
    path: string,
    { layout, text }: { readonly layout: RowLayout; readonly text: string },
    taker: RowTaker,
    sink: RowSink,
    ahead: Ahead,
    rules: readonly PrefilterRule[],
  ) {
    this.#path = path
    this.#layout = layout
    this.#text = text
    this.#taker = taker
    this.#sink = sink
    this.#ahead = ahead
    this.#rules = new Map(rules.map((rule) => [rule.info.id, rule]))
  }

  take(buffer: Buffer, from: number, to: number, base: number, number: number): number {
    const start = base + from
    if (start === this.#stopsAt) {
      this.end = from
      return 0
    }
    this.#passOver(start)
    if (this.#open === null) {
      const found = this.#ahead.take(this.#layout, this.#text, start, base + to)
      if (found === null) {
        const rows = this.#taker.take(buffer, from, to, base, number)
        this.end = this.#taker.end
        return rows
      }
      this.#open = { ...found, next: 0 }
    }
    const { piece, met, next } = this.#open
    const stretch = piece.stretches[next]!
    if (stretch.start !== start) throw new TookOtherRows()
    if (stretch.end > base + to) {
      // The last line of a chunk ends in the next.
      this.end = from
      return 0
    }
    for (const call of stretch.calls) this.#call(call, number)
    for (const value of stretch.came) this.#numberOf(met, value)
    this.#open.next++
    if (next + 1 === piece.stretches.length) this.#close()
    this.end = stretch.end - base
    this.#stopsAt = stretch.stops ? stretch.end : -1
    return stretch.rows
  }

  /** A row that the reader takes as a whole without asking here: nothing was taken ahead at its place. */
  #passOver(start: number): void {
    while (this.#open !== null) {
      const { piece, next } = this.#open
      const { start: from, end, rows } = piece.stretches[next]!
      if (from >= start || end !== from || rows > 0) return
      this.#open.next++
      if (next + 1 === piece.stretches.length) this.#close()
    }
  }

  finish(): void {
    this.#passOver(Infinity)
    if (this.#open !== null) throw new TookOtherRows()
    this.#taker.finish()
  }

  #call(call: Call, number: number): void {
    switch (call[0]) {
      case 'seen': {
        const [, values, time, ...place] = call
        this.#contextOf(values)?.seen?.(time, () => this.#place(place, number))
        return
      }
      case 'tell': {
        const [, told, host, time, ...place] = call
        this.#layout.telling!.tell(told, host, time, () => this.#place(place, number))
        return
      }
      case 'run': {
        const [, values, rows, [first, last, least, greatest]] = call
        this.#sink.run({ context: this.#contextOf(values)!, rows, first, last, least, greatest })
        return
      }
      case 'device': {
        const [, value, client, ...place] = call
        const { offset, length, line = 0 } = this.#place(place, number)
        this.#meet(this.#open!.met[value]!, { offset, length, line, client })
        return
      }
      case 'mark':
        this.#sink.mark(call[1])
        return
      case 'known': {
        const [, offset, ids] = call
        this.#sink.known(
          offset,
          ids.map((id) => this.#rules.get(id)!),
        )
      }
    }
  }

  #contextOf(values: readonly string[]): RowContext | null {
    const key = values.join('\n')
    let context = this.#contexts.get(key)
    if (context === undefined) this.#contexts.set(key, (context = this.#layout.contextOf(values)))
    return context
  }

  #place([offset, length, line]: readonly [number, number, number], number: number): Place {
    // Where nobody asks for the place of a time there is none.
    return length === 0
      ? { path: this.#path, offset, length }
      : { path: this.#path, offset, length, line: number + line }
  }

  #numberOf(met: Met, value: number): number {
    return (this.#numbers[value] ??= this.#meet(met[value]!))
  }

  #meet([trait, value, day]: Met[number], row?: FirstRow): number {
    return this.#sink.met(this.#sink.names.of(trait, value), row, day)
  }

  /** The rows of the piece are all told: now how many have which values. */
  #close(): void {
    const { piece, met } = this.#open!
    this.#open = null
    for (const [i, value] of piece.values.entries()) {
      const client = piece.only[i]!
      const only = client === UNTOLD ? undefined : client === SEVERAL ? null : client === NOBODY ? '' : met[client]![1]
      this.#sink.rows(met[value]![0], this.#numberOf(met, value), piece.counts, 8 * i, only)
    }
  }
}
