import type { Scan } from '../../model/scan.ts';
/** Which server the evidence is of. */
export type ServerIdentity = {
    /** Upper case, without a domain. */
    readonly name: string;
    /** Every name whose rows are of this server. */
    readonly names: ReadonlySet<string>;
    readonly notes: readonly string[];
    /** Several logs that a server writes of itself alone name it: entries of other hosts are of others. */
    readonly isSure?: true;
};
/**
 * The host that HttpProxy, EWS and ECP logs name most, else what a log or hive says of the machine, else the Computer of
 * events, else the input's name. Logs at their own places are asked first, and those of which no folder says where they lay
 * only where there are none: what lies below a web root names nobody (`withoutMisplaced`). Each file speaks for one host,
 * with the days of its entries and not with their number, so that nobody renames a server by one file however many rows are
 * in it.
 */
export declare function identityOf(scans: readonly Scan[], fallback: string): ServerIdentity;
