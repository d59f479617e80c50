import { catalogues, typeset } from '../../locales/catalogues.ts'
import type { Language } from '../../locales/languages.ts'
import { noticePage, recipientsOf } from './notice-page.ts'
import { type BriefingPage, say } from '../../locales/briefing-text.ts'
import { pagesHtml } from '../html/static-page.ts'
import type { Report } from '../report.ts'

/** notices.html: a letter to each person whose mailbox was read, for certain or possibly, each on a page of its own. */
export const notices: Report = {
  name: 'notices',
  file: 'notices.html',
  write: (assessment, { language = 'en' } = {}) => {
    const { notice } = catalogues[language]
    const recipients = recipientsOf(assessment)
    const pages = recipients.map((recipient) => noticePage(assessment, recipient, language))
    return pagesHtml(language, notice.title, pages.length > 0 ? pages : [nobody(language)], notice.fillIn)
  },
}

function nobody(language: Language): BriefingPage {
  const { notice } = catalogues[language]
  const lead = [{ block: 'text', text: say`${notice.none}` } as const]
  return typeset({ language, title: notice.title, headline: [], lead, sections: [], foot: [] })
}
