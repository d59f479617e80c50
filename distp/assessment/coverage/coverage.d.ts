import type { PowerState } from '../../model/event.ts';
import { type LostHours } from './lost-coverage.ts';
import { type Scan } from '../../model/scan.ts';
import { type AnswerCoverage } from '../../model/answer.ts';
import { type BlindSpot, type Coverage } from '../../model/coverage.ts';
import { type LogKind } from '../../model/log-kinds.ts';
/** What was read, hour by hour, and what that covers. */
export declare class CoverageMeter {
    #private;
    /** Files that were not read to their end and could hold a way back in. */
    readonly blind: readonly BlindSpot[];
    readonly first: number | null;
    readonly last: number | null;
    constructor(scans: readonly Scan[], power: readonly {
        readonly state: PowerState;
        readonly time: number;
    }[], restored: readonly number[]);
    /** Is it there, whole: was all of it read that could say something else? */
    has(kind: LogKind): boolean;
    /** Has the evidence any entry of it, be it a part alone? */
    hasAny(kind: LogKind): boolean;
    /** Is it there whole: a state as it is, a log for all of [from, to), events with an id where some with it are recorded? */
    isComplete(kind: LogKind, from: number, to: number): boolean;
    /** Was a file of this parser read to its end? */
    hasRead(parser: string): boolean;
    /** The first entry of a kind. */
    firstOf(kind: LogKind): number | null;
    /** The last entry of a kind. */
    lastOf(kind: LogKind): number | null;
    kindsSeen(): LogKind[];
    /** Is the hour covered by the kind? `x-*` means every kind seen whose name begins so, and at least one. */
    covers(kind: LogKind, hour: number): boolean;
    /** What was not read of these kinds in [from, to). */
    lostIn(kinds: readonly LogKind[], from: number, to: number): LostHours[];
    /**
     * What was not read of the time of the evidence, but for its last hours, in which logs may break off; and of the time after it:
     * a log whose name says that it went on further.
     */
    notRead(): LostHours[];
    /** Is all of it covered but the hours in which the newest logs break off? */
    isEnough({ covered, of, missing }: AnswerCoverage): boolean;
    /** The first hour of the first 7 days of which half have entries; null when there is none. */
    begin(kind: LogKind): number | null;
    /**
     * The beginning of the unbroken stretch of logs within [from, to) that one alternative covers. What lies before a silence of 14
     * days is not asked about, nor the time before the first entry; what could not be read is no silence. Null where nothing is covered.
     */
    stretch(from: number, to: number, alternatives: readonly (readonly LogKind[])[]): number | null;
    /** How many hours of [from, to) at least one alternative covers whole. */
    measure(from: number, to: number, alternatives: readonly (readonly LogKind[])[]): AnswerCoverage;
    report(scans: readonly Scan[], title: (kind: LogKind) => string): Coverage;
}
