import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { visible } from '../../src/lib/control-characters.ts'
import { stageQuestion } from '../../src/model/answer.ts'
import { type Finding } from '../../src/model/finding.ts'
import type { FindingRow, FindingRows } from '../../src/reports/html/data.ts'
import { comesTo } from '../../src/reports/shared/weighed.ts'
import { columnsOf } from '../columns.ts'
import { filtered, searchable } from '../filter.ts'
import { marked, valuesOf } from '../marks.ts'
import { Boundary } from '../parts/boundary.tsx'
import { Command, Copy } from '../parts/copy.tsx'
import { Fold } from '../parts/fold.tsx'
import { Filtering } from '../parts/links.tsx'
import { Bare, clip, Code, Dated } from '../parts/text.tsx'
import { filterKeys, useFragment, useGo, type FilterValues } from '../state.ts'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'
import { Points } from './people.tsx'
import { Subjects } from './weighed.tsx'

type RowsOf = (id: string) => Promise<FindingRows | null>

/** The evidence of the finding that the fragment names, in a dialog; from there to the next one of the list as it is filtered. */
export function Drawer({ id, view, rowsOf }: { id: string | null; view: View; rowsOf: RowsOf }) {
  const { drawer: t, frame } = useTexts()
  const go = useGo()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const isOpen = id !== null
  useEffect(() => {
    const d = dialog.current!
    if (isOpen && !d.open) d.showModal()
    if (!isOpen && d.open) d.close()
  }, [isOpen])
  const finding = id === null ? undefined : view.byId.get(id)
  const { before, after, at, of } = useNeighbors(finding, view)
  const close = (): void => go({ values: { open: null } })
  const to = (next: Finding): void => {
    go({ values: { open: next.id } }, true)
    title.current?.focus()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const next = event.key === 'ArrowLeft' ? before : event.key === 'ArrowRight' ? after : undefined
    if (!next) return
    event.preventDefault()
    to(next)
  }
  return (
    <dialog
      className="drawer"
      aria-labelledby="drawer-title"
      ref={dialog}
      onClose={() => isOpen && close()}
      onClick={(event) => event.target === dialog.current && close()}
      onKeyDown={onKey}
    >
      {isOpen && (
        <>
          <header>
            <div>
              <p className="eyebrow">
                {t.title}
                {at !== null && <span className="n nowrap"> {t.at(at, of)}</span>}
              </p>
              <h2 id="drawer-title" tabIndex={-1} ref={title}>
                {finding ? <Bare en text={finding.title} length={200} /> : <Bare text={t.unknown(clip(id, 60))} />}
              </h2>
            </div>
            <div className="drawer-tools">
              <Step name={t.previous} sign="←" to={before} go={to} keys="ArrowLeft" />
              <Step name={t.next} sign="→" to={after} go={to} keys="ArrowRight" />
              <button type="button" className="close" aria-label={t.close} onClick={close}>
                <span aria-hidden="true">✕</span>
              </button>
            </div>
          </header>
          {finding && (
            <Boundary
              instead={<p className="drawer-body failed-part">{frame.failedPart(t.title, 'findings.jsonl')}</p>}
              key={finding.id}
            >
              <Body finding={finding} view={view} rowsOf={rowsOf} />
            </Boundary>
          )}
        </>
      )}
    </dialog>
  )
}

type StepTo = { name: string; sign: '←' | '→'; to: Finding | undefined; go: (to: Finding) => void; keys: string }

/** The one before, or behind. It stays where it is at the end of the list, so that the focus does. */
function Step({ name, sign, to, go, keys }: StepTo) {
  return (
    <button
      type="button"
      className="step"
      aria-disabled={to === undefined}
      aria-keyshortcuts={keys}
      onClick={() => to && go(to)}
    >
      {sign === '←' && <span aria-hidden="true">←</span>} <span className="step-name">{name}</span>{' '}
      {sign === '→' && <span aria-hidden="true">→</span>}
    </button>
  )
}

type Neighbors = {
  readonly before: Finding | undefined
  readonly after: Finding | undefined
  /** Counts from 1; null where it is not in the list. */
  readonly at: number | null
  readonly of: number
}

