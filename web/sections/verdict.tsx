import { memo, useMemo } from 'react'
import { type Action } from '../../src/model/response.ts'
import { packTextOf } from '../../src/model/pack-texts.ts'
import { stageQuestion } from '../../src/model/answer.ts'
import { type Finding } from '../../src/model/finding.ts'
import { isOfAccount } from '../../src/model/reached.ts'
import { isAtLeastLikely } from '../../src/model/sign.ts'
import { type Stage } from '../../src/model/stages.ts'
import { typesetText } from '../../src/locales/catalogues.ts'
import { briefingFacts } from '../../src/reports/briefing/facts.ts'
import { headlineOf, inLanguage, leadOf, penOf, takenText } from '../../src/reports/briefing/management-page.ts'
import { assessedKind, isFixAsked, restedOn } from '../../src/reports/shared/selections.ts'
import { stageOrder } from '../../src/locales/en/words.ts'
import { toNotify } from '../../src/locales/en/mailboxes.ts'
import { PageWords } from '../pages/page.tsx'
import { Boundary } from '../parts/boundary.tsx'
import { VerdictIcon } from '../parts/icon.tsx'
import { EvidenceLink, To } from '../parts/links.tsx'
import { Bare, clip, Code, Dated } from '../parts/text.tsx'
import { useLanguage, useTexts } from '../texts.tsx'
import { findingsOf, type View } from '../view.ts'
import { WhyVerdict } from './weighed.tsx'

/** The answer in one screen: what happened, since when, what was taken, what to do first. */
export const FirstScreen = memo(function FirstScreen({ view }: { view: View }) {
  const { first: t, words: w, frame, weighed } = useTexts()
  const { report: a } = view
  const v = a.verdict
  return (
    <section id="verdict" className={`verdict v-${v.is}`} aria-labelledby="verdict-title">
      <div className="says">
        <VerdictIcon verdict={v} />
        <div>
          <p className="eyebrow">
            <Bare text={t.on(clip(a.server.name, 80))} />
          </p>
          <h1 id="verdict-title" tabIndex={-1}>
            {w.verdict(v)}
          </h1>
          <Boundary instead={<p className="means">{w.verdictMeans[v.is]}</p>}>
            <Plain view={view} />
          </Boundary>
        </div>
      </div>
      <p className="record">
        <span>{t.record}</span>{' '}
        <q lang="en">
          <Dated text={v.sentence} />
        </q>
      </p>
      <Boundary instead={<p className="failed-part">{frame.failedPart(t.happened, 'assessment.json')}</p>}>
        <div className="glance">
          <div>
            <Milestones view={view} />
          </div>
          <div>
            <h2>{t.taken}</h2>
            <Taken view={view} />
          </div>
          <div>
            <h2>{t.toDo}</h2>
            <ToDo view={view} />
          </div>
        </div>
        <Facts view={view} />
      </Boundary>
      <Boundary instead={<p className="failed-part">{frame.failedPart(weighed.why, 'assessment.json')}</p>}>
        <WhyVerdict view={view} />
      </Boundary>
      {v.open.length > 0 && (
        <p className="open">
          <strong>{t.open}</strong> {v.open.map((q) => w.questions[q].asks).join(' ')}
        </p>
      )}
      {a.degraded && (
        <p className="open">
          <strong>{t.incomplete}</strong> {t.degraded}
        </p>
      )}
      {a.incomplete && (
        <p className="open">
          <strong>{t.incomplete}</strong> {t.notUnpacked}
        </p>
      )}
      <NotDone view={view} />
      <p className="exchange">{t.exchange[assessedKind(a)]}</p>
    </section>
  )
})

