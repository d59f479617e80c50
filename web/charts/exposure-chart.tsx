import { useId, useMemo, useState } from 'react'
import type { Assessment } from '../../src/model/assessment.ts'
import type { CveState } from '../../src/model/exposure.ts'
import { useTexts } from '../texts.tsx'
import './charts.css'
import { Labels, Patterns } from './marks.tsx'
import { type Bar, buildBars, cveLanes, type CveLane, exposureSpan, firstSuccess, windowsOf } from './exposure-lanes.ts'
import type { Format } from './format.ts'
import { shown, useFormat, useWidth } from './parts.tsx'
import { type Scale, type TimeSpan, scaleOf, timeOf } from './scale.ts'
import { AXIS, TimeAxis } from './time-axis.tsx'

type Props = {
  readonly report: Assessment
  /** A finding was chosen, by its id. */
  readonly onPick?: (id: string) => void
}

const FIRST = 8

/** Builds over time and, below, from when to when each vulnerability was open; nothing where no time is known. */
export function ExposureChart({ report, onPick }: Props) {
  const t = useTexts().charts
  const f = useFormat()
  const lanes = useMemo(() => cveLanes(report), [report])
  const span = useMemo(() => exposureSpan(report, lanes), [report, lanes])
  const [all, setAll] = useState(false)
  if (span === null || (lanes.length === 0 && report.server.builds.length === 0)) return null
  const list = all ? lanes : lanes.slice(0, FIRST)
  const first = firstSuccess(report)
  return (
    <div className="chart-box">
      {first ? (
        <p>
          {onPick ? (
            <button type="button" className="chart-link" onClick={() => onPick(first.id)}>
              {t.exposure.firstStepLong(f.moment(first.at), shown(first.title))}
            </button>
          ) : (
            t.exposure.firstStepLong(f.moment(first.at), shown(first.title))
          )}
        </p>
      ) : null}
      <Lanes report={report} lanes={list} span={span} />
      {lanes.length > FIRST ? (
        <button type="button" className="chart-button" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t.showFewer : t.showAll(f.number(lanes.length))}
        </button>
      ) : null}
    </div>
  )
}

function Lanes({ report, lanes, span }: { report: Assessment; lanes: readonly CveLane[]; span: TimeSpan }) {
  const t = useTexts().charts
  const f = useFormat()
  const id = useId()
  const [ref, width] = useWidth(1000)
  const narrow = width < 620
  const left = narrow ? 0 : 236
  const rowHeight = narrow ? 42 : 28
  const inRow = narrow ? 18 : 4
  const scale = scaleOf(span, left, width)
  const windows = windowsOf(report)
    .filter((w) => w.from < span.to && w.to > span.from)
    .slice(0, 8)
  const first = firstSuccess(report)
  const builds = buildBars(report)
  const windowsTop = AXIS + (first ? 18 : 2)
  const top = windowsTop + windows.length * rowHeight
  const height = top + (1 + lanes.length) * rowHeight + 4
  const reach = scale.part(timeOf(report.coverage.first), timeOf(report.coverage.last))
  const names = [
    ...windows.map((w) => t.windowOf(w.name)),
    t.exposure.builds,
    ...lanes.map(({ cve }) => (cve.alias ? `${cve.cve} (${cve.alias})` : cve.cve)),
  ]
  return (
    <>
      <div className="chart-plot chart-still" ref={ref} style={{ height }}>
        <svg
          width={width}
          height={height}
          className="drawn"
          role="img"
          aria-label={t.exposure.label(
            f.number(lanes.length),
            f.span({ from: startOfDay(span.from), to: startOfDay(span.to) }),
          )}
        >
          <Patterns id={id} />
          <StatePatterns id={id} />
          {report.coverage.first && report.coverage.last && reach ? (
            <rect className="chart-reach" x={reach.x} y={AXIS} width={reach.width} height={height - AXIS - 4} />
          ) : null}
          <TimeAxis scale={scale} bottom={height - 4} format={f} unit={t.utc} />
          {windows.map((w, i) => (
            <Window key={i} window={w} scale={scale} y={windowsTop + i * rowHeight + inRow} />
          ))}
          {builds.length === 0 ? (
            <text x={left + 4} y={top + inRow + 14}>
              {t.exposure.noBuild}
            </text>
          ) : null}
          {builds.map((bar) => (
            <BarOf
              key={`${bar.from} ${bar.is}`}
              bar={bar}
              scale={scale}
              y={top + inRow}
              look="build"
              text={shown(bar.is, 30)}
              title={t.build(shown(bar.is))}
              format={f}
            />
          ))}
          {lanes.map((lane, i) => (
            <CveRow
              key={lane.cve.cve}
              id={id}
              lane={lane}
              scale={scale}
              y={top + (i + 1) * rowHeight + inRow}
              format={f}
            />
          ))}
          {first && first.at >= span.from && first.at < span.to ? (
            <FirstStep
              at={first.at}
              scale={scale}
              bottom={height - 4}
              title={t.exposure.firstStepLong(f.moment(first.at), shown(first.title))}
            />
          ) : null}
        </svg>
        <Labels narrow={narrow} left={left} names={names} top={windowsTop} row={rowHeight} />
      </div>
      <Legend id={id} lanes={lanes} windows={windows.length > 0} first={first !== null} />
    </>
  )
}

