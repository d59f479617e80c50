import { type ClientSystem } from '../../model/client-systems.ts';
import type { Fields } from '../../model/event.ts';
import type { CloudTally } from '../../model/scan.ts';
import { type Members } from './record.ts';
import { type RecordOrigin } from './sign-ins.ts';
/** Numbers of a cell: mailbox, day since 1970, source, rows, items, bytes, first and last time, first time of a row that says that more is not recorded (0: none), offset, length and line of the first row. */
export declare const CELL = 12;
/** Numbers of an account at an address: rows, first and last time. */
export declare const ACT = 3;
/** Numbers of a record: of its id, its cell and its items in one, its bytes. */
export declare const RECORD = 3;
/** More items than this are not told apart in a record. */
export declare const ITEMS: number;
export declare const acts: readonly ['bind', 'sync', 'send', 'login'];
/** What was done with mail: single messages were opened, a whole folder was copied, mail was sent, an account logged on. */
export type Act = (typeof acts)[number];
/** What a row says of mail. */
export type MailRecord = {
    readonly operation: string;
    readonly act: Act | null;
    /** A whole folder was copied; further rows are left out. */
    readonly isSync: boolean;
    readonly isThrottled: boolean;
    readonly owner: string | null;
    readonly app: string;
    /** The family of the system that the client names. */
    readonly system: ClientSystem;
    readonly items: number;
    readonly bytes: number;
    readonly who: Account;
    /** Null where nothing was done with mail. */
    readonly place: MailPlace | null;
};
/** What rows of one account at one address have in common: the number of these, when it was found. */
export type Account = {
    account: number | null;
};
/**
 * What rows of one mailbox, address, session, application and act have in common: the numbers of mailbox and source (-2:
 * not found yet), and of the cell of the last day.
 */
export type MailPlace = {
    mailbox: number;
    source: number;
    day: number;
    cell: number;
};
export declare function actOf(operation: string): Act | null;
export declare class CloudUse {
    #private;
    /**
     * A record of the unified audit log. `id`: null where it has none. True when the record says that mail was opened so
     * often that it is no longer recorded.
     */
    unified(members: Members, id: string | null, told: RecordOrigin): boolean;
    /** The same of a record of which the members are known. */
    told(mail: MailRecord, id: (() => string) | null, told: RecordOrigin): void;
    /** A sign-in, as its record or its event has it. */
    signIn(of: Members | Fields, told: RecordOrigin, isEntra: boolean): void;
    /** A logon or change of Entra. */
    entra(operation: string, id: string | null, succeeded: boolean, told: RecordOrigin): void;
    /** As plain data, once; null where there was no row. */
    tally(): CloudTally | null;
}
export type Access = {
    readonly isSync: boolean;
    readonly isThrottled: boolean;
};
/** How a row says that mail was opened: one by one or the whole folder, and whether further rows are left out. */
export declare function accessOf(members: Members): Access;
/** How many messages a row names, and their size as far as it says so. */
export declare function countMessages(members: Members): {
    readonly items: number;
    readonly bytes: number;
};
