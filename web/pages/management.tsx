import { useMemo, useState } from 'react'
import type { Assessment } from '../../src/model/assessment.ts'
import type { PackTexts } from '../../src/model/pack-texts.ts'
import { catalogues } from '../../src/locales/catalogues.ts'
import { isLanguage, type Language } from '../../src/locales/languages.ts'
import { managementPage } from '../../src/reports/briefing/management-page.ts'
import { useFragment } from '../state.ts'
import { LanguageChoice, Sheet } from './page.tsx'

/** The answer for a manager, on one sheet of paper or two. Names of people stand there only when they are wanted. */
export function Management({ report, texts }: { report: Assessment; texts: PackTexts }) {
  const [language, choose] = useManagementLanguage()
  const [names, show] = useState(false)
  const words = catalogues[language]
  const page = useMemo(() => managementPage(report, language, texts, names), [report, language, texts, names])
  return (
    <>
      <div className="sheet-tools" role="group" aria-label={words.tools} lang={language}>
        <LanguageChoice label={words.language} value={language} onChange={choose} />
        <label>
          <input type="checkbox" checked={names} onChange={(event) => show(event.currentTarget.checked)} />{' '}
          {words.showNames}
        </label>
        <button type="button" onClick={() => print()}>
          {words.print}
        </button>
      </div>
      <Sheet page={page} level={1} fillIn={words.notice.fillIn} />
    </>
  )
}

/** The language of this page: that of the report until another is chosen. */
export function useManagementLanguage(): readonly [Language, (language: Language) => void] {
  const { values } = useFragment()
  const [own, choose] = useState<Language | null>(null)
  return [own ?? (isLanguage(values.language ?? '') ? (values.language as Language) : 'en'), choose]
}
