import { isoTime } from '../../lib/time.ts'
import { canonicalColumn, logTypes, otherLog } from './log-types.ts'
import type { LogType } from './log-type.ts'
import { countInOrder } from '../common/header-trust.ts'
import { template } from '../common/lines.ts'

/** The columns of one header, with what is known of its type. */
export type ExchangeColumns = {
  readonly names: readonly string[]
  readonly type: LogType
  readonly template: Record<string, null>
  readonly numbers: readonly boolean[]
  readonly tests: readonly (Test | null)[]
  readonly time: number
  readonly roles: Readonly<Record<'host' | 'client' | 'user' | 'target' | 'request' | 'session', number>>
  /** Positions of the four columns that make up the server's build, when there are all four. */
  readonly build: readonly [number, number, number, number] | null
  readonly schema: number
}

type Test = (value: string) => boolean

const NUMBERS = new Set([
  'httpstatus',
  'backendstatus',
  'requestbytes',
  'responsebytes',
  'requestsize',
  'responsesize',
  'httpstatuscode',
  'substatus',
  'total-bytes',
  'recipient-count',
  'sequence-number',
  'seqnumber',
  'processid',
  'numrecipients',
])

export const isNumber: Test = (v) => v.length < 21 && /^-?\d*$/.test(v)

const truth: Test = (v) => v === '' || /^(?:true|false)$/i.test(v)

const guid: Test = (v) => v === '' || (v.length === 36 && v[8] === '-' && v[23] === '-')

const address: Test = (v) => /^[0-9a-fA-F.:%[\]]*$/.test(v)

