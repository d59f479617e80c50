import type { LineTaker } from '../../lib/lines.ts';
import type { RecordScanner, TableForm } from '../record-scanner.ts';
import { type CloudRecord } from './record.ts';
import { type CloudSkim } from './skim.ts';
import { type MailRecord } from './use.ts';
import type { RecordOrigin as UseTold } from './sign-ins.ts';
/** The record of a row, as it is read where it is no regular one. */
export type RecordOf = (text: string) => CloudRecord | null;
/** What is said of a record of the unified audit log that became no event. */
export type Heard = UseTold & MailRecord & {
    /** Null where it has none. */
    readonly recordId: (() => string) | null;
    /** The domain of its organization; null where it names none. */
    readonly house: string | null;
    readonly mailbox: string | null;
    readonly index: number | null;
    readonly count: number | null;
};
/** Who is told of records that became no event. */
type Listener = {
    /** Stands the record of these digests in the file before? It is counted then. */
    isTwice(halves: Uint32Array, index: number | null, count: number | null): boolean;
    /** `halves`: the digest of the record, where it has an id. */
    heard(heard: Heard, halves: Uint32Array | null): void;
};
type Context = {
    readonly path: string;
    /** Names of the columns; none where records stand one a line. */
    readonly columns: readonly string[];
    readonly recordOf: RecordOf;
    readonly skim: CloudSkim;
    readonly account: Listener;
};
/**
 * Takes regular records of the unified audit log that no rule can match off the bytes of a file, and tells of them what
 * their events would have told. Every other row is left to the reader of rows, which decides on it as if this were not here.
 */
export declare class CloudRows implements LineTaker {
    #private;
    end: number;
    /** The offset in the file behind the last row that was taken. */
    until: number;
    constructor(scanner: RecordScanner, form: TableForm | null, context: Context);
    take(buffer: Buffer, from: number, to: number, base: number, number: number): number;
}
export {};
