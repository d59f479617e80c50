import type { LineTaker } from '../lib/lines.ts'
import type { Product, LogKind } from '../model/log-kinds.ts'
import type { CloudTally, Trait } from '../model/scan.ts'
import type { Event, Fact, Fields, FieldValue, LogSource, Place } from '../model/event.ts'
import type { Gap } from '../model/evidence.ts'

/** What a parser may look at to decide whether a file is its own: content first, path second. */
export type Head = {
  readonly path: string
  readonly windowsPath: string | null
  readonly size: number | null
  /** The first bytes (up to 64 KiB). */
  readonly bytes: Uint8Array
  /** The same decoded to text (BOM honoured, else UTF-8, else Windows-1252); empty for binary files. */
  readonly text: string
}

/** A file to be read, front to back, once. */
export type Source = Head & {
  readonly modified: number | null
  /**
   * Uncompressed bytes in order. Chunk borders mean nothing. Throws only on an I/O error of the medium. `passing`: a chunk
   * is good until the next is asked for.
   */
  chunks(options?: { readonly passing: boolean }): AsyncIterable<Uint8Array>
  /** Files that belong to this one and lie beside it: the transaction logs of a registry hive. */
  readonly companions?: readonly Companion[]
}

/** A file beside the one that is read. It is an artifact of its own, too: what it takes from here is not accounted for. */
export type Companion = {
  readonly path: string
  readonly size: number | null
  /** All its bytes; what could not be read is missing at the end. */
  read(): Promise<Buffer>
  /** The same in order, piece by piece, whatever its size. */
  chunks?(): AsyncIterable<Uint8Array>
}

/** Where a parser puts what it finds. */
export type Sink = {
  event(event: Event): void
  gap(gap: Omit<Gap, 'path'>): void
  /** Here begins what cannot be read, and what `gap` tells of when it has ended: between these two entries it lies. */
  losing?(): void
  fact(fact: Fact): void
  /** Fields of the file's own event: what stands in a program file about itself. */
  about?(fields: Fields): void
  /**
   * Takes rows that need not become events, since no rule can match them; null when rules can only be asked of whole
   * events. What it is told of such rows is what it would have learnt from their events.
   */
  rows?(layout: RowLayout): RowTaker | null
  /** Judges records of one form before their events are made; null when rules must be asked of each event. */
  records?(form: RecordForm): RecordJudge | null
  /** Finds the members of records in bytes; null where that cannot be done. One scanner a file. */
  scanner?(): RecordScanner | null
  /** What rows of a cloud audit log say of mailboxes and accounts, counted. */
  cloud?(tally: CloudTally): void
}

/** Records of a structured log that have the same fields, of which some have the same values in all of them. */
export type RecordForm = {
  readonly log: LogKind
  readonly sources: readonly LogSource[]
  readonly same: Fields
  /** May the event of such a record have a field of this name (in lower case)? */
  mayHave(name: string): boolean
}

/** A record, told by single fields. */
export type RecordTold = {
  /** Milliseconds since 1970 UTC, as the format has it. */
  readonly time: number
  readonly client: string | null
  readonly user: string | null
  /** Where it lies, as its event would have it. */
  readonly at: Place
  /** What it is known by in other files; null where it says none. `hasId` tells without reading it. */
  readonly id: string | null
  readonly hasId: boolean
  /** The field of this name (in lower case): its value, null where the record has none, undefined where only its event tells. */
  tell(name: string): FieldValue | undefined
}

export type RecordJudge = {
  /** Fields that are asked for (in lower case) to tell whether a rule could match. */
  readonly asks: readonly string[]
  /** Could one of the rules match that do not match all records of the form? The same fields have the same answer. */
  could(tell: RecordTold['tell']): boolean
  /**
   * True: no rule can match the record, and it was counted as its event would have been. False: its event is asked for.
   * `could`: what the record has for an answer, where that is known.
   */
  passes(record: RecordTold, could?: boolean): boolean
}

/** A table: how many columns it has, which of them holds the record, and the byte between them. */
export type TableForm = { readonly columns: number; readonly data: number; readonly delimiter: number }

/**
 * Finds the members of regular records of JSON, one a line or in a column of a table, and knows values again, without
 * making texts of them. Members are numbered in the order of their bytes: columns that are not empty, members of the
 * record, and behind a member that is an object the members of that.
 */
