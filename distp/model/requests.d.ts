import type { More } from './finding.ts';
import type { Trait } from './scan.ts';
/** An address that findings are of, and all that it asked the front end for: what else did it do? */
export type ClientTraffic = {
    readonly client: string;
    /** Findings of it, and the rows that they have. */
    readonly findings: readonly string[];
    readonly found: number;
    /** Rows of front-end logs (a request has one in each log that records it), and the bytes of the responses. */
    readonly rows: number;
    readonly first: string | null;
    readonly last: string | null;
    /** How many rows with a status of 200 to 299, 300 to 399, 400 to 499, and 500 to 599. */
    readonly statuses: readonly [number, number, number, number];
    readonly bytes: number;
    readonly more?: More;
};
/** Rows of front-end logs that have one value: an agent, a path, a status. */
export type RequestsByValue = Omit<ClientTraffic, 'client' | 'findings' | 'found' | 'more'> & {
    readonly value: string;
};
/** What one address alone asked for, or asked with. */
export type Rare = RequestsByValue & {
    readonly client: string;
    /** Does a known build of Exchange have a file of this name? Null where unknown, and for agents. */
    readonly known: boolean | null;
};
/**
 * Requests to the front end, over all its logs. Rare ones are leads and no findings: they count for no answer.
 */
export type Requests = {
    /** How many rows there are, and how many different values they have; `beyond`: rows whose values were too many to tell apart. */
    readonly rows: number;
    readonly clients: number;
    readonly agents: number;
    readonly paths: number;
    readonly beyond: Readonly<Record<Trait, number>>;
    readonly statuses: readonly RequestsByValue[];
    /** Null where there are too few rows or clients for anything to be rare. */
    readonly rareAgents: readonly Rare[] | null;
    readonly rarePages: readonly Rare[] | null;
    readonly more?: More;
};
/** Was a request answered with success? */
export declare function isSuccessStatus(status: unknown): boolean;