const startOfDay = (time: number): number => Math.floor(time / 86_400_000) * 86_400_000

const TALL = 20

function Window({ window: w, scale, y }: { window: TimeSpan & { readonly name: string }; scale: Scale; y: number }) {
  const part = scale.part(w.from, w.to, 2)!
  return (
    <g className="chart-band">
      <rect x={part.x} y={y + 3} width={part.width} height={TALL - 6} rx="2" />
      {w.from < scale.from ? <path d={`M${part.x + 8},${y + 6}l-4,4l4,4`} className="chart-beyond" /> : null}
      {w.to > scale.to ? <path d={`M${part.x + part.width - 8},${y + 6}l4,4l-4,4`} className="chart-beyond" /> : null}
    </g>
  )
}

function CveRow({
  id,
  lane,
  scale,
  y,
  format,
}: {
  id: string
  lane: CveLane
  scale: Scale
  y: number
  format: Format
}) {
  const { charts: t, words: w } = useTexts()
  const { published } = lane
  const inside = published !== null && published >= scale.from && published < scale.to
  const later = published !== null && published >= scale.to
  const x = inside ? Math.round(scale.x(published)) : 0
  return (
    <g>
      {lane.bars.map((bar, i) => (
        <BarOf
          key={`${bar.from} ${bar.is}`}
          bar={bar}
          scale={scale}
          y={y}
          look={bar.is}
          fill={patterned.has(bar.is) ? `url(#${id}-${bar.is})` : undefined}
          text={
            later && i === 0
              ? t.exposure.publishedLater(w.cveStates[bar.is], format.day(published))
              : w.cveStates[bar.is]
          }
          short={w.cveStates[bar.is]}
          title={`${lane.cve.cve}: ${w.cveStates[bar.is]}`}
          format={format}
        />
      ))}
      {inside ? (
        <path className="chart-published" d={`M${x},${y - 2}l4,-0l-4,6l-4,-6zM${x},${y}v${TALL}`}>
          <title>{t.exposure.publishedOn(format.day(published))}</title>
        </path>
      ) : null}
    </g>
  )
}

const patterned: ReadonlySet<CveState> = new Set(['open', 'mitigated'])

