import { createContext, useContext } from 'react'
import { type PageLanguage, type PageTexts, pageTexts } from '../src/locales/pages.ts'

export const TextsContext = createContext<PageTexts>(pageTexts.en)

/** The texts in the language that the reader chose. */
export const useTexts = (): PageTexts => useContext(TextsContext)
/** That language. */
export const useLanguage = (): PageLanguage => {
  const texts = useContext(TextsContext)
  return (Object.keys(pageTexts) as PageLanguage[]).find((id) => pageTexts[id] === texts) ?? 'en'
}