/** Where the finding stands among those that the filters leave; among all of them where they leave it out. */
function useNeighbors(finding: Finding | undefined, view: View): Neighbors {
  const { values } = useFragment()
  const asked = finding === undefined ? null : JSON.stringify({ ...values, open: undefined })
  const list = useMemo(
    () => (asked === null ? [] : filtered(searchable(view.report), JSON.parse(asked) as FilterValues)),
    [asked, view],
  )
  return useMemo(() => {
    if (finding === undefined) return { before: undefined, after: undefined, at: null, of: 0 }
    const all = list.includes(finding) ? list : filtered(searchable(view.report), {})
    const i = all.indexOf(finding)
    return { before: all[i - 1], after: all[i + 1], at: i + 1, of: all.length }
  }, [finding, list, view])
}

function Body({ finding: f, view, rowsOf }: { finding: Finding; view: View; rowsOf: RowsOf }) {
  const { drawer: t, words: w, weighed } = useTexts()
  const is = comesTo(f)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="drawer-body" tabIndex={0} role="group" aria-labelledby="drawer-title">
      <p className="chips">
        <span className={`stage q-${stageQuestion[f.stage] ?? 'none'}`}>{w.stages[f.stage]}</span>
        <span className={`comes c-${is}`}>{weighed.comesTo[is]}</span>
        <span className="chip-text">{t.levelWords(w.levels[f.level])}</span>
        <span className="chip-text nowrap">{w.utc(f.first ?? f.time)}</span>
      </p>
      <h3>{t.why}</h3>
      <Why finding={f} view={view} />
      <RawRows finding={f} rowsOf={rowsOf} />
      <p className="verify">
        <span>{t.verify}</span> <Command text={`postern explain OUT ${f.id}`} />
      </p>
      <h3>{t.checked}</h3>
      <Checked finding={f} view={view} />
      <div className="scales">
        <div>
          <h3>{t.innocent}</h3>
          <Points list={f.falsePositives} />
        </div>
        <div>
          <h3>{t.nextChecks}</h3>
          <Points list={f.nextSteps} />
        </div>
      </div>
      <h3>{t.what}</h3>
      <Fields finding={f} view={view} />
      <p className="note keys">{t.keys}</p>
    </div>
  )
}

// ---------------------------------------------------------------- rows

type Loaded = { readonly id: string; readonly rows: FindingRows | null | 'cannot' }

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

