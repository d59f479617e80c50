import { type Assessment } from '../../src/model/assessment.ts'
import { stageQuestion } from '../../src/model/answer.ts'
import { type KindCoverage } from '../../src/model/coverage.ts'
import { type Finding } from '../../src/model/finding.ts'
import { type Artifact } from '../../src/model/evidence.ts'
import { type LogKind, stateKinds } from '../../src/model/log-kinds.ts'
import { type TimeSpan, timeOf } from './scale.ts'
import { greatestOf } from '../../src/lib/collections.ts'
import { DAY, HOUR } from '../../src/lib/time.ts'

export const columnUnits = ['day', 'week', 'month'] as const
export type ColumnUnit = (typeof columnUnits)[number]

/** A day, a week from Monday on, or a month. */
export type GridColumn = TimeSpan

/**
 * outside: before the first or after the last entry of the kind · empty: within, and without an entry · entries.
 */
export type Cell = {
  readonly is: 'outside' | 'empty' | 'entries'
  readonly entries: number
  readonly shade: 0 | 1 | 2 | 3 | 4
}

export type Row = { readonly kind: KindCoverage; readonly cells: readonly Cell[] }

/** Kinds that have entries by day, logs before states; and those that have none. */
export function kindsOf({ coverage }: Assessment): {
  readonly drawn: readonly KindCoverage[]
  readonly undated: readonly KindCoverage[]
} {
  const drawn = coverage.kinds.filter(({ days }) => days.some(([day]) => dayTime(day) !== null))
  return {
    drawn: [...drawn.filter(({ kind }) => !stateKinds.has(kind)), ...drawn.filter(({ kind }) => stateKinds.has(kind))],
    undated: coverage.kinds.filter((kind) => !drawn.includes(kind)),
  }
}

/**
 * What the chart shows: the reach of the logs, and the time that answers ask for, which logs that are missing lie in. The
 * reason of a "cannot tell" must be on it.
 */
export function shownSpan(report: Assessment, kinds: readonly KindCoverage[]): TimeSpan | null {
  const reach = reachOf(kinds)
  const spans = [...(reach === null ? [] : [reach]), ...askedSpans(report)]
  if (spans.length === 0 || kinds.length === 0) return null
  const from = spans.reduce((least, span) => Math.min(least, span.from), Infinity)
  const to = spans.reduce((most, span) => Math.max(most, span.to), -Infinity)
  return { from: Math.floor(from / DAY) * DAY, to: Math.ceil(to / DAY) * DAY }
}

/** Windows in which the server was or may have been exposed, and the time that each answer needs logs of. */
function askedSpans({ answers, campaigns }: Assessment): readonly TimeSpan[] {
  const all = [
    ...campaigns.flatMap(({ assessed, exposureWindow }) =>
      assessed && exposureWindow !== null ? [exposureWindow] : [],
    ),
    ...answers.flatMap(({ coverage }) => (coverage.of > 1 ? [coverage] : [])),
  ]
  return all.flatMap(({ from, to }) => {
    const [a, b] = [timeOf(from), timeOf(to)]
    return a !== null && b !== null && b > a ? [{ from: a, to: b }] : []
  })
}

