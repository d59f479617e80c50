import { type KeyboardEvent, type MouseEvent, useId, useMemo, useState } from 'react'
import type { Assessment } from '../../src/model/assessment.ts'
import type { KindCoverage } from '../../src/model/coverage.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Artifact } from '../../src/model/evidence.ts'
import { Bare } from '../parts/text.tsx'
import { useTexts } from '../texts/index.tsx'
import {
  type Cell,
  type GridColumn,
  type ColumnUnit,
  columnAt,
  columnUnits,
  gridColumns,
  filesOf,
  findingsByColumn,
  holesIn,
  hoursOf,
  kindsOf,
  middleOf,
  pageOf,
  gridPages,
  missingSpans,
  reachOfKind,
  type Row,
  rowsOf,
  shownSpan,
  unitFor,
} from './coverage-grid.ts'
import './charts.css'
import { buildChanges, firstSuccess, windowsOf } from './exposure-lanes.ts'
import type { Format } from './format.ts'
import { furthest } from './graph.ts'
import { FindingList, Panel, shown, useFormat, useWidth } from './parts.tsx'
import { type Scale, type TimeSpan, scaleOf, timeOf } from './scale.ts'
import { AXIS, TimeAxis } from './time-axis.tsx'

type Props = {
  readonly report: Assessment
  /** A finding was chosen, by its id. */
  readonly onPick?: (id: string) => void
  /** A file was chosen. */
  readonly onFile?: (file: Artifact) => void
}

/** A cell by its row and a time in its column: columns come and go with the room that there is. */
type Place = { readonly row: number; readonly time: number }

const BAND = 20
const CELL = 16

/** Entries by log and day (or week, or month), with holes, windows of campaigns, builds, and the findings of that time; nothing where no entry has a day. */
export function CoverageMap({ report, onPick, onFile }: Props) {
  const { drawn, undated } = useMemo(() => kindsOf(report), [report])
  const t = useTexts().charts
  const reach = useMemo(() => shownSpan(report, drawn), [report, drawn])
  if (reach === null) return null
  const names = undated.map(({ title }) => shown(title)).join(', ')
  return (
    <div className="chart-box">
      <HeatMap {...{ report, onPick, onFile }} kinds={drawn} reach={reach} />
      {undated.length > 0 ? <p className="chart-note">{t.coverage.undated(names)}</p> : null}
    </div>
  )
}

/** The columns that are shown, and what lies in them. */
type Shown = {
  readonly unit: ColumnUnit
  readonly pages: number
  readonly page: number
  readonly columns: readonly GridColumn[]
  readonly rows: readonly Row[]
  readonly found: ReturnType<typeof findingsByColumn>
  readonly setUnit: (unit: ColumnUnit, time: number | undefined) => void
  readonly setPage: (page: number) => void
}

/** `most`: so many columns have room. */
function useColumns(report: Assessment, kinds: readonly KindCoverage[], reach: TimeSpan, most: number): Shown {
  const [asked, setUnit] = useState<ColumnUnit | null>(null)
  const [turned, setPage] = useState<number | null>(null)
  const unit = asked ?? unitFor(reach, most)
  const pages = gridPages(reach, unit, most)
  const centre = firstSuccess(report)?.at ?? middleOf(kinds)
  const page = Math.min(turned ?? pageOf(reach, unit, most, centre), pages - 1)
  const columns = useMemo(() => gridColumns(reach, unit, most, page), [reach, unit, most, page])
  return {
    unit,
    pages,
    page,
    columns,
    rows: useMemo(() => rowsOf(kinds, columns), [kinds, columns]),
    found: useMemo(() => findingsByColumn(report.findings, columns), [report, columns]),
    setUnit: (next, time = centre) => {
      setUnit(next)
      setPage(pageOf(reach, next, most, time))
    },
    setPage,
  }
}