function Shown({ rows, finding }: { rows: FindingRows; finding: Finding }) {
  const { drawer: t } = useTexts()
  const values = useMemo(() => valuesOf(finding, rows.facts), [finding, rows])
  const facts = Object.entries(rows.facts)
    .filter(([, value]) => value !== null && !isTold(value, rows))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    <>
      {rows.rows.map((row, i) => (
        <RawRow row={row} values={values} facts={rows.facts} isFirst={i === 0} key={i} />
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

/** Does a row that is shown hold all of it? Then its table has it. */
function isTold(value: Finding['facts'][string], { rows }: FindingRows): boolean {
  return [value].flat().every((v) => {
    const text = String(v)
    return (
      text.trim() !== '' && rows.some((row) => columnsOf(row.raw, { value: text }, [text]).some((c) => c.isMatched))
    )
  })
}

/** A row as it stands in the evidence, and where. Line breaks stay; all else that is not seen is made visible. */
function RawRow({
  row,
  values,
  facts,
  isFirst,
}: {
  row: FindingRow
  values: readonly string[]
  facts: FindingRows['facts']
  isFirst: boolean
}) {
  const { drawer: t } = useTexts()
  const place = useRef<HTMLElement>(null)
  const columns = useMemo(() => columnsOf(row.raw, facts, values), [row, facts, values])
  return (
    <figure className="row">
      <figcaption>
        <span ref={place}>
          <span className="path">
            <Bare text={row.path} length={400} />
          </span>
          {row.line !== null && `, ${t.line(row.line)}`}
          {row.record !== null && `, ${t.record(row.record)}`}, {t.byte(row.offset, row.length)}
          <br />
          SHA-256 <span className="hash">{visible(row.sha256)}</span>
        </span>{' '}
        <Copy text={placeOf(row)} shown={place}>
          {t.copyPlace}
        </Copy>
      </figcaption>
      <pre tabIndex={0} dir="ltr">
        {marked(row.raw, values).map((piece, i) =>
          piece.isMarked ? <mark key={i}>{bare(piece.text)}</mark> : <span key={i}>{bare(piece.text)}</span>,
        )}
        {row.whole !== null && <span className="cut"> … {t.cut(row.whole)}</span>}
      </pre>
      {columns.length > 0 && (
        <Fold title={t.asTable} open={isFirst}>
          <dl className="fields columns">
            {columns.map(({ name, value, isMatched }, i) => (
              <div key={i}>
                <dt>
                  <Bare text={name} length={120} />
                </dt>
                <dd dir="ltr">
                  {isMatched ? (
                    <mark>
                      <Bare text={value} length={2_000} />
                    </mark>
                  ) : (
                    <Bare text={value} length={2_000} />
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </Fold>
      )}
    </figure>
  )
}

/** Where it stands, for another program or a note: one line each, numbers without separators. */
function placeOf({ path, line, record, offset, length, sha256 }: FindingRow): string {
  return [
    visible(path),
    ...(line === null ? [] : [`line ${line}`]),
    ...(record === null ? [] : [`record ${record}`]),
    `offset ${offset}`,
    `length ${length}`,
    `sha256 ${visible(sha256)}`,
  ].join('\n')
}

const bare = (text: string): string => text.split(/\r?\n/).map(visible).join('\n')

// ---------------------------------------------------------------- what it means

function Why({ finding: f, view }: { finding: Finding; view: View }) {
  const { drawer: t, words: w, weighed } = useTexts()
  const is = comesTo(f)
  const subject = view.report.subjects.find(
    ({ findings, question: q }) => q === stageQuestion[f.stage] && findings.includes(f.id),
  )
  const question = stageQuestion[f.stage]
  const { report: a } = view
  const answers = a.answers.filter((x) => x.because.includes(f.id))
  const story = f.intrusion === null ? undefined : view.stories.get(f.intrusion)
  return (
    <>
      <ul className="why">
        <li>{question === null ? t.noQuestion : t.speaksFor(w.questions[question].asks)}</li>
        <li>
          {weighed.signName}: {weighed.sign(weighed.signs[f.sign.kind], weighed.strengths[f.sign.strength])}.
        </li>
        <li>
          {weighed.comes}: <strong>{weighed.comesTo[is]}</strong>. {weighed.comesToMeans[is]}
        </li>
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
        {subject !== undefined && (
          <li>
            <Subjects subjects={[subject]} view={view} />
          </li>
        )}
        {f.notes.length > 0 && (
          <li>
            <strong>{t.less}:</strong> <Bare en text={f.notes.join('; ')} length={600} />
          </li>
        )}
      </ul>
    </>
  )
}

function Checked({ finding: f, view }: { finding: Finding; view: View }) {
  const { drawer: t, words: w } = useTexts()
  const against = view.report.answers.filter((x) => x.because.includes(f.id)).flatMap((x) => x.contradictions)
  const checks = [...new Set(against.map(({ checked, found }) => w.capital(`${checked}: ${found}.`)))]
  return checks.length === 0 ? <p className="none">{t.notChecked}</p> : <Points list={checks} />
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
        <>
          <Filtering by="client" value={f.client}>
            <Code text={f.client} length={60} />
          </Filtering>{' '}
          <Near finding={f} client={f.client} />
        </>
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

const HOUR = 3_600_000

/** Shows what findings there are of the same address around the time of this one. */
function Near({ finding: f, client }: { finding: Finding; client: string }) {
  const { drawer: t } = useTexts()
  const go = useGo()
  const [first, last] = [Date.parse(f.first ?? f.time ?? ''), Date.parse(f.last ?? f.first ?? f.time ?? '')]
  if (!Number.isFinite(first) || !Number.isFinite(last)) return null
  const minute = (ms: number): string => new Date(ms).toISOString().slice(0, 16)
  const none = Object.fromEntries(filterKeys.map((key) => [key, null]))
  return (
    <button
      type="button"
      className="near"
      onClick={() => {
        const around = { client, from: minute(first - HOUR), to: minute(last + HOUR), sort: 'time' }
        go({ at: 'findings', values: { ...none, open: null, ...around } })
        document.getElementById('findings')?.scrollIntoView()
      }}
    >
      {t.near}
    </button>
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
