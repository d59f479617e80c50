import { type Scan } from '../../model/scan.ts';
import { type BlindSpot } from '../../model/coverage.ts';
import { type GapReason } from '../../model/evidence.ts';
import { type LogKind } from '../../model/log-kinds.ts';
import { type FileKind } from './file-kind.ts';
/**
 * What unread data means for the answers. A gap costs coverage by why it is one, and by what kind of file it lies in: the
 * hours of a log between the entries around it, or a state at the end of the evidence that is not complete without the file.
 */
/** hours: those between the entries around it · state: the kinds of state that the file is a part of · or why it costs nothing. */
export type Effect = 'hours' | 'state' | 'all' | {
    readonly none: string;
};
export declare function effectOf(reason: GapReason, kind: FileKind): Effect;
/** Hours [from, to) of a kind in which entries may be missing; `x-*`: every kind whose name begins so. */
export type LostHours = {
    readonly kind: LogKind;
    readonly from: number;
    readonly to: number;
    /** Nothing of its series follows: the file ends there. */
    readonly atEnd: boolean;
    readonly path: string;
    readonly reason: GapReason;
};
export type LostCoverage = {
    readonly hours: readonly LostHours[];
    readonly blind: readonly BlindSpot[];
};
/** What all gaps of all files cost. */
export declare function lostCoverage(scans: readonly Scan[]): LostCoverage;
