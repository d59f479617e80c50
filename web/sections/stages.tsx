import { memo } from 'react'
import { stageQuestion } from '../../src/model/answer.ts'
import { type Finding } from '../../src/model/finding.ts'
import { type Stage } from '../../src/model/stages.ts'
import { earliestFirst } from '../../src/reports/shared/selections.ts'
import { stageOrder } from '../../src/locales/en/words.ts'
import { EvidenceLink } from '../parts/links.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Code, Dated } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import { findingsOf, type View } from '../view.ts'

/** How far they got, stage by stage: when first, from where, on what. */
export const Stages = memo(function Stages({ view }: { view: View }) {
  const { path: t, words: w } = useTexts()
  const byStage = new Map<Stage, Finding[]>()
  for (const f of view.report.intrusions.flatMap((c) => findingsOf(c, view.byId)).sort(earliestFirst)) {
    const list = byStage.get(f.stage)
    if (list) list.push(f)
    else byStage.set(f.stage, [f])
  }
  return (
    <DataTable
      caption={t.caption}
      columns={[t.stage, t.first, t.from, t.on, { head: t.findings, number: true }]}
      quiet
      rows={stageOrder.flatMap((stage) => {
        const [first, ...rest] = byStage.get(stage) ?? []
        if (!first || stage === 'context') return []
        return [
          [
            <span className={`stage q-${stageQuestion[stage] ?? 'none'}`}>{w.stages[stage]}</span>,
            <>
              <Dated text={w.utc(first.first ?? first.time)} />
              <br />
              <EvidenceLink id={first.id}>
                <Bare en text={first.title} length={160} />
              </EvidenceLink>
            </>,
            first.client !== null && <Code text={first.client} length={45} keep />,
            first.target !== null && <Code text={first.target} length={160} />,
            w.count(rest.length + 1),
          ],
        ]
      })}
    />
  )
})
