import type { CloudTally, Scan } from '../model/scan.ts';
import type { Fields, Place } from '../model/event.ts';
import { type Act } from '../parsers/microsoft-365/use.ts';
import { signInPartNames } from '../model/sign-ins.ts';
/** Rows of one mailbox, day, client, session, application and act in one file. */
export type CloudCell = {
    readonly mailbox: string;
    readonly client: string | null;
    readonly session: string | null;
    readonly app: string | null;
    readonly act: Act;
    /** The family of the system that the client names; empty where it names none. */
    readonly system: string;
    /** Who did it, where that is not the owner of the mailbox. */
    readonly by: string | null;
    readonly rows: number;
    readonly items: number;
    readonly bytes: number;
    readonly first: number;
    readonly last: number;
    /** The first row that says that further ones are left out; null where none does. */
    readonly throttled: number | null;
    /** The first row. */
    readonly at: Place;
    readonly sha256: string;
};
type SignInParts = Readonly<Record<(typeof signInPartNames)[number], string>>;
/** Sign-ins of one account that have everything in common but the time of day. */
export type CountedSignIn = SignInParts & {
    /** All that they have in common, as one text. */
    readonly key: string;
    readonly rows: number;
    readonly first: number;
    readonly last: number;
    /** The first row. */
    readonly at: Place;
    readonly sha256: string;
};
/** What one account did from one address. */
export type CloudAct = {
    readonly user: string;
    readonly client: string;
    readonly operation: string;
    readonly first: number;
    readonly last: number;
    readonly rows: number;
};
/**
 * The id of a record of a cloud audit log, the same in every export; null where it has none. Whoever writes an export by
 * hand may give it to another: a record is taken for a copy only where it says the same.
 */
export declare function recordIdOf(fields: Fields): string | null;
type Tallied = {
    readonly path: string;
    readonly sha256: string;
    readonly tally: CloudTally;
    /** It lies in a folder of the server, where an intruder may have put it. */
    readonly isOnServer?: boolean;
};
/** Mail and accounts in all exports of a tenant, each record counted once. */
export declare class CloudRun {
    #private;
    constructor(files: readonly Tallied[]);
    get isEmpty(): boolean;
    /**
     * What says where accounts are usually at work: exports that the user gives. One in a folder of the server explains nothing that
     * the logs of the server show, and what a tenant records only where no other is given.
     */
    explaining(of: 'server' | 'tenant'): CloudRun;
    cells(): Generator<CloudCell>;
    /** Sign-ins of all exports; those that stand in several files are each file's, and `signInsOnce` gives them once. */
    signIns(): Generator<CountedSignIn>;
    acts(): Generator<CloudAct>;
    /** When Microsoft stopped recording what was opened in a mailbox, by the names of the mailbox (in lower case). */
    throttled(names: ReadonlySet<string>): readonly number[];
}
/**
 * Counts each record once that stands in several exports: of the files in the order of their paths the first has it. Hits
 * of the others are taken out, and what they count of mail.
 */
export declare function withoutCopies(scans: readonly Scan[]): {
    readonly scans: readonly Scan[];
    readonly cloud: CloudRun;
    readonly notes: readonly string[];
};
export {};