/** Where the rows of the chart lie. */
type Layout = {
  readonly narrow: boolean
  readonly left: number
  readonly width: number
  readonly height: number
  readonly scale: Scale
  readonly windows: ReturnType<typeof windowsOf>
  readonly gaps: ReturnType<typeof missingSpans>
  readonly bandsTop: number
  readonly gapsTop: number
  readonly findingsTop: number
  readonly top: number
  readonly rowHeight: number
  /** From the top of a row to its cells: names stand above them where it is narrow. */
  readonly inRow: number
}

const isNarrow = (width: number): boolean => width < 620
const leftOf = (width: number): number => (isNarrow(width) ? 0 : Math.min(260, Math.round(width * 0.28)))

function layoutOf(report: Assessment, { columns, rows }: Shown, width: number): Layout {
  const narrow = isNarrow(width)
  const left = leftOf(width)
  const view = { from: columns[0]!.from, to: columns.at(-1)!.to }
  const isIn = (span: TimeSpan): boolean => span.from < view.to && span.to > view.from
  const windows = windowsOf(report).filter(isIn).slice(0, 8)
  const gaps = missingSpans(report).filter(isIn)
  const rowHeight = narrow ? 34 : 22
  const bandsTop = AXIS + 2
  const gapsTop = bandsTop + windows.length * BAND
  const findingsTop = gapsTop + (gaps.length > 0 ? BAND : 0) + BAND
  const top = findingsTop + rowHeight + 4
  return {
    narrow,
    left,
    width,
    height: top + rows.length * rowHeight + 4,
    scale: scaleOf(view, left, width),
    windows,
    gaps,
    bandsTop,
    gapsTop,
    findingsTop,
    top,
    rowHeight,
    inRow: narrow ? 16 : 3,
  }
}

function HeatMap({
  report,
  kinds,
  reach,
  onPick,
  onFile,
}: {
  report: Assessment
  kinds: readonly KindCoverage[]
  reach: TimeSpan
  onPick: Props['onPick']
  onFile: Props['onFile']
}) {
  const t = useTexts().charts
  const f = useFormat()
  const id = useId()
  const [ref, width] = useWidth(1000)
  const drawn = useColumns(report, kinds, reach, Math.max(20, Math.floor((width - leftOf(width)) / 5)))
  const { columns, rows, unit } = drawn
  const layout = layoutOf(report, drawn, width)
  const { scale, windows, height } = layout
  const [at, setAt] = useState<Place | null>(null)
  const [open, setOpen] = useState<Place | null>(null)
  const cell = at && cellOf(at, columns)
  const opened = open && cellOf(open, columns)

  const placeAt = (event: MouseEvent<HTMLDivElement>): Place | null => {
    const box = event.currentTarget.getBoundingClientRect()
    const row = Math.floor((event.clientY - box.top - layout.top) / layout.rowHeight)
    const time = scale.time(event.clientX - box.left)
    return row >= 0 && row < rows.length && columnAt(columns, time) >= 0 ? { row, time } : null
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = keys[event.key]
    if (step) {
      const row = cell ? Math.min(rows.length - 1, Math.max(0, cell.row + step[0])) : 0
      const column = cell ? Math.min(columns.length - 1, Math.max(0, cell.column + step[1])) : 0
      setAt(cell ? { row, time: columns[column]!.from } : startOf(report, columns, rows))
    } else if ((event.key === 'Enter' || event.key === ' ') && at) setOpen(at)
    else if (event.key === 'Escape') setOpen(null)
    else return
    event.preventDefault()
  }
  const leave = (): void => {
    setAt(null)
    setOpen(null)
  }
  const words = cell
    ? cellWords(t, f, rows[cell.row]!, cell.column, columns[cell.column]!, unit, drawn.found.all[cell.column]!)
    : ''

  return (
    <>
      <ColumnTools
        shown={drawn}
        onUnit={(next) => {
          drawn.setUnit(next, at?.time)
          leave()
        }}
        onPage={(next) => {
          drawn.setPage(next)
          leave()
        }}
      />
      <div
        ref={ref}
        className="chart-plot"
        style={{ height }}
        role="application"
        tabIndex={0}
        aria-label={t.coverage.label(f.number(kinds.length), `${f.day(scale.from)} – ${f.day(scale.to - 1)}`)}
        aria-describedby={`${id}-hint`}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') setAt(placeAt(event))
        }}
        onClick={(event) => {
          const place = placeAt(event)
          if (!place) return
          setAt(place)
          setOpen(place)
        }}
      >
        <Grid report={report} shown={drawn} layout={layout} cell={cell} id={id} />
      </div>
      <p className="chart-says" aria-live="polite">
        {words || t.coverage.hint}
      </p>
      <p id={`${id}-hint`} hidden>
        {t.coverage.hint}
      </p>
      <Legend id={id} windows={windows.length > 0} builds={buildChanges(report).length > 0} />
      {opened ? (
        <CellPanel
          report={report}
          kind={rows[opened.row]!.kind}
          column={columns[opened.column]!}
          unit={unit}
          onClose={() => setOpen(null)}
          onPick={onPick}
          onFile={onFile}
        />
      ) : null}
    </>
  )
}

