import type { Event, Fact, Fields, Gap } from '../model.ts'

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
  /** Uncompressed bytes in order. Chunk borders mean nothing. Throws only on an I/O error of the medium. */
  chunks(): AsyncIterable<Uint8Array>
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
  fact(fact: Fact): void
  /** Fields of the file's own event: what stands in a program file about itself. */
  about?(fields: Fields): void
}

/** One format. Adding one is this file's form, one line in `index.ts`, and golden files. */
export type Parser = {
  /** Short name: `iis`, `exchange-csv`. */
  readonly name: string
  /** For people: `IIS W3C log`. */
  readonly title: string
  /** How sure, 0 (not mine) to 100. The highest wins; ties go to the order of the table. */
  recognise(head: Head): number
  /**
   * Reads the whole source and returns the number of bytes that were understood.
   * Those and the lengths of all gaps add up to the size: every byte is read or reported.
   */
  read(source: Source, sink: Sink): Promise<number>
}
