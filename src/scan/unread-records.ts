import { decode16, decodeText, sniffEncoding } from '../lib/text.ts'
import type { LogKind } from '../model/log-kinds.ts'
import { exportedKindsIn } from '../parsers/index.ts'

/** Bytes that are looked through at once, with some of those before them, so that a header is there with its first rows. */
const BLOCK = 64 * 1024
const BEFORE = 8 * 1024
/** Names that a record of an export has, or the header of a table of them. */
const MARK =
  /CreationTime|reatedDateTime|AuditData|ctivityDisplayName|TimeGenerated|Date \(UTC\)|OfficeWorkload|Event ?I[dD]|ProviderName|<Event[ >]/

type Range = { readonly offset: number; readonly length: number }

/** The logs of the first records that were found, and where these begin. */
type Found = { readonly kinds: readonly LogKind[]; readonly offset: number }

/** No record is shorter. */
const RECORD = 100

function mayHoldRecord({ length }: Range): boolean {
  return length >= RECORD
}

/**
 * Finds records of an exported log in what no parser reads: behind other text, which makes a file of no known format, or of another
 * one, of it. Which logs they are of is known by the same signs as those at the beginning of a file.
 */
export class UnreadRecords {
  #found: Found | null = null
  readonly #encoding: ReturnType<typeof sniffEncoding>['encoding']
  #pieces: Buffer[] = []
  #length = 0
  #offset = 0
  #sorted: { readonly gaps: readonly Range[]; readonly inOrder: readonly Range[] } | null = null

  constructor(head: Uint8Array) {
    this.#encoding = sniffEncoding(head).encoding
  }

  /** The next bytes, which need not follow those before them. */
  push(bytes: Uint8Array, offset: number): void {
    if (this.#found !== null) return
    if (offset !== this.#offset + this.#length) this.#restart(offset)
    for (let at = 0; at < bytes.length && this.#found === null; at += BLOCK) {
      const piece = Buffer.from(bytes.subarray(at, at + BLOCK))
      this.#pieces.push(piece)
      this.#length += piece.length
      if (this.#length >= BEFORE + BLOCK) this.#look(false)
    }
  }

  /** Those of these bytes, which begin at an offset of the file, that lie in gaps of it. */
  pushRanges(gaps: readonly Range[], bytes: Uint8Array, base: number): void {
    for (const { offset, length } of this.#inOrder(gaps)) {
      const from = Math.max(offset, base)
      const to = Math.min(offset + length, base + bytes.length)
      if (from < to) this.push(bytes.subarray(from - base, to - base), from)
    }
  }

  /** Those that may hold a record; they are sorted once for all pieces of a file. */
  #inOrder(gaps: readonly Range[]): readonly Range[] {
    if (this.#sorted?.gaps !== gaps)
      this.#sorted = { gaps, inOrder: gaps.filter(mayHoldRecord).sort((a, b) => a.offset - b.offset) }
    return this.#sorted.inOrder
  }

  isWorthReading(gaps: readonly Range[]): boolean {
    return gaps.some(mayHoldRecord)
  }

  finish(): Found | null {
    if (this.#found === null && this.#length > 0) this.#look(true)
    return this.#found
  }

  #restart(offset: number): void {
    this.finish()
    this.#pieces = []
    this.#length = 0
    this.#offset = offset
  }

  #look(isLast: boolean): void {
    const block = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces)
    const text = this.#textOf(block)
    const mark = MARK.exec(text)
    if (mark !== null) {
      const from = Math.max(text.lastIndexOf('\n', mark.index) + 1, mark.index - BEFORE)
      const kinds = exportedKindsIn(headOf(text.slice(from)))
      if (kinds.length > 0) this.#found = { kinds, offset: this.#offset + from * (block.length / text.length) }
    }
    const kept = isLast ? block.subarray(block.length) : block.subarray(block.length - BEFORE)
    this.#offset += block.length - kept.length
    this.#pieces = [Buffer.from(kept)]
    this.#length = kept.length
  }

  /** One character for each byte, or for each two: a place in it is a place in the file. */
  #textOf(block: Buffer): string {
    const isWide = this.#encoding.startsWith('utf-16')
    return isWide ? decode16(block, this.#encoding === 'utf-16be') : block.toString('latin1')
  }
}

function headOf(text: string): Parameters<typeof exportedKindsIn>[0] {
  const bytes = Buffer.from(text, 'latin1')
  return { path: '', windowsPath: null, size: bytes.length, bytes, text: decodeText(bytes) }
}
