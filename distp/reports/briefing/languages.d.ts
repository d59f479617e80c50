/** The languages of what is written for people who do not read logs. */
export declare const briefingLanguages: readonly ['en', 'de', 'fr', 'ja'];
export type Language = (typeof briefingLanguages)[number];
/** What each calls itself. */
export declare const languageNames: Readonly<Record<Language, string>>;
export declare function isLanguage(text: string): text is Language;
