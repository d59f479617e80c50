import { counted } from '../../lib/amounts.ts'
import { splitHeadLines } from '../../lib/text.ts'
import { utcTime } from '../../lib/time.ts'
import type { Fact, FieldValue } from '../../model/event.ts'
import type { RowLayout } from '../row-layout.ts'
import { countInOrder } from '../common/header-trust.ts'
import { remembered, type Stretch, template } from '../common/lines.ts'

// W3C Extended Log File Format (https://www.w3.org/TR/WD-logfile.html): values in the order of the last #Fields line,
// one space between them, `-` for none. Spaces inside values are `+` where the writer is careful; IIS is not always.

/** The columns of one #Fields line. */
export type HeaderColumns = {
  readonly names: readonly string[]
  /** What a value must look like; null when anything may stand there, also spaces. */
  readonly tests: readonly (Test | null)[]
  readonly numbers: readonly boolean[]
  readonly template: Record<string, null>
  /** Position of a column, -1 when there is none. */
  at(name: string): number
}

type Test = (value: string) => boolean

/** Names that rows carry beside their own: Sigma's. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['cs(user-agent)', 'cs-user-agent'],
  ['cs(referer)', 'cs-referer'],
  ['cs(cookie)', 'cs-cookie'],
  ['cs(host)', 'cs-host'],
])

const date: Test = (v) => v.length === 10 && v[4] === '-' && v[7] === '-'
const time: Test = (v) => v.length >= 8 && v[2] === ':' && v[5] === ':'
const number: Test = (v) => v === '-' || /^-?\d{1,20}$/.test(v)
const address: Test = (v) =>
  v === '-' || /^[0-9a-fA-F]*[.:][0-9a-fA-F.:%x[\]]*$/.test(v) || v.startsWith('[') || MASKED.test(v)
/** What people write over addresses before they publish a log: `***`, `198.51.*.*`, `<redacted>`, `xxx`. */
const MASKED =
  /^(?:[\d.]{0,12}[*xX#.]{2,45}|[<({]?(?:ip[_-]?)?(?:redacted|removed|masked|hidden|anonymi[sz]ed|censored)[>)}]?)$/i
const method: Test = (v) => v === '-' || /^[A-Za-z_][\w-]{0,40}$/.test(v)
const stem: Test = (v) => /^[/*.\\-]/.test(v) || /^https?:/i.test(v)

const TESTS = new Map<string, Test>([
  ['date', date],
  ['time', time],
  ['s-ip', address],
  ['c-ip', address],
  ['cs-method', method],
  ['cs-uri-stem', stem],
  ['cs-version', (v) => v === '-' || /^[A-Za-z]+\/?[\d.]*$/.test(v)],
])
const NUMBERS = new Set([
  's-port',
  'c-port',
  'sc-status',
  'sc-substatus',
  'sc-win32-status',
  'sc-bytes',
  'cs-bytes',
  'time-taken',
])

/** Columns of a #Fields line, with `more` names for what a parser derives. */
export function w3cColumns(fields: string, more: readonly string[]): HeaderColumns {
  const names = fields.trim().split(/\s+/).slice(0, 512)
  const lower = names.map((name) => name.toLowerCase())
  return {
    names,
    tests: lower.map((name) => TESTS.get(name) ?? (NUMBERS.has(name) ? number : null)),
    numbers: lower.map((name) => NUMBERS.has(name)),
    template: template([...names, ...lower.flatMap((name) => ALIASES.get(name) ?? []), ...more]),
    at: (name) => lower.indexOf(name),
  }
}

/** The fields of a row: `-` and nothing are null, numbers are numbers, Sigma's names stand beside the log's own. */
export function fieldsOf(columns: HeaderColumns, values: readonly string[]): Record<string, string | number | null> {
  const fields: Record<string, string | number | null> = { ...columns.template }
  const { names, numbers } = columns
  for (let i = 0; i < names.length; i++) {
    const value = values[i]
    if (value === undefined || value === '-' || value === '') continue
    fields[names[i]!] = numbers[i] ? numberOr(value) : value
  }
  return fields
}

/** Copies the values whose column has a name of Sigma's. */
export function aliasesOf(columns: HeaderColumns): readonly (readonly [string, string])[] {
  return columns.names.flatMap((name) => {
    const alias = ALIASES.get(name.toLowerCase())
    return alias ? [[name, alias] as const] : []
  })
}

/** A whole number where it is one. */
export function numberOr(value: string): number | string {
  const n = +value
  return Number.isSafeInteger(n) && !ODD_NUMBER.test(value) ? n : value
}

/** No server writes `1e6` or `0x10`: the digits of such a number would not stand in the row. */
const ODD_NUMBER = /[^-+\d]/

/** Do the values fit their columns, one each? */
export function fitsW3cColumns(columns: HeaderColumns, values: readonly string[]): boolean {
  if (values.length !== columns.names.length) return false
  const { tests } = columns
  for (let i = 0; i < tests.length; i++) if (tests[i] && !tests[i]!(values[i]!)) return false
  return true
}

/** The rows of the beginning of a text, taken apart. */
export function* firstRows(text: string): Iterable<readonly string[]> {
  for (const line of splitHeadLines(text.slice(0, 32_768)).slice(0, -1))
    if (line !== '' && line.charCodeAt(0) !== 35) yield line.split(' ')
}

/** What is told of a header, and where it stands. */
export function headerNote(path: string, says: string, { offset, length, number: line }: Stretch): Fact {
  return { fact: 'note', note: `${path}, line ${line}: ${says}`, at: { path, offset, length, line } }
}

/** Headers that are remembered of a file, that are told of, and columns by whose values rows of one are known again. */
const [HEADERS, TOLD_HEADERS, TELLING_TESTS] = [12, 5, 5]

const NEEDED = ['date', 'time', 'c-ip', 'cs-method', 'cs-uri-stem', 'cs-uri', 'sc-status']

/**
 * The headers of one file. A server writes one whenever it starts, and others where somebody chose other fields; whoever
 * writes one into the file must not thereby hide the rows behind it.
 */
export class W3cHeaders<C extends HeaderColumns> {
  readonly #order: readonly string[]
  readonly #tell: (says: string, at: Stretch) => void
  #met: readonly C[] = []
  #end = 0
  #isInside = false
  #told = 0
  /** Columns of an earlier header that rows of the same length may have instead: the one at hand knows fewer of them. */
  rival: C | null = null
  /** The header at hand lacks columns that tell a request, or has its columns in an order in which no server writes them. */
  isDoubtful = false

  /** `order`: the columns that the server knows, as it orders them. */
  constructor(order: string, tell: (says: string, at: Stretch) => void) {
    this.#order = order.toLowerCase().split(' ')
    this.#tell = tell
  }

  /** A `#` line: of the header at hand, or of another behind rows. */
  enter({ number }: Stretch): void {
    if (number !== this.#end + 1) this.#isInside = this.#end > 0
    this.#end = number
  }

  /** The columns of a header, after those of another; `at`: where it stands, where that is known. */
  take(columns: C, before: C | null, at?: Stretch): void {
    const met = [columns, ...this.#met.filter((other) => !isSame(other, columns))]
    // The first header of a file is never forgotten, however many come behind it.
    this.#met = met.length > HEADERS ? [...met.slice(0, HEADERS - 1), met.at(-1)!] : met
    const trust = this.#trust(columns)
    const better = met.filter((other) => this.#trust(other) > trust)
    this.isDoubtful = better.some(
      (other) => trust === 0 || NEEDED.some((name) => other.at(name) >= 0 && columns.at(name) < 0),
    )
    this.rival =
      better.find(
        ({ names, tests }) =>
          names.length === columns.names.length && tests.filter((test) => test !== null).length >= TELLING_TESTS,
      ) ?? null
    if (before && at && this.#isInside) this.#compare(before, columns, at)
  }

  /** The columns of an earlier header that a row has. */
  earlier(values: readonly string[], columns: C | null): C | null {
    const isOther = (other: C): boolean => columns === null || !isSame(other, columns)
    return this.#met.find((other) => isOther(other) && fitsW3cColumns(other, values)) ?? null
  }

  /**
   * Are these columns in the server's order, with columns that it does not know behind those that it does? None of those
   * that say what was requested may be missing; where there are columns that the server does not know, none that say by
   * whom and with what result: one of them may have another name.
   */
  isOrdered(columns: C, requested: readonly string[]): boolean {
    const known = columns.names.map((name) => this.#order.includes(name.toLowerCase()))
    const unknown = known.indexOf(false)
    const needed = unknown < 0 ? requested : [...requested, 'time', 'c-ip', 'sc-status']
    return (
      this.#trust(columns) > 0 &&
      (unknown < 0 || known.lastIndexOf(true) < unknown) &&
      needed.every((name) => columns.at(name) >= 0)
    )
  }

  /** How many of the server's columns it names; none where their order is not the server's. */
  #trust({ names }: C): number {
    return countInOrder(
      names.map((name) => name.toLowerCase()),
      this.#order,
    )
  }

  #compare(before: C, columns: C, at: Stretch): void {
    const lost = before.names.filter((name) => {
      const lower = name.toLowerCase()
      return this.#order.includes(lower) && columns.at(lower) < 0
    })
    const isMixed = this.#trust(columns) === 0 && this.#trust(before) > 0
    if ((lost.length === 0 && !isMixed) || this.#told++ >= TOLD_HEADERS) return
    const more = lost.length > 4 ? ` and ${counted(lost.length - 4, 'more column')}` : ''
    const what = lost.length > 0 ? `without ${lost.slice(0, 4).join(', ')}${more}` : 'in another order'
    this.#tell(`a header inside the file, behind rows of another one, is ${what}`, at)
  }
}

/** Do two headers name the same? The columns of one may be made twice, as those of other files were forgotten in between. */
function isSame(a: HeaderColumns, b: HeaderColumns): boolean {
  return a === b || (a.names.length === b.names.length && a.names.every((name, i) => name === b.names[i]))
}

/** The values of a row, one for each column; `isSure`: there is no other way to read it. */
type Aligned = { readonly values: string[]; readonly isSure: boolean }

/** What is told of a row that is read in one of several ways. */
export const SEVERAL_WAYS = 'other values than the header says, which can be read in more than one way'

/**
 * Finds which values belong together in a row that has too many or too few of them: an empty value too many, spaces in
 * a user name, an agent or a query, one value missing at a place that is certain. Null when nothing fits. Whoever puts
 * values between those of a row, or behind them, makes others of its columns: such a row can be read in several ways.
 */
export function align(columns: HeaderColumns, values: readonly string[], deep = true): Aligned | null {
  const wanted = columns.names.length
  const full = values.filter((value) => value !== '')
  const sure = (found: string[] | null): Aligned | null => (found === null ? null : { values: found, isSure: true })
  if (full.length !== values.length && fitsW3cColumns(columns, full)) return sure(full)
  if (full.length < wanted) return full.length === wanted - 1 ? sure(insertOne(columns, full)) : null
  const excess = full.length - wanted
  if (excess === 0 || excess > 200 || holdsRow(columns, full)) return null
  const free = FREE.map((name) => columns.at(name)).filter((at) => at >= 0)
  const ways = new Ways()
  for (const column of free) ways.see(columns, merge(full, column, excess), between(columns, column))
  if (!ways.found && deep && excess <= 12) mergeTwo(columns, full, free, excess, ways)
  // The first values, and some behind them that no server writes; what the last column holds may have spaces itself.
  if (!free.includes(wanted - 1)) ways.see(columns, full.slice(0, wanted), 'first')
  return ways.found
}

/** How a row can be read: the first way that fits, and whether others make other columns of its values. */
class Ways {
  found: Aligned | null = null
  #place = ''

  see(columns: HeaderColumns, values: string[], place: string): void {
    if (this.found?.isSure === false || !fitsW3cColumns(columns, values)) return
    if (this.found === null) [this.found, this.#place] = [{ values, isSure: place !== 'first' }, place]
    else if (place !== this.#place) this.found = { ...this.found, isSure: false }
  }
}

/** Columns between which none has a form of its own share their values: which of them holds the spaces changes nothing else. */
function between({ tests }: HeaderColumns, column: number): string {
  let before = 0
  for (let i = 0; i < column; i++) if (tests[i]) before++
  return String(before)
}

/** Does another row begin in it? Where the line end between two rows is gone neither is an agent or a name of the other. */
function holdsRow(columns: HeaderColumns, values: readonly string[]): boolean {
  const own = columns.at('date')
  return values.some((value, i) => i !== own && /\d{4}-\d\d-\d\d$/.test(value) && time(values[i + 1] ?? ''))
}

// Columns that may hold spaces, likeliest first.
const FREE = [
  'cs-username',
  'cs(user-agent)',
  'cs(cookie)',
  'cs(referer)',
  'cs-uri-query',
  'cs-uri',
  'cs-uri-stem',
  's-queuename',
]

function merge(values: readonly string[], column: number, excess: number): string[] {
  const end = column + excess + 1
  return [...values.slice(0, column), values.slice(column, end).join(' '), ...values.slice(end)]
}

function mergeTwo(
  columns: HeaderColumns,
  values: readonly string[],
  free: readonly number[],
  excess: number,
  ways: Ways,
): void {
  for (const a of free) {
    for (const b of free) {
      if (b <= a) continue
      const place = `${between(columns, a)} ${between(columns, b)}`
      for (let n = 1; n < excess; n++) ways.see(columns, merge(merge(values, a, n), b, excess - n), place)
    }
  }
}

// Only where one place alone makes the others fit: a guess would be worse than a gap.
function insertOne(columns: HeaderColumns, values: readonly string[]): string[] | null {
  let found: string[] | null = null
  for (let at = 0; at <= values.length; at++) {
    const whole = [...values.slice(0, at), '-', ...values.slice(at)]
    if (!columns.tests[at] || !fitsW3cColumns(columns, whole)) continue
    if (found && !sameText(found, whole)) return null
    found = whole
  }
  return found
}

function sameText(a: readonly string[], b: readonly string[]): boolean {
  return a.every((value, i) => value === b[i])
}

/** Midnight UTC of `2021-03-03`; null when it is no date. */
export const midnight = remembered((text: string): number | null => {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return m ? utcTime(+m[1]!, +m[2]!, +m[3]!) : null
}, 1024)

/** Milliseconds since midnight of `04:23:22` (with decimals, if any); null when it is no time. */
export function timeOfDay(text: string): number | null {
  if (text.length < 8 || text.charCodeAt(2) !== 58 || text.charCodeAt(5) !== 58) return null
  const hour = two(text, 0)
  const minute = two(text, 3)
  const second = two(text, 6)
  if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60)) return null
  const whole = ((hour * 60 + minute) * 60 + second) * 1000
  if (text.length === 8) return whole
  const rest = /^\.(\d{1,7})$/.exec(text.slice(8))
  return rest ? whole + Math.floor(Number(`0.${rest[1]}`) * 1000) : null
}

function two(text: string, at: number): number {
  const a = text.charCodeAt(at) - 48
  const b = text.charCodeAt(at + 1) - 48
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1
}

/** What a `#Date:` line states; null when it is no time. */
export function dateOf(text: string): number | null {
  const stated = text.slice(text.indexOf(':') + 1).trim()
  const [day, clock] = [midnight(stated.slice(0, 10)), timeOfDay(stated.slice(11, 19))]
  return day === null || clock === null ? null : day + clock
}

/** The address of a web request. */
export function uriOf(stem: string | null, query: string | null): string | null {
  return stem === null ? null : query === null ? stem : `${stem}?${query}`
}

/** It follows from the fields of path and query. */
export const JOINS: NonNullable<RowLayout['joins']> = {
  fields: ['cs-uri'],
  of({ 'cs-uri-stem': stem, 'cs-uri-query': query }) {
    return { 'cs-uri': uriOf(textOrNull(stem), textOrNull(query)) }
  },
}

function textOrNull(value: FieldValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
