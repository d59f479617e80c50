import type { Fact } from '../../model/event.ts';
import type { RowLayout } from '../row-layout.ts';
import { type Stretch } from '../common/lines.ts';
/** The columns of one #Fields line. */
export type HeaderColumns = {
    readonly names: readonly string[];
    /** What a value must look like; null when anything may stand there, also spaces. */
    readonly tests: readonly (Test | null)[];
    readonly numbers: readonly boolean[];
    readonly template: Record<string, null>;
    /** Position of a column, -1 when there is none. */
    at(name: string): number;
};
type Test = (value: string) => boolean;
/** Columns of a #Fields line, with `more` names for what a parser derives. */
export declare function w3cColumns(fields: string, more: readonly string[]): HeaderColumns;
/** The fields of a row: `-` and nothing are null, numbers are numbers, Sigma's names stand beside the log's own. */
export declare function fieldsOf(columns: HeaderColumns, values: readonly string[]): Record<string, string | number | null>;
/** Copies the values whose column has a name of Sigma's. */
export declare function aliasesOf(columns: HeaderColumns): readonly (readonly [string, string])[];
/** A whole number where it is one. */
export declare function numberOr(value: string): number | string;
/** Do the values fit their columns, one each? */
export declare function fitsW3cColumns(columns: HeaderColumns, values: readonly string[]): boolean;
/** The rows of the beginning of a text, taken apart. */
export declare function firstRows(text: string): Iterable<readonly string[]>;
/** What is told of a header, and where it stands. */
export declare function headerNote(path: string, says: string, { offset, length, number: line }: Stretch): Fact;
/**
 * The headers of one file. A server writes one whenever it starts, and others where somebody chose other fields; whoever
 * writes one into the file must not thereby hide the rows behind it.
 */
export declare class W3cHeaders<C extends HeaderColumns> {
    #private;
    /** Columns of an earlier header that rows of the same length may have instead: the one at hand knows fewer of them. */
    rival: C | null;
    /** The header at hand lacks columns that tell a request, or has its columns in an order in which no server writes them. */
    isDoubtful: boolean;
    /** `order`: the columns that the server knows, as it orders them. */
    constructor(order: string, tell: (says: string, at: Stretch) => void);
    /** A `#` line: of the header at hand, or of another behind rows. */
    enter({ number }: Stretch): void;
    /** The columns of a header, after those of another; `at`: where it stands, where that is known. */
    take(columns: C, before: C | null, at?: Stretch): void;
    /** The columns of an earlier header that a row has. */
    earlier(values: readonly string[], columns: C | null): C | null;
    /**
     * Are these columns in the server's order, with columns that it does not know behind those that it does? None of those
     * that say what was requested may be missing; where there are columns that the server does not know, none that say by
     * whom and with what result: one of them may have another name.
     */
    isOrdered(columns: C, requested: readonly string[]): boolean;
}
/** The values of a row, one for each column; `isSure`: there is no other way to read it. */
type Aligned = {
    readonly values: string[];
    readonly isSure: boolean;
};
/** What is told of a row that is read in one of several ways. */
export declare const SEVERAL_WAYS = "other values than the header says, which can be read in more than one way";
/**
 * Finds which values belong together in a row that has too many or too few of them: an empty value too many, spaces in
 * a user name, an agent or a query, one value missing at a place that is certain. Null when nothing fits. Whoever puts
 * values between those of a row, or behind them, makes others of its columns: such a row can be read in several ways.
 */
export declare function align(columns: HeaderColumns, values: readonly string[], deep?: boolean): Aligned | null;
/** Midnight UTC of `2021-03-03`; null when it is no date. */
export declare const midnight: (text: string) => number | null;
/** Milliseconds since midnight of `04:23:22` (with decimals, if any); null when it is no time. */
export declare function timeOfDay(text: string): number | null;
/** What a `#Date:` line states; null when it is no time. */
export declare function dateOf(text: string): number | null;
/** The address of a web request. */
export declare function uriOf(stem: string | null, query: string | null): string | null;
/** It follows from the fields of path and query. */
export declare const JOINS: NonNullable<RowLayout['joins']>;
export {};
