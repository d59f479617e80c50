import { type Intrusion, type Finding } from '../../src/model/finding.ts'
import { type Stage, stages } from '../../src/model/stages.ts'
import { type TimeSpan, timeOf } from './scale.ts'

/** Findings of one stage in the order of time. `at`, `end` and `reach` are parallel to `findings`. */
export type Lane = {
  readonly stage: Stage
  readonly findings: readonly Finding[]
  /** First and last time of each, ms UTC. */
  readonly at: Float64Array
  readonly end: Float64Array
  /** The latest end of it and all before it: where to stop looking back for what still lasts. */
  readonly reach: Float64Array
}

/** Findings that would touch when they are drawn: those from `from` up to before `to` of the lane. */
export type LaneMark = { readonly x: number; readonly from: number; readonly to: number }

/** Findings by stage, those without a time left out and counted. */
export function lanesOf(findings: readonly Finding[]): { readonly lanes: readonly Lane[]; readonly untimed: number } {
  const by = new Map<Stage, { f: Finding; at: number; end: number }[]>()
  let untimed = 0
  for (const f of findings) {
    const at = timeOf(f.first ?? f.time)
    if (at === null) {
      untimed++
      continue
    }
    const list = by.get(f.stage)
    const row = { f, at, end: Math.max(at, timeOf(f.last) ?? at) }
    if (list) list.push(row)
    else by.set(f.stage, [row])
  }
  const lanes = stages.flatMap((stage) => {
    const list = by.get(stage)
    return list ? [laneOf(stage, list)] : []
  })
  return { lanes, untimed }
}

function laneOf(stage: Stage, rows: { f: Finding; at: number; end: number }[]): Lane {
  rows.sort((a, b) => a.at - b.at || (a.f.id < b.f.id ? -1 : a.f.id > b.f.id ? 1 : 0))
  const reach = new Float64Array(rows.length)
  let most = -Infinity
  rows.forEach((row, i) => {
    most = Math.max(most, row.end)
    reach[i] = most
  })
  return {
    stage,
    findings: rows.map((row) => row.f),
    at: Float64Array.from(rows, (row) => row.at),
    end: Float64Array.from(rows, (row) => row.end),
    reach,
  }
}

/** The first place in ascending times that is not before `time`. */
export function lowerBound(times: Float64Array, time: number, from = 0): number {
  let [a, b] = [from, times.length]
  while (a < b) {
    const middle = (a + b) >>> 1
    if (times[middle]! < time) a = middle + 1
    else b = middle
  }
  return a
}

/**
 * What a lane shows of a span on so many pixels: those within one bin of `bin` pixels are one mark, in the middle
 * between its first and its last. Bins begin at multiples of their length, so that they stay where they are while the view moves. The work grows
 * with the bins and not with the findings.
 */
export function marksOf(lane: Lane, view: TimeSpan, width: number, bin: number): readonly LaneMark[] {
  const each = (view.to - view.from) / Math.max(1, width)
  const step = each * bin
  const marks: LaneMark[] = []
  for (let i = lowerBound(lane.at, view.from); i < lane.at.length && lane.at[i]! < view.to; ) {
    const end = (Math.floor(lane.at[i]! / step) + 1) * step
    // At a step below what a number can tell apart the bin must still end behind the finding.
    const next = Math.max(i + 1, lowerBound(lane.at, end, i))
    const middle = (lane.at[i]! + lane.at[next - 1]!) / 2
    marks.push({ x: (middle - view.from) / each, from: i, to: next })
    i = next
  }
  return marks
}

/** Findings that last, and of whose time some lies in the view: at most so many, the latest first. */
export function lastingIn(lane: Lane, view: TimeSpan, least: number, most: number): readonly number[] {
  const found: number[] = []
  for (let i = lowerBound(lane.at, view.to) - 1; i >= 0 && lane.reach[i]! >= view.from; i--) {
    if (lane.end[i]! < view.from || lane.end[i]! - lane.at[i]! < least) continue
    found.push(i)
    if (found.length >= most) break
  }
  return found
}

/** The time that all lanes take, with a margin on both sides; null when there is none. */
export function wholeSpan(lanes: readonly Lane[], more: readonly number[] = []): TimeSpan | null {
  let [from, to] = [Infinity, -Infinity]
  for (const lane of lanes) {
    if (lane.at.length === 0) continue
    from = Math.min(from, lane.at[0]!)
    to = Math.max(to, lane.reach.at(-1)!)
  }
  for (const time of more) {
    from = Math.min(from, time)
    to = Math.max(to, time)
  }
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null
  const margin = Math.max(60_000, (to - from) * 0.02)
  return { from: from - margin, to: to + margin }
}

/** Only what belongs to one intrusion. */
export function lanesOfIntrusion(findings: readonly Finding[], intrusion: Intrusion): readonly Lane[] {
  return lanesOf(findings.filter((finding) => finding.intrusion === intrusion.id)).lanes
}