/** Days, weeks or months; and earlier and later where not all fit. */
function ColumnTools({
  shown: { unit, pages, page },
  onUnit,
  onPage,
}: {
  shown: Shown
  onUnit: (unit: ColumnUnit) => void
  onPage: (page: number) => void
}) {
  const t = useTexts().charts.coverage
  const f = useFormat()
  return (
    <div className="chart-tools" role="group" aria-label={t.unitLabel}>
      {columnUnits.map((u) => (
        <button key={u} type="button" className="chart-button" aria-pressed={u === unit} onClick={() => onUnit(u)}>
          {t.unit[u]}
        </button>
      ))}
      {pages > 1 ? (
        <>
          <button type="button" className="chart-button" disabled={page === 0} onClick={() => onPage(page - 1)}>
            ‹ {t.earlier}
          </button>
          <button type="button" className="chart-button" disabled={page >= pages - 1} onClick={() => onPage(page + 1)}>
            {t.later} ›
          </button>
          <span className="chart-quiet">{t.page(f.number(page + 1), f.number(pages))}</span>
        </>
      ) : null}
    </div>
  )
}

/** The drawing with the names of its rows. */
function Grid({
  report,
  shown: { columns, rows, found },
  layout,
  cell,
  id,
}: {
  report: Assessment
  shown: Shown
  layout: Layout
  cell: { readonly row: number; readonly column: number } | null
  id: string
}) {
  const t = useTexts().charts
  const f = useFormat()
  const { narrow, left, width, height, scale, windows, gaps, bandsTop, gapsTop, findingsTop, top, rowHeight, inRow } =
    layout
  return (
    <>
      <svg width={width} height={height} className="drawn" aria-hidden="true">
        <Patterns id={id} />
        <TimeAxis scale={scale} bottom={height - 4} format={f} unit={t.utc} />
        {windows.map((w, i) => (
          <Band key={i} scale={scale} window={w} y={bandsTop + i * BAND} format={f} narrow={narrow} />
        ))}
        {gaps.slice(0, 2000).map((gap) => {
          const part = scale.part(gap.from, gap.to, 3)
          return part === null ? null : (
            <rect
              key={gap.from}
              className="chart-hole"
              x={part.x}
              y={gapsTop + 2}
              width={part.width}
              height={BAND - 4}
              fill={`url(#${id}-hole)`}
            >
              <title>{t.coverage.noLogFor(f.span(gap))}</title>
            </rect>
          )
        })}
        <FindingMarks found={found.all} columns={columns} scale={scale} y={findingsTop + inRow} />
        {rows.map((row, i) => (
          <KindRow
            key={row.kind.kind}
            row={row}
            columns={columns}
            scale={scale}
            y={top + i * rowHeight + inRow}
            pattern={`${id}-hole`}
            marked={found.counting.get(row.kind.kind)}
          />
        ))}
        <Builds report={report} scale={scale} top={findingsTop - BAND} bottom={height - 4} format={f} />
        {cell ? (
          <rect
            className="chart-cursor"
            x={scale.x(columns[cell.column]!.from) - 0.5}
            y={top + cell.row * rowHeight + inRow - 1.5}
            width={Math.max(4, scale.x(columns[cell.column]!.to) - scale.x(columns[cell.column]!.from))}
            height={CELL + 3}
          />
        ) : null}
      </svg>
      <Labels
        narrow={narrow}
        left={left}
        names={windows.map((w) => t.windowOf(w.name))}
        top={bandsTop}
        row={BAND}
        hidden={narrow}
      />
      {gaps.length > 0 ? (
        <Labels narrow={narrow} left={left} names={[t.coverage.noLogRow]} top={gapsTop} row={BAND} hidden={narrow} />
      ) : null}
      <Labels narrow={narrow} left={left} names={[t.coverage.findingsRow]} top={findingsTop} row={rowHeight} />
      <Labels narrow={narrow} left={left} names={rows.map(({ kind }) => kind.title)} top={top} row={rowHeight} en />
    </>
  )
}