/** Outputs that could not be written, and rules that were not used. */
function NotDone({ view: { report: a, failed } }: { view: View }) {
  const { first: t } = useTexts()
  const rules = a.knowledge.brokenRules
  const files = [...new Set(rules.map(({ file }) => file))]
  return (
    <>
      {failed.length > 0 && (
        <p className="open">
          <strong>{t.notWritten}</strong>{' '}
          {failed.map(({ file, reason }, i) => (
            <span key={file}>
              {i > 0 && '; '}
              <Code text={file} length={80} /> (<Bare en text={reason} length={200} />)
            </span>
          ))}
        </p>
      )}
      {rules.length > 0 && (
        <p className="open">
          <strong>{t.rulesNotUsed}</strong>{' '}
          {files.slice(0, 3).map((file, i) => (
            <span key={file}>
              {i > 0 && ', '}
              <Code text={file} length={80} />
            </span>
          ))}
          {files.length > 3 && ` ${t.moreFiles(files.length - 3)}`} <To at="unread">{t.whyNotUsed(rules.length)}</To>
        </p>
      )}
    </>
  )
}

/** What the verdict means, in the words that the page for management has for it. */
function Plain({ view }: { view: View }) {
  const { first: t } = useTexts()
  const [facts, pen] = usePlain(view)
  return (
    <>
      <p className="means">
        <PageWords text={typesetText(headlineOf(facts, pen), pen.language)} />
      </p>
      <p className="sentence">
        <PageWords text={typesetText(leadOf(facts, pen), pen.language)} />
        {!view.report.verdict.sure && ` ${t.oneMissing}`}
      </p>
    </>
  )
}

function usePlain({ report, texts }: View) {
  const language = useLanguage()
  return useMemo(() => {
    const facts = briefingFacts(report, texts)
    return [facts, { ...penOf(facts, language), language }] as const
  }, [report, texts, language])
}

