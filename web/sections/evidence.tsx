import { memo, useDeferredValue, useMemo } from 'react'
import type { Artifact } from '../../src/model/evidence.ts'
import { Fold } from '../parts/fold.tsx'
import { usePrinting } from '../parts/print.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Code } from '../parts/text.tsx'
import { type Shown, VirtualTable } from '../parts/virtual.tsx'
import { useFragment, useGo } from '../state.ts'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'

/** What was read, byte for byte, and with what knowledge. */
export const EvidenceAndKnowledge = memo(function EvidenceAndKnowledge({ view }: { view: View }) {
  const { evidence: t, words: w } = useTexts()
  const { evidence: e, knowledge: k } = view.report
  const isAsked = useFragment().values.file !== undefined
  const options = Object.entries(k.options).sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    <>
      <p>{t.read(e.files, w.bytes(e.bytes))}</p>
      {e.manifest.length > 0 && (
        <Fold title={t.manifest} open={isAsked} prints>
          <Manifest view={view} />
        </Fold>
      )}
      <h3>{t.knowledge}</h3>
      <dl className="fields">
        <Field name={t.tool} value={k.tool.replace(/^postern /, '')} />
        <Field name={t.all} hash={k.sha256} />
        {k.bundle && (
          <Field
            name={t.bundle}
            value={t.good(w.count(k.bundle.version), w.utc(k.bundle.expires))}
            hash={k.bundle.sha256}
          />
        )}
        {k.packs.map((p) => (
          <Field name={p.pack} value={t.rules(p.rules)} hash={p.sha256} key={`pack ${p.pack}`} />
        ))}
        {k.tables.map((table) => (
          <Field name={table.table} hash={table.sha256} key={`table ${table.table}`} />
        ))}
        {options.map(([name, value]) => (
          <Field name={`--${name}`} value={value} key={`option ${name}`} />
        ))}
      </dl>
    </>
  )
})

function Field({ name, value, hash }: { name: string; value?: string; hash?: string }) {
  return (
    <div>
      <dt>
        <Bare text={name} length={80} />
      </dt>
      <dd>
        {value !== undefined && <Bare text={value} />}
        {value !== undefined && hash !== undefined && <br />}
        {hash !== undefined && <code className="hash">{hash}</code>}
      </dd>
    </div>
  )
}

const PRINTED = 60

function Manifest({ view }: { view: View }) {
  const { evidence: t, words: w } = useTexts()
  const printing = usePrinting()
  const go = useGo()
  const asked = useFragment().values.file ?? ''
  const wanted = useDeferredValue(asked.trim().toLowerCase())
  const all = view.report.evidence.manifest
  const files = useMemo(
    () =>
      wanted === ''
        ? all
        : all.filter((f) => `${f.path}\n${f.windowsPath ?? ''}\n${f.sha256}`.toLowerCase().includes(wanted)),
    [all, wanted],
  )
  const left = view.counts.files - all.length
  const readAs = (f: Artifact): string => (f.parser === null ? t.notRead : f.parser === 'scan' ? t.scanned : f.parser)
  if (printing) {
    const shown = all.slice(0, PRINTED)
    return (
      <>
        <DataTable
          caption={t.caption}
          columns={[t.file, { head: t.size, number: true }, t.readAs, t.sha]}
          quiet
          rows={shown.map((f) => [
            <Code text={f.path} />,
            w.bytes(f.size),
            readAs(f),
            <code className="hash">{f.sha256}</code>,
          ])}
        />
        {view.counts.files > shown.length && (
          <p className="note">{t.printed(shown.length, view.counts.files - shown.length)}</p>
        )}
      </>
    )
  }
  const columns: readonly Shown<Artifact>[] = [
    {
      head: t.file,
      width: 'minmax(14rem, 1fr)',
      cell: (f) => (
        <>
          <Bare text={f.path} length={400} />
          {f.windowsPath !== null && f.windowsPath !== f.path && (
            <span className="target">
              <Bare text={f.windowsPath} length={400} />
            </span>
          )}
        </>
      ),
    },
    { head: t.size, width: '5.5rem', number: true, cell: (f) => w.bytes(f.size) },
    { head: t.readAs, width: '8.5rem', cell: readAs },
    { head: t.entries, width: '5rem', number: true, cell: (f) => w.count(f.events) },
    { head: t.sha, width: '15rem', cell: (f) => <code className="hash">{f.sha256}</code> },
  ]
  return (
    <>
      <div className="filters">
        <div className="field wide">
          <label htmlFor="file-search">{t.search}</label>
          <input
            id="file-search"
            type="search"
            value={asked}
            onChange={(event) => go({ values: { file: event.currentTarget.value || null } }, true)}
          />
        </div>
      </div>
      <p className="shown" role="status">
        {t.shown(files.length, all.length)}
      </p>
      <VirtualTable caption={t.caption} columns={columns} rows={files} />
      {left > 0 && <p className="note">{t.left(left)}</p>}
    </>
  )
}
