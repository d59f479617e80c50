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
import { type Lane, lanesOf, lanesOfChain, type Mark, marksOf, wholeOf } from './lanes.ts'
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

/** A mark by its lane and its place among the marks that are in view. */
type Cursor = { readonly lane: number; readonly mark: Mark }
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
  const [ref, width] = useWidth(1000)
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
  const [cursor, setCursor] = useState<Cursor | null>(null)
  const [group, setGroup] = useState<readonly Finding[] | null>(null)
  const [chainId, setChain] = useState('')
  const drag = useRef<Drag | null>(null)
  const chain = report.chains.find((c) => c.id === chainId) ?? null
  const bright = useMemo(() => (chain ? lanesOfChain(findings, chain) : null), [findings, chain])

  const scale = scaleOf(view, left, width - 4)
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
  const countIn = (span: Span): number => lanes.reduce((sum, lane) => sum + lastIn(lane, span), 0)

  // React listens to wheels passively: what keeps the page from scrolling must be asked for by hand.
  const plot = ref
  const wheel = useRef<(event: WheelEvent) => void>(() => {})
  wheel.current = (event) => {
    const box = plot.current!.getBoundingClientRect()
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY)
    if (!sideways && !event.ctrlKey && !event.metaKey && document.activeElement !== plot.current) return
    event.preventDefault()
    if (sideways) setView((v) => moved(v, event.deltaX / (scale.right - scale.left), limits))
    else {
      const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY
      const around = (event.clientX - box.left - scale.left) / (scale.right - scale.left)
      setView((v) => zoomed(v, 1.0018 ** pixels, v.from + around * (v.to - v.from), limits))
    }
  }
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
  const markAt = ({ x, y }: { x: number; y: number }): Cursor | null => {
    const lane = Math.floor((y - top) / rowHeight)
    if (lane < 0 || lane >= lanes.length) return null
    let best: Mark | null = null
    for (const mark of marksOf(lanes[lane]!, view, scale.right - scale.left, BIN)) {
      const far = Math.abs(mark.x + left - x)
      if (far <= 9 && (best === null || far < Math.abs(best.x + left - x))) best = mark
    }
    return best && { lane, mark: best }
  }
  const open = ({ lane, mark }: Cursor): void => {
    const list = lanes[lane]!.findings.slice(mark.from, mark.to)
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
      if (event.pointerType === 'mouse') setCursor(markAt(point))
      return
    }
    if (!now.far && Math.abs(point.x - now.start) < 4) return
    if (!now.far) plot.current!.setPointerCapture(event.pointerId)
    now.far = true
    if (now.move) {
      setView(moved(now.view, (now.start - point.x) / (scale.right - scale.left), limits))
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
    setCursor(mark)
    if (mark) open(mark)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event
    const around = cursor && cursor.mark.to > cursor.mark.from ? timeOfMark(lanes, cursor) : undefined
    if (key === '+' || key === '=') zoom(0.5, around)
    else if (key === '-') zoom(2, around)
    else if (key === 'Home' || key === '0') setView(whole)
    else if (key === 'PageUp') move(-0.8)
    else if (key === 'PageDown') move(0.8)
    else if (key === 'f' || key === 'F') choose(view)
    else if (key === 'Escape' && (group || range)) {
      setGroup(null)
      choose(null)
    } else if ((key === 'Enter' || key === ' ') && cursor) open(cursor)
    else if (key.startsWith('Arrow')) step(key)
    else return
    event.preventDefault()
  }
  const step = (key: string): void => {
    const size = scale.right - scale.left
    if (!cursor) {
      const lane = lanes.findIndex((l) => marksOf(l, view, size, BIN).length > 0)
      if (lane >= 0) setCursor({ lane, mark: marksOf(lanes[lane]!, view, size, BIN)[0]! })
      else move(key === 'ArrowLeft' ? -0.5 : 0.5)
      return
    }
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      const lane = Math.min(lanes.length - 1, Math.max(0, cursor.lane + (key === 'ArrowUp' ? -1 : 1)))
      const near = nearest(marksOf(lanes[lane]!, view, size, BIN), cursor.mark.x)
      setCursor(near ? { lane, mark: near } : { ...cursor, lane, mark: { x: cursor.mark.x, from: 0, to: 0 } })
      return
    }
    const lane = lanes[cursor.lane]!
    const marks = marksOf(lane, view, size, BIN)
    const empty = cursor.mark.from === cursor.mark.to
    const i = empty ? -1 : marks.findIndex((m) => m.from <= cursor.mark.from && m.to > cursor.mark.from)
    const next = key === 'ArrowRight' ? marks[i + 1] : i < 0 ? marks.at(-1) : marks[i - 1]
    if (next) return setCursor({ lane: cursor.lane, mark: next })
    // What lies outside the view is brought to its middle.
    const beyond = key === 'ArrowRight' ? (marks.at(-1)?.to ?? 0) : (marks[0]?.from ?? lane.at.length) - 1
    if (beyond < 0 || beyond >= lane.at.length) return
    const half = (view.to - view.from) / 2
    const there = inside({ from: lane.at[beyond]! - half, to: lane.at[beyond]! + half }, whole)
    setView(there)
    const found = marksOf(lane, there, size, BIN).find((m) => m.from <= beyond && m.to > beyond)
    if (found) setCursor({ lane: cursor.lane, mark: found })
  }

  const drawing = drawingOf({ lanes, bright, view, left, right: scale.right, top, row: rowHeight, narrow })
  const says = cursor ? markWords(texts, f, lanes, cursor) : ''
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
      </div>
      <p className="chart-quiet">{t.timeline.showing(f.view(view), f.lasting(view.to - view.from))}</p>
      <div
        ref={ref}
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
            {windows.map((window) => {
              const band = scale.part(window.from, window.to, 2)
              return band ? (
                <rect key={window.name} x={band.x} y={top} width={band.width} height={height - top - 4}>
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
          {cursor && cursor.mark.x >= 0 && cursor.mark.x <= scale.right - scale.left ? (
            <circle
              className="chart-cursor"
              cx={cursorX(lanes, cursor, scale)}
              cy={drawing.middle(cursor.lane)}
              r="10"
            />
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
      <p id={`${id}-hint`} className="chart-quiet">
        {t.timeline.hint}
      </p>
      {range && !brush ? (
        <p className="chart-chosen">
          {t.timeline.chosen(f.view(range), t.findings(countIn(range), f.number(countIn(range))))}{' '}
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

const lastIn = (lane: Lane, span: Span): number => {
  let n = 0
  for (const mark of marksOf(lane, span, 1, 1)) n += mark.to - mark.from
  return n
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

function nearest(marks: readonly Mark[], x: number): Mark | null {
  return marks.reduce<Mark | null>((best, m) => (best && Math.abs(best.x - x) <= Math.abs(m.x - x) ? best : m), null)
}

const timeOfMark = (lanes: readonly Lane[], { lane, mark }: Cursor): number =>
  (lanes[lane]!.at[mark.from]! + lanes[lane]!.at[mark.to - 1]!) / 2

/** Where the mark of the cursor lies now: the view may have moved since. */
const cursorX = (lanes: readonly Lane[], cursor: Cursor, scale: Scale): number =>
  cursor.mark.from === cursor.mark.to ? cursor.mark.x + scale.left : scale.x(timeOfMark(lanes, cursor))

function markWords({ charts: t, words: w }: Texts, f: Format, lanes: readonly Lane[], { lane, mark }: Cursor): string {
  const { stage, findings, at, end } = lanes[lane]!
  const list = findings.slice(mark.from, mark.to)
  const [first] = list
  if (!first) return t.timeline.mark(w.stages[stage], t.findings(0, f.number(0)), '')
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
