import type { Finding } from '../../src/model/finding.ts'
import { useTexts } from '../texts.tsx'
import { type Cell, type GridColumn, holesIn, reachOfKind, type Row } from './coverage-grid.ts'
import type { Format } from './format.ts'
import { furthest } from './graph.ts'
import { shown } from './parts.tsx'
import type { Scale, TimeSpan } from './scale.ts'

// What the coverage map draws: rows, strips of campaigns, marks of findings, and the legend.

/** Heights of the strip of a campaign and of a row (pixels). */
export const BAND_HEIGHT = 20
export const CELL_HEIGHT = 16

export function Band({
  scale,
  window: w,
  y,
  format,
  narrow,
}: {
  scale: Scale
  window: TimeSpan & { readonly name: string }
  y: number
  format: Format
  narrow: boolean
}) {
  const t = useTexts().charts
  const part = scale.part(w.from, w.to, 2)
  if (!part) return null
  const text = shown(narrow ? t.windowOf(w.name) : w.name, 60)
  return (
    <g className="chart-band">
      <title>{t.windowFor(shown(w.name), format.span(w))}</title>
      <rect x={part.x} y={y + 3} width={part.width} height={BAND_HEIGHT - 6} rx="2" />
      {w.from < scale.from ? <path d={`M${part.x + 7},${y + 6}l-4,4l4,4`} className="chart-beyond" /> : null}
      {w.to > scale.to ? <path d={`M${part.x + part.width - 7},${y + 6}l4,4l-4,4`} className="chart-beyond" /> : null}
      {narrow && part.width > text.length * 6.2 + 24 ? (
        <text x={part.x + 12} y={y + 14}>
          {text}
        </text>
      ) : null}
    </g>
  )
}

/** A bar a column, the taller the more findings (by the logarithm: one must be seen beside a thousand). */
export function FindingMarks({
  found,
  columns,
  scale,
  y,
}: {
  found: readonly (readonly Finding[])[]
  columns: readonly GridColumn[]
  scale: Scale
  y: number
}) {
  const peak = Math.log2(1 + found.reduce((most, list) => Math.max(most, list.length), 1))
  const paths = new Map<string, string>()
  found.forEach((list, i) => {
    if (list.length === 0) return
    const [x, next] = [scale.x(columns[i]!.from), scale.x(columns[i]!.to)]
    const tall = Math.max(3, Math.round((CELL_HEIGHT * Math.log2(1 + list.length)) / peak))
    const width = Math.max(1, Math.min(10, next - x - 1))
    const question = furthest(list)
    paths.set(question, (paths.get(question) ?? '') + bar((x + next - width) / 2, y + CELL_HEIGHT - tall, width, tall))
  })
  return [...paths].map(([question, d]) => (
    <path key={question} className={`chart-findings chart-q-${question}`} d={d} />
  ))
}

const bar = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)},${y}h${round(width)}v${height}h${round(-width)}z`
const round = (n: number): number => Math.round(n * 10) / 10

export function KindRow({
  row: { kind, cells },
  columns,
  scale,
  y,
  pattern,
  marked,
}: {
  row: Row
  columns: readonly GridColumn[]
  scale: Scale
  y: number
  pattern: string
  marked: ReadonlySet<number> | undefined
}) {
  const reach = reachOfKind(kind)
  const rail = reach && scale.part(reach.from, reach.to)
  const holes = holesIn(kind, scale)
    .slice(0, 2000)
    .map(({ from, to }) => {
      const part = scale.part(from, to, 3)!
      return bar(part.x, y, part.width, CELL_HEIGHT)
    })
    .join('')
  return (
    <g>
      {rail ? (
        <line
          className="chart-rail"
          x1={rail.x}
          x2={rail.x + rail.width}
          y1={y + CELL_HEIGHT / 2}
          y2={y + CELL_HEIGHT / 2}
        />
      ) : null}
      {([1, 2, 3, 4] as const).map((shade) => (
        <path key={shade} className={`chart-d${shade}`} d={cellsPath(cells, columns, scale, y, shade)} />
      ))}
      {holes === '' ? null : <path className="chart-hole" d={holes} fill={`url(#${pattern})`} />}
      {marked
        ? [...marked].map((i) => (
            <circle
              key={i}
              className="chart-dot"
              cx={(scale.x(columns[i]!.from) + scale.x(columns[i]!.to)) / 2}
              cy={y + CELL_HEIGHT / 2}
              r="2.6"
            />
          ))
        : null}
    </g>
  )
}

/** Neighbors of one shade are one rectangle where columns are too narrow for a space between them. */
function cellsPath(
  cells: readonly Cell[],
  columns: readonly GridColumn[],
  scale: Scale,
  y: number,
  shade: Cell['shade'],
): string {
  let d = ''
  const wide = columns.length > 0 && scale.x(columns[0]!.to) - scale.x(columns[0]!.from) >= 6
  for (let i = 0; i < cells.length; i++) {
    if (cells[i]!.shade !== shade) continue
    const start = i
    while (!wide && cells[i + 1]?.shade === shade) i++
    const x = scale.x(columns[start]!.from)
    d += bar(x, y, Math.max(1, scale.x(columns[i]!.to) - x - (wide ? 1 : 0)), CELL_HEIGHT)
  }
  return d
}

export function Legend({ id, windows, builds }: { id: string; windows: boolean; builds: boolean }) {
  const { legend } = useTexts().charts.coverage
  const sample = (children: React.ReactNode, width = 18) => (
    <svg width={width} height="14" aria-hidden="true">
      {children}
    </svg>
  )
  return (
    <ul className="chart-legend">
      <li>
        {legend.few}{' '}
        {sample(
          [1, 2, 3, 4].map((shade) => (
            <rect key={shade} className={`chart-d${shade}`} x={(shade - 1) * 15} y="1" width="14" height="12" />
          )),
          60,
        )}{' '}
        {legend.many}
      </li>
      <li>
        {sample(<line className="chart-rail" x1="0" x2="18" y1="7" y2="7" />)} {legend.empty}
      </li>
      <li>{legend.outside}</li>
      <li>
        {sample(<rect className="chart-hole" x="1" y="1" width="16" height="12" fill={`url(#${id}-hole)`} />)}{' '}
        {legend.hole}
      </li>
      <li>
        {sample(<circle className="chart-dot" cx="9" cy="7" r="2.6" />)} {legend.finding}
      </li>
      <li>
        {sample(<path className="chart-findings" d="M2,8h5v6h-5zM9,2h5v12h-5z" />)} {legend.findings}
      </li>
      {windows ? (
        <li className="chart-band">
          {sample(<rect x="0" y="3" width="18" height="8" rx="2" />)} {legend.window}
        </li>
      ) : null}
      {builds ? (
        <li className="chart-build">
          {sample(<line x1="9" x2="9" y1="0" y2="14" />)} {legend.build}
        </li>
      ) : null}
    </ul>
  )
}
