import type { Sink, Source } from '../parser.ts';
import type { TableForm } from '../record-scanner.ts';
import { type CloudRecord } from './record.ts';
import { CloudRows, type Heard, type RecordOf } from './rows.ts';
type Row = {
    readonly record: CloudRecord;
    readonly raw: string;
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    readonly isSnippet: boolean;
    /** The bytes that stand for the record in the file, where its text is not the whole of `raw`. */
    readonly own?: Buffer;
};
/**
 * Gives the records of one file as events, each once, and says at its end what the file says of itself: rows that stand
 * there twice, results that a search had and the file has not, and mail whose reading was not recorded.
 */
export declare class CloudAccount {
    #private;
    /** `isTable`: as the search page saves it, which has a limit and says none. */
    constructor(source: Source, sink: Sink, isTable: boolean);
    take({ record, raw, offset, length, line, isSnippet, own }: Row): void;
    /** Who takes records that become no event off the bytes of the file; null where all must be read as a whole. */
    rows(form: TableForm | null, columns: readonly string[], recordOf: RecordOf): CloudRows | null;
    /** Stands the record of these digests in the file before? It is counted then. */
    isTwice(halves: Uint32Array, index: number | null, count: number | null): boolean;
    /** A record that became no event. `halves`: its digest, where it has an id. */
    heard(heard: Heard, halves: Uint32Array | null): void;
    /** `size`: of the file, where what it lacks is told. */
    finish(size: number): void;
}
export {};