/** Time that an answer needs and that no log covers, of all answers together, in the order of time. */
export function missingSpans({ answers }: Assessment): readonly TimeSpan[] {
  const all = answers
    .filter(({ coverage }) => coverage.of > 1)
    .flatMap(({ coverage }) =>
      coverage.missing.flatMap(({ from, to }) => {
        const [a, b] = [timeOf(from), timeOf(to)]
        return a !== null && b !== null && b > a ? [{ from: a, to: b }] : []
      }),
    )
    .sort((x, y) => x.from - y.from)
  const out: TimeSpan[] = []
  for (const span of all) {
    const last = out.at(-1)
    if (last && span.from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else out.push(span)
  }
  return out
}

/** Whole days from the first to the last of the logs; states at the end must not stretch it unless there is nothing else. */
export function reachOf(kinds: readonly KindCoverage[]): TimeSpan | null {
  const logs = kinds.filter(({ kind }) => !stateKinds.has(kind))
  let [from, to] = [Infinity, -Infinity]
  for (const { days } of logs.length > 0 ? logs : kinds) {
    for (const [day] of days) {
      const time = dayTime(day)
      if (time === null) continue
      from = Math.min(from, time)
      to = Math.max(to, time + DAY)
    }
  }
  return Number.isFinite(from) ? { from, to } : null
}

/** The day in the middle of the log that has the most days: where to look first, whatever single days lie far away. */
export function middleOf(kinds: readonly KindCoverage[]): number {
  const most = kinds.reduce((a, b) => (b.days.length > a.days.length ? b : a))
  return dayTime(most.days[Math.floor(most.days.length / 2)]?.[0] ?? '') ?? 0
}

/** The finest unit of which so many columns hold the whole. */
export function unitFor({ from, to }: TimeSpan, most: number): ColumnUnit {
  const days = (to - from) / DAY
  return days <= most ? 'day' : days / 7 + 1 <= most ? 'week' : 'month'
}

/** Columns that hold the span, in order; of a span that needs more than `most`, the page of that number, counted from 0. */
export function gridColumns(span: TimeSpan, unit: ColumnUnit, most = Infinity, page = 0): readonly GridColumn[] {
  const first = numberOf(span.from, unit) + (Number.isFinite(most) ? page * most : 0)
  const last = Math.min(numberOf(span.to - 1, unit), first + most - 1)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
    from: startOf(first + i, unit),
    to: startOf(first + i + 1, unit),
  }))
}

/** How many pages of at most so many columns hold the span. */
export function gridPages({ from, to }: TimeSpan, unit: ColumnUnit, most: number): number {
  return Math.max(1, Math.ceil((numberOf(to - 1, unit) - numberOf(from, unit) + 1) / most))
}

/** The page that a time lies on. */
export function pageOf(span: TimeSpan, unit: ColumnUnit, most: number, time: number): number {
  const page = Math.floor((numberOf(time, unit) - numberOf(span.from, unit)) / most)
  return Math.min(gridPages(span, unit, most) - 1, Math.max(0, page))
}

