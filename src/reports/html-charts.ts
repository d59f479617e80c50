import { html, type SafeHtml } from '../lib/html.ts'
import { cut, visible } from '../lib/tty.ts'
import {
  type Assessment,
  type CveExposure,
  type Finding,
  type KindCoverage,
  type Stage,
  stageQuestion,
} from '../model.ts'
import {
  byTime,
  count,
  counted,
  cveStates,
  joinedIntervals,
  notLogs,
  span,
  stageOrder,
  stages,
  utc,
} from './wording.ts'

// The drawings of report.html: plain SVG with classes for colour, so that light, dark and print each have their own.
// Numbers are rounded to a tenth; nothing is measured, so the same assessment draws the same bytes.

const DAY = 86_400_000
const HOUR = 3_600_000

type Axis = {
  readonly from: number
  readonly to: number
  readonly left: number
  readonly right: number
  x(time: number): number
}

/** Log kinds × days: how dark says how much, hatched is a hole; campaign windows and build changes on top. */
export function coverageChart(assessment: Assessment): SafeHtml | null {
  const kinds = assessment.coverage.kinds.filter((k) => k.days.length > 0)
  const axis = axisOf(kinds, 300, 988)
  if (!axis) return null
  const windows = assessment.campaigns
    .flatMap((c) => (c.asked && c.window ? [{ name: c.name, ...c.window }] : []))
    .slice(0, 6)
  const builds = changes(assessment, axis)
  const top = 22 + windows.length * 20 + (builds.length > 0 ? 20 : 0)
  const row = 22
  const height = top + kinds.length * row + 8
  return html`<svg class="chart" viewBox="0 0 1000 ${height}" role="img" aria-label="${`Entries per day of ${counted(kinds.length, 'log kind')}, ${span(isoOf(axis.from), isoOf(axis.to))}; the same follows as a table`}">
${ticks(axis, 12, 20, height - 8)}
${windows.map((w, i) => campaignBand(axis, w, 24 + i * 20))}
${builds.map((b) => buildLine(b, top, height - 8))}
${kinds.map((kind, i) => kindRow(axis, kind, top + i * row))}
</svg>`
}

function axisOf(kinds: readonly KindCoverage[], left: number, right: number): Axis | null {
  // States at the end of the evidence must not stretch the axis.
  const logs = kinds.filter((k) => !notLogs.has(k.kind))
  const days = (logs.length > 0 ? logs : kinds).flatMap((k) => [k.days[0]![0], k.days.at(-1)![0]])
  if (days.length === 0) return null
  const times = days.map((d) => Date.parse(`${d}T00:00:00Z`)).filter((t) => !Number.isNaN(t))
  if (times.length === 0) return null
  return axis(Math.min(...times), Math.max(...times) + DAY, left, right)
}

function axis(from: number, to: number, left: number, right: number): Axis {
  const scale = (right - left) / Math.max(1, to - from)
  const x = (time: number): number => round(left + (Math.min(Math.max(time, from), to) - from) * scale)
  return { from, to, left, right, x }
}

function campaignBand(axis: Axis, window: { name: string; from: string; to: string }, y: number): SafeHtml {
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)]
  const [a, b] = [axis.x(from), axis.x(to)]
  const title = `${window.name}: window ${span(window.from, window.to)}`
  return html`<g class="campaign"><title>${title}</title><text class="label" x="${axis.left - 8}" y="${y + 11}">${short(`window: ${window.name}`, 30)}</text>${to < axis.from || from > axis.to ? null : html`<rect x="${a}" y="${y + 2}" width="${round(Math.max(2, b - a))}" height="10" rx="2"/>`}</g>`
}

type Change = { readonly x: number; readonly build: string; readonly from: string; readonly named: boolean }

/** A name is about so wide; a change that comes sooner has its line and its title only. */
const NAME = 120
/** From here on a name stands to the left of its line. */
const NEAR = 880

function changes(assessment: Assessment, axis: Axis): readonly Change[] {
  const list = assessment.server.builds.flatMap((b) => {
    const time = b.from === null ? NaN : Date.parse(b.from)
    return time > axis.from && time < axis.to ? [{ x: axis.x(time), build: b.build, from: b.from! }] : []
  })
  const changed = list.filter((c, i) => i === 0 || c.build !== list[i - 1]!.build).slice(0, 12)
  let end = -Infinity
  return changed.map((c) => {
    const [left, right] = c.x > NEAR ? [c.x - NAME, c.x] : [c.x, c.x + NAME]
    const named = left >= end
    if (named) end = right
    return { ...c, named }
  })
}

