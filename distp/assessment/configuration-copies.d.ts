import type { Scan } from '../model/scan.ts';
/** When the oldest copy of each configuration was written (ms), by the name of the file in lower case. */
export type ConfigurationCopies = ReadonlyMap<string, number>;
export declare function configurationCopies(scans: readonly Scan[]): ConfigurationCopies;
/** The name of a configuration file, without the extra extension of the miniature servers. */
export declare function configurationFileOf(path: string): string;
