import type { Artifact } from '../model/evidence.ts';
import type { Scan } from '../model/scan.ts';
/**
 * Logs beside those that the server wrote: a second series of a kind, in another folder, of the time of the first one, which
 * has most hours; a file whose entries are of another time than its name; and a second file of the same time. A
 * service writes one series, each file in its time; added files form others.
 */
export declare function logsBeside(scans: readonly Scan[]): ReadonlySet<Artifact>;
/**
 * Logs that an intruder may have added, so that nothing that they show explains what others do: those beside the series of the server;
 * in a folder of one's own where logs lie in those of their products, or of no protocol; of another site than the one of Exchange; and
 * of several of one kind and time in one place those that have another name than the service gives them, or else are smaller.
 */
export declare function logsThatExplainNothing(scans: readonly Scan[]): ReadonlySet<Artifact>;
/**
 * Of files that are to be read those that can only be logs of the one series of their kind and place, by names and places alone: no
 * other folder has such logs, no other file has their time or a name in another form, and no site for clients has a lower number.
 */
export declare function logsOfOneSeries(files: readonly Place[]): ReadonlySet<string>;
type Place = Pick<Artifact, 'path' | 'windowsPath'>;
/** A log of a day, or of a week that is named by a number, ends soon after the time of its name. */
export declare function isOfAnotherTime({ path, first, last }: Artifact): boolean;
export {};
