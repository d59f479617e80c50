import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { filtered, searchable } from '../filter.ts'
import { useGo } from '../state.ts'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'
import { Bare } from './text.tsx'

type Result = { readonly kind: string; readonly name: ReactNode; readonly more?: string; readonly go: () => void }

const EACH = 6

/** Searches everything: findings, files, mailboxes, addresses, vulnerabilities, sections. */
export function SearchBox({ view, sections }: { view: View; sections: readonly string[] }) {
  const { frame: t } = useTexts()
  const [asked, ask] = useState('')
  const [isOpen, open] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const wanted = useDeferredValue(asked.trim().toLowerCase())
  const close = (): void => open(false)
  const results = useResults(view, sections, wanted)
  useEffect(() => {
    const key = (event: globalThis.KeyboardEvent): void => {
      const at = event.target
      const isTyping = at instanceof HTMLElement && (at.matches('input, select, textarea') || at.isContentEditable)
      if (
        event.key !== '/' ||
        isTyping ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        document.querySelector('dialog[open]')
      )
        return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  }, [])
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      close()
      input.current?.focus()
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const all = [...(box.current?.querySelectorAll<HTMLElement>('input, .results button') ?? [])]
    const next = all[all.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)]
    if (next) {
      event.preventDefault()
      next.focus()
    }
  }
  return (
    <div
      className="search"
      role="search"
      ref={box}
      onKeyDown={onKey}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <input
        type="search"
        ref={input}
        value={asked}
        aria-label={t.search}
        aria-keyshortcuts="/"
        placeholder={t.searchPlaceholder}
        title={t.searchKey}
        onFocus={() => open(true)}
        onChange={(event) => {
          ask(event.currentTarget.value)
          open(true)
        }}
      />
      {isOpen && wanted !== '' && (
        <div className="results">
          <p role="status">{t.results(results.length)}</p>
          <ul>
            {results.map((r, i) => (
              <li key={i}>
                <button
                  type="button"
                  onClick={() => {
                    close()
                    r.go()
                  }}
                >
                  <span className="kind">{r.kind}</span> <span className="name">{r.name}</span>
                  {r.more && <span className="faint"> {r.more}</span>}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function useResults(view: View, sections: readonly string[], wanted: string): readonly Result[] {
  const { frame: t, words: w } = useTexts()
  const go = useGo()
  return useMemo(() => {
    if (wanted === '') return []
    const { report: a } = view
    const words = wanted.split(/\s+/)
    const has = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word))
    const to =
      (at: string, values = {}) =>
      (): void => {
        go({ at, values })
        document.getElementById(at)?.scrollIntoView()
        document.getElementById(`${at}-title`)?.focus({ preventScroll: true })
      }
    const findings = filtered(searchable(view.report), { text: wanted })
    const files = a.evidence.manifest.filter((f) => has(`${f.path} ${f.windowsPath ?? ''} ${f.sha256}`))
    return [
      ...sections
        .filter((id) => has(t.sections[id as keyof typeof t.sections]))
        .map((id) => ({ kind: t.resultKinds.section, name: t.sections[id as keyof typeof t.sections], go: to(id) })),
      ...a.mailboxes
        .filter((m) => has([m.mailbox, ...m.names].join(' ')))
        .slice(0, EACH)
        .map((m) => ({
          kind: t.resultKinds.mailbox,
          name: <Bare text={m.mailbox} length={80} />,
          more: w.certainties[m.certainty],
          go: to('mail'),
        })),
      ...a.exposure.cves
        .filter((c) => has(`${c.cve} ${c.alias}`))
        .slice(0, EACH)
        .map((c) => ({
          kind: t.resultKinds.cve,
          name: `${c.cve} ${c.alias}`,
          more: w.cveStates[c.state],
          go: to('exposure'),
        })),
      ...a.clients
        .filter((c) => has(c.client))
        .slice(0, EACH)
        .map((c) => ({
          kind: t.resultKinds.client,
          name: <Bare text={c.client} length={60} />,
          more: t.findingsInAll(c.findings.length),
          go: to('findings', { open: null, client: c.client }),
        })),
      ...findings.slice(0, EACH).map((f) => ({
        kind: t.resultKinds.finding,
        name: <Bare en text={f.title} length={100} />,
        more: w.utc(f.first ?? f.time),
        go: () => go({ values: { open: f.id } }),
      })),
      ...(findings.length > EACH
        ? [{ kind: t.resultKinds.finding, name: t.allFindings(findings.length), go: to('findings', { text: wanted }) }]
        : []),
      ...files.slice(0, EACH).map((f) => ({
        kind: t.resultKinds.file,
        name: <Bare text={f.path} length={120} />,
        more: w.bytes(f.size),
        go: to('evidence', { file: f.path }),
      })),
      ...(files.length > EACH
        ? [{ kind: t.resultKinds.file, name: t.allFiles(files.length), go: to('evidence', { file: wanted }) }]
        : []),
    ]
  }, [view, sections, wanted, go, t, w])
}
