import type { Scan } from '../model/scan.ts';
import type { LoadedRules } from '../rules/rule.ts';
/**
 * Rows kept for correlations of one server (by weight), matches told of one correlation, and rows kept of one match; and how
 * much is kept of each file and told of each host however much there is of others.
 */
export type Most = {
    readonly weight: number;
    readonly matches: number;
    readonly hits: number;
    readonly file: number;
    readonly host: number;
};
type Rules = Pick<LoadedRules, 'events' | 'correlations'>;
/**
 * Takes scans in any order and keeps the first rows for correlations of every file, of each as many at most; those beyond
 * are counted. What is kept does not depend on the order, and never is much more held than is kept.
 */
export declare class KeptTrails {
    #private;
    constructor({ weight, file }?: Most);
    /** A scan that came; `scans` are those that are there, at their places. */
    came(scans: Scan[], at: number): void;
    /** All came: no more is held than is kept. */
    finish(scans: Scan[]): void;
}
/**
 * Holds the rows of all files against the correlations: each match becomes hits of the correlation, in the files where its
 * rows stand. The scans come in the order of their paths. Hits of rules that are only parts are taken out.
 */
export declare function withCorrelations(scans: readonly Scan[], { events, correlations }: Rules, most?: Most): {
    readonly scans: readonly Scan[];
    readonly notes: readonly string[];
};
/** Rules whose rows correlations count, and that therefore are kept as long as it can be. */
export declare function trailed({ events }: Pick<Rules, 'events'>): ReadonlySet<string>;
/** Rules that a correlation counts, be it by way of others: what must be asked to tell it again. */
export declare function countedBy(correlation: string, { events, correlations }: Rules): Rules;
export {};
