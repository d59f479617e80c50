import type { RowGroups } from '../prefilter/rows.ts';
import type { RowLayout, RowTaker } from '../parsers/row-layout.ts';
import { type Event } from '../model/event.ts';
import type { SentTally } from '../model/scan.ts';
/** Fewest recipients within an hour that are many. */
export declare const MANY = 100;
/** Mail that one file records as sent. */
export declare class FileSentMail {
    #private;
    event(event: Event): void;
    /** Counts the rows that a taker takes, where they are rows of message tracking. */
    beside(taker: RowTaker, layout: RowLayout): RowTaker;
    /** Counts the rows that a taker has put together by their values; undefined where they are no rows of message tracking. */
    groups(layout: RowLayout): RowGroups | undefined;
    /** As plain data, in an order that does not depend on the way of reading; null where no mail was sent. */
    tally(): SentTally | null;
}
/** Hours in which an account sent to far more recipients than in any hour of the days before. */
export type Burst = {
    readonly sender: string;
    /** Hours since 1970. */
    readonly hours: ReadonlySet<number>;
    /** The most recipients in one hour of the days before, and how many days these are. */
    readonly before: {
        readonly recipients: number;
        readonly days: number;
    };
    /** It sent to as many before that week. Such days may be forged: they explain nothing of an account that came from a new address. */
    readonly isUsual: boolean;
    /** Paths of the files that record these hours. */
    readonly files: ReadonlySet<string>;
};
/** Mail that was sent, in all files. */
export declare class SentMail {
    #private;
    beyond: number;
    /** A file that is there twice is counted once; `isBeside`: of a log that explains nothing, so that it is no measure of what is much. */
    addFile(tally: SentTally | undefined, path: string, sha256: string, isBeside?: boolean): void;
    /**
     * Accounts that sent to a hundred recipients or more within an hour, and to ten times as many as in any hour of the week before that
     * day; what follows within a week of such an hour belongs to it. Files may be copies of one another in part: how many there were is
     * only known when the rows are read again.
     */
    bursts(): readonly Burst[];
}
