import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Assessment, type Finding, stageQuestion } from '../../src/model.ts'
import { usePrinting } from '../parts/print.tsx'
import { type Texts, useTexts } from '../texts/index.tsx'
import './charts.css'
import { Builds, Labels } from './coverage-map.tsx'
import { buildChanges, windowsOf } from './exposure-lanes.ts'
import type { Format } from './format.ts'
import { type Lane, lanesOf, lanesOfChain, lowerBound, type Mark, marksOf, wholeOf } from './lanes.ts'
import { FindingList, Panel, shown, useFormat, useWidth } from './parts.tsx'
import { inside, type Limits, moved, type Scale, type Span, scaleOf, timeOf, zoomed } from './scale.ts'
import { AXIS, TimeAxis } from './time-axis.tsx'
import { BIN, type Drawing, drawingOf, paint } from './timeline-drawing.ts'

type Props = {
  readonly report: Assessment
  readonly findings: readonly Finding[]
  /** A finding was chosen, by its id. */
  readonly onPick?: (id: string) => void
  /** The time that was chosen, in ms UTC; null when none is. */
  readonly onRange?: (range: Span | null) => void
  /** The time that is chosen, where the caller keeps it. */
  readonly range?: Span | null
}

/** Findings over time, a lane a stage, from years down to milliseconds; nothing where none has a time. */
export function Timeline({ report, findings, onPick, onRange, range }: Props) {
  const { lanes } = useMemo(() => lanesOf(findings), [findings])
  const whole = useMemo(() => wholeOf(lanes), [lanes])
  if (whole === null) return null
  return (
    <div className="chart-box">
      <Lanes {...{ report, findings, lanes, whole, onPick, onRange, range }} />
    </div>
  )
}

/** A finding by its lane and its place there: it keeps its place while marks part and come together. */
type Pointed = { readonly lane: number; readonly finding: number }
type Drag = {
  readonly pointer: number
  readonly start: number
  readonly move: boolean
  readonly view: Span
  far: boolean
}

