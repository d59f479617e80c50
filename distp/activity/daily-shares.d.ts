import type { TraitTally } from '../model/scan.ts';
/** A sender of less than this part of a file is no proxy in it. */
export declare const LEAST_SHARE = 0.1;
/** Requests of a sender: all, those that were answered, and those that name another client. */
export type Share = {
    readonly rows: number;
    readonly answered: number;
    readonly named: number;
};
type Agents = Pick<TraitTally, 'values' | 'counts' | 'only'>;
type Changing<T> = {
    -readonly [K in keyof T]: T[K];
};
type Day = {
    rows: number;
    outside: number;
    readonly by: Map<string, Changing<Share>>;
    /** Programs of each sender, up to a limit. */
    readonly programs: Map<string, Set<string>>;
};
/** Who sends most requests on each of the last days. Rows of other days, which may be forged, make nothing a proxy, and hide none. */
export declare class DailyShares {
    #private;
    /** Rows of a file by their senders; `time`: of the first of them (ms); `agents`: of all of them. */
    addFile(time: number, sent: readonly (readonly [sender: string, share: Share])[], agents?: Agents): void;
    /** The same, by the numbers of rows and of those from outside; `many`: senders of at least a part of `LEAST_SHARE`. */
    add(time: number, rows: number, outside: number, many: readonly (readonly [sender: string, share: Share])[], agents?: Agents): void;
    /** The last days: null where none says anything. */
    recent(): Recent | null;
    /**
     * The days up to one (since 1970), which say who sends most on it: they lie between others of the server, so that days
     * that are written after the last one add nothing to them. Null where none says anything.
     */
    upTo(day: number): Recent | null;
}
/** Some days together. */
export declare class Recent {
    #private;
    readonly rows: number;
    /** Requests from outside. */
    readonly outside: number;
    readonly by: Map<string, Changing<Share>>;
    /** `own`: the day that they are asked about. */
    constructor(days: readonly Day[], own: Day | null);
    /** Did these senders use programs as many people do? Of other days, which may be forged, nothing counts. */
    haveManyPrograms(senders: readonly string[]): boolean;
    /**
     * The addresses that send most, as few as send this part of the rows of most days; null where more than `most` do. All days count
     * alike: one with far more rows than the others, which may be forged, says no more than they do. On the day that is asked about they
     * send most, too: who only did so on days before it, which may be forged, is no proxy on it.
     */
    senders(part: number, most: number): readonly string[] | null;
}
export {};
