import type { MouseEvent, ReactNode } from 'react'
import type { Finding } from '../../src/model/finding.ts'
import { utc } from '../../src/locales/en/words.ts'
import { hashOf, type Key, useGo } from '../state.ts'
import { useTexts } from '../texts.tsx'
import { Bare } from './text.tsx'

/** A link to a place of the page. It keeps the state; copied, it is the place alone. */
export function To({
  at,
  children,
  className,
  current,
  into,
}: {
  at: string
  children: ReactNode
  className?: string
  current?: boolean
  /** The id of a part of that place which is gone to, where there is one. */
  into?: string
}) {
  const go = useGo()
  return (
    <a
      href={hashOf({ at, values: {} })}
      className={className}
      aria-current={current || undefined}
      onClick={(event) => {
        if (!isPlain(event)) return
        event.preventDefault()
        go({ at })
        const part = into === undefined ? null : document.getElementById(into)
        ;(part ?? document.getElementById(at))?.scrollIntoView()
        ;(part ?? document.getElementById(`${at}-title`))?.focus({ preventScroll: true })
      }}
    >
      {children}
    </a>
  )
}

/** A link that opens the evidence of a finding. */
export function EvidenceLink({ id, children, className }: { id: string; children: ReactNode; className?: string }) {
  const go = useGo()
  return (
    <a
      href={hashOf({ at: 'findings', values: { open: id } })}
      className={className}
      aria-haspopup="dialog"
      onClick={(event) => {
        if (!isPlain(event)) return
        event.preventDefault()
        go({ values: { open: id } })
      }}
    >
      {children}
    </a>
  )
}

/** A finding by its title, with its time. */
export function FindingLink({ finding, length = 160 }: { finding: Finding; length?: number }) {
  return (
    <>
      <EvidenceLink id={finding.id}>
        <Bare en text={finding.title} length={length} />
      </EvidenceLink>{' '}
      <span className="faint nowrap">{utc(finding.first ?? finding.time)}</span>
    </>
  )
}

/** Findings by id, one of each title; what is no finding of this page stands as it is. */
export function References({
  ids,
  byId,
  shown = 3,
  left = 0,
}: {
  ids: readonly string[]
  /** Findings that the list lacks. */
  left?: number | undefined
  byId: ReadonlyMap<string, Finding>
  shown?: number
}) {
  const t = useTexts()
  const byTitle = new Map([...ids].reverse().map((id) => [byId.get(id)?.title ?? id, id]))
  const list = [...byTitle.values()].reverse()
  return (
    <>
      {list.slice(0, shown).map((id) => {
        const finding = byId.get(id)
        return (
          <span className="ref" key={id}>
            {finding ? (
              <EvidenceLink id={id}>
                <Bare en text={finding.title} length={100} />
              </EvidenceLink>
            ) : (
              <Bare text={id} length={100} />
            )}
          </span>
        )
      })}
      {ids.length + left > Math.min(shown, list.length) && (
        <span className="faint">{t.frame.findingsInAll(ids.length + left)}</span>
      )}
    </>
  )
}

/** A value that filters the table of findings when it is clicked. */
export function Filtering({ by, value, children }: { by: Key; value: string; children: ReactNode }) {
  const go = useGo()
  const t = useTexts()
  return (
    <button
      type="button"
      className="filtering"
      title={t.frame.filterBy}
      onClick={() => {
        go({ at: 'findings', values: { open: null, [by]: value } })
        document.getElementById('findings')?.scrollIntoView()
      }}
    >
      {children}
    </button>
  )
}

const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
