import { memo, useEffect, useState } from 'react'
import type { Duty } from '../../src/model/response.ts'
import { Fold } from '../parts/fold.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Quoting } from '../parts/text.tsx'
import { useFragment, useGo } from '../state.ts'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'

/** Who may have to be told, and by when, counted from the time at which the reader became aware. */
export const Duties = memo(function Duties({ view }: { view: View }) {
  const { duties: t, words: w } = useTexts()
  const go = useGo()
  const given = useFragment().values.aware ?? ''
  const aware = timeOf(given)
  const list = view.report.duties
  return (
    <>
      <p className="lead">{t.lead}</p>
      <p className="aware">
        <label htmlFor="aware">{t.aware}</label>{' '}
        <input
          id="aware"
          type="datetime-local"
          max="9999-12-31T23:59"
          value={aware === null ? '' : given}
          onChange={(event) => go({ values: { aware: event.currentTarget.value || null } }, true)}
        />
        <span className="faint">{t.awareHint}</span>
      </p>
      <Fold title={t.laws(list.length)} open={aware !== null} prints>
        <DataTable
          caption={t.caption}
          columns={[t.law, t.binds, t.tell, t.within, t.until, t.note]}
          quiet
          rows={list.map((duty) => [
            <strong>
              <Bare en text={duty.law} />
            </strong>,
            <Bare en text={duty.appliesTo} />,
            <Bare en text={duty.notify} />,
            <>
              <Bare en text={duty.deadline} />
              <br />
              <span className="faint">
                <Quoting say={t.from} texts={[duty.from]} />
              </span>
            </>,
            <Clock duty={duty} aware={aware} utc={w.utc} />,
            <>
              <Bare en text={duty.note} length={1_000} />
              {duty.note !== '' && ' '}
              <span className="faint">
                <Bare en text={duty.source} />
              </span>
            </>,
          ])}
        />
      </Fold>
    </>
  )
})

/** How long is left, running. */
function Clock({ duty, aware, utc }: { duty: Duty; aware: number | null; utc: (time: string) => string }) {
  const { duties: t } = useTexts()
  const now = useNow()
  const all = clocks(duty)
  if (all.length === 0) return <span className="faint">{t.noClock}</span>
  if (aware === null) return <span className="faint">{t.enter}</span>
  return (
    <ul className="clocks">
      {all.map(({ what, lasts }) => {
        const end = aware + lasts
        const left = lasting(Math.abs(end - now), t)
        return (
          <li key={what}>
            {all.length > 1 && <span className="faint">{what}: </span>}
            <span className="nowrap">{utc(new Date(end).toISOString()).replace(/:\d\d UTC$/, ' UTC')}</span>{' '}
            <strong className={end < now ? 'over' : 'left'}>{end < now ? t.over(left) : t.left(left)}</strong>
          </li>
        )
      })}
    </ul>
  )
}

function useNow(): number {
  const [now, set] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

const units = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const

/** The times of a duty that run from awareness (or what its law calls so), as far as they are plain hours, days or weeks. */
export function clocks({
  deadline,
  from,
}: Pick<Duty, 'deadline' | 'from'>): readonly { readonly what: string; readonly lasts: number }[] {
  if (!/aware|discover|detect|notic|know|determin/i.test(from)) return []
  return deadline.split(/;\s*/).flatMap((what) => {
    const m = /^(\d+) (?:calendar )?(hour|day|week)s?\b/i.exec(what)
    if (!m || /\bafter\b|\bof an?\b|\bwhere\b/i.test(what)) return []
    return [{ what, lasts: Number(m[1]) * units[m[2]!.toLowerCase() as keyof typeof units] }]
  })
}

function timeOf(given: string): number | null {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(given) ? Date.parse(`${given}:00Z`) : Number.NaN
  return Number.isFinite(time) ? time : null
}

function lasting(ms: number, t: ReturnType<typeof useTexts>['duties']): string {
  const hours = Math.floor(ms / units.hour)
  if (hours >= 48) return `${t.days(Math.floor(hours / 24))} ${t.hours(hours % 24)}`
  return `${t.hours(hours)} ${t.minutes(Math.floor((ms % units.hour) / 60_000))}`
}
