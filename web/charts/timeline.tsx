import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type Assessment } from '../../src/model/assessment.ts'
import { stageQuestion } from '../../src/model/answer.ts'
import { type Intrusion, type Finding } from '../../src/model/finding.ts'
import { usePrinting } from '../parts/print.tsx'
import type { PageTexts } from '../../src/locales/pages.ts'
import { useTexts } from '../texts.tsx'
import './charts.css'
import { Builds, Labels } from './marks.tsx'
import { buildChanges, windowsOf } from './exposure-lanes.ts'
import type { Format } from './format.ts'
import { type Lane, lanesOf, lanesOfIntrusion, lowerBound, type LaneMark, wholeSpan } from './lanes.ts'
import { FindingList, Panel, shown, useFormat } from './parts.tsx'
import { inside, type ScaleLimits, type TimeSpan, timeOf } from './scale.ts'
import { AXIS, TimeAxis } from './time-axis.tsx'
import { type Drawing, drawingOf, paintTimeline } from './timeline-drawing.ts'
import {
  LEAST,
  onKey,
  type Plane,
  type Selection,
  usePlane,
  usePointer,
  useSelection,
  useWheel,
} from './timeline-input.ts'

type Props = {
  readonly report: Assessment
  readonly findings: readonly Finding[]
  /** A finding was chosen, by its id. */
  readonly onPick?: (id: string) => void
  /** The time that was chosen, in ms UTC; null when none is. */
  readonly onRange?: (range: TimeSpan | null) => void
  /** The time that is chosen, where the caller keeps it. */
  readonly range?: TimeSpan | null
}

/** Findings over time, a lane a stage, from years down to milliseconds; nothing where none has a time. */
export function Timeline({ report, findings, onPick, onRange, range }: Props) {
  const { lanes } = useMemo(() => lanesOf(findings), [findings])
  const whole = useMemo(() => wholeSpan(lanes), [lanes])
  if (whole === null) return null
  return (
    <div className="chart-box">
      <Lanes {...{ report, findings, lanes, whole, onPick, onRange, range }} />
    </div>
  )
}

function Lanes({
  report,
  findings,
  lanes,
  whole,
  onPick,
  onRange,
  range: given,
}: Omit<Props, 'onPick' | 'onRange' | 'range'> & {
  readonly lanes: readonly Lane[]
  readonly whole: TimeSpan
  readonly onPick: Props['onPick']
  readonly onRange: Props['onRange']
  readonly range: Props['range']
}) {
  const texts = useTexts()
  const { charts: t } = texts
  const f = useFormat()
  const id = useId()
  const updates = buildChanges(report).length > 0 ? 20 : 0
  const plane = usePlane(lanes, whole, updates)
  const selection = useSelection(plane, given, onPick, onRange)
  useWheel(plane)
  const pointer = usePointer(plane, selection)
  const [intrusionId, setIntrusion] = useState('')
  const intrusion = report.intrusions.find((c) => c.id === intrusionId) ?? null
  const bright = useMemo(() => (intrusion ? lanesOfIntrusion(findings, intrusion) : null), [findings, intrusion])
  const storySpan = bright && wholeSpan(bright)
  const { view, limits, setView } = plane
  const { pointed, current, group, range, choose, brush } = selection
  const windows = windowsOf(report).filter(({ from, to }) => from < view.to && to > view.from)
  const says = pointed && current ? markWords(texts, f, lanes[pointed.lane]!, current) : ''
  return (
    <>
      <div className="chart-tools">
        <Tools
          view={view}
          whole={whole}
          onZoom={plane.zoom}
          onMove={plane.move}
          onWhole={() => setView(whole)}
          onFilter={onRange ? () => choose(view) : null}
        />
        {report.intrusions.length > 0 ? (
          <StoryChoice intrusions={report.intrusions} id={intrusionId} onChoose={setIntrusion} />
        ) : null}
        {storySpan ? (
          <button type="button" className="chart-button" onClick={() => setView(wider(storySpan, limits))}>
            {t.timeline.toChain}
          </button>
        ) : null}
      </div>
      <p className="chart-quiet">{t.timeline.showing(f.view(view), f.lasting(view.to - view.from))}</p>
      <div
        ref={plane.plot}
        className="chart-plot chart-drag"
        style={{ height: plane.height }}
        role="application"
        tabIndex={0}
        aria-label={t.timeline.label(t.findings(findings.length, f.number(findings.length)), f.view(whole))}
        aria-describedby={`${id}-hint`}
        onKeyDown={(event) => onKey(plane, selection, event)}
        {...pointer}
      >
        <Plot {...{ report, plane, selection, windows, bright, updates }} />
      </div>
      <p className="chart-says" aria-live="polite">
        {says || t.timeline.nothingHere}
      </p>
      <p id={`${id}-hint`} className="chart-quiet chart-hint">
        {t.timeline.hint}
      </p>
      {range && !brush ? (
        <Chosen range={range} lanes={lanes} onShow={() => setView(wider(range, limits))} onClear={() => choose(null)} />
      ) : null}
      <Legend intrusion={intrusion !== null} windows={windows.length > 0} />
      {group ? (
        <Panel title={t.findings(group.length, f.number(group.length))} onClose={() => selection.setGroup(null)}>
          <p>
            <button type="button" className="chart-button" onClick={() => setView(wider(spanOfAll(group), limits))}>
              {t.timeline.zoomToThese}
            </button>
          </p>
          <FindingList findings={group} onPick={onPick} />
        </Panel>
      ) : null}
    </>
  )
}

