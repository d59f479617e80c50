import type { Assessment } from '../../src/model/assessment.ts'
import { Bare } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import { buildChanges } from './exposure-lanes.ts'
import type { Format } from './format.ts'
import { shown } from './parts.tsx'
import type { Scale } from './scale.ts'

// What several charts draw: names of rows, the pattern of holes, and changes of the build.

/** Names beside their rows, or above them where there is no room. */
export function Labels({
  names,
  left,
  top,
  row,
  narrow,
  hidden = false,
  en = false,
}: {
  names: readonly string[]
  left: number
  top: number
  row: number
  narrow: boolean
  hidden?: boolean
  /** Names of logs, which are English. */
  en?: boolean
}) {
  if (hidden) return null
  return names.map((name, i) => (
    <div
      // oxlint-disable-next-line react/no-array-index-key -- names can be the same
      key={i}
      className={narrow ? 'chart-label above' : 'chart-label'}
      style={narrow ? { top: top + i * row, height: 16 } : { top: top + i * row, height: row, width: left - 8 }}
      aria-hidden="true"
    >
      <Bare en={en} text={name} />
    </div>
  ))
}

/** What tells holes and states apart without color. */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-hole`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="chart-hole-ground" width="6" height="6" />
        <line className="chart-hole-line" x1="1" x2="1" y1="0" y2="6" />
      </pattern>
    </defs>
  )
}

/** Lines where another build was first seen; a name only where it does not run into the one before. */
export function Builds({
  report,
  scale,
  top,
  bottom,
  format,
}: {
  report: Assessment
  scale: Scale
  top: number
  bottom: number
  format: Format
}) {
  const t = useTexts().charts
  let end = -Infinity
  return (
    <g className="chart-build">
      {buildChanges(report)
        .filter(({ time }) => time >= scale.from && time < scale.to)
        .map(({ time, build }) => {
          const x = Math.round(scale.x(time)) + 0.5
          const text = t.build(shown(build, 30))
          const length = text.length * 6.4 + 8
          const toLeft = x + length > scale.right
          const start = toLeft ? x - length : x
          const named = start > end && start >= scale.left
          if (named) end = start + length
          return (
            <g key={`${time} ${build}`}>
              <title>{t.buildFrom(shown(build), format.moment(time))}</title>
              <line x1={x} x2={x} y1={top + 4} y2={bottom} />
              {named ? (
                <text x={toLeft ? x - 4 : x + 4} y={top + 14} textAnchor={toLeft ? 'end' : 'start'}>
                  {text}
                </text>
              ) : null}
            </g>
          )
        })}
    </g>
  )
}
