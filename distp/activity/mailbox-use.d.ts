import { Identities, type People } from './identities.ts';
import type { MailTally } from '../model/scan.ts';
import type { OrdinaryUse } from '../model/mailbox.ts';
import type { Event } from '../model/event.ts';
import type { RowGroups } from '../prefilter/rows.ts';
import type { RowLayout, RowTaker } from '../parsers/row-layout.ts';
/** Mailboxes that the logs of EWS and of MAPI over HTTP name; `of` is null for an address that these logs do not have. */
export type MailboxesByClient = {
    readonly of: (client: string) => number | null;
    readonly all: number;
};
export declare class MailUse {
    #private;
    readonly identities: Identities;
    constructor(of: 'file' | 'run');
    /** An event: the row of such a log, or an object that says who is who. */
    event(event: Event): void;
    /** Counts the rows that a taker takes, where they are rows of such a log. */
    beside(taker: RowTaker, layout: RowLayout): RowTaker;
    /** Counts the rows that a taker has put together by their values; undefined where they are no rows of such a log. */
    groups({ columns, ...layout }: RowLayout): RowGroups | undefined;
    /** What rows have in common that have the same values in these columns, `of` gives them; null where they are not counted. */
    sourceOf(log: string, of: (column: string) => string): MailSource | null;
    /** Rows of such a source, all of one hour, and the sum of their sizes. */
    count(source: MailSource, time: number, size: number, rows?: number): void;
    /** A file that is there twice is counted once. */
    addFile({ mailboxes, sources, cells, together, beyond }: MailTally, sha256: string, path?: string): void;
    /** As plain data. */
    tally(): MailTally;
    /** The paths of files with rows of a client; null where these are too many to be noted. */
    filesOf(client: string): readonly string[] | null;
    /** Each mailbox by client, agent, day (since 1970) and, where another account than its owner's opened it, that account. */
    uses(): Generator<{
        readonly mailbox: string;
        readonly client: string;
        readonly agent: string;
        readonly actor: string | null;
        readonly day: number;
    }>;
    /** How many different mailboxes each address used, and all together. */
    mailboxesByClient(): MailboxesByClient;
    /** By address the one account that used it; null where several did. */
    soleAccounts(): ReadonlyMap<string, string | null>;
    /** All names of people that these logs and objects give. */
    people(): People;
    /**
     * The ordinary use of a mailbox on other days than these, and of all mailboxes; null where nothing was counted. A client
     * or an hour that is new on these days is a lead, and no proof.
     */
    ordinaryOf(names: readonly string[], days: ReadonlySet<string>): OrdinaryUse | null;
}
/** Rows of one mailbox, client and agent, and where those of one day are counted. */
type MailSource = {
    readonly mailbox: string;
    readonly text: string;
    day: number;
    cell: number;
};
/** Of a file without such rows. */
export declare const NO_MAIL: MailTally;
export {};
