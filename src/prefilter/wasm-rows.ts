import { splitCsv } from '../lib/csv.ts'
import type { Trait } from '../model/scan.ts'
import type { Place } from '../model/event.ts'
import { isProxyLog } from '../model/log-kinds.ts'
import {
  columnOf,
  type RowContext,
  type RowLayout,
  type RowTaker,
  type BuildInValue,
  traitColumns,
  traitOf,
} from '../parsers/row-layout.ts'
import { NumberLists } from './arena.ts'
import { deviceColumns, deviceIn, isOfDevices, OF_PROXY } from '../parsers/exchange/active-sync.ts'
import { isLogonValue, logonColumns, logonIn, shownAt } from '../parsers/exchange/logons.ts'
import { type FirstRow, type Judge, type JudgedValue, ROW, type RowSink, type RowLiteral } from './rows.ts'
import { longestOf, type Sample, sampleOf, type Texts, textsIn, writeTexts } from './literals.ts'
import { UNCOUNTED, type ValueIds } from './value-ids.ts'
import { builtKernel, Instance, type WasmMemory, type WasmModule, type WasmNumber } from './wasm.ts'
import { append } from '../lib/collections.ts'

/** What the kernel exports: see assembly/rows.ts. */
type Kernel = {
  readonly memory: WasmMemory
  readonly at: WasmNumber
  readonly lines: WasmNumber
  readonly column: WasmNumber
  readonly value: WasmNumber
  readonly question: WasmNumber
  readonly time: WasmNumber
  readonly latestTime: WasmNumber
  readonly accountDay: WasmNumber
  /** May be set, too: the day to which what is full belongs. */
  readonly matchDay: { value: number }
  layOut(
    base: number,
    columns: number,
    reads: number,
    eager: number,
    texts: number,
    anywhere: number,
    context: number,
    questions: number,
    openWords: number,
    rules: number,
    valueBits: number,
    masks: number,
    runs: number,
  ): number
  setForm(
    delimiter: number,
    quoted: boolean,
    day: number,
    clock: number,
    stamped: boolean,
    client: number,
    status: number,
    sent: number,
    telling: number,
    border: number,
    reach: number,
    from: number,
    limit: number,
  ): void
  setTexts(
    which: number,
    grams: number,
    bits: number,
    stride: number,
    longest: number,
    slots: number,
    mask: number,
    shorts: number,
    shortSlots: number,
    ends: number,
    scratch: number,
  ): void
  layOutGroups(columns: number, size: number): number
  setGrouping(is: boolean): void
  groupReadTable(): number
  groupTable(): number
  groupRowTable(): number
  countOfGroupRows(): number
  clearGroupRows(): boolean
  readTable(): number
  textTable(): number
  contextTable(): number
  openTable(): number
  questionTable(): number
  maskTable(): number
  ruleTable(): number
  countedTable(): number
  runTable(): number
  accountTable(): number
  accountList(): number
  accountFirstList(): number
  accountNameList(): number
  numberTable(): number
  placeTable(): number
  skipTable(): number
  toldTable(): number
  borderTable(): number
  matchTable(): number
  countOfMatches(): number
  countOfRuns(): number
  countOfAccounts(): number
  countOfCounted(): number
  mark(): number
  forget(): void
  forgetFile(): void
  judge(number: number, known: number, mask: number, items: number, tells: number): void
  collect(number: number, column: number, isOdd: boolean): number
  collectedTable(): number
  answerHeld(question: number, yes: boolean): void
  foundHeld(text: number, items: number): void
  answer(question: number, yes: boolean, compared: boolean): void
  candidateTable(): number
  countOfCandidates(): number
  setFull(rule: number, client: number): void
  setOpen(rule: number): void
  setClientsOpen(): void
  addContext(counts: number, host: number, order: number): void
  setTold(tells: number, host: number): void
  addTrait(read: number): void
  setDevices(query: number, user: number): void
  setLogons(user: number, client: number, forwarded: number, agent: number, method: number, reason: number): void
  settleLogons(): void
  clearAccounts(): void
  taken(): void
  take(from: number, end: number, before: number, again: boolean): number
}

// Why the kernel stopped, and what it knows of a value; the same numbers stand in assembly/rows.ts.
const [WHOLE, NEW, FULL, CONTEXT, ROOM, HELD, TEXT, RULE, TOLD, OTHER_DAY] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
/** Instead of a day of the kernel: no rule matched yet. */
const NO_DAY = -(2 ** 31)
const [JUDGED, SETTLES, NAMELESS, MARK, ASKS, TELLS, DEVICES, MAIL] = [1, 2, 4, 8, 16, 32, 64, 128]
/** The path of EWS has both. */
const EWS = DEVICES | MAIL
/** Of a path the same bit says another thing. */
const KNOWN_OF = { mail: MAIL, rpc: MAIL | NAMELESS, ews: EWS, passed: NAMELESS }
/** What values may tell: of so many sources, and so many things of each. */
const TELLING = { tracks: 8, of: 8_000 }
const SURE = 0x8000_0000
const NONE = 0xffff_ffff
/** Bytes of what the kernel knows of a question, a rule and an account. */
const [QUESTION, RULES, ACCOUNT] = [32, 32, 64]
/** Bytes of what it knows of a group, and of its rows of one hour. */
const [GROUP, GROUP_ROWS] = [64, 32]
const HOUR = 3_600_000
/** What stands in an account for its client: there are several. */
const SEVERAL = 1
/**
 * What stands in the record of a value: column and length, set of bits, items, what is known of it (and what it tells), the one
 * client of its rows, its name, its bytes.
 */
const RECORD = { key: 4, mask: 16, items: 20, known: 28, client: 32, name: 36, bytes: 40 }
/** Tables of texts: of those that are looked for in columns, in new values, and anywhere in a row. */
const [OF_COLUMNS, OF_NEW, ANYWHERE] = [0, 1, 2]

