import type { Scan } from '../model/scan.ts';
/**
 * Servers that entries with findings name as the back end of a request or as its front end, and the number of entries that do:
 * a lower bound, since entries that no rule matches are not kept. A name is what a Windows computer may have.
 */
export declare function namedServers(scans: readonly Scan[], own: {
    readonly name: string;
    readonly names?: ReadonlySet<string>;
}): readonly (readonly [server: string, entries: number])[];
