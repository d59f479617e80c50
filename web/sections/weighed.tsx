import { memo } from 'react'
import { type CountedSign, countingSigns, openLeads, subjectsOf, type WeighedSubject } from '../../src/model/weight.ts'
import { beyondLogs, nextSteps, otherLeads, verdictSubjects } from '../../src/reports/shared/weighed.ts'
import { missingOf } from '../../src/model/weight-words.ts'
import { openQuestions } from '../../src/reports/shared/selections.ts'
import { Fold } from '../parts/fold.tsx'
import { EvidenceLink, To } from '../parts/links.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Dated, FirstOf, Quoting } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'

/** Subjects that a list shows before it counts the others. */
const SHOWN = 3
const OPEN_LEADS = 200
const OTHER_LEADS = 300

/** Subjects with the signs that count, what explains them, and what is missing for certainty. */
export function Subjects({ subjects, view, shown = SHOWN }: SubjectList) {
  const { weighed: t } = useTexts()
  return (
    <ul className="weighed">
      <FirstOf
        list={subjects}
        shown={shown}
        rest={t.more}
        each={(subject, i) => (
          <li key={i}>
            <Name subject={subject} /> <span className={`comes c-${subject.is}`}>{t.comesTo[subject.is]}</span>
            <Signs subject={subject} view={view} />
          </li>
        )}
      />
    </ul>
  )
}

type SubjectList = { readonly subjects: readonly WeighedSubject[]; readonly view: View; readonly shown?: number }

function Name({ subject: { kind, name } }: { subject: WeighedSubject }) {
  const { weighed: t } = useTexts()
  return (
    <strong>
      {t.subjects[kind]} <Bare text={name} length={160} />
    </strong>
  )
}

function Signs({ subject, view }: { subject: WeighedSubject; view: View }) {
  const { weighed: t } = useTexts()
  return (
    <ul className="signs">
      {countingSigns(subject).map((sign) => (
        <li key={`${sign.kind} ${sign.tiedBy ?? ''}`}>
          {t.sign(signText(sign, t), t.strengths[sign.strength])}
          {sign.tiedBy === undefined && (
            <>
              {t.colon}
              <Shown finding={sign.finding} view={view} />
            </>
          )}
        </li>
      ))}
      {subject.explanations.map((one) => (
        <li className="explained" key={one.by}>
          {t.explained}: <Explained one={one} />
        </li>
      ))}
      {subject.explanations.length === 0 && <li className="faint">{t.unexplained}</li>}
      {(subject.absent ?? []).map((source) => (
        <li className="missing" key={source}>
          {t.absent[source]}
        </li>
      ))}
      {subject.is === 'likely' &&
        missingOf(subject).map((missing) => (
          <li className="missing" key={missing}>
            {t.missing[missing]}
          </li>
        ))}
    </ul>
  )
}

/** A sign by its kind, by what several records show, or by what ties it to an intrusion. */
function signText({ kind, computed, tiedBy }: CountedSign, t: ReturnType<typeof useTexts>['weighed']): string {
  if (tiedBy !== undefined) return t.tied(t.ties[tiedBy] ?? tiedBy)
  return computed === undefined ? t.signs[kind] : t.seenAs(t.signs[kind], t.seen[computed])
}

/** One explanation in the language of the page; of a kind that it has no words for, in English. */
function Explained({ one: { by, of = '', statement, strength } }: { one: WeighedSubject['explanations'][number] }) {
  const { weighed: t } = useTexts()
  const own = Object.hasOwn(t.reasons, by) ? t.reasons[by] : undefined
  if (own === undefined)
    return <Quoting say={(first) => t.explanation(first, t.explains[strength])} texts={[statement]} />
  return (
    <>
      {t.explanation(
        own.replace('{}', () => of),
        t.explains[strength],
      )}
    </>
  )
}

/** The finding that shows a sign. */
function Shown({ finding, view }: { finding: string; view: View }) {
  const found = view.byId.get(finding)
  if (!found) return null
  return (
    <EvidenceLink id={finding}>
      <Bare en text={found.title} length={120} />
    </EvidenceLink>
  )
}

/** Beside the verdict: why it is so, what would change it, what is not settled, and what lies beyond the logs. */
export function WhyVerdict({ view }: { view: View }) {
  const { weighed: t, verdict } = useTexts()
  const subjects = verdictSubjects(view.report)
  const { is } = view.report.verdict
  return (
    <div className="because">
      <div>
        <h2>
          {t.why} <span className="n">{verdict[is]}</span>
        </h2>
        {subjects.length > 0 ? <Subjects subjects={subjects} view={view} /> : <WithoutSubjects view={view} />}
        {is === 'targeted' && <p>{t.attempts}</p>}
      </div>
      <div>
        <h2>{t.change}</h2>
        <Change view={view} />
      </div>
      <Beyond view={view} />
    </div>
  )
}

