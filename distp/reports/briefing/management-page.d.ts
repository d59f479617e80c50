import type { Assessment } from '../../model/assessment.ts';
import { type PackTexts, type Translations } from '../../model/pack-texts.ts';
import type { Mailbox } from '../../model/mailbox.ts';
import { type Facts } from './facts.ts';
import type { Language } from './languages.ts';
import { type BriefingPage, type Quoted, type Say, type BriefingText } from './page.ts';
import { type Count } from './words.ts';
/** The page for management, one or two pages long: made from the facts of the assessment, in any of the languages. */
export declare function managementPage(a: Assessment, language: Language, texts: PackTexts, names?: boolean): BriefingPage;
/** What writes a page in one language. */
export type Pen = ReturnType<typeof penOf>;
export declare function penOf({ zone }: Pick<Facts, 'zone'>, language: Language): {
    language: "de" | "en" | "fr" | "ja";
    words: import("./words.ts").Words;
    format: import("./formats.ts").Formats;
    /** A time, with the server's own beside it. */
    moment: (iso: string) => string;
    span: (from: string | null, to: string | null) => string | null;
    /** In UTC alone, where many times are together. */
    utc: (from: string | null, to: string | null) => string | null;
    count: (n: number) => Count;
    /** Hours as days, to a tenth; what was covered is never rounded up. */
    days: (hours: number, whole?: (n: number) => number) => Count;
    prose: (...parts: readonly Say[]) => BriefingText;
};
export declare function subjectOf({ kind, name }: Pick<Facts, 'kind' | 'name'>): {
    kind: import("./facts.ts").Kind;
    name: Quoted;
};
export declare function headlineOf(facts: Facts, { words }: Pen): BriefingText;
export declare function leadOf({ headline, sure, kind, beyond, why }: Facts, { words }: Pen): BriefingText;
export declare function doorText(door: Facts['doors'][number], intrusion: boolean, pen: Pen): BriefingText;
export declare function takenText({ is, taken }: Facts, pen: Pen): BriefingText;
/** By which ways; one that the catalogues do not know stays as its pack names it. */
export declare function waysText(means: readonly string[], { words }: Pen): BriefingText;
export declare function amountText({ requests, bytes, items }: Pick<Mailbox, 'requests' | 'bytes' | 'items'>, pen: Pen): BriefingText;
export declare function stillText({ is: { 'still-there': is }, left, logs }: Facts, pen: Pen): BriefingText;
/** A sentence of a pack in the language of the page; where the pack has none, its own words, quoted. */
export declare function inLanguage(sentences: Translations | undefined, own: string, language: Language): string | Quoted;
export declare function howSureText(facts: Facts, pen: Pen): BriefingText;
