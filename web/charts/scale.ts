import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts'

/** A time from, and a time up to, in milliseconds since 1970 UTC. */
export type TimeSpan = { readonly from: number; readonly to: number }

export type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond'

/** A place on a time axis where something round begins, and what its text has to tell. */
export type Tick = { readonly time: number; readonly unit: Unit }

export const SECOND = 1000

const steps: readonly (readonly [unit: Unit, step: number])[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((n) => ['millisecond', n] as const),
  ...[1, 2, 5, 10, 15, 30].map((n) => ['second', n * SECOND] as const),
  ...[1, 2, 5, 10, 15, 30].map((n) => ['minute', n * MINUTE] as const),
  ...[1, 2, 3, 6, 12].map((n) => ['hour', n * HOUR] as const),
  ...[1, 2, 7].map((n) => ['day', n * DAY] as const),
]
const monthSteps = [1, 3, 6]
const yearSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500]
const MONTH = 30.4 * DAY
const YEAR = 365.25 * DAY
/** 1970-01-01 was a Thursday: weeks begin on the Monday before. */
const MONDAY = -3 * DAY

/** Round times within a span, at most about `most` of them, in the order of time. */
export function ticks(span: TimeSpan, most: number): readonly Tick[] {
  const wanted = (span.to - span.from) / Math.max(1, most)
  if (!(wanted > 0) || !Number.isFinite(wanted)) return []
  const even = steps.find(([, step]) => step >= wanted)
  if (even) return evenTicks(span, even[0], even[1])
  const months = monthSteps.find((n) => n * MONTH >= wanted)
  return months === undefined ? yearTicks(span, wanted) : monthTicks(span, months)
}

function evenTicks({ from, to }: TimeSpan, unit: Unit, step: number): Tick[] {
  const origin = step === 7 * DAY ? MONDAY : 0
  const out: Tick[] = []
  for (let i = Math.ceil((from - origin) / step); origin + i * step < to; i++)
    out.push({ time: origin + i * step, unit })
  return out
}

function monthTicks({ from, to }: TimeSpan, step: number): Tick[] {
  const out: Tick[] = []
  const first = Math.floor(new Date(from).getUTCMonth() / step) * step
  for (let month = first; ; month += step) {
    const time = Date.UTC(new Date(from).getUTCFullYear(), month, 1)
    if (!(time < to)) return out
    if (time >= from) out.push({ time, unit: 'month' })
  }
}

function yearTicks({ from, to }: TimeSpan, wanted: number): Tick[] {
  const step = yearSteps.find((n) => n * YEAR >= wanted) ?? 1000
  const out: Tick[] = []
  for (let year = Math.floor(new Date(from).getUTCFullYear() / step) * step; ; year += step) {
    const time = yearStart(year)
    if (!(time < to)) return out
    if (time >= from) out.push({ time, unit: 'year' })
  }
}

// Date.UTC takes the years 0 to 99 for those of the twentieth century.
function yearStart(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1)
}

export type Scale = TimeSpan & {
  readonly left: number
  readonly right: number
  /** The place of a time, not cut to the plot. */
  x(time: number): number
  /** The time of a place. */
  time(x: number): number
  /** From and to on the plot; null when nothing of it lies there. Open ends (null) run to the edge. */
  part(from: number | null, to: number | null, least?: number): { readonly x: number; readonly width: number } | null
}

/** Times of a span on pixels from left to right. */
export function scaleOf(span: TimeSpan, left: number, right: number): Scale {
  const each = (right - left) / Math.max(1e-6, span.to - span.from)
  const x = (time: number): number => left + (time - span.from) * each
  return {
    ...span,
    left,
    right,
    x,
    time: (at) => span.from + (at - left) / each,
    part(from, to, least = 1) {
      const [a, b] = [from ?? span.from, to ?? span.to]
      if (!(a < span.to) || !(b >= span.from)) return null
      const [start, end] = [Math.max(left, x(a)), Math.min(right, x(b))]
      const width = Math.max(least, end - start)
      return { x: Math.min(start, right - width), width }
    },
  }
}

/** The least and most that a view may show, and the whole of it. */
export type ScaleLimits = { readonly whole: TimeSpan; readonly least: number }

/** A view made larger or smaller around a time, which keeps its place; never outside the whole. */
export function zoomed(view: TimeSpan, by: number, around: number, limits: ScaleLimits): TimeSpan {
  const size = view.to - view.from
  const next = Math.min(Math.max(size * by, limits.least), limits.whole.to - limits.whole.from)
  const part = size > 0 ? (around - view.from) / size : 0.5
  const from = around - part * next
  return inside({ from, to: from + next }, limits.whole)
}

/** A view moved by a part of its own size. */
export function moved(view: TimeSpan, by: number, limits: ScaleLimits): TimeSpan {
  const step = (view.to - view.from) * by
  return inside({ from: view.from + step, to: view.to + step }, limits.whole)
}

/** The view pushed into the whole, its size kept where that fits. */
export function inside(view: TimeSpan, whole: TimeSpan): TimeSpan {
  const size = Math.min(view.to - view.from, whole.to - whole.from)
  const from = Math.min(Math.max(view.from, whole.from), whole.to - size)
  return { from, to: from + size }
}

/** An ISO text as milliseconds; null where it is none. */
export function timeOf(text: string | null): number | null {
  const time = text === null ? NaN : Date.parse(text)
  return Number.isNaN(time) ? null : time
}