const keys: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
}

function cellOf({ row, time }: Place, columns: readonly GridColumn[]): { row: number; column: number } | null {
  const column = columnAt(columns, time)
  return column < 0 ? null : { row, column }
}

/** Where the keyboard begins: at the first success, else at the last column. */
function startOf(report: Assessment, columns: readonly GridColumn[], rows: readonly Row[]): Place {
  const first = firstSuccess(report)
  const row = first ? rows.findIndex(({ kind }) => kind.kind === first.log) : -1
  const isIn = first !== null && columnAt(columns, first.at) >= 0
  return { row: Math.max(0, row), time: isIn ? first.at : columns.at(-1)!.from }
}

function whenOf(f: Format, { from, to }: GridColumn, unit: ColumnUnit): string {
  if (unit === 'day') return f.day(from)
  return unit === 'month' ? f.day(from).slice(0, 7) : `${f.day(from)} – ${f.day(to - 1)}`
}

function cellWords(
  t: ReturnType<typeof useTexts>['charts'],
  f: Format,
  { kind, cells }: Row,
  at: number,
  column: GridColumn,
  unit: ColumnUnit,
  all: readonly Finding[],
): string {
  const findings = all.filter(({ log }) => log === kind.kind).length
  const cell = cells[at]!
  const { of, missing } = hoursOf(kind, column)
  return [
    t.coverage.ofKind(shown(kind.title), whenOf(f, column, unit)),
    cell.is === 'entries' ? t.entries(cell.entries, f.number(cell.entries)) : t.coverage.cell[cell.is],
    ...(missing > 0 ? [t.coverage.missing(f.number(missing), f.number(of))] : []),
    ...(findings > 0 ? [t.findings(findings, f.number(findings))] : []),
  ].join(' · ')
}

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

/** What tells holes and states apart without colour. */
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

