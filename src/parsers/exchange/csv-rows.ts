import { canonicalIp } from '../../lib/ip.ts'
import { statesZone } from '../../lib/time.ts'
import type { Event, FieldValue, LogSource, Place } from '../../model/event.ts'
import { type KnownLogKind, isProxyLog } from '../../model/log-kinds.ts'
import { buildOf } from './build-sightings.ts'
import type { EventDraft } from './log-type.ts'
import type { RowContext, RowLayout } from '../row-layout.ts'
import { hostName, remembered } from '../common/lines.ts'
import { type ExchangeColumns, isNumber, timeInRow } from './csv-columns.ts'

// Rows of Exchange logs whose columns are known: how they are laid out, and the event of one.

/** The build that a row states in columns of its own. */
export function buildIn(
  columns: ExchangeColumns,
  valueOf: (column: number) => string,
  log: KnownLogKind,
): { readonly build: string; readonly source: string } | null {
  const build = rowBuild(columns.build ? columns.build.map(valueOf).join('.') : valueOf(columns.schema))
  return build === null ? null : { build, source: `rows of ${columns.build ? family(log) : log}` }
}

/** What rows share of which a log tells together. */
export type RowOrigin = { readonly host: string | null; readonly build: ReturnType<typeof buildIn> }

/** How rows of these columns are laid out; null where they have no time, or are told by all columns together. */
export function rowLayoutOf(
  columns: ExchangeColumns,
  made: string | null,
  where: string,
  seenBy: (context: RowOrigin) => NonNullable<RowContext['seen']>,
): RowLayout | null {
  let shape = shapes.get(columns)
  if (shape === undefined) shapes.set(columns, (shape = shapeOf(columns)))
  if (shape === null) return null
  const { names, type, roles } = columns
  const { context } = shape
  const { apart = {} } = type
  const at = (name: string): number => names.indexOf(name)
  return {
    ...shape,
    made,
    contextOf(values) {
      const valueOf = (column: number): string => values[context.indexOf(column)] ?? ''
      const told = apart.contextOf?.((name) => valueOf(at(name)), where) ?? (apart.contextOf ? null : {})
      if (told === null) return null
      const log = told.log ?? type.kind
      const host = told.host === undefined ? (roles.host < 0 ? null : hostOf(valueOf(roles.host))) : told.host
      const build = columns.build || columns.schema >= 0 ? buildIn(columns, valueOf, log) : null
      return { log, host, seen: seenBy({ host, build }), order: build?.build ?? '' }
    },
  }
}

/** What is the same in all files with such columns. */
type Shape = Omit<RowLayout, 'made' | 'contextOf'>
const shapes = new WeakMap<ExchangeColumns, Shape | null>()

function shapeOf(columns: ExchangeColumns): Shape | null {
  const { names, type, numbers, roles } = columns
  const at = (name: string): number => names.indexOf(name)
  const distinct = new Set(names.map((name) => name.toLowerCase()))
  if (columns.time < 0 || distinct.size < names.length || (type.derive && !type.apart)) return null
  const { apart = {} } = type
  const joint = Object.entries(apart.joint ?? {}).map(
    ([field, made]) => [field.toLowerCase(), made.map(at).filter((column) => column >= 0)] as const,
  )
  const stands = new Map(Object.entries(apart.stands ?? {}))
  const context = [
    ...new Set([roles.host, ...(columns.build ?? [columns.schema]), ...(apart.context ?? []).map(at)]),
  ].filter((column) => column >= 0)
  return {
    sources: exchangeSources(type.kind),
    delimiter: 44,
    quoted: true,
    empty: '',
    columns: names,
    fields: [...new Set([...Object.keys(columns.template), ...Object.keys(apart.joint ?? {})])],
    time: { stamp: columns.time },
    client: apart.clients ? -1 : roles.client,
    clients: (apart.clients ?? []).map(at),
    clientOf,
    isRequests: isProxyLog(type.kind),
    watched: (apart.watched ?? []).map(at).filter((column) => column >= 0),
    stands: (column, field) => (field === names[column]!.toLowerCase() ? 'end' : (stands.get(field) ?? null)),
    context,
    fieldsOf(column, text) {
      const value = text === '' ? null : numbers[column] ? numberOr(text) : text
      const more = apart.fields ? apart.fields(names[column]!, value) : {}
      return more && { [names[column]!]: value, ...more }
    },
    joint: new Map(joint),
    ...(apart.joins ? { joins: apart.joins } : {}),
  }
}

/** The build in a text of a row. */
export const rowBuild = remembered((text: string) => buildOf(text), 512)

function family(log: KnownLogKind): string {
  return isProxyLog(log) ? 'HttpProxy' : log
}

/** The event of the values of one row. */
export function exchangeEvent(
  columns: ExchangeColumns,
  values: readonly string[],
  raw: string,
  at: Place,
  where: string,
  snippet: boolean,
): Event {
  const fields: Record<string, FieldValue> = { ...columns.template }
  const { names, numbers, roles, type } = columns
  for (let i = 0; i < names.length; i++) {
    const value = values[i]
    if (value === undefined || value === '') continue
    fields[names[i]!] = numbers[i] ? numberOr(value) : value
  }
  const stamp = columns.time >= 0 ? (values[columns.time] ?? '') : ''
  const client = roles.client < 0 ? null : (values[roles.client] ?? null)
  const draft: EventDraft = {
    log: type.kind,
    fields,
    host: roles.host < 0 ? null : hostOf(values[roles.host] ?? ''),
    client: client ? clientOf(client) : null,
    user: roles.user < 0 ? null : values[roles.user] || null,
    target: roles.target < 0 ? null : values[roles.target] || null,
    request: roles.request < 0 ? null : requestOf(values[roles.request] ?? ''),
    session: roles.session < 0 ? null : values[roles.session] || null,
  }
  type.derive?.(draft, where)
  const event: Event = {
    log: draft.log,
    sources: exchangeSources(draft.log),
    time: timeInRow(columns, values),
    // Without a zone these logs are UTC by definition.
    timeBasis: stamp.endsWith('Z') || statesZone(stamp) ? 'stated' : stamp === '' ? 'assumed' : 'format',
    fields,
    raw,
    at,
    host: draft.host,
    client: draft.client,
    user: draft.user,
    target: draft.target,
    request: draft.request,
    session: draft.session,
  }
  return snippet ? { ...event, snippet: true } : event
}

/** Logs whose rows name a cmdlet: one rule reads them all, and the cmdlet events of Windows too. */
const CMDLETS: ReadonlySet<string> = new Set(['ecp-server', 'cmdletinfra-cmdlet'])

/** Sigma's log sources of a kind of Exchange log. */
export const exchangeSources: (log: KnownLogKind) => readonly LogSource[] = remembered(
  (log: string): readonly LogSource[] =>
    isProxyLog(log)
      ? [{ category: 'webserver' }, { product: 'exchange', service: 'httpproxy' }]
      : CMDLETS.has(log)
        ? [{ category: 'cmdlet', product: 'exchange', service: log }]
        : [{ product: 'exchange', service: log }],
)

const clientOf = remembered((text: string) => canonicalIp(text))
const hostOf = remembered((text: string) => hostName(text))

function requestOf(text: string): string | null {
  return text.length === 36 && text[8] === '-' ? text.toLowerCase() : null
}

function numberOr(value: string): number | string {
  const n = isNumber(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(n) ? n : value
}

export function hasTime(columns: ExchangeColumns, values: readonly string[]): boolean {
  return columns.time < 0 || timeInRow(columns, values) !== null
}
