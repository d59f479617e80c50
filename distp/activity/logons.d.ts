import type { AccountTally } from '../model/scan.ts';
import { type LogKind } from '../model/log-kinds.ts';
import { type LogonRow, type ServedAccount, type ServedDay } from './served-days.ts';
/** An account that was refused from an address on one day. */
export type Refused = {
    readonly user: string;
    /** Empty where no address is recorded. */
    readonly client: string;
    readonly day: number;
    readonly agent: string;
    readonly protocol: 'web' | 'imap-pop' | 'smtp' | 'windows';
    readonly rows: number;
    readonly first: number;
    readonly last: number;
    readonly row: LogonRow;
    /** No log of the server's own series has it. */
    readonly isBeside: boolean;
};
export declare class Logons {
    #private;
    /** Rows beyond the limits. */
    beyond: number;
    /** A file that is there twice is counted once; `isBeside`: what it shows explains nothing. */
    addFile(tally: AccountTally | undefined, path: string, sha256: string, kinds: readonly LogKind[], isBeside?: boolean): void;
    /** Addresses of proxies, as X-Forwarded-For shows them: on the last days, or on a day (since 1970). */
    forwarders(day?: number | null): ReadonlySet<string>;
    /** Behind these proxies the client is whom they name; everywhere else it is who connected, whatever the header says. */
    reveal(proxies: ReadonlySet<string>): void;
    /** Accounts that were served, in an order that does not depend on that of the files; made once all files are added. */
    served(): readonly ServedAccount[];
    /**
     * The same, with days that only logs beside the series have apart from the others of an account: neither do they say that it was at
     * home there before, nor do days of the series, which may be forged, take away what such logs show.
     */
    believed(): readonly ServedAccount[];
    /** Of these, days that logs of the server's own series have: only they explain anything. */
    explaining(): readonly ServedAccount[];
    /** Days (since 1970) on which AD FS issued tokens for Microsoft 365, by account; null where not all of them are counted. */
    tokens(): ReadonlyMap<string, ReadonlySet<number>> | null;
    /** Accounts that were refused, in such an order. */
    refused(): readonly Refused[];
}
/**
 * Does such a day explain anything? Those that tables of events alone have do so where the acts, too, are in tables alone (`byTables`),
 * wherever these lie; of other logs beside the series of the server none does.
 */
export declare function explains({ isOfTable, isBeside }: ServedDay, byTables: boolean): boolean;
/** Do more than tables of events have it? */
export declare function isOfLogs({ days }: Pick<ServedAccount, 'days'>): boolean;
/** Does it lie outside the organization? */
export declare function isOutside(client: string): boolean;