export type RecordScanner = {
  /** Null: records stand one a line. */
  setForm(form: TableForm | null): void
  /**
   * Reads the row at `from`, of which `base` + `from` is the offset in the file: the number of its list of names, which
   * stands for the same names and objects in the same order; 0 where it is not regular, or not whole in front of `to`.
   */
  next(buffer: Buffer, from: number, to: number, base: number): number
  /** Members of the row, its bytes with the line end, and where the record lies in these. */
  readonly count: number
  readonly length: number
  readonly recordAt: number
  readonly recordLength: number
  /** Has it bytes that are no ASCII? */
  readonly isHigh: boolean
  row(): Buffer
  /** The name of a member, or the number of a column. */
  name(member: number): string | number
  /** Is it a text, and not an empty one? */
  isText(member: number): boolean
  isObject(member: number): boolean
  isWithin(member: number, outer: number): boolean
  /** The number by which a value is known again until values are forgotten; -1 where it is too long for that. */
  number(member: number): number
  /** What was read of the value with that number. */
  known(number: number): unknown
  value(member: number): unknown
  /** What rows with that list of names are told by. */
  learn(names: number, recipe: Recipe): void
  /** Tells of the row at hand, whose list of names was learnt; false where it has no time, or a value is too long. */
  tell(names: number): boolean
  /** Milliseconds since 1970 of a time like `2025-08-01T04:23:22`; not a number for everything else. */
  readonly time: number
  /** Numbers of all values together by which it is planned, and of those that say who did it from where. */
  readonly plan: number
  readonly who: number
  /** Numbers of single values: the application (-1: none), and how mail was opened where the recipe names it. */
  readonly app: number
  readonly access: number
  readonly hasId: boolean
  /** 64 bits of the record of a row that has an id. */
  digest(into: Uint32Array): void
  /** The number of three numbers together. */
  together(a: number, b: number, c: number): number
  /**
   * A question is answered by the values of these members, and by the subjects of all messages; false where it is beyond
   * what can be learnt.
   */
  question(number: number, members: readonly number[], withSubjects: boolean): boolean
  /** The number of these values of the row at hand, and of one more number; -1 where one is too long, -2 where messages are not regular. */
  asked(names: number, question: number, also: number): number
  /** Counts messages and their size; false where what names them is not regular. */
  countItems(names: number): boolean
  readonly items: number
  readonly bytes: number
  /** Makes room where it is needed, between two rows: which numbers stand for something else from now on. */
  forget(): 'names' | 'values' | null
}

/** Where what is told of a record stands: numbers of members, -1 where there is none. */
export type Recipe = {
  readonly time: number
  readonly id: number
  /** The application: the second where the first is no text. */
  readonly apps: readonly [number, number]
  readonly access: number
  readonly user: number
  readonly owner: number
  readonly organization: number
  /** The session; where it is no text that of the context, whose whole value is taken where that has none of its own. */
  readonly session: number
  readonly context: number
  readonly inContext: number
  /** A list of folders with messages, a list of messages, and one message. */
  readonly items: readonly [number, number, number]
  /** Up to three. */
  readonly clients: readonly number[]
  readonly planned: readonly number[]
}

/**
 * How the rows of a log are laid out, as far as they are regular: every value in its column, UTF-8, nothing to
 * put right. A regular row whose values no rule can match becomes no event.
 */
export type RowLayout = {
  readonly sources: readonly LogSource[]
  /** What stands between two values: a byte. */
  readonly delimiter: number
  /** May a value stand in quotes, as RFC 4180 has it? */
  readonly quoted: boolean
  /** How "no value" is written. */
  readonly empty: string
  readonly columns: readonly string[]
  /** What `again` makes the same layout of; null where it cannot. */
  readonly made: string | null
  /** Names of all fields that the event of such a row may have. */
  readonly fields: readonly string[]
  /** Where the time stands: `2021-03-03` and `04:23:22` in two columns, or `2021-03-03T04:23:22.370Z` in one. */
  readonly time: { readonly day: number; readonly clock: number } | { readonly stamp: number }
  /** The column of the client, and what its value is as an address; -1 when there is none. */
  readonly client: number
  /** Further columns that may hold the client of the event. */
  readonly clients?: readonly number[]
  clientOf(value: string): string | null
  /** Rows are requests, and those of some contexts are counted by their traits. */
  readonly isRequests: boolean
  /** Columns that say which log and which host a row belongs to; null where the row must be read as a whole. */
  readonly context: readonly number[]
  contextOf(values: readonly string[]): RowContext | null
  /** Columns of which some values ask for the row as a whole, whether a rule looks at them or not. */
  readonly watched: readonly number[]
  /**
   * How a field (its name in lower case) that a column makes stands in the value as it is written: as the whole or the end
   * of it, somewhere inside, or not at all. Only a text that stands there can be looked for in the bytes of a row.
   */
  stands(column: number, field: string): Stands
  /** A column whose values may tell something of the server, and whom to tell it. */
  readonly telling?: Telling
  /** The fields that one value makes, whatever else stands in the row; null when the row must be read as a whole. */
  fieldsOf(column: number, value: string): Fields | null
  /** Fields that several columns make, with these columns. */
  readonly joint: ReadonlyMap<string, readonly number[]>
  /** Those of them that follow from the fields of the single columns, by name, and how. */
  readonly joins?: { readonly fields: readonly string[]; of(fields: Fields): Fields }
}