function BarOf<Kind>({
  bar,
  scale,
  y,
  look,
  fill,
  text: long,
  short = long,
  title,
  format,
}: {
  bar: Bar<Kind>
  scale: Scale
  y: number
  look: string
  fill?: string | undefined
  text: string
  /** What stands there where the text does not fit. */
  short?: string
  title: string
  format: Format
}) {
  const t = useTexts().charts
  const part = scale.part(bar.from, bar.to, 3)
  if (!part) return null
  const fitting = [long, short].find((words) => part.width > words.length * 7.2 + 14)
  const text = fitting ?? ''
  const [from, to] = [bar.from, bar.to]
  const when =
    from !== null && to !== null
      ? `, ${format.span({ from, to })} ${t.utc}`
      : from !== null
        ? `, ${t.since(format.moment(from))} ${t.utc}`
        : to !== null
          ? `, ${t.until(format.moment(to))} ${t.utc}`
          : ''
  return (
    <g className={`chart-bar state-${look}`}>
      <title>{`${title}${when}${bar.source === '' ? '' : ` (${shown(bar.source)})`}`}</title>
      <rect className="ground" x={part.x} y={y} width={Math.max(2, part.width - 1)} height={TALL} rx="2" />
      {fill ? (
        <rect x={part.x} y={y} width={Math.max(2, part.width - 1)} height={TALL} rx="2" fill={fill} stroke="none" />
      ) : null}
      {fitting ? (
        <>
          <rect className="plate" x={part.x + 5} y={y + 3} width={text.length * 7.2 + 6} height={TALL - 6} rx="2" />
          <text x={part.x + 8} y={y + 14}>
            {text}
          </text>
        </>
      ) : null}
    </g>
  )
}

function FirstStep({ at, scale, bottom, title }: { at: number; scale: Scale; bottom: number; title: string }) {
  const t = useTexts().charts
  const x = Math.round(scale.x(at)) + 0.5
  const text = t.exposure.firstStep
  const toLeft = x + text.length * 6.6 + 8 > scale.right
  return (
    <g className="chart-first">
      <title>{title}</title>
      <line x1={x} x2={x} y1={AXIS} y2={bottom} />
      <path d={`M${x},${AXIS + 2}l5,5l-5,5l-5,-5z`} />
      <text x={toLeft ? x - 9 : x + 9} y={AXIS + 12} textAnchor={toLeft ? 'end' : 'start'}>
        {text}
      </text>
    </g>
  )
}

function StatePatterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-open`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line className="chart-open-line" x1="1" x2="1" y1="0" y2="7" />
      </pattern>
      <pattern id={`${id}-mitigated`} width="7" height="7" patternUnits="userSpaceOnUse">
        <circle className="chart-mitigated-dot" cx="3" cy="3" r="1.3" />
      </pattern>
    </defs>
  )
}

function Legend({
  id,
  lanes,
  windows,
  first,
}: {
  id: string
  lanes: readonly CveLane[]
  windows: boolean
  first: boolean
}) {
  const { charts: t, words: w } = useTexts()
  const states = new Set(lanes.flatMap(({ bars }) => bars.map((bar) => bar.is)))
  return (
    <ul className="chart-legend">
      {[...states].map((state) => (
        <li key={state} className={`chart-bar state-${state}`}>
          <svg width="24" height="14" aria-hidden="true">
            <rect className="ground" x="1" y="1" width="22" height="12" rx="2" />
            {patterned.has(state) ? (
              <rect x="1" y="1" width="22" height="12" rx="2" fill={`url(#${id}-${state})`} stroke="none" />
            ) : null}
          </svg>{' '}
          {w.cveStates[state]}
        </li>
      ))}
      <li>
        <svg width="12" height="14" aria-hidden="true">
          <path className="chart-published" d="M6,1l4,0l-4,6l-4,-6zM6,2v12" />
        </svg>{' '}
        {t.exposure.published}
      </li>
      {first ? (
        <li className="chart-first">
          <svg width="12" height="14" aria-hidden="true">
            <path d="M6,2l5,5l-5,5l-5,-5z" />
          </svg>{' '}
          {t.exposure.firstStep}
        </li>
      ) : null}
      {windows ? (
        <li className="chart-band">
          <svg width="18" height="14" aria-hidden="true">
            <rect x="0" y="3" width="18" height="8" rx="2" />
          </svg>{' '}
          {t.coverage.legend.window}
        </li>
      ) : null}
      <li>
        <svg width="18" height="14" aria-hidden="true">
          <rect className="chart-reach" x="0" y="0" width="18" height="14" />
        </svg>{' '}
        {t.exposure.reachShort}
      </li>
    </ul>
  )
}
