import type { FindingWithHits } from './findings.ts';
/** Mail that findings show already: who opened it, from where, by which access method, and which mailboxes the row names. */
export type ShownMail = {
    readonly user: string | null;
    readonly client: string | null;
    readonly means: string | null;
    readonly mailboxes: readonly string[];
    readonly counts: boolean;
};
/** Mail that was opened or taken away, by what findings show of each row. */
export declare function shownMail(found: readonly FindingWithHits[]): Generator<ShownMail>;
