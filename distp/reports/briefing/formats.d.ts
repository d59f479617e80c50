import { type Zone, zoneOf } from '../../lib/zones.ts';
import type { Language } from './languages.ts';
/** Numbers, dates and times as one language writes them. Times are UTC, with the server's own time where its zone is known. */
export type Formats = {
    /** `12,345` */
    readonly number: (n: number) => string;
    /** One decimal at most: `46.5`. */
    readonly decimal: (n: number) => string;
    /** `48.2 MB`, in powers of ten. */
    readonly bytes: (n: number) => string;
    /** `3 March 2021`; the text as it is where it is no ISO date. */
    readonly day: (iso: string) => string;
    /** `3 March 2021, 04:23 UTC (05:23 in Europe/Vienna)` */
    readonly moment: (iso: string, zone?: Zone | null) => string;
    /** From when to when; null where neither is known. */
    readonly span: (from: string | null, to: string | null, zone?: Zone | null) => string | null;
    /** The form for a number. Japanese has one. */
    readonly plural: (n: number, one: string, many: string) => string;
};
export { zoneOf };
export declare const formats: Readonly<Record<Language, Formats>>;
