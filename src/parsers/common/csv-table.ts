import { holdsFilling, RECORD_FILLING } from '../../lib/blanks.ts'
import { type CsvRecord, CsvRecords } from '../../lib/csv.ts'
import type { Line } from '../../lib/lines.ts'
import type { Sink, Source } from '../parser.ts'
import { aroundLast, Fillers, holdsFillers, readLines, type ReportUnreadLines } from './lines.ts'

export type CsvHeader = { readonly delimiter: string; readonly names: readonly string[] }

/** A table that a program exported: a header line, then records. Blank lines and PowerShell's `#TYPE` lines are neither. */
export type CsvTable<Header extends CsvHeader> = {
  /** The header that the line is, null where it is none. */
  readonly headerOf: (line: string) => Header | null
  /** The header may stand above later rows again. Otherwise a line after the first header is a row, whatever it says. */
  readonly repeats?: boolean
  /** Each row has as many values as the header has names: any other is a gap, and is not given to `take`. */
  readonly isEven?: boolean
  readonly take: (record: CsvRecord, header: Header, unread: ReportUnreadLines) => void
}

/** Reads a table; returns the bytes that were understood. What stands before the header is a gap `unsupported`. */
export function readCsvTable<Header extends CsvHeader>(
  source: Source,
  sink: Sink,
  { headerOf, repeats, isEven, take }: CsvTable<Header>,
): Promise<number> {
  let rows: CsvRecords | null = null
  let report: ReportUnreadLines = () => {}
  const fillers = new TableFillers(sink, () => report)
  const begin = (header: Header): void => {
    rows = new CsvRecords({
      delimiter: header.delimiter,
      columns: header.names.length,
      // Lines that waited with a row whose quote nothing closes.
      passes: (line) => fillers.takes(line),
      take: (record) => {
        if (isEven && (record.broken || record.values.length !== header.names.length))
          report(record, 'corrupt', 'a row with other columns than the table')
        else take(record, header, report)
        fillers.see(record)
      },
    })
  }
  return readLines(
    source,
    sink,
    (line: Line, unread: ReportUnreadLines) => {
      report = unread
      if (rows?.waiting) return rows.push(line)
      if (fillers.takes(line) || line.text.startsWith('#TYPE')) return
      const header = rows === null || repeats ? headerOf(line.text) : null
      if (header) begin(header)
      else if (rows) rows.push(line)
      else unread(line, 'unsupported', 'text that is no row of the table')
    },
    (unread) => {
      report = unread
      rows?.flush()
      fillers.end()
    },
  )
}

/** Blank lines and comments in a table: a long stretch of them, between rows or within a value, is what was written over rows. */
export class TableFillers {
  readonly #fillers = new Fillers(false)
  readonly #sink: Sink
  readonly #report: () => ReportUnreadLines
  /** Were there such lines since the last row? */
  isWaiting = false

  constructor(sink: Sink, report: () => ReportUnreadLines) {
    this.#sink = sink
    this.#report = report
  }

  /** Takes a line that holds nothing; at every other line the stretch before it ends. */
  takes(line: Line): boolean {
    if (!/^[#\s]*$/.test(line.text)) {
      this.end()
      return false
    }
    this.isWaiting = true
    this.#fillers.takes(line, this.#report())
    return true
  }

  /** A record that was read: what was written over those beside it shows in its values. */
  see({ text, offset, number: line }: Pick<CsvRecord, 'text' | 'offset' | 'number'>): void {
    if (!holdsFillers(text) && !holdsFilling(text, RECORD_FILLING)) return
    const detail = 'blanks, blank lines, comments or one letter over and over within a value'
    this.#sink.gap({ offset, length: 0, reason: 'corrupt', detail, line, ...aroundLast(this.#sink) })
  }

  end(): void {
    if (this.isWaiting) this.#fillers.end(this.#report())
    this.isWaiting = false
  }
}

const MORE_VALUES = 'a row with more values than the table has columns'
const FEWER_VALUES = 'a row with fewer values than the table has columns'

/** `ended`: it has a line end; the last of a file may be cut. */
type SeenRow = Pick<CsvRecord, 'values' | 'offset' | 'number'> & { readonly ended?: boolean }

/**
 * Tells of rows with more values than the table has columns, or with fewer: such a row, or its quotes, were written over, so that its
 * values may lie in other columns, or were cut off. One costs the time of the file, and is reported once.
 */
export class UnevenRows {
  readonly #sink: Sink
  #isTold = false

  constructor(sink: Sink) {
    this.#sink = sink
  }

  see({ values, offset, number, ended }: SeenRow, columns: number): void {
    const isLong = values.length > columns && values.slice(columns).some((value) => value !== '')
    if (this.#isTold || (!isLong && (values.length >= columns || ended !== true))) return
    this.#isTold = true
    const detail = isLong ? MORE_VALUES : FEWER_VALUES
    const between = { after: null, before: null }
    this.#sink.gap({ offset, length: 0, reason: 'corrupt', detail, line: number, between })
  }
}
