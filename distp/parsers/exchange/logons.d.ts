import type { Fields } from '../../model/event.ts';
import { type KnownLogKind } from '../../model/log-kinds.ts';
import { type RowLayout } from '../row-layout.ts';
/**
 * What the number of a logon says, in bits: how it ended, what it showed, and by which log it is known where that is not IIS;
 * `table`: by a table of events, which is a choice of them; `token`: no logon here, but a token of AD FS for one.
 */
export declare const LOGON: {
    readonly refused: 1;
    readonly proxy: 2;
    readonly mail: 4;
    readonly 'imap-pop': 8;
    readonly smtp: 16;
    readonly windows: 32;
    readonly table: 64;
    readonly token: 128;
};
/**
 * A logon by what it is counted by (user, client, program of a refused one or another's mailbox that it opened, number; parted by
 * NUL), and its client. Where the log has
 * X-Forwarded-For the address that it names follows the client: `10.0.0.5>203.0.113.7`.
 */
export type CountedLogon = {
    readonly value: string;
    readonly client: string;
};
/** Does what is served there show mail? */
export declare function showsMail(path: string): boolean;
/** The logon of a request to the front end; null where it names no user, or was neither served nor refused. */
export declare function logonOf(fields: Fields, client: string | null, log: KnownLogKind): CountedLogon | null;
/** The client that connected, and for whom it says to ask: null where it does not. */
export declare function hopsOf(counted: string): {
    readonly client: string;
    readonly forwarded: string | null;
};
/** Of values as they stand in a row; null where they name no client. */
export declare function logonIn(value: string, layout: RowLayout, columns: NonNullable<LogonColumns>): string | null;
/** User, client, program or mailbox, and number; parted by NUL. */
export declare function valueOf(user: string, client: string, detail: string, kind: number): string;
/** Is that what a logon is counted by, and not what a device is? */
export declare function isLogonValue(value: string): boolean;
type LogonColumns = {
    readonly path: number;
    readonly user: number;
    readonly client: number;
    /** -1 where there is none, as of the next ones. */
    readonly forwarded: number;
    readonly agent: number;
    readonly reason: number;
} | null;
/** Columns of a logon in rows of a layout; null where one is missing. */
export declare function logonColumns(layout: RowLayout): LogonColumns;
export {};