/** Why there is no answer, by its sentences; or that nothing was found. */
function WithoutSubjects({ view }: { view: View }) {
  const { weighed: t, words: w } = useTexts()
  const { report: a } = view
  const open = a.answers.filter(({ question, is }) => question !== 'exposed' && is === 'cannot-tell')
  if (a.verdict.is !== 'cannot-tell') return <p>{t.nothingHolds}</p>
  const leads = openLeads(a)
  return (
    <>
      {leads.length > 0 && <Subjects subjects={leads} view={view} />}
      <ul>
        {open.map((answer) => (
          <li key={answer.question}>
            <Dated en text={w.saying(answer)} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Change({ view }: { view: View }) {
  const { weighed: t } = useTexts()
  const { report: a } = view
  const { is, sure } = a.verdict
  const leads = openLeads(a)
  return (
    <>
      {leads.length > 0 && (
        <>
          <p>
            <strong>{t.notSettled}</strong> {t.openLeads(leads.length)}
          </p>
          <ul>
            {leads.slice(0, SHOWN).map((lead) => (
              <li key={`${lead.kind} ${lead.name}`}>
                <Name subject={lead} />: {t.asks[lead.kind]}
              </li>
            ))}
          </ul>
          <p>
            <To at="leads">{t.openCaption}</To>
          </p>
        </>
      )}
      {is === 'cannot-tell' ? (
        <Wanted view={view} />
      ) : (
        <p>{is === 'no-evidence' ? t.ifNone : !sure ? t.ifLikely : is === 'targeted' ? t.ifTargeted : t.ifYes}</p>
      )}
    </>
  )
}

/** The evidence that would settle what is open. */
function Wanted({ view }: { view: View }) {
  const { weighed: t, words: w } = useTexts()
  const wanted = [...new Set(openQuestions(view.report).flatMap(({ settle }) => settle))]
  if (wanted.length === 0) return null
  return (
    <>
      <ul>
        {wanted.slice(0, SHOWN).map((one) => (
          <li key={one}>
            <Dated en text={w.capital(one)} length={300} />
          </li>
        ))}
      </ul>
      <p>
        <To at="settle">{t.toSettle}</To>
      </p>
    </>
  )
}

/** Beside the verdict, in a line for each campaign. */
function Beyond({ view }: { view: View }) {
  const { weighed: t, words: w } = useTexts()
  const list = beyondLogs(view.report)
  if (list.length === 0) return null
  return (
    <p className="beyond">
      <strong>{t.beyond}</strong>{' '}
      {list.map(({ campaign, from, to }) => (
        <span key={campaign.campaign}>
          <Dated text={t.beyondItem(campaign.name, daySpan(from, to, w.day))} />{' '}
        </span>
      ))}
    </p>
  )
}

/** Periods of campaigns are known by the day. */
function daySpan(from: string, to: string, day: (time: string) => string): string {
  // The end is not in it.
  return `${day(from).slice(0, 10)} – ${day(new Date(Date.parse(to) - 1).toISOString()).slice(0, 10)}`
}

/** The same with what it means, below the answers by campaign. */
export function BeyondLogs({ view }: { view: View }) {
  const { weighed: t, words: w } = useTexts()
  const list = beyondLogs(view.report)
  if (list.length === 0) return null
  return (
    <>
      <h3>{t.beyondHeading}</h3>
      <p className="lead">{t.beyondIntro}</p>
      <ul>
        {list.map(({ campaign, from, to }) => (
          <li key={campaign.campaign}>
            <Dated text={t.beyondItem(campaign.name, daySpan(from, to, w.day))} />
          </li>
        ))}
      </ul>
    </>
  )
}

export function hasLeads({ report }: View): boolean {
  return openLeads(report).length + otherLeads(report).length > 0
}

/** Open leads with the question that settles each; and, folded, the leads that change no answer. */
export const Leads = memo(function Leads({ view }: { view: View }) {
  const { weighed: t } = useTexts()
  const [open, other] = [openLeads(view.report), otherLeads(view.report)]
  return (
    <>
      {open.length === 0 ? (
        <p className="none">{t.noOpen}</p>
      ) : (
        <>
          <p className="lead">{t.leadsIntro}</p>
          <DataTable
            caption={t.openCaption}
            columns={[t.lead, t.signsOf, t.settles]}
            quiet
            rows={open
              .slice(0, OPEN_LEADS)
              .map((lead) => [
                <Name subject={lead} />,
                <Signs subject={lead} view={view} />,
                <Settling lead={lead} view={view} />,
              ])}
          />
          <p className="note">{t.answer}</p>
        </>
      )}
      {other.length > 0 && (
        <Fold title={t.otherFold(other.length)} prints>
          <p>{t.otherIntro}</p>
          <DataTable
            caption={t.otherCaption}
            columns={[t.other, t.signsOf, t.settles]}
            quiet
            rows={other
              .slice(0, OTHER_LEADS)
              .map((lead) => [<Name subject={lead} />, <Signs subject={lead} view={view} />, t.asks[lead.kind]])}
          />
        </Fold>
      )}
    </>
  )
})

function Settling({ lead, view }: { lead: WeighedSubject; view: View }) {
  const { weighed: t } = useTexts()
  const steps = nextSteps(lead, view.byId).slice(0, SHOWN)
  return (
    <>
      <strong>{t.asks[lead.kind]}</strong>
      {steps.length > 0 && (
        <>
          <br />
          {t.lookAt}:
          <ul className="tight">
            {steps.map((step) => (
              <li key={step}>
                <Bare en text={step} length={300} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** The subjects of an answer; where none was weighed for it, its reasons as the assessment has them. */
export function AnswerWhy({ answer, view }: { answer: View['report']['answers'][number]; view: View }) {
  const subjects = subjectsOf(answer, view.report)
  if (subjects.length > 0) return <Subjects subjects={subjects} view={view} shown={5} />
  if (answer.why === undefined || answer.why.length === 0) return null
  return (
    <ul>
      {answer.why.map((sentence, i) => (
        <li key={i}>
          <Dated en text={sentence} length={900} />
        </li>
      ))}
    </ul>
  )
}
