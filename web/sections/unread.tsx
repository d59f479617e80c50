import { memo } from 'react'
import { iso } from '../../src/lib/time.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { holesTogether } from '../../src/reports/shared/selections.ts'
import { Fold } from '../parts/fold.tsx'
import { To } from '../parts/links.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Code, Dated } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'

const SHOWN = 500

/** Everything that was not read, with place and reason. */
export const Unread = memo(function Unread({ view }: { view: View }) {
  const { unread: t, words: w, frame } = useTexts()
  const { coverage: c, evidence: e, knowledge: k } = view.report
  const { counts } = view
  const holes = holesTogether(c)
  const toHoles = holes.length > 0 && (
    <p>
      <To at="coverage">{t.holes(holes.length)}</To>
    </p>
  )
  if (c.gaps.length + c.unknown.length + k.brokenRules.length + e.notes.length === 0) {
    return (
      <>
        <p>{e.files === 0 ? t.noFile : t.nothing(e.files, w.bytes(e.bytes))}</p>
        {toHoles}
      </>
    )
  }
  return (
    <>
      {e.gaps.length > 0 && (
        <DataTable
          caption={t.byReason}
          columns={[t.reason, { head: t.places, number: true }, { head: t.data, number: true }]}
          rows={e.gaps.map((g) => [w.gapReasons[g.reason], w.count(g.count), w.bytes(g.bytes)])}
        />
      )}
      {toHoles}
      {e.notes.length > 0 && (
        <Fold title={t.notes(counts.notes)} prints>
          <ul>
            {e.notes.slice(0, SHOWN).map((note, i) => (
              <li key={i}>
                <Bare en text={note} length={400} />
              </li>
            ))}
          </ul>
          {counts.notes > SHOWN && <p className="note">{frame.more(counts.notes - SHOWN)}</p>}
        </Fold>
      )}
      {c.gaps.length > 0 && (
        <Fold title={t.inFiles(counts.gaps)} prints={c.gaps.length <= 100}>
          <DataTable
            caption={t.caption}
            columns={[t.file, t.place, t.reason, t.found, t.between]}
            quiet
            rows={c.gaps
              .slice(0, SHOWN)
              .map((g) => [
                <Code text={g.path} />,
                t.at(g.offset, w.bytes(g.length), g.line),
                w.gapReasons[g.reason],
                <Bare en text={g.detail} />,
                <Between gap={g} />,
              ])}
          />
          {counts.gaps > SHOWN && <p className="note">{t.more(counts.gaps - SHOWN)}</p>}
        </Fold>
      )}
      {c.unknown.length > 0 && (
        <Fold title={t.unknown(counts.unknown)} prints={c.unknown.length <= 100}>
          <DataTable
            caption={t.unknownCaption}
            columns={[t.file, { head: t.size, number: true }]}
            quiet
            rows={c.unknown.slice(0, SHOWN).map((u) => [<Code text={u.path} />, w.bytes(u.size)])}
          />
          {counts.unknown > SHOWN && <p className="note">{t.more(counts.unknown - SHOWN)}</p>}
        </Fold>
      )}
      {k.brokenRules.length > 0 && (
        <Fold title={t.broken(k.brokenRules.length)} prints>
          <DataTable
            caption={t.brokenCaption}
            columns={[t.file, t.place, t.why]}
            quiet
            rows={k.brokenRules
              .slice(0, SHOWN)
              .map((r) => [
                <Code text={r.file} />,
                r.line === undefined ? '' : t.line(r.line, r.column),
                <Bare en text={`${r.reason}: ${r.detail}`} />,
              ])}
          />
          {k.brokenRules.length > SHOWN && <p className="note">{frame.more(k.brokenRules.length - SHOWN)}</p>}
        </Fold>
      )}
    </>
  )
})

function Between({ gap }: { gap: Gap }) {
  const { words: w } = useTexts()
  if (gap.after === undefined && gap.before === undefined) return null
  return <Dated text={w.span(iso(gap.after ?? null), iso(gap.before ?? null))} />
}