function buildLine(change: Change, top: number, bottom: number): SafeHtml {
  const near = change.x > NEAR
  return html`<g class="build"><title>${`build ${change.build} from ${utc(change.from)}`}</title><line x1="${change.x}" x2="${change.x}" y1="${top - 14}" y2="${bottom}"/>${change.named ? html`<text class="${near ? 'label' : 'start'}" x="${near ? change.x - 4 : change.x + 4}" y="${top - 7}">${short(`build ${change.build}`, 24)}</text>` : null}</g>`
}

function kindRow(axis: Axis, kind: KindCoverage, y: number): SafeHtml {
  const cells = cellsOf(axis, kind)
  const holes = kind.holes.slice(0, 400).flatMap((hole) => {
    const [from, to] = [Date.parse(hole.from), Date.parse(hole.to)]
    if (!(to > axis.from && from < axis.to)) return []
    const [a, b] = [axis.x(from), axis.x(to)]
    return [
      html`<rect class="hole" x="${a}" y="${y + 3}" width="${round(Math.max(3, b - a))}" height="16"><title>${`hole in ${kind.title}: ${span(hole.from, hole.to)}: ${hole.reason}`}</title></rect>`,
    ]
  })
  const earlier = kind.days[0]![0] < isoOf(axis.from).slice(0, 10)
  return html`<g><text class="label" x="${axis.left - 8}" y="${y + 15}">${short(kind.title, 43)}<title>${`${kind.title}: ${counted(kind.entries, 'entry', 'entries')}`}</title></text><line class="rail" x1="${axis.left}" x2="${axis.right}" y1="${y + 11}" y2="${y + 11}"/>${cells.map((c) => html`<rect class="${`d${c.shade}`}" x="${c.x}" y="${y + 3}" width="${c.width}" height="16"/>`)}${holes}${earlier ? html`<text class="start faint" x="${axis.left + 3}" y="${y + 15}">‹ earlier</text>` : null}</g>`
}

// A column is a day, or several when there are more days than the chart has room for. Neighbours of one shade are one
// rectangle, so a year of logs stays a small picture.
function cellsOf(axis: Axis, kind: KindCoverage): readonly { x: number; width: number; shade: number }[] {
  const days = Math.max(1, Math.round((axis.to - axis.from) / DAY))
  const step = Math.ceil(days / 190) * DAY
  const sums = new Map<number, number>()
  for (const [day, n] of kind.days) {
    const time = Date.parse(`${day}T00:00:00Z`)
    if (!(time >= axis.from && time < axis.to)) continue
    const column = Math.floor((time - axis.from) / step)
    sums.set(column, (sums.get(column) ?? 0) + n)
  }
  const peak = Math.max(1, ...sums.values())
  const shade = (n: number): number => Math.max(1, Math.ceil(4 * Math.sqrt(n / peak) - 0.001))
  const runs: { from: number; to: number; shade: number }[] = []
  for (const [column, n] of [...sums].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1)
    if (last && last.to === column && last.shade === shade(n)) last.to = column + 1
    else runs.push({ from: column, to: column + 1, shade: shade(n) })
  }
  return runs.map((r) => {
    const [a, b] = [axis.x(axis.from + r.from * step), axis.x(axis.from + r.to * step)]
    return { x: a, width: round(Math.max(1, b - a - 0.6)), shade: r.shade }
  })
}

// ---------------------------------------------------------------- timeline

/** A lane a stage, a mark where findings are; marks that would touch are one, the larger the more. */
export function timelineChart(assessment: Assessment, link: (finding: Finding) => string | null): SafeHtml | null {
  const dated = assessment.findings.filter((f) => stamp(f) !== null)
  if (dated.length === 0) return null
  const lanes = stageOrder.filter((stage) => dated.some((f) => f.stage === stage))
  const times = dated.map((f) => stamp(f)!)
  const [first, last] = [least(times), most(times)]
  const margin = Math.max(HOUR, (last - first) * 0.03)
  const line = axis(first - margin, last + margin, 190, 988)
  const row = 30
  const top = 42
  const height = top + lanes.length * row + 6
  const builds = changes(assessment, line)
  return html`<svg class="chart" viewBox="0 0 1000 ${height}" role="group" aria-label="${`Findings over time in ${counted(lanes.length, 'lane')}, one a stage; the same follows as a table`}">
${ticks(line, 12, 20, height - 6)}
${builds.map((b) => buildLine(b, top, height - 6))}
${lanes.map((stage, i) => lane(line, stage, dated, top + i * row, link))}
</svg>`
}

