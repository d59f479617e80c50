import type { RuleInfo } from '../model/rule.ts';
import type { Event, Fields, Place } from '../model/event.ts';
import type { LogKind } from '../model/log-kinds.ts';
import { type DeviceRequest } from '../parsers/exchange/active-sync.ts';
import { type CountedLogon } from '../parsers/exchange/logons.ts';
import { type RowContext, type RowLayout, type RowTaker } from '../parsers/row-layout.ts';
import type { CountedTrait, ValueIds } from './value-ids.ts';
import { Dictionary } from './dictionary.ts';
/**
 * What one value says about questions of rules. A question has a number; `could` has a bit for each. An item stands for
 * one of the groups of texts that a question needs: question * 8 + group.
 */
export type JudgedValue = {
    /**
     * Those that can still be answered with yes, as far as it is known: what needs a text is asked when the text was found. Values
     * may share it.
     */
    readonly could: Uint32Array;
    /** Texts that stand here. */
    readonly items: readonly number[];
    /** Numbers of rules that match every row with this value. */
    readonly sure: readonly number[];
    /** The account wants to know that the file has it. */
    readonly mark: boolean;
};
/** What is known of a rule here. */
export type PrefilterRule = {
    readonly info: RuleInfo;
    match(event: Event): readonly string[] | null;
};
/** A text (folded), and the items for which it stands. */
export type RowLiteral = {
    readonly text: string;
    readonly items: readonly number[];
    /** Only where it stands at the end of a value. */
    readonly isEnd?: true;
};
export type RowQuestion = {
    /** Number of its rule. */
    readonly rule: number;
    /** A bit for each group of texts of which one must stand in the row. */
    readonly full: number;
    /** Columns that are read as values and decide it once its texts stand there; null where more than these does. */
    readonly decidedBy: readonly number[] | null;
    /** Those of them that are compared with one another, whose values together may rule it out; null where that is none or all. */
    readonly comparedBy: readonly number[] | null;
    /** Columns of which one value alone may rule it out. */
    readonly refusedBy: readonly number[];
    /** Its texts are looked for as the row is written: behind an escape they do not count. */
    readonly asWritten: boolean;
};
/** Instead of a column: the whole row. */
export declare const ROW = -1;
/** Judges values for all files that have the same columns. */
export type Judge = {
    /** Columns whose values matter; in a column of texts nothing matters but which texts stand there. */
    readonly columns: readonly ('skip' | 'read' | 'text')[];
    /** Columns that are read of which every value must be known; values of others matter where a question is left. */
    readonly isEager: readonly boolean[];
    /** Columns of which it is enough to search them for texts, as long as no question is left. */
    readonly isSearched: readonly boolean[];
    /** Those in which no other texts are looked for than such as may stand anywhere in a row. */
    readonly isAnywhere: readonly boolean[];
    /** Questions, in the order of their numbers; those that need no text come first, in `openWords` words of bits. */
    readonly questions: readonly RowQuestion[];
    readonly open: Uint32Array;
    readonly openWords: number;
    readonly rules: readonly PrefilterRule[];
    /** Rows are counted by the values of these columns together (eight at most), with the sum of the numbers in one more (-1: none). */
    readonly groups?: {
        readonly by: readonly number[];
        readonly size: number;
    } | undefined;
    /** Null: a row that has this value is read as a whole. `found`: items of its texts, where they are known. */
    judge(column: number, value: string, found?: readonly number[]): JudgedValue | null;
    /** All texts that are looked for in a column; of the one behind the last: across the border. */
    texts(column: number): readonly RowLiteral[];
    /** The same for new values of a column that is read; some of them only show what a value refuses. */
    textsOfValues(column: number): readonly RowLiteral[];
    /** A column which is searched together with the next for texts that reach over their border; -1 for none. */
    readonly border: number;
    /** Items of the texts that reach over the border of two values. */
    across(left: string, right: string): readonly number[];
    /** Items of the texts that stand in a value, in any of its forms. Null: the row is read as a whole. */
    found(column: number, value: string): readonly number[] | null;
    /** Which of these questions cannot be answered with yes where this value stands in this column? */
    refused(questions: readonly number[], column: number, value: string): readonly number[];
    /**
     * The answer to a question, of a row whose values are known, or of its values in some columns only; undefined where only
     * the event of the row has it. The text of the column `ROW` is that of the row, or empty. `at`: the same for two questions about one row, and for no other row; -1 where no more are asked.
     */
    answer(question: number, at: number, textOf: (column: number) => string, only?: readonly number[]): boolean | undefined;
};
/**
 * Rows of one context and hour. Times are ms since 1970 UTC: of its first row, of the row that was read last, and the least and
 * the greatest. Runs are told in the order of their first rows.
 */
