import { type Question, stageQuestion } from '../../src/model/answer.ts'
import { type Lane, lastingIn, marksOf } from './lanes.ts'
import type { TimeSpan } from './scale.ts'
import { greatestOf } from '../../src/lib/collections.ts'

/** Findings within so many pixels are one mark. */
export const BIN = 8

/** Shapes of a lane, as paths: what an SVG and a canvas both take. */
export type LaneDrawing = {
  readonly stage: Lane['stage']
  /** Several findings, taller the more (by the logarithm). */
  readonly bars: string
  /** Single findings. */
  readonly dots: string
  /** From first to last row of those that last. */
  readonly lasting: string
  /** Rings around what belongs to the highlighted intrusion. */
  readonly bright: string
}

export type Drawing = {
  readonly lanes: readonly LaneDrawing[]
  readonly dim: boolean
  readonly middle: (lane: number) => number
}

export type Frame = {
  readonly lanes: readonly Lane[]
  /** Lanes of the highlighted intrusion alone; null when none is. */
  readonly bright: readonly Lane[] | null
  readonly view: TimeSpan
  readonly left: number
  readonly right: number
  readonly top: number
  readonly row: number
  readonly narrow: boolean
}

const DOT = 4.5
const TALL = 24

/** What is to be drawn of a view. Its size grows with the pixels, not with the findings. */
export function drawingOf({ lanes, bright, view, left, right, top, row, narrow }: Frame): Drawing {
  const width = right - left
  const middle = (lane: number): number => top + lane * row + (narrow ? 30 : row / 2)
  const each = (view.to - view.from) / width
  const most = Math.log2(
    1 +
      Math.max(
        2,
        greatestOf(
          lanes.map(({ at }) => at.length),
          0,
        ),
      ),
  )
  return {
    dim: bright !== null,
    middle,
    lanes: lanes.map((lane, i) => {
      const y = middle(i)
      let [bars, dots] = ['', '']
      for (const { x, from, to } of marksOf(lane, view, width, BIN)) {
        if (to - from === 1) dots += circle(left + x, y, DOT)
        else {
          const tall = Math.max(10, Math.round((TALL * Math.log2(1 + to - from)) / most))
          bars += `M${tenth(left + x - 3)},${tenth(y - tall / 2)}h6v${tall}h-6z`
        }
      }
      const lasting = lastingIn(lane, view, each * 3, 400)
        .map((n) => {
          const start = left + Math.max(0, (lane.at[n]! - view.from) / each)
          const end = left + Math.min(width, (lane.end[n]! - view.from) / each)
          return `M${tenth(start)},${y}H${tenth(end)}`
        })
        .join('')
      const own = bright?.find(({ stage }) => stage === lane.stage)
      const rings = own ? marksOf(own, view, width, BIN).map(({ x }) => circle(left + x, y, DOT + 2)) : []
      return { stage: lane.stage, bars, dots, lasting, bright: rings.join('') }
    }),
  }
}

function circle(x: number, y: number, r: number): string {
  return `M${tenth(x - r)},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`
}

const tenth = (n: number): number => Math.round(n * 10) / 10

/** Paints a drawing, in the colors that the page has now. */
export function paintTimeline(canvas: HTMLCanvasElement, drawing: Drawing, width: number, height: number): void {
  const ratio = Math.max(1, devicePixelRatio || 1)
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  const context = canvas.getContext('2d')
  if (!context) return
  const style = getComputedStyle(canvas)
  const color = (name: string): string => style.getPropertyValue(name).trim()
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  for (const { stage, bars, dots, lasting, bright } of drawing.lanes) {
    const own = color(colors[stageQuestion[stage] ?? 'none'])
    context.globalAlpha = drawing.dim ? 0.35 : 1
    context.strokeStyle = own
    context.fillStyle = own
    context.lineWidth = 2.5
    context.stroke(new Path2D(lasting))
    context.fill(new Path2D(bars))
    context.lineWidth = 1.2
    context.fill(new Path2D(dots))
    context.strokeStyle = color('--card')
    context.stroke(new Path2D(dots))
    context.globalAlpha = 1
    context.fillStyle = own
    context.strokeStyle = color('--ink')
    context.lineWidth = 2
    const rings = new Path2D(bright)
    context.fill(rings)
    context.stroke(rings)
  }
}

const colors: Readonly<Record<Question | 'none', string>> = {
  exposed: '--q0',
  targeted: '--q1',
  exploited: '--q2',
  compromised: '--q3',
  'mail-taken': '--q4',
  'still-there': '--q3',
  none: '--q0',
}
