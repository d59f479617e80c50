import { type ComponentType, memo, startTransition, useEffect, useMemo, useState } from 'react'
import { isExposureShown } from '../src/locales/en/exposure.ts'
import type { Assessment } from '../src/model/assessment.ts'
import type { PackTexts } from '../src/model/pack-texts.ts'
import { openQuestions } from '../src/reports/shared/selections.ts'
import type { PageData } from './data.ts'
import { Boundary } from './parts/boundary.tsx'
import { Fold } from './parts/fold.tsx'
import { Management } from './pages/management.tsx'
import { Notify } from './pages/notify.tsx'
import { Mark } from './parts/icon.tsx'
import { To } from './parts/links.tsx'
import { PrintButtons, usePrint } from './parts/print.tsx'
import { SearchBox } from './parts/search.tsx'
import { Bare, clip, Dated } from './parts/text.tsx'
import { Actions } from './sections/actions.tsx'
import { Answers } from './sections/answers.tsx'
import { Drawer } from './sections/drawer.tsx'
import { CoverageDrawing, ExposureDrawing, PathDrawing, TimelineDrawing } from './sections/drawings.tsx'
import { Duties } from './sections/duties.tsx'
import { EvidenceAndKnowledge } from './sections/evidence.tsx'
import { Findings } from './sections/findings.tsx'
import { Limits, Settle } from './sections/open.tsx'
import { Mail, WaysBack, Who } from './sections/people.tsx'
import { Addresses, BlindFiles, CoverageTable, ExposureTables, Others, RequestsSection } from './sections/server.tsx'
import { Stages } from './sections/stages.tsx'
import { Story, TimeTable } from './sections/story.tsx'
import { Unread } from './sections/unread.tsx'
import { FirstScreen } from './sections/verdict.tsx'
import { hasLeads, Leads } from './sections/weighed.tsx'
import { Going, go, useFragment } from './state.ts'
import { type PageLanguage, type PageTexts, pageTexts } from '../src/locales/pages.ts'
import { TextsContext, useTexts } from './texts.tsx'
import { type View, viewOf } from './view.ts'

export type SectionId = keyof PageTexts['frame']['sections']
type Section = {
  readonly id: SectionId
  readonly body: ComponentType<{ view: View }>
  readonly has: (view: View) => boolean
  /** Where the same facts stand beside the page; assessment.json where nothing is said. */
  readonly file?: string
}

const always = (): boolean => true

/** What stands on the page below the verdict, in its order. */
const sections: readonly Section[] = [
  { id: 'answers', body: Answers, has: always },
  { id: 'leads', body: Leads, has: hasLeads },
  { id: 'settle', body: Settle, has: ({ report }) => openQuestions(report).length > 0 },
  { id: 'limits', body: Limits, has: ({ report: { verdict: v } }) => v.is === 'no-evidence' || v.is === 'targeted' },
  { id: 'story', body: Story, has: always },
  { id: 'path', body: Path, has: ({ report }) => report.intrusions.length > 0 },
  { id: 'timeline', file: 'findings.jsonl', body: Times, has: ({ report }) => report.findings.length > 0 },
  { id: 'actions', body: Actions, has: ({ report }) => report.actions.length > 0 },
  { id: 'duties', body: Duties, has: ({ report }) => report.duties.length > 0 },
  { id: 'mail', file: 'mailboxes.csv', body: Mail, has: ({ report }) => report.mailboxes.length > 0 },
  { id: 'back', body: WaysBack, has: ({ report }) => report.persistence.length > 0 },
  { id: 'addresses', body: Addresses, has: ({ report }) => report.clients.length > 0 },
  { id: 'requests', body: RequestsSection, has: ({ report }) => report.requests.rows > 0 },
  { id: 'others', body: Others, has: ({ report }) => report.thirdPartyResults.length > 0 },
  { id: 'coverage', file: 'coverage.jsonl', body: Coverage, has: always },
  {
    id: 'exposure',
    body: Exposure,
    has: ({ report }) => isExposureShown(report) || report.server.builds.length > 0,
  },
  { id: 'who', body: Who, has: ({ report }) => report.actors.length > 0 },
  { id: 'findings', file: 'findings.jsonl', body: Findings, has: ({ report }) => report.findings.length > 0 },
  { id: 'unread', file: 'coverage.jsonl', body: Unread, has: always },
  { id: 'evidence', body: EvidenceAndKnowledge, has: always },
]

/** A section that cannot say whether it is there is there: it will say that it cannot be shown. */
function isThere({ has }: Section, view: View): boolean {
  try {
    return has(view)
  } catch {
    return true
  }
}

