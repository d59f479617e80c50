import { memo } from 'react'
import { assessedKind, openQuestions } from '../../src/reports/shared/selections.ts'
import { DataTable } from '../parts/table.tsx'
import { Bare, Dated } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'

/** The questions that are open, and what would settle each. */
export const Settle = memo(function Settle({ view }: { view: View }) {
  const { settle: t, words: w, answers } = useTexts()
  const kind = assessedKind(view.report)
  return (
    <>
      <p className="lead">{t.lead[kind]}</p>
      <DataTable
        caption={t.caption}
        columns={[t.question, t.settles]}
        quiet
        rows={openQuestions(view.report).map((o) => [
          <strong>{o.questions.map((q) => w.questions[q].asks).join(' ')}</strong>,
          o.settle.length === 0 ? (
            answers.nothingChanges
          ) : (
            <ul className="tight">
              {o.settle.map((s) => (
                <li key={s}>
                  <Dated en text={w.capital(s)} length={500} />
                </li>
              ))}
            </ul>
          ),
        ])}
      />
      {view.report.verdict.is === 'cannot-tell' && <p className="note">{t.until[kind]}</p>}
    </>
  )
})

/** A verdict without an intrusion is read as an all-clear, which it is not. */
export const Limits = memo(function Limits({ view }: { view: View }) {
  const { limits: t } = useTexts()
  const asked = view.report.campaigns.filter((c) => c.assessed && !c.general).map((c) => c.name)
  return (
    <ul>
      <li>
        <Bare text={t.asked(asked)} length={2_000} />
      </li>
      {t.others[assessedKind(view.report)].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
})