const ROW = 30
const LEAST = 20

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
  readonly whole: Span
  readonly onPick: Props['onPick']
  readonly onRange: Props['onRange']
  readonly range: Props['range']
}) {
  const texts = useTexts()
  const { charts: t, words: w } = texts
  const f = useFormat()
  const id = useId()
  const [plot, width] = useWidth(1000)
  const narrow = width < 620
  const left = narrow ? 4 : 190
  const rowHeight = narrow ? 44 : ROW
  const limits: Limits = useMemo(() => ({ whole, least: LEAST }), [whole])
  const [asked, setView] = useState<Span>(whole)
  const view = useMemo(
    () => (asked.from < whole.from || asked.to > whole.to ? inside(asked, whole) : asked),
    [asked, whole],
  )
  const [ownRange, setOwnRange] = useState<Span | null>(null)
  const range = given === undefined ? ownRange : given
  const [brush, setBrush] = useState<Span | null>(null)
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const [group, setGroup] = useState<readonly Finding[] | null>(null)
  const [chainId, setChain] = useState('')
  const drag = useRef<Drag | null>(null)
  const chain = report.chains.find((c) => c.id === chainId) ?? null
  const bright = useMemo(() => (chain ? lanesOfChain(findings, chain) : null), [findings, chain])

  const scale = scaleOf(view, left, width - 4)
  const storySpan = bright && wholeOf(bright)
  const size = scale.right - scale.left
  const current = pointed && markOf(lanes, pointed, view, size)
  const windows = windowsOf(report).filter(({ from, to }) => from < view.to && to > view.from)
  const changes = buildChanges(report)
  const updates = changes.length > 0 ? 20 : 0
  const top = AXIS + updates + 2
  const height = top + lanes.length * rowHeight + 4

  const choose = useCallback(
    (next: Span | null) => {
      setOwnRange(next)
      onRange?.(next)
    },
    [onRange],
  )
  const zoom = (by: number, around = (view.from + view.to) / 2): void => setView(zoomed(view, by, around, limits))
  const move = (by: number): void => setView(moved(view, by, limits))

  // React listens to wheels passively: what keeps the page from scrolling must be asked for by hand.
  const onWheel = (event: WheelEvent): void => {
    const box = plot.current!.getBoundingClientRect()
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY)
    if (!sideways && !event.ctrlKey && !event.metaKey && document.activeElement !== plot.current) return
    event.preventDefault()
    if (sideways) setView((v) => moved(v, event.deltaX / size, limits))
    else {
      const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY
      const around = (event.clientX - box.left - scale.left) / size
      setView((v) => zoomed(v, 1.0018 ** pixels, v.from + around * (v.to - v.from), limits))
    }
  }
  const wheel = useRef(onWheel)
  useLayoutEffect(() => {
    wheel.current = onWheel
  })
  useEffect(() => {
    const element = plot.current!
    const listener = (event: WheelEvent): void => wheel.current(event)
    element.addEventListener('wheel', listener, { passive: false })
    return () => element.removeEventListener('wheel', listener)
  }, [plot])

  const at = (event: { clientX: number; clientY: number }): { x: number; y: number } => {
    const box = plot.current!.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const markAt = ({ x, y }: { x: number; y: number }): Pointed | null => {
    const lane = Math.floor((y - top) / rowHeight)
    if (lane < 0 || lane >= lanes.length) return null
    let best: Mark | null = null
    for (const mark of marksOf(lanes[lane]!, view, size, BIN)) {
      const far = Math.abs(mark.x + left - x)
      if (far <= 9 && (best === null || far < Math.abs(best.x + left - x))) best = mark
    }
    return best && { lane, finding: best.from }
  }
  const open = (at: Pointed): void => {
    const mark = markOf(lanes, at, view, size)
    if (!mark) return
    const list = lanes[at.lane]!.findings.slice(mark.from, mark.to)
    if (list.length === 1) {
      setGroup(null)
      onPick?.(list[0]!.id)
      if (!onPick) setGroup(list)
    } else setGroup(list)
  }

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button > 1) return
    const { x } = at(event)
    drag.current = { pointer: event.pointerId, start: x, move: event.shiftKey || event.button === 1, view, far: false }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const point = at(event)
    const now = drag.current
    if (!now || now.pointer !== event.pointerId) {
      if (event.pointerType === 'mouse') setPointed(markAt(point))
      return
    }
    if (!now.far && Math.abs(point.x - now.start) < 4) return
    if (!now.far) plot.current!.setPointerCapture(event.pointerId)
    now.far = true
    if (now.move) {
      setView(moved(now.view, (now.start - point.x) / size, limits))
    } else setBrush(spanOf(scale, now.start, point.x))
  }
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    const now = drag.current
    drag.current = null
    if (!now || now.pointer !== event.pointerId) return
    if (now.far) {
      if (brush) choose(brush)
      setBrush(null)
      return
    }
    const mark = markAt(at(event))
    setPointed(mark)
    if (mark) open(mark)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    const around = pointed && current ? lanes[pointed.lane]!.at[pointed.finding] : undefined
    if (key === '+' || key === '=') zoom(0.5, around)
    else if (key === '-') zoom(2, around)
    else if (key === 'Home' || key === '0') setView(whole)
    else if (key === 'PageUp') move(-0.8)
    else if (key === 'PageDown') move(0.8)
    else if (key === 'f' || key === 'F') choose(view)
    else if (key === 'Escape' && (group || range)) {
      setGroup(null)
      choose(null)
    } else if ((key === 'Enter' || key === ' ') && pointed) open(pointed)
    else if (key.startsWith('Arrow')) step(key)
    else return
    event.preventDefault()
  }
  const step = (key: string): void => {
    const all = lanes.map((lane) => marksOf(lane, view, size, BIN))
    const filled = all.flatMap((marks, lane) => (marks.length > 0 ? [lane] : []))
    if (!pointed || !current) {
      const [lane] = filled
      if (lane === undefined) return move(key === 'ArrowLeft' ? -0.5 : 0.5)
      return setPointed({ lane, finding: all[lane]![0]!.from })
    }
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      const next =
        key === 'ArrowDown'
          ? filled.find((lane) => lane > pointed.lane)
          : filled.findLast((lane) => lane < pointed.lane)
      if (next !== undefined) setPointed({ lane: next, finding: nearest(all[next]!, current.x).from })
      return
    }
    const finding = key === 'ArrowRight' ? current.to : current.from - 1
    const lane = lanes[pointed.lane]!
    if (finding < 0 || finding >= lane.at.length) return
    setPointed({ lane: pointed.lane, finding })
    // What lies outside the view is brought to its middle.
    const time = lane.at[finding]!
    const half = (view.to - view.from) / 2
    if (time < view.from || time >= view.to) setView(inside({ from: time - half, to: time + half }, whole))
  }

  const counted = useMemo(() => (range ? countIn(lanes, range) : 0), [lanes, range?.from, range?.to])
  const drawing = drawingOf({ lanes, bright, view, left, right: scale.right, top, row: rowHeight, narrow })
  const says = pointed && current ? markWords(texts, f, lanes[pointed.lane]!, current) : ''
  const chosen = brush ?? range
  const part = chosen && scale.part(chosen.from, chosen.to, 2)
  return (
    <>
      <div className="chart-tools">
        <Tools
          view={view}
          whole={whole}
          onZoom={zoom}
          onMove={move}
          onWhole={() => setView(whole)}
          onFilter={onRange ? () => choose(view) : null}
        />
        {report.chains.length > 0 ? (
          <label>
            {t.timeline.chain}{' '}
            <select value={chainId} onChange={(event) => setChain(event.target.value)}>
              <option value="">{t.timeline.noChain}</option>
              {report.chains.map((c, i) => (
                <option key={c.id} value={c.id}>
                  {t.timeline.story(
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
        ) : null}
        {storySpan ? (
          <button type="button" className="chart-button" onClick={() => setView(wider(storySpan, limits))}>
            {t.timeline.toChain}
          </button>
        ) : null}
      </div>
      <p className="chart-quiet">{t.timeline.showing(f.view(view), f.lasting(view.to - view.from))}</p>
      <div
        ref={plot}
        className="chart-plot chart-drag"
        style={{ height }}
        role="application"
        tabIndex={0}
        aria-label={t.timeline.label(t.findings(findings.length, f.number(findings.length)), f.view(whole))}
        aria-describedby={`${id}-hint`}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null
          setBrush(null)
        }}
        onDoubleClick={(event) => zoom(0.25, scale.time(at(event).x))}
      >
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
        <Labels
          narrow={narrow}
          left={left}
          names={lanes.map(({ stage }) => w.stages[stage])}
          top={top}
          row={rowHeight}
        />
      </div>
      <p className="chart-says" aria-live="polite">
        {says || t.timeline.nothingHere}
      </p>
      <p id={`${id}-hint`} className="chart-quiet chart-hint">
        {t.timeline.hint}
      </p>
      {range && !brush ? (
        <p className="chart-chosen">
          {t.timeline.chosen(f.view(range), t.findings(counted, f.number(counted)))}{' '}
          <button type="button" className="chart-button" onClick={() => setView(wider(range, limits))}>
            {t.timeline.toRange}
          </button>{' '}
          <button type="button" className="chart-button" onClick={() => choose(null)}>
            {t.timeline.clear}
          </button>
        </p>
      ) : null}
      <Legend chain={chain !== null} windows={windows.length > 0} />
      {group ? (
        <Panel title={t.findings(group.length, f.number(group.length))} onClose={() => setGroup(null)}>
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

/** Findings of which some time lies in the span, as the filter of findings counts. */
function countIn(lanes: readonly Lane[], { from, to }: Span): number {
  return lanes.reduce((sum, { at, end }) => {
    const begun = lowerBound(at, to)
    let over = 0
    for (let i = 0; i < begun; i++) if (end[i]! < from) over++
    return sum + begun - over
  }, 0)
}

function spanOf(scale: Scale, a: number, b: number): Span {
  const cut = (x: number): number => Math.min(Math.max(scale.time(x), scale.from), scale.to)
  return { from: Math.floor(cut(Math.min(a, b))), to: Math.ceil(cut(Math.max(a, b))) }
}

/** The span with a little room on both sides. */
function wider({ from, to }: Span, { whole, least }: Limits): Span {
  const room = Math.max((to - from) * 0.08, least / 2)
  return inside({ from: from - room, to: to + room }, whole)
}

function spanOfAll(findings: readonly Finding[]): Span {
  let [from, to] = [Infinity, -Infinity]
  for (const finding of findings) {
    const time = timeOf(finding.first ?? finding.time) ?? NaN
    from = Math.min(from, time)
    to = Math.max(to, time)
  }
  return { from, to }
}

/** The mark in which a finding is drawn; null where it is outside the view. */
function markOf(lanes: readonly Lane[], { lane, finding }: Pointed, view: Span, size: number): Mark | null {
  const own = lanes[lane]
  return (own && marksOf(own, view, size, BIN).find((m) => m.from <= finding && m.to > finding)) ?? null
}

function nearest(marks: readonly Mark[], x: number): Mark {
  return marks.reduce((best, m) => (Math.abs(best.x - x) <= Math.abs(m.x - x) ? best : m))
}

function markWords({ charts: t, words: w }: Texts, f: Format, lane: Lane, mark: Mark): string {
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
  view: Span
  whole: Span
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

/** On a screen many marks are painted at once; on paper they are a drawing of their own, sharp and in its colours. */
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
    if (canvas) paint(canvas, drawing, width, height)
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

function Legend({ chain, windows }: { chain: boolean; windows: boolean }) {
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
      {chain ? (
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
