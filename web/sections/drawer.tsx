import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { visible } from '../../src/lib/visible.ts'
import { type Answer, type Finding, stageQuestion } from '../../src/model.ts'
import type { Row, Rows } from '../../src/reports/html-data.ts'
import { marked, valuesOf } from '../marks.ts'
import { Command } from '../parts/copy.tsx'
import { Filtering } from '../parts/links.tsx'
import { Bare, clip, Code, Dated } from '../parts/text.tsx'
import { useGo } from '../state.ts'
import { useTexts } from '../texts/index.tsx'
import type { View } from '../view.ts'
import { Points } from './people.tsx'

type RowsOf = (id: string) => Promise<Rows | null>

/** The evidence of the finding that the fragment names, in a dialog. */
export function Drawer({ id, view, rowsOf }: { id: string | null; view: View; rowsOf: RowsOf }) {
  const { drawer: t } = useTexts()
  const go = useGo()
  const dialog = useRef<HTMLDialogElement>(null)
  const isOpen = id !== null
  useEffect(() => {
    const d = dialog.current!
    if (isOpen && !d.open) d.showModal()
    if (!isOpen && d.open) d.close()
  }, [isOpen])
  const finding = id === null ? undefined : view.byId.get(id)
  const close = (): void => go({ values: { open: null } })
  return (
    <dialog
      className="drawer"
      aria-labelledby="drawer-title"
      ref={dialog}
      onClose={() => isOpen && close()}
      onClick={(event) => event.target === dialog.current && close()}
    >
      {isOpen && (
        <>
          <header>
            <div>
              <p className="eyebrow">{t.title}</p>
              <h2 id="drawer-title">
                <Bare text={finding ? finding.title : t.unknown(clip(id, 60))} length={200} />
              </h2>
            </div>
            <button type="button" className="close" aria-label={t.close} onClick={close}>
              <span aria-hidden="true">✕</span>
            </button>
          </header>
          {finding && <Body finding={finding} view={view} rowsOf={rowsOf} key={finding.id} />}
        </>
      )}
    </dialog>
  )
}

function Body({ finding: f, view, rowsOf }: { finding: Finding; view: View; rowsOf: RowsOf }) {
  const { drawer: t, words: w } = useTexts()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="drawer-body" tabIndex={0} role="group" aria-labelledby="drawer-title">
      <p className="chips">
        <span className={`stage q-${stageQuestion[f.stage] ?? 'none'}`}>{w.stages[f.stage]}</span>
        <span className="chip-text">{t.levelWords(w.levels[f.level], w.confidences[f.confidence])}</span>
        <span className="chip-text nowrap">{w.utc(f.first ?? f.time)}</span>
      </p>
      <RawRows finding={f} rowsOf={rowsOf} />
      <p className="verify">
        <span>{t.verify}</span> <Command text={`postern explain OUT ${f.id}`} />
      </p>
      <h3>{t.why}</h3>
      <Why finding={f} view={view} />
      <div className="scales">
        <div>
          <h3>{t.innocent}</h3>
          <Points list={f.innocent} />
        </div>
        <div>
          <h3>{t.nextChecks}</h3>
          <Points list={f.next} />
        </div>
      </div>
      <h3>{t.what}</h3>
      <Fields finding={f} view={view} />
    </div>
  )
}

// ---------------------------------------------------------------- rows

type Loaded = { readonly id: string; readonly rows: Rows | null | 'cannot' }

function RawRows({ finding, rowsOf }: { finding: Finding; rowsOf: RowsOf }) {
  const { drawer: t } = useTexts()
  const [loaded, set] = useState<Loaded | null>(null)
  useEffect(() => {
    let isWanted = true
    rowsOf(finding.id).then(
      (rows) => isWanted && set({ id: finding.id, rows }),
      () => isWanted && set({ id: finding.id, rows: 'cannot' }),
    )
    return () => {
      isWanted = false
    }
  }, [finding, rowsOf])
  const rows = loaded?.id === finding.id ? loaded.rows : 'reading'
  return (
    <section className="raw" aria-busy={rows === 'reading'}>
      <h3>
        {t.raw}
        {typeof rows === 'object' && rows && <span className="n">{t.rawOf(rows.rows.length, finding.count)}</span>}
      </h3>
      {rows === 'reading' ? (
        <p className="none">{t.reading}</p>
      ) : rows === 'cannot' ? (
        <p className="none">{t.cannot}</p>
      ) : rows === null ? (
        <p className="note">{t.notHere}</p>
      ) : (
        <Shown rows={rows} finding={finding} />
      )}
    </section>
  )
}

