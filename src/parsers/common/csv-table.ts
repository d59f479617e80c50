import { type CsvRecord, CsvRecords } from '../../lib/csv.ts'
import type { Line } from '../../lib/lines.ts'
import type { Sink, Source } from '../parser.ts'
import { Fillers, holdsFillers, readLines, type ReportUnreadLines } from './lines.ts'

export type CsvHeader = { readonly delimiter: string; readonly names: readonly string[] }

/** A table that a program exported: a header line, then records. Blank lines and PowerShell's `#TYPE` lines are neither. */
export type CsvTable<Header extends CsvHeader> = {
  /** The header that the line is, null where it is none. */
  readonly headerOf: (line: string) => Header | null
  /** The header may stand above later rows again. Otherwise a line after the first header is a row, whatever it says. */
  readonly repeats?: boolean
  readonly take: (record: CsvRecord, header: Header, unread: ReportUnreadLines) => void
}

/** Reads a table; returns the bytes that were understood. What stands before the header is a gap `unsupported`. */
export function readCsvTable<Header extends CsvHeader>(
  source: Source,
  sink: Sink,
  { headerOf, repeats, take }: CsvTable<Header>,
): Promise<number> {
  let rows: CsvRecords | null = null
  let report: ReportUnreadLines = () => {}
  const fillers = new TableFillers(() => report)
  const begin = (header: Header): void => {
    rows = new CsvRecords({
      delimiter: header.delimiter,
      columns: header.names.length,
      // Lines that waited with a row whose quote nothing closes.
      passes: (line) => fillers.takes(line),
      take: (record) => {
        fillers.see(record)
        take(record, header, report)
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
  readonly #report: () => ReportUnreadLines
  /** Were there such lines since the last row? */
  isWaiting = false

  constructor(report: () => ReportUnreadLines) {
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

  see(record: Pick<CsvRecord, 'text' | 'offset' | 'length' | 'number'>): void {
    if (holdsFillers(record.text))
      this.#report()({ ...record, length: 0 }, 'corrupt', 'blank lines or comments within a value')
  }

  end(): void {
    if (this.isWaiting) this.#fillers.end(this.#report())
    this.isWaiting = false
  }
}

/**
 * Tells of rows with more values than the table has columns: such a row, or its quotes, were written over, so that its values may lie
 * in other columns. One costs the time of the file, and is reported once.
 */
export class LongRows {
  readonly #sink: Sink
  #isTold = false

  constructor(sink: Sink) {
    this.#sink = sink
  }

  see({ values, offset, number }: Pick<CsvRecord, 'values' | 'offset' | 'number'>, columns: number): void {
    if (this.#isTold || values.length <= columns || values.slice(columns).every((value) => value === '')) return
    this.#isTold = true
    const detail = 'a row with more values than the table has columns'
    const between = { after: null, before: null }
    this.#sink.gap({ offset, length: 0, reason: 'corrupt', detail, line: number, between })
  }
}
