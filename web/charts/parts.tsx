import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { visible } from '../../src/lib/visible.ts'
import type { Finding } from '../../src/model.ts'
import { useTexts } from '../texts/index.tsx'
import { formatOf } from './format.ts'
import { timeOf } from './scale.ts'

/** A text of the evidence: inert, with what cannot be seen made visible, and unable to turn what stands around it. */
export function Shown({ text, most = 200 }: { text: string; most?: number }) {
  return <bdi>{shown(text, most)}</bdi>
}

/** The same as a plain text, for names that assistive technology reads. */
export function shown(text: string, most = 200): string {
  const safe = visible(text.length > most ? text.slice(0, most) : text)
  return text.length > most ? `${safe}…` : safe
}

/** Cut in the middle, where the end of a path tells more than its beginning. */
export function shortened(text: string, most: number): string {
  const safe = shown(text, 2000)
  const characters = [...safe]
  if (characters.length <= most) return safe
  const end = Math.ceil((most - 1) * 0.6)
  return `${characters.slice(0, most - 1 - end).join('')}…${characters.slice(-end).join('')}`
}

/** How numbers and times are written in the language of the texts. */
export function useFormat() {
  return formatOf(useTexts().charts.locale)
}

/** The width of an element, followed while it changes; `start` until it was measured. */
export function useWidth(start: number) {
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
  return [ref, width] as const
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
  const t = useTexts().charts
  const f = useFormat()
  return (
    <ul className="chart-list">
      {findings.slice(0, most).map((finding) => {
        const at = timeOf(finding.first ?? finding.time)
        const text = (
          <>
            <span className="chart-when">{at === null ? t.unknownTime : f.moment(at)}</span> {t.stages[finding.stage]}:{' '}
            <Shown text={finding.title} />
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
  const ref = useRef<HTMLDivElement>(null)
  return (
    <div
      ref={ref}
      className="chart-panel"
      role="group"
      onKeyDown={(e) => {
        if (e.key === 'Escape') onClose()
      }}
    >
      <div className="chart-panel-head">
        <strong>{title}</strong>
        <button type="button" className="chart-button" onClick={onClose}>
          {t.close}
        </button>
      </div>
      {children}
    </div>
  )
}

/** Is the page being printed? */
export function usePrinting(): boolean {
  const [printing, set] = useState(() => matchMedia('print').matches)
  useEffect(() => {
    const media = matchMedia('print')
    const to = (is: boolean): void => flushSync(() => set(is))
    const [before, after] = [() => to(true), () => to(media.matches)]
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    media.addEventListener('change', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
      media.removeEventListener('change', after)
    }
  }, [])
  return printing
}
