import type { LineTaker } from '../lib/lines.ts';
import type { KnownLogKind } from '../model/log-kinds.ts';
import type { Trait } from '../model/scan.ts';
import type { Fields, LogSource, Place } from '../model/event.ts';
/**
 * How the rows of a log are laid out, as far as they are regular: every value in its column, UTF-8, nothing to
 * put right. A regular row whose values no rule can match becomes no event.
 */
export type RowLayout = {
    readonly sources: readonly LogSource[];
    /** The delimiter: a byte. */
    readonly delimiter: number;
    /** May values be quoted (RFC 4180)? */
    readonly quoted: boolean;
    /** How "no value" is written. */
    readonly empty: string;
    readonly columns: readonly string[];
    /** What `again` makes the same layout of; null where it cannot. */
    readonly made: string | null;
    /** Names of all fields that the event of such a row may have. */
    readonly fields: readonly string[];
    /** The columns of the time: `2021-03-03` and `04:23:22` in two columns, or `2021-03-03T04:23:22.370Z` in one. */
    readonly time: {
        readonly day: number;
        readonly clock: number;
    } | {
        readonly stamp: number;
    };
    /** The column of the client, and what its value is as an address; -1 when there is none. */
    readonly client: number;
    /** Further columns that may hold the client of the event. */
    readonly clients?: readonly number[];
    clientOf(value: string): string | null;
    /** Rows are requests, and those of some contexts are counted by their traits. */
    readonly isRequests: boolean;
    /** Columns that say which log and which host a row belongs to; null where the row must be read as a whole. */
    readonly context: readonly number[];
    contextOf(values: readonly string[]): RowContext | null;
    /** Columns of which some values ask for the row as a whole, whether a rule looks at them or not. */
    readonly watched: readonly number[];
    /**
     * How a field (its name in lower case) that a column makes stands in the value as it is written: as the whole or the end
     * of it, somewhere inside, or not at all. Only a text that stands there can be looked for in the bytes of a row.
     */
    stands(column: number, field: string): Stands;
    /** A column whose values may be facts about the server, and the receiver of them. */
    readonly telling?: Telling;
    /** The fields of one value, independent of the rest of the row; null when the whole row must be read. */
    fieldsOf(column: number, value: string): Fields | null;
    /** Fields that several columns make, with these columns. */
    readonly joint: ReadonlyMap<string, readonly number[]>;
    /** Those of them that follow from the fields of the single columns, by name, and how. */
    readonly joins?: {
        readonly fields: readonly string[];
        of(fields: Fields): Fields;
    };
};
export type Stands = 'end' | 'inside' | null;
/** The value of a trait in the fields of a request, as it is counted: a path whatever its case. Null where there is none. */
export declare function traitOf(trait: Exclude<Trait, 'client'>, fields: Fields): string | null;
/** The columns of the traits by which rows are counted. */
export declare function traitColumns(layout: RowLayout): Map<Trait, number>;
/** The column that makes a field; -1 when there is none. */
export declare function columnOf(layout: Pick<RowLayout, 'columns' | 'fieldsOf' | 'empty'>, field: string): number;
/** The build that a value names, and where such values come from: at most eight sources. */
export type BuildInValue = {
    readonly source: string;
    readonly build: string;
};
/** Values of one column tell of builds, in rows of which the status says that what was asked for is there. */
type Telling = {
    readonly column: number;
    of(value: string): BuildInValue | null;
    /** Of each row, or of the first, the least and the greatest time of rows that tell the same one after another. */
    tell(told: BuildInValue, host: string | null, time: number, place: () => Place): void;
};
/** Statuses of what is there. */
export declare const SERVED: ReadonlySet<string>;
/** What rows with the same values in the columns of the context share. */
export type RowContext = {
    readonly log: KnownLogKind;
    readonly host: string | null;
    /** Told of the first row of a run, then of the least and of the greatest time in it. */
    seen?(time: number, place: () => Place): void;
    /** Where two contexts have the same, it does not matter in what order their rows are told. */
    readonly order?: string;
};
/** Takes the regular rows of one layout off the lines of a file. */
export type RowTaker = LineTaker & {
    /** Tells what was counted and not told yet; called when the file ends. */
    finish(): void;
};
export {};
