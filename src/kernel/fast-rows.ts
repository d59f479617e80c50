import { existsSync, readFileSync } from 'node:fs'
import type { Place } from '../model.ts'
import type { RowContext, RowLayout, RowTaker } from '../parsers/parser.ts'
import { isPossible, type Judge, type Judged, type Rare, type RowSink, TABLE } from './row-reader.ts'
import { Instance, Module, type WasmMemory, type WasmModule, type WasmNumber } from './wasm.ts'

/** What the kernel exports: see assembly/rows.ts. */
type Kernel = {
  readonly memory: WasmMemory
  readonly at: WasmNumber
  readonly lines: WasmNumber
  readonly column: WasmNumber
  readonly value: WasmNumber
  layOut(
    base: number,
    columns: number,
    reads: number,
    context: number,
    words: number,
    openWords: number,
    valueBits: number,
    runs: number,
  ): number
  setForm(
    delimiter: number,
    quoted: boolean,
    day: number,
    clock: number,
    stamped: boolean,
    client: number,
    limit: number,
  ): void
  tables(): number
  contextTable(): number
  openTable(): number
  needyTable(): number
  numberTable(): number
  maskTable(): number
  runTable(): number
  clientTable(): number
  rowTable(): number
  placeTable(): number
  countOfRuns(): number
  countOfClients(): number
  mark(): number
  forget(): void
  forgetContexts(): void
  judge(number: number, known: number): void
  addContext(counts: boolean): void
  clearRows(number: number): void
  taken(): void
  take(from: number, end: number, before: number, passed: boolean): number
}

// Why it stopped, and what is known of a value.
const [WHOLE, NEW, FULL, CONTEXT, HELD] = [1, 2, 3, 4, 6]
const [JUDGED, SETTLES, HOLDS, MARK, ASKS] = [1, 2, 4, 8, 16]
const NONE = 0xffff_ffff

/** Bytes that are looked at together, values that are remembered, and the bytes of these. */
const SIZE = { chunk: 256 * 1024, runs: 1024, contexts: 64, arena: 16 << 20 }
const PAD = 64
const BASE = 64
const LF = 10

let compiled: WasmModule | null | undefined

/** The kernel as it was built; null where it was not, and rows are read in plain TypeScript. */
function kernel(): WasmModule | null {
  if (compiled === undefined) {
    const found = ['rows.wasm', '../../dist/kernel/rows.wasm']
      .map((path) => new URL(path, import.meta.url))
      .find((url) => existsSync(url))
    compiled = found === undefined ? null : new Module(readFileSync(found))
  }
  return compiled
}

/** Values that were met in one kind of log, and what rules say of them, in the memory of the kernel; kept from file to file. */
export class FastLexicon {
  readonly judge: Judge
  readonly kernel: Kernel
  readonly bytes: Buffer
  readonly words: Uint32Array
  readonly floats: Float64Array
  /** The text of each value, and what was said of it, by its number. */
  readonly texts: string[] = []
  readonly judged: (Judged | null)[] = []
  /** Columns that are read. */
  readonly #reads: readonly number[]
  /** Who counts at present. */
  user: FastRows | null = null

  /** Null where there is no kernel. */
  static of(judge: Judge, layout: RowLayout): FastLexicon | null {
    const module = kernel()
    return module && new FastLexicon(module, judge, layout)
  }

