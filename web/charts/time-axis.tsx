import type { Format } from './format.ts'
import { type Scale, type Tick, ticks } from './scale.ts'

/** Height of the axis: a line of ticks, and below it what they share. */
export const AXIS = 34

/** A UTC axis above a plot: lines down to `bottom`, texts that keep apart, and once what neighbors share. */
export function TimeAxis({
  scale,
  bottom,
  format,
  unit,
}: {
  scale: Scale
  bottom: number
  format: Format
  unit: string
}) {
  const room = scale.right - scale.left
  const marks = ticks(scale, Math.max(2, Math.floor(room / 64)))
  const contexts = contextsOf(marks, scale, format)
  return (
    <g className="chart-axis" aria-hidden="true">
      {marks.map((tick) => {
        const x = Math.round(scale.x(tick.time)) + 0.5
        const text = format.tick(tick)
        return (
          <g key={tick.time}>
            <line x1={x} x2={x} y1={AXIS - 5} y2={bottom} />
            {x + text.length * 6.6 + 4 < scale.right ? (
              <text x={x + 3} y={AXIS - 8}>
                {text}
              </text>
            ) : null}
          </g>
        )
      })}
      {contexts.map(({ x, text }, i) => (
        <text key={x} className="chart-context" x={x} y={12}>
          {i === 0 ? `${text} ${unit}` : text}
        </text>
      ))}
    </g>
  )
}

/** The first stands at the left edge, the others where they begin; one that would touch the next gives way to it. */
function contextsOf(marks: readonly Tick[], scale: Scale, format: Format): readonly { x: number; text: string }[] {
  const out: { x: number; text: string }[] = []
  let before = ''
  const [first] = marks
  if (first) {
    // What holds at the left edge is what holds of the moment just there, in the unit of the ticks.
    before = format.context({ ...first, time: scale.from })
    out.push({ x: scale.left + 3, text: before })
  }
  for (const tick of marks) {
    const text = format.context(tick)
    if (text === before) continue
    before = text
    const x = Math.round(scale.x(tick.time)) + 3
    const last = out.at(-1)
    if (last && last.x + (last.text.length + (out.length === 1 ? 4 : 0)) * 6.4 + 10 > x) {
      if (out.length > 1) continue
      out.pop()
    }
    if (x + text.length * 6.4 < scale.right + 16) out.push({ x, text })
  }
  return out
}
