import { memo } from 'react'
import type { Actor } from '../../src/model/actor.ts'
import type { Mailbox } from '../../src/model/mailbox.ts'
import { byStory } from '../../src/locales/en/words.ts'
import { isWeighedOnly } from '../../src/model/actor.ts'
import { speaksOfNames, waysBackIn } from '../../src/reports/shared/selections.ts'
import { Fold } from '../parts/fold.tsx'
import { References } from '../parts/links.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Code, Dated, Quoting } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'

const MAILBOXES = 300

/** Whose mail: how sure, by which way, when, how much, against what is ordinary, and what cannot be known. */
export const Mail = memo(function Mail({ view }: { view: View }) {
  const { mail: t, words: w } = useTexts()
  const list = view.report.mailboxes
  const beside = list
    .filter((m) => m.ordinary !== null || m.undetermined.length > 0 || m.names.length > 0)
    .slice(0, 100)
  const left = view.counts.mailboxes - Math.min(list.length, MAILBOXES)
  const number = true
  return (
    <>
      <p>{t.lead(w.capital(w.mailboxes(view.report)))}</p>
      <DataTable
        caption={t.caption}
        columns={[
          t.mailbox,
          t.sure,
          t.means,
          t.when,
          { head: t.requests, number },
          { head: t.data, number },
          t.because,
        ]}
        quiet
        rows={list.slice(0, MAILBOXES).map((m) => [
          <strong className={m.mailbox.length <= 36 ? 'nowrap' : undefined}>
            <Bare text={m.mailbox} length={120} />
          </strong>,
          w.certainties[m.certainty],
          <Bare text={m.accessMethods.map(w.means).join(', ')} />,
          <Dated text={w.span(m.first, m.last)} />,
          w.count(m.requests),
          w.bytes(m.bytes),
          <References ids={m.because} left={m.more?.because} byId={view.byId} />,
        ])}
      />
      {left > 0 && <p className="note">{t.more(left)}</p>}
      {beside.length > 0 && (
        <Fold title={t.beside} prints>
          <ul>
            {beside.map((m) => (
              <Beside mailbox={m} key={`${m.scope} ${m.mailbox} ${m.certainty} ${m.first}`} />
            ))}
          </ul>
        </Fold>
      )}
    </>
  )
})

function Beside({ mailbox: m }: { mailbox: Mailbox }) {
  const { mail: t, words: w } = useTexts()
  const ordinary = w.ordinary(m)
  const leads = m.ordinary?.leads ?? []
  const sentences = [
    ...(m.names.length > 0 ? [t.names(m.names.slice(0, 5).join(', '))] : []),
    `${w.capital(w.amount(m))}.`,
    ...(ordinary === '' ? [] : [`${w.capital(ordinary)}.`]),
  ]
  return (
    <li>
      <strong>
        <Bare text={m.mailbox} length={120} />
      </strong>
      : <Dated text={sentences.join(' ')} length={1_500} />{' '}
      {leads.length > 0 && (
        <>
          <Quoting say={t.leads} texts={[leads.join('; ')]} />{' '}
        </>
      )}
      <Dated en text={m.undetermined.join(' ')} length={1_000} />
    </li>
  )
}

const WAYS = 300

/** What lets them come back. */
export const WaysBack = memo(function WaysBack({ view }: { view: View }) {
  const { back: t, words: w } = useTexts()
  const list = waysBackIn(view.report.persistence)
  return (
    <>
      <DataTable
        caption={t.caption}
        columns={[t.kind, t.what, t.state, t.seen, t.because]}
        quiet
        rows={list
          .slice(0, WAYS)
          .map((p) => [
            <strong>{w.persistenceKinds[p.kind]}</strong>,
            <Code text={p.what} />,
            <span className={`state s-${p.state}`}>{w.persistenceStates[p.state]}</span>,
            <Dated text={w.span(p.first, p.last)} />,
            <References ids={p.because} left={p.more?.because} byId={view.byId} />,
          ])}
      />
      {list.length > WAYS && <p className="note">{t.more(list.length - WAYS)}</p>}
    </>
  )
})

/** Hypotheses on who it was, by what speaks for and against each. */
export const Who = memo(function Who({ view }: { view: View }) {
  const { who: t, words: w } = useTexts()
  const { attribution, actors } = view.report
  const [lead, ...rest] = attribution.map(byStory(view.report))
  const weighed = (
    <>
      <div className="actors">
        {actors.map((x) => (
          <Hypothesis actor={x} view={view} key={`${x.actor} ${x.intrusions.join(' ')}`} />
        ))}
      </div>
      <p className="note">{w.likelihood}</p>
    </>
  )
  return (
    <>
      {lead !== undefined && (
        <p className="lead">
          <Dated en text={lead} />
        </p>
      )}
      {rest.map((sentence) => (
        <p key={sentence}>
          <Dated en text={sentence} />
        </p>
      ))}
      {speaksOfNames(view.report) ? (
        weighed
      ) : (
        <Fold title={t.weighed} prints>
          {weighed}
        </Fold>
      )}
    </>
  )
})

function Hypothesis({ actor: x, view }: { actor: Actor; view: View }) {
  const { who: t, words: w } = useTexts()
  const named = byStory(view.report)
  const stories = x.intrusions.slice(0, 20).map((c) => (view.stories.has(c) ? t.story(view.stories.get(c)!) : c))
  return (
    <article className="actor">
      <h3>
        <Bare en text={w.capital(x.actor)} length={120} />
        <span className="likelihood">{x.words}</span>
      </h3>
      {isWeighedOnly(x) && <p className="faint">{w.weighedOnly}</p>}
      <div className="scales">
        <div>
          <h4>{t.for}</h4>
          <Points list={x.supporting.map(named)} />
        </div>
        <div>
          <h4>{t.against}</h4>
          <Points list={x.contradicting.map(named)} />
        </div>
      </div>
      {stories.length > 0 && <p className="faint">{t.speaks(stories.join(', '))}</p>}
      {x.references.length > 0 && (
        <p className="faint">
          {t.reports} <Bare text={x.references.join(' ; ')} length={1_000} />
        </p>
      )}
    </article>
  )
}

/** A list of sentences of packs or of the assessment. */
export function Points({ list }: { list: readonly string[] }) {
  const { frame } = useTexts()
  if (list.length === 0) return <p className="none">{frame.none}</p>
  return (
    <ul>
      {list.slice(0, 30).map((point, i) => (
        <li key={i}>
          <Dated en text={point} length={500} />
        </li>
      ))}
      {list.length > 30 && <li className="faint">{frame.more(list.length - 30)}</li>}
    </ul>
  )
}
