/** The hours [from, to) in a log file's name; null when it names none. */
export declare function hoursNamed(path: string): {
    readonly from: number;
    readonly to: number;
} | null;
/** A log file's series and its place in it, by its name; null when the name has neither. */
export declare function seriesOf(path: string): {
    readonly name: string;
    readonly from: number;
    readonly number: number;
} | null;
/** What the name of a log file says: its series, its hours since 1970, its number among those of the same time. */
export type LogName = {
    readonly series: string;
    readonly from: number;
    readonly to: number;
    readonly number: number | null;
};
/** HttpProxy_2021030304-1.LOG (an hour), ECPServer20210303-1.LOG (a day), u_ex210303.log (a day), u_ex21030304.log. */
export declare function logNameOf(path: string): LogName | null;