// Days, weeks and months since 1970. Day 0 was a Thursday.
function numberOf(time: number, unit: ColumnUnit): number {
  const day = Math.floor(time / DAY)
  if (unit === 'day') return day
  if (unit === 'week') return Math.floor((day + 3) / 7)
  const date = new Date(time)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

function startOf(number: number, unit: ColumnUnit): number {
  if (unit === 'day') return number * DAY
  return unit === 'week' ? (number * 7 - 3) * DAY : Date.UTC(1970, number, 1)
}

/** The column in which a time lies; -1 when it lies in none. */
export function columnAt(columns: readonly GridColumn[], time: number): number {
  let [a, b] = [0, columns.length]
  while (a < b) {
    const middle = (a + b) >>> 1
    if (columns[middle]!.to <= time) a = middle + 1
    else b = middle
  }
  return a < columns.length && columns[a]!.from <= time ? a : -1
}

/** What each column holds of each kind. Shades go by entries a day, against the busiest column of the kind. */
export function rowsOf(kinds: readonly KindCoverage[], columns: readonly GridColumn[]): readonly Row[] {
  return kinds.map((kind) => {
    const sums = new Map<number, number>()
    for (const [day, entries] of kind.days) {
      const column = columnAt(columns, dayTime(day) ?? NaN)
      if (column >= 0) sums.set(column, (sums.get(column) ?? 0) + entries)
    }
    const perDay = (column: number): number => {
      const { from, to } = columns[column]!
      return (sums.get(column) ?? 0) / Math.max(1, daysWithin(kind, from, to))
    }
    const peak = greatestOf([...sums.keys()].map(perDay), 0)
    const reach = reachOfKind(kind)
    const cells = columns.map(({ from, to }, i): Cell => {
      const entries = sums.get(i) ?? 0
      if (entries > 0) return { is: 'entries', entries, shade: shadeOf(perDay(i), peak) }
      const within = reach !== null && from < reach.to && to > reach.from
      return { is: within ? 'empty' : 'outside', entries: 0, shade: 0 }
    })
    return { kind, cells }
  })
}

function shadeOf(n: number, peak: number): 1 | 2 | 3 | 4 {
  return Math.min(4, Math.max(1, Math.ceil(4 * Math.sqrt(n / peak) - 0.001))) as 1 | 2 | 3 | 4
}

function daysWithin(kind: KindCoverage, from: number, to: number): number {
  const reach = reachOfKind(kind)
  if (!reach) return 1
  return Math.round((Math.min(to, reach.to) - Math.max(from, reach.from)) / DAY)
}

/** Whole days from a kind's first entry to its last; null for a state, which reaches over no time. */
export function reachOfKind({ kind, days }: KindCoverage): TimeSpan | null {
  if (stateKinds.has(kind)) return null
  const first = days.length > 0 ? dayTime(days[0]![0]) : null
  const last = days.length > 0 ? dayTime(days.at(-1)![0]) : null
  return first === null || last === null ? null : { from: first, to: last + DAY }
}

/** Holes as times, those cut to the span that lie in it. */
export function holesIn(
  { gaps }: KindCoverage,
  { from, to }: TimeSpan,
): readonly (TimeSpan & { readonly reason: string })[] {
  return gaps.flatMap((hole) => {
    const [a, b] = [timeOf(hole.from), timeOf(hole.to)]
    if (a === null || b === null || !(a < to) || !(b > from)) return []
    return [{ from: Math.max(a, from), to: Math.min(b, to), reason: hole.reason }]
  })
}

/** Hours of a column within the reach of a kind, and how many of these lie in holes. */
export function hoursOf(kind: KindCoverage, { from, to }: TimeSpan): { readonly of: number; readonly missing: number } {
  const reach = reachOfKind(kind)
  if (!reach) return { of: 0, missing: 0 }
  const span = { from: Math.max(from, reach.from), to: Math.min(to, reach.to) }
  if (span.to <= span.from) return { of: 0, missing: 0 }
  const missing = holesIn(kind, span).reduce((sum, hole) => sum + (hole.to - hole.from), 0)
  return { of: Math.round((span.to - span.from) / HOUR), missing: Math.round(missing / HOUR) }
}

/** Files that have entries of the kind in the span, as far as first and last entry tell; in the order of time. */
export function filesOf(manifest: readonly Artifact[], kind: LogKind, { from, to }: TimeSpan): readonly Artifact[] {
  return manifest
    .filter(
      ({ kinds, first, last }) => first !== null && last !== null && first < to && last >= from && kinds.includes(kind),
    )
    .sort((a, b) => a.first! - b.first! || (a.path < b.path ? -1 : 1))
}

/** Findings by column; `counting` are those of a stage that answers a question and of level medium or above. */
export function findingsByColumn(
  findings: readonly Finding[],
  columns: readonly GridColumn[],
): { readonly all: readonly Finding[][]; readonly counting: ReadonlyMap<LogKind, ReadonlySet<number>> } {
  const all: Finding[][] = columns.map(() => [])
  const counting = new Map<LogKind, Set<number>>()
  for (const finding of findings) {
    const column = columnAt(columns, timeOf(finding.first ?? finding.time) ?? NaN)
    if (column < 0) continue
    all[column]!.push(finding)
    if (!isCounting(finding)) continue
    const of = counting.get(finding.log)
    if (of) of.add(column)
    else counting.set(finding.log, new Set([column]))
  }
  return { all, counting }
}

export function isCounting({ stage, level }: Finding): boolean {
  return stageQuestion[stage] !== null && level !== 'low' && level !== 'informational'
}

/** The beginning of a UTC day; null when it is none. */
export function dayTime(day: string): number | null {
  return timeOf(`${day}T00:00:00Z`)
}