function Facts({ view }: { view: View }) {
  const { first: t, words: w } = useTexts()
  const { report: a } = view
  const v = a.verdict
  const { steps, attempts } = v.observed
  const { patchedTooLate } = a.exposure
  const late = patchedTooLate === null ? t.cannotTell : patchedTooLate ? t.yes : t.no
  const facts: readonly (readonly [string, string])[] = [
    ...(steps.first === null ? [] : [[t.seen, w.span(steps.first, steps.last)] as const]),
    ...(attempts.first === null ? [] : [[t.attempts, w.span(attempts.first, attempts.last)] as const]),
    [t.covers, covers(v.covers, w.span, w.day, t.noTimes)],
    ...(v.covers.from === null ? [] : [[t.missing, w.missing(a)] as const]),
    ...(isFixAsked(a) ? [[t.late, late] as const] : []),
    [t.mailboxes, w.mailboxes(a)],
  ]
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Dated text={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function covers(
  { from, to }: View['report']['verdict']['covers'],
  span: (from: string | null, to: string | null) => string,
  day: (time: string | null) => string,
  none: string,
): string {
  if (from === null && to === null) return none
  return from !== null && to !== null ? `${day(from).slice(0, 10)} – ${day(to)}` : span(from, to)
}

/** Steps of the attack, or attempts where there are none: each stage by its first finding, of stories, and of what answers rest on that is in none. */
function milestones(view: View): readonly Finding[] {
  const rested = restedOn(view.report)
  const begin = view.report.verdict.observed.steps.first
  const first = new Map<Stage, Finding>()
  const alone = [...rested].flatMap((id) => view.byId.get(id) ?? []).filter((f) => f.intrusion === null)
  for (const f of [...view.report.intrusions.flatMap((intrusion) => findingsOf(intrusion, view.byId)), ...alone]) {
    if (f.stage === 'context' || isLead(f)) continue
    // Scans have a time of their own, and nothing that an attacker did stands before the first step.
    if (begin !== null && (stageQuestion[f.stage] === 'targeted' || (f.first ?? f.time ?? '~') < begin)) continue
    const known = first.get(f.stage)
    const [time, before] = [f.first ?? f.time ?? '~', known ? (known.first ?? known.time ?? '~') : '~']
    if (!known || time < before || (time === before && rested.has(f.id) && !rested.has(known.id))) first.set(f.stage, f)
  }
  return stageOrder.flatMap((stage) => first.get(stage) ?? [])
}

/** What is a lead, or explained, is no step of an attack. */
function isLead({ stage, is }: Finding): boolean {
  return stageQuestion[stage] !== null && !isAtLeastLikely(is)
}

const MILESTONES = 8

function Milestones({ view }: { view: View }) {
  const { first: t, words: w } = useTexts()
  const all = milestones(view)
  if (all.length === 0)
    return (
      <>
        <h2>{t.happened}</h2>
        <p className="none">{t.nothingHappened}</p>
      </>
    )
  // What matters most has its place before what stands at the edge of a story.
  const list = all.length <= MILESTONES ? all : all.filter((f) => f.stage !== 'recon' && f.stage !== 'cleanup')
  const inTime = [...list].sort((a, b) => ((a.first ?? a.time ?? '~') < (b.first ?? b.time ?? '~') ? -1 : 1))
  return (
    <>
      <h2>
        {t.happened} <span className="n">UTC</span>
      </h2>
      <ol className="milestones">
        {inTime.map((f) => (
          <li key={f.id}>
            <span className="when">{w.utc(f.first ?? f.time).slice(0, 16)}</span>{' '}
            <EvidenceLink id={f.id}>{w.stages[f.stage]}</EvidenceLink>
          </li>
        ))}
      </ol>
      <p>
        <To at="story">{t.allSteps}</To>
      </p>
    </>
  )
}

function Taken({ view }: { view: View }) {
  const { first: t, words: w, frame } = useTexts()
  const { report: a, byId } = view
  const people = toNotify(a).filter((m) => m.scope === 'mailbox')
  const [facts, pen] = usePlain(view)
  const stolen = a.intrusions
    .flatMap((c) => findingsOf(c, byId))
    .filter((f) => f.stage === 'credentials' && isAtLeastLikely(f.is) && !isOfAccount(f))
  return (
    <>
      <p>
        <PageWords text={typesetText(takenText(facts, pen), pen.language)} />
      </p>
      {(people.length > 0 || stolen.length > 0) && (
        <ul>
          {people.slice(0, 3).map((m) => (
            <li key={m.mailbox}>
              <strong>
                <Bare text={m.mailbox} length={80} />
              </strong>
              {m.bytes > 0 && <span className="faint nowrap"> {w.bytes(m.bytes)}</span>}
            </li>
          ))}
          {people.length > 3 && <li>{frame.more(people.length - 3)}</li>}
          {stolen[0] && (
            <li>
              {t.credentials}{' '}
              <EvidenceLink id={stolen[0].id}>
                <Bare en text={stolen[0].title} length={100} />
              </EvidenceLink>
            </li>
          )}
        </ul>
      )}
      {a.mailboxes.length > 0 && (
        <p>
          <To at="mail">{t.takenElse}</To>
        </p>
      )}
    </>
  )
}

function ToDo({ view }: { view: View }) {
  const { first: t, settle } = useTexts()
  const until = settle.until[assessedKind(view.report)]
  const list = [...view.report.actions].sort((a, b) => a.order - b.order)
  if (list.length === 0) return <p className="none">{view.report.verdict.is === 'cannot-tell' ? until : t.noActions}</p>
  return (
    <>
      <ol className="first">
        {list.slice(0, 3).map((x) => (
          <li key={x.id}>
            <To at="actions" into={`action-${x.order}`}>
              <Title action={x} texts={view.texts} />
            </To>
          </li>
        ))}
      </ol>
      <p>
        <To at="actions">{t.allActions(list.length)}</To>
      </p>
      {view.report.verdict.is === 'cannot-tell' && <p className="until">{until}</p>}
    </>
  )
}

/** An action in the language of the page, where its pack has that; else as the pack has it. */
function Title({ action: { id, title }, texts }: { action: Action; texts: View['texts'] }) {
  const language = useLanguage()
  if (language === 'en') return <Bare en text={title} />
  const words = inLanguage(packTextOf(texts.actions, id), title, language)
  return <PageWords text={typesetText([words], language)} />
}
