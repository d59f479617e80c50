import type { Scan } from '../../model/scan.ts';
import type { Protection } from '../../model/exposure.ts';
import { type ServerFacts } from '../server/server.ts';
import { type ExposureFacts } from '../../knowledge/exposure-tables.ts';
/** The protections of this server at the end of the evidence, in the order of `knowledge/protections.csv`. */
export declare function protectionsOf(scans: readonly Scan[], server: Pick<ServerFacts, 'builds'> & Server, { protections }: Pick<ExposureFacts, 'protections'>): Protection[];
type Server = {
    readonly name: string;
    readonly names?: ReadonlySet<string>;
};
/** The mitigations for each vulnerability, in force or blocked: they are no fix. */
export declare function mitigationsOf(scans: readonly Scan[], server: Server, { vendorNames }: Pick<ExposureFacts, 'vendorNames'>): ReadonlyMap<string, readonly string[]>;
export {};