function lane(
  axis: Axis,
  stage: Stage,
  dated: readonly Finding[],
  y: number,
  link: (f: Finding) => string | null,
): SafeHtml {
  const groups = new Map<number, Finding[]>()
  for (const f of dated) {
    if (f.stage !== stage) continue
    const column = Math.round(axis.x(stamp(f)!) / 9)
    const group = groups.get(column)
    if (group) group.push(f)
    else groups.set(column, [f])
  }
  const marks = [...groups].sort(([a], [b]) => a - b).map(([, group]) => mark(axis, stage, group.sort(byTime), y, link))
  return html`<g class="${`lane q-${stageQuestion[stage] ?? 'none'}`}"><line class="rail" x1="${axis.left}" x2="${axis.right}" y1="${y + 13}" y2="${y + 13}"/><text class="label" x="${axis.left - 12}" y="${y + 17}">${stages[stage]}</text>${marks}</g>`
}

function mark(
  axis: Axis,
  stage: Stage,
  group: readonly Finding[],
  y: number,
  link: (f: Finding) => string | null,
): SafeHtml {
  const first = group[0]!
  const radius = Math.min(12, round(5.5 + 1.6 * Math.log2(group.length)))
  const words = group.length === 1 ? clip(first.title, 120) : counted(group.length, 'finding')
  const title = `${stages[stage]}: ${words}, ${utc(first.first ?? first.time)}`
  const circle = html`<circle cx="${axis.x(stamp(first)!)}" cy="${y + 13}" r="${radius}"><title>${title}</title></circle>`
  const target = group.map(link).find((l) => l !== null)
  return target ? html`<a href="#${target}" aria-label="${title}">${circle}</a>` : circle
}

function stamp(f: Finding): number | null {
  const time = Date.parse(f.first ?? f.time ?? '')
  return Number.isNaN(time) ? null : time
}

// ---------------------------------------------------------------- exposure

/** Builds over time and, below, from when to when each vulnerability was open. */
export function exposureChart(assessment: Assessment, shown: readonly CveExposure[]): SafeHtml | null {
  const { coverage, server } = assessment
  const cves = shown.map((c) => ({ cve: c.cve, intervals: joinedIntervals(c) }))
  const ends = [
    coverage.first,
    coverage.last,
    ...server.builds.flatMap((b) => [b.from, b.to]),
    ...cves.flatMap((c) => c.intervals.flatMap((i) => [i.from, i.to])),
  ]
  const times = ends.map((t) => (t === null ? NaN : Date.parse(t))).filter((t) => !Number.isNaN(t))
  if (times.length < 2 || server.builds.length + cves.length === 0) return null
  const [from, to] = [least(times), most(times)]
  // A build from long ago need not squeeze the weeks that matter: the axis begins at most so far before the logs.
  const logs = coverage.first === null ? from : Date.parse(coverage.first)
  const margin = Math.max(DAY, (to - logs) * 0.04)
  const line = axis(Math.max(from, logs - Math.max(14 * DAY, to - logs)), to + margin, 150, 988)
  const rows = [
    ...(server.builds.length > 0
      ? [
          {
            name: 'build',
            bars: server.builds.map((b) => ({
              from: b.from,
              to: b.to,
              text: b.build,
              kind: 'is-build',
              title: `build ${b.build}, ${span(b.from, b.to)} (${b.source})`,
            })),
          },
        ]
      : []),
    ...cves.map((c) => ({
      name: c.cve,
      bars: c.intervals.map((i) => ({
        from: i.from,
        to: i.to,
        text: cveStates[i.state],
        kind: `is-${i.state}`,
        title: `${c.cve} ${cveStates[i.state]}, ${span(i.from, i.to)} (${i.source})`,
      })),
    })),
  ]
  const row = 26
  const height = 26 + rows.length * row + 6
  return html`<svg class="chart" viewBox="0 0 1000 ${height}" role="img" aria-label="Builds, and from when to when each vulnerability was open; the same follows as a table">
${ticks(line, 12, 20, height - 6)}
${coverage.first && coverage.last ? html`<rect class="reach" x="${line.x(Date.parse(coverage.first))}" y="20" width="${round(Math.max(2, line.x(Date.parse(coverage.last)) - line.x(Date.parse(coverage.first))))}" height="${height - 26}"><title>${`the logs reach ${span(coverage.first, coverage.last)}`}</title></rect>` : null}
${rows.map((r, i) => html`<g><text class="label" x="${line.left - 10}" y="${26 + i * row + 15}">${short(r.name, 24)}</text>${r.bars.map((b) => bar(line, b, 26 + i * row))}</g>`)}
</svg>`
}

