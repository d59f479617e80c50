import { createContext, useContext } from 'react'
import { de } from './de.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'

/** Every text that the page says by itself. Facts (names, paths, rows, what packs and rules say) stay as they are. */
export type PageTexts = typeof en

export const languages = { en, de, fr, ja } as const satisfies Record<string, PageTexts>
export type PageLanguage = keyof typeof languages

export const Said = createContext<PageTexts>(en)

/** The texts in the language that the reader chose. */
export const useTexts = (): PageTexts => useContext(Said)
/** That language. */
export const useLanguage = (): PageLanguage => {
  const texts = useContext(Said)
  return (Object.keys(languages) as PageLanguage[]).find((id) => languages[id] === texts) ?? 'en'
}
