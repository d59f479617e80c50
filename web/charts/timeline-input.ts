import {
  type Dispatch,
  type KeyboardEvent,
  type PointerEvent,
  type SetStateAction,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Finding } from '../../src/model/finding.ts'
import { type Lane, type LaneMark, marksOf } from './lanes.ts'
import { useWidth } from './parts.tsx'
import { inside, type ScaleLimits, moved, type Scale, type TimeSpan, scaleOf, zoomed } from './scale.ts'
import { AXIS } from './time-axis.tsx'
import { BIN } from './timeline-drawing.ts'

const ROW = 30
export const LEAST = 20

/** The time that is shown, and where things lie in the plot. */
export type Plane = {
  readonly plot: ReturnType<typeof useWidth>[0]
  readonly lanes: readonly Lane[]
  readonly whole: TimeSpan
  readonly limits: ScaleLimits
  readonly view: TimeSpan
  readonly setView: Dispatch<SetStateAction<TimeSpan>>
  readonly zoom: (by: number, around?: number) => void
  readonly move: (by: number) => void
  readonly scale: Scale
  /** Pixels between the ends of the scale. */
  readonly size: number
  readonly narrow: boolean
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
  readonly rowHeight: number
}

/** `updates`: height of the row above the lanes that tells of builds. */
export function usePlane(lanes: readonly Lane[], whole: TimeSpan, updates: number): Plane {
  const [plot, width] = useWidth(1000)
  const limits: ScaleLimits = useMemo(() => ({ whole, least: LEAST }), [whole])
  const [asked, setView] = useState<TimeSpan>(whole)
  const view = useMemo(
    () => (asked.from < whole.from || asked.to > whole.to ? inside(asked, whole) : asked),
    [asked, whole],
  )
  const narrow = width < 620
  const left = narrow ? 4 : 190
  const rowHeight = narrow ? 44 : ROW
  const top = AXIS + updates + 2
  const scale = scaleOf(view, left, width - 4)
  return {
    plot,
    lanes,
    whole,
    limits,
    view,
    setView,
    zoom: (by, around = (view.from + view.to) / 2) => setView(zoomed(view, by, around, limits)),
    move: (by) => setView(moved(view, by, limits)),
    scale,
    size: scale.right - scale.left,
    narrow,
    width,
    height: top + lanes.length * rowHeight + 4,
    left,
    top,
    rowHeight,
  }
}

/** A finding by its lane and its place there: it keeps its place while marks part and come together. */
export type Pointed = { readonly lane: number; readonly finding: number }

/** What is pointed at, opened and chosen. */
export type Selection = {
  readonly pointed: Pointed | null
  /** The mark in which it is drawn; null where it is outside the view. */
  readonly current: LaneMark | null
  readonly setPointed: (pointed: Pointed | null) => void
  readonly group: readonly Finding[] | null
  readonly setGroup: (group: readonly Finding[] | null) => void
  readonly open: (at: Pointed) => void
  readonly range: TimeSpan | null
  readonly choose: (range: TimeSpan | null) => void
  /** The time over which the pointer is drawn. */
  readonly brush: TimeSpan | null
  readonly setBrush: (brush: TimeSpan | null) => void
}

export function useSelection(
  { lanes, view, size }: Plane,
  given: TimeSpan | null | undefined,
  onPick: ((id: string) => void) | undefined,
  onRange: ((range: TimeSpan | null) => void) | undefined,
): Selection {
  const [ownRange, setOwnRange] = useState<TimeSpan | null>(null)
  const [brush, setBrush] = useState<TimeSpan | null>(null)
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const [group, setGroup] = useState<readonly Finding[] | null>(null)
  const choose = useCallback(
    (next: TimeSpan | null) => {
      setOwnRange(next)
      onRange?.(next)
    },
    [onRange],
  )
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
  return {
    pointed,
    current: pointed && markOf(lanes, pointed, view, size),
    setPointed,
    group,
    setGroup,
    open,
    range: given === undefined ? ownRange : given,
    choose,
    brush,
    setBrush,
  }
}

/** React listens to wheels passively: what keeps the page from scrolling must be asked for by hand. */
export function useWheel({ plot, scale, size, limits, setView }: Plane): void {
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
}

type Drag = {
  readonly pointer: number
  readonly start: number
  readonly move: boolean
  readonly view: TimeSpan
  far: boolean
}

type Point = { readonly x: number; readonly y: number }

type Pointer = {
  readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void
  readonly onPointerUp: (event: PointerEvent<HTMLDivElement>) => void
  readonly onPointerCancel: () => void
  readonly onDoubleClick: (event: { readonly clientX: number; readonly clientY: number }) => void
}

