import { FileDevices, FileLogons } from './counted-accounts.ts';
import { type CountedTrait, ValueIds } from '../prefilter/value-ids.ts';
import { DailyShares } from './daily-shares.ts';
import type { Scan, TraitTally, Traffic, Trait } from '../model/scan.ts';
import type { RequestsByValue, ClientTraffic } from '../model/requests.ts';
import type { Finding } from '../model/finding.ts';
import type { Fields, Place } from '../model/event.ts';
import type { DeviceRequest } from '../parsers/exchange/active-sync.ts';
import type { CountedLogon } from '../parsers/exchange/logons.ts';
import type { FirstRow } from '../prefilter/rows.ts';
export declare const TRAITS: readonly Trait[];
/** Requests by the values of one trait: flat, since there may be a hundred thousand of a file. */
export declare class TrafficTable {
    #private;
    readonly values: string[];
    readonly only: (string | null)[];
    beyond: number;
    constructor(most?: number);
    /** The number of a value; negative for those beyond the most that are counted. */
    numberOf(value: string): number;
    /** The number of a new value that is never searched for by its text. */
    append(names: ValueIds, id: number): number;
    /** Counts eight numbers more of a value, as they stand in `from` at `at`; `only` as in `Tally`, where it is told. */
    add(number: number, from: Float64Array, at: number, only?: string | null): void;
    /** Counts what stands in the table of a file; `see`: each value with its number. */
    addFile({ values, counts, only, beyond }: TraitTally, see?: (value: string, number: number) => void): void;
    /** One request more, whose row has these fields; `client` where it is told. */
    addRow(number: number, fields: Fields, time: number | null, client?: string): void;
    /** Null for a value that no request has. */
    find(value: string): Traffic | null;
    /** The one client whose requests have a value: empty where none is named, null where there are several or none. */
    onlyOf(value: string): string | null;
    of(number: number): Traffic;
    /** As plain data; `names`: by whose numbers its values were added. */
    tally(names?: ValueIds): TraitTally;
}
/** Requests to the front end in all files, by each trait. */
export declare class RequestTables {
    #private;
    readonly of: Readonly<Record<Trait, TrafficTable>>;
    readonly days: DailyShares;
    /** When a client asked for anything first; null where it never did, undefined where that is not known. */
    sinceOf(client: string): number | null | undefined;
    addFile({ requests, artifact }: Pick<Scan, 'requests'> & {
        readonly artifact?: Scan['artifact'];
    }): void;
    /** The paths of files that have requests for this path; null where these are too many to be noted. */
    filesOf(path: number): readonly string[] | null;
}
/** Requests to the front end in one file. */
export declare class FileRequests {
    #private;
    readonly of: Readonly<Record<Trait, TrafficTable>>;
    readonly devices: FileDevices;
    readonly logons: FileLogons;
    readonly names: ValueIds;
    constructor(names?: ValueIds);
    /** The number of a value here; negative where it has none of its own. */
    numberOf(id: number): number;
    /** Rows of a value: eight numbers, as `TrafficTable` has them. */
    add(trait: CountedTrait, number: number, from: Float64Array, at: number, only?: string | null): void;
    /** One request of a mobile device. */
    addDevice({ value, client, isContent }: DeviceRequest, time: number, at: Place): void;
    /** One logon. */
    addLogon({ value, client }: CountedLogon, time: number, at: Place): void;
    /** The first row with a value that has an account of its own. */
    see(id: number, number: number, row: FirstRow): void;
    addRow(client: string | null, fields: Fields, time: number | null): void;
    /** As plain data. */
    tallies(): Scan['requests'];
}
/** The tables of a file in which there are no requests. */
export declare const NO_REQUESTS: Scan['requests'];
/** Its times as an assessment has them. */
export declare function dated(traffic: Traffic): Omit<RequestsByValue, 'value'>;
/** What else the clients of findings did: those with most findings first. */
export declare function clientsOf(findings: readonly Finding[], traffic: TrafficTable): readonly ClientTraffic[];