  private constructor(module: WasmModule, judge: Judge, layout: RowLayout) {
    this.judge = judge
    this.kernel = new Instance(module, { env: {} }).exports as unknown as Kernel
    const reads = judge.columns.flatMap((kind, column) => (kind === 'read' ? [column] : []))
    const { length } = judge.open
    this.#reads = reads
    // Tables of grams that are alike stand once.
    const tables: Rare[] = []
    const tableOf = reads.map((column): number => {
      const rare = judge.rare[column]!
      if (rare === null) return -1
      const known = tables.findIndex(({ table }) => Buffer.compare(table, rare.table) === 0)
      return known >= 0 ? known : tables.push(rare) - 1
    })
    const firstTable = BASE + SIZE.chunk + PAD
    const base = firstTable + tables.length * TABLE
    const bits = length <= 8 ? 17 : 15
    const end = this.kernel.layOut(
      base,
      layout.columns.length,
      reads.length,
      layout.context.length,
      length,
      judge.openWords,
      bits,
      SIZE.runs,
    )
    const { memory } = this.kernel
    memory.grow(Math.ceil((end + SIZE.arena + PAD - memory.buffer.byteLength) / 65_536))
    this.bytes = Buffer.from(memory.buffer)
    this.words = new Uint32Array(memory.buffer)
    this.floats = new Float64Array(memory.buffer)
    for (const [i, { table }] of tables.entries()) this.bytes.set(table, firstTable + i * TABLE)
    for (const [i, column] of reads.entries()) {
      const table = tableOf[i]!
      const rare = tables[table]
      const read = [column, rare ? firstTable + table * TABLE : 0, rare ? rare.stride : 0]
      this.words.set(read, this.kernel.tables() / 4 + 4 * i)
    }
    for (const [i, column] of layout.context.entries())
      this.words[this.kernel.contextTable() / 4 + i] = reads.indexOf(column)
    this.words.set(judge.open, this.kernel.openTable() / 4)
    this.words.set(judge.needy, this.kernel.needyTable() / 4)
    const { time } = layout
    const stamped = 'stamp' in time
    this.kernel.setForm(
      layout.delimiter,
      layout.quoted,
      stamped ? time.stamp : time.day,
      stamped ? 0 : time.clock,
      stamped,
      layout.client < 0 ? NONE : reads.indexOf(layout.client),
      end + SIZE.arena,
    )
  }

  reader(path: string, layout: RowLayout, sink: RowSink): RowTaker {
    return new FastRows(path, layout, this, sink)
  }

  /** Writes down what rules say of the value that the kernel stopped at. */
  learn(column: number, number: number): void {
    const place = this.kernel.placeTable() / 4 + 2 * column
    const text = this.bytes.toString('latin1', this.words[place], this.words[place + 1])
    this.texts[number] = text
    const judged = this.judge.judge(column, text)
    this.judged[number] = judged
    if (judged !== null) this.#write(number, judged)
    this.kernel.judge(number, judged === null ? JUDGED | ASKS : JUDGED | this.#known(judged))
  }

  /** Could the row at hand answer a question with yes? What is found out is written down. */
  isPossible(): boolean {
    const numbers = this.#reads.map((_, i) => this.words[this.kernel.numberTable() / 4 + i]!)
    const values = this.#reads.flatMap((column, i) => {
      const number = numbers[i]!
      return number === NONE ? [] : [{ column, text: this.texts[number]!, judged: this.judged[number]! }]
    })
    const possible = isPossible(this.judge, values)
    for (const number of numbers) if (number !== NONE) this.#write(number, this.judged[number]!)
    return possible
  }

  #write(number: number, { could, found }: Judged): void {
    const { length } = could
    const at = this.kernel.maskTable() / 4 + number * 2 * length
    this.words.set(could, at)
    if (found) this.words.set(found, at + length)
    else this.words.fill(0, at + length, at + 2 * length)
  }

  #known({ could, found, mark }: Judged): number {
    const settles = this.judge.open.every((bits, i) => (bits & could[i]!) === 0)
    return (settles ? SETTLES : 0) | (found ? HOLDS : 0) | (mark ? MARK : 0)
  }

  /** Forgets all values: there is no room for more. */
  forget(): void {
    this.kernel.forget()
    this.texts.length = 0
    this.judged.length = 0
  }
}

/** Does what `RowReader` does, with the kernel for its inner loop. */
class FastRows implements RowTaker {
  readonly #path: string
  readonly #layout: RowLayout
  readonly #lexicon: FastLexicon
  readonly #sink: RowSink
  #contexts: RowContext[] = []
  /** Numbers of clients whose first row was told. */
  #clients: number[] = []
  #isMarked = false
  /** What of the file lies in the kernel's memory. */
  #window = { start: 0, length: 0 }
  end = 0

  constructor(path: string, layout: RowLayout, lexicon: FastLexicon, sink: RowSink) {
    this.#path = path
    this.#layout = layout
    this.#lexicon = lexicon
    this.#sink = sink
  }

