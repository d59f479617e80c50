import { type CsvRecord } from '../../lib/csv.ts';
import type { Sink, Source } from '../parser.ts';
import { type ReportUnreadLines } from './lines.ts';
export type CsvHeader = {
    readonly delimiter: string;
    readonly names: readonly string[];
};
/** A table that a program exported: a header line, then records. Blank lines and PowerShell's `#TYPE` lines are neither. */
export type CsvTable<Header extends CsvHeader> = {
    /** The header that the line is, null where it is none. */
    readonly headerOf: (line: string) => Header | null;
    /** The header may stand above later rows again. Otherwise a line after the first header is a row, whatever it says. */
    readonly repeats?: boolean;
    readonly take: (record: CsvRecord, header: Header, unread: ReportUnreadLines) => void;
};
/** Reads a table; returns the bytes that were understood. What stands before the header is a gap `unsupported`. */
export declare function readCsvTable<Header extends CsvHeader>(source: Source, sink: Sink, { headerOf, repeats, take }: CsvTable<Header>): Promise<number>;
/**
 * Tells of rows with more values than the table has columns: such a row, or its quotes, were written over, so that its values may lie
 * in other columns. One costs the time of the file, and is reported once.
 */
export declare class LongRows {
    #private;
    constructor(sink: Sink);
    see({ values, offset, number }: Pick<CsvRecord, 'values' | 'offset' | 'number'>, columns: number): void;
}