function Shown({ rows, finding }: { rows: Rows; finding: Finding }) {
  const { drawer: t } = useTexts()
  const values = useMemo(() => valuesOf(finding, rows.facts), [finding, rows])
  const facts = Object.entries(rows.facts)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    <>
      {rows.rows.map((row, i) => (
        <RawRow row={row} values={values} key={i} />
      ))}
      {rows.rows.length > 0 && values.length > 0 && <p className="faint small">{t.marked}</p>}
      {rows.beyond > 0 && <p className="note">{t.beyond(rows.beyond)}</p>}
      {facts.length > 0 && (
        <>
          <h3>{t.values}</h3>
          <dl className="fields">
            {facts.slice(0, 60).map(([name, value]) => (
              <div key={name}>
                <dt>
                  <Bare text={name} length={120} />
                </dt>
                <dd>
                  <Bare text={Array.isArray(value) ? value.map(String).join(' ; ') : String(value)} length={2_000} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  )
}

/** A row as it stands in the evidence, and where. Line breaks stay; all else that is not seen is made visible. */
function RawRow({ row, values }: { row: Row; values: readonly string[] }) {
  const { drawer: t } = useTexts()
  return (
    <figure className="row">
      <pre tabIndex={0} dir="ltr">
        {marked(row.raw, values).map((piece, i) =>
          piece.isMarked ? <mark key={i}>{bare(piece.text)}</mark> : <span key={i}>{bare(piece.text)}</span>,
        )}
        {row.whole !== null && <span className="cut"> … {t.cut(row.whole)}</span>}
      </pre>
      <figcaption>
        <Bare text={row.path} length={400} />
        {row.line !== null && `, ${t.line(row.line)}`}
        {row.record !== null && `, ${t.record(row.record)}`}, {t.byte(row.offset, row.length)}
        <br />
        SHA-256 <span className="hash">{visible(row.sha256)}</span>
      </figcaption>
    </figure>
  )
}

const bare = (text: string): string => text.split(/\r?\n/).map(visible).join('\n')

// ---------------------------------------------------------------- what it means

function Why({ finding: f, view }: { finding: Finding; view: View }) {
  const { drawer: t, words: w } = useTexts()
  const question = stageQuestion[f.stage]
  const { report: a } = view
  const answers = a.answers.filter((x) => x.because.includes(f.id))
  const checks = checksOf(answers)
  const story = f.chain === null ? undefined : view.stories.get(f.chain)
  return (
    <>
      <ul>
        <li>{question === null ? t.noQuestion : t.speaksFor(w.questions[question].asks)}</li>
        <li>{f.proves ? t.proves : t.hints}</li>
        {answers.length > 0 && (
          <li>
            {t.restOnIt}:{' '}
            {answers.map((x, i) => (
              <span key={x.question}>
                {i > 0 && ', '}
                {w.questions[x.question].asks} <strong>{w.is[x.is]}</strong>
              </span>
            ))}
          </li>
        )}
        {story !== undefined && <li>{t.inStory(story)}</li>}
        {f.notes.length > 0 && (
          <li>
            <strong>{t.less}:</strong> <Bare text={f.notes.join('; ')} length={600} />
          </li>
        )}
      </ul>
      <h3>{t.checked}</h3>
      {checks.length === 0 ? <p className="none">{t.notChecked}</p> : <Points list={checks} />}
    </>
  )

  function checksOf(list: readonly Answer[]): readonly string[] {
    return [...new Set(list.flatMap((x) => x.against.map((c) => looked(c.looked, c.found))))]
  }
  function looked(what: string, found: string): string {
    return w.capital(`${what}: ${found}.`)
  }
}

function Fields({ finding: f, view }: { finding: Finding; view: View }) {
  const { drawer: t, words: w } = useTexts()
  const zone = view.report.knowledge.options.timezone
  const local = zone === undefined ? null : inZone(f.first ?? f.time, zone)
  const fields: readonly (readonly [string, ReactNode])[] = [
    [
      t.target,
      f.target !== null && (
        <Filtering by="target" value={f.target}>
          <Code text={f.target} length={600} />
        </Filtering>
      ),
    ],
    [
      t.from,
      f.client !== null && (
        <Filtering by="client" value={f.client}>
          <Code text={f.client} length={60} />
        </Filtering>
      ),
    ],
    [t.user, f.user !== null && <Code text={f.user} length={200} />],
    [t.when, <Dated text={`${w.span(f.first ?? f.time, f.last ?? f.time)} (${w.timeBases[f.timeBasis]})`} />],
    [t.serverTime(clip(zone ?? '', 40)), local],
    [
      t.rows,
      <Bare
        text={`${t.rowsIn(f.count, view.logs.get(f.log) ?? f.log)}${f.host === null ? '' : `, ${f.host}`}`}
        length={200}
      />,
    ],
    [t.campaign, <Bare text={view.campaigns.get(f.campaign) ?? f.campaign} />],
    [t.attack, [...f.cves, ...f.attack].join(', ')],
    [
      t.rule,
      <Filtering by="rule" value={f.rule}>
        <Code text={f.rule} length={120} />
      </Filtering>,
    ],
    [t.author, <Bare text={f.author} length={200} />],
    [t.license, <Bare text={f.license} length={120} />],
    [t.pack, <Bare text={f.pack} length={120} />],
  ]
  return (
    <dl className="fields">
      {fields.map(([name, value]) =>
        value === false || value === null || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** A time as the server's clock showed it, where its zone is known by name or offset. */
function inZone(time: string | null, zone: string): string | null {
  const ms = time === null ? Number.NaN : Date.parse(time)
  if (!Number.isFinite(ms)) return null
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(ms)
  } catch {
    // Not every zone that the command line knows is known to this browser.
    return null
  }
}
