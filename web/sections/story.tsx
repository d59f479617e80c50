import { memo } from 'react'
import { stageQuestion } from '../../src/model/answer.ts'
import { type Intrusion, type Finding } from '../../src/model/finding.ts'
import { type Stage } from '../../src/model/stages.ts'
import { earliestFirst, storyTimes } from '../../src/reports/shared/selections.ts'
import { Fold } from '../parts/fold.tsx'
import { EvidenceLink, Filtering, FindingLink } from '../parts/links.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Code, Dated, FirstOf, Quoting } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import { findingsOf, tellers, type View } from '../view.ts'

const STORIES = 50
const STEPS = 12

/** Chains as stories: every sentence leads to the finding that it tells of. */
export const Story = memo(function Story({ view }: { view: View }) {
  const { story: t } = useTexts()
  const { intrusions, findings } = view.report
  if (findings.length === 0) return <p className="none">{t.noFindings}</p>
  if (intrusions.length === 0) return <p className="none">{findings.length === 1 ? t.one : t.none}</p>
  return (
    <>
      {intrusions.slice(0, STORIES).map((intrusion, i) => (
        <OneStory intrusion={intrusion} number={i + 1} view={view} key={intrusion.id} />
      ))}
      {intrusions.length > STORIES && (
        <Fold title={t.moreStories(intrusions.length - STORIES)}>
          {intrusions.slice(STORIES, 1000).map((intrusion, i) => (
            <OneStory intrusion={intrusion} number={STORIES + i + 1} view={view} key={intrusion.id} />
          ))}
          {view.counts.intrusions > intrusions.length && (
            <p className="note">{t.storiesBeyond(view.counts.intrusions - intrusions.length)}</p>
          )}
        </Fold>
      )}
    </>
  )
})

function OneStory({ intrusion: c, number, view }: { intrusion: Intrusion; number: number; view: View }) {
  const { story: t, words: w } = useTexts()
  const related = findingsOf(c, view.byId)
  const told = tellers(c, view.byId)
  const when = ({ steps: own, attempts }: ReturnType<typeof storyTimes>): string =>
    [
      ...(own === null ? [] : [w.span(own.first, own.last)]),
      ...(attempts === null ? [] : [t.attempts(w.span(attempts.first, attempts.last))]),
    ].join('; ')
  const clients = c.clients.length + (c.more?.clients ?? 0)
  const steps = (from: number, to: number) => (
    <ol className="story" start={from + 1}>
      {c.attackChain.slice(from, to).map((sentence, i) => (
        <Step sentence={sentence} finding={told[from + i] ?? null} key={from + i} />
      ))}
    </ol>
  )
  return (
    <article className="intrusion" id={`story-${number}`}>
      <h3>
        {t.title(number)}
        <span className="when">
          <Dated text={when(storyTimes(c, view.byId, view.steps))} />
        </span>
      </h3>
      <p className="from">
        <Bare text={view.campaigns.get(c.campaign) ?? c.campaign} />
        {c.clients.length > 0 && (
          <>
            , {t.from}{' '}
            {c.clients.slice(0, 6).map((client, i) => (
              <span key={client}>
                {i > 0 && ', '}
                <Filtering by="client" value={client}>
                  <Code text={client} length={45} keep />
                </Filtering>
              </span>
            ))}
            {clients > 6 && ` ${t.andMore(clients - 6)}`}
          </>
        )}
      </p>
      <ul className="steps" aria-label={t.stages}>
        {c.stages.map((s) => (
          <li className={`q-${stageQuestion[s] ?? 'none'}`} key={s}>
            {w.stages[s]}
          </li>
        ))}
      </ul>
      {steps(0, STEPS)}
      {c.attackChain.length > STEPS && (
        <Fold title={t.moreSteps(c.attackChain.length - STEPS)} className="plain more" prints>
          {steps(STEPS, 200)}
        </Fold>
      )}
      {c.attackChain.length > 200 && <p className="note">{t.furtherSteps(c.attackChain.length - 200)}</p>}
      <Fold title={t.joins(related.length + (c.more?.findings ?? 0))}>
        <p>
          {c.joinedBy.length === 0 ? (
            t.joinedBy(t.onlyTime)
          ) : (
            <Quoting say={t.joinedBy} texts={[joined(c.joinedBy, t.andMore)]} length={2_000} />
          )}
        </p>
        <ul>
          <FirstOf
            list={related}
            left={c.more?.findings}
            shown={40}
            rest={t.moreFindings}
            each={(f) => (
              <li key={f.id}>
                <FindingLink finding={f} />
              </li>
            )}
          />
        </ul>
      </Fold>
    </article>
  )
}

function joined(by: readonly string[], more: (n: number) => string): string {
  return `${by.slice(0, 12).join(', ')}${by.length > 12 ? ` ${more(by.length - 12)}` : ''}`
}

/** The whole sentence is the link: it is what a reader doubts. */
function Step({ sentence, finding }: { sentence: string; finding: Finding | null }) {
  return (
    <li className={finding ? `q-${stageQuestion[finding.stage] ?? 'none'}` : undefined}>
      {finding ? (
        <EvidenceLink id={finding.id} className="tells">
          <Dated en text={sentence} length={500} />
        </EvidenceLink>
      ) : (
        <Dated en text={sentence} length={500} />
      )}
    </li>
  )
}

type Group = { date: string; stage: Stage; findings: Finding[]; clients: Set<string>; rows: number }

/** A row a day, stage and rule: a scan of thousands of requests is one row. */
export const TimeTable = memo(function TimeTable({ findings }: { findings: readonly Finding[] }) {
  const { story: t, words: w } = useTexts()
  const list = groupsOf(findings)
  const shown = 200
  const columns = [t.firstUtc, t.stage, t.finding, t.fromHead, { head: t.rows, number: true }]
  return (
    <>
      <DataTable
        caption={t.caption}
        columns={columns}
        quiet
        rows={list.slice(0, shown).map((g) => {
          const first = g.findings[0]!
          const [client] = g.clients
          return [
            <span className="nowrap">
              {g.date === '' ? t.unknownTime : `${g.date} ${(first.first ?? first.time ?? '').slice(11, 19)}`}
            </span>,
            <span className={`stage q-${stageQuestion[g.stage] ?? 'none'}`}>{w.stages[g.stage]}</span>,
            <>
              <EvidenceLink id={first.id}>
                <Bare en text={first.title} length={160} />
              </EvidenceLink>
              {g.findings.length > 1 && <span className="faint"> {t.moreFindings(g.findings.length - 1)}</span>}
            </>,
            client !== undefined && (
              <>
                <Code text={client} length={45} keep />
                {g.clients.size > 1 && ` ${t.andMore(g.clients.size - 1)}`}
              </>
            ),
            w.count(g.rows),
          ]
        })}
      />
      {list.length > shown && <p className="note">{t.laterRows(list.length - shown)}</p>}
    </>
  )
})

function groupsOf(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Group>()
  for (const f of [...findings].sort(earliestFirst)) {
    const date = (f.first ?? f.time ?? '').slice(0, 10)
    const key = `${date}\n${f.stage}\n${f.rule}`
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { date, stage: f.stage, findings: [], clients: new Set(), rows: 0 }))
    group.findings.push(f)
    if (f.client !== null) group.clients.add(f.client)
    group.rows += f.count
  }
  return [...groups.values()]
}
