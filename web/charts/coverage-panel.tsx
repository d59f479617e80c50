import type { Assessment } from '../../src/model/assessment.ts'
import type { KindCoverage } from '../../src/model/coverage.ts'
import type { Artifact } from '../../src/model/evidence.ts'
import { Bare } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import { type GridColumn, type ColumnUnit, filesOf, holesIn, hoursOf } from './coverage-grid.ts'
import type { Format } from './format.ts'
import { FindingList, Panel, shown, useFormat } from './parts.tsx'
import { timeOf } from './scale.ts'

/** The time of a column in words. */
export function whenOf(f: Format, { from, to }: GridColumn, unit: ColumnUnit): string {
  if (unit === 'day') return f.day(from)
  return unit === 'month' ? f.day(from).slice(0, 7) : `${f.day(from)} – ${f.day(to - 1)}`
}

/** What a cell holds: hours, holes, findings and files. */
export function CellPanel({
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
  onPick: ((id: string) => void) | undefined
  onFile: ((file: Artifact) => void) | undefined
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

function Files({ files, onFile }: { files: readonly Artifact[]; onFile: ((file: Artifact) => void) | undefined }) {
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
