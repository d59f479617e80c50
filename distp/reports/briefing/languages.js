/** The languages of what is written for people who do not read logs. */
export const briefingLanguages = ['en', 'de', 'fr', 'ja'];
/** What each calls itself. */
export const languageNames = {
    en: 'English',
    de: 'Deutsch',
    fr: 'Français',
    ja: '日本語',
};
export function isLanguage(text) {
    return briefingLanguages.includes(text);
}
//# sourceMappingURL=languages.js.map