import type { Line } from './lines.ts';
/** The values of one record. `open` says that the text ends inside quotes. */
export type CsvValues = {
    values: string[];
    open: boolean;
};
/**
 * Splits a record as RFC 4180 has it: quotes count at the beginning of a value only, and are doubled inside.
 * Text after a closing quote is kept, so that nothing of a badly quoted value is lost.
 */
export declare function splitCsv(text: string, delimiter?: string): CsvValues;
/** A record that may reach over several lines, with its place. `broken` says that its quotes never close. */
export type CsvRecord = CsvValues & {
    text: string;
    offset: number;
    length: number;
    number: number;
    broken: boolean;
    ended: boolean;
};
/** A record of several lines, before its values are taken: what its first line has, and how many values all have. */
export type CsvSpan = {
    readonly first: readonly string[];
    readonly count: number;
    /** Text stands behind a closing quote: no writer of tables leaves it there. */
    readonly isLoose: boolean;
    /** One of its lines could begin a record, or be a header. */
    readonly hasBeginning: boolean;
};
/** How records of one table are told from its lines. */
export type CsvForm = {
    readonly delimiter: string;
    /** Values of a record, where that is known. */
    readonly columns?: number;
    /** Could a line begin a record, or be a header? */
    readonly begins?: (text: string) => boolean;
    /** Takes a line that is no part of a record: a header, a comment. */
    readonly passes?: (line: Line) => boolean;
    /** Are several lines one record? Else the quote that holds them together was never one. */
    readonly accepts?: (span: CsvSpan) => boolean;
    readonly take: (record: CsvRecord) => void;
};
/**
 * Joins lines to records while quotes are open. What stands inside quotes is text, whatever it looks like; but a quote that
 * does not close within its bounds, or closes to a record that the table cannot have, is damage of its own line alone: that
 * is given as it stands, and the lines behind it are read as lines.
 */
export declare class CsvRecords {
    #private;
    constructor(form: CsvForm);
    push(line: Line): void;
    /** Whether a record is waiting for its closing quote. */
    get waiting(): boolean;
    /** Gives what is still open: no more lines will close it. */
    flush(): void;
}
/** A header as one delimiter splits it. */
export type SplitHeader = {
    readonly delimiter: string;
    readonly names: readonly string[];
    readonly lower: readonly string[];
};
/** The first row of a table that PowerShell or a tool exported, split at each delimiter that it may have. */
export declare function headersOf(line: string): readonly SplitHeader[];
/** The line of an exported table that should be its header: the first that is neither empty nor the `#TYPE` line. */
export declare function headerLineOf(text: string): string | null;
