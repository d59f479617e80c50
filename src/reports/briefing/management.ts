import { catalogues } from '../../locales/catalogues.ts'
import { noPackTexts } from '../../model/pack-texts.ts'
import { managementPage } from './management-page.ts'
import { pagesHtml } from '../html/static-page.ts'
import type { Report } from '../report.ts'

/** management.html: what a manager needs, on one page or two of paper, without names of people. */
export const management: Report = {
  name: 'management',
  file: 'management.html',
  write: (assessment, { language = 'en', texts = noPackTexts } = {}) => {
    const page = managementPage(assessment, language, texts)
    return pagesHtml(language, page.title, [page], catalogues[language].notice.fillIn)
  },
}
