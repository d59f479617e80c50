import { memo } from 'react'
import type { Answer, CampaignAnswer } from '../../src/model/answer.ts'
import type { Finding } from '../../src/model/finding.ts'
import { questionOrder, reasons } from '../../src/reports/shared/wording.ts'
import { Fold } from '../parts/fold.tsx'
import { Icon } from '../parts/icon.tsx'
import { FindingLink } from '../parts/links.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Dated, FirstOf, Quoting } from '../parts/text.tsx'
import { useTexts } from '../texts/index.tsx'
import type { View } from '../view.ts'

/** The six answers, over all and by campaign, each with what it rests on and what would change it. */
export const Answers = memo(function Answers({ view }: { view: View }) {
  return (
    <>
      <Cards answers={view.report.answers} byId={view.byId} />
      <Campaigns view={view} />
    </>
  )
})

function Cards({ answers, byId }: { answers: readonly Answer[]; byId: View['byId'] }) {
  const cards = questionOrder.flatMap((q) => answers.filter((x) => x.question === q).slice(0, 1))
  return (
    <div className="cards">
      {cards.map((answer) => (
        <Card answer={answer} byId={byId} key={answer.question} />
      ))}
    </div>
  )
}

function Card({ answer, byId }: { answer: Answer; byId: View['byId'] }) {
  const { answers: t, words: w } = useTexts()
  const reached = w.reach(answer.coverage)
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
        <Reasons answer={answer} byId={byId} />
      </Fold>
    </article>
  )
}

/** Because, against, how far the logs reach, what would change it. */
export function Reasons({ answer, byId }: { answer: Answer; byId: View['byId'] }) {
  const { answers: t, words: w } = useTexts()
  const { coverage } = answer
  const reached = w.reach(coverage)
  return (
    <div className="reasons">
      <h4>{t.because}</h4>
      <Because list={answer.because} left={answer.more?.because} byId={byId} shown={8} />
      <h4>{t.against}</h4>
      {answer.against.length === 0 ? (
        <p className="none">{t.nothingAgainst}</p>
      ) : (
        <ul>
          {answer.against.map((c, i) => (
            <li key={i}>
              <Quoting say={t.looked} texts={[c.looked, c.found]} />
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
      {answer.wouldChange.length === 0 ? (
        <p className="none">{t.nothingChanges}</p>
      ) : (
        <ul>
          {answer.wouldChange.map((x) => (
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
  const { answers: t, words: w } = useTexts()
  const all = view.report.campaigns
  const asked = all.filter((c) => c.asked)
  const not = all.filter((c) => !c.asked)
  if (all.length === 0) return null
  const row = (c: CampaignAnswer) => [
    <>
      <strong>
        <Bare text={c.name} length={80} />
      </strong>
      <br />
      <span className="faint">
        <Dated en={c.window === null} text={c.window ? w.span(c.window.from, c.window.to) : c.reason} length={120} />
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
            <Fold title={<Bare text={t.ofCampaign(c.name)} />} key={c.campaign}>
              <p className="lead">
                <Dated en text={w.capital(c.reason)} />.
              </p>
              <Cards answers={c.answers} byId={view.byId} />
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