export type RowRun = {
    readonly context: RowContext;
    readonly rows: number;
    readonly first: number;
    readonly last: number;
    readonly least: number;
    readonly greatest: number;
};
/** The first row of a value: its place in the file, and its client. */
export type FirstRow = {
    readonly offset: number;
    readonly length: number;
    readonly line: number;
    readonly client: string;
};
/** Takes the account of rows that become no event. */
export type RowSink = {
    run(run: RowRun): void;
    /** Are the requests of this log counted? */
    counts(log: LogKind): boolean;
    /** The values by which requests are counted, as they are known from file to file. */
    readonly names: ValueIds;
    /**
     * A request has such a value (its number in `names`): they are known in the order in which they came. The number that it has in the
     * tables of the file. For devices and logons the row is given, too.
     */
    met(id: number, row?: FirstRow): number;
    /**
     * Rows with a value that was met, at `at`: how many, first and last time, statuses (2xx to 5xx) and bytes; and the one
     * client that they have, empty where none is named, null where there are several, undefined where it is not told.
     */
    rows(trait: CountedTrait, number: number, counts: Float64Array, at: number, only: string | null | undefined): void;
    /** One request, with the fields that tell its traits and its bytes. */
    row(client: string | null, time: number, fields: Fields): void;
    /** One request of a mobile device. */
    device(request: DeviceRequest, time: number, at: Place): void;
    /** One logon. */
    logon(logon: CountedLogon, time: number, at: Place): void;
    /** Counts rows by the values that they have in some columns together, where the judge names such columns. */
    readonly groups?: RowGroups;
    /** The first row of the file with a value that bears a mark. */
    mark(log: LogKind): void;
    /**
     * Would a further hit of a rule in a row of this host only be counted? `client`: undefined where it is not known. What was
     * true once stays true to the end of the file.
     */
    isFull(rule: PrefilterRule, client: string | null | undefined, host: string | null): boolean;
    /** Of all rules none but these match the row that begins there, which is read as a whole. */
    known(offset: number, rules: readonly PrefilterRule[]): void;
    /** Rows that a rule matched and of which nothing is kept but that they were there. */
    more(rule: PrefilterRule, rows: number, first: number, last: number): void;
};
/** Takes the account of groups of rows. */
export type RowGroups = {
    /** Somebody counts from now on; what was counted before by others is told first. */
    turn(tell: () => void): void;
    /** What stands for the rows that have these values. Asked in the order of the first rows. */
    of(valueIn: (column: number) => string): unknown;
    /** So many rows more: the beginning of their hour (ms since 1970 UTC) and the sum of their sizes. */
    rows(group: unknown, rows: number, time: number, size: number): void;
};
/** What is known of one distinct value. */
type Known = {
    /** Null: a row that has it is read as a whole. */
    readonly judged: JudgedValue | null;
    /** It alone rules out every question that needs no text. */
    readonly settles: boolean;
    readonly text: string;
};
type Column = {
    readonly kind: 'skip' | 'read' | 'text';
    readonly dictionary: Dictionary;
    known: Known[];
};
/** Values that were met in one kind of log, and what rules say of them; kept from file to file. */
export declare class ValueCache {
    /** Requests are told one by one. */
    readonly isFast = false;
    readonly judge: Judge;
    readonly columns: readonly Column[];
    /** Who counts at present. */
    user: {
        emptied(column: number): void;
    } | null;
    constructor(judge: Judge);
    reader(path: string, layout: RowLayout, sink: RowSink): RowTaker;
}
/**
 * Reads regular rows without making events of them: finds the values, looks each up among those that were met before,
 * and counts the row where no rule can match it. It stops in front of the first row that is anything else, which the
 * parser then reads as it always did; so both ways of reading say the same, and this one never decides.
 */
export declare class RowReader implements RowTaker {
    #private;
    end: number;
    constructor(path: string, layout: RowLayout, lexicon: ValueCache, sink: RowSink);
    /** Reads rows from `from` on, at most up to `to`; returns how many, and sets `end` to where the first unread one begins. */
    take(buffer: Buffer, from: number, to: number, base: number, number: number): number;
    /** Tells what was counted and not told yet. */
    finish(): void;
    /** The numbers of a column mean nothing any more. */
    emptied(column: number): void;
}
export {};
