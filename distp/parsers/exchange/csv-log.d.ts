import { type CsvSpan } from '../../lib/csv.ts';
import type { Event } from '../../model/event.ts';
import type { Head, Parser, Sink } from '../parser.ts';
import type { RowTaker } from '../row-layout.ts';
/**
 * The text logs of Exchange: comma-separated, UTC, with a header of `#` lines and, in some, a bare line of columns.
 * https://learn.microsoft.com/exchange/mail-flow/transport-logs/message-tracking and its neighbours describe some of
 * them; the others are read by their headers. The types stand in `log-types.ts`.
 */
export declare const exchangeCsv: Parser;
/** Does a line begin a row of an Exchange log? */
export declare function beginsExchangeRow(text: string): boolean;
/** Is a line the bare header that stands in front of the `#` lines of some logs? */
export declare function isBareHeader(text: string): boolean;
type Stretch = {
    offset: number;
    length: number;
    number: number;
};
/** Reads rows of Exchange logs one after another; remembers every header that was met. */
export declare class ExchangeRows {
    #private;
    /** `isLog`: the text is a log from its first line on, so that its header is held against the rows below it. */
    constructor(source: Head, sink: Sink, { isLog }?: {
        isLog?: boolean | undefined;
    });
    /** Takes the first header of a text as that of the rows in front of it. */
    expectFrom(text: string): void;
    /** Takes up columns again, as they were made in another thread. */
    again(made: string): RowTaker | null;
    /** Takes a `#` line; what is not a header line is a comment. */
    header(text: string, at: Stretch): void;
    bareHeader(text: string, at: Stretch): void;
    /** Takes a line of column names. */
    fields(text: string, at?: Stretch): void;
    /** Of several lines in quotes some may look like rows or headers of their own: they are text of the row that holds them. */
    accepts({ first, count, isLoose, hasBeginning }: CsvSpan): boolean;
    /** Counts a row that holds lines which would be rows or headers without its quotes; how many would be rows. */
    holds(text: string, at: Stretch): number;
    /** The event of a row, or null when it is none. */
    record(values: readonly string[], text: string, at: Stretch, broken: boolean): Event | null;
    tooFew(values: readonly string[]): boolean;
    complaint(values: readonly string[]): string;
    finish(): void;
    /** Who takes rows of the columns that hold now; null when each must be read as a whole. */
    taker(): RowTaker | null;
}
export {};
