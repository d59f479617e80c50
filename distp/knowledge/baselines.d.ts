import { type Baseline } from '../rules/baselines/baseline.ts';
/** The baseline that ships with Postern. */
export declare const ownBaseline: import("url").URL;
/** The baselines of a run, read when the first file is asked about: most evidence has no file that they know. */
export declare function baselinesOf(files: readonly (string | URL)[]): () => readonly Baseline[];
/** Reads one baseline: packed, or a list (plain or gzip). What is no baseline is the user's mistake. */
export declare function readBaseline(file: string | URL): Baseline;