function Band({
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
      <rect x={part.x} y={y + 3} width={part.width} height={BAND - 6} rx="2" />
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

/** A bar a column, the taller the more findings (by the logarithm: one must be seen beside a thousand). */
function FindingMarks({
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
    const tall = Math.max(3, Math.round((CELL * Math.log2(1 + list.length)) / peak))
    const width = Math.max(1, Math.min(10, next - x - 1))
    const question = furthest(list)
    paths.set(question, (paths.get(question) ?? '') + bar((x + next - width) / 2, y + CELL - tall, width, tall))
  })
  return [...paths].map(([question, d]) => (
    <path key={question} className={`chart-findings chart-q-${question}`} d={d} />
  ))
}

const bar = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)},${y}h${round(width)}v${height}h${round(-width)}z`
const round = (n: number): number => Math.round(n * 10) / 10

function KindRow({
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
      return bar(part.x, y, part.width, CELL)
    })
    .join('')
  return (
    <g>
      {rail ? (
        <line className="chart-rail" x1={rail.x} x2={rail.x + rail.width} y1={y + CELL / 2} y2={y + CELL / 2} />
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
              cy={y + CELL / 2}
              r="2.6"
            />
          ))
        : null}
    </g>
  )
}

/** Neighbours of one shade are one rectangle where columns are too narrow for a space between them. */
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
    d += bar(x, y, Math.max(1, scale.x(columns[i]!.to) - x - (wide ? 1 : 0)), CELL)
  }
  return d
}

function Legend({ id, windows, builds }: { id: string; windows: boolean; builds: boolean }) {
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

function CellPanel({
  report,
  kind,
  column,
  unit,
  onClose,
  onPick,
  onFile,
}: {
  report: Assessment
  kind: KindCoverage
  column: GridColumn
  unit: ColumnUnit
  onClose: () => void
  onPick: Props['onPick']
  onFile: Props['onFile']
}) {
  const t = useTexts().charts
  const f = useFormat()
  const files = filesOf(report.evidence.manifest, kind.kind, column)
  const holes = holesIn(kind, column)
  const { of, missing } = hoursOf(kind, column)
  const findings = report.findings.filter((finding) => {
    const time = timeOf(finding.first ?? finding.time)
    return finding.log === kind.kind && time !== null && time >= column.from && time < column.to
  })
  return (
    <Panel title={<Bare text={t.coverage.ofKind(kind.title, whenOf(f, column, unit))} />} onClose={onClose}>
      {of > 0 ? (
        <p>
          {t.coverage.hoursOf(t.hours(of, f.number(of)))}
          {missing > 0 ? ` · ${t.coverage.missing(f.number(missing), f.number(of))}` : ` · ${t.coverage.whole}`}
        </p>
      ) : (
        <p>{t.coverage.cell.outside}</p>
      )}
      {holes.length > 0 ? (
        <ul className="chart-list">
          {holes.slice(0, 100).map(({ from, to, reason }) => (
            <li key={from}>
              {t.coverage.hole(f.span({ from, to }), f.lasting(to - from))}: <Bare en text={reason} />
            </li>
          ))}
          {holes.length > 100 ? <li className="chart-quiet">{t.more(f.number(holes.length - 100))}</li> : null}
        </ul>
      ) : null}
      {findings.length > 0 ? (
        <>
          <p className="chart-head">{t.findings(findings.length, f.number(findings.length))}</p>
          <FindingList findings={findings} onPick={onPick} most={20} />
        </>
      ) : null}
      <p className="chart-head">{t.coverage.filesOf(shown(kind.title))}</p>
      {files.length === 0 ? <p>{t.coverage.noFiles}</p> : <Files files={files} onFile={onFile} />}
      {report.evidence.manifest.length < report.evidence.files ? (
        <p className="chart-note">{t.coverage.notAllFiles(f.number(report.evidence.files))}</p>
      ) : null}
    </Panel>
  )
}

function Files({ files, onFile }: { files: readonly Artifact[]; onFile: Props['onFile'] }) {
  const t = useTexts().charts
  const f = useFormat()
  const head = t.coverage.table
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={t.files(files.length, f.number(files.length))}>
      <table>
        <thead>
          <tr>
            <th scope="col">{head.path}</th>
            <th scope="col">{head.first}</th>
            <th scope="col">{head.last}</th>
            <th scope="col" className="number">
              {head.events}
            </th>
          </tr>
        </thead>
        <tbody>
          {files.slice(0, 200).map((file) => (
            <tr key={file.path}>
              <td data-head={head.path}>
                {onFile ? (
                  <button type="button" className="chart-link" onClick={() => onFile(file)}>
                    <Bare text={file.path} length={400} />
                  </button>
                ) : (
                  <Bare text={file.path} length={400} />
                )}
              </td>
              <td data-head={head.first}>{f.moment(file.first!)}</td>
              <td data-head={head.last}>{f.moment(file.last!)}</td>
              <td data-head={head.events} className="number">
                {f.number(file.events)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {files.length > 200 ? <p className="chart-quiet">{t.more(f.number(files.length - 200))}</p> : null}
    </div>
  )
}
