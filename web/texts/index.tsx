import { createContext, useContext } from 'react'
import { de } from './de.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'

/** Every text that the page says by itself. Facts (names, paths, rows, what packs and rules say) stay as they are. */
export type Texts = typeof en

export const languages = { en, de, fr, ja } as const satisfies Record<string, Texts>
export type Language = keyof typeof languages

export const Said = createContext<Texts>(en)

/** The texts in the language that the reader chose. */
export const useTexts = (): Texts => useContext(Said)
/** That language. */
export const useLanguage = (): Language => {
  const texts = useContext(Said)
  return (Object.keys(languages) as Language[]).find((id) => languages[id] === texts) ?? 'en'
}
