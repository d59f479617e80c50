import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { visible } from '../../src/lib/control-characters.ts'
import type { Finding } from '../../src/model/finding.ts'
import { usePrinting } from '../parts/print.tsx'
import { Bare, clip } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import { formatOf } from './format.ts'
import { timeOf } from './scale.ts'

/** A text of the evidence as a plain text, for names that assistive technology reads. */
export function shown(text: string, most = 200): string {
  return clip(visible(text), most)
}

/** Cut in the middle, where the end of a path tells more than its beginning. */
export function shortLabel(text: string, most: number): string {
  const characters = [...visible(text.slice(0, 2000).toWellFormed())]
  if (characters.length <= most) return characters.join('')
  const end = Math.ceil((most - 1) * 0.6)
  return `${characters.slice(0, most - 1 - end).join('')}…${characters.slice(-end).join('')}`
}

/** How numbers and times are written in the language of the texts. */
export function useFormat() {
  return formatOf(useTexts().charts.locale)
}

/** What a sheet of A4 holds between its margins, in CSS pixels: nothing is measured while a page is printed. */
export const PAPER = 680

/** The width of an element, followed while it changes; `start` until it was measured. */
export function useWidth(start: number) {
  const printing = usePrinting()
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(start)
  useLayoutEffect(() => {
    const element = ref.current!
    const measure = (): void => {
      const now = Math.floor(element.getBoundingClientRect().width)
      if (now > 0) setWidth(now)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, printing ? Math.min(width, PAPER) : width] as const
}

/** Buttons of findings, the first so many of them. */
export function FindingList({
  findings,
  onPick,
  most = 50,
}: {
  findings: readonly Finding[]
  onPick?: ((id: string) => void) | undefined
  most?: number
}) {
  const { charts: t, words: w } = useTexts()
  const f = useFormat()
  return (
    <ul className="chart-list">
      {findings.slice(0, most).map((finding) => {
        const at = timeOf(finding.first ?? finding.time)
        const text = (
          <>
            <span className="chart-when">{at === null ? t.unknownTime : f.moment(at)}</span> {w.stages[finding.stage]}:{' '}
            <Bare en text={finding.title} length={200} />
          </>
        )
        return (
          <li key={finding.id}>
            {onPick ? (
              <button type="button" className="chart-link" onClick={() => onPick(finding.id)}>
                {text}
              </button>
            ) : (
              text
            )}
          </li>
        )
      })}
      {findings.length > most ? <li className="chart-quiet">{t.more(f.number(findings.length - most))}</li> : null}
    </ul>
  )
}

/** What opens below a chart when something in it was chosen. */
export function Panel({ title, onClose, children }: { title: ReactNode; onClose: () => void; children: ReactNode }) {
  const t = useTexts().charts
  const id = useId()
  return (
    <div
      className="chart-panel"
      role="group"
      aria-labelledby={id}
      onKeyDown={(e) => {
        if (e.key === 'Escape') onClose()
      }}
    >
      <div className="chart-panel-head">
        <strong id={id}>{title}</strong>
        <button type="button" className="chart-button" onClick={onClose}>
          {t.close}
        </button>
      </div>
      {children}
    </div>
  )
}