/** Bytes that are looked at together, values that are remembered, the bytes of these, sets of bits and lists of items. */
const SIZE = { chunk: 256 * 1024, runs: 1024, contexts: 64, arena: 16 << 20, values: 17, masks: 4096, items: 4 << 20 }
const PAD = 64
const NOTHING: readonly number[] = []
/** Fewer rows say nothing of the others. */
const SAMPLE = 100
/** One new value in so many rows is few. */
const STEADY = 8
/** Fewer columns than these are found as fast as they are skipped. */
const SKIPPED = 3
const BASE = 64
const LF = 10
const QUOTE = 34

/** Values that were met in one kind of log, and what rules say of them, in the memory of the kernel; kept from file to file. */
export class FastLexicon {
  /** Requests are told by value, and few runs stand for many rows. */
  readonly isFast = true
  readonly judge: Judge
  readonly layout: RowLayout
  kernel!: Kernel
  bytes!: Buffer
  words!: Uint32Array
  floats!: Float64Array
  readonly #module: WasmModule
  /** Columns that are read (first those of which every value must be known), and ranges in which texts are looked for. */
  #reads: readonly number[] = []
  #eager = 0
  #texts: readonly Range[] = []
  readonly #found = new FoundLists()
  /** Columns in whose new values texts are looked for, and whether any of these is no ASCII. */
  readonly #collected = new Map<number, boolean>()
  #lists!: NumberLists
  /** The tables are laid out when the first bytes of a log are there: what is rare in it is counted. */
  #isLaidOut = false
  /** Groups that are looked for in no row: see `Sample`. */
  #common: Sample['common'] = new Uint8Array(0)
  /** The numbers of sets of bits, and of lists of items, that values share. */
  readonly #shared = new Map<Uint32Array, number>()
  readonly #sharedLists = new Map<readonly number[], number>()
  /** Sets of bits by what they hold. */
  readonly #masks = new Map<string, number>()
  /** Those that leave no question which needs no text. */
  readonly #settling = new Set<number>()
  /** Sets of bits by one that has more, and the questions that it has beside them. */
  readonly #fewer = new Map<string, number>()
  /** Questions that a value was asked and did not refuse. */
  readonly #unrefused = new Set<number>()
  readonly #clients = new Map<number, string | null>()
  /** As what values with an account are counted, while these names hold; the record of a value has the place behind it. */
  #ids: (number | null)[] = []
  /** So many names before these hold no more. */
  #idsFrom = 0
  #names: ValueIds | null = null
  #generation = 0
  /** Where requests are counted: the value of each client that is no IPv4 address. */
  readonly #spelled = new Map<string, number>()
  readonly #traits: ReadonlyMap<number, Trait>
  readonly #device: ReturnType<typeof deviceColumns>
  readonly #logon: ReturnType<typeof logonColumns>
  /** What values tell, by number; and the sources. */
  readonly told: BuildInValue[] = []
  readonly #sources: string[] = []
  /** Who counts at present. */
  user: FastRows | null = null
  /** A number of the row at hand, which no other row has. */
  row = 0

  /** Null where there is no kernel. */
  static of(judge: Judge, layout: RowLayout): FastLexicon | null {
    const module = builtKernel('rows')
    return module && new FastLexicon(module, judge, layout)
  }

  private constructor(module: WasmModule, judge: Judge, layout: RowLayout) {
    this.#module = module
    this.judge = judge
    this.layout = layout
    this.#device = deviceColumns(layout)
    this.#logon = logonColumns(layout)
    this.#traits = new Map([...traitColumns(layout)].map(([trait, column]) => [column, trait]))
  }

  reader(path: string, layout: RowLayout, sink: RowSink): RowTaker {
    return new FastRows(path, layout, this, sink)
  }