type Bar = {
  readonly from: string | null
  readonly to: string | null
  readonly text: string
  readonly kind: string
  readonly title: string
}

function bar(axis: Axis, b: Bar, y: number): SafeHtml | null {
  const from = b.from === null ? axis.from : Date.parse(b.from)
  const to = b.to === null ? axis.to : Date.parse(b.to)
  if (!(to > axis.from && from < axis.to)) return null
  const [left, right] = [axis.x(from), axis.x(to)]
  const width = round(Math.max(3, right - left - 1))
  const fits = width > b.text.length * 7 + 10
  return html`<g class="${`bar ${b.kind}`}"><title>${b.title}</title><rect x="${left}" y="${y + 2}" width="${width}" height="18" rx="3"/>${fits ? html`<text x="${left + 7}" y="${y + 15}">${b.text}</text>` : null}</g>`
}

// ---------------------------------------------------------------- meter and axis

/** A thin bar: how much of the hours asked about the logs cover. */
export function meter(covered: number, of: number): SafeHtml | null {
  if (of <= 0) return null
  const width = round((100 * Math.max(0, Math.min(covered, of))) / of)
  return html`<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="4"/><rect class="part" width="${width}" height="4"/></svg>`
}

const steps = [HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY, 7 * DAY, 14 * DAY]
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function ticks(axis: Axis, y: number, top: number, bottom: number): SafeHtml {
  const marks = tickTimes(axis)
  return html`<g class="axis" aria-hidden="true"><text class="label" x="${axis.left - 12}" y="${y}">UTC</text>${marks.map(({ time, text }) => html`<line x1="${axis.x(time)}" x2="${axis.x(time)}" y1="${top - 4}" y2="${bottom}"/><text class="start" x="${axis.x(time) + 2}" y="${y}">${text}</text>`)}</g>`
}

function tickTimes(axis: Axis): readonly { readonly time: number; readonly text: string }[] {
  const wanted = (axis.to - axis.from) / 9
  const step = steps.find((s) => s >= wanted)
  const out: { time: number; text: string }[] = []
  if (step !== undefined) {
    let named = ''
    for (let time = Math.ceil(axis.from / step) * step; time < axis.to - step / 4; time += step) {
      const d = new Date(time)
      const date = `${d.getUTCDate()} ${months[d.getUTCMonth()]}`
      const clock = `${String(d.getUTCHours()).padStart(2, '0')}:00`
      // The year stands where it begins or changes; the day likewise where the steps are hours.
      const year = String(d.getUTCFullYear())
      const dated = named.endsWith(year) ? date : `${date} ${year}`
      const hours = named === `${date} ${year}` ? clock : clock === '00:00' ? dated : `${date} ${clock}`
      out.push({ time, text: step >= DAY ? dated : hours })
      named = `${date} ${year}`
    }
    return out
  }
  const each = Math.max(1, Math.ceil((axis.to - axis.from) / (30 * DAY) / 9))
  const begin = new Date(axis.from)
  for (let month = begin.getUTCFullYear() * 12 + begin.getUTCMonth() + 1; ; month += each) {
    const time = Date.UTC(Math.floor(month / 12), month % 12, 1)
    if (!(time < axis.to)) return out
    out.push({ time, text: `${months[month % 12]} ${Math.floor(month / 12)}` })
  }
}

const round = (n: number): number => Math.round(n * 10) / 10
const isoOf = (time: number): string => new Date(time).toISOString()
const short = (text: string, width: number): string => cut(visible(text), width)
const clip = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}… (${count(text.length)} characters)` : text
const least = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b), Infinity)
const most = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b), -Infinity)