/** Pointing, opening, choosing a time by drawing over it, and moving the view. */
export function usePointer(plane: Plane, selection: Selection): Pointer {
  const { plot, scale, size, limits, view, setView } = plane
  const { brush, setBrush, setPointed } = selection
  const drag = useRef<Drag | null>(null)
  const at = (event: { readonly clientX: number; readonly clientY: number }): Point => {
    const box = plot.current!.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  return {
    onPointerDown: (event) => {
      if (event.button > 1) return
      const { x } = at(event)
      drag.current = {
        pointer: event.pointerId,
        start: x,
        move: event.shiftKey || event.button === 1,
        view,
        far: false,
      }
    },
    onPointerMove: (event) => {
      const point = at(event)
      const now = drag.current
      if (!now || now.pointer !== event.pointerId) {
        if (event.pointerType === 'mouse') setPointed(markAt(plane, point))
        return
      }
      if (!now.far && Math.abs(point.x - now.start) < 4) return
      if (!now.far) plot.current!.setPointerCapture(event.pointerId)
      now.far = true
      if (now.move) setView(moved(now.view, (now.start - point.x) / size, limits))
      else setBrush(spanOf(scale, now.start, point.x))
    },
    onPointerUp: (event) => {
      const now = drag.current
      drag.current = null
      if (!now || now.pointer !== event.pointerId) return
      if (now.far) {
        if (brush) selection.choose(brush)
        setBrush(null)
        return
      }
      const mark = markAt(plane, at(event))
      setPointed(mark)
      if (mark) selection.open(mark)
    },
    onPointerCancel: () => {
      drag.current = null
      setBrush(null)
    },
    onDoubleClick: (event) => plane.zoom(0.25, scale.time(at(event).x)),
  }
}

/** The same by keys. */
export function onKey(plane: Plane, selection: Selection, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const { key } = event
  const { lanes, view, whole, setView, zoom, move } = plane
  const { pointed, current, group, range, choose } = selection
  const around = pointed && current ? lanes[pointed.lane]!.at[pointed.finding] : undefined
  if (key === '+' || key === '=') zoom(0.5, around)
  else if (key === '-') zoom(2, around)
  else if (key === 'Home' || key === '0') setView(whole)
  else if (key === 'PageUp') move(-0.8)
  else if (key === 'PageDown') move(0.8)
  else if (key === 'f' || key === 'F') choose(view)
  else if (key === 'Escape' && (group || range)) {
    selection.setGroup(null)
    choose(null)
  } else if ((key === 'Enter' || key === ' ') && pointed) selection.open(pointed)
  else if (key.startsWith('Arrow')) step(plane, selection, key)
  else return
  event.preventDefault()
}

/** To the next mark of the lane, or the nearest one of the next lane that has some. */
function step({ lanes, view, size, whole, setView, move }: Plane, selection: Selection, key: string): void {
  const { pointed, current, setPointed } = selection
  const all = lanes.map((lane) => marksOf(lane, view, size, BIN))
  const filled = all.flatMap((marks, lane) => (marks.length > 0 ? [lane] : []))
  if (!pointed || !current) {
    const [lane] = filled
    if (lane === undefined) return move(key === 'ArrowLeft' ? -0.5 : 0.5)
    return setPointed({ lane, finding: all[lane]![0]!.from })
  }
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next =
      key === 'ArrowDown' ? filled.find((lane) => lane > pointed.lane) : filled.findLast((lane) => lane < pointed.lane)
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

function markAt({ lanes, view, size, left, top, rowHeight }: Plane, { x, y }: Point): Pointed | null {
  const lane = Math.floor((y - top) / rowHeight)
  if (lane < 0 || lane >= lanes.length) return null
  let best: LaneMark | null = null
  for (const mark of marksOf(lanes[lane]!, view, size, BIN)) {
    const far = Math.abs(mark.x + left - x)
    if (far <= 9 && (best === null || far < Math.abs(best.x + left - x))) best = mark
  }
  return best && { lane, finding: best.from }
}

/** The mark in which a finding is drawn; null where it is outside the view. */
function markOf(lanes: readonly Lane[], { lane, finding }: Pointed, view: TimeSpan, size: number): LaneMark | null {
  const own = lanes[lane]
  return (own && marksOf(own, view, size, BIN).find((m) => m.from <= finding && m.to > finding)) ?? null
}

function nearest(marks: readonly LaneMark[], x: number): LaneMark {
  return marks.reduce((best, m) => (Math.abs(best.x - x) <= Math.abs(m.x - x) ? best : m))
}

function spanOf(scale: Scale, a: number, b: number): TimeSpan {
  const cut = (x: number): number => Math.min(Math.max(scale.time(x), scale.from), scale.to)
  return { from: Math.floor(cut(Math.min(a, b))), to: Math.ceil(cut(Math.max(a, b))) }
}
