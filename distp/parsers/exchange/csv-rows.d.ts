import type { Event, LogSource, Place } from '../../model/event.ts';
import { type KnownLogKind } from '../../model/log-kinds.ts';
import type { RowContext, RowLayout } from '../row-layout.ts';
import { type ExchangeColumns } from './csv-columns.ts';
/** The build that a row states in columns of its own. */
export declare function buildIn(columns: ExchangeColumns, valueOf: (column: number) => string, log: KnownLogKind): {
    readonly build: string;
    readonly source: string;
} | null;
/** What rows share of which a log tells together. */
export type RowOrigin = {
    readonly host: string | null;
    readonly build: ReturnType<typeof buildIn>;
};
/** How rows of these columns are laid out; null where they have no time, or are told by all columns together. */
export declare function rowLayoutOf(columns: ExchangeColumns, made: string | null, where: string, seenBy: (context: RowOrigin) => NonNullable<RowContext['seen']>): RowLayout | null;
/** The build in a text of a row. */
export declare const rowBuild: (text: string) => string | null;
/** The event of the values of one row. */
export declare function exchangeEvent(columns: ExchangeColumns, values: readonly string[], raw: string, at: Place, where: string, snippet: boolean): Event;
/** Sigma's log sources of a kind of Exchange log. */
export declare const exchangeSources: (log: KnownLogKind) => readonly LogSource[];
export declare function hasTime(columns: ExchangeColumns, values: readonly string[]): boolean;
