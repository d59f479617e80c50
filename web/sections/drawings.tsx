import { memo, useCallback } from 'react'
import { AttackPath, CoverageMap, ExposureChart, Timeline } from '../charts/index.ts'
import type { TimeSpan } from '../charts/scale.ts'
import { useFragment, useGo } from '../state.ts'
import type { View } from '../view.ts'

// The charts in the report: what is picked opens as evidence, what is chosen filters the findings.

export const PathDrawing = memo(function PathDrawing({ view }: { view: View }) {
  return <AttackPath report={view.report} onPick={useOpen()} />
})

export const CoverageDrawing = memo(function CoverageDrawing({ view }: { view: View }) {
  const go = useGo()
  return (
    <CoverageMap
      report={view.report}
      onPick={useOpen()}
      onFile={(file) => go({ at: 'evidence', values: { file: file.path } })}
    />
  )
})

export const ExposureDrawing = memo(function ExposureDrawing({ view }: { view: View }) {
  return <ExposureChart report={view.report} onPick={useOpen()} />
})

export const TimelineDrawing = memo(function TimelineDrawing({ view }: { view: View }) {
  const go = useGo()
  const { from, to } = useFragment().values
  const { findings } = view.report
  const choose = useCallback(
    (range: TimeSpan | null) => go({ values: { from: minuteOf(range?.from), to: minuteOf(range?.to) } }, true),
    [go],
  )
  return (
    <Timeline report={view.report} findings={findings} onPick={useOpen()} onRange={choose} range={rangeOf(from, to)} />
  )
})

function useOpen(): (id: string) => void {
  const go = useGo()
  return useCallback((id) => go({ values: { open: id } }), [go])
}

const MINUTE = 60_000

/** The filter of findings knows minutes. */
function minuteOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(Math.floor(time / MINUTE) * MINUTE).toISOString().slice(0, 16)
}

/** What the filter holds, as the chart shows it: open to a side where only the other is given. */
function rangeOf(from: string | undefined, to: string | undefined): TimeSpan | null {
  const [a, b] = [timeOf(from, 0), timeOf(to, MINUTE - 1)]
  if (a === null && b === null) return null
  return { from: a ?? Date.UTC(1601, 0, 1), to: b ?? Date.UTC(9999, 0, 1) }
}

function timeOf(text: string | undefined, more: number): number | null {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text ?? '')
    ? Date.parse(text!.length === 10 ? text! : `${text}:00Z`)
    : NaN
  if (Number.isNaN(time)) return null
  return time + (text!.length === 10 && more > 0 ? 86_399_999 : more)
}
