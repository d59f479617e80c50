import { memo } from 'react'
import { type Rare } from '../../src/model/requests.ts'
import { type CveExposure, type Protection } from '../../src/model/exposure.ts'
import { type KindCoverage } from '../../src/model/coverage.ts'
import { type LogKind, stateKinds } from '../../src/model/log-kinds.ts'
import { blindFiles, holesTogether } from '../../src/reports/shared/selections.ts'
import { exposureGroups, joinedIntervals } from '../../src/locales/en/exposure.ts'
import { Fold } from '../parts/fold.tsx'
import { Filtering, References } from '../parts/links.tsx'
import { DataTable } from '../parts/table.tsx'
import { Bare, Code, Dated, FirstOf, Quoting } from '../parts/text.tsx'
import { useTexts } from '../texts.tsx'
import type { View } from '../view.ts'

const number = true
const ADDRESSES = 200
const STATUSES = 30
const statusHeads = ['2xx', '3xx', '4xx', '5xx'].map((head) => ({ head, number }))

/** All that the addresses of findings asked for. */
export const Addresses = memo(function Addresses({ view }: { view: View }) {
  const { addresses: t, words: w } = useTexts()
  const list = view.report.clients.slice(0, ADDRESSES)
  return (
    <>
      <p className="lead">{t.lead}</p>
      <DataTable
        caption={t.caption}
        columns={[t.address, { head: t.rows, number }, t.when, ...statusHeads, { head: t.sent, number }, t.findings]}
        quiet
        rows={list.map((c) => [
          <Filtering by="client" value={c.client}>
            <Code text={c.client} length={45} keep />
          </Filtering>,
          w.count(c.rows),
          <Dated text={w.span(c.first, c.last)} />,
          ...c.statuses.map((n) => w.count(n)),
          c.bytes === 0 ? <span className="faint">{t.notLogged}</span> : w.bytes(c.bytes),
          <References ids={c.findings} left={c.more?.findings} byId={view.byId} shown={2} />,
        ])}
      />
      {view.counts.clients > list.length && <p className="note">{t.more(view.counts.clients - list.length)}</p>}
    </>
  )
})

/** What was asked of the front end, and what of it is rare. */
export const RequestsSection = memo(function RequestsSection({ view }: { view: View }) {
  const { requests: t, words: w } = useTexts()
  const all = view.report.requests
  return (
    <>
      <p className="lead">{w.requests(all)}</p>
      <RareOnes title={t.pages} head={t.page} list={all.rarePages} />
      <RareOnes title={t.programs} head={t.program} list={all.rareAgents} />
      <DataTable
        caption={t.statuses}
        columns={[t.status, { head: t.rowsHead, number }, t.when]}
        rows={all.statuses
          .slice(0, STATUSES)
          .map((s) => [<Code text={s.value} length={40} />, w.count(s.rows), <Dated text={w.span(s.first, s.last)} />])}
      />
      {all.statuses.length > STATUSES && <p className="note">{t.moreStatuses(all.statuses.length - STATUSES)}</p>}
    </>
  )
})

function RareOnes({ title, head, list }: { title: string; head: string; list: readonly Rare[] | null }) {
  const { requests: t, addresses, words: w } = useTexts()
  if (list === null || list.length === 0)
    return <p className="note">{list === null ? t.tooFew(title) : t.none(title)}</p>
  return (
    <DataTable
      caption={title}
      columns={[head, addresses.address, { head: addresses.rows, number }, addresses.when, ...statusHeads]}
      rows={list.map((r) => [
        <>
          <Code text={r.value} />
          {r.known === true && <span className="faint"> {t.known}</span>}
        </>,
        <Code text={r.client} length={45} keep />,
        w.count(r.rows),
        <Dated text={w.span(r.first, r.last)} />,
        ...r.statuses.map((n) => w.count(n)),
      ])}
    />
  )
}

const OPINIONS = 300

/** Results of other tools, compared with the findings. */
export const Others = memo(function Others({ view }: { view: View }) {
  const { others: t, words: w } = useTexts()
  const list = view.report.thirdPartyResults.slice(0, OPINIONS)
  return (
    <>
      <p className="lead">{t.lead}</p>
      <DataTable
        caption={t.caption}
        columns={[t.tool, t.says, t.about, t.postern, t.why, t.because]}
        quiet
        rows={list.map((o) => [
          <>
            <strong>
              <Bare text={o.tool} length={80} />
            </strong>
            <br />
            <span className="faint">
              <Bare text={`${o.path}${o.line === null ? '' : `, ${t.line(o.line)}`}`} length={120} />
            </span>
          </>,
          <Bare text={o.reported} />,
          o.about !== null && <Code text={o.about} />,
          w.opinion[o.is],
          <Dated en text={o.why} length={400} />,
          <References ids={o.because} left={o.more?.because} byId={view.byId} />,
        ])}
      />
      {view.counts.thirdPartyResults > list.length && (
        <p className="note">{t.more(view.counts.thirdPartyResults - list.length)}</p>
      )}
    </>
  )
})

