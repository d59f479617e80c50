import type { Event } from '../../model/event.ts';
import { type Head, type Parser, type Sink } from '../parser.ts';
import { type RowTaker } from '../row-layout.ts';
import { type Stretch } from '../common/lines.ts';
/**
 * IIS: W3C extended log files, and the older IIS log file format.
 * https://learn.microsoft.com/windows/win32/http/w3c-logging and .../http/iis-logging
 */
export declare const iis: Parser;
/** Reads rows of IIS one after another; remembers the header and the date. */
export declare class IisRows {
    #private;
    /** Is the last row of another form than its header says, or can it be read in another way, too? */
    isAmbiguous: boolean;
    /**
     * `strict`: a row without a header must fit a set of default fields as it stands, value by value. `isLog`: the text is a
     * log from its first line on, so that its header is held against the rows below it.
     */
    constructor(source: Head, sink: Sink, { strict, isLog }?: {
        isLog?: boolean | undefined;
        strict?: boolean | undefined;
    });
    /** Columns to begin with, before any header was met. */
    expect(fields: string, at?: Stretch): void;
    header(text: string, at?: Stretch): void;
    /** The event of a row, or null when it is none. */
    row(text: string, at: {
        offset: number;
        length: number;
        number: number;
    }): Event | null;
    /** The event of values that another tool took apart, under the columns that were expected. */
    cells(values: readonly string[], text: string, at: {
        offset: number;
        length: number;
        number: number;
    }): Event | null;
    tooFew(text: string): boolean;
    complaint(text: string): string;
    finish(): void;
    /** Who takes rows of the columns that hold now; null when each must be read as a whole. */
    taker(): RowTaker | null;
}
/**
 * What is wrong with a row that begins as rows of IIS do (date, time, and soon a method and a path) and fits no set of
 * default fields; null for any other text.
 */
export declare function misfit(text: string): string | null;
/** The request id that Exchange puts into the query, shared with HttpProxy rows. */
export declare function requestOf(query: string): string | null;
