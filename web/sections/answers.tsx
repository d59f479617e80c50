import { memo } from 'react'
import type { Answer, CampaignAnswer } from '../../src/model/answer.ts'
import type { Finding } from '../../src/model/finding.ts'
import { questionOrder, reasons } from '../../src/locales/en/words.ts'
import { Fold } from '../parts/fold.tsx'
import { Icon } from '../parts/icon.tsx'
import { FindingLink } from '../parts/links.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Dated, FirstOf, Quoting } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'
import { AnswerWhy, BeyondLogs } from './weighed.tsx'

/** The six answers, over all and by campaign, each with what it rests on and what would change it. */
export const Answers = memo(function Answers({ view }: { view: View }) {
  return (
    <>
      <Cards answers={view.report.answers} view={view} />
      <Campaigns view={view} />
      <BeyondLogs view={view} />
    </>
  )
})

function Cards({ answers, view }: { answers: readonly Answer[]; view: View }) {
  const cards = questionOrder.flatMap((q) => answers.filter((x) => x.question === q).slice(0, 1))
  return (
    <div className="cards">
      {cards.map((answer) => (
        <Card answer={answer} view={view} key={answer.question} />
      ))}
    </div>
  )
}

function Card({ answer, view }: { answer: Answer; view: View }) {
  const { answers: t, words: w } = useTexts()
  // What logs show is shown without those that are missing.
  const reached = answer.is === 'yes' ? null : w.reach(answer.coverage)
  return (
    <article className={`answer a-${answer.is}`}>
      <h3>{w.questions[answer.question].asks}</h3>
      <p className="is">
        <Icon is={answer.is} />
        <span>{w.is[answer.is]}</span>
      </p>
      <p className="why">
        <Dated en text={w.saying(answer)} />
      </p>
      {reached && (
        <p className="reach">
          <Meter covered={answer.coverage.covered} of={answer.coverage.of} />
          <span>{reached}</span>
        </p>
      )}
      <Fold className="answer-why" title={t.why} prints>
        <Reasons answer={answer} view={view} />
      </Fold>
    </article>
  )
}

/** What was weighed, the findings, against, how far the logs reach, what would change it. */
export function Reasons({ answer, view }: { answer: Answer; view: View }) {
  const { answers: t, words: w, weighed } = useTexts()
  const holds = answer.is === 'yes' || answer.is === 'likely'
  const { coverage } = answer
  const reached = w.reach(coverage)
  return (
    <div className="reasons">
      <h4>{t.because}</h4>
      <AnswerWhy answer={answer} view={view} />
      {answer.because.length > 0 && holds && <p className="faint">{weighed.restsOn}:</p>}
      <Because list={answer.because} left={answer.more?.because} byId={view.byId} shown={8} />
      <h4>{t.against}</h4>
      {answer.contradictions.length === 0 ? (
        <p className="none">{t.nothingAgainst}</p>
      ) : (
        <ul>
          {answer.contradictions.map((c, i) => (
            <li key={i}>
              <Quoting say={t.looked} texts={[c.checked, c.found]} />
            </li>
          ))}
        </ul>
      )}
      <h4>{t.reach}</h4>
      <p>{reached ? <Dated text={`${w.span(coverage.from, coverage.to)}. ${reached}`} /> : t.noHours}</p>
      {coverage.missing.length > 0 && (
        <ul>
          <FirstOf
            list={coverage.missing}
            left={answer.more?.missing}
            shown={5}
            rest={t.moreStretches}
            each={(m) => (
              <li key={m.from}>
                <Dated text={t.notCovered(w.span(m.from, m.to))} />
              </li>
            )}
          />
        </ul>
      )}
      <h4>{t.change}</h4>
      {answer.missingEvidence.length === 0 ? (
        <p className="none">
          {!holds || answer.question === 'exposed'
            ? t.nothingChanges
            : answer.is === 'yes'
              ? weighed.ifYes
              : weighed.ifLikely}
        </p>
      ) : (
        <ul>
          {answer.missingEvidence.map((x) => (
            <li key={x}>
              <Dated en text={w.capital(w.settles(x))} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What something rests on: findings, and sentences with their subject in front. */
export function Because({
  list,
  left,
  byId,
  shown,
}: {
  list: readonly string[]
  left?: number | undefined
  byId: ReadonlyMap<string, Finding>
  shown: number
}) {
  const { answers: t } = useTexts()
  if (list.length === 0) return <p className="none">{t.nothingPoints}</p>
  return (
    <ul>
      <FirstOf
        list={reasons(list, byId)}
        left={left}
        shown={shown}
        rest={t.moreReasons}
        each={(r, i) => (
          <li key={i}>
            {'finding' in r ? (
              <FindingLink finding={r.finding} />
            ) : (
              <>
                {r.subject !== '' && <span className="subject">{r.subject}</span>}{' '}
                <Dated en text={r.sentence} length={500} />
              </>
            )}
          </li>
        )}
      />
    </ul>
  )
}

function Campaigns({ view }: { view: View }) {
  const { answers: t, words: w, weighed } = useTexts()
  const all = view.report.campaigns
  const asked = all.filter((c) => c.assessed)
  const nameOf = (c: CampaignAnswer): string => (c.general ? weighed.general(asked.length > 1) : c.name)
  const not = all.filter((c) => !c.assessed)
  if (all.length === 0) return null
  const row = (c: CampaignAnswer) => [
    <>
      <strong>
        <Bare text={nameOf(c)} length={80} />
      </strong>
      <br />
      <span className="faint">
        <Dated
          en={c.exposureWindow === null}
          text={c.exposureWindow ? w.span(c.exposureWindow.from, c.exposureWindow.to) : c.reason}
          length={120}
        />
      </span>
    </>,
    ...questionOrder.map((q) => {
      const is = c.answers.find((x) => x.question === q)?.is ?? 'not-asked'
      return (
        <span className={`word a-${is}`}>
          <Icon is={is} />
          {w.is[is]}
        </span>
      )
    }),
  ]
  return (
    <>
      <h3>{t.byCampaign}</h3>
      {asked.length === 0 ? (
        <p className="none">{t.noCampaign}</p>
      ) : (
        <>
          <DataTable
            caption={t.grid}
            columns={[t.campaign, ...questionOrder.map((q) => w.questions[q].short)]}
            rows={asked.map(row)}
          />
          {asked.map((c) => (
            <Fold title={<Bare text={t.ofCampaign(nameOf(c))} />} key={c.campaign}>
              <p className="lead">{c.general ? weighed.generalWhy : <Dated en text={`${w.capital(c.reason)}.`} />}</p>
              <Cards answers={c.answers} view={view} />
            </Fold>
          ))}
        </>
      )}
      {not.length > 0 && (
        <Fold title={t.notAsked(not.length)}>
          <ul>
            {not.map((c) => (
              <li key={c.campaign}>
                <strong>
                  <Bare text={c.name} length={80} />
                </strong>
                : <Dated en text={c.reason} />.
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </>
  )
}

/** How much of the time that matters the logs cover. */
function Meter({ covered, of }: { covered: number; of: number }) {
  const part = of <= 0 ? 0 : Math.max(0, Math.min(1, covered / of))
  return (
    <svg className="meter" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
      <rect className="all" width="100" height="2" />
      <rect className="part" width={Math.round(part * 1000) / 10} height="2" />
    </svg>
  )
}
