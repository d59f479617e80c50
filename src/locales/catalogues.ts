import type { Is, Question, VerdictIs } from '../model/answer.ts'
import type { SubjectKind } from '../model/sign.ts'
import { caseTexts as caseInEn } from './en/case.ts'
import { vocabulary as vocabularyInEn } from './en/vocabulary.ts'
import { weighed as weighedInEn } from './en/weighed.ts'
import { caseTexts as caseInDe } from './de/case.ts'
import { vocabulary as vocabularyInDe } from './de/vocabulary.ts'
import { weighed as weighedInDe } from './de/weighed.ts'
import { caseTexts as caseInFr } from './fr/case.ts'
import { vocabulary as vocabularyInFr } from './fr/vocabulary.ts'
import { weighed as weighedInFr } from './fr/weighed.ts'
import { caseTexts as caseInJa } from './ja/case.ts'
import { vocabulary as vocabularyInJa } from './ja/vocabulary.ts'
import { weighed as weighedInJa } from './ja/weighed.ts'
import type { CaseTexts } from './case.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { WeighedWords } from './weighed.ts'
import { de } from './de/briefing.ts'
import { en } from './en/briefing.ts'
import { fr } from './fr/briefing.ts'
import { ja } from './ja/briefing.ts'
import type { Language } from './languages.ts'
import type { BriefingPage, BriefingText } from './briefing-text.ts'
import type { Words } from './briefing.ts'

export const catalogues: Readonly<Record<Language, Words>> = { en, de, fr, ja }

export const weighedWords: Readonly<Record<Language, WeighedWords>> = {
  en: weighedInEn,
  de: weighedInDe,
  fr: weighedInFr,
  ja: weighedInJa,
}

/** Every text of the page of a case by a key of its own, so that the page can show another language. */
export type CaseWords = CaseTexts &
  Readonly<
    Record<`verdict.${VerdictIs}` | `question.${Question}` | `is.${Is}` | `kind.${'client' | SubjectKind}`, string>
  >

export const caseWords: Readonly<Record<Language, CaseWords>> = {
  en: caseWordsOf(caseInEn, vocabularyInEn, weighedInEn),
  de: caseWordsOf(caseInDe, vocabularyInDe, weighedInDe),
  fr: caseWordsOf(caseInFr, vocabularyInFr, weighedInFr),
  ja: caseWordsOf(caseInJa, vocabularyInJa, weighedInJa),
}

function caseWordsOf(own: CaseTexts, { verdict, questions, is }: Vocabulary, { subjects }: WeighedWords): CaseWords {
  const flat = [
    ...Object.entries(verdict).map(([id, word]) => [`verdict.${id}`, word]),
    ...Object.entries(questions).map(([id, { short }]) => [`question.${id}`, short]),
    ...Object.entries(is).map(([id, word]) => [`is.${id}`, word]),
    ...Object.entries({ ...subjects, client: own.client }).map(([kind, word]) => [`kind.${kind}`, word]),
  ]
  return { ...own, ...Object.fromEntries(flat) } as CaseWords
}

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
