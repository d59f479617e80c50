import { de } from './de.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'
import type { Language } from './languages.ts'
import type { BriefingPage, BriefingText } from './page.ts'
import type { Words } from './words.ts'

export const catalogues: Readonly<Record<Language, Words>> = { en, de, fr, ja }

/** A page as its language is set: French has a space that does not break before its high signs and inside its quotation marks. */
export function typeset(page: BriefingPage): BriefingPage {
  return page.language === 'fr' ? (french(page) as BriefingPage) : page
}

/** The same for a text alone. */
export function typesetText(text: BriefingText, language: Language): BriefingText {
  return language === 'fr' ? (french(text) as BriefingText) : text
}

function french(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .replace(/ ([;?!])/g, '\u202f$1')
      .replace(/ ([:»])/g, '\u00a0$1')
      .replace(/« /g, '«\u00a0')
  if (Array.isArray(value)) return (value as BriefingText).map(french)
  if (typeof value !== 'object' || value === null || 'quoted' in value) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, french(each)]))
}
