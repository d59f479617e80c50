import { memo, useDeferredValue, useId, useMemo } from 'react'
import { stageQuestion } from '../../src/model/answer.ts'
import { type Finding } from '../../src/model/finding.ts'
import { levels } from '../../src/model/stages.ts'
import { comesTo, comesToOrder } from '../../src/reports/shared/weighed.ts'
import { stageOrder } from '../../src/locales/en/words.ts'
import { filtered, searchable, type SortColumn, sortOf, sortText } from '../filter.ts'
import { EvidenceLink } from '../parts/links.tsx'
import { usePrinting } from '../parts/print.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Code, clip, Dated } from '../parts/text.tsx'
import { type Shown, VirtualTable } from '../parts/virtual.tsx'
import { filterKeys, type Key, useFragment, useGo, type FilterValues } from '../state.ts'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'

const PRINTED = 100

/** Every finding, filtered and in the order that the fragment asks for. */
export const Findings = memo(function Findings({ view }: { view: View }) {
  const { findings: t } = useTexts()
  const { values } = useFragment()
  const printing = usePrinting()
  const all = useMemo(() => searchable(view.report), [view])
  const key = JSON.stringify([...filterKeys, 'sort'].map((k) => values[k as Key] ?? null))
  const wanted = useDeferredValue(key)
  // Only what is filtered and ordered by counts here: opening a finding leaves the list as it is.
  const list = useMemo(() => {
    const given = JSON.parse(wanted) as (string | null)[]
    const asked = Object.fromEntries([...filterKeys, 'sort'].flatMap((k, i) => (given[i] ? [[k, given[i]]] : [])))
    return filtered(all, asked as FilterValues)
  }, [all, wanted])
  const left = view.counts.findings - view.report.findings.length
  return (
    <>
      <p className="lead">{t.lead}</p>
      {printing ? (
        <Printed list={list} of={view.counts.findings} view={view} />
      ) : (
        <>
          <Filters values={values} view={view} />
          <p className="shown" role="status">
            {t.shown(list.length, view.report.findings.length)}
          </p>
          {list.length === 0 ? <p className="none">{t.none}</p> : <Rows list={list} values={values} />}
          <p className="note keys">{t.keys}</p>
        </>
      )}
      {left > 0 && <p className="note">{t.left(left)}</p>}
    </>
  )
})

function Rows({ list, values }: { list: readonly Finding[]; values: FilterValues }) {
  const { findings: t, words: w, weighed } = useTexts()
  const go = useGo()
  const sort = sortOf(values.sort)
  const by = (column: SortColumn) => ({
    sorted: sort.by === column ? (sort.down ? ('descending' as const) : ('ascending' as const)) : ('none' as const),
    // Once, twice, and back to the order by weight.
    onSort: () =>
      go({
        values: {
          sort: sortText(
            sort.by !== column
              ? { by: column, down: false }
              : sort.down
                ? { by: 'weight', down: false }
                : { by: column, down: true },
          ),
        },
      }),
  })
  const columns: readonly Shown<Finding>[] = [
    {
      head: t.time,
      width: '9.5rem',
      ...by('time'),
      cell: (f) =>
        (f.first ?? f.time) === null ? (
          <span className="faint">{t.unknownTime}</span>
        ) : (
          w.utc(f.first ?? f.time).replace(/ UTC$/, '')
        ),
    },
    {
      head: t.stage,
      width: '9.8rem',
      ...by('stage'),
      cell: (f) => <span className={`stage q-${stageQuestion[f.stage] ?? 'none'}`}>{w.stages[f.stage]}</span>,
    },
    {
      head: t.finding,
      width: 'minmax(13rem, 1fr)',
      ...by('title'),
      cell: (f) => (
        <>
          <EvidenceLink id={f.id}>
            <Bare en text={f.title} length={160} />
          </EvidenceLink>
          {f.target !== null && (
            <span className="target">
              <Bare text={f.target} length={160} />
            </span>
          )}
        </>
      ),
    },
    {
      head: t.client,
      width: '7.8rem',
      ...by('client'),
      cell: (f) => f.client !== null && <Code text={f.client} length={45} />,
    },
    {
      head: t.level,
      width: '6.2rem',
      ...by('level'),
      cell: (f) => (
        <span className={f.is === 'nothing' ? 'level faint' : `level l-${f.level}`}>{w.levels[f.level]}</span>
      ),
    },
    {
      head: weighed.comes,
      width: '6.8rem',
      ...by('comes'),
      cell: (f) => <span className={`comes c-${comesTo(f)}`}>{weighed.comesTo[comesTo(f)]}</span>,
    },
    { head: t.rows, width: '3.6rem', number: true, ...by('rows'), cell: (f) => w.count(f.count) },
  ]
  return (
    <VirtualTable caption={t.caption} columns={columns} rows={list} onOpen={(f) => go({ values: { open: f.id } })} />
  )
}