const TESTS = new Map<string, Test>([
  ...[...NUMBERS].map((name) => [name, isNumber] as const),
  ...['majorversion', 'minorversion', 'buildversion', 'revisionversion'].map((name) => [name, isNumber] as const),
  ['requestid', guid],
  ['isauthenticated', truth],
  ['isadmin', truth],
  ['method', (v) => /^[A-Za-z_-]{0,24}$/.test(v)],
  ['protocol', (v) => /^[A-Za-z.]{0,24}$/.test(v)],
  ['clientipaddress', address],
  ['urlstem', (v) => v === '' || /^[/*%\\]/.test(v)],
  ['cmdlet', (v) => /^[\w-]*$/.test(v)],
  ['executingusersid', (v) => v === '' || v.startsWith('S-1-')],
  ['event-id', (v) => /^[A-Z]*$/.test(v)],
  ['source', (v) => /^[A-Z]*$/.test(v)],
  ['event', (v) => /^[-+<>*]?$/.test(v)],
  ['recordtype', (v) => /^[A-Za-z]\w{2,60}$/.test(v)],
  ['tenantid', guid],
  ['eventid', (v) => /^[\w. -]{0,80}$/.test(v)],
  ['servername', (v) => /^[\w.-]{0,255}$/.test(v)],
])

const compiled = new Map<string, ExchangeColumns>()

/** The columns of a list of names, as the type that they are of. */
export function exchangeColumns(list: readonly string[], type: LogType): ExchangeColumns {
  const key = `${type.kind}\0${list.join('\0')}`
  const known = compiled.get(key)
  if (known) return known
  const names = list.slice(0, 512).map((name) => canonicalColumn(name.trim(), type))
  const lower = names.map((name) => name.toLowerCase())
  const at = (name: string | undefined): number => (name ? lower.indexOf(name.toLowerCase()) : -1)
  const version = ['majorversion', 'minorversion', 'buildversion', 'revisionversion'].map(at) as [
    number,
    number,
    number,
    number,
  ]
  const time = at(type.time)
  const columns: ExchangeColumns = {
    names,
    type,
    template: template([...names, ...(type.derived ?? [])]),
    numbers: lower.map((name) => NUMBERS.has(name)),
    // Names as short as `event` mean the same in the logs of the table only.
    tests: lower.map((name) => (type === otherLog ? null : (TESTS.get(name) ?? null))),
    time: time >= 0 ? time : lower.findIndex((name) => TIME_COLUMN.test(name)),
    roles: {
      host: at(type.roles.host),
      client: at(type.roles.client),
      user: at(type.roles.user),
      target: at(type.roles.target),
      request: at(type.roles.request),
      session: at(type.roles.session),
    },
    build: version.every((position) => position >= 0) ? version : null,
    schema: at('schema-version'),
  }
  if (compiled.size > 200) compiled.clear()
  if (key.length < 8_192) compiled.set(key, columns)
  return columns
}

const TIME_COLUMN = /^(?:date-?time|time-?stamp|date|time)$/

/** Do the values look like what the columns name? */
export function fitsExchangeColumns(columns: ExchangeColumns, values: readonly string[]): boolean {
  if (columns.time >= 0 && timeInRow(columns, values) === null) return false
  const { tests } = columns
  for (let i = 0; i < values.length; i++) if (tests[i] && !tests[i]!(values[i]!)) return false
  return true
}

/**
 * How many columns of a header are its log's own? None where their order is that of no build, where one that says what
 * happened is missing, or where it has columns that no build is known to have and lacks one that all have, so that one may
 * stand under another name. Null for logs of which no list is known.
 */
export function trustInColumns(columns: ExchangeColumns): number | null {
  let trust = trusted.get(columns)
  if (trust === undefined) trusted.set(columns, (trust = trustOf(columns)))
  return trust
}

const trusted = new WeakMap<ExchangeColumns, number | null>()

function trustOf({ names, type }: ExchangeColumns): number | null {
  const orders = ordersOf(type)
  const has = new Set(names)
  if (type.needed?.some((name) => !has.has(name))) return 0
  if (orders.length === 0) return null
  // Of one build alone it is not known which columns others lack.
  const common = orders.length > 1 ? orders[0]!.filter((name) => orders.every((order) => order.includes(name))) : []
  const isOwn = (name: string): boolean => orders.some((order) => order.includes(name))
  const isPlain = common.every((name) => has.has(name)) || names.every(isOwn)
  const isIn = (order: readonly string[]): boolean => countInOrder(names, order) > 0
  // As one build has them, with columns that none has; or as none has them, and in no other order than any.
  const isOrdered =
    orders.some((order) => isIn(order) && names.every((name) => order.includes(name) || !isOwn(name))) ||
    orders.every(isIn)
  return isPlain && isOrdered ? names.filter(isOwn).length : 0
}

const known = new Map<LogType, readonly (readonly string[])[]>()

/** The columns of a log as its builds order them. */
function ordersOf(type: LogType): readonly (readonly string[])[] {
  let orders = known.get(type)
  if (!orders) known.set(type, (orders = (type.orders ?? type.defaults).map((list) => list.split(','))))
  return orders
}

let defaults: ExchangeColumns[] | null = null

/** Every list that rows without a header may follow. */
export function defaultLists(): ExchangeColumns[] {
  defaults ??= logTypes.flatMap((type) => type.defaults.map((list) => exchangeColumns(list.split(','), type)))
  return defaults
}

/** The list that rows without a header follow: of the same length, every value plausible; null when there is none. */
export function defaultFor(values: readonly string[]): ExchangeColumns | null {
  if (values.length < 4 || parseLogTime(values[0]!) === null) return null
  for (const columns of defaultLists()) {
    if (
      columns.names.length === values.length &&
      fitsExchangeColumns(columns, values) &&
      (columns.type.like?.(values) ?? true)
    )
      return columns
  }
  return null
}

// Times go upwards: the day is the same for many rows, so only the rest is read each time.
let lastDay = ''

let lastMidnight = 0

/** The time of a row by the column that holds it. */
export function timeInRow({ time, type }: ExchangeColumns, values: readonly string[]): number | null {
  const text = values[time] ?? ''
  return parseLogTime(text) ?? type.timeOf?.(text) ?? null
}

/** ISO time, read quickly where it has the usual form `2021-03-03T04:23:22.370Z`. */
export function parseLogTime(text: string): number | null {
  if (text.length !== 24 || text.charCodeAt(23) !== 90 || text.charCodeAt(10) !== 84 || text.charCodeAt(19) !== 46)
    return isoTime(text)
  const day = text.slice(0, 10)
  if (day !== lastDay) {
    const midnight = isoTime(`${day}T00:00:00Z`)
    if (midnight === null) return null
    lastDay = day
    lastMidnight = midnight
  }
  const n = (at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
  const hour = n(11)
  const minute = n(14)
  const second = n(17)
  const milli = (text.charCodeAt(20) - 48) * 100 + n(21)
  const plausible =
    hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60 && milli >= 0 && milli < 1000
  return plausible && text[13] === ':' && text[16] === ':'
    ? lastMidnight + ((hour * 60 + minute) * 60 + second) * 1000 + milli
    : isoTime(text)
}