/** Windows of campaigns, rails, builds and marks, with what is pointed at and chosen above them. */
function Plot({
  report,
  plane,
  selection: { pointed, current, brush, range },
  windows,
  bright,
  updates,
}: {
  report: Assessment
  plane: Plane
  selection: Selection
  windows: ReturnType<typeof windowsOf>
  bright: readonly Lane[] | null
  updates: number
}) {
  const { charts: t, words: w } = useTexts()
  const f = useFormat()
  const { lanes, view, scale, narrow, width, height, left, top, rowHeight } = plane
  const drawing = drawingOf({ lanes, bright, view, left, right: scale.right, top, row: rowHeight, narrow })
  const chosen = brush ?? range
  const part = chosen && scale.part(chosen.from, chosen.to, 2)
  return (
    <>
      <svg width={width} height={height} className="drawn" aria-hidden="true">
        <g className="chart-band chart-behind">
          {windows.map((window, i) => {
            const band = scale.part(window.from, window.to, 2)
            return band ? (
              <rect key={i} x={band.x} y={top} width={band.width} height={height - top - 4}>
                <title>{t.windowFor(shown(window.name), f.span(window))}</title>
              </rect>
            ) : null
          })}
        </g>
        <TimeAxis scale={scale} bottom={height - 4} format={f} unit={t.utc} />
        {lanes.map((lane, i) => {
          const y = drawing.middle(i)
          return <line key={lane.stage} className="chart-rail" x1={scale.left} x2={scale.right} y1={y} y2={y} />
        })}
        <Builds report={report} scale={scale} top={AXIS} bottom={height - 4} format={f} />
      </svg>
      <Marks drawing={drawing} width={width} height={height} lanes={lanes} />
      <svg width={width} height={height} className="drawn chart-over" aria-hidden="true">
        {part ? (
          <rect className="chart-range" x={part.x} y={AXIS - 2} width={part.width} height={height - AXIS} />
        ) : null}
        {pointed && current ? (
          <circle className="chart-cursor" cx={scale.left + current.x} cy={drawing.middle(pointed.lane)} r="10" />
        ) : null}
      </svg>
      {updates > 0 ? (
        <Labels narrow={narrow} left={left} names={[t.updates]} top={AXIS} row={updates} hidden={narrow} />
      ) : null}
      <Labels narrow={narrow} left={left} names={lanes.map(({ stage }) => w.stages[stage])} top={top} row={rowHeight} />
    </>
  )
}