function Filters({ values, view }: { values: FilterValues; view: View }) {
  const { findings: t, words: w, weighed } = useTexts()
  const go = useGo()
  const set = (key: Key, value: string): void => go({ values: { [key]: value || null } }, true)
  const present = useMemo(() => {
    const of = (each: (f: Finding) => string): string[] => [...new Set(view.report.findings.map(each))].sort()
    const stages = new Set(view.report.findings.map((f) => f.stage))
    const found = new Set(view.report.findings.map((f) => f.level))
    const comes = new Set(view.report.findings.map(comesTo))
    return {
      stages: stageOrder.filter((s) => stages.has(s)),
      levels: levels.filter((l) => found.has(l)).reverse(),
      comes: comesToOrder.filter((is) => comes.has(is)),
      campaigns: of((f) => f.campaign),
      logs: of((f) => f.log),
    }
  }, [view])
  const fixed = (['client', 'rule', 'target'] as const).filter((key) => values[key])
  const isFiltered = filterKeys.some((key) => values[key])
  return (
    <fieldset className="filters">
      <legend className="quiet">{t.filters}</legend>
      <div className="field wide">
        <label htmlFor="filter-text">{t.text}</label>
        <input
          id="filter-text"
          type="search"
          value={values.text ?? ''}
          placeholder={t.textHint}
          onChange={(event) => set('text', event.currentTarget.value)}
        />
      </div>
      <Choice
        name={t.stage}
        value={values.stage}
        options={present.stages.map((s) => [s, w.stages[s]])}
        set={(v) => set('stage', v)}
      />
      <Choice
        name={t.level}
        value={values.level}
        options={present.levels.map((l) => [l, w.levels[l]])}
        set={(v) => set('level', v)}
      />
      <Choice
        name={t.campaign}
        value={values.campaign}
        options={present.campaigns.map((c) => [c, view.campaigns.get(c) ?? c])}
        set={(v) => set('campaign', v)}
      />
      <Choice
        name={t.log}
        value={values.log}
        options={present.logs.map((l) => [l, view.logs.get(l) ?? l])}
        set={(v) => set('log', v)}
      />
      <Choice
        name={weighed.comes}
        value={values.is}
        options={present.comes.map((is) => [is, weighed.comesTo[is]])}
        set={(v) => set('is', v)}
      />
      <div className="field">
        <label htmlFor="filter-from">{t.from}</label>
        <input
          id="filter-from"
          type="datetime-local"
          max="9999-12-31T23:59"
          value={values.from ?? ''}
          onChange={(event) => set('from', event.currentTarget.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="filter-to">{t.to}</label>
        <input
          id="filter-to"
          type="datetime-local"
          max="9999-12-31T23:59"
          value={values.to ?? ''}
          onChange={(event) => set('to', event.currentTarget.value)}
        />
      </div>
      {(fixed.length > 0 || isFiltered) && (
        <div className="chips">
          {fixed.map((key) => (
            <button type="button" className="chip" onClick={() => set(key, '')} key={key}>
              {t[key]}: <Bare text={values[key]!} length={60} /> <span aria-hidden="true">✕</span>
              <span className="sr">{t.takeAway}</span>
            </button>
          ))}
          {isFiltered && (
            <button
              type="button"
              className="chip"
              onClick={() => go({ values: Object.fromEntries(filterKeys.map((key) => [key, null])) })}
            >
              {t.reset}
            </button>
          )}
        </div>
      )}
    </fieldset>
  )
}

function Choice({
  name,
  value,
  options,
  set,
}: {
  name: string
  value: string | undefined
  options: readonly (readonly [value: string, name: string])[]
  set: (value: string) => void
}) {
  const { findings: t } = useTexts()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      <select id={id} value={value ?? ''} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">{t.any}</option>
        {options.map(([v, text]) => (
          <option value={v} key={v}>
            {clip(text, 60)}
          </option>
        ))}
        {value && !options.some(([v]) => v === value) && <option value={value}>{clip(value, 60)}</option>}
      </select>
    </div>
  )
}

/** The findings as they stand on paper. */
function Printed({ list, of, view }: { list: readonly Finding[]; of: number; view: View }) {
  const { findings: t, words: w, weighed } = useTexts()
  const shown = list.slice(0, PRINTED)
  return (
    <>
      {of > shown.length && <p className="note">{t.printed(shown.length, of - shown.length)}</p>}
      <DataTable
        caption={t.caption}
        columns={[t.time, t.stage, t.finding, t.client, t.level, weighed.comes, { head: t.rows, number: true }]}
        quiet
        rows={shown.map((f) => [
          <Dated text={w.utc(f.first ?? f.time)} />,
          w.stages[f.stage],
          <>
            <strong>
              <Bare en text={f.title} length={160} />
            </strong>{' '}
            <span className="faint">{f.id}</span>
            {f.target !== null && (
              <>
                <br />
                <Bare text={f.target} length={200} />
              </>
            )}
            <br />
            <span className="faint">
              <Bare en text={view.logs.get(f.log) ?? f.log} />
            </span>
          </>,
          f.client !== null && <Bare text={f.client} length={45} />,
          w.levels[f.level],
          weighed.comesTo[comesTo(f)],
          w.count(f.count),
        ])}
      />
    </>
  )
}