const BLIND = 50

/** Files that were not read and could hold persistence: without them the end of the evidence is not known. */
export const BlindFiles = memo(function BlindFiles({ view }: { view: View }) {
  const { coverage: t, words: w } = useTexts()
  const files = blindFiles(view.report.coverage)
  if (files.length === 0) return null
  const isAll = view.counts.blindSpots <= view.report.coverage.blindSpots.length
  return (
    <>
      <h3>{t.blind}</h3>
      <p>{t.blindLead}</p>
      <DataTable
        caption={t.blind}
        columns={[t.blindFile, t.blindReason, t.blindHolds]}
        quiet
        rows={files
          .slice(0, BLIND)
          .map((file) => [
            <Code text={file.path} />,
            <Reason reason={w.gapReasons[file.reason]} detail={file.detail} />,
            <Holds kinds={file.kinds} />,
          ])}
      />
      {(files.length > BLIND || !isAll) && <p className="note">{t.moreBlind(files.length - BLIND, isAll)}</p>}
    </>
  )
})

function Holds({ kinds }: { kinds: readonly LogKind[] }) {
  const holds: Readonly<Record<string, string>> = useTexts().coverage.holds
  const all = [...new Set(kinds.map((kind) => (Object.hasOwn(holds, kind) ? holds[kind]! : holds.other!)))]
  if (all.length === 1) return all[0]!
  return (
    <ul className="tight">
      {all.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  )
}

function Reason({ reason, detail }: { reason: string; detail: string }) {
  return (
    <>
      {reason}{' '}
      <span className="faint">
        (<Bare en text={detail} length={200} />)
      </span>
    </>
  )
}

/** How far the logs reach, with their holes. */
export const CoverageTable = memo(function CoverageTable({ view }: { view: View }) {
  const { coverage: t, words: w } = useTexts()
  const { coverage } = view.report
  if (coverage.kinds.length === 0) return <p className="none">{t.noLog}</p>
  const holes = holesTogether(coverage)
  return (
    <>
      {holes.length > 0 && (
        <>
          <h3>{t.holes}</h3>
          <ul>
            <FirstOf
              list={holes}
              shown={12}
              rest={t.moreHoles}
              each={(x) => (
                <li key={`${x.from} ${x.to}`}>
                  <strong>
                    <Dated text={w.span(x.from, x.to)} />
                  </strong>
                  : <Bare en text={x.logs.join(', ')} length={400} />{' '}
                  <span className="faint">
                    (<Bare en text={x.reasons.join('; ')} />)
                  </span>
                </li>
              )}
            />
          </ul>
        </>
      )}
      <Fold title={t.asTable} prints>
        <DataTable
          caption={t.caption}
          columns={[
            t.log,
            { head: t.files, number },
            { head: t.entries, number },
            t.first,
            t.last,
            { head: t.hours, number },
            t.holesHead,
          ]}
          quiet
          rows={coverage.kinds.map((k) => [
            <strong>
              <Bare en text={k.title} length={80} />
            </strong>,
            w.count(k.files),
            w.count(k.entries),
            k.first === null ? t.noTimes : <Dated text={w.utc(k.first)} />,
            k.last === null ? t.noTimes : <Dated text={w.utc(k.last)} />,
            w.count(k.hours),
            <Holes kind={k} />,
          ])}
        />
      </Fold>
    </>
  )
})

function Holes({ kind }: { kind: KindCoverage }) {
  const { coverage: t, words: w } = useTexts()
  if (stateKinds.has(kind.kind)) return t.state
  if (kind.gaps.length === 0) return t.noneSeen
  return (
    <ul className="tight">
      <FirstOf
        list={kind.gaps}
        shown={4}
        rest={t.moreHoles}
        each={(x) => (
          <li key={x.from}>
            <Dated text={w.span(x.from, x.to)} />: <Dated en text={x.reason} />
          </li>
        )}
      />
    </ul>
  )
}

const MAIN_CVES = 24

/** Builds, vulnerabilities and settings. */
export const ExposureTables = memo(function ExposureTables({ view }: { view: View }) {
  const { exposure: t, words: w } = useTexts()
  const { exposure: e, server, findings } = view.report
  const named = new Set(findings.flatMap((f) => f.cves))
  const groups = exposureGroups(view.report)
  const untouched = e.cves.filter((c) => c.state === 'not-affected').length
  return (
    <>
      {e.support && (
        <>
          <p>
            <strong>{t.update}</strong> <Dated text={w.update(e.support)} />.
          </p>
          <p>
            <strong>{t.support}</strong> <Dated text={w.support(e.support)} />.
          </p>
        </>
      )}
      {server.builds.length === 0 ? (
        <p className="none">{t.noBuild}</p>
      ) : (
        <DataTable
          caption={t.builds}
          columns={[t.build, t.when, t.from, t.exact]}
          rows={server.builds
            .slice(0, 100)
            .map((b) => [
              <Code text={b.build} />,
              b.from === null && b.to === null ? t.unknown : <Dated text={w.span(b.from, b.to)} />,
              <Bare en text={b.source} length={160} />,
              b.precision === 'cu' ? t.cu : t.su,
            ])}
        />
      )}
      <Group caption={t.open} list={groups.open} named={named} />
      <Group caption={t.was} list={groups.was} named={named} />
      <Group caption={t.notKnown} list={groups.unknown} named={named} />
      <Group caption={t.since} list={groups.since} named={named} folds />
      <Group caption={t.fixed} list={groups.fixed} named={named} folds />
      {e.protections.length > 0 && (
        <Fold title={t.settings(tally(e.protections, w))}>
          <DataTable
            caption={t.settingsCaption}
            columns={[t.mustBe, t.isIt, t.why, t.readFrom, t.decides]}
            quiet
            rows={e.protections.map((p) => [
              <Bare en text={p.title} />,
              <span className={`state c-${p.is}`}>{w.conditionStates[p.is]}</span>,
              <Bare en text={p.why} />,
              <ul className="tight">
                {p.from.map((path) => (
                  <li key={path}>
                    <Bare text={path} length={120} />
                  </li>
                ))}
              </ul>,
              p.cves.join(' '),
            ])}
          />
        </Fold>
      )}
      {untouched > 0 && <p className="note">{t.untouched(untouched)}</p>}
    </>
  )
})

/** What a finding speaks of, and what others were attacked by while it was open here, is not folded away. */
function Group({
  caption,
  list,
  named,
  folds = false,
}: {
  caption: string
  list: readonly CveExposure[]
  named: ReadonlySet<string>
  folds?: boolean
}) {
  const { exposure: t, words: w } = useTexts()
  if (list.length === 0) return null
  const main = list.filter((c) => named.has(c.cve) || (c.exploited && !folds)).slice(0, MAIN_CVES)
  const others = list.filter((c) => !main.includes(c))
  return (
    <>
      <h3>
        {caption} <span className="n">{w.count(list.length)}</span>
      </h3>
      {main.length > 0 && <Vulnerabilities caption={t.main(caption)} list={main} />}
      {others.length > 0 && (
        <Fold title={main.length > 0 ? t.furtherOnes(others.length) : t.vulnerabilities(others.length)}>
          <Vulnerabilities
            caption={main.length > 0 ? t.further(caption) : t.all(caption)}
            list={others.slice(0, 400)}
          />
        </Fold>
      )}
    </>
  )
}

function Vulnerabilities({ caption, list }: { caption: string; list: readonly CveExposure[] }) {
  const { exposure: t, words: w } = useTexts()
  const withMore = list.some((c) => w.condition(c) !== '')
  return (
    <DataTable
      caption={caption}
      columns={['CVE', t.atEnd, t.fromTo, t.fixedBy, ...(withMore ? [t.elseDecides] : [])]}
      quiet
      rows={list.map((c) => [
        <>
          <strong className="nowrap">{c.cve}</strong> {c.alias}
          <br />
          <span className="faint">{c.impact}</span>
        </>,
        <span className={`state s-${c.state}`}>{w.cveStates[c.state]}</span>,
        <ul className="tight">
          <FirstOf
            list={joinedIntervals(c)}
            shown={8}
            rest={t.moreIntervals}
            each={(i, n) => (
              <li key={n}>
                {w.cveStates[i.state]}:{' '}
                {i.from === null && i.to === null ? t.whenUnknown : <Dated text={w.span(i.from, i.to)} />}{' '}
                <span className="faint">
                  <Bare en text={i.source} length={120} />
                </span>
              </li>
            )}
          />
        </ul>,
        <Bare text={w.fix(c)} length={200} />,
        ...(withMore ? [<Conditions cve={c} />] : []),
      ])}
    />
  )
}

/** What else decides: words of the page around those of the knowledge. */
function Conditions({ cve: c }: { cve: CveExposure }) {
  const { words: w } = useTexts()
  if (c.conditions.length + c.mitigations.length === 0) return null
  return (
    <ul className="tight">
      {c.conditions.map((x) => (
        <li key={x.title}>
          <Quoting
            say={(title, why) => w.condition({ ...c, conditions: [{ ...x, title, why }], mitigations: [] })}
            texts={[x.title, x.why]}
          />
        </li>
      ))}
      {c.mitigations.map((x) => (
        <li key={x}>
          <Quoting say={(what) => w.condition({ ...c, conditions: [], mitigations: [what] })} texts={[x]} />
        </li>
      ))}
    </ul>
  )
}

function tally(protections: readonly Protection[], w: ReturnType<typeof useTexts>['words']): string {
  return (['not-met', 'unknown', 'met'] as const)
    .map((is) => [is, protections.filter((p) => p.is === is).length] as const)
    .flatMap(([is, n]) => (n > 0 ? [`${w.count(n)} ${w.conditionStates[is]}`] : []))
    .join(', ')
}
