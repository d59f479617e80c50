import type { Product } from '../model/log-kinds.ts'
import type { CloudTally } from '../model/scan.ts'
import type { Event, Fact, Fields } from '../model/event.ts'
import type { Gap } from '../model/evidence.ts'
import type { RowLayout, RowTaker } from './row-layout.ts'
import type { RecordForm, RecordJudge, RecordScanner } from './record-scanner.ts'

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

/** The times of the entries around a gap; null where none is, so that what the files around it say bounds it. */
export type Between = { readonly after: number | null; readonly before: number | null }

/** A gap as a parser finds it: between the entries emitted before and after it, or `between` others. */
export type GapFound = Omit<Gap, 'path'> & { readonly between?: Between }

/** Where a parser puts what it finds. */
export type Sink = {
  event(event: Event): void
  gap(gap: GapFound): void
  /** Marks the begin of an unreadable range; `gap` reports it at its end. It lies between the entries emitted before and after. */
  losing?(): void
  /** Marks a place between the last entry emitted and the next one, or on both sides of the last: where a gap lies that is reported later. */
  mark?(isAround: boolean): Between
  /** A header line records its time: it must lie between the entries around it, or other lines were overwritten. */
  dated?(time: number | null, at: { readonly offset: number; readonly number: number }): void
  fact(fact: Fact): void
  /** Adds fields to the file's own event: version information and signer of a program file. */
  about?(fields: Fields): void
  /**
   * Takes rows that need not become events, since no rule can match them; null when rules need whole events. It learns
   * from such rows what it would have learnt from their events.
   */
  rows?(layout: RowLayout): RowTaker | null
  /** Judges records of one form before their events are made; null when rules must be evaluated on each event. */
  records?(form: RecordForm): RecordJudge | null
  /** Finds the members of records in bytes; null where that cannot be done. One scanner a file. */
  scanner?(): RecordScanner | null
  /** What rows of a cloud audit log say of mailboxes and accounts, counted. */
  cloud?(tally: CloudTally): void
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
  recognize(head: Head): number
  /** What `recognize` never goes beyond: it is not called where another parser is that sure already. */
  readonly most?: number
  /**
   * Reads the whole source and returns the number of bytes that were understood.
   * Those and the lengths of all gaps add up to the size: every byte is read or reported.
   */
  read(source: Source, sink: Sink): Promise<number>
  /** Who takes the regular rows of a file somewhere in its middle, under a layout that was `made` of this. */
  again?(head: Head, sink: Sink, made: string): RowTaker | null
}
