import { de } from './de/page.ts'
import { en } from './en/page.ts'
import { fr } from './fr/page.ts'
import { ja } from './ja/page.ts'

/** Every text of report.html that is its own. Facts (names, paths, rows, texts of packs and rules) stay as they are. */
export type PageTexts = typeof en

export const pageTexts = { en, de, fr, ja } as const satisfies Record<string, PageTexts>
export type PageLanguage = keyof typeof pageTexts
