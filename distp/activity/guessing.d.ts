import type { Devices } from './devices.ts';
import type { Identities } from './identities.ts';
import type { KnownOrigins } from './known-origins.ts';
import { type Logons } from './logons.ts';
import type { LogonRow } from './served-days.ts';
export type OriginKind = 'address' | 'network' | 'tool' | 'protocol' | 'device' | 'form' | 'hidden';
/** Accounts that were refused from one origin. Times are ms since 1970 UTC. */
export type Guessing = {
    readonly kind: OriginKind;
    /** The address, network, program, protocol or device. */
    readonly origin: string;
    readonly clients: ReadonlySet<string>;
    /** As rows have them; empty at a form, which names no account. */
    readonly accounts: ReadonlySet<string>;
    readonly times: number;
    readonly first: number;
    readonly last: number;
    readonly rows: readonly (LogonRow & {
        readonly user: string;
        readonly client: string;
    })[];
    /** Accounts of the organization log on from there on other days, too. */
    readonly known: string | null;
    /** How often one account was refused, where that alone makes it guessing. */
    readonly isOfOne: boolean;
};
/** How a guessed account was served: at the same device or by a stranger who opened few; from the same origin; from elsewhere. */
export type Success = {
    readonly guessing: Guessing;
    readonly grade: 'decisive' | 'strong' | 'weak';
    readonly user: string;
    readonly client: string;
    readonly row: LogonRow;
    readonly mail: LogonRow | null;
};
/** Refusals at a logon form, which names no account. */
export type AtForm = {
    readonly client: string;
    readonly times: number;
    readonly first: number;
    readonly last: number;
    readonly row: LogonRow;
};
type Input = {
    readonly logons: Logons;
    readonly devices: Devices;
    readonly identities: Pick<Identities, 'accountOf'>;
    readonly knownOrigins: KnownOrigins;
    /** Addresses that hide clients. */
    readonly proxies: ReadonlySet<string>;
    readonly forms: readonly AtForm[];
    /** As `KnownOrigins` has it. */
    readonly explainsFrom?: number | null;
};
/** Does the guessing show that the server was targeted? Three accounts or more, and nothing explains it. */
export declare function isManyAccounts({ accounts, kind, times, known }: Guessing): boolean;
export declare function guessingIn(input: Input): {
    readonly guessed: readonly Guessing[];
    readonly successes: readonly Success[];
};
export {};