/** Pages beside the report, each a place of its own in the fragment: `#management`. */
const pages: readonly {
  readonly id: PageId
  readonly body: ComponentType<{ report: Assessment; texts: PackTexts }>
}[] = [
  { id: 'management', body: Management },
  { id: 'notify', body: Notify },
]
type PageId = keyof PageTexts['frame']['pages']

/** The page of a report. `onReady` is called once all of it stands there. */
export function App({
  report: { report, counts, failed, texts: packTexts, rowsOf },
  onReady,
}: {
  report: PageData
  onReady?: () => void
}) {
  const { at, values } = useFragment()
  const printing = usePrint()
  const language: PageLanguage = Object.hasOwn(pageTexts, values.language ?? '')
    ? (values.language as PageLanguage)
    : 'en'
  const texts: PageTexts = pageTexts[language]
  const view = useMemo(() => viewOf(report, counts, failed, packTexts), [report, counts, failed, packTexts])
  const page = pages.find((p) => p.id === at)
  const Page = page?.body
  useEffect(() => {
    document.documentElement.dataset.theme = values.theme ?? 'system'
    document.documentElement.lang = language
  }, [values.theme, language])
  // The first screen is drawn before what stands below it.
  const [isWhole, setWhole] = useState(false)
  useEffect(() => startTransition(() => setWhole(true)), [])
  useEffect(() => {
    if (page || at === 'verdict') scrollTo(0, 0)
    else document.getElementById(at)?.scrollIntoView()
  }, [at, page, isWhole])
  useEffect(() => {
    if (isWhole) onReady?.()
  }, [isWhole, onReady])
  return (
    <TextsContext value={texts}>
      <Going value={go}>
        <PrintButtons value={printing}>
          <Skip />
          <Boundary instead={null}>
            <Masthead view={view} theme={values.theme} language={language} page={page?.id ?? null} />
          </Boundary>
          {Page ? (
            <main id="page" className="page">
              <Boundary
                instead={
                  <p className="failed-part">{texts.frame.failedPart(texts.frame.pages[page.id], 'assessment.json')}</p>
                }
                key={page.id}
              >
                <Page report={report} texts={packTexts} />
              </Boundary>
            </main>
          ) : (
            <div className="frame">
              <Contents view={view} isWhole={isWhole} />
              <main>
                <Boundary instead={<Sentence view={view} />}>
                  <FirstScreen view={view} />
                </Boundary>
                {isWhole && <Sections view={view} />}
              </main>
            </div>
          )}
          <Footer view={view} />
          <Boundary instead={null}>
            <Drawer id={values.open ?? null} view={view} rowsOf={rowsOf} />
          </Boundary>
        </PrintButtons>
      </Going>
    </TextsContext>
  )
}

/** What is left of the first screen whatever happens to it. */
function Sentence({ view: { report } }: { view: View }) {
  const { frame: t } = useTexts()
  return (
    <section id="verdict" className={`verdict v-${report.verdict.is}`}>
      <h1 lang="en" id="verdict-title" tabIndex={-1}>
        {clip(report.verdict.sentence, 2_000)}
      </h1>
      <p className="failed-part">{t.failedPart(t.sections.verdict, 'assessment.json')}</p>
    </section>
  )
}

// ---------------------------------------------------------------- sections with a chart

// attack path
function Path({ view }: { view: View }) {
  return (
    <>
      <PathDrawing view={view} />
      <Stages view={view} />
    </>
  )
}

// timeline
function Times({ view }: { view: View }) {
  const { story: t } = useTexts()
  const { findings } = view.report
  const undated = findings.filter((f) => (f.first ?? f.time) === null).length
  return (
    <>
      <TimelineDrawing view={view} />
      {undated > 0 && <p className="note">{t.undated(undated)}</p>}
      <Fold title={t.asTable}>
        <TimeTable findings={findings} />
      </Fold>
    </>
  )
}

// coverage
function Coverage({ view }: { view: View }) {
  const { coverage: t, words: w } = useTexts()
  const { first, last } = view.report.coverage
  return (
    <>
      {first !== null && last !== null && (
        <p className="lead">
          <Dated text={t.lead(w.utc(first), w.utc(last))} />
        </p>
      )}
      <BlindFiles view={view} />
      <CoverageDrawing view={view} />
      <CoverageTable view={view} />
    </>
  )
}

// exposure
function Exposure({ view }: { view: View }) {
  const { exposure: t, words: w } = useTexts()
  return (
    <>
      <p className="lead">
        {w.exposure(view.report)} {t.late} <strong>{w.patchedTooLate(view.report.exposure.patchedTooLate)}</strong>.
      </p>
      <ExposureDrawing view={view} />
      <ExposureTables view={view} />
    </>
  )
}

