import { memo } from 'react'
import type { Action, ActionFact } from '../../src/model/response.ts'
import { assessedKind } from '../../src/reports/shared/selections.ts'
import { Instruction } from '../parts/copy.tsx'
import { Fold } from '../parts/fold.tsx'
import { EvidenceLink } from '../parts/links.tsx'
import { Bare, Dated } from '../parts/text.tsx'
import { useFragment, useGo } from '../state.ts'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'
import { Because } from './answers.tsx'

/** What to do, in its order, with what is done already kept in the address of the page. */
export const Actions = memo(function Actions({ view }: { view: View }) {
  const { actions: t } = useTexts()
  const go = useGo()
  const done = new Set((useFragment().values.done ?? '').split(',').filter(Boolean))
  const list = [...view.report.actions].sort((a, b) => a.order - b.order)
  const mark = (id: string, is: boolean): void => {
    const next = list.map((x) => x.id).filter((x) => (x === id ? is : done.has(x)))
    go({ values: { done: next.join(',') || null } }, true)
  }
  return (
    <>
      <p className="lead">{t.lead}</p>
      <p className="progress" role="status">
        {t.done(list.filter((x) => done.has(x.id)).length, list.length)}
      </p>
      <ol className="actions">
        {list.map((action) => (
          <OneAction action={action} view={view} isDone={done.has(action.id)} mark={mark} key={action.id} />
        ))}
      </ol>
    </>
  )
})

function OneAction({
  action: x,
  view,
  isDone,
  mark,
}: {
  action: Action
  view: View
  isDone: boolean
  mark: (id: string, is: boolean) => void
}) {
  const { actions: t } = useTexts()
  return (
    <li id={`action-${x.order}`} tabIndex={-1} className={isDone ? 'done' : undefined}>
      <div className="action-head">
        <h3>
          <Bare en text={x.title} />
        </h3>
        <label className="check">
          <input
            type="checkbox"
            checked={isDone}
            aria-label={t.mark(x.title)}
            onChange={(event) => mark(x.id, event.currentTarget.checked)}
          />
          <span aria-hidden="true">{t.isDone}</span>
        </label>
      </div>
      <p>
        <Dated en text={x.why} />
      </p>
      {x.how.length > 0 && (
        <ul className="how">
          {x.how.map((step) => (
            <li key={step}>
              <Instruction step={step} />
            </li>
          ))}
        </ul>
      )}
      {x.sideEffects.length > 0 && (
        <p className="effects">
          <strong>{t.effects}</strong> <Bare en text={x.sideEffects.join(' ')} length={2_000} />
        </p>
      )}
      {x.affected.length > 0 && (
        <>
          <p>
            <strong>{t.here[assessedKind(view.report)]}</strong>
          </p>
          <Facts facts={x.affected} view={view} />
        </>
      )}
      {x.verify.length > 0 && (
        <>
          <p>
            <strong>{t.verify}</strong>
          </p>
          <ul>
            {x.verify.map((step) => (
              <li key={step}>
                <Instruction step={step} />
              </li>
            ))}
          </ul>
        </>
      )}
      {x.because.length > 0 && (
        <Fold title={t.calls}>
          <Because list={x.because} byId={view.byId} shown={8} />
        </Fold>
      )}
    </li>
  )
}

const FACTS = 12

function Facts({ facts, view }: { facts: readonly ActionFact[]; view: View }) {
  const { actions: t, words: w } = useTexts()
  const list = (some: readonly ActionFact[]) => (
    <ul>
      {some.map((fact, i) => {
        const id = fact.because.find((known) => view.byId.has(known))
        return (
          <li key={i}>
            <Bare text={w.fact(fact)} />
            {id !== undefined && (
              <>
                {' '}
                <EvidenceLink id={id} className="faint">
                  {t.evidence}
                </EvidenceLink>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
  return (
    <>
      {list(facts.slice(0, FACTS))}
      {facts.length > FACTS && (
        <Fold title={t.furtherPlaces(facts.length - FACTS)} prints>
          {list(facts.slice(FACTS, 500))}
        </Fold>
      )}
    </>
  )
}
