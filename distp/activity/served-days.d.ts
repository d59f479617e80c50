import { type KnownLogKind } from '../model/log-kinds.ts';
import type { Place } from '../model/event.ts';
/** Where a logon stands: the first row of it in the first file that has one; `isOfDevice`: of a mobile device. */
export type LogonRow = {
    readonly log: KnownLogKind;
    readonly at: Place;
    readonly sha256: string;
    readonly time: number;
    /** Of a table of events, which is a choice of them. */
    readonly isOfTable?: true;
    /** Of a log beside the series of the server, which explains nothing. */
    readonly isBeside?: true;
    /** The mailbox that it shows, where it is not the account's own. */
    readonly mailbox?: string;
    readonly isOfDevice?: true;
};
/** `isOfTable`: nothing but tables of events has it; `isBeside`: nothing but logs beside the series of the server. */
export type ServedDay = {
    readonly day: number;
    readonly first: number;
    readonly last: number;
    readonly row: LogonRow;
    /** The first row that shows mail. */
    readonly mail: LogonRow | null;
    readonly isOfTable: boolean;
    readonly isBeside: boolean;
};
/** An account that was served from an address. Times are ms since 1970 UTC, days count from then. */
export type ServedAccount = {
    /** As rows have it, in lower case. */
    readonly user: string;
    readonly client: string;
    /** Another's mailbox that it opened there by IMAP or POP. */
    readonly mailbox: string;
    /** In order of time: days with the first and the last time on each. */
    readonly days: readonly ServedDay[];
    /** Numbers of the days on which more than tables of events have it. */
    readonly logDays: readonly number[];
    /** Of these, days that only logs beside the series of the server have. */
    readonly besideDays: readonly number[];
    /** Of a table of events only where no other log has a logon of it. */
    readonly first: number;
    readonly last: number;
    /** The first row, and the first that shows mail. */
    readonly row: LogonRow;
    readonly mail: LogonRow | null;
};
/** The file and the kind of log of rows. */
export type RowSource = Pick<LogonRow, 'log' | 'sha256'> & {
    readonly isOfTable: boolean;
    readonly isBeside: boolean;
};
/** Rows of one account on one day in one file: their first and last time, and where the first of them stands. */
export type SeenRows = {
    day: number;
    first: number;
    last: number;
    isOfTable: boolean;
    isBeside: boolean;
    isMail: boolean;
    /** As `source` numbers it. */
    source: number;
    time: number;
    offset: number;
    length: number;
    line: number;
};
/** An account at an address, with the place of each of its days in the table. */
export type AccountAt = Pick<ServedAccount, 'user' | 'client' | 'mailbox'> & {
    readonly days: Map<number, number>;
};
export declare class ServedDays {
    #private;
    /** Is any day of a log beside the series of the server? */
    isAnyBeside: boolean;
    /** `paths`: of each digest of a file its path, known when all files are added. */
    constructor(paths: ReadonlyMap<string, string>, most: number);
    /** The number of a file and kind of log. */
    source(source: RowSource): number;
    /** Adds rows to a day of an account; beyond the limit a new day is not kept. */
    see(days: Map<number, number>, seen: SeenRows): void;
    /** Adds all days of an account of a table to accounts of this, which must be another with the same sources. */
    addAll(toOn: (day: number) => AccountAt | null, from: AccountAt, table: ServedDays): void;
    /** The same sources, without days. */
    emptied(): ServedDays;
    /** An account with its days; null where none of them is kept. `which`: those that logs of the server's series have, or only others. */
    accountOf(account: AccountAt, which?: 'all' | 'explaining' | 'beside'): ServedAccount | null;
    numberOf(day: number): number;
    firstOf(day: number): number;
    lastOf(day: number): number;
    isOfTable(day: number): boolean;
    isBeside(day: number): boolean;
    /** The first row of a day. */
    rowOf(day: number, account: AccountAt): LogonRow;
    /** The first that shows mail; null where none does. */
    mailOf(day: number, account: AccountAt): LogonRow | null;
}
/**
 * Which of two rows is the first? Rows of tables come last. HttpProxy names the protocol: of rows of one time its own comes first; of
 * others it does not matter which, but always the same.
 */
export declare function isEarlier(a: Omit<RowSource, 'isBeside'>, time: number, offset: number, b: Omit<RowSource, 'isBeside'>, otherTime: number, otherOffset: number): boolean;