// ---------------------------------------------------------------- frame

function Skip() {
  const t = useTexts().frame
  return (
    <To at="verdict" className="skip">
      {t.skip}
    </To>
  )
}

function Masthead({
  view,
  theme,
  language,
  page,
}: {
  view: View
  theme: string | undefined
  language: PageLanguage
  page: PageId | null
}) {
  const { frame: t, words: w } = useTexts()
  const { server } = view.report
  const build = server.builds.at(-1)
  const ids = useMemo(() => sections.filter((s) => isThere(s, view)).map((s) => s.id), [view])
  return (
    <header className="masthead">
      <div className="inside">
        <p className="brand">
          <Mark />
          <span>Postern</span>
        </p>
        <p className="server">
          <strong>
            <Bare text={server.name} length={80} />
          </strong>{' '}
          <span>
            {w.product(server.product)}
            {build && `, ${t.build(build.build)}`}
          </span>
        </p>
        {pages.length > 0 && (
          <nav className="pages" aria-label={t.report}>
            <To at="verdict" current={page === null}>
              {t.report}
            </To>
            {pages.map(({ id }) => (
              <To at={id} current={page === id} key={id}>
                {t.pages[id]}
              </To>
            ))}
          </nav>
        )}
        <div className="tools" role="group" aria-label={t.tools}>
          <SearchBox view={view} sections={ids} />
          {Object.keys(pageTexts).length > 1 && (
            <select
              aria-label={t.languageLabel}
              value={language}
              onChange={(event) => go({ values: { language: event.currentTarget.value } }, true)}
            >
              {Object.entries(pageTexts).map(([id, texts]) => (
                <option value={id} lang={id} key={id}>
                  {texts.frame.language}
                </option>
              ))}
            </select>
          )}
          <select
            aria-label={t.theme}
            value={theme === 'light' || theme === 'dark' ? theme : 'system'}
            onChange={(event) => {
              const { value } = event.currentTarget
              go({ values: { theme: value === 'system' ? null : value } }, true)
            }}
          >
            {(['system', 'light', 'dark'] as const).map((id) => (
              <option value={id} key={id}>
                {t.themes[id]}
              </option>
            ))}
          </select>
          <button type="button" className="print" onClick={() => print()}>
            {t.print}
          </button>
        </div>
      </div>
    </header>
  )
}

const Contents = memo(function Contents({ view, isWhole }: { view: View; isWhole: boolean }) {
  const t = useTexts().frame
  const ids = useMemo(() => sections.filter((s) => isThere(s, view)).map((s) => s.id), [view])
  const current = useCurrent(ids, isWhole)
  return (
    <nav className="contents" aria-label={t.contents}>
      <ol>
        {ids.map((id) => (
          <li key={id}>
            <To at={id} current={id === current}>
              {t.sections[id]}
            </To>
          </li>
        ))}
      </ol>
    </nav>
  )
})

/** The section that the reader is in. */
function useCurrent(ids: readonly string[], isWhole: boolean): string | null {
  const [current, set] = useState<string | null>(null)
  useEffect(() => {
    const seen = new Set<string>()
    const watch = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) seen.add(target.id)
          else seen.delete(target.id)
        }
        set(ids.find((id) => seen.has(id)) ?? null)
      },
      { rootMargin: '-10% 0px -70% 0px' },
    )
    for (const id of ids) {
      const section = document.getElementById(id)
      if (section) watch.observe(section)
    }
    return () => watch.disconnect()
  }, [ids, isWhole])
  return current
}

const Sections = memo(function Sections({ view }: { view: View }) {
  const t = useTexts().frame
  return sections
    .filter((s) => isThere(s, view))
    .map(({ id, body: Body, file = 'assessment.json' }) => (
      <section id={id} aria-labelledby={`${id}-title`} key={id}>
        <h2 id={`${id}-title`} tabIndex={-1}>
          {t.sections[id]}
        </h2>
        <Boundary instead={<p className="failed-part">{t.failedPart(t.sections[id], file)}</p>}>
          <Body view={view} />
        </Boundary>
      </section>
    ))
})

const Footer = memo(function Footer({ view }: { view: View }) {
  const t = useTexts().frame
  return (
    <footer>
      <div className="inside">
        <p>{t.footer(clip(view.report.knowledge.tool.replace(/^postern /, ''), 40))}</p>
        <p>
          {t.besideIt}{' '}
          {t.beside.map(([file, what], i) => (
            <span key={file}>
              {i > 0 && ', '}
              <code>{file}</code> ({what})
            </span>
          ))}
        </p>
      </div>
    </footer>
  )
})
