import { type Assessment } from '../../src/model/assessment.ts'
import { type CveExposure, type CveState } from '../../src/model/exposure.ts'
import { stageQuestion } from '../../src/model/answer.ts'
import { type Finding } from '../../src/model/finding.ts'
import { joinedIntervals } from '../../src/locales/en/exposure.ts'
import { attackerSteps } from '../../src/reports/shared/selections.ts'
import { type TimeSpan, timeOf } from './scale.ts'
import { DAY } from '../../src/lib/time.ts'

/** From (null: from the beginning) up to (null: to the end). */
export type Bar<Kind> = {
  readonly from: number | null
  readonly to: number | null
  readonly is: Kind
  readonly source: string
}

export type CveLane = {
  readonly cve: CveExposure
  readonly bars: readonly Bar<CveState>[]
  readonly published: number | null
  readonly findings: readonly Finding[]
}

/**
 * A lane for each vulnerability whose state is known over some time, or of which findings are: first those of findings,
 * then those that are used in the wild and were open, the newest first; then those of them that were made public only
 * after the evidence, the soonest first; then the others used in the wild.
 */
export function cveLanes({ exposure, findings, coverage }: Assessment): readonly CveLane[] {
  const by = new Map<string, Finding[]>()
  for (const f of findings) {
    if (stageQuestion[f.stage] === null) continue
    for (const cve of f.cves) {
      const list = by.get(cve)
      if (list) list.push(f)
      else by.set(cve, [f])
    }
  }
  const wasOpen = (cve: CveExposure): boolean =>
    cve.intervals.some(({ state }) => state === 'open' || state === 'mitigated')
  const isLater = ({ published }: CveExposure): boolean => coverage.last !== null && published > coverage.last
  const rank = (cve: CveExposure): number => (by.has(cve.cve) ? 0 : !wasOpen(cve) ? 3 : isLater(cve) ? 2 : 1)
  return exposure.cves
    .filter((cve) => by.has(cve.cve) || (cve.exploited && cve.state !== 'not-affected'))
    .sort((a, b) => {
      const soonest = rank(a) === 2 ? -1 : 1
      const byDay = a.published < b.published ? soonest : a.published > b.published ? -soonest : 0
      return rank(a) - rank(b) || byDay || (a.cve < b.cve ? -1 : 1)
    })
    .map((cve) => ({
      cve,
      bars:
        cve.intervals.length === 0
          ? [{ from: null, to: null, is: cve.state, source: '' }]
          : joinedIntervals(cve).map(({ from, to, state, source }) => ({
              from: timeOf(from),
              to: timeOf(to),
              is: state,
              source,
            })),
      published: timeOf(cve.published),
      findings: by.get(cve.cve) ?? [],
    }))
}

/** Builds in the order of time; equal neighbors that touch are one. */
export function buildBars({ server }: Assessment): readonly Bar<string>[] {
  const out: Bar<string>[] = []
  for (const { build, from, to, source } of server.builds) {
    const last = out.at(-1)
    const next = { from: timeOf(from), to: timeOf(to), is: build, source }
    if (last && last.is === build && last.to !== null && next.from !== null && next.from <= last.to)
      out[out.length - 1] = { ...last, to: next.to }
    else out.push(next)
  }
  return out
}

/** When another build was first seen: the moments of updates. */
export function buildChanges(report: Assessment): readonly { readonly time: number; readonly build: string }[] {
  return buildBars(report)
    .filter(({ is }, i, all) => i > 0 && all[i - 1]!.is !== is)
    .flatMap(({ from, is }) => (from === null ? [] : [{ time: from, build: is }]))
}

/** Windows of the campaigns that were assessed, and have one; the general question is about no vulnerability. */
export function windowsOf({ campaigns }: Assessment): readonly (TimeSpan & { readonly name: string })[] {
  return campaigns.flatMap(({ assessed, general, exposureWindow, name }) => {
    const [from, to] = [timeOf(exposureWindow?.from ?? null), timeOf(exposureWindow?.to ?? null)]
    return assessed && !general && from !== null && to !== null && to > from ? [{ from, to, name }] : []
  })
}

/** The earliest finding by which an answer says that something worked; null where none does. */
export function firstSuccess(report: Assessment): (Finding & { readonly at: number }) | null {
  const steps = attackerSteps(report)
  let best: { f: Finding; at: number } | null = null
  for (const f of report.findings) {
    if (!steps.has(f.id)) continue
    const at = timeOf(f.first ?? f.time)
    if (at !== null && (best === null || at < best.at)) best = { f, at }
  }
  return best && { ...best.f, at: best.at }
}

/**
 * What the chart shows: the reach of the logs and all changes of builds and states, but no more before the logs than they
 * are long (at least a month), since a build of long ago must not squeeze the weeks that matter. Null without any time.
 */
export function exposureSpan(report: Assessment, lanes: readonly CveLane[]): TimeSpan | null {
  const ends = [
    ...buildBars(report).flatMap(({ from, to }) => [from, to]),
    ...lanes.flatMap(({ bars }) => bars.flatMap(({ from, to }) => [from, to])),
    timeOf(report.coverage.first),
    timeOf(report.coverage.last),
  ].filter((time) => time !== null)
  if (ends.length < 2) return null
  const from = ends.reduce((a, b) => Math.min(a, b))
  const to = ends.reduce((a, b) => Math.max(a, b))
  const logs = timeOf(report.coverage.first) ?? from
  const start = Math.max(from, logs - Math.max(31 * DAY, to - logs))
  return { from: start - DAY / 2, to: to + Math.max(DAY, (to - start) * 0.02) }
}
