import type { Line } from './lines.ts'

/** The values of one record. `open` says that the text ends inside quotes. */
export type CsvValues = { values: string[]; open: boolean }

/**
 * Splits a record as RFC 4180 has it: quotes count at the beginning of a value only, and are doubled inside.
 * Text after a closing quote is kept, so that nothing of a badly quoted value is lost.
 */
export function splitCsv(text: string, delimiter = ','): CsvValues {
  if (!text.includes('"')) return { values: text.split(delimiter), open: false }
  const values: string[] = []
  let at = 0
  for (;;) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, at + 1)
      if (quoted.end < 0) return { values: [...values, quoted.value], open: true }
      const next = text.indexOf(delimiter, quoted.end)
      values.push(quoted.value + (next < 0 ? text.slice(quoted.end) : text.slice(quoted.end, next)))
      if (next < 0) return { values, open: false }
      at = next + 1
    } else {
      const next = text.indexOf(delimiter, at)
      values.push(next < 0 ? text.slice(at) : text.slice(at, next))
      if (next < 0) return { values, open: false }
      at = next + 1
    }
  }
}

// The value behind an opening quote and where it ends (behind the closing quote), -1 when it does not.
function readQuoted(text: string, from: number): { value: string; end: number } {
  let value = ''
  let at = from
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { value: value + text.slice(at), end: -1 }
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { value, end: quote + 1 }
    value += '"'
    at = quote + 2
  }
}

/** A record that may reach over several lines, with its place. `broken` says that its quotes never close. */
export type CsvRecord = CsvValues & {
  text: string
  offset: number
  length: number
  number: number
  broken: boolean
  ended: boolean
}

const LINES = 64
const LENGTH = 262_144

/**
 * Joins lines to records while quotes are open. A record that does not close within its bounds, or before a line that
 * begins a new one, was badly quoted: its first line is given as it stands and the others are given back one by one.
 */
export class CsvRecords {
  readonly #delimiter: string
  readonly #begins: (text: string) => boolean
  readonly #take: (record: CsvRecord) => void
  readonly #stray: (line: Line) => void
  #pending: Line[] = []
  #length = 0

  constructor(
    delimiter: string,
    begins: (text: string) => boolean,
    take: (record: CsvRecord) => void,
    stray: (line: Line) => void,
  ) {
    this.#delimiter = delimiter
    this.#begins = begins
    this.#take = take
    this.#stray = stray
  }

  push(line: Line): void {
    if (this.#pending.length > 0) {
      if (!this.#begins(line.text)) {
        this.#append(line)
        return
      }
      this.flush()
    }
    const split = splitCsv(line.text, this.#delimiter)
    if (split.open) {
      this.#pending = [line]
      this.#length = line.text.length
    } else
      this.#take({
        ...split,
        ended: line.ended,
        text: line.text,
        offset: line.offset,
        length: line.length,
        number: line.number,
        broken: false,
      })
  }

  /** Whether a record is waiting for its closing quote. */
  get waiting(): boolean {
    return this.#pending.length > 0
  }

  /** Gives a record that is still open. */
  flush(): void {
    const [first, ...others] = this.#pending
    if (!first) return
    this.#pending = []
    const split = splitCsv(first.text, this.#delimiter)
    this.#take({
      ...split,
      text: first.text,
      ended: first.ended,
      offset: first.offset,
      length: first.length,
      number: first.number,
      broken: true,
    })
    for (const line of others) this.#stray(line)
  }

  #append(line: Line): void {
    this.#pending.push(line)
    this.#length += line.text.length
    if (this.#pending.length > LINES || this.#length > LENGTH) {
      this.flush()
      return
    }
    // Inside quotes only an odd number of them can close the record.
    if (countQuotes(line.text) % 2 === 0) return
    const text = this.#pending.map((l) => l.text).join('\n')
    const split = splitCsv(text, this.#delimiter)
    if (split.open) return
    const first = this.#pending[0]!
    const length = line.offset + line.length - first.offset
    this.#pending = []
    this.#take({ ...split, text, offset: first.offset, length, number: first.number, broken: false, ended: line.ended })
  }
}

function countQuotes(text: string): number {
  let n = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) n++
  return n
}

/** The first row of a table that PowerShell or a tool exported, split at each delimiter that it may have. */
export function* headersOf(line: string): Generator<{ delimiter: string; names: string[]; lower: string[] }> {
  if (line.length > 8_192) return
  for (const delimiter of [',', ';', '\t']) {
    if (!line.includes(delimiter)) continue
    const { values, open } = splitCsv(line, delimiter)
    if (open || values.length > 200) continue
    const names = values.map((value) => value.trim())
    yield { delimiter, names, lower: names.map((name) => name.toLowerCase()) }
  }
}

/** The line of an exported table that should be its header: the first that is neither empty nor the `#TYPE` line. */
export function headerLineOf(text: string): string | null {
  const lines = text.slice(0, 16_384).split(/\r\n|\n|\r/, 3)
  return lines.find((line) => line !== '' && !line.startsWith('#TYPE')) ?? null
}
