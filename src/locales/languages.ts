/** The languages of what is written for people who do not read logs. */
export const briefingLanguages = ['en', 'de', 'fr', 'ja'] as const
export type Language = (typeof briefingLanguages)[number]

/** What each calls itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  ja: '日本語',
}

export function isLanguage(text: string): text is Language {
  return (briefingLanguages as readonly string[]).includes(text)
}
