import type { Language } from './languages.ts';
import type { BriefingPage, BriefingText } from './page.ts';
import type { Words } from './words.ts';
export declare const catalogues: Readonly<Record<Language, Words>>;
/** A page as its language is set: French has a space that does not break before its high signs and inside its quotation marks. */
export declare function typeset(page: BriefingPage): BriefingPage;
/** The same for a text alone. */
export declare function typesetText(text: BriefingText, language: Language): BriefingText;
