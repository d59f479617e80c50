/** A build that ran from at least `from` to at least `to` (null: no time is known). */
export type BuildRun = {
    readonly build: string;
    readonly parts: readonly [number, number, number, number];
    readonly from: number | null;
    readonly to: number | null;
    readonly source: string;
    readonly precision: 'cu' | 'update';
};
/** Four integers of a build (`15.02.0986.005` too), or null. */
export declare function buildParts(build: string): readonly [number, number, number, number] | null;
/** -1, 0 or 1: builds are compared as integers, never as text. */
export declare function compareBuilds(a: readonly number[], b: readonly number[]): number;
