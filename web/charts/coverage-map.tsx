import { type KeyboardEvent, type MouseEvent, useId, useMemo, useState } from 'react'
import type { Assessment } from '../../src/model/assessment.ts'
import type { KindCoverage } from '../../src/model/coverage.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Artifact } from '../../src/model/evidence.ts'
import { useTexts } from '../texts.tsx'
import {
  type GridColumn,
  type ColumnUnit,
  columnAt,
  columnUnits,
  gridColumns,
  findingsByColumn,
  hoursOf,
  kindsOf,
  middleOf,
  pageOf,
  gridPages,
  missingSpans,
  type Row,
  rowsOf,
  shownSpan,
  unitFor,
} from './coverage-grid.ts'
import { buildChanges, firstSuccess, windowsOf } from './exposure-lanes.ts'
import type { Format } from './format.ts'
import { shown, useFormat, useWidth } from './parts.tsx'
import { type Scale, type TimeSpan, scaleOf } from './scale.ts'
import { AXIS, TimeAxis } from './time-axis.tsx'
import { BAND_HEIGHT, CELL_HEIGHT, Band, FindingMarks, KindRow, Legend } from './coverage-marks.tsx'
import { Builds, Labels, Patterns } from './marks.tsx'
import { CellPanel, whenOf } from './coverage-panel.tsx'
import './charts.css'

type Props = {
  readonly report: Assessment
  /** A finding was chosen, by its id. */
  readonly onPick?: (id: string) => void
  /** A file was chosen. */
  readonly onFile?: (file: Artifact) => void
}

/** A cell by its row and a time in its column: columns come and go with the room that there is. */
type Place = { readonly row: number; readonly time: number }

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
  const gapsTop = bandsTop + windows.length * BAND_HEIGHT
  const findingsTop = gapsTop + (gaps.length > 0 ? BAND_HEIGHT : 0) + BAND_HEIGHT
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
          <Band key={i} scale={scale} window={w} y={bandsTop + i * BAND_HEIGHT} format={f} narrow={narrow} />
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
              height={BAND_HEIGHT - 4}
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
        <Builds report={report} scale={scale} top={findingsTop - BAND_HEIGHT} bottom={height - 4} format={f} />
        {cell ? (
          <rect
            className="chart-cursor"
            x={scale.x(columns[cell.column]!.from) - 0.5}
            y={top + cell.row * rowHeight + inRow - 1.5}
            width={Math.max(4, scale.x(columns[cell.column]!.to) - scale.x(columns[cell.column]!.from))}
            height={CELL_HEIGHT + 3}
          />
        ) : null}
      </svg>
      <Labels
        narrow={narrow}
        left={left}
        names={windows.map((w) => t.windowOf(w.name))}
        top={bandsTop}
        row={BAND_HEIGHT}
        hidden={narrow}
      />
      {gaps.length > 0 ? (
        <Labels
          narrow={narrow}
          left={left}
          names={[t.coverage.noLogRow]}
          top={gapsTop}
          row={BAND_HEIGHT}
          hidden={narrow}
        />
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