export type Stands = 'end' | 'inside' | null

/** The field that holds each trait of a request but its client. */
const TRAITS = { agent: 'cs-user-agent', path: 'cs-uri-stem', status: 'sc-status' } as const

/** Longer values are counted with all that begin alike. */
const LONGEST_TRAIT = 256

/** The value of a trait in the fields of a request, as it is counted: a path whatever its case. Null where there is none. */
export function traitOf(trait: Exclude<Trait, 'client'>, fields: Fields): string | null {
  const value = fields[TRAITS[trait]]
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || value === '') return null
  const short = value.slice(0, LONGEST_TRAIT)
  return trait === 'path' ? short.toLowerCase() : short
}

/** The columns of the traits by which rows are counted. */
export function traitColumns(layout: RowLayout): Map<Trait, number> {
  if (!layout.isRequests) return new Map()
  const traits = Object.entries(TRAITS).map(([trait, field]) => [trait as Trait, columnOf(layout, field)] as const)
  return new Map([['client', layout.client] as const, ...traits].filter(([, column]) => column >= 0))
}

/** The column that makes a field; -1 when there is none. */
export function columnOf(layout: Pick<RowLayout, 'columns' | 'fieldsOf' | 'empty'>, field: string): number {
  return layout.columns.findIndex((_, column) => field in (layout.fieldsOf(column, layout.empty) ?? {}))
}

/** The build that a value names, and where such values come from: at most eight sources. */
export type Told = { readonly source: string; readonly build: string }

/** Values of one column tell of builds, in rows of which the status says that what was asked for is there. */
export type Telling = {
  readonly column: number
  of(value: string): Told | null
  /** Of each row, or of the first, the least and the greatest time of rows that tell the same one after another. */
  tell(told: Told, host: string | null, time: number, place: () => Place): void
}

/** Statuses of what is there. */
export const SERVED: ReadonlySet<string> = new Set(['200', '206', '304'])

/** What rows with the same values in the columns of the context share. */
export type RowContext = {
  readonly log: LogKind
  readonly host: string | null
  /** Told of the first row of a run, then of the least and of the greatest time in it. */
  seen?(time: number, place: () => Place): void
  /** Where two contexts have the same, it does not matter in what order their rows are told. */
  readonly order?: string
}

/** Takes the regular rows of one layout off the lines of a file. */
export type RowTaker = LineTaker & {
  /** Tells what was counted and not told yet; called when the file ends. */
  finish(): void
}

/** One format. Adding one is this file's form, one line in `index.ts`, and golden files. */
export type Parser = {
  /** Short name: `iis`, `exchange-csv`. */
  readonly name: string
  /** For people: `IIS W3C log`. */
  readonly title: string
  /** Whose files it reads: that such a file is there is a sign of the product. `any`: the kinds of its entries are. */
  readonly product: Product
  /** How sure, 0 (not mine) to 100. The highest wins; ties go to the order of the table. */
  recognise(head: Head): number
  /**
   * Reads the whole source and returns the number of bytes that were understood.
   * Those and the lengths of all gaps add up to the size: every byte is read or reported.
   */
  read(source: Source, sink: Sink): Promise<number>
  /** Who takes the regular rows of a file somewhere in its middle, under a layout that was `made` of this. */
  again?(head: Head, sink: Sink, made: string): RowTaker | null
}