  /** Makes the tables, with a part of the log to count grams and values in. */
  layOut(sample: Buffer): void {
    if (this.#isLaidOut) return
    this.#isLaidOut = true
    const { judge, layout } = this
    this.kernel = new Instance(this.#module, { env: {} }).exports as unknown as Kernel
    const { kernel } = this
    const { columns, isEager, isSearched, isAnywhere } = judge
    const all = [...columns.keys()]
    const alone = all.filter((column) => isSearched[column] && !isAnywhere[column])
    // Where a column has few values in many rows it is less work to know each of them than to search every row.
    const few = new Set(steadyColumns(sample, layout, alone))
    const own = alone.filter((column) => !few.has(column))
    // Digits alone stand in a time: where it is written in another way, the row is read as a whole.
    const anywhere = rangesOf(all.filter((column) => isAnywhere[column] && !this.#isTimeWithout(column)))
    this.#texts = [...own.map((column) => ({ first: column, last: column })), ...anywhere]
    const isKnown = (column: number): boolean => isEager[column]! || few.has(column)
    this.#reads = [...all.filter(isKnown), ...all.filter((column) => columns[column] === 'read' && !isKnown(column))]
    this.#eager = this.#reads.filter(isKnown).length
    const base = BASE + SIZE.chunk + PAD
    let end = kernel.layOut(
      base,
      layout.columns.length,
      this.#reads.length,
      this.#eager,
      this.#texts.length,
      own.length,
      layout.context.length,
      judge.questions.length,
      judge.openWords,
      judge.rules.length,
      SIZE.values,
      SIZE.masks,
      SIZE.runs,
    )
    if (judge.groups) end = kernel.layOutGroups(judge.groups.by.length, judge.groups.size)
    const reach = judge.border < 0 ? 0 : longestOf(judge.texts(layout.columns.length).map(({ text }) => text))
    const across = reach > 0 ? [layout.columns.length] : []
    const counted = sampleOf(judge, sample)
    this.#common = counted.common
    const inRows = (column: number): readonly RowLiteral[] => judge.texts(column)
    const texts = textsIn(inRows, [...own, ...across], counted)
    const firsts = anywhere.map(({ first }) => first)
    const ofRows = textsIn(inRows, firsts, counted)
    const sought = this.#reads.filter((column) => judge.textsOfValues(column).length > 0)
    // What a value refuses, frequent texts show as well.
    const ofNew = textsIn((column) => judge.textsOfValues(column), sought, {
      ...counted,
      common: new Uint8Array(counted.common.length),
    })
    for (const column of sought) this.#collected.set(column, ofNew.isOdd(column))
    const values = (end + texts.size + ofNew.size + ofRows.size + 31) & ~15
    const lists = values + SIZE.arena
    const { memory } = kernel
    memory.grow(Math.ceil((lists + SIZE.items + PAD - memory.buffer.byteLength) / 65_536))
    this.bytes = Buffer.from(memory.buffer)
    this.words = new Uint32Array(memory.buffer)
    this.floats = new Float64Array(memory.buffer)
    this.#lists = new NumberLists(this.words, lists, SIZE.items)
    this.#writeTables((column) => texts.isOdd(column) || ofRows.isOdd(column), counted)
    this.#setTexts(OF_COLUMNS, texts, end)
    this.#setTexts(OF_NEW, ofNew, end + texts.size)
    this.#setTexts(ANYWHERE, ofRows, end + texts.size + ofNew.size)
    const { time } = layout
    const stamped = 'stamp' in time
    kernel.setForm(
      layout.delimiter,
      layout.quoted,
      stamped ? time.stamp : time.day,
      stamped ? 0 : time.clock,
      stamped,
      layout.client < 0 ? NONE : this.#reads.indexOf(layout.client),
      columnOf(layout, 'sc-status'),
      columnOf(layout, 'sc-bytes'),
      layout.telling === undefined ? NONE : this.#reads.indexOf(layout.telling.column),
      across.length > 0 ? judge.border : -1,
      reach,
      values,
      values + SIZE.arena,
    )
    for (const column of this.#traits.keys()) kernel.addTrait(this.#reads.indexOf(column))
    if (this.#device !== null) kernel.setDevices(this.#device.query, this.#device.user)
    if (this.#logon !== null) {
      const { user, client, forwarded, agent, method, reason } = this.#logon
      kernel.setLogons(user, client, forwarded, agent, method, reason)
    }
    this.#skipColumns()
    this.forget()
  }

  #writeTables(isOdd: (column: number) => boolean, { common }: Sample): void {
    const { judge, kernel, words } = this
    for (const [i, column] of this.#reads.entries()) words[kernel.readTable() / 4 + 8 * i] = column
    const border = this.layout.columns.length
    for (const [i, { first, last }] of [...this.#texts, { first: border, last: border }].entries())
      words.set([first | (last << 16), isOdd(first) ? 1 : 0, 0, 0], kernel.textTable() / 4 + 4 * i)
    for (const [i, column] of this.layout.context.entries())
      words[kernel.contextTable() / 4 + i] = this.#reads.indexOf(column)
    for (const [i, column] of (judge.groups?.by ?? []).entries())
      words[kernel.groupReadTable() / 4 + i] = this.#reads.indexOf(column)
    words.set(judge.open, kernel.openTable() / 4)
    if (judge.border >= 0)
      markPairs(this.bytes, kernel.borderTable(), judge.texts(this.layout.columns.length), this.layout)
    for (const [i, { rule, full, decidedBy, comparedBy, refusedBy, asWritten }] of judge.questions.entries()) {
      const place = kernel.questionTable() + QUESTION * i
      const unseen = common[i]!
      words.set([full & ~unseen, rule, 0, this.#wantedBy([...refusedBy, ...(decidedBy ?? [])])], place / 4)
      // A byte for each of the columns, its place among those that are read + 1: first those that are compared.
      const inOrder = decidedBy && [...new Set([...(comparedBy ?? []), ...decidedBy])]
      const reads = inOrder?.map((column) => this.#reads.indexOf(column) + 1) ?? [0]
      const isTold = decidedBy !== null && unseen === 0 && reads.every((read) => read > 0 && read < 255)
      const columns = Array.from({ length: 8 }, (_, i) => (isTold ? (reads[i] ?? 0) : 255))
      this.bytes.set([...columns, isTold ? (comparedBy?.length ?? 0) : 0, asWritten ? 1 : 0], place + 16)
    }
  }

  /** A bit for each of these columns that is read only where a question is left; the last stands for all behind it. */
  #wantedBy(columns: readonly number[]): number {
    return columns.reduce((bits, column) => {
      const read = this.#reads.indexOf(column) - this.#eager
      return read < 0 ? bits : (bits | (1 << Math.min(read, 31))) >>> 0
    }, 0)
  }

  /** Tells the kernel which columns it need not find in every row: where several stand side by side, that saves time. */
  #skipColumns(): void {
    const { layout, judge } = this
    const { columns, time } = layout
    const border = judge.border < 0 ? [] : [judge.border, judge.border + 1]
    const ends = this.#texts.flatMap(({ first, last }) => [first, last])
    const times = 'stamp' in time ? [time.stamp] : [time.day, time.clock]
    const numbers = [columnOf(layout, 'sc-status'), columnOf(layout, 'sc-bytes'), judge.groups?.size ?? -1]
    const devices = this.#device === null ? [] : [this.#device.query, this.#device.user]
    const logons = this.#logon === null ? [] : Object.values(this.#logon)
    const last = columns.length - 1
    const needed = new Set([0, last, ...this.#reads, ...ends, ...times, ...numbers, ...devices, ...logons, ...border])
    for (let column = last, run = 0; column >= 0; column--) {
      run = needed.has(column) ? 0 : Math.min(run + 1, 255)
      this.bytes[this.kernel.skipTable() + column] = run >= SKIPPED ? run : 0
    }
  }

  /** Is it a column of the time, and no text looked for there that could stand in one? */
  #isTimeWithout(column: number): boolean {
    const { time } = this.layout
    const isTime = 'stamp' in time ? column === time.stamp : column === time.day || column === time.clock
    return isTime && !this.judge.texts(column).some(({ text }) => /^[-0-9:.tz]*$/.test(text))
  }

  /** Writes the tables of the texts that are looked for in columns, in new values, or anywhere in a row. */
  #setTexts(which: number, texts: Texts, at: number): void {
    const placed = writeTexts(texts, this.bytes, this.words, at)
    this.kernel.setTexts(
      which,
      placed.grams,
      texts.bits,
      texts.stride,
      texts.longest,
      placed.slots,
      placed.mask,
      placed.shorts,
      placed.shortSlots,
      placed.ends,
      placed.scratch,
    )
  }

  /** The text of a column of the row at hand, or of the row. */
  textOf(column: number): string {
    const { bytes, words } = this
    const [first, last] = column === ROW ? [0, this.layout.columns.length - 1] : [column, column]
    const place = this.kernel.placeTable() / 4
    let [from, to] = [words[place + 2 * first]!, words[place + 2 * last + 1]!]
    if (column === ROW && this.layout.quoted) {
      if (bytes[from - 1] === QUOTE) from--
      if (bytes[to] === QUOTE) to++
    }
    return bytes.toString('utf8', from, to)
  }

  /** The text of a value. */
  valueOf(number: number): string {
    const from = number + RECORD.bytes
    return this.bytes.toString('utf8', from, from + this.#lengthOf(number))
  }

  #lengthOf(number: number): number {
    return this.words[(number + RECORD.key) / 4]! & 0xffff
  }

  /** The client that a value names; the same text each time, whose place in a table is then known. */
  clientOf(number: number): string | null {
    let client = this.#clients.get(number)
    if (client === undefined) this.#clients.set(number, (client = this.layout.clientOf(this.valueOf(number))))
    return client
  }

  /** The number of what a value with an account is counted by; null where it says nothing. `name`: as the record of the value has it. */
  idOf(number: number, name: number, names: ValueIds): number | null {
    if (this.#names !== names || this.#generation !== names.generation) {
      this.#names = names
      this.#generation = names.generation
      this.#idsFrom += this.#ids.length
      this.#ids = []
    }
    if (name > this.#idsFrom) return this.#ids[name - this.#idsFrom - 1]!
    const id = this.#newIdOf(number, names)
    // What no number is left for in this file may have one in the next, and is then another name to all others, too.
    if (id === null || id >= UNCOUNTED) this.words[(number + RECORD.name) / 4] = this.#idsFrom + this.#ids.push(id)
    return id
  }

  #newIdOf(number: number, names: ValueIds): number | null {
    const column = this.words[(number + RECORD.key) / 4]! >>> 16
    if (column === this.layout.columns.length) {
      const value = this.valueOf(number)
      if (isLogonValue(value)) {
        const logon = logonIn(value, this.layout, this.#logon!)
        return logon === null ? null : names.of('logon', logon)
      }
      const device = deviceIn(value, this.layout, this.#device!.user)
      return device === null ? null : names.of('device', device)
    }
    const trait = this.#traits.get(column)!
    const value =
      trait === 'client' ? this.clientOf(number) : traitOf(trait, this.layout.fieldsOf(column, this.valueOf(number))!)
    return value === null ? null : names.of(trait, value)
  }

  /** Is this another spelling of a client that has been met? The kernel would take the two for two clients. */
  #isRespelled(column: number, number: number): boolean {
    if (this.#traits.get(column) !== 'client') return false
    const client = this.clientOf(number)
    if (client === null) return false
    // An IPv4 address has one spelling that is its own; of the many that there are of others each is remembered.
    if (!client.includes(':')) return client !== this.valueOf(number)
    const known = this.#spelled.get(client)
    if (known === undefined) this.#spelled.set(client, number)
    return known !== undefined && known !== number
  }

  /** The number of the client of the row at hand; undefined where there is no such column. */
  client(): number | undefined {
    const read = this.#reads.indexOf(this.layout.client)
    return read < 0 ? undefined : this.words[this.kernel.numberTable() / 4 + read]!
  }

  /** Writes down what rules say of the value that the kernel stopped at; false when there is no room for it. */
  learn(column: number, number: number): boolean {
    const found = this.#itemsOf(column, number)
    const judged = this.judge.judge(column, this.textOf(column), found)
    if (judged === null || this.#isRespelled(column, number)) {
      this.kernel.judge(number, JUDGED | ASKS, 0, 0, 0)
      return true
    }
    const tells = this.#tellingOf(column)
    if (tells < 0) return false
    const mask = this.#maskOfAll(judged.could)
    const items = this.#listOf(judged)
    if (mask < 0 || items < 0) return false
    const known = JUDGED | (this.#settling.has(mask) ? SETTLES : 0) | (judged.mark ? MARK : 0) | (tells > 0 ? TELLS : 0)
    const ofDevices = this.#device?.path === column && isOfDevices(this.textOf(column)) ? DEVICES : 0
    const shown = this.#logon?.path === column ? shownAt(this.textOf(column)) : null
    const ofMail = shown === null ? 0 : KNOWN_OF[shown]
    const nameless = column === this.layout.client && this.clientOf(number) === null ? NAMELESS : 0
    this.kernel.judge(number, known | ofDevices | ofMail | nameless, mask, items, tells)
    return true
  }

  /** Items of the texts that stand in a new value, where the kernel can tell them. */
  #itemsOf(column: number, number: number): readonly number[] | undefined {
    const isOdd = this.#collected.get(column)
    if (isOdd === undefined) return NOTHING
    const count = this.kernel.collect(number, column, isOdd) >>> 0
    const from = this.kernel.collectedTable() / 4
    return count === NONE ? undefined : this.#found.of(this.words, from, count)
  }

  /** (number << 3) + track of what a value of the row at hand tells, 0 for nothing, -1 where there is no room for it. */
  #tellingOf(column: number): number {
    const { telling } = this.layout
    const told = telling?.column === column ? telling.of(this.textOf(column)) : null
    if (told === null) return 0
    const track = numberIn(this.#sources, told.source)
    let number = this.told.findIndex(({ source, build }) => source === told.source && build === told.build)
    if (number < 0) number = this.told.push(told) - 1
    return track < TELLING.tracks && number < TELLING.of ? ((number + 1) << 3) | track : -1
  }

  /** Finds the texts that stand in a range of the row at hand; false where the row must be read as a whole. */
  find(text: number): boolean {
    const range = this.#texts[text]
    const { border } = this.judge
    const items: number[] = []
    if (range === undefined) append(items, this.judge.across(this.textOf(border), this.textOf(border + 1)))
    else
      for (let column = range.first; column <= range.last; column++) {
        const found = this.judge.found(column, this.textOf(column))
        if (found === null) return false
        append(items, found)
      }
    const list = this.#lists.list(items)
    if (list < 0) return false
    this.kernel.foundHeld(text, list)
    return true
  }

  /** Answers a question for the row at hand; false where the row must be read as a whole. */
  answer(question: number): boolean {
    const { kernel, words } = this
    // One value may rule it out, for every row that has it.
    for (const column of this.judge.questions[question]!.refusedBy) {
      const read = this.#reads.indexOf(column)
      if (read < 0) continue
      const number = words[kernel.numberTable() / 4 + read]!
      // It was not read for what was left of the row.
      if (number === 0) continue
      const asked = number * this.judge.questions.length + question
      if (this.#unrefused.has(asked)) continue
      // The same is asked of what else is left of the row: rules of one kind look at the same columns.
      const refused = this.judge.refused(this.#left(question), column, this.valueOf(number))
      if (!refused.includes(question)) {
        if (this.#unrefused.size < 100_000) this.#unrefused.add(asked)
        continue
      }
      const mask = this.#maskWithout(refused, words[(number + RECORD.mask) / 4]!)
      if (mask < 0) break
      const known = this.bytes[number + RECORD.known]! & ~SETTLES
      const tells = words[(number + RECORD.known) / 4]! >>> 16
      const settles = this.#settling.has(mask) ? SETTLES : 0
      kernel.judge(number, known | settles, mask, words[(number + RECORD.items) / 4]!, tells)
      return true
    }
    const place = (kernel.questionTable() + QUESTION * question) / 4
    const textOf = (column: number): string => this.textOf(column)
    const { comparedBy } = this.judge.questions[question]!
    if (comparedBy && (words[place + 6]! & 0xff) !== 0) {
      const isOpen = this.judge.answer(question, this.row, textOf, comparedBy) !== false
      kernel.answer(question, isOpen, true)
      if (!isOpen) return true
    }
    const yes = this.judge.answer(question, this.row, textOf)
    if (yes === undefined) return false
    const { asWritten } = this.judge.questions[question]!
    const isHeld = (words[place + 4] === NONE && words[place + 5] === NONE) || (asWritten && textOf(ROW).includes('%'))
    if (isHeld) kernel.answerHeld(question, yes)
    else kernel.answer(question, yes, false)
    return true
  }

  /** A question, and those of the row at hand whose texts all stand in it. */
  #left(question: number): readonly number[] {
    const from = this.kernel.candidateTable() / 4
    return [question, ...this.words.subarray(from, from + this.kernel.countOfCandidates())]
  }

  /** The same for bits that values share. */
  #maskOfAll(could: Uint32Array): number {
    let mask = this.#shared.get(could)
    if (mask === undefined) this.#shared.set(could, (mask = this.#maskOf(could)))
    return mask
  }

  /** The number of a set of bits; -1 when there is no room for another. */
  #maskOf(could: Uint32Array): number {
    if (could.every((bits) => bits === 0xffff_ffff) && this.#masks.size > 0) return 0
    const key = String.fromCharCode(...new Uint16Array(could.buffer, could.byteOffset, could.length * 2))
    const known = this.#masks.get(key)
    if (known !== undefined) return known
    if (this.#masks.size === SIZE.masks) return -1
    const number = this.#masks.size
    this.#masks.set(key, number)
    if (this.judge.open.every((bits, i) => (bits & could[i]!) === 0)) this.#settling.add(number)
    this.words.set(could, this.kernel.maskTable() / 4 + number * could.length)
    return number
  }

  /** The number of a set of bits without those of some questions; -1 when there is no room for another. */
  #maskWithout(questions: readonly number[], of: number): number {
    const key = `${of}-${questions.join()}`
    let mask = this.#fewer.get(key)
    if (mask === undefined) {
      const { length } = this.judge.open
      const from = this.kernel.maskTable() / 4 + of * length
      const could = Uint32Array.from(this.words.subarray(from, from + length))
      for (const each of questions) could[each >>> 5]! &= ~(1 << (each & 31))
      mask = this.#maskOf(could)
      if (this.#fewer.size < SIZE.masks) this.#fewer.set(key, mask)
    }
    return mask
  }

  /** Without the items that are not looked for in rows. */
  #listOf({ items, sure }: JudgedValue): number {
    if (items.length === 0 && sure.length === 0) return 0
    if (sure.length > 0) return this.#newListOf(items, sure)
    let list = this.#sharedLists.get(items)
    if (list === undefined) this.#sharedLists.set(items, (list = this.#newListOf(items, sure)))
    return list
  }

  #newListOf(items: readonly number[], sure: readonly number[]): number {
    const rare = items.filter((item) => ((this.#common[item >>> 3]! >>> (item & 7)) & 1) === 0)
    const all = [...rare, ...sure.map((rule) => (rule | SURE) >>> 0)]
    return all.length === 0 ? 0 : this.#lists.list(all)
  }

  /** Forgets all values: there is no room for more. */
  forget(): void {
    this.kernel.forget()
    this.#masks.clear()
    this.#shared.clear()
    this.#sharedLists.clear()
    this.#settling.clear()
    this.#fewer.clear()
    this.#unrefused.clear()
    this.#clients.clear()
    this.#ids = []
    this.#idsFrom = 0
    this.#spelled.clear()
    this.told.length = 0
    this.#sources.length = 0
    this.#lists.clear()
    // The first set is that of a value which rules nothing out.
    this.#maskOf(new Uint32Array(this.judge.open.length).fill(0xffff_ffff))
  }
}

/** Lists of items, each once: in most new values the same texts stand, in the same order. */
class FoundLists {
  readonly #known = new Map<number, readonly (readonly [collected: Uint32Array, items: readonly number[]])[]>()

  /** Each of the numbers that lie there, once; the same list for the same numbers. */
  of(words: Uint32Array, from: number, count: number): readonly number[] {
    if (count === 0) return NOTHING
    let hash = count
    for (let i = from; i < from + count; i++) hash = Math.imul(hash ^ words[i]!, 0x9e37_79b1)
    const alike = this.#known.get(hash) ?? []
    for (const [collected, items] of alike) {
      let i = 0
      while (i < count && collected[i] === words[from + i]) i++
      if (i === count && collected.length === count) return items
    }
    const collected = words.slice(from, from + count)
    const items = [...new Set(collected)]
    if (this.#known.size >= FOUND) this.#known.clear()
    this.#known.set(hash, [...alike.slice(0, ALIKE), [collected, items]])
    return items
  }
}

/** Maximum number of lists that are remembered, and of those with one hash. */
const [FOUND, ALIKE] = [4_096, 4]

/** Marks the characters that texts have on both sides of a delimiter; any where there is none. */
function markPairs(memory: Buffer, table: number, texts: readonly RowLiteral[], { delimiter }: RowLayout): void {
  const between = String.fromCharCode(delimiter)
  const all = Array.from({ length: 256 }, (_, byte) => byte)
  for (const { text } of texts)
    for (let at = text.indexOf(between); at >= 0; at = text.indexOf(between, at + 1)) {
      const [left, right] = [text[at - 1], text[at + 1]].map((c) => (c === undefined ? all : [c.charCodeAt(0)]))
      for (const l of left!)
        for (const r of right!) {
          const pair = (l | (r << 8) | 0x2020) & 0xffff
          memory[table + (pair >>> 3)]! |= 1 << (pair & 7)
        }
    }
}

/** Columns from the first to the last. */
type Range = { readonly first: number; readonly last: number }

/** Columns that stand side by side, together. */
function rangesOf(columns: readonly number[]): readonly Range[] {
  const ranges: Range[] = []
  for (const column of columns) {
    const before = ranges.at(-1)
    if (before?.last === column - 1) ranges[ranges.length - 1] = { first: before.first, last: column }
    else ranges.push({ first: column, last: column })
  }
  return ranges
}

/** Those of some columns in which the second half of a sample has few values that the first half has not. */
function steadyColumns(
  sample: Buffer,
  { delimiter, quoted }: RowLayout,
  columns: readonly number[],
): readonly number[] {
  const lines = sample.toString('latin1', 0, SIZE.chunk).split('\n').slice(0, -1)
  const between = String.fromCharCode(delimiter)
  const rows = lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => (quoted ? splitCsv(line, between).values : line.split(between)))
  if (rows.length < SAMPLE) return []
  const half = rows.length >> 1
  const valuesOf = (column: number, some: typeof rows): Set<string | undefined> =>
    new Set(some.map((values) => values[column]))
  return columns.filter((column) => {
    const before = valuesOf(column, rows.slice(0, half))
    const isNew = (value: string | undefined): boolean => !before.has(value)
    return [...valuesOf(column, rows.slice(half))].filter(isNew).length * STEADY <= rows.length - half
  })
}

/** The place of one in a list, to which it is added where it is not there. */
function numberIn<T>(list: T[], one: T): number {
  const known = list.indexOf(one)
  return known < 0 ? list.push(one) - 1 : known
}

/** Does what `RowReader` does, with the kernel for its inner loop. */
class FastRows implements RowTaker {
  readonly #path: string
  readonly #layout: RowLayout
  readonly #lexicon: FastLexicon
  readonly #sink: RowSink
  #contexts: RowContext[] = []
  /** Hits of some rule, or of some client, are only counted. */
  #isAnyFull = false
  readonly #hosts: (string | null)[] = []
  readonly #orders: (string | undefined)[] = []
  /** As what the value of each account is counted that the kernel keeps, and the number that it has there. */
  #accounts: (number | null)[] = []
  #numbers: number[] = []
  /** The first row of the account at hand. */
  readonly #first: { -readonly [K in keyof FirstRow]: FirstRow[K] } = { offset: 0, length: 0, line: 0, client: '' }
  /** Rules whose hits are only counted, on the day that the kernel saw last of those for which this was asked. */
  readonly #full = new Set<number>()
  #day = NO_DAY
  /** What stands for each group of rows that the kernel knows. */
  #groups: unknown[] = []
  readonly #tellGroups = (): void => this.#tellOfGroups()
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
    if (this.#lexicon.user !== this) this.#begin(buffer.subarray(from, to))
    this.#sink.groups?.turn(this.#tellGroups)
    let rows = 0
    let again = false
    this.#lexicon.row++
    this.end = from
    while (this.#look(buffer, this.end, to, base)) {
      const { start, length } = this.#window
      const before = this.end
      const why = this.#lexicon.kernel.take(BASE + base + this.end - start, BASE + length, rows, again)
      rows = this.#lexicon.kernel.lines.value >>> 0
      this.end = (this.#lexicon.kernel.at.value >>> 0) - BASE + start - base
      // What was found out of a row holds for as long as it is the first.
      if (this.end !== before) this.#lexicon.row++
      again =
        why === HELD ||
        why === TEXT ||
        why === RULE ||
        why === OTHER_DAY ||
        (again && this.end === before && why !== FULL)
      const isDone = this.#goOn(why, number)
      if (isDone === 'forgot') again = false
      if (isDone === 'whole') break
    }
    this.#tell(number)
    return rows
  }

  /** Does what the kernel stopped for. */
  #goOn(why: number, line: number): 'go on' | 'forgot' | 'whole' {
    const { kernel } = this.#lexicon
    switch (why) {
      case NEW:
        if (this.#lexicon.learn(kernel.column.value >>> 0, kernel.value.value >>> 0)) return 'go on'
        this.#forget(line)
        return 'forgot'
      case HELD:
        return this.#lexicon.answer(kernel.question.value >>> 0) ? 'go on' : 'whole'
      case TEXT:
        return this.#lexicon.find(kernel.value.value >>> 0) ? 'go on' : 'whole'
      case TOLD:
        this.#see(line)
        return 'go on'
      case RULE:
        if (this.#isFull(kernel.value.value >>> 0)) return 'go on'
        this.#tellMatches()
        return 'whole'
      case OTHER_DAY:
        this.#openForDay()
        return 'go on'
      case CONTEXT:
        return this.#addContext(line)
      case WHOLE:
        return 'whole'
      case FULL:
        this.#forget(line)
        return 'forgot'
      case ROOM:
        this.#tell(line)
        this.#tellAccounts()
        this.#tellOfGroups()
        return 'go on'
      default:
        this.#tell(line)
        return 'go on'
    }
  }

  finish(): void {
    if (this.#lexicon.user === this) this.#tellAccounts()
    this.#tellOfGroups()
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

  #begin(sample: Buffer): void {
    this.#lexicon.user?.finish()
    this.#lexicon.user = this
    this.#lexicon.layOut(sample)
    this.#lexicon.kernel.taken()
    this.#lexicon.kernel.forgetFile()
    this.#accounts = []
    this.#numbers = []
    this.#groups = []
    this.#lexicon.kernel.setGrouping(this.#lexicon.judge.groups !== undefined && this.#sink.groups !== undefined)
    for (const rule of this.#lexicon.judge.rules.keys()) this.#lexicon.kernel.setOpen(rule)
    for (const rule of this.#full) this.#lexicon.kernel.setFull(rule, NONE)
    this.#lexicon.kernel.matchDay.value = this.#day
    this.#contexts = []
    this.#window = { start: 0, length: 0 }
  }

  #forget(line: number): void {
    this.#tell(line)
    this.#tellAccounts()
    this.#tellOfGroups()
    this.#groups = []
    this.#contexts = []
    this.#lexicon.forget()
    for (const rule of this.#full) this.#lexicon.kernel.setFull(rule, NONE)
  }

  /** All questions of the row at hand are answered: tells which rules match it. */
  #tellMatches(): void {
    const { kernel, words, judge } = this.#lexicon
    const from = kernel.matchTable() / 4
    const rules = [...words.subarray(from, from + kernel.countOfMatches())].map((rule) => judge.rules[rule]!)
    this.#sink.known(this.#window.start + (kernel.at.value >>> 0) - BASE, rules)
  }

  /** Of each day some hits are kept: rules whose hits were only counted are asked again. */
  #openForDay(): void {
    if (!this.#isAnyFull) return
    for (const rule of this.#full) this.#lexicon.kernel.setOpen(rule)
    this.#lexicon.kernel.setClientsOpen()
    this.#full.clear()
    this.#isAnyFull = false
  }

  /** Finds out whether hits of a rule are only counted, for the client of the row at hand. */
  #isFull(rule: number): boolean {
    const { judge, kernel } = this.#lexicon
    this.#day = kernel.matchDay.value
    // Of each host some hits are kept, and which of them the row names the kernel does not tell.
    const isFull = (name: string | null | undefined): boolean =>
      this.#hosts.every((host) => this.#sink.isFull(of, name, host, this.#day))
    const of = judge.rules[rule]!
    if (isFull(undefined)) {
      this.#isAnyFull = true
      this.#full.add(rule)
      kernel.setFull(rule, NONE)
      return true
    }
    const client = this.#lexicon.client()
    const isNobody = this.#layout.client < 0 && (this.#layout.clients ?? []).length === 0
    const name = client === undefined ? (isNobody ? null : undefined) : this.#lexicon.clientOf(client)
    if (name === undefined || !isFull(name)) return false
    this.#isAnyFull = true
    kernel.setFull(rule, client ?? NONE)
    if (client === undefined) this.#full.add(rule)
    return true
  }

  /** Hits of the hosts so far are only counted by now, of a further one they are not: all rules are asked again. */
  #reopen(host: string | null, line: number): 'forgot' | 'whole' {
    if (this.#hosts.length >= SIZE.contexts) return 'whole'
    this.#hosts.push(host)
    this.#isAnyFull = false
    this.#full.clear()
    this.#forget(line)
    for (const rule of this.#lexicon.judge.rules.keys()) this.#lexicon.kernel.setOpen(rule)
    return 'forgot'
  }

  /** Adds the context of the row at hand, or says what else is to be done with it. */
  #addContext(line: number): 'go on' | 'forgot' | 'whole' {
    const { kernel } = this.#lexicon
    if (this.#contexts.length >= SIZE.contexts) return 'whole'
    const context = this.#layout.contextOf(this.#layout.context.map((column) => this.#lexicon.textOf(column)))
    if (context === null) return 'whole'
    if (this.#isAnyFull && !this.#hosts.includes(context.host)) return this.#reopen(context.host, line)
    this.#contexts.push(context)
    kernel.addContext(
      this.#sink.counts(context.log) ? 1 | (isProxyLog(context.log) ? OF_PROXY : 0) : 0,
      numberIn(this.#hosts, context.host),
      numberIn(this.#orders, context.order),
    )
    return 'go on'
  }

  /** The row at hand tells something that the one before it did not. */
  #see(line: number): void {
    const { kernel, bytes, told } = this.#lexicon
    this.#tellTimes()
    const [at, tells, host] = [kernel.at.value >>> 0, kernel.value.value >>> 0, kernel.column.value >>> 0]
    const place = (): Place => ({
      path: this.#path,
      offset: this.#window.start + at - BASE,
      length: bytes.indexOf(LF, at) + 1 - at,
      line: line + (kernel.lines.value >>> 0),
    })
    this.#layout.telling!.tell(told[(tells >>> 3) - 1]!, this.#hosts[host]!, kernel.time.value, place)
    kernel.setTold(tells, host)
  }

  /** Tells the times of the rows that told the same. */
  #tellTimes(): void {
    const { kernel, words, floats, told } = this.#lexicon
    const noPlace = (): Place => ({ path: this.#path, offset: 0, length: 0 })
    for (let track = 0; track < TELLING.tracks; track++) {
      const at = kernel.toldTable() / 4 + 8 * track
      const [tells, host, least, greatest] = [words[at]!, words[at + 1]!, floats[at / 2 + 1]!, floats[at / 2 + 2]!]
      if (tells === 0 || least > greatest) continue
      for (const time of [least, greatest])
        this.#layout.telling!.tell(told[(tells >>> 3) - 1]!, this.#hosts[host]!, time, noPlace)
    }
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
      const [first, least, greatest] = [floats[times]!, floats[times + 2]!, floats[times + 3]!]
      const place = (): Place => ({
        path: this.#path,
        offset: this.#window.start + from - BASE,
        length: next - from,
        line: number + line,
      })
      context.seen?.(first, place)
      context.seen?.(least, place)
      context.seen?.(greatest, place)
      this.#sink.run({ context, rows: words[at + 1]!, first, last: kernel.latestTime.value, least, greatest })
    }
    this.#tellMet(number)
    const counted = kernel.countOfCounted()
    for (let i = 0; i < counted; i++) {
      const rule = words[kernel.countedTable() / 4 + i]!
      const place = kernel.ruleTable() + RULES * rule
      const [first, last] = [floats[place / 8 + 2]!, floats[place / 8 + 3]!]
      this.#sink.more(this.#lexicon.judge.rules[rule]!, words[place / 4 + 2]!, first, last)
    }
    const mark = kernel.mark()
    if (mark >>> 0 !== NONE && !this.#isMarked) {
      this.#isMarked = true
      this.#sink.mark(this.#contexts[mark]!.log)
    }
    if (this.#layout.telling !== undefined) this.#tellTimes()
    kernel.taken()
  }

  /** Tells which values were met that are new here. */
  #tellMet(line: number): void {
    const { kernel, words } = this.#lexicon
    const accounts = kernel.countOfAccounts()
    if (accounts === this.#accounts.length) return
    const [values, firsts, day] = [kernel.accountList() / 4, kernel.accountFirstList() / 4, kernel.accountDay.value]
    const names = kernel.accountNameList() / 4
    for (let i = this.#accounts.length; i < accounts; i++) {
      const id = this.#lexicon.idOf(words[values + i]!, words[names + i]!, this.#sink.names)
      this.#accounts.push(id)
      this.#numbers.push(id === null ? 0 : this.#met(id, firsts + 4 * i, line, day))
    }
  }

  /** `first`: where its first row stands in the list of these. */
  #met(id: number, first: number, line: number, day: number): number {
    const trait = this.#sink.names.traitOf(id)
    if (trait !== 'device' && trait !== 'logon') return this.#sink.met(id)
    const { words } = this.#lexicon
    const row = this.#first
    row.client = trait === 'device' ? (this.#onlyOf(words[first + 2]!) ?? '') : ''
    row.offset = this.#window.start + words[first]! - BASE
    row.length = words[first + 3]!
    row.line = line + words[first + 1]!
    return this.#sink.met(id, row, trait === 'logon' ? day : undefined)
  }

  /** Tells what was counted by values, and counts anew. */
  #tellAccounts(): void {
    const { kernel, words, floats } = this.#lexicon
    kernel.settleLogons()
    const counts = kernel.accountTable() / 8
    const values = kernel.accountList() / 4
    for (let i = 0; i < this.#accounts.length; i++) {
      const id = this.#accounts[i]!
      if (id === null) continue
      const trait = this.#sink.names.traitOf(id)
      const isAlone = trait === 'client' || trait === 'device' || trait === 'logon'
      const only = isAlone ? undefined : this.#onlyOf(words[(words[values + i]! + RECORD.client) / 4]!)
      this.#sink.rows(trait, this.#numbers[i]!, floats, counts + (ACCOUNT / 8) * i, only)
    }
    kernel.clearAccounts()
    this.#accounts = []
    this.#numbers = []
  }

  /** Tells what was counted by groups, and counts anew. */
  #tellOfGroups(): void {
    const { groups } = this.#sink
    if (!groups || this.#lexicon.user !== this) return
    const { kernel, words, floats } = this.#lexicon
    const count = kernel.countOfGroupRows()
    for (let i = 0; i < count; i++) {
      const place = (kernel.groupRowTable() + GROUP_ROWS * i) / 8
      const number = words[2 * place]!
      let group = this.#groups[number]
      if (group === undefined) this.#groups[number] = group = groups.of(this.#valueIn(number))
      groups.rows(group, words[2 * place + 1]!, floats[place + 1]! * HOUR, floats[place + 2]!)
    }
    if (kernel.clearGroupRows()) this.#groups = []
  }

  /** The values of a group, by their columns. */
  #valueIn(group: number): (column: number) => string {
    const { kernel, words, judge } = this.#lexicon
    const values = (kernel.groupTable() + GROUP * group) / 4
    return (column) => {
      const i = judge.groups!.by.indexOf(column)
      return i < 0 ? '' : this.#lexicon.valueOf(words[values + i]!)
    }
  }

  /** The client of all rows of an account: empty where none is named, null where there are several. */
  #onlyOf(client: number): string | null {
    if (client === SEVERAL) return null
    return client < BASE ? '' : (this.#lexicon.clientOf(client) ?? '')
  }
}