  take(buffer: Buffer, from: number, to: number, base: number, number: number): number {
    const { kernel } = this.#lexicon
    if (this.#lexicon.user !== this) this.#begin()
    let rows = 0
    let passed = false
    this.end = from
    while (this.#look(buffer, this.end, to, base)) {
      const { start, length } = this.#window
      const why = kernel.take(BASE + base + this.end - start, BASE + length, rows, passed)
      const before = rows
      rows = kernel.lines.value >>> 0
      this.end = (kernel.at.value >>> 0) - BASE + start - base
      // What was found out of the first row holds for as long as it is the first.
      passed = why === HELD || (passed && rows === before && why !== NEW)
      if (why === NEW) this.#lexicon.learn(kernel.column.value >>> 0, kernel.value.value >>> 0)
      else if (why === HELD) {
        if (this.#lexicon.isPossible()) break
      } else {
        if (why === CONTEXT ? !this.#addContext() : why === WHOLE) break
        if (why !== CONTEXT) this.#tell(number)
        if (why === FULL) this.#forget()
      }
    }
    this.#tell(number)
    return rows
  }

  finish(): void {
    if (this.#lexicon.user === this) this.#tellClients()
  }

  /** Brings bytes into the kernel's memory, where they are not there yet; false when no whole row is left. */
  #look(buffer: Buffer, from: number, to: number, base: number): boolean {
    const { start, length } = this.#window
    const at = base + from
    if (at >= start && at < start + length) return true
    const most = Math.min(from + SIZE.chunk, to)
    const last = from < most ? buffer.lastIndexOf(LF, most - 1) : -1
    if (last < from) return false
    this.#window = { start: at, length: last + 1 - from }
    buffer.copy(this.#lexicon.bytes, BASE, from, last + 1)
    return true
  }

  #begin(): void {
    this.#lexicon.user?.finish()
    this.#lexicon.user = this
    this.#lexicon.kernel.taken()
    this.#lexicon.kernel.forgetContexts()
    this.#contexts = []
    this.#window = { start: 0, length: 0 }
  }

  #forget(): void {
    this.#tellClients()
    this.#contexts = []
    this.#lexicon.forget()
  }

  /** False where the row must be read as a whole. */
  #addContext(): boolean {
    const { kernel, words, bytes } = this.#lexicon
    if (this.#contexts.length >= SIZE.contexts) return false
    const places = kernel.placeTable() / 4
    const values = this.#layout.context.map((column) =>
      bytes.toString('latin1', words[places + 2 * column], words[places + 2 * column + 1]),
    )
    const context = this.#layout.contextOf(values)
    if (context === null) return false
    this.#contexts.push(context)
    kernel.addContext(this.#sink.counts(context.log))
    return true
  }

  /** Tells of the rows that were counted. */
  #tell(number: number): void {
    const { kernel, words, floats } = this.#lexicon
    const runs = kernel.countOfRuns()
    for (let i = 0; i < runs; i++) {
      const at = kernel.runTable() / 4 + 16 * i
      const times = at / 2 + 3
      const context = this.#contexts[words[at]!]!
      const [from, next, line] = [words[at + 2]!, words[at + 3]!, words[at + 4]!]
      const [first, last, least, greatest] = [
        floats[times]!,
        floats[times + 1]!,
        floats[times + 2]!,
        floats[times + 3]!,
      ]
      const place = (): Place => ({
        path: this.#path,
        offset: this.#window.start + from - BASE,
        length: next - from,
        line: number + line,
      })
      context.seen?.(first, place)
      context.seen?.(least, place)
      context.seen?.(greatest, place)
      this.#sink.run({ context, rows: words[at + 1]!, first, last, least, greatest })
    }
    const clients = kernel.countOfClients()
    for (let i = 0; i < clients; i++) {
      const client = words[kernel.clientTable() / 4 + i]!
      this.#clients.push(client)
      this.#tellClient(client, 1)
    }
    const mark = kernel.mark()
    if (mark >>> 0 !== NONE && !this.#isMarked) {
      this.#isMarked = true
      this.#sink.mark(this.#contexts[mark]!.log)
    }
    kernel.taken()
  }

  #tellClients(): void {
    const { kernel, words } = this.#lexicon
    for (const number of this.#clients) {
      const rows = words[kernel.rowTable() / 4 + number]!
      if (rows > 1) this.#tellClient(number, rows - 1)
      kernel.clearRows(number)
    }
    this.#clients = []
  }

  #tellClient(number: number, rows: number): void {
    const client = this.#layout.clientOf(this.#lexicon.texts[number]!)
    if (client !== null) this.#sink.client(client, rows)
  }
}
