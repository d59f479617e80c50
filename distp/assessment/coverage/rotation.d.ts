import { type LogKind } from '../../model/log-kinds.ts';
/** A log file with its first and last entry (ms UTC). */
export type LogFile = {
    readonly path: string;
    readonly first: number | null;
    readonly last: number | null;
};
/** Hours [from, to) in which entries are missing. */
export type HourHole = {
    readonly from: number;
    readonly to: number;
    readonly reason: string;
};
/** What the names of rotated log files say is missing: a number of a day or an hour, an hourly file, a day file. */
export declare function rotationHoles(kind: LogKind, files: readonly LogFile[]): HourHole[];
