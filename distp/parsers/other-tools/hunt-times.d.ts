import type { Place, TimeBasis } from '../../model/event.ts';
import type { Sink } from '../parser.ts';
/** When a result was, as far as its file says it. */
export type HuntTime = {
    readonly time: number | null;
    readonly basis: TimeBasis;
};
/**
 * Times in the forms that Hayabusa can be asked for: ISO, RFC 2822 and 3339, `03-25-2021 04:25:01.000 AM +00:00`,
 * `03-25-2021 04:25:01.000 +00:00` and `25-03-2021 04:25:01.000 +00:00`. All results of a file are written in one form, so
 * a day over 12 tells day from month for all. Until one comes they wait; when none does they have no time.
 */
export declare class HuntTimes {
    #private;
    constructor(sink: Sink, path: string);
    /** Calls `tell` once, now or later. */
    take(stamp: string, at: Place, tell: (when: HuntTime) => void): void;
    finish(): void;
}