/** The story that is highlighted, if any. */
function StoryChoice({
  intrusions,
  id,
  onChoose,
}: {
  intrusions: readonly Intrusion[]
  id: string
  onChoose: (id: string) => void
}) {
  const t = useTexts().charts.timeline
  const f = useFormat()
  return (
    <label>
      {t.chain}{' '}
      <select value={id} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{t.noChain}</option>
        {intrusions.map((c, i) => (
          <option key={c.id} value={c.id}>
            {t.story(
              f.number(i + 1),
              c.clients
                .slice(0, 2)
                .map((client) => shown(client, 40))
                .join(', '),
            )}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The time that is chosen, and how many findings lie in it. */
function Chosen({
  range,
  lanes,
  onShow,
  onClear,
}: {
  range: TimeSpan
  lanes: readonly Lane[]
  onShow: () => void
  onClear: () => void
}) {
  const t = useTexts().charts
  const f = useFormat()
  const { from, to } = range
  const counted = useMemo(() => countIn(lanes, { from, to }), [lanes, from, to])
  return (
    <p className="chart-chosen">
      {t.timeline.chosen(f.view(range), t.findings(counted, f.number(counted)))}{' '}
      <button type="button" className="chart-button" onClick={onShow}>
        {t.timeline.toRange}
      </button>{' '}
      <button type="button" className="chart-button" onClick={onClear}>
        {t.timeline.clear}
      </button>
    </p>
  )
}

/** Findings of which some time lies in the span, as the filter of findings counts. */
function countIn(lanes: readonly Lane[], { from, to }: TimeSpan): number {
  return lanes.reduce((sum, { at, end }) => {
    const begun = lowerBound(at, to)
    let over = 0
    for (let i = 0; i < begun; i++) if (end[i]! < from) over++
    return sum + begun - over
  }, 0)
}

/** The span with a little room on both sides. */
function wider({ from, to }: TimeSpan, { whole, least }: ScaleLimits): TimeSpan {
  const room = Math.max((to - from) * 0.08, least / 2)
  return inside({ from: from - room, to: to + room }, whole)
}

function spanOfAll(findings: readonly Finding[]): TimeSpan {
  let [from, to] = [Infinity, -Infinity]
  for (const finding of findings) {
    const time = timeOf(finding.first ?? finding.time) ?? NaN
    from = Math.min(from, time)
    to = Math.max(to, time)
  }
  return { from, to }
}

function markWords({ charts: t, words: w }: PageTexts, f: Format, lane: Lane, mark: LaneMark): string {
  const { stage, findings, at, end } = lane
  const list = findings.slice(mark.from, mark.to)
  const first = list[0]!
  const one = list.length === 1
  const what = one
    ? [shown(first.title), ...[first.client, first.user, first.target].flatMap((x) => (x ? [shown(x, 80)] : []))].join(
        ' · ',
      )
    : t.findings(list.length, f.number(list.length))
  const when = f.span({ from: at[mark.from]!, to: one ? end[mark.from]! : at[mark.to - 1]! })
  return t.timeline.mark(w.stages[stage], what, `${when} ${t.utc}`)
}

function Tools({
  view,
  whole,
  onZoom,
  onMove,
  onWhole,
  onFilter,
}: {
  view: TimeSpan
  whole: TimeSpan
  onZoom: (by: number) => void
  onMove: (by: number) => void
  onWhole: () => void
  onFilter: (() => void) | null
}) {
  const t = useTexts().charts.timeline
  const all = view.to - view.from >= whole.to - whole.from
  const buttons: readonly (readonly [text: string, act: () => void, disabled: boolean])[] = [
    [`+ ${t.zoomIn}`, () => onZoom(0.5), view.to - view.from <= LEAST],
    [`− ${t.zoomOut}`, () => onZoom(2), all],
    [`‹ ${t.earlier}`, () => onMove(-0.5), view.from <= whole.from],
    [`${t.later} ›`, () => onMove(0.5), view.to >= whole.to],
    [t.whole, onWhole, all],
  ]
  return (
    <>
      {buttons.map(([text, act, disabled]) => (
        <button key={text} type="button" className="chart-button" onClick={act} disabled={disabled}>
          {text}
        </button>
      ))}
      {onFilter ? (
        <button type="button" className="chart-button" onClick={onFilter}>
          {t.filter}
        </button>
      ) : null}
    </>
  )
}

/** On a screen many marks are painted at once; on paper they are a drawing of their own, sharp and in its colors. */
function Marks({
  drawing,
  width,
  height,
  lanes,
}: {
  drawing: Drawing
  width: number
  height: number
  lanes: readonly Lane[]
}) {
  const printing = usePrinting()
  const ref = useRef<HTMLCanvasElement>(null)
  const [palette, setPalette] = useState(0)
  useEffect(() => {
    const again = (): void => setPalette((n) => n + 1)
    const media = matchMedia('(prefers-color-scheme: dark)')
    const observer = new MutationObserver(again)
    observer.observe(document.documentElement, { attributes: true })
    media.addEventListener('change', again)
    return () => {
      observer.disconnect()
      media.removeEventListener('change', again)
    }
  }, [])
  useLayoutEffect(() => {
    const canvas = ref.current
    if (canvas) paintTimeline(canvas, drawing, width, height)
  }, [drawing, width, height, printing, palette])
  if (!printing) return <canvas ref={ref} aria-hidden="true" />
  return (
    <svg width={width} height={height} className="drawn" aria-hidden="true">
      {drawing.lanes.map(({ bars, dots, lasting, bright }, i) => (
        <g key={lanes[i]!.stage} className={`chart-q-${stageQuestion[lanes[i]!.stage] ?? 'none'}`}>
          <path className="chart-lasting" d={lasting} />
          <path className="chart-marks" d={bars + dots} />
          <path className="chart-bright" d={bright} />
        </g>
      ))}
    </svg>
  )
}

function Legend({ intrusion, windows }: { intrusion: boolean; windows: boolean }) {
  const t = useTexts().charts
  const { legend } = t.timeline
  return (
    <ul className="chart-legend">
      <li>
        <svg width="14" height="14" aria-hidden="true">
          <circle className="chart-marks" cx="7" cy="7" r="4.5" />
        </svg>{' '}
        {legend.single}
      </li>
      <li>
        <svg width="18" height="14" aria-hidden="true">
          <rect className="chart-marks" x="2" y="4" width="6" height="6" />
          <rect className="chart-marks" x="9" y="0" width="6" height="14" />
        </svg>{' '}
        {legend.many}
      </li>
      <li>
        <svg width="22" height="14" aria-hidden="true">
          <line className="chart-lasting" x1="0" x2="22" y1="7" y2="7" />
        </svg>{' '}
        {legend.lasts}
      </li>
      {intrusion ? (
        <li>
          <svg width="16" height="16" aria-hidden="true">
            <circle className="chart-bright" cx="8" cy="8" r="6" />
          </svg>{' '}
          {legend.story}
        </li>
      ) : null}
      {windows ? (
        <li className="chart-band chart-behind">
          <svg width="18" height="14" aria-hidden="true">
            <rect x="0" y="1" width="18" height="12" />
          </svg>{' '}
          {t.coverage.legend.window}
        </li>
      ) : null}
    </ul>
  )
}
